"""What is written can be read, whatever the disk does."""

from __future__ import annotations

import errno
import json
import resource
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rosbags.rosbag2 import Reader

from mien.bags.files import metadata, storage
from mien.bags.record import BagWriter, typestore
from mien.core.errors import BagError
from mien.graph import LATCHED

FACES = "mien_msgs/msg/Faces"
PAYLOAD = np.random.default_rng(1).bytes(50_000)


def contents(path: Path) -> list[tuple[str, int, bytes]]:
    with Reader(path) as reader:
        return [(c.topic, t, data) for c, t, data in reader.messages()]


def test_messages_come_back_in_order_with_their_receive_times(tmp_path: Path) -> None:
    with BagWriter(tmp_path / "bag") as bag:
        bag.add("/a/faces", FACES)
        bag.add("/a/rigs", "mien_msgs/msg/Rigs")
        bag.write("/a/faces", b"one", 1000)
        bag.write("/a/rigs", b"two", 3000)
        bag.write("/a/faces", b"three", 2000)
    assert contents(tmp_path / "bag") == [
        ("/a/faces", 1000, b"one"),
        ("/a/faces", 2000, b"three"),
        ("/a/rigs", 3000, b"two"),
    ]
    assert bag.counts == {"/a/faces": 2, "/a/rigs": 1}
    assert bag.size_bytes == 11


def test_publish_times_are_kept_beside_receive_times(tmp_path: Path) -> None:
    with BagWriter(tmp_path / "bag") as bag:
        bag.add("/faces", FACES)
        bag.write("/faces", b"payload", 2_000, 1_000)
    raw = (tmp_path / "bag/bag.mcap").read_bytes()
    at = raw.index(b"payload")
    assert struct.unpack("<QQ", raw[at - 16 : at]) == (2_000, 1_000)


def test_the_bag_carries_definition_hash_and_quality_of_service(tmp_path: Path) -> None:
    with BagWriter(tmp_path / "bag", {"mien": "{}"}) as bag:
        bag.add("/labels", "mien_msgs/msg/Labels", LATCHED)
        bag.write("/labels", b"x", 1)
    with Reader(tmp_path / "bag") as reader:
        (connection,) = reader.connections
        assert reader.storage.metadata.custom == {"mien": "{}"}  # type: ignore[attr-defined]
        assert "string[] blendshapes" in connection.msgdef.data
        (qos,) = connection.ext.offered_qos_profiles  # type: ignore[union-attr]
        assert (qos.depth, qos.durability.name, qos.reliability.name) == (1, "TRANSIENT_LOCAL", "RELIABLE")
        described = Path(sys.prefix) / "share/mien_msgs/msg/Labels.json"
        if described.exists():  # rosidl's own description: an oracle of the hash
            hashes = {h["type_name"]: h["hash_string"] for h in json.loads(described.read_text())["type_hashes"]}
            assert connection.digest == hashes["mien_msgs/msg/Labels"]


def test_every_message_of_mien_is_known() -> None:
    assert {"mien_msgs/msg/Faces", "mien_msgs/msg/StageTime", "mien_msgs/msg/RigDescription"} <= set(
        typestore().fielddefs
    )


def test_an_existing_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bag").mkdir()
    with pytest.raises(BagError, match=r"bag exists; record into a new folder"):
        BagWriter(tmp_path / "bag")
    assert not list((tmp_path / "bag").iterdir())


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BagError, match=r"cannot make the bag .*file/bag: Not a directory; choose another"):
        BagWriter(tmp_path / "file/bag")


def test_closing_twice_is_one_close(tmp_path: Path) -> None:
    bag = BagWriter(tmp_path / "bag")
    bag.close()
    bag.close()
    assert contents(tmp_path / "bag") == []


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """No file may grow beyond this: EFBIG, in the middle of a write."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("limit", [30_000, 1_060_000, 1_075_000, 2_500_000, 4_200_000])
def test_a_full_disk_leaves_a_readable_bag(tmp_path: Path, limit: int) -> None:
    bag = BagWriter(tmp_path / "bag")
    bag.add("/faces", FACES)
    with file_size_limit(limit), pytest.raises(BagError) as caught:
        write_on_and_on(bag)
    written = bag.counts["/faces"]
    kept = contents(tmp_path / "bag")
    assert [data[-1] for _, _, data in kept] == list(range(len(kept)))  # the first ones, whole
    assert len(kept) >= (limit - 1_100_000) // len(PAYLOAD)
    assert f"{tmp_path}/bag" in str(caught.value)
    assert f"closed with {len(kept)} messages and stays readable" in str(caught.value)
    assert "MiB free" in str(caught.value)
    assert f"the last {written + 1 - len(kept)} are lost; make room" in str(caught.value)
    assert not bag.is_open


def write_on_and_on(bag: BagWriter) -> None:
    for i in range(200):
        bag.write("/faces", PAYLOAD + bytes([i]), i)
    bag.close()


class Disk:
    """Takes so many bytes, then reports that it is full; what is cut off is free again."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
        self.room = room
        real_write, real_truncate = storage._File.write, storage._File.truncate

        def write(file: Any, data: Any) -> int:
            size = memoryview(data).nbytes
            if file.tell() + size > self.room:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real_write(file, data)

        monkeypatch.setattr(storage._File, "write", write)
        monkeypatch.setattr(storage._File, "truncate", real_truncate)


def test_a_disk_that_fills_up_while_closing_gives_up_the_last_chunk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bag = BagWriter(tmp_path / "bag")
    bag.add("/faces", FACES)
    for i in range(30):
        bag.write("/faces", PAYLOAD, i)
    # One chunk of 21 messages is on disk; the rest fits, the index does not.
    Disk(monkeypatch, (tmp_path / "bag/bag.mcap").stat().st_size + 9 * 50_100)
    with pytest.raises(BagError, match=r"No space left on device.* closed with 21 messages.* last 9 are lost"):
        bag.close()
    assert len(contents(tmp_path / "bag")) == 21


@pytest.mark.parametrize("split_bytes", [0, 120_000])
def test_a_disk_that_fills_up_between_two_files_loses_none_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, split_bytes: int
) -> None:
    """The file has its end; there is no room for metadata.yaml, or for the next file."""
    bag = BagWriter(tmp_path / "bag", split_bytes=split_bytes)
    bag.add("/faces", FACES)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(metadata, "write", full)
    for i in range(3):
        bag.write("/faces", PAYLOAD, i)
    with pytest.raises(BagError, match=r"No space left on device.*; 3 messages in complete files stay readable"):
        bag.write("/faces", PAYLOAD, 3) if split_bytes else bag.close()
    assert not bag.is_open
    bag.close()
    assert [t for _, t, _ in contents(next((tmp_path / "bag").glob("*.mcap")))] == [0, 1, 2]


def test_a_disk_without_any_room_says_that_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bag = BagWriter(tmp_path / "bag")
    bag.add("/faces", FACES)
    bag.write("/faces", PAYLOAD, 0)
    Disk(monkeypatch, 0)
    with pytest.raises(BagError, match=r"nothing could be kept; make room"):
        bag.close()
    bag.close()
