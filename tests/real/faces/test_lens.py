"""A photograph through a lens: the head is where it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest

from mien.core import lens
from mien.core.geometry import angle_deg
from mien.core.types import F64, U8, Frame, Intrinsics
from mien.faces.config import FacesConfig
from mien.faces.stage import Stage

pytestmark = pytest.mark.real


@pytest.mark.parametrize(
    ("model", "d"),
    [("plumb_bob", (-0.4, 0.2, 0.0, 0.0, 0.0)), ("equidistant", (-0.02, 0.005, -0.003, 0.0005))],
)
def test_distortion_changes_neither_place_nor_rotation(
    image_of: Callable[[str], U8], model: str, d: tuple[float, ...]
) -> None:
    """Distorted by OpenCV, with the face off the middle, where a lens distorts."""
    photo = image_of("single_face")
    (x, y), _ = face_of(photo, None)
    height, width = photo.shape[:2]
    k = Intrinsics(width * 0.9, width * 0.9, x - 0.33 * width, y + 0.2 * height)
    _, pose = face_of(photo, k)
    behind = replace(k, distortion=model, d=d)
    seen = through(photo, behind)
    _, found = face_of(seen, behind)
    _, ignored = face_of(seen, k)
    assert off(found, pose) < 0.015
    assert off(ignored, pose) > 0.08
    # The network reads depth from the distorted crop; that stays in the rotation.
    assert angle_deg(found[:3, :3], pose[:3, :3]) < min(3.5, angle_deg(ignored[:3, :3], pose[:3, :3]))


def face_of(image: U8, k: Intrinsics | None) -> tuple[F64, F64]:
    """Where the face is [px], and its pose."""
    (face,) = Stage(FacesConfig(max_faces=1, crop="none")).step(Frame(image, 0, intrinsics=k)).faces
    assert face.pose is not None
    return face.landmarks[:, :2].mean(0).astype(np.float64), face.pose


def off(a: F64, b: F64) -> float:
    """How far two heads lie apart, by their distance from the camera."""
    return float(np.linalg.norm(a[:3, 3] - b[:3, 3]) / np.linalg.norm(b[:3, 3]))


def through(photo: U8, k: Intrinsics) -> U8:
    """What the lens makes of a photograph, whose every pixel OpenCV looks up in the ideal one."""
    height, width = photo.shape[:2]
    matrix = np.array([[k.fx, 0, k.cx], [0, k.fy, k.cy], [0, 0, 1]])
    grid = np.stack(np.meshgrid(np.arange(width), np.arange(height)), -1).reshape(-1, 1, 2).astype(np.float64)
    undo = cv2.fisheye.undistortPoints if k.distortion == "equidistant" else cv2.undistortPoints
    ideal = undo(grid, matrix, np.array(k.d), P=matrix).reshape(height, width, 2).astype(np.float32)
    assert not lens.is_pinhole(k)
    return np.asarray(cv2.remap(photo, ideal[..., 0], ideal[..., 1], cv2.INTER_LINEAR), np.uint8)
