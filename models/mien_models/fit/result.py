"""A fit in numbers: units, shapes, pose, gaze, and how much of each region of the face is left unexplained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models.fit import parameters as p
from mien_models.fit.picture import Picture
from mien_models.head.model.action_units import lip_units
from mien_models.head.model.head import gaze_vectors
from mien_models.head.model.table import code_names
from mien_models.spaces import mesh478
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.convert import converter
from mien_models.spaces.facs import AUS, INDEX

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]

EYE_DISTANCE = 0.32  # between the eyes of a frontal face, in sides of the crop
# Landmarks of each region; left and right are the person's own.
REGIONS: Mapping[str, tuple[int, ...]] = {
    "eye_left": tuple(mesh478.EYES[0]),
    "eye_right": tuple(mesh478.EYES[1]),
    "brow_left": tuple(mesh478.BROWS[0]),
    "brow_right": tuple(mesh478.BROWS[1]),
    "nose": (*mesh478.NOSE_BRIDGE, *mesh478.NOSE_WINGS[0], *mesh478.NOSE_WINGS[1], mesh478.SUBNASALE),
    "mouth": tuple(dict.fromkeys(i for ring in mesh478.LIPS for i in ring)),
    "jaw": (mesh478.MENTON, *mesh478.CHIN_BOSS, *mesh478.JAW[0], *mesh478.JAW[1]),
}


def units(shapes: F64, inner_brows: F64) -> F64:
    """FACS intensities (A,) of ARKit weights (52,), AU1 by side of inner brows (2,); NaN for units without shapes.

    AU10 and AU16 are what parted lips and smiles do not explain; see `action_units.lip_units`.
    """
    found = np.asarray(converter("arkit52", "facs")(shapes), np.float64)
    found[[INDEX[name] for name in ("AU10L", "AU10R", "AU16L", "AU16R")]] = lip_units(shapes)
    found[[INDEX["AU1L"], INDEX["AU1R"]]] = 5 * inner_brows
    return found


def residual(picture: Picture, landmarks: F64, render: F32 | None, mask: F32 | None) -> dict[str, dict[str, Any]]:
    """Per region, `landmarks`: root mean square distance of read and fitted landmarks (478, 2), in distances of the
    eyes. `pixels`: mean difference of picture and render (S, S, 3) at them, as a share of the range; None where the
    region is hidden, or nothing was rendered.
    """
    apart = np.linalg.norm(picture.points[:, :2] - landmarks, axis=1) / EYE_DISTANCE
    out: dict[str, dict[str, Any]] = {}
    for name, points in REGIONS.items():
        at = list(points)
        pixels = None
        if render is not None and mask is not None:
            side = len(render)
            x, y = np.clip((picture.points[at, :2] * side).astype(int), 0, side - 1).T
            seen = (mask[y, x] > 0) & np.isfinite(render[y, x]).all(-1)
            if seen.any():
                unlike = np.abs(render[y, x] - picture.crop[y, x] / 255).mean(-1)
                pixels = round(float(unlike[seen].mean()), 4)
        out[name] = {"landmarks": round(float(np.sqrt((apart[at] ** 2).mean())), 4), "pixels": pixels}
    return out


def pose_of(picture: Picture, own: F64) -> F64:
    """4×4 pose, face axes to the picture's camera [m], of a picture's parameters (PICTURE,)."""
    scale = float(np.exp(own[p.SIZE]))
    distance = picture.focal / scale if picture.focal else float(np.exp(own[p.DISTANCE]))
    focal = picture.focal or scale * distance
    pose = np.eye(4)
    pose[:3, :3] = p.rotation(own[p.TURN])
    pose[:2, 3] = (own[p.PLACE] - picture.centre) * distance / focal
    pose[2, 3] = distance
    return picture.to_image(pose)


def describe(
    picture: Picture, person: F64, own: F64, landmarks: F64 | None, render: F32 | None = None, mask: F32 | None = None
) -> dict[str, Any]:
    """A fit as JSON values. `landmarks` None: a guess, of which no residual is known."""
    shapes, brows = p.shapes(own), p.inner_brows(own)
    levels = units(shapes, brows)
    eyes = own[p.EYES].reshape(2, 2)
    pose = pose_of(picture, own)
    gaze = gaze_vectors(eyes) @ pose[:3, :3].T
    return {
        "source": picture.name,
        "pose": np.round(pose, 5).tolist(),
        "gaze": {"left": np.round(gaze[0], 5).tolist(), "right": np.round(gaze[1], 5).tolist()},
        "au": {name: round(float(v), 3) if np.isfinite(v) else None for name, v in zip(AUS, levels, strict=True)},
        "blendshapes": {name: round(float(v), 4) for name, v in zip(BLENDSHAPES, shapes, strict=True)},
        "inner_brows": {"left": round(float(brows[0]), 4), "right": round(float(brows[1]), 4)},
        "identity": {name: round(float(v), 4) for name, v in zip(code_names(), person[p.CODE], strict=True)},
        "residual": None if landmarks is None else residual(picture, landmarks, render, mask),
    }
