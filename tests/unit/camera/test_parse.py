"""One parser of source strings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from mien.camera import parse
from mien.camera.parse import Actor, Clip, Device, Files, Pipeline, Stream, Topic
from mien.core.errors import SourceError

HOME = Path.home()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/dev/video0", Device("/dev/video0")),
        ("0", Device("/dev/video0")),
        ("12", Device("/dev/video12")),
        ("/dev/v4l/by-id/usb-cam", Device("/dev/v4l/by-id/usb-cam")),
        ("/dev/shm/film.mp4", Files(Path("/dev/shm/film.mp4"))),
        ("argus", Pipeline("argus")),
        ("argus:1", Pipeline("argus:1")),
        ("argus/film.mp4", Files(Path("argus/film.mp4"))),
        ("gstreamer:videotestsrc ! x264enc", Pipeline("gstreamer:videotestsrc ! x264enc")),
        ("rtsp://10.0.0.5:554/stream1", Stream("rtsp://10.0.0.5:554/stream1")),
        ("RTSP://camera/a", Stream("RTSP://camera/a")),
        ("http://camera.local/video.mjpg", Stream("http://camera.local/video.mjpg")),
        ("https://camera.local/live.m3u8", Stream("https://camera.local/live.m3u8")),
        ("topic", Topic()),
        ("topic:/camera/image_raw", Topic("/camera/image_raw")),
        ("topic:image_raw", Topic("image_raw")),
        ("actor", Actor()),
        ("./actor", Files(Path("actor"))),
        ("clip", Clip()),
        ("film.mp4", Files(Path("film.mp4"))),
        ("~/film.mp4", Files(HOME / "film.mp4")),
        ("12:30 Uhr.mp4", Files(Path("12:30 Uhr.mp4"))),
        ("take [1] #2.mov", Files(Path("take [1] #2.mov"))),
        ("file:///tmp/a%20b.mp4", Files(Path("/tmp/a b.mp4"))),
        ("file://localhost/tmp/a.mp4", Files(Path("/tmp/a.mp4"))),
    ],
)
def test_a_string_names_one_kind_of_source(text: str, expected: parse.Source) -> None:
    assert parse.parse(text) == expected
    assert parse.parse(f"  {text}\n") == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the source is empty; it must be a path"),
        ("  ", "the source is empty"),
        ("ftp://host/film.mp4", "ftp:// is not a source that can be read; a source is a path"),
        ("ftp://host/film.mp4", "rtsp://…"),
        ("v4l2:///dev/video0", "v4l2:// is not a source"),
        ("rtsp://", "names no host"),
        ("rtsp://host:port/a", "Port could not be cast"),
        ("file://film.mp4", "three slashes: file:///film.mp4"),
        ("argus:left", "argus takes the number of a sensor, for example argus:0"),
        ("gstreamer:", "needs a pipeline"),
        ("topic:", "topic: needs a name, for example topic:/camera/image_raw"),
        ("topic:two words", "topic:two words is not a ROS name"),
    ],
)
def test_what_names_nothing_is_refused_with_the_mend(text: str, says: str) -> None:
    with pytest.raises(SourceError) as error:
        parse.parse(text)
    assert says in str(error.value)


def test_what_is_told_of_a_stream_holds_no_secret() -> None:
    url = "rtsp://admin:s3cret@10.0.0.5:554/live?channel=1&password=s3cret&token=abc#s3cret"
    stream = parse.parse(url)
    assert str(stream) == "rtsp://10.0.0.5:554/live?channel=1&password=…&token=…"
    assert parse.text(stream) == url
    with pytest.raises(SourceError) as error:
        parse.parse("rtsp://admin:s3cret@host:x/")
    assert "s3cret" not in str(error.value)


@given(st.text(max_size=30) | st.from_regex(r"[a-z]{1,9}:(//)?[a-z0-9@/:.]{0,12}", fullmatch=True))
def test_any_string_is_read_or_refused_and_comes_back_the_same(text: str) -> None:
    try:
        source = parse.parse(text)
    except SourceError:
        return
    assert parse.parse(parse.text(source)) == source


def test_every_kind_has_a_line_in_the_table() -> None:
    assert {type(parse.parse(t)) for t in ("x.mp4", "0", "rtsp://h", "argus", "topic", "actor", "clip")} == set(
        parse.KINDS
    )
    assert all(len(kind.form) == 2 for kind in parse.KINDS)
