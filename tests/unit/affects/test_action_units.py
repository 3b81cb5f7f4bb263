"""Which action units a drawn face shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mien.affects.action_units import estimate, gather, probability, rest_of
from mien.core.geometry import visibility
from mien.core.types import F64, Baseline, BaselineMethod, Expression, Face, PersonBaseline
from mien_models.spaces import arkit, facs, mediapipe

from .schematic import canonical, expression, face, rotation


def units(f: Face, e: Expression, rest: PersonBaseline | None = None) -> tuple[dict[str, float], dict[str, float]]:
    """Intensity and confidence by label."""
    features, trust = gather(f, f.pose, e, visibility(f.pose))
    intensity, confidence = estimate(features, trust, rest_of(rest))
    return dict(zip(facs.AUS, intensity, strict=True)), dict(zip(facs.AUS, confidence, strict=True))


def at_home(known: float = 0.9, f: Face | None = None) -> PersonBaseline:
    """The resting face of somebody who was seen calm for a while."""
    about = Baseline(BaselineMethod.LEARNED, known)
    return PersonBaseline(about=about, blendshapes=np.zeros(52, np.float32), landmarks=canonical(f or face()))


def clear(shown: dict[str, float], sure: dict[str, float]) -> set[str]:
    """Units of B (2) or more that are not mere guesses."""
    return {label for label, x in shown.items() if x >= 2 and sure[label] >= 0.3}


def test_a_face_at_rest_shows_nothing() -> None:
    shown, _ = units(face(), expression())
    assert max(shown.values()) < 0.5


LEFT_RIGHT = [
    (unit.code, shape)
    for unit in facs.ACTION_UNITS
    if unit.sided
    for shape in unit.shapes
    if shape + "Left" in arkit.INDEX
]


@pytest.mark.parametrize(("code", "shape"), LEFT_RIGHT)
def test_a_shape_on_one_side_shows_on_that_side_only(code: int, shape: str) -> None:
    shown, _ = units(face(), expression({f"{shape}Left": 1.0}))
    assert shown[f"AU{code}L"] > 1
    assert shown[f"AU{code}R"] < 0.1


READ = [
    label
    for label in facs.AUS
    if (shapes := facs.arkit_shapes(label)) and min(mediapipe.RELIABILITY[arkit.INDEX[s]] for s in shapes) >= 0.3
]


@pytest.mark.parametrize("label", READ)
def test_more_of_its_shape_is_more_of_a_unit(label: str) -> None:
    levels = [
        units(face(), expression(dict.fromkeys(facs.arkit_shapes(label), w)))[0][label] for w in np.linspace(0, 1, 11)
    ]
    assert (np.diff(levels) >= 0).all()
    assert levels[0] < 0.2
    assert levels[-1] > 2


# What a person would see, what moves on the drawn face (widths), and the weights a network would give.
PICTURES: list[tuple[str, dict[str, float], dict[str, float], set[str]]] = [
    ("smile", {"mouth_corner": 0.08, "mouth_corner_out": 0.08}, {"mouthSmile": 0.9}, {"AU12L", "AU12R"}),
    ("one-sided smile", {"mouth_corner_right": 0.08}, {"mouthSmileRight": 0.9}, {"AU12R"}),
    ("corners down", {"mouth_corner": -0.045}, {"mouthFrown": 0.35}, {"AU15L", "AU15R"}),
    ("lips part", {"inner_lower_lip": -0.15, "lower_lip": -0.1, "chin_boss": -0.1, "chin": -0.1}, {}, {"AU25"}),
    (
        "jaw drops",
        {"inner_lower_lip": -0.22, "lower_lip": -0.2, "mouth_corner": -0.07, "chin_boss": -0.2, "chin": -0.2},
        {"jawOpen": 0.45},
        {"AU25", "AU26"},
    ),
    (
        "mouth wide open",
        {"inner_lower_lip": -0.4, "lower_lip": -0.4, "mouth_corner": -0.13, "chin_boss": -0.4, "chin": -0.4},
        {"jawOpen": 0.85},
        {"AU25", "AU26", "AU27"},
    ),
    ("eyes closed", {"upper_lid": -0.08}, {"eyeBlink": 0.7}, {"AU43L", "AU43R"}),
    ("left wink", {"upper_lid_left": -0.08}, {"eyeBlinkLeft": 0.7}, {"AU43L"}),
    ("eyes wide", {"upper_lid": 0.02}, {}, {"AU5L", "AU5R"}),
    ("inner brows up", {"brow_inner": 0.05}, {"browInnerUp": 0.7}, {"AU1L", "AU1R"}),
    ("left inner brow up", {"brow_inner_left": 0.05}, {}, {"AU1L"}),
    ("outer brows up", {"brow_outer": 0.05}, {"browOuterUp": 0.7}, {"AU2L", "AU2R"}),
    ("frown", {"brow_inner": -0.045, "brow_inner_out": -0.015}, {"browDown": 0.6}, {"AU4L", "AU4R"}),
    ("pucker", {"mouth_corner_out": -0.05}, {"mouthPucker": 0.8}, {"AU18"}),
    ("lips pressed", {"upper_lip": -0.03, "lower_lip": 0.03}, {"mouthPress": 0.7}, {"AU24"}),
]  # fmt: skip


@pytest.mark.parametrize(("moved", "weights", "expected"), [p[1:] for p in PICTURES], ids=[p[0] for p in PICTURES])
def test_what_a_familiar_face_shows(moved: dict[str, float], weights: dict[str, float], expected: set[str]) -> None:
    shown, sure = units(face(moved), expression(weights), at_home())
    assert clear(shown, sure) == expected


@pytest.mark.parametrize("turn", [{"yaw_deg": 20}, {"yaw_deg": -20}, {"roll_deg": 25}])
def test_it_shows_the_same_on_a_turned_head(turn: dict[str, float]) -> None:
    moved, weights = PICTURES[0][1:3]
    assert clear(*units(face(moved, turn=rotation(**turn)), expression(weights), at_home())) == {"AU12L", "AU12R"}


def test_brows_of_a_stranger_are_given_the_benefit_of_the_doubt_and_little_trust() -> None:
    """Someone's resting brow may lie as high as another's raised one."""
    moved = {"brow_inner": 0.04}
    stranger, doubt = units(face(moved), expression())
    friend, trust = units(face(moved), expression(), at_home())
    assert stranger["AU1L"] < 0.5 < 1.5 < friend["AU1L"]
    assert doubt["AU1L"] < trust["AU1L"]


def test_high_brows_that_are_always_so_become_the_rest() -> None:
    high = face({"brow_inner": 0.06, "brow_outer": 0.06})
    shown, _ = units(high, expression(), at_home(f=high))
    assert max(shown.values()) < 0.5


def test_a_rest_that_is_hardly_known_hardly_changes_anything() -> None:
    moved = face({"brow_inner": 0.04})
    stranger, nearly = units(moved, expression()), units(moved, expression(), at_home(known=1e-6))
    for before, after in zip(stranger, nearly, strict=True):
        assert after == pytest.approx(before, abs=1e-4)


def test_without_its_landmarks_a_rest_tells_of_shapes_only() -> None:
    """A frown of the shapes is read as a familiar face's, one of the distances as a stranger's."""
    blind = replace(at_home(known=1.0), landmarks=None)
    shown, _ = units(face(), expression({"browDown": 0.3}), blind)
    stranger, _ = units(face(), expression({"browDown": 0.3}))
    assert shown["AU4L"] > 0.9 > 0.1 > stranger["AU4L"]
    low = face({"brow_inner": -0.03})
    assert units(low, expression(), blind)[0]["AU4L"] == pytest.approx(units(low, expression())[0]["AU4L"], abs=0.3)


def test_weak_evidence_is_trusted_less() -> None:
    _, sure = units(face(), expression())
    assert min(sure[label] for label in ("AU12L", "AU25", "AU26", "AU43R")) > 0.8
    assert max(sure[label] for label in ("AU9L", "AU23")) < 0.25
    assert 0.25 < sure["AU6L"] < 0.6


def test_unknown_weights_leave_what_geometry_tells() -> None:
    nothing = Expression(1, np.full(52, np.nan, np.float32), np.zeros(52, np.float32))
    shown, sure = units(face({"inner_lower_lip": -0.15}), nothing)
    assert shown["AU25"] > 2
    assert np.isnan(shown["AU22"])  # its only evidence is a shape
    assert sure["AU22"] == 0


def test_no_pose_leaves_what_the_weights_tell() -> None:
    f, e = face(), expression({"mouthSmile": 0.9})
    features, trust = gather(f, None, e, visibility(None))
    intensity, confidence = estimate(features, trust)
    assert intensity[facs.INDEX["AU12L"]] > 4
    assert np.isnan(intensity[facs.INDEX["AU25"]])
    assert confidence[facs.INDEX["AU25"]] == 0


def test_intensity_and_confidence_stay_in_range() -> None:
    rng = np.random.default_rng(4)
    for _ in range(200):
        weights = {n: float(w) for n, w in zip(arkit.BLENDSHAPES, rng.uniform(0, 1, 52), strict=True)}
        moved = {
            p: float(m)
            for p, m in zip(("brow_inner", "chin", "mouth_corner", "upper_lid"), rng.normal(0, 0.3, 4), strict=True)
        }
        shown, sure = units(face(moved), expression(weights))
        assert 0 <= min(shown.values()) <= max(shown.values()) <= 5
        assert 0 <= min(sure.values()) <= max(sure.values()) <= 1


def test_probability_is_half_between_trace_and_slight() -> None:
    p: F64 = probability(np.array([0.0, 1.0, 1.5, 2.0, 5.0, np.nan]))
    assert p[0] < 0.02 < p[1] < 0.5
    assert p[2] == 0.5
    assert 0.5 < p[3] < p[4]
    assert p[1] + p[3] == pytest.approx(1)
    assert np.isnan(p[5])
