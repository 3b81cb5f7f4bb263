"""Ground truth and estimates of one person over time, and their correlations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mien.core.types import F64
from mien_models.evaluate.metrics import pearson
from mien_models.spaces import arkit

_DRAWS = 500
_INTERVAL = (0.05, 0.95)
_SPEAKING = 0.5
_SHOWN = 0.1  # a weight that varies by less counts as not shown


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """One person, in the T images in which the face was found. shown_* is the truth, read_* the estimate.

    t_s (T,). shown, read (T, 52): ARKit weights; NaN = not estimated. shown_head, read_head (T, 3):
    yaw, pitch, roll [°]. shown_m, read_m (T,): distance from the camera. speaking (T,): [0, 1].
    """

    seed: int
    t_s: F64
    shown: F64
    read: F64
    shown_head: F64
    read_head: F64
    shown_m: F64
    read_m: F64
    speaking: F64


def correlations(recordings: Sequence[Recording]) -> dict[str, Any]:
    """Pearson r per blendshape; None where it is not defined.

    pearson_interval: 90 % bootstrap interval over people, which tells how far single people decide.
    pearson_person_median: median of the r of each person who shows the shape, which differences
    between people do not lower. pearson_speech, pearson_silence: r over the images with and without
    speech.
    """
    shown, read = (np.vstack([getattr(r, name) for r in recordings]) for name in ("shown", "read"))
    speaking = np.concatenate([r.speaking for r in recordings]) > _SPEAKING
    alone = np.array([np.where(np.ptp(r.shown, axis=0) >= _SHOWN, _each(r.shown, r.read), np.nan) for r in recordings])
    return {
        "pearson_interval": _by_name(_interval(recordings)),
        "pearson_person_median": _by_name(_median(alone)),
        "pearson_speech": _by_name(_each(shown[speaking], read[speaking])),
        "pearson_silence": _by_name(_each(shown[~speaking], read[~speaking])),
    }


def biases(recordings: Sequence[Recording]) -> dict[str, Any]:
    """Ratio of estimated to true distance of the face, and slope of the estimated over the true head angles."""
    ratios = np.concatenate([r.read_m / r.shown_m for r in recordings])
    slopes = np.array([_slopes(r.shown_head, r.read_head) for r in recordings])
    return {
        "distance_ratio_median": _number(float(_median(ratios[:, None])[0])),
        "turn_slope": dict(zip(("yaw", "pitch", "roll"), map(_number, _median(slopes).tolist()), strict=True)),
    }


def typical(recordings: Sequence[Recording], shape: str) -> Recording:
    """The person with the median r of a blendshape."""
    i = arkit.INDEX[shape]
    order = sorted(recordings, key=lambda r: np.nan_to_num(pearson(r.shown[:, i], r.read[:, i]), nan=-1.0))
    return order[len(order) // 2]


def _each(shown: F64, read: F64) -> F64:
    """(52,) Pearson r of each column."""
    return np.array([pearson(a, b) for a, b in zip(shown.T, read.T, strict=True)])


def _interval(recordings: Sequence[Recording]) -> F64:
    """(52, 2) bootstrap bounds of r over people, from the sums that r is computed from."""
    sums = np.stack([_sums(r) for r in recordings])
    rng = np.random.default_rng(0)
    counts = rng.multinomial(len(sums), np.full(len(sums), 1 / len(sums)), _DRAWS)
    n, a, b, aa, bb, ab = np.moveaxis(np.tensordot(counts, sums, axes=1), 1, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        r = (n * ab - a * b) / np.sqrt((n * aa - a**2) * (n * bb - b**2))
    r[~np.isfinite(r)] = np.nan
    bounds = np.full((r.shape[1], 2), np.nan)
    for i in np.flatnonzero(np.isfinite(r).all(axis=0)):
        bounds[i] = np.quantile(r[:, i], _INTERVAL)
    return bounds


def _sums(recording: Recording) -> F64:
    """(6, 52): count, sums of truth and estimate, of their squares and of their product."""
    seen = np.isfinite(recording.read)
    a, b = np.where(seen, recording.shown, 0), np.where(seen, recording.read, 0)
    return np.array([seen.sum(0), a.sum(0), b.sum(0), (a * a).sum(0), (b * b).sum(0), (a * b).sum(0)])


def _slopes(shown: F64, read: F64) -> F64:
    """(D,) least-squares slopes of columns; NaN where the truth is constant."""
    a, b = shown - shown.mean(0), read - read.mean(0)
    square = (a * a).sum(0)
    return np.asarray(np.divide((a * b).sum(0), square, out=np.full(len(square), np.nan), where=square > 0))


def _median(rows: F64) -> F64:
    """(D,) medians of columns (N, D), ignoring NaN."""
    return np.array([np.median(c[np.isfinite(c)]) if np.isfinite(c).any() else np.nan for c in rows.T])


def _by_name(values: F64) -> dict[str, Any]:
    """(52,) or (52, D) values as JSON, by name of the blendshape."""
    return {
        name: _number(float(v)) if v.ndim == 0 else [_number(x) for x in v.tolist()]
        for name, v in zip(arkit.BLENDSHAPES, values, strict=True)
    }


def _number(value: float) -> float | None:
    return round(value, 4) if np.isfinite(value) else None
