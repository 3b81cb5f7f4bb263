"""Hard shadows of a batch of pictures: the maps and lookups of `shadows` and `kernels`, on tensors."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from mien_models.head.kernels import SUBPIXEL
from mien_models.head.render.shadows import BIAS, HALF, OFF, SIDE

__all__ = ["SIDE", "Shadows", "seen_from_light", "sunlit"]

_PER_METRE = SIDE / (2 * HALF)


class Shadows(NamedTuple):
    """Shadow maps. nearest (M, SIDE, SIDE): position of the nearest surface towards the light [m].

    frame (M, 3, 4): columns, rows and nearness to the light of a point in the camera frame, as
    affine functions. row (B,): index of each picture's map; hard (B,): how strongly its hard
    shadows replace the soft ones.
    """

    nearest: Tensor
    frame: Tensor
    row: Tensor
    hard: Tensor


def seen_from_light(points: Tensor, centre: Tensor, light: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Project points (B, N, 3) onto the map of a far light (B, 3) around a centre (B, 3).

    Returns columns and rows (B, N) snapped to 1/SUBPIXEL, times SUBPIXEL; nearness to the light from
    the centre [m]; and the frame of Shadows.
    """
    up = torch.tensor([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]], dtype=light.dtype, device=light.device)
    across = torch.linalg.cross(light, up[(light[:, 1].abs() >= 0.9).long()])
    across = across / across.norm(dim=1, keepdim=True)
    down = torch.linalg.cross(across, light)
    axes = torch.stack([across * _PER_METRE, down * _PER_METRE, light], 1)
    x, y, towards = ((points - centre[:, None]) @ axes.transpose(1, 2)).unbind(-1)
    begin = torch.full_like(light, SIDE / 2) - (axes @ centre[..., None])[..., 0]
    begin[:, 2] = 0
    x, y = (((v + SIDE / 2) * SUBPIXEL).round() for v in (x, y))
    return x, y, towards, torch.cat([axes, begin[..., None]], -1)


def sunlit(shadows: Shadows, picture: Tensor, place: Tensor, normal: Tensor, asked: Tensor) -> Tensor:
    """(R,) share of the light that reaches places (3, R) with normals (3, R): mean of 3×3 lookups.

    It is 1 where `asked` is false.
    """
    at = asked.nonzero()[:, 0]
    row = shadows.row[picture[at]]
    frame = shadows.frame[row]
    place = place[:, at] + OFF * normal[:, at]
    column, line, towards = (frame[..., :3] @ place.T[..., None] + frame[..., 3:])[..., 0].unbind(1)
    column, line, towards = column - 1.5, line - 1.5, towards + BIAS
    inside = (column > 1) & (column < SIDE - 5) & (line > 1) & (line < SIDE - 5)
    column, line = (torch.where(inside, v, 1.0) for v in (column, line))
    i, j = column.long(), line.long()
    weights_x, weights_y = _box(column - i), _box(line - j)
    steps = torch.arange(4, device=place.device)
    cell = (row * SIDE + j)[:, None, None] * SIDE + i[:, None, None] + steps[:, None] * SIDE + steps
    open_ = (shadows.nearest.flatten()[cell] <= towards[:, None, None]).double()
    found = (open_ * weights_y[..., None] * weights_x[:, None]).sum((1, 2)) / 9
    out = torch.ones(len(asked), dtype=torch.float64, device=place.device)
    out[at] = torch.where(inside, found, 1.0)
    return out


def _box(share: Tensor) -> Tensor:
    """(R, 4) weights of a box filter three texels wide that starts at a fraction of the first texel."""
    return torch.stack([1 - share, torch.ones_like(share), torch.ones_like(share), share], 1)
