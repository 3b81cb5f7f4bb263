"""Agreement against published worked examples, and intervals against their meaning."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mien_models.evaluate import metrics
from mien_models.evaluate.agreement import kappa, of_intensity, of_presence

RNG = np.random.default_rng(5)
# Shrout & Fleiss, Psychological Bulletin 86, 1979, Table 2: six targets by four judges.
SHROUT_FLEISS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], float)
# Bland & Altman, Lancet i, 1986, Table 1: first readings of peak flow with two meters [l/min].
LARGE = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427]
MINI = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451]


def test_icc_of_shrout_and_fleiss() -> None:
    """Their Table 4: ICC(2,1) = .29 and ICC(3,1) = .71."""
    judges = list(SHROUT_FLEISS.T)
    assert metrics.icc21(*judges) == pytest.approx(0.29, abs=0.005)
    assert metrics.icc31(*judges) == pytest.approx(0.71, abs=0.005)


def test_limits_of_agreement_of_bland_and_altman() -> None:
    """Large meter less mini meter: mean -2.1, limits -79.7 and 75.5 with two standard deviations of 38.8."""
    found = of_intensity(MINI, LARGE, ["a"] * 17)
    assert found.bias.value == pytest.approx(-2.1, abs=0.05)
    sd = (found.upper.value - found.lower.value) / (2 * 1.96)
    assert sd == pytest.approx(38.8, abs=0.05)
    assert math.isnan(found.bias.low)  # one subject


def test_kappa_of_fleiss() -> None:
    """Fleiss, Statistical methods for rates and proportions, 1981, Table 13.1: 100 diagnoses, kappa .68."""
    assert kappa(np.array([[[75.0, 1, 4], [5, 4, 1], [0, 0, 10]]]))[0] == pytest.approx(0.676, abs=0.0005)


def test_quadratic_kappa_by_hand() -> None:
    """Of levels 0, 1, 2 the pairs 00, 01, 11, 21: squares seen 1 + 1 = 2.

    Rows 2, 1, 1 by columns 1, 3, 0: by chance (2·3·1 + 1·1·1 + 1·1·4 + 1·3·1) / 4 = 14 / 4.
    """
    table = np.array([[[1.0, 1, 0], [0, 1, 0], [0, 1, 0]]])
    assert kappa(table, quadratic=True)[0] == pytest.approx(1 - 2 / 3.5)


def test_sums_over_subjects_give_what_rows_give() -> None:
    truth = RNG.integers(0, 6, 300).astype(float)
    estimate = np.clip(truth * 0.7 + 0.5 + RNG.normal(0, 0.8, 300), 0, 5)
    estimate[::17] = np.nan
    found = of_intensity(truth, estimate, [str(i % 9) for i in range(300)])
    assert found.icc31.value == pytest.approx(metrics.icc31(truth, estimate))
    assert found.icc21.value == pytest.approx(metrics.icc21(truth, estimate))
    assert (found.subjects, found.ratings) == (9, int(np.isfinite(estimate).sum()))
    there = of_presence(truth >= 2, np.where(np.isnan(estimate), np.nan, estimate >= 2), ["a"] * 300)
    assert there.f1.value == pytest.approx(metrics.f1(truth >= 2, estimate, 2))


def test_an_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    """Bias of subjects who differ: of 60 experiments the 95 % interval covers the true bias in at least 48.

    An interval over images would cover it in fewer than half, since the images of one subject share an offset.
    """
    covered = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        offsets = np.repeat(rng.normal(0.3, 0.5, 20), 40)
        truth = rng.uniform(1, 4, 800)
        estimate = truth + offsets + rng.normal(0, 0.1, 800)
        found = of_intensity(truth, estimate, [str(i // 40) for i in range(800)], draws=200)
        covered += found.bias.low <= 0.3 <= found.bias.high
        assert found.bias.high - found.bias.low > 0.2  # ± 1.96 · 0.5 / √20 = 0.44 wide; over images it would be 0.07
    assert covered >= 48


def test_too_few_subjects_have_no_interval() -> None:
    truth = RNG.integers(0, 6, 40).astype(float)
    found = of_intensity(truth, truth, [str(i % 4) for i in range(40)])
    assert (found.icc31.value, found.bias.value) == (pytest.approx(1), 0)
    assert math.isnan(found.icc31.low)


def test_nobody_rated_is_no_number() -> None:
    nothing = of_presence([math.nan], [1], ["a"])
    assert math.isnan(nothing.kappa.value)
    assert nothing.ratings == 0
