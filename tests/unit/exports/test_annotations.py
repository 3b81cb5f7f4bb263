"""Events of action units, as ELAN's and BIDS' readers see them, and as BORIS lays them out."""

from __future__ import annotations

import json
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pympi
import pytest

from mien.exports.export import Exported

from .recordings import run, with_units

# A smile of the left side at 25 Hz: from A (1) at 0.2 s over its apex at 0.48 s back to A at 0.8 s, by straight lines.
# The right side stays below B, which makes no event.
APEX, PEAK = 12, 3.8
LEFT = np.interp(np.arange(40), [0, 5, APEX, 20, 39], [0, 1, PEAK, 1, 0])
ONSET_S, APEX_S, OFFSET_S = 0.2, 0.48, 0.8


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Exported]:
    out = tmp_path_factory.mktemp("events")
    moments = [with_units(i, AU12L=float(v), AU12R=float(v) / 2) for i, v in enumerate(LEFT)]
    return out, run(moments, "boris,eaf,bids", out)


def test_elan_reads_onset_apex_and_offset(made: tuple[Path, Exported]) -> None:
    eaf = pympi.Eaf(str(made[0] / "faces.eaf"))
    assert set(eaf.get_tier_names()) == {"AU12L face 1", "AU12L phases face 1"}
    assert eaf.get_annotation_data_for_tier("AU12L face 1") == [(200, 800, "3.8")]
    phases = eaf.get_annotation_data_for_tier("AU12L phases face 1")
    assert sorted(phases) == [(200, 480, "onset"), (480, 800, "offset")]
    assert eaf.get_parameters_for_tier("AU12L phases face 1")["PARENT_REF"] == "AU12L face 1"
    assert eaf.get_parameters_for_linguistic_type("phase")["CONSTRAINTS"] == "Included_In"


def test_elan_writes_it_again(made: tuple[Path, Exported], tmp_path: Path) -> None:
    """pympi refuses what breaks its model of the format."""
    eaf = pympi.Eaf(str(made[0] / "faces.eaf"))
    eaf.to_file(str(tmp_path / "again.eaf"))
    again = pympi.Eaf(str(tmp_path / "again.eaf"))
    assert again.get_annotation_data_for_tier("AU12L face 1") == [(200, 800, "3.8")]


def test_elan_of_touching_events_has_no_overlap(tmp_path: Path) -> None:
    values = [0.0, 3.0, 0.999, 3.0, 0.0] * 3
    run([with_units(i, AU4L=v) for i, v in enumerate(np.repeat(values, 4))], "eaf", tmp_path)
    eaf = pympi.Eaf(str(tmp_path / "faces.eaf"))
    spans = sorted(eaf.get_annotation_data_for_tier("AU4L face 1"))
    assert len(spans) > 3
    assert all(b[0] > a[1] for a, b in pairwise(spans))
    assert all(a < b for a, b, _ in spans)


def test_boris_pairs_its_state_events(made: tuple[Path, Exported]) -> None:
    project = json.loads((made[0] / "faces.boris").read_text())
    assert project["project_format_version"] == "7.0"
    kinds = {b["code"]: b["type"] for b in project["behaviors_conf"].values()}
    assert kinds == {"AU12L": "State event", "AU12L apex": "Point event"}
    assert [s["name"] for s in project["subjects_conf"].values()] == ["face 1"]
    (observation,) = project["observations"].values()
    assert (observation["type"], observation["file"]) == ("LIVE", {})  # a bag is no medium
    rows = observation["events"]
    assert rows == sorted(rows, key=lambda row: row[0])
    assert [(t, who, what) for t, who, what, *_ in rows] == [
        (ONSET_S, "face 1", "AU12L"), (APEX_S, "face 1", "AU12L apex"), (OFFSET_S, "face 1", "AU12L"),
    ]  # fmt: skip
    for _, same in groupby(sorted(rows, key=lambda r: (r[1], r[2])), key=lambda r: (r[1], r[2])):
        block = list(same)
        assert kinds[block[0][2]] == "Point event" or len(block) % 2 == 0
    assert "3.80" in rows[1][4]


