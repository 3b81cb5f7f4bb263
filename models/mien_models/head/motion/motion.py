"""A moving face: expressions, speech, blinks, gaze and head pose as functions of time.

The seed and the requested time determine everything, in any order of requests: events are drawn
piece by piece from the seed (`Timeline`) and evaluated in closed form. Faces start at rest at 0 s.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.head.model.action_units import TOP
from mien_models.head.model.formula import eye_rotation
from mien_models.head.motion import events
from mien_models.head.motion.channels import CHANNELS, EXTRAS, Name, indices, settle, together
from mien_models.head.motion.config import MotionConfig
from mien_models.head.motion.timeline import Timeline, ballistic, smooth, smoother
from mien_models.head.motion.truth import eyes, truth

F64 = NDArray[np.float64]

# A talking mouth keeps this share of an expression's units: it may smile, but not pout.
_KEPT_IN_SPEECH: dict[Name, float] = {
    10: 0.4, 12: 0.7, 15: 0.5, **dict.fromkeys((14, 16, 17, 18, 20, 22, 23, 24, 25, 26, 27, 28, *EXTRAS), 0.0),
}  # fmt: skip
_ROUNDED = (18, 22)  # units of speech that a smile suppresses
_SMILING = 2.5  # intensity of AU12 from which the lips no longer round


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """A face at times (...). Left and right are the person's own; the names are `facs.AUS` and
    `arkit.BLENDSHAPES`.

    units (..., A): FACS intensity [0, 5]. shapes (..., 52): ARKit weights [0, 1] with those of
    gaze. gaze (..., 2, 2): of the left and the right eye, yaw (to the person's left) and pitch
    (up) in the head [rad]. head (..., 6): yaw, pitch, roll (to its right) [rad], as in
    `head_pose`, and x, y, z [m] in face axes, relative to its resting place. speaking (...): [0, 1].
    """

    units: F64
    shapes: F64
    gaze: F64
    head: F64
    speaking: F64


class Motion:
    """The movements of one person in front of a camera."""

    def __init__(self, seed: int, config: MotionConfig | None = None) -> None:
        config = config or MotionConfig()
        self._expressions = Timeline((seed, 1), *events.expressions(config))
        self._speech = Timeline((seed, 2), *events.speech(config))
        self._blinks = Timeline((seed, 3), *events.blinks(config))
        self._postures = Timeline((seed, 4), *events.postures(config))
        self._gaze = Timeline((seed, 5), *events.gaze(config, self._postures))
        self._idle = events.idle(np.random.default_rng([seed, 6]), config)
        self._tremor = events.tremor(np.random.default_rng([seed, 9]))
        self._sway = events.sway(np.random.default_rng([seed, 7]), config)
        self._nods = events.nods(np.random.default_rng([seed, 8]), config)

    def at(self, t_s: ArrayLike) -> Frames:
        """The face at times of any shape [s]. Raises ValueError for times before 0 or not finite."""
        t = np.asarray(t_s, np.float64)
        flat = t.reshape(-1)
        if not (np.isfinite(flat) & (flat >= 0)).all():
            raise ValueError("a motion is defined at finite times from 0 s on")
        mouth, speaking = self._speech_at(flat)
        face = together(self._idle.at(flat), self._expressions_at(flat))
        channels = settle(together(speak(face, mouth, speaking), self._blinks_at(flat)))
        head = self._head_at(flat, speaking)
        gaze = self._gaze_at(flat, head)
        units, shapes = truth(channels, gaze)
        parts = (units, shapes, gaze, head, speaking)
        return Frames(*(part.reshape(t.shape + part.shape[1:]) for part in parts))

    def _expressions_at(self, t: F64) -> F64:
        channels = np.zeros((len(t), len(CHANNELS)))
        for back in range(events.AT_ONCE):
            rows = self._expressions.at(t, back)
            since = (t - rows["onset"])[:, None] - rows["lag"]
            rise, top, fall = (rows[name][:, None] for name in ("rise", "hold", "fall"))
            sagged = 1 - rows["sag"][:, None] * smooth((since - rise) / top)
            shown = smoother(since / rise) * sagged * (1 - smoother((since - rise - top) / fall))
            channels = together(channels, rows["levels"] * shown)
        return channels * self._tremor.at(t)

    def _speech_at(self, t: F64) -> tuple[F64, F64]:
        now, before = self._speech.at(t), self._speech.at(t, 1)
        step = smooth((t - now["onset"]) / now["move"])
        mouth = before["mouth"] + (now["mouth"] - before["mouth"]) * step[:, None]
        return mouth, before["active"] + (now["active"] - before["active"]) * step

    def _blinks_at(self, t: F64) -> F64:
        rows = self._blinks.at(t)
        since = (t - rows["onset"])[:, None] - rows["lag"]
        closing, shut, opening = (rows[name][:, None] for name in ("closing", "shut", "opening"))
        # Lids open fast at first and slowly at the end.
        opened = np.clip((since - closing - shut) / opening, 0, 1) ** 0.7
        channels = np.zeros((len(t), len(CHANNELS)))
        channels[:, indices(43)] = TOP * rows["depth"] * smooth(since / closing) * (1 - smooth(opened))
        return channels

    def _head_at(self, t: F64, speaking: F64) -> F64:
        now, before = self._postures.at(t), self._postures.at(t, 1)
        step = smoother((t - now["onset"]) / now["move"])[:, None]
        posture = before["place"] + (now["place"] - before["place"]) * step
        return np.asarray(posture + self._sway.at(t) + speaking[:, None] * self._nods.at(t))

    def _gaze_at(self, t: F64, head: F64) -> F64:
        """Gaze that stays on its target while the head turns (vestibulo-ocular reflex)."""
        now, before = self._gaze.at(t), self._gaze.at(t, 1)
        step = ballistic((t - now["onset"]) / now["move"])[:, None]
        aim = before["aim"] + (now["aim"] - before["aim"]) * step
        nearness = aim[:, 2]
        ahead = eye_rotation(np, aim[:, 0], aim[:, 1])[..., 0] - head[:, 3:] * nearness[:, None]
        level = np.einsum("nji,nj->ni", eye_rotation(np, head[:, 0], head[:, 1]), ahead)
        c, s = np.cos(head[:, 2]), np.sin(head[:, 2])
        x, y, z = level[:, 0], c * level[:, 1] + s * level[:, 2], c * level[:, 2] - s * level[:, 1]
        return eyes(np.stack([np.arctan2(y, x), np.arctan2(z, np.hypot(x, y))], -1), nearness)


def speak(face: F64, mouth: F64, speaking: F64) -> F64:
    """(N, C) channels of expression and speech combined."""
    smile = face[:, indices(12)].mean(axis=1)
    mouth = mouth.copy()
    mouth[:, _ROUNDED_CHANNELS] *= 1 - smooth(smile / _SMILING)[:, None]
    return together(face * (1 - speaking[:, None] * (1 - _KEPT)), mouth)


_KEPT = np.ones(len(CHANNELS))
for _name, _share in _KEPT_IN_SPEECH.items():
    _KEPT[indices(_name)] = _share
_ROUNDED_CHANNELS = [i for code in _ROUNDED for i in indices(code)]
