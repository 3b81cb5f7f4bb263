"""What GStreamer is asked for, and what is said where it is missing."""

from __future__ import annotations

import cv2
import pytest

from mien.camera import gstreamer
from mien.camera.config import CameraConfig
from mien.camera.device import DeviceSource
from mien.camera.sources import open_source
from mien.core.errors import SourceError


def test_argus_is_asked_for_the_configured_camera_size_and_rate() -> None:
    config = CameraConfig(image_width=1280, image_height=720, framerate=29.97)
    first, *_, last = elements = gstreamer.pipeline("argus:1", config).split(" ! ")
    assert first == "nvarguscamerasrc sensor-id=1"
    assert elements[1] == "video/x-raw(memory:NVMM),width=1280,height=720,framerate=2997/100"
    assert last.split()[0] == "appsink"
    assert "drop=true" in last


def test_a_pipeline_gets_a_sink_unless_it_has_one() -> None:
    given = "videotestsrc ! video/x-raw,format=BGR ! appsink"
    assert gstreamer.pipeline(f"gstreamer:{given}", CameraConfig()) == given
    asked = gstreamer.pipeline("gstreamer: v4l2src device=/dev/video2 ", CameraConfig())
    assert asked.startswith("v4l2src device=/dev/video2 ! ")
    assert asked.split(" ! ")[-1].startswith("appsink ")


def test_an_opencv_without_gstreamer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv2.videoio_registry, "hasBackend", lambda _: False)
    with pytest.raises(SourceError, match=r"argus:0: this OpenCV was built without GStreamer.*topic:"):
        open_source(CameraConfig(source="argus:0"))


def test_a_test_picture_through_gstreamer() -> None:
    if why := gstreamer.obstacle():
        pytest.skip(why)
    caps = "video/x-raw,width=64,height=48,framerate=30/1"
    source = open_source(CameraConfig(source=f"gstreamer:videotestsrc num-buffers=5 ! {caps}"))
    assert isinstance(source, DeviceSource)
    frame = source.read()
    assert frame is not None
    assert frame.image.shape == (48, 64, 3)
    source.close()
