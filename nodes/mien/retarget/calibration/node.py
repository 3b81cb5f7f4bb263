"""Passes the rigs of a running graph to a calibration session."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import rclpy
from rclpy.executors import SingleThreadedExecutor

from mien.core.errors import RunError
from mien.core.schemas import ARKIT52
from mien.graph import RIG_DESCRIPTION, RIGS
from mien.retarget.calibration.session import Session
from mien.ros import transport
from mien.ros.convert import rig_description_from_msg, rigs_from_msg
from mien.ros.interrupts import Interrupts
from mien.ros.qos import subscribe

_SILENT_S = 5.0


def listen(session: Session, namespace: str = "", seen: Callable[[], None] = lambda: None) -> None:
    """Receive `rigs` until the session has its verdict; `seen` is called after every image.

    Raises RunError when no rigs come for a while.
    """
    names, last_s = ARKIT52.names, time.monotonic()

    def describe(msg: Any) -> None:
        nonlocal names
        description = rig_description_from_msg(msg)
        if description.schema == ARKIT52.schema:
            names = description.names

    def hear(msg: Any) -> None:
        nonlocal last_s
        session.see(rigs_from_msg(msg), names)
        last_s = time.monotonic()
        seen()

    transport.tune()
    with Interrupts() as interrupts:
        rclpy.init()
        try:
            node = rclpy.create_node("mien_calibrate", namespace=namespace or None)
            subscribe(node, RIG_DESCRIPTION, describe)
            subscribe(node, RIGS, hear)
            executor = SingleThreadedExecutor()
            executor.add_node(node)
            while session.verdict is None:
                with interrupts.delayed():
                    executor.spin_once(timeout_sec=0.2)
                if time.monotonic() - last_s > _SILENT_S:
                    raise RunError(f"no {RIGS.name} for {_SILENT_S:g} s: start `mien run` in another terminal")
            node.destroy_node()
        finally:
            rclpy.try_shutdown()
