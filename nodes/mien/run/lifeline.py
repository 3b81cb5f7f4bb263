"""Ends a node when whoever supervises it is gone, even by SIGKILL."""

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

    Nothing happens in a node that nobody supervises. To be called by the main thread.
    """
    parent = environ.get(PARENT, "")
    if not parent.isdecimal() or sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != int(parent):  # it died before we asked
        os.kill(os.getpid(), signal.SIGTERM)
