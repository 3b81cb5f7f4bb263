"""Readings of the expressions stage after it has learned each person's resting face."""

from __future__ import annotations

import numpy as np

from mien.core.types import Face, Faces, Header
from mien.expressions.config import ExpressionsConfig
from mien.expressions.stage import Stage
from mien_models import Session
from mien_models.evaluate.grid import EXPRESSIONS, SIZE, YAWS_DEG, Grid
from mien_models.evaluate.read import Readings, readings

_REST_S, _FRAME_NS = 3.0, 33_000_000


def read(grid: Grid, encoder: Session, difference: Session) -> Readings:
    """Readings of a grid by the expressions stage, after three seconds of each person's resting face.

    Nothing is smoothed: every picture is read independently, relative to the resting face.
    """
    stage = Stage(ExpressionsConfig(smooth=False), {"encoder_small": encoder, "neutral_difference": difference})
    each = len(EXPRESSIONS) * len(YAWS_DEG)
    calm = list(EXPRESSIONS).index("neutral") * len(YAWS_DEG) + YAWS_DEG.index(0.0)
    found = []
    for first in range(0, len(grid.faces), each):
        stage.reset()
        rest = [first + calm] * round(_REST_S * 1e9 / _FRAME_NS)
        seen = [stage.step(_faces(grid, row, at)) for at, row in enumerate([*rest, *range(first, first + each)])]
        found += [expressions.expressions[0] for expressions in seen[len(rest) :]]
    # A presence of 1 for every face, so that each is read.
    told = [e.reading for e in found if e.reading is not None]
    return readings(
        len(found),
        {
            "shapes": np.array([e.blendshapes for e in found]),
            "units": np.array([r.au_intensity for r in told]),
            "units_sd": np.array([r.au_sd for r in told]),
            "presence": np.array([r.au_probability for r in told]),
            "emotion": np.array([r.emotion for r in told]),
            "affect": np.array([(r.valence, r.arousal) for r in told]),
            "embedding": np.array([e.embedding for e in found]),
        },
    )


def _faces(grid: Grid, row: int, at: int) -> Faces:
    points = grid.faces.landmarks[row]
    low, high = points[:, :2].min(0), points[:, :2].max(0)
    face = Face(
        track_id=1,
        score=1.0,
        presence=1.0,
        box=np.concatenate([low, high - low]),
        landmarks=points,
        pose=grid.faces.pose[row].astype(np.float64),
        crop=grid.faces.crop[row],
    )
    return Faces(Header((at + 1) * _FRAME_NS, "camera"), SIZE, SIZE, (face,))
