"""Loaders on made-up copies: labels, folds, pictures that are read late, and what is said of broken copies."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from mien_models.datasets import (
    aff_wild2,
    affectnet,
    bp4d,
    bp4d_plus,
    disfa,
    fec,
    fer2013,
    judgements,
    portraits,
    raf_db,
)
from mien_models.datasets.bp4d import FOLDS, PLUS_FOLDS
from mien_models.datasets.disfa import FOLDS as DISFA_FOLDS
from mien_models.errors import SetError

from . import trees


def red(picture: Any) -> int:
    return int(np.median(picture.read()[..., 0]))


def test_disfa_counts_a_unit_from_intensity_two_on(tmp_path: Path) -> None:
    found = disfa(trees.disfa(tmp_path))
    smile = found.units.index("AU12")
    assert found.intensity[:, smile].tolist() == [0, 1, 2] * 2
    assert found.presence[:, smile].tolist() == [0, 0, 1] * 2
    assert found.subjects == ["SN001"] * 3 + ["SN003"] * 3
    assert found.parts == ["1"] * 3 + ["3"] * 3
    assert [red(p) for p in found.pictures[:3]] == [10, 20, 30]
    assert len(found.detection) == 8
    assert len(found.graded) == 12


def test_disfa_reads_frames_from_the_films(tmp_path: Path) -> None:
    trees.disfa(tmp_path)
    for person in ("SN001", "SN003"):
        path = tmp_path / "Videos_LeftCamera" / f"LeftVideo{person}_comp.avi"
        path.parent.mkdir(exist_ok=True)
        film = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 20, (32, 32))
        for level in (0, 100, 200):
            film.write(np.full((32, 32, 3), level, np.uint8))
        film.release()
    found = disfa(tmp_path)
    assert [red(p) for p in found.pictures[:3]] == pytest.approx([0, 100, 200], abs=4)
    short = found.pictures[0].__class__(found.pictures[0].path, 99)  # type: ignore[attr-defined, call-arg]
    with pytest.raises(SetError, match=r"LeftVideoSN001_comp.avi has no frame 99"):
        short.read()


@pytest.mark.parametrize(
    ("load", "images", "first", "fold"),
    [(bp4d, "Sequences(2D+3D)", 7, "1"), (bp4d_plus, "2D+3D", 6, "3")],
    ids=["BP4D", "BP4D+"],
)
def test_bp4d_reads_units_by_the_header_and_nine_as_not_coded(
    tmp_path: Path, load: Callable[[Path], Any], images: str, first: int, fold: str
) -> None:
    found = load(trees.bp4d(tmp_path, images, first))
    codes = dict(zip(found.units, found.presence[1], strict=True))
    assert codes["AU12"] == 1
    assert np.isnan(codes["AU1"])
    assert sum(v for v in codes.values() if v == v) == 1
    assert [red(p) for p in found.pictures] == [first, first + 1] * 2
    assert found.rows(fold).tolist()[:2] == [0, 1]
    assert np.isnan(found.intensity).all()


def test_bp4d_grades_where_they_came_along(tmp_path: Path) -> None:
    trees.bp4d(tmp_path)
    trees.write(tmp_path / "AU-Intensity-Codes3.0/AU12/F001_T1_AU12.csv", "7,0", "8,4")
    trees.write(tmp_path / "AU-Intensity-Codes3.0/AU06/F001_T1_AU06.csv", "7,9", "8,2")
    found = bp4d(tmp_path)
    assert found.intensity[:2, found.units.index("AU12")].tolist() == [0, 4]
    assert np.isnan(found.intensity[0, found.units.index("AU6")])
    assert found.intensity[1, found.units.index("AU6")] == 2
    assert np.isnan(found.intensity[2:]).all()


@pytest.mark.parametrize(
    ("folds", "people"), [(FOLDS, 41), (PLUS_FOLDS, 140), (DISFA_FOLDS, 27)], ids=["BP4D", "BP4D+", "DISFA"]
)
def test_nobody_is_in_two_folds(folds: dict[str, tuple[str, ...]], people: int) -> None:
    members = [who for part in folds.values() for who in part]
    assert len(members) == len(set(members)) == people
    sizes = [len(part) for part in folds.values()]
    assert max(sizes) - min(sizes) <= 1


def test_bp4d_has_23_women_and_18_men_and_bp4d_plus_82_and_58() -> None:
    for folds, women, men in ((FOLDS, 23, 18), (PLUS_FOLDS, 82, 58)):
        members = {who for part in folds.values() for who in part}
        assert members == {f"F{i:03}" for i in range(1, women + 1)} | {f"M{i:03}" for i in range(1, men + 1)}


def test_affectnet_leaves_out_what_is_no_expression(tmp_path: Path) -> None:
    found = affectnet(trees.affectnet(tmp_path))
    assert [found.classes[i] for i in found.label] == ["happiness", "contempt", "anger"]
    assert found.parts == ["train", "train", "val"]
    assert found.affect[0].tolist() == pytest.approx([0.8, 0.4])
    assert np.isnan(found.affect[2]).all()
    assert [red(p) for p in found.pictures] == [3, 20, 1]
    assert len(affectnet(tmp_path, classes=7)) == 2


def test_aff_wild2_matches_lines_to_images_and_drops_the_unlabelled(tmp_path: Path) -> None:
    trees.aff_wild2(tmp_path)
    units = aff_wild2(tmp_path, "units")
    assert units.presence[0].tolist() == [1] + [0] * 11
    assert np.isnan(units.presence[1, 0])
    assert units.presence[1, 1:].tolist() == [1] * 11
    assert units.parts == ["train"] * 2 + ["val"] * 2
    assert [red(p) for p in units.pictures] == pytest.approx([1, 4] * 2, abs=1)
    assert [aff_wild2(tmp_path, "classes").classes[i] for i in aff_wild2(tmp_path, "classes").label] == [
        "happiness", "other",
    ] * 2  # fmt: skip
    assert aff_wild2(tmp_path, "affect").affect.tolist() == [[0.5, -0.25], [-1, 1]] * 2


def test_raf_db_counts_classes_from_one(tmp_path: Path) -> None:
    for root in (trees.raf_db(tmp_path), tmp_path / "basic"):
        found = raf_db(root)
        assert [found.classes[i] for i in found.label] == ["happiness", "neutral", "surprise"]
        assert found.parts == ["train", "train", "test"]


def test_fer2013_finds_each_row_again(tmp_path: Path) -> None:
    found = fer2013(trees.fer2013(tmp_path / "fer2013.csv"))
    assert [found.classes[i] for i in found.label] == ["happiness", "neutral", "anger"]
    assert found.parts == ["train", "val", "test"]
    assert [red(p) for p in found.pictures] == [10, 200, 99]
    assert found.pictures[0].read().shape == (48, 48, 3)


def test_fec_keeps_what_people_agree_on_and_puts_the_odd_one_last(tmp_path: Path) -> None:
    found = fec(trees.fec(tmp_path), "test")
    names = [[found.pictures[i].path.stem for i in row] for row in found.triplets]  # type: ignore[attr-defined]
    assert names == [["b", "c", "a"], ["b", "d", "c"]]
    assert found.kinds == ("ONE", "THREE")
    assert found.agreement.tolist() == pytest.approx([1, 5 / 6])
    assert found.pictures[0].read().shape == (4, 5, 3)
    assert len(fec(tmp_path, "test", agreement=0)) == 3


def test_rows_of_a_set_can_be_taken(tmp_path: Path) -> None:
    found = disfa(trees.disfa(tmp_path), frames=tmp_path / "frames")
    third = found.take(found.rows("3"))
    assert set(third.subjects) == {"SN003"}
    assert third.presence.shape == (3, 12)
    assert third.label.shape == (0,)


DAMAGES = {
    "no DISFA labels": (trees.disfa, disfa, "ActionUnit_Labels", r"no folder .*ActionUnit_Labels; DISFA has"),
    "a DISFA unit": (trees.disfa, disfa, "ActionUnit_Labels/SN001/SN001_au4.txt", r"SN001_au4.txt: No such file"),
    "a DISFA film": (trees.disfa, disfa, "frames", r"no .*LeftVideoSN001_comp.avi; .* give the folder of frames"),
    "no BP4D codes": (trees.bp4d, bp4d, "AUCoding", r"no folder .*AU_OCC"),
    "a BP4D task": (trees.bp4d, bp4d, "Sequences(2D+3D)/M003/T1", r"no folder .*M003/T1"),
    "a BP4D image": (trees.bp4d, bp4d, "Sequences(2D+3D)/F001/T1/0008.png", r"no image 8 for frame 8 of F001_T1.csv"),
    "an AffectNet label": (
        trees.affectnet, affectnet, "train_set/annotations/20_aro.npy", r"20_aro.npy is not there or holds no number",
    ),
    "an AffectNet part": (trees.affectnet, affectnet, "val_set", r"no folder .*val_set/images"),
    "Aff-Wild2 images": (
        trees.aff_wild2, lambda root: aff_wild2(root, "units"), "cropped_aligned/9_left", r"no folder .*9_left",
    ),
    "an Aff-Wild2 task": (
        trees.aff_wild2, lambda root: aff_wild2(root, "affect"), "annotations/VA_Estimation_Challenge",
        r"no folder .*VA_Estimation_Challenge/Train_Set",
    ),
    "the RAF-DB list": (trees.raf_db, raf_db, "basic/EmoLabel", r"list_patition_label.txt: No such file"),
    "a RAF-DB image": (trees.raf_db, raf_db, "basic/Image/original/test_0001.jpg", r"no .*test_0001.jpg; .*unzip"),
    "the FEC list": (
        trees.fec, lambda root: fec(root, "train"), "-", r"faceexp-comparison-data-train-public.csv: No such file",
    ),
    "all FEC images": (
        trees.fec, lambda root: fec(root, "test"), "images", r"of 4 triplets none has all its pictures",
    ),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_missing_is_named_with_the_mend(tmp_path: Path, damage: str) -> None:
    make, load, gone, message = DAMAGES[damage]
    make(tmp_path)
    path = tmp_path / gone
    if path.is_dir():
        shutil.rmtree(path)
    elif gone != "-":
        path.unlink()
    with pytest.raises(SetError, match=message):
        load(tmp_path)


GARBLED = {
    "DISFA": (trees.disfa, disfa, "ActionUnit_Labels/SN001/SN001_au1.txt", "1;0", r"au1.txt: lines are not frame"),
    "DISFA frames": (trees.disfa, disfa, "ActionUnit_Labels/SN001/SN001_au1.txt", "2,0", r"do not count from 1"),
    "BP4D header": (trees.bp4d, bp4d, "AUCoding/AU_OCC/F001_T1.csv", "0,1,2", r"F001_T1.csv: the first line"),
    "RAF-DB": (trees.raf_db, raf_db, "basic/EmoLabel/list_patition_label.txt", "train_1.jpg 8", r"1 to 7"),
    "FER2013": (
        lambda root: trees.fer2013(root / "f.csv"), lambda root: fer2013(root / "f.csv"), "f.csv", "emotion,pixels",
        r"f.csv: row 1 is not as in FER2013",
    ),
    "FEC": (
        trees.fec, lambda root: fec(root, "test"), "faceexp-comparison-data-test-public.csv", "a,b", r"row 1 is no",
    ),
    "Aff-Wild2": (
        trees.aff_wild2, lambda root: aff_wild2(root, "classes"),
        "annotations/EXPR_Classification_Challenge/Train_Set/1-2.txt", "Neutral\nsad", r"1-2.txt: its lines",
    ),
}  # fmt: skip


@pytest.mark.parametrize("which", GARBLED)
def test_what_is_garbled_is_named(tmp_path: Path, which: str) -> None:
    make, load, path, lines, message = GARBLED[which]
    make(tmp_path)
    trees.write(tmp_path / path, lines)
    with pytest.raises(SetError, match=message):
        load(tmp_path)


def test_a_picture_that_is_gone_is_named_when_it_is_read(tmp_path: Path) -> None:
    found = affectnet(trees.affectnet(tmp_path))
    (tmp_path / "train_set/images/3.png").unlink()
    with pytest.raises(SetError, match=r"3.png is not there"):
        found.pictures[0].read()


def test_portraits_do_not_frown_unless_somebody_saw_a_frown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        cv2.imwrite(str(tmp_path / f"{number}.png"), np.full((8, 8, 3), 10 * number, np.uint8))
    seen = {name: judgements.digest((tmp_path / name).read_bytes()) for name in ("1.png", "2.png")}
    rows = [f"{name},{digest},0,0,0,{int(name == '2.png')},old,male,dark,with" for name, digest in seen.items()]
    listed = tmp_path / "judged.csv"
    listed.write_text("file,sha256,smile,teeth,brows_up,frown,age,gender,skin,glasses\n" + "\n".join(rows))
    monkeypatch.setattr(judgements, "SHIPPED", listed)
    found = portraits(tmp_path)
    assert found.parts == ["others", "judged", "judged", "others"]
    assert np.isnan(found.intensity[2]).all()
    assert not found.intensity[[0, 1, 3]].any()
    assert "AU12" not in found.units, "people smile in portraits"
    with pytest.raises(SetError, match="holds no pictures"):
        portraits(tmp_path / "none")
