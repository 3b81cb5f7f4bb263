"""Videos through both readers: every frame with its time and its shape, or refused by name."""

from __future__ import annotations

import contextlib
import gc
import struct
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from tests.unit.camera.media import DATA, fields, film, off, pattern

from mien.camera.config import CameraConfig
from mien.camera.files import containers, videos
from mien.camera.files.bitstream import is_interlaced
from mien.camera.files.reader import has_pyav, say_damage
from mien.camera.files.videos import VideoSource
from mien.camera.sources import open_source
from mien.core.errors import SourceError
from mien.core.types import U8, Frame

READERS = ["PyAV", "OpenCV"]


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both of them read here, whatever is installed; without PyAV only OpenCV does."""
    use(str(request.param), monkeypatch)
    return str(request.param)


def use(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if name == "PyAV":
        pytest.importorskip("av", reason="needs PyAV")
    monkeypatch.setattr(videos, "has_pyav", lambda: name == "PyAV")


def read(path: Path, **changes: Any) -> tuple[VideoSource, list[Frame]]:
    source = VideoSource(path, CameraConfig(**changes))
    try:
        return source, list(iter(source.read, None))
    finally:
        source.close()


def times_ms(frames: list[Frame]) -> list[float]:
    return [round(f.stamp_ns / 1e6, 3) for f in frames]


FEW = {"frames": 2}
FORMATS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "MP4, H.264": ("v.mp4", "libx264", {"options": {"bf": "2"}}),
    "QuickTime, ProRes": ("v.mov", "prores_ks", {"pixels": "yuv422p10le"}),
    "Matroska, H.264": ("v.mkv", "libx264", {}),
    "Matroska, FFV1": ("v.mkv", "ffv1", {}),
    "Matroska, H.265": ("v.mkv", "libx265", {"options": {"x265-params": "log-level=none"}}),
    "WebM, VP9": ("v.webm", "libvpx-vp9", {"options": {"cpu-used": "8"}}),
    "WebM, VP8": ("v.webm", "libvpx", {"options": {"cpu-used": "8", "deadline": "realtime"}}),
    "AVI, Motion JPEG": ("v.avi", "mjpeg", {"pixels": "yuvj420p"}),
    "AVI, MPEG-4": ("v.avi", "mpeg4", {}),
    "AVI, HuffYUV": ("v.avi", "huffyuv", {"pixels": "yuv422p"}),
    "AVI, uncompressed": ("v.avi", "rawvideo", {}),
    "MPEG transport stream, H.264": ("v.ts", "libx264", {}),
    "MPEG program stream, MPEG-2": ("v.vob", "mpeg2video", {"container": "vob"}),
    "Windows Media": ("v.wmv", "wmv2", {}),
    "Flash video": ("v.flv", "flv", {}),
    "3GP, H.263": ("v.3gp", "h263", {"container": "3gp", "size": (352, 288)}),
    "YUV4MPEG2": ("v.y4m", "wrapped_avframe", {"container": "yuv4mpegpipe"}),
    "H.264 bare": ("v.h264", "libx264", {"container": "h264"}),
    "H.265 bare": ("v.hevc", "libx265", {"container": "hevc", "options": {"x265-params": "log-level=none"}}),
    "MPEG video bare": ("v.m2v", "mpeg2video", {"container": "mpeg2video"}),
    "MPEG-4 video bare": ("v.m4v", "mpeg4", {"container": "m4v"}),
    "IVF": ("v.ivf", "libvpx-vp9", {"container": "ivf", "options": {"cpu-used": "8"}}),
    "NUT": ("v.nut", "mpeg4", {"container": "nut"}),
    "RealMedia": ("v.rm", "rv20", {"container": "rm", "size": (352, 288), "options": {"b": "4M"}}),
    "Ogg": ("v.ogv", "libvpx", {"container": "ogv", "options": {"cpu-used": "8", "deadline": "realtime"}}),
    "MXF, DNxHD": (
        "v.mxf",
        "dnxhd",
        {"pixels": "yuv422p", "size": (1920, 1080), "options": {"b": "120M"}, "frames": 4},
    ),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_container_and_codec_is_read(name: str, reader: str, tmp_path: Path) -> None:
    file, codec, options = FORMATS[name]
    path = film(tmp_path / file, codec, **options)
    _, frames = read(path)
    count, size = options.get("frames", 12), options.get("size", (320, 240))
    assert len(frames) == count
    for i, frame in enumerate(frames):
        # Pixels of H.263 are 12:11.
        image = frame.image if frame.image.shape[1] == size[0] else np.asarray(cv2.resize(frame.image, size), np.uint8)
        assert off(image, pattern(i, size)) < 9, i
    if "bare" not in name:
        assert times_ms(frames) == [40 * i for i in range(count)]


@pytest.mark.parametrize(
    ("file", "codec", "options"),
    [
        ("v.mts", "libx264", {"container": "mpegts", "options": {"flags": "+ildct+ilme", "x264-params": "tff=1"}}),
        ("v.mp4", "libx264", {"options": {"flags": "+ildct+ilme", "x264-params": "tff=1"}}),
        ("v.mkv", "libx265", {"options": {"x265-params": "interlace=tff:log-level=none"}}),
        ("v.vob", "mpeg2video", {"container": "vob", "options": {"flags": "+ildct+ilme"}}),
        ("v.avi", "mpeg4", {"options": {"flags": "+ildct+ilme"}}),
        ("v.mov", "prores_ks", {"pixels": "yuv422p10le", "options": {"flags": "+ildct"}}),
        ("v.dv", "dvvideo", {"size": (720, 576)}),
    ],
    ids=["AVCHD", "MP4", "H.265", "DVD", "MPEG-4", "ProRes", "DV"],
)
class TestInterlaced:
    def test_is_deinterlaced(
        self, file: str, codec: str, options: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        use("PyAV", monkeypatch)
        path = film(tmp_path / file, codec, make=fields, **options)
        _, frames = read(path)
        assert len(frames) == 12
        assert np.allclose(np.diff(times_ms(frames)), 40, atol=1)
        if codec == "libx265":
            return  # it codes fields as frames
        for frame in frames[2:-2]:
            image = frame.image.astype(int)
            combed = np.abs(image[1:-1] - (image[:-2] + image[2:]) / 2)[8:-8].mean()
            assert combed < 3  # rows of two moments differ by some ten

    def test_is_refused_by_opencv(
        self, file: str, codec: str, options: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = film(tmp_path / file, codec, make=fields, **options)
        use("OpenCV", monkeypatch)
        with pytest.raises(
            SourceError, match=r"v\.\w+: interlaced, which OpenCV cannot read; pip install 'mien\[media\]'"
        ):
            read(path)


def test_an_interlaced_film_of_a_camcorder(reader: str) -> None:
    if reader == "OpenCV":
        with pytest.raises(SourceError, match="interlaced"):
            read(DATA / "interlaced.mts")
        return
    _, frames = read(DATA / "interlaced.mts")
    assert len(frames) == 50
    assert times_ms(frames) == [40 * i for i in range(50)]
    assert len({f.image.tobytes() for f in frames}) == 50


def test_a_still_film_is_not_taken_for_an_interlaced_one(reader: str, tmp_path: Path) -> None:
    """Slides, screens: bit-identical frames, and now and then a large packet."""
    path = tmp_path / "v.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 25.0, (320, 240))
    for _ in range(60):
        writer.write(cv2.cvtColor(pattern(0), cv2.COLOR_RGB2BGR))
    writer.release()
    assert len(read(path)[1]) == 60


def test_damaged_frames_are_named_and_the_rest_is_read(reader: str, caplog: pytest.LogCaptureFixture) -> None:
    source, frames = read(DATA / "mjpeg_bad_frame.avi")
    assert len(frames) == 22
    assert source.damaged == [8, 9]
    assert times_ms(frames)[7:9] == [pytest.approx(1e3 * 7 / 12, abs=0.01), pytest.approx(1e3 * 10 / 12, abs=0.01)]
    assert "mjpeg_bad_frame.avi: frames 8 and 9 (from 0.67 s) are damaged and left out" in caplog.text
    assert "cut short" not in caplog.text


def test_the_index_of_a_frame_counts_those_that_are_damaged(reader: str) -> None:
    source = VideoSource(DATA / "mjpeg_bad_frame.avi", CameraConfig())
    seen = []
    while source.read() is not None:
        seen.append(source.position)
    assert seen == [*range(8), *range(10, 24)]


@pytest.mark.parametrize(
    ("damaged", "says"),
    [
        ([4], "frame 4 (from 0.40 s) is damaged"),
        ([4, 5], "frames 4 and 5 (from 0.40 s) are"),
        ([4, 5, 6, 9], "frames 4 to 6, 9 (from 0.40 s) are"),
        (list(range(0, 60, 2)), "38 and 10 more places"),
    ],
)
def test_damage_is_told_in_few_words(damaged: list[int], says: str) -> None:
    assert says in say_damage("film.avi", damaged, 10.0)


def test_wide_pixels_give_the_same_pictures_as_square_ones(reader: str) -> None:
    (_, wide), (_, same) = read(DATA / "anamorphic.mp4"), read(DATA / "progressive.mp4")
    assert len(wide) == len(same) == 24
    for a, b in zip(wide, same, strict=True):
        assert a.image.shape == b.image.shape == (240, 320, 3)
        assert off(a.image, b.image) < 3


@pytest.mark.parametrize(
    ("aspect", "size"), [(Fraction(4, 3), (427, 240)), (Fraction(8, 9), (320, 270)), (Fraction(1000, 1), (320, 240))]
)
def test_pixels_of_any_shape_become_square(
    reader: str, aspect: Fraction, size: tuple[int, int], tmp_path: Path
) -> None:
    """Nothing is lost: the shorter side is stretched. A ratio that cannot be is not believed."""
    _, frames = read(film(tmp_path / "v.mkv", "libx264", 3, aspect=aspect))
    width, height = size
    assert frames[0].image.shape == (height, width, 3)
    back = np.asarray(cv2.resize(frames[0].image, (320, 240), interpolation=cv2.INTER_AREA), np.uint8)
    assert off(back, pattern(0)) < 9


# a, b, c, d of the display matrix, and what becomes of a picture (rows, columns).
TURNS = {
    "upright": ((1, 0, 0, 1), lambda p: p),
    "mirrored": ((-1, 0, 0, 1), lambda p: p[:, ::-1]),
    "upside down": ((-1, 0, 0, -1), lambda p: p[::-1, ::-1]),
    "flipped": ((1, 0, 0, -1), lambda p: p[::-1]),
    "phone held upright": ((0, 1, -1, 0), lambda p: np.rot90(p, -1)),
    "the other way": ((0, -1, 1, 0), lambda p: np.rot90(p)),
    "mirrored phone": ((0, 1, 1, 0), lambda p: np.swapaxes(p, 0, 1)),
    "mirrored the other way": ((0, -1, -1, 0), lambda p: np.swapaxes(p[::-1, ::-1], 0, 1)),
}


@pytest.mark.parametrize("turn", TURNS)
def test_a_video_is_upright_as_its_container_says(reader: str, turn: str, tmp_path: Path) -> None:
    (a, b, c, d), expected = TURNS[turn]
    path = film(tmp_path / "v.mp4", "libx264", 3)
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 40
    data[at : at + 36] = struct.pack(">9i", *(v << 16 for v in (a, b)), 0, *(v << 16 for v in (c, d)), 0, 0, 0, 1 << 30)
    path.write_bytes(data)
    _, frames = read(path)
    wanted: U8 = np.ascontiguousarray(expected(pattern(0)))  # type: ignore[no-untyped-call]
    assert frames[0].image.shape == wanted.shape
    assert off(frames[0].image, wanted) < 9


def test_times_are_those_of_the_frames_however_they_come(
    reader: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A whole film of a varying rate, as phones and screen recorders make it, is not cut short."""
    times = [0, 33, 66, 500, 533, 1900, 1933, 1966, 5000, 5033]
    for name in ("v.mp4", "v.mkv"):
        _, frames = read(film(tmp_path / name, "libx264", times=times))
        assert times_ms(frames) == pytest.approx(times, abs=1)
    assert "cut short" not in caplog.text


