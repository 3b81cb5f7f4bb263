"""Converters, against what makers of the spaces say, and against what must hold for any table."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.numpy import arrays

from mien_models.spaces import arkit, losses, mediapipe, openxr, unified, vrm
from mien_models.spaces.convert import SPACES, converter, mirrored
from mien_models.spaces.mirror import other_side

PAIRS = list(permutations(SPACES, 2))

# What one movement is called everywhere, by hand: what moves most, and None where a space has no word for it.
MEANING = {
    "a smile on the left": {
        "arkit52": "mouthSmileLeft", "facs": "AU12L", "unified": "MouthCornerPullLeft", "fb2": "LIP_CORNER_PULLER_L",
        "android": "LIP_CORNER_PULLER_L", "htc": "MOUTH_RAISER_LEFT", "pico": "MOUTH_SMILE_L",
        "mediapipe": "mouthSmileLeft", "vrm0": "Joy", "vrm1": "happy", "vtube_studio": "MouthSmile",
    },
    "a wink with the right eye": {
        "arkit52": "eyeBlinkRight", "facs": "AU43R", "unified": "EyeClosedRight", "fb2": "EYES_CLOSED_R",
        "android": "EYES_CLOSED_R", "htc": "RIGHT_BLINK", "pico": "EYE_BLINK_R", "mediapipe": "eyeBlinkRight",
        "vrm0": "Blink_R", "vrm1": "blinkRight", "vtube_studio": "EyeOpenRight",
    },
    "an open mouth": {
        "arkit52": "jawOpen", "facs": "AU25", "unified": "JawOpen", "fb2": "JAW_DROP", "android": "JAW_DROP",
        "htc": "JAW_OPEN", "pico": "JAW_OPEN", "mediapipe": "jawOpen", "vrm0": "A", "vrm1": "aa",
        "vtube_studio": "MouthOpen",
    },
    "a frown on the right": {
        "arkit52": "mouthFrownRight", "facs": "AU15R", "unified": "MouthFrownRight", "fb2": "LIP_CORNER_DEPRESSOR_R",
        "android": "LIP_CORNER_DEPRESSOR_R", "htc": "MOUTH_STRETCHER_RIGHT", "pico": "MOUTH_FROWN_R",
        "mediapipe": "mouthFrownRight", "vrm0": "Sorrow", "vrm1": "sad", "vtube_studio": "MouthSmile",
    },
    "a lowered left brow": {
        "arkit52": "browDownLeft", "facs": "AU4L", "unified": "BrowLowererLeft", "fb2": "BROW_LOWERER_L",
        "android": "BROW_LOWERER_L", "htc": None, "pico": "BROW_DROP_L", "mediapipe": "browDownLeft",
        "vrm0": "Angry", "vrm1": "angry", "vtube_studio": "BrowLeftY",
    },
    "pursed lips": {
        "arkit52": "mouthPucker", "facs": "AU18", "unified": "LipPuckerUpperLeft", "fb2": "LIP_PUCKER_L",
        "android": "LIP_PUCKER_L", "htc": "MOUTH_POUT", "pico": "MOUTH_PUCKER", "mediapipe": "mouthPucker",
        "vrm0": "U", "vrm1": "ou", "vtube_studio": "MouthPuckerWiden",
    },
    "the left eye looks to the person's left": {
        "arkit52": "eyeLookOutLeft", "facs": None, "unified": "EyeLookOutLeft", "fb2": "EYES_LOOK_LEFT_L",
        "android": "EYES_LOOK_LEFT_L", "htc": "LEFT_OUT", "pico": "EYE_LOOK_OUT_L", "mediapipe": "eyeLookOutLeft",
        "vrm0": "LookLeft", "vrm1": "lookLeft", "vtube_studio": "EyeLeftX",
    },
    "the right eye looks to the person's left": {
        "arkit52": "eyeLookInRight", "facs": None, "unified": "EyeLookInRight", "fb2": "EYES_LOOK_LEFT_R",
        "android": "EYES_LOOK_LEFT_R", "htc": "RIGHT_IN", "pico": "EYE_LOOK_IN_R", "mediapipe": "eyeLookInRight",
        "vrm0": "LookLeft", "vrm1": "lookLeft", "vtube_studio": "EyeRightX",
    },
    "a tongue": {
        "arkit52": "tongueOut", "facs": None, "unified": "TongueOut", "fb2": "TONGUE_OUT", "android": "TONGUE_OUT",
        "htc": "TONGUE_LONGSTEP1", "pico": "TONGUE_OUT", "mediapipe": None, "vrm0": None, "vrm1": None,
        "vtube_studio": "TongueOut",
    },
    "the jaw to the person's right": {
        "arkit52": "jawRight", "facs": None, "unified": "JawRight", "fb2": "JAW_SIDEWAYS_RIGHT",
        "android": "JAW_SIDEWAYS_RIGHT", "htc": "JAW_RIGHT", "pico": "JAW_R", "mediapipe": "jawRight",
        "vrm0": None, "vrm1": None, "vtube_studio": None,
    },
}  # fmt: skip
# What has to be shown beside it, where another shape holds it back.
WITH = {
    ("an open mouth", "facs"): {"AU27": 5.0},
    ("an open mouth", "vtube_studio"): {"JawOpen": 1.0},
}
# Where the shape that means it goes down or to the other side.
DOWN = {
    ("a wink with the right eye", "vtube_studio"), ("a frown on the right", "vtube_studio"),
    ("a lowered left brow", "vtube_studio"), ("pursed lips", "vtube_studio"),
}  # fmt: skip


def face(space: str, **values: float) -> np.ndarray:
    s = SPACES[space]
    out = s.rest.copy()
    for name, value in values.items():
        out[s.names.index(name)] = value
    return out


def read(space: str, values: np.ndarray) -> dict[str, float]:
    """What is not at rest."""
    s = SPACES[space]
    moved = np.nan_to_num(np.abs(values - s.rest)) > 1e-9
    return {name: float(value) for name, value, there in zip(s.names, values, moved, strict=True) if there}


def shown(movement: str, space: str) -> np.ndarray:
    s, name = SPACES[space], MEANING[movement][space]
    assert name is not None
    i = s.names.index(name)
    return face(
        space, **{name: s.low[i] if (movement, space) in DOWN else s.high[i]}, **WITH.get((movement, space), {})
    )


@pytest.mark.parametrize(
    ("source", "target", "movement"),
    [(a, b, name) for (a, b), (name, words) in product(PAIRS, MEANING.items()) if words[a] and words[b]],
)
def test_a_movement_stays_what_it_is(source: str, target: str, movement: str) -> None:
    out = converter(source, target, rest=True)(shown(movement, source))
    space = SPACES[target]
    moved = (out - space.rest) / (space.high - space.low)
    mine = moved[space.names.index(MEANING[movement][target])]  # type: ignore[arg-type]
    # A space that has one shape for both sides shows half of it; some have a second word for what is meant.
    assert (mine < 0) == ((movement, target) in DOWN)
    assert abs(mine) > 0.65 * np.abs(moved).max()
    assert abs(mine) > 0.1


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_left_stays_left(source: str, target: str) -> None:
    """What is converted and then mirrored is what is mirrored and then converted."""
    convert = converter(source, target)
    faces = losses.faces(SPACES[source])
    np.testing.assert_allclose(convert(mirrored(source, faces)), mirrored(target, convert(faces)), atol=1e-12)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("mouthSmileLeft", "mouthSmileRight"), ("jawOpen", "jawOpen"), ("AU12L", "AU12R"), ("AU9R", "AU9L"),
        ("AU26", "AU26"), ("LIP_FUNNELER_LB", "LIP_FUNNELER_RB"), ("EYES_LOOK_LEFT_L", "EYES_LOOK_RIGHT_R"),
        ("MOUTH_LOWER_DOWNRIGHT", "MOUTH_LOWER_DOWNLEFT"), ("LEFT_BLINK", "RIGHT_BLINK"), ("Blink_L", "Blink_R"),
        ("LIPS_TOWARD", "LIPS_TOWARD"), ("TONGUE_ROLL", "TONGUE_ROLL"), ("MOUTH_ROLL_LOWER", "MOUTH_ROLL_LOWER"),
        ("lookLeft", "lookRight"), ("MOUTH_LOWER_DROP_L", "MOUTH_LOWER_DROP_R"),
    ],
)  # fmt: skip
def test_a_mirror_changes_sides_and_nothing_else(name: str, other: str) -> None:
    assert other_side(name) == other
    assert other_side(other) == name


@pytest.mark.parametrize("space", SPACES)
def test_every_name_has_its_mirror_image(space: str) -> None:
    names = SPACES[space].names
    assert len(set(names)) == len(names)
    assert {other_side(name) for name in names} == set(names)


# VRCFaceTracking's documentation: Unified Expressions of ARKit. Both sides where no side is named.
DOCUMENTED = """
EyeLookUpRight<-eyeLookUpRight EyeLookInLeft<-eyeLookInLeft EyeClosedRight<-eyeBlinkRight EyeSquintLeft<-eyeSquintLeft
EyeWideRight<-eyeWideRight BrowInnerUp<-browInnerUp BrowOuterUpLeft<-browOuterUpLeft NoseSneerRight<-noseSneerRight
CheekSquintLeft<-cheekSquintLeft CheekPuff<-cheekPuff JawOpen<-jawOpen MouthClosed<-mouthClose JawRight<-jawRight
JawForward<-jawForward LipSuckUpper<-mouthRollUpper LipSuckLower<-mouthRollLower MouthUpperUpRight<-mouthUpperUpRight
MouthLowerDownLeft<-mouthLowerDownLeft MouthFrownRight<-mouthFrownRight MouthStretchLeft<-mouthStretchLeft
MouthDimpleRight<-mouthDimpleRight MouthRaiserUpper<-mouthShrugUpper MouthRaiserLower<-mouthShrugLower
MouthPressLeft<-mouthPressLeft TongueOut<-tongueOut
""".split()


@pytest.mark.parametrize("row", DOCUMENTED)
def test_unified_expressions_are_of_the_shapes_that_are_documented(row: str) -> None:
    name, shape = row.split("<-")
    got = read("unified", converter("arkit52", "unified")(face("arkit52", **{shape: 0.6})))
    for each in (name,) if name in unified.EXPRESSIONS else (f"{name}Left", f"{name}Right"):
        assert got.pop(each) == pytest.approx(0.6)
    assert set(got) <= {"MouthUpperDeepenRight"}  # which lifts with the lip


@pytest.mark.parametrize(
    ("source", "target", "given_", "expected"),
    [
        # UnifiedSimpleExpressions: smile is .8 pull and .2 slant, brow down .75 lowerer and .25 pinch.
        ("unified", "arkit52", {"MouthCornerPullLeft": 1.0}, {"mouthSmileLeft": 0.8}),
        ("unified", "arkit52", {"BrowLowererRight": 0.8, "BrowPinchRight": 0.4}, {"browDownRight": 0.7}),
        ("unified", "arkit52", {"CheekPuffLeft": 1.0}, {"cheekPuff": 0.5}),
        # Meta Movement: a funnel by its four parts, MOUTH_LEFT both lips.
        ("fb2", "unified", {"LIP_FUNNELER_RT": 0.3}, {"LipFunnelUpperRight": 0.3}),
        ("fb2", "unified", {"LIP_SUCK_LB": 0.3}, {"LipSuckLowerLeft": 0.3}),
        ("fb2", "unified", {"MOUTH_LEFT": 0.3}, {"MouthUpperLeft": 0.3, "MouthLowerLeft": 0.3}),
        ("fb2", "unified", {"CHIN_RAISER_T": 0.3}, {"MouthRaiserUpper": 0.3}),
        ("fb2", "arkit52", {"LIP_FUNNELER_RT": 1.0, "LIP_FUNNELER_LT": 1.0}, {"mouthFunnel": 0.5}),
        ("android", "unified", {"TONGUE_LEFT": 0.5, "TONGUE_OUT": 1.0}, {"TongueLeft": 0.5, "TongueOut": 1.0}),
        # Vive: the ape's jaw is open behind closed lips; a tongue is out in two steps.
        ("htc", "arkit52", {"MOUTH_APE_SHAPE": 0.7}, {"jawOpen": 0.7, "mouthClose": 0.7}),
        ("htc", "arkit52", {"TONGUE_LONGSTEP1": 1.0}, {"tongueOut": 0.5}),
        ("arkit52", "htc", {"jawOpen": 0.7, "mouthClose": 0.7}, {"MOUTH_APE_SHAPE": 0.7}),
        # FACS: 26 and 27 are one jaw, 1 is ARKit's half, 28 sucks both lips.
        ("facs", "arkit52", {"AU26": 5.0, "AU25": 5.0}, {
            "jawOpen": 0.5, "mouthLowerDownLeft": 0.3, "mouthLowerDownRight": 0.3, "mouthUpperUpLeft": 0.15,
            "mouthUpperUpRight": 0.15,
        }),
        ("facs", "arkit52", {"AU26": 5.0}, {"jawOpen": 0.5, "mouthClose": 0.5}),
        ("facs", "arkit52", {"AU1L": 5.0}, {"browInnerUp": 0.5}),
        ("facs", "unified", {"AU1L": 5.0}, {"BrowInnerUpLeft": 1.0}),
        ("arkit52", "facs", {"jawOpen": 0.25}, {"AU26": 2.5, "AU25": 2.5}),
        ("arkit52", "facs", {"jawOpen": 1.0}, {"AU27": 5.0, "AU25": 5.0}),
        ("arkit52", "facs", {"jawOpen": 0.5, "mouthClose": 0.5}, {"AU26": 5.0}),
        ("arkit52", "facs", {"mouthPressLeft": 1.0}, {"AU24": 2.5}),
        # VRM: both eyes make a look; VRM 0 by its own names.
        ("arkit52", "vrm1", {"eyeLookOutLeft": 0.6, "eyeLookInRight": 0.6}, {"lookLeft": 0.6}),
        ("arkit52", "vrm0", {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0}, {"Blink_L": 1.0, "Blink_R": 1.0}),
        ("vrm0", "arkit52", {"Blink": 1.0}, {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0}),
        ("vrm1", "vrm0", {"happy": 0.5, "ou": 0.25}, {"Joy": 0.5, "U": 0.25}),
        # VTube Studio: a smile is half of the way from the middle on each side; eyes go by axes.
        ("arkit52", "vtube_studio", {"mouthSmileLeft": 1.0, "mouthSmileRight": 1.0}, {"MouthSmile": 1.0}),
        ("arkit52", "vtube_studio", {"eyeBlinkLeft": 0.25}, {"EyeOpenLeft": 0.6}),
        ("arkit52", "vtube_studio", {"eyeLookInLeft": 0.5}, {"EyeLeftX": -0.5}),
        ("arkit52", "vtube_studio", {"eyeLookInRight": 0.5}, {"EyeRightX": 0.5}),
        ("vtube_studio", "arkit52", {"EyeLeftX": 0.5}, {"eyeLookOutLeft": 0.5}),
        # PICO and MediaPipe: the same shapes.
        ("arkit52", "pico", {"eyeLookDownLeft": 0.5}, {"EYE_LOOK_DROP_L": 0.5}),
        ("arkit52", "pico", {"browInnerUp": 0.5}, {"BROW_INNER_UPWARDS": 0.5}),
        ("mediapipe", "arkit52", {"jawOpen": 0.5, "_neutral": 0.9}, {"jawOpen": 0.5}),
    ],
)  # fmt: skip
def test_a_handful_by_hand(source: str, target: str, given_: dict[str, float], expected: dict[str, float]) -> None:
    got = read(target, converter(source, target)(face(source, **given_)))
    assert got == pytest.approx(expected)


@pytest.mark.parametrize(
    ("a", "b"),
    [("arkit52", "pico"), ("arkit52", "unified"), ("arkit52", "fb2"), ("arkit52", "android"), ("android", "unified"),
     ("vrm0", "vrm1")],
)  # fmt: skip
def test_lossless_pairs_are_lossless(a: str, b: str) -> None:
    values = np.random.default_rng(1).uniform(SPACES[a].low, SPACES[a].high, (100, len(SPACES[a].names)))
    np.testing.assert_allclose(converter(b, a)(converter(a, b)(values)), values, atol=1e-12)


def test_pico_has_arkits_shapes_and_mediapipe_all_but_the_tongue() -> None:
    assert len(converter("arkit52", "pico").told) == len(openxr.PICO) == 52
    assert converter("mediapipe", "arkit52").told == mediapipe.SHAPES == arkit.BLENDSHAPES[:-1]


def test_what_a_source_cannot_tell_is_nan_or_at_rest() -> None:
    told = converter("htc", "arkit52")(face("htc", JAW_OPEN=1.0))
    assert np.isnan(told[arkit.INDEX["browDownLeft"]])  # a Vive sees no brows
    assert told[arkit.INDEX["jawOpen"]] == 1
    assert "browDownLeft" not in converter("htc", "arkit52").told
    resting = converter("htc", "arkit52", rest=True)(face("htc", JAW_OPEN=1.0))
    assert resting[arkit.INDEX["browDownLeft"]] == 0
    # Eyes that nobody sees are open, where open is what rests.
    blind = face("arkit52")
    blind[[arkit.INDEX["eyeBlinkLeft"], arkit.INDEX["eyeBlinkRight"]]] = np.nan
    assert np.isnan(converter("arkit52", "vtube_studio")(blind)[0])
    assert converter("arkit52", "vtube_studio", rest=True)(blind)[:2].tolist() == [0.8, 0.8]


def test_half_of_what_a_target_takes_decides_whether_it_is_known() -> None:
    values = face("unified", MouthCornerPullLeft=1.0, CheekPuffLeft=1.0)
    values[unified.INDEX["MouthCornerSlantLeft"]] = values[unified.INDEX["CheekPuffRight"]] = np.nan
    got = converter("unified", "arkit52")(values)
    assert got[arkit.INDEX["mouthSmileLeft"]] == pytest.approx(0.8)  # a fifth of it is unknown
    assert np.isnan(got[arkit.INDEX["cheekPuff"]])
    # Over two tables, and many faces at once, of which only one has holes.
    fb2 = converter("unified", "fb2")(values)
    assert np.isnan(fb2[openxr.FB2.index("CHEEK_PUFF_R")])
    assert fb2[openxr.FB2.index("CHEEK_PUFF_L")] == 1
    both = converter("arkit52", "fb2")(np.stack([face("arkit52", tongueOut=np.nan), face("arkit52", tongueOut=0.5)]))
    assert np.isnan(both[:, openxr.FB2.index("TONGUE_OUT")]).tolist() == [True, False]


@settings(max_examples=60)
@given(st.data())
def test_anything_gives_numbers_within_range(data: st.DataObject) -> None:
    source, target = data.draw(st.sampled_from(PAIRS))
    n = len(SPACES[source].names)
    values = data.draw(arrays(np.float32, n, elements=st.floats(width=32, allow_nan=True, allow_infinity=True)))
    out = converter(source, target, rest=True)(values)
    assert np.isfinite(out).all()
    assert (out >= SPACES[target].low).all()
    assert (out <= SPACES[target].high).all()


@pytest.mark.parametrize(("source", "target"), list(product(SPACES, SPACES)))
def test_a_face_at_rest_stays_at_rest(source: str, target: str) -> None:
    out = converter(source, target, rest=True)(SPACES[source].rest)
    np.testing.assert_allclose(out, SPACES[target].rest, atol=1e-12)


def test_values_are_not_changed_and_batches_are_rows() -> None:
    values = np.random.default_rng(0).random((4, 3, 52)).astype(np.float32)
    values[1, 1, 5] = np.nan
    before = values.copy()
    for target in SPACES:
        convert = converter("arkit52", target)
        out = convert(values)
        assert out.shape == (4, 3, len(SPACES[target].names))
        assert out.dtype == np.float64
        np.testing.assert_allclose(out[1, 1], convert(values[1, 1]), atol=1e-12)
    np.testing.assert_array_equal(values, before)


def test_mistakes_are_named() -> None:
    with pytest.raises(ValueError, match="no expression space 'arkit'; there are arkit52, facs"):
        converter("arkit", "unified")
    with pytest.raises(ValueError, match="arkit52 has 52 values, got"):
        converter("arkit52", "unified")([0.5] * 51)


def test_names_of_vrm_are_those_of_the_specification() -> None:
    assert len(vrm.VRM1) == 18
    assert set(vrm.TO_VRM0) == set(vrm.VRM1) - {"surprised"}
    for new, old in (("happy", "Joy"), ("sad", "Sorrow"), ("relaxed", "Fun"), ("aa", "A"), ("blinkLeft", "Blink_L")):
        assert vrm.TO_VRM0[new] == old


def test_indices_of_headsets_are_those_of_the_header() -> None:
    """openxr.h."""
    assert len(openxr.FB2) == 70
    assert len(openxr.ANDROID) == 68
    assert (len(openxr.HTC_EYES), len(openxr.HTC_LIPS)) == (14, 37)
    for name, place in (("JAW_DROP", 24), ("LIPS_TOWARD", 50), ("UPPER_LIP_RAISER_R", 62), ("TONGUE_OUT", 68)):
        assert openxr.FB2[place] == name
    assert openxr.ANDROID[63] == "TONGUE_OUT"
    assert openxr.HTC_LIPS[12] == "MOUTH_RAISER_RIGHT"
    assert openxr.PICO[5] == "EYE_BLINK_L"
    assert len(unified.SHAPES) == 88
    for name, place in (("EyeSquintRight", 0), ("JawOpen", 22), ("MouthCornerPullRight", 56), ("NeckFlexLeft", 87)):
        assert unified.SHAPES[place] == name
