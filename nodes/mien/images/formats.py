"""Recognises file formats by their first bytes; suffixes are not trusted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

# Number of bytes that are needed to recognise a file.
HEAD = 4096


class Kind(Enum):
    """How a file is handled."""

    PICTURE = "picture"
    VIDEO = "video"
    SOUND = "sound"
    RAW = "camera raw"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: `reader` is the library that decodes it, "" where none does."""

    name: str
    kind: Kind
    suffixes: tuple[str, ...]  # usual ones; more are met
    matches: Callable[[bytes], bool]
    reader: str = ""
    note: str = ""
    demuxer: str = ""  # FFmpeg's demuxer, where FFmpeg would trust a suffix more than the content


def _starts(*magics: bytes, at: int = 0) -> Callable[[bytes], bool]:
    return lambda head: head[at:].startswith(magics)


def _riff(form: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] in (b"RIFF", b"RIFX", b"RF64") and head[8:12] == form


def brands(head: bytes) -> list[bytes]:
    """Major and compatible brands of an ISO base media file; none where it is something else."""
    if head[4:8] != b"ftyp" or len(head) < 16:
        return []
    size = min(int.from_bytes(head[:4], "big"), len(head))
    return [head[8:12], *(head[i : i + 4] for i in range(16, size - 3, 4))]


def _brand(*names: bytes) -> Callable[[bytes], bool]:
    return lambda head: bool(set(brands(head)) & set(names))


def _major(*names: bytes) -> Callable[[bytes], bool]:
    return lambda head: bool(brands(head)) and brands(head)[0] in names


def _is_transport_stream(head: bytes) -> bool:
    """Packets of 188 bytes, of 192 with a time stamp (AVCHD, Blu-ray), of 204 with error correction."""
    return any(
        len(head) > start + 4 * step and all(head[start + i * step] == 0x47 for i in range(5))
        for step in (188, 192, 204)
        for start in range(step)
    )


def _is_annex_b(*types: int, mask: int, shift: int = 0) -> Callable[[bytes], bool]:
    """A raw stream of H.264 or H.265 units, which begins with one of these types."""

    def matches(head: bytes) -> bool:
        code = re.match(rb"\x00{2,3}\x01(.)", head, re.DOTALL)
        return bool(code) and ((code[1][0] >> shift) & mask) in types and not code[1][0] & 0x80  # type: ignore[index]

    return matches


def _is_bmp(head: bytes) -> bool:
    return head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in (12, 40, 52, 56, 64, 108, 124)


def _is_pnm(head: bytes) -> bool:
    return bool(re.match(rb"P[1-7]\s|P[Ff]\s", head))


def _is_tiff_of_a_camera(head: bytes) -> bool:
    """Canon, Olympus and Panasonic mark theirs; others are told by the tags: `headers.read_header`."""
    return head[:4] in (b"IIRO", b"IIRS", b"MMOR", b"IIU\0") or (head[:4] == b"II*\0" and head[8:10] == b"CR")


def _is_ogg_video(head: bytes) -> bool:
    return head[:4] == b"OggS" and any(name in head for name in (b"\x80theora", b"BBCD", b"OVP80", b"fishead"))


_CV, _AV, _HEIF = "OpenCV", "PyAV", "pi-heif"
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1", b"miaf")

