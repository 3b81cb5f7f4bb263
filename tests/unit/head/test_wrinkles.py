"""Which expression folds which part of the face."""

from __future__ import annotations

import numpy as np
import pytest

from mien_models.head.appearance.chart import Chart
from mien_models.head.appearance.wrinkles import DRIVERS, Folds, relief
from mien_models.head.model.data import MM
from mien_models.spaces.arkit import BLENDSHAPES

# Places of the mean face, in face axes [MM], by region; the left side of the person.
PLACES = {
    "forehead": (-5, 20, 38), "glabella": (0, 7, 12), "crow's feet": (-18, 51, -2), "nasolabial": (5, 27, -50),
    "nose": (8, 9, -10), "chin": (12, 5, -92), "cheek": (-14, 54, -40), "lip": (19, 5, -60),
}  # fmt: skip
POINTS = np.array([*PLACES.values(), *((x, -y, z) for x, y, z in PLACES.values())]) * MM
NAMES = list(PLACES)


def shown(**weights: float) -> dict[str, tuple[float, float]]:
    """How far each place shows its folds, on the left and on the right."""
    values = np.zeros(len(BLENDSHAPES))
    for name, weight in weights.items():
        values[BLENDSHAPES.index(name)] = weight
    left, right = Folds(POINTS)(values).reshape(2, -1)
    return {name: (float(a), float(b)) for name, a, b in zip(NAMES, left, right, strict=True)}


@pytest.mark.parametrize(
    ("shape", "where"),
    [
        ("browOuterUp", "forehead"), ("browDown", "glabella"), ("cheekSquint", "crow's feet"),
        ("mouthSmile", "nasolabial"), ("noseSneer", "nose"),
    ],
)  # fmt: skip
def test_one_side_folds_its_own_place(shape: str, where: str) -> None:
    found = shown(**{f"{shape}Left": 1.0})
    assert found[where][0] > 0.5
    assert found[where][1] < 0.1
    assert max(found[name][0] for name in ("cheek", "lip")) == 0


def test_the_chin_has_one_muscle() -> None:
    found = shown(mouthShrugLower=1.0)
    assert found["chin"][0] == found["chin"][1] > 0.8


def test_at_rest_nothing_folds_and_never_more_than_wholly() -> None:
    assert all(value == (0, 0) for value in shown().values())
    most = shown(**dict.fromkeys(BLENDSHAPES, 1.0))
    assert max(max(value) for value in most.values()) <= 1
    assert all(min(most[name]) > 0.4 for name in DRIVERS)


def test_more_expression_folds_more() -> None:
    levels = [shown(mouthSmileLeft=w)["nasolabial"][0] for w in (0.2, 0.5, 0.9)]
    assert levels[0] < levels[1] < levels[2]


def test_the_relief_slopes_where_it_is_deep_and_is_level_elsewhere() -> None:
    z, y = np.meshgrid(np.linspace(60, -110, 512), np.linspace(-75, 75, 512), indexing="ij")
    maps = [np.asarray(m, np.float32) for m in (np.zeros_like(y), y, z, np.full_like(y, 16), np.full_like(y, 16))]
    chart = Chart(*maps)
    rgba = relief(chart, np.random.default_rng(0))[0].astype(float)
    slope = np.hypot(*(rgba[..., k] - 127.5 for k in (0, 1)))
    depth = rgba[..., 3]
    half_y, half_z = y[::2, ::2], z[::2, ::2]
    cheek = (np.abs(np.abs(half_y) - 55) < 8) & (np.abs(half_z + 50) < 10)
    assert slope[cheek].max() <= 1
    assert depth[cheek].max() == 0
    forehead = (np.abs(half_y) < 30) & (np.abs(half_z - 40) < 8)
    assert depth[forehead].max() > 200
    # Lines across the forehead slope up and down, not sideways.
    sideways, upwards = (np.abs(rgba[..., k] - 127.5)[forehead].mean() for k in (0, 1))
    assert upwards > 3 * sideways
