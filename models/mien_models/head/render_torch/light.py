"""Add accessories to batches of heads and light them per vertex, as `CpuRenderer` does before it draws pixels."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from mien_models.head.appearance.wrinkles import Folds
from mien_models.head.model.visibility import harmonics
from mien_models.head.render.cpu import CpuRenderer
from mien_models.head.render_torch.heads import PaintedHeads
from mien_models.spaces.arkit import BLENDSHAPES


class Lights(NamedTuple):
    """Light of each picture in its camera frame, as in `Lighting`: directions and colours
    (B, L, 3), around (B, 3, 10), hard (B,). A missing light has colour 0.
    """

    directions: Tensor
    colours: Tensor
    around: Tensor
    hard: Tensor


class Body:
    """The tables of a head that accessories and lighting need, on a device."""

    def __init__(self, renderer: CpuRenderer, device: Any) -> None:
        def index(array: Any) -> Tensor:
            return torch.as_tensor(array, dtype=torch.int64, device=device)

        def real(array: Any) -> Tensor:
            return torch.as_tensor(array, dtype=torch.float64, device=device)

        data = renderer.surface.data
        self.count = len(data.base)
        self.triangles = index(renderer.triangles)
        self._opaque = renderer.opaque
        self._ambient, self._shadow = real(data.ambient), real(data.shadow)
        self._folds = index(renderer.folds)
        self._mouth, self._lips, self._lip_share = (
            index(renderer.mouth), index(renderer.inner_lips), real(renderer.inner_share)
        )  # fmt: skip
        self._opening = [int(i) for i in renderer.opening]
        self._balls = (slice(*data.eyes), slice(data.eyes[1], self.count))
        self._margins = [index(data.lids[side, 0]) for side in range(2)]
        # Evaluating one weight at a time gives the share of each weight.
        folds = Folds(renderer.surface.template)
        self._drivers = real(folds(np.eye(len(BLENDSHAPES))))
        self._axes = [real(data.base[ball, 0] - data.base[ball, 0].mean()) for ball in self._balls]

    def dress(self, heads: PaintedHeads, who: Tensor, vertices: Tensor, rotation: Tensor) -> tuple[Tensor, Tensor]:
        """Points (B, N, 3) of heads (B, V, 3) and of their accessories, and their normals."""
        opaque = self.triangles[: self._opaque].expand(len(vertices), -1, -1)
        sums = _normal_sums(vertices, opaque)
        normals = _unit(sums)
        root = heads.root[who][..., None].expand(-1, -1, 3)
        placed = vertices.gather(1, root) + heads.height[who][..., None] * normals.gather(1, root)
        if heads.fill.shape[1]:
            over = heads.span[who][..., None].expand(-1, -1, 3)
            cover = heads.weights[who] @ placed.gather(1, over)
            placed = placed.scatter(1, heads.fill[who][..., None].expand(-1, -1, 3), cover)
        placed = placed + heads.offset[who] @ rotation.transpose(1, 2)
        points = torch.cat([vertices, placed], 1)
        others = heads.triangles[who][:, self._opaque :]
        padded = torch.cat([sums, torch.zeros_like(placed)], 1)
        return points, _unit(padded + _normal_sums(points, others))

    def reach(self, heads: PaintedHeads, who: Tensor, vertices: Tensor, pose: Tensor, directions: Tensor) -> Tensor:
        """(B, N, 1 + L) shares of the surroundings' light and of each light that reach each point."""
        rotation = pose[:, :3, :3]
        face = (vertices - pose[:, None, :3, 3]) @ rotation
        lights = (self._shadow @ harmonics(torch, directions @ rotation).transpose(1, 2)).clamp(0, 1)
        share = torch.cat([self._ambient.expand(len(face), -1)[..., None], lights], -1)
        least = torch.full_like(share[:, 0], 0.5)
        least[:, 0] = 0.6
        # Skin that is hidden in the fold of an open lid is lit when the lid closes.
        share = share.index_copy(1, self._folds, torch.maximum(share[:, self._folds], least[:, None]))
        eyes = self._lid_shade(face)[..., None].expand(-1, -1, share.shape[-1])
        share = torch.cat([share[:, : self._balls[0].start], eyes], 1)
        within = self._mouth_light(face[:, self._mouth], face)[..., None].expand(-1, -1, share.shape[-1])
        share = share.index_copy(1, self._mouth, within)
        lips = (self._lip_share * self._mouth_light(face[:, self._lips], face))[..., None]
        share = share.index_copy(1, self._lips, torch.maximum(share[:, self._lips], lips))
        root = heads.root[who][..., None].expand(-1, -1, share.shape[-1])
        ambient, lamps = heads.least[who].split(1, -1)
        least = torch.cat([ambient, lamps.expand(-1, -1, share.shape[-1] - 1)], -1)
        return torch.cat([share, torch.maximum(share.gather(1, root), least)], 1)

    def folded(self, heads: PaintedHeads, who: Tensor, weights: Tensor | None) -> Tensor:
        """(B, N, 1) how strongly the folds show at each point, for weights (B, 52); see `wrinkles`."""
        count = self.count + heads.root.shape[1]
        shown = torch.zeros(len(who), count, 1, dtype=torch.float64, device=who.device)
        if weights is not None:
            shown[:, : self.count, 0] = heads.creases[who][:, None] * (weights.double() @ self._drivers).clamp(0, 1)
        return shown

    def axes(self, vertices: Tensor) -> Tensor:
        """(B, 2, 3) axes of both corneas in the camera frame."""
        found = []
        for ball, rest in zip(self._balls, self._axes, strict=True):
            now = vertices[:, ball] - vertices[:, ball].mean(1, keepdim=True)
            found.append(_unit(rest @ now))
        return torch.stack(found, 1)

    def _mouth_light(self, points: Tensor, face: Tensor) -> Tensor:
        """See `CpuRenderer`; points (B, N, 3) in face axes."""
        upper, lower, left, right = (face[:, i] for i in self._opening)
        away = points - ((upper + lower) / 2)[:, None]
        height = (upper[:, 2] - lower[:, 2]).clamp(min=0)[:, None]
        width = (left[:, 1] - right[:, 1])[:, None]
        area = 0.25 * torch.pi * height * width
        inwards = away[..., 0].clamp(max=0) + 0.002
        aside = (away[..., 1].abs() - 0.40 * width).clamp(min=0)
        above = (away[..., 2].abs() - 0.45 * height).clamp(min=0)
        return area / (area + torch.pi * (inwards**2 + aside**2 + 2.0 * above**2) + 1e-9)

    def _lid_shade(self, face: Tensor) -> Tensor:
        """See `CpuRenderer`; faces (B, V, 3) in face axes."""
        shade = []
        for ball, lids in zip(self._balls, self._margins, strict=True):
            centre = face[:, ball].mean(1, keepdim=True)
            margin = face[:, lids].mean(1, keepdim=True) - centre
            ray = face[:, ball] - centre
            below = torch.arctan2(margin[..., 2], margin[..., 0]) - torch.arctan2(
                ray[..., 2], ray[..., 0].clamp(min=1e-4)
            )
            aside = ray[..., 1].abs() / ray.norm(dim=-1)
            shade.append((0.50 + 0.50 * ((below + 0.05) / 0.40).clamp(0, 1)) * (1 - 0.3 * aside**2))
        return torch.cat(shade, 1)


def flat(triangles: Tensor, count: int) -> Tensor:
    """Convert corners (B, T, 3) to indices into flattened (B, count)."""
    return triangles + count * torch.arange(len(triangles), device=triangles.device)[:, None, None]


def _normal_sums(points: Tensor, triangles: Tensor) -> Tensor:
    """(B, N, 3) sums of the triangles' normals, weighted by area."""
    batch, count, _ = points.shape
    corners = flat(triangles, count)
    a, b, c = points.flatten(0, 1)[corners].unbind(-2)
    faces = torch.linalg.cross(b - a, c - a)
    sums = points.new_zeros(batch * count, 3)
    sums = sums.index_add(0, corners.flatten(), faces[:, :, None].expand(-1, -1, 3, -1).reshape(-1, 3))
    return sums.view(batch, count, 3)


def _unit(vectors: Tensor) -> Tensor:
    return vectors / (vectors * vectors).sum(-1, keepdim=True).clamp(min=1e-60).sqrt()
