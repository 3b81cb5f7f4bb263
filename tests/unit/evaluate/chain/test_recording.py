"""What the report makes of truth and estimate: parts of r, how sure it is of them, biases, pictures."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.core.types import F64
from mien.evaluate.chain.charts import draw_correlations, draw_timeline
from mien.evaluate.chain.recording import Recording, biases, correlations, typical
from mien_models.spaces import arkit

JAW, TONGUE = arkit.INDEX["jawOpen"], arkit.INDEX["tongueOut"]
T = np.arange(40) / 10
WAVE = (1 + np.sin(T)) / 2


def person(jaw: F64, read: F64, *, seed: int = 1, speaking: F64 | None = None) -> Recording:
    """Nothing but the jaw moves; the tongue is not read; the head turns as its yaw is read to, times 0.8."""
    weights = np.zeros((2, len(T), len(arkit.BLENDSHAPES)))
    weights[0, :, JAW], weights[1, :, JAW] = jaw, read
    weights[1, :, TONGUE] = np.nan
    head = np.stack([10 * WAVE, 0 * T, -5 * WAVE], axis=1)
    return Recording(
        seed, T, weights[0], weights[1], head, head * (0.8, 1, 1) + 3, np.full(len(T), 0.5), np.full(len(T), 0.6),
        np.zeros(len(T)) if speaking is None else speaking,
    )  # fmt: skip


def test_a_person_who_reads_half_is_as_well_read_as_one_who_reads_whole() -> None:
    people = [person(WAVE, WAVE), person(WAVE, WAVE / 4 + 0.5)]
    parts = correlations(people)
    assert parts["pearson_person_median"]["jawOpen"] == 1
    low, high = parts["pearson_interval"]["jawOpen"]
    pooled = np.corrcoef(np.tile(WAVE, 2), np.append(WAVE, WAVE / 4 + 0.5))[0, 1]
    assert low == pytest.approx(pooled, abs=1e-4)  # half of the draws hold both
    assert high == 1  # a quarter holds the same one twice


def test_a_person_who_hardly_moves_does_not_count_as_one() -> None:
    parts = correlations([person(WAVE, WAVE), person(0.05 * WAVE, np.cos(9 * T)), person(0.05 * WAVE, -WAVE)])
    assert parts["pearson_person_median"]["jawOpen"] == 1


def test_people_who_are_all_alike_leave_no_doubt() -> None:
    read = WAVE + 0.2 * np.cos(7 * T)
    low, high = correlations([person(WAVE, read)] * 3)["pearson_interval"]["jawOpen"]
    assert low == high == pytest.approx(np.corrcoef(WAVE, read)[0, 1], abs=1e-4)


def test_speech_and_silence_are_told_apart() -> None:
    speaking = (T > 2).astype(float)
    parts = correlations([person(WAVE, np.where(speaking > 0, -WAVE, WAVE), speaking=speaking)])
    assert parts["pearson_speech"]["jawOpen"] == -1
    assert parts["pearson_silence"]["jawOpen"] == 1


def test_what_never_moves_or_is_not_read_has_no_number() -> None:
    parts = correlations([person(WAVE, WAVE)])
    for name in ("cheekPuff", "tongueOut"):
        assert parts["pearson_speech"][name] is None
        assert parts["pearson_person_median"][name] is None
        assert parts["pearson_interval"][name] == [None, None]
    assert set(parts["pearson_silence"]) == set(arkit.BLENDSHAPES)


def test_biases_are_those_that_were_put_in() -> None:
    assert biases([person(WAVE, WAVE)] * 2) == {
        "distance_ratio_median": 1.2,
        "turn_slope": {"yaw": 0.8, "pitch": None, "roll": 1.0},
    }


def test_the_typical_person_is_the_median() -> None:
    noise = np.cos(9 * T)
    people = [person(WAVE, WAVE + k * noise, seed=seed) for seed, k in enumerate((2.0, 0.1, 0.5))]
    assert typical(people, "jawOpen").seed == 2


def test_pictures_show_what_has_no_number_too(tmp_path: Path) -> None:
    recording = person(WAVE, WAVE, speaking=np.ones(len(T)))
    pearson = dict.fromkeys(arkit.BLENDSHAPES) | {"jawOpen": 0.9, "browInnerUp": -0.4}
    numbers = {"pearson": pearson, "people": 1, "frames": len(T), **correlations([recording])}
    draw_correlations(numbers, tmp_path / "r.png")
    draw_timeline(recording, tmp_path / "t.png")
    for name in ("r.png", "t.png"):
        assert cv2.imread(str(tmp_path / name)).std() > 10
