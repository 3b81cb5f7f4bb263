"""Data-parallel training by processes that average their weights now and then: local SGD (Stich, ICLR 2019).

Between two averages no process waits for the gradient of another. Two processes on two cores process
nearly twice as many faces as one; two threads of one process wait for each other at each layer.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Protocol

import numpy as np
import torch
from torch import multiprocessing

from mien_models.errors import ModelError


class WorkerGroup(Protocol):
    """All workers of a run. rank: the number of this one; worker 0 is the main one, which validates and saves."""

    rank: int

    def mean(self, tensors: Sequence[Any]) -> None:
        """Set each tensor to its mean over the workers, all of which call this with tensors of the same shapes.

        Raises ModelError where a worker has stopped.
        """


class MainWorker:
    """The group as the main process has it, which started the others."""

    rank = 0

    def __init__(self, others: Sequence[Connection]) -> None:
        self._others = others

    def mean(self, tensors: Sequence[Any]) -> None:
        """See WorkerGroup."""
        total = _flat(tensors)
        try:
            for other in self._others:
                total += np.frombuffer(other.recv_bytes(), np.float32)
            total /= 1 + len(self._others)
            for other in self._others:
                other.send_bytes(total.data)
        except (EOFError, OSError) as error:
            raise ModelError(
                "a worker has stopped, and the last checkpoint is kept. What it said is above; where it said nothing, "
                "the memory was too small: take fewer workers or fewer faces"
            ) from error
        _fill(tensors, total)


class Worker:
    """The group as a started process has it."""

    def __init__(self, rank: int, main: Connection) -> None:
        self.rank, self._main = rank, main

    def mean(self, tensors: Sequence[Any]) -> None:
        """See WorkerGroup."""
        try:
            self._main.send_bytes(_flat(tensors).data)
            _fill(tensors, np.frombuffer(self._main.recv_bytes(), np.float32))
        except (EOFError, OSError) as error:
            raise SystemExit from error  # the main process has stopped, and tells why


@contextmanager
def with_workers(count: int, learn: Callable[..., object], *args: Any) -> Iterator[WorkerGroup | None]:
    """Start `count` - 1 processes that call learn(*args, group) while the body runs; they end with it.

    Yields the group of this process, or None for a single worker.
    """
    if count == 1:
        yield None
        return
    context = multiprocessing.get_context("spawn")
    pipes = [context.Pipe() for _ in range(1, count)]
    started: list[SpawnProcess] = []
    try:
        for rank, (_, theirs) in enumerate(pipes, 1):
            process = context.Process(target=_work, args=(rank, theirs, learn, args), daemon=True)
            process.start()
            theirs.close()  # else the end of the process would not close the pipe
            started.append(process)
        yield MainWorker([mine for mine, _ in pipes])
    finally:
        for mine, _ in pipes:
            mine.close()
        for process in started:
            process.join(10)
            if process.is_alive():
                process.terminate()


def _work(rank: int, mine: Connection, learn: Callable[..., object], args: Sequence[Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the main one ends the others
    learn(*args, Worker(rank, mine))


def _flat(tensors: Sequence[Any]) -> Any:
    return torch.cat([tensor.detach().reshape(-1).float() for tensor in tensors]).numpy()


def _fill(tensors: Sequence[Any], values: Any) -> None:
    at = 0
    with torch.no_grad():
        for tensor in tensors:
            part = torch.tensor(values[at : at + tensor.numel()])
            tensor.copy_(part.reshape(tensor.shape))
            at += tensor.numel()
