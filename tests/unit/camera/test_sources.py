"""What a source gives for good files, and what it says of bad ones."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.camera.config import CameraConfig
from mien.camera.sources import ImagesSource, VideoSource, list_images, open_source, read_image
from mien.core.errors import SourceError


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
    assert [p.name for p in list_images(tmp_path)] == ["1.png", "2.png", "10.png"]


@pytest.mark.parametrize(
    ("image", "name"),
    [
        (np.full((6, 4), 9, np.uint8), "grey.png"),
        (np.full((6, 4, 3), 9 * 257, np.uint16), "deep.png"),
        (np.dstack([np.full((6, 4, 3), 9, np.uint8), np.zeros((6, 4), np.uint8)]), "transparent.png"),
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
    (tmp_path / "2.png").write_bytes(b"not an image")
    source = open_source(config(tmp_path))
    assert len(list(iter(source.read, None))) == 2
    assert isinstance(source, ImagesSource)
    assert len(source.broken) == 1
    assert "2.png" in source.broken[0]
    assert "2.png" in caplog.text


def test_a_folder_of_broken_images_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"no")
    with pytest.raises(SourceError, match="none of its images"):
        open_source(config(tmp_path)).read()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing.mp4", None, "no such file"),
        ("empty.mp4", b"", "the file is empty"),
        ("text.mp4", b"this is not a video\n" * 50, "not a video"),
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


def test_a_video_cut_short_gives_what_it_has_and_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    # AVI keeps its index at the end, so that the front of a cut file still decodes.
    path = tmp_path / "v.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25.0, (64, 48))
    rng = np.random.default_rng(0)
    for _ in range(50):
        writer.write(rng.integers(0, 255, (48, 64, 3), np.uint8))
    writer.release()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    source = VideoSource(path, CameraConfig())
    frames = list(iter(source.read, None))
    assert 5 < len(frames) < 45
    assert "cut short" in caplog.text


def test_an_mp4_without_its_index_is_an_error(tmp_path: Path) -> None:
    path = write_video(tmp_path / "v.mp4", frames=50)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceError, match=r"v\.mp4"):
        VideoSource(path, CameraConfig())
