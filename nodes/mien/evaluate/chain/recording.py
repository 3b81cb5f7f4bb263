"""What people did in front of the camera and what the chain read of it, side by side."""

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
_SHOWN = 0.1  # a weight that changes by less is a trace


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """One person, in the T images in which the face was found.

    t_s (T,). shown, read (T, 52): ARKit weights; NaN = not read. shown_head, read_head (T, 3):
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
    """Pearson r per shape in parts; None where it is not defined.

    pearson_interval: 90 % of what r would be for other people of the same number, by drawing these
    with replacement: how far one or two of them decide. pearson_person_median: of the r of each
    person who shows the shape, which no difference between people lowers. pearson_speech,
    pearson_silence: of the images in which they speak, and the others.
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
    """How many times as far away the face is read as it is, and how far the head is read to turn for 1°."""
    ratios = np.concatenate([r.read_m / r.shown_m for r in recordings])
    slopes = np.array([_slopes(r.shown_head, r.read_head) for r in recordings])
    return {
        "distance_ratio_median": _number(float(_median(ratios[:, None])[0])),
        "turn_slope": dict(zip(("yaw", "pitch", "roll"), map(_number, _median(slopes).tolist()), strict=True)),
    }


def typical(recordings: Sequence[Recording], shape: str) -> Recording:
    """The person of whom a shape is read neither well nor badly: the median of r."""
    i = arkit.INDEX[shape]
    order = sorted(recordings, key=lambda r: np.nan_to_num(pearson(r.shown[:, i], r.read[:, i]), nan=-1.0))
    return order[len(order) // 2]


def _each(shown: F64, read: F64) -> F64:
    """(52,) r of columns."""
    return np.array([pearson(a, b) for a, b in zip(shown.T, read.T, strict=True)])


def _interval(recordings: Sequence[Recording]) -> F64:
    """(52, 2) bounds of r over random draws of the people, from the sums that r is made of."""
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
    """(6, 52): count, and sums of both, their squares and their product."""
    seen = np.isfinite(recording.read)
    a, b = np.where(seen, recording.shown, 0), np.where(seen, recording.read, 0)
    return np.array([seen.sum(0), a.sum(0), b.sum(0), (a * a).sum(0), (b * b).sum(0), (a * b).sum(0)])


def _slopes(shown: F64, read: F64) -> F64:
    """(D,) least-squares slopes of columns; NaN where nothing moves."""
    a, b = shown - shown.mean(0), read - read.mean(0)
    square = (a * a).sum(0)
    return np.asarray(np.divide((a * b).sum(0), square, out=np.full(len(square), np.nan), where=square > 0))


def _median(rows: F64) -> F64:
    """(D,) medians of columns (N, D) without the NaN in them."""
    return np.array([np.median(c[np.isfinite(c)]) if np.isfinite(c).any() else np.nan for c in rows.T])


def _by_name(values: F64) -> dict[str, Any]:
    """JSON by shape, of (52,) or (52, D)."""
    return {
        name: _number(float(v)) if v.ndim == 0 else [_number(x) for x in v.tolist()]
        for name, v in zip(arkit.BLENDSHAPES, values, strict=True)
    }


def _number(value: float) -> float | None:
    return round(value, 4) if np.isfinite(value) else None
