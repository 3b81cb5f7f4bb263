"""Cameras on the network: read live, lost, and found again; a password is told to nobody."""

from __future__ import annotations

import itertools
import logging
from contextlib import suppress
from pathlib import Path

import cv2
import pytest
from tests.unit.camera.media import film, off, pattern
from tests.unit.camera.servers import Mjpeg, Rtsp, listening

from mien.camera import parse, stream
from mien.camera.config import CameraConfig
from mien.camera.player import Player
from mien.camera.sources import open_source
from mien.camera.stream import StreamSource
from mien.core.errors import SourceLost
from mien.core.types import Frame


@pytest.fixture(params=["PyAV", "OpenCV"], autouse=True)
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "PyAV":
        pytest.importorskip("av", reason="needs PyAV")
    monkeypatch.setattr(stream, "has_pyav", lambda: request.param == "PyAV")
    return str(request.param)


def jpegs(count: int) -> list[bytes]:
    return [cv2.imencode(".jpg", cv2.cvtColor(pattern(i), cv2.COLOR_RGB2BGR))[1].tobytes() for i in range(count)]


def opened(url: str, **changes: object) -> StreamSource:
    source = open_source(CameraConfig(source=url, **changes))  # type: ignore[arg-type]
    assert isinstance(source, StreamSource)
    return source


def rest(source: StreamSource) -> list[Frame]:
    """Until the camera is lost."""
    seen = []
    with suppress(SourceLost):
        while (frame := source.read()) is not None:
            seen.append(frame)
    return seen


def first(frame: Frame | None) -> int:
    """Which picture it is; what came while the stream was looked at is dropped."""
    assert frame is not None
    return min(range(60), key=lambda i: off(frame.image, pattern(i)))


def test_jpegs_over_http_are_read_as_they_come() -> None:
    with listening(Mjpeg(jpegs(12))) as port:
        source = opened(f"http://127.0.0.1:{port}/video.mjpg")
        assert source.live
        seen = rest(source)
        assert len(seen) >= 3
        index = first(seen[0])
        for i, frame in enumerate(seen):
            assert off(frame.image, pattern(index + i)) < 6
        with pytest.raises(SourceLost, match=r"video\.mjpg"):
            source.read()
        source.close()


def test_frames_carry_the_time_of_their_arrival() -> None:
    now_ns = itertools.count(5_000, 1_000)
    with listening(Mjpeg(jpegs(12))) as port:
        named = parse.parse(f"http://127.0.0.1:{port}/")
        assert isinstance(named, parse.Stream)
        source = StreamSource(named, CameraConfig(), wall_ns=lambda: next(now_ns))
        stamps = [frame.stamp_ns for frame in (source.read(), source.read(), source.read()) if frame]
        source.close()
    assert stamps == [5_000, 6_000, 7_000]


def test_rtsp_is_read(tmp_path: Path) -> None:
    server = Rtsp(film(tmp_path / "v.ts", "libx264", 60, options={"g": "10", "bf": "0"}).read_bytes())
    with listening(server) as port:
        source = opened(f"rtsp://127.0.0.1:{port}/live")
        seen = rest(source)
        source.close()
    assert {"DESCRIBE", "SETUP", "PLAY"} <= set(server.methods)
    assert len(seen) > 20
    assert off(seen[10].image, pattern(first(seen[0]) + 10)) < 9


def test_a_password_reaches_the_camera_and_nobody_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    data = film(tmp_path / "v.ts", "libx264", 60, options={"g": "10", "bf": "0"}).read_bytes()
    with listening(Rtsp(data, user="admin")) as port:
        source = opened(f"rtsp://admin:s3cret@127.0.0.1:{port}/live")
        assert source.name == f"rtsp://127.0.0.1:{port}/live"
        assert source.read() is not None
        rest(source)
        with pytest.raises(SourceLost) as lost:
            source.read()
        source.close()
    with pytest.raises(SourceLost) as away:
        opened(f"rtsp://admin:s3cret@127.0.0.1:{port}/live")
    assert f"rtsp://127.0.0.1:{port}/live" in str(away.value)
    assert "trying again" in str(away.value)
    said = caplog.text + str(lost.value) + str(away.value) + capfd.readouterr().err
    assert "s3cret" not in said


def test_a_camera_that_is_lost_is_opened_again(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    server = Mjpeg(jpegs(8))
    with listening(server) as port:
        player = Player(CameraConfig(source=f"http://127.0.0.1:{port}/v.mjpg", reconnect_s=0.1))
        player.open()
        seen = 0
        for _ in player:
            seen += 1
            if player.reconnects == 2:
                player.stop()
    assert seen > 8
    assert len(server.requests) >= 3
    assert caplog.text.count("v.mjpg is back\n") == 2
    assert caplog.text.count("trying again until") == 2


def test_a_camera_that_is_away_at_the_start_is_waited_for() -> None:
    with listening(Mjpeg(jpegs(1))) as port:
        pass
    player = Player(CameraConfig(source=f"http://127.0.0.1:{port}/v.mjpg", reconnect_s=0.1))
    player.open()
    assert player.lost is not None
    assert f"camera http://127.0.0.1:{port}/v.mjpg" in player.lost


def test_nothing_of_what_libraries_say_reaches_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with listening(Mjpeg([b"no picture"] * 5)) as port, suppress(SourceLost):
        rest(opened(f"http://127.0.0.1:{port}/v.mjpg"))
    assert capfd.readouterr().err == ""
