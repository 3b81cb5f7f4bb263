"""Writes mien/retarget/prediction.csv: how the movement of a region so far foretells the next tenths of a second.

A ridge regression for each region and horizon, from rigs of the actor's people (train split) to what they truly show
later; the rigs are those that the rigs stage makes of the truth with noise, so its delay is foretold too. Run as
`python -m mien.evaluate.retarget.fit_prediction`; a rerun gives the same file.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from itertools import islice

import numpy as np

from mien.core.schemas import ARKIT52
from mien.core.types import F64
from mien.evaluate.retarget.clips import RATE_HZ, Clip, of_truth
from mien.retarget.predict import LAGS_S, TABLE
from mien.retarget.sources import Sources
from mien_models.head.motion.split import identity_seeds
from mien_models.spaces.arkit import REGIONS, Region

_PEOPLE, _SECONDS = 40, 60.0
_HORIZONS = tuple(range(1, 10))  # images; 30 a second
_RIDGE = 2e-3  # as a share of the mean square of a difference
_REGION = np.array(Sources(ARKIT52).regions)
_LAGS = len(LAGS_S)


def differences(clip: Clip, ahead: int) -> tuple[F64, F64]:
    """(N, S, lags) of the rigs from then to now, and (N, S) of the truth `ahead` images later from the rigs now."""
    now = clip.rigs[_LAGS : len(clip.rigs) - ahead]
    past = [now - clip.rigs[_LAGS - k : len(clip.rigs) - ahead - k] for k in range(1, _LAGS + 1)]
    return np.stack(past, axis=-1), clip.shown[_LAGS + ahead :] - now


def fit(clips: Sequence[Clip], ahead: int, region: Region) -> F64:
    """(lags,) weights."""
    of = region == _REGION
    square, mixed = np.zeros((_LAGS, _LAGS)), np.zeros(_LAGS)
    for clip in clips:
        past, future = differences(clip, ahead)
        x, y = past[:, of].reshape(-1, _LAGS), future[:, of].reshape(-1)
        square += x.T @ x
        mixed += x.T @ y
    ridge = _RIDGE * np.trace(square) / _LAGS
    return np.asarray(np.linalg.solve(square + ridge * np.eye(_LAGS), mixed))


def main() -> None:
    clips = [of_truth(seed, _SECONDS) for seed in islice(identity_seeds("train"), _PEOPLE)]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["region", "horizon_ms", *(f"lag{k}" for k in range(1, _LAGS + 1))])
        for name in REGIONS:
            for ahead in _HORIZONS:
                weights = fit(clips, ahead, Region(REGIONS.index(name)))
                writer.writerow([name, round(1000 * ahead / RATE_HZ, 1), *(f"{w:.4f}" for w in weights)])


if __name__ == "__main__":
    main()
