"""Columns as OpenFace and py-feat write them, and JSON lines as `mien annotate` does."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pandas as pd
import pytest

from mien.core.geometry import FACING_CAMERA, euler_xyz, from_euler_xyz

from ..bags.sessions import landmarks  # noqa: TID252
from .recordings import EMPTY, private, run, scene, with_units

# The columns of OpenFace that are written, by its wiki page "Output Format" and py-feat's `feat.utils`, as patterns.
_UNITS = "01 02 04 05 06 07 09 10 12 14 15 17 20 23 25 26".split()
OPENFACE = (
    "frame face_id timestamp confidence success gaze_0_x gaze_0_y gaze_0_z gaze_1_x gaze_1_y gaze_1_z "
    "gaze_angle_x gaze_angle_y pose_Tx pose_Ty pose_Tz pose_Rx pose_Ry pose_Rz".split()
    + [f"x_{i}" for i in range(68)]
    + [f"y_{i}" for i in range(68)]
    + [f"AU{u}_r" for u in (*_UNITS, "45")]
    + [f"AU{u}_c" for u in (*_UNITS, "28", "45")]
)
# Those of py-feat 0.6, by `feat.utils` and the AU map of its default model.
FEX = (
    ["FaceRectX", "FaceRectY", "FaceRectWidth", "FaceRectHeight", "FaceScore"]
    + [f"x_{i}" for i in range(68)]
    + [f"y_{i}" for i in range(68)]
    + "Pitch Roll Yaw X Y Z".split()
    + [f"AU{u}" for u in "01 02 04 05 06 07 09 10 11 12 14 15 17 20 23 24 25 26 28 43".split()]
    + "anger disgust fear happiness sadness surprise neutral Identity".split()
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("others")
    run(scene(), "openface,pyfeat,jsonl", out)
    return out


@pytest.fixture(scope="module")
def openface(folder: Path) -> pd.DataFrame:
    table = pd.read_csv(folder / "openface.csv")
    table.columns = table.columns.str.strip()
    return table


def test_openface_header_is_its_own(folder: Path) -> None:
    with (folder / "openface.csv").open() as file:
        assert file.readline() == ", ".join(OPENFACE) + "\n"


def test_openface_values(openface: pd.DataFrame) -> None:
    row = openface[openface.frame == 1].iloc[0]
    assert (row.face_id, row.timestamp, row.success, row.confidence) == (1, 0, 1, 0.97)
    assert (row.pose_Tx, row.pose_Ty, row.pose_Tz) == (0, 0, 500)  # mm
    assert (row.pose_Rx, row.pose_Ry, row.pose_Rz) == pytest.approx((0, 0, 0), abs=1e-6)  # faces the camera
    # The leftmost eye in the image is the person's right one.
    assert (row.gaze_0_x, row.gaze_1_x) == (-0.1, 0.1)
    assert (row.gaze_angle_x, row.gaze_angle_y) == pytest.approx((0, 0), abs=1e-6)
    points = landmarks(100, 60, 90, 120)
    assert row.x_8 == pytest.approx(points[152, 0], rel=1e-5)  # the chin, dlib's 8th and the mesh's 152nd
    assert row.y_8 == pytest.approx(points[152, 1], rel=1e-5)
    assert (row.AU12_r, row.AU12_c, row.AU01_r, row.AU01_c) == (2.5, 1, 0, 0)  # the stronger side
    assert np.isnan(row.AU23_r)
    assert np.isnan(row.AU23_c)


def test_openface_blink_is_the_closing_of_the_eyes(tmp_path: Path) -> None:
    run([with_units(0, AU43L=4.0, AU43R=3.5)], "openface", tmp_path)
    row = pd.read_csv(tmp_path / "openface.csv", skipinitialspace=True).iloc[0]
    assert (row.AU45_r, row.AU45_c) == (4, 1)


def test_openface_gaze_of_one_eye(tmp_path: Path) -> None:
    one = scene()[0]
    assert one.faces is not None
    own = one.faces.faces[0]
    left_alone = replace(own, gaze=np.array([own.gaze[0], [np.nan] * 3]))
    run([one.but(faces=replace(one.faces, faces=(left_alone,)))], "openface", tmp_path)
    row = pd.read_csv(tmp_path / "openface.csv", skipinitialspace=True).iloc[0]
    assert np.isnan(row.gaze_0_x)
    assert row.gaze_angle_x == pytest.approx(np.arctan2(0.1, 0.995), rel=1e-5)


def test_openface_says_failure_and_not_0(openface: pd.DataFrame) -> None:
    failed = openface[openface.success == 0]
    assert (failed.frame - 1).tolist() == list(EMPTY)
    assert (failed.confidence == 0).all()
    assert failed.drop(columns=["frame", "face_id", "timestamp", "confidence", "success"]).isna().all(axis=None)
    assert all(kind in ("int64", "float64") for kind in openface.dtypes.astype(str))


def test_openface_of_a_private_recording_has_units_alone(tmp_path: Path) -> None:
    run(private(scene()[:2]), "openface", tmp_path)
    row = pd.read_csv(tmp_path / "openface.csv", skipinitialspace=True).iloc[0]
    assert (row.success, row.AU12_r) == (1, 2.5)
    assert np.isnan([row.confidence, row.x_0, row.pose_Tx, row.gaze_0_x]).all()


def test_angles_of_openface_are_rx_ry_rz() -> None:
    """Against OpenCV's rotation vectors, each about one axis."""
    x, y, z = 0.3, -0.4, 0.2
    turns = [cv2.Rodrigues(np.array(axis) * a)[0] for axis, a in zip(np.eye(3), (x, y, z), strict=True)]
    rotation = turns[0] @ turns[1] @ turns[2]
    np.testing.assert_allclose(from_euler_xyz(x, y, z), rotation, atol=1e-12)
    assert euler_xyz(rotation) == pytest.approx((x, y, z))
    # A head that turns to its left shows its face at the right of the image: positive about y, which points down.
    left = np.array([[np.cos(0.3), -np.sin(0.3), 0], [np.sin(0.3), np.cos(0.3), 0], [0, 0, 1]])
    assert euler_xyz(FACING_CAMERA @ left @ FACING_CAMERA.T)[1] == pytest.approx(-0.3)


