"""Synchrony of series whose lag is known, and complexity of known patterns."""

from __future__ import annotations

import numpy as np
import pytest

from mien.core.errors import StatisticsError
from mien.statistics.complexity import complexity
from mien.statistics.synchrony import Synchrony, Windows, _alike, family_wise, synchrony

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


def found_by(z: float, drawn: list[float]) -> Synchrony:
    nothing = np.zeros(0)
    p = (1 + sum(d >= z for d in drawn)) / (1 + len(drawn)) if drawn else float("nan")
    return Synchrony(nothing, nothing, np.zeros((0, 0)), nothing, 0.0, z, p, np.array(drawn))


def test_the_correction_for_several_units():
    """By hand, of (value - mean) / spread over what was drawn and found.

    A: 10 among 1, 2, 3, 4 is 1.90, and no surrogate of either is as high: 1 / 5. B: 2.5 is 0, and the surrogates of B
    alone, which are -1.5, -.5, .5, 1.5, are as high twice: 3 / 5. C was not tested, and counts for nothing.
    """
    a, b, c = found_by(10, [1, 2, 3, 4]), found_by(2.5, [1, 2, 3, 4]), found_by(9, [])
    assert family_wise([b, c, a]) == pytest.approx([0.6, float("nan"), 0.2], nan_ok=True)
    assert family_wise([c]) == pytest.approx([float("nan")], nan_ok=True)


def test_more_units_do_not_raise_the_smallest_p_that_surrogates_can_give():
    windows = Windows(surrogates=99)
    pairs = [(smooth(i, 640)[20:620], smooth(i, 640)[15:615]) for i in range(6)]
    found = [synchrony(a, b, windows) for a, b in pairs]
    assert [s.p_least for s in found] == [0.01] * 6
    assert family_wise(found) == pytest.approx([0.01] * 6)


def test_a_surrogate_has_the_values_and_the_spectrum_and_the_gaps_of_its_series():
    x = smooth(21, 500)
    x[100:140] = np.nan
    made = list(_alike(x, 3, 0))
    known = np.isfinite(x)
    whole = np.interp(np.arange(500), np.flatnonzero(known), x[known])
    for one in made:
        assert (np.isfinite(one) == known).all()
        filled = np.interp(np.arange(500), np.flatnonzero(known), one[known])
        slow = slice(1, 40)
        size, told = np.abs(np.fft.rfft(whole))[slow], np.abs(np.fft.rfft(filled))[slow]
        assert np.corrcoef(size, told)[0, 1] > 0.9
        assert abs(np.corrcoef(whole, filled)[0, 1]) < 0.5
    assert not np.allclose(made[0][known], made[1][known])
    (full,) = _alike(whole, 1, 0)
    assert np.sort(full) == pytest.approx(np.sort(whole))


def test_independent_series_are_rarely_significant():
    """Of 75 independent pairs about 4 have a p < .05, and of 25 families of three 1: more are one in a hundred."""
    windows = Windows(surrogates=40)
    found = [
        [synchrony(smooth(i * 9 + k, 300), smooth(900 + i * 9 + k, 300), windows) for k in range(3)] for i in range(25)
    ]
    alone = [s.p for three in found for s in three]
    assert sum(p < 0.05 for p in alone) <= 9
    assert 0.3 < np.median(alone) < 0.7
    least = [min(family_wise(three)) for three in found]
    assert sum(p < 0.05 for p in least) <= 4
    assert np.mean([p < 0.5 for p in least]) > 0.25


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
