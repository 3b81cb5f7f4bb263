"""The recorder writes messages on its own thread, so that its caller never waits."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rosbags.rosbag2 import Reader

from mien.bags import recorder as module
from mien.bags.opened import Bag
from mien.bags.record import BagWriter, typestore
from mien.bags.recorder import COMPRESSED_TYPE, IMAGE_TYPE, Channel, Recorder
from mien.core.errors import BagError
from mien.graph import DRIVER, RESULT
from mien.messages import from_image

from .sessions import image

FACES = Channel("faces", "/faces", "mien_msgs/msg/Faces", RESULT)
RAW = Channel("image_raw", "/image_raw", IMAGE_TYPE, DRIVER)
JPEG = Channel("image_raw", "/image_raw", IMAGE_TYPE, DRIVER, 95)


def image_message(pixels: Any, encoding: str = "rgb8") -> bytes:
    types = typestore().types
    header = types["std_msgs/msg/Header"](stamp=types["builtin_interfaces/msg/Time"](sec=5, nanosec=6), frame_id="c")
    height, width = pixels.shape[:2]
    msg = types[IMAGE_TYPE](
        header=header, height=height, width=width, encoding=encoding, is_bigendian=0,
        step=3 * width, data=pixels.reshape(-1),
    )  # fmt: skip
    return bytes(typestore().serialize_cdr(msg, IMAGE_TYPE))


def fail(message: str) -> None:
    raise AssertionError(message)


def test_all_that_was_taken_is_written_before_closing(tmp_path: Path) -> None:
    recorder = Recorder(BagWriter(tmp_path / "bag"), fail)
    for i in range(1000):
        recorder.put(FACES, bytes([i % 256]), i)
    recorder.close()
    with Reader(tmp_path / "bag") as reader:
        assert [(t, d[0]) for _, t, d in reader.messages()] == [(i, i % 256) for i in range(1000)]
    assert recorder.counts == {"/faces": 1000}
    assert not recorder.dropped


def test_images_are_kept_as_they_are_or_as_jpeg(tmp_path: Path) -> None:
    pixels = image(3)
    for channel, name in ((RAW, "raw"), (JPEG, "jpeg")):
        recorder = Recorder(BagWriter(tmp_path / name), fail)
        recorder.put(channel, image_message(pixels), 7, 6)
        recorder.close()
    with Reader(tmp_path / "raw") as reader:
        ((connection, _, data),) = reader.messages()
        assert (connection.topic, connection.msgtype) == ("/image_raw", IMAGE_TYPE)
        np.testing.assert_array_equal(from_image(typestore().deserialize_cdr(data, IMAGE_TYPE)), pixels)
    with Reader(tmp_path / "jpeg") as reader:
        ((connection, stamp, data),) = reader.messages()
        assert (connection.topic, connection.msgtype) == ("/image_raw/compressed", COMPRESSED_TYPE)
        assert stamp == 7
        msg: Any = typestore().deserialize_cdr(data, COMPRESSED_TYPE)
        assert (msg.header.stamp.sec, msg.header.stamp.nanosec, msg.header.frame_id) == (5, 6, "c")
        assert msg.format == "rgb8; jpeg compressed bgr8"
        assert bytes(msg.data[:2]) == b"\xff\xd8"


def test_images_beyond_the_queue_are_dropped_and_counted_results_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = BagWriter(tmp_path / "bag")
    disk, real = threading.Event(), writer.write

    def slow(*args: Any) -> None:
        assert disk.wait(10)
        real(*args)

    monkeypatch.setattr(writer, "write", slow)
    message = image_message(image())
    recorder = Recorder(writer, fail, queue_bytes=round(4.5 * len(message) / module._SHARE))
    for i in range(10):
        recorder.put(RAW, message, i)
        recorder.put(FACES, b"x" * (len(message) // 4), i)
    for i in range(100):
        recorder.put(FACES, message, i)  # results are not held without bounds, either
    disk.set()
    recorder.close()
    assert recorder.counts["/image_raw"] <= 4
    assert recorder.counts["/faces"] >= 10
    assert recorder.dropped["/image_raw"] == 10 - recorder.counts["/image_raw"]
    assert recorder.dropped["/faces"] == 110 - recorder.counts["/faces"] > 90
    assert Bag(tmp_path / "bag").about["dropped"] == dict(recorder.dropped)


def test_a_recording_that_fails_says_so_once_and_lets_the_graph_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = BagWriter(tmp_path / "bag")

    def full(*_: object) -> None:
        raise BagError("the disk is full")

    monkeypatch.setattr(writer, "write", full)
    heard: list[str] = []
    recorder = Recorder(writer, heard.append)
    for i in range(5):
        recorder.put(FACES, b"x", i)
    recorder.close()
    recorder.put(FACES, b"x", 9)
    assert heard == ["the disk is full"] == [recorder.failure]
    assert recorder.dropped["/faces"] == 6


def test_an_image_that_cannot_be_read_is_named_once_and_counted(tmp_path: Path) -> None:
    heard: list[str] = []
    recorder = Recorder(BagWriter(tmp_path / "bag"), heard.append)
    for i in range(3):
        recorder.put(JPEG, image_message(image(), "palette4"), i)
    recorder.put(FACES, b"x", 4)
    recorder.close()
    assert len(heard) == 1
    assert "image encoding 'palette4' is not known" in heard[0]
    assert recorder.dropped == {"/image_raw": 3}
    assert recorder.counts == {"/faces": 1}


def test_whatever_goes_wrong_the_bag_is_closed(tmp_path: Path) -> None:
    heard: list[str] = []
    recorder = Recorder(BagWriter(tmp_path / "bag"), heard.append)
    recorder.put(FACES, b"x", 1)
    recorder.put(JPEG, b"no image at all", 2)
    recorder.put(FACES, b"y", 3)
    recorder.close()
    assert len(heard) == 1
    assert heard[0].startswith("recording ended at a message of /image_raw: ")
    assert recorder.dropped == {"/image_raw": 1, "/faces": 1}
    with Reader(tmp_path / "bag") as reader:
        assert [d for _, _, d in reader.messages()] == [b"x"]


def test_an_image_too_large_for_a_jpeg_is_named(tmp_path: Path) -> None:
    heard: list[str] = []
    recorder = Recorder(BagWriter(tmp_path / "bag"), heard.append)
    recorder.put(JPEG, image_message(np.zeros((1, 70_000, 3), np.uint8)), 2)
    recorder.close()
    assert len(heard) == 1
    assert heard[0].startswith("/image_raw is not recorded: ")
