"""Faces before the expressions stage, and networks that say what they are told to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.core.geometry import FACING_CAMERA
from mien.core.types import F32, F64, U8, Expression, Face, Faces, Header
from mien.expressions.config import ExpressionsConfig
from mien.expressions.stage import Stage
from mien_models import FakeSession, load_face_geometry
from mien_models.spaces import facs
from mien_models.spaces.arkit import BLENDSHAPES

FRAME_NS = 33_000_000
CHIN = 152

_CROP: U8 = np.random.default_rng(0).integers(60, 200, (112, 112, 3), np.uint8)


@cache
def _mesh() -> F32:
    """478 landmarks of the canonical face in an image of 640×480 [px]; all irises lie on one vertex."""
    canonical = load_face_geometry().vertices * (1, -1, -1)
    points = np.concatenate([canonical, canonical[[468 - 1] * 10]])
    return np.asarray(points.astype(np.float32) * 20 + np.array([320, 240, 0]))


def face(track_id: int = 1, chin: float = 0.0, presence: float = 1.0, x: float = 0.0) -> Face:
    """The canonical face before the camera; `chin` lowers its chin [px], `x` moves all of it."""
    pose: F64 = np.eye(4)
    pose[:3, :3] = FACING_CAMERA
    pose[2, 3] = 1
    mesh = _mesh() + np.array([x, 0, 0])
    mesh[CHIN, 1] += chin
    return Face(track_id, 1.0, presence, np.zeros(4, np.float32), mesh.astype(np.float32), pose, crop=_CROP)


def answer(n: int, shapes: float, sd: float, units: float) -> dict[str, NDArray[Any]]:
    a = len(facs.AUS)
    return {
        "shapes": np.full((n, 52), shapes, np.float32), "shapes_sd": np.full((n, 52), sd, np.float32),
        "units": np.full((n, a), units, np.float32), "units_sd": np.full((n, a), 5 * sd, np.float32),
        "presence": np.full((n, a), units / 5, np.float32),
        "emotion": np.tile(np.eye(8, dtype=np.float32)[:1], (n, 1)), "affect": np.full((n, 2), 0.25, np.float32),
        "embedding": np.tile(np.eye(32, dtype=np.float32)[:1], (n, 1)),
    }  # fmt: skip


class Networks:
    """An encoder that says what it is told to, and a difference that reads how far the chin fell."""

    def __init__(self) -> None:
        self.shapes, self.sd, self.difference_sd = 0.0, 0.05, 0.05
        self.lower_sd: float | None = None  # of mouth and jaw
        self.said: dict[str, NDArray[Any]] = {}  # one row of any output, in place of what it would say
        self.encoder = FakeSession(self._encode, "encoder_small")
        self.difference = FakeSession(self._differ, "neutral_difference")

    def _encode(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        if not inputs["present"].any():
            return answer(1, 0.05, 0.3, 0.2)
        out = answer(len(inputs["image"]), self.shapes, self.sd, 5 * self.shapes)
        if self.lower_sd is not None:
            out["units_sd"][:, facs.LOWER] = 5 * self.lower_sd
        for name, row in self.said.items():
            out[name][:] = row
        return out

    def _differ(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        out = answer(len(inputs["difference"]), 0, self.difference_sd, 0)
        out["shapes"][:, BLENDSHAPES.index("jawOpen")] = -inputs["difference"][:, CHIN, 1]
        return {k: v for k, v in out.items() if k not in ("emotion", "affect", "embedding")}

    def stage(self, **config: Any) -> Stage:
        networks = {"encoder_small": self.encoder, "neutral_difference": self.difference}
        stage = Stage(ExpressionsConfig(**config), networks)
        self.encoder.calls.clear()  # what it says of nothing is asked at once
        return stage


def read(stage: Stage, *faces: Face, stamp_ns: int = 0) -> tuple[Expression, ...]:
    return stage.step(Faces(Header(stamp_ns), 640, 480, faces)).expressions


def watch(stage: Stage, frames: int, person: Face) -> None:
    for i in range(frames):
        read(stage, person, stamp_ns=i * FRAME_NS)
