"""The error handler of all commands, and checks of what a command needs before it starts."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mien.core.errors import MienError, UsageError, tell

# Modules that the base installation lacks, and how to install them.
_MENDS = {
    "rclpy": "run `make setup`, or source your ROS 2",
    "mien_msgs": "run `make setup`, or build ros_ws and source it",
    "rosbags": "pip install 'mien[bags]'",
    "matplotlib": "pip install 'mien[report]'",
    "websockets": "pip install 'mien[bridges]'",
    "numba": "pip install 'mien[actor]'",
    "aiohttp": "pip install 'mien[dashboard]'",
}
INTERRUPTED, READER_GONE = 130, 141  # as shells report SIGINT and SIGPIPE
_ENDED = 128  # and the number of the signal, as shells report it
SOME_FAILED = 3  # some of several inputs were read, and the others are named


class Ended(KeyboardInterrupt):
    """SIGTERM, or SIGHUP of a terminal that is gone."""

    def __init__(self, number: int) -> None:
        self.number = number


@contextmanager
def in_order() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end a command as Ctrl-C does: it removes what is incomplete and says what it leaves.

    Schedulers of clusters end jobs by SIGTERM. Nodes handle their signals themselves.
    """

    def end(number: int, _: object) -> None:
        raise Ended(number)

    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        asked = [s for s in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(s) == signal.SIG_DFL]  # nohup ignores
        before = {s: signal.signal(s, end) for s in asked}
    try:
        yield
    finally:
        for s, handler in before.items():
            signal.signal(s, handler)


def handle(error: BaseException, program: str) -> int:
    """Print what ended a command, in one line on standard error. Returns the exit code.

    An error that is neither a MienError nor an OSError is a defect, and is raised with its traceback.
    """
    if isinstance(error, MienError):
        return tell(error, program)
    if isinstance(error, Ended):
        return _ENDED + error.number
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains when it ends
        return READER_GONE
    if isinstance(error, OSError) and error.strerror:
        return tell(MienError(f"{error.filename}: {error.strerror}" if error.filename else error.strerror), program)
    raise error


def require(*modules: str) -> None:
    """Raises UsageError with the mend when a module is not installed."""
    for name in modules:
        if find_spec(name) is None:
            raise UsageError(f"{name} is not installed; {_MENDS[name]}")


def make_folder(path: Path, argument: str = "--out") -> None:
    """Make a folder to write into. Raises UsageError where it cannot be made or written."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        reason = "is a file" if isinstance(e, FileExistsError) else e.strerror
        raise UsageError(f"{argument} {path}: {reason}; choose a folder that can be written") from e
    if not os.access(path, os.W_OK | os.X_OK):
        raise UsageError(f"{argument} {path}: may not be written; choose a folder that can")


def check_file(path: Path, argument: str = "--out") -> None:
    """Check, before any work, that a file can be written. Raises UsageError where it cannot."""
    target = path if path.exists() else path.parent
    if path.is_dir():
        raise UsageError(f"{argument} {path}: is a folder; name a file")
    if not target.exists():
        raise UsageError(f"{argument} {path}: there is no folder {path.parent}; choose a file in a folder that exists")
    if not os.access(target, os.W_OK):
        raise UsageError(f"{argument} {path}: may not be written; choose a file in a folder that can")


__all__ = [
    "INTERRUPTED", "READER_GONE", "SOME_FAILED", "UsageError", "check_file", "handle", "in_order", "make_folder",
    "require",
]  # fmt: skip
