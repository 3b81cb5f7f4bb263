"""Convert channels and gaze to the ground truth of a sample: action units, ARKit weights, angles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mien_models.head.model.action_units import TOP, weights_of
from mien_models.head.motion.channels import EXTRAS, SHARES
from mien_models.spaces.arkit import BLENDSHAPES, GAZE_RANGE
from mien_models.spaces.facs import AUS

F64 = NDArray[np.float64]

# Half of the distance between the pupils of an adult (Dodgson, "Variation and extrema of human
# interpupillary distance", 2004).
_HALF_PUPIL_DISTANCE_M = 0.0315
_KNEE = 0.85  # an eye follows exactly up to this share of its range, then less and less

_SHAPE = {name: i for i, name in enumerate(BLENDSHAPES)}
# Yaw and pitch of the left, then of the right eye; the eyeLook shapes of their positive and negative side.
_EYE_LOOKS = (
    ("Out", "In", "Left"), ("Up", "Down", "Left"), ("In", "Out", "Right"), ("Up", "Down", "Right"),
)  # fmt: skip


def truth(channels: F64, gaze: F64) -> tuple[F64, F64]:
    """Action units (..., A) and ARKit weights (..., 52) of settled channels (..., C) and gaze (..., 2, 2)."""
    units = channels[..., : len(AUS)]
    shapes = weights_of(units)
    extras = channels[..., len(AUS) :] / TOP
    for i, name in enumerate(EXTRAS):
        own = shapes[..., _SHAPE[name]]
        most = shapes[..., _SHAPE[SHARES[name]]] if name in SHARES else 1.0
        shapes[..., _SHAPE[name]] = own + (most - own) * extras[..., i]
    flat = gaze.reshape(*gaze.shape[:-2], 4)
    for i, (positive, negative, side) in enumerate(_EYE_LOOKS):
        for sign, direction in ((1, positive), (-1, negative)):
            weight = np.maximum(sign * flat[..., i], 0) / GAZE_RANGE[direction]
            shapes[..., _SHAPE[f"eyeLook{direction}{side}"]] = weight
    return units, np.clip(shapes, 0, 1)


def eyes(direction: F64, nearness: F64) -> F64:
    """(..., 2, 2) yaw and pitch of the left and the right eye [rad] that look at one point.

    direction: (..., 2) yaw and pitch from between the eyes; nearness: (...,) 1 / distance [1/m].
    Near the end of its range an eye smoothly stops following.
    """
    inwards = np.arctan(_HALF_PUPIL_DISTANCE_M * nearness)
    yaw = direction[..., :1] + inwards[..., None] * (-1, 1)
    sideways = min(GAZE_RANGE["In"], GAZE_RANGE["Out"])
    pitch = direction[..., 1:] * (1, 1)
    reach = np.where(pitch > 0, GAZE_RANGE["Up"], GAZE_RANGE["Down"])
    return np.stack([_within(yaw, sideways), _within(pitch, reach)], axis=-1)


def _within(angle: F64, reach: F64 | float) -> F64:
    """The angle, limited smoothly to ±reach."""
    share = np.abs(angle) / reach
    beyond = _KNEE + (1 - _KNEE) * np.tanh((share - _KNEE) / (1 - _KNEE))
    return np.asarray(np.sign(angle) * reach * np.where(share <= _KNEE, share, beyond))
