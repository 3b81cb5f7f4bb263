"""The graph as users run it, fused or split: capture to rig through ROS, stage by stage, memory, start-up."""

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

from mien.graph import DIAGNOSTICS, PROFILES, RIGS, Node as NodeSpec
from mien.ros import transport
from mien.ros.convert import from_time
from mien.ros.diagnostics import values
from mien.ros.qos import subscribe
from mien_models import Registry

_WARM_S = 3.0
_LIMIT_S = 60.0


def measure_live(seconds: float) -> dict[str, Any]:
    """Play the clip at 30 Hz in a loop through each profile; receive the rigs here, in another process."""
    transport.tune()
    rclpy.init()
    try:
        with tempfile.TemporaryDirectory() as folder:
            clip = at_30_fps(Path(folder) / "clip.avi")
            fused = _Run("fused", clip).measure(seconds)
            return fused | {"split": _Run("split", clip).measure(seconds)}
    finally:
        rclpy.try_shutdown()


class _Run:
    """One profile, its processes and what they say."""

    def __init__(self, profile: str, clip: Path) -> None:
        self._nodes = PROFILES[profile]
        self._clip = clip
        self._latency_ms: list[float] = []
        self._stages_ms: dict[str, list[float]] = {}
        self._stamps: list[int] = []
        self._dropped: dict[str, int] = {}
        self._node = rclpy.create_node("bench")
        self._executor = SingleThreadedExecutor()
        self._executor.add_node(self._node)
        subscribe(self._node, RIGS, self._on_rigs)
        subscribe(self._node, DIAGNOSTICS, self._on_diagnostics)

    def measure(self, seconds: float) -> dict[str, Any]:
        started = time.monotonic()
        # Listeners first, the node that holds the source last.
        processes = [subprocess.Popen(self._command(n)) for n in sorted(self._nodes, key=lambda n: n.lifecycle)]
        try:
            while not self._stamps:
                self._executor.spin_once(timeout_sec=0.01)
                if any(p.poll() is not None for p in processes) or time.monotonic() - started > _LIMIT_S:
                    raise RuntimeError("no rigs were published")
            startup_s = time.monotonic() - started
            self._spin(_WARM_S)
            for values in (self._latency_ms, self._stamps, *self._stages_ms.values()):
                values.clear()
            before = sum(self._dropped.values())
            self._spin(seconds)
            latency, stamps = list(self._latency_ms), list(self._stamps)
            self._spin(1.5)  # diagnostics come once a second: wait for a count that includes the last frame
            dropped = sum(self._dropped.values()) - before
            memory = [memory_mb(p.pid) for p in processes]
        finally:
            for process in processes:
                process.send_signal(signal.SIGINT)
            for process in processes:
                process.wait(20)
            self._node.destroy_node()
        p50, p99 = np.percentile(latency, (50, 99))
        return {
            "capture_to_rig_ms": {
                "p50": round(float(p50), 2),
                "p99": round(float(p99), 2),
                "dropped": dropped,
                "received": len(stamps),
                "seconds": seconds,
                "fps": round((len(stamps) - 1) / ((stamps[-1] - stamps[0]) * 1e-9), 2),
            },
            "live_stages_ms": {name: round(float(np.median(ms)), 3) for name, ms in self._stages_ms.items()},
            "startup_s": round(startup_s, 2),
            "rss_mb": sum(m["VmRSS"] for m in memory),
            "rss_peak_mb": sum(m["VmHWM"] for m in memory),
        }

    def _command(self, node: NodeSpec) -> list[str]:
        command = [sys.executable, "-m", "mien.cli", "node", node.name]
        if "camera" in node.components:
            command += ["--ros-args", "-p", f"camera.source:={self._clip}", "-p", "camera.loop:=true"]
        return command

    def _spin(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._executor.spin_once(timeout_sec=0.1)

    def _on_rigs(self, msg: Any) -> None:
        stamp = from_time(msg.header.stamp)
        self._stamps.append(stamp)
        self._latency_ms.append((time.time_ns() - stamp) * 1e-6)
        before = stamp
        for stage in msg.stages:
            finished = from_time(stage.finished)
            self._stages_ms.setdefault(stage.stage, []).append((finished - before) * 1e-6)
            before = finished

    def _on_diagnostics(self, msg: Any) -> None:
        for status in msg.status:
            if "dropped" in (said := values(status)):
                self._dropped[status.name] = int(said["dropped"])


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
