"""`mien annotate`: one line per face and frame, the same every time, and no file lost to a bad neighbour."""

from __future__ import annotations

import json
import math
import os
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from mien.cli.__main__ import main
from mien.core.moment import Moment
from mien.core.types import Expression, Expressions, Header
from mien.exports.tables.jsonl import records
from mien_models.spaces import arkit, emotions, facs

pytestmark = pytest.mark.real
Sample = Callable[[str], Path]
MEDIA = Path(__file__).resolve().parents[2] / "data" / "media"


def annotate(out: Path, *inputs: Path, code: int = 0) -> list[dict[str, Any]]:
    assert main(["annotate", *map(str, inputs), "--out", str(out)]) == code
    return [json.loads(line) for line in out.read_text().splitlines()]


def test_a_line_says_everything_by_name(sample: Sample, tmp_path: Path) -> None:
    (line,) = annotate(tmp_path / "a.jsonl", sample("single_face"))
    assert line["source"] == str(sample("single_face"))
    assert (line["frame"], line["stamp_s"], line["track_id"]) == (0, 0, 1)
    assert len(line["box"]) == 4
    assert 0.5 < line["score"] <= 1
    assert np.array(line["pose"]).shape == (4, 4)
    assert tuple(line["blendshapes"]) == tuple(line["rig"]["weights"]) == arkit.BLENDSHAPES
    assert tuple(line["au"]) == facs.AUS
    assert tuple(line["emotion"]) == emotions.EMOTIONS
    assert np.linalg.norm(line["embedding"]) == pytest.approx(1, abs=1e-3)
    assert all(0 <= weight <= 1 for weight in line["blendshapes"].values())
    assert -1 <= line["valence"] <= 1
    assert -1 <= line["arousal"] <= 1


def test_what_is_not_observed_is_null_and_never_a_number() -> None:
    unseen = Expression(1, np.full(52, np.nan, np.float32), np.zeros(52, np.float32))
    (line,) = records("", 0, Moment(0, expressions=Expressions(Header(0), (unseen,))))
    assert set(line["blendshapes"].values()) == {None}


def test_the_man_on_the_photograph_smiles_with_lips_apart(sample: Sample, tmp_path: Path) -> None:
    (line,) = annotate(tmp_path / "a.jsonl", sample("single_face"))
    assert min(line["au"]["AU12L"], line["au"]["AU12R"]) > 3
    assert line["au"]["AU25"] > 1
    assert max(line["au"][u] for u in ("AU1L", "AU2L", "AU15L", "AU15R", "AU27", "AU43L", "AU43R")) < 1
    assert max(line["emotion"], key=line["emotion"].get) == "happiness"


def test_a_video_has_a_line_per_frame_with_its_time(sample: Sample, tmp_path: Path) -> None:
    lines = annotate(tmp_path / "a.jsonl", sample("single_face_video"))
    assert [line["frame"] for line in lines] == list(range(len(lines)))
    assert len(lines) >= 70
    assert {line["track_id"] for line in lines} == {1}
    assert np.all(np.diff([line["stamp_s"] for line in lines]) > 0)


