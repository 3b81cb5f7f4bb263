"""The whole report, from a bag alone."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from rich.console import Console

from mien.bags.read import Session
from mien.cli.__main__ import main
from mien.core.errors import BagError, ReportError
from mien.report import mesh, overlay, video
from mien.report.collect import collect
from mien.report.render import FILES, render
from mien.report.sheets.contact_sheet import Choice, choose

from ..bags.sessions import easing, image, moment, shapes, stamp, write_bag  # noqa: TID252

QUIET = Console(file=io.StringIO())
SILENT = sorted(set(FILES) - {"voice.png"})  # of a recording without sound


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No assets, and the quickest encoder that is everywhere."""
    monkeypatch.setattr(mesh, "tesselation", lambda: np.empty((0, 2), np.intp))
    monkeypatch.setattr(overlay, "open_sink", lambda path, size, fps: video.OpenCV(path, size, fps))


def talk(n: int = 20) -> list[object]:
    return [
        moment(i, weights=shapes(jawOpen=abs(np.sin(i / 3)), mouthSmileLeft=0.3), picture=image(i)) for i in range(n)
    ]


def frames_of(path: Path) -> list[np.ndarray]:  # type: ignore[type-arg]
    capture = cv2.VideoCapture(str(path))
    frames = []
    while (read := capture.read())[0]:
        frames.append(read[1])
    return frames


def test_a_report_has_all_its_files(tmp_path: Path) -> None:
    bag = write_bag(tmp_path / "bag", talk())  # type: ignore[arg-type]
    (tmp_path / "deep/out").mkdir(parents=True)
    (tmp_path / "deep/out/voice.png").touch()  # of a recording with sound, which this one replaces
    summary = render(bag, tmp_path / "deep/out", source="dir/talk.mp4", extra={"profile": "fused"}, console=QUIET)
    assert sorted(p.name for p in (tmp_path / "deep/out").iterdir()) == SILENT
    assert json.loads((tmp_path / "deep/out/summary.json").read_text("utf8")) == summary
    assert (summary["frames"], summary["source"], summary["profile"]) == (20, "dir/talk.mp4", "fused")
    assert summary["video_codec"] == "mpeg4"
    frames = frames_of(tmp_path / "deep/out/annotated.mp4")
    assert len(frames) == 20
    assert frames[0].shape[:2] == (360, 480 + 232)
    sheet = cv2.imread(str(tmp_path / "deep/out/contact_sheet.png"))
    assert sheet is not None
    assert sheet.shape[1] == 2 * 28 + 4 * 480 + 3 * 14


def test_a_second_report_replaces_the_first(tmp_path: Path) -> None:
    bag = write_bag(tmp_path / "bag", talk(5))  # type: ignore[arg-type]
    for _ in range(2):
        assert render(bag, tmp_path / "out", console=QUIET)["frames"] == 5


def test_a_report_that_is_stopped_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bag = write_bag(tmp_path / "bag", talk(5))  # type: ignore[arg-type]
    render(bag, tmp_path / "out", console=QUIET)
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    add, n = overlay.AnnotatedVideo.add, 0

    def stopped(*args: Any) -> None:
        nonlocal n
        n += 1
        if n == 3:
            raise KeyboardInterrupt
        add(*args)

    monkeypatch.setattr(overlay.AnnotatedVideo, "add", stopped)
    with pytest.raises(KeyboardInterrupt):
        render(bag, tmp_path / "out", console=QUIET)
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == before


def test_images_that_the_chain_dropped_do_not_flicker(tmp_path: Path) -> None:
    moments = [moment(i, picture=image(i)) for i in range(6)]
    for i in (2, 3):  # too slow for these
        moments[i].faces = moments[i].expressions = moments[i].affects = moments[i].rigs = None
    summary = render(write_bag(tmp_path / "bag", moments), tmp_path / "out", console=QUIET)
    assert summary["frames"] == 4
    assert len(frames_of(tmp_path / "out/annotated.mp4")) == 6  # the annotated one before is held


def test_without_images_the_faces_are_drawn_on_a_plain_ground(tmp_path: Path) -> None:
    render(write_bag(tmp_path / "bag", [moment(i) for i in range(5)]), tmp_path / "out", console=QUIET)
    assert len(frames_of(tmp_path / "out/annotated.mp4")) == 5


