"""Camera calibration files, as `camera_calibration` writes them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlparse

import cv2

from mien.core.errors import CalibrationError
from mien.core.types import Intrinsics


def read_camera_info(url: str) -> Intrinsics:
    """Intrinsics of a camera_info YAML file, by path or file:// URL. Raises CalibrationError."""
    path = Path(unquote(urlparse(url).path) if url.startswith("file:") else url).expanduser()
    if not path.is_file():
        raise CalibrationError(f"camera_info_url: {path}: no such file")
    return parse_camera_info(path.read_text(), str(path))


def parse_camera_info(text: str, name: str) -> Intrinsics:
    """Intrinsics of the text of such a file. Raises CalibrationError."""
    # OpenCV reads the `%YAML:1.0` dialect, which differs from ROS's files by its first line only.
    try:
        storage = cv2.FileStorage("%YAML:1.0\n---\n" + text, cv2.FILE_STORAGE_READ | cv2.FILE_STORAGE_MEMORY)
        node = storage.getNode("camera_matrix").getNode("data")
        k = [node.at(i).real() for i in range(node.size())]
    except cv2.error as e:
        raise CalibrationError(f"{name}: not a camera_info YAML file") from e
    if len(k) != 9 or k[0] <= 0 or k[4] <= 0:
        raise CalibrationError(f"{name}: camera_matrix.data must hold nine numbers with fx, fy > 0")
    return Intrinsics(k[0], k[4], k[2], k[5])
