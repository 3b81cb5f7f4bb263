"""Whatever breaks on a source's thread ends its node, with the reason: nobody waits for a thread that is dead."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.camera import node as camera
from mien.core.types import Frame
from mien.ros import node as ros

pytestmark = pytest.mark.ros


def test_what_breaks_on_the_thread_ends_the_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: camera.CameraNode, frame: Frame) -> None:
        raise RuntimeError("the disk of the moon is full")

    cv2.imwrite(str(tmp_path / "a.png"), np.zeros((16, 16, 3), np.uint8))
    monkeypatch.setattr(camera.CameraNode, "on_frame", broken)
    args = ["mien", "--ros-args", "-p", f"camera.source:={tmp_path}", "-r", "__ns:=/source_thread"]
    with pytest.raises(RuntimeError, match="the disk of the moon"):
        ros.run(camera.CameraNode, args)