def test_fex_has_the_columns_of_pyfeat(folder: Path) -> None:
    table = pd.read_csv(folder / "fex.csv")
    assert [c for c in FEX if c not in table.columns] == []
    assert len(set(table.columns)) == len(table.columns)
    row = table[(table.frame == 9)].iloc[0]
    assert (row.FaceRectX, row.FaceRectWidth, row.Identity) == (100, 90, "Person_1")
    assert row.FaceScore == pytest.approx(0.9)
    assert row.happiness == pytest.approx(0.86, abs=1e-6)
    assert row.AU12 == 0.5  # a probability
    assert np.isnan(row.AU11)
    assert table[table.FaceRectX.isna()].frame.tolist() == list(EMPTY)
    assert (row.Z, row.gaze_angle) == pytest.approx((0.5, 0), abs=1e-4)


def test_json_lines_are_whole(folder: Path) -> None:
    lines = [json.loads(line) for line in (folder / "faces.jsonl").read_text().splitlines()]
    assert len(lines) == 25
    assert [line["frame"] for line in lines if line["track_id"] is None] == list(EMPTY)
    first = lines[0]
    assert (first["source"], first["frame"], first["track_id"], first["stamp_s"]) == ("made.mp4", 0, 1, 1.7e9)
    assert first["au"]["AU12L"] == 2.5
    assert first["au"]["AU23"] is None
    assert first["rig"]["weights"]["mouthSmileLeft"] == 0.3
