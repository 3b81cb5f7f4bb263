"""Writes core/gaze.csv: how much of the gaze comes from blendshapes, irises and the direction of the camera.

A robust regression on a dataset of `mien actor dataset --split train`, which holds the true gaze and the landmarks of
the tracker with its errors, and on portraits, of people who mostly look into the camera: photographed eyes are read
higher than rendered ones. A rerun with the same encoder gives the same file.

    python -m mien.evaluate.make_gaze TRAIN --portraits DIR [--test DATASET]

With a dataset of `--split test` it prints errors on that one, and on the portraits.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mien.camera.files.pictures import read_image
from mien.core import gaze
from mien.core.types import F32, F64, Face, Frame
from mien.faces import make_gaze
from mien.faces.config import FacesConfig
from mien.faces.gaze import gaze_of as irises_of
from mien.faces.pose import MetricPose
from mien.faces.stage import Stage
from mien_models import load_face_geometry, open_session
from mien_models.alignment import CROP_SIZE
from mien_models.datasets.dataset import Dataset
from mien_models.errors import DatasetError
from mien_models.evaluate.read import encode

_YAW = [gaze.SOURCES.index(name) for name in ("sideways", "irises", "camera")]  # faces are mirror images: no constant
_PITCH = [gaze.SOURCES.index(name) for name in ("one", "up", "down", "squint", "irises", "camera")]
_PICTURES = 125  # portraits that are read, evenly spaced in the folder
# Weight of all portraits in yaw and in pitch, that of all renders being 1. Not every portrait looks into the camera,
# and more weight in pitch would only follow the camera.
_PORTRAITS = (0.5, 0.15)
_ROUNDS, _KNEE_DEG = 15, 6.0  # of reweighting: errors beyond the knee count linearly (Huber, 1964)
_RIDGE = 1e-3
# As in `mien.faces.make_gaze`: regression shrinks angles, and eyes that stare ahead are worse than some noise.
_STRETCH = (1.0, 1.2)


class Sample(NamedTuple):
    """Of N faces with open eyes: sources (N, 2, 7) and true yaw and pitch (N, 2), mean of both eyes [°]."""

    sources: F64
    true: F64


def main() -> None:
    """Read the data, fit, write the table."""
    parser = argparse.ArgumentParser(
        prog="python -m mien.evaluate.make_gaze", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("train", help="a folder of `mien actor dataset`")
    parser.add_argument("--portraits", required=True, type=Path, help="a folder of pictures of faces")
    parser.add_argument("--test", help="another folder of `mien actor dataset`")
    args = parser.parse_args()
    try:
        renders = of_renders(Dataset(args.train, partial=True))
        tests = of_renders(Dataset(args.test, partial=True)) if args.test else None
    except DatasetError as error:
        sys.exit(str(error))
    portraits = of_portraits(args.portraits)
    table = fit(renders, portraits)
    lines = [f"{name},{yaw:.4f},{pitch:.4f}" for name, (yaw, pitch) in zip(gaze.SOURCES, table, strict=True)]
    gaze.TABLE.write_text("\n".join(["source,yaw,pitch", *lines]) + "\n")
    for name, one in (("test", tests), ("portraits, against the camera", portraits)):
        if one is not None:
            print(f"{name}: by irises", _errors(one.sources[:, :, gaze.SOURCES.index("irises")], one.true))
            print(f"{name}: by the table", _errors(apply(table, one.sources), one.true))


def of_renders(data: Dataset) -> Sample:
    """Renders as the tracker and the encoder read them."""
    geometry = load_face_geometry()
    fit_pose = MetricPose(geometry.vertices, geometry.landmark_ids, geometry.landmark_weights)
    size = float(data.about["settings"]["size"])
    encoder = open_session("encoder_small", device="cpu")
    rows: list[tuple[F64, F64]] = []
    for shard in data.shards:
        shapes = encode(encoder, shard["crop"], shard["landmarks"]).shapes
        shut = (shard["shapes"][:, make_gaze.BLINKS] >= make_gaze.BLINK).any(1)
        for i in np.flatnonzero((shard["presence"] > make_gaze.FOUND) & ~shut).tolist():
            landmarks = shard["landmarks"][i]
            k, pose, _ = make_gaze.estimated(shard, i, size, fit_pose)
            lines, confidence = irises_of(landmarks, pose, k)
            face = Face(0, 1.0, 1.0, np.zeros(4, np.float32), landmarks, pose, lines, confidence)
            rows += _row(face, shapes[i], shard["gaze"][i].mean(0))
    return _sample(rows)


def of_portraits(folder: Path) -> Sample:
    """Pictures of people, each taken to look into the camera."""
    stage, encoder = Stage(FacesConfig(max_faces=1, smooth=False)), open_session("encoder_small", device="cpu")
    rows: list[tuple[F64, F64]] = []
    for path in _pictures(folder):
        stage.reset()
        for face in stage.step(Frame(read_image(path), 0)).faces:
            if face.crop is not None and face.crop.shape[0] == CROP_SIZE:
                shapes = encode(encoder, face.crop[None], face.landmarks[None]).shapes[0]
                rows += _row(face, shapes, None)
    return _sample(rows)


def fit(renders: Sample, portraits: Sample) -> F64:
    """(7, 2) the table."""
    camera = renders.sources[:, :, gaze.SOURCES.index("camera")]
    weights = make_gaze.weights_of(np.linalg.norm(renders.true - camera, axis=1)) / len(camera)
    x, y = (np.concatenate(pair) for pair in zip(renders, portraits, strict=True))
    table = np.zeros((len(gaze.SOURCES), 2))
    for axis, used in enumerate((_YAW, _PITCH)):
        more = np.full(len(portraits.true), _PORTRAITS[axis] / max(len(portraits.true), 1))
        both = np.concatenate([weights, more])
        table[used, axis] = _STRETCH[axis] * _robust(x[:, axis, used], y[:, axis], both)
    return table


def apply(table: F64, sources: F64) -> F64:
    """(N, 2) yaw and pitch [°]."""
    return np.asarray((sources * table.T).sum(2))


def _robust(x: F64, y: F64, weights: F64) -> F64:
    now = weights
    for _ in range(_ROUNDS):
        found = np.linalg.solve((x * now[:, None]).T @ x + _RIDGE * np.eye(x.shape[1]), (x * now[:, None]).T @ y)
        now = weights / np.maximum(np.abs(y - x @ found) / _KNEE_DEG, 1)
    return np.asarray(found)


def _row(face: Face, shapes: F32, true: NDArray[np.floating] | None) -> Iterator[tuple[F64, F64]]:
    """Sources and truth of one face whose eyes are both seen; by default it looks into the camera."""
    irises = np.reshape(gaze.by_irises(face), (2, 2)).mean(0)
    if np.isfinite(irises).all():
        sources = np.degrees(gaze.sources(face, shapes, *irises.tolist()))
        sources[:, gaze.IN_DEGREES] = np.radians(sources[:, gaze.IN_DEGREES])
        yield sources, sources[:, gaze.SOURCES.index("camera")] if true is None else np.degrees(true)


def _sample(rows: list[tuple[F64, F64]]) -> Sample:
    sources, true = (np.array(part, np.float64) for part in zip(*rows, strict=True)) if rows else ((), ())
    return Sample(np.reshape(sources, (-1, 2, len(gaze.SOURCES))), np.reshape(true, (-1, 2)))


def _pictures(folder: Path) -> list[Path]:
    found = sorted(p for p in folder.iterdir() if p.suffix.lower() in (".jpg", ".jpeg", ".png"))
    if not found:
        sys.exit(f"{folder} holds no .jpg or .png")
    return found[:: max(1, len(found) // _PICTURES)]


def _errors(found: F64, true: F64) -> dict[str, list[float]]:
    """Of yaw and pitch: median error [°], slope of what is found over the truth, and Pearson r."""
    pairs = [(true[:, i], found[:, i]) for i in (0, 1)]
    return {
        "median_deg": np.median(np.abs(found - true), axis=0).round(2).tolist(),
        "slope": [round(float(np.polyfit(a, b, 1)[0]), 2) for a, b in pairs],
        "r": [round(float(np.corrcoef(a, b)[0, 1]), 2) for a, b in pairs],
    }


if __name__ == "__main__":
    main()
