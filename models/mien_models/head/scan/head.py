"""The head from scans: people and expressions to vertices.

Expressions are those of the actor's sampler: FACS intensities and ARKit weights. Inner brows are raised by side
(AU1), and cheeks are raised (AU6) apart from the squint of AU7. The model has no tongueOut.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mien_models.head.model.action_units import TOP, inner_brows
from mien_models.head.scan.data import F32, I32, ScanData
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import INDEX

F64 = NDArray[np.float64]
Rng = np.random.Generator

IDENTITIES = 50  # components that are used; the others move less than a millimetre
UNSHOWN = ("tongueOut",)
_BOUND = 2.5  # of identities, in standard deviations
_SQUINT = 0.6  # of cheekSquint, which is around the eye here, with raised cheeks
_SQUINTS = ("cheekSquintLeft", "cheekSquintRight")
_PLACES = Path(__file__).with_name("landmarks.npz")


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Places of FaceMesh's first 468 landmarks: corners (468, 3) vertices, shares (468, 3) barycentric."""

    corners: I32
    shares: F32

    def of(self, points: NDArray[np.floating]) -> F64:
        """(..., 468, D) landmarks of vertices (..., V, D)."""
        return np.asarray(np.einsum("...lcx,lc->...lx", points[..., self.corners, :], self.shares))

    def in_chart(self, data: ScanData) -> F64:
        """(468, 2) texture coordinates of the landmarks."""
        rows = {tuple(sorted(corners)): i for i, corners in enumerate(data.triangles.tolist())}
        out = np.zeros((len(self.corners), 2))
        for i, (corners, shares) in enumerate(zip(self.corners.tolist(), self.shares, strict=True)):
            row = rows[tuple(sorted(corners))]
            order = [data.triangles[row].tolist().index(corner) for corner in corners]
            out[i] = shares @ data.uv[row][order]
        return out


@cache
def places() -> Places:
    """The tracked places; `make_landmarks` computed them."""
    with np.load(_PLACES) as stored:
        return Places(stored["corners"].astype(np.int32), stored["shares"].astype(np.float32))


class ScanHead:
    """Vertices of people and expressions."""

    def __init__(self, data: ScanData) -> None:
        self.data = data
        self._rows = {name: i for i, name in enumerate(data.names)}
        pairs = []
        for i, name in enumerate(BLENDSHAPES):
            own = name.replace("Left", "_L").replace("Right", "_R")
            sided = [own] if own in self._rows else [f"{name}_L", f"{name}_R"]
            if name != "browInnerUp" and name not in _SQUINTS:
                pairs += [(i, self._rows[side]) for side in sided if side in self._rows]
        self._from, self._to = np.array(pairs).T

    def person(self, codes: F64) -> F32:
        """(V, 3) the resting face of identity codes (K,), each of unit spread and within ±2.5."""
        used = np.clip(codes, -_BOUND, _BOUND).astype(np.float32)
        return np.asarray(self.data.neutral + np.tensordot(used, self.data.identities[: len(used)], 1), np.float32)

    def coefficients(self, units: F64, shapes: F64) -> F32:
        """(E,) weights of the model's expressions, of units (A,) of [0, 5] and ARKit weights (52,)."""
        out = np.zeros(len(self._rows), np.float32)
        out[self._to] = shapes[self._from]
        for side, inner, word in zip("LR", inner_brows(units), ("Left", "Right"), strict=True):
            raised = units[INDEX[f"AU6{side}"]] / TOP
            out[self._rows[f"browInnerUp_{side}"]] = inner
            out[self._rows[f"cheekRaiser_{side}"]] = raised
            out[self._rows[f"cheekSquint_{side}"]] = _SQUINT * shapes[BLENDSHAPES.index(f"cheekSquint{word}")]
        return out

    def animate(self, person: F32, coefficients: F32) -> F32:
        """(V, 3) of a resting face with an expression."""
        shown = np.flatnonzero(coefficients)
        if not len(shown):
            return np.array(person, np.float32)
        return np.asarray(person + np.tensordot(coefficients[shown], self.data.expressions[shown], 1), np.float32)
