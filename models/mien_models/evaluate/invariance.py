"""Invariance: how far readings move when only the turn of the head changes, or only the person."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models.evaluate.grid import EXPRESSIONS, YAWS_DEG, Grid
from mien_models.evaluate.read import Readings
from mien_models.evaluate.score import PRESENT, Json, number
from mien_models.spaces.facs import AUS

Array = NDArray[Any]


def invariance(grid: Grid, read: Readings) -> Json:
    """Shifts of the FACS intensity, on the scale of 0 to 5.

    `pose`: |reading at ±30° - frontal reading| of the same person and expression. `identity`: |difference
    between two people| with the same expression, frontal. Medians over all units, most of which are 0, and over
    those that are shown (`active`). A network with constant output has no shifts, so read them together with
    `response`: how much higher a shown unit is read than on the same person at rest. `embedding` is the distance
    that the change makes in the embedding, divided by the median distance between two expressions.
    """
    units, truth = grid.shaped(read.units.astype(np.float64)), grid.shaped(grid.faces.units)
    turned = np.abs(units[:, :, 1:] - units[:, :, :1])
    turned_active = np.broadcast_to(truth[:, :, :1] >= PRESENT, turned.shape)
    one, two = np.triu_indices(grid.people, 1)
    frontal = units[:, :, 0]
    changed = np.abs(frontal[one] - frontal[two])
    changed_active = np.broadcast_to(truth[:1, :, 0] >= PRESENT, changed.shape)
    shown = frontal - frontal[:, :1]  # relative to the same person at rest
    points = grid.shaped(read.embedding.astype(np.float64))
    first, second = np.triu_indices(len(EXPRESSIONS), 1)
    scale = float(np.median(_away(points[:, first, 0], points[:, second, 0])))
    return {
        "people": grid.people,
        "yaws_deg": list(YAWS_DEG),
        "expressions": list(EXPRESSIONS),
        "response": _median(shown[np.isfinite(shown) & (truth[:, :, 0] >= PRESENT)]),
        "pose": _shift(turned, turned_active, _share(_away(points[:, :, 1:], points[:, :, :1]), scale)),
        "identity": _shift(changed, changed_active, _share(_away(points[one, :, 0], points[two, :, 0]), scale)),
    }


def _shift(moved: Array, active: Array, embedding: float) -> Json:
    """Statistics of shifts (..., A), of which `active` tells whether the unit is shown."""
    known = np.isfinite(moved)
    by_unit = {}
    for i, label in enumerate(AUS):
        all_, there = moved[..., i][known[..., i]], moved[..., i][known[..., i] & active[..., i]]
        by_unit[label] = {"median": _median(all_), "median_active": _median(there)}
    return {
        "median": _median(moved[known]),
        "p90": number(np.quantile(moved[known], 0.9)) if known.any() else None,
        "median_active": _median(moved[known & active]),
        "p90_active": number(np.quantile(moved[known & active], 0.9)) if (known & active).any() else None,
        "embedding": number(embedding),
        "by_unit": by_unit,
    }


def _share(away: Array, scale: float) -> float:
    """The median distance over `scale`; NaN where all expressions have the same embedding."""
    return float(np.median(away)) / scale if scale > 0 else float("nan")


def _median(values: Array) -> float | None:
    return number(np.median(values)) if values.size else None


def _away(a: Array, b: Array) -> Array:
    return np.asarray(np.linalg.norm(a - b, axis=-1))
