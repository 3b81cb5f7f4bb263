"""Tables, as pandas and pyarrow read them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from mien.core.schemas import Names
from mien.exports.tables.columns import Table
from mien_models.spaces import arkit, facs

from ..bags.sessions import START_NS, stamp  # noqa: TID252
from .recordings import EMPTY, private, run, scene, weights, with_units

ROWS = 18 + 5 + 2  # frames with one face, of a second one, without any


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tables")
    done = run(scene(), "csv,parquet", out)
    assert [p.name for p in done.files] == ["faces.csv", "faces.json", "faces.parquet"]
    assert (done.tally.frames, done.tally.without_face, done.tally.track_ids) == (20, 2, {1, 2})
    return out


@pytest.fixture(params=["csv", "parquet"])
def table(folder: Path, request: pytest.FixtureRequest) -> pd.DataFrame:
    path = folder / f"faces.{request.param}"
    return pd.read_csv(path) if request.param == "csv" else pd.read_parquet(path)


def test_one_row_is_one_face_of_one_frame(table: pd.DataFrame) -> None:
    assert len(table) == ROWS
    assert table.stamp_ns.tolist()[0] == START_NS
    assert table[table.frame == 19].stamp_ns.tolist() == [stamp(19)] * 2
    assert table.time_s.iloc[-1] == pytest.approx(19 / 25)
    assert not table.duplicated(["frame", "track_id"]).any()


def test_frames_without_a_face_stay_and_are_missing(table: pd.DataFrame) -> None:
    empty = table[table.track_id.isna()]
    assert empty.frame.tolist() == list(EMPTY)
    assert empty.drop(columns=["frame", "stamp_ns", "time_s"]).isna().all(axis=None)


def test_numbers_come_back_to_the_bit(table: pd.DataFrame) -> None:
    one = table[(table.track_id == 1) & (table.frame == 9)].iloc[0]
    assert np.float32(one["blendshape_jawOpen_0to1"]) == weights(9)[arkit.INDEX["jawOpen"]]
    assert np.float32(one["rig_mouthSmileLeft_0to1"]) == np.float32(0.3)
    assert (one["AU12L_intensity_0to5"], one["AU12R_intensity_0to5"]) == (2.5, 1.5)
    assert np.isnan(one["AU23_intensity_0to5"])  # not observed
    assert (one["head_x_m"], one["head_y_m"], one["head_z_m"]) == (0, 0, 0.5)
    assert one["head_yaw_deg"] == pytest.approx(0, abs=1e-5)
    assert one["rig_head_yaw_deg"] == pytest.approx(np.degrees(0.2), rel=1e-6)  # turned to its left
    assert one["rig_gaze_right_pitch_deg"] == pytest.approx(np.degrees(0.4), rel=1e-6)
    assert (one["valence_m1to1"], one["au_method"], one["rig_state"]) == (0.5, "derived", "tracked")


def test_both_files_hold_the_same(folder: Path) -> None:
    a, b = pd.read_csv(folder / "faces.csv"), pd.read_parquet(folder / "faces.parquet")
    assert list(a.columns) == list(b.columns)
    numbers = a.select_dtypes("number").columns
    np.testing.assert_array_equal(a[numbers].astype(np.float32), b[numbers].astype(np.float32))


def test_every_column_tells_its_unit(folder: Path) -> None:
    import pyarrow.parquet as pq

    about = json.loads((folder / "faces.json").read_text())
    schema = pq.read_schema(folder / "faces.parquet")
    assert list(about["columns"]) == schema.names
    assert about["columns"]["head_x_m"]["Units"] == "m"
    assert schema.field("box_x_px").metadata[b"unit"] == b"px"
    assert (about["frames"], about["frames_without_face"], about["track_ids"]) == (20, 2, [1, 2])
    suffixes = {"_m", "_px", "_deg", "_0to1", "_0to5", "_m1to1"}
    without = [c.name for c in Table(Names()).numbers if not any(c.name.endswith(s) for s in suffixes)]
    assert without == [f"gaze_{side}_{axis}" for side in ("left", "right") for axis in "xyz"]  # unit vectors


def test_parquet_says_null_where_csv_says_nothing(folder: Path) -> None:
    import pyarrow.parquet as pq

    column = pq.read_table(folder / "faces.parquet").column("AU23_intensity_0to5")
    assert column.null_count == ROWS


def test_a_private_recording_lacks_what_identifies(tmp_path: Path) -> None:
    done = run(private(scene()), "csv", tmp_path, no_faces=True)
    table = pd.read_csv(tmp_path / "faces.csv")
    assert table.filter(regex="^(box|head|gaze|face)").isna().all(axis=None)
    assert table["blendshape_jawOpen_0to1"].notna().sum() == ROWS - 2
    assert any("graph.privacy" in note for note in done.notes)


def test_an_unobserved_unit_is_missing_and_not_0(tmp_path: Path) -> None:
    run([with_units(0, AU12L=float("nan"), AU12R=0.0)], "csv", tmp_path)
    row = pd.read_csv(tmp_path / "faces.csv").iloc[0]
    assert np.isnan(row["AU12L_intensity_0to5"])
    assert row["AU12R_intensity_0to5"] == 0
    assert facs.INDEX["AU12L"] + 1 == facs.INDEX["AU12R"]
