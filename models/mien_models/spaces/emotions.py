"""Expression categories, their action-unit prototypes, and where they lie in valence and arousal.

A prototype describes what a face shows. It is no statement about what a person feels.
"""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.spaces import facs

EMOTIONS: tuple[str, ...] = (
    "neutral", "anger", "contempt", "disgust", "fear", "happiness", "sadness", "surprise",
)  # fmt: skip
INDEX = MappingProxyType({name: i for i, name in enumerate(EMOTIONS)})

# Share of neutral faces that the emotion probabilities of mien's encoders assume; the others have equal shares.
NEUTRAL_PRIOR = 0.5
# The share that `affects` assumes unless it is told another; there a told probability is right as often as it says.
USED_PRIOR = 0.3

# The units that make up each prototype (EMFACS; Ekman, Friesen & Hager, FACS 2002, table 11-1).
# Inner tuples are alternatives, of which the strongest counts.
PROTOTYPES: dict[str, tuple[tuple[int, ...], ...]] = {
    "anger": ((4,), (5, 7), (23, 24)),
    "disgust": ((9, 10), (15, 17), (4,)),
    "fear": ((1,), (4,), (5,), (20,), (25, 26)),
    "happiness": ((12,), (6,)),
    "sadness": ((1,), (4,), (15,)),
    "surprise": ((1,), (2,), (5,), (26, 27)),
}
CONTEMPT_UNITS = (12, 14)  # one-sided

# Crying and pain draw the corners of the mouth, or one of them, as these do. Knit brows (AU4, which is in the prototype
# of neither) tell them apart, if eyes are shut or inner brows raised: AU4 by itself is also of the sun or of age.
SMILES: tuple[str, ...] = ("happiness", "contempt")
_KNIT, _WITH = ("AU4L", "AU4R"), ("AU1L", "AU1R", "AU43L", "AU43R")
_KNIT_FROM, _KNIT_FULL, _WITH_FULL = 0.25, 1.0, 2.0  # FACS intensities

# Pleasure and arousal of emotion terms: Russell & Mehrabian (1977), J. Research in Personality 11.
VALENCE_AROUSAL: dict[str, tuple[float, float]] = {
    "neutral": (0.0, 0.0),
    "anger": (-0.51, 0.59),
    "contempt": (-0.55, 0.43),
    "disgust": (-0.60, 0.35),
    "fear": (-0.64, 0.60),
    "happiness": (0.76, 0.48),
    "sadness": (-0.63, -0.27),
    "surprise": (0.40, 0.67),
}


def distress(units: ArrayLike) -> NDArray[np.float64]:
    """(...,) how clearly brows and lids show crying or pain, [0, 1], of units (..., A) of [0, 5]; NaN counts as 0.

    To this share SMILES are told as sadness.
    """
    levels = np.asarray(units, np.float64)[..., _ROWS]
    levels[np.isnan(levels)] = 0
    knit = (levels[..., : len(_KNIT)].mean(-1) - _KNIT_FROM) / (_KNIT_FULL - _KNIT_FROM)
    return np.asarray(
        np.minimum(np.maximum(knit, 0), 1) * np.minimum(levels[..., len(_KNIT) :].max(-1) / _WITH_FULL, 1)
    )


_ROWS = np.array([facs.INDEX[label] for label in (*_KNIT, *_WITH)])
