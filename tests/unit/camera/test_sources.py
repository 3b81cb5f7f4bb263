"""What a source gives for good files, and what it says of bad ones."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from tests.unit.camera.media import DATA, film, off, pattern

from mien.camera import parse
from mien.camera.config import CameraConfig
from mien.camera.files import videos
from mien.camera.files.paths import counted, format_of, search
from mien.camera.files.pictures import ImagesSource, read_image
from mien.camera.sources import obstacle, open_source
from mien.core.errors import SourceError
from mien.images.formats import Kind

BROKEN = cv2.imencode(".png", pattern(0))[1].tobytes()[:500]


@pytest.fixture(params=["PyAV", "OpenCV"], autouse=True)
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "PyAV":
        pytest.importorskip("av", reason="needs PyAV")
    monkeypatch.setattr(videos, "has_pyav", lambda: request.param == "PyAV")


def write_video(path: Path, frames: int = 10, fps: float = 25.0, size: tuple[int, int] = (64, 48)) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), fps, size)
    for i in range(frames):
        writer.write(np.full((size[1], size[0], 3), 20 * i % 240, np.uint8))
    writer.release()
    return path


def config(source: Path) -> CameraConfig:
    return CameraConfig(source=str(source))


def test_a_video_gives_rgb_frames_with_presentation_times(tmp_path: Path) -> None:
    source = open_source(config(write_video(tmp_path / "v.mp4")))
    frames = list(iter(source.read, None))
    assert len(frames) == source.length == 10
    assert [f.stamp_ns for f in frames] == [i * 40_000_000 for i in range(10)]
    assert frames[3].image.shape == (48, 64, 3)
    assert abs(int(frames[3].image.mean()) - 60) < 6


def test_images_of_a_folder_come_in_the_order_a_person_would_count(tmp_path: Path) -> None:
    for i in (10, 2, 1):
        cv2.imwrite(str(tmp_path / f"{i}.png"), np.zeros((4, 4, 3), np.uint8))
    assert [p.name for p, _ in search(tmp_path, nested=False).media] == ["1.png", "2.png", "10.png"]


@pytest.mark.parametrize(
    ("image", "name"),
    [
        (np.full((6, 4), 9, np.uint8), "grey.png"),
        (np.full((6, 4, 3), 9 * 257, np.uint16), "deep.png"),
        (np.dstack([np.full((6, 4, 3), 9, np.uint8), np.full((6, 4), 255, np.uint8)]), "opaque.png"),
        (np.full((1, 1, 3), 9, np.uint8), "pixel.png"),
    ],
)
def test_every_kind_of_image_becomes_8_bit_rgb(tmp_path: Path, image: np.ndarray, name: str) -> None:
    cv2.imwrite(str(tmp_path / name), image)
    rgb = read_image(tmp_path / name)
    assert rgb.dtype == np.uint8
    assert rgb.shape == (*image.shape[:2], 3)
    assert np.all(rgb == 9)


def test_colour_is_not_swapped(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "red.png"), np.array([[[0, 0, 255]]], np.uint8))  # OpenCV writes BGR
    assert read_image(tmp_path / "red.png").tolist() == [[[255, 0, 0]]]


def test_a_broken_image_is_named_and_skipped_and_the_rest_is_done(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for i in (1, 3):
        cv2.imwrite(str(tmp_path / f"{i}.png"), np.zeros((4, 4, 3), np.uint8))
    (tmp_path / "2.png").write_bytes(BROKEN)
    source = open_source(config(tmp_path))
    assert len(list(iter(source.read, None))) == 2
    assert isinstance(source, ImagesSource)
    assert len(source.broken) == 1
    assert "2.png" in source.broken[0]
    assert "2.png" in caplog.text


def test_a_folder_of_broken_images_is_an_error(tmp_path: Path) -> None:
    for name in ("1.png", "2.png"):
        (tmp_path / name).write_bytes(BROKEN)
    with pytest.raises(SourceError, match=r"none of its images can be read; .*1\.png: "):
        open_source(config(tmp_path)).read()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing.mp4", None, "no such file"),
        ("empty.mp4", b"", "the file is empty"),
        ("text.mp4", b"this is not a video\n" * 50, "not an image or a video, or a broken one"),
        ("empty.png", b"", "the file is empty"),
        ("text.jpg", b"this is not an image", "not an image"),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong(tmp_path: Path, name: str, content: bytes | None, says: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceError, match=says) as error:
        open_source(config(path)).read()
    assert name in str(error.value)


def test_a_folder_without_images_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no images"):
        open_source(config(tmp_path))


def test_a_folder_names_everything_that_it_leaves_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    cv2.imwrite(str(tmp_path / "1.png"), np.zeros((4, 4, 3), np.uint8))
    film(tmp_path / "film.mp4", "libx264", 3)
    (tmp_path / "broken.heic").write_bytes(b"no")
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / "gone.png").symlink_to(tmp_path / "nowhere.png")
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "folder").mkdir()
    source = open_source(config(tmp_path))
    assert len(list(iter(source.read, None))) == 1
    for says in (
        "film.mp4: a video; name it by itself",
        "broken.heic: not an image or a video, or a broken one",
        f"gone.png: a link to {tmp_path}/nowhere.png, which does not exist",
        "pipe.png: a pipe, not a file",
        "neither images nor videos: notes.txt",
    ):
        assert f"left out of {tmp_path}: {says}" in caplog.text


def test_a_folder_that_is_played_again_names_what_it_leaves_out_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cv2.imwrite(str(tmp_path / "1.png"), np.zeros((4, 4, 3), np.uint8))
    (tmp_path / "notes.txt").write_text("hello")
    for _ in range(3):
        open_source(config(tmp_path))
    assert caplog.text.count("notes.txt") == 1


def test_of_many_files_that_are_no_images_the_rest_is_counted(tmp_path: Path) -> None:
    for i in range(30):
        (tmp_path / f"{i}.json").write_text("{}")
    (sentence,) = search(tmp_path, nested=False).sentences()
    assert sentence.startswith("neither images nor videos: 0.json, 1.json, 2.json")
    assert sentence.endswith("19.json, 10 more (.json)")


@pytest.mark.parametrize("suffix", [".avif", ".jfif", ".jpe", ".jp2", ".gif", ".webp", ".tiff", ".pgm", ""])
def test_pictures_of_a_folder_are_found_by_what_they_are(suffix: str, tmp_path: Path) -> None:
    """Written as a JPEG, whatever the name."""
    _, data = cv2.imencode(".jpg", pattern(0))
    (tmp_path / f"a{suffix}").write_bytes(data)
    source = open_source(config(tmp_path))
    frame = source.read()
    assert frame is not None
    assert frame.image.shape == (240, 320, 3)


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        ("a.png", lambda p: p.symlink_to("nowhere.png"), "a.png: a link to nowhere.png, which does not exist"),
        ("a.png", lambda p: p.symlink_to("a.png"), "a.png: Too many levels of symbolic links"),
        ("a.png", os.mkfifo, "a.png: a pipe, not a file"),
        ("a.png", lambda p: socket.socket(socket.AF_UNIX).bind(str(p)), "a.png: a socket, not a file"),
        ("a.txt", lambda p: p.write_text("x"), "a.txt: no image or video"),
        ("none.png", lambda p: None, "none.png: no such file"),
    ],
)
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_what_is_no_file_is_named_and_never_waited_for(
    name: str, make: Callable[[Path], object], says: str, tmp_path: Path
) -> None:
    make(tmp_path / name)
    with pytest.raises(SourceError) as error:
        open_source(config(tmp_path / name))
    assert says in str(error.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"x")
    path.chmod(0)
    with pytest.raises(SourceError, match=r"a\.png: Permission denied"):
        format_of(path)


def test_a_link_that_leads_back_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    cv2.imwrite(str(tmp_path / "a" / "1.png"), np.zeros((4, 4, 3), np.uint8))
    assert [p.name for p, _ in search(tmp_path, nested=True).media] == ["1.png"]


def test_names_are_sorted_as_a_person_counts() -> None:
    assert sorted(["b1", "a10", "a2", "10", "9", "a"], key=counted) == ["9", "10", "a", "a2", "a10", "b1"]


def test_an_animation_keeps_its_times_and_pages_take_one_frame_each(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image", reason="Pillow makes the pictures")
    shown = [image.fromarray(pattern(i)) for i in range(3)]
    shown[0].save(tmp_path / "a.webp", save_all=True, append_images=shown[1:], duration=[100, 300, 50])
    shown[0].save(tmp_path / "a.tif", save_all=True, append_images=shown[1:])
    stamps = {
        name: [f.stamp_ns / 1e6 for f in iter(open_source(config(tmp_path / name)).read, None)]
        for name in ("a.webp", "a.tif")
    }
    assert stamps["a.webp"] == [0, 100, 400]
    assert stamps["a.tif"] == pytest.approx([0, 1000 / 30, 2000 / 30])


def test_a_heic_of_a_phone_is_upright(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pi_heif", reason="needs pi-heif")
    heic, photo = read_image(DATA / "turned.heic"), read_image(DATA / "photo.avif")
    assert heic.shape == (240, 320, 3)
    assert np.abs(heic.astype(int) - cv2.resize(photo, (320, 240), interpolation=cv2.INTER_AREA)).mean() < 3


def test_a_heic_without_its_library_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pi_heif", None)
    with pytest.raises(SourceError, match=r"turned\.heic: HEIF cannot be decoded here; pip install 'mien\[media\]'"):
        read_image(DATA / "turned.heic")


@pytest.mark.parametrize(
    ("suffix", "codec", "pixels"),
    [(".exr", "exr", "gbrpf32le"), (".qoi", "qoi", "rgb24"), (".sgi", "sgi", "rgb24"), (".pcx", "pcx", "rgb24"),
     (".dds", "", "")],
)  # fmt: skip
def test_pictures_that_only_pyav_reads_are_read_or_refused_by_name(
    suffix: str, codec: str, pixels: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"a{suffix}"
    if suffix == ".dds":
        pytest.importorskip("PIL.Image", reason="Pillow makes the picture").fromarray(pattern(0)).save(path)
    else:
        film(path, codec, 1, pixels=pixels, container="image2", options={})
    if videos.has_pyav():
        image = read_image(path)
        assert image.shape == (240, 320, 3)
        assert off(image, pattern(0)) < 6
    monkeypatch.setattr("mien.camera.files.pictures.has_pyav", lambda: False)
    with pytest.raises(SourceError, match=rf"a\{suffix}: \S+ cannot be decoded here; pip install 'mien\[media\]'"):
        read_image(path)


def test_ten_bits_in_sixteen_are_not_dark() -> None:
    image = read_image(DATA / "grey_10_in_16.png")
    deep = cv2.imread(str(DATA / "grey_10_in_16.png"), cv2.IMREAD_UNCHANGED)
    np.testing.assert_array_equal(image[..., 0], deep // 4)
    assert image.max() == 255


def test_a_calibration_of_other_images_is_refused_and_one_of_half_the_size_is_scaled(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), np.zeros((720, 1280, 3), np.uint8))
    cv2.imwrite(str(tmp_path / "b.png"), np.zeros((960, 1280, 3), np.uint8))
    url = str(DATA / "calib_ok_with_distortion.yaml")  # of 640×360
    frame = open_source(CameraConfig(source=str(tmp_path / "a.png"), camera_info_url=url)).read()
    assert frame is not None
    assert frame.intrinsics is not None
    assert (frame.intrinsics.fx, frame.intrinsics.cy, frame.intrinsics.d[0]) == (1200, 360, -0.4)
    with pytest.raises(SourceError, match=r"b\.png: .*calibrated with images of 640×360, which 1280×960"):
        open_source(CameraConfig(source=str(tmp_path / "b.png"), camera_info_url=url)).read()


def test_both_calibrations_are_the_same() -> None:
    from mien.camera.calibration import read_camera_info

    opencv = read_camera_info(str(DATA / "calib_opencv_header.yaml"))
    assert opencv == read_camera_info(str(DATA / "calib_ok_with_distortion.yaml"))
    assert (opencv.fx, opencv.d) == (600, (-0.4, 0.2, 0.0, 0.0, 0.0))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("/dev/video97", r"no such camera \(cameras here: "),
        ("nowhere.mp4", "no such file, folder or camera; an image topic is topic:NAME"),
        ("v4l2:/dev/video0", "no such file, folder or camera; a source is a path, file:///…; /dev/video0"),
    ],
)
def test_what_stands_in_the_way_is_told_before_anything_is_opened(text: str, says: str) -> None:
    import re

    assert re.search(says, obstacle(parse.parse(text)))


def test_kinds_of_formats_are_told(tmp_path: Path) -> None:
    assert format_of(DATA / "photo.avif").kind is Kind.PICTURE
    assert format_of(DATA / "interlaced.mts").kind is Kind.VIDEO
