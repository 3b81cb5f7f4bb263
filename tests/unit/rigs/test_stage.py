"""What an avatar is told to play, from the first image of a face to the last rig of its track."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mien.core.geometry import matrix
from mien.core.types import F64, Expressions, Face, Faces, Header, RigState, Source
from mien.rigs.config import RigsConfig
from mien.rigs.stage import Stage
from mien_models.spaces import arkit
from mien_models.spaces.arkit import Region

from .actors import FRAME, Person, S, Theatre, only, turned, weight

SMILE = {"mouthSmileLeft": 0.8, "mouthSmileRight": 0.8}


def theatre(**config: float | bool) -> Theatre:
    return Theatre(Stage(RigsConfig(**config)))


def yaw_pitch(q: F64) -> tuple[float, float]:
    """Degrees to the person's left and up, of where x, out of the face, points."""
    x, y, z = matrix(q)[:, 0]
    return math.degrees(math.atan2(y, x)), math.degrees(math.asin(z))


# Following a face.


def test_weights_come_by_name_and_a_shape_without_a_source_is_zero() -> None:
    rig = only(theatre().settle(Person(jawOpen=0.5, **SMILE)))
    assert rig.schema == "arkit52"
    assert rig.state is RigState.TRACKED
    assert weight(rig, "jawOpen") == pytest.approx(0.5)
    assert weight(rig, "mouthSmileLeft") == pytest.approx(0.8)
    assert weight(rig, "tongueOut") == 0


def test_a_rig_begins_at_neutral_and_blends_in() -> None:
    t = theatre()
    rigs = [only(r) for r in t.play(0.3, Person(pose=turned(20), jawOpen=1.0))]
    jaw = np.array([0.0, *(weight(r, "jawOpen") for r in rigs)])
    assert {r.state for r in rigs} == {RigState.TRACKED}
    assert jaw[1] == 0
    assert (np.diff(jaw) >= 0).all()
    assert np.diff(jaw).max() == pytest.approx(1.5 / 6, abs=0.01)  # a smoothstep over 200 ms, at its middle
    np.testing.assert_allclose(jaw[8:], 1, atol=1e-6)
    yaws = [yaw_pitch(r.head)[0] for r in rigs]
    assert yaws[0] == pytest.approx(0, abs=1e-6)
    assert yaws[-1] == pytest.approx(20)


def test_a_still_image_is_told_as_it_is_seen() -> None:
    rig = only(theatre(smooth=False).show(Person(pose=turned(40), jawOpen=1.0)))
    assert weight(rig, "jawOpen") == 1
    assert yaw_pitch(rig.head)[0] == pytest.approx(40)


def test_a_still_face_is_still() -> None:
    person = Person(**SMILE)
    t = theatre()
    first = only(t.settle(person))
    for rig in map(only, t.play(1, person)):
        np.testing.assert_allclose(rig.weights, first.weights, atol=1e-6)
        np.testing.assert_allclose(rig.head, first.head, atol=1e-9)


def test_blinks_and_jaw_hardly_lag_and_brows_are_calm() -> None:
    t, rng = theatre(), np.random.default_rng(0)
    t.play(1, Person())
    blink = [0.0, 0.5, 0.8, 0.5, 0.0]
    peak = max(weight(only(t.show(Person(eyeBlinkLeft=b))), "eyeBlinkLeft") for b in blink)
    assert peak > 0.7
    t.play(0.5, Person())
    opened = [weight(only(t.show(Person(jawOpen=0.6))), "jawOpen") for _ in range(4)]
    assert opened[3] > 0.5
    noise = rng.normal(0.3, 0.02, 300).clip(0, 1)
    brows = [weight(only(t.show(Person(browInnerUp=float(x)))), "browInnerUp") for x in noise][60:]
    assert np.abs(np.diff(brows)).mean() < 0.4 * np.abs(np.diff(noise)).mean()


def test_without_smoothing_rigs_are_what_was_measured() -> None:
    t = theatre(smooth=False)
    for x in (0.1, 0.9, 0.2):
        assert weight(only(t.show(Person(jawOpen=x))), "jawOpen") == pytest.approx(x)


def test_smoothing_is_calmer_when_asked_for() -> None:
    def after_a_step(smoothing: float) -> float:
        t = theatre(smoothing=smoothing)
        t.play(0.5, Person())
        return weight(only(t.show(Person(browInnerUp=0.2))), "browInnerUp")

    assert after_a_step(4.0) < after_a_step(1.0) < after_a_step(0.25)


