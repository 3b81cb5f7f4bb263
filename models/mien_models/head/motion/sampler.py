"""Random expressions that people could show, with their truth.

Half of them are one to five random action units, and a sixth of those are grimaces: networks learn
units that emotions and speech hardly show from these alone. A third are prototypes of emotions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien_models.head.model.action_units import TOP
from mien_models.head.motion.channels import CHANNELS, indices, settle, together
from mien_models.head.motion.draw import Kind, draw, idle
from mien_models.head.motion.truth import eyes, truth

F64 = NDArray[np.float64]
Rng = np.random.Generator

MIX: Mapping[Kind, float] = {Kind.NEUTRAL: 0.08, Kind.EMOTION: 0.30, Kind.UNITS: 0.50, Kind.SPEECH: 0.12}

_INTO_CAMERA = 0.55  # share of gazes into the camera
_NEAR_DEG, _WIDE_DEG = (2.5, 2.5), (15.0, 10.0)  # yaw and pitch of those and the others, standard deviation
_DISTANCE_M = (0.3, 4.0)  # distance of the gaze target
_LIDS_MOVING, _LIDS_SHUT = 0.05, 0.03  # shares of samples taken during a blink


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """N expressions. Left and right are the person's own; the names are `facs.AUS` and
    `arkit.BLENDSHAPES`.

    kinds (N,): Kind. names: "happiness", "units", "aa" … per sample. units (N, A): FACS intensity
    [0, 5]. shapes (N, 52): ARKit weights [0, 1] with those of gaze. gaze (N, 2, 2): of the left
    and the right eye, yaw (to the person's left) and pitch (up) in the head [rad].
    """

    kinds: NDArray[np.uint8]
    names: tuple[str, ...]
    units: F64
    shapes: F64
    gaze: F64

    def __len__(self) -> int:
        return len(self.names)


class Sampler:
    """An endless list of expressions: sample i depends on seed, mix and i alone.

    Raises ValueError for a mix without weight and for negative indices.
    """

    def __init__(self, seed: int, mix: Mapping[Kind, float] = MIX) -> None:
        shares = np.array([mix.get(kind, 0.0) for kind in Kind])
        if not (shares >= 0).all() or not 0 < shares.sum() < np.inf:
            raise ValueError(f"mix needs weights of 0 or more and one above, got {dict(mix)}")
        self._seed = seed
        self._shares = shares / shares.sum()

    def take(self, first: int, count: int) -> Samples:
        """Samples `first` … `first` + `count` - 1."""
        if first < 0 or count < 0:
            raise ValueError(f"samples are counted from 0, got first {first}, count {count}")
        kinds, names = np.zeros(count, np.uint8), []
        channels, points = np.zeros((count, len(CHANNELS))), np.zeros((count, 3))
        for i in range(count):
            rng = np.random.default_rng([self._seed, first + i])
            kind = Kind(int(rng.choice(len(Kind), p=self._shares)))
            name, drawn = draw(rng, kind)
            channels[i] = together(together(drawn, idle(rng)), _blink(rng))
            points[i] = _gaze(rng)
            kinds[i] = kind
            names.append(name)
        gaze = eyes(points[:, :2], points[:, 2])
        return Samples(kinds, tuple(names), *truth(settle(channels), gaze), gaze)


def _blink(rng: Rng) -> F64:
    """(C,) lids of a sample taken during a blink: moving or shut; mostly none."""
    channels = np.zeros(len(CHANNELS))
    chance = rng.random()
    if chance < _LIDS_SHUT:
        channels[indices(43)] = TOP
    elif chance < _LIDS_SHUT + _LIDS_MOVING:
        channels[indices(43)] = rng.uniform(0, TOP)
    return channels


def _gaze(rng: Rng) -> F64:
    """(3,) yaw and pitch [rad] and nearness [1/m] of the gaze target: the camera, or any other place."""
    spread = _NEAR_DEG if rng.random() < _INTO_CAMERA else _WIDE_DEG
    distance_m = np.exp(rng.uniform(*np.log(_DISTANCE_M)))
    return np.append(np.radians(rng.normal(0, spread)), 1 / distance_m)
