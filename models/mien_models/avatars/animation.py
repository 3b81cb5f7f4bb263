"""The movement of a face as an animation of an avatar in glTF: morph targets, head and eyes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien_models.avatars.avatar import Avatar
from mien_models.avatars.gltf import Item
from mien_models.spaces.arkit import BLENDSHAPES

F64 = NDArray[np.float64]
# Face axes (x out of the face, y to its left, z up) in those of glTF (x to its left, y up, z out of the face).
_AXES = (1, 2, 0, 3)


@dataclass(frozen=True, slots=True, eq=False)
class Movement:
    """Keyframes of one face, with straight lines between them.

    times_s: (N,) from 0, increasing. weights: (N, 52) in ARKit's order, 0 to 1. head: (N, 4) quaternions x, y, z, w in
    face axes, from the neutral head. gaze: (N, 2, 2), left and right eye × yaw (to its left) and pitch (up) [rad].
    """

    times_s: F64
    weights: F64
    head: F64
    gaze: F64

    def __post_init__(self) -> None:
        n = len(self.times_s)
        shapes = {"weights": (n, len(BLENDSHAPES)), "head": (n, 4), "gaze": (n, 2, 2)}
        for name, shape in shapes.items():
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} is {getattr(self, name).shape}; {n} times need {shape}")
        if not n or self.times_s[0] < 0 or (np.diff(self.times_s.astype(np.float32)) <= 0).any():
            raise ValueError("times must begin at 0 or later, and increase")
        if not all(np.isfinite(getattr(self, name)).all() for name in ("times_s", *shapes)):
            raise ValueError("a movement has no gaps: every number must be finite")


def animate(avatar: Avatar, movement: Movement, name: str) -> None:
    """Add the movement to an avatar that `assemble` made, as an animation of this name."""
    glb = avatar.glb
    times = glb.keyframes(movement.times_s, bounds=True)
    left, right = (_eye(movement.gaze[:, side]) for side in (0, 1))
    moved: tuple[tuple[int, str, NDArray[np.float64]], ...] = (
        (avatar.face, "weights", movement.weights.reshape(-1)),
        (avatar.nodes["head"], "rotation", _continuous(movement.head[:, _AXES])),
        (avatar.nodes["leftEye"], "rotation", left),
        (avatar.nodes["rightEye"], "rotation", right),
    )
    samplers: list[Item] = []
    channels: list[Item] = []
    for node, path, values in moved:
        channels.append({"sampler": len(samplers), "target": {"node": node, "path": path}})
        samplers.append({"input": times, "output": glb.keyframes(values), "interpolation": "LINEAR"})
    glb.add("animations", {"name": name, "samplers": samplers, "channels": channels})


def _eye(gaze: F64) -> F64:
    """(N, 4) rotations: first to its left about y, then up, which is negative about the turned x."""
    yaw, pitch = gaze[:, 0] / 2, -gaze[:, 1] / 2
    sy, cy, sp, cp = np.sin(yaw), np.cos(yaw), np.sin(pitch), np.cos(pitch)
    return np.stack([cy * sp, sy * cp, -sy * sp, cy * cp], axis=1)


def _continuous(q: F64) -> F64:
    """(N, 4) unit quaternions whose signs do not jump, so that the way between two is the short one."""
    q = q / np.linalg.norm(q, axis=1, keepdims=True)
    flips = np.cumprod(np.where(np.sum(q[1:] * q[:-1], axis=1) < 0, -1.0, 1.0))
    return np.asarray(q * np.concatenate([[1.0], flips])[:, None])
