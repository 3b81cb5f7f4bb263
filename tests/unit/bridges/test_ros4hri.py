from __future__ import annotations

import numpy as np
import pytest

from mien.bridges.ros4hri import encoder
from mien.core.geometry import FACING_CAMERA
from mien.core.types import Affect, Expression, Face, Method, Reading
from mien_models.spaces import arkit, emotions, facs, mesh478


def face(**changes: object) -> Face:
    points = np.zeros((478, 3), np.float32)
    points[:, 0], points[:, 1] = np.arange(478), 100
    known: dict[str, object] = {
        "track_id": 7, "score": 0.9, "presence": 0.8, "landmarks": points,
        "box": np.array([64, 48, 320, 240], np.float32),
    }  # fmt: skip
    return Face(**(known | changes))  # type: ignore[arg-type]


def affect(emotion: str = "happiness", **units: float) -> Affect:
    intensity = np.full(len(facs.AUS), np.nan, np.float32)
    confidence = np.zeros(len(facs.AUS), np.float32)
    for name, value in units.items():
        intensity[facs.INDEX[name]], confidence[facs.INDEX[name]] = value, 0.5
    likely = np.full(8, 0.05, np.float32)
    likely[emotions.INDEX[emotion]] = 0.65
    return Affect(
        7,
        intensity,
        intensity / 5,
        confidence,
        Method.LEARNED,
        likely,
        0.8,
        Method.LEARNED,
        0.5,
        -0.25,
        0.6,
        Method.LEARNED,
    )


def test_ids_are_short_and_begin_with_a_letter() -> None:
    assert encoder.face_id(7) == "f0007"
    assert encoder.face_id(123456) == "f123456"


def test_the_box_is_told_in_shares_of_the_image_and_stays_within() -> None:
    assert encoder.roi(face(), 640, 480) == pytest.approx((0.1, 0.1, 0.6, 0.6))
    beyond = face(box=np.array([-64, 400, 320, 240], np.float32))
    assert encoder.roi(beyond, 640, 480) == pytest.approx((0.0, 400 / 480, 0.4, 1.0))


def test_landmarks_are_in_the_order_of_multi_pie() -> None:
    told = encoder.landmarks(face(), 640, 480)
    assert told.shape == (70, 3)
    # hri_msgs: RIGHT_EYE_OUTSIDE=36, RIGHT_EYE_INSIDE=39, LEFT_EYE_INSIDE=42, LEFT_EYE_OUTSIDE=45, MENTON=8,
    # MOUTH_OUTER_RIGHT=48, MOUTH_OUTER_LEFT=54, SELLION=27, RIGHT_PUPIL=68, LEFT_PUPIL=69; mesh: MediaPipe's own.
    for place, point in {36: 33, 39: 133, 42: 362, 45: 263, 8: 152, 48: 61, 54: 291, 27: 168, 68: 468, 69: 473}.items():
        assert told[place, 0] == pytest.approx(point / 640), place
    np.testing.assert_allclose(told[:, 1], 100 / 480, rtol=1e-6)
    np.testing.assert_allclose(told[:, 2], 0.8, rtol=1e-6)
    assert len(set(mesh478.MULTI_PIE_70)) == 70


def test_units_stand_at_their_numbers_and_the_stronger_side_counts() -> None:
    intensity, confidence = encoder.action_units(affect(AU12L=2.5, AU12R=4.0, AU4L=1.0), 5.0)
    assert intensity[12] == pytest.approx(4.0)
    assert (intensity[4], confidence[4]) == (pytest.approx(1.0), pytest.approx(0.5))
    assert confidence[12] == pytest.approx(0.5)
    assert not confidence[[1, 2, 6, 45]].any()  # not observed: confidence 0, as libhri has it
    assert np.isfinite(intensity).all()
    assert encoder.action_units(affect(AU12L=2.5), 1.0)[0][12] == pytest.approx(0.5)


def test_the_label_is_one_of_hri_msgs_and_contempt_is_never_told() -> None:
    told = encoder.label(affect("happiness"))
    assert (told.expression, told.valence, told.arousal) == ("happy", 0.5, -0.25)
    assert told.confidence == pytest.approx(0.65 * 0.8)
    assert encoder.label(affect("contempt")).expression in ("neutral", "angry", "disgusted", "scared", "happy", "sad")
    nothing = affect()
    nothing.emotion[:] = np.nan
    assert encoder.label(nothing).expression == ""
    assert encoder.label(nothing).confidence == 0


def test_gaze_points_along_z_and_stays_level() -> None:
    into_camera = np.array([[0.1, 0.0, -1.0], [-0.1, 0.0, -1.0]])
    rotation = encoder.gaze_rotation(face(gaze=into_camera, gaze_confidence=np.ones(2, np.float32)))
    assert rotation is not None
    np.testing.assert_allclose(rotation[:, 2], (0, 0, -1), atol=1e-9)
    np.testing.assert_allclose(rotation.T @ rotation, np.eye(3), atol=1e-12)
    assert np.linalg.det(rotation) == pytest.approx(1)
    assert rotation[1, 0] == pytest.approx(0)  # x is level
    assert rotation[1, 1] > 0.99  # y is down, as in an optical frame


def test_an_eye_that_is_not_seen_has_no_say_and_no_eye_no_frame() -> None:
    one = np.array([[0.0, 0.0, -1.0], [np.nan] * 3])
    rotation = encoder.gaze_rotation(face(gaze=one, gaze_confidence=np.array([0.5, 0.9], np.float32)))
    assert rotation is not None
    np.testing.assert_allclose(rotation[:, 2], (0, 0, -1))
    assert encoder.gaze_rotation(face()) is None


def test_gaze_follows_what_the_eyes_are_read_to_do() -> None:
    pose = np.eye(4)
    pose[:3, :3], pose[2, 3] = FACING_CAMERA, 0.6
    seen = face(pose=pose, gaze=np.tile([0.0, 0.0, -1.0], (2, 1)), gaze_confidence=np.ones(2, np.float32))
    units = (np.zeros(len(facs.AUS), np.float32) for _ in range(3))
    weights = np.zeros(len(arkit.BLENDSHAPES), np.float32)
    weights[[arkit.INDEX["eyeLookDownLeft"], arkit.INDEX["eyeLookDownRight"]]] = 0.8
    reading = Reading(*units, np.full(8, 1 / 8, np.float32), 0.0, 0.0)
    lowered = Expression(7, weights, np.ones(len(weights), np.float32), reading=reading)
    ahead, down = (encoder.gaze_rotation(seen, told) for told in (None, lowered))
    assert ahead is not None
    assert down is not None
    assert ahead[1, 2] == pytest.approx(0)
    assert down[1, 2] > 0.1  # y is down


def test_straight_down_is_a_rotation_too() -> None:
    down = np.tile([0.0, 1.0, 0.0], (2, 1))
    rotation = encoder.gaze_rotation(face(gaze=down, gaze_confidence=np.ones(2, np.float32)))
    assert rotation is not None
    assert np.linalg.det(rotation) == pytest.approx(1)
    assert FACING_CAMERA.shape == rotation.shape
