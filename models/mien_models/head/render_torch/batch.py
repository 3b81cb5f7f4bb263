"""Batches of the inputs and outputs of a renderer."""

from __future__ import annotations

from typing import NamedTuple

from torch import Tensor

from mien_models.head.render_torch.light import Lights


class Pictures(NamedTuple):
    """Rendered pictures and their buffers.

    image (B, H, W, 3) uint8 RGB. depth (B, H, W) [m], 0 for background. triangle (B, H, W): index
    into the triangles of the picture's head, -1 for background. shares (B, H, W, 2) and cover
    (B, H, W): as in `Picture`.
    """

    image: Tensor
    depth: Tensor
    triangle: Tensor
    shares: Tensor
    cover: Tensor


class Cameras(NamedTuple):
    """Pinhole cameras of one size: values (B, 4) are fx, fy, cx, cy [px]; see `Camera`."""

    width: int
    height: int
    values: Tensor


class Settings(NamedTuple):
    """B settings; see `Setting`. background: (B, H, W, 3) as a camera stores it, in [0, 1]; mid grey without it.

    Things held before a face are stacked with its head; see `TorchRenderer.stack`.
    """

    cameras: Cameras
    lights: Lights
    background: Tensor | None = None
