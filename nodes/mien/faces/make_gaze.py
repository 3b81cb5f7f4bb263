"""Writes gaze.csv: the coefficients from positions of irises and lids to gaze angles.

A ridge regression on a dataset of `mien actor dataset`, which holds the true gaze and the landmarks of
the tracker with its errors. Run as `python -m mien.faces.make_gaze DATASET`; a rerun gives the same
file. People of the test split are not used.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track

from mien.core.types import F64, Intrinsics
from mien.faces.gaze import TABLE, measures
from mien.faces.pose import MetricPose
from mien_models import load_face_geometry
from mien_models.datasets.dataset import Dataset
from mien_models.errors import DatasetError
from mien_models.head import gaze_vectors
from mien_models.spaces.arkit import BLENDSHAPES

_NAMES = ("one", "iris_out", "iris_up", "upper_lid", "lower_lid", "camera_out", "camera_up")
_FIELD_M = 0.325  # mean height of the field of view at the face, which varies by a sixth
FOUND = 0.5  # presence from which on a face counts as found
BLINK = 0.7  # weight of eyeBlink from which on an eye is left out
BLINKS = [BLENDSHAPES.index(f"eyeBlink{side}") for side in ("Left", "Right")]
_RIDGE = 30.0
# In use, people mostly look into the camera, wherever their heads point; in the dataset few do.
# Samples that look at the camera within some degrees get this share of the total weight.
_AT_CAMERA, _SPREAD_DEG = 0.5, 5.0
# Regression on noisy features shrinks the angles towards their mean. Eyes that stare ahead are a worse
# error than some degrees of noise, so yaw and pitch are stretched about the mean by these factors.
_STRETCH = np.array([1.3, 1.5])


def main() -> None:
    """Read the dataset, fit, write the table."""
    if len(sys.argv) != 2:
        sys.exit("python -m mien.faces.make_gaze DATASET (of `mien actor dataset`)")
    try:
        data = Dataset(sys.argv[1], partial=True)
    except DatasetError as error:
        sys.exit(str(error))
    geometry = load_face_geometry()
    fit_pose = MetricPose(geometry.vertices, geometry.landmark_ids, geometry.landmark_weights)
    size = float(data.about["settings"]["size"])
    rows = [_rows(shard, size, fit_pose) for shard in track(data.shards, "Reading", console=Console(stderr=True))]
    x, out_up, aside = (np.concatenate(parts) for parts in zip(*rows, strict=True))
    table = fit(x, out_up, aside)
    lines = [f"{name},{yaw:.3f},{pitch:.3f}" for name, (yaw, pitch) in zip(_NAMES, table, strict=True)]
    TABLE.write_text("\n".join(["measure,outwards_deg,up_deg", *lines]) + "\n")


def fit(x: F64, angles: F64, aside: F64) -> F64:
    """(7, 2) coefficients from measures (N, 7) to angles (N, 2) [°]; aside: (N) angle of gaze to camera [°]."""
    weights = weights_of(aside)
    middle, mean = (np.average(a, axis=0, weights=weights) for a in (x, angles))
    scale = np.sqrt(np.average((x - middle) ** 2, axis=0, weights=weights))
    middle[0], scale[0] = 0, 1
    z = (x - middle) / scale
    z[:, 0] = 0
    weighted = z * weights[:, None]
    slopes = np.linalg.solve(weighted.T @ z + _RIDGE * np.eye(len(scale)), weighted.T @ (angles - mean))
    table = slopes / scale[:, None] * _STRETCH
    table[0] = mean - middle @ table
    return np.asarray(table)


def _rows(shard: Mapping[str, Any], size: float, fit_pose: MetricPose) -> tuple[F64, F64, F64]:
    """For each open eye of a shard: measures, gaze (outwards, up) and its angle to the camera [°]."""
    x, angles, aside = [], [], []
    blinks = shard["shapes"][:, BLINKS]
    for i in np.flatnonzero(shard["presence"] > FOUND).tolist():
        landmarks = shard["landmarks"][i]
        k, pose, look = estimated(shard, i, size, fit_pose)
        seen = measures(landmarks, pose, k)
        out_up = np.degrees(np.stack([np.arctan2(look[:, 1], look[:, 0]) * (1, -1), np.arcsin(look[:, 2])], 1))
        open_ = blinks[i] < BLINK
        x.append(seen[open_])
        angles.append(out_up[open_])
        aside.append(np.linalg.norm(out_up - np.degrees(seen[:, -2:]), axis=1)[open_])
    return np.concatenate(x), np.concatenate(angles), np.concatenate(aside)


def estimated(shard: Mapping[str, Any], i: int, size: float, fit_pose: MetricPose) -> tuple[Intrinsics, F64, F64]:
    """Of sample i: its camera, the pose (4, 4) fitted to its landmarks, and the true lines of gaze (2, 3).

    The lines are in the axes of the fitted pose, so that a regression compensates its errors.
    """
    true = shard["pose"][i].astype(np.float64)
    focal = size * true[2, 3] / _FIELD_M
    k = Intrinsics(focal, focal, size / 2, size / 2)
    pose = fit_pose(shard["landmarks"][i], k)
    return k, pose, gaze_vectors(shard["gaze"][i]) @ true[:3, :3].T @ pose[:3, :3]


def weights_of(aside: F64) -> F64:
    """(N,) weights of samples, mean 1, by the angle of their gaze to the camera (N,) [°]."""
    looks = np.exp(-((aside / _SPREAD_DEG) ** 2) / 2)
    weights = 1 + looks / looks.mean() * _AT_CAMERA / (1 - _AT_CAMERA)
    return np.asarray(weights / weights.mean())


if __name__ == "__main__":
    main()
