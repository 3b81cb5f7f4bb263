"""The shipped animator plays all five avatars, and tells how far they agree with the person."""

from __future__ import annotations

import numpy as np
import pytest

from mien.animate.config import AnimateConfig
from mien.animate.stage import Stage
from mien.core.geometry import IDENTITY_QUATERNION
from mien.core.types import Header, Rig, Rigs, RigState
from mien_models import open_session
from mien_models.animator.player import ANIMATOR, Player
from mien_models.animator.reading import space
from mien_models.animator.shipped import NAMES, mapped_space, plan, shipped
from mien_models.spaces import arkit

pytestmark = pytest.mark.real

# Targets that an open jaw, and shut eyes, move up.
JAW = {"human": "jawOpen", "second": "jawOpen", "toon": "jawOpen", "robot": "jaw", "presets": "aa"}
LID = {
    "human": "eyeBlinkLeft",
    "second": "eyeBlinkLeft",
    "toon": "eyeBlinkLeft",
    "robot": "lid_left",
    "presets": "blinkLeft",
}


def shapes(**values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    out = np.zeros(52, np.float32)
    for name, value in values.items():
        out[arkit.INDEX[name]] = value
    return out


@pytest.mark.parametrize("name", NAMES)
def test_jaw_and_lids_go_along_and_rest_is_neutral(name: str) -> None:
    avatar = shipped(name)
    assert avatar.names == plan(name).names
    player = Player(avatar, open_session(ANIMATOR, "cpu", 1))
    rest = player.shares(shapes())[0]
    np.testing.assert_allclose(rest, avatar.rest, atol=1e-6)
    open_ = player.shares(shapes(jawOpen=0.9))[0]
    shut = player.shares(shapes(eyeBlinkLeft=1.0, eyeBlinkRight=1.0))[0]
    assert (open_ - rest)[avatar.names.index(JAW[name])] > 0.3
    assert (shut - rest)[avatar.names.index(LID[name])] > 0.4


def test_expressions_are_compared_in_the_space_of_the_shipped_encoder() -> None:
    np.testing.assert_array_equal(mapped_space(), space())  # a new encoder needs a new shipped/space.npy


def test_the_consistency_is_measured_now_and_then() -> None:
    stage = Stage(AnimateConfig(consistency_hz=5.0), "human")
    rig = Rig(
        1, RigState.TRACKED, arkit.SCHEMA, shapes(jawOpen=0.7), IDENTITY_QUATERNION, np.zeros((2, 2), np.float32),
        np.ones(7, np.float32), np.zeros(7, np.uint8),
    )  # fmt: skip
    told = [stage.step(Rigs(Header(n * 50_000_000), (rig,))).rigs[0].consistency for n in range(1, 9)]
    known = [np.isfinite(value) for value in told]
    assert known == [True, False, False, False] * 2
    assert 0 <= told[0] < 1.2
    assert stage.consistency == told[4]
