"""Records of the MCAP format, as bytes: https://mcap.dev/spec. All numbers are little-endian."""

from __future__ import annotations

import struct
import zlib
from array import array
from collections import Counter
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from enum import IntEnum

MAGIC = b"\x89MCAP0\r\n"
HEAD = struct.Struct("<BQ")  # of every record: opcode, length of what follows
_MESSAGE = struct.Struct("<BQHIQQ")  # with its head: channel, sequence, log time, publish time
_CHUNK = struct.Struct("<BQQQQIIQ")  # with its head, of a chunk that is not compressed
_NEVER_NS = 2**63 - 1


class Op(IntEnum):
    HEADER = 0x01
    FOOTER = 0x02
    SCHEMA = 0x03
    CHANNEL = 0x04
    MESSAGE = 0x05
    CHUNK = 0x06
    MESSAGE_INDEX = 0x07
    CHUNK_INDEX = 0x08
    ATTACHMENT = 0x09
    STATISTICS = 0x0B
    METADATA = 0x0C
    METADATA_INDEX = 0x0D
    SUMMARY_OFFSET = 0x0E
    DATA_END = 0x0F


def record(op: Op, body: bytes) -> bytes:
    return HEAD.pack(op, len(body)) + body


def text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<I", len(data)) + data


def texts(values: Mapping[str, str]) -> bytes:
    data = b"".join(text(k) + text(v) for k, v in values.items())
    return struct.pack("<I", len(data)) + data


def header(library: str, profile: str) -> bytes:
    """The begin of a file. profile: ros2, or "" of a file with other messages."""
    return MAGIC + record(Op.HEADER, text(profile) + text(library))


def schema(number: int, name: str, encoding: str, definition: str) -> bytes:
    return record(Op.SCHEMA, struct.pack("<H", number) + text(name) + text(encoding) + text(definition))


def channel(number: int, schema_number: int, topic: str, encoding: str, about: Mapping[str, str]) -> bytes:
    body = struct.pack("<HH", number, schema_number) + text(topic) + text(encoding) + texts(about)
    return record(Op.CHANNEL, body)


def message_head(number: int, sequence: int, size: int, log_ns: int, publish_ns: int) -> bytes:
    """What stands before the data of a message."""
    return _MESSAGE.pack(Op.MESSAGE, 22 + size, number, sequence & 0xFFFFFFFF, log_ns, publish_ns)


def metadata(name: str, values: Mapping[str, str]) -> bytes:
    return record(Op.METADATA, text(name) + texts(values))


def _metadata_index(offset: int, size: int, name: str) -> bytes:
    return record(Op.METADATA_INDEX, struct.pack("<QQ", offset, size) + text(name))


