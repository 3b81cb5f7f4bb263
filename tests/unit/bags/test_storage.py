"""The file that is written, as the format's own library reads it: whole, cut at any byte, and mended."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from rosbags.rosbag2 import Reader

from mien.bags.closing import close
from mien.bags.files import storage
from mien.bags.files.recover import Cut, is_whole, mend, scan
from mien.bags.read import Session
from mien.bags.record import BagWriter
from mien.bags.recorder import Channel, Recorder
from mien.core.errors import BagError
from mien.graph import RESULT

mcap = pytest.importorskip("mcap.reader", reason="pip install 'mien[test]' brings the format's own reader")
FACES = "mien_msgs/msg/Faces"
Row = tuple[str, int, int, bytes]


def oracle(stream: Any) -> list[Row]:
    """All messages by the index, and the same ones record by record, with every checksum."""
    data = stream.read()
    by_index = [
        (c.topic, m.log_time, m.publish_time, m.data)
        for _, c, m in mcap.SeekingReader(io.BytesIO(data), validate_crcs=True).iter_messages()
    ]
    in_order = [
        (c.topic, m.log_time, m.publish_time, m.data)
        for _, c, m in mcap.NonSeekingReader(io.BytesIO(data), validate_crcs=True).iter_messages(log_time_order=False)
    ]
    assert sorted(by_index) == sorted(in_order)
    summary = mcap.SeekingReader(io.BytesIO(data)).get_summary()
    assert summary.statistics.message_count == len(by_index)
    assert summary.statistics.chunk_count == len(summary.chunk_indexes)
    if by_index:
        times = [row[1] for row in by_index]
        assert (summary.statistics.message_start_time, summary.statistics.message_end_time) == (min(times), max(times))
    for chunk in summary.chunk_indexes:
        assert set(chunk.message_index_offsets) <= set(summary.channels)
    return in_order


def rosbags(path: Any) -> list[tuple[str, int, bytes]]:
    with Reader(path) as reader:
        return [(c.topic, t, bytes(data)) for c, t, data in reader.messages()]


def write(path: Path, flushes: set[int], n: int = 60, size: int = 40_000) -> list[Row]:
    """Two topics in turn, flushed after some of the messages; several chunks."""
    rows: list[Row] = []
    with BagWriter(path, {"mien": '{"versions": {}}'}) as bag:
        bag.add("/faces", FACES)
        for i in range(n):
            if i == 7:
                bag.add("/rigs", "mien_msgs/msg/Rigs")
            topic = "/rigs" if i >= 7 and i % 2 else "/faces"
            data = bytes([i + 1]) * (size + i)  # no zeros: they end the stamps before it
            bag.write(topic, data, 1_000 + i, 500 + i)
            rows.append((topic, 1_000 + i, 500 + i, data))
            if i in flushes:
                bag.flush()
    return rows


def test_a_file_is_what_the_format_says(tmp_path: Path) -> None:
    rows = write(tmp_path / "bag", {0, 3, 4, 30, 59})
    with (tmp_path / "bag/bag.mcap").open("rb") as file:
        assert oracle(file) == rows
    assert rosbags(tmp_path / "bag") == [(topic, log, data) for topic, log, _, data in rows]
    reader = mcap.make_reader((tmp_path / "bag/bag.mcap").open("rb"))
    summary = reader.get_summary()
    assert [c.topic for c in summary.channels.values()] == ["/faces", "/rigs"]
    assert {s.name for s in summary.schemas.values()} == {FACES, "mien_msgs/msg/Rigs"}
    assert len(summary.chunk_indexes) == 3
    assert [m.name for m in reader.iter_metadata()] == ["mien", "rosbag2"]
    assert reader.get_header().profile == "ros2"
    reader._stream.close()


def test_flushing_changes_nothing_of_the_file(tmp_path: Path) -> None:
    write(tmp_path / "a/bag", set())
    write(tmp_path / "b/bag", set(range(0, 60, 2)))
    a, b = ((tmp_path / name / "bag/bag.mcap").read_bytes() for name in "ab")
    assert a == b


def test_what_was_flushed_is_on_disk(tmp_path: Path) -> None:
    bag = BagWriter(tmp_path / "bag")
    bag.add("/faces", FACES)
    for i in range(5):
        bag.write("/faces", bytes([i]) * 100, i)
        if i == 3:
            bag.flush()
    cut = scan(tmp_path / "bag/bag.mcap")
    assert (cut.messages, cut.last_ns, cut.size - cut.end) == (4, 3, 0)
    bag.close()
    assert is_whole(tmp_path / "bag/bag.mcap")


ROWS: list[Row] = []
FILE = b""


@pytest.fixture(scope="module", autouse=True)
def _file(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Small messages, so that a cut falls into every kind of record."""
    global ROWS, FILE
    folder = tmp_path_factory.mktemp("whole")
    before, storage._CHUNK_BYTES = storage._CHUNK_BYTES, 2_000  # type: ignore[misc]
    ROWS = write(folder / "bag", {3, 4, 11, 12, 30, 31, 32}, size=60)
    storage._CHUNK_BYTES = before  # type: ignore[misc]
    FILE = (folder / "bag/bag.mcap").read_bytes()


