"""Distortion of lenses: image points to those of an ideal pinhole camera, and back.

Models and coefficients are those of ROS's `CameraInfo` (REP 104) and of OpenCV:

    plumb_bob             k1 k2 p1 p2 [k3]
    rational_polynomial   k1 k2 p1 p2 k3 k4 k5 k6 [s1 s2 s3 s4]
    equidistant           k1 k2 k3 k4, a fisheye (Kannala and Brandt, TPAMI 2006)
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from mien.core.types import F32, F64, Intrinsics

# Model → how many coefficients it may have.
MODELS = {"plumb_bob": (4, 5), "rational_polynomial": (8, 12), "equidistant": (4,)}
# Other names that files use for the same models.
ALIASES = {"fisheye": "equidistant", "kannala_brandt": "equidistant", "radtan": "plumb_bob", "": "plumb_bob"}

# An ideal pinhole camera sees less than 180°: points at a larger angle to the axis are put at this one.
_WIDEST = math.radians(89)
# Samples of the radial profile; linear interpolation between them is exact within a thousandth of a pixel.
_SAMPLES = 2048
# Iterations. Tangential terms are a hundredth of the radial ones: each iteration gains two digits.
_ROUNDS = 8


def problem(k: Intrinsics) -> str:
    """Why `undistort` cannot undo this distortion and would leave points unchanged, or ""."""
    if not any(k.d):
        return ""
    counts = MODELS.get(ALIASES.get(k.distortion, k.distortion))
    if counts is None:
        return f"distortion model {k.distortion!r} is not known; use one of {', '.join(MODELS)}"
    if len(k.d) not in counts:
        wanted = " or ".join(map(str, counts))
        return f"distortion model {k.distortion or 'plumb_bob'} has {wanted} coefficients, not {len(k.d)}"
    return ""


def is_pinhole(k: Intrinsics) -> bool:
    """Whether there is no distortion, or none that can be undone."""
    return not any(k.d) or bool(problem(k))


def undistort(pixels: F64, k: Intrinsics) -> F64:
    """Where an ideal pinhole camera with the same `k` would see what the lens images at `pixels` (N×2 [px]).

    Points that lie outside of what the lens can image are moved to the rim of what it can.
    """
    if is_pinhole(k):
        return pixels
    seen = (np.asarray(pixels, np.float64) - (k.cx, k.cy)) / (k.fx, k.fy)
    radii, angles = _profile(ALIASES.get(k.distortion, k.distortion), k.d)
    ideal, aside = seen, np.zeros_like(seen)
    for _ in range(_ROUNDS if _has_aside(k) else 1):
        radial = seen - aside
        radius = np.hypot(radial[:, 0], radial[:, 1])
        # The tangent of 89° is large but finite: nothing becomes infinite here.
        scale = np.tan(np.interp(radius, radii, angles)) / np.where(radius > 0, radius, 1)
        ideal = radial * np.where(radius > 0, scale, 1)[:, None]
        if _has_aside(k):
            aside = _aside(ideal, k.d)
    return np.asarray(ideal * (k.fx, k.fy) + (k.cx, k.cy))


def distort(pixels: F64, k: Intrinsics) -> F64:
    """Where the lens images what an ideal pinhole camera with the same `k` would see at `pixels` (N×2 [px])."""
    if is_pinhole(k):
        return pixels
    ideal = (np.asarray(pixels, np.float64) - (k.cx, k.cy)) / (k.fx, k.fy)
    radius = np.hypot(ideal[:, 0], ideal[:, 1])
    seen = _radius(np.arctan(radius), ALIASES.get(k.distortion, k.distortion), k.d)
    points = ideal * np.where(radius > 0, seen / np.where(radius > 0, radius, 1), 1)[:, None]
    if _has_aside(k):
        points = points + _aside(ideal, k.d)
    return np.asarray(points * (k.fx, k.fy) + (k.cx, k.cy))


def undistort_landmarks(landmarks: F32, k: Intrinsics) -> F32:
    """Landmarks (N×3 [px]) as a pinhole camera would see them; depth keeps the scale of x and y."""
    if is_pinhole(k):
        return landmarks
    seen = landmarks[:, :2].astype(np.float64)
    ideal = undistort(seen, k)
    scale = np.linalg.norm(ideal - ideal.mean(0)) / max(float(np.linalg.norm(seen - seen.mean(0))), 1e-9)
    return np.column_stack([ideal, landmarks[:, 2] * scale]).astype(np.float32)


def _has_aside(k: Intrinsics) -> bool:
    return ALIASES.get(k.distortion, k.distortion) != "equidistant" and any((*k.d[2:4], *k.d[8:]))


def _aside(p: F64, d: tuple[float, ...]) -> F64:
    """Tangential and thin-prism displacement of ideal, normalised points."""
    p1, p2 = d[2:4]
    s1, s2, s3, s4 = d[8:12] if len(d) >= 12 else (0.0,) * 4
    x, y = p[:, 0], p[:, 1]
    r2 = x * x + y * y
    return np.stack(
        [
            2 * p1 * x * y + p2 * (r2 + 2 * x * x) + s1 * r2 + s2 * r2 * r2,
            p1 * (r2 + 2 * y * y) + 2 * p2 * x * y + s3 * r2 + s4 * r2 * r2,
        ],
        axis=1,
    )


def _radius(angle: F64, model: str, d: tuple[float, ...]) -> F64:
    """Distance from the principal point, in focal lengths, of a ray at `angle` [rad] to the axis."""
    if model == "equidistant":
        a2 = angle * angle
        return np.asarray(angle * (1 + a2 * (d[0] + a2 * (d[1] + a2 * (d[2] + a2 * d[3])))))
    r = np.tan(angle)
    r2 = r * r
    k1, k2, _, _, k3, k4, k5, k6 = (*d[:8], *(0.0,) * (8 - len(d)))
    return np.asarray(r * (1 + r2 * (k1 + r2 * (k2 + r2 * k3))) / (1 + r2 * (k4 + r2 * (k5 + r2 * k6))))


@lru_cache(maxsize=16)
def _profile(model: str, d: tuple[float, ...]) -> tuple[F64, F64]:
    """Distances from the principal point and the angles of their rays, as far as the mapping is monotonic."""
    angles = np.linspace(0, _WIDEST, _SAMPLES)
    with np.errstate(all="ignore"):
        radii = _radius(angles, model, d)
        grows = np.isfinite(radii[1:]) & (np.diff(radii) > 0)
    end = len(radii) if grows.all() else 1 + int(np.argmin(grows))
    return radii[:end], angles[:end]
