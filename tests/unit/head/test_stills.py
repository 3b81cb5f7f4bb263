"""What may be asked of random pictures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mien_models.head.appearance.occluders import Occluder, sample_occluder
from mien_models.head.pictures.stills import StillConfig


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"occluded": 1.5}, "occluded is 1.5"),
        ({"width": 4}, "width is 4"),
        ({"yaw_from_deg": 30.0, "yaw_to_deg": 10.0}, "yaw_from_deg is above yaw_to_deg"),
        ({"nearest_m": 2.0, "farthest_m": 1.0}, "nearest_m is above farthest_m"),
    ],
)
def test_errors_name_the_field(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        StillConfig(**values)


def test_what_is_held_hides_something() -> None:
    rng = np.random.default_rng(0)
    drawn = {sample_occluder(rng) for _ in range(200)}
    assert drawn == set(Occluder) - {Occluder.NONE}
