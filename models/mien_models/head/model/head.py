"""The parametric head: identity, expression, gaze and pose to vertices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.head.model import formula
from mien_models.head.model.data import MM, HeadData
from mien_models.head.model.formula import Basis
from mien_models.head.model.identity import Identity
from mien_models.head.model.load import load
from mien_models.registry import Registry
from mien_models.spaces.arkit import BLENDSHAPES, GAZE_RANGE, INDEX

F64 = NDArray[np.float64]

# How much farther a weight of 1 moves the skin of the most mobile people. The data come from one rig, whose
# movements are smaller than those that people can act. Keys are the beginnings of ARKit names. Shapes that
# bring lips or lids together are not listed, so that these still meet.
FARTHEST: Mapping[str, float] = {
    "browDown": 0.6, "browInnerUp": 0.8, "browOuterUp": 0.4, "cheekSquint": 0.5, "eyeSquint": 0.2, "eyeWide": 0.3,
    "mouthDimple": 0.2, "mouthFrown": 0.6, "mouthLowerDown": 0.6, "mouthSmile": 0.1, "mouthStretch": 0.5,
    "mouthUpperUp": 0.6, "noseSneer": 0.8,
}  # fmt: skip

# Muscles that knit the brows also lower them, unless the forehead lifts them at the same time: in grief the brows
# slant. The two shapes of the rig would only add up. A fully raised inner brow takes back this share of browDown.
_LIFTED = 0.6
# Skin farther than this from the middle moves with the brow of its own side only [m].
_BETWEEN_BROWS_M = 12 * MM


class Head:
    """The face model in numpy: linear, except for closing lids, turning eyes and slanting brows.

    Points are in face axes (x out of the face, y to its left, z up; metres; origin at the sellion),
    or, with a pose, in the camera optical frame. Arrays may have any leading batch dimensions,
    which broadcast.
    """

    def __init__(self, data: HeadData) -> None:
        self.data = data
        self._basis = basis(data)

    @classmethod
    def load(cls, registry: Registry | None = None) -> Head:
        """The head of this installation; its data is fetched on first use (ModelError)."""
        return cls(load(registry))

    def vertices(
        self,
        identity: Identity | ArrayLike,
        expression: Mapping[str, float] | ArrayLike | None = None,
        eyes: ArrayLike | None = None,
        pose: ArrayLike | None = None,
        torso: ArrayLike | None = None,
        inner_brows: ArrayLike | None = None,
        mobility: ArrayLike | None = None,
    ) -> F64:
        """(..., V, 3) points of a face: `neutral` and `animate` in one step."""
        return self.animate(self.neutral(identity), expression, eyes, pose, torso, inner_brows, mobility)

    def neutral(self, identity: Identity | ArrayLike) -> F64:
        """(..., V, 3) points of a face at rest, of an Identity or codes (..., D)."""
        code = identity.code if isinstance(identity, Identity) else np.asarray(identity, np.float64)
        return _f64(formula.neutral(np, self._basis, code))

    def animate(
        self,
        face: F64,
        expression: Mapping[str, float] | ArrayLike | None = None,
        eyes: ArrayLike | None = None,
        pose: ArrayLike | None = None,
        torso: ArrayLike | None = None,
        inner_brows: ArrayLike | None = None,
        mobility: ArrayLike | None = None,
    ) -> F64:
        """(..., V, 3) points of the face at rest `face` (from `neutral`) after it has moved.

        expression: weights in [0, 1] by ARKit name, or (..., 52) in the order of BLENDSHAPES. eyes:
        (..., 2, 2) yaw (to the person's left) and pitch (up) of the left and the right eye relative
        to the head [rad], within GAZE_RANGE. Without it the eyeLook weights turn the eyes; with it
        these weights are ignored. The lids follow in both cases. pose: (..., 4, 4), face axes to
        camera optical frame; torso: the same for the shoulders, which move with the head without
        it. inner_brows: (..., 2) how far the left and the right inner brow are raised, [0, 1];
        without it browInnerUp raises both; with it that weight is ignored. mobility: (...) how far
        the weights move the skin, from 0 (as in the data) to 1 (FARTHEST). Raises ValueError for
        unknown names and values out of range.
        """
        return _f64(
            formula.animate(
                np,
                self._basis,
                face,
                self.weights(expression),
                self._eyes(eyes),
                _matrix(pose),
                _matrix(torso),
                _brows(inner_brows),
                _mobility(mobility),
            )
        )

    def weights(self, expression: Mapping[str, float] | ArrayLike | None) -> F64:
        """Check weights given by name or as an array, and return them as (..., 52) in the order of BLENDSHAPES."""
        if expression is None:
            return np.zeros(len(BLENDSHAPES))
        if isinstance(expression, Mapping):
            weights = np.zeros(len(BLENDSHAPES))
            weights[self.index(list(expression))] = list(expression.values())
        else:
            weights = np.asarray(expression, np.float64)
            if weights.shape[-1:] != (len(BLENDSHAPES),):
                raise ValueError(f"weights are (..., {len(BLENDSHAPES)}), got {weights.shape}")
        wrong = ~((weights >= 0) & (weights <= 1))
        if wrong.any():
            where = int(np.argwhere(wrong)[0][-1])
            raise ValueError(f"{BLENDSHAPES[where]} is {weights[wrong][0]:g}, not within [0, 1]")
        return weights

    def index(self, names: Sequence[str]) -> NDArray[np.intp]:
        """Positions of ARKit names in BLENDSHAPES; ValueError names the unknown ones."""
        if unknown := [name for name in names if name not in INDEX]:
            raise ValueError(f"there is no expression {', '.join(unknown)}; there are {', '.join(BLENDSHAPES)}")
        return np.array([INDEX[name] for name in names], np.intp)

    def truth(self, expression: Mapping[str, float] | ArrayLike | None, eyes: ArrayLike | None) -> F64:
        """The weights (..., 52) that `animate` shows: with `eyes`, these set the eyeLook weights."""
        checked = self._eyes(eyes)
        weights = self.weights(expression)
        return weights if checked is None else _f64(formula.with_gaze(self._basis, weights, checked))

    def angles(self, expression: Mapping[str, float] | ArrayLike) -> F64:
        """(..., 2, 2) yaw and pitch of the left and the right eye [rad] of eyeLook weights."""
        return _f64(formula.angles(self._basis, self.weights(expression)))

    def _eyes(self, eyes: ArrayLike | None) -> F64 | None:
        if eyes is None:
            return None
        angles = np.asarray(eyes, np.float64)
        if angles.shape[-2:] != (2, 2):
            raise ValueError(f"eyes are (..., 2, 2), left and right × yaw and pitch, got {angles.shape}")
        signed = angles.reshape(*angles.shape[:-2], 4) @ self._basis.gaze_of_angles
        if not (signed <= 1 + 1e-9).all():
            limits = ", ".join(f"{name} {np.degrees(limit):.0f}°" for name, limit in GAZE_RANGE.items())
            raise ValueError(f"an eye turns too far; the limits are {limits}")
        return angles


def gaze_vectors(eyes: ArrayLike) -> F64:
    """(..., 2, 3) unit vectors of gaze in face axes, of eyes (..., 2, 2) [rad]."""
    angles = np.asarray(eyes, np.float64)
    return _f64(formula.eye_rotation(np, angles[..., 0], angles[..., 1])[..., 0])


def basis(data: HeadData) -> Basis:
    """The arrays of the formula, in numpy."""
    turning = [name for name in BLENDSHAPES if name.startswith("eyeLook")]
    gaze_of_angles = np.zeros((4, len(turning)))
    for i, name in enumerate(turning):
        direction, side = _direction(name)
        row, sign = {
            # yaw to the person's left: out for the left eye, in for the right one
            "Out": (0, 1 if side == 0 else -1),
            "In": (0, -1 if side == 0 else 1),
            "Up": (1, 1),
            "Down": (1, -1),
        }[direction]
        gaze_of_angles[2 * side + row, i] = sign / GAZE_RANGE[direction]
    expression_of_gaze = np.zeros((len(turning), len(BLENDSHAPES)))
    expression_of_gaze[np.arange(len(turning)), [INDEX[name] for name in turning]] = 1
    angles_of_gaze = np.divide(1, gaze_of_angles.T, where=gaze_of_angles.T != 0, out=np.zeros((len(turning), 4)))
    upper, lower = data.lids[:, 0], data.lids[:, 1]
    brows = INDEX["browInnerUp"]
    blinks = np.zeros((2, len(BLENDSHAPES)))
    lowered = np.array([[name == f"browDown{word}" for word in ("Left", "Right")] for name in BLENDSHAPES], float)
    for side, word in enumerate(("Left", "Right")):
        blink = INDEX[f"eyeBlink{word}"]
        moved = data.expression[blink, :, 2]
        blinks[side, blink] = 1 / (moved[lower[side]] - moved[upper[side]]).mean()
    return Basis(
        base=data.base.reshape(-1),
        ethnic=_flat(data.ethnic),
        universal=_flat(data.universal),
        local=_flat(data.local),
        expression=_flat(data.expression),
        follow=data.follow[:, None],
        eyes=data.eyes,
        gaze_of_angles=gaze_of_angles,
        angles_of_gaze=expression_of_gaze.T @ angles_of_gaze,
        expression_of_gaze=expression_of_gaze,
        no_gaze=1 - expression_of_gaze.sum(0),
        lids=(upper.ravel().tolist(), lower.ravel().tolist()),
        blinks=blinks,
        no_blinks=1.0 - (blinks != 0).any(0),
        inner_brows=_flat(data.expression[brows] * _sides(data.base)[:, :, None]),
        no_inner_brows=1.0 - np.eye(len(BLENDSHAPES))[brows],
        brows_raised=np.eye(len(BLENDSHAPES))[:, [brows, brows]],
        brows_lowered=lowered,
        brows_lifted=_flat(-_LIFTED * np.tensordot(lowered.T, data.expression, 1) * (0, 0, 1)),
        more=np.array([next((v for k, v in FARTHEST.items() if name.startswith(k)), 0.0) for name in BLENDSHAPES]),
    )


def _sides(points: F64) -> F64:
    """(2, V) shares of the left and of the right brow in each vertex (V, 3); they sum to 1."""
    left = np.clip(0.5 + points[:, 1] / (2 * _BETWEEN_BROWS_M), 0, 1)
    left = left**2 * (3 - 2 * left)
    return np.stack([left, 1 - left])


def _direction(name: str) -> tuple[str, int]:
    """Direction and side (0 left, 1 right) of an eyeLook name."""
    for side, word in enumerate(("Left", "Right")):
        if name.endswith(word):
            return name.removeprefix("eyeLook").removesuffix(word), side
    raise ValueError(f"{name} has no side")


def _flat(displacements: F64) -> F64:
    return displacements.reshape(len(displacements), -1)


def _brows(weights: ArrayLike | None) -> F64 | None:
    if weights is None:
        return None
    brows = np.asarray(weights, np.float64)
    if brows.shape[-1:] != (2,):
        raise ValueError(f"inner brows are (..., 2), left and right, got {brows.shape}")
    if not ((brows >= 0) & (brows <= 1)).all():
        raise ValueError("inner brows are raised by shares within [0, 1]")
    return brows


def _mobility(value: ArrayLike | None) -> F64 | None:
    if value is None:
        return None
    mobility = np.asarray(value, np.float64)
    if not ((mobility >= 0) & (mobility <= 1)).all():
        raise ValueError("mobility is within [0, 1]")
    return mobility


def _matrix(pose: ArrayLike | None) -> F64 | None:
    if pose is None:
        return None
    matrix = np.asarray(pose, np.float64)
    if matrix.shape[-2:] != (4, 4):
        raise ValueError(f"poses are (..., 4, 4), got {matrix.shape}")
    return matrix


def _f64(array: Any) -> F64:
    return np.asarray(array, np.float64)
