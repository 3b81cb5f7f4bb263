"""Samples of pixels: their grouping for shading, and their directions to the camera."""

from __future__ import annotations

import torch
from torch import Tensor

from mien_models.head.kernels import TRIANGLE_BITS
from mien_models.head.render_torch.raster import TRIANGLE_MASK
from mien_models.head.render_torch.shade import Scene

NEAR_SHIFT = 6  # as in `kernels`


def thickened(points: Tensor, normals: Tensor, wire: Tensor, focal: Tensor) -> Tensor:
    """Points (B, N, 3), with wires (B, N') of the last N' points made at least as thick as a sample.

    Thinner wires would show at some samples and not at others (after Persson, "Phone-wire AA", 2012).
    """
    first = points.shape[1] - wire.shape[1]
    half = 0.5 * points[:, first:, 2].detach() / focal[:, None].detach()
    # Wires have a square section, and their normals point along its diagonals.
    more = torch.where(wire > 0, 2**0.5 * (half - wire).clamp(min=0), 0.0)
    return torch.cat([points[:, :first], points[:, first:] + more[..., None] * normals[:, first:]], 1)


def views(scene: Scene, picture: Tensor, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Unit vectors to the camera from the surfaces that pixels at (x, y) show."""
    fx, fy, cx, cy = scene.camera[picture].unbind(1)
    sx, sy = (x - cx) / fx, (y - cy) / fy
    shrink = -1 / (sx * sx + sy * sy + 1).sqrt()
    kind = scene.points.dtype
    return (sx * shrink).to(kind), (sy * shrink).to(kind), shrink.to(kind)


def groups(scene: Scene, picture: Tensor, keys: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Group samples of a pixel that belong to one part and are near each other; a group is shaded once.

    keys (R, 4). Returns pixel, key of the first sample, number of samples, and the sums of their
    positions across and down.
    """
    part = scene.heads.parts[scene.who[picture][:, None], keys & TRIANGLE_MASK]
    near = keys >> TRIANGLE_BITS
    left = keys != 0
    # Fast path: most pixels show one surface.
    whole = (left & (part == part[:, :1]) & ((near - near[:, :1]).abs() <= (near[:, :1] >> NEAR_SHIFT))).all(1)
    alone, mixed = whole.nonzero()[:, 0], (~whole).nonzero()[:, 0]
    part, near, left = part[mixed], near[mixed], left[mixed]
    found = []
    for k in range(4):
        leads = left[:, k : k + 1]
        joins = leads & left & (part == part[:, k : k + 1])
        joins &= (near - near[:, k : k + 1]).abs() <= (near[:, k : k + 1] >> NEAR_SHIFT)
        left = left & ~joins
        found.append(joins)
    joined = torch.stack(found, 1)
    pixel, first = joined.any(2).nonzero().unbind(1)
    members = joined[pixel, first].double()
    pixel = mixed[pixel]
    four = torch.full((len(alone),), 4.0, dtype=torch.float64, device=keys.device)
    return (
        torch.cat([alone, pixel]),
        torch.cat([keys[alone, 0], keys[pixel, first]]),
        torch.cat([four, members.sum(1)]),
        torch.cat([four / 2, members[:, 1] + members[:, 3]]),
        torch.cat([four / 2, members[:, 2] + members[:, 3]]),
    )
