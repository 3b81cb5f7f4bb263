"""How far wrong a face is that is foretold, beside one that is late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mien.core.schemas import ARKIT52
from mien.core.types import F64
from mien.evaluate.retarget.clips import RATE_HZ, Clip
from mien.retarget.predict import Predictor
from mien.retarget.sources import Sources
from mien_models.spaces.arkit import REGIONS

_SOURCES = Sources(ARKIT52)
_REGION = np.array(_SOURCES.regions)
AHEAD = tuple(range(10))  # images; 30 a second
_SHOWN = (2, 3, 6, 9)
_WARM = 6  # images until a predictor knows the movement


def measure(clips: Sequence[Clip]) -> dict[str, Any]:
    """Root mean square errors by region and horizon.

    late: of rigs that are shown so many ms after the image. foretold: of those foretold for that time.
    saved_ms: how much sooner rigs would have to be shown to be as near without prediction.
    """
    late = np.array([_error(clips, ahead, predict=False) for ahead in AHEAD])
    foretold = np.array([_error(clips, ahead, predict=True) for ahead in AHEAD])
    report: dict[str, Any] = {"images": sum(len(c.rigs) for c in clips), "people": len(clips)}
    times = np.array(AHEAD) * 1000 / RATE_HZ
    for r, region in enumerate(REGIONS):
        report[region] = {
            f"{times[k]:.0f}": {
                "late": round(float(late[k, r]), 4),
                "foretold": round(float(foretold[k, r]), 4),
                "saved_ms": round(float(times[k] - np.interp(foretold[k, r], late[:, r], times))),
            }
            for k in _SHOWN
        }
    return report


def _error(clips: Sequence[Clip], ahead: int, *, predict: bool) -> F64:
    """(regions,) of what is shown of an image `ahead` images later."""
    squares, count = np.zeros(len(REGIONS)), 0
    for clip in clips:
        shown = clip.rigs
        if predict:
            predictor = Predictor(_SOURCES.regions, ahead / RATE_HZ)
            foretold = np.array([predictor(row, round(n * 1e9 / RATE_HZ)) for n, row in enumerate(clip.rigs)])
            shown = np.clip(foretold, _SOURCES.lower, _SOURCES.upper)
        wrong = (shown[_WARM : len(shown) - ahead] - clip.shown[_WARM + ahead :]) ** 2
        squares += [wrong[:, region == _REGION].mean(axis=1).sum() for region in range(len(REGIONS))]
        count += len(wrong)
    return np.asarray(np.sqrt(squares / count))
