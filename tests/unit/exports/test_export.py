"""`mien export` and `mien import` as commands, on bags and on what is none."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pandas as pd
import pytest

from mien.cli.__main__ import main
from mien.core.errors import BagError, ExportError, UsageError
from mien.core.moment import Moment
from mien.core.types import Affects, Expressions, Faces, Frame, Header, Rigs
from mien.exports import recording
from mien.exports.events import bids
from mien.exports.export import export
from mien.exports.formats import FORMATS, chosen
from mien.exports.recording import find

from ..bags.sessions import easing, image, moment, write_bag  # noqa: TID252
from .recordings import Made, private, run, scene


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bag(tmp_path_factory.mktemp("bags") / "session", scene())


def test_a_bag_is_exported(bag: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(bag), "--to", "csv,openface", "--out", str(tmp_path / "new" / "folder")]) == 0
    said = capsys.readouterr().out
    assert "20 frames in 0.76 s, 2 without a face, 2 ids" in said
    assert len(pd.read_csv(tmp_path / "new/folder/faces.csv")) == 25
    assert {p.name for p in (tmp_path / "new/folder").iterdir()} == {"faces.csv", "faces.json", "openface.csv"}


def test_nothing_is_replaced_unasked(bag: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "faces.csv").write_text("mine")
    arguments = ["export", str(bag), "--to", "csv", "--out", str(tmp_path)]
    assert main(arguments) == 2
    assert "faces.csv exists; --overwrite replaces it" in capsys.readouterr().err
    assert (tmp_path / "faces.csv").read_text() == "mine"
    (tmp_path / "faces.csv").rename(tmp_path / "faces.json")  # the data dictionary would be there
    assert main(arguments) == 2
    assert "faces.json exists" in capsys.readouterr().err
    assert main([*arguments, "--overwrite"]) == 0
    assert (tmp_path / "faces.json").read_text() != "mine"


def test_a_private_bag_says_what_it_lacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bag = write_bag(tmp_path / "private", private(scene()))
    assert main(["export", str(bag), "--to", "csv", "--out", str(tmp_path / "a")]) == 0
    assert "the recording holds no faces, as under graph.privacy" in capsys.readouterr().err.replace("\n", " ")
    assert main(["export", str(bag), "--to", "csv,mp4", "--out", str(tmp_path / "b")]) == 1
    assert "holds no image to draw on: it was recorded with graph.privacy" in capsys.readouterr().err
    assert list((tmp_path / "b").iterdir()) == []


def test_a_bag_without_images_but_with_faces_says_so(tmp_path: Path) -> None:
    bag = write_bag(tmp_path / "bag", scene())
    (found,), _ = find(bag)
    assert (found.about.no_images, found.about.no_faces) == (True, False)
    with_images = write_bag(tmp_path / "seen", [moment(i, picture=image(i)) for i in range(3)])
    (found,), _ = find(with_images)
    assert not found.about.no_images
    assert [m.image is not None for m in found.moments(True)] == [True] * 3


def test_an_import_is_a_bag(bag: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(bag), "--to", "livelink", "--out", str(tmp_path)]) == 0
    assert main(["import", str(tmp_path / "livelink_1.csv"), "--out", str(tmp_path / "bag")]) == 0
    assert "19 frames in 0.76 s of Live Link Face CSV, 1 face" in capsys.readouterr().out
    assert main(["import", str(tmp_path / "livelink_1.csv"), "--out", str(tmp_path / "bag")]) == 1
    assert "exists; record into a new folder" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "bag"), "--to", "csv", "--out", str(tmp_path)]) == 0
    table = pd.read_csv(tmp_path / "faces.csv")
    assert table["rig_mouthSmileLeft_0to1"].round(6).unique().tolist() == [0.3, 0.0]  # 0: the step that eases


def test_a_folder_of_films_names_what_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("no film")
    assert main(["export", str(tmp_path), "--to", "csv", "--out", str(tmp_path / "out")]) == 1
    assert "no bag, and no images or videos in it" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "none"), "--to", "csv", "--out", str(tmp_path / "out")]) == 2
    assert "no such bag, video or folder" in capsys.readouterr().err


class NoFaces:
    """Sees nobody in any image, without a network."""

    def __init__(self, **_: object) -> None: ...

    def reset(self) -> None: ...

    def moment(self, frame: Frame, *, image: bool) -> Moment:
        header = Header(frame.stamp_ns)
        return Moment(
            frame.stamp_ns, frame.image if image else None, faces=Faces(header, 64, 48, ()),
            expressions=Expressions(header, ()), affects=Affects(header, ()), rigs=Rigs(header, ()),
        )  # fmt: skip


def film(path: Path, frames: int) -> None:
    path.parent.mkdir(exist_ok=True)
    code = "mp4v" if path.suffix == ".mp4" else "MJPG"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*code), 25.0, (64, 48))
    for i in range(frames):
        writer.write(np.full((48, 64, 3), 40 * i, np.uint8))
    writer.release()


def test_each_video_of_a_folder_has_a_folder_and_a_broken_one_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "Pipeline", NoFaces)
    films, out = tmp_path / "films", tmp_path / "out"
    for name, frames in (("talk.mp4", 3), ("talk.avi", 4), ("day/talk.mp4", 5), ("day/films.mp4", 2)):
        film(films / name, frames)
    (films / "cut.mp4").write_bytes((films / "talk.mp4").read_bytes()[:200])
    cv2.imwrite(str(films / "photo.png"), np.zeros((48, 64, 3), np.uint8))
    assert main(["export", str(films), "--to", "csv,jsonl", "--out", str(out)]) == 3
    said = capsys.readouterr()
    assert "cut.mp4" in said.err
    assert said.out.count("without a face") == 5
    rows = {str(p.parent.relative_to(out)): len(pd.read_csv(p)) for p in out.rglob("faces.csv")}
    assert rows == {"talk.mp4": 3, "talk.avi": 4, "day/talk": 5, "day/films": 2, "films": 1}
    assert main(["export", str(films / "cut.mp4"), "--to", "csv", "--out", str(tmp_path / "none")]) == 1


def test_unrelated_pictures_have_no_course(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each face of theirs has an id of its own, and some formats have a file for each id."""
    monkeypatch.setattr(recording, "Pipeline", NoFaces)
    cv2.imwrite(str(tmp_path / "photo.png"), np.zeros((48, 64, 3), np.uint8))
    for name in ("boris", "eaf", "bids", "livelink", "glb"):
        assert main(["export", str(tmp_path / "photo.png"), "--to", f"csv,{name}", "--out", str(tmp_path / "out")]) == 1
        assert f"--to {name}: it shows faces over time" in capsys.readouterr().err
    assert [p for p in (tmp_path / "out").rglob("*") if p.is_file()] == []


