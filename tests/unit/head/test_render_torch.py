"""Coverage, textures and edges on tensors, against the compiled loops and against geometry."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from mien_models.head import kernels
from mien_models.head.kernels import SUBPIXEL, TRIANGLE_BITS

torch = pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models.head.render_torch.edges import blend_edges  # noqa: E402
from mien_models.head.render_torch.raster import Facing, cover, facing, keep_nearest  # noqa: E402
from mien_models.head.render_torch.samples import thickened  # noqa: E402
from mien_models.head.render_torch.shade import Scene, smooth_texels, texels  # noqa: E402
from mien_models.head.render_torch.shadows import OFF, SIDE, Shadows, seen_from_light, sunlit  # noqa: E402

ROWS, COLUMNS = 20, 28


def keys_of(points: np.ndarray, depth: np.ndarray, triangles: np.ndarray, cull: np.ndarray) -> Any:
    """Keys of batches of points (B, V, 2) in samples and depths (B, V)."""
    grid = torch.tensor(points * SUBPIXEL).round()
    x, y, inverse = grid[..., 0].contiguous(), grid[..., 1].contiguous(), torch.tensor(1 / depth)
    corners = torch.tensor(triangles) + points.shape[1] * torch.arange(len(points))[:, None, None]
    seen = facing(x, y, inverse, corners, torch.tensor(cull).expand(len(points), -1))
    keys = torch.zeros(len(points), ROWS, COLUMNS, dtype=torch.int64)
    cell, key, owner = cover(x, y, inverse, corners, seen, ROWS, COLUMNS)
    np.testing.assert_array_equal(owner % len(triangles), key & ((1 << TRIANGLE_BITS) - 1))
    keep_nearest(keys, cell, key)
    return keys


def compiled(points: np.ndarray, depth: np.ndarray, triangles: np.ndarray, cull: np.ndarray) -> np.ndarray:
    x, y = np.rint(points * SUBPIXEL).astype(np.int64).T.copy()
    keys = np.zeros((ROWS, COLUMNS), np.int64)
    none, count = np.full(len(triangles), -1), len(triangles)
    kernels.rasterise(
        x, y, 1 / depth, triangles.astype(np.int32), 0, count, cull, keys, np.zeros_like(keys), none,
        np.zeros((count, 3, 2), np.float32), (np.zeros((1, 1), np.uint8),) * 2,
    )  # fmt: skip
    return keys


@pytest.mark.parametrize("size", [1.0, 4.0, 40.0])
def test_coverage_is_that_of_the_compiled_loop(size: float) -> None:
    """Slivers, specks and triangles larger than the picture, some culled, in batches."""
    rng = np.random.default_rng(int(size))
    middle = rng.uniform(-2, (COLUMNS + 2, ROWS + 2), (3, 40, 1, 2))
    points = (middle + rng.normal(0, size, (3, 40, 3, 2))).reshape(3, 120, 2)
    # On a coarse grid many edges pass through the middles of samples.
    points[1] = np.round(2 * points[1]) / 2
    depth = rng.uniform(0.3, 2.0, (3, 120))
    triangles = np.arange(120).reshape(40, 3)
    cull = rng.random(40) < 0.5
    keys = keys_of(points, depth, triangles, cull).numpy()
    for mine, p, d in zip(keys, points, depth, strict=True):
        expected = compiled(p, d, triangles, cull)
        np.testing.assert_array_equal(mine & ((1 << TRIANGLE_BITS) - 1), expected & ((1 << TRIANGLE_BITS) - 1))
        assert np.abs((mine >> TRIANGLE_BITS) - (expected >> TRIANGLE_BITS)).max() < 100  # of 2**34


def test_textures_are_those_of_the_compiled_loop() -> None:
    rng = np.random.default_rng(0)
    levels = [rng.integers(0, 256, (8, 12, 4), np.uint8), rng.integers(0, 256, (4, 6, 4), np.uint8)]
    packed = np.concatenate([level.view("<i4").ravel() for level in levels])
    maps = np.array([[[(0, 8, 12), (96, 4, 6)]]])
    heads = SimpleNamespace(texels=torch.tensor(packed)[None], maps=torch.tensor(maps))
    u, v = rng.uniform(-0.1, 1.1, (2, 50))
    level = np.arange(50) % 2
    none = torch.zeros(50, dtype=torch.int64)
    found = texels(heads, none, none, torch.tensor(level), torch.tensor(u), torch.tensor(v)).numpy()
    expected = [kernels._raw(levels[k], a, b) for k, a, b in zip(level, u, v, strict=True)]
    np.testing.assert_allclose(found.T, expected, atol=1e-6)


def test_textures_change_steadily_with_what_a_pixel_covers() -> None:
    """Levels of one grey each: halfway between two areas, on a scale of octaves, the mean of both."""
    grey, sides = np.array([40, 200, 90, 250, 10]), 2 ** np.arange(5, 0, -1)
    texture = np.concatenate([np.full((side * side, 4), g, np.uint8) for g, side in zip(grey, sides, strict=True)])
    starts = np.cumsum([0, *(sides * sides)[:-1]])
    maps = np.stack([starts, sides, sides], axis=1)
    heads = SimpleNamespace(texels=torch.tensor(texture.view("<i4").T.copy()), maps=torch.tensor(maps)[None, None])
    level = np.linspace(-1, 5, 49)
    none, place = torch.zeros(49, dtype=torch.int64), torch.full((49,), 0.4, dtype=torch.float64)
    found = smooth_texels(heads, none, none, torch.tensor(4.0**level / 1024), place, place)
    np.testing.assert_allclose(255 * found.numpy(), np.tile(np.interp(level, np.arange(5), grey), (4, 1)), atol=1e-9)


def test_shadows_are_those_of_the_compiled_loop() -> None:
    """A board before a light hides what is behind it, softly at its edge."""
    rng = np.random.default_rng(1)
    light = np.array([0.3, -0.5, -0.81])
    light /= np.linalg.norm(light)
    centre = np.array([0.02, 0.01, 0.6])
    nearest = rng.choice([-np.inf, 0.0], (SIDE, SIDE)).astype(np.float32)
    *_, frame = seen_from_light(torch.tensor(centre)[None, None], torch.tensor(centre)[None], torch.tensor(light)[None])
    places, normals = centre + rng.uniform(-0.2, 0.2, (200, 3)), rng.normal(size=(200, 3))
    nearest[nearest == 0] = light @ centre
    row = torch.zeros(1, dtype=torch.int64)
    shadows = Shadows(torch.tensor(nearest)[None], frame, row, torch.ones(1))
    asked = torch.arange(200) % 5 != 0
    found = sunlit(shadows, row.expand(200), torch.tensor(places.T), torch.tensor(normals.T), asked).numpy()
    axes, begin = frame[0, :, :3].numpy(), frame[0, :2, 3].numpy()
    flat = np.concatenate([axes.ravel(), begin, (OFF, 0.0025)])
    expected = [kernels.sunlit(nearest, flat, *(p + OFF * n)) for p, n in zip(places, normals, strict=True)]
    np.testing.assert_allclose(found, np.where(asked, expected, 1.0), atol=1e-9)


def test_wires_are_at_least_as_thick_as_a_sample() -> None:
    """Corners of square wires 0.4 and 20 mm thick, 1 m away, where a sample is 5 mm wide; and what is no wire."""
    diagonal = torch.tensor([[1.0, 1, 0], [-1, 1, 0], [-1, -1, 0], [1, -1, 0]], dtype=torch.float64)
    thin, thick, plain = (half * diagonal + torch.tensor([0.0, 0, 1]) for half in (0.0002, 0.01, 0.0002))
    points = torch.cat([thin, thick, plain])[None]
    wire = torch.tensor([[0.0002] * 4 + [0.01] * 4 + [0.0] * 4], dtype=torch.float64)
    found = thickened(points, (diagonal / 2**0.5).repeat(3, 1)[None], wire, torch.tensor([200.0]))[0]
    np.testing.assert_allclose(np.ptp(found[:4, :2].numpy(), axis=0), 0.005)
    np.testing.assert_array_equal(found[4:], points[0, 4:])


def square(shift: Any, turn: float, inverse: float = 1.0) -> Any:
    """A white square of 9×9 pixels before black, at a place and angle; its brightness is its area."""
    corner = 4.5 * 2**0.5
    angles = torch.arange(4) * torch.pi / 2 + turn
    x = 14 + shift[0] + corner * torch.cos(angles)
    y = 10 + shift[1] + corner * torch.sin(angles)
    x, y = (v.double()[None] * SUBPIXEL for v in (x, y))
    near = torch.full_like(x, inverse)
    corners = torch.tensor([[[0, 1, 2], [0, 2, 3]]])
    seen = facing(x.detach().round(), y.detach().round(), near, corners, torch.zeros(1, 2, dtype=torch.bool))
    keys = torch.zeros(1, ROWS, COLUMNS, dtype=torch.int64)
    found = cover(x.detach().round(), y.detach().round(), near.detach(), corners, seen, ROWS, COLUMNS)
    keep_nearest(keys, found.cell, found.key)
    edges = torch.tensor([[[0, 1, 0, -1], [1, 2, 0, -1], [0, 2, 0, 1], [2, 3, 1, -1], [0, 3, 1, -1]]])
    heads = SimpleNamespace(edges=edges, parts=torch.zeros(1, 2, dtype=torch.int64))
    blank: dict[str, Any] = dict.fromkeys(Scene._fields)
    scene = Scene(**{**blank, "heads": heads, "who": torch.zeros(1).long(), "x": x, "y": y, "inverse": near})
    white = (keys != 0).double().reshape(-1, 1)
    return blend_edges(scene, Facing(seen.drawn, seen.area), keys, white).view(ROWS, COLUMNS)


@pytest.mark.parametrize("turn", [0.0, 0.2, 0.6, 0.9, 1.3])
def test_blended_edges_keep_the_area(turn: float) -> None:
    for shift in np.random.default_rng(0).uniform(-2, 2, (6, 2)):
        area = float(square(torch.tensor(shift), turn).sum())
        assert area == pytest.approx(81, abs=1.5)


@pytest.mark.parametrize("turn", [0.1, 0.5, 1.0])
def test_moving_edges_have_the_slope_of_what_moves(turn: float) -> None:
    """The middle of brightness moves with the square, and its derivative says so."""
    columns = torch.arange(COLUMNS) + 0.5
    slopes = []
    for start in np.linspace(-1, 1, 9):
        shift = torch.tensor([float(start), 0.3 * float(start)], dtype=torch.float64, requires_grad=True)
        (square(shift, turn) * columns).sum().backward()
        slopes.append(shift.grad.numpy())
    # Corners lose a little: they lie between the lines that edges are cut with.
    assert np.mean(slopes, axis=0)[0] == pytest.approx(81, rel=0.06)
    assert np.mean(slopes, axis=0)[1] == pytest.approx(0, abs=3)


def test_hidden_edges_are_not_blended() -> None:
    """Behind something nearer, an outline leaves no trace."""
    whole = torch.full((1, ROWS, COLUMNS), int(2.0 * 2**34) << TRIANGLE_BITS, dtype=torch.int64)
    colours = torch.arange(ROWS * COLUMNS).double()[:, None]
    x, y = (torch.tensor([v], dtype=torch.float64) * SUBPIXEL for v in ([3.2, 20.1, 5.3], [2.2, 9.7, 17.3]))
    heads = SimpleNamespace(
        edges=torch.tensor([[[0, 1, 0, -1], [1, 2, 0, -1], [0, 2, 0, -1]]]), parts=torch.zeros(1, 1).long()
    )
    blank: dict[str, Any] = dict.fromkeys(Scene._fields)
    scene = Scene(
        **{**blank, "heads": heads, "who": torch.zeros(1).long(), "x": x, "y": y, "inverse": torch.ones(1, 3).double()}
    )
    seen = Facing(torch.ones(1, 1, dtype=torch.bool), -torch.ones(1, 1))
    np.testing.assert_array_equal(blend_edges(scene, seen, whole, colours), colours)
