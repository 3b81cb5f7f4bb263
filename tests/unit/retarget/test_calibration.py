"""A person whose face reads too high at rest, too little at full, and sideways: learned, checked, kept, refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mien.core.types import F64, Header, Rigs, RigState
from mien.retarget.calibration import Calibration, Session, calibrate, load
from mien.retarget.calibration.poses import POSED, POSES, REST, Pose
from mien.retarget.config import RetargetConfig
from mien.retarget.profile import load as load_profile
from mien.retarget.reader import ProfileError
from mien.retarget.stage import Stage
from mien_models.spaces import arkit

from .faces import rig

N = len(arkit.BLENDSHAPES)
INDEX = arkit.INDEX
FRAMES = 30
SMILE, FROWN, JAW, BROW = (INDEX[n] for n in ("mouthSmileLeft", "mouthFrownLeft", "jawOpen", "browInnerUp"))


class Person:
    """weight read = rest + reading · (what is shown), with noise."""

    def __init__(self, seed: int = 0) -> None:
        self.rng = np.random.default_rng(seed)
        self.rest = np.zeros(N)
        self.rest[BROW], self.rest[SMILE] = 0.15, 0.1
        self.reading = np.eye(N) * 0.6
        self.reading[FROWN, JAW] = 0.25  # an open jaw is read as a frown
        self.reading[BROW, SMILE] = 0.2
        self.noise = 0.01

    def reads(self, shown: F64) -> F64:
        return np.clip(self.rest + self.reading @ shown + self.rng.normal(0, self.noise, N), 0, 1)

    def shows(self, pose: Pose) -> F64:
        """A natural pose: what is asked for, and some of what goes along."""
        shown = np.zeros(N)
        shown[[INDEX[n] for n in pose.asked]] = 1.0
        shown[[INDEX[n] for n in pose.free]] = self.rng.uniform(0, 0.5, len(pose.free))
        return shown

    def round(self, **instead: str) -> dict[str, F64]:
        """Every pose; `instead` names, with _ for a space, another one that is shown in its place."""
        poses = {p.name: p for p in (REST, *POSES)}
        held = {}
        for name in poses:
            shown = self.shows(poses[instead.get(name.replace(" ", "_"), name)])
            held[name] = np.array([self.reads(shown) for _ in range(FRAMES)])
        return held


def test_range_rest_and_cross_talk_are_taken_off() -> None:
    person = Person()
    verdict = calibrate(person.round(), person.round(), "Ada")
    learned = verdict.calibration
    assert learned is not None, verdict.message
    assert verdict.after < 0.5 * verdict.before
    person.noise = 0.0

    def read(**shown: float) -> dict[str, float]:
        weights = np.zeros(N)
        for name, value in shown.items():
            weights[INDEX[name]] = value
        return dict(zip(arkit.BLENDSHAPES, learned.apply(person.reads(weights)).tolist(), strict=True))

    assert max(read().values()) < 0.05  # at rest
    assert read(mouthSmileLeft=1.0)["mouthSmileLeft"] == pytest.approx(1, abs=0.1)
    assert read(jawOpen=0.5)["jawOpen"] == pytest.approx(0.5, abs=0.1)
    open_jaw = read(jawOpen=1.0)
    assert open_jaw["mouthFrownLeft"] < 0.1  # it was read at 0.25
    assert open_jaw["jawOpen"] == pytest.approx(1, abs=0.1)
    assert read(mouthSmileLeft=1.0, mouthSmileRight=1.0)["browInnerUp"] < 0.1  # of 0.33
    assert read(browInnerUp=1.0)["browInnerUp"] > 0.85


@pytest.mark.parametrize("rest", [0.0, 0.015])
def test_a_face_that_reads_well_already_needs_no_calibration(rest: float) -> None:
    person = Person()
    person.rest[:], person.reading[:] = rest, np.eye(N) * (1 - rest)
    verdict = calibrate(person.round(), person.round())
    assert verdict.calibration is None
    assert verdict.message.startswith("it would not help: this face reads well without a calibration, off by 0.0")


def test_a_large_gain_is_told_because_it_raises_noise() -> None:
    person = Person()
    person.reading[BROW] *= 0.5
    message = calibrate(person.round(), person.round()).message
    assert re.search(r"; stretched, and with it their noise: browInnerUp ×3\.\d", message)


def test_only_the_shapes_that_gain_are_calibrated() -> None:
    """What a calibration changes for nothing it would make noisier."""
    person = Person()
    person.rest[:], person.reading[:] = 0.0, np.eye(N)
    person.rest[BROW] = 0.2
    person.reading[FROWN, JAW] = 0.6
    verdict = calibrate(person.round(), person.round())
    learned = verdict.calibration
    assert learned is not None
    assert verdict.message.endswith("; calibrated: mouthFrownLeft, browInnerUp")
    others = [i for i, name in enumerate(arkit.BLENDSHAPES) if name in POSED and i not in (FROWN, BROW)]
    np.testing.assert_array_equal(learned.matrix[others], np.eye(N)[others])
    assert not learned.neutral[others].any()
    person.noise = 0.0
    shown = np.zeros(N)
    shown[JAW] = 1.0
    assert learned.apply(person.reads(shown))[[FROWN, BROW]] == pytest.approx([0, 0], abs=0.1)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ({}, {"smile": "kiss"}, "at “smile” the rounds differ: mouthSmileLeft reads 0.70 in the first and 0.1"),
        ({"corners_down": "smile"}, {}, "at “corners down” the rounds differ: mouthFrownLeft reads 0.0"),
    ],
)
def test_another_pose_than_was_asked_for_is_refused_by_name(
    first: dict[str, str], second: dict[str, str], words: str
) -> None:
    person = Person()
    verdict = calibrate(person.round(**first), person.round(**second))
    assert verdict.calibration is None
    assert words in verdict.message
    assert "try again" in verdict.message


def test_a_resting_face_that_moved_is_refused() -> None:
    person = Person()
    first = person.round()
    person.rest[BROW] = 0.4
    verdict = calibrate(first, person.round())
    assert verdict.calibration is None
    assert "the resting face moved between the rounds (browInnerUp by 0.25)" in verdict.message


def test_a_pose_that_was_hardly_seen_is_refused_by_name() -> None:
    person = Person()
    first, second = person.round(), person.round()
    second["kiss"][:-2] = np.nan
    verdict = calibrate(first, second)
    assert verdict.calibration is None
    assert verdict.message.startswith("at “kiss” the face was seen in 2 images, 5 are needed")
    del first["smile"]
    assert "at “smile” the face was seen in 0 images" in calibrate(first, second).message


def test_a_shape_that_this_face_does_not_show_is_left_alone_and_told() -> None:
    person = Person()
    person.reading[INDEX["cheekPuff"]] = 0.0
    verdict = calibrate(person.round(), person.round())
    assert verdict.unread == ("cheekPuff",)
    assert "not read on this face: cheekPuff" in verdict.message
    assert verdict.calibration is not None
    np.testing.assert_array_equal(verdict.calibration.matrix[INDEX["cheekPuff"]], np.eye(N)[INDEX["cheekPuff"]])


def test_shapes_that_no_pose_asks_for_keep_their_range() -> None:
    person = Person()
    learned = calibrate(person.round(), person.round()).calibration
    assert learned is not None
    others = [i for i, n in enumerate(arkit.BLENDSHAPES) if n not in POSED]
    np.testing.assert_array_equal(learned.matrix[others], np.eye(N)[others])


def test_numbers_that_are_not_known_stay_so_and_disturb_nobody() -> None:
    person = Person()
    learned = calibrate(person.round(), person.round()).calibration
    assert learned is not None
    weights = person.reads(person.shows(POSES[4]))
    weights[JAW] = np.nan
    out = learned.apply(weights)
    assert np.isnan(out[JAW])
    assert np.isfinite(np.delete(out, JAW)).all()


# The file.


@pytest.fixture
def learned() -> Calibration:
    found = calibrate(Person().round(), Person(1).round(), "Grace").calibration
    assert found is not None
    return found


def test_it_survives_a_restart(learned: Calibration, tmp_path: Path) -> None:
    file = tmp_path / "people" / "grace.yaml"
    learned.save(file)
    again = load(file, "arkit52", arkit.BLENDSHAPES)
    assert again.person == "Grace"
    assert again.error_after == pytest.approx(learned.error_after, abs=1e-4)
    weights = np.random.default_rng(0).random(N)
    np.testing.assert_allclose(again.apply(weights), learned.apply(weights), atol=0.02)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("schema: arkit52", "schema: vrm1", ":3: schema: is of vrm1, the rigs are of arkit52"),
        ("schema: arkit52", "", "has no schema"),
        ("  browInnerUp: 0", "  browInnrUp: 0", "browInnrUp is not known, did you mean browInnerUp?"),
        ("  browInnerUp: 0", "  browInnerUp: 9", "neutral.browInnerUp: is 9"),
    ],
)
def test_a_wrong_file_is_refused_with_line_and_reason(
    learned: Calibration, tmp_path: Path, old: str, new: str, message: str
) -> None:
    file = tmp_path / "grace.yaml"
    learned.save(file)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ProfileError) as caught:
        load(file, "arkit52", arkit.BLENDSHAPES)
    assert message in str(caught.value)


def test_a_place_that_cannot_be_written(learned: Calibration, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ProfileError, match="name another place"):
        learned.save(tmp_path / "file" / "me.yaml")


def test_retargeting_uses_it() -> None:
    matrix = np.eye(N)
    matrix[JAW, JAW] = 2.0
    rest = np.zeros(N)
    rest[JAW] = 0.1
    stage = Stage(RetargetConfig(), load_profile("arkit52"), Calibration("arkit52", arkit.BLENDSHAPES, rest, matrix))
    for n in range(60):
        out = stage.step(Rigs(Header(n * 33_000_000), (rig(jawOpen=0.4),)))
    assert out.rigs[0].weights[JAW] == pytest.approx(0.6, abs=1e-6)


# The session.


def play(session: Session, person: Person, **params: Any) -> list[str]:
    """Somebody who does what is asked, 30 times a second; the prompts in order."""
    asked, shown, now_ns = [], None, 0
    while session.verdict is None:
        pose = session.pose
        assert pose is not None
        if pose is not shown:
            asked.append(pose.name)
            shown, weights = pose, person.shows(pose)
        one = rig(params.get("track_id", 1))
        one.weights[:] = person.reads(weights if session.holding else np.zeros(N))
        session.see(Rigs(Header(now_ns), (one,)))
        now_ns += 33_333_333
    return asked


def test_a_session_asks_for_every_pose_twice_and_learns() -> None:
    session = Session("Ada")
    assert session.steps == 2 * (1 + len(POSES))
    asked = play(session, Person())
    assert asked == 2 * [REST.name, *(p.name for p in POSES)]
    assert session.done == session.steps
    assert session.verdict is not None
    assert session.verdict.calibration is not None
    assert session.verdict.calibration.person == "Ada"


def test_what_is_shown_before_a_pose_stands_is_not_used() -> None:
    session = Session()
    session.see(Rigs(Header(0), (rig(),)))
    session.see(Rigs(Header(1_000_000_000), (rig(),)))
    assert not session.holding
    session.see(Rigs(Header(1_700_000_000), (rig(),)))
    assert session.holding
    assert session.done == 0
    session.see(Rigs(Header(2_900_000_000), (rig(),)))
    assert session.done == 1


def test_a_session_without_a_face_ends_and_says_so() -> None:
    session = Session()
    for n in range(3000):
        session.see(Rigs(Header(n * 33_333_333), (rig(state=RigState.EASING),)))
    assert session.verdict is not None
    assert "at “rest” the face was seen in 0 images" in session.verdict.message
