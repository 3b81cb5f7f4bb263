"""An MCAP file that is safe at every moment: against a process that is killed, and a disk that fills up."""

from __future__ import annotations

import io
import os
import zlib
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from mien.bags.files import mcap_records as mcap
from mien.bags.files.compression import compressed
from mien.bags.files.mcap_records import Chunk, Summary

_CHUNK_BYTES = 1 << 20
_LIBRARY = "mien"


class _File(io.FileIO):
    """Unbuffered, so that what a failed write leaves behind can be cut off and never comes back."""

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        done = 0
        while done < len(view):  # a disk that is nearly full takes a part of it first
            done += super().write(view[done:]) or 0
        return done


class McapFile:
    """A new MCAP file, written chunk by chunk.

    `flush` brings to disk what was written since the last one: the chunk grows there, and its head says
    how far it is whole. A file whose process is killed then lacks nothing but its index. Everything that
    writes may raise OSError; the file still ends where it ended before.
    """

    def __init__(self, path: Path, compression: str = "", *, profile: str = "ros2") -> None:
        """compression: zstd or lz4; each flush then writes a chunk of its own, and none grows."""
        self.path = path
        self._compression = compression
        self.summary = Summary()
        self._file = _File(path, "x+b")
        self._end = 0  # of what is whole on disk
        self._append(mcap.header(_LIBRARY, profile))
        self._chunk: Chunk | None = None  # the one that grows on disk
        self._pending = bytearray()  # records that are not on disk yet
        self._waiting: list[tuple[int, int, int]] = []  # channel, log time and offset of the messages in it
        self._sequences: Counter[int] = Counter()
        self._start_ns = 0

    @property
    def is_open(self) -> bool:
        return not self._file.closed

    @property
    def start_ns(self) -> int:
        """Log time of the message that came first; 0 where there is none."""
        return self._start_ns

    @property
    def size_bytes(self) -> int:
        """Of the file, with what is not on disk yet."""
        return self._end + len(self._pending)

    @property
    def counts(self) -> Counter[int]:
        """Messages by channel, those included that are not on disk yet."""
        grown = Counter(self._chunk.counts) if self._chunk else Counter()
        return self.summary.counts + grown + Counter(number for number, _, _ in self._waiting)

    @property
    def span_ns(self) -> tuple[int, int]:
        """Log time of the first and the last message; zeros where there is none."""
        times = [ns for _, ns, _ in self._waiting]
        if self._chunk and self._chunk.index:
            times += [self._chunk.start_ns, self._chunk.end_ns]
        if self.summary.counts:
            times += self.summary.span_ns
        return min(times, default=0), max(times, default=0)

    def add_metadata(self, name: str, values: Mapping[str, str]) -> None:
        """Facts of the file, on disk at once. Before the first message."""
        data = mcap.metadata(name, values)
        offset = self._end
        self._append(data)
        self.summary.add_metadata(offset, len(data), name)

    def add_schema(self, number: int, name: str, definition: str, encoding: str = "ros2msg") -> None:
        self.summary.schemas[number] = mcap.schema(number, name, encoding, definition)
        self._pending += self.summary.schemas[number]

    def add_channel(
        self, number: int, schema: int, topic: str, about: Mapping[str, str], encoding: str = "cdr"
    ) -> None:
        self.summary.channels[number] = mcap.channel(number, schema, topic, encoding, about)
        self._pending += self.summary.channels[number]

    def write(self, channel: int, data: bytes | memoryview, log_ns: int, publish_ns: int) -> None:
        """One message; on disk with the next flush, or when there is a chunk of them."""
        self._start_ns = self._start_ns or log_ns
        self._waiting.append((channel, log_ns, len(self._pending)))
        self._pending += mcap.message_head(channel, self._sequences[channel], len(data), log_ns, publish_ns)
        self._pending += data
        self._sequences[channel] += 1
        if len(self._pending) + (self._chunk.size if self._chunk else 0) > _CHUNK_BYTES:
            self._finish_chunk()

    def flush(self) -> None:
        """Bring to disk what is pending."""
        if not self._pending:
            return
        if self._compression:
            self._write_packed()
            return
        chunk = self._chunk or Chunk(self._end)
        new = b"" if self._chunk else chunk.head()
        self._append(new + self._pending)
        for channel, log_ns, offset in self._waiting:
            chunk.add(channel, log_ns, chunk.size + offset)
        chunk.size += len(self._pending)
        chunk.crc = zlib.crc32(self._pending, chunk.crc)
        self._chunk = chunk
        self._pending.clear()
        self._waiting.clear()
        # Last, so that the head never says more than there is.
        os.pwrite(self._file.fileno(), chunk.head(), chunk.offset)

    def close(self, name: str, values: Mapping[str, str]) -> None:
        """Write a last metadata record and the index, and close. May be called again after `give_up`."""
        if self._pending or self._chunk:
            self._finish_chunk()
        self._append(self.summary.tail(self._end, name, values))
        self._file.close()

    def give_up(self) -> int | None:
        """Forget what was written last, cut it off, and make room: how many messages. None = nothing is left.

        First what is not on disk, then the chunk that grew there, then whole chunks.
        """
        if self._pending:
            lost = len(self._waiting)
            self._pending.clear()
            self._waiting.clear()
            return lost
        if self._chunk:
            lost, offset = sum(self._chunk.counts.values()), self._chunk.offset
            self._chunk = None
        elif self.summary.chunks:
            closed = self.summary.chunks.pop()
            lost, offset = sum(closed.counts.values()), closed.offset
        else:
            return None
        self._cut(offset)
        return lost

    def abort(self) -> None:
        """Close as it is; nothing where it is closed."""
        if self.is_open:
            with suppress(OSError):
                self._cut(self._end)
            self._file.close()

    def _finish_chunk(self) -> None:
        self.flush()
        if self._chunk is None:
            return
        indexes, offsets = self._chunk.message_indexes()
        at = self._end
        self._append(indexes)
        self.summary.add_chunk(self._chunk, {n: at + offset for n, offset in offsets.items()}, len(indexes))
        self._chunk = None

    def _write_packed(self) -> None:
        """A compressed chunk with its index, in one write."""
        chunk = Chunk(self._end, len(self._pending), zlib.crc32(self._pending), compression=self._compression)
        for channel, log_ns, offset in self._waiting:
            chunk.add(channel, log_ns, offset)
        packed = chunk.packed(compressed(self._compression, bytes(self._pending)))
        indexes, offsets = chunk.message_indexes()
        at = self._end + len(packed)
        self._append(packed + indexes)
        self.summary.add_chunk(chunk, {n: at + offset for n, offset in offsets.items()}, len(indexes))
        self._pending.clear()
        self._waiting.clear()

    def _append(self, data: bytes | bytearray) -> None:
        try:
            self._file.seek(self._end)
            self._file.write(data)
        except OSError:
            self._cut(self._end)
            raise
        self._end += len(data)

    def _cut(self, offset: int) -> None:
        self._file.truncate(offset)
        self._end = offset