@settings(max_examples=150)
@given(st.data())
def test_wherever_a_file_is_cut_what_was_whole_is_read(tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    """Every message that stands before the cut, and no other."""
    at = data.draw(st.integers(0, len(FILE) - 9), label="at")
    path = tmp_path_factory.mktemp("cut") / "bag.mcap"
    path.write_bytes(FILE[:at])
    ends = [FILE.index(row[3]) + len(row[3]) for row in ROWS]
    expected = [row for row, end in zip(ROWS, ends, strict=True) if end <= at]
    if not expected:
        with pytest.raises(BagError):
            scan(path)
        return
    cut = scan(path)
    assert cut.messages == len(expected)
    with cut.open() as stream:
        assert oracle(stream) == expected
    assert rosbags(cut) == [(topic, log, data) for topic, log, _, data in expected]
    assert path.read_bytes() == FILE[:at]
    mend(path)
    with path.open("rb") as file:
        assert oracle(file) == expected
    assert is_whole(path)


@settings(max_examples=100)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=40))
def test_whatever_bytes_come_a_scan_ends_in_messages_or_in_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, at: int, junk: bytes
) -> None:
    path = tmp_path_factory.mktemp("junk") / "bag.mcap"
    at = at % len(FILE)
    path.write_bytes(FILE[:at] + junk + FILE[at + len(junk) :][: len(FILE) // 2])
    try:
        cut = scan(path)
    except BagError:
        return
    assert cut.messages <= len(ROWS) + 1
    with cut.open() as stream:
        stream.seek(0, os.SEEK_END)


def test_a_head_that_says_less_than_there_is_is_mended(tmp_path: Path) -> None:
    """Killed between the messages and the head of the chunk that they are in."""
    bag = BagWriter(tmp_path / "bag")
    bag.add("/faces", FACES)
    bag.write("/faces", b"one", 1)
    bag.flush()
    path = tmp_path / "bag/bag.mcap"
    before = path.read_bytes()
    bag.write("/faces", b"two", 2)
    bag.flush()
    after = path.read_bytes()
    bag.close()
    path.write_bytes(before + after[len(before) :])
    cut = scan(path)
    with cut.open() as stream:
        assert [row[3] for row in oracle(stream)] == [b"one", b"two"]
    assert list(cut.patches)


@pytest.mark.parametrize("compression", ["NONE", "LZ4", "ZSTD"])
def test_files_of_other_recorders_are_read_as_far_as_their_chunks_are_whole(tmp_path: Path, compression: str) -> None:
    from mcap.writer import CompressionType, Writer

    path = tmp_path / "other.mcap"
    with path.open("wb") as file:
        writer = Writer(file, chunk_size=3_000, compression=CompressionType[compression])
        writer.start("ros2")
        schema = writer.register_schema("std_msgs/msg/String", "ros2msg", b"string data")
        channel = writer.register_channel("/chatter", "cdr", schema)
        for i in range(40):
            writer.add_message(channel, 100 + i, os.urandom(300), 100 + i)
        writer.finish()
    whole = path.read_bytes()
    with path.open("rb") as file:
        rows = oracle(file)
    path.write_bytes(whole[: len(whole) * 2 // 3])
    cut = scan(path)
    with cut.open() as stream:
        assert oracle(stream) == rows[: cut.messages]
    assert 10 <= cut.messages < 40
    assert [data for _, _, data in rosbags(cut)] == [row[3] for row in rows[: cut.messages]]


def test_facts_of_a_cut_bag_are_known(tmp_path: Path) -> None:
    path = tmp_path / "bag.mcap"
    path.write_bytes(FILE[:-60])
    assert scan(path).metadata["mien"] == {"mien": '{"versions": {}}'}


def test_a_bag_that_is_still_written_can_be_read(tmp_path: Path) -> None:
    from mien.bags.write import MomentWriter

    from .sessions import moment

    bag = BagWriter(tmp_path / "bag")
    writer = MomentWriter(bag)
    for i in range(5):
        writer.write(moment(i))
    bag.flush()
    session = Session(tmp_path / "bag")
    for i in range(5, 9):
        writer.write(moment(i))
    bag.close()
    assert len(list(session.moments())) == 5
    assert len(list(Session(tmp_path / "bag").moments())) == 9


RECORDER = """
import os, sys, time
from pathlib import Path
from mien.bags.record import BagWriter
from mien.bags.recorder import Channel, Recorder
from mien.graph import RESULT
recorder = Recorder(BagWriter(Path(sys.argv[1]), compression=sys.argv[2]), print)
channel = Channel("rigs", "/rigs", "mien_msgs/msg/Rigs", RESULT)
while True:
    recorder.put(channel, os.urandom(2000), time.time_ns())
    time.sleep(0.02)
"""


@pytest.mark.parametrize("compression", ["", "zstd"], ids=["plain", "zstd"])
def test_a_killed_recorder_loses_what_came_in_the_last_moments_only(tmp_path: Path, compression: str) -> None:
    """Little data, as under privacy: a chunk takes ten seconds to fill."""
    process = subprocess.Popen([sys.executable, "-c", RECORDER, str(tmp_path / "bag"), compression])
    file = tmp_path / "bag/bag.mcap"
    end = time.monotonic() + 20
    try:
        while not (file.exists() and file.stat().st_size > 150_000):
            assert time.monotonic() < end
            time.sleep(0.01)
    finally:
        process.send_signal(signal.SIGKILL)
        killed_ns = time.time_ns()
        process.wait()
    cut = scan(file)
    assert cut.messages > 60
    assert killed_ns - cut.last_ns < 3e9  # 0.5 s, and what a busy machine adds
    assert [c.messages for c in close(tmp_path / "bag")] == [cut.messages]
    with Reader(tmp_path / "bag") as reader:  # by the metadata.yaml that was not there
        assert reader.message_count == len(list(reader.messages())) == cut.messages


def test_the_recorder_flushes_by_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mien.bags.recorder._FLUSH_S", 0.01)
    writer = BagWriter(tmp_path / "bag")
    recorder = Recorder(writer, print)
    recorder.put(Channel("rigs", "/rigs", "mien_msgs/msg/Rigs", RESULT), b"x", 7)
    end = time.monotonic() + 20
    while True:
        try:
            assert scan(tmp_path / "bag/bag.mcap").messages == 1
            break
        except BagError:
            assert time.monotonic() < end
            time.sleep(0.005)
    recorder.close()


def test_a_cut_is_a_path_for_rosbags(tmp_path: Path) -> None:
    path = tmp_path / "bag.mcap"
    path.write_bytes(FILE[: len(FILE) // 2])
    cut = scan(path)
    assert isinstance(cut, Cut)
    assert (cut.exists(), cut.is_dir(), cut.suffix, cut.stem) == (True, False, ".mcap", "bag")
    with cut.open("rb") as stream:
        data = stream.read()
        assert stream.seek(-8, os.SEEK_END) == len(data) - 8
        assert stream.read() == data[-8:] == b"\x89MCAP0\r\n"
        stream.seek(len(data) // 3)
        assert stream.read(1000) == data[len(data) // 3 :][:1000]
