"""Ten thousand sampled expressions: in the right proportions, possible, varied, and always the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from mien_models.head.model.head import GAZE_RANGE
from mien_models.head.motion.channels import CHANNELS, settle
from mien_models.head.motion.draw import Kind
from mien_models.head.motion.sampler import Sampler, Samples
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS

F64 = NDArray[np.float64]

N = 10_000
A_TRACE = 1.0


@pytest.fixture(scope="module")
def samples() -> Samples:
    return Sampler(seed=5).take(0, N)


def unit(samples: Samples, code: str) -> F64:
    """Intensity of "12L" or "26"; of "12", the stronger side."""
    columns = [i for i, name in enumerate(AUS) if name[2:] == code or (name[2:-1] == code and name[-1] in "LR")]
    return np.asarray(samples.units[:, columns].max(axis=1))


def shape(samples: Samples, name: str) -> F64:
    return np.asarray(samples.shapes[:, BLENDSHAPES.index(name)])


def named(samples: Samples, name: str) -> NDArray[np.bool_]:
    return np.array(samples.names) == name


def channels(**levels: float) -> F64:
    """Channels by name: channels(AU12L=3, AU26=1)."""
    result = np.zeros(len(CHANNELS))
    for name, level in levels.items():
        result[CHANNELS.index(name)] = level
    return result


# --- The mixture ---


@pytest.mark.parametrize(
    ("kind", "share"), [(Kind.NEUTRAL, 0.08), (Kind.EMOTION, 0.30), (Kind.UNITS, 0.50), (Kind.SPEECH, 0.12)]
)
def test_kinds_come_in_their_proportions(samples: Samples, kind: Kind, share: float) -> None:
    """Within four standard deviations of a binomial."""
    assert np.mean(samples.kinds == kind) == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / N))


def test_a_mix_of_one_kind_has_that_kind_only() -> None:
    assert set(Sampler(1, {Kind.SPEECH: 1}).take(0, 50).kinds) == {Kind.SPEECH}


def test_a_neutral_face_shows_traces_at_most(samples: Samples) -> None:
    neutral = samples.units[samples.kinds == Kind.NEUTRAL]
    lids = np.array([name.startswith("AU43") for name in AUS])  # it may blink
    assert neutral[:, ~lids].max() < A_TRACE


@pytest.mark.parametrize(
    ("emotion", "shows", "does_not"),
    [
        ("happiness", ("12", "6"), ("4", "9", "15", "24")),
        ("sadness", ("4",), ("18", "22", "28")),
        ("surprise", ("1", "2"), ("4", "12", "15", "9")),
        ("fear", ("1", "20"), ("12", "9", "15")),
        ("anger", ("4", "7"), ("1", "2", "12", "15")),
        ("disgust", ("9",), ("1", "2", "12")),
    ],
)
def test_an_emotion_is_made_of_its_prototype(
    samples: Samples, emotion: str, shows: tuple[str, ...], does_not: tuple[str, ...]
) -> None:
    """EMFACS and FACS (2002), table 11-1. Units drop out now and then, others never come in."""
    these = named(samples, emotion)
    for code in shows:
        assert np.mean(unit(samples, code)[these] > A_TRACE) > 0.5, code
    for code in does_not:
        assert (unit(samples, code)[these] < A_TRACE).all(), code


def test_a_crying_mouth_may_be_that_of_a_smile_but_never_brows_and_lids(samples: Samples) -> None:
    """Crying was read as a smile: what tells them apart must be in the samples."""
    these = named(samples, "sadness")
    pulled = unit(samples, "12")[these] > A_TRACE
    above = np.maximum(unit(samples, "4"), np.maximum(unit(samples, "1"), unit(samples, "43")))[these]
    assert 0.1 < pulled.mean() < 0.5
    assert np.mean(above[pulled] > A_TRACE) > 0.95
    assert np.mean((unit(samples, "20")[these] > A_TRACE) & (unit(samples, "25")[these] < A_TRACE)) > 0.05


@pytest.mark.parametrize(("emotion", "code"), [("anger", "4"), ("fear", "1"), ("happiness", "12"), ("disgust", "9")])
def test_emotions_are_shown_faintly_and_as_far_as_they_go(samples: Samples, emotion: str, code: str) -> None:
    """Who acts, or is carried away, shows what moderate faces do not."""
    levels = unit(samples, code)[named(samples, emotion)]
    assert np.mean(levels > 4) > 0.15
    assert np.mean(levels < 2.5) > 0.15


def test_contempt_is_one_sided(samples: Samples) -> None:
    these = named(samples, "contempt")
    for code in ("12", "14"):
        left, right = unit(samples, code + "L")[these], unit(samples, code + "R")[these]
        assert (np.minimum(left, right) < A_TRACE).all()
        assert np.mean(left > A_TRACE) == pytest.approx(np.mean(right > A_TRACE), abs=0.1)


def test_all_strengths_of_every_unit_occur(samples: Samples) -> None:
    """Each unit is at C or above in one of a hundred samples or more, and reaches E."""
    for i, name in enumerate(AUS):
        assert np.mean(samples.units[:, i] > 2.5) > 0.009, name
        assert samples.units[:, i].max() > 4.2, name


def test_every_arkit_shape_is_exercised(samples: Samples) -> None:
    for i, name in enumerate(BLENDSHAPES):
        assert np.mean(samples.shapes[:, i] > 0.1) > 0.005, name
        assert samples.shapes[:, i].max() > 0.45, name


# --- What a face can do ---

# Pairs by code; one of each is on the midline, so it is both sides of the other that count.
IMPOSSIBLE = [
    ("24", "26"), ("24", "27"), ("24", "16"), ("24", "22"), ("24", "28"), ("28", "27"), ("28", "16"), ("28", "10"),
    ("12", "18"), ("12", "22"), ("14", "18"), ("17", "27"), ("17", "16"), ("23", "27"), ("26", "27"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), IMPOSSIBLE, ids=[f"{a} with {b}" for a, b in IMPOSSIBLE])
def test_what_excludes_each_other_never_shows_at_once(samples: Samples, a: str, b: str) -> None:
    assert np.minimum(unit(samples, a), unit(samples, b)).max() < 1e-9


def test_raised_cheeks_and_shut_eyes_come_without_a_smile_too(samples: Samples) -> None:
    """Pain, effort, light in the eyes: who never sees them takes a smile for granted."""
    shut = np.minimum(unit(samples, "6"), unit(samples, "4")) > A_TRACE
    assert np.mean(unit(samples, "12")[shut] < A_TRACE) > 0.5
    names = set(samples.names)
    assert {"pain", "effort", "dazzled", "yawn"} <= names
    assert (samples.kinds[named(samples, "pain")] == Kind.UNITS).all()


@pytest.mark.parametrize("side", "LR")
def test_closed_eyes_are_not_raised(samples: Samples, side: str) -> None:
    closed = unit(samples, "43" + side) > 2
    assert closed.any()
    assert unit(samples, "5" + side)[closed].max() < 1e-9


@pytest.mark.parametrize("side", "LR")
@pytest.mark.parametrize(("a", "b", "most"), [("2", "4", 6), ("12", "15", 6), ("5", "6", 6), ("9", "2", 6)])
def test_opposing_units_are_not_both_strong(samples: Samples, a: str, b: str, most: float, side: str) -> None:
    assert (unit(samples, a + side) + unit(samples, b + side)).max() <= most


def test_pressed_lips_do_not_part(samples: Samples) -> None:
    assert np.minimum(unit(samples, "24"), unit(samples, "25")).max() < A_TRACE


def test_lips_part_when_the_jaw_drops_unless_they_are_held_together(samples: Samples) -> None:
    jaw = np.maximum(unit(samples, "26"), unit(samples, "27"))
    held = shape(samples, "mouthClose") > 0
    assert (unit(samples, "25") >= np.minimum(jaw, 4) - 1e-9)[~held].all()
    assert held.any()


def test_lips_are_held_together_by_no_more_than_the_jaw_opens(samples: Samples) -> None:
    assert (shape(samples, "mouthClose") <= shape(samples, "jawOpen")).all()


def test_the_tongue_comes_out_of_open_mouths_only(samples: Samples) -> None:
    out = shape(samples, "tongueOut") > 0.3
    assert out.any()
    assert shape(samples, "jawOpen")[out].min() > 0.05
    assert unit(samples, "25")[out].min() > A_TRACE


def test_the_lower_lip_pushes_the_upper_one_up(samples: Samples) -> None:
    assert (shape(samples, "mouthShrugUpper") <= shape(samples, "mouthShrugLower") + 1e-12).all()


def test_inner_brows_rise_mostly_together_and_at_times_on_one_side(samples: Samples) -> None:
    """ARKit's one shape is their mean."""
    left, right = unit(samples, "1L"), unit(samples, "1R")
    np.testing.assert_allclose(shape(samples, "browInnerUp"), (left + right) / 10)
    raised = np.maximum(left, right) > 2
    assert np.median(np.abs(left - right)[raised]) < 0.5
    alone = np.minimum(left, right)[raised] < 0.3 * np.maximum(left, right)[raised]
    assert 0.01 < np.mean(alone) < 0.2


