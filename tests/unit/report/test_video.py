"""Videos last as long as what they show."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.core.errors import ReportError
from mien.core.types import U8
from mien.report import video as module
from mien.report.video import H264, OpenCV, Sink, Video, open_sink, rate

from ..bags.sessions import image, stamp  # noqa: TID252

MS = 1_000_000


class List:
    """A sink that remembers the first value of each picture."""

    codec = "none"

    def __init__(self) -> None:
        self.pictures: list[int] = []
        self.closed = False

    def write(self, image: U8) -> None:
        self.pictures.append(int(image[0, 0, 0]))

    def close(self) -> None:
        self.closed = True


def play(times_ms: list[int], fps: int = 25) -> list[int]:
    sink = List()
    video = Video(sink, Fraction(fps))
    for n, ms in enumerate(times_ms):
        video.add(np.full((2, 2, 3), n, np.uint8), 10**18 + ms * MS)
    video.close()
    assert sink.closed
    return sink.pictures


def test_even_pictures_are_written_once_each() -> None:
    assert play([0, 40, 80, 120]) == [0, 1, 2, 3]


def test_a_jittering_camera_gives_the_same() -> None:
    assert play([0, 43, 77, 121]) == [0, 1, 2, 3]


def test_a_picture_is_held_until_the_next_one() -> None:
    assert play([0, 40, 200]) == [0, 1, 1, 1, 1, 2]


def test_crowded_pictures_give_way_to_the_newest() -> None:
    assert play([0, 40, 45, 80]) == [0, 2, 3]


def test_a_pause_of_minutes_or_a_step_of_the_clock_is_one_picture() -> None:
    assert play([0, 40, 3_600_000, 3_600_040]) == [0, 1, 2, 3]
    assert play([100_000, 100_040, 0, 40]) == [0, 1, 2, 3]


def test_one_picture_and_none() -> None:
    assert play([0]) == [0]
    assert play([]) == []


@pytest.mark.parametrize(
    ("gaps_ms", "expected"),
    [
        ([40.0] * 9, Fraction(25)),
        ([33.3, 33.4, 33.3, 66.7, 33.3], Fraction(30)),
        ([1000 / 119.88] * 9, Fraction(60)),  # nobody sees more
        ([5000.0] * 3, Fraction(1)),
        ([80.2] * 5, Fraction(10000, 802).limit_denominator(1001)),
        ([], Fraction(25)),
        ([0.0, 0.0], Fraction(25)),
    ],
)
def test_the_rate_is_that_of_the_median_interval(gaps_ms: list[float], expected: Fraction) -> None:
    times = np.concatenate([[0], np.cumsum(gaps_ms)]) * 1e6 + 1.7e18
    assert float(rate(times.astype(np.int64).tolist())) == pytest.approx(float(expected), rel=2e-3)


def sinks(path: Path, size: tuple[int, int], fps: Fraction, codec: str) -> Sink:
    if codec == "h264":
        pytest.importorskip("av", reason="PyAV is not installed")
        return H264(path, size, fps)
    return OpenCV(path, size, fps)


@pytest.mark.parametrize("codec", ["h264", "mpeg4"])
def test_files_have_the_right_duration_size_and_colours(tmp_path: Path, codec: str) -> None:
    path, fps = tmp_path / "v.mp4", Fraction(25)
    video = Video(sinks(path, (128, 96), fps, codec), fps)
    for i in range(10):
        video.add(image(0, 128, 96), stamp(i))
    video.add(image(0, 128, 96), stamp(24))
    video.close()
    capture = cv2.VideoCapture(str(path))
    frames = []
    while (read := capture.read())[0]:
        frames.append(read[1])
    assert len(frames) == 25
    assert capture.get(cv2.CAP_PROP_FPS) == pytest.approx(25)
    assert frames[0].shape == (96, 128, 3)
    rgb = cv2.cvtColor(frames[12], cv2.COLOR_BGR2RGB).astype(int)
    assert np.abs(rgb - image(0, 128, 96)).mean() < 8  # red and blue are not swapped


@pytest.fixture
def without_av(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: object) -> None:
        raise ImportError("no av")

    monkeypatch.setattr(module, "H264", absent)


@pytest.mark.usefixtures("without_av")
def test_the_next_encoder_is_taken_where_one_is_missing(tmp_path: Path) -> None:
    sink = open_sink(tmp_path / "v.mp4", (64, 48), Fraction(25))
    assert sink.codec == "mpeg4"
    sink.close()


@pytest.mark.usefixtures("without_av")
def test_a_folder_that_takes_no_video_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"cannot write .*none/v\.mp4: h264: no av; mpeg4: .*; choose"):
        open_sink(tmp_path / "none/v.mp4", (64, 48), Fraction(25))
