"""Latest wins, and bringing together what belongs to one image."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from mien.ros.worker import Join, LatestWins


class Log:
    def __init__(self) -> None:
        self.handled: list[int] = []
        self.errors: list[Exception] = []
        self.dropped = 0
        self.gate = threading.Event()
        self.busy = threading.Event()
        self.gate.set()

    def handle(self, item: int) -> None:
        self.busy.set()
        assert self.gate.wait(5)
        if item < 0:
            raise ValueError(f"item {item}")
        self.handled.append(item)

    def drop(self) -> None:
        self.dropped += 1


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def worker(log: Log) -> LatestWins[int]:
    return LatestWins(log.handle, fail=log.errors.append, dropped=log.drop)


def test_while_busy_only_the_newest_waits_and_the_others_are_counted(log: Log, worker: LatestWins[int]) -> None:
    log.gate.clear()
    worker.put(1)
    assert log.busy.wait(5)
    for item in (2, 3, 4):
        worker.put(item)
    log.gate.set()
    worker.join()
    worker.stop()
    assert log.handled == [1, 4]
    assert log.dropped == 2


def test_put_wait_drops_nothing(log: Log, worker: LatestWins[int]) -> None:
    for item in range(100):
        worker.put_wait(item)
    worker.stop()
    assert log.handled == list(range(100))
    assert log.dropped == 0


def test_an_item_that_fails_is_reported_and_the_next_is_handled(log: Log, worker: LatestWins[int]) -> None:
    for item in (-1, 2):
        worker.put_wait(item)
    worker.stop()
    assert [str(e) for e in log.errors] == ["item -1"]
    assert log.handled == [2]


def test_calls_run_on_the_worker_between_items(log: Log, worker: LatestWins[int]) -> None:
    names: list[str] = []
    worker.call(lambda: names.append(threading.current_thread().name))
    worker.join()
    worker.stop()
    assert names == ["worker"]


def test_idle_runs_while_nothing_comes() -> None:
    rang = threading.Event()
    worker: LatestWins[int] = LatestWins(lambda _: None, fail=lambda _: None, idle=rang.set, idle_s=0.001)
    assert rang.wait(5)
    worker.stop()


def test_idle_runs_also_while_functions_are_called_all_the_time() -> None:
    """As by a topic of a higher rate than that of `idle`, which has nothing to do with images."""
    rang = threading.Event()
    worker: LatestWins[int] = LatestWins(lambda _: None, fail=lambda _: None, idle=rang.set, idle_s=0.1)
    end_s = time.monotonic() + 10
    while not rang.wait(0.01):
        worker.call(lambda: None)
        assert time.monotonic() < end_s
    worker.stop()


def test_stop_frees_who_waits(log: Log, worker: LatestWins[int]) -> None:
    log.gate.clear()
    worker.put(1)
    assert log.busy.wait(5)
    waiting = threading.Thread(target=worker.put_wait, args=(2,))
    waiting.start()
    log.gate.set()
    worker.stop()
    waiting.join(5)
    assert not waiting.is_alive()


def joined(count: Callable[[], None] = lambda: None) -> Join[str]:
    return Join(2, count)


def test_parts_of_one_image_come_together_in_order() -> None:
    join = joined()
    assert join.put(1, 100, "expressions") is None
    assert join.put(0, 100, "faces") == ["faces", "expressions"]


def test_parts_of_different_images_do_not() -> None:
    join = joined()
    assert join.put(0, 100, "faces") is None
    assert join.put(1, 200, "expressions") is None


def test_what_stays_incomplete_is_dropped_and_counted() -> None:
    dropped: list[None] = []
    join = joined(lambda: dropped.append(None))
    join.put(0, 100, "a")
    join.put(0, 200, "b")
    assert join.put(1, 200, "c") == ["b", "c"]
    assert len(dropped) == 1
    assert join.put(1, 100, "late") is None


def test_a_silent_part_does_not_fill_the_memory() -> None:
    dropped: list[None] = []
    join = joined(lambda: dropped.append(None))
    for stamp in range(100):
        join.put(0, stamp, "a")
    assert len(dropped) > 80