def test_a_film_that_is_shorter_than_its_sound_is_not_cut_short(
    reader: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    av = pytest.importorskip("av", reason="PyAV makes the videos")
    path = tmp_path / "v.mkv"
    with av.open(str(path), "w") as file:
        video = file.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = 320, 240, "yuv420p"
        sound = file.add_stream("pcm_s16le", rate=8000)
        for i in range(25):
            file.mux(video.encode(av.VideoFrame.from_ndarray(pattern(i), format="rgb24")))
        file.mux(video.encode())
        for i in range(40):
            part = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.int16), format="s16", layout="mono")
            part.sample_rate, part.pts = 8000, 800 * i
            file.mux(sound.encode(part))
        file.mux(sound.encode())
    assert len(read(path)[1]) == 25
    assert "cut short" not in caplog.text


@pytest.mark.parametrize(("name", "codec"), [("v.avi", "mjpeg"), ("v.mkv", "libx264")])
def test_a_video_cut_short_gives_what_it_has_and_says_so(
    reader: str, name: str, codec: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = film(tmp_path / name, codec, 50, pixels="yuvj420p" if codec == "mjpeg" else "yuv420p", options={"g": "10"})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    _, frames = read(path)
    assert 5 < len(frames) < 45
    assert f"{name}: ends after" in caplog.text
    assert "cut short" in caplog.text


def test_an_mp4_whose_recording_was_not_finished_is_named(reader: str, tmp_path: Path) -> None:
    path = film(tmp_path / "v.mp4", "libx264", 50)
    path.write_bytes(path.read_bytes()[:6000])
    with pytest.raises(SourceError, match=r"v\.mp4: its index \(moov\) is missing"):
        read(path)


def test_av1_is_read_or_its_decoder_is_missing_but_it_is_not_broken(
    reader: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = film(tmp_path / "v.mp4", "libsvtav1", 3)
    if reader == "PyAV":
        assert off(read(path)[1][0].image, pattern(0)) < 9
        return
    with pytest.raises(SourceError, match=r"v\.mp4: no decoder for AV1 here.*pip install 'mien\[media\]'"):
        read(path)


@pytest.mark.parametrize("name", FORMATS)
def test_the_suffix_is_not_looked_at(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use("PyAV", monkeypatch)
    file, codec, options = FORMATS[name]
    path = film(tmp_path / file, codec, **options).rename(tmp_path / "v.jpg")
    source = open_source(CameraConfig(source=str(path)))
    assert isinstance(source, VideoSource)
    assert len(list(iter(source.read, None))) == options.get("frames", 12)


def test_motion_jpeg_without_a_container_is_a_video(reader: str, tmp_path: Path) -> None:
    path = tmp_path / "v.mjpeg"
    jpegs = [cv2.imencode(".jpg", cv2.cvtColor(pattern(i), cv2.COLOR_RGB2BGR))[1].tobytes() for i in range(5)]
    path.write_bytes(b"".join(jpegs))
    source = open_source(CameraConfig(source=str(path)))
    frames = list(iter(source.read, None))
    assert len(frames) == 5
    assert off(frames[3].image, pattern(3)) < 6


def test_colours_of_high_definition_are_those_that_were_filmed(reader: str, tmp_path: Path) -> None:
    """BT.709, marked as such, as cameras of 720p and more record."""
    av = pytest.importorskip("av", reason="PyAV makes the videos")
    path = tmp_path / "v.mp4"
    colour = (200, 60, 90)
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=25, options={"crf": "5"})
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        stream.codec_context.colorspace = 1
        stream.codec_context.color_range = 1
        frame = av.VideoFrame.from_ndarray(np.full((240, 320, 3), colour, np.uint8), format="rgb24")
        file.mux(stream.encode(frame.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")))
        file.mux(stream.encode())
    assert np.abs(read(path)[1][0].image.reshape(-1, 3).mean(0) - colour).max() < 4


def test_ten_bits_are_not_dark(reader: str, tmp_path: Path) -> None:
    path = film(tmp_path / "v.mkv", "libx265", 3, pixels="yuv420p10le", options={"x265-params": "log-level=none"})
    assert off(read(path)[1][0].image, pattern(0)) < 9


@pytest.mark.parametrize("name", ["a:b.mp4", "img%03d.mp4", "-v.mp4", "take [1] #2.mp4", "ü ñ 漢.mp4", "'; rm x.mp4"])
def test_a_name_is_a_name(reader: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    film(tmp_path / "v.mp4", "libx264", 3).rename(name)
    assert len(read(Path(name))[1]) == 3


@pytest.mark.parametrize(
    "text",
    ["#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{}\n", "ffconcat version 1.0\nfile '{}'\n"],
    ids=["HLS", "list"],
)
def test_a_playlist_that_calls_itself_a_video_leads_to_no_other_file(reader: str, text: str, tmp_path: Path) -> None:
    secret = film(tmp_path / "secret.mp4", "libx264", 3)
    path = tmp_path / "v.mp4"
    path.write_text(text.format(secret.name))
    with pytest.raises(SourceError, match=r"v\.mp4: not an image or a video"):
        open_source(CameraConfig(source=str(path)))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"\0\0\0\x18ftypisom\0\0\0\1isommp42" + bytes(5000), "not a video that can be decoded"),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong(reader: str, content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "v.mp4"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=says) as error:
        read(path)
    assert "v.mp4" in str(error.value)


def test_a_sound_with_a_cover_is_no_video(reader: str, tmp_path: Path) -> None:
    path = tmp_path / "song.m4a"
    path.write_bytes(b"\0\0\0\x18ftypM4A \0\0\0\1M4A isom" + bytes(500))
    with pytest.raises(SourceError, match=r"song\.m4a: there is no image in it, only sound"):
        open_source(CameraConfig(source=str(path)))


def test_a_video_that_is_too_large_is_refused(reader: str, tmp_path: Path) -> None:
    path = film(tmp_path / "v.mp4", "libx264", 1, size=(640, 480))
    with pytest.raises(SourceError, match=r"v\.mp4: 640×480 are 0 megapixels, more than the limit of 0\.2"):
        read(path, max_megapixels=0.2)


def test_where_only_opencv_reads_it_is_said_once_what_it_hides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    use("OpenCV", monkeypatch)
    videos._say_what_opencv_hides.cache_clear()
    for _ in range(2):
        read(DATA / "progressive.mp4")
    assert caplog.text.count("pip install 'mien[media]' handles both") == 1


def test_nothing_of_what_ffmpeg_says_reaches_the_terminal(reader: str, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("mjpeg_bad_frame.avi", "interlaced.mts", "photo.avif"):
        with contextlib.suppress(SourceError):
            read(DATA / name)
    assert capfd.readouterr().err == ""


def test_pyav_is_found_where_it_is_installed() -> None:
    import importlib.util

    assert has_pyav() == (importlib.util.find_spec("av") is not None)


@pytest.mark.parametrize("cut", [0, 1])
def test_containers_say_whether_their_end_is_missing(cut: int, tmp_path: Path) -> None:
    large = b"RIFF" + struct.pack("<I", 104) + b"AVI " + bytes(100)
    files = {
        "riff": large,
        "two riffs": large + b"RIFF" + struct.pack("<I", 20) + b"AVIX" + bytes(16),
        "boxes": struct.pack(">I4s", 16, b"ftyp") + bytes(8) + struct.pack(">I4sQ", 1, b"mdat", 50) + bytes(34),
        "segment": b"\x1a\x45\xdf\xa3\x84" + bytes(4) + b"\x18\x53\x80\x67\x8a" + bytes(10),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data[: len(data) - cut])
        assert containers.is_cut(tmp_path / name) == bool(cut), name
    unknown = {
        "recorder that was killed": b"RIFF" + bytes(4) + b"AVI " + bytes(100),
        "live": b"\x1a\x45\xdf\xa3\x84" + bytes(4) + b"\x18\x53\x80\x67\x01" + b"\xff" * 7 + bytes(10),
        "stream": b"G" + bytes(187),
        "nothing": b"",
    }
    for name, data in unknown.items():
        (tmp_path / name).write_bytes(data)
        assert not containers.is_cut(tmp_path / name), name


def test_any_bytes_are_looked_through_for_fields() -> None:
    rng = np.random.default_rng(0)
    for codec in ("h264", "hevc", "mpg2", "FMP4", "WVC1"):
        for _ in range(300):
            data = b"\0\0\1" + rng.integers(0, 255, 40, np.uint8).tobytes()
            assert is_interlaced(codec, data, data) in (True, False)
            assert is_interlaced(codec, b"\1" + data[3:], b"") in (True, False)


def test_a_track_header_that_is_cut_short_says_nothing_of_a_turn(tmp_path: Path) -> None:
    def box(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I4s", 8 + len(content), kind) + content

    path = tmp_path / "short.mp4"
    for content in (b"", bytes(4), bytes(59)):
        track = box(b"trak", box(b"hdlr", b"vide") + box(b"tkhd", content))
        path.write_bytes(box(b"ftyp", bytes(8)) + box(b"moov", track))
        assert containers.turn(path) is None


def test_a_video_that_was_read_leaves_no_thread(tmp_path: Path) -> None:
    """Without the help of Python's search for circles: in a busy process that comes late."""
    pytest.importorskip("av", reason="pip install 'mien[video]'")
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 12.0, (640, 480))
    for i in range(10):
        writer.write(np.full((480, 640, 3), 20 * i, np.uint8))
    writer.release()

    def threads() -> int:
        return len(list(Path("/proc/self/task").iterdir()))

    gc.collect()
    gc.disable()
    try:
        before = threads()
        for frames in (1, 3, 10):
            source = VideoSource(path, CameraConfig())
            assert all(source.read() is not None for _ in range(frames))
            source.close()
            del source
        assert threads() <= before + 1
    finally:
        gc.enable()
