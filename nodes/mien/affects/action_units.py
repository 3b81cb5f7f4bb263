"""Action units from blendshapes and distances between landmarks.

FACS scores how far a face departs from its own resting face, and resting faces differ: brows that are low at rest on
one person are lowered on another. Each feature therefore has a typical value at rest and a spread between people. As
far as the person's own resting face is not known, departures within the spread do not count as expression. The
resting face comes from `mien.core.baseline` and is limited to twice the spread (Baltrušaitis et al., "Cross-dataset
learning and person-specific normalisation for automatic AU detection", FG 2015, use the median of the person's
frames).

The ranges are round numbers. They were set by hand on renders of 40 heads with one ARKit shape each, a dozen
photographs and two videos, and were judged on the same data: no images with FACS codes were available. They are no
substitute for a trained network, and the confidence is low accordingly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mien.affects import geometry
from mien.core.types import F64, Expression, Face, PersonBaseline
from mien_models.spaces import arkit, facs, mediapipe

FEATURES: tuple[str, ...] = (*arkit.BLENDSHAPES, *geometry.FEATURES)
_FEATURE = {name: i for i, name in enumerate(FEATURES)}

# Typical value of each distance at rest, and its standard deviation between people; for blendshapes, see
# `mediapipe.TYPICAL_REST` and `REST_SPREAD`.
_REST: dict[str, tuple[float, float]] = {
    "brow_inner": (0.2, 0.045), "brow_outer": (0.19, 0.04), "brow_distance": (0.31, 0.02),
    "lid_gap": (0.09, 0.015), "lids_over_pupils": (0.043, 0.007), "lid_upper": (0.065, 0.01),
    "lid_lower": (-0.03, 0.008), "lid_to_cheek": (0.2, 0.015), "nose_wing": (-0.46, 0.03),
    "lip_upper": (-0.18, 0.02), "lip_lower": (0.4, 0.04), "lip_corner": (-0.02, 0.012),
    "mouth_width": (0.55, 0.04), "lips_apart": (0.0, 0.005), "lips_height": (0.18, 0.045),
    "chin_boss": (0.21, 0.035), "chin_drop": (0.78, 0.045),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """A feature that indicates a unit: a departure from rest by `start` reads 0, by `full` 5 on the FACS scale.

    weight: in the mean over the unit's features; for a blendshape, multiplied by its confidence.
    """

    feature: str  # without the side
    full: float
    weight: float
    start: float = 0.0


_EVIDENCE: dict[int, tuple[Evidence, ...]] = {
    1: (Evidence("brow_inner", 0.06, 0.6, 0.008), Evidence("browInnerUp", 0.7, 0.3)),
    2: (Evidence("brow_outer", 0.06, 0.6, 0.012), Evidence("browOuterUp", 0.7, 0.3)),
    4: (
        Evidence("brow_inner", -0.05, 0.5, -0.008),
        Evidence("brow_distance", -0.05, 0.3, -0.01),
        Evidence("browDown", 0.7, 0.6),
    ),
    5: (
        Evidence("lids_over_pupils", 0.022, 0.25, 0.003),
        Evidence("lid_upper", 0.022, 0.35, 0.003),
        Evidence("eyeWide", 0.3, 0.5),
    ),
    # The cheek pushes the lower lid up, so that their distance falls.
    6: (
        Evidence("lid_to_cheek", -0.06, 0.35, -0.005),
        Evidence("eyeSquint", 0.5, 0.5),
        Evidence("cheekSquint", 0.5, 1),
    ),
    7: (Evidence("eyeSquint", 0.5, 1), Evidence("lid_lower", 0.025, 0.3)),
    9: (Evidence("nose_wing", 0.08, 0.2, 0.01), Evidence("noseSneer", 0.5, 1)),
    10: (Evidence("mouthUpperUp", 0.8, 1), Evidence("lip_upper", 0.05, 0.3)),
    12: (Evidence("mouthSmile", 0.9, 1, 0.05), Evidence("lip_corner", 0.1, 0.2, 0.01)),
    14: (Evidence("mouthDimple", 0.4, 1), Evidence("mouth_width", 0.2, 0.15, 0.02)),
    15: (Evidence("lip_corner", -0.05, 0.4, -0.01), Evidence("mouthFrown", 0.4, 1)),
    16: (Evidence("mouthLowerDown", 0.4, 1), Evidence("lip_lower", -0.08, 0.2)),
    17: (Evidence("mouthShrugLower", 0.5, 1), Evidence("chin_boss", 0.06, 0.2)),
    18: (Evidence("mouthPucker", 0.8, 0.8, 0.1), Evidence("mouth_width", -0.14, 0.15)),
    20: (Evidence("mouthStretch", 0.4, 1), Evidence("mouth_width", 0.2, 0.15, 0.02)),
    22: (Evidence("mouthFunnel", 0.4, 1, 0.03),),
    23: (Evidence("lips_height", -0.08, 0.2),),
    24: (Evidence("mouthPress", 0.8, 1), Evidence("lips_height", -0.08, 0.2)),
    25: (Evidence("lips_apart", 0.25, 0.9, 0.005),),
    26: (Evidence("jawOpen", 0.5, 1), Evidence("chin_drop", 0.2, 0.3)),
    27: (Evidence("jawOpen", 0.9, 1, 0.5),),
    28: (Evidence("mouthRollLower", 0.6, 1), Evidence("mouthRollUpper", 0.5, 1), Evidence("lips_height", -0.1, 0.1)),
    43: (Evidence("eyeBlink", 0.55, 1, 0.2), Evidence("lid_gap", -0.075, 0.5, -0.04)),
}

# Cross-talk: the share of other units' intensities that is subtracted from a unit.
_CROSSTALK: dict[int, dict[int, float]] = {
    6: {43: 0.4},
    7: {43: 1.0},
    9: {12: 0.8, 43: 0.5},
    10: {12: 0.8},
    14: {12: 1.0, 26: 0.4},
    15: {10: 0.5, 12: 1.0},
    16: {12: 0.4, 26: 1.0},
    17: {12: 0.8},
    18: {22: 0.5, 26: 0.3},
    20: {12: 1.0},
    22: {12: 0.5},
    23: {12: 0.5, 25: 1.0},
    24: {12: 0.5, 25: 1.0},
    28: {12: 0.5, 25: 1.0},
}

# The probability that a unit is present is 0.5 midway between trace (A = 1) and slight (B = 2), the level from which
# DISFA counts it (Mavadati et al., 2013).
_THRESHOLD, _SOFTNESS = 1.5, 0.35


_SHAPES = len(arkit.BLENDSHAPES)
_AUS = facs.AUS


def _sided(feature: str, label: str) -> list[str]:
    """The names of a feature on the side of a unit; both sides if the unit is on the midline."""
    if feature in _FEATURE:
        return [feature]
    ends = ("_left", "_right") if feature.islower() else ("Left", "Right")
    return [feature + end for end, side in zip(ends, "LR", strict=True) if label[-1] == side or label[-1] not in "LR"]


_rows = [
    (_FEATURE[feature], u, e)
    for u, label in enumerate(_AUS)
    for e in _EVIDENCE[facs.code(label)]
    for feature in _sided(e.feature, label)
]
_FROM = np.array([f for f, _, _ in _rows])  # the feature of each piece of evidence
_START = np.array([e.start for _, _, e in _rows])
_RANGE = np.array([e.full - e.start for _, _, e in _rows])
_WEIGHT = np.array([e.weight for _, _, e in _rows])
_TO = np.array([[u == i for i in range(len(_AUS))] for _, u, _ in _rows], np.float64)
_DISTANCES = np.array([_REST[f.removesuffix("_left").removesuffix("_right")] for f in geometry.FEATURES])
_TYPICAL = np.concatenate([mediapipe.TYPICAL_REST, _DISTANCES[:, 0]])
_SPREAD = np.concatenate([mediapipe.REST_SPREAD, _DISTANCES[:, 1]])
# The share of a range that is useless while the person's resting face is not known.
_LOST_SHARE = np.minimum(_SPREAD[_FROM] / np.abs(_RANGE), 1)
_TALK = np.zeros((len(_AUS), len(_AUS)))
for _unit, _shares in _CROSSTALK.items():
    for _label in facs.labels(_unit):
        for _by, _share in _shares.items():
            _others = [o for o in facs.labels(_by) if o[-1] == _label[-1]] or list(facs.labels(_by))
            for _other in _others:
                _TALK[facs.INDEX[_other], facs.INDEX[_label]] = _share / len(_others)
_PART = np.array([1 if f.endswith("_left") else 2 if f.endswith("_right") else 0 for f in geometry.FEATURES])


@dataclass(frozen=True, slots=True)
class Rest:
    """Values of FEATURES at rest, and how far they are this person's own: 0 = typical of people, 1 = surely own."""

    values: F64
    known: F64


