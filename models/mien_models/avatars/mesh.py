"""Small operations on triangle meshes. Points are (V, 3), triangles (T, 3), counter-clockwise from outside."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
Triangles = NDArray[np.int64]


def normals(points: F64, triangles: Triangles) -> F64:
    """(V, 3) unit normals, weighted by triangle area; +z for vertices without a triangle."""
    a, b, c = (points[triangles[:, i]] for i in range(3))
    faces = np.cross(b - a, c - a)
    summed = np.zeros_like(points)
    for corner in range(3):
        for axis in range(3):
            summed[:, axis] += np.bincount(triangles[:, corner], faces[:, axis], len(points))
    length = np.linalg.norm(summed, axis=1, keepdims=True)
    return np.where(length > 1e-12, summed / np.maximum(length, 1e-12), [0.0, 0.0, 1.0])


def midpoints(triangles: Triangles, first: int) -> tuple[Triangles, Triangles]:
    """Divide each triangle into four; also the two ends (M, 2) of each new vertex, numbered from `first`."""
    edges = np.sort(triangles[:, [[0, 1], [1, 2], [2, 0]]], axis=-1).reshape(-1, 2)
    ends, which = np.unique(edges, axis=0, return_inverse=True)
    ab, bc, ca = (first + which.reshape(-1, 3)).T
    a, b, c = triangles.T
    rows = ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))
    return np.concatenate([np.stack(row, axis=1) for row in rows]), ends


def rim(triangles: Triangles) -> list[NDArray[np.int64]]:
    """The open borders of a surface, each as a loop of vertices in the direction of its triangles."""
    edges = triangles[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2)
    known = set(map(tuple, edges.tolist()))
    after = {a: b for a, b in sorted(known) if (b, a) not in known}
    loops = []
    while after:
        loop = [next(iter(after))]
        while (following := after.pop(loop[-1], loop[0])) != loop[0]:
            loop.append(following)
        loops.append(np.array(loop))
    return loops


def ball(rings: int, sectors: int) -> tuple[F64, Triangles]:
    """Unit sphere around +z: directions (V, 3), rings from the front pole to the back one, and triangles."""
    polar = np.linspace(0, np.pi, rings + 1)[:, None]
    around = np.linspace(0, 2 * np.pi, sectors, endpoint=False)
    grid = np.stack(
        np.broadcast_arrays(np.sin(polar) * np.cos(around), np.sin(polar) * np.sin(around), np.cos(polar)), -1
    )
    index = np.arange((rings + 1) * sectors).reshape(rings + 1, sectors)
    a, b = index[:-1], index[1:]
    c, d = np.roll(b, -1, axis=1), np.roll(a, -1, axis=1)
    upper = np.stack([a[:-1], b[:-1], c[:-1]], axis=-1).reshape(-1, 3)
    lower = np.stack([a[1:], c[1:], d[1:]], axis=-1).reshape(-1, 3)
    return grid.reshape(-1, 3), np.concatenate([upper, lower])
