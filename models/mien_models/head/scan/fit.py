"""Fit the head from scans to the landmarks of photographs: pose, identity and expression of many faces at once.

Alternating least squares: weak perspective from the present face, then identity and expression by coordinate descent
within bounds. Identities have a normal prior; expressions are 0 or more, with a normal prior about 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien_models.head.scan.data import F32
from mien_models.head.scan.head import F64, IDENTITIES, ScanHead, places
from mien_models.spaces import mesh478

_ROUNDS, _SWEEPS = 8, 30
_CHUNK = 220  # faces at once
_ERROR_CM = 0.12  # of a landmark, standard deviation
_TOGETHER = 6.0  # landmarks whose errors go together count as one
_OUTLINE = 0.3  # weight of the face's outline, which slides over the cheeks as the head turns
_MOVES = 0.35  # standard deviation of expressions
_MOST = 2.5  # of identities
# Expressions that landmarks of one picture do not tell apart from pose or identity.
_UNKNOWN = ("Pupil", "eyeLook", "jawForward", "mouthClose")


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """N fitted faces.

    identity (N, K); expression (N, E); rotation (N, 3, 3) head to camera, rows right, up, towards the camera;
    scale (N,) [px/cm]; shift (N, 2) [px], y up; residual (N, 468, 2) [px], y up: landmarks less those of the fit.
    """

    identity: F64
    expression: F64
    rotation: F64
    scale: F64
    shift: F64
    residual: F64

    @property
    def error_cm(self) -> F64:
        """(N,) root mean square distance of the landmarks."""
        return np.asarray(np.sqrt((self.residual**2).sum(2).mean(1)) / self.scale)


def fit(head: ScanHead, landmarks: NDArray[np.floating]) -> Fits:
    """Fit N faces to their landmarks (N, 468 or more, 2 or more) px, y down."""
    basis = _Basis.of(head)
    points = np.asarray(landmarks, np.float64)[:, : len(basis.weights), :2] * (1, -1)
    parts = [_fit(basis, points[i : i + _CHUNK]) for i in range(0, len(points), _CHUNK)]
    solved, *others = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    expression = np.zeros((len(points), len(head.data.names)))
    expression[:, basis.moves] = solved[:, basis.people :]
    return Fits(solved[:, : basis.people], expression, *others)


@dataclass(frozen=True, slots=True, eq=False)
class _Basis:
    """Landmarks (L, 3) of the mean face, differences (K, L, 3), weights (L,), prior precisions and bounds (K,)."""

    mean: F64
    differences: F64
    weights: F64
    precision: F64
    low: F64
    high: F64
    moves: NDArray[np.intp]
    people: int

    @classmethod
    def of(cls, head: ScanHead) -> _Basis:
        at, data = places(), head.data
        moves = np.array([i for i, name in enumerate(data.names) if not name.startswith(_UNKNOWN)])
        people = min(IDENTITIES, len(data.identities))
        mean = at.of(data.neutral)
        weights = np.ones(len(mean))
        weights[list(mesh478.OVAL)] = _OUTLINE
        return cls(
            mean,
            np.concatenate([at.of(data.identities[:people]), at.of(data.expressions[moves])]),
            weights,
            np.r_[np.ones(people), np.full(len(moves), 1 / _MOVES**2)],
            np.r_[np.full(people, -_MOST), np.zeros(len(moves))],
            np.r_[np.full(people, _MOST), np.ones(len(moves))],
            moves,
            people,
        )


def _fit(basis: _Basis, points: F64) -> tuple[F64, F64, F64, F64, F64]:
    """Solution (N, K), rotation, scale, shift and residual of points (N, L, 2)."""
    count, size = len(points), len(basis.differences)
    solved = np.zeros((count, size))
    total, each = basis.weights.sum(), np.repeat(basis.weights, 2) / (_ERROR_CM**2 * _TOGETHER)
    for last in range(_ROUNDS + 1):
        face = basis.mean + np.tensordot(solved, basis.differences, 1)
        rotation, scale = _pose(face, points, basis.weights)
        flat = rotation[:, :2]
        seen = scale[:, None, None] * face @ flat.transpose(0, 2, 1)
        shift = ((points - seen) * basis.weights[:, None]).sum(1) / total
        if last == _ROUNDS:
            return solved, rotation, scale, shift, points - seen - shift[:, None]
        moved = np.einsum("klx,ncx->nklc", basis.differences, flat).reshape(count, size, -1)
        away = (points - shift[:, None]) / scale[:, None, None] - basis.mean @ flat.transpose(0, 2, 1)
        weighted = moved * each
        square = weighted @ moved.transpose(0, 2, 1)
        square[:, np.arange(size), np.arange(size)] += basis.precision
        _descend(square, (weighted @ away.reshape(count, -1, 1))[..., 0], solved, basis)
    raise AssertionError


def _descend(square: F64, wanted: F64, solved: F64, basis: _Basis) -> None:
    """Minimise x·square·x/2 - wanted·x within the bounds, for all faces, in place."""
    for _ in range(_SWEEPS):
        for i in range(solved.shape[1]):
            row = square[:, i]
            step = (wanted[:, i] - np.einsum("nk,nk->n", row, solved)) / row[:, i]
            solved[:, i] = np.clip(solved[:, i] + step, basis.low[i], basis.high[i])


def _pose(face: F64, points: F64, weights: F64) -> tuple[F64, F64]:
    """Rotation (N, 3, 3) and scale (N,) of weak perspective that map faces (N, L, 3) to points (N, L, 2)."""
    root = np.sqrt(weights)[:, None]
    system = np.concatenate([face, np.ones((*face.shape[:2], 1))], 2) * root
    affine = np.linalg.pinv(system) @ (points * root)
    left, sizes, right = np.linalg.svd(affine[:, :3].transpose(0, 2, 1), full_matrices=False)
    rows = left @ right
    rotation = np.concatenate([rows, np.cross(rows[:, 0], rows[:, 1])[:, None]], 1)
    return rotation, sizes.mean(1)


def posed(head: ScanHead, fits: Fits, number: int) -> tuple[F32, F32]:
    """(V, 3) vertices of a fitted face in the camera's axes [cm], and their pixels (V, 2), y down."""
    person = head.person(fits.identity[number])
    face = head.animate(person, fits.expression[number].astype(np.float32))
    turned = (face @ fits.rotation[number].T).astype(np.float32)
    pixels = fits.scale[number] * turned[:, :2] + fits.shift[number]
    return turned, (pixels * (1, -1)).astype(np.float32)
