"""Ctrl-C while messages are taken."""

from __future__ import annotations

import signal
import threading

import pytest

from mien.ros.interrupts import Interrupts


def test_ctrl_c_comes_after_what_is_being_done() -> None:
    done = []
    with Interrupts() as interrupts:

        def take() -> None:
            with interrupts.delayed():
                signal.raise_signal(signal.SIGINT)
                done.append("message taken")

        with pytest.raises(KeyboardInterrupt):
            take()
        assert done == ["message taken"]
        with interrupts.delayed():  # the one that was told is not told again
            done.append("another")
    assert signal.getsignal(signal.SIGINT) == signal.default_int_handler


def test_a_message_that_fails_leaves_no_ctrl_c_behind() -> None:
    """Else the next one would be taken for the second, and come within a message."""
    done = []
    with Interrupts() as interrupts:

        def take(fails: bool) -> None:
            with interrupts.delayed():
                signal.raise_signal(signal.SIGINT)
                if fails:
                    raise RuntimeError
                done.append("message taken")

        with pytest.raises(RuntimeError):
            take(fails=True)
        with pytest.raises(KeyboardInterrupt):
            take(fails=False)
    assert done == ["message taken"]


def test_it_is_not_delayed_elsewhere_nor_twice() -> None:
    with Interrupts() as interrupts:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        reached = []

        def take() -> None:
            with interrupts.delayed():
                signal.raise_signal(signal.SIGINT)
                reached.append(1)
                signal.raise_signal(signal.SIGINT)
                reached.append(2)

        with pytest.raises(KeyboardInterrupt):
            take()
        assert reached == [1]


def test_a_handler_of_somebody_else_stays() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Interrupts() as interrupts, interrupts.delayed():
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_thread_may_spin_too() -> None:
    seen = []

    def spin() -> None:
        with Interrupts() as interrupts, interrupts.delayed():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=spin)
    thread.start()
    thread.join()
    assert seen == [signal.default_int_handler]
