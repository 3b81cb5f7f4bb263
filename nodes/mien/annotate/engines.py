"""Where tasks run: in this process, in many, or on a cluster. A worker that dies takes one task with it at most."""

from __future__ import annotations

import importlib
import multiprocessing
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any, Protocol

from mien.annotate.parts import Parts
from mien.annotate.tasks import Options, Task
from mien.annotate.work import Advance, Done, begin_process, run_into, run_remotely, version
from mien.core.errors import RunError, UsageError

_AHEAD = 2  # tasks for each thread of a cluster, so that none waits for the network
_CONNECT_S = 15

Results = Iterator[tuple[Task, Done]]


class Engine(Protocol):
    def run(self, tasks: Sequence[Task], options: Options, parts: Parts, advance: Advance) -> Results:
        """What came of tasks, in the order in which they are done. Errors of a network or of the disk are raised."""
        ...


class Here:
    """In this process, one after the other."""

    def run(self, tasks: Sequence[Task], options: Options, parts: Parts, advance: Advance) -> Results:
        for task in tasks:
            done = run_into(task, options, parts.lines_of(task), advance)
            parts.keep(task, done)
            yield task, done


class Processes:
    """In `count` processes of this machine."""

    def __init__(self, count: int) -> None:
        self._count = count

    def run(self, tasks: Sequence[Task], options: Options, parts: Parts, advance: Advance) -> Results:
        waiting = list(reversed(tasks))
        doubtful: list[Task] = []  # they ran while a process died
        while waiting or doubtful:
            # One of them killed its process: one at a time, it is found.
            some, count = (doubtful, 1) if doubtful else (waiting, self._count)
            doubtful = []
            running: dict[Future[Done], Task] = {}
            alone = count == 1 and some is not waiting
            pool = self._pool(count)
            try:
                while some or running:
                    while some and len(running) < count:
                        # It leaves the list only when the pool has it: one whose process has died refuses it.
                        running[pool.submit(run_into, some[-1], options, parts.lines_of(some[-1]))] = some[-1]
                        some.pop()
                    finished, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in finished:
                        task = running[future]
                        done = future.result()
                        del running[future]
                        parts.keep(task, done)
                        advance(done.frames)
                        yield task, done
            except BrokenProcessPool:
                if alone:
                    for culprit in running.values():
                        yield culprit, _died(culprit)
                    doubtful = some
                else:
                    doubtful = list(running.values())
            finally:
                _end(pool)

    def _pool(self, count: int) -> ProcessPoolExecutor:
        # Not forked: the threads of the networks would not come along.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(count, mp_context=context, initializer=begin_process)


class Cluster:
    """On the workers of a Dask scheduler, who see the inputs by the same paths. Needs the extra `cluster`."""

    def __init__(self, address: str) -> None:
        """Raises UsageError where there is no scheduler, no worker, or another version of mien."""
        self._distributed = distributed()
        try:
            self._client: Any = self._distributed.Client(address, timeout=_CONNECT_S, set_as_default=False)
        except (OSError, ValueError, TypeError) as e:
            raise UsageError(f"--cluster {address}: no Dask scheduler answers there: {e}") from e
        self._check(address)

    def _check(self, address: str) -> None:
        try:
            theirs: dict[str, Any] = self._client.run(version)
        except Exception as e:
            self.close()
            raise UsageError(f"--cluster {address}: mien is not installed on its workers: {e}") from e
        ours = version()
        other = {worker: found for worker, found in theirs.items() if found != ours}
        if not theirs or other:
            self.close()
            why = f"{next(iter(other))} has {next(iter(other.values()))}, here {ours}" if other else "it has no worker"
            raise UsageError(f"--cluster {address}: {why}; numbers depend on versions, install the same everywhere")

    def close(self) -> None:
        self._client.close()

    def run(self, tasks: Sequence[Task], options: Options, parts: Parts, advance: Advance) -> Results:
        waiting = list(reversed(tasks))
        running: dict[Any, Task] = {}
        completed = self._distributed.as_completed(loop=self._client.loop)
        try:
            while waiting or running:
                most = _AHEAD * max(1, sum(self._client.nthreads().values()))
                while waiting and len(running) < most:
                    future = self._client.submit(run_remotely, waiting[-1], options, pure=False)
                    running[future] = waiting.pop()
                    completed.add(future)
                future = next(completed)
                task = running.pop(future)
                done = self._take(task, future, parts)
                future.release()
                advance(done.frames)
                yield task, done
        except (OSError, CancelledError) as e:
            raise RunError(
                f"--cluster: the scheduler is lost ({e}); start it again, and the same command goes on"
            ) from e
        finally:
            with suppress(OSError, RuntimeError, CancelledError):  # there may be nobody to tell
                self._client.cancel(list(running))
            self.close()

    def _take(self, task: Task, future: Any, parts: Parts) -> Done:
        try:
            text, packed = future.result()
        except self._distributed.KilledWorker:
            return _died(task)
        done = Done.parse(text)
        parts.keep(task, done, zlib.decompress(packed))
        return done


def distributed() -> Any:
    """Dask's distributed. Raises UsageError where it is not installed."""
    try:
        return importlib.import_module("distributed")
    except ImportError as e:
        raise UsageError("--cluster needs Dask: pip install 'mien[cluster]'") from e


def _died(task: Task) -> Done:
    return Done(
        skipped=[f"{task.name}: the process that read it died: too little memory, or a file that breaks a decoder"]
    )


def _end(pool: ProcessPoolExecutor) -> None:
    """Also processes in the middle of a task, as when this one is interrupted."""
    processes: dict[int, Any] = getattr(pool, "_processes", None) or {}
    for process in list(processes.values()):
        process.terminate()
    pool.shutdown(wait=True, cancel_futures=True)
