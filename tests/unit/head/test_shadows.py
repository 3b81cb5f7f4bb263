"""A plate between a light and a floor: what is under it is dark."""

from __future__ import annotations

import numpy as np
import pytest

from mien_models.head.kernels import sunlit
from mien_models.head.render.shadows import Shadow

CENTRE = np.array([0.02, -0.01, 0.6])


def plate(light: np.ndarray, height: float = 0.05, half: float = 0.03, *, turned: bool = False) -> Shadow:
    """The shadow of a square plate above the centre, drawn from the side of the light, or else from the other."""
    side = np.cross(light, (0.3, 1.0, 0.1))
    side /= np.linalg.norm(side)
    other = np.cross(light, side)
    corners = np.array([a * side + b * other for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))])
    points = CENTRE + height * light + half * corners
    triangles = np.array([[0, 1, 2], [0, 2, 3]], np.int32)[:, :: -1 if turned else 1]
    uv, opacity = np.zeros((2, 3, 2), np.float32), np.zeros((1, 1), np.uint8)
    cull = np.ones(2, np.bool_)
    return Shadow.of(points, triangles, cull, np.full(2, -1), uv, (opacity, opacity), CENTRE, light, 1.0)


@pytest.mark.parametrize("light", [(0.0, 0.0, -1.0), (0.0, -1.0, 0.0), (0.6, -0.5, -0.7)])
def test_dark_under_the_plate_and_light_elsewhere(light: tuple[float, float, float]) -> None:
    towards = np.array(light) / np.linalg.norm(light)
    shadow = plate(towards)
    aside = np.cross(towards, (0.2, 0.3, 0.9))
    aside /= np.linalg.norm(aside)

    def share(distance: float, height: float = 0.0) -> float:
        return sunlit(shadow.nearest, shadow.frame, *(CENTRE + distance * aside + height * towards))

    assert share(0.0) == 0
    assert share(0.02, -0.05) == 0
    assert share(0.055) == 1
    assert share(0.0, 0.051) == 1  # on the plate and above it
    assert share(0.0, 0.1) == 1


@pytest.mark.parametrize("light", [(0.0, 0.0, -1.0), (0.0, -1.0, 0.0), (0.6, -0.5, -0.7)])
def test_what_turns_its_back_to_the_light_is_culled(light: tuple[float, float, float]) -> None:
    shadow = plate(np.array(light) / np.linalg.norm(light), turned=True)
    assert sunlit(shadow.nearest, shadow.frame, *CENTRE) == 1


def test_the_edge_is_soft() -> None:
    shadow = plate(np.array([0.0, 0.0, -1.0]))
    across = [sunlit(shadow.nearest, shadow.frame, *(CENTRE + x * np.eye(3)[0])) for x in np.linspace(0, 0.06, 61)]
    assert (np.diff(across) >= -1e-9).all()
    assert sum(0.02 < share < 0.98 for share in across) >= 2


def test_beyond_the_map_all_is_lit() -> None:
    shadow = plate(np.array([0.0, 0.0, -1.0]))
    assert sunlit(shadow.nearest, shadow.frame, 5.0, 5.0, 0.6) == 1