def test_gain_scales_and_stops_at_one() -> None:
    rig = only(theatre(gain=2.0).settle(Person(jawOpen=0.3, eyeBlinkLeft=0.7)))
    assert weight(rig, "jawOpen") == pytest.approx(0.6)
    assert weight(rig, "eyeBlinkLeft") == 1


# Head and gaze.


@pytest.mark.parametrize(("yaw", "pitch"), [(0, 0), (25, 0), (-25, 0), (0, 20), (15, -10)])
def test_head_is_the_turn_from_facing_the_camera(yaw: float, pitch: float) -> None:
    rig = only(theatre().settle(Person(pose=turned(yaw, pitch))))
    assert yaw_pitch(rig.head) == pytest.approx((yaw, pitch), abs=1e-6)


def test_gaze_is_told_in_the_head_to_its_left_and_up() -> None:
    """In the camera's frame the person's left is +x, up is −y, towards the camera −z."""
    a = math.radians(20)
    left, up = [math.sin(a), 0.0, -math.cos(a)], [0.0, -math.sin(a), -math.cos(a)]
    rig = only(theatre().settle(Person(gaze=np.array([left, up]))))
    np.testing.assert_allclose(rig.gaze, [[a, 0], [0, a]], atol=1e-6)


def test_eyes_that_stay_on_the_camera_turn_against_the_head() -> None:
    rig = only(theatre().settle(Person(pose=turned(15))))
    np.testing.assert_allclose(rig.gaze, [[math.radians(-15), 0]] * 2, atol=1e-6)


def test_a_gaze_hidden_by_a_blink_is_held_then_eases_and_comes_back_without_a_jump() -> None:
    t, a = theatre(), math.radians(20)
    aside = np.array([[math.sin(a), 0, -math.cos(a)]] * 2)
    t.play(0.5, Person(gaze=aside))
    hidden = [only(r).gaze[0, 0] for r in t.play(2, Person(gaze=np.full((2, 3), np.nan)))]
    assert hidden[3] == pytest.approx(a, abs=1e-4)
    assert hidden[-1] == 0
    back = [0.0, *(only(r).gaze[0, 0] for r in t.play(1, Person(gaze=aside)))]
    assert max(np.diff(back)) < 0.4 * a
    assert back[-1] == pytest.approx(a, abs=1e-4)
    assert all(only(r).state is RigState.TRACKED for r in t.play(0.1, Person(gaze=np.full((2, 3), np.nan))))


def test_head_does_not_flip_its_sign_over_a_wide_turn() -> None:
    t, last = theatre(), None
    for yaw in np.linspace(-80, 80, 60):
        q = only(t.show(Person(pose=turned(float(yaw))))).head
        assert last is None or q @ last > 0.9
        last = q


# Confidence and source.


def test_confidence_is_told_per_region() -> None:
    person = Person()
    person.weights[[i for i, n in enumerate(arkit.BLENDSHAPES) if n.startswith("brow")]] = np.nan
    rig = only(theatre().show(person))
    assert rig.confidence[Region.MOUTH] == pytest.approx(0.8)
    assert rig.confidence[Region.BROWS] == rig.confidence[Region.TONGUE] == 0
    assert rig.confidence[Region.HEAD] == pytest.approx(0.9)
    assert rig.confidence[Region.GAZE] == 1
    assert rig.source.tolist() == [Source.VISUAL] * len(Region)


# A face of which a part is covered.


def covered(upper: float, lower: float, **named: float) -> Person:
    person = Person(**named)
    person.sure = upper, lower
    return person


def test_what_is_read_behind_a_hand_is_not_played() -> None:
    """The mouth is held, then eases to neutral; the eyes go on, and the track with them."""
    t = theatre(hold_s=0.2, ease_s=0.6)
    t.play(1, Person(**SMILE))
    rigs = [only(r) for r in t.play(1, covered(0.8, 0.0, jawOpen=0.9, eyeBlinkLeft=0.5))]
    smile = np.array([weight(r, "mouthSmileLeft") for r in rigs])
    assert max(weight(r, "jawOpen") for r in rigs) == 0
    np.testing.assert_allclose(smile[:6], 0.8, atol=1e-3)
    assert (np.diff(smile) <= 0).all()
    assert np.diff(smile).min() > -0.8 * 1.6 * FRAME / S / 0.6  # a smoothstep is half as fast again as a straight line
    assert smile[-1] == 0
    assert weight(rigs[-1], "eyeBlinkLeft") == pytest.approx(0.5, abs=0.01)
    assert {r.state for r in rigs} == {RigState.TRACKED}


