"""Stacks of painted people on a device: textures in one pool of texels, accessories as padded arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mien_models.head.appearance.accessory import Accessory
from mien_models.head.appearance.paint import PaintedHead
from mien_models.head.appearance.texture import LEVELS
from mien_models.head.render.cpu import HELD_SHADOW

I64 = NDArray[np.int64]
U8 = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class PaintedHeads:
    """P people. Triangles of the head come first, then those of the accessories, then padding.

    texels (P, S) int32: RGBA of all textures and their mip levels, one byte each. maps (P, 4, L, 3):
    start in texels, height and width of the levels of each Texture and of the folds.
    triangles (P, T, 3), parts (P, T), uv (P, T, 3, 2). root (P, N), height (P, N), offset (P, N,
    3), fill (P, F), span (P, F'), weights (P, F, F'): as in `Accessory`, of all accessories; the
    last of the N points is padding. least (P, N, 2): the minimum share of the surroundings' and of
    the lamps' light. wire (P, N): as in `Accessory`. creases (P,): how strongly the folds show. hard
    (P,): minimum hardness of shadows. edges (P, E, 4): two vertices, and the two triangles they
    join (-1 where there is none).
    """

    texels: Tensor
    maps: Tensor
    triangles: Tensor
    parts: Tensor
    uv: Tensor
    root: Tensor
    height: Tensor
    offset: Tensor
    fill: Tensor
    span: Tensor
    weights: Tensor
    least: Tensor
    wire: Tensor
    creases: Tensor
    hard: Tensor
    edges: Tensor

    def __len__(self) -> int:
        return len(self.texels)

    def replaced(self, index: int, other: PaintedHeads) -> PaintedHeads:
        """The same stack with person `index` replaced by the first one of `other`; reuses tensors if it fits."""
        points = max(self.root.shape[1], other.root.shape[1])
        new = {}
        for f in fields(self):
            mine, theirs = getattr(self, f.name), getattr(other, f.name)[0]
            empty = {"edges": -1, "fill": points - 1}.get(f.name, 0)
            if any(a < b for a, b in zip(mine.shape[1:], theirs.shape, strict=True)):
                size = [max(a, b) for a, b in zip(mine.shape[1:], theirs.shape, strict=True)]
                larger = mine.new_full((len(mine), *size), empty)
                larger[tuple(slice(n) for n in mine.shape)] = mine
                mine = larger
            mine[index] = empty
            mine[index][tuple(slice(n) for n in theirs.shape)] = theirs
            new[f.name] = mine
        return PaintedHeads(**new)


def stack(
    heads: Sequence[PaintedHead],
    held: Sequence[Sequence[Accessory]],
    triangles: I64,
    parts: I64,
    uv: NDArray[np.float32],
    count: int,
    device: Any,
    dtype: Any,
) -> PaintedHeads:
    """Stack painted heads and the things each holds.

    The mesh of the head has `count` vertices, `triangles` (T, 3), their `parts` (T,) and `uv` (T, 3,
    2). Raises ValueError for no heads.
    """
    if not heads:
        raise ValueError("a batch of pictures needs at least one head")
    people = [
        _person((*head.accessories, *things), triangles, parts, uv, count)
        for head, things in zip(heads, held, strict=True)
    ]
    points = max(len(p["root"]) for p in people) + 1
    faces = max(len(p["triangles"]) for p in people)
    filled = max(p["weights"].shape[0] for p in people)
    spans = max(p["weights"].shape[1] for p in people)
    texels = [np.concatenate([_packed(level) for levels in _levels(head) for level in levels]) for head in heads]
    maps = [_places(head) for head in heads]
    edges = [_edges(p["triangles"]) for p in people]

    def on(arrays: list[Any], *size: int, empty: float = 0, kind: Any = torch.int64) -> Tensor:
        out = np.full((len(arrays), *size), empty, np.asarray(arrays[0]).dtype)
        for i, array in enumerate(arrays):
            out[i][tuple(slice(n) for n in array.shape)] = array
        return torch.as_tensor(out, dtype=kind, device=device)

    def column(name: str) -> list[Any]:
        return [p[name] for p in people]

    return PaintedHeads(
        texels=on(texels, max(map(len, texels)), kind=torch.int32),
        maps=on(maps, *maps[0].shape),
        triangles=on(column("triangles"), faces, 3),
        parts=on(column("parts"), faces),
        uv=on(column("uv"), faces, 3, 2, kind=dtype),
        root=on(column("root"), points),
        height=on(column("height"), points, kind=torch.float64),
        offset=on(column("offset"), points, 3, kind=torch.float64),
        fill=on(column("fill"), filled, empty=points - 1),
        span=on(column("span"), spans),
        weights=on(column("weights"), filled, spans, kind=torch.float64),
        least=on(column("least"), points, 2, kind=torch.float64),
        wire=on(column("wire"), points, kind=torch.float64),
        creases=torch.tensor([head.appearance.creases for head in heads], dtype=torch.float64, device=device),
        hard=torch.tensor([HELD_SHADOW if things else 0 for things in held], dtype=torch.float64, device=device),
        edges=on(edges, max(map(len, edges)), 4, empty=-1),
    )


def _person(
    accessories: Sequence[Accessory], triangles: I64, parts: I64, uv: NDArray[np.float32], count: int
) -> dict[str, Any]:
    """The arrays of all accessories, concatenated."""
    firsts = np.cumsum([0] + [len(w.root) for w in accessories])
    things: list[tuple[Accessory, int]] = list(zip(accessories, firsts.tolist(), strict=False))
    weights = np.zeros((sum(len(w.fill) for w in accessories), sum(len(w.span) for w in accessories)))
    row = column = 0
    for accessory in accessories:
        weights[row : row + len(accessory.fill), column : column + len(accessory.span)] = accessory.weights
        row, column = row + len(accessory.fill), column + len(accessory.span)
    none = np.zeros(0, np.int64)
    return {
        "triangles": np.concatenate([triangles, *(w.triangles + count + first for w, first in things)]),
        "parts": np.concatenate([parts, *(np.full(len(w.triangles), w.part) for w in accessories)]),
        "uv": np.concatenate([uv, *(w.uv for w in accessories)]),
        "root": np.concatenate([none, *(w.root for w in accessories)]),
        "height": np.concatenate([np.zeros(0), *(w.height for w in accessories)]),
        "offset": np.concatenate([np.zeros((0, 3)), *(w.offset for w in accessories)]),
        "fill": np.concatenate([none, *(w.fill + first for w, first in things)]),
        "span": np.concatenate([none, *(w.span + first for w, first in things)]),
        "least": np.concatenate(
            [np.zeros((0, 2)), *(np.full((len(w.root), 2), (w.ambient, w.reach)) for w in accessories)]
        ),
        "wire": np.concatenate([np.zeros(0), *(np.full(len(w.root), w.wire) for w in accessories)]),
        "weights": weights,
    }


def _packed(texture: NDArray[np.uint8]) -> NDArray[np.int32]:
    return np.ascontiguousarray(texture).view("<i4").ravel()


def _levels(head: PaintedHead) -> list[tuple[U8, ...]]:
    return [*head.textures, head.folds]


def _places(head: PaintedHead) -> I64:
    """(4, L, 3) first texel, height and width of each level of each texture; the last level stands for missing ones."""
    found, first = [], 0
    for levels in _levels(head):
        rows = []
        for level in levels:
            rows.append((first, *level.shape[:2]))
            first += level.shape[0] * level.shape[1]
        found.append(rows + rows[-1:] * (LEVELS - len(rows)))
    return np.array(found, np.int64)


def _edges(triangles: I64) -> I64:
    """(E, 4) ends and triangles of all edges, -1 for a missing triangle."""
    ends = np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    owner = np.repeat(np.arange(len(triangles)), 3)
    order = np.lexsort((owner, ends[:, 1], ends[:, 0]))
    ends, owner = ends[order], owner[order]
    first = np.concatenate([[True], (ends[1:] != ends[:-1]).any(1)])
    at = np.flatnonzero(first)
    shared = np.append(~first[1:], False)[at]
    second = np.where(shared, owner[np.minimum(at + 1, len(owner) - 1)], -1)
    return np.concatenate([ends[at], owner[at][:, None], second[:, None]], axis=1)
