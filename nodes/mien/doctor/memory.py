"""Shared memory, through which images travel between processes of one machine."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mien.doctor.finding import Findings, fail, ok, warn

FOLDER = Path("/dev/shm")
_MIB = 1 << 20
_SEGMENT = re.compile(r"^fastrtps_[0-9a-f]{16}$")
# Every process keeps a segment: perception, recorder, `mien run`, a viewer, this command.
_PROCESSES = 5


@dataclass(frozen=True, slots=True)
class Segment:
    """The shared memory of one process, alive or not."""

    name: str
    size: int
    alive: bool
    writable: bool = True
    owner: int = 0


def check_room(segment_size: int, segments: Iterable[Segment], free: int, total: int) -> Findings:
    """Whether the shared memory of a few processes fits. `segment_size` is what one of them takes."""
    own = sum(s.size for s in segments if s.alive)
    have, need = free + own, _PROCESSES * segment_size
    seen = f"{FOLDER} has {_mib(total)}, {_mib(free)} free"
    mend = f"docker run --shm-size={max(1024, -(-need // _MIB))}m (or --ipc=host), else mount {FOLDER} larger"
    if have < segment_size:
        yield fail("shared memory", f"{seen}: not one process gets its {_mib(segment_size)}, and images are lost", mend)
    elif have < need:
        yield warn("shared memory", f"{seen}; {_PROCESSES} processes take {_mib(need)}", mend)
    else:
        yield ok("shared memory", seen)


def check_leftovers(segments: Iterable[Segment]) -> Findings:
    """Killed processes leave their segment behind."""
    dead = [s for s in segments if not s.alive]
    if dead:
        size = sum(s.size for s in dead)
        yield warn("shared memory", f"{_mib(size)} are left over from killed processes", "fastdds shm clean")


def check_owners(segments: Iterable[Segment]) -> Findings:
    """Processes of different users, which discover one another but cannot write to each other's shared memory."""
    foreign = sorted({s.owner for s in segments if s.alive and not s.writable})
    if foreign:
        who = " and ".join("root" if uid == 0 else f"user {uid}" for uid in foreign)
        yield fail(
            "shared memory",
            f"ROS processes of {who} run here, whose memory you may not write: they are found, but no data passes",
            "run all nodes as one user",
        )


def find_segments(folder: Path = FOLDER) -> list[Segment]:
    """Fast DDS's segments. A process holds a lock on the file beside its segment as long as it lives."""
    return [s for path in sorted(folder.glob("fastrtps_*")) if _SEGMENT.match(path.name) and (s := _segment(path))]


def room(folder: Path = FOLDER) -> tuple[int, int]:
    """Free and total bytes."""
    stat = os.statvfs(folder)
    return stat.f_bavail * stat.f_frsize, stat.f_blocks * stat.f_frsize


def segment_size(profile: Path) -> int:
    """The segment size per process in a Fast DDS profile; 0 where it does not configure shared memory."""
    with contextlib.suppress(OSError):
        sizes = re.findall(r"<segment_size>\s*(\d+)", profile.read_text("utf-8", errors="replace"))
        return max(map(int, sizes), default=0)
    return 0


def _segment(path: Path) -> Segment | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    alive = not _unlocked(path.with_name(path.name + "_el"))
    return Segment(path.name, stat.st_size, alive, os.access(path, os.W_OK), stat.st_uid)


def _unlocked(lock: Path) -> bool:
    """Whether nobody holds the lock; False where that cannot be known."""
    try:
        handle = os.open(lock, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(handle)


def _mib(size: int) -> str:
    return f"{size / _MIB:.0f} MiB" if size < 10 * 1024 * _MIB else f"{size / _MIB / 1024:.0f} GiB"
