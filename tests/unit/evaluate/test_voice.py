"""Numbers of `mien evaluate voice` on a film whose answer is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mien.core.errors import UsageError
from mien.core.sound import Voice
from mien.core.types import Expression, Expressions, Face, Faces, Header
from mien.evaluate import voice
from mien_models.spaces import arkit

JAW = arkit.INDEX["jawOpen"]


def jaw(seconds: float) -> float:
    return 0.3 + 0.2 * np.sin(7 * seconds) + 0.1 * np.sin(17 * seconds)


def film(lag_s: float, scale: float = 1.0) -> voice.Film:
    """Two seconds, of which sound tells the jaw that sight shows, so much later."""
    faces, expressions, voices = [], [], []
    nothing, mesh = np.zeros(4, np.float32), np.zeros((478, 3), np.float32)
    for i in range(60):
        header, shapes = Header(10**9 + i * 33_333_333), np.zeros(52, np.float32)
        shapes[JAW] = jaw(i / 30)
        faces.append(Faces(header, 640, 480, (Face(1, 1.0, 1.0, nothing, mesh),)))
        expressions.append(Expressions(header, (Expression(1, shapes, np.full(52, 0.8, np.float32)),)))
    for i in range(100):
        told = np.full(52, np.nan, np.float32)
        told[voice._TOLD] = 0
        told[JAW] = scale * jaw(i / 50 - lag_s)
        voices.append(Voice(Header(10**9 + i * 20_000_000), 1.0, told, np.full(52, 0.6, np.float32)))
    known = [v.header.stamp_ns for v in voices]
    return voice.Film("made", faces, expressions, voices, known, np.zeros(1600, np.float32), 800, 2.0, 0.1)


@pytest.mark.parametrize("lag_s", [-0.1, 0.0, 0.05])
def test_the_lag_of_sound_is_found(lag_s: float) -> None:
    r, lag_ms = voice._best(np.array([voice.correlations(film(lag_s), JAW)]))
    assert r > 0.97
    assert lag_ms == pytest.approx(lag_s * 1000, abs=10)


def test_the_gain_is_that_of_the_voice() -> None:
    right, none = (voice._gain([voice.masked(film(0.0, scale))]) for scale in (1.0, 0.0))
    assert right is not None
    assert right > 0.5
    assert none == pytest.approx(0, abs=0.05)


def test_a_folder_without_films_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=tmp_path.name):
        voice.paths(tmp_path)
