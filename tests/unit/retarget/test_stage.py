"""What a profile makes of a face: numbers by hand, and what happens when the face is gone."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mien.core.schemas import ARKIT52
from mien.core.types import Header, RigDescription, Rigs, RigState
from mien.retarget.config import RetargetConfig
from mien.retarget.profile import Profile, parse
from mien.retarget.stage import Stage

from .faces import FRAME, S, Show, rig, turn


@pytest.fixture
def profile(tmp_path: Path) -> Any:
    def make(targets: str, top: str = "") -> Profile:
        file = tmp_path / "it.yaml"
        file.write_text(f"schema: it\n{top}\ntargets: {targets}\n", "utf-8")
        return parse(file)

    return make


# What targets are made of.


def test_sums_gains_offsets_and_ranges(profile: Any) -> None:
    show = Show(profile("{x: {from: {jawOpen: 2.0, cheekPuff: -1.0}, gain: 0.5, offset: 0.1, range: [0, 0.6]}}"))
    assert show.of(show.hold(rig(jawOpen=0.3, cheekPuff=0.2)))["x"] == pytest.approx(0.1 + 0.5 * 0.4)
    assert show.of(show.hold(rig(jawOpen=1.0)))["x"] == pytest.approx(0.6)
    assert show.of(show.hold(rig(cheekPuff=1.0)))["x"] == 0


@pytest.mark.parametrize(("combine", "value"), [("max", 0.6), ("min", 0.2), ("sum", 0.8)])
def test_several_sources_are_combined(profile: Any, combine: str, value: float) -> None:
    show = Show(profile(f"{{x: {{from: {{jawOpen: 2.0, cheekPuff: 1.0}}, combine: {combine}}}}}"))
    assert show.of(show.hold(rig(jawOpen=0.3, cheekPuff=0.2)))["x"] == pytest.approx(value)


@pytest.mark.parametrize(("x", "y"), [(0.0, 0.1), (0.25, 0.1), (0.5, 0.35), (0.75, 0.6), (0.9, 0.6), (1.0, 0.6)])
def test_a_curve_is_piecewise_linear_and_level_beyond_its_ends(profile: Any, x: float, y: float) -> None:
    show = Show(profile("{x: {from: {jawOpen: 1}, curve: [[0.25, 0.1], [0.75, 0.6]]}, y: {from: {jawOpen: 1}, "
                        "curve: [[0, 0], [0.5, 1], [1, 0]]}}"))  # fmt: skip
    out = show.of(show.hold(rig(jawOpen=x)))
    assert out["x"] == pytest.approx(y)
    assert out["y"] == pytest.approx(1 - abs(2 * x - 1))


def test_gamma_keeps_the_sign(profile: Any) -> None:
    show = Show(profile("{x: {from: {headYaw: 1}, gamma: 2, range: [-1, 1]}}"))
    assert show.of(show.hold(rig(head=turn(yaw=0.5))))["x"] == pytest.approx(0.25)
    assert show.of(show.hold(rig(head=turn(yaw=-0.5))))["x"] == pytest.approx(-0.25)


def test_head_and_gaze_are_sources_in_radians(profile: Any) -> None:
    names = ("headYaw", "headPitch", "headRoll", "gazeYawLeft", "gazePitchRight", "gazeYaw", "gazePitch")
    show = Show(profile("{" + ", ".join(f"{n}: {{range: [-2, 2]}}" for n in names) + "}"))
    out = show.of(show.hold(rig(head=turn(0.3, -0.2, 0.1), gaze=((0.4, 0.1), (0.2, -0.3)))))
    expected = {"headYaw": 0.3, "headPitch": -0.2, "headRoll": 0.1, "gazeYawLeft": 0.4, "gazePitchRight": -0.3,
                "gazeYaw": 0.3, "gazePitch": -0.1}  # fmt: skip
    assert out == pytest.approx(expected, abs=1e-6)


def test_of_a_family_the_first_take_what_they_want_and_the_others_share_the_rest(profile: Any) -> None:
    show = Show(profile(
        "{a: {from: {jawOpen: 1}, group: all, priority: 2}, b: {from: {cheekPuff: 1}, group: all},"
        " c: {from: {tongueOut: 1}, group: all}, d: {from: {jawOpen: 1}}}", "groups: {all: 1.0}"
    ))  # fmt: skip
    out = show.of(show.hold(rig(jawOpen=0.6, cheekPuff=0.6, tongueOut=0.2)))
    assert out == pytest.approx({"a": 0.6, "b": 0.3, "c": 0.1, "d": 0.6})
    out = show.of(show.hold(rig(jawOpen=0.2, cheekPuff=0.3, tongueOut=0.4)))
    assert out == pytest.approx({"a": 0.2, "b": 0.3, "c": 0.4, "d": 0.2})


def test_mirrored_a_wink_is_on_the_other_side_and_the_head_turns_the_other_way() -> None:
    face = rig(eyeBlinkLeft=1.0, jawLeft=0.4, head=turn(0.3, 0.2, 0.1), gaze=((0.2, 0.1), (0.3, 0.1)))
    straight, mirrored = Show("arkit52"), Show("arkit52", mirror=True)
    assert straight.of(straight.hold(face))["eyeBlinkLeft"] == pytest.approx(1)
    (one,) = mirrored.hold(face).rigs
    out = dict(zip(ARKIT52.names, one.weights.tolist(), strict=True))
    assert {n: v for n, v in out.items() if v} == pytest.approx({"eyeBlinkRight": 1.0, "jawRight": 0.4}, abs=1e-6)
    np.testing.assert_allclose(one.head, turn(-0.3, 0.2, -0.1), atol=1e-6)
    np.testing.assert_allclose(one.gaze, [[-0.3, 0.1], [-0.2, 0.1]], atol=1e-6)


def test_a_space_is_read_by_its_own_tables_and_mirrored_with_the_face(profile: Any) -> None:
    """As in VRCFaceTracking's own: JawOpen of jawOpen, MouthCornerPullLeft of mouthSmileLeft, and so on."""
    unified = profile("{wide: {from: {EyeWideLeft: 1, EyeWideRight: -1}, range: [-1, 1]}}", "space: unified")
    face = rig(jawOpen=0.4, mouthSmileLeft=0.5, eyeWideRight=0.3)
    straight, mirrored = Show(unified), Show(unified, mirror=True)
    out = straight.of(straight.hold(face))
    assert out["JawOpen"] == pytest.approx(0.4)
    assert (out["MouthCornerPullLeft"], out["MouthCornerPullRight"]) == (pytest.approx(0.5), 0)
    assert out["wide"] == pytest.approx(-0.3)
    out = mirrored.of(mirrored.hold(face))
    assert (out["MouthCornerPullLeft"], out["MouthCornerPullRight"]) == (0, pytest.approx(0.5))
    assert out["wide"] == pytest.approx(0.3)


