"""Distances on a face do not depend on where the head is turned."""

from __future__ import annotations

import numpy as np
import pytest

from mien.affects.geometry import FEATURES, measure

from .schematic import face, rotation


def measured(moved: dict[str, float] | None = None, **turn: float) -> dict[str, float]:
    f = face(moved, turn=rotation(**turn))
    return dict(zip(FEATURES, measure(f.landmarks, f.pose).tolist(), strict=True))


def test_lengths_are_what_was_drawn() -> None:
    m = measured()
    assert m["brow_inner_left"] == pytest.approx(0.2, abs=1e-4)
    assert m["brow_distance"] == pytest.approx(0.31, abs=1e-4)
    assert m["lid_gap_right"] == pytest.approx(0.09, abs=1e-4)
    assert m["mouth_width"] == pytest.approx(0.55, abs=1e-4)
    assert m["lips_apart"] == pytest.approx(0, abs=1e-4)
    assert m["chin_drop"] == pytest.approx(0.78, abs=1e-4)


@pytest.mark.parametrize(
    "turn", [{"yaw_deg": 30}, {"yaw_deg": -30}, {"roll_deg": 40}, {"yaw_deg": 20, "roll_deg": -25}]
)
def test_a_turned_head_measures_the_same(turn: dict[str, float]) -> None:
    straight, turned = measured(), measured(**turn)
    np.testing.assert_allclose(list(turned.values()), list(straight.values()), atol=0.006)


def test_only_the_known_drift_is_taken_off_a_nodding_head() -> None:
    """On a face drawn flat, nothing drifts, so the correction shows: 0.12 widths per radian at the outer brow."""
    up, straight = measured(pitch_deg=20), measured()
    assert up["brow_outer_left"] - straight["brow_outer_left"] == pytest.approx(0.12 * np.sin(np.radians(20)), abs=2e-3)
    assert up["lips_apart"] == pytest.approx(straight["lips_apart"], abs=2e-3)


def test_each_side_is_measured_by_itself() -> None:
    rest, raised = measured(), measured({"brow_inner_left": 0.05})
    changed = {k for k in rest if abs(raised[k] - rest[k]) > 1e-3}
    assert changed == {"brow_inner_left"}


def test_without_a_pose_or_with_holes_nothing_is_measured() -> None:
    f = face()
    assert np.isnan(measure(f.landmarks, None)).all()
    for bad in (np.nan, np.inf):
        holed = f.landmarks.copy()
        holed[13] = bad
        assert np.isnan(measure(holed, f.pose)).all()
    assert np.isnan(measure(np.zeros_like(f.landmarks), f.pose)).all()
