"""Which sounds are told of phonemes in many ways of writing, and of chances frame by frame."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from mien_models.errors import ModelError
from mien_models.speech import features, phonemes, teach_phonemes
from mien_models.speech.alphabet import ARPABET, INDEX, SILENCE, SOUNDS, distance, sounds_of
from mien_models.speech.espeak import Espeak, Utterance
from mien_models.speech.layers import Layers, softmax
from mien_models.speech.phonemes import Phonemes, inputs, path


@pytest.mark.parametrize(
    ("written", "sounds"),
    [("ˈɑːɹ", "ɑ ɹ"), ("d͡ʒ", "dʒ"), ("əl", "ə l"), ("ɜː", "ɚ"), ("aɪə", "aɪ ə"), ("ʌ", "ə"), ("ʒ", "ʃ"), ("_:", "")],
)
def test_what_synthesisers_write_is_one_of_few_sounds(written: str, sounds: str) -> None:
    assert " ".join(sounds_of(written)) == sounds


def test_every_sound_has_one_name() -> None:
    assert len(set(SOUNDS)) == len(SOUNDS) == 38
    assert set(ARPABET.values()) == set(SOUNDS)
    assert all(sounds_of(s) == (s,) for s in SOUNDS if s)


def chances(text: str, sure: float = 0.9) -> np.ndarray:
    """One frame for each name; `_` = silence."""
    out = np.full((len(text.split()), len(SOUNDS)), (1 - sure) / (len(SOUNDS) - 1), np.float32)
    for row, name in zip(out, text.split(), strict=True):
        row[INDEX[SILENCE if name == "_" else name]] = sure
    return out


def test_a_flicker_is_no_sound_and_what_lasts_is() -> None:
    given = chances("_ _ b b b t b b i i i i", 0.6)
    assert [SOUNDS[i] for i in path(given, 3.0).tolist()] == [*["", ""], *["b"] * 6, *["i"] * 4]
    assert "t" in [SOUNDS[i] for i in path(given, 0.0).tolist()]
    assert len(path(given[:0])) == 0


def test_a_change_of_colour_and_level_changes_nothing() -> None:
    rng = np.random.default_rng(0)
    told = rng.normal(0, 0.1, (90, features.MELS)).astype(np.float32)
    told[30:60] += 1.6
    other = told + rng.normal(0, 0.1, features.MELS).astype(np.float32) - 0.4
    np.testing.assert_allclose(inputs(told), inputs(other), atol=1e-3)
    assert np.abs(inputs(told) - inputs(told[::-1])).max() > 0.1
    assert inputs(told[:0]).shape == (0, phonemes.INPUTS)


def test_sounds_are_told_with_their_times() -> None:
    names = "_ _ _ b b b b i i i i i _ _ _"

    class Told:
        def __call__(self, given: object) -> dict[str, np.ndarray]:
            return {"sounds": chances(names)}

    samples = np.zeros(features.HOP * 14 + features.WINDOW, np.float32)
    told = Phonemes(Told())(samples)
    assert [p.name for p in told] == ["b", "i"]
    assert told[0].start_s == pytest.approx(0.06, abs=0.011)
    assert told[1].end_s == pytest.approx(0.24, abs=0.011)
    assert Phonemes(Told())(samples[:100]) == []


def test_frames_get_the_sounds_that_are_said_then() -> None:
    said = Utterance(np.zeros(16000, np.float32), 16000, [(0.0, 0.2, ""), (0.2, 0.4, "ɑːɹ"), (0.4, 1.0, "")])
    which, names = teach_phonemes.frame_sounds(said, 40)
    assert names == ("ɑ", "ɹ")
    assert [SOUNDS[i] for i in which[[2, 11, 16, 30]].tolist()] == ["", "ɑ", "ɹ", ""]
    quick = teach_phonemes.faster(said, 2.0)
    assert len(quick.samples) == 8000
    assert quick.spans[1][:2] == (0.1, 0.2)


def test_lessons_vary_as_vocal_tracts_do() -> None:
    rng = np.random.default_rng(0)
    low, high = (teach_phonemes._warp(f) for f in (1.0, 1.12))
    band = np.zeros(features.MELS, np.float32)
    band[14] = 1
    np.testing.assert_allclose(low @ band, band)
    assert (high @ band) @ np.arange(features.MELS) / (high @ band).sum() == pytest.approx(14 / 1.12, abs=0.4)
    x = rng.normal(0, 1, (64, phonemes.INPUTS)).astype(np.float32)
    assert 0.3 < np.corrcoef(x.ravel(), teach_phonemes.varied(rng, x, [low]).ravel())[0, 1] < 0.999


@pytest.mark.parametrize("share", [0.0, 0.2])
def test_layers_learn(share: float) -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(0, 1, (400, 6)).astype(np.float32)
    which = (x[:, 0] * x[:, 1] > 0).astype(np.intp)
    net = Layers(rng, (6, 48, 2))
    for _ in range(300):
        kept, out = net.forward_without(rng, share, x) if share else net.forward(x)
        net.learn(kept, (softmax(out) - np.eye(2, dtype=np.float32)[which]) / len(x), 1e-2, share)
    assert (net.forward(x)[1].argmax(axis=1) == which).mean() > 0.95


def test_a_voice_that_was_in_no_lesson_is_understood() -> None:
    try:
        espeak = Espeak()
    except ModelError as error:
        pytest.skip(str(error))
    from mien_models import open_session

    network, errors, count = Phonemes(open_session("voice_phonemes", "cpu", threads=1)), 0, 0
    for voice, text in (
        ("en-us+m6", "The grey heron waited by the pond until the fishermen had gone away."),
        ("en-us+m8", "My father always bought a huge jar of apricot jam."),
    ):
        said = espeak.say(text, voice)
        samples = np.interp(np.arange(0, len(said.samples) / said.rate, 1 / features.RATE) * said.rate,
                            np.arange(len(said.samples)), said.samples)  # fmt: skip
        names = teach_phonemes.frame_sounds(said, 1)[1]
        told = tuple(p.name for p in network(samples.astype(np.float32)))
        errors, count = errors + distance(names, told), count + len(names)
    assert errors / count < FLOOR


WEIGHTS = Path(__file__).resolve().parents[3] / "models/weights/voice_phonemes.json"
FLOOR = 0.6


def test_the_run_of_the_weights_is_told() -> None:
    run = json.loads(WEIGHTS.read_text("utf-8"))
    assert run["validation"]["phoneme_error_rate"] < FLOOR
    assert run["data"]["synthesisers"] == ["eSpeak NG", "Flite"]
