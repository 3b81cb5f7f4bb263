"""Convert FACS action units to ARKit weights. Each unit was checked on this head by eye.

The main shape of each unit is the consensus of published tables; units without an ARKit shape
(AU23 lip tightener, AU25 lips part) are combined from several shapes. Small second entries are
places that the same muscle also moves. The tables match by meaning, not by measurement: intensity 5
is as strong as this face can show the unit.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS, INDEX

F64 = NDArray[np.float64]

# Shapes and their weights at intensity 5. `*` stands for the side, Left or Right.
SIDED: Mapping[int, Mapping[str, float]] = {
    1: {"browInnerUp": 0.5},  # ARKit has one shape for both sides; each side gives half, see `inner_brows`
    2: {"browOuterUp*": 1.0},
    4: {"browDown*": 1.0},
    5: {"eyeWide*": 1.0},
    6: {"cheekSquint*": 1.0, "eyeSquint*": 0.4},
    7: {"eyeSquint*": 1.0},
    9: {"noseSneer*": 1.0, "browDown*": 0.15},
    10: {"mouthUpperUp*": 1.0, "noseSneer*": 0.15},
    12: {"mouthSmile*": 1.0},
    14: {"mouthDimple*": 1.0},
    15: {"mouthFrown*": 1.0},
    16: {"mouthLowerDown*": 1.0},
    20: {"mouthStretch*": 1.0},
    43: {"eyeBlink*": 1.0},
}
MIDLINE: Mapping[int, Mapping[str, float]] = {
    17: {"mouthShrugLower": 1.0, "mouthShrugUpper": 0.35},
    18: {"mouthPucker": 1.0},
    22: {"mouthFunnel": 1.0},
    23: {"mouthRollLower": 0.40, "mouthRollUpper": 0.40, "mouthPressLeft": 0.25, "mouthPressRight": 0.25},
    24: {"mouthPressLeft": 1.0, "mouthPressRight": 1.0, "mouthRollLower": 0.15, "mouthRollUpper": 0.15},
    25: {
        "mouthLowerDownLeft": 0.55,
        "mouthLowerDownRight": 0.55,
        "mouthUpperUpLeft": 0.22,
        "mouthUpperUpRight": 0.22,
        "jawOpen": 0.08,
    },
    26: {"jawOpen": 0.5},
    27: {"jawOpen": 1.0},
    28: {"mouthRollLower": 1.0, "mouthRollUpper": 1.0},
}

TOP = 5.0
# Units that part the lips besides AU25, and how far, relative to their own intensity.
_PARTING = {"AU26": 1.0, "AU27": 1.0, "AU16L": 0.5, "AU16R": 0.5, "AU10L": 0.35, "AU10R": 0.35}

# A smile with parted lips bares the upper teeth without AU10: how far both at 5 raise the upper lip.
_BARED = 0.8


def weights_of(units: ArrayLike) -> F64:
    """ARKit weights (..., 52) in the order of BLENDSHAPES of intensities (..., A) in the order of AUS.

    Intensities are on the FACS scale, 0–5, and act in proportion. Units that share a shape never
    exceed 1 together. AU25 says that the lips are apart, whichever muscle parts them: it adds only
    what the jaw and the other lip units have not opened yet. In a smile it also raises the upper
    lip. Raises ValueError for another length or out of range.
    """
    levels = np.asarray(units, np.float64)
    if levels.shape[-1:] != (len(AUS),):
        raise ValueError(f"action units are (..., {len(AUS)}), got {levels.shape}")
    wrong = ~((levels >= 0) & (levels <= TOP))
    if wrong.any():
        label = AUS[int(np.argwhere(wrong)[0][-1])]
        raise ValueError(f"{label} is {levels[wrong][0]:g}, not within [0, {TOP:g}]")
    shares = levels / TOP
    bared = _BARED * shares[..., _SMILES] * shares[..., INDEX["AU25"], None]
    parted = np.max([factor * shares[..., INDEX[label]] for label, factor in _PARTING.items()], axis=0)
    shares[..., INDEX["AU25"]] = np.maximum(shares[..., INDEX["AU25"]] - parted, 0)
    weights = np.zeros((*shares.shape[:-1], len(BLENDSHAPES)))
    left = np.multiply.reduceat(1 - shares[..., _BY] * _MUCH, _FIRST, axis=-1)
    weights[..., _MOVED] = 1 - left
    weights[..., _UPPER_LIPS] = 1 - (1 - weights[..., _UPPER_LIPS]) * (1 - bared)
    weights[..., _INNER_BROWS] = shares @ _TABLE[:, _INNER_BROWS]
    return weights


def lip_units(weights: ArrayLike) -> F64:
    """Intensities (..., 4) of AU10L, AU10R, AU16L and AU16R that ARKit weights (..., 52) show.

    What parted lips, and a smile with them, move of the lips by `weights_of` is left out: teeth that a smile bares are
    no AU10. The inverse is found in `_ROUNDS` rounds, because AU10 and AU16 part the lips, too.
    """
    shown = np.asarray(weights, np.float64)
    upper, lower, smile = shown[..., _UPPER_LIPS], shown[..., _LOWER_LIPS], shown[..., _SMILE_SHAPES]
    jaw, closed = shown[..., _JAW, None], shown[..., _CLOSED, None]
    raised, lowered = np.zeros_like(upper), np.zeros_like(lower)
    for _ in range(_ROUNDS):
        # How far the lips are apart, as `spaces.tables.arkit_facs` tells AU25, less what AU10 raises.
        lips = np.clip(upper - raised, 0, 1).sum(-1, keepdims=True) + lower.sum(-1, keepdims=True)
        apart = np.clip(2 * (jaw - closed) + 0.5 * lips, 0, 1)
        own = _PARTING["AU10L"] * raised.max(-1, keepdims=True), _PARTING["AU16L"] * lowered.max(-1, keepdims=True)
        left = np.maximum(apart - np.maximum(np.minimum(2 * jaw, 1), np.maximum(*own)), 0)
        above, below = _TABLE[_APART, _UPPER_LIPS] * left, _TABLE[_APART, _LOWER_LIPS] * left
        raised = np.clip(1 - (1 - upper) / ((1 - above) * (1 - _BARED * smile * apart)), 0, 1)
        lowered = np.clip(1 - (1 - lower) / (1 - below), 0, 1)
    return np.asarray(TOP * np.concatenate([raised, lowered], -1))


def inner_brows(units: ArrayLike) -> F64:
    """How far (..., 2) the left and the right inner brow are raised, [0, 1], as `Head.animate` takes it.

    units: (..., A) in the order of AUS. The mean of the two sides is browInnerUp.
    """
    return np.asarray(np.asarray(units, np.float64)[..., [INDEX["AU1L"], INDEX["AU1R"]]] / TOP)


def weights_by_name(intensities: Mapping[str, float]) -> dict[str, float]:
    """ARKit weights above 0 by name, of intensities by label: {"AU12L": 3.0} or, of both sides, {"AU12": 3.0}."""
    units = np.zeros(len(AUS))
    for name, value in intensities.items():
        labels = [label for label in (name, f"{name}L", f"{name}R") if label in INDEX]
        if not labels:
            raise ValueError(f"there is no action unit {name}; there are {', '.join(AUS)}")
        units[[INDEX[label] for label in labels]] = value
    weights = weights_of(units)
    return {name: float(w) for name, w in zip(BLENDSHAPES, weights, strict=True) if w > 0}


def _table() -> F64:
    """(A, 52) weights at intensity 5."""
    table = np.zeros((len(AUS), len(BLENDSHAPES)))
    for code, shapes in {**SIDED, **MIDLINE}.items():
        for side, word in (("L", "Left"), ("R", "Right")) if code in SIDED else (("", ""),):
            for shape, weight in shapes.items():
                table[INDEX[f"AU{code}{side}"], BLENDSHAPES.index(shape.replace("*", word))] += weight
    return table


_TABLE = _table()
UNITS_OF = _TABLE > 0  # (A, 52) whether a unit moves a shape by itself; `_BARED` and sided brows come on top
_SMILES = [INDEX["AU12L"], INDEX["AU12R"]]
_UPPER_LIPS = [BLENDSHAPES.index("mouthUpperUpLeft"), BLENDSHAPES.index("mouthUpperUpRight")]
_LOWER_LIPS = [BLENDSHAPES.index("mouthLowerDownLeft"), BLENDSHAPES.index("mouthLowerDownRight")]
_SMILE_SHAPES = [BLENDSHAPES.index("mouthSmileLeft"), BLENDSHAPES.index("mouthSmileRight")]
_JAW, _CLOSED, _APART = BLENDSHAPES.index("jawOpen"), BLENDSHAPES.index("mouthClose"), INDEX["AU25"]
_ROUNDS = 8  # of `lip_units`
_INNER_BROWS = BLENDSHAPES.index("browInnerUp")  # its two sides add up; all other units share the remaining range
# Entries of the table, sorted by shape: the unit that moves it and how much; where each of _MOVED begins.
_SHAPE, _BY = np.nonzero(_TABLE.T)
_MUCH = _TABLE[_BY, _SHAPE]
_MOVED, _FIRST = np.unique(_SHAPE, return_index=True)
