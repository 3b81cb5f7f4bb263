"""The graph as users run it: capture to rig through ROS, memory, start-up."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import rclpy
from rclpy.executors import SingleThreadedExecutor

from mien.graph import DIAGNOSTICS, RIGS
from mien.ros import transport
from mien.ros.convert import from_time
from mien.ros.diagnostics import values
from mien.ros.qos import subscribe
from mien_models import Registry

_WARM_S = 3.0
_LIMIT_S = 60.0


def measure_live(seconds: float) -> dict[str, Any]:
    """Play the clip at 30 Hz in a loop through `perception`; receive the rigs here, in another process."""
    with tempfile.TemporaryDirectory() as folder:
        return _measure(at_30_fps(Path(folder) / "clip.avi"), seconds)


def _measure(clip: Path, seconds: float) -> dict[str, Any]:
    transport.tune()
    rclpy.init()
    node = rclpy.create_node("bench")
    executor = SingleThreadedExecutor()
    executor.add_node(node)
    latency_ms: list[float] = []
    stamps: list[int] = []
    status: dict[str, str] = {}

    def on_rigs(msg: Any) -> None:
        stamp = from_time(msg.header.stamp)
        stamps.append(stamp)
        latency_ms.append((time.time_ns() - stamp) * 1e-6)

    def on_diagnostics(msg: Any) -> None:
        for s in msg.status:
            if s.name == "/perception":
                status.update(values(s))

    subscribe(node, RIGS, on_rigs)
    subscribe(node, DIAGNOSTICS, on_diagnostics)
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "mien.cli", "node", "perception", "--ros-args",
         "-p", f"camera.source:={clip}", "-p", "camera.loop:=true"],
    )  # fmt: skip
    try:
        while not stamps:
            executor.spin_once(timeout_sec=0.01)
            if process.poll() is not None or time.monotonic() - started > _LIMIT_S:
                raise RuntimeError("perception published no rigs")
        startup_s = time.monotonic() - started
        end = time.monotonic() + _WARM_S
        while time.monotonic() < end:
            executor.spin_once(timeout_sec=0.1)
        latency_ms.clear()
        stamps.clear()
        before = int(status.get("dropped", 0))
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            executor.spin_once(timeout_sec=0.1)
        # Diagnostics come once a second: wait for a count that includes the last frame.
        end = time.monotonic() + 1.5
        while time.monotonic() < end:
            executor.spin_once(timeout_sec=0.1)
        memory = memory_mb(process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
        node.destroy_node()
        rclpy.try_shutdown()
    p50, p99 = np.percentile(latency_ms, (50, 99))
    return {
        "capture_to_rig_ms": {
            "p50": round(float(p50), 2),
            "p99": round(float(p99), 2),
            "dropped": int(status.get("dropped", 0)) - before,
            "received": len(stamps),
            "seconds": seconds,
            "fps": round((len(stamps) - 1) / ((stamps[-1] - stamps[0]) * 1e-9), 2),
        },
        "startup_s": round(startup_s, 2),
        "rss_mb": memory["VmRSS"],
        "rss_peak_mb": memory["VmHWM"],
    }


def at_30_fps(path: Path) -> Path:
    """The clip, frame by frame, to be played at 30 frames a second."""
    source = cv2.VideoCapture(str(Registry.load().path("clip")))
    size = int(source.get(cv2.CAP_PROP_FRAME_WIDTH)), int(source.get(cv2.CAP_PROP_FRAME_HEIGHT))
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30.0, size)
    while True:
        ok, image = source.read()
        if not ok:
            break
        writer.write(image)
    writer.release()
    return path


def memory_mb(pid: int) -> dict[str, int]:
    rows = (line.split(":") for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return {name: int(value.split()[0]) // 1024 for name, value in rows if name in ("VmRSS", "VmHWM")}
