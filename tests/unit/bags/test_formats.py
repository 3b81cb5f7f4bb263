"""Files of a bag: split, compressed, and images as video; read by other people's readers."""

from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from rosbags.rosbag2 import Reader

from mien.bags import recorder as module
from mien.bags.files.recover import Cut, scan
from mien.bags.images import ImageDecoder
from mien.bags.opened import Bag
from mien.bags.record import BagWriter
from mien.bags.recorder import Channel, Recorder
from mien.graph import DRIVER, LABELS
from mien_models.spaces import emotions

from .sessions import HEIGHT, WIDTH, image, moment, stamp, write_bag
from .test_recorder import FACES, IMAGE_TYPE, fail, image_message

mcap = pytest.importorskip("mcap.reader", reason="pip install 'mien[test]' brings the format's own reader")


def test_a_bag_is_split_and_each_file_can_be_read_alone(tmp_path: Path) -> None:
    with BagWriter(tmp_path / "bag", split_bytes=60_000) as bag:
        bag.add("/labels", LABELS.type, LABELS.qos)
        bag.add("/faces", "mien_msgs/msg/Faces")
        bag.write("/labels", b"names", 1)
        for i in range(20):
            bag.write("/faces", bytes([i]) * 10_000, 10 + i)
            bag.flush()
            if i == 10:  # as a crash would leave it
                shutil.copytree(tmp_path / "bag", tmp_path / "cut")
    files = sorted(p.name for p in (tmp_path / "bag").glob("*.mcap"))
    assert files == [f"bag_{i}.mcap" for i in range(4)]
    facts = yaml.safe_load((tmp_path / "bag/metadata.yaml").read_text())["rosbag2_bagfile_information"]
    assert facts["relative_file_paths"] == files
    assert [f["message_count"] for f in facts["files"]] == [7, 7, 7, 3]
    with Reader(tmp_path / "bag") as reader:
        assert [d[0] for c, _, d in reader.messages() if c.topic == "/faces"] == list(range(20))
    for file in files:
        with (tmp_path / "bag" / file).open("rb") as stream:
            topics = [c.topic for _, c, _ in mcap.make_reader(stream, validate_crcs=True).iter_messages()]
        assert topics[0] == "/labels"
    left = [m.data[0] for m in Bag(tmp_path / "cut").raw(lambda t: t == "/faces")]
    assert left == list(range(11))


def test_a_bag_is_split_by_time(tmp_path: Path) -> None:
    with BagWriter(tmp_path / "bag", split_ns=1000) as bag:
        bag.add("/faces", "mien_msgs/msg/Faces")
        for i in range(25):
            bag.write("/faces", b"x", 5_000 + 100 * i)
    facts = yaml.safe_load((tmp_path / "bag/metadata.yaml").read_text())["rosbag2_bagfile_information"]
    assert [f["message_count"] for f in facts["files"]] == [10, 10, 5]


@pytest.mark.parametrize("compression", ["zstd", "lz4"])
def test_compressed_files_are_smaller_and_the_same_to_all_readers(tmp_path: Path, compression: str) -> None:
    rows = [bytes([i]) * 5_000 for i in range(60)]
    with BagWriter(tmp_path / "bag", {"mien": "{}"}, compression=compression) as bag:
        bag.add("/faces", "mien_msgs/msg/Faces")
        for i, data in enumerate(rows):
            bag.write("/faces", data, 100 + i)
            if i % 7 == 3:
                bag.flush()
        whole = tmp_path / "bag/bag.mcap"
        bag.flush()
        cut = tmp_path / "cut.mcap"
        shutil.copy(whole, cut)
    assert whole.stat().st_size < sum(map(len, rows)) / 10
    for validate in (mcap.SeekingReader, mcap.NonSeekingReader):
        with whole.open("rb") as stream:
            assert [m.data for _, _, m in validate(stream, validate_crcs=True).iter_messages()] == rows
    with Reader(tmp_path / "bag") as reader:
        assert [d for _, _, d in reader.messages()] == rows
    assert scan(cut).messages == 60  # killed after a flush: nothing is lost
    cut.write_bytes(cut.read_bytes()[:-10])
    assert isinstance(left := scan(cut), Cut)
    assert 50 <= left.messages <= 60


def test_images_are_recorded_as_video_and_come_back(tmp_path: Path) -> None:
    pytest.importorskip("av", reason="pip install 'mien[media]'")
    for name, (width, height) in {"even": (WIDTH, HEIGHT), "odd": (65, 49)}.items():
        pictures = [image(i, width, height) for i in range(40)]
        recorder = Recorder(BagWriter(tmp_path / name), fail)
        channel = Channel("image_raw", "/image_raw", IMAGE_TYPE, DRIVER, h264_crf=10)
        for i, picture in enumerate(pictures):
            recorder.put(channel, image_message(picture), i)
        recorder.close()
        assert recorder.counts == {"/image_raw/h264": 40}
        assert recorder.size_bytes < 0.2 * sum(p.nbytes for p in pictures)
    decode = ImageDecoder()
    video = Bag(tmp_path / "even")
    for i, message in enumerate(video.raw()):
        seen = decode(video.parsed(message.data, message.type), message.type)
        assert np.abs(seen.astype(int) - image(i)).mean() < 4


def test_a_disk_with_little_room_ends_the_recording_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(module, "_FLUSH_S", 0.0)
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _: usage(10**9, 0, 150_000_000))
    heard: list[str] = []
    recorder = Recorder(BagWriter(tmp_path / "bag"), heard.append, min_free_bytes=200_000_000)
    recorder.put(FACES, b"x", 1)
    recorder.close()
    recorder.put(FACES, b"y", 2)
    assert len(heard) == 1
    assert "150 MB are free" in heard[0]
    assert "the bag is whole" in heard[0]
    with Reader(tmp_path / "bag") as reader:
        assert reader.message_count <= 1


def test_mcap_ros2_support_reads_our_messages_by_their_definitions_alone(tmp_path: Path) -> None:
    decoder = pytest.importorskip("mcap_ros2.decoder", reason="pip install 'mien[test]'")
    bag = write_bag(tmp_path / "bag", [moment(i, picture=image(i)) for i in range(3)], jpeg_quality=0)
    seen: dict[str, list[Any]] = {}
    with (bag / "bag.mcap").open("rb") as stream:
        reader = mcap.make_reader(stream, decoder_factories=[decoder.DecoderFactory()])
        for _, channel, _, msg in reader.iter_decoded_messages():
            seen.setdefault(channel.topic, []).append(msg)
    rigs = seen["/rigs"][1]
    assert (rigs.header.stamp.sec * 10**9 + rigs.header.stamp.nanosec) == stamp(1)
    said = moment(1).rigs
    assert said is not None
    assert list(rigs.rigs[0].weights) == said.rigs[0].weights.tolist()
    assert seen["/image_raw"][2].encoding == "rgb8"
    assert bytes(seen["/image_raw"][2].data) == image(2).tobytes()
    assert len(seen["/faces"][0].faces[0].landmarks) == 3 * 478
    assert seen["/affects"][0].affects[0].emotion[emotions.INDEX["happiness"]] == pytest.approx(0.86)
