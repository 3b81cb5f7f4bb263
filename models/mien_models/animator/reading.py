"""What the expression encoder reads of pictures of avatars, told from the avatar at rest, as of people.

The landmark network finds no landmarks on a robot and few on a toon, so avatars are read by the picture branch of the
encoder alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.animator.frame import crops
from mien_models.backends import Session
from mien_models.errors import ModelError
from mien_models.registry import Registry
from mien_models.spaces import mesh478
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

ENCODER = "encoder_base"
UNIT_TOP = 5.0  # of the scale of action units
_BATCH = 16
_FAINT = 0.02  # as in `nets.space`, which is the same map in torch


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """levels (N, 52 + A): shapes and units as shares of their scales."""

    levels: F32

    @property
    def shapes(self) -> F32:
        """(N, 52)."""
        return self.levels[:, : len(BLENDSHAPES)]

    @property
    def units(self) -> F32:
        """(N, A) in [0, 5]."""
        return self.levels[:, len(BLENDSHAPES) :] * UNIT_TOP

    def relative(self, rest: F32) -> Readings:
        """Told from a face at rest (52 + A,): max(s - r, 0) / (1 - r), as of people."""
        return Readings(relative(self.levels, rest))


def relative(levels: ArrayLike, rest: F32) -> F32:
    """Levels (..., K) told from those at rest (K,): rest becomes 0, and 1 remains 1."""
    taken = np.minimum(rest, 0.95)
    return np.asarray(np.maximum(np.asarray(levels) - taken, 0) / (1 - taken), np.float32)


def read_pictures(encoder: Session, pictures: U8) -> Readings:
    """Readings of pictures (N, 96, 96, 3) by the picture branch."""
    return read_crops(encoder, crops(pictures))


def read_crops(encoder: Session, images: U8, landmarks: F32 | None = None) -> Readings:
    """Readings of crops (N, 112, 112, 3), with canonical landmarks (N, 478, 2) or by the picture alone."""
    out = np.zeros((len(images), len(BLENDSHAPES) + len(AUS)), np.float32)
    points = np.zeros((len(images), mesh478.COUNT, 2), np.float32) if landmarks is None else landmarks
    for start in range(0, len(images), _BATCH):
        rows = slice(start, start + _BATCH)
        present = np.ones((len(images[rows]), 2), np.float32)
        present[:, 1] = landmarks is not None
        read = encoder({"image": images[rows], "landmarks": points[rows], "present": present})
        out[rows] = np.concatenate([read["shapes"], read["units"] / UNIT_TOP], 1)
    return Readings(out)


@cache
def space() -> F32:
    """(104, D - 1) the map from shapes to the embedding of the shipped encoder. Raises ModelError."""
    import onnx
    from onnx import numpy_helper

    (data,) = Registry.load().originals(ENCODER).values()
    for tensor in onnx.load_model_from_string(data).graph.initializer:
        if tensor.name.removesuffix(".half") == "space":
            return np.asarray(numpy_helper.to_array(tensor), np.float32)
    raise ModelError(f"{ENCODER} has no map from shapes to the embedding; fetch it again")


def placed(shapes: ArrayLike, mapped: F32) -> F32:
    """(N, D) embeddings of unit norm of shapes (N, 52), by a map (104, D - 1); a face at rest is at (0, …, 0, 1)."""
    values = np.asarray(shapes, np.float32)
    away = np.concatenate([np.sqrt(values + _FAINT) - np.sqrt(np.float32(_FAINT)), values], 1) @ mapped
    both = np.concatenate([away, np.ones((len(away), 1), np.float32)], 1)
    return np.asarray(both / np.linalg.norm(both, axis=1, keepdims=True), np.float32)


def distances(shown: ArrayLike, read: ArrayLike, mapped: F32) -> F32:
    """(N,) distances [0, 2] between the embeddings of shapes (N, 52) that people show and avatars are read to show."""
    return np.asarray(np.linalg.norm(placed(shown, mapped) - placed(read, mapped), axis=1), np.float32)
