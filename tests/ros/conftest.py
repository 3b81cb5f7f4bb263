"""Real nodes in processes of their own, and what they say."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import pytest
import rclpy
from rclpy.executors import SingleThreadedExecutor

from mien.graph import DIAGNOSTICS, Topic
from mien.ros import transport
from mien.ros.diagnostics import values
from mien.ros.qos import subscribe

LIMIT_S = 30.0
_SEGMENT = re.compile(r"/dev/shm/fastrtps_[0-9a-f]{16}$")


def segments(pid: int | str) -> set[Path]:
    """Shared memory of the middleware, megabytes each, that a process has mapped.

    Its ports, some kilobytes, are left out: a publisher makes them anew for a reader that has just gone.
    """
    try:
        lines = Path(f"/proc/{pid}/maps").read_text().splitlines()
    except OSError:  # it has just ended, or is another user's
        return set()
    return {Path(m[0]) for m in map(_SEGMENT.search, lines) if m}


class Graph:
    """Starts nodes, listens, and ends everything. Waits for what a test needs, never for a time."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace
        self.messages: dict[str, list[Any]] = defaultdict(list)
        self.status: dict[str, dict[str, str]] = {}
        self.processes: dict[str, subprocess.Popen[str]] = {}
        self._heard: set[str] = set()
        self.context = rclpy.Context()
        rclpy.init(context=self.context)
        self.node = rclpy.create_node("test", namespace=namespace, context=self.context)
        self._executor = SingleThreadedExecutor(context=self.context)
        self._executor.add_node(self.node)
        subscribe(self.node, DIAGNOSTICS, self._on_diagnostics)

    def start(self, name: str, *remaps: str, **params: object) -> subprocess.Popen[str]:
        """Run a node; parameters as component__name=value."""
        command = [sys.executable, "-m", "mien.cli", "node", name, "--ros-args", "-r", f"__ns:={self.namespace}"]
        for key, value in params.items():
            text = str(value).lower() if isinstance(value, bool) else str(value)
            command += ["-p", f"{key.replace('__', '.')}:={text}"]
        for remap in remaps:
            command += ["-r", remap]
        self.processes[name] = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return self.processes[name]

    def listen(self, *topics: Topic) -> None:
        """From now on; a topic that is listened to already is not heard twice."""
        for topic in topics:
            if topic.name not in self._heard:
                self._heard.add(topic.name)
                subscribe(self.node, topic, partial(self._on_message, topic.name))

    def _on_message(self, name: str, msg: Any) -> None:
        self.messages[name].append(msg)

    def until(self, condition: Callable[[], object], limit_s: float = LIMIT_S) -> None:
        """Spin until `condition`; fails, with what the nodes said, after the limit."""
        end = time.monotonic() + limit_s
        while not condition():
            self._executor.spin_once(timeout_sec=0.05)
            if time.monotonic() > end:
                pytest.fail(f"waited {limit_s:g} s; nodes say {self.status}")

    def until_quiet(self, seconds: float) -> None:
        """Spin until nothing has come for so long."""
        count, end = -1, 0.0
        while time.monotonic() < end or count != sum(map(len, self.messages.values())):
            if count != (now := sum(map(len, self.messages.values()))):
                count, end = now, time.monotonic() + seconds
            self._executor.spin_once(timeout_sec=0.05)

    def ready(self, name: str) -> bool:
        """Whether a node has a publisher for each of its inputs."""
        status = self.status.get(name)
        return status is not None and not any(v.startswith("0 ") for k, v in status.items() if k.startswith("input "))

    def call(self, service: str, kind: Any, request: Any) -> Any:
        client = self.node.create_client(kind, service)
        self.until(client.service_is_ready)
        future = client.call_async(request)
        self.until(future.done)
        return future.result()

    def end(self, name: str, how: int = signal.SIGINT) -> tuple[int, str]:
        """End one node; its exit code and what it printed."""
        process = self.processes.pop(name)
        if process.poll() is None:
            process.send_signal(how)
        out, _ = process.communicate(timeout=LIMIT_S)
        return process.returncode, out

    def close(self) -> None:
        for name in list(self.processes):
            self.end(name)
        self.node.destroy_node()
        rclpy.shutdown(context=self.context)

    def _on_diagnostics(self, msg: Any) -> None:
        for s in msg.status:
            if s.name.startswith(self.namespace + "/"):
                name = s.name.rsplit("/", 1)[1]
                self.status[name] = values(s) | {"message": s.message, "level": str(int.from_bytes(s.level, "big"))}


@pytest.fixture(scope="session", autouse=True)
def _transport() -> None:
    transport.tune()


@pytest.fixture
def graph(request: pytest.FixtureRequest) -> Iterator[Graph]:
    name = re.sub(r"[^a-z0-9]+", "_", f"{request.node.name}_{os.getpid()}".lower())
    graph = Graph(f"/{name}")
    yield graph
    graph.close()


@pytest.fixture(scope="session")
def calm_photo(sample: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A woman who looks into the camera and does nothing."""
    path = tmp_path_factory.mktemp("calm") / "calm.png"
    cv2.imwrite(str(path), cv2.VideoCapture(str(sample("single_face_video"))).read()[1])
    return path


@pytest.fixture(scope="session")
def short_clip(sample: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 40 frames of the clip at 12 frames a second: slow enough that nothing is dropped."""
    path = tmp_path_factory.mktemp("clip") / "short.avi"
    source = cv2.VideoCapture(str(sample("clip")))
    size = int(source.get(cv2.CAP_PROP_FRAME_WIDTH)), int(source.get(cv2.CAP_PROP_FRAME_HEIGHT))
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 12.0, size)
    for _ in range(40):
        writer.write(source.read()[1])
    writer.release()
    return path
