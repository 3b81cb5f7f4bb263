"""Reads an MCAP file without an end: its recorder was killed, the disk was full, or it is still being written.

Reading does not change the file: the missing index and footer are computed and appended in memory. `mend` writes them.
"""

from __future__ import annotations

import io
import os
import struct
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, BinaryIO

from mien.bags.files.compression import decompressed
from mien.bags.files.mcap_records import HEAD, MAGIC, Chunk, Op, Summary
from mien.core.errors import BagError

_CHUNK = struct.Struct("<QQQII")  # of a chunk, after its head: begin, end, size, crc, length of its compression's name
_MESSAGE = struct.Struct("<HIQ")  # of a message, after its head: channel, sequence, log time
_INSIDE = (Op.SCHEMA, Op.CHANNEL, Op.MESSAGE)  # the records that chunks contain


def is_whole(path: Path) -> bool:
    """False for an MCAP file without its end; True for complete ones and for other files."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            return True
        return file.seek(0, os.SEEK_END) >= 2 * len(MAGIC) and _read(file, file.tell() - len(MAGIC), 8) == MAGIC


@dataclass(slots=True)
class Cut:
    """The readable part of a file: its bytes up to `end`, overwritten by `patches` (by offset), followed by `tail`."""

    path: Path
    size: int
    end: int = 0
    messages: int = 0
    last_ns: int = 0
    patches: dict[int, bytes] = field(default_factory=dict)
    tail: bytes = b""
    metadata: dict[str, dict[str, str]] = field(default_factory=dict)  # records by name

    def __str__(self) -> str:
        until = datetime.fromtimestamp(self.last_ns * 1e-9, timezone.utc).strftime("%H:%M:%S.%f")[:-3]
        torn = f", its last {self.size - self.end} bytes are torn" if self.size > self.end else ""
        return (
            f"{self.path} has no end: its recorder was killed, or is at work{torn}. {self.messages} messages up to"
            f" {until} UTC are there; what came in the last half second may be lost"
        )

    def exists(self) -> bool:
        return self.path.exists()

    def is_dir(self) -> bool:
        return False

    @property
    def stem(self) -> str:
        return self.path.stem

    @property
    def suffix(self) -> str:
        return self.path.suffix

    def open(self, *_: Any, **__: Any) -> BinaryIO:
        """The completed file. The methods of this class are those that rosbags calls on a path."""
        return io.BufferedReader(_Mended(self))


def scan(path: Path) -> Cut:
    """Find the readable part of a file without an end. Raises BagError if it has no complete message."""
    with path.open("rb") as file:
        scanner = _Scanner(file, Cut(path, file.seek(0, os.SEEK_END)))
        scanner.run()
    cut, summary = scanner.cut, scanner.summary
    cut.messages = summary.counts.total()
    if not cut.messages:
        raise BagError(f"{path} has no end, and not one whole message; record again")
    cut.last_ns = summary.span_ns[1]
    cut.tail += summary.tail(cut.end + len(cut.tail))
    return cut


def mend(path: Path) -> Cut:
    """Write the missing end of a file that nobody writes any more. Raises BagError and OSError."""
    cut = scan(path)
    with path.open("r+b") as file:
        file.truncate(cut.end)
        for offset, data in cut.patches.items():
            file.seek(offset)
            file.write(data)
        file.seek(cut.end)
        file.write(cut.tail)
    return cut


class _Scanner:
    """Reads a file record by record, and collects what its summary needs."""

    def __init__(self, file: BinaryIO, cut: Cut) -> None:
        self.cut = cut
        self.summary = Summary()
        self._file = file
        self._chunk: Chunk | None = None
        self._indexes: dict[int, tuple[int, int]] = {}  # of that chunk: where each channel's begins and ends

    def run(self) -> None:
        self.cut.end = len(MAGIC)
        with suppress(struct.error, ValueError):  # a damaged record: the readable part ends before it
            while self._next(self.cut.end):
                pass
        self._close_chunk()

    def _next(self, at: int) -> bool:
        """Read one record; False if no complete one follows."""
        if len(head := _read(self._file, at, HEAD.size)) < HEAD.size:
            return False
        op, size = HEAD.unpack(head)
        end = at + HEAD.size + size
        if op == Op.CHUNK and self._is_plain(at):
            end = self._plain_chunk(at)
        elif end > self.cut.size or not self._take(op, at, end):
            return False
        self.cut.end = end
        return True

    def _is_plain(self, at: int) -> bool:
        """Whether a chunk is uncompressed and its header is complete."""
        head = _read(self._file, at + HEAD.size, _CHUNK.size + 8)
        return len(head) == _CHUNK.size + 8 and head[_CHUNK.size - 4 : _CHUNK.size] == bytes(4)

    def _take(self, op: int, at: int, end: int) -> bool:
        """Take a complete record; False if the readable part ends before it."""
        if op in (Op.DATA_END, Op.FOOTER, Op.MESSAGE):  # messages outside of chunks have no index
            return False
        if op == Op.CHUNK:
            return self._packed_chunk(at, end)
        if op == Op.MESSAGE_INDEX:
            (channel,) = struct.unpack("<H", _read(self._file, at + HEAD.size, 2))
            self._indexes[channel] = (at, end)
        elif op in (Op.SCHEMA, Op.CHANNEL):
            self._define(op, _read(self._file, at, end - at))
        elif op == Op.METADATA:
            name, values = _metadata(_read(self._file, at + HEAD.size, end - at - HEAD.size))
            self.cut.metadata[name] = values
            self.summary.add_metadata(at, end - at, name)
        return True

    def _plain_chunk(self, at: int) -> int:
        """The end of an uncompressed chunk by the records in it: the length in its header may be wrong."""
        self._close_chunk()
        chunk = self._chunk = Chunk(at)
        while len(start := _read(self._file, chunk.end, HEAD.size + _MESSAGE.size)) >= HEAD.size:
            op, size = HEAD.unpack(start[: HEAD.size])
            size += HEAD.size
            if op not in _INSIDE or chunk.end + size > self.cut.size:
                break
            whole = start if op == Op.MESSAGE else _read(self._file, chunk.end, size)
            self._note(chunk, op, whole, chunk.size)
            chunk.size += size
        told, crc = struct.unpack_from("<QI", _read(self._file, at + HEAD.size + 16, 12))
        if told == chunk.size:
            chunk.crc = crc
        else:
            self.cut.patches[at] = chunk.head()
        return chunk.end

    def _packed_chunk(self, at: int, end: int) -> bool:
        """Take a complete, compressed chunk; False if it is damaged."""
        self._close_chunk()
        body = io.BytesIO(_read(self._file, at + HEAD.size, end - at - HEAD.size))
        *_, size, crc, length = _CHUNK.unpack(body.read(_CHUNK.size))
        compression = body.read(length).decode()
        stored = body.read()[8:]
        try:
            data = decompressed(compression, stored, size)
        except ValueError:
            return False
        if crc and zlib.crc32(data) != crc:
            return False
        chunk = self._chunk = Chunk(at, size, crc, compression=compression, stored=len(stored))
        offset = 0
        while offset < size:
            op, length = HEAD.unpack_from(data, offset)
            self._note(chunk, op, data[offset : offset + HEAD.size + length], offset)
            offset += HEAD.size + length
        return True

    def _note(self, chunk: Chunk, op: int, record: bytes, offset: int) -> None:
        """Take a record of a chunk; for messages, its first bytes are enough."""
        if op == Op.MESSAGE:
            channel, _, log_ns = _MESSAGE.unpack_from(record, HEAD.size)
            chunk.add(channel, log_ns, offset)
        else:
            self._define(op, record)

    def _define(self, op: int, record: bytes) -> None:
        (number,) = struct.unpack_from("<H", record, HEAD.size)
        (self.summary.schemas if op == Op.SCHEMA else self.summary.channels)[number] = record

    def _close_chunk(self) -> None:
        """Finish a chunk. The message indexes of the last one are missing, and become the beginning of `tail`."""
        if (chunk := self._chunk) is None:
            return
        if set(self._indexes) == set(chunk.index):
            offsets = {channel: begin for channel, (begin, _) in self._indexes.items()}
            size = sum(end - begin for begin, end in self._indexes.values())
        else:
            self.cut.end = chunk.end  # replace incomplete message indexes
            if not chunk.compression:  # the header of a chunk that is being written may change
                self.cut.patches[chunk.offset] = chunk.head()
            self.cut.tail, starts = chunk.message_indexes()
            offsets, size = {c: chunk.end + at for c, at in starts.items()}, len(self.cut.tail)
        self.summary.add_chunk(chunk, offsets, size)
        self._chunk, self._indexes = None, {}


class _Mended(io.RawIOBase):
    """The file with the patches and the tail of a `Cut`."""

    def __init__(self, cut: Cut) -> None:
        self._cut = cut
        self._file = cut.path.open("rb")
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._cut.end + len(self._cut.tail)}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        at, cut = self._at, self._cut
        if at >= cut.end:
            data = cut.tail[at - cut.end :][: len(view)]
        else:
            data = _patched(_read(self._file, at, min(len(view), cut.end - at)), at, cut.patches)
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def _patched(data: bytes, at: int, patches: dict[int, bytes]) -> bytes:
    done = bytearray(data)
    for offset, patch in patches.items():
        begin, end = max(offset, at), min(offset + len(patch), at + len(data))
        if begin < end:
            done[begin - at : end - at] = patch[begin - offset : end - offset]
    return bytes(done)


def _read(file: BinaryIO, at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size)


def _metadata(body: bytes) -> tuple[str, dict[str, str]]:
    """Name and values of a metadata record."""

    def text(at: int) -> tuple[str, int]:
        (size,) = struct.unpack_from("<I", body, at)
        return body[at + 4 : at + 4 + size].decode(), at + 4 + size

    name, at = text(0)
    at += 4
    values = {}
    while at < len(body):
        key, at = text(at)
        values[key], at = text(at)
    return name, values
