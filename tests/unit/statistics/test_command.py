"""`mien statistics BAG`: a made-up session whose every event is known."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mien.cli.__main__ import main
from mien.core.errors import StatisticsError
from mien.core.moment import Moment
from mien.core.types import Affects, Faces, Header, IdMethod
from mien.statistics.recording import gather
from mien_models.spaces import facs

from ..bags.sessions import affect, moment, stamp, write_bag  # noqa: TID252

COUNT, GONE = 200, range(60, 100)  # at 25 Hz: 8 s, of which the second person is away from 2.4 to 4 s


def smile(i: int) -> float:
    """0, up to 4 from 1 s to 2 s, and back to 0 at 3 s; again from 5 s on."""
    return float(np.interp(i / 25, [1, 2, 3, 5, 6, 7], [0, 4, 0, 0, 4, 0]))


def session() -> list[Moment]:
    moments = []
    for i in range(COUNT):
        ids = (1,) if i in GONE else (1, 2)
        whole = moment(i, ids)
        assert whole.faces is not None
        faces = [
            replace(f, id_method=IdMethod.REIDENTIFIED, id_confidence=0.8) if (f.track_id, i) == (2, GONE.stop) else f
            for f in whole.faces.faces
        ]
        late = {1: i, 2: max(0, i - 10)}
        told = tuple(affect(n, AU12L=smile(late[n]), AU12R=smile(late[n]), AU6L=1.5, AU6R=1.5) for n in ids)
        header = Header(stamp(i), "camera_optical_frame")
        moments.append(
            whole.but(
                faces=Faces(header, whole.faces.width, whole.faces.height, tuple(faces), whole.faces.stages),
                affects=Affects(header, told),
            )
        )
    return moments


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("statistics")
    bag = write_bag(folder / "bag", session())
    options = ["--window", "2", "--max-lag", "0.8", "--units", "12,AU1", "--surrogates", "20"]
    assert main(["statistics", str(bag), "--out", str(folder / "out"), *options]) == 0
    return folder / "out"


def test_the_files_say_what_happened(out: Path) -> None:
    assert {p.name for p in out.iterdir()} == {
        "statistics.json", "statistics.png", "events.csv", "people.csv", "synchrony.csv"
    }  # fmt: skip
    rows = list(csv.DictReader((out / "events.csv").read_text().splitlines()))
    first = next(r for r in rows if (r["person"], r["kind"]) == ("1", "smile"))
    # 4 in a second passes 1 after a quarter of it.
    assert [float(first[k]) for k in ("onset_s", "apex_s", "offset_s", "peak")] == [1.25, 2, 2.75, 4]
    assert (first["with_au6"], float(first["onset_speed"])) == ("true", 4)
    people = list(csv.DictReader((out / "people.csv").read_text().splitlines()))
    assert [p["smiles.count"] for p in people] == ["2", "2"]


def test_missing_images_and_the_sureness_of_identity_are_told(out: Path) -> None:
    told = json.loads((out / "statistics.json").read_text())
    first, second = told["people"]
    assert (first["missing"]["share_missing"], first["identity"]["confidence"]) == (0, 1)
    assert second["missing"]["images_missing"] == len(GONE)
    assert second["missing"]["observed_s"] == pytest.approx(8 - 40 / 25, abs=0.05)
    (back,) = second["identity"]["returns"]
    assert (back["left_s"], back["back_s"]) == pytest.approx((59 / 25, 4.0))
    assert back["confidence"] == pytest.approx(0.8)
    assert second["identity"]["confidence"] == pytest.approx(0.8)
    assert "AU23" in first["missing"]["units_never_observed"]
    assert first["units"]["AU23"] is None


def test_the_second_person_follows(out: Path) -> None:
    (pair,) = json.loads((out / "statistics.json").read_text())["synchrony"]
    assert pair["seen_together_s"] == pytest.approx(6.4, abs=0.05)
    assert pair["by_unit"]["AU12"]["lag_s"] == pytest.approx(0.4)
    assert pair["by_unit"]["AU1"]["lag_s"] is None  # never moved


@pytest.mark.parametrize(
    ("options", "word"),
    [(["--units", "99"], "--units"), (["--start", "1", "--end", "2"], "less than"), (["--window", "0.1"], "samples")],
)
def test_options_that_cannot_be_are_refused(
    options: list[str], word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["statistics", str(tmp_path), "--out", str(tmp_path / "out"), *options]) == 2
    assert word in capsys.readouterr().err


def test_a_folder_that_cannot_be_used_is_refused_before_a_video_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.mp4").write_text("no video: who reads it says so")
    (tmp_path / "file").write_text("")
    assert main(["statistics", str(tmp_path / "a.mp4"), "--out", str(tmp_path / "file")]) == 2
    assert "is a file; choose a folder" in capsys.readouterr().err
    assert main(["statistics", str(tmp_path / "b.mp4"), "--out", str(tmp_path / "new")]) == 2
    assert "no such bag or video" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_private_recording_has_the_gaze_of_its_rig() -> None:
    """The head is turned by 0.2 rad and both eyes by 0.2 rad more, and they look 0.3 rad up."""
    private = [moment(i).but(faces=None) for i in range(2)]
    (person,) = gather(private, facs.AUS, "private").people
    cosine = (person.gaze * person.to_camera).sum(1)
    assert cosine == pytest.approx([np.cos(0.3) * np.cos(0.4)] * 2, abs=1e-6)
    assert person.head_deg[0, 0] == pytest.approx(np.degrees(0.2), abs=1e-4)
    assert person.id_confidence == 1


def test_nobody_is_an_error() -> None:
    with pytest.raises(StatisticsError, match="no face"):
        gather([moment(0, ())], facs.AUS, "a video")
    with pytest.raises(StatisticsError, match="3 names of units; record the topic labels"):
        gather([moment(0)], facs.AUS[:3], "a bag of another version")
