"""Fits judged: on renders of unseen people whose truth is known, and beside the encoder on any pictures."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mien.core.types import F64, U8
from mien_models import open_session
from mien_models.evaluate import score
from mien_models.evaluate.read import encode
from mien_models.fit import parameters as p, result
from mien_models.fit.picture import Picture
from mien_models.fit.run import Fits, Fitted
from mien_models.head.model.action_units import inner_brows
from mien_models.head.pictures.draw import DatasetConfig, Draw
from mien_models.spaces.facs import AUS

_SEED, _APART = 21, 7  # of 20 pictures of a person in a row, every seventh
_PRESENT = 1.0  # intensity from which a unit counts as shown
Json = dict[str, Any]


def on_renders(faces: int, advance: Callable[[], None]) -> tuple[Json, list[U8]]:
    """Numbers and tiles of `faces` renders of the test split, three of each person.

    Faces have no hands or masks before them; camera faults as in `mien actor dataset`. Each is fitted alone. `encoder`
    reads the same pictures, `guess` is the regressor alone. Raises ModelError.
    """
    config = DatasetConfig(images=faces * _APART, split="test", seed=_SEED, occluded=0.0)
    rows = [row for _, row in Draw(config).each(range(0, config.images, _APART))]
    names = ("crop", "landmarks", "shapes", "units", "pose", "gaze")
    data = {name: np.array([row[name] for row in rows]) for name in names}
    size = config.size
    pictures = [
        Picture.of_crop(crop, points, (size, size), name=f"render {i}")
        for i, (crop, points) in enumerate(zip(data["crop"], data["landmarks"].astype(np.float32), strict=True))
    ]
    whole, quick, encoder = Fits(), Fits(quick=True), open_session("encoder_small", device="cpu")
    read = encode(encoder, data["crop"], data["landmarks"])
    fitted: list[Fitted] = []
    guessed: list[Fitted] = []
    start = time.process_time()
    for picture in pictures:
        guessed += quick([picture])
    guess_s = time.process_time() - start
    start = time.process_time()
    for picture in pictures:
        fitted += whole([picture])
        advance()
    fit_s = time.process_time() - start
    shapes, units, poses = data["shapes"].astype(np.float64), data["units"].astype(np.float64), data["pose"]
    gaze = data["gaze"].reshape(faces, 4).astype(np.float64)
    out: Json = {
        "faces": faces,
        "encoder": _expression(shapes, units, read.shapes.astype(np.float64), read.units.astype(np.float64)),
    }
    for name, found, seconds in (("guess", guessed, guess_s), ("fit", fitted, fit_s)):
        own = np.array([one.own for one in found])
        out[name] = {
            "pose_deg": _angles(pictures, own, poses),
            "gaze_deg": round(float(np.degrees(np.median(np.abs(own[:, p.EYES] - gaze)))), 3),
            **_expression(shapes, units, p.shapes(own), _units(found)),
            "per_processor_s": round(faces / seconds, 3),
        }
    brows = inner_brows(units.clip(0, 5))
    told = np.array([result.units(s, b) for s, b in zip(shapes, brows, strict=True)])
    out["facs_of_true_shapes"] = score.mean(score.correlations(units, told)[np.isfinite(told).all(0)])
    return out, [one.tile for one in fitted]


def on_pictures(pictures: Sequence[Picture], advance: Callable[[], None]) -> tuple[Json, list[U8]]:
    """Beside the encoder on pictures without labels: how often each unit is told at 1 or more, and how alike both are.

    landmarks: median over pictures of the residual of each region, in distances of the eyes.
    """
    encoder = open_session("encoder_small", device="cpu")
    points = np.array([one.points for one in pictures], np.float32)
    read = encode(encoder, np.array([one.crop for one in pictures]), points)
    whole = Fits()
    fitted: list[Fitted] = []
    for picture in pictures:
        fitted += whole([picture])
        advance()
    own = _units(fitted)
    rows = {
        name: {
            "fit": score.number(float((own[:, i] >= _PRESENT).mean())),
            "encoder": score.number(float((read.units[:, i] >= _PRESENT).mean())),
            "r": score.number(float(score.correlations(own[:, i : i + 1], read.units[:, i : i + 1])[0])),
        }
        for i, name in enumerate(AUS)
    }
    left = [one.values["residual"] for one in fitted]
    regions = {
        name: score.number(float(np.median([one[name]["landmarks"] for one in left]))) for name in result.REGIONS
    }
    return {"pictures": len(fitted), "units_at_1": rows, "landmarks": regions}, [one.tile for one in fitted]


def _units(fitted: Sequence[Fitted]) -> F64:
    """Intensities (N, A); NaN for units without shapes."""
    return np.array([list(one.values["au"].values()) for one in fitted], np.float64)


def _expression(shapes: F64, units: F64, found: F64, found_units: F64) -> Json:
    """shapes_r: over all expressive shapes and faces; shapes_mean_r: mean of the r of each; the same for units."""
    some = score.EXPRESSIVE
    read = np.isfinite(found_units).all(0)
    return {
        "shapes_r": score.number(float(np.corrcoef(shapes[:, some].ravel(), found[:, some].ravel())[0, 1])),
        "shapes_mean_r": score.mean(score.correlations(shapes, found)[some]),
        "units_mean_r": score.mean(score.correlations(units[:, read], found_units[:, read])),
        "units_mae": score.number(float(np.abs(units - found_units)[:, read].mean())),
    }


def _angles(pictures: Sequence[Picture], own: F64, poses: Any) -> Json:
    """Angles [deg] between fitted and true rotations."""
    found = [result.pose_of(picture, one)[:3, :3] for picture, one in zip(pictures, own, strict=True)]
    cosine = [(np.trace(a.T @ b[:3, :3]) - 1) / 2 for a, b in zip(found, poses, strict=True)]
    angles = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
    return {"median": score.number(np.median(angles)), "mean": score.number(angles.mean())}