ANYBODY = Rest(_TYPICAL, np.zeros(len(FEATURES)))


def rest_of(baseline: PersonBaseline | None) -> Rest:
    """The values at rest for a baseline.

    Blendshapes are relative to the baseline already, so theirs are 0; distances are measured on its landmarks.
    """
    if baseline is None:
        return ANYBODY
    sure = baseline.about.confidence
    known = np.full(len(FEATURES), sure)
    values = (1 - known) * _TYPICAL
    own = geometry.measure_canonical(baseline.landmarks)
    spread = _SPREAD[_SHAPES:]
    own = _TYPICAL[_SHAPES:] + np.clip(own - _TYPICAL[_SHAPES:], -2 * spread, 2 * spread)
    measured = np.isfinite(own)
    known[_SHAPES:] = np.where(measured, sure, 0)
    values[_SHAPES:] = np.where(measured, values[_SHAPES:] + sure * own, _TYPICAL[_SHAPES:])
    return Rest(values, known)


def gather(face: Face, pose: F64 | None, expression: Expression, visible: F64) -> tuple[F64, F64]:
    """FEATURES of a face, NaN = not observed, and the trust in each, [0, 1].

    visible: how well the middle, left and right of the face are seen, (3,) in [0, 1].
    """
    features = np.concatenate([expression.blendshapes, geometry.measure(face.landmarks, pose)])
    return features, np.concatenate([expression.confidence, face.presence * visible[_PART]])


