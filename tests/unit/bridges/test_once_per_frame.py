"""What several bridges ask of one frame is computed once."""

from __future__ import annotations

import numpy as np

from mien.bridges.base import Shown, once_per_frame
from mien.core.geometry import IDENTITY_QUATERNION
from mien.core.types import Rig, RigState


def shown(stamp_ns: int) -> Shown:
    weights, gaze = np.zeros(52, np.float32), np.zeros((2, 2), np.float32)
    parts = np.ones(7, np.float32), np.zeros(7, np.uint8)
    return Shown(stamp_ns, Rig(1, RigState.TRACKED, "arkit52", weights, IDENTITY_QUATERNION, gaze, *parts), True)


def test_only_another_frame_or_another_argument_is_computed_anew() -> None:
    asked: list[tuple[int, str]] = []

    @once_per_frame
    def text(frame: Shown, layout: str) -> str:
        asked.append((frame.stamp_ns, layout))
        return f"{layout} {frame.stamp_ns}"

    one, other = shown(1), shown(1)
    assert [text(one, "a"), text(one, "a"), text(one, "b"), text(other, "b")] == ["a 1", "a 1", "b 1", "b 1"]
    assert len(asked) == 3, "an equal frame is another frame: its arrays are not compared"
    assert text(shown(2), "b") == "b 2"
