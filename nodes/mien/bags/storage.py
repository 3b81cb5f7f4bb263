"""MCAP storage of rosbags, made safe against a disk that fills up."""

from __future__ import annotations

import io
import os
import struct
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rosbags.rosbag2 import CompressionMode, StoragePlugin, Writer
from rosbags.rosbag2.storage_mcap import McapWriter, PendingChunk

_CHUNK_BYTES = 1 << 20
_MESSAGE = struct.Struct("<BQHIQQ")  # opcode, length, channel, sequence, log time, publish time
_NEVER = 2**63 - 1


class _File(io.FileIO):
    """Unbuffered, so that what a failed write leaves behind can be cut off and never comes back."""

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        done = 0
        while done < len(view):  # a disk that is nearly full takes a part of it first
            done += super().write(view[done:]) or 0
        return done


@dataclass(frozen=True, slots=True)
class _Closed:
    """A chunk on disk: where the file ended before it, and what it holds."""

    offset: int
    counts: dict[int, int]
    start_ns: int
    end_ns: int


class Storage(McapWriter):  # type: ignore[misc]  # rosbags is not typed in every installation
    """McapWriter that keeps publish times and can take back its last chunk."""

    def __init__(self, path: Path, compression: CompressionMode) -> None:
        super().__init__(path, compression)
        self.chunk: Any
        self.bio: Any
        self.bio.close()
        self.bio = _File(self.path, "r+b")
        self.bio.seek(0, os.SEEK_END)
        self.published_ns = 0
        self._closed: list[_Closed] = []
        self._end = self.bio.tell()

    def write(self, connection: Any, timestamp: int, data: bytes | memoryview) -> None:
        channel, chunk = connection.id, self.chunk
        chunk.message_start_time = min(timestamp, chunk.message_start_time)
        chunk.message_end_time = max(timestamp, chunk.message_end_time)
        chunk.msgs[channel].append((timestamp, chunk.bio.tell()))
        sequence = self.channel_stats[channel]
        self.channel_stats[channel] += 1
        published = self.published_ns or timestamp
        chunk.bio.write(_MESSAGE.pack(0x05, 22 + len(data), channel, sequence, timestamp, published))
        chunk.bio.write(data)
        if chunk.bio.tell() > _CHUNK_BYTES:
            self.close_chunk()

    def close_chunk(self) -> None:
        chunk, offset = self.chunk, self._end
        super().close_chunk()  # where it raises, the chunk is still pending
        counts = {channel: len(rows) for channel, rows in chunk.msgs.items()}
        self._closed.append(_Closed(offset, counts, chunk.message_start_time, chunk.message_end_time))
        self._end = self.bio.tell()

    def close(self, version: int, metadata: str) -> None:
        self.message_start_time, self.message_end_time = self.span_ns
        super().close(version, metadata)

    @property
    def span_ns(self) -> tuple[int, int]:
        """First and last time of what the file will hold."""
        pending = (self.chunk.message_start_time, self.chunk.message_end_time)
        spans = [*((c.start_ns, c.end_ns) for c in self._closed), pending]
        return min(s for s, _ in spans), max(e for _, e in spans)

    def give_up_chunk(self) -> int | None:
        """Cut off what was written last; the number of messages in it, None when nothing is left.

        That is the pending chunk, of which a torn part may be on disk, then the last whole one.
        """
        pending = {channel: len(rows) for channel, rows in self.chunk.msgs.items()}
        if pending:
            counts = pending
        elif self._closed:
            last = self._closed.pop()
            self.chunks.pop()
            counts, self._end = last.counts, last.offset
        else:
            return None
        self.chunk = PendingChunk(_NEVER, 0, io.BytesIO(), defaultdict(list))
        self.bio.seek(self._end)
        self.bio.truncate()
        for channel, n in counts.items():
            self.channel_stats[channel] -= n
        return sum(counts.values())

    def abort(self) -> None:
        with suppress(OSError):
            self.bio.truncate(self._end)
        super().abort()


class BagFile(Writer):  # type: ignore[misc]
    """Writer of version 9 bags on Storage."""

    STORAGE_PLUGINS = {StoragePlugin.MCAP: Storage}  # noqa: RUF012  # as in the base class

    def __init__(self, path: Path) -> None:
        super().__init__(path, version=9, storage_plugin=StoragePlugin.MCAP)

    def close(self) -> None:
        """Write index and metadata. May be called again after an OSError and `give_up_chunk`."""
        self.counts = dict(self.storage.channel_stats)
        self.min_timestamp, self.max_timestamp = self.storage.span_ns
        super().close()
