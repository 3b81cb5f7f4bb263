"""Synchrony of series whose lag is known, and complexity of known patterns."""

from __future__ import annotations

import numpy as np
import pytest

from mien.core.errors import StatisticsError
from mien.statistics.complexity import complexity
from mien.statistics.synchrony import Windows, holm, synchrony

RATE = 10.0


def smooth(seed: int, count: int = 600) -> np.ndarray:
    """Noise that changes within about a second, like an expression."""
    raw = np.random.default_rng(seed).standard_normal(count + 20)
    return np.convolve(raw, np.hanning(21) / np.hanning(21).sum(), "valid")[:count]


@pytest.mark.parametrize("lag", [-12, 0, 7])
def test_a_known_lag_is_found_and_significant(lag):
    both = smooth(1, 640)
    first, second = both[20:620], both[20 - lag : 620 - lag] + 0.05 * smooth(2)
    found = synchrony(first, second, Windows(surrogates=200))
    assert found.lag_s == pytest.approx(lag / RATE)
    assert found.p == pytest.approx(1 / 201)
    assert found.r_mean > 0.9


def test_the_correlation_of_a_window_is_pearson_s():
    first, second = smooth(3), smooth(4)
    found = synchrony(first, second, Windows(surrogates=0, window_s=4.0, step_s=1.0, max_lag_s=1.0))
    lag, window = 6, 9  # columns and rows; lag 6 is 6 - 10 samples
    a, b = first[90:130], second[86:126]
    assert found.lags_s[lag] == pytest.approx(-0.4)
    assert found.r[window, lag] == pytest.approx(np.corrcoef(a, b)[0, 1], abs=1e-9)
    assert found.centres_s[window] == pytest.approx(9 + 1.95)


def test_independent_series_are_rarely_significant():
    """Of 60 independent pairs, about 3 have p < .05; more than 9 would be one in a thousand."""
    p = [synchrony(smooth(10 + i, 300), smooth(500 + i, 300), Windows(surrogates=60)).p for i in range(60)]
    assert sum(value < 0.05 for value in p) <= 9
    assert 0.3 < np.median(p) < 0.7


def test_gaps_are_left_out_and_leave_the_lag():
    both = smooth(5, 640)
    first, second = both[20:620].copy(), both[15:615].copy()
    first[200:330] = np.nan
    second[400:405] = np.nan
    found = synchrony(first, second, Windows(surrogates=100))
    assert found.lag_s == pytest.approx(0.5)
    assert np.isnan(found.r[np.abs(found.centres_s - 26.5) < 2]).all()


def test_a_still_face_has_no_synchrony():
    found = synchrony(np.zeros(600), smooth(6), Windows(surrogates=50))
    assert np.isnan([found.lag_s, found.z, found.p]).all()
    assert found.windows == 0


def test_what_is_too_short_has_no_p_value():
    found = synchrony(smooth(7, 60), smooth(7, 60), Windows(surrogates=50))
    assert found.r_mean > 0.99
    assert np.isnan(found.p)


def test_holm_s_correction():
    """Holm's procedure by hand: 0.01·4, 0.02·3, 0.03·2 (not below the one before), 0.9·1."""
    assert holm([0.02, 0.9, 0.01, 0.03]) == pytest.approx([0.06, 0.9, 0.04, 0.06])
    assert np.isnan(holm([float("nan"), 0.5])[0])


@pytest.mark.parametrize("bad", [{"rate_hz": 0}, {"window_s": 0.2}, {"surrogates": -1}])
def test_windows_that_cannot_be_are_refused(bad):
    with pytest.raises(StatisticsError):
        Windows(**bad)


def test_complexity_of_known_patterns():
    # Four combinations of two units, equally often: 2 bits, and Miller's correction 3 / (2 · 400 · ln 2).
    table = np.tile([[0, 0], [0, 4], [4, 0], [4, 4]], (100, 1)).astype(float)
    found = complexity(table)
    assert (found.patterns, found.active_units, found.frames) == (4, 1.0, 400)
    assert found.entropy_bits == pytest.approx(2 + 3 / (800 * np.log(2)))
    assert found.dimensions == pytest.approx(2.0)
    together = complexity(np.repeat(np.linspace(0, 5, 50)[:, None], 3, axis=1))
    assert together.dimensions == pytest.approx(1.0)
    assert np.isnan(complexity(np.full((10, 2), np.nan)).entropy_bits)
