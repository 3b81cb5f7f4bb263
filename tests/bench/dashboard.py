"""Measures what viewers of the dashboard cost: processor time of its process, looked at by nobody, by one, by three.

python tests/bench/dashboard.py [--seconds 20] [--rate 30] prints JSON: shares of one core. This process publishes
messages of one face, and an image of 640×360 of the clip; viewers, in this process, take all that they are sent. What
else runs changes processor time less than time on the clock, but does change it: its load stands beside the rates.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
import rclpy
from workload import clip

from mien.core.geometry import IDENTITY_QUATERNION
from mien.core.types import Affect, Affects, Face, Faces, Header, Method, Rig, Rigs, RigState
from mien.graph import AFFECTS, FACES, IMAGE, RIGS
from mien.ros import transport
from mien.ros.convert import affects_to_msg, faces_to_msg, rigs_to_msg, to_header, to_image
from mien.ros.qos import advertise

_SETTLE_S = 2.0
_TICKS = os.sysconf("SC_CLK_TCK")


class Publisher:
    """Messages at a rate, on a thread of its own."""

    def __init__(self, namespace: str, rate_hz: float) -> None:
        transport.tune()
        rclpy.init()
        self._node = rclpy.create_node("bench", namespace=namespace)
        self._out = {t: advertise(self._node, t) for t in (IMAGE, FACES, AFFECTS, RIGS)}
        self._picture = next(clip()).image
        self._period_s, self._stop, self.count = 1 / rate_hz, threading.Event(), 0
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        rclpy.try_shutdown()

    def _run(self) -> None:
        rng = np.random.default_rng(0)
        landmarks = rng.uniform(100, 300, (478, 3)).astype(np.float32)
        crop = rng.integers(0, 255, (112, 112, 3), dtype=np.uint8)
        pose = np.eye(4)
        pose[2, 3] = 0.5
        some, sure = rng.random(52, np.float32), np.ones(37, np.float32)
        due_s = time.monotonic()
        while not self._stop.wait(max(0.0, due_s - time.monotonic())):
            due_s = max(due_s + self._period_s, time.monotonic() - self._period_s)
            header = Header(time.time_ns())
            face = Face(
                1,
                0.9,
                1.0,
                np.array([200, 80, 150, 200], np.float32),
                landmarks,
                pose,
                np.array([[0, 0, -1.0]] * 2),
                crop=crop,
            )
            affect = Affect(
                1, 2 * sure, sure, sure, Method.DERIVED, np.full(8, 0.125, np.float32), 0.9, Method.DERIVED,
                0.1, 0.2, 0.9, Method.DERIVED,
            )  # fmt: skip
            rig = Rig(
                1, RigState.TRACKED, "arkit52", some, IDENTITY_QUATERNION, np.zeros((2, 2), np.float32),
                np.ones(7, np.float32), np.zeros(7, np.uint8),
            )  # fmt: skip
            height, width = self._picture.shape[:2]
            for topic, message in (
                (IMAGE, to_image(self._picture, to_header(header))),
                (FACES, faces_to_msg(Faces(header, width, height, (face,)))),
                (AFFECTS, affects_to_msg(Affects(header, (affect,)))),
                (RIGS, rigs_to_msg(Rigs(header, (rig,)))),
            ):
                self._out[topic].publish(message)
            self.count += 1


async def _look(
    url: str, viewers: int, explain: bool, publisher: Publisher, pid: int, seconds: float
) -> dict[str, Any]:
    received = 0

    async def view(session: aiohttp.ClientSession) -> None:
        nonlocal received
        async with session.ws_connect(f"{url}ws", max_msg_size=0) as socket:
            await socket.send_json({"kind": "open"})
            await socket.send_json({"kind": "want", "schemas": [], "explain": explain})
            async for message in socket:
                received += len(message.data)

    async with aiohttp.ClientSession() as session:
        tasks = [asyncio.create_task(view(session)) for _ in range(viewers)]
        await asyncio.sleep(_SETTLE_S)
        start_s, before, count, received = time.monotonic(), _used_s(pid), publisher.count, 0
        await asyncio.sleep(seconds)
        wall_s = time.monotonic() - start_s
        found = {
            "viewers": viewers, "explain": explain, "core": round((_used_s(pid) - before) / wall_s, 3),
            "images_hz": round((publisher.count - count) / wall_s, 1),
            "bytes_s_viewer": round(received / wall_s / max(viewers, 1)),
        }  # fmt: skip
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return found


def _used_s(pid: int) -> float:
    """Processor time of a process, user and system [s]."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--rate", type=float, default=30.0)
    args = parser.parse_args()
    namespace = f"/bench_{os.getpid()}"
    command = [sys.executable, "-m", "mien.cli", "dashboard", "--port", "0", "--namespace", namespace]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    try:
        assert server.stdout is not None
        found = next(filter(None, (re.search(r"the page is at (\S+)", line) for line in server.stdout)))
        publisher = Publisher(namespace, args.rate)
        try:
            for viewers, explain in ((0, False), (1, False), (3, False), (1, True), (0, False)):
                measured = asyncio.run(_look(found[1], viewers, explain, publisher, server.pid, args.seconds))
                print(json.dumps({**measured, "load": os.getloadavg()[0]}), flush=True)
        finally:
            publisher.close()
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main()
