"""Distortion against OpenCV, which implements the same models."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, strategies as st

from mien.core import lens
from mien.core.types import F64, Intrinsics

K = Intrinsics(600.0, 620.0, 330.0, 235.0)
CAMERAS = {
    "webcam": ("plumb_bob", (-0.4, 0.2, 0.0, 0.0, 0.0)),
    "pincushion, tangential": ("plumb_bob", (0.15, -0.05, 0.003, -0.002, 0.01)),
    "four coefficients": ("plumb_bob", (-0.2, 0.03, 0.001, 0.002)),
    "wide angle": ("rational_polynomial", (12.1, 6.2, 0.0004, -0.0003, 0.3, 12.5, 9.8, 1.6)),
    "thin prism": ("rational_polynomial", (-0.2, 0.03, 0.001, 0.002, 0.0, 0.01, 0.0, 0.0, 0.003, 0.0, -0.002, 0.001)),
    "fisheye": ("equidistant", (-0.02, 0.005, -0.003, 0.0005)),
}


def camera(name: str) -> Intrinsics:
    model, d = CAMERAS[name]
    return replace(K, distortion=model, d=d)


def pinhole(count: int = 200, seed: int = 0, widest_deg: float = 30.0) -> F64:
    """Pixels of a pinhole camera, all over a cone."""
    rng = np.random.default_rng(seed)
    angle, turn = rng.uniform(0, np.radians(widest_deg), count), rng.uniform(0, 2 * np.pi, count)
    rays = np.tan(angle)[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    return np.asarray(rays * (K.fx, K.fy) + (K.cx, K.cy))


def by_opencv(ideal: F64, k: Intrinsics) -> F64:
    matrix = np.array([[k.fx, 0, k.cx], [0, k.fy, k.cy], [0, 0, 1]])
    rays = (ideal - (k.cx, k.cy)) / (k.fx, k.fy)
    if k.distortion == "equidistant":
        return np.asarray(cv2.fisheye.distortPoints(rays[:, None], matrix, np.array(k.d))[:, 0])
    points = np.column_stack([rays, np.ones(len(rays))])
    return np.asarray(cv2.projectPoints(points, np.zeros(3), np.zeros(3), matrix, np.array(k.d))[0][:, 0])


@pytest.mark.parametrize("name", CAMERAS)
def test_distortion_is_that_of_opencv(name: str) -> None:
    k, ideal = camera(name), pinhole()
    expected = by_opencv(ideal, k)
    assert np.abs(expected - ideal).max() > 1  # it does something
    np.testing.assert_allclose(lens.distort(ideal, k), expected, atol=1e-6)


@pytest.mark.parametrize("name", CAMERAS)
def test_what_opencv_distorted_comes_back(name: str) -> None:
    k, ideal = camera(name), pinhole()
    np.testing.assert_allclose(lens.undistort(by_opencv(ideal, k), k), ideal, atol=0.02)


def test_a_fisheye_sees_more_than_a_right_angle_and_nothing_becomes_infinite() -> None:
    k = replace(camera("fisheye"), d=(0.0, 0.0, 0.0, 0.0001))
    seen = np.array([[K.cx + K.fx * np.radians(100), K.cy], [K.cx, K.cy], [K.cx + K.fx * np.radians(60), K.cy]])
    aside, centre, sixty = lens.undistort(seen, k)
    assert aside[0] > K.cx + K.fx * np.tan(np.radians(88))
    np.testing.assert_allclose(centre, [K.cx, K.cy])
    assert (sixty[0] - K.cx) / K.fx == pytest.approx(np.tan(np.radians(60)), rel=1e-3)


def test_a_point_outside_of_what_the_lens_images_is_put_at_its_rim() -> None:
    k = camera("webcam")
    # r (1 − .4 r² + .2 r⁴) grows without end; without k2 it has its top at r² = 1 / 1.2.
    k = replace(k, d=(-0.4, 0.0, 0.0, 0.0, 0.0))
    top = np.sqrt(1 / 1.2)
    far = np.array([[K.cx + 10 * K.fx, K.cy], [K.cx, K.cy - 10 * K.fy]])
    expected = [[K.cx + top * K.fx, K.cy], [K.cx, K.cy - top * K.fy]]
    np.testing.assert_allclose(lens.undistort(far, k), expected, atol=2)


@pytest.mark.parametrize("d", [(), (0.0,) * 5])
def test_without_distortion_points_stay(d: tuple[float, ...]) -> None:
    k = replace(K, distortion="plumb_bob", d=d)
    assert lens.is_pinhole(k)
    np.testing.assert_array_equal(lens.undistort(pinhole(), k), pinhole())
    np.testing.assert_array_equal(lens.distort(pinhole(), k), pinhole())


@pytest.mark.parametrize(
    ("model", "d", "says"),
    [
        ("omnidirectional", (0.1,) * 4, "'omnidirectional' is not known; use one of plumb_bob"),
        ("equidistant", (0.1,) * 5, "4 coefficients, not 5"),
        ("plumb_bob", (0.1,) * 3, "4 or 5 coefficients, not 3"),
        ("fisheye", (0.1,) * 4, ""),
        ("", (0.1,) * 5, ""),
    ],
)
def test_a_model_that_is_not_known_is_named(model: str, d: tuple[float, ...], says: str) -> None:
    why = lens.problem(replace(K, distortion=model, d=d))
    assert says in why
    assert bool(says) == bool(why)


def test_depth_of_landmarks_keeps_the_scale_of_what_is_seen() -> None:
    """A face at the rim of a barrel lens is drawn small; its depth, in the scale of x, with it."""
    k = camera("webcam")
    face = np.array([[700.0, 235, 0], [760, 235, 0], [730, 205, 30], [730, 265, -30]])
    seen = np.column_stack([by_opencv(face[:, :2], k), face[:, 2]])
    shrunk = np.linalg.norm(seen[0, :2] - seen[1, :2]) / 60
    ideal = lens.undistort_landmarks(seen.astype(np.float32), k)
    np.testing.assert_allclose(ideal[:, :2], face[:, :2], atol=0.02)
    assert ideal[2, 2] / 30 == pytest.approx(1 / shrunk, rel=0.2)
    assert ideal[2, 2] > 30


@given(
    st.sampled_from(sorted(lens.MODELS)),
    st.lists(st.floats(-50, 50), min_size=12, max_size=12),
    st.lists(st.tuples(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5)), min_size=1, max_size=8),
)
def test_whatever_the_coefficients_and_the_point_the_result_is_finite(
    model: str, d: list[float], points: list[tuple[float, float]]
) -> None:
    k = replace(K, distortion=model, d=tuple(d[: lens.MODELS[model][0]]))
    assert np.isfinite(lens.undistort(np.array(points), k)).all()
