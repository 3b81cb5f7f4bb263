"""Pictures of every format, upright and with their colours; Pillow, which shares no code with OpenCV, made them."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from mien.core.errors import ImageError
from mien.core.types import U8
from mien.images.formats import FORMATS, Kind, identify
from mien.images.headers import Header, is_motion_jpeg, read_header
from mien.images.pictures import decode, frames

Image = pytest.importorskip("PIL.Image", reason="Pillow makes the pictures")

H, W = 40, 64
_Y, _X = np.mgrid[0:H, 0:W]
RGB: U8 = np.stack([40 + 3 * _X, 20 + 5 * _Y, 250 - 2 * _X - 2 * _Y], axis=2).astype(np.uint8)
EXIF_ORIENTATION = 0x112


def made(form: str, pixels: Any = RGB, mode: str | None = None, **options: Any) -> bytes:
    image = Image.fromarray(pixels)
    out = io.BytesIO()
    (image.convert(mode) if mode else image).save(out, form, **options)
    return out.getvalue()


def by_opencv(suffix: str, pixels: Any = None, *flags: int) -> bytes:
    bgr = cv2.cvtColor(RGB, cv2.COLOR_RGB2BGR) if pixels is None else pixels
    return bytes(cv2.imencode(suffix, bgr, flags)[1])


PICTURES = {
    "JPEG": made("JPEG", quality=95),
    "JPEG, progressive": made("JPEG", quality=95, progressive=True),
    "JPEG, CMYK": made("JPEG", mode="CMYK", quality=95),
    "MPO": made("MPO", quality=95),
    "PNG": made("PNG"),
    "PNG, palette": made("PNG", mode="P"),
    "GIF": made("GIF"),
    "WebP": made("WEBP", quality=95),
    "WebP, lossless": made("WEBP", lossless=True),
    "AVIF": made("AVIF", quality=95),
    "TIFF": made("TIFF"),
    "TIFF, LZW": made("TIFF", compression="tiff_lzw"),
    "TIFF, JPEG": made("TIFF", compression="jpeg"),
    "TIFF, CMYK": made("TIFF", mode="CMYK"),
    "TIFF, big": made("TIFF", big_tiff=True),
    "BMP": made("BMP"),
    "JPEG 2000": made("JPEG2000"),
    "JPEG 2000, bare": made("JPEG2000", no_jp2=True),
    "PPM": made("PPM"),
    "PPM with a comment": b"P6 # a comment\n# another\n64 40\n255\n" + RGB.tobytes(),
    "PAM": by_opencv(".pam"),
    "PFM": by_opencv(".pfm", cv2.cvtColor(RGB, cv2.COLOR_RGB2BGR).astype(np.float32) / 255),
    "Sun raster": by_opencv(".ras"),
}
NOISE = made("PNG", np.random.default_rng(0).integers(0, 255, (300, 300, 3), np.uint8))
_FAR = {"PNG, palette": 25, "GIF": 25, "JPEG, CMYK": 6, "MPO": 6, "AVIF": 6}


@pytest.mark.parametrize("name", PICTURES)
def test_every_format_is_read_with_its_colours(name: str) -> None:
    image = decode(PICTURES[name])
    assert image.dtype == np.uint8
    assert image.shape == RGB.shape
    assert np.abs(image.astype(int) - RGB).mean() < _FAR.get(name, 4)


@pytest.mark.parametrize("name", PICTURES)
def test_the_header_says_the_size(name: str) -> None:
    header = read_header(PICTURES[name])
    assert header is not None
    assert (header.width, header.height, header.frames, header.orientation) == (W, H, 1, 1)


def test_radiance_is_read() -> None:
    data = by_opencv(".hdr", np.full((H, W, 3), 0.5, np.float32))
    assert read_header(data) == Header(W, H)
    assert abs(int(decode(data).mean()) - 128) <= 1


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "MPO"])
def test_a_picture_that_lies_on_its_side_is_turned(form: str, orientation: int) -> None:
    """What is upright is Pillow's own word. AVIF has boxes for it, not EXIF."""
    from PIL import ImageOps

    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    data = made(form, quality=95, exif=exif) if form != "PNG" else made(form, exif=exif)
    expected = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")).astype(int)
    if orientation != 1:
        assert expected.shape != RGB.shape or np.abs(expected - RGB).mean() > 20
    image = decode(data)
    assert image.shape == expected.shape
    assert np.abs(image.astype(int) - expected).mean() < 6
    header = read_header(data)
    assert header is not None
    assert header.orientation == orientation


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF", "GIF", "AVIF"])
def test_hidden_colours_are_not_seen(form: str) -> None:
    """A picture under full transparency; its lower half is seen."""
    alpha = np.zeros((H, W, 1), np.uint8)
    alpha[H // 2 :] = 255
    options = {"lossless": True, "exact": True} if form == "WEBP" else {}
    image = decode(made(form, np.dstack([RGB, alpha]), **options)).astype(int)
    assert np.abs(image[: H // 2 - 2] - 128).max() <= 3
    assert np.abs(image[H // 2 + 2 :] - RGB[H // 2 + 2 :]).mean() < 25


def test_hidden_colours_of_a_turned_picture_stay_where_they_are() -> None:
    alpha = np.zeros((H, W, 1), np.uint8)
    alpha[:, W // 2 :] = 255  # seen: the right half, which becomes the lower one
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = 6
    image = decode(made("PNG", np.dstack([RGB, alpha]), exif=exif))
    assert image.shape == (W, H, 3)
    assert (image[: W // 2] == 128).all()
    np.testing.assert_array_equal(image, np.rot90(np.where(alpha, RGB, 128), -1))


@pytest.mark.parametrize("bits", [10, 12, 16])
@pytest.mark.parametrize("suffix", [".png", ".tif", ".pgm", ".jp2"])
def test_deep_pictures_are_as_bright_as_others(suffix: str, bits: int) -> None:
    grey = RGB[..., 0]
    deep = (grey.astype(np.uint16) << (bits - 8)) | 1
    np.testing.assert_array_equal(decode(by_opencv(suffix, deep))[..., 1], grey)


@pytest.mark.parametrize("bits", [10, 12])
def test_deep_avif_is_as_bright_as_others(bits: int) -> None:
    deep = cv2.cvtColor(RGB, cv2.COLOR_RGB2BGR).astype(np.uint16) << (bits - 8)
    data = by_opencv(".avif", deep, cv2.IMWRITE_AVIF_DEPTH, bits, cv2.IMWRITE_AVIF_QUALITY, 95)
    assert np.abs(decode(data).astype(int) - RGB).mean() < 5


def animation(form: str, count: int = 3) -> tuple[bytes, list[U8]]:
    shown = [np.roll(RGB, 17 * i, axis=1) for i in range(count)]
    more = [Image.fromarray(s) for s in shown[1:]]
    options: dict[str, Any] = {} if form == "TIFF" else {"duration": [100, 200, 300][:count]}
    if form == "WEBP":
        options |= {"lossless": True}
    return made(form, shown[0], save_all=True, append_images=more, **options), shown


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "AVIF", "TIFF"])
def test_every_frame_of_an_animation_and_every_page_is_read(form: str) -> None:
    data, shown = animation(form)
    header = read_header(data)
    assert header is not None
    assert header.animated == (form != "TIFF")
    assert header.frames == (1 if form == "AVIF" else 3)  # an AVIF does not say
    read = list(frames(data, header))
    assert len(read) == 3
    for (image, _), expected in zip(read, shown, strict=True):
        assert np.abs(image.astype(int) - expected).mean() < 25
    assert [s for _, s in read] == ([0, 0, 0] if form == "TIFF" else pytest.approx([0.1, 0.2, 0.3]))


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "AVIF", "TIFF"])
def test_frames_are_the_same_in_small_batches(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, _ = animation(form)
    header = read_header(data)
    assert header is not None
    at_once = list(frames(data, header))
    monkeypatch.setattr("mien.images.pictures._BATCH_PIXELS", W * H)
    singly = list(frames(data, header))
    assert [s for _, s in singly] == [s for _, s in at_once]
    for (a, _), (b, _) in zip(singly, at_once, strict=True):
        np.testing.assert_array_equal(a, b)


def png_that_says(width: int, height: int) -> bytes:
    """Rows of zeros, which compress to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + width * 3)) for _ in range(min(height, 100))) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        png_that_says(30_000, 30_000),
        b"P5\n30000 30000\n255\n",
        b"BM" + bytes(12) + struct.pack("<Iii", 40, 30_000, -30_000) + bytes(100),
        b"GIF89a" + struct.pack("<HH", 30_000, 30_000) + bytes(10),
    ],
    ids=["PNG", "PGM", "BMP", "GIF"],
)
def test_a_huge_picture_is_refused_before_it_takes_memory(data: bytes) -> None:
    with pytest.raises(ImageError, match=r"30000×30000 are 900 megapixels, more than the limit of 200.*scale it down"):
        decode(data, megapixels=200)


def test_the_limit_can_be_set() -> None:
    decode(PICTURES["PNG"], megapixels=W * H / 1e6)
    with pytest.raises(ImageError, match=r"limit of 0\.002"):
        decode(PICTURES["PNG"], megapixels=0.002)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b"this is not an image", "not an image, or a broken one"),
        (NOISE[: len(NOISE) // 2], "broken one: PNG input buffer is incomplete"),
        (PICTURES["JPEG"][:300], "broken"),
        (b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(50), "JPEG XL cannot be decoded here; convert it to JPEG or PNG"),
        (b"FUJIFILMCCD-RAW 0201" + bytes(50), "a Fujifilm raw file; develop it first"),
        (b"II*\0\x10\0\0\0CR\2\0" + bytes(50), "a camera raw file; develop it first"),
        (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" + bytes(50), "a Canon raw file; develop it first"),
        (b"\0\0\0\x18ftypisom\0\0\0\1isommp42" + bytes(50), "not an image but MP4"),
        (b"RIFF\0\0\0\0WAVEfmt ", "not an image but sound"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, says: str) -> None:
    with pytest.raises(ImageError) as error:
        decode(data)
    assert says in str(error.value)


def test_the_thumbnail_of_a_camera_raw_is_not_taken_for_the_picture() -> None:
    """DNG is a TIFF with a tag of its own."""
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    tags = ImageFileDirectory_v2()
    tags[50706] = b"\1\4\0\0"
    tags.tagtype[50706] = 1
    with pytest.raises(ImageError, match="camera raw"):
        decode(made("TIFF", tiffinfo=tags))


def test_nothing_of_what_libraries_say_reaches_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    for data in PICTURES.values():
        for broken in (data[: len(data) // 2], data[:150] + bytes(40) + data[190:], data[:40]):
            with contextlib.suppress(ImageError):
                decode(broken)
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err == ""


def test_what_others_say_meanwhile_is_passed_on(capfd: pytest.CaptureFixture[str]) -> None:
    import os

    from mien.images.quiet import quiet

    with quiet() as said:
        os.write(2, b"libpng error: bad adaptive filter value\n[INFO] [1690.5] [camera]: hello\n")
    assert capfd.readouterr().err == "[INFO] [1690.5] [camera]: hello\n"
    assert said.reason == "bad adaptive filter value"


def test_a_stream_of_jpegs_is_told_from_a_photograph() -> None:
    jpeg = PICTURES["JPEG"]
    assert is_motion_jpeg(jpeg * 3)
    pair = made("MPO", save_all=True, append_images=[Image.fromarray(RGB)])
    for picture in (jpeg, PICTURES["MPO"], pair, jpeg + b"what a phone appends"):
        assert not is_motion_jpeg(picture)


def test_pictures_of_every_format_with_a_decoder_are_known_by_their_bytes() -> None:
    names = {f.name for f in FORMATS if f.kind is Kind.PICTURE and f.reader == "OpenCV"}
    assert {form.name for data in PICTURES.values() if (form := identify(data))} | {"Radiance HDR"} == names


@given(st.sampled_from(sorted(PICTURES)), st.data())
@settings(max_examples=300)
def test_whatever_happened_to_a_file_it_is_read_or_refused(name: str, draw: st.DataObject) -> None:
    data = bytearray(PICTURES[name])
    for _ in range(draw.draw(st.integers(1, 6))):
        at = draw.draw(st.integers(0, min(len(data) - 1, 600)))
        data[at] = draw.draw(st.integers(0, 255))
    cut = draw.draw(st.integers(0, len(data)))
    for broken in (bytes(data), bytes(data[:cut])):
        try:
            image = decode(broken, megapixels=20)
        except ImageError:
            continue
        assert image.dtype == np.uint8
        assert image.ndim == 3
        assert image.shape[2] == 3


@given(st.binary(max_size=300), st.sampled_from([data[:n] for data in PICTURES.values() for n in (4, 12, 40)]))
@settings(max_examples=300)
def test_any_bytes_have_a_header_or_none(data: bytes, head: bytes) -> None:
    header = read_header(head + data)
    assert header is None or (header.width > 0 and header.height > 0 and 1 <= header.orientation <= 8)
    identify(head + data)
