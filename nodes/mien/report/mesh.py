"""Which of the 478 landmarks are joined by lines: FaceMesh's contours, and its triangles."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

# Closed or open chains of landmarks; left and right are the person's own. MediaPipe (Apache-2.0),
# face_landmarks_connections.
OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109, 10,
)  # fmt: skip
LIPS = (
    (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146, 61),
    (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95, 78),
)
EYES = (
    (263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249, 263),
    (33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7, 33),
)
BROWS = (
    (300, 293, 334, 296, 336, 285, 295, 282, 283, 276, 300),
    (70, 63, 105, 66, 107, 55, 65, 52, 53, 46, 70),
)
NOSE = ((168, 6, 197, 195, 5, 4), (64, 98, 97, 2, 326, 327, 294))
IRISES = ((474, 475, 476, 477), (469, 470, 471, 472))
PUPILS = (473, 468)  # left, right


@cache
def tesselation() -> NDArray[np.intp]:
    """N×2 landmarks joined by an edge of the mesh; none where its asset is not fetched."""
    from mien_models import ModelError, load_face_geometry

    try:
        triangles = load_face_geometry().triangles
    except ModelError:
        return np.empty((0, 2), np.intp)
    edges = np.sort(np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1)
    return np.unique(edges, axis=0).astype(np.intp)