# Over time.


def test_smoothing_is_a_low_pass_of_its_time_constant(profile: Any) -> None:
    show = Show(profile("{x: {from: {jawOpen: 1}, smoothing_s: 0.1}}"))
    show.hold(rig())
    reached = [show.of(show(rig(jawOpen=1.0)))["x"] for _ in range(3)]  # a tenth of a second
    assert reached[-1] == pytest.approx(1 - math.exp(-1), abs=1e-3)


def test_changes_within_the_deadband_are_ignored(profile: Any) -> None:
    show = Show(profile("{x: {from: {jawOpen: 1}, deadband: 0.1}}"))
    assert show.of(show.hold(rig(jawOpen=0.5)))["x"] == pytest.approx(0.5)
    for x in (0.45, 0.58, 0.41):
        assert show.of(show.hold(rig(jawOpen=x), s=0.2))["x"] == pytest.approx(0.5)
    assert show.of(show.hold(rig(jawOpen=0.62), s=0.2))["x"] == pytest.approx(0.62)


def test_no_target_is_faster_than_its_rate(profile: Any) -> None:
    show = Show(profile("{x: {from: {jawOpen: 1}, rate: 3.0}}"))
    show.hold(rig())
    assert [show.of(show(rig(jawOpen=1.0)))["x"] for _ in range(3)] == pytest.approx([0.1, 0.2, 0.3], abs=1e-6)