def test_the_same_input_gives_the_same_bytes(sample: Sample, tmp_path: Path) -> None:
    inputs = [sample("single_face_video"), sample("multi_face")]
    annotate(tmp_path / "a", *inputs)
    annotate(tmp_path / "b", *inputs, inputs[0])  # what is named twice is read once
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_images_of_a_folder_do_not_know_one_another(sample: Sample, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for i in range(3):
        shutil.copy(sample("single_face"), folder / f"{i}.jpg")
    lines = annotate(tmp_path / "a.jsonl", folder)
    assert [Path(line["source"]).name for line in lines] == ["0.jpg", "1.jpg", "2.jpg"]
    assert [line["track_id"] for line in lines] == [1, 2, 3]
    first, *others = ({k: v for k, v in line.items() if k not in ("source", "track_id")} for line in lines)
    assert all(other == first for other in others)


def test_a_broken_file_is_named_and_the_rest_is_done(
    sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    shutil.copy(sample("single_face"), folder / "a.jpg")
    (folder / "b.jpg").write_bytes(sample("single_face").read_bytes()[:200])
    (folder / "c.mp4").write_bytes(b"")
    shutil.copy(sample("single_face"), folder / "d.jpg")
    lines = annotate(tmp_path / "a.jsonl", folder, code=3)
    assert [Path(line["source"]).name for line in lines] == ["a.jpg", "d.jpg"]
    said = capsys.readouterr().err.replace("\n", "")
    assert "b.jpg" in said
    assert "c.mp4" in said
    assert "2 files skipped" in said


@pytest.mark.parametrize(
    "image",
    [
        np.full((1, 1, 3), 7, np.uint8),
        np.full((4000, 30), 7, np.uint8),
        np.full((64, 64, 3), 700, np.uint16),
        np.full((64, 64, 4), 7, np.uint8),
    ],
    ids=["one pixel", "narrow grey", "16 bit", "transparent"],
)
def test_odd_images_have_no_face_and_do_no_harm(image: Any, tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "odd.png"), image)
    assert annotate(tmp_path / "a.jsonl", tmp_path / "odd.png") == []


def test_grey_and_16_bit_faces_are_read_like_the_others(sample: Sample, tmp_path: Path) -> None:
    image = cv2.imread(str(sample("single_face")))
    cv2.imwrite(str(tmp_path / "grey.png"), cv2.cvtColor(image, cv2.COLOR_BGR2GRAY))
    cv2.imwrite(str(tmp_path / "deep.png"), image.astype(np.uint16) * 257)
    grey, deep = annotate(tmp_path / "a.jsonl", tmp_path / "grey.png", tmp_path / "deep.png")
    (plain,) = annotate(tmp_path / "b.jsonl", sample("single_face"))
    assert math.dist(grey["box"], plain["box"]) < 10  # a grey face is a little different to the network
    assert math.dist(deep["box"], plain["box"]) < 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["missing.mp4", "--out", "a.jsonl"], "missing.mp4: no such file"),
        ([".", "--out", "a.jsonl"], "no images or videos"),
        (["a.jpg", "--out", "nowhere/a.jsonl"], "choose a file in a folder that exists"),
        (["a.jpg", "--out", "a.jsonl", "--max-faces", "0"], "max-faces: 0 is outside [1, 64]"),
        (["a.jpg", "--out", "a.jsonl", "--detector", "best"], "'best' is not one of auto, short_range, yunet"),
    ],
)
def test_misuse_ends_with_2_and_one_clear_line(
    arguments: list[str],
    says: str,
    sample: Sample,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    if arguments[0] == "a.jpg":
        shutil.copy(sample("single_face"), "a.jpg")
    assert main(["annotate", *arguments]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert "Traceback" not in said
    assert said.count("\n") == 1


def test_a_calibration_gives_the_true_distance(sample: Sample, tmp_path: Path) -> None:
    """Twice the focal length, twice as far; of images of half the size, it is scaled."""
    photo = sample("single_face")
    height, width = cv2.imread(str(photo)).shape[:2]
    far = {}
    for focal in (1.0, 2.0):
        calibration = tmp_path / "camera.yaml"
        k = [focal * width / 2, 0, width / 4, 0, focal * width / 2, height / 4, 0, 0, 1]
        calibration.write_text(
            f"%YAML:1.0\n---\nimage_width: {width // 2}\nimage_height: {height // 2}\ncamera_matrix: {{data: {k}}}\n"
        )
        arguments = ["annotate", str(photo), "--out", str(tmp_path / "a.jsonl"), "--calibration", str(calibration)]
        assert main(arguments) == 0
        far[focal] = json.loads((tmp_path / "a.jsonl").read_text())["pose"][2][3]
    assert far[2.0] / far[1.0] == pytest.approx(2, rel=0.06)


def test_a_calibration_that_cannot_be_read_is_misuse(
    sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["annotate", str(sample("single_face")), "--out", str(tmp_path / "a"), "--calibration", "none.yaml"]
    assert main(arguments) == 2
    assert "--calibration none.yaml: no such file" in capsys.readouterr().err
    assert not (tmp_path / "a").exists()


READERS = pytest.mark.parametrize("reader", ["PyAV", "OpenCV"])


def use(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if reader == "PyAV":
        pytest.importorskip("av", reason="needs PyAV")
    monkeypatch.setattr("mien.camera.files.videos.has_pyav", lambda: reader == "PyAV")


def run(*arguments: Any) -> int:
    return main(["annotate", *map(str, arguments)])


def read(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text().splitlines()]


def far(a: dict[str, Any], b: dict[str, Any]) -> float:
    """How far two boxes lie apart, by the width of one."""
    return math.dist(a["box"], b["box"]) / float(b["box"][2])


def apart(a: dict[str, Any], b: dict[str, Any]) -> float:
    """The mean difference of blendshapes."""
    return float(np.mean([abs(a["blendshapes"][n] - b["blendshapes"][n]) for n in b["blendshapes"]]))


class TestFilesThatAreEasilyReadWrongly:
    """tests/data/media: the readings are those of the same face without what makes them hard."""

    def test_every_frame_of_an_interlaced_film_has_its_face(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        use("PyAV", monkeypatch)
        lines = annotate(tmp_path / "a", MEDIA / "interlaced.mts")
        assert [line["frame"] for line in lines] == list(range(50))
        assert {line["track_id"] for line in lines} == {1}

    def test_an_interlaced_film_is_refused_where_it_cannot_be_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        use("OpenCV", monkeypatch)
        assert run(MEDIA / "interlaced.mts", "--out", tmp_path / "a") == 1
        said = capsys.readouterr().err
        assert "interlaced.mts: interlaced, which OpenCV cannot read; pip install 'mien[media]'" in said
        assert "0 faces in 0 frames, 0 without one, 1 file skipped" in said

    @READERS
    def test_of_a_film_with_damaged_frames_the_rest_is_read(
        self, reader: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        use(reader, monkeypatch)
        lines = annotate(tmp_path / "a", MEDIA / "mjpeg_bad_frame.avi")
        assert [line["frame"] for line in lines] == [*range(8), *range(10, 24)]
        assert lines[8]["stamp_s"] == pytest.approx(10 / 12, abs=1e-3)
        said = capfd.readouterr().err
        assert "22 faces in 22 frames, 0 without one, 2 frames damaged, 0 files skipped" in said
        assert "com: invalid len" not in said

    @READERS
    def test_wide_pixels_give_the_same_readings(
        self, reader: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        use(reader, monkeypatch)
        wide = annotate(tmp_path / "a", MEDIA / "anamorphic.mp4")
        same = annotate(tmp_path / "b", MEDIA / "progressive.mp4")
        assert len(wide) == len(same) == 24
        assert max(map(far, wide, same)) < 0.07
        assert np.mean([*map(apart, wide, same)]) < 0.02

    def test_an_avif_a_heic_and_ten_bits_have_the_face_of_their_photograph(self, tmp_path: Path) -> None:
        pytest.importorskip("pi_heif", reason="needs pi-heif")
        avif, heic, deep = annotate(
            tmp_path / "a", MEDIA / "photo.avif", MEDIA / "turned.heic", MEDIA / "grey_10_in_16.png"
        )
        heic["box"] = [2 * v for v in heic["box"]]  # it is half as large
        assert far(heic, avif) < 0.05
        assert apart(heic, avif) < 0.02
        assert deep["presence"] > 0.9
        assert far(deep, avif) < 0.1

    def test_colours_under_transparency_are_no_face(self, sample: Sample, tmp_path: Path) -> None:
        photo = cv2.imread(str(sample("single_face")))
        hidden = np.dstack([photo, np.zeros(photo.shape[:2], np.uint8)])
        cv2.imwrite(str(tmp_path / "hidden.png"), hidden)
        assert annotate(tmp_path / "a", tmp_path / "hidden.png") == []


def test_every_frame_of_an_animation_is_read_and_is_one_person(sample: Sample, tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image", reason="Pillow makes the animation")
    frames = [image.open(sample("single_face")).convert("RGB")] * 3
    frames[0].save(tmp_path / "a.webp", save_all=True, append_images=frames[1:], duration=[100, 200, 300], quality=90)
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:])
    animation, pages = annotate(tmp_path / "a", tmp_path / "a.webp"), annotate(tmp_path / "b", tmp_path / "a.tif")
    # WebP joins frames that are the same.
    assert [line["stamp_s"] for line in animation] in ([0, 0.1, 0.3], [0])
    assert {line["track_id"] for line in animation} == {1}
    assert [(line["frame"], line["stamp_s"], line["track_id"]) for line in pages] == [(0, 0, 1), (1, 0, 2), (2, 0, 3)]


def test_nothing_about_one_file_stops_the_others(
    sample: Sample, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "[").mkdir()
    good = [tmp_path / "a.jpg", tmp_path / "[" / "bold].jpg", tmp_path / ":smile: #1.jpg", tmp_path / "z.jpg"]
    for path in good:
        shutil.copy(sample("single_face"), path)
    bad = {
        "gone.jpg": "a link to nowhere.jpg, which does not exist",
        "pipe.jpg": "a pipe, not a file",
        "huge.png": "30000×30000 are 900 megapixels, more than the limit of 200",
        "[/cut].png": "not an image, or a broken one",
        "text.mp4": "not an image or a video, or a broken one",
    }
    (tmp_path / "gone.jpg").symlink_to("nowhere.jpg")
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "huge.png").write_bytes(huge_png())
    (tmp_path / "[/cut].png").write_bytes(cv2.imencode(".png", np.zeros((300, 300, 3), np.uint8))[1].tobytes()[:100])
    (tmp_path / "text.mp4").write_text("hello")
    files = [good[0], *(tmp_path / name for name in bad), tmp_path / "missing.jpg", *good[1:]]
    for inputs in (files, [tmp_path]):
        out = tmp_path / "out.jsonl"
        assert run(*inputs, "--out", out) == 3
        assert sorted(line["source"] for line in read(out)) == sorted(map(str, good))
        said = capfd.readouterr().err
        for name, reason in bad.items():
            assert f"skipped {tmp_path / name}: {reason}" in said, name
        assert ("missing.jpg: no such file" in said) == (inputs is files)
        assert f"{5 + (inputs is files)} files skipped" in said
        assert "Traceback" not in said
        out.unlink()


def huge_png() -> bytes:
    """30,000×30,000 black pixels in some 100 kB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 15)
    row = bytes(1 + 30_000 * 3)
    data = b"".join(packer.compress(row) for _ in range(300)) + packer.flush()

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_the_limit_of_pixels_can_be_set(sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(sample("single_face"), "--out", tmp_path / "a", "--max-megapixels", "0.1") == 1
    assert "more than the limit of 0.1; scale it down" in capsys.readouterr().err
    assert run(sample("single_face"), "--out", tmp_path / "a", "--max-megapixels", "9999") == 2
    assert "--max-megapixels" in capsys.readouterr().err


def test_an_input_is_never_overwritten(sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photo, other, link = tmp_path / "v.jpg", tmp_path / "w.jpg", tmp_path / "link.jpg"
    for path in (photo, other):
        shutil.copy(sample("single_face"), path)
    os.link(photo, link)
    before = photo.read_bytes()
    for inputs, out, says in (
        ([photo], photo, "that is an input; choose another file"),
        ([tmp_path], photo, "that is an input"),
        ([photo], link, "that is an input"),
        ([photo], tmp_path / "." / "v.jpg", "that is an input"),
        ([photo], other, "that is a file of JPEG; choose another"),
        ([photo], tmp_path, "is a folder; choose a file in it"),
    ):
        assert run(*inputs, "--out", out) == 2
        assert says in capsys.readouterr().err
    assert photo.read_bytes() == other.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link.jpg", "v.jpg", "w.jpg"]


def test_a_name_of_anything_else_than_a_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text, says in (
        (
            "rtsp://u:secret@camera/1",
            "rtsp://camera/1: images, videos and folders are annotated; of a camera",
        ),
        ("ftp://host/a.mp4", "ftp:// is not a source"),
        ("/dev/video0", "images, videos and folders are annotated"),
    ):
        assert run(text, "--out", tmp_path / "a") == 2
        said = capsys.readouterr().err
        assert says in said
        assert "secret" not in said


def test_standard_output_and_devices_are_written_to(sample: Sample, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mien.cli", "annotate", str(sample("single_face")), "--out"]
    done = subprocess.run([*command, "-"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["track_id"] == 1
    done = subprocess.run([*command, "/dev/stdout"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["track_id"] == 1
    assert run(sample("single_face"), "--out", "/dev/null") == 0


def test_a_full_disk_gives_one_clear_line_and_no_cut_one(sample: Sample, tmp_path: Path) -> None:
    """A limit on the size of files stands in for the disk."""
    out = tmp_path / "a.jsonl"
    out.write_text("of yesterday\n")
    limited = """
import resource, sys
from mien.annotate import lines
from mien.cli import annotate
from mien.cli.__main__ import main

class Limited(lines.Lines):
    def write(self, line):  # once every network is open
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
        super().write(line)

annotate.Lines = Limited
sys.exit(main())
"""
    command = [sys.executable, "-c", limited, "annotate"]
    done = subprocess.run(
        [*command, str(sample("single_face_video")), "--out", str(out)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(f"mien annotate: {out}: File too large; ")
    assert f"whole lines are in {out}.part; make room, or choose another --out" in last
    assert "Traceback" not in done.stderr
    assert out.read_text() == "of yesterday\n"
    kept = (tmp_path / "a.jsonl.part").read_text()
    assert kept.endswith("\n")
    assert [line["frame"] for line in map(json.loads, kept.splitlines())] == list(range(kept.count("\n")))
    assert kept.count("\n") > 10


def first_frame(video: Path, out: Path) -> Path:
    cv2.imwrite(str(out), cv2.VideoCapture(str(video)).read()[1])
    return out


def test_against_a_neutral_picture_of_the_person_the_same_face_reads_calm(sample: Sample, tmp_path: Path) -> None:
    calm = first_frame(sample("single_face_video"), tmp_path / "calm.png")
    (before,) = annotate(tmp_path / "a.jsonl", calm)
    assert main(["annotate", str(calm), "--neutral", str(calm), "--out", str(tmp_path / "b.jsonl")]) == 0
    (after,) = (json.loads(line) for line in (tmp_path / "b.jsonl").read_text().splitlines())
    assert max(before["au"].values()) > 0.5 > 0.05 > max(after["au"].values())
    assert after["emotion"]["neutral"] > 0.75 > before["emotion"]["neutral"]
    assert max(abs(after["valence"]), abs(after["arousal"])) < 0.05
    assert after["embedding"][-1] > 0.99 > before["embedding"][-1]  # the calm pole
    assert max(after["rig"]["weights"].values()) < 0.1 < max(before["rig"]["weights"].values())


def test_a_neutral_that_is_none_is_misuse_and_says_why(
    sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo, out = str(sample("single_face")), str(tmp_path / "a.jsonl")
    assert main(["annotate", photo, "--neutral", photo, "--out", out]) == 2
    assert "relax the face" in capsys.readouterr().err
    assert main(["annotate", photo, "--neutral", str(sample("multi_face")), "--out", out]) == 2
    assert "faces in it; a resting face is that of one" in capsys.readouterr().err
    assert main(["annotate", photo, "--neutral", str(tmp_path / "none.png"), "--out", out]) == 2
    assert "none.png" in capsys.readouterr().err
