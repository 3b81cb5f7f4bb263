from __future__ import annotations

from pathlib import Path

import pytest

from mien.camera.calibration import read_camera_info
from mien.core.errors import CalibrationError

TEXT = """\
image_width: 640
image_height: 480
camera_name: narrow_stereo
camera_matrix:
  rows: 3
  cols: 3
  data: [438.78, 0., 305.59, 0., 437.35, 243.74, 0., 0., 1.]
distortion_model: plumb_bob
"""


@pytest.mark.parametrize("prefix", ["", "file://"])
def test_reads_what_camera_calibration_writes(tmp_path: Path, prefix: str) -> None:
    path = tmp_path / "camera.yaml"
    path.write_text(TEXT)
    k = read_camera_info(f"{prefix}{path}")
    assert (k.fx, k.fy, k.cx, k.cy) == (438.78, 437.35, 305.59, 243.74)


@pytest.mark.parametrize(
    "text", ["", "camera_matrix: 3", "camera_matrix: {data: [1, 2]}", TEXT.replace("438.78", "0.0")]
)
def test_a_file_without_a_camera_matrix_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text)
    with pytest.raises(CalibrationError, match=r"bad\.yaml"):
        read_camera_info(str(path))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CalibrationError, match="no such file"):
        read_camera_info(str(tmp_path / "none.yaml"))
