"""`mien annotate`: one line per face and frame, the same every time, and no file lost to a bad neighbour."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from mien.cli.__main__ import main
from mien.cli.annotate import _expression
from mien.core.types import Expression
from mien_models.spaces import arkit, emotions, facs

pytestmark = pytest.mark.real
Sample = Callable[[str], Path]


def annotate(out: Path, *inputs: Path) -> list[dict[str, Any]]:
    assert main(["annotate", *map(str, inputs), "--out", str(out)]) == 0
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
    assert set(_expression(unseen)["blendshapes"].values()) == {None}


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
    for name in ("a", "b"):
        annotate(tmp_path / name, sample("single_face_video"), sample("multi_face"))
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
    lines = annotate(tmp_path / "a.jsonl", folder)
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
