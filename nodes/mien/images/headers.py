"""Size, orientation and number of pictures, read from the headers of files before a pixel is decoded.

So a picture that is too large is refused before it takes memory, and a rotated one is turned upright
whether or not the decoder does so.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from mien.images.formats import brands

# More pages or frames than this are not counted.
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a picture. orientation: of EXIF; 1 = upright, 2 to 8 = rotated or mirrored."""

    width: int
    height: int
    frames: int = 1  # pages, or frames of an animation
    orientation: int = 1
    animated: bool = False  # True: frames of an animation; False: pages
    camera_raw: bool = False  # a decoder would find only a thumbnail


def read_header(data: bytes) -> Header | None:
    """The header of the picture in `data`; None where its format is unknown or it is broken."""
    for magic, read in _READERS:
        if re.match(magic, data, re.DOTALL):
            try:
                header = read(data)
            except (IndexError, struct.error, ValueError, OverflowError):
                return None
            return header if header and header.width > 0 and header.height > 0 else None
    return None


def _png(data: bytes) -> Header:
    width, height = struct.unpack_from(">II", data, 16)
    frames, orientation = 1, 1
    at = 8
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"acTL":
            frames = struct.unpack_from(">I", data, at + 8)[0]
        elif kind == b"eXIf":
            orientation = exif_orientation(data[at + 8 : at + 8 + size])
        elif kind == b"IEND":
            break
        at += 12 + size
    return Header(width, height, max(1, frames), orientation, animated=frames > 1)


def _gif(data: bytes) -> Header:
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    frames, at = 0, 13 + _palette(flags)
    while at < len(data) and frames < _MOST:
        if data[at] == 0x2C:
            frames += 1
            at += 11 + _palette(data[at + 9])
        elif data[at] == 0x21:
            at += 2
        else:
            break
        while at < len(data) and data[at]:
            at += 1 + data[at]
        at += 1
    return Header(width, height, max(1, frames), animated=frames > 1)


def _palette(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _webp(data: bytes) -> Header | None:
    width = height = frames = 0
    orientation = 1
    for kind, at, size in _chunks(data):
        if kind == b"VP8X":
            width, height = 1 + _u24(data, at + 4), 1 + _u24(data, at + 7)
        elif kind == b"ANMF":
            frames += 1
        elif kind == b"EXIF":
            orientation = exif_orientation(data[at : at + size].removeprefix(b"Exif\0\0"))
        elif kind == b"VP8 " and not width:
            width, height = (n & 0x3FFF for n in struct.unpack_from("<HH", data, at + 6))
        elif kind == b"VP8L" and not width:
            bits = struct.unpack_from("<I", data, at + 1)[0]
            width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return Header(width, height, max(1, frames), orientation, animated=frames > 1)


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    at = 12
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, at)
        yield kind, at + 8, size
        at += 8 + size + size % 2


def _u24(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 3], "little")


def _jpeg(data: bytes) -> Header | None:
    orientation = 1
    for marker, at, size in jpeg_segments(data):
        if marker == 0xE1 and data[at : at + 6] == b"Exif\0\0":
            orientation = exif_orientation(data[at + 6 : at + size])
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 1)
            return Header(width, height, orientation=orientation)
    return None


def jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, position and size of each segment before the first scan of a JPEG."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1  # padding
            continue
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 2
            continue
        if marker == 0xD9:
            return
        size = struct.unpack_from(">H", data, at + 2)[0]
        yield marker, at + 4, size - 2
        if marker == 0xDA:
            return
        at += 2 + size


def is_motion_jpeg(data: bytes) -> bool:
    """Whether JPEGs follow one another, as in a raw stream, and are not the views of one photograph (MPO)."""
    scan = 0
    for marker, at, size in jpeg_segments(data):
        if marker == 0xE2 and data[at : at + 4] == b"MPF\0":
            return False
        scan = at + size
    end = data.find(b"\xff\xd9", scan) if scan else -1
    return end >= 0 and data[end + 2 : end + 5] == b"\xff\xd8\xff"


def exif_orientation(exif: bytes) -> int:
    """The tag Orientation of EXIF data, which begins with a TIFF header; 1 where there is none."""
    try:
        tags = next(_directories(exif, most=1), {})
        value = tags.get(0x112, 1)
    except (IndexError, struct.error):
        return 1
    return value if 1 <= value <= 8 else 1


def _tiff(data: bytes) -> Header | None:
    first: dict[int, int] | None = None
    frames = 0
    for tags in _directories(data):
        first = first if first is not None else tags
        frames += 1
    if first is None:
        return None
    # DNG says so; other cameras put a thumbnail first, and the sensor's data behind it.
    raw = 50706 in first or bool(first.get(254, 0) & 1 and 330 in first)
    return Header(first.get(256, 0), first.get(257, 0), frames, first.get(274, 1), camera_raw=raw)


