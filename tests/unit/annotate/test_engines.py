"""Processes that die, played by a pool that breaks where it is told to. No process is started."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from mien.annotate.engines import Cluster, Processes
from mien.annotate.parts import Parts
from mien.annotate.tasks import Options, Task
from mien.annotate.work import Done
from mien.core.errors import RunError


class Pool:
    """Does a task at once. refuse: the number of the submission at which its process has died; deadly: a task."""

    def __init__(self, refuse: int | None, deadly: Task | None) -> None:
        self._refuse, self._deadly, self._count = refuse, deadly, 0

    def submit(self, function: object, task: Task, options: Options, path: Path) -> Future[Done]:
        self._count += 1
        if self._count == self._refuse:
            raise BrokenProcessPool("a process died before")
        future: Future[Done] = Future()
        if task == self._deadly:
            future.set_exception(BrokenProcessPool("a process died"))
        else:
            future.set_result(Done(frames=1))
        return future

    def shutdown(self, **_: object) -> None: ...


def run(pools: list[Pool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tasks: list[Task]) -> dict[Task, Done]:
    counts: list[int] = []

    def pool(self: Processes, count: int) -> Any:
        counts.append(count)
        return pools.pop(0)

    monkeypatch.setattr(Processes, "_pool", pool)
    options = Options(seal="made up")
    done = list(Processes(2).run(tasks, options, Parts(tmp_path / "parts", tasks, options), lambda count: None))
    assert len(done) == len(tasks)
    return dict(done)


@pytest.mark.parametrize("refuse", [1, 2, 3, 5])
def test_a_pool_that_is_broken_when_it_gets_a_task_loses_none(
    refuse: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = [Task((tmp_path / f"{i}.jpg",)) for i in range(6)]
    pools = [Pool(refuse, None), *(Pool(None, None) for _ in range(3))]
    found = run(pools, tmp_path, monkeypatch, tasks)
    assert all(found[task] == Done(frames=1) for task in tasks)


@pytest.mark.parametrize("refuse", [None, 1])
def test_the_task_that_kills_its_process_is_named_and_the_others_are_done(
    refuse: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alone it is found, also where a pool breaks before it takes anything."""
    tasks = [Task((tmp_path / f"{i}.jpg",)) for i in range(5)]
    pools = [Pool(None, tasks[1]), Pool(refuse, tasks[1]), *(Pool(None, tasks[1]) for _ in range(4))]
    found = run(pools, tmp_path, monkeypatch, tasks)
    assert [found[task].frames for task in tasks] == [1, 0, 1, 1, 1]
    assert "the process that read it died" in found[tasks[1]].skipped[0]


LEFT_ALONE = """
import os, signal
from mien.annotate.engines import Processes
print(Processes(1)._pool(1).submit(os.getpid).result(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_worker_ends_with_a_parent_that_is_killed() -> None:
    """Else it would wait for its next task for ever."""
    done = subprocess.run([sys.executable, "-c", LEFT_ALONE], stdout=subprocess.PIPE, text=True, timeout=60)
    assert done.returncode == -signal.SIGKILL
    with suppress(psutil.NoSuchProcess):
        psutil.Process(int(done.stdout)).wait(20)


class Lost:
    """A future of a scheduler that is gone, the client that gave it, and the queue in which it is done."""

    loop = None

    def __init__(self, error: Exception) -> None:
        self._error = error

    def nthreads(self) -> dict[str, int]:
        return {"worker": 1}

    def submit(self, *_: object, **__: object) -> Lost:
        return self

    def add(self, future: object) -> None: ...

    def close(self) -> None: ...

    def __next__(self) -> Lost:
        return self

    def result(self) -> None:
        raise self._error

    def cancel(self, futures: object) -> None:
        raise self._error


@pytest.mark.parametrize("error", [CancelledError("lost"), OSError("closed")])
def test_a_scheduler_that_is_lost_ends_the_run_in_a_sentence(error: Exception, tmp_path: Path) -> None:
    tasks, options = [Task((tmp_path / "a.jpg",))], Options(seal="made up")
    cluster = Cluster.__new__(Cluster)
    cluster._client = Lost(error)
    cluster._distributed = SimpleNamespace(as_completed=lambda loop: cluster._client, KilledWorker=KeyError)
    with pytest.raises(RunError, match=r"the scheduler is lost .*the same command goes on"):
        list(cluster.run(tasks, options, Parts(tmp_path / "parts", tasks, options), lambda count: None))
