"""Processes that die, played by a pool that breaks where it is told to. No process is started."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from mien.annotate.engines import Processes
from mien.annotate.parts import Parts
from mien.annotate.tasks import Options, Task
from mien.annotate.work import Done


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
