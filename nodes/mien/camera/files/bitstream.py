"""Whether a video is interlaced, from its headers: OpenCV cannot read interlaced video and does not report it.

ITU-T H.264 7.3.2.1, H.265 7.3.3, H.262 (MPEG-2) 6.2.3.1; ISO/IEC 14496-2 (MPEG-4) 6.2.3; SMPTE 421M (VC-1) 6.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_START = re.compile(rb"\x00\x00\x01(.)", re.DOTALL)
_H264 = ("h264", "avc1", "avc3", "x264", "davc", "vssh")
_H265 = ("hevc", "hvc1", "hev1", "h265", "x265")
_MPEG2 = ("mpg2", "mpeg", "mp2v", "mpg1", "m2v1", "hdv1", "hdv2", "hdv3", "xdv2", "xdvc", "xd5c", "mx5p")
_MPEG4 = ("fmp4", "mp4v", "xvid", "divx", "dx50", "3iv2", "m4s2", "rmp4")
_VC1 = ("wvc1", "vc-1", "wmva")
_NEVER = (
    *("vp60", "vp61", "vp62", "vp6f", "vp80", "vp90", "av01", "theo", "h261", "h263", "s263", "flv1", "cvid"),
    *("wmv1", "wmv2", "wmv3", "mp41", "mp42", "mp43", "div3", "rv30", "rv40", "svq1", "svq3"),
)
_HIGH = (100, 110, 122, 244, 44, 83, 86, 118, 128)  # profiles whose headers hold chroma format and bit depth


def is_interlaced(codec: str, extradata: bytes, packet: bytes) -> bool:
    """Whether the extradata or a packet of a video announces interlaced content. codec: its FourCC.

    False where neither says so, and for codecs that are not parsed here.
    """
    codec = codec.lower()
    if codec in _H264:
        return any(_h264(unit) for unit in _units(extradata, packet) if unit[0] & 31 == 7)
    if codec in _H265:
        return any(_h265(unit) for unit in _units(extradata, packet) if unit[0] >> 1 & 63 == 33)
    if codec in _MPEG2:
        return any(_mpeg2(rest) for code, rest in _sections(extradata, packet) if code == 0xB5)
    if codec in _MPEG4:
        return any(_mpeg4(rest) for code, rest in _sections(extradata, packet) if 0x20 <= code < 0x30)
    if codec in _VC1:
        return any(_vc1(rest) for code, rest in _sections(extradata, packet) if code == 0x0F)
    return False


def tells(codec: str) -> bool:
    """Whether `is_interlaced` parses this codec, or the codec is never interlaced. All others are intra-only."""
    return codec.lower() in {*_H264, *_H265, *_MPEG2, *_MPEG4, *_VC1, *_NEVER}


def _sections(*parts: bytes) -> Iterator[tuple[int, bytes]]:
    """Each start code and the data behind it."""
    for data in parts:
        for start in _START.finditer(data):
            yield start[1][0], data[start.end() : start.end() + 64]


def _units(extradata: bytes, packet: bytes) -> Iterator[bytes]:
    """NAL units without their start codes. MP4 and Matroska store the parameter sets in the extradata."""
    for data in (extradata, packet):
        if data[:1] == b"\1" and data is extradata:
            # In avcC and hvcC a length of two bytes precedes each parameter set.
            yield from _of_configuration(data)
        else:
            starts = [m.start(1) for m in _START.finditer(data)]
            for at, end in zip(starts, [*starts[1:], len(data)], strict=False):
                yield data[at:end]


def _of_configuration(data: bytes) -> Iterator[bytes]:
    if len(data) > 8 and data[4] & 0xFC == 0xFC:  # avcC
        count, at = data[5] & 31, 6
        for _ in range(count):
            size = int.from_bytes(data[at : at + 2], "big")
            if size:
                yield data[at + 2 : at + 2 + size]
            at += 2 + size
    elif len(data) > 23:  # hvcC: its own copy of the flags suffices
        yield b"\x42\x01\x01" + data[1:13]


def _h265(unit: bytes) -> bool:
    """general_interlaced_source_flag of a sequence parameter set."""
    data = unit.replace(b"\0\0\3", b"\0\0")
    return len(data) > 8 and bool(data[8] & 0x40)


def _mpeg2(extension: bytes) -> bool:
    """Whether a picture coding extension describes a field, or a frame of two fields."""
    if len(extension) < 5 or extension[0] >> 4 != 8:
        return False
    return extension[2] & 3 != 3 or not extension[4] & 0x80


def _mpeg4(layer: bytes) -> bool:
    """The flag `interlaced` of a video object layer."""
    bits = _Bits(layer)
    try:
        bits.read(9)
        if bits.read(1):
            bits.read(7)
        if bits.read(4) == 15:
            bits.read(16)
        if bits.read(1):
            bits.read(3)
            if bits.read(1):
                bits.read(79)
        bits.read(2 + 1)
        resolution = bits.read(16)
        bits.read(1)
        if bits.read(1):
            bits.read(max(1, (resolution - 1).bit_length()))
        bits.read(1 + 13 + 1 + 13 + 1)
        return bool(bits.read(1))
    except IndexError:
        return False


def _vc1(sequence: bytes) -> bool:
    """The flag INTERLACE of a sequence header of the advanced profile."""
    if len(sequence) < 6 or sequence[0] >> 6 != 3:
        return False
    return bool(sequence[5] >> 6 & 1)


def _h264(unit: bytes) -> bool:
    """frame_mbs_only_flag of a sequence parameter set, negated."""
    try:
        return not _frame_mbs_only(_Bits(unit[1:].replace(b"\0\0\3", b"\0\0")))
    except IndexError:
        return False


def _frame_mbs_only(bits: _Bits) -> int:
    profile = bits.read(8)
    bits.read(16)
    bits.ue()
    if profile in _HIGH:
        chroma = bits.ue()
        if chroma == 3:
            bits.read(1)
        bits.ue()
        bits.ue()
        bits.read(1)
        if bits.read(1):
            for i in range(12 if chroma == 3 else 8):
                if bits.read(1):
                    _skip_scaling_list(bits, 16 if i < 6 else 64)
    bits.ue()
    order = bits.ue()
    if order == 0:
        bits.ue()
    elif order == 1:
        bits.read(1)
        bits.se()
        bits.se()
        for _ in range(bits.ue()):
            bits.se()
    bits.ue()
    bits.read(1)
    bits.ue()
    bits.ue()
    return bits.read(1)


def _skip_scaling_list(bits: _Bits, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + bits.se()) % 256
        last = following or last


class _Bits:
    """Reads bits and Exp-Golomb numbers. Raises IndexError at the end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def read(self, count: int) -> int:
        value = 0
        for _ in range(count):
            value = value << 1 | self._data[self._at >> 3] >> (7 - (self._at & 7)) & 1
            self._at += 1
        return value

    def ue(self) -> int:
        zeros = 0
        while not self.read(1):
            zeros += 1
            if zeros > 32:
                raise IndexError
        return (1 << zeros) - 1 + self.read(zeros)

    def se(self) -> int:
        code = self.ue()
        return (code + 1) // 2 if code % 2 else -(code // 2)
