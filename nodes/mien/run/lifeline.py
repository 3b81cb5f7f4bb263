"""Ends a node when its supervisor has ended, even by SIGKILL."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Mapping

PARENT = "MIEN_SUPERVISOR_PID"  # in the environment of a node that `mien run` started
_PR_SET_PDEATHSIG = 1


def hold(environ: Mapping[str, str] = os.environ) -> None:
    """Ask the kernel for SIGTERM when the supervisor dies, which ends a node in order.

    Does nothing in a node without a supervisor. Call it from the main thread.
    """
    parent = environ.get(PARENT, "")
    if not parent.isdecimal() or sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != int(parent):  # it ended before the kernel was asked
        os.kill(os.getpid(), signal.SIGTERM)
