"""What is read of calibration files as people have them, and what is said of those that cannot be used."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import yaml
from hypothesis import given, strategies as st

from mien.camera.calibration import Calibration, parse_camera_info, read_camera_info
from mien.core import lens
from mien.core.errors import CalibrationError
from mien.core.types import Intrinsics

TEXT = """\
image_width: 640
image_height: 480
camera_name: narrow_stereo
camera_matrix:
  rows: 3
  cols: 3
  data: [438.78, 0., 305.59, 0., 437.35, 243.74, 0., 0., 1.]
distortion_model: plumb_bob
distortion_coefficients:
  rows: 1
  cols: 5
  data: [-0.4, 1e-1, 0.001, -0.002, 0]
rectification_matrix:
  rows: 3
  cols: 3
  data: [1, 0, 0, 0, 1, 0, 0, 0, 1]
projection_matrix:
  rows: 3
  cols: 4
  data: [400., 0, 300, 0, 0, 401, 240, 0, 0, 0, 1, 0]
"""
EXPECTED = Intrinsics(
    *(438.78, 437.35, 305.59, 243.74),
    distortion="plumb_bob",
    d=(-0.4, 0.1, 0.001, -0.002, 0.0),
    width=640,
    height=480,
    rectification=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0),
    projection=(400.0, 0.0, 300.0, 0.0, 0.0, 401.0, 240.0, 0.0, 0.0, 0.0, 1.0, 0.0),
)


def block_lists(text: str) -> str:
    return str(yaml.safe_dump(yaml.safe_load(text), default_flow_style=False))


def rows_of_rows(text: str) -> str:
    return text.replace("[438.78, 0., 305.59, 0., 437.35, 243.74, 0., 0., 1.]",
                        "[[438.78, 0., 305.59], [0., 437.35, 243.74], [0., 0., 1.]]")  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"---\n" + TEXT.encode(),
        b"%YAML:1.0\n---\n" + TEXT.encode(),
        b"%YAML:1.0\r\n---\r\n" + TEXT.encode().replace(b"\n", b"\r\n"),
        b"%YAML 1.2\n---\n" + TEXT.encode(),
        TEXT.replace("matrix:", "matrix: !!opencv-matrix").encode(),
        block_lists(TEXT).encode(),
        rows_of_rows(TEXT).encode(),
        TEXT.replace("  ", "\t").encode(),
        TEXT.replace(", ", ",\t").encode(),
        TEXT.replace("narrow_stereo", "caméra de la salle").encode("latin-1"),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
    ],
    ids=["plain", "document", "OpenCV", "OpenCV on Windows", "YAML 1.2", "tags", "block lists", "rows", "tabs",
         "tabs between", "Latin-1", "byte order mark", "UTF-16"],
)  # fmt: skip
def test_every_way_in_which_a_file_is_written_is_read(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "camera.yaml"
    path.write_bytes(data)
    assert read_camera_info(str(path)) == EXPECTED


def test_reads_what_opencv_itself_writes(tmp_path: Path) -> None:
    path = str(tmp_path / "camera.yml")
    storage = cv2.FileStorage(path, cv2.FILE_STORAGE_WRITE)
    storage.write("image_width", 640)
    storage.write("image_height", 480)
    storage.write("camera_matrix", np.array([[438.78, 0, 305.59], [0, 437.35, 243.74], [0, 0, 1]]))
    storage.write("distortion_coefficients", np.array([[0.1, 0.2, 0.0, 0.0, 0.3, 0.4, 0.5, 0.6]]))
    storage.release()
    k = read_camera_info(path)
    assert (k.fx, k.fy, k.cx, k.cy, k.width, k.height) == (438.78, 437.35, 305.59, 243.74, 640, 480)
    assert (k.distortion, k.d) == ("rational_polynomial", (0.1, 0.2, 0.0, 0.0, 0.3, 0.4, 0.5, 0.6))


@pytest.mark.parametrize("model", ["fisheye", "equidistant"])
def test_a_fisheye_is_read_by_both_of_its_names(model: str) -> None:
    text = TEXT.replace("plumb_bob", model).replace("[-0.4, 1e-1, 0.001, -0.002, 0]", "[0.1, 0.2, 0.3, 0.4]")
    k = parse_camera_info(text, "c.yaml")
    assert (k.distortion, k.d) == ("equidistant", (0.1, 0.2, 0.3, 0.4))


def test_a_file_of_a_camera_matrix_alone_is_a_pinhole() -> None:
    k = parse_camera_info("camera_matrix: {data: [1, 0, 2, 0, 3, 4, 0, 0, 1]}", "c.yaml")
    assert (k.fx, k.fy, k.cx, k.cy) == (1, 3, 2, 4)
    assert lens.is_pinhole(k)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no `camera_matrix`"),
        ("camera_matrix: 3", "nine numbers"),
        ("camera_matrix: {data: [1, 2]}", "nine numbers"),
        ("camera_matrix: [a, b]", "must hold numbers, not 'a'"),
        (TEXT.replace("438.78", "0.0"), "fx, fy > 0"),
        (TEXT.replace("438.78", ".nan"), "camera_matrix holds a number that is not finite"),
        (TEXT.replace("438.78", "nan"), "not finite"),
        (TEXT.replace("-0.4", ".inf"), "distortion_coefficients holds a number that is not finite"),
        (TEXT.replace("plumb_bob", "double_sphere"), "'double_sphere' is not known; use one of plumb_bob"),
        (TEXT.replace("plumb_bob", "equidistant"), "equidistant has 4 coefficients, not 5"),
        (TEXT.replace("image_width: 640", "image_width: wide"), "image_width must be a number of pixels, not 'wide'"),
        (TEXT.replace("[400.,", "["), "projection_matrix.data must hold 12 numbers, not 11"),
        ("camera_matrix: [1, 2", "not a camera_info YAML file: line 1"),
        ("[" * 5000, "not a camera_info YAML file"),
        ("<?xml version='1.0'?><a/>", "not a camera_info YAML file"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text)
    with pytest.raises(CalibrationError) as error:
        read_camera_info(str(path))
    assert says in str(error.value)
    assert "bad.yaml" in str(error.value)


@given(st.text(max_size=200) | st.text(alphabet="[]{}:-,&*!%\t\n 1.e#'\"abc", max_size=100))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse_camera_info(text, "c.yaml")
        parse_camera_info(TEXT + text, "c.yaml")
    except CalibrationError:
        pass


def test_urls_are_those_of_camera_info_manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = tmp_path / "install" / "share" / "my_robot"
    (share / "config").mkdir(parents=True)
    (share / "package.xml").write_text("<package/>")
    for path in (share / "config" / "head camera.yaml", tmp_path / "camera.yaml"):
        path.write_text(TEXT)
    monkeypatch.setenv("AMENT_PREFIX_PATH", f"/nowhere:{tmp_path / 'install'}")
    monkeypatch.setenv("ROS_HOME", str(tmp_path))
    for url in (
        "package://my_robot/config/head%20camera.yaml",
        f"file://{tmp_path}/camera.yaml",
        f"file://localhost{tmp_path}/camera.yaml",
        "file://${ROS_HOME}/camera.yaml",
        str(tmp_path / "camera.yaml"),
    ):
        assert read_camera_info(url) == EXPECTED, url


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("/nowhere/none.yaml", "/nowhere/none.yaml: no such file"),
        ("package://no_such_robot/c.yaml", "no ROS package 'no_such_robot' is installed or sourced"),
        ("file://c.yaml", "three slashes: file:///c.yaml"),
        ("https://example.org/c.yaml", "must be a path, file:// or package://"),
    ],
)
def test_a_url_that_leads_nowhere_is_named(url: str, says: str) -> None:
    with pytest.raises(CalibrationError) as error:
        read_camera_info(url)
    assert says in str(error.value)


def test_a_calibration_is_scaled_to_the_images_and_one_of_another_shape_is_refused() -> None:
    calibration = Calibration(EXPECTED, "camera.yaml")
    small = calibration.of(np.zeros((240, 320, 3), np.uint8))
    assert small is not None
    assert (small.fx, small.cy) == (219.39, 121.87)
    assert calibration.of(np.zeros((240, 320, 3), np.uint8)) is small
    with pytest.raises(CalibrationError, match=r"camera\.yaml: calibrated with images of 640×480, which 640×360"):
        calibration.of(np.zeros((360, 640, 3), np.uint8))
