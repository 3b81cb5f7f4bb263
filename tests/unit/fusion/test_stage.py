"""What the stage says of faces, a voice and words: causal, with anything missing, as the network of a whole track."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from mien.core.sound import Voice, Words
from mien.core.types import Affect, Affects, Expression, Expressions, Header, Method
from mien.fusion.config import FusionConfig
from mien.fusion.stage import Stage, face, prosody
from mien_models import open_session
from mien_models.fusion import streams, words
from mien_models.spaces import arkit, facs

START_NS = 1_700_000_000_000_000_000
UNITS = len(facs.AUS)


def seen(i: int, track_id: int = 1, hidden: bool = False) -> tuple[Expression, Affect]:
    """The i-th image of a face that smiles and speaks, its mouth hidden or not."""
    shapes, units = np.full(52, 0.1, np.float32), np.full(UNITS, 0.5, np.float32)
    shapes[arkit.INDEX["mouthSmileLeft"]] = 0.5 + 0.4 * math.sin(i / 5)
    units[facs.INDEX["AU12L"]] = 5 * shapes[arkit.INDEX["mouthSmileLeft"]]
    sure, unit_sure = np.ones(52, np.float32), np.ones(UNITS, np.float32)
    if hidden:
        shapes[arkit.LOWER], sure[arkit.LOWER] = np.nan, 0
        units[facs.LOWER], unit_sure[facs.LOWER] = np.nan, 0
    one = Affect(
        track_id, units, units / 5, unit_sure, Method.LEARNED, np.full(8, 1 / 8, np.float32), 0.5, Method.LEARNED,
        0.1, 0.2, 0.5, Method.LEARNED,
    )  # fmt: skip
    return Expression(track_id, shapes, sure), one


def image(i: int, *faces: tuple[Expression, Affect]) -> tuple[Expressions, Affects]:
    header = Header(START_NS + round(i * 1e9 / 30), "camera")
    return Expressions(header, tuple(e for e, _ in faces)), Affects(header, tuple(a for _, a in faces))


def voice(i: int, activity: float = 0.9) -> Voice:
    shapes = np.full(52, np.nan, np.float32)
    shapes[arkit.INDEX["jawOpen"]] = 0.3 + 0.2 * math.sin(i / 3)
    header, pitch_hz = Header(START_NS + i * 20_000_000), 180.0 + 20 * math.sin(i / 9)
    return Voice(header, activity, shapes, np.zeros(52, np.float32), pitch_hz, -20.0)


def told(said: str, at_s: float) -> Words:
    return Words(Header(START_NS + round(at_s * 1e9)), (said,), np.zeros(1, np.float32), np.ones(1, np.float32))


def played(
    seconds: float, *, speaks: bool = True, hidden: bool = False, faces: int = 1, stage: Stage | None = None,
    loud: float = 0.9,
) -> list[Affects]:  # fmt: skip
    """All outputs; each voice is there a tenth of a second after its time, each word half a second."""
    stage = stage or Stage(FusionConfig())
    out, heard, said = [], 0, 0
    for i in range(round(seconds * 30)):
        now_s = i / 30
        while speaks and heard * 0.02 <= now_s - 0.1 + 1e-9:
            stage.hear(voice(heard, loud))
            heard += 1
        while speaks and said * 0.7 <= now_s - 0.5 + 1e-9:
            stage.read(told("wonderful", said * 0.7))
            said += 1
        out.append(stage.step(*image(i, *(seen(i, n + 1, hidden) for n in range(faces)))))
    return out


def vector(affects: Affects) -> np.ndarray:
    one = affects.affects[0]
    return np.concatenate([one.emotion, [one.valence, one.arousal], one.au_intensity, one.au_probability])


def test_the_stage_says_what_the_network_says_of_the_whole_track() -> None:
    got = played(4.0)
    at_s = np.arange(120) / 30
    whole = streams.Track(
        at_s,
        np.array([face(*seen(i)) for i in range(120)]),
        np.arange(200) * 0.02,
        np.array([prosody(voice(i)) for i in range(200)]),
        np.arange(6) * 0.7,
        np.array([words.vector("wonderful")] * 6),
    )
    # What was not told yet when an image came: words of the last half second.
    for i in range(0, 120, 17):
        heard = whole.word_s <= at_s[i] - 0.5 + 1e-9
        so_far = replace(whole, word_s=whole.word_s[heard], spoken=whole.spoken[heard])
        out = open_session("fusion", "cpu", threads=1)(streams.windows(so_far, [at_s[i]]).inputs())
        one = got[i].affects[0]
        np.testing.assert_allclose(one.emotion, out["emotion"][0], atol=2e-5)
        np.testing.assert_allclose([one.valence, one.arousal], out["affect"][0], atol=2e-5)
        assert one.emotion_method is one.va_method is Method.FUSED


def test_the_future_changes_nothing_that_was_said() -> None:
    np.testing.assert_array_equal(
        [vector(a) for a in played(2.0)], [vector(a) for a in played(3.0, stage=Stage(FusionConfig()))[:60]]
    )
    quiet, loud = (played(2.0, loud=x) for x in (0.0, 0.9))
    assert np.abs(vector(quiet[-1]) - vector(loud[-1])).max() > 1e-3, "the voice is heard at all"


def test_units_are_passed_on_unless_the_network_is_asked_for_them() -> None:
    open_mouth, unasked = played(2.0)[-1].affects[0], played(2.0, hidden=True)[-1].affects[0]
    np.testing.assert_array_equal(open_mouth.au_intensity, seen(59)[1].au_intensity)
    assert open_mouth.au_method is Method.LEARNED
    assert np.isnan(unasked.au_intensity[facs.LOWER]).all()
    asked = FusionConfig(units="hidden")
    mute = played(2.0, speaks=False, hidden=True, stage=Stage(asked))[-1].affects[0]
    assert np.isnan(mute.au_intensity[facs.LOWER]).all(), "without a voice a hidden mouth is not told"
    by_voice = played(2.0, hidden=True, stage=Stage(asked))[-1].affects[0]
    assert by_voice.au_method is Method.FUSED
    assert np.isfinite(by_voice.au_intensity).all()
    assert 0 < by_voice.au_confidence[facs.LOWER].max() < 0.3
    np.testing.assert_array_equal(by_voice.au_intensity[~facs.LOWER], seen(59)[1].au_intensity[~facs.LOWER])
    every = played(1.0, stage=Stage(FusionConfig(units="all")))[-1].affects[0]
    assert np.abs(every.au_intensity - seen(29)[1].au_intensity).max() > 1e-3


def test_each_stream_may_be_missing() -> None:
    stage = Stage(FusionConfig())
    assert played(0.5, speaks=False, stage=stage)[-1].affects[0].emotion_method is Method.FUSED
    assert stage.used == ("face",)
    stage = Stage(FusionConfig(words=False))
    played(1.0, stage=stage)
    assert stage.used == ("face", "prosody")
    blind = Stage(FusionConfig())
    for i in range(90):
        blind.hear(voice(i))
    _, affect = seen(0)
    nothing = np.full(52, np.nan, np.float32), np.zeros(52, np.float32)
    dark = replace(affect, au_intensity=np.full(UNITS, np.nan, np.float32), au_confidence=np.zeros(UNITS, np.float32))
    heard = blind.step(*image(57, (Expression(1, *nothing), dark))).affects[0]
    assert heard.emotion_method is Method.FUSED
    assert 0 < heard.emotion_confidence < 0.4
    deaf = Stage(FusionConfig()).step(*image(57, (Expression(1, *nothing), dark))).affects[0]
    assert deaf.emotion_method is Method.NONE
    assert np.isnan(deaf.emotion).all()
    assert math.isnan(deaf.valence)
    assert deaf.emotion_confidence == 0


def test_a_voice_is_nobodys_where_there_are_two_faces() -> None:
    stage = Stage(FusionConfig())
    together = played(2.0, faces=2, stage=stage)
    assert stage.used == ("face",)
    np.testing.assert_allclose(vector(together[-1]), vector(played(2.0, speaks=False)[-1]), atol=1e-6)
    assert [a.track_id for a in together[-1].affects] == [1, 2]


def test_memory_is_bounded_and_stamps_may_go_back() -> None:
    stage = Stage(FusionConfig())
    for i in range(600):
        stage.hear(voice(i))
        stage.read(told("on", i * 0.02))
    for i in range(0, 3000, 50):
        stage.step(*image(i, seen(i, track_id=i // 100)))
    assert len(stage._voices) <= 256
    assert len(stage._words) <= 64
    assert len(stage._faces) <= 3, "faces that left are forgotten"
    again = stage.step(*image(0, seen(0)))
    assert again.affects[0].emotion_method is Method.FUSED


def test_a_face_without_expression_has_no_output() -> None:
    expressions, affects = image(0, seen(0))
    assert Stage(FusionConfig()).step(replace(expressions, expressions=()), affects).affects == ()


@pytest.mark.parametrize("late_s", [0.0, 1.0])
def test_words_come_in_any_order_and_once(late_s: float) -> None:
    one, other = Stage(FusionConfig()), Stage(FusionConfig())
    said = [told("great", 0.2), told("thing", 0.9)]
    for stage, order in ((one, said), (other, [*reversed(said), said[0]])):
        stage.step(*image(0, seen(0)))
        for word in order:
            stage.read(word)
    at = round((1 + late_s) * 30)
    np.testing.assert_array_equal(vector(one.step(*image(at, seen(1)))), vector(other.step(*image(at, seen(1)))))
