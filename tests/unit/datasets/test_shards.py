"""Labelled sets as shards: what training reads of made-up copies, whose faces are found by arrangement."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models import load_face_geometry
from mien_models.datasets import aff_wild2, affectnet, bp4d, disfa, fec, raf_db
from mien_models.datasets.shards import shards
from mien_models.errors import SetError
from mien_models.spaces.emotions import EMOTIONS
from mien_models.spaces.facs import AUS
from mien_models.train.data import Faces, compared_triplets, load

from . import trees

NOBODY = 20  # red of pictures in which nobody is found


def find(picture: Any) -> tuple[Any, Any]:
    """A face as grey as the picture is red."""
    red = int(np.median(picture.read()[..., 0]))
    landmarks = np.full((478, 3), np.nan, np.float32)
    if abs(red - NOBODY) > 2:
        landmarks[:] = 0
        landmarks[:468] = load_face_geometry().vertices * (6, -6, -6)
    return np.full((112, 112, 3), red, np.uint8), landmarks


def read(found: Any, out: Path, part: str) -> Faces:
    shards(found, find, out)
    return load([out / part])[0]


def column(faces: Faces, name: str) -> Any:
    return faces.units[:, AUS.index(name)]


def test_intensities_are_those_of_both_sides_and_the_rest_is_not_known(tmp_path: Path) -> None:
    faces = read(disfa(trees.disfa(tmp_path), frames=tmp_path / "frames"), tmp_path / "out", "1")
    assert faces.crops[:, 0, 0].tolist() == [10, 30], "nobody is in the second picture"
    assert column(faces, "AU12L").tolist() == column(faces, "AU12R").tolist() == [0, 2]
    assert column(faces, "AU17").tolist() == [0, 0]
    assert np.isnan(column(faces, "AU24")).all()
    assert np.isnan(faces.shapes).all()
    assert np.isnan(faces.emotion).all()
    assert not faces.sided.any()
    assert len(np.unique(faces.person)) == 1


def test_folds_are_folders_and_nobody_is_in_two(tmp_path: Path) -> None:
    found = disfa(trees.disfa(tmp_path), frames=tmp_path / "frames")
    counts = shards(found, find, tmp_path / "out")
    assert counts == {"1": {"pictures": 3, "found": 2}, "3": {"pictures": 3, "found": 2}}
    one, three = (load([tmp_path / "out" / part])[0] for part in ("1", "3"))
    assert not set(one.person) & set(three.person)


def test_units_without_intensity_are_there_or_not_or_not_coded(tmp_path: Path) -> None:
    faces = read(bp4d(trees.bp4d(tmp_path)), tmp_path / "out", "1")
    assert np.isnan(faces.units).all()
    assert faces.presence[:, AUS.index("AU12R")].tolist() == [0, 1]
    assert faces.presence[0, AUS.index("AU1L")] == 0
    assert np.isnan(faces.presence[1, AUS.index("AU1L")]), "9 is not coded"


def test_classes_are_emotions_and_affect_is_affect(tmp_path: Path) -> None:
    faces = read(affectnet(trees.affectnet(tmp_path)), tmp_path / "out", "val")
    assert EMOTIONS[int(faces.emotion[0].argmax())] == "anger"
    assert np.isnan(faces.affect).all()
    train = load([tmp_path / "out" / "train"])[0]
    np.testing.assert_allclose(train.affect, [[0.8, 0.4]], atol=1e-6)
    assert not set(faces.person) & set(train.person), "nobody is told to be somebody else"


def test_what_is_none_of_ours_is_no_emotion(tmp_path: Path) -> None:
    faces = read(aff_wild2(trees.aff_wild2(tmp_path), "classes"), tmp_path / "out", "train")
    assert EMOTIONS[int(faces.emotion[0].argmax())] == "happiness"
    assert np.isnan(faces.emotion[1]).all(), "other"


def test_neutral_faces_are_known(tmp_path: Path) -> None:
    faces = read(raf_db(trees.raf_db(tmp_path)), tmp_path / "out", "train")
    assert (faces.kind == 0).tolist() == [False, True]


def test_triplets_are_found_again_unless_a_face_is_missing(tmp_path: Path) -> None:
    found = fec(trees.fec(tmp_path), "test")
    faces = read(found, tmp_path / "out", "all")
    a, p, n = compared_triplets(faces)
    names = [faces.crops[rows, 0, 0].tolist() for rows in (a, p, n)]
    truth = [[int(np.median(found.pictures[i].read()[..., 0])) for i in found.triplets[:, k]] for k in range(3)]
    np.testing.assert_allclose(names, truth, atol=2)
    assert len(compared_triplets(faces[np.arange(1, len(faces))])[0]) == len(a) - 1
    assert set(np.round(faces.margin, 3)) <= {np.float32(0.1), np.float32(0.2)}


def test_it_goes_on_where_it_stopped(tmp_path: Path) -> None:
    found = disfa(trees.disfa(tmp_path), frames=tmp_path / "frames")
    calls: list[int] = []

    def stopping(picture: Any) -> Any:
        calls.append(1)
        if len(calls) == 5:
            raise KeyboardInterrupt
        return find(picture)

    with pytest.raises(KeyboardInterrupt):
        shards(found, stopping, tmp_path / "out")
    shards(found, stopping, tmp_path / "out")
    assert len(calls) == 5 + 3, "fold 1 was there"


def test_a_folder_keeps_its_set(tmp_path: Path) -> None:
    shards(raf_db(trees.raf_db(tmp_path / "a")), find, tmp_path / "out")
    with pytest.raises(SetError, match=r"out holds other pictures than these of AffectNet-8"):
        shards(affectnet(trees.affectnet(tmp_path / "b")), find, tmp_path / "out")
