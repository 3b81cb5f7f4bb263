"""The other side of mediapipe_peer.py."""

from __future__ import annotations

import json
import mmap
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from mien.core.types import F64, U8

_BYTES = 64 << 20
# The ROS wheels' start-up hook must not reach the interpreter of another environment.
_OURS = ("LD_LIBRARY_PATH", "_ROS_WHEELS_BOOTSTRAP_COMPLETE", "PYTHONPATH")


@dataclass(frozen=True, slots=True)
class Reading:
    ms: float  # inside MediaPipe, without the exchange
    landmarks: list[F64]  # 478×3 [px] per face
    blendshapes: list[dict[str, float]]
    poses: list[F64]  # 4×4 per face, MediaPipe's axes, cm


class Peer:
    """MediaPipe in a process of its own. `session` keeps tracks apart in VIDEO mode."""

    def __init__(self, python: Path, task: bytes) -> None:
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        (folder / "model.task").write_bytes(task)
        buffer = folder / "frame"
        with buffer.open("wb") as f:
            f.truncate(_BYTES)
        with buffer.open("r+b") as f:
            self._memory = mmap.mmap(f.fileno(), _BYTES)
        self._process = subprocess.Popen(
            [python, Path(__file__).with_name("mediapipe_peer.py"), folder / "model.task", buffer],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={k: v for k, v in os.environ.items() if k not in _OURS},
            text=True,
        )
        self.version: str = self._receive()["version"]

    def __call__(self, image: U8, stamp_ms: int = 0, mode: str = "VIDEO", session: str = "") -> Reading:
        height, width = image.shape[:2]
        self._memory[: image.nbytes] = image.tobytes()
        ask = {"mode": mode, "session": session, "height": height, "width": width, "stamp_ms": stamp_ms}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(ask) + "\n")
        self._process.stdin.flush()
        answer = self._receive()
        return Reading(
            answer["ms"],
            [np.array(face) for face in answer["landmarks"]],
            answer["blendshapes"],
            [np.array(pose) for pose in answer["poses"]],
        )

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"MediaPipe ended with code {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def __enter__(self) -> Peer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._memory.close()
        self._folder.cleanup()