def test_eyes_that_are_covered_look_ahead_by_both_tellings_of_the_gaze() -> None:
    t, a = theatre(), math.radians(20)
    aside = np.array([[math.sin(a), 0, -math.cos(a)]] * 2)
    before = Person(gaze=aside, eyeLookOutLeft=0.5, browInnerUp=0.6, jawOpen=0.4)
    t.play(1, before)
    before.sure = 0.0, 0.8
    rig = only(t.play(1, before)[-1])
    assert not rig.gaze.any()
    assert weight(rig, "eyeLookOutLeft") == weight(rig, "browInnerUp") == 0
    assert weight(rig, "jawOpen") == pytest.approx(0.4, abs=1e-3)
    assert rig.confidence[Region.GAZE] == 0
    assert rig.confidence[Region.HEAD] == pytest.approx(0.9)


@pytest.mark.parametrize("covered_s", [0.1, 0.4, 2])
def test_a_mouth_comes_back_from_behind_a_hand_without_a_jump(covered_s: float) -> None:
    t = theatre(hold_s=0.2, ease_s=0.6)
    t.play(1, Person(**SMILE))
    before = t.play(covered_s, covered(0.8, 0.0, **SMILE))[-1]
    rigs = [only(before), *(only(r) for r in t.play(1, Person(jawOpen=0.9)))]
    jaw = np.array([weight(r, "jawOpen") for r in rigs])
    assert jaw[1] < 0.02
    assert np.abs(np.diff(jaw)).max() < 0.4
    assert jaw[-1] == pytest.approx(0.9, abs=0.01)


def test_confidence_that_flickers_between_covered_and_clear_changes_nothing() -> None:
    for start, expected in ((0.8, 0.4), (0.0, 0.0)):
        t = theatre()
        t.play(1, covered(0.8, start, jawOpen=0.4))
        for i in range(60):
            rig = only(t.show(covered(0.8, (0.06, 0.09)[i % 2], jawOpen=0.4)))
        assert weight(rig, "jawOpen") == pytest.approx(expected, abs=1e-3)


def test_a_strong_shape_without_confidence_is_played_where_its_half_is_seen() -> None:
    """Errors grow with the expression, so that the strongest is the least sure."""
    t = theatre(smooth=False)
    person = Person(jawOpen=1.0)
    face, told = person.face(), person.expression()
    told.confidence[arkit.INDEX["jawOpen"]] = 0
    rig = only(t.stage.step(Faces(Header(t.now), 640, 480, (face,)), Expressions(Header(t.now), (told,))))
    assert weight(rig, "jawOpen") == 1


# Losing a face.


def test_a_lost_face_is_held_then_eased_then_ends_with_one_neutral_rig() -> None:
    t = theatre(hold_s=0.2, ease_s=0.6)
    t.play(1, Person(pose=turned(20), **SMILE))
    lost = [t.show() for _ in range(60)]
    rigs = [only(r) for r in lost if r.rigs]
    smile = np.array([weight(r, "mouthSmileLeft") for r in rigs])
    since = np.arange(1, len(rigs) + 1) * FRAME / S

    assert [r.state for r in rigs] == [RigState.EASING] * (len(rigs) - 1) + [RigState.NEUTRAL]
    assert since[-1] == pytest.approx(0.2 + 0.6, abs=1.5 * FRAME / S)
    np.testing.assert_allclose(smile[since <= 0.2], smile[0], atol=1e-6)  # held
    s = np.clip((since - 0.2) / 0.6, 0, 1)
    np.testing.assert_allclose(smile, smile[0] * (1 - s * s * (3 - 2 * s)), atol=1e-6)  # a smoothstep
    assert not rigs[-1].weights.any()
    assert rigs[-1].head.tolist() == [0, 0, 0, 1]
    assert not rigs[-1].gaze.any()
    assert not rigs[-1].confidence.any()
    yaws = np.array([yaw_pitch(r.head)[0] for r in rigs])
    assert yaws[0] == pytest.approx(20, abs=0.1)
    assert (np.diff(yaws) <= 1e-6).all()


def test_without_images_the_watchdog_eases_the_rigs_and_then_has_nothing_to_say() -> None:
    t = theatre(hold_s=0.1, ease_s=0.3)
    t.play(1, Person(**SMILE))
    told = t.wait(1)
    states = [only(r).state for r in told if r]
    assert states[-1] is RigState.NEUTRAL
    assert states.count(RigState.NEUTRAL) == 1
    assert told[-1] is None