@pytest.mark.parametrize(
    ("unit_", "companion"), [("12", "6"), ("9", "4"), ("9", "10"), ("23", "24"), ("1", "2"), ("26", "25"), ("15", "17")]
)
def test_some_units_keep_company(samples: Samples, unit_: str, companion: str) -> None:
    """The companion comes half as often again with them than without, at least."""
    here, there = unit(samples, unit_) > 1.5, unit(samples, companion) > A_TRACE
    assert np.mean(there[here]) > 1.5 * np.mean(there[~here])


def test_faces_lean_to_both_sides_alike_and_some_units_show_on_one_only(samples: Samples) -> None:
    left, right = unit(samples, "12L"), unit(samples, "12R")
    smiling = np.maximum(left, right) > 2
    assert np.mean(left[smiling] > right[smiling]) == pytest.approx(0.5, abs=0.06)
    one_sided = np.minimum(left, right)[smiling] < 0.3 * np.maximum(left, right)[smiling]
    assert 0.02 < np.mean(one_sided) < 0.3
    winks = (np.minimum(unit(samples, "43L"), unit(samples, "43R")) < 0.5) & (unit(samples, "43") > 3)
    assert winks.any()


def test_everything_is_bounded(samples: Samples) -> None:
    assert samples.units.min() >= 0
    assert samples.units.max() <= 5
    assert samples.shapes.min() >= 0
    assert samples.shapes.max() <= 1


