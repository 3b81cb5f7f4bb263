"""Blend visible edges, so that pictures have gradients with respect to their movement.

Where the outline of a surface crosses the line between the centres of two pixels, the pixel nearer to
the crossing takes a share of the other's colour. The share is 0 if the crossing is half-way and one
half if it is at the pixel's centre, where the pixel is about to change sides. So pictures change
continuously as edges move (Laine et al., "Modular primitives for high-performance differentiable
rendering", 2020). Laine et al. search edges among the triangles that pixels show. Here outlines are
intersected with the lines between pixels, because triangles smaller than a pixel may show in none.
"""

from __future__ import annotations

import torch
from torch import Tensor

from mien_models.head.kernels import SUBPIXEL, TRIANGLE_BITS
from mien_models.head.render_torch.raster import DEPTH_SCALE, Facing, spread
from mien_models.head.render_torch.shade import Scene

# Tolerances in 1/depth: how far the surface of an edge, one pixel inwards, may be from the edge, and how
# much nearer than the edge the surface that it hides may seem.
_FARTHER, _NEARER, _HIDDEN = 1 / 64, 1 / 8, 1e-3


def blend_edges(scene: Scene, seen: Facing, keys: Tensor, colours: Tensor) -> Tensor:
    """Colours (B H W, C) with blended edges of the triangles that `seen` says are drawn.

    keys (B, H, W): the triangle that each pixel shows, as `kernels` packs it.
    """
    first, second, joined = _outlines(scene, seen)
    x, y = scene.x.flatten() / SUBPIXEL - 0.5, scene.y.flatten() / SUBPIXEL - 0.5
    near = (keys >> TRIANGLE_BITS).flatten().double() / DEPTH_SCALE
    inverse = scene.inverse.detach().flatten()
    rows, columns = keys.shape[1:]
    count = scene.x.shape[1]
    out = colours
    # Lines along rows, then along columns; steps in `keys` from line to line and along a line.
    for across, along, lines, length, line_step, step in (
        (y, x, rows, columns, columns, 1),
        (x, y, columns, rows, 1, columns),
    ):
        from_line, to_line = across[first], across[second]
        low = torch.minimum(from_line, to_line).detach().clamp(-1, lines).floor() + 1
        high = torch.maximum(from_line, to_line).detach().clamp(-1, lines - 1).floor()
        # Each edge is intersected with the direction of lines to which it is steeper, so that a shift counts once.
        rise, run = (to_line - from_line).abs(), (along[second] - along[first]).abs()
        steep = rise >= run if step == 1 else rise > run
        edge, nth = spread(((high - low + 1).clamp(min=0) * steep).long())
        a, b, line = first[edge], second[edge], low[edge] + nth
        share = (line - from_line[edge]) / (to_line - from_line)[edge]
        place = along[a] + share * (along[b] - along[a])
        depth = inverse[a] + share.detach() * (inverse[b] - inverse[a])
        before = place.detach().floor()
        inside = (before >= 0) & (before < length - 1)
        picture = torch.div(a, count, rounding_mode="floor")
        cell = picture * (rows * columns) + line.long() * line_step + before.long().clamp(0, length - 2) * step
        nearer, farther = torch.maximum(near[cell], near[cell + step]), torch.minimum(near[cell], near[cell + step])
        seam = joined[edge]
        inside &= (nearer > depth * (1 - _FARTHER)) & (nearer < depth * torch.where(seam, 1 + _FARTHER, 1 + _NEARER))
        inside &= torch.where(seam, farther > depth * (1 - _FARTHER), farther < depth * (1 + _HIDDEN))
        # Of several edges between two pixels, the nearest to the camera counts.
        nearest = torch.zeros_like(near).scatter_reduce_(0, cell[inside], depth[inside], "amax")
        kept = (inside & (depth >= nearest[cell])).nonzero()[:, 0]
        cell = cell[kept]
        beyond = (place[kept] - before[kept] - 0.5).to(colours.dtype)[:, None]
        change = colours[cell] - colours[cell + step]
        out = out.index_add(0, cell + step, beyond.clamp(min=0) * change)
        out = out.index_add(0, cell, beyond.clamp(max=0) * change)
    return out


def _outlines(scene: Scene, seen: Facing) -> tuple[Tensor, Tensor, Tensor]:
    """Edges where a surface ends, turns away from the camera or becomes another part.

    Returns their ends as indices into flattened (B, N), and whether the surface continues there.
    """
    edges = scene.heads.edges[scene.who]
    part = scene.heads.parts[scene.who]
    nobody = torch.zeros_like(seen.drawn[:, :1])
    drawn = torch.cat([nobody, seen.drawn], 1)
    side = torch.cat([nobody, seen.area > 0], 1)
    part = torch.cat([nobody.long(), part], 1)
    one, other = edges[..., 2] + 1, edges[..., 3] + 1
    both = drawn.gather(1, one) & drawn.gather(1, other) & (side.gather(1, one) == side.gather(1, other))
    turns = (drawn.gather(1, one) | drawn.gather(1, other)) & ~both
    seams = both & (part.gather(1, one) != part.gather(1, other))
    picture, edge = (turns | seams).nonzero().unbind(1)
    ends = edges[picture, edge, :2] + (picture * scene.x.shape[1])[:, None]
    return ends[:, 0], ends[:, 1], both[picture, edge]
