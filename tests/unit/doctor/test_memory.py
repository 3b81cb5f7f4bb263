from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from mien.doctor.finding import Level
from mien.doctor.memory import Segment, check_leftovers, check_owners, check_room, find_segments, segment_size
from mien.ros import transport

from .graphs import only

MIB = 1 << 20
LIVE, DEAD = "fastrtps_0123456789abcdef", "fastrtps_fedcba9876543210"


@pytest.mark.parametrize(
    ("free_mib", "level"),
    [(32, Level.FAIL), (64, Level.WARN), (4096, Level.OK)],
)
def test_room_for_processes(free_mib: int, level: Level) -> None:
    finding = only(check_room(64 * MIB, [], free_mib * MIB, free_mib * MIB))

    assert finding.level == level
    assert bool(finding.mend) == (level != Level.OK)


def test_what_running_processes_hold_counts_as_room() -> None:
    running = [Segment(f"fastrtps_{i:016x}", 64 * MIB, alive=True) for i in range(5)]

    assert only(check_room(64 * MIB, running, 10 * MIB, 512 * MIB)).level == Level.OK


def test_segments_of_killed_processes() -> None:
    segments = [Segment("a", 64 * MIB, alive=False), Segment("b", 64 * MIB, alive=True)]

    finding = only(check_leftovers(segments))

    assert finding.level == Level.WARN
    assert finding.seen == "64 MiB are left over from killed processes"
    assert not list(check_leftovers(segments[1:]))


def test_segments_of_another_user() -> None:
    segments = [Segment("a", MIB, alive=True, writable=False, owner=0), Segment("b", MIB, alive=True)]

    finding = only(check_owners(segments))

    assert finding.level == Level.FAIL
    assert "of root run here" in finding.seen
    assert not list(check_owners(segments[1:]))


def test_a_process_that_lives_holds_its_lock(tmp_path: Path) -> None:
    for name in (LIVE, DEAD):
        (tmp_path / name).write_bytes(b"12345")
        (tmp_path / f"{name}_el").touch()
    (tmp_path / "fastrtps_port7411").touch()
    (tmp_path / "sem.other").touch()

    with (tmp_path / f"{LIVE}_el").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = {s.name: s.alive for s in find_segments(tmp_path)}

    assert found == {LIVE: True, DEAD: False}
    assert find_segments(tmp_path)[0].size == 5


def test_a_segment_without_a_lock_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / LIVE).touch()

    assert find_segments(tmp_path)[0].alive


def test_the_size_that_profiles_ask_for(tmp_path: Path) -> None:
    assert segment_size(transport.PROFILE) == 64 * MIB
    assert segment_size(tmp_path / "none.xml") == 0
