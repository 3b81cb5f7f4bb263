"""Expressions leave the face where it is in its crop."""

from __future__ import annotations

import numpy as np
import pytest

from mien_models.alignment import crop_matrix
from mien_models.head import Head, Identity
from mien_models.head.model.landmarks import Landmarks

EYE_CORNERS = [33, 133, 362, 263]
MOVES = (
    {"jawOpen": 1.0},
    {"mouthSmileLeft": 1.0, "mouthSmileRight": 1.0, "cheekSquintLeft": 1.0, "cheekSquintRight": 1.0},
    {"browDownLeft": 1.0, "browDownRight": 1.0, "noseSneerLeft": 1.0, "noseSneerRight": 1.0},
    {"browInnerUp": 1.0, "browOuterUpLeft": 1.0, "browOuterUpRight": 1.0, "eyeWideLeft": 1.0, "eyeWideRight": 1.0},
    {"eyeBlinkLeft": 1.0},
    {"jawLeft": 1.0, "mouthLeft": 1.0},
)


@pytest.mark.parametrize("seed", range(5))
def test_expressions_do_not_move_the_crop(head: Head, seed: int) -> None:
    """The eyes stay within a pixel of 112."""
    face, landmarks = head.neutral(Identity.sample(np.random.default_rng(seed))), Landmarks()

    def place(expression: dict[str, float]) -> np.ndarray:
        # Face axes to those of an image: x right, y down, z away; millimetres as pixels.
        points = landmarks(head.animate(face, expression)) @ np.array([[0, 0, -1], [1, 0, 0], [0, -1, 0]]) * 1000
        matrix = crop_matrix(points)
        return np.linalg.solve(matrix[:, :2], points[EYE_CORNERS, :2].mean(0) - matrix[:, 2])

    rest = place({})
    assert rest == pytest.approx((56, 0.32 * 112), abs=2)
    for expression in MOVES:
        assert np.linalg.norm(place(expression) - rest) < 1.0, expression