def _directories(data: bytes, most: int = _MOST) -> Iterator[dict[int, int]]:
    """First values of the numeric tags of every directory of a TIFF, classic or big."""
    order = "<" if data[:2] == b"II" else ">"
    big = struct.unpack_from(order + "H", data, 2)[0] == 43
    counts, entry, offsets = ("Q", 20, "Q") if big else ("H", 12, "I")
    at = struct.unpack_from(order + offsets, data, 8 if big else 4)[0]
    seen: set[int] = set()
    while at and at not in seen and len(seen) < most:
        seen.add(at)
        count = struct.unpack_from(order + counts, data, at)[0]
        at += struct.calcsize(counts)
        tags = {}
        for i in range(min(count, 4096)):
            tag, kind = struct.unpack_from(order + "HH", data, at + i * entry)
            value_at = at + i * entry + (12 if big else 8)
            if form := {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}.get(kind):
                # Several values stand elsewhere; of these tags that matters nowhere.
                tags[tag] = struct.unpack_from(order + form, data, value_at)[0]
        yield tags
        at = struct.unpack_from(order + offsets, data, at + count * entry)[0]


def _bmp(data: bytes) -> Header:
    if struct.unpack_from("<I", data, 14)[0] == 12:
        return Header(*struct.unpack_from("<HH", data, 18))
    width, height = struct.unpack_from("<ii", data, 18)
    return Header(abs(width), abs(height))


def _jpeg2000(data: bytes) -> Header | None:
    at = data.find(b"ihdr")
    if at >= 0:
        height, width = struct.unpack_from(">II", data, at + 4)
        return Header(width, height)
    at = data.find(b"\xff\x51")  # SIZ of a bare codestream
    if at < 0:
        return None
    right, bottom, left, top = struct.unpack_from(">IIII", data, at + 6)
    return Header(right - left, bottom - top)


def _heif(data: bytes) -> Header | None:
    """AVIF and HEIF: the size of the largest image that is stored; a grid is larger than its tiles."""
    # Boxes for size and rotation have a fixed length and are found by name, which is unique in `meta`.
    meta = data[: data.find(b"mdat") if b"mdat" in data else len(data)]
    sizes = [struct.unpack_from(">II", meta, m.end() + 4) for m in re.finditer(rb"\0\0\0\x14ispe", meta)]
    if not sizes:
        return None
    width, height = max(sizes, key=lambda s: s[0] * s[1])
    turns = re.search(rb"\0\0\0\x09irot(.)", meta, re.DOTALL)
    mirror = re.search(rb"\0\0\0\x09imir(.)", meta, re.DOTALL)
    orientation = _ORIENTATION_OF[turns[1][0] & 3 if turns else 0, mirror[1][0] & 1 if mirror else None]
    return Header(width, height, 1, orientation, animated=b"avis" in brands(data))


# Quarter turns anticlockwise, then the axis of a mirror (0 upside down, 1 left to right; None = no mirror),
# as the HEIF standard has them, to EXIF's orientation.
_ORIENTATION_OF: dict[tuple[int, int | None], int] = {
    (0, None): 1, (1, None): 8, (2, None): 3, (3, None): 6,
    (0, 1): 2, (1, 1): 7, (2, 1): 4, (3, 1): 5,
    (0, 0): 4, (1, 0): 5, (2, 0): 2, (3, 0): 7,
}  # fmt: skip


def _pnm(data: bytes) -> Header | None:
    if data[:2] == b"P7":
        width, height = (re.search(rb"(?m)^" + word + rb"\s+(\d+)", data[:4096]) for word in (b"WIDTH", b"HEIGHT"))
        return Header(int(width[1]), int(height[1])) if width and height else None
    found = re.match(rb"P[1-6fF]\s+(?:#[^\n]*\n\s*)*(\d+)\s+(?:#[^\n]*\n\s*)*(\d+)", data[:4096])
    return Header(int(found[1]), int(found[2])) if found else None


def _radiance(data: bytes) -> Header | None:
    found = re.search(rb"\n[-+]([XY]) (\d+) [-+][XY] (\d+)\n", data[:65536])
    if not found:
        return None
    a, b = int(found[2]), int(found[3])
    return Header(b, a) if found[1] == b"Y" else Header(a, b)


def _sun(data: bytes) -> Header:
    return Header(*struct.unpack_from(">II", data, 4))


_READERS = (
    (rb"\x89PNG\r\n\x1a\n", _png),
    (rb"GIF8[79]a", _gif),
    (rb"RIFF....WEBP", _webp),
    (rb"\xff\xd8\xff", _jpeg),
    (rb"II\*\0|MM\0\*|II\+\0|MM\0\+", _tiff),
    (rb"BM", _bmp),
    (rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51", _jpeg2000),
    (rb"....ftyp", _heif),
    (rb"P[1-7fF]\s", _pnm),
    (rb"#\?R", _radiance),
    (rb"\x59\xa6\x6a\x95", _sun),
)