def test_formats_are_named() -> None:
    with pytest.raises(UsageError, match="--to nothing: no such format; there are csv, parquet, "):
        chosen("csv,nothing")
    with pytest.raises(UsageError, match="names no format"):
        chosen(" , ")
    assert [f.name for f in chosen("eaf,csv,eaf")] == ["eaf", "csv"]
    assert len({f.name for f in FORMATS}) == len({f.file for f in FORMATS}) == len(FORMATS)


def test_a_missing_module_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"--to parquet needs pyarrow; pip install 'mien\[research\]'"):
        chosen("csv,parquet")


class Broken(Made):
    """Ends with an error after its first frame."""

    def moments(self, images: bool) -> Iterator[Moment]:
        yield moment(0)
        raise BagError("the bag broke")


def test_a_broken_recording_leaves_nothing_behind(tmp_path: Path) -> None:
    formats = [form for form in FORMATS if form.extra != "rerun"]
    with pytest.raises(BagError, match="the bag broke"):
        export(Broken([]), formats, tmp_path)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl", "boris", "bids", "livelink", "foxglove"])
def test_a_full_disk_leaves_no_parts(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two faces, so that two files are open where a format has one for each."""

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="No space left on device; make room"):
        run(scene(), form, tmp_path)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_file_that_cannot_even_be_closed_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    close = bids._Zipped._close

    def full(file: bids._Zipped) -> None:
        close(file)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(bids._Zipped, "_close", full)
    with pytest.raises(ExportError, match="No space left on device; make room"):
        run(scene(), "bids", tmp_path)
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["dataset_description.json"]


def test_a_recording_without_frames_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no frame was processed"):
        run([easing(0)], "csv", tmp_path)


def test_a_file_is_no_folder(bag: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert main(["export", str(bag), "--to", "csv", "--out", str(blocked)]) == 2
    assert "is a file; choose a folder that can be written" in capsys.readouterr().err
