"""Samples drawn for real, in several processes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mien_models import open_session
from mien_models.alignment import crop
from mien_models.datasets.dataset import Dataset
from mien_models.datasets.write import write
from mien_models.head import Head
from mien_models.head.motion.split import split_of
from mien_models.head.pictures.draw import PER_SHARD, DatasetConfig, Draw
from mien_models.head.pictures.studio import Studio
from mien_models.head.render.cpu import CpuRenderer

pytest.importorskip("numba", reason="drawing on the CPU needs numba")

CONFIG = DatasetConfig(images=PER_SHARD + 3, size=96, split="val", occluded=0.0)


def test_a_sample_depends_on_its_number_alone() -> None:
    """Drawn first or last, after another person or not, it is the same."""
    forth, back = Draw(CONFIG), Draw(CONFIG)
    numbers = (0, 3, PER_SHARD + 1)
    first = {i: forth(i) for i in numbers}
    second = {i: back(i) for i in reversed(numbers)}
    for i in numbers:
        np.testing.assert_array_equal(first[i][0], second[i][0])
        assert first[i][1].keys() == second[i][1].keys()
        for name, value in first[i][1].items():
            np.testing.assert_array_equal(value, second[i][1][name], name)


def test_a_sample_is_what_a_tracker_sees_and_what_is_true() -> None:
    draw = Draw(CONFIG)
    for index in (0, 25, 47):
        image, row = draw(index)
        assert split_of(int(row["person"])) == "val"
        np.testing.assert_array_equal(row["crop"], crop(image, row["landmarks"]))
        eyes = np.linalg.norm(row["landmarks_true"][33, :2] - row["landmarks_true"][263, :2])
        error = np.linalg.norm((row["landmarks"] - row["landmarks_true"])[:468, :2], axis=1).mean()
        assert error < 0.12 * eyes
        assert row["presence"] > 0.5


def test_torch_draws_the_same_samples() -> None:
    """Pictures within a level, truth equal; who is drawn with whom does not matter."""
    pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")
    config = DatasetConfig(images=100, size=128, split="val", occluded=0.6, degraded=0.0)
    head = Head.load()
    studio, session = Studio(head, CpuRenderer(head, small=True)), open_session("facemesh_v2", device="cpu")
    numbers = (3, 4, 5, 41, 63)
    one_by_one = Draw(config, studio, session)
    together = Draw(config, studio, session, device="cpu")
    drawn = list(together.each(numbers))
    assert len({int(row["occluder"]) for _, row in drawn}) > 1
    for index, (image, row) in zip(numbers, drawn, strict=True):
        expected, other = one_by_one(index)
        apart = np.abs(image.astype(int) - expected).max(2)
        assert (apart <= 1).mean() > 0.999
        assert row.keys() == other.keys()
        for name in ("visible", "landmarks", "presence"):
            np.testing.assert_allclose(row[name], other[name], atol={"visible": 0.01}.get(name, 0.05), err_msg=name)
        assert (row["landmarks_visible"] == other["landmarks_visible"]).mean() > 0.99
        assert (np.abs(row["crop"].astype(int) - other["crop"]) <= 2).mean() > 0.99
        for name in row.keys() - {"visible", "landmarks_visible", "landmarks", "presence", "crop"}:
            np.testing.assert_array_equal(row[name], other[name], name)


@pytest.mark.slow
def test_a_worker_writes_what_this_process_would(tmp_path: Path) -> None:
    config = DatasetConfig(images=3, size=96, split="test")
    write(tmp_path / "spread", config, workers=2)
    write(tmp_path / "alone", config, draw=Draw(config))
    spread, alone = Dataset(tmp_path / "spread"), Dataset(tmp_path / "alone")
    for name in alone.names:
        np.testing.assert_array_equal(spread[name], alone[name], name)
