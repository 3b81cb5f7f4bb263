"""CSV of OpenFace 2.x: action units, head pose and gaze; its conventions stand in `mien.exports.tables.openface`.

Action units have no sides there: both sides get the same. What they are as ARKit's shapes tell the tables of
`spaces.convert`; shapes that no unit of OpenFace tells of are unknown.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from mien.bridges.file_in.recorded import Recorded, Sample, Units, number
from mien.bridges.inputs import Reading
from mien.core.errors import ExportError
from mien.core.geometry import FACING_CAMERA, from_euler_xyz, quaternion
from mien.core.types import F32, F64
from mien_models.spaces import facs
from mien_models.spaces.convert import converter

_BLINK = {45: 43}  # a blink is told by the closing of the eyes
_TOP = 5.0
_USED = re.compile(r"face_id|timestamp|confidence|success|pose_R[xyz]|gaze_[01]_[xyz]|AU\d\d_[rc]")


def knows(head: str) -> bool:
    """Whether a file that begins so is one."""
    first = head.splitlines()[0] if head else ""
    names = [name.strip() for name in first.split(",")]
    return "frame" in names and "AU12_r" in names


def read(path: Path) -> Recorded:
    """Raises ExportError."""
    recorded = Recorded(path, "OpenFace CSV")
    to_arkit = converter("facs", "arkit52")
    for values in _rows(path):
        if values.get("success", 1) < 0.5:
            recorded.unseen += 1
            continue
        units = _units(values)
        weights = to_arkit(units.intensity).astype(np.float32)
        head, gaze = _turns(values)
        sure = np.where(np.isfinite(weights), units.confidence, 0).astype(np.float32)
        reading = Reading(weights, sure, head, gaze)
        recorded.add(int(values.get("face_id", 0)), Sample(values["timestamp"], reading, units))
    if 0 in recorded.faces:  # OpenFace counts from 0, mien from 1
        recorded.faces = {face + 1: samples for face, samples in recorded.faces.items()}
    return recorded


def _rows(path: Path) -> Iterator[dict[str, float]]:
    """The columns that are used, row by row: a file of an hour has a hundred million cells. Raises ExportError."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, skipinitialspace=True)
        header = [name.strip() for name in next(rows)]
        if "timestamp" not in header:
            raise ExportError(f"{path}: has no column timestamp; images are not a recording, videos are")
        used = [(i, name) for i, name in enumerate(header) if _USED.fullmatch(name)]
        for line, row in enumerate(rows, 2):
            if row:
                yield {name: number(path, line, name, row[i]) for i, name in used if i < len(row)}


def _units(values: Mapping[str, float]) -> Units:
    intensity = np.full(len(facs.AUS), np.nan, np.float32)
    presence = np.full(len(facs.AUS), np.nan, np.float32)
    for name, value in values.items():
        if not name.startswith("AU"):
            continue
        code = _BLINK.get(int(name[2:4]), int(name[2:4]))
        array, top = (intensity, _TOP) if name.endswith("_r") else (presence, 1.0)
        for i, label in enumerate(facs.AUS):
            if facs.code(label) == code:
                array[i] = min(max(value, 0.0), top)
    confidence = values.get("confidence", 1.0)
    return Units(intensity, presence, min(max(confidence, 0.0), 1.0) if confidence == confidence else 0.0)


def _turns(values: Mapping[str, float]) -> tuple[F64 | None, F32 | None]:
    """Head as a quaternion in face axes, and yaw and pitch of the left and the right eye in the head [rad]."""
    angles = [values.get(f"pose_R{axis}", math.nan) for axis in "xyz"]
    if not np.isfinite(angles).all():
        return None, None
    rotation = from_euler_xyz(*angles)
    head = quaternion(FACING_CAMERA.T @ rotation @ FACING_CAMERA)
    # Eye 0 is the leftmost in the image, which is the person's right one.
    eyes = np.array([[values.get(f"gaze_{eye}_{axis}", math.nan) for axis in "xyz"] for eye in (1, 0)])
    lengths = np.linalg.norm(eyes, axis=1)
    if not np.isfinite(eyes).all() or (lengths < 0.5).any():
        return head, None
    forward, left, up = ((eyes / lengths[:, None]) @ (rotation @ FACING_CAMERA)).T
    return head, np.stack([np.arctan2(left, forward), np.arcsin(np.clip(up, -1, 1))], axis=1).astype(np.float32)
