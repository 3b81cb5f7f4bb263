"""The parameters of a fit: those of a person, and those of each picture of that person.

A person has a mobility and an identity code; a picture has a pose, two eyes and an expression. Poses are those
of a levelled crop (`mien_models.alignment`), whose side is the unit of length in the picture.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from mien_models.head.model.identity import Identity
from mien_models.head.model.pose import FRONTAL
from mien_models.head.model.table import code_names
from mien_models.spaces.arkit import BLENDSHAPES, GAZE_RANGE, INDEX

F64 = NDArray[np.float64]

# A picture: turn (3): rotation vector [rad] in the crop's axes (x right, y down, z away), after the head looked
# straight ahead. place (2): where the sellion is. size: log of the crop's sides per metre at the sellion.
# distance: log of the metres to it.
TURN, PLACE, SIZE, DISTANCE, POSE = slice(0, 3), slice(3, 5), 5, 6, slice(0, 7)
EYES = slice(7, 11)  # yaw and pitch of the left and of the right eye [rad]
MOVING = tuple(name for name in BLENDSHAPES if not name.startswith("eyeLook") and name != "browInnerUp")
BROWS = ("innerBrowLeft", "innerBrowRight")  # the sides of browInnerUp
EXPRESSION = slice(11, 11 + len(MOVING) + len(BROWS))
PICTURE = EXPRESSION.stop
# A person.
MOBILITY, CODE = 0, slice(1, 1 + len(code_names()))
PERSON = CODE.stop
NAMES = (
    "mobility", *code_names(), "turn_x", "turn_y", "turn_z", "place_x", "place_y", "size", "distance",
    "yaw_left", "pitch_left", "yaw_right", "pitch_right", *MOVING, *BROWS,
)  # fmt: skip

_SHARES = slice(CODE.start + 2, CODE.start + 5)  # of ethnicities, which sum to 1
_PEOPLE = 4000
_MOVING = np.array([INDEX[name] for name in MOVING])
_INNER = INDEX["browInnerUp"]
# Means and standard deviations where nothing is known of a picture. Expressions are mostly weak.
_PLACE, _SIZE, _DISTANCE = (0.5, 0.32), float(np.log(0.32 / 0.063)), float(np.log(0.9))
_POSE_SD = (0.4, 0.5, 0.1, 0.06, 0.06, 0.15, 0.4)
_EYES_SD, _EXPRESSION_MEAN, _EXPRESSION_SD = 0.2, 0.1, 0.25
_MOBILITY = (0.4, 0.24)  # of the actor's people


def bounds() -> tuple[F64, F64]:
    """Least and greatest values of the parameters of a person, then of a picture (PERSON + PICTURE,)."""
    low, high = np.full(PERSON + PICTURE, -np.inf), np.full(PERSON + PICTURE, np.inf)
    low[MOBILITY], high[MOBILITY] = 0, 1
    low[CODE], high[CODE] = -1, 1
    low[CODE.start + 1 : CODE.start + 5] = 0
    picture_low, picture_high = low[PERSON:], high[PERSON:]
    picture_low[EXPRESSION], picture_high[EXPRESSION] = 0, 1
    aside = min(GAZE_RANGE["In"], GAZE_RANGE["Out"])
    picture_low[EYES] = -aside, -GAZE_RANGE["Down"], -aside, -GAZE_RANGE["Down"]
    picture_high[EYES] = aside, GAZE_RANGE["Up"], aside, GAZE_RANGE["Up"]
    return low, high


def people() -> tuple[F64, F64]:
    """Mean and standard deviation (PERSON,) of the actor's people."""
    mean, sd = _people()
    return mean.copy(), sd.copy()


@cache
def _people() -> tuple[F64, F64]:
    rng = np.random.default_rng(0)
    codes = np.stack([Identity.sample(rng).code for _ in range(_PEOPLE)])
    mean, sd = np.append(_MOBILITY[0], codes.mean(0)), np.append(_MOBILITY[1], codes.std(0))
    return mean, sd


def unknown_picture() -> tuple[F64, F64]:
    """Mean and standard deviation (PICTURE,) of a picture of which nothing is known."""
    mean, sd = np.zeros(PICTURE), np.ones(PICTURE)
    mean[PLACE], mean[SIZE], mean[DISTANCE] = _PLACE, _SIZE, _DISTANCE
    sd[POSE], sd[EYES] = _POSE_SD, _EYES_SD
    mean[EXPRESSION], sd[EXPRESSION] = _EXPRESSION_MEAN, _EXPRESSION_SD
    return mean, sd


def plausible(person: F64) -> F64:
    """A person's parameters (..., PERSON) within their bounds; shares of ethnicities sum to 1."""
    low, high = (edge[:PERSON] for edge in bounds())
    kept = np.clip(person, low, high)
    shares = kept[..., _SHARES] + 1e-9
    kept[..., _SHARES] = shares / shares.sum(-1, keepdims=True)
    return np.asarray(kept)


def identity(person: F64) -> Identity:
    """The identity of a person's parameters (PERSON,)."""
    return Identity(plausible(person)[CODE])


def shapes(picture: F64) -> F64:
    """ARKit weights (..., 52) of pictures (..., PICTURE), without those of gaze."""
    weights = np.zeros((*picture.shape[:-1], len(BLENDSHAPES)))
    expression = np.clip(picture[..., EXPRESSION], 0, 1)
    weights[..., _MOVING] = expression[..., : len(MOVING)]
    weights[..., _INNER] = expression[..., len(MOVING) :].mean(-1)
    return weights


def inner_brows(picture: F64) -> F64:
    """How far (..., 2) the left and the right inner brow are raised."""
    return np.asarray(np.clip(picture[..., EXPRESSION][..., len(MOVING) :], 0, 1))


def expression_of(weights: F64, brows: F64) -> F64:
    """The expression (..., 45) of ARKit weights (..., 52) and of inner brows (..., 2)."""
    return np.concatenate([weights[..., _MOVING], brows], -1)


def rotation(turn: F64) -> F64:
    """3×3, face axes to the crop's axes, of a rotation vector."""
    angle = float(np.linalg.norm(turn))
    if angle < 1e-9:
        return np.array(FRONTAL)
    x, y, z = turn / angle
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.asarray((np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross) @ FRONTAL)


def turn_of(matrix: F64) -> F64:
    """The rotation vector of a 3×3 matrix from face axes to the crop's axes; see `rotation`."""
    turned = matrix @ FRONTAL.T
    angle = float(np.arccos(np.clip((np.trace(turned) - 1) / 2, -1, 1)))
    axis = np.array([turned[2, 1] - turned[1, 2], turned[0, 2] - turned[2, 0], turned[1, 0] - turned[0, 1]])
    return np.asarray(axis / 2 if angle < 1e-6 else axis * angle / (2 * np.sin(angle)))