def test_a_private_session_shows_its_numbers(tmp_path: Path) -> None:
    moments = [moment(i) for i in range(5)]
    for m in moments:
        m.faces = None
    summary = render(write_bag(tmp_path / "bag", moments), tmp_path / "out", console=QUIET)
    assert (summary["frames"], summary["frames_with_face"]) == (5, 5)
    assert len(frames_of(tmp_path / "out/annotated.mp4")) == 5


def test_nobody_in_the_picture_is_a_report_too(tmp_path: Path) -> None:
    moments = [moment(i, ids=(), picture=image(i)) for i in range(4)]
    summary = render(write_bag(tmp_path / "bag", moments), tmp_path / "out", console=QUIET)
    assert (summary["frames"], summary["frames_with_face"], summary["expression_peaks"]) == (4, 0, {})
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == SILENT


def test_a_session_of_easing_rigs_alone_has_no_video(tmp_path: Path) -> None:
    summary = render(write_bag(tmp_path / "bag", [easing(0)]), tmp_path / "out", console=QUIET)
    assert summary["video_codec"] is None
    assert not (tmp_path / "out/annotated.mp4").exists()


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bag = write_bag(tmp_path / "bag", talk(3))  # type: ignore[arg-type]
    assert main(["report", str(bag), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "3 frames, 3 with a face" in said
    assert sorted(name for name in FILES if name in said) == SILENT


def test_the_command_names_no_film_where_it_made_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bag = write_bag(tmp_path / "bag", [easing(0)])
    assert main(["report", str(bag), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    wrote = {p.name for p in (tmp_path / "out").iterdir()}
    assert "report.html" in wrote
    assert {name for name in (*FILES, "report.html") if name in said} == wrote
    assert "annotated.mp4" not in said


def test_the_command_says_why_it_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(tmp_path / "none"), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err == f"mien report: {tmp_path}/none: no such bag\n"
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    bag = write_bag(tmp_path / "bag", talk(3))  # type: ignore[arg-type]
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportError, match=r"cannot write the report to .*file/out: Not a directory; choose"):
        render(bag, tmp_path / "file/out", console=QUIET)


def test_a_bag_without_its_end_is_drawn_and_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    bag = write_bag(tmp_path / "bag", talk())  # type: ignore[arg-type]
    whole = (bag / "bag.mcap").read_bytes()
    (bag / "bag.mcap").write_bytes(whole[: len(whole) * 3 // 4])
    summary = render(bag, tmp_path / "out", console=QUIET)
    assert 5 < summary["frames"] < 24
    assert "has no end: its recorder was killed" in summary["cut_off"]
    assert [r.message for r in caplog.records] == [summary["cut_off"]]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == SILENT


def test_a_bag_that_is_damaged_in_the_middle_is_named(tmp_path: Path) -> None:
    bag = write_bag(tmp_path / "bag", talk())  # type: ignore[arg-type]
    damaged = bytearray((bag / "bag.mcap").read_bytes())
    damaged[5000:5100] = b"\xff" * 100
    (bag / "bag.mcap").write_bytes(damaged)
    with pytest.raises(BagError, match="cannot be read as a bag: Chunk checksum mismatch"):
        render(bag, tmp_path / "out", console=QUIET)


def test_tiles_are_the_strongest_looks_and_those_between(tmp_path: Path) -> None:
    moments = [moment(i) for i in range(100)]
    moments[30] = moment(30, weights=shapes(jawOpen=0.9, mouthPucker=0.1))
    moments[31] = moment(31, weights=shapes(mouthSmileLeft=0.5, mouthSmileRight=0.7))
    chosen = choose(collect(Session(write_bag(tmp_path / "bag", moments))), tiles=6)
    assert len(chosen) == 6
    assert Choice(stamp(30), "jaw open .90") in chosen
    assert Choice(stamp(31), "smile .60") in chosen
    assert not any("pucker" in c.why for c in chosen)  # too weak to show anything
    stamps = [c.stamp_ns for c in chosen]
    assert stamps == sorted(stamps)
    assert {stamp(0), stamp(99)} <= set(stamps)


def test_looks_at_one_moment_share_its_tile(tmp_path: Path) -> None:
    moments = [moment(0), moment(1, weights=shapes(jawOpen=0.9, mouthPucker=0.8)), moment(2)]
    chosen = choose(collect(Session(write_bag(tmp_path / "bag", moments))))
    assert [c.why for c in chosen] == ["", "jaw open .90, pucker .80", ""]
