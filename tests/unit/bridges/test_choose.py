"""The person that an avatar shows: changes without jumps, and easing to neutral when rigs stop."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.numpy import arrays

from mien.bridges.base import Counters, EncoderBridge, MemorySink, Shown
from mien.bridges.choose import Chooser, safe
from mien.bridges.config import BridgesConfig
from mien.bridges.hub import Hub
from mien.core.schemas import ARKIT52
from mien.core.types import Face, Faces, Header, RigState
from mien_models.spaces import arkit

from .people import N, S, rig, rigs, turn

JAW = arkit.INDEX["jawOpen"]
FRAME_S = 1 / 30


def faces(**areas_px: float) -> Faces:
    """Square faces by track: face1=100 is track 1, 100 px wide."""
    found = [
        Face(
            int(name[4:]), 1.0, 1.0, np.array([0, 0, side, side], np.float32), np.zeros((478, 3), np.float32),
            pose=np.array([[0, 1, 0, 0.1], [0, 0, -1, -0.2], [-1, 0, 0, 0.6], [0, 0, 0, 1.0]]),
        )
        for name, side in areas_px.items()
    ]  # fmt: skip
    return Faces(Header(S), 640, 480, tuple(found))


class Same:
    """One datagram a frame: is somebody there?"""

    config = None

    def encode(self, shown: Shown) -> list[bytes]:
        return [b"%d" % shown.present]


def follow(chooser: Chooser, *people: object, start_s: float, frames: int) -> list[float]:
    """Jaw over so many frames of the same people."""
    return [
        float(chooser.choose(rigs(*people), start_s + i * FRAME_S).rig.weights[JAW])  # type: ignore[arg-type]
        for i in range(frames)
    ]


def test_the_first_stays_though_others_come() -> None:
    chooser = Chooser("first")
    assert chooser.choose(rigs(rig(3)), 0).rig.track_id == 3
    assert chooser.choose(rigs(rig(1), rig(3)), 0.1).rig.track_id == 3
    assert chooser.choose(rigs(rig(1)), 0.2).rig.track_id == 1


def test_the_largest_takes_over_after_a_while() -> None:
    chooser = Chooser("largest")
    chooser.faces(faces(face1=100, face2=110))
    assert chooser.choose(rigs(rig(1), rig(2)), 0).rig.track_id == 2
    chooser.faces(faces(face1=120, face2=110))  # 1.2 times the area: not enough
    assert all(chooser.choose(rigs(rig(1), rig(2)), t).rig.track_id == 2 for t in (1.0, 2.0, 3.0))
    chooser.faces(faces(face1=200, face2=110))
    assert chooser.choose(rigs(rig(1), rig(2)), 4.0).rig.track_id == 2
    assert chooser.choose(rigs(rig(1), rig(2)), 4.5).rig.track_id == 2
    assert chooser.choose(rigs(rig(1), rig(2)), 5.1).rig.track_id == 1


def test_one_who_is_there_comes_before_one_who_is_lost() -> None:
    chooser = Chooser("largest")
    chooser.faces(faces(face1=300, face2=100))
    assert chooser.choose(rigs(rig(1), rig(2)), 0).rig.track_id == 1
    assert chooser.choose(rigs(rig(1, RigState.EASING), rig(2)), 0.1).rig.track_id == 2


def test_only_the_track_that_is_asked_for() -> None:
    chooser = Chooser("largest", track_id=7)
    assert not chooser.choose(rigs(rig(1)), 0).present
    assert chooser.choose(rigs(rig(1), rig(7)), 0.1).rig.track_id == 7


def test_from_one_person_to_another_nothing_jumps() -> None:
    chooser = Chooser("first")
    follow(chooser, rig(1, jawOpen=1.0), start_s=0, frames=5)
    jaw = follow(chooser, rig(2, jawOpen=0.0), start_s=5 * FRAME_S, frames=15)
    assert max(-np.diff([1.0, *jaw])) < 0.25
    assert jaw[-1] == 0


def test_rigs_that_no_longer_come_ease_to_neutral_and_end() -> None:
    chooser = Chooser()
    chooser.choose(rigs(rig(1, head=turn(40), jawOpen=1.0)), 0)
    assert chooser.idle(0.4) is None
    states, jaws, angles = [], [1.0], []
    for i in range(60):
        shown = chooser.idle(0.5 + i * FRAME_S)
        if shown is None:
            break
        states.append((shown.present, shown.rig.state))
        jaws.append(float(shown.rig.weights[JAW]))
        angles.append(2 * np.degrees(np.arccos(min(shown.rig.head[3], 1))))
    assert states[0] == (True, RigState.EASING)
    assert states[-2:] == [(True, RigState.NEUTRAL), (False, RigState.NEUTRAL)]
    assert max(-np.diff(jaws)) < 0.15
    assert angles[0] == pytest.approx(40, abs=0.01)
    assert angles[-1] == jaws[-1] == 0
    assert len(states) * FRAME_S < 0.75
    assert chooser.idle(9.0) is None


def test_who_comes_back_while_it_eases_blends_in() -> None:
    chooser = Chooser()
    chooser.choose(rigs(rig(1, jawOpen=1.0)), 0)
    for i in range(15):
        chooser.idle(0.5 + i * FRAME_S)
    jaw = follow(chooser, rig(1, jawOpen=1.0), start_s=0.5 + 15 * FRAME_S, frames=15)
    assert jaw[0] < 0.2
    assert max(np.diff(jaw)) < 0.25
    assert jaw[-1] == 1


def test_who_vanishes_without_easing_eases_here() -> None:
    chooser = Chooser()
    chooser.choose(rigs(rig(1, jawOpen=1.0)), 0)
    shown = [chooser.choose(rigs(), (i + 1) * FRAME_S) for i in range(25)]
    assert max(-np.diff([1.0, *[float(s.rig.weights[JAW]) for s in shown]])) < 0.15
    assert not shown[-1].present


def test_the_position_is_told_in_face_axes() -> None:
    chooser = Chooser()
    assert chooser.choose(rigs(rig(1)), 0).position is None
    chooser.faces(faces(face1=100))  # 60 cm away, 10 cm to the camera's right, 20 cm above
    assert chooser.choose(rigs(rig(1)), 0.1).position == pytest.approx([0.6, 0.1, 0.2])


@settings(max_examples=50)
@given(
    arrays(np.float32, st.sampled_from([N, 0, N + 1]), elements=st.floats(width=32)),
    arrays(np.float64, 4, elements=st.floats()),
    arrays(np.float32, (2, 2), elements=st.floats(width=32)),
)
def test_whatever_comes_is_made_safe(weights: np.ndarray, head: np.ndarray, gaze: np.ndarray) -> None:
    with np.errstate(all="ignore"):
        made = safe(replace(rig(), weights=weights, head=head, gaze=gaze), ARKIT52)
    assert made.weights.shape == (N,)
    assert made.weights.min() >= 0
    assert made.weights.max() <= 1
    assert np.linalg.norm(made.head) == pytest.approx(1)
    assert np.abs(made.gaze).max() <= 1.6


def test_a_second_source_does_not_disturb_who_is_shown() -> None:
    """A camera and a headset publish on one topic; each says nothing of the other's face."""
    chooser = Chooser()
    headset = replace(rigs(rig(9, jawOpen=1.0)), header=Header(S, "headset"))
    assert chooser.choose(rigs(rig(1)), 0.0).rig.track_id == 1
    assert chooser.choose(headset, 0.01) is None
    assert chooser.choose(rigs(rig(1)), 0.03).rig.track_id == 1
    taken = [chooser.choose(headset, 0.6 + i * FRAME_S) for i in range(12)]  # the camera ended
    jaw = [float(s.rig.weights[JAW]) for s in taken]
    assert taken[-1].rig.track_id == 9
    assert jaw[-1] == 1
    assert max(np.diff([0.0, *jaw])) < 0.25


def test_a_description_that_comes_again_changes_nothing() -> None:
    hub, sink = Hub(BridgesConfig()), MemorySink()
    hub.add("jaw", EncoderBridge(Same(), sink, Counters()))
    hub.rigs(rigs(rig(1)), 0.0)
    hub.describe(replace(ARKIT52))
    for i in range(30):
        hub.tick(0.5 + i * FRAME_S)
    assert sink.packets[-1] == b"0"  # it still eased whom it showed
