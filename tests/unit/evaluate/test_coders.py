"""`mien evaluate coders`: codes and annotations that are made up, with agreement known beforehand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mien.cli.__main__ import main

# Shrout & Fleiss, Psychological Bulletin 86, 1979, Table 2: six targets by four judges; told in halves, to be ≤ 5.
JUDGES = {"j1": [9, 6, 8, 7, 10, 6], "j2": [2, 1, 4, 1, 5, 2], "j3": [5, 3, 6, 2, 6, 4], "j4": [8, 2, 8, 6, 9, 7]}


def face(frame: int, left: float, right: float, size: float = 10, **more: float) -> str:
    units = {"AU12L": left, "AU12R": right, "AU4L": None, "AU4R": None}
    box = [0, 0, size, size]
    return json.dumps({"source": "/somewhere/a.mp4", "frame": frame, "track_id": 1, "box": box, "au": units} | more)


@pytest.fixture
def study(tmp_path: Path) -> tuple[Path, Path]:
    rows = ["source,frame,coder,unit,intensity,subject"]
    for coder, ratings in JUDGES.items():
        rows += [f"a.mp4,{i},{coder},AU12,{value / 2},s{i}" for i, value in enumerate(ratings)]
    rows += ["a.mp4,0,j1,4,,s0", "a.mp4,0,j2,4,B,s0"]
    (tmp_path / "codes.csv").write_text("\n".join(rows) + "\n")
    # mien reads what the first judge says by the stronger side; a smaller face beside does not count.
    told = [face(i, value / 2, 0.1) for i, value in enumerate(JUDGES["j1"])] + [face(0, 0, 0, size=5, track_id=2)]
    told.append(json.dumps({"source": "/somewhere/a.mp4", "frame": 9, "track_id": None}))  # of `mien export`
    (tmp_path / "faces.jsonl").write_text("\n".join(told) + "\n")
    return tmp_path / "codes.csv", tmp_path / "faces.jsonl"


def test_coders_agree_as_published_and_mien_beside_them(study: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["evaluate", "coders", *map(str, study), "--out", str(out), "--bootstrap", "50"]) == 0
    report = json.loads((out / "coders.json").read_text())
    assert (report["images_coded"], report["images_with_a_face"], report["subjects"]) == (6, 6, 6)
    unit = report["by_unit"]["AU12"]
    assert unit["all_coders"] == {"icc21": pytest.approx(0.29, abs=0.005), "icc31": pytest.approx(0.71, abs=0.006)}
    assert set(unit["coders"]) == {"j1 and j2", "j1 and j3", "j1 and j4", "j2 and j3", "j2 and j4", "j3 and j4"}
    own = unit["mien"]["j1"]
    assert (own["icc21"]["value"], own["bias"]["value"]) == (1, 0)
    # Judge 2 gives 46 / 6 - 15 / 6 points less than judge 1, in halves.
    assert unit["mien"]["j2"]["bias"]["value"] == pytest.approx((46 - 15) / 6 / 2, abs=1e-4)
    assert unit["mien"]["j2"]["bias"]["low"] is not None
    assert report["by_unit"]["AU4"]["mien"]["j2"]["ratings"] == 0  # mien did not observe it


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        ("source,frame,coder,unit\n", "no column intensity"),
        ("source,frame,coder,unit,intensity\n", "it has no codes"),
        ("source,frame,coder,unit,intensity\na.mp4,0,x,AU99,1\n", "line 2: 'AU99' is no action unit"),
        ("source,frame,coder,unit,intensity\na.mp4,0,x,AU12,7\n", "intensity '7' is none of"),
        ("source,frame,coder,unit,intensity\na.mp4,first,x,AU12,1\n", "frame 'first' is no number"),
        ("source,frame,coder,unit,intensity\na.mp4,0,x,AU12,1\na.mp4,0,x,AU12,1\n", "line 3: x has coded AU12"),
        ("source,frame,coder,unit,intensity\nb.mp4,0,x,AU12,1\n", "are the names of the files the same"),
        ("source,frame,coder,unit,intensity\na.mp4\n", "line 2: '' is no action unit"),
        ("unit,source,frame,coder,intensity\nAU12\n", "line 2: it names no source"),
        ("unit,source,frame,coder,intensity\nAU12,a.mp4\n", "line 2: frame '' is no number"),
    ],
)
def test_what_cannot_be_used_is_named(
    codes: str, says: str, study: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study[0].write_text(codes)
    assert main(["evaluate", "coders", *map(str, study), "--out", str(tmp_path / "out")]) == 2
    assert says in capsys.readouterr().err.replace("\n", " ")


@pytest.mark.parametrize("lines", [b"[1]\n", b'{"source": "a.mp4"}\n', b"no JSON\n", b"\xff\xfe\n"])
def test_annotations_of_another_kind_are_refused(
    lines: bytes, study: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study[1].write_bytes(lines)
    assert main(["evaluate", "coders", *map(str, study), "--out", str(tmp_path / "out")]) == 2
    assert "faces.jsonl: " in capsys.readouterr().err
