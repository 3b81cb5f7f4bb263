"""Windows of faces, voices and words: what is in them, what is not, and never what comes later."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mien_models.fusion import streams, words
from mien_models.spaces import arkit, facs
from mien_models.speech import visemes


def track(seed: int = 0, seconds: float = 4.0) -> streams.Track:
    """A face at 30 Hz, a voice at 50 Hz and a word every 0.4 s."""
    rng = np.random.default_rng(seed)
    face_s, voice_s, word_s = (np.arange(0, seconds, step) for step in (1 / 30, 0.02, 0.4))
    n = len(face_s)
    faces = streams.face(
        rng.uniform(0, 1, (n, 52)), rng.uniform(0, 5, (n, len(facs.AUS))), np.ones((n, 52)), np.ones((n, len(facs.AUS)))
    )
    spoken = np.array([words.vector(f"word{i}") for i in range(len(word_s))])
    voices = rng.uniform(0, 1, (len(voice_s), streams.PROSODY)).astype(np.float32)
    return streams.Track(face_s, faces, voice_s, voices, word_s, spoken)


def changed_after(given: streams.Track, at_s: float) -> streams.Track:
    """The same until a time, and another future."""
    other = track(99, float(given.face_s[-1]))

    def mix(times: np.ndarray, values: np.ndarray, new: np.ndarray) -> np.ndarray:
        return np.where((times > at_s)[:, None], np.resize(new, values.shape), values)

    return replace(
        given,
        faces=mix(given.face_s, given.faces, other.faces),
        voices=mix(given.voice_s, given.voices, other.voices),
        spoken=mix(given.word_s, given.spoken, -given.spoken),
    )


def test_the_mouth_of_a_voice_has_as_many_shapes_as_the_network_tells() -> None:
    assert len(visemes.SHAPES) == streams.MOUTH


def test_a_window_holds_differences_to_now_and_the_present_is_zero() -> None:
    given = track()
    cut = streams.windows(given, [3.0])
    assert cut.dynamic.shape == (1, streams.STEPS, streams.FACE)
    np.testing.assert_allclose(cut.dynamic[0, streams.NOW], 0)
    frame, past = 90, 75  # at 3.0 s, and half a second before
    np.testing.assert_allclose(cut.face[0], given.faces[frame])
    np.testing.assert_allclose(
        cut.dynamic[0, streams.NOW - 5], given.faces[past] - given.faces[frame], atol=1e-6
    )  # fmt: skip
    assert cut.present.all()


def test_a_voice_is_the_mean_of_a_step_and_ends_before_now() -> None:
    given = track()
    cut = streams.windows(given, [3.0])
    of_step = (given.voice_s > 2.8 + 1e-6) & (given.voice_s <= 2.9 + 1e-6)
    assert of_step.sum() == 5
    np.testing.assert_allclose(cut.prosody[0, -1], given.voices[of_step].mean(axis=0), rtol=1e-5)


def test_what_comes_later_changes_no_causal_window_but_the_centred_one() -> None:
    given, other = track(), changed_after(track(), 2.5)
    at = np.arange(0.5, 2.51, 0.1)
    for name, values in streams.windows(given, at).inputs().items():
        np.testing.assert_array_equal(values, streams.windows(other, at).inputs()[name], err_msg=name)
    centred = [streams.windows(t, [2.5], streams.NOW_CENTRED) for t in (given, other)]
    for name in ("dynamic", "prosody", "words"):
        assert np.abs(centred[0].inputs()[name] - centred[1].inputs()[name]).max() > 0.1


def test_what_is_not_there_is_marked_and_zero() -> None:
    given = track()
    gone = replace(given, voice_s=np.zeros(0), voices=given.voices[:0], word_s=np.zeros(0), spoken=given.spoken[:0])
    cut = streams.windows(gone, [1.0])
    assert streams.there(cut) == ("face",)
    assert not cut.prosody.any()
    assert not cut.words.any()
    early = streams.windows(given, [0.5])
    assert early.present[0, :, 0].tolist() == [0.0] * 14 + [1.0] * 6, "before the first face there is none"
    late = streams.windows(given, [given.face_s[-1] + 0.5])
    assert not late.present[..., 0].any(), "nothing is compared with a face that is not there now"
    assert not late.face.any()


def test_a_hidden_mouth_does_not_move() -> None:
    given = track()
    shapes, units = np.full((len(given.face_s), 52), 0.5), np.full((len(given.face_s), len(facs.AUS)), 2.5)
    sure, unit_sure = np.ones_like(shapes), np.ones_like(units)
    shown = streams.windows(replace(given, faces=streams.face(shapes, units, sure, unit_sure)), [2.5])
    shapes[60:, arkit.LOWER] = np.nan
    unit_sure[60:, facs.LOWER] = 0
    cut = streams.windows(replace(given, faces=streams.face(shapes, units, sure, unit_sure)), [2.5])
    assert not cut.dynamic.any()
    assert cut.face[0, -2:].tolist() == [1.0, 0.0]
    np.testing.assert_array_equal(streams.hide_mouth(shown, np.array([True])).face, cut.face)


def test_words_have_vectors_of_length_one_and_parts_count() -> None:
    happy, unhappy, table = (words.vector(w) for w in ("Happy!", "unhappy", "table"))
    assert np.linalg.norm(happy) == pytest.approx(1)
    np.testing.assert_array_equal(happy, words.vector("happy"))
    assert happy @ unhappy > happy @ table + 0.2
    assert not words.vector("?!").any()
    assert np.linalg.norm(words.vector("é" * 500)) == pytest.approx(1)