# The first that matches is chosen.
FORMATS: tuple[Format, ...] = (
    Format("JPEG", Kind.PICTURE, (".jpg", ".jpeg", ".jpe", ".jfif", ".jif", ".mpo"), _starts(b"\xff\xd8\xff"), _CV,
           "of stereo pairs (MPO) the first view"),
    Format("PNG", Kind.PICTURE, (".png", ".apng"), _starts(b"\x89PNG\r\n\x1a\n"), _CV, "animations: every frame"),
    Format("GIF", Kind.PICTURE, (".gif",), _starts(b"GIF87a", b"GIF89a"), _CV, "animations: every frame"),
    Format("WebP", Kind.PICTURE, (".webp",), _riff(b"WEBP"), _CV, "animations: every frame"),
    Format("AVIF", Kind.PICTURE, (".avif", ".avifs"), _brand(b"avif", b"avis"), _CV, "animations: every frame"),
    Format("Canon raw", Kind.RAW, (".cr3",), _major(b"crx ")),
    Format("HEIF", Kind.PICTURE, (".heic", ".heif", ".hif"), _major(*_HEIC), _HEIF, "the first picture"),
    Format("camera raw", Kind.RAW, (".cr2", ".orf", ".rw2"), _is_tiff_of_a_camera),
    Format("TIFF", Kind.PICTURE, (".tif", ".tiff"), _starts(b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), _CV,
           "every page; DNG, NEF, ARW and their like are camera raws, which must be developed first"),
    Format("BMP", Kind.PICTURE, (".bmp", ".dib"), _is_bmp, _CV),
    Format("JPEG 2000", Kind.PICTURE, (".jp2", ".j2k", ".j2c", ".jpx", ".jpf"),
           _starts(b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51"), _CV),
    Format("Netpbm", Kind.PICTURE, (".pbm", ".pgm", ".ppm", ".pnm", ".pam", ".pfm"), _is_pnm, _CV),
    Format("Radiance HDR", Kind.PICTURE, (".hdr", ".pic"), _starts(b"#?RADIANCE", b"#?RGBE"), _CV),
    Format("Sun raster", Kind.PICTURE, (".ras", ".sr"), _starts(b"\x59\xa6\x6a\x95"), _CV),
    Format("OpenEXR", Kind.PICTURE, (".exr",), _starts(b"\x76\x2f\x31\x01"), _AV),
    Format("Photoshop", Kind.PICTURE, (".psd",), _starts(b"8BPS"), _AV),
    Format("DDS", Kind.PICTURE, (".dds",), _starts(b"DDS "), _AV),
    Format("QOI", Kind.PICTURE, (".qoi",), _starts(b"qoif"), _AV),
    Format("SGI", Kind.PICTURE, (".sgi", ".rgb"), _starts(b"\x01\xda\x00", b"\x01\xda\x01"), _AV),
    Format("PCX", Kind.PICTURE, (".pcx",), lambda h: h[:1] == b"\x0a" and h[1:2] in b"\0\2\3\4\5" and h[2:3] == b"\1",
           _AV),
    Format("JPEG XL", Kind.PICTURE, (".jxl",), _starts(b"\0\0\0\x0cJXL \r\n\x87\n", b"\xff\x0a")),
    Format("icon", Kind.PICTURE, (".ico", ".cur"), _starts(b"\0\0\1\0", b"\0\0\2\0")),
    Format("Fujifilm raw", Kind.RAW, (".raf",), _starts(b"FUJIFILMCCD-RAW")),
    Format("Sigma raw", Kind.RAW, (".x3f",), _starts(b"FOVb")),
    Format("sound", Kind.SOUND, (".m4a", ".m4b"), _major(b"M4A ", b"M4B ", b"M4P ")),
    Format("MP4, QuickTime", Kind.VIDEO, (".mp4", ".m4v", ".mov", ".3gp", ".3g2", ".qt"),
           lambda h: h[4:8] in (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"moof", b"styp"), _CV),
    Format("Matroska, WebM", Kind.VIDEO, (".mkv", ".webm", ".mk3d"), _starts(b"\x1a\x45\xdf\xa3"), _CV),
    Format("AVI", Kind.VIDEO, (".avi", ".divx"), _riff(b"AVI "), _CV),
    Format("MPEG program stream", Kind.VIDEO, (".mpg", ".mpeg", ".vob", ".dat"), _starts(b"\0\0\1\xba"), _CV,
           demuxer="mpeg"),
    Format("Windows Media", Kind.VIDEO, (".wmv", ".asf"), _starts(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"), _CV),
    Format("Flash video", Kind.VIDEO, (".flv", ".f4v"), _starts(b"FLV\x01"), _CV),
    Format("Ogg", Kind.VIDEO, (".ogv", ".ogg", ".ogm"), _is_ogg_video, _CV),
    Format("MXF", Kind.VIDEO, (".mxf",), _starts(b"\x06\x0e\x2b\x34"), _CV),
    Format("DV", Kind.VIDEO, (".dv", ".dif"), _starts(b"\x1f\x07\x00"), _CV, "interlaced: see below", demuxer="dv"),
    Format("MPEG video", Kind.VIDEO, (".m2v", ".m1v", ".mpv"), _starts(b"\0\0\1\xb3"), _CV, demuxer="mpegvideo"),
    Format("MPEG-4 video", Kind.VIDEO, (".m4v", ".cmp"), _starts(b"\0\0\1\xb0", b"\0\0\1\x20"), _CV, demuxer="m4v"),
    Format("H.264", Kind.VIDEO, (".h264", ".264", ".avc"), _is_annex_b(7, 9, mask=31), _CV, demuxer="h264"),
    Format("H.265", Kind.VIDEO, (".h265", ".265", ".hevc"), _is_annex_b(32, 35, mask=63, shift=1), _CV, demuxer="hevc"),
    Format("IVF", Kind.VIDEO, (".ivf",), _starts(b"DKIF"), _CV),
    Format("YUV4MPEG2", Kind.VIDEO, (".y4m",), _starts(b"YUV4MPEG2 "), _CV),
    Format("RealMedia", Kind.VIDEO, (".rm", ".rmvb"), _starts(b".RMF"), _CV),
    Format("NUT", Kind.VIDEO, (".nut",), _starts(b"nut/multimedia container\0"), _CV),
    Format("sound", Kind.SOUND, (".wav", ".mp3", ".flac", ".ogg", ".opus", ".aac"),
           lambda h: h.startswith((b"ID3", b"fLaC", b"OggS")) or _riff(b"WAVE")(h)
           or (h[:1] == b"\xff" and h[1:2] in (b"\xfb", b"\xf3", b"\xf2", b"\xf1", b"\xf9"))),
    Format("MPEG transport stream", Kind.VIDEO, (".ts", ".mts", ".m2ts", ".m2t", ".tod"), _is_transport_stream, _CV,
           demuxer="mpegts"),
)  # fmt: skip

# Every suffix of a picture or a video: files with one that are neither are reported, not ignored.
SUFFIXES = frozenset(s for f in FORMATS if f.kind is not Kind.SOUND for s in f.suffixes) | {
    *(".arw", ".dng", ".nef", ".nrw", ".pef", ".srw", ".tga", ".svg", ".xcf", ".insv", ".lrv", ".mod", ".mjpeg")
}
# Begins like a JPEG: `headers.read_header` tells them apart.
MOTION_JPEG = Format("Motion JPEG", Kind.VIDEO, (".mjpeg", ".mjpg"), lambda h: False, _CV, demuxer="mjpeg")


def identify(head: bytes) -> Format | None:
    """The format of a file with these first bytes (`HEAD`, or the whole file); None = unknown."""
    return next((f for f in FORMATS if f.matches(head)), None)
