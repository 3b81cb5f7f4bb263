"""Find the triangle that each sample of a batch of pictures shows: the rasteriser of `kernels`, on tensors.

Every triangle is cut into the rows of samples it touches. The covered span of each row follows from
the three edges by one exact division, so only covered samples are listed. This needs no bounding
boxes and no buckets, and the same few operations for any batch and any size of triangle. Integers
are kept in float64, which represents all of them exactly and divides fast.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from mien_models.head.kernels import DEPTH_BITS, SUBPIXEL, TRIANGLE_BITS

TRIANGLE_MASK = (1 << TRIANGLE_BITS) - 1
DEPTH_SCALE = float(1 << DEPTH_BITS)
_FAR = float(1 << 40)


class Facing(NamedTuple):
    """drawn (B, T): whether triangles are in front of the camera and not culled.

    area (B, T): twice the signed area of the snapped triangle, negative where the outside is seen.
    """

    drawn: Tensor
    area: Tensor


class Fragments(NamedTuple):
    """Covered samples. cell (F,): index into (B, rows, columns). key (F,): as `kernels` packs it.

    owner (F,): index of the triangle in flattened (B, T).
    """

    cell: Tensor
    key: Tensor
    owner: Tensor


def facing(x: Tensor, y: Tensor, inverse: Tensor, corners: Tensor, cull: Tensor) -> Facing:
    """Which triangles can be seen; shapes as in `cover`."""
    xs, ys = x.flatten()[corners], y.flatten()[corners]
    area = (xs[..., 1] - xs[..., 0]) * (ys[..., 2] - ys[..., 0]) - (xs[..., 2] - xs[..., 0]) * (ys[..., 1] - ys[..., 0])
    ahead = (inverse.flatten()[corners] > 0).all(-1)
    return Facing(ahead & (area != 0) & ~(cull & (area > 0)), area)


def cover(
    x: Tensor,
    y: Tensor,
    inverse: Tensor,
    corners: Tensor,
    seen: Facing,
    rows: int,
    columns: int,
) -> Fragments:
    """All samples under the triangles that are drawn according to `seen`.

    x, y (B, V): sample coordinates snapped to 1/SUBPIXEL, times SUBPIXEL, whole numbers in float64.
    inverse (B, V): 1/depth, 0 behind the camera. corners (B, T, 3): indices into flattened (B, V).
    """
    count = corners.shape[1]
    half = SUBPIXEL // 2
    drawn = seen.drawn.flatten().nonzero()[:, 0]
    ends = corners.flatten(0, 1)[drawn]
    xs, ys = x.flatten()[ends], y.flatten()[ends]
    left = torch.floor((xs.amin(-1) + (half - 1)) / SUBPIXEL).clamp(min=0)
    right = torch.floor((xs.amax(-1) - half) / SUBPIXEL).clamp(max=columns - 1)
    top = torch.floor((ys.amin(-1) + (half - 1)) / SUBPIXEL).clamp(min=0)
    bottom = torch.floor((ys.amax(-1) - half) / SUBPIXEL).clamp(max=rows - 1)
    chosen = ((left <= right) & (top <= bottom)).nonzero()[:, 0]

    left, right, top, bottom, xs, ys = (a[chosen] for a in (left, right, top, bottom, xs, ys))
    owner, near = drawn[chosen], inverse.flatten()[ends[chosen]]
    area = seen.area.flatten()[owner][:, None]
    # Edges, each opposite to its corner, so that the inside is where all three edge functions are positive.
    from_x, from_y = xs.roll(-1, 1), ys.roll(-1, 1)
    ex, ey = area.sign() * (xs.roll(1, 1) - from_x), area.sign() * (ys.roll(1, 1) - from_y)
    start = ex * ((top * SUBPIXEL + half)[:, None] - from_y) - ey * ((left * SUBPIXEL + half)[:, None] - from_x)
    weight = near / area.abs()
    depth = (start * weight).sum(1, keepdim=True)
    depth_x, depth_y = ((edge * weight).sum(1, keepdim=True) * SUBPIXEL for edge in (-ey, ex))
    # An edge that is not a top or left one excludes its own points.
    start = start - (~((ey < 0) | ((ey == 0) & (ex > 0)))).to(start.dtype)
    picture = torch.div(owner, count, rounding_mode="floor")
    place = (picture * rows + top) * columns + left

    # Rows; all values that a row needs from its triangle are gathered at once.
    row, begin = repeated((bottom - top + 1).long())
    columns_of = (start, SUBPIXEL * ex, SUBPIXEL * ey, depth, depth_x, depth_y, begin, right - left, place, owner)
    table = torch.cat([c if c.ndim > 1 else c[:, None].to(start.dtype) for c in columns_of], 1)[row]
    start, slope_y, slope = table[:, :3], table[:, 3:6], table[:, 6:9]
    depth, depth_x, depth_y, begin, most, place, owner = table[:, 9:].unbind(1)
    down = torch.arange(len(row), dtype=start.dtype, device=x.device) - begin
    # An edge function changes by `slope` from sample to sample.
    start = torch.addcmul(start, slope_y, down[:, None])
    bound = torch.floor(start / slope.abs().clamp(min=1))
    last = torch.where(slope > 0, bound, _FAR).masked_fill((slope == 0) & (start < 0), -1).amin(1)
    first = torch.where(slope < 0, -bound, 0.0).amax(1).clamp(min=0)
    lengths = (torch.minimum(last, most) - first + 1).clamp(min=0).long()

    # Samples, in the same way.
    span, begin = repeated(lengths)
    depth = DEPTH_SCALE * (depth + depth_y * down + depth_x * first)
    place = place + columns * down + first
    table = torch.stack([depth, DEPTH_SCALE * depth_x, place, owner, begin.to(start.dtype)], 1)[span]
    depth, depth_x, place, owner, begin = table.unbind(1)
    along = torch.arange(len(span), dtype=start.dtype, device=x.device) - begin
    number = owner.long()
    key = (torch.addcmul(depth, depth_x, along).long() << TRIANGLE_BITS) | (number % count)
    return Fragments((place + along).long(), key, number)


def keep_nearest(keys: Tensor, cell: Tensor, key: Tensor) -> None:
    """Raise `keys` (B, rows, columns) int64 to the largest `key` (F,) of each `cell` (F,)."""
    keys.view(-1).scatter_reduce_(0, cell, key, "amax")


def spread(counts: Tensor) -> tuple[Tensor, Tensor]:
    """Index i repeated counts[i] times, and the number of each repetition from 0 (float64)."""
    items, begin = repeated(counts)
    before = torch.arange(len(items), device=counts.device) - begin[items]
    return items, before.double()


def repeated(counts: Tensor) -> tuple[Tensor, Tensor]:
    """Index i repeated counts[i] times, and the position where each index begins."""
    ends = counts.cumsum(0)
    total = int(ends[-1]) if len(ends) else 0
    return torch.repeat_interleave(counts, output_size=total), ends - counts
