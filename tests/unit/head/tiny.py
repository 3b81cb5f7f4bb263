"""A head of a few vertices, so that the formula is tested without the data."""

from __future__ import annotations

import numpy as np

from mien_models.head.model.data import HeadData, Part
from mien_models.head.model.table import local_targets
from mien_models.spaces.arkit import BLENDSHAPES


def tiny_head(seed: int = 0) -> HeadData:
    """Four vertices of skin, then two octahedra as eyeballs; random displacements."""
    rng = np.random.default_rng(seed)
    skin = rng.uniform(-0.1, 0.1, (4, 3))
    ball = 0.012 * np.concatenate([np.eye(3), -np.eye(3)])
    left, right = np.array([[-0.03, 0.03, -0.02], [-0.03, -0.03, -0.02]])
    base = np.concatenate([skin, ball + left, ball + right])

    def displacements(count: int, rigid_eyes: bool = False) -> np.ndarray:
        moved = rng.normal(0, 0.003, (count, len(base), 3))
        if rigid_eyes:
            moved[:, 4:] = 0
        return moved

    return HeadData(
        base=base,
        ethnic=displacements(18),
        universal=displacements(18),
        local=displacements(len(local_targets())),
        expression=displacements(len(BLENDSHAPES), rigid_eyes=True),
        eyes=(4, 10),
        lids=np.array([[[0, 1], [2, 3]], [[1, 0], [3, 2]]], np.int32),
        lips=np.array([0, 2], np.int32),
        triangles=np.array([[0, 1, 2], [4, 5, 6], [10, 11, 12]], np.int32),
        triangles_uv=np.zeros((3, 3), np.int32),
        parts=np.array([Part.SKIN, Part.EYE_LEFT, Part.EYE_RIGHT], np.uint8),
        uv=np.zeros((1, 2), np.float32),
        follow=np.array([1.0, 0.5, 0.0, *[1.0] * 13]),
        lip_ring=np.zeros(16, np.float32),
        lid_ring=np.zeros(16, np.float32),
        ambient=np.ones(16, np.float32),
        shadow=np.zeros((16, 16), np.float32),
    )
