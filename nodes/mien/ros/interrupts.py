"""Ctrl-C between messages instead of within one."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupts:
    """Delays the KeyboardInterrupt of Ctrl-C while messages are taken.

    rclpy converts a message by calling Python from C++. An exception that a signal handler raises there is lost, and
    the take fails with "RuntimeError: Unable to convert call argument". Enter this context before `rclpy.init`,
    whose signal handler calls the one that it finds.
    """

    def __init__(self) -> None:
        self._delays = False
        self._came = False
        self._installed = False

    def __enter__(self) -> Interrupts:
        in_main = threading.current_thread() is threading.main_thread()  # elsewhere no signal arrives
        self._installed = in_main and signal.getsignal(signal.SIGINT) == signal.default_int_handler
        if self._installed:
            signal.signal(signal.SIGINT, self._on_signal)
        return self

    def __exit__(self, *_: object) -> None:
        if self._installed:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    @contextmanager
    def delayed(self) -> Iterator[None]:
        """Raises KeyboardInterrupt at its end if Ctrl-C came within; a second Ctrl-C raises it at once."""
        self._delays, self._came = True, False
        try:
            yield
        finally:
            self._delays = False
        if self._came:
            self._came = False
            raise KeyboardInterrupt

    def _on_signal(self, signum: int, frame: FrameType | None) -> None:
        if self._came or not self._delays:
            raise KeyboardInterrupt
        self._came = True