def test_a_blink_is_not_lost_on_the_robot() -> None:
    """150 ms from open to open, as the rigs stage passes it on: the lids close by at least nine tenths."""
    show = Show("robot10")
    show.hold(rig())
    closed = [show.of(show(rig(eyeBlinkLeft=b, eyeBlinkRight=b)))["lid_left"] for b in (0.5, 1.0, 1.0, 0.6, 0.1)]
    assert max(closed) > 0.9 * 1.1


# Lost and found.


def test_a_rig_carries_what_it_was_made_from() -> None:
    show = Show("vrm1")
    (one,) = show(rig(7)).rigs
    assert (one.track_id, one.schema, one.state) == (7, "vrm1", RigState.TRACKED)
    np.testing.assert_allclose(one.confidence, 0.8)
    assert show(rig(7)).header == Header(show.now_ns, "camera")


def test_a_lost_face_is_held_eased_and_ended_within_the_stated_time() -> None:
    show = Show("robot10", hold_s=0.2, ease_s=0.5)
    before = show.of(show.hold(rig(jawOpen=1.0, mouthSmileLeft=1.0, head=turn(yaw=1.0))))
    lost_ns = show.now_ns
    out = show(after_ns=S // 10)
    assert out.rigs[0].state is RigState.EASING
    assert show.of(out) == pytest.approx(before)
    while out.rigs[0].state is RigState.EASING:
        out = show()
        assert show.now_ns - lost_ns < 5 * S
    assert out.rigs[0].state is RigState.NEUTRAL
    assert show.of(out) == dict.fromkeys(show.profile.names, 0.0)
    np.testing.assert_array_equal(out.rigs[0].head, [0, 0, 0, 1])
    assert (show.now_ns - lost_ns) * 1e-9 <= show.stage.neutral_within_s
    assert show().rigs == ()


def test_while_nothing_comes_it_eases_all_the_same() -> None:
    show = Show("arkit52")
    show.hold(rig(jawOpen=1.0))
    states = []
    while (out := show.stage.idle(Header(show.now_ns))) is not None:
        states.append(out.rigs[0].state)
        show.now_ns += FRAME
    assert set(states[:-1]) == {RigState.EASING}
    assert states[-1] is RigState.NEUTRAL
    assert len(states) / 30 <= show.stage.neutral_within_s + 2 / 30


def test_a_weight_that_is_not_known_eases_alone() -> None:
    show = Show("robot10")
    face = rig(jawOpen=1.0, mouthSmileLeft=1.0)
    open_mouth = show.of(show.hold(face))
    face.weights[ARKIT52.names.index("jawOpen")] = math.nan
    out = show.hold(face)
    assert out.rigs[0].state is RigState.TRACKED
    assert show.of(out) == pytest.approx(open_mouth | {"jaw": 0.0})


def test_a_face_of_which_nothing_is_known_is_a_lost_one() -> None:
    show = Show("robot10")
    show.hold(rig(jawOpen=1.0))
    nobody = rig(head=np.full(4, math.nan), gaze=((math.nan, math.nan),) * 2)
    nobody.weights[:] = math.nan
    out = show(nobody)
    assert out.rigs[0].state is RigState.EASING
    states = {r.state for _ in range(90) for r in show(nobody).rigs}
    assert states == {RigState.EASING, RigState.NEUTRAL}
    assert show(nobody).rigs == ()


def test_a_robot_follows_one_face_and_goes_over_to_the_next() -> None:
    show = Show("robot10")
    both = [rig(4, head=turn(yaw=0.5)), rig(2, head=turn(yaw=-0.5))]
    assert show.of(show.hold(both[0]))["neck_yaw"] == pytest.approx(0.5, abs=1e-6)
    out = show.hold(*both)
    assert out.rigs[0].track_id == 4  # it stays with whom it has
    assert len(out.rigs) == 1
    last = show.of(out)["neck_yaw"]
    for _ in range(60):
        out = show(both[1])
        now = show.of(out)["neck_yaw"]
        assert abs(now - last) <= 4.0 / 30 + 1e-6
        last = now
    assert out.rigs[0].track_id == 2
    assert last == pytest.approx(-0.5, abs=1e-6)


def test_a_robot_may_be_told_whom_to_follow() -> None:
    show = Show("robot10", track_id=2)
    assert show(rig(4)).rigs == ()
    assert show(rig(4), rig(2)).rigs[0].track_id == 2


def test_an_avatar_has_a_rig_for_every_face() -> None:
    show = Show("vrm1")
    out = show.hold(rig(4, eyeBlinkLeft=1.0), rig(2))
    assert [r.track_id for r in out.rigs] == [2, 4]
    blink = show.profile.names.index("blinkLeft")
    assert [r.weights[blink] for r in out.rigs] == [0, 1]


def test_a_face_that_arrived_at_neutral_is_let_go() -> None:
    show = Show("arkit52")
    show.hold(rig())
    out = show(rig(state=RigState.NEUTRAL))
    assert out.rigs[0].state is RigState.EASING
    show.hold(s=2)
    assert show().rigs == ()


def test_a_change_of_parameters_does_not_jump() -> None:
    show = Show("arkit52")
    face = rig(eyeBlinkLeft=1.0)
    show.hold(face)
    show.stage.reconfigure(RetargetConfig(mirror=True))
    first = show.of(show(face, after_ns=1))
    assert first["eyeBlinkLeft"] == pytest.approx(1)
    assert show.of(show.hold(face))["eyeBlinkRight"] == pytest.approx(1)


def test_reset_forgets_every_face() -> None:
    show = Show("robot10")
    show.hold(rig(jawOpen=1.0))
    show.stage.reset()
    assert show().rigs == ()


# Input that does not fit.


def test_weights_are_found_by_the_names_that_were_announced() -> None:
    show = Show("robot10")
    names = tuple(reversed(ARKIT52.names))
    backwards = RigDescription(
        "arkit52", names, ARKIT52.units, ARKIT52.regions[::-1].copy(), ARKIT52.lower, ARKIT52.upper, ARKIT52.neutral
    )
    show.stage.describe(backwards)
    face = rig()
    face.weights[names.index("jawOpen")] = 1.0
    assert show.of(show.hold(face))["jaw"] == pytest.approx(0.45, abs=1e-6)


def test_a_description_without_the_names_is_a_problem_until_a_better_one_comes() -> None:
    show = Show("robot10")
    few = RigDescription("arkit52", ("jawOpen",), ("1",), *(np.zeros(1, np.float32),) * 4)  # type: ignore[arg-type]
    show.stage.describe(few)
    assert show(rig()).rigs == ()
    assert "arkit52 as described has no browDownLeft" in show.stage.problem
    show.stage.describe(ARKIT52)
    assert show(rig()).rigs
    assert show.stage.problem == ""


def test_rigs_of_another_schema_or_length_are_a_problem_and_move_nothing() -> None:
    show = Show("robot10")
    other = rig()
    stranger = type(other)(**{f: getattr(other, f) for f in other.__dataclass_fields__} | {"schema": "vrm1"})
    assert show(stranger).rigs == ()
    assert show.stage.problem == "rigs are of vrm1; the profile robot10 reads arkit52"
    short = type(other)(**{f: getattr(other, f) for f in other.__dataclass_fields__} | {"weights": other.weights[:5]})
    assert show(short).rigs == ()
    assert show.stage.problem == "a rig of arkit52 carries 5 weights, not 52"
    assert show(rig()).rigs
    assert show.stage.problem == ""


def test_an_empty_stage_says_nothing() -> None:
    stage = Stage(RetargetConfig(), Show("vrm1").profile)
    assert stage.step(Rigs(Header(0))).rigs == ()
    assert stage.idle(Header(S)) is None