def test_boris_names_the_video(tmp_path: Path) -> None:
    media = tmp_path / "film.mp4"
    run([with_units(i, AU12L=float(v)) for i, v in enumerate(LEFT)], "boris,eaf", tmp_path, media=media)
    (observation,) = json.loads((tmp_path / "faces.boris").read_text())["observations"].values()
    assert observation["type"] == "MEDIA"
    assert observation["file"]["1"] == [str(media)]
    assert observation["media_info"]["fps"] == {str(media): 25}
    assert all(len(row) == 6 for row in observation["events"])
    assert pympi.Eaf(str(tmp_path / "faces.eaf")).media_descriptors[0]["MEDIA_URL"] == media.as_uri()


def test_an_event_that_was_cut_says_so(tmp_path: Path) -> None:
    run([with_units(i, AU4R=3.0) for i in range(20)], "boris", tmp_path)
    (observation,) = json.loads((tmp_path / "faces.boris").read_text())["observations"].values()
    assert observation["events"][0][4] == "onset and offset not seen"


def test_bids_keeps_every_frame(made: tuple[Path, Exported]) -> None:
    root = made[0] / "bids"
    about = json.loads((root / "dataset_description.json").read_text())
    assert about["DatasetType"] == "derivative"
    assert "no datatype" in about["GeneratedBy"][0]["Description"]
    stem = root / "sub-made/beh/sub-made_task-face"
    sidecar = json.loads(Path(f"{stem}_recording-face1_physio.json").read_text())
    table = pd.read_csv(f"{stem}_recording-face1_physio.tsv.gz", sep="\t", header=None, na_values="n/a")
    assert table.shape == (40, len(sidecar["Columns"]))  # no header row
    table.columns = sidecar["Columns"]
    assert sidecar["Columns"][0] == "timestamp"
    assert (sidecar["SamplingFrequency"], sidecar["StartTime"]) == (25, 0)
    np.testing.assert_allclose(table["timestamp"], np.arange(40) / 25, atol=1e-6)
    np.testing.assert_array_equal(table["AU12L_intensity_0to5"].astype(np.float32), LEFT.astype(np.float32))
    assert set(sidecar["Columns"]) <= set(sidecar)  # every column is described


def test_bids_events(made: tuple[Path, Exported]) -> None:
    events = pd.read_csv(made[0] / "bids/sub-made/beh/sub-made_task-face_events.tsv", sep="\t", na_values="n/a")
    assert list(events.columns[:3]) == ["onset", "duration", "trial_type"]
    row = events.iloc[0]
    assert (row.onset, row.duration, row.apex) == pytest.approx((ONSET_S, OFFSET_S - ONSET_S, APEX_S))
    assert (row.trial_type, row.face) == ("AU12L", "face1")


def test_bids_of_events_that_begin_together(tmp_path: Path) -> None:
    run([with_units(i, AU4L=float(v), AU4R=float(v)) for i, v in enumerate(LEFT)], "bids", tmp_path)
    events = pd.read_csv(tmp_path / "bids/sub-made/beh/sub-made_task-face_events.tsv", sep="\t")
    assert events.trial_type.tolist() == ["AU4L", "AU4R"]


def test_bids_of_two_faces_has_na_where_one_is_gone(tmp_path: Path) -> None:
    from .recordings import BOTH, EMPTY, scene

    run(scene(), "bids", tmp_path)
    for face, missing in ((1, set(EMPTY)), (2, set(range(BOTH)))):
        path = tmp_path / f"bids/sub-made/beh/sub-made_task-face_recording-face{face}_physio.tsv.gz"
        table = pd.read_csv(path, sep="\t", header=None, na_values="n/a")
        assert len(table) == 20
        assert set(np.flatnonzero(table[7].isna())) == missing
