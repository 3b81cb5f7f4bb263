"""What a resting face changes of a rig."""

from __future__ import annotations

import numpy as np
import pytest

from mien.core.geometry import matrix, quaternion
from mien.core.types import F64, Baseline, BaselineMethod, PersonBaseline
from mien.rigs.config import RigsConfig
from mien.rigs.stage import Stage

from .actors import Person, Theatre, only, turned, weight

CAPTURED = Baseline(BaselineMethod.CAPTURED, 1.0, 5)
LEARNED = Baseline(BaselineMethod.LEARNED, 0.5, 7)


def at_rest(about: Baseline, head: F64 | None = None) -> PersonBaseline:
    return PersonBaseline(about=about, blendshapes=np.zeros(52, np.float32), head=head)


def person(rest: PersonBaseline | None, squint: float = 0.0, yaw_deg: float = 0.0) -> Person:
    someone = Person(pose=turned(yaw_deg), eyeSquintLeft=squint)
    someone.rest = rest
    return someone


def theatre(smooth: bool = False) -> Theatre:
    return Theatre(Stage(RigsConfig(smooth=smooth)))


def test_the_head_is_told_from_the_captured_one() -> None:
    """A camera that stands aside sees a head that looks straight ahead as turned."""
    t = theatre()
    rest = at_rest(CAPTURED, quaternion(turned(15)[:3, :3]))
    rig = only(t.play(1, person(rest, yaw_deg=15))[-1])
    np.testing.assert_allclose(matrix(rig.head), np.eye(3), atol=1e-6)
    rig = only(t.show(person(rest, yaw_deg=45)))
    assert 2 * np.degrees(np.arccos(rig.head[3])) == pytest.approx(30)


@pytest.mark.parametrize("rest", [None, at_rest(LEARNED), at_rest(CAPTURED)], ids=["none", "learned", "captured"])
def test_without_a_resting_head_it_is_told_from_one_that_faces_the_camera(rest: PersonBaseline | None) -> None:
    rig = only(theatre().play(1, person(rest, yaw_deg=15))[-1])
    assert 2 * np.degrees(np.arccos(rig.head[3])) == pytest.approx(15)
    assert rig.head[3] > 0


def test_it_says_what_resting_face_reads_neutral() -> None:
    t = theatre()
    assert only(t.show(person(None))).baseline.method is BaselineMethod.NONE
    assert only(t.show(person(at_rest(LEARNED)))).baseline == LEARNED
    assert only(t.show(person(at_rest(CAPTURED)))).baseline == CAPTURED
    assert only(t.show()).baseline == CAPTURED  # while it eases, too


@pytest.mark.parametrize("method", [BaselineMethod.CAPTURED, BaselineMethod.LOADED])
def test_one_that_was_asked_for_comes_without_a_jump(method: BaselineMethod) -> None:
    t = theatre()
    t.play(1, person(None, squint=0.4, yaw_deg=20))
    rest = at_rest(Baseline(method, 1.0, 5), quaternion(turned(20)[:3, :3]))
    rigs = [only(r) for r in t.play(1, person(rest, squint=0.0, yaw_deg=20))]
    squint = [weight(r, "eyeSquintLeft") for r in rigs]
    angle = [2 * np.degrees(np.arccos(min(r.head[3], 1))) for r in rigs]
    assert squint[0] > 0.35
    assert angle[0] > 17
    assert np.abs(np.diff(squint)).max() < 0.12
    assert np.abs(np.diff(angle)).max() < 6
    assert squint[-1] == pytest.approx(0, abs=0.01)
    assert angle[-1] == pytest.approx(0, abs=0.1)


def test_one_that_is_learned_comes_by_degrees_and_delays_nothing() -> None:
    t = theatre()
    t.play(1, person(None, squint=0.4))
    assert weight(only(t.show(person(at_rest(LEARNED), squint=0.2))), "eyeSquintLeft") == pytest.approx(0.2)


def test_a_captured_one_that_only_goes_on_delays_nothing() -> None:
    t = theatre()
    t.play(1, person(at_rest(CAPTURED), squint=0.4))
    assert weight(only(t.show(person(at_rest(CAPTURED), squint=0.2))), "eyeSquintLeft") == pytest.approx(0.2)
