"""Rigs for bridges to show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mien.bridges.base import Shown
from mien.core.types import F64, Header, Rig, Rigs, RigState
from mien_models.spaces import arkit

S = 1_000_000_000
N = len(arkit.BLENDSHAPES)


def turn(yaw_deg: float = 0.0, pitch_deg: float = 0.0, roll_deg: float = 0.0) -> F64:
    """Quaternion of a head turned to its left, then up, then tilted to its left shoulder; face axes.

    Written as a product of three axis quaternions, so that it shares nothing with the code under test.
    """

    def axis(x: float, y: float, z: float, deg: float) -> tuple[float, float, float, float]:
        h = np.radians(deg) / 2
        return x * np.sin(h), y * np.sin(h), z * np.sin(h), np.cos(h)

    def times(a: tuple[float, ...], b: tuple[float, ...]) -> tuple[float, float, float, float]:
        ax, ay, az, aw = a
        bx, by, bz, bw = b
        return (
            aw * bx + ax * bw + ay * bz - az * by,
            aw * by - ax * bz + ay * bw + az * bx,
            aw * bz + ax * by - ay * bx + az * bw,
            aw * bw - ax * bx - ay * by - az * bz,
        )

    # x out of the face, y to its left, z up: up is about -y, the left shoulder is about -x.
    return np.array(times(times(axis(0, 0, 1, yaw_deg), axis(0, -1, 0, pitch_deg)), axis(-1, 0, 0, roll_deg)))


def rig(track_id: int = 1, state: RigState = RigState.TRACKED, head: F64 | None = None, **weights: float) -> Rig:
    w = np.zeros(N, np.float32)
    for name, value in weights.items():
        w[arkit.INDEX[name]] = value
    return Rig(
        track_id=track_id,
        state=state,
        schema=arkit.SCHEMA,
        weights=w,
        head=turn() if head is None else head,
        gaze=np.zeros((2, 2), np.float32),
        confidence=np.ones(7, np.float32),
        source=np.zeros(7, np.uint8),
    )


def shown(present: bool = True, position: F64 | None = None, stamp_ns: int = S, **kwargs: object) -> Shown:
    return Shown(stamp_ns, rig(**kwargs), present, position)  # type: ignore[arg-type]


def rigs(*these: Rig, stamp_ns: int = S) -> Rigs:
    return Rigs(Header(stamp_ns, "camera"), these)


def random_people(count: int, seed: int = 0) -> list[Shown]:
    """Faces of random weights, heads and gazes, a thirtieth of a second apart."""
    random = np.random.default_rng(seed)
    out = []
    for i in range(count):
        r = rig(head=turn(*random.uniform(-40, 40, 3)))
        weights = random.uniform(0, 1, N).astype(np.float32)
        gaze = random.uniform(-0.5, 0.5, (2, 2)).astype(np.float32)
        out.append(Shown(S + i * S // 30, replace(r, weights=weights, gaze=gaze), True))
    return out
