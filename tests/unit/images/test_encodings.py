"""Image messages of every encoding, as drivers send them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, strategies as st

from mien.core.errors import ImageError
from mien.core.types import U8
from mien.images.encodings import ENCODINGS, to_rgb
from mien.messages import ImageReader, from_image

# Colours that vary slowly, so that those of four pixels may be one.
H, W = 48, 64
_Y, _X = np.mgrid[0:H, 0:W]
RGB: U8 = np.stack([60 + 2 * _X, 40 + 3 * _Y, 200 - _X - _Y], axis=2).astype(np.uint8)


def message(data: Any, encoding: str, step: int, height: int = H, width: int = W, big: bool = False) -> Any:
    raw = np.ascontiguousarray(data).tobytes()
    stamp = SimpleNamespace(sec=1, nanosec=2)
    header = SimpleNamespace(stamp=stamp, frame_id="camera")
    return SimpleNamespace(
        header=header, height=height, width=width, encoding=encoding, step=step, data=raw, is_bigendian=big
    )


def yuv(rgb: U8) -> tuple[Any, Any, Any]:
    """Studio range, BT.601, by its definition."""
    r, g, b = (rgb[..., i].astype(np.float64) for i in range(3))
    y = 16 + (65.738 * r + 129.057 * g + 25.064 * b) / 256
    u = 128 + (-37.945 * r - 74.494 * g + 112.439 * b) / 256
    v = 128 + (112.439 * r - 94.154 * g - 18.285 * b) / 256
    return tuple(np.clip(np.round(p), 0, 255).astype(np.uint8) for p in (y, u, v))  # type: ignore[return-value]


def halved(plane: Any) -> Any:
    return plane.reshape(plane.shape[0] // 2, 2, plane.shape[1] // 2, 2).mean((1, 3)).round().astype(np.uint8)


def planar(encoding: str, rgb: U8 = RGB) -> Any:
    y, u, v = yuv(rgb)
    if encoding == "nv24":
        return np.concatenate([y.ravel(), np.stack([u, v], 2).ravel()])
    first, second = (v, u) if encoding == "nv21" else (u, v)
    return np.concatenate([y.ravel(), np.stack([halved(first), halved(second)], 2).ravel()])


def packed(encoding: str) -> Any:
    y, u, v = yuv(RGB)
    wide = np.dstack([y, u])
    wide[:, 1::2, 1] = v[:, 1::2]
    return wide if encoding.startswith("yuy") or encoding == "yuv422_yuy2" else wide[..., ::-1]


def mosaic(pattern: str, deep: bool) -> Any:
    """One colour per pixel: `pattern` names those of the first two rows."""
    colours = np.array(["rgb".index(c) for c in pattern]).reshape(2, 2)
    index = np.tile(colours, (H // 2, W // 2))
    grey = np.take_along_axis(RGB, index[..., None], 2)[..., 0]
    return grey.astype(np.uint16) * 257 if deep else grey


def of(encoding: str) -> Any:
    """The same picture in every encoding."""
    if encoding.startswith("nv"):
        return message(planar(encoding), encoding, W)
    if encoding in ("yuv422", "uyvy", "yuyv", "yuv422_yuy2"):
        return message(packed(encoding), encoding, 2 * W)
    deep = "16" in encoding
    if encoding.startswith("bayer"):
        return message(mosaic(encoding[6:10], deep), encoding, W * (1 + deep))
    alpha = np.full((H, W, 1), 7, np.uint8)
    if encoding.startswith(("mono", "8UC1", "16UC1")):
        pixels: Any = RGB[..., 1]
    else:
        pixels = RGB[..., ::-1] if encoding.startswith(("bgr", "8UC", "16UC")) else RGB
        if "a" in encoding or encoding.endswith("C4"):
            pixels = np.dstack([pixels, alpha])
    pixels = pixels.astype(np.uint16) * 257 if deep else pixels
    return message(pixels, encoding, pixels[0].nbytes)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_same_picture_in_every_encoding_has_the_same_colours(encoding: str) -> None:
    grey = encoding.startswith(("mono", "8UC1", "16UC1"))
    expected = np.repeat(RGB[..., 1:2], 3, 2) if grey else RGB
    image = to_rgb(of(encoding))
    assert image.shape == (H, W, 3)
    assert image.dtype == np.uint8
    exact = not encoding.startswith(("nv", "yu", "uy", "bayer"))
    # At the border a mosaic has less to go by.
    inner = (slice(None) if exact else slice(2, -2),) * 2
    off = np.abs(image.astype(int) - expected)[inner]
    assert off.max() <= (0 if exact else 8)
    assert off.mean() <= (0 if exact else 2.5)


@pytest.mark.parametrize("encoding", ["mono16", "bayer_rggb16", "rgb16", "rgba16"])
def test_what_the_sender_calls_big_endian_is_read_so(encoding: str) -> None:
    msg = of(encoding)
    msg.data = np.frombuffer(msg.data, np.uint16).byteswap().tobytes()
    msg.is_bigendian = True
    np.testing.assert_array_equal(to_rgb(msg), to_rgb(of(encoding)))


@pytest.mark.parametrize("bits", [10, 12, 14])
def test_a_camera_of_ten_bits_is_as_bright_as_one_of_eight(bits: int) -> None:
    msg = message(RGB[..., 1].astype(np.uint16) << (bits - 8), "mono16", 2 * W)
    np.testing.assert_array_equal(to_rgb(msg)[..., 0], RGB[..., 1])


@pytest.mark.parametrize("encoding", ["nv12", "nv21", "nv24"])
def test_planes_are_found_however_a_driver_counts(encoding: str) -> None:
    expected, data = to_rgb(of(encoding)), planar(encoding)
    chroma = 2 if encoding == "nv24" else 1
    luma, colour = data[: W * H].reshape(H, W), data[W * H :].reshape(-1, W * chroma)
    planes = [np.pad(plane, ((0, 0), (0, pad))) for plane, pad in ((luma, 16), (colour, 16 * chroma))]
    stepped = np.concatenate([plane.ravel() for plane in planes])
    layouts = {
        "rows filled up": message(stepped, encoding, W + 16),
        "two channels": message(data, encoding, 2 * W),
    }
    if encoding != "nv24":
        layouts["rows of both planes"] = message(data, encoding, W, height=H * 3 // 2)
    for name, msg in layouts.items():
        np.testing.assert_array_equal(to_rgb(msg), expected, err_msg=name)


def test_odd_sizes_of_planes() -> None:
    rgb = np.full((5, 7, 3), (200, 60, 90), np.uint8)
    y, u, v = yuv(rgb)
    colour = np.stack([u[:3, :4], v[:3, :4]], 2)
    msg = message(np.concatenate([y.ravel(), colour.ravel()]), "nv12", 7, height=5, width=7)
    assert to_rgb(msg).shape == (5, 7, 3)
    assert np.abs(to_rgb(msg).astype(int) - rgb).max() <= 4


def test_an_encoding_in_capitals_is_the_same() -> None:
    msg = of("nv12")
    msg.encoding = "NV12"
    np.testing.assert_array_equal(to_rgb(msg), to_rgb(of("nv12")))


@pytest.mark.parametrize("encoding", [e for e in ENCODINGS if "UC" not in e and not e.startswith("nv")])
def test_another_library_agrees(encoding: str) -> None:
    """It knows no rows that are filled up, no nv24, and no depth but the whole: hence the code that is tested here."""
    library = pytest.importorskip("rosbags.image", reason="needs rosbags-image")
    msg = of(encoding)
    np.testing.assert_allclose(to_rgb(msg).astype(int), library.message_to_cvimage(msg, "rgb8"), atol=1)


def test_rgb8_is_not_copied() -> None:
    msg = of("rgb8")
    assert np.shares_memory(to_rgb(msg), np.frombuffer(msg.data, np.uint8))


def test_the_last_row_may_come_without_its_filling() -> None:
    rows = np.pad(RGB.reshape(H, -1), ((0, 0), (0, 32))).ravel()[:-32]
    np.testing.assert_array_equal(to_rgb(message(rows, "rgb8", 3 * W + 32)), RGB)


@pytest.mark.parametrize(
    ("encoding", "change", "says"),
    [
        ("32FC1", {}, "'32FC1' is not known; use one of rgb8"),
        ("rgb8", {"height": 0}, "empty: 64×0"),
        ("rgb8", {"step": 10}, "step is 10 bytes; 64 rgb8 pixels need 192"),
        ("rgb8", {"height": 49}, "holds 9216 bytes; 49 rows of 192 need 9408"),
        ("nv12", {"height": 50}, "64×50 of nv12 need"),
        ("nv24", {"data": b"12"}, "holds 2 bytes"),
        ("yuyv", {"width": 63, "step": 126}, "of 63×48 cannot be yuyv"),
    ],
)
def test_an_image_that_does_not_fit_is_named(encoding: str, change: dict[str, Any], says: str) -> None:
    msg = of(encoding) if encoding in ENCODINGS else message(RGB, encoding, 3 * W)
    for name, value in change.items():
        setattr(msg, name, value)
    with pytest.raises(ImageError, match=says):
        to_rgb(msg)


@given(
    st.sampled_from(sorted(ENCODINGS)),
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(0, 80),
    st.binary(max_size=400),
)
def test_any_message_is_read_or_refused(encoding: str, height: int, width: int, step: int, data: bytes) -> None:
    msg = message(np.frombuffer(data, np.uint8), encoding, step, height, width)
    try:
        image = to_rgb(msg)
    except ImageError:
        return
    assert image.dtype == np.uint8
    assert image.shape[1:] == (width, 3)


def compressed(suffix: str, image: Any, format_: str) -> Any:
    header = SimpleNamespace(stamp=SimpleNamespace(sec=0, nanosec=0), frame_id="")
    return SimpleNamespace(header=header, format=format_, data=cv2.imencode(suffix, image)[1].reshape(-1))


BGR = np.ascontiguousarray(RGB[..., ::-1])


@pytest.mark.parametrize(
    ("suffix", "stored", "format_"),
    [
        (".jpg", BGR, "rgb8; jpeg compressed bgr8"),
        (".jpg", BGR, "jpeg"),
        (".png", BGR, "bgr8; png compressed bgr8"),
        (".png", BGR, "png"),
        (".webp", BGR, "webp"),
        (".png", RGB, "rgb8; png compressed rgb8"),
    ],
)
def test_compressed_images_are_read_with_their_colours(suffix: str, stored: Any, format_: str) -> None:
    image = from_image(compressed(suffix, stored, format_))
    assert np.abs(image.astype(int) - RGB).mean() < 3


def test_a_compressed_stream_of_ten_bits() -> None:
    deep = RGB[..., 1].astype(np.uint16) << 2
    reader = ImageReader()
    bright = reader(compressed(".png", deep, "mono16; png compressed ")).image
    dark = reader(compressed(".png", deep // 8, "mono16; png compressed ")).image
    np.testing.assert_array_equal(bright[..., 0], RGB[..., 1])
    np.testing.assert_array_equal(dark[..., 0], RGB[..., 1] // 8)


def test_a_compressed_image_that_is_too_large_is_refused_before_it_is_decoded() -> None:
    """A PNG of zeros of 0.3 megapixels has 400 bytes; one of 900 megapixels has 109 kB."""
    large = compressed(".png", np.zeros((480, 640), np.uint8), "mono8; png compressed ")
    assert ImageReader(0.4)(large).image.shape == (480, 640, 3)
    with pytest.raises(ImageError, match=r"640×480 are 0 megapixels, more than the limit of 0\.3; .*max_megapixels"):
        ImageReader(0.3)(large)
    # The header alone says 30000×30000; without a limit the rest would be asked for.
    header = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (30000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    with pytest.raises(ImageError, match="900 megapixels, more than the limit of 200"):
        from_image(SimpleNamespace(format="png", data=header + bytes(200)))


@pytest.mark.parametrize(
    ("msg", "says"),
    [
        (compressed(".png", BGR, "16UC1; compressedDepth png"), "compressedDepth holds distances"),
        (SimpleNamespace(format="jpeg", data=b"no image"), r"compressed image \(jpeg\): not an image"),
        (SimpleNamespace(format="jpeg", data=b""), "empty"),
        (
            SimpleNamespace(format="h264", data=b"\0\0\0\1\x67\x42\0\x1e"),
            r"\(h264\): not an image but H.264",
        ),
    ],
)
def test_compressed_images_that_cannot_be_read_are_named(msg: Any, says: str) -> None:
    with pytest.raises(ImageError, match=says):
        from_image(msg)