def estimate(features: F64, trust: F64, rest: Rest = ANYBODY) -> tuple[F64, F64]:
    """Intensity [0, 5] and confidence [0, 1] of facs.AUS; NaN with confidence 0 for units without any feature."""
    away = features - rest.values
    unsure = _SPREAD * (1 - rest.known)
    away = away - np.clip(away, -unsure, unsure)
    e = (away[_FROM] - _START) / _RANGE
    observed = np.isfinite(e)
    weight = _WEIGHT * trust[_FROM] * (1 - (1 - rest.known[_FROM]) * _LOST_SHARE) * observed
    e = np.clip(np.where(observed, e, 0), 0, 1)
    total = weight @ _TO
    # Root mean square: features that indicate the unit count more than those that do not.
    intensity = 5 * np.sqrt((weight * e * e) @ _TO / np.where(total > 0, total, 1))
    intensity = np.clip(intensity - intensity @ _TALK, 0, 5)
    # The features are taken to err independently: the unit is misread only if all of them are wrong.
    confidence = 1 - np.exp(np.log1p(-np.minimum(weight, 0.99)) @ _TO)
    return np.where(total > 0, intensity, np.nan), confidence


def probability(intensity: F64) -> F64:
    """Probability that a unit is present, from its intensity: logistic, 0.5 midway between A and B."""
    return 1 / (1 + np.exp((_THRESHOLD - intensity) / _SOFTNESS))
