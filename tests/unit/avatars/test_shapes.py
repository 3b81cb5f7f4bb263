"""Meshes, maps and lenses that avatars are made with."""

from __future__ import annotations

import numpy as np
import pytest

from mien_models.avatars import layout, mesh
from mien_models.avatars.toon import Lens


def test_a_ball_points_outwards_and_is_closed() -> None:
    points, triangles = mesh.ball(16, 24)
    np.testing.assert_allclose(np.linalg.norm(points, axis=1), 1)
    a, b, c = (points[triangles[:, i]] for i in range(3))
    outwards = (np.cross(b - a, c - a) * (a + b + c)).sum(1)
    assert (outwards > 0).all()
    ring = slice(24, 16 * 24)  # the poles are many vertices in one place
    np.testing.assert_allclose(mesh.normals(points, triangles)[ring], points[ring], atol=0.05)


def test_midpoints_quarter_triangles() -> None:
    points = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]])
    triangles, ends = mesh.midpoints(np.array([[0, 1, 2], [2, 1, 3]]), 4)
    assert triangles.shape == (8, 3)
    assert len(ends) == 5
    points = np.concatenate([points, points[ends].mean(1)])
    a, b, c = (points[triangles[:, i]] for i in range(3))
    np.testing.assert_allclose(np.cross(b - a, c - a)[:, 2], 0.25)


def test_rim_of_two_triangles() -> None:
    (loop,) = mesh.rim(np.array([[0, 1, 2], [2, 1, 3]]))
    start = loop.tolist().index(0)
    assert np.roll(loop, -start).tolist() == [0, 1, 3, 2]


def test_texels_and_directions_are_inverse() -> None:
    rng = np.random.default_rng(2)
    points = layout.CENTRE + rng.normal(size=(200, 3))
    away, around = layout.directions(points)
    back = layout.texel_directions(layout.skin_uv(points))
    np.testing.assert_allclose(back[0], away, atol=1e-9)
    np.testing.assert_allclose(back[1], around, atol=1e-9)


@pytest.mark.parametrize("style", ["human", "toon"])
def test_hair_is_on_top_and_the_same_on_both_sides(style: str) -> None:
    crown, forehead, ear = np.array([-0.1, 0, 0.11]), np.array([0, 0, 0.03]), layout.EAR
    depth = layout.hair_depth(style, *layout.directions(np.stack([crown, forehead, ear])))
    assert depth[0] > 0.02
    assert depth[1] < 0
    assert depth[2] < 0
    points = np.random.default_rng(3).normal(size=(100, 3)) * 0.1
    right = layout.hair_depth(style, *layout.directions(points * [1, -1, 1]))
    np.testing.assert_allclose(layout.hair_depth(style, *layout.directions(points)), right, atol=1e-9)


def test_a_lens_scales_within_and_leaves_the_rest() -> None:
    middle = np.array([0.1, 0.2, 0.3])
    lens = Lens(middle, np.full(3, 1.3), middle, 0.02, 0.05)
    direction = np.array([0.6, 0.0, 0.8])
    away = np.linspace(0.001, 0.08, 400)[:, None]
    through = lens(middle + away * direction)
    reached = (through - middle) @ direction
    np.testing.assert_allclose(reached[away[:, 0] < 0.02], 1.3 * away[away[:, 0] < 0.02][:, 0])
    np.testing.assert_allclose(reached[away[:, 0] > 0.05], away[away[:, 0] > 0.05][:, 0])
    assert (np.diff(reached) > 0).all()  # nothing folds over
