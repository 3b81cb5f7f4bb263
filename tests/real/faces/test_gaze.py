"""Gaze of a person who is seen to look into the camera."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from mien.core.types import U8, Frame
from mien.faces.config import FacesConfig
from mien.faces.stage import Stage

pytestmark = pytest.mark.real


def test_who_looks_into_the_camera_is_read_so(image_of: Callable[[str], U8]) -> None:
    (face,) = Stage(FacesConfig(max_faces=1, crop="none")).step(Frame(image_of("single_face"), 0)).faces
    assert face.pose is not None
    to_camera = -face.pose[:3, 3] / np.linalg.norm(face.pose[:3, 3])
    assert np.degrees(np.arccos(face.gaze @ to_camera)).max() < 8