def test_with_nobody_ever_there_there_is_nothing_to_say() -> None:
    t = theatre()
    assert t.stage.idle(Header(S)) is None
    assert t.show().rigs == ()


@pytest.mark.parametrize("gone_s", [0.05, 0.2, 0.4, 0.6])
def test_a_face_that_comes_back_with_another_expression_blends_in(gone_s: float) -> None:
    t = theatre(hold_s=0.2, ease_s=0.6)
    t.play(1, Person(**SMILE))
    before = t.play(
        gone_s,
    )[-1]
    rigs = [only(before), *(only(r) for r in t.play(1, Person(pose=turned(30), jawOpen=0.9)))]
    for name in ("jawOpen", "mouthSmileLeft"):
        steps = np.abs(np.diff([weight(r, name) for r in rigs]))
        assert steps[0] < 0.02
        assert steps.max() < (0.9 if gone_s < 0.1 else 0.4)
    assert weight(rigs[-1], "jawOpen") == pytest.approx(0.9, abs=0.01)
    assert weight(rigs[-1], "mouthSmileLeft") == pytest.approx(0, abs=0.01)
    assert yaw_pitch(rigs[-1].head)[0] == pytest.approx(30, abs=0.5)
    assert {r.state for r in rigs[1:]} == {RigState.TRACKED}


def test_a_face_without_numbers_is_a_lost_face() -> None:
    t = theatre(hold_s=0.1, ease_s=0.3)
    t.play(1, Person(**SMILE))
    blank = Person()
    blank.weights[:] = np.nan
    blank.pose = np.full((4, 4), np.nan)
    blank.gaze[:] = np.nan
    told = t.play(1, blank)
    assert only(told[0]).state is RigState.EASING
    assert told[-1].rigs == ()


def test_two_faces_have_rigs_of_their_own_in_the_order_of_their_ids() -> None:
    t = theatre(hold_s=0.1, ease_s=0.3)
    t.play(1, Person(9, jawOpen=0.7), Person(2, **SMILE))
    one, other = t.show(Person(9, jawOpen=0.7)).rigs
    assert (one.track_id, other.track_id) == (2, 9)
    assert (one.state, other.state) == (RigState.EASING, RigState.TRACKED)
    last = t.play(1, Person(9, jawOpen=0.7))[-1]
    assert [r.track_id for r in last.rigs] == [9]
    assert weight(only(last), "jawOpen") == pytest.approx(0.7)


def test_an_expression_is_told_by_its_id_and_one_that_is_missing_is_not_seen() -> None:
    t = theatre()
    person = Person(3, **SMILE)
    t.settle(person)
    t.now += FRAME
    header = Header(t.now)
    rig = only(t.stage.step(Faces(header, 640, 480, (person.face(),)), Expressions(header)))
    assert rig.state is RigState.TRACKED  # its head is
    assert weight(rig, "mouthSmileLeft") == pytest.approx(0.8, abs=1e-3)


# Whatever comes.


def test_time_that_goes_back_does_not_upset_a_rig() -> None:
    t = theatre(hold_s=0.1, ease_s=0.4)
    t.play(1, Person(**SMILE))
    t.play(0.2)
    half = weight(only(t.show()), "mouthSmileLeft")
    t.now -= 50 * S  # the recording starts again
    eased = [only(r) for r in t.play(0.2) if r.rigs]
    assert weight(eased[0], "mouthSmileLeft") == pytest.approx(half, abs=0.15)
    assert all(np.diff([weight(r, "mouthSmileLeft") for r in eased]) <= 1e-6)
    assert t.play(1)[-1].rigs == ()


def test_the_header_is_carried() -> None:
    header = Header(5, "camera")
    face: Face = Person().face()
    assert Stage(RigsConfig()).step(Faces(header, 9, 9, (face,)), Expressions(header)).header is header


def test_a_change_of_parameters_makes_no_jump() -> None:
    t = theatre()
    before = only(t.play(1, Person(jawOpen=0.4))[-1])
    t.stage.reconfigure(RigsConfig(gain=2.0))
    after = [before, *(only(r) for r in t.play(1, Person(jawOpen=0.4)))]
    jaw = [weight(r, "jawOpen") for r in after]
    assert max(np.diff(jaw)) < 0.15
    assert jaw[-1] == pytest.approx(0.8, abs=0.01)


def test_reset_forgets_everybody() -> None:
    t = theatre()
    t.play(0.2, Person())
    t.stage.reset()
    assert t.show().rigs == ()
