"""Processes that learn beside one another, each on its own cores, and meet to average what they have learned.

Local SGD (Stich, ICLR 2019): between two meetings each goes its own way, so that nobody waits for
anybody else's gradient. Two processes on two cores see nearly twice the faces of one, where two
threads of one process wait for one another at each layer.
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


class Meeting(Protocol):
    """Where the weights of all workers become the same. rank: 0 is the chief, who validates and writes files."""

    rank: int

    def mean(self, tensors: Sequence[Any]) -> None:
        """Set each tensor to its mean over the workers. All come with the same tensors. Raises ModelError where one
        has gone.
        """


class Chief:
    """The end of the process that began the others."""

    rank = 0

    def __init__(self, others: Sequence[Connection]) -> None:
        self._others = others

    def mean(self, tensors: Sequence[Any]) -> None:
        """See Meeting."""
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
    """The end of a process that was begun."""

    def __init__(self, rank: int, chief: Connection) -> None:
        self.rank, self._chief = rank, chief

    def mean(self, tensors: Sequence[Any]) -> None:
        """See Meeting."""
        try:
            self._chief.send_bytes(_flat(tensors).data)
            _fill(tensors, np.frombuffer(self._chief.recv_bytes(), np.float32))
        except (EOFError, OSError) as error:
            raise SystemExit from error  # the chief has stopped, and says why


@contextmanager
def beside(count: int, learn: Callable[..., object], *args: Any) -> Iterator[Meeting | None]:
    """`count` - 1 processes that call learn(*args, meeting) while the body runs; they end with it."""
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
            theirs.close()  # so that its end is noticed
            started.append(process)
        yield Chief([mine for mine, _ in pipes])
    finally:
        for mine, _ in pipes:
            mine.close()
        for process in started:
            process.join(10)
            if process.is_alive():
                process.terminate()


def _work(rank: int, mine: Connection, learn: Callable[..., object], args: Sequence[Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the chief, whose end ends this
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
