"""Learning a resting face: what it changes, and what it refuses to learn."""

from __future__ import annotations

import numpy as np
import pytest

from mien.core.geometry import matrix
from mien.core.types import Header
from mien.rigs.config import RigsConfig
from mien.rigs.stage import Stage

from .actors import Person, Theatre, only, turned, weight

REST = {"browDownLeft": 0.3, "eyeSquintLeft": 0.4, "mouthPucker": 0.1}


@pytest.fixture
def theatre() -> Theatre:
    t = Theatre(Stage(RigsConfig(smooth=False)))
    t.play(0.5, Person(**REST))
    return t


def test_afterwards_rest_reads_zero_and_full_stays_full(theatre: Theatre) -> None:
    capture = theatre.stage.capture_neutral(1, 1.0)
    assert not capture.done
    theatre.play(1.1, Person(**REST))
    assert capture.done
    assert capture.success, capture.message
    assert 28 <= capture.frames <= 33
    theatre.play(0.5, Person(**REST))
    rig = only(theatre.show(Person(**REST)))
    assert max(rig.weights) < 0.01
    rig = only(theatre.show(Person(**{**REST, "browDownLeft": 1.0, "eyeSquintLeft": 0.7})))
    assert weight(rig, "browDownLeft") == pytest.approx(1)
    assert weight(rig, "eyeSquintLeft") == pytest.approx((0.7 - 0.4) / (1 - 0.4), abs=1e-3)


def test_the_change_comes_without_a_jump(theatre: Theatre) -> None:
    theatre.stage.capture_neutral(1, 0.5)
    squint = [weight(only(r), "eyeSquintLeft") for r in theatre.play(1.5, Person(**REST))]
    assert squint[0] == pytest.approx(0.4)
    assert squint[-1] == pytest.approx(0, abs=0.01)
    assert np.abs(np.diff(squint)).max() < 0.12


def test_head_is_then_told_from_the_captured_one(theatre: Theatre) -> None:
    """A camera that stands aside sees a head that looks straight ahead as turned."""
    theatre.stage.capture_neutral(1, 0.5)
    theatre.play(1.5, Person(pose=turned(15), **REST))
    rig = only(theatre.show(Person(pose=turned(15), **REST)))
    np.testing.assert_allclose(matrix(rig.head), np.eye(3), atol=1e-6)


def test_a_covered_face_teaches_no_rest(theatre: Theatre) -> None:
    capture = theatre.stage.capture_neutral(1, 0.5)
    person = Person(**REST)
    person.sure = 0.8, 0.0
    theatre.play(1, person)
    assert capture.done
    assert not capture.success
    assert "keep it in view" in capture.message


def test_what_rests_very_high_is_not_amplified_without_end(theatre: Theatre) -> None:
    capture = theatre.stage.capture_neutral(1, 0.5)
    theatre.play(1.5, Person(eyeSquintLeft=0.9))
    assert capture.success
    rig = only(theatre.show(Person(eyeSquintLeft=0.9)))
    assert weight(rig, "eyeSquintLeft") == pytest.approx((0.9 - 0.5) / (1 - 0.5))


def test_zero_means_every_face(theatre: Theatre) -> None:
    both = (Person(1, **REST), Person(4, browDownLeft=0.2))
    theatre.play(0.2, *both)
    capture = theatre.stage.capture_neutral()
    theatre.play(2, *both)
    assert capture.success
    assert "1, 4" in capture.message
    for rig in theatre.show(*both).rigs:
        assert max(rig.weights) < 0.01


def test_one_blink_spoils_nothing(theatre: Theatre) -> None:
    capture = theatre.stage.capture_neutral(1, 1.0)
    theatre.play(0.4, Person(**REST))
    theatre.play(0.2, Person(eyeBlinkLeft=0.9, eyeBlinkRight=0.9, **REST))
    theatre.play(0.6, Person(**REST))
    assert capture.success
    rig = only(theatre.play(0.5, Person(eyeBlinkLeft=0.5, **REST))[-1])
    assert weight(rig, "eyeBlinkLeft") == pytest.approx(0.5, abs=0.02)


REFUSED = [
    ("mouthSmileLeft", Person(mouthSmileLeft=0.8, mouthSmileRight=0.8), "relax"),
    ("jawOpen", Person(jawOpen=0.5), "relax"),
    ("shut", Person(eyeBlinkLeft=0.9, eyeBlinkRight=0.9), "keep them open"),
    ("turned", Person(pose=turned(50)), "look at the camera"),
]


@pytest.mark.parametrize(("names", "person", "mend"), REFUSED, ids=[r[0] for r in REFUSED])
def test_what_is_no_resting_face_is_refused_with_a_mend_and_the_earlier_one_stays(
    theatre: Theatre, names: str, person: Person, mend: str
) -> None:
    theatre.stage.capture_neutral(1, 0.5)
    theatre.play(1, Person(**REST))
    capture = theatre.stage.capture_neutral(1, 1.0)
    theatre.play(1.2, person)
    assert capture.done
    assert not capture.success
    assert names in capture.message
    assert mend in capture.message
    assert max(only(theatre.play(0.5, Person(**REST))[-1]).weights) < 0.01


def test_a_face_that_moves_is_refused(theatre: Theatre) -> None:
    capture = theatre.stage.capture_neutral(1, 1.0)
    for i in range(40):
        theatre.show(Person(browInnerUp=0.5 * (i // 6 % 2)))
    assert not capture.success
    assert "browInnerUp moved" in capture.message


def test_a_head_that_moves_is_refused(theatre: Theatre) -> None:
    capture = theatre.stage.capture_neutral(1, 1.0)
    for i in range(40):
        theatre.show(Person(pose=turned(12 * (-1) ** (i // 6)), **REST))
    assert not capture.success
    assert "head moved" in capture.message


def test_a_face_that_is_lost_is_refused(theatre: Theatre) -> None:
    capture = theatre.stage.capture_neutral(1, 5.0)
    theatre.play(1, Person(**REST))
    theatre.play(2)
    assert capture.done
    assert not capture.success
    assert "lost" in capture.message


def test_without_images_it_ends_all_the_same(theatre: Theatre) -> None:
    capture = theatre.stage.capture_neutral(1, 0.5)
    theatre.wait(2)
    assert capture.done
    assert not capture.success


def test_too_few_images_are_refused(theatre: Theatre) -> None:
    capture = theatre.stage.capture_neutral(1, 0.05)
    theatre.play(0.3, Person(**REST))
    assert capture.frames < 5
    assert not capture.success
    assert "look for longer" in capture.message


def test_of_several_faces_all_have_to_succeed(theatre: Theatre) -> None:
    both = (Person(1, **REST), Person(4, jawOpen=0.6))
    theatre.play(0.2, *both)
    capture = theatre.stage.capture_neutral()
    theatre.play(1.2, *both)
    assert not capture.success
    assert "face 4" in capture.message
    rig = theatre.show(*both).rigs[0]
    assert weight(rig, "browDownLeft") == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("track_id", "duration_s", "says"), [(7, 1.0, "tracked: 1"), (1, 0.0, "duration_s"), (1, 11.0, "duration_s")]
)
def test_what_cannot_be_done_is_said_at_once(theatre: Theatre, track_id: int, duration_s: float, says: str) -> None:
    capture = theatre.stage.capture_neutral(track_id, duration_s)
    assert capture.done
    assert not capture.success
    assert says in capture.message


def test_with_nobody_there_it_says_so_at_once() -> None:
    stage = Stage(RigsConfig())
    stage.idle(Header(1))
    capture = stage.capture_neutral()
    assert capture.done
    assert "no face" in capture.message
