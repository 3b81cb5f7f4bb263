"""What the expressions stage makes of faces and of the answers of mien's own networks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mien.expressions.config import ExpressionsConfig
from mien.expressions.stage import Stage
from mien_models import FakeSession
from mien_models.spaces import arkit, facs

from .networks import CHIN, FRAME_NS, Networks, answer, face, read, watch

_JAW, _SMILE = arkit.INDEX["jawOpen"], arkit.INDEX["mouthSmileLeft"]
_RAISER = facs.INDEX["AU12L"]


def test_all_faces_are_read_in_one_call_and_keep_their_ids() -> None:
    nets = Networks()
    nets.shapes = 0.5
    first, second = read(nets.stage(), face(3), face(8))
    (inputs,) = nets.encoder.calls
    assert inputs["image"].shape == (2, 112, 112, 3)
    assert inputs["landmarks"].shape == (2, 478, 2)
    assert inputs["present"].tolist() == [[1, 1], [1, 1]]
    assert (first.track_id, second.track_id) == (3, 8)
    assert first.blendshapes[_SMILE] == pytest.approx(0.5)
    assert first.reading is not None
    assert first.reading.au_intensity[_RAISER] == pytest.approx(2.5)
    assert first.reading.valence == pytest.approx(0.25)
    assert np.linalg.norm(first.embedding) == pytest.approx(1)


def test_shapes_are_told_in_the_order_of_the_network() -> None:
    out = answer(1, 0.0, 0.05, 0.0)
    out["shapes"][0], out["shapes_sd"][0] = np.linspace(0, 1, 52), np.linspace(0, 0.3, 52)
    stage = Stage(ExpressionsConfig(personal=False), {"encoder_small": FakeSession([answer(1, 0, 0.3, 0), out])})
    (e,) = read(stage, face())
    np.testing.assert_allclose(e.blendshapes, np.arange(52) / 51, atol=1e-6)
    assert e.confidence[arkit.INDEX["eyeBlinkLeft"]] > e.confidence[arkit.INDEX["eyeWideRight"]] > 0


def test_nobody_there_asks_no_network() -> None:
    nets = Networks()
    assert read(nets.stage()) == ()
    assert not nets.encoder.calls


def test_what_is_missing_is_said_to_the_network() -> None:
    nets = Networks()
    read(nets.stage(), replace(face(1), crop=None), replace(face(2), landmarks=np.full((478, 3), np.nan, np.float32)))
    (inputs,) = nets.encoder.calls
    assert inputs["present"].tolist() == [[0, 1], [1, 0]]
    assert np.isfinite(inputs["landmarks"]).all()


def test_a_black_crop_is_a_missing_one() -> None:
    nets = Networks()
    read(nets.stage(), replace(face(), crop=np.zeros((112, 112, 3), np.uint8)))
    assert nets.encoder.calls[0]["present"].tolist() == [[0, 1]]


@pytest.mark.parametrize("shape", [(0, 0, 3), (112, 112), (112, 112, 4)], ids=str)
def test_a_crop_that_is_no_picture_is_a_missing_one(shape: tuple[int, ...]) -> None:
    nets = Networks()
    (e,) = read(nets.stage(), replace(face(), crop=np.full(shape, 90, np.uint8)))
    assert nets.encoder.calls[0]["present"].tolist() == [[0, 1]]
    assert np.isfinite(e.blendshapes).all()


@pytest.mark.parametrize("shape", [(1, 1, 3), (37, 90, 3)], ids=str)
def test_a_crop_of_any_size_is_looked_at(shape: tuple[int, ...]) -> None:
    nets = Networks()
    (e,) = read(nets.stage(), replace(face(), crop=np.full(shape, 90, np.uint8)))
    assert nets.encoder.calls[0]["image"].shape == (1, 112, 112, 3)
    assert not e.confidence.any()  # of one colour


@pytest.mark.parametrize("bad", [np.nan, np.inf, 0.0])
def test_landmarks_that_are_none_are_not_looked_at_nor_trusted(bad: float) -> None:
    nets = Networks()
    (e,) = read(nets.stage(), replace(face(), landmarks=np.full((478, 3), bad, np.float32)))
    assert nets.encoder.calls[0]["present"].tolist() == [[1, 0]]
    assert np.isfinite(e.blendshapes).all()
    assert not e.confidence.any()


def test_a_larger_crop_is_scaled() -> None:
    nets = Networks()
    read(nets.stage(), replace(face(), crop=np.full((224, 224, 3), 90, np.uint8)))
    assert nets.encoder.calls[0]["image"].shape == (1, 112, 112, 3)


def test_a_face_of_which_nothing_is_known_reads_nan_with_confidence_zero() -> None:
    nets = Networks()
    blind = replace(face(1), landmarks=np.full((478, 3), np.nan, np.float32), crop=None)
    nothing, something = read(nets.stage(), blind, face(2))
    assert np.isnan(nothing.blendshapes).all()
    assert not nothing.confidence.any()
    assert nothing.reading is None
    assert len(nets.encoder.calls[0]["image"]) == 1
    assert np.isfinite(something.blendshapes).all()


def test_confidence_falls_with_the_deviation_the_presence_and_the_border_of_the_image() -> None:
    nets = Networks()
    (plain,) = read(nets.stage(), face())
    (faint,) = read(nets.stage(), face(presence=0.5))
    (cut,) = read(nets.stage(), face(x=-320))
    nets.sd = 0.3
    (unsure,) = read(nets.stage(), face())
    assert plain.confidence[_JAW] > 0.8
    assert faint.confidence[_JAW] == pytest.approx(0.5 * plain.confidence[_JAW])
    assert 0 < cut.confidence[_JAW] < 0.7 * plain.confidence[_JAW]
    assert unsure.confidence[_JAW] < 0.2


def test_readings_stay_in_their_ranges() -> None:
    nets = Networks()
    nets.shapes = 1.4
    (e,) = read(nets.stage(), face())
    assert e.blendshapes.max() == 1
    assert e.reading is not None
    assert e.reading.au_intensity.max() == 5


def test_a_covered_part_of_a_face_is_read_without_confidence() -> None:
    """The network is as unsure of the mouth as if it saw nothing; of the brows it is sure."""
    nets = Networks()
    (open_,) = read(nets.stage(), face())
    nets.lower_sd = 0.3
    (covered,) = read(nets.stage(), face())
    brow = arkit.INDEX["browInnerUp"]
    assert covered.confidence[_JAW] == 0
    assert covered.confidence[brow] == pytest.approx(open_.confidence[brow])
    assert covered.reading is not None
    assert covered.reading.au_sd[_RAISER] == pytest.approx(2.5)


def test_a_blurred_picture_is_read_without_confidence_and_its_emotion_as_anybodys() -> None:
    nets = Networks()
    flat = replace(face(), crop=np.full((112, 112, 3), 90, np.uint8))
    (e,) = read(nets.stage(), flat)
    assert not e.confidence.any()
    assert e.reading is not None
    np.testing.assert_allclose(e.reading.emotion, 1 / 8)
    assert e.reading.valence == e.reading.arousal == 0


def test_landmarks_alone_are_not_judged_by_a_picture_that_is_not_there() -> None:
    (e,) = read(Networks().stage(), replace(face(), crop=None))
    assert e.confidence[_JAW] > 0.8


def test_readings_are_smoothed_in_time_but_follow_at_once() -> None:
    nets = Networks()
    stage, rng = nets.stage(personal=False), np.random.default_rng(0)
    told, said = [], []
    for i in range(90):
        nets.shapes = 0.3 + 0.01 * rng.standard_normal()
        (e,) = read(stage, face(), stamp_ns=i * FRAME_NS)
        told.append(nets.shapes)
        said.append(float(e.blendshapes[_SMILE]))
    assert said[0] == pytest.approx(told[0])
    assert np.std(said[30:]) < 0.7 * np.std(told[30:])
    nets.shapes = 0.9
    (e,) = read(stage, face(), stamp_ns=90 * FRAME_NS)
    assert e.blendshapes[_SMILE] > 0.75
    stage.reset()
    nets.shapes = 0.1
    (e,) = read(stage, face(), stamp_ns=91 * FRAME_NS)
    assert e.blendshapes[_SMILE] == pytest.approx(0.1)


def test_without_smooth_every_frame_is_read_by_itself() -> None:
    nets = Networks()
    stage = nets.stage(personal=False, smooth=False)
    for i, level in enumerate((0.2, 0.4, 0.3)):
        nets.shapes = level
        (e,) = read(stage, face(), stamp_ns=i * FRAME_NS)
        assert e.blendshapes[_SMILE] == pytest.approx(level)


def test_smoothing_can_be_switched_off_while_the_stage_runs() -> None:
    nets = Networks()
    stage = nets.stage(personal=False)
    for i, level in enumerate((0.2, 0.3)):
        nets.shapes = level
        (e,) = read(stage, face(), stamp_ns=i * FRAME_NS)
    assert 0.2 < e.blendshapes[_SMILE] < 0.3
    stage.reconfigure(ExpressionsConfig(personal=False, smooth=False))
    (e,) = read(stage, face(), stamp_ns=2 * FRAME_NS)
    assert e.blendshapes[_SMILE] == pytest.approx(0.3)


def test_a_known_resting_face_is_reckoned_with() -> None:
    nets = Networks()
    stage = nets.stage()
    watch(stage, 300, face())
    nets.difference.calls.clear()
    (e,) = read(stage, face(chin=40), stamp_ns=300 * FRAME_NS)
    assert len(nets.difference.calls) == 1
    fall = -float(nets.difference.calls[0]["difference"][0, CHIN, 1])
    assert fall > 0.2
    # Both are as sure, so that the reading lies about midway between theirs: 0 and the fall.
    assert e.blendshapes[_JAW] == pytest.approx(fall / 2, rel=0.1)


def test_a_difference_that_is_unsure_counts_little() -> None:
    nets = Networks()
    nets.difference_sd = 0.5
    stage = nets.stage()
    watch(stage, 300, face())
    (e,) = read(stage, face(chin=40), stamp_ns=300 * FRAME_NS)
    fall = -float(nets.difference.calls[-1]["difference"][0, CHIN, 1])
    assert e.blendshapes[_JAW] < 0.05 * fall


def test_what_reads_of_the_resting_face_is_taken_off_up_to_its_error() -> None:
    nets = Networks()
    nets.shapes = nets.sd = 0.06
    stage = nets.stage()
    watch(stage, 600, face())
    (rest,) = read(stage, face(), stamp_ns=600 * FRAME_NS)
    assert rest.blendshapes[_SMILE] < 0.02
    nets.shapes = 1.0
    for i in range(601, 630):
        (full,) = read(stage, face(), stamp_ns=i * FRAME_NS)
    assert full.blendshapes[_SMILE] > 0.98  # the scale still ends where it did


def test_somebody_new_is_read_from_the_image_alone() -> None:
    nets = Networks()
    read(nets.stage(), face())
    assert not nets.difference.calls


def test_a_smile_from_the_first_frame_on_is_no_resting_face() -> None:
    nets = Networks()
    nets.shapes = 0.6
    stage = nets.stage()
    watch(stage, 100, face(chin=40))
    (e,) = read(stage, face(chin=40), stamp_ns=100 * FRAME_NS)
    assert e.blendshapes[_SMILE] > 0.55


def test_rests_are_forgotten_on_reset_and_kept_apart_by_track() -> None:
    nets = Networks()
    stage = nets.stage()
    watch(stage, 100, face(1))
    nets.difference.calls.clear()
    read(stage, face(1), face(2), stamp_ns=100 * FRAME_NS)
    assert len(nets.difference.calls[0]["difference"]) == 1
    nets.difference.calls.clear()
    stage.reset()
    read(stage, face(1), stamp_ns=101 * FRAME_NS)
    assert not nets.difference.calls


def test_without_personal_there_is_one_network() -> None:
    nets = Networks()
    stage = nets.stage(personal=False)
    watch(stage, 100, face())
    assert [i.network for i in stage.infos] == ["encoder_small"]
    assert not nets.difference.calls
