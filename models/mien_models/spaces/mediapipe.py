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

# What the network reads of faces at rest, and how far people differ from it (one standard deviation); 0 where
# nothing stands here. Round numbers, from a dozen photographs and two videos.
_RESTING = {
    "browDown": (0.15, 0.25), "browInnerUp": (0.2, 0.25), "browOuterUp": (0.2, 0.25),
    "eyeBlink": (0.12, 0.06), "eyeSquint": (0.3, 0.12), "eyeWide": (0.01, 0.02),
    "jawOpen": (0.02, 0.02), "mouthDimple": (0.01, 0.03), "mouthFrown": (0.01, 0.03),
    "mouthFunnel": (0.01, 0.02), "mouthLowerDown": (0.01, 0.02), "mouthPress": (0.05, 0.2),
    "mouthPucker": (0.1, 0.2), "mouthRollLower": (0.05, 0.1), "mouthRollUpper": (0.03, 0.05),
    "mouthShrugLower": (0.05, 0.1), "mouthSmile": (0.02, 0.04), "mouthStretch": (0.02, 0.04),
    "mouthUpperUp": (0.02, 0.05),
}  # fmt: skip
TYPICAL_REST: NDArray[np.float64]
"""What each ARKit-52 weight from this network reads of a face at rest."""
REST_SPREAD: NDArray[np.float64]
"""How far people's rests lie from it, one standard deviation."""
TYPICAL_REST, REST_SPREAD = np.array(
    [_RESTING.get(n.removesuffix("Left").removesuffix("Right"), (0.0, 0.0)) for n in arkit.BLENDSHAPES]
).T
