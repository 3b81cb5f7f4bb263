"""Targets of emotion, valence and arousal against the reading at run time."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien.core import prototypes
from mien_models.spaces.emotions import EMOTIONS
from mien_models.spaces.facs import AUS
from mien_models.train import affect


def units(**levels: float) -> np.ndarray:
    row = np.zeros(len(AUS))
    for name, level in levels.items():
        for label in (name, f"{name}L", f"{name}R"):
            if label in AUS:
                row[AUS.index(label)] = level
    return row


def test_units_mean_what_they_mean_at_run_time() -> None:
    rng = np.random.default_rng(0)
    levels = rng.uniform(0, 5, (200, len(AUS))) * (rng.random((200, len(AUS))) < 0.3)
    emotion, va = affect.targets(levels)
    for row, likely, point in zip(levels, emotion, va, strict=True):
        read = prototypes.read(row, np.ones(len(AUS)))
        np.testing.assert_allclose(likely, read.emotion, atol=1e-9)
        np.testing.assert_allclose(point, (read.valence, read.arousal), atol=1e-9)


def test_a_drawn_prototype_is_what_it_was_drawn_as() -> None:
    fearful = units(AU1=4, AU4=4, AU25=3)  # without the widened eyes, nearer to sadness by its units
    (as_drawn,), _ = affect.targets(fearful[None], ["fear"])
    assert EMOTIONS[int(as_drawn.argmax())] == "fear"
    (faint,), _ = affect.targets(0.05 * fearful[None], ["fear"])
    assert EMOTIONS[int(faint.argmax())] == "neutral"


@pytest.mark.parametrize("name", ["neutral", "units", "aa"])
def test_other_names_leave_it_to_the_units(name: str) -> None:
    smile = units(AU6=3, AU12=4)[None]
    np.testing.assert_array_equal(affect.targets(smile, [name])[0], affect.targets(smile)[0])


def test_unlabelled_units_make_unlabelled_targets() -> None:
    emotion, va = affect.targets(np.full((1, len(AUS)), np.nan))
    assert np.isnan(emotion).all()
    assert np.isnan(va).all()