# --- Gaze ---


def test_eyes_stay_within_their_range_and_meet_in_front_of_the_face(samples: Samples) -> None:
    yaw, pitch = samples.gaze[..., 0], samples.gaze[..., 1]
    assert np.abs(yaw).max() <= min(GAZE_RANGE["In"], GAZE_RANGE["Out"])
    assert -GAZE_RANGE["Down"] <= pitch.min() < pitch.max() <= GAZE_RANGE["Up"]
    # Yaw is positive to the person's left: the left eye turns in, to the right, by less yaw.
    assert (yaw[:, 0] < yaw[:, 1]).all()


def test_eye_look_weights_tell_the_same_gaze(samples: Samples) -> None:
    for side, eye in ((0, "Left"), (1, "Right")):
        out, into = shape(samples, f"eyeLookOut{eye}"), shape(samples, f"eyeLookIn{eye}")
        up, down = shape(samples, f"eyeLookUp{eye}"), shape(samples, f"eyeLookDown{eye}")
        outwards = out * GAZE_RANGE["Out"] - into * GAZE_RANGE["In"]
        np.testing.assert_allclose(outwards, samples.gaze[:, side, 0] * (1, -1)[side], atol=1e-12)
        upwards = up * GAZE_RANGE["Up"] - down * GAZE_RANGE["Down"]
        np.testing.assert_allclose(upwards, samples.gaze[:, side, 1], atol=1e-12)
        assert np.minimum(out, into).max() == np.minimum(up, down).max() == 0


