"""Messages and values, there and back; images of every encoding at the door."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from rclpy.serialization import deserialize_message, serialize_message
from sensor_msgs.msg import CameraInfo, Image
from std_msgs.msg import Header as HeaderMsg

from mien.core.types import (
    U8,
    UNKNOWN_BASELINE,
    Baseline,
    BaselineMethod,
    Expression,
    Expressions,
    Header,
    Intrinsics,
    PersonBaseline,
)
from mien.ros import convert

pytestmark = pytest.mark.ros
RGB = np.random.default_rng(0).integers(0, 255, (6, 8, 3), np.uint8)


def image(pixels: Any, encoding: str, pad: int = 0, big: bool = False) -> Image:
    rows = pixels.reshape(pixels.shape[0], -1).view(np.uint8)
    rows = np.pad(rows, ((0, 0), (0, pad)))
    return Image(
        height=pixels.shape[0], width=8, encoding=encoding, step=rows.shape[1], data=rows.tobytes(), is_bigendian=big
    )


GREY = np.repeat(RGB[:, :, 1:2], 3, axis=2)
DEEP = RGB.astype(np.uint16) << 8


@pytest.mark.parametrize(
    ("msg", "expected"),
    [
        (image(RGB, "rgb8"), RGB),
        (image(RGB, "rgb8", pad=5), RGB),
        (image(np.ascontiguousarray(RGB[:, :, ::-1]), "bgr8"), RGB),
        (image(np.dstack([RGB, RGB[:, :, 0]]), "rgba8"), RGB),
        (image(np.ascontiguousarray(np.dstack([RGB[:, :, ::-1], RGB[:, :, 0]])), "bgra8", pad=4), RGB),
        (image(np.ascontiguousarray(GREY[:, :, 0]), "mono8"), GREY),
        (image(np.ascontiguousarray(DEEP[:, :, 1]), "mono16"), GREY),
        (image(np.ascontiguousarray(DEEP[:, :, 1]).byteswap(), "mono16", big=True), GREY),
        (image(DEEP, "rgb16"), RGB),
    ],
    ids=lambda x: x.encoding if isinstance(x, Image) else "",
)
def test_every_encoding_becomes_rgb(msg: Image, expected: U8) -> None:
    np.testing.assert_array_equal(convert.from_image(msg), expected)


def test_yuv_is_close_to_the_colour_it_was() -> None:
    flat = np.full((6, 8, 3), (200, 60, 90), np.uint8)
    yuv = cv2.cvtColor(flat, cv2.COLOR_RGB2YUV)
    packed = np.dstack([yuv[:, :, 0], yuv[:, :, 1]])
    packed[:, 1::2, 1] = yuv[:, 1::2, 2]
    # OpenCV's YUV has full range, YUYV has studio range: hue must survive, brightness roughly.
    rgb = convert.from_image(image(packed, "yuyv")).astype(int)
    assert np.argmax(rgb.mean((0, 1))) == 0
    assert np.abs(rgb - flat).max() < 40


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"encoding": "32FC1"}, "'32FC1' is not known; use one of rgb8"),
        ({"width": 0}, "empty"),
        ({"step": 8}, "step is 8 bytes; 8 rgb8 pixels need 24"),
        ({"height": 7}, "holds 144 bytes; 7 rows of 24 need 168"),
    ],
)
def test_an_image_that_does_not_fit_is_named(change: dict[str, Any], says: str) -> None:
    msg = image(RGB, "rgb8")
    for name, value in change.items():
        setattr(msg, name, value)
    with pytest.raises(convert.ImageError, match=says):
        convert.from_image(msg)


def test_intrinsics_there_and_back_and_none_where_the_camera_is_not_calibrated() -> None:
    k = Intrinsics(
        *(500.0, 510.0, 320.0, 240.0), distortion="equidistant", d=(0.1, -0.2, 0.3, -0.4), width=640, height=480,
        rectification=(0.0, -1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0),
        projection=(400.0, 0.0, 310.0, -20.0, 0.0, 401.0, 230.0, 0.0, 0.0, 0.0, 1.0, 0.0),
    )  # fmt: skip
    header = convert.to_header(convert.Header(1_500_000_002, "camera"))
    assert convert.from_camera_info(travelled(convert.to_camera_info(k, 640, 480, header))) == k
    assert convert.from_camera_info(CameraInfo()) is None


def test_a_pinhole_is_published_without_distortion() -> None:
    info = convert.to_camera_info(Intrinsics(500.0, 510.0, 320.0, 240.0), 640, 480, HeaderMsg())
    assert (info.distortion_model, list(info.d)) == ("plumb_bob", [0.0] * 5)
    assert list(info.p) == [500, 0, 320, 0, 0, 510, 240, 0, 0, 0, 1, 0]
    assert (info.width, info.height) == (640, 480)


def test_calibration_is_of_the_region_and_the_binning_that_are_read() -> None:
    info = CameraInfo(width=1920, height=1080, binning_x=2, binning_y=2)
    info.k = [1000.0, 0.0, 960.0, 0.0, 1000.0, 540.0, 0.0, 0.0, 1.0]
    info.roi.x_offset, info.roi.y_offset, info.roi.width, info.roi.height = 320, 140, 1280, 800
    k = convert.from_camera_info(info)
    assert k is not None
    assert (k.fx, k.fy, k.cx, k.cy, k.width, k.height) == (500, 500, 320, 200, 640, 400)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_calibration_that_is_not_finite_is_none(value: float) -> None:
    info = convert.to_camera_info(Intrinsics(500.0, 510.0, value, 240.0), 640, 480, HeaderMsg())
    assert convert.from_camera_info(info) is None


def test_a_calibration_is_scaled_to_the_image_and_left_out_where_it_cannot_be() -> None:
    k = Intrinsics(500.0, 510.0, 4.0, 3.0, width=16, height=12)
    frame = convert.to_frame(image(RGB, "rgb8"), k)
    assert frame.intrinsics is not None
    assert (frame.intrinsics.fx, frame.intrinsics.cx) == (250, 2)
    assert convert.to_frame(image(RGB, "rgb8"), Intrinsics(1.0, 1.0, 0.0, 0.0, width=6, height=8)).intrinsics is None


def travelled(msg: Any) -> Any:
    return deserialize_message(serialize_message(msg), type(msg))


def test_time_survives() -> None:
    for ns in (0, 1, 999_999_999, 1_795_154_551_634_132_476):
        assert convert.from_time(travelled(convert.to_time(ns))) == ns


def test_a_resting_face_survives_and_says_what_it_does_not_tell() -> None:
    landmarks = np.random.default_rng(1).normal(size=(478, 2)).astype(np.float32)
    whole = PersonBaseline(
        about=Baseline(BaselineMethod.CAPTURED, 0.5, 7_000_000_011),
        blendshapes=np.linspace(0, 0.5, 52, dtype=np.float32),
        au_intensity=np.linspace(0, 2.5, 37, dtype=np.float32),
        embedding=np.array([0.6, 0.0, 0.8], np.float32),
        landmarks=landmarks,
        head=np.array([0.5, -0.5, 0.5, 0.5]),
    )
    little = PersonBaseline(about=UNKNOWN_BASELINE, blendshapes=np.zeros(52, np.float32))
    shapes = np.zeros(52, np.float32)
    said = Expressions(
        Header(5, "camera"),
        (
            Expression(1, shapes, shapes, baseline=whole.about, rest=whole),
            Expression(2, shapes, shapes, rest=little),
            Expression(3, shapes, shapes),
        ),
    )
    msg = travelled(convert.expressions_to_msg(said))
    assert list(msg.expressions[0].rest[0].landmarks[:3]) == pytest.approx([*landmarks[0], landmarks[1, 0]])
    first, second, third = (e.rest for e in convert.expressions_from_msg(msg).expressions)
    assert first is not None
    assert first.about == whole.about
    for name in ("blendshapes", "au_intensity", "embedding", "landmarks", "head"):
        np.testing.assert_array_equal(getattr(first, name), getattr(whole, name))
    assert second is not None
    assert (second.landmarks, second.head, second.embedding.size) == (None, None, 0)
    assert third is None
