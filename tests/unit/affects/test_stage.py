"""The affects stage: who gets which Affect, and what it says when it does not know."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mien.affects.config import AffectsConfig
from mien.affects.stage import Stage, with_prior
from mien.core.types import (
    Affect,
    Baseline,
    BaselineMethod,
    Expression,
    Expressions,
    Face,
    Method,
    PersonBaseline,
    Reading,
)
from mien_models import FakeSession
from mien_models.spaces import facs
from mien_models.spaces.emotions import EMOTIONS, NEUTRAL_PRIOR, VALENCE_AROUSAL

from .schematic import at, canonical, expression, face

S = 1_000_000_000
SMILE = {"mouth_corner": 0.08, "mouth_corner_out": 0.08}


def one(stage: Stage, f: Face, e: Expression, stamp_ns: int = S) -> Affect:
    (affect,) = stage.step(*at(stamp_ns, f, e)).affects
    return affect


def prototypes() -> Stage:
    return Stage(AffectsConfig(emotion="prototypes"))


def test_a_smile_from_end_to_end() -> None:
    affect = one(prototypes(), face(SMILE, track_id=7), expression({"mouthSmile": 0.9}, track_id=7))
    assert affect.track_id == 7
    assert affect.au_intensity[facs.INDEX["AU12L"]] > 3
    assert affect.au_probability[facs.INDEX["AU12L"]] > 0.9
    assert affect.au_method is Method.DERIVED
    assert EMOTIONS[int(affect.emotion.argmax())] == "happiness"
    assert affect.valence > 0.2
    assert affect.emotion_method is affect.va_method is Method.DERIVED


def test_the_header_is_carried_and_every_face_keeps_its_own() -> None:
    faces, expressions = at(5 * S, face(), expression())
    second = face(SMILE, track_id=2)
    faces = replace(faces, faces=(*faces.faces, second))
    # The messages of a face are told by its id, not by its place.
    expressions = replace(
        expressions, expressions=(expression({"mouthSmile": 0.9}, track_id=2), *expressions.expressions)
    )
    affects = prototypes().step(faces, expressions)
    assert affects.header is faces.header
    assert [a.track_id for a in affects.affects] == [1, 2]
    smile = facs.INDEX["AU12L"]
    assert affects.affects[0].au_intensity[smile] < 0.5 < 3 < affects.affects[1].au_intensity[smile]


def test_nobody_there() -> None:
    faces, expressions = at(S, face(), expression())
    assert prototypes().step(replace(faces, faces=()), replace(expressions, expressions=())).affects == ()


def is_unknown(affect: Affect) -> bool:
    values = [*affect.au_intensity, *affect.au_probability, *affect.emotion, affect.valence, affect.arousal]
    sure = [*affect.au_confidence, affect.emotion_confidence, affect.va_confidence]
    methods = {affect.au_method, affect.emotion_method, affect.va_method}
    return bool(np.isnan(values).all()) and not any(sure) and methods == {Method.NONE}


def test_what_is_not_seen_is_nan_with_confidence_zero_and_no_method() -> None:
    blind = replace(face(), landmarks=np.full((478, 3), np.nan, np.float32))
    nothing = Expression(1, np.full(52, np.nan, np.float32), np.zeros(52, np.float32))
    assert is_unknown(one(prototypes(), blind, nothing))
    assert is_unknown(one(prototypes(), replace(face(), pose=None), nothing))
    assert is_unknown(one(prototypes(), replace(face(), pose=np.full((4, 4), np.nan)), nothing))
    faces, _ = at(S, blind, nothing)
    (affect,) = prototypes().step(faces, Expressions(faces.header)).affects  # no expression at all
    assert is_unknown(affect)


def test_units_less_sure_than_asked_for_read_nan() -> None:
    stage = prototypes()
    everything = one(stage, face(), expression())
    assert np.isfinite(everything.au_intensity).all()
    stage.reconfigure(AffectsConfig(min_confidence=0.5))
    affect = one(stage, face(), expression(), 2 * S)
    unsure = everything.au_confidence < 0.5
    assert 0 < unsure.sum() < len(unsure)
    np.testing.assert_array_equal(np.isnan(affect.au_intensity), unsure)
    np.testing.assert_array_equal(np.isnan(affect.au_probability), unsure)
    assert not affect.au_confidence[unsure].any()
    assert np.isfinite(affect.emotion).all()  # which weighs them anyway


def test_units_are_told_from_the_resting_face_of_the_expression_and_say_so() -> None:
    stage, brow = prototypes(), facs.INDEX["AU1L"]
    about = Baseline(BaselineMethod.CAPTURED, 0.9, 7 * S)
    high = face({"brow_inner": 0.06})
    rest = PersonBaseline(about=about, blendshapes=np.zeros(52, np.float32), landmarks=canonical(high))
    friend = one(stage, high, replace(expression(), baseline=about, rest=rest))
    stranger = one(stage, high, expression())
    assert friend.au_intensity[brow] < 0.1 < 0.4 < stranger.au_intensity[brow]
    assert friend.au_confidence[brow] > stranger.au_confidence[brow]
    assert friend.baseline == about
    assert stranger.baseline.method is BaselineMethod.NONE


def test_the_same_frames_give_the_same_numbers() -> None:
    def run() -> list[float]:
        stage = prototypes()
        return [
            one(stage, face({"brow_inner": 0.001 * i}), expression(), i * S // 30).au_intensity.sum() for i in range(40)
        ]

    assert run() == run()


# FER2013's order: anger, disgust, fear, happiness, sadness, surprise, neutral.
FER = {"emotions": np.array([[0.1, 0.0, 0.0, 0.7, 0.0, 0.1, 0.1]], np.float32)}


def test_the_network_reads_the_crop_in_grey_and_knows_no_contempt() -> None:
    session = FakeSession([FER], "mini_xception")
    stage = Stage(AffectsConfig(emotion="mini_xception"), session)
    affect = one(stage, replace(face(), crop=np.full((112, 112, 3), 200, np.uint8)), expression())
    image = session.calls[0]["image"]
    assert image.shape == (1, 64, 64, 1)
    assert image.dtype == np.uint8
    assert set(image.reshape(-1).tolist()) == {200}
    emotion = dict(zip(EMOTIONS, affect.emotion.tolist(), strict=True))
    assert emotion["happiness"] == pytest.approx(0.7)
    assert emotion["neutral"] == pytest.approx(0.1)
    assert emotion["contempt"] == 0
    assert affect.emotion_method is Method.LEARNED
    expected = 0.7 * VALENCE_AROUSAL["happiness"][0] + 0.1 * (
        VALENCE_AROUSAL["anger"][0] + VALENCE_AROUSAL["surprise"][0]
    )
    assert affect.valence == pytest.approx(expected, abs=1e-6)
    assert stage.infos[0].network == "mini_xception"


def test_without_a_crop_the_network_says_what_is_missing_and_how_to_mend_it() -> None:
    stage = Stage(AffectsConfig(emotion="mini_xception"), FakeSession([FER]))
    affect = one(stage, face(SMILE), expression({"mouthSmile": 0.9}))
    assert np.isnan(affect.emotion).all()
    assert affect.emotion_method is Method.NONE
    assert affect.au_intensity[facs.INDEX["AU12L"]] > 3  # which need no pixels
    assert "faces.crop" in stage.problem
    one(stage, replace(face(), crop=np.zeros((112, 112, 3), np.uint8)), expression(), 2 * S)
    assert stage.problem == ""


def test_prototypes_need_no_network() -> None:
    assert prototypes().infos == ()


def learned(level: float, sd: float, track_id: int = 1) -> Expression:
    n = len(facs.AUS)
    reading = Reading(
        au_intensity=np.full(n, level, np.float32),
        au_sd=np.full(n, sd, np.float32),
        au_probability=np.full(n, 0.9, np.float32),
        emotion=np.eye(len(EMOTIONS), dtype=np.float32)[EMOTIONS.index("surprise")],
        valence=0.3,
        arousal=0.6,
    )
    return replace(expression(track_id=track_id), reading=reading)


def test_what_the_expression_network_reads_goes_before_what_is_derived() -> None:
    affect = one(Stage(AffectsConfig()), face(SMILE), learned(2.5, 0.2))
    assert affect.au_intensity == pytest.approx(2.5)
    assert affect.au_probability == pytest.approx(0.9)
    assert affect.au_method is affect.emotion_method is affect.va_method is Method.LEARNED
    assert EMOTIONS[int(affect.emotion.argmax())] == "surprise"
    assert (affect.valence, affect.arousal) == (0.3, 0.6)


def test_an_uncertain_reading_is_trusted_less() -> None:
    stage = Stage(AffectsConfig())
    sure, unsure = (one(stage, face(), learned(1.0, sd)).au_confidence.max() for sd in (0.2, 2.0))
    assert sure > 0.7 > 0.3 > unsure


def test_prototypes_can_be_asked_for_beside_learned_units() -> None:
    affect = one(prototypes(), face(), learned(0.0, 0.2))
    assert affect.au_method is Method.LEARNED
    assert affect.emotion_method is Method.DERIVED
    assert EMOTIONS[int(affect.emotion.argmax())] == "neutral"


def test_what_lies_beyond_the_image_is_not_trusted_and_the_rest_is() -> None:
    low = face()
    low.landmarks[[61, 185, 40, 39, 37, 267, 269, 270, 409, 291, 375, 321, 405, 314, 84, 181, 91, 146], 1] += 400
    sure = one(Stage(AffectsConfig()), low, learned(2.5, 0.2)).au_confidence
    assert sure[facs.LOWER].max() < 0.5
    assert sure[facs.INDEX["AU4L"]] > 0.8


def test_an_emotion_is_as_sure_as_its_probabilities_are_uneven() -> None:
    def confidence(emotion: list[float]) -> float:
        e = learned(0, 0.2)
        assert e.reading is not None
        reading = replace(e.reading, emotion=np.array(emotion, np.float32))
        return one(Stage(AffectsConfig(neutral_prior=0.5)), face(), replace(e, reading=reading)).emotion_confidence

    assert confidence([0, 0, 0, 0, 0, 1, 0, 0]) == pytest.approx(1)
    assert confidence([0.4, 0.1, 0, 0.4, 0, 0.1, 0, 0]) < 0.5
    assert confidence([0.125] * 8) == pytest.approx(0, abs=1e-6)


def test_a_smaller_prior_of_neutral_moves_probability_as_bayes_rule_says() -> None:
    told = np.full(len(EMOTIONS), 0.4 / 7, np.float32)
    told[EMOTIONS.index("neutral")] = 0.6
    np.testing.assert_allclose(with_prior(told, NEUTRAL_PRIOR), told, rtol=1e-6)  # what the network assumes
    # Odds of 3 : 2 at a prior of 1 : 1 are 3 : 8 at 1 : 4.
    fewer = with_prior(told, 0.2)
    assert fewer[EMOTIONS.index("neutral")] == pytest.approx(3 / 11)
    assert fewer.sum() == pytest.approx(1)
    assert np.isnan(with_prior(np.full(len(EMOTIONS), np.nan), 0.2)).all()


@pytest.mark.parametrize(
    ("others", "first"),
    [
        ({}, "happiness"),
        ({"AU4": 3}, "happiness"),  # knit brows alone may be of the sun, or of age
        ({"AU43": 4}, "happiness"),
        ({"AU4": 2, "AU43": 4}, "sadness"),
        ({"AU4": 2, "AU1": 3}, "sadness"),
    ],
)
@pytest.mark.parametrize("emotion", ["encoder", "prototypes"])
def test_drawn_up_corners_of_a_crying_mouth_are_no_smile(emotion: str, others: dict[str, float], first: str) -> None:
    e = learned(0, 0.2)
    assert e.reading is not None
    levels = {"AU12": 4, "AU6": 3} | others
    intensity = np.array([levels.get(label.rstrip("LR"), 0) for label in facs.AUS], np.float32)
    told = np.full(len(EMOTIONS), 0.2 / 7, np.float32)
    told[EMOTIONS.index("happiness")] = 0.8
    reading = replace(e.reading, au_intensity=intensity, emotion=told, valence=0.5, arousal=0.3)
    found = one(Stage(AffectsConfig(emotion=emotion)), face(), replace(e, reading=reading))
    assert EMOTIONS[int(found.emotion.argmax())] == first
    assert found.emotion.sum() == pytest.approx(1, abs=1e-5)
    assert (found.valence > 0) == (first == "happiness")


def test_a_corner_drawn_up_under_knit_brows_and_shut_eyes_is_no_contempt() -> None:
    e = learned(0, 0.2)
    assert e.reading is not None
    levels = {"AU14L": 4, "AU4L": 2, "AU4R": 2, "AU43L": 4, "AU43R": 4}
    intensity = np.array([levels.get(label, 0) for label in facs.AUS], np.float32)
    told = np.full(len(EMOTIONS), 0.2 / 7, np.float32)
    told[EMOTIONS.index("contempt")] = 0.8
    for emotion in ("encoder", "prototypes"):
        reading = replace(e.reading, au_intensity=intensity, emotion=told, valence=-0.2, arousal=0.3)
        found = one(Stage(AffectsConfig(emotion=emotion)), face(), replace(e, reading=reading))
        assert EMOTIONS[int(found.emotion.argmax())] == "sadness"
        assert found.arousal < 0.1


def test_the_prior_is_live() -> None:
    told = np.full(len(EMOTIONS), 0.4 / 7, np.float32)
    told[EMOTIONS.index("neutral")] = 0.6
    someone = learned(1, 0.2)
    assert someone.reading is not None
    faces, expressions = at(S, face(), replace(someone, reading=replace(someone.reading, emotion=told)))
    stage = Stage(AffectsConfig(neutral_prior=0.5))
    before = stage.step(faces, expressions).affects[0].emotion
    stage.reconfigure(AffectsConfig(neutral_prior=0.1))
    after = stage.step(faces, expressions).affects[0].emotion
    assert after[EMOTIONS.index("neutral")] < before[EMOTIONS.index("neutral")] == pytest.approx(0.6)


def test_norface_corrects_what_was_read_and_leaves_the_rest() -> None:
    class Twice:
        infos = ()

        def __call__(self, readings: dict[str, np.ndarray]) -> dict[str, np.ndarray]:  # type: ignore[type-arg]
            assert readings["shapes"].shape == (1, 52)
            emotion = np.eye(len(EMOTIONS), dtype=np.float32)[[EMOTIONS.index("surprise")]]
            return {"units": 2 * readings["units"], "presence": readings["presence"] / 2, "emotion": emotion}

    levels = np.full(len(facs.AUS), 2.0, np.float32)
    reading = Reading(levels, levels / 4, levels / 4, np.full(8, 1 / 8, np.float32), 0.25, -0.25)
    read, unread = replace(expression(track_id=1), reading=reading), expression(track_id=2)
    faces, expressions = at(S, face(track_id=1), read)
    faces = replace(faces, faces=(*faces.faces, face(track_id=2)))
    expressions = replace(expressions, expressions=(read, unread))
    stage = Stage(AffectsConfig(model="norface"), norface=Twice())  # type: ignore[arg-type]
    first, second = stage.step(faces, expressions).affects
    np.testing.assert_allclose(first.au_intensity, 4)
    np.testing.assert_allclose(first.au_probability, 0.25)
    assert EMOTIONS[int(first.emotion.argmax())] == "surprise"
    assert first.valence == pytest.approx(0.25)
    assert second.au_method is Method.DERIVED
    plain = Stage(AffectsConfig()).step(faces, expressions).affects[1]
    np.testing.assert_array_equal(second.au_intensity, plain.au_intensity)