# --- Always the same ---


def test_a_sample_depends_on_seed_and_index_only(samples: Samples) -> None:
    part = Sampler(seed=5).take(4321, 7)
    np.testing.assert_array_equal(part.units, samples.units[4321:4328])
    np.testing.assert_allclose(part.shapes, samples.shapes[4321:4328], atol=1e-12)
    np.testing.assert_array_equal(part.gaze, samples.gaze[4321:4328])
    assert part.names == samples.names[4321:4328]


def test_another_seed_gives_other_samples() -> None:
    assert not np.array_equal(Sampler(1).take(0, 20).units, Sampler(2).take(0, 20).units)


def test_none_is_fine() -> None:
    assert len(Sampler(1).take(3, 0)) == 0


@pytest.mark.parametrize("mix", [{}, {Kind.NEUTRAL: 0}, {Kind.UNITS: -1, Kind.SPEECH: 2}, {Kind.UNITS: float("nan")}])
def test_a_mix_without_weight_is_refused(mix: dict[Kind, float]) -> None:
    with pytest.raises(ValueError, match="mix"):
        Sampler(1, mix)


@pytest.mark.parametrize(("first", "count"), [(-1, 2), (0, -1)])
def test_samples_are_counted_from_zero(first: int, count: int) -> None:
    with pytest.raises(ValueError, match="counted from 0"):
        Sampler(1).take(first, count)


# --- The rules by themselves: any mixture becomes a possible face ---

_ANYTHING = arrays(np.float64, len(CHANNELS), elements=st.floats(-1, 9))


@given(_ANYTHING)
def test_any_mixture_settles_within_bounds(mixture: F64) -> None:
    settled = settle(mixture)
    assert settled.min() >= 0
    assert settled.max() <= 5


@given(_ANYTHING)
def test_both_sides_follow_the_same_rules(mixture: F64) -> None:
    np.testing.assert_allclose(settle(mixture)[_MIRROR], settle(mixture[_MIRROR]), atol=1e-9)


@given(_ANYTHING, arrays(np.float64, len(CHANNELS), elements=st.floats(-1e-5, 1e-5)))
def test_a_small_change_of_the_mixture_changes_the_face_little(mixture: F64, change: F64) -> None:
    assert np.abs(settle(mixture + change) - settle(mixture)).max() < 1e-3


# The tongue alone would stay behind the teeth.
@pytest.mark.parametrize("name", [name for name in CHANNELS if name != "tongueOut"])
def test_a_lone_movement_is_left_alone(name: str) -> None:
    for level in (0.2, 1, 3, 5):
        settled = settle(channels(**{name: level}))
        assert settled[CHANNELS.index(name)] == pytest.approx(level, abs=0.25)  # AU25 nears its top slowly


def test_the_stronger_of_two_that_exclude_each_other_shows() -> None:
    settled = settle(channels(AU24=4, AU26=1))
    assert settled[CHANNELS.index("AU24")] > 3
    assert settled[CHANNELS.index("AU26")] == 0


def _other_side(name: str) -> str:
    if name.startswith("AU"):
        return name[:-1] + {"L": "R", "R": "L"}[name[-1]] if name[-1] in "LR" else name
    return name.replace("Left", "Righ_").replace("Right", "Left").replace("Righ_", "Right")


_MIRROR = [CHANNELS.index(_other_side(name)) for name in CHANNELS]
