"""Aligned face crops for networks that expect the eyes, nose and mouth at fixed places."""

from __future__ import annotations

import cv2
import numpy as np

from mien.core.types import F32, F64, U8

# Right eye, left eye, nose tip, right and left mouth corner in a 112×112 crop: the template of
# ArcFace (Deng et al., CVPR 2019) on which face networks are commonly trained.
_TEMPLATE = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]]
)
# Eye centres are taken from the corners, which do not move with the gaze.
_POINTS = np.array([[33, 133], [362, 263], [1, 1], [61, 61], [291, 291]])


def align(image: U8, landmarks: F32, size: int) -> U8:
    """size×size RGB crop of the face, scaled from the 112×112 template; black beyond the image."""
    points = landmarks[_POINTS, :2].mean(axis=1).astype(np.float64)
    to_image = similarity(_TEMPLATE * (size / 112), points)
    return np.asarray(
        cv2.warpAffine(image, to_image, (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP), np.uint8
    )


def similarity(source: F64, target: F64) -> F64:
    """2×3 least-squares similarity from N×2 points to N×2 points.

    In the plane a similarity is one complex factor and a shift, so that no SVD is needed.
    """
    s, t = source @ (1, 1j), target @ (1, 1j)
    sc, tc = s - s.mean(), t - t.mean()
    factor = np.vdot(sc, tc) / np.vdot(sc, sc)
    shift = t.mean() - factor * s.mean()
    return np.array([[factor.real, -factor.imag, shift.real], [factor.imag, factor.real, shift.imag]])
