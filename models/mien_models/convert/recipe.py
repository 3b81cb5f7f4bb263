"""Conversion recipes of published networks: the parsed `convert` and `outputs` tables of the registry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mien_models.convert.images import Pixels

Kind = Literal["tflite", "tfjs", "mixer", "yunet", "sface", "face_geometry", "onnx"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputRecipe:
    """One output: its name here, its tensor in the original, its shape after N, its activation."""

    name: str
    tensor: str
    shape: tuple[int, ...]
    sigmoid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The conversion of one network.

    `pixels` is the pixel format of its image; `points` are the landmarks that a mixer reads, out of
    `landmarks`.
    """

    kind: Kind
    outputs: tuple[OutputRecipe, ...] = ()
    pixels: Pixels | None = None
    points: tuple[int, ...] = ()
    landmarks: int = 0
