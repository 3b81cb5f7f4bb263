"""MediaPipe's blendshapes: ARKit's without tongueOut, and a category for a neutral face."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mien_models.spaces import arkit

# What `blendshapes_v2` gives as mien converts it: the first of ARKit's, in the same order.
SHAPES: tuple[str, ...] = tuple(name for name in arkit.BLENDSHAPES if name != "tongueOut")
# As MediaPipe publishes them: `_neutral`, then SHAPES by alphabet.
CATEGORIES: tuple[str, ...] = ("_neutral", *sorted(SHAPES))


# What the Blendshapes V2 network reads of each shape, as Pearson r with the truth on renders of
# people it never saw: strong shapes are near 1, dead ones near 0. Coarse by design: it weighs a
# number, it does not replace a measurement. Where r is high within a person and low over people
# (brows, pucker), whose face it is hides what it shows; the number lies between the two.
_WEAK = {
    "eyeLookUp": 0.5, "eyeLookDown": 0.4, "browInnerUp": 0.4, "browOuterUp": 0.4, "mouthPucker": 0.7,
    "cheekPuff": 0.05, "cheekSquint": 0.05, "noseSneer": 0.05, "tongueOut": 0.0,
    "eyeWide": 0.3, "jawForward": 0.1, "jawLeft": 0.3, "jawRight": 0.3,
    "mouthFrown": 0.3, "mouthDimple": 0.2, "mouthClose": 0.3, "mouthShrugLower": 0.4,
    "mouthShrugUpper": 0.4, "mouthPress": 0.4, "mouthStretch": 0.4, "mouthLowerDown": 0.4,
    "mouthRollLower": 0.5, "mouthRollUpper": 0.5, "browDown": 0.5, "eyeSquint": 0.5,
    "mouthUpperUp": 0.5, "mouthLeft": 0.6, "mouthRight": 0.6, "mouthFunnel": 0.6,
}  # fmt: skip
_STRONG = 0.9


def _reliability(name: str) -> float:
    base = name if name in _WEAK else name.removesuffix("Left").removesuffix("Right")
    return _WEAK.get(base, _STRONG)


RELIABILITY: NDArray[np.float32] = np.array([_reliability(n) for n in arkit.BLENDSHAPES], np.float32)
"""How far each ARKit-52 weight from this network can be trusted, [0, 1]."""
