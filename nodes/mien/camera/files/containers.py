"""What containers tell about a video before decoding: its rotation, and whether its end is missing."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

# From the linear part of a display matrix (x' = a·x + c·y, y' = b·x + d·y) to EXIF's orientation.
_TURNS = {
    (1, 0, 0, 1): 1, (-1, 0, 0, 1): 2, (-1, 0, 0, -1): 3, (1, 0, 0, -1): 4,
    (0, 1, 1, 0): 5, (0, 1, -1, 0): 6, (0, -1, -1, 0): 7, (0, -1, 1, 0): 8,
}  # fmt: skip
_FIRST = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"moof", b"styp")
# An index is far smaller than this, so that no more of a file is read.
_MOST_BYTES = 1 << 26


def orientation_of(matrix: Sequence[float]) -> int:
    """EXIF's orientation for a, b, c, d of a display matrix; 1 unless it is a quarter turn or a mirror image."""
    a, b, c, d = (round(v) for v in matrix)
    return _TURNS.get((a, b, c, d), 1)


def turn(path: Path) -> int | None:
    """EXIF's orientation of the video in an MP4 or QuickTime file; None for other files, or without an index."""
    try:
        with path.open("rb") as file:
            index = b""
            for kind, start, end in _boxes(file):
                if kind == b"moov" and end - start <= _MOST_BYTES:
                    file.seek(start)
                    index = file.read(end - start)
    except OSError:
        return None
    for kind, at, end in _inner(index, 0, len(index)):
        if kind == b"trak" and b"vide" in index[at:end]:
            for name, start, _ in _inner(index, at, end):
                if name == b"tkhd":
                    try:
                        # Version 1 uses 64-bit times.
                        matrix = start + (52 if index[start] else 40)
                        a, b, _, c, d = struct.unpack_from(">5i", index, matrix)
                    except (IndexError, struct.error):  # cut short
                        return None
                    return orientation_of([v / 65536 for v in (a, b, c, d)])
    return None


def is_cut(path: Path) -> bool:
    """Whether an AVI, MP4 or Matroska file is shorter than its headers say; False where they give no length."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(64)
        if head[:4] == b"RIFF":
            return _riff_end(file) > size
        if head[4:8] in _FIRST:
            return any(end > size for _, _, end in _boxes(file))
        if head[:4] == b"\x1a\x45\xdf\xa3":
            return _segment_end(head) > size
    return False


def lacks_index(path: Path) -> bool:
    """Whether an MP4 has frames but no index, because its recording was not finished."""
    with path.open("rb") as file:
        kinds = {kind for kind, _, _ in _boxes(file)}
    return b"mdat" in kinds and not kinds & {b"moov", b"moof"}


def _riff_end(file: BinaryIO) -> int:
    """Where the last RIFF chunk ends; large files hold several."""
    at = end = 0
    while True:
        file.seek(at)
        head = file.read(8)
        if len(head) < 8 or head[:4] != b"RIFF":
            return end
        length = struct.unpack_from("<I", head, 4)[0]
        if length in (0, 0xFFFFFFFF):  # never filled in
            return end
        end = at + 8 + length
        at = end + length % 2


def _boxes(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start of the contents and end of the outermost boxes; none where the file is no MP4."""
    size = file.seek(0, os.SEEK_END)
    at = 0
    while at < size:
        file.seek(at)
        length, kind, header = _box(file.read(16))
        if length < header or (at == 0 and kind not in _FIRST):
            return
        yield kind, at + header, at + length
        at += length


def _box(head: bytes) -> tuple[int, bytes, int]:
    """Length, kind and length of the header of a box; length 0 = no box, or one that extends to the end of the file."""
    if len(head) < 8:
        return 0, b"", 8
    length, kind = struct.unpack_from(">I4s", head)
    if length == 1 and len(head) >= 16:
        return struct.unpack_from(">Q", head, 8)[0], kind, 16
    return length, kind, 8


def _inner(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of the contents of each box in data[at:end]."""
    while at + 8 <= end:
        length, kind, header = _box(data[at : at + 16])
        if length < header:
            return
        yield kind, at + header, min(at + length, end)
        at += length


def _segment_end(head: bytes) -> int:
    """Where the segment of a Matroska file ends; 0 where the file does not say."""
    at = 4
    length, size = _vint(head, at)
    at += size + length
    if head[at : at + 4] != b"\x18\x53\x80\x67":
        return 0
    length, size = _vint(head, at + 4)
    return at + 4 + size + length if length != (1 << 7 * size) - 1 else 0


def _vint(data: bytes, at: int) -> tuple[int, int]:
    """A Matroska variable-length integer, and its number of bytes."""
    first = data[at] if at < len(data) else 0
    size = 9 - first.bit_length() if first else 1
    return int.from_bytes(data[at : at + size], "big") & ((1 << 7 * size) - 1), size
