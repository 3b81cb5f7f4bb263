"""Pace, loops and cameras that go away."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mien.camera.config import CameraConfig
from mien.camera.device import DeviceSource
from mien.camera.player import Player
from mien.core.errors import SourceLost
from mien.core.types import Frame

IMAGE = np.zeros((2, 2, 3), np.uint8)


class FileSource:
    name, live = "file", False

    def __init__(self, stamps_ms: list[int]) -> None:
        self._frames = [Frame(IMAGE, ms * 1_000_000) for ms in stamps_ms]

    def read(self) -> Frame | None:
        return self._frames.pop(0) if self._frames else None

    def close(self) -> None: ...

    @property
    def length(self) -> int:
        return len(self._frames)


def test_intervals_between_stamps_are_those_of_the_file() -> None:
    player = Player(CameraConfig(source="x", paced=True), opener=lambda _: FileSource([0, 7, 11]))
    player.open()
    stamps = [f.stamp_ns for f in player]
    assert np.diff(stamps).tolist() == [7_000_000, 4_000_000]


def test_a_frame_never_comes_before_it_is_due() -> None:
    clock = iter(range(0, 10**12, 1_000_000))  # every look at the clock is a millisecond later
    seen: list[int] = []

    def now_ns() -> int:
        seen.append(next(clock))
        return seen[-1]

    player = Player(CameraConfig(source="x"), opener=lambda _: FileSource([0, 3, 5]), now_ns=now_ns)
    player.open()
    for frame in player:
        # waiting is real time, the clock is not: the last look is at most the wait away
        assert frame.stamp_ns - seen[-1] <= 5_000_000


def test_loop_starts_again_and_time_goes_on() -> None:
    player = Player(CameraConfig(source="x", paced=True, loop=True), opener=lambda _: FileSource([0, 5]))
    player.open()
    stamps = []
    for frame in player:
        stamps.append(frame.stamp_ns)
        if len(stamps) == 5:
            player.stop()
    assert np.all(np.diff(stamps) > 0)


class Device:
    """An OpenCV capture that ends after some frames."""

    def __init__(self, frames: int, opened: bool = True, stamp_ms: float = 0.0) -> None:
        self.frames, self.opened, self.stamp_ms = frames, opened, stamp_ms

    def isOpened(self) -> bool:
        return self.opened

    def read(self) -> tuple[bool, Any]:
        self.frames -= 1
        return self.frames >= 0, IMAGE if self.frames >= 0 else None

    def get(self, prop: int) -> float:
        return self.stamp_ms

    def release(self) -> None: ...


def test_a_camera_that_is_unplugged_is_opened_again() -> None:
    config = CameraConfig(source="/dev/video0", reconnect_s=0.1)
    plugged = iter([Device(2), Device(0, opened=False), Device(0, opened=False), Device(3)])
    player = Player(config, opener=lambda c: DeviceSource(c.source, c, opener=lambda *_: next(plugged)))
    player.open()
    frames = []
    for frame in player:
        frames.append(frame)
        if len(frames) == 5:
            player.stop()
    assert len(frames) == 5
    assert player.reconnects == 1
    assert player.lost is None


def test_a_camera_that_is_missing_at_the_start_is_waited_for() -> None:
    config = CameraConfig(source="/dev/video0", reconnect_s=0.1)
    plugged = iter([Device(0, opened=False), Device(1)])
    player = Player(config, opener=lambda c: DeviceSource(c.source, c, opener=lambda *_: next(plugged)))
    player.open()
    assert player.lost is not None
    assert "/dev/video0" in player.lost
    assert next(iter(player)).image.shape == (2, 2, 3)


def test_a_missing_camera_says_which_and_what_to_do() -> None:
    with pytest.raises(SourceLost, match=r"/dev/video7.*plug it in"):
        DeviceSource("/dev/video7", CameraConfig(), opener=lambda *_: Device(0, opened=False))


@pytest.mark.parametrize(
    ("driver_ms", "expected_ns"),
    [
        (9_990.0, 50_000_000_000 - 10_000_000),  # acquired 10 ms ago, by the monotonic clock
        (0.0, 50_000_000_000),  # the driver stamps nothing
        (99_000.0, 50_000_000_000),  # the driver stamps by another clock
    ],
)
def test_a_camera_frame_carries_the_time_of_its_acquisition(driver_ms: float, expected_ns: int) -> None:
    source = DeviceSource(
        "/dev/video0",
        CameraConfig(),
        opener=lambda *_: Device(1, stamp_ms=driver_ms),
        wall_ns=lambda: 50_000_000_000,
        monotonic_ns=lambda: 10_000_000_000,
    )
    frame = source.read()
    assert frame is not None
    assert frame.stamp_ns == expected_ns


def test_a_camera_that_is_missing_is_told_by_us_and_not_by_opencv(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SourceLost, match="/dev/video97"):
        DeviceSource("/dev/video97", CameraConfig())
    assert capfd.readouterr().err == ""


def test_a_file_without_a_frame_ends_however_often_it_should_be_played() -> None:
    opened = 0

    def opener(_: CameraConfig) -> FileSource:
        nonlocal opened
        opened += 1
        assert opened < 10
        return FileSource([])

    player = Player(CameraConfig(source="x", loop=True), opener=opener)
    player.open()
    assert list(player) == []
