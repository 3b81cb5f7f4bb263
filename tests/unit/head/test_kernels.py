"""Coverage, depth and light, compiled where numba is installed and as plain Python elsewhere."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mien_models.head import kernels
from mien_models.head.kernels import SUBPIXEL, TRIANGLE_BITS, ambient, diffuse, highlight, rasterise, smooth, tone

SIZE = 24
I64 = NDArray[np.int64]


def draw(
    points: Any,
    triangles: Any,
    depth: Any = 1.0,
    *,
    cull: bool = False,
    behind: I64 | None = None,
    clear: bool = False,
    opacity: int | None = None,
) -> I64:
    """Keys of some triangles; points in samples. clear: as hair, the right half a hole, or of one opacity."""
    grid = np.rint(np.asarray(points, float) * SUBPIXEL).astype(np.int64)
    corners = np.asarray(triangles, np.int32)
    keys = np.zeros((SIZE, SIZE), np.int64)
    hair = np.array([[255, 0], [255, 0]]) if opacity is None else np.full((2, 2), opacity)
    opacities = (np.zeros((2, 2), np.uint8), hair.astype(np.uint8))
    x, y = grid.T.copy()
    inverse = np.broadcast_to(1 / np.asarray(depth, float), len(grid)).copy()
    before = np.zeros_like(keys) if behind is None else behind
    holes = np.full(len(corners), 1 if clear else -1)
    culled = np.full(len(corners), cull)
    uv = (grid[corners] / (SIZE * SUBPIXEL)).astype(np.float32)
    rasterise(x, y, inverse, corners, 0, len(corners), culled, keys, before, holes, uv, opacities)
    return keys


def winner(keys: I64) -> I64:
    return np.where(keys > 0, keys & ((1 << TRIANGLE_BITS) - 1), -1)


@pytest.mark.parametrize("seed", range(5))
def test_a_fan_covers_each_sample_once(seed: int) -> None:
    """Triangles around a point: no gap, no overlap, whatever their order and direction."""
    rng = np.random.default_rng(seed)
    angles = np.sort(rng.uniform(0, 2 * np.pi, 9))
    rim = 12 + 10.3 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    centre = rng.uniform(10, 14, (1, 2))
    points = np.concatenate([rim, centre])
    fan = [(i, (i + 1) % 9, 9) for i in range(9)]
    each = sum((draw(points, [t]) > 0).astype(int) for t in fan)
    whole = draw(points, fan) > 0
    assert each.max() == 1
    np.testing.assert_array_equal(each == 1, whole)
    mirrored = draw(points, [t[::-1] for t in fan[::-1]]) > 0
    np.testing.assert_array_equal(mirrored, whole)


def test_sample_on_the_edge_belongs_to_one_side() -> None:
    """A square cut along the diagonal through sample centres."""
    square = [(2.5, 2.5), (10.5, 2.5), (10.5, 10.5), (2.5, 10.5)]
    a, b = draw(square, [(0, 1, 2)]) > 0, draw(square, [(0, 2, 3)]) > 0
    assert not (a & b).any()
    assert (a | b).sum() == 64  # 8×8: left and top edges count, right and bottom ones do not


def test_the_nearest_wins_in_any_order() -> None:
    points = [(1, 1), (20, 1), (1, 20), (1, 1), (20, 1), (1, 20)]
    depth = [2, 2, 2, 1, 1, 1]
    for order in ([(0, 1, 2), (3, 4, 5)], [(3, 4, 5), (0, 1, 2)]):
        keys = draw(points, order, depth)
        assert set(np.unique(winner(keys))) == {-1, order.index((3, 4, 5))}


def test_depth_is_perspective() -> None:
    """1/depth is linear across the picture."""
    keys = draw([(0, 0), (SIZE, 0), (0, SIZE), (SIZE, SIZE)], [(0, 1, 2), (1, 3, 2)], [1.0, 3.0, 1.0, 3.0])
    inverse = (keys[5] >> TRIANGLE_BITS) / 2.0**kernels.DEPTH_BITS
    expected = 1 + (np.arange(SIZE) + 0.5) / SIZE * (1 / 3 - 1)
    np.testing.assert_allclose(inverse, expected, atol=1e-9)


def test_only_what_is_in_front_is_drawn() -> None:
    triangle = [(1, 1), (20, 1), (1, 20)]
    behind = draw(triangle, [(0, 1, 2)], 1.0)
    assert not draw(triangle, [(0, 1, 2)], 1.5, behind=behind).any()
    assert draw(triangle, [(0, 1, 2)], 0.5, behind=behind).any()


def test_backs_are_culled_and_what_lies_behind_the_camera() -> None:
    triangle = [(1, 1), (20, 1), (1, 20)]
    shown = [draw(triangle, [t], cull=True).any() for t in ((0, 1, 2), (0, 2, 1))]
    assert sorted(shown) == [False, True]
    grid_at_infinity = draw(triangle, [(0, 1, 2)], [1.0, 1.0, np.inf])
    assert not grid_at_infinity.any()


def test_half_clear_hair_covers_only_what_is_solid() -> None:
    """Alone it is there or not; over something opaque its edge is kept, to be blended."""
    corners = [(0, 0), (SIZE, 0), (SIZE, SIZE), (0, SIZE)]
    halves = [(0, 1, 2), (0, 2, 3)]
    opaque = draw(corners, halves, 2.0)
    for opacity, alone, over in ((20, False, False), (100, False, True), (160, True, True)):
        assert draw(corners, halves, clear=True, opacity=opacity).any() == alone
        assert draw(corners, halves, clear=True, opacity=opacity, behind=opaque).any() == over


def test_holes_hide_nothing() -> None:
    full = draw([(0, 0), (SIZE, 0), (SIZE, SIZE), (0, SIZE)], [(0, 1, 2), (0, 2, 3)], clear=True)
    assert (full[:, : SIZE // 2] > 0).all()
    assert (full[:, SIZE // 2 :] == 0).all()


def test_what_is_outside_the_picture_is_cut() -> None:
    assert (draw([(-500, -500), (900, -500), (-500, 900)], [(0, 1, 2)]) > 0).all()


def test_light_is_neither_made_nor_negative() -> None:
    cosine = np.linspace(-1, 1, 2001)
    for wrap in (0.0, 0.3, 1.0):
        share = diffuse(cosine, wrap)
        assert (share >= 0).all()
        # Over the sphere of directions a white surface scatters π, as a matt one does.
        assert 2 * np.pi * np.trapezoid(share, cosine) <= np.pi * 1.001
    for sharpness in (10.0, 60.0, 900.0):
        shine = highlight(np.cos(np.linspace(0, np.pi, 50)), 0.9, 0.8, sharpness, 0.04, 0.5)
        assert (shine >= 0).all()
        assert (np.diff(shine) <= 1e-12).all()


def test_surroundings_follow_the_normal() -> None:
    c = np.zeros(10)
    c[0], c[2] = 0.5, -0.3  # brighter above (y points down)
    assert ambient(c, 0.0, -1.0, 0.0) == pytest.approx(0.8)
    assert ambient(c, 0.0, 1.0, 0.0) == pytest.approx(0.2)


def test_tone_is_a_camera_curve() -> None:
    levels = tone(np.linspace(0, 5, 100))
    assert levels[0] == 0
    assert levels.max() <= 1
    assert (np.diff(levels) >= 0).all()


def test_formulas_are_the_same_for_numbers_and_arrays() -> None:
    x = np.linspace(-1, 1, 9)
    np.testing.assert_allclose([smooth(-0.5, 0.5, v) for v in x], smooth(-0.5, 0.5, x))
    np.testing.assert_allclose([diffuse(v, 0.2) for v in x], diffuse(x, 0.2))


def test_formulas_are_the_same_for_torch() -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")
    x = np.linspace(0, 1, 9)
    np.testing.assert_allclose(
        highlight(torch.tensor(x), 0.9, 0.5, 50.0, 0.04, 0.5), highlight(x, 0.9, 0.5, 50.0, 0.04, 0.5)
    )
    np.testing.assert_allclose(tone(torch.tensor(x)).numpy(), tone(x))
