"""Gaze from irises and blendshapes, of faces that are put together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mien.core.gaze import by_irises, gaze_of, lines_of
from mien.core.geometry import FACING_CAMERA
from mien.core.types import F64, Expression, Face, Reading
from mien_models.spaces import arkit, facs

N = len(arkit.BLENDSHAPES)
READING = Reading(*(np.zeros(len(facs.AUS), np.float32) for _ in range(3)), np.full(8, 1 / 8, np.float32), 0.0, 0.0)


def lines(yaw_deg: float, pitch_deg: float, pose: F64) -> F64:
    """Both eyes of a head look the same way."""
    yaw, pitch = np.radians([yaw_deg, pitch_deg])
    line = np.array([np.cos(pitch) * np.cos(yaw), np.cos(pitch) * np.sin(yaw), np.sin(pitch)])
    return np.tile(pose[:3, :3] @ line, (2, 1))


def face(yaw_deg: float = 0.0, pitch_deg: float = 0.0) -> Face:
    """A head that faces the camera, whose irises say that the eyes look there."""
    pose: F64 = np.eye(4)
    pose[:3, :3], pose[2, 3] = FACING_CAMERA, 0.6
    nothing = np.zeros((478, 3), np.float32)
    seen = np.ones(2, np.float32)
    return Face(1, 1.0, 1.0, np.zeros(4, np.float32), nothing, pose, lines(yaw_deg, pitch_deg, pose), seen)


def read(sure: float = 0.8, reading: Reading | None = READING, **weights: float) -> Expression:
    values = np.zeros(N, np.float32)
    for name, value in weights.items():
        for side in ("Left", "Right"):
            values[arkit.INDEX[name.replace("*", side)]] = value
    return Expression(1, values, np.full(N, sure, np.float32), reading=reading)


def degrees(seen: Face, expression: Expression | None) -> tuple[float, float]:
    yaw, pitch = np.degrees(gaze_of(seen, expression)).mean(axis=0)
    return float(yaw), float(pitch)


def test_without_an_expression_the_irises_tell() -> None:
    assert degrees(face(12, -7), None) == pytest.approx((12, -7))


@pytest.mark.parametrize("reading", [None, READING])
def test_only_weights_of_a_network_that_reads_units_and_is_sure_count(reading: Reading | None) -> None:
    looks_up = read(0.1 if reading else 0.9, reading, **{"eyeLookUp*": 0.9})
    assert degrees(face(12, -7), looks_up) == pytest.approx((12, -7))


def test_eyes_that_are_read_to_look_up_or_down_do_so_whatever_the_irises_say() -> None:
    down, ahead, up = (degrees(face(), read(**w))[1] for w in ({"eyeLookDown*": 0.6}, {}, {"eyeLookUp*": 0.6}))
    assert down + 5 < ahead < up - 2


def test_eyes_follow_to_both_sides_alike() -> None:
    shapes = {"eyeLookOutLeft": 0.5, "eyeLookInRight": 0.5}
    mirrored = {"eyeLookOutRight": 0.5, "eyeLookInLeft": 0.5}
    left, right = degrees(face(10), read(**shapes)), degrees(face(-10), read(**mirrored))
    assert left[0] == pytest.approx(-right[0])
    assert left[1] == pytest.approx(right[1])
    assert left[0] > 8


def test_the_angle_between_the_eyes_stays_that_of_the_irises() -> None:
    one = face()
    assert one.pose is not None
    inwards = np.array([lines(-4, 0, one.pose)[0], lines(6, 0, one.pose)[1]])
    left, right = np.degrees(gaze_of(replace(one, gaze=inwards), read(**{"eyeLookUp*": 0.5})))
    assert right[0] - left[0] == pytest.approx(10)
    assert left[1] == pytest.approx(right[1])


def test_a_shut_eye_has_no_gaze_and_the_other_keeps_its_own() -> None:
    one = face(12, 5)
    gaze = one.gaze.copy()
    gaze[0] = np.nan
    left, right = gaze_of(replace(one, gaze=gaze), read(**{"eyeLookUp*": 0.5}))
    assert np.isnan(left).all()
    assert np.isfinite(right).all()
    assert np.isnan(gaze_of(replace(one, gaze=np.full((2, 3), np.nan)), read())).all()


def test_certainty_fades_in() -> None:
    looks = [degrees(face(), read(sure, **{"eyeLookDown*": 0.8}))[1] for sure in np.linspace(0.1, 0.6, 21)]
    steps = np.diff(looks)
    assert steps.max() <= 0
    assert steps.min() > -3


def test_lines_are_those_angles_in_the_room() -> None:
    one, expression = face(20, 10), read(**{"eyeLookOutLeft": 0.5, "eyeLookUp*": 0.4})
    told = lines_of(one, expression)
    np.testing.assert_allclose(np.linalg.norm(told, axis=1), 1)
    again = np.reshape(by_irises(replace(one, gaze=told)), (2, 2))
    np.testing.assert_allclose(again, gaze_of(one, expression), atol=1e-9)
    np.testing.assert_allclose(lines_of(one, None), one.gaze, atol=1e-9)


def test_without_a_pose_nothing_is_known_in_the_head() -> None:
    blind = replace(face(), pose=None)
    assert np.isnan(gaze_of(blind, read())).all()
    assert lines_of(blind, read()) is blind.gaze
