"""Edges of the face mesh; outlines of eyes, lips and so on are in `mesh478`."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray


@cache
def tesselation() -> NDArray[np.intp]:
    """N×2 indices of landmarks that an edge joins; empty where the mesh asset is not fetched."""
    from mien_models import ModelError, load_face_geometry

    try:
        triangles = load_face_geometry().triangles
    except ModelError:
        return np.empty((0, 2), np.intp)
    edges = np.sort(np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1)
    return np.unique(edges, axis=0).astype(np.intp)