@dataclass(slots=True)
class Chunk:
    """Messages that stand together in the file. Times are log times.

    `index` has for each channel log time and offset, within the chunk, of every message, one after the other.
    """

    offset: int  # of its record in the file
    size: int = 0  # of the records in it
    crc: int = 0  # of them; 0 = not known
    start_ns: int = _NEVER_NS
    end_ns: int = 0
    index: dict[int, array[int]] = field(default_factory=dict)
    compression: str = ""
    stored: int = 0  # bytes in the file, where they are compressed

    @property
    def data_offset(self) -> int:
        """Of its first record in the file, where it is not compressed."""
        return self.offset + _CHUNK.size

    @property
    def end(self) -> int:
        """Of its record in the file."""
        data = self.stored if self.compression else self.size
        return self.offset + _CHUNK.size + len(self.compression.encode()) + data

    @property
    def counts(self) -> dict[int, int]:
        """Messages by channel."""
        return {number: len(entries) // 2 for number, entries in self.index.items()}

    @property
    def first_ns(self) -> int:
        """`start_ns`, or 0 where there is no message."""
        return self.start_ns if self.index else 0

    def add(self, number: int, log_ns: int, offset: int) -> None:
        self.index.setdefault(number, array("Q")).extend((log_ns, offset))
        self.start_ns = min(self.start_ns, log_ns)
        self.end_ns = max(self.end_ns, log_ns)

    def head(self) -> bytes:
        """Its record up to the first record in it; of a chunk that is not compressed."""
        length = _CHUNK.size - HEAD.size + self.size
        return _CHUNK.pack(Op.CHUNK, length, self.first_ns, self.end_ns, self.size, self.crc, 0, self.size)

    def packed(self, data: bytes) -> bytes:
        """Its whole record; of a chunk whose records are compressed to `data`."""
        self.stored = len(data)
        times = struct.pack("<QQQI", self.first_ns, self.end_ns, self.size, self.crc)
        return record(Op.CHUNK, times + text(self.compression) + struct.pack("<Q", len(data)) + data)

    def message_indexes(self) -> tuple[bytes, dict[int, int]]:
        """The records that follow it, and where in them the one of each channel begins."""
        done, offsets = b"", {}
        for number, entries in self.index.items():
            offsets[number] = len(done)
            data = struct.pack(f"<{len(entries)}Q", *entries)
            done += record(Op.MESSAGE_INDEX, struct.pack("<HI", number, len(data)) + data)
        return done, offsets


@dataclass(frozen=True, slots=True)
class Closed:
    """A chunk that is whole in the file, as little as must be remembered of it."""

    offset: int
    counts: dict[int, int]
    start_ns: int
    end_ns: int
    index: bytes  # its record in the summary


class Summary:
    """What the end of a file says of the whole."""

    def __init__(self) -> None:
        self.schemas: dict[int, bytes] = {}  # records by number
        self.channels: dict[int, bytes] = {}
        self.chunks: list[Closed] = []
        self._metadata: list[bytes] = []

    @property
    def counts(self) -> Counter[int]:
        """Messages by channel."""
        return sum((Counter(c.counts) for c in self.chunks), Counter())

    @property
    def span_ns(self) -> tuple[int, int]:
        """Log time of the first and the last message; zeros where there is none."""
        full = [c for c in self.chunks if c.counts]
        return (min(c.start_ns for c in full), max(c.end_ns for c in full)) if full else (0, 0)

    def add_chunk(self, chunk: Chunk, index_offsets: Mapping[int, int], index_size: int) -> None:
        """A chunk that is whole; offsets of its message indexes in the file, and the size of them all."""
        offsets = b"".join(struct.pack("<HQ", number, at) for number, at in index_offsets.items())
        body = struct.pack("<QQQQI", chunk.first_ns, chunk.end_ns, chunk.offset, chunk.end - chunk.offset, len(offsets))
        stored = chunk.stored if chunk.compression else chunk.size
        body += (
            offsets + struct.pack("<Q", index_size) + text(chunk.compression) + struct.pack("<QQ", stored, chunk.size)
        )
        index = record(Op.CHUNK_INDEX, body)
        self.chunks.append(Closed(chunk.offset, chunk.counts, chunk.first_ns, chunk.end_ns, index))

    def add_metadata(self, offset: int, size: int, name: str) -> None:
        """A metadata record of the file; `size` includes its head."""
        self._metadata.append(_metadata_index(offset, size, name))

    def tail(self, at: int, name: str = "", values: Mapping[str, str] | None = None) -> bytes:
        """The end of the file, from the offset `at` on; it begins with a metadata record where one is given."""
        if values is not None:
            last = metadata(name, values)
            whole = copy(self)
            whole._metadata = [*self._metadata, _metadata_index(at, len(last), name)]
            return last + whole.tail(at + len(last))
        data_end = record(Op.DATA_END, struct.pack("<I", 0))
        start = at + len(data_end)
        groups = {
            Op.SCHEMA: b"".join(self.schemas.values()),
            Op.CHANNEL: b"".join(self.channels.values()),
            Op.CHUNK_INDEX: b"".join(c.index for c in self.chunks),
            Op.METADATA_INDEX: b"".join(self._metadata),
            Op.STATISTICS: self._statistics(),
        }
        summary, offsets = b"", b""
        for op, group in groups.items():
            if group:
                offsets += record(Op.SUMMARY_OFFSET, struct.pack("<BQQ", op, start + len(summary), len(group)))
                summary += group
        footer = HEAD.pack(Op.FOOTER, 20) + struct.pack("<QQ", start, start + len(summary))
        crc = zlib.crc32(summary + offsets + footer)
        return data_end + summary + offsets + footer + struct.pack("<I", crc) + MAGIC

    def _statistics(self) -> bytes:
        counts = self.counts
        data = b"".join(struct.pack("<HQ", number, n) for number, n in sorted(counts.items()))
        numbers = (counts.total(), len(self.schemas), len(self.channels), 0, len(self._metadata), len(self.chunks))
        return record(Op.STATISTICS, struct.pack("<QHIIIIQQI", *numbers, *self.span_ns, len(data)) + data)
