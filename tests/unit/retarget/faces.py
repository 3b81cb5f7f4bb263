"""Rigs as the rigs stage would publish them, and a stage that hears them in time."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from mien.core.types import F64, Header, Rig, Rigs, RigState
from mien.retarget.config import RetargetConfig
from mien.retarget.profile import Profile, load
from mien.retarget.stage import Stage
from mien_models.spaces import arkit

S = 1_000_000_000
FRAME = S // 30


def turn(yaw: float = 0.0, up: float = 0.0, roll: float = 0.0) -> F64:
    """Quaternion of a head that turns to its left, then looks up, then tilts to its right [rad]."""
    half = [(math.cos(a / 2), math.sin(a / 2)) for a in (yaw, -up, roll)]
    z, y, x = (complex(c, s) for c, s in half)
    q = np.array([0, 0, z.imag, z.real])
    for axis, part in ((1, y), (0, x)):
        other = np.zeros(4)
        other[axis], other[3] = part.imag, part.real
        q = hamilton(q, other)
    return q


def hamilton(a: F64, b: F64) -> F64:
    """Product of two quaternions x, y, z, w."""
    va, vb = a[:3], b[:3]
    return np.append(a[3] * vb + b[3] * va + np.cross(va, vb), a[3] * b[3] - va @ vb)


def rig(track_id: int = 1, *, state: RigState = RigState.TRACKED, head: F64 | None = None,
        gaze: Any = ((0.0, 0.0), (0.0, 0.0)), **weights: float) -> Rig:  # fmt: skip
    w = np.zeros(len(arkit.BLENDSHAPES), np.float32)
    for name, value in weights.items():
        w[arkit.INDEX[name]] = value
    return Rig(
        track_id=track_id, state=state, schema="arkit52", weights=w, head=turn() if head is None else head,
        gaze=np.array(gaze, np.float32), confidence=np.full(7, 0.8, np.float32), source=np.zeros(7, np.uint8),
    )  # fmt: skip


class Show:
    """A stage that is shown faces, 30 times a second."""

    def __init__(self, profile: Profile | str, **config: Any) -> None:
        self.profile = load(profile) if isinstance(profile, str) else profile
        self.stage = Stage(RetargetConfig(**config), self.profile)
        self.now_ns = 0

    def __call__(self, *rigs: Rig, after_ns: int = FRAME) -> Rigs:
        self.now_ns += after_ns
        return self.stage.step(Rigs(Header(self.now_ns, "camera"), rigs))

    def hold(self, *rigs: Rig, s: float = 2.0) -> Rigs:
        """The same for a while, until all has come to rest."""
        for _ in range(round(s * 30)):
            out = self(*rigs)
        return out

    def of(self, rigs: Rigs) -> dict[str, float]:
        """The only rig by name."""
        (one,) = rigs.rigs
        return dict(zip(self.profile.names, one.weights.tolist(), strict=True))
