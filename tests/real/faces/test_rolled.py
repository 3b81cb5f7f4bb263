"""Faces that are rolled, up to standing on their heads, and small faces in panoramas."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from itertools import islice

import cv2
import numpy as np
import pytest

from mien.core.types import F32, U8, Frame
from mien.faces.config import FacesConfig
from mien.faces.stage import Stage
from mien_models import Session, open_session
from mien_models.spaces.mesh478 import EYE_OUTER

pytestmark = pytest.mark.real
FRAME_NS = 33_333_333
ANGLES_DEG = range(0, 360, 30)


@pytest.fixture(scope="module")
def people(image_of: Callable[[str], U8], frames_of: Callable[[str], Iterator[Frame]]) -> dict[str, U8]:
    """A man, and a woman who is calm, cries behind a hand, and laughs."""
    frames = [f.image for f in islice(frames_of("clip"), 0, 301, 100)]
    return {"man": image_of("single_face"), **{f"woman {i}": frame for i, frame in enumerate(frames)}}


def rolled(image: U8, centre: F32, deg: float) -> tuple[U8, F32]:
    """The image turned round a point, whole on black, and the 2×3 map from the image."""
    side = int(2 * np.hypot(*image.shape[:2]))
    to = cv2.getRotationMatrix2D((float(centre[0]), float(centre[1])), deg, 1.0).astype(np.float32)
    to[:, 2] += side / 2 - centre
    return np.asarray(cv2.warpAffine(image, to, (side, side)), np.uint8), to


@functools.cache
def sessions() -> dict[str, Session]:
    return {name: open_session(name, device="cpu") for name in ("facemesh_v2", "blazeface_short", "yunet")}


def stage(**config: object) -> Stage:
    return Stage(FacesConfig(smooth=False, **config), sessions())  # type: ignore[arg-type]


def errors(image: U8, detector: str, angles: range = ANGLES_DEG, blank: int = 0) -> dict[int, float]:
    """By angle: mean distance of the landmarks from the upright ones, turned, in distances between the eyes.

    `blank` images come before, of which the stage has seen that nobody is there.
    """
    (face,) = stage(max_faces=1).step(Frame(image, 0)).faces
    upright = face.landmarks[:, :2]
    eyes = float(np.linalg.norm(upright[EYE_OUTER[0]] - upright[EYE_OUTER[1]]))
    found = {}
    for deg in angles:
        turned, to = rolled(image, upright.mean(axis=0), deg)
        looking = stage(max_faces=1, detector=detector)
        for i in range(blank):
            looking.step(Frame(np.zeros_like(turned), i * FRAME_NS))
        for i in range(blank, blank + 1 + blank // 2):
            faces = looking.step(Frame(turned, i * FRAME_NS)).faces
            if faces:
                break
        found[deg] = np.inf
        if faces:
            expected = upright @ to[:, :2].T + to[:, 2]
            found[deg] = float(np.linalg.norm(faces[0].landmarks[:, :2] - expected, axis=1).mean()) / eyes
    return found


@pytest.mark.parametrize("detector", ["auto", "short_range", "yunet"])
def test_landmarks_of_a_rolled_photograph_are_the_upright_ones_rolled(people: dict[str, U8], detector: str) -> None:
    for name, image in people.items():
        if detector == "yunet" and name == "woman 1":
            continue  # alone, YuNet does not see how a face is rolled of which a hand covers half
        assert max((found := errors(image, detector)).values()) < 0.06, (name, found)


def test_a_face_that_comes_rolled_into_an_empty_image_is_found_within_half_a_second(people: dict[str, U8]) -> None:
    found = errors(people["man"], "auto", range(0, 360, 60), blank=20)
    assert max(found.values()) < 0.06, found


def test_a_face_that_rolls_all_the_way_round_is_followed(people: dict[str, U8]) -> None:
    image = people["woman 0"]
    following = stage()
    (face,) = following.step(Frame(image, 0)).faces
    centre = face.landmarks[:, :2].mean(axis=0)
    for i, deg in enumerate(range(0, 361, 10), 1):
        turned, to = rolled(image, centre, deg)
        faces = following.step(Frame(turned, i * FRAME_NS)).faces
        if i == 1:
            continue  # the image has become larger
        expected = face.landmarks[:, :2] @ to[:, :2].T + to[:, 2]
        assert np.linalg.norm(faces[0].landmarks[:, :2] - expected, axis=1).mean() < 8, deg


@pytest.mark.parametrize("face_px", [60, 120, 250])
def test_small_faces_in_a_panorama_are_found(image_of: Callable[[str], U8], face_px: int) -> None:
    man = image_of("single_face")[90:500, 110:460]  # of whom the face is 250 px wide
    portrait = cv2.resize(man, None, fx=face_px / 250, fy=face_px / 250, interpolation=cv2.INTER_AREA)
    height, width = portrait.shape[:2]
    panorama = np.full((512, 8000, 3), 90, np.uint8)
    places = [100, 990, 4321, 7600]
    for x in places:
        panorama[50 : 50 + height, x : x + width] = portrait
    for image, axis in ((panorama, 0), (np.ascontiguousarray(np.rot90(panorama, -1)), 1)):
        faces = stage(max_faces=8).step(Frame(image, 0)).faces
        at = sorted(float(f.box[axis]) for f in faces)
        np.testing.assert_allclose(at, [x + 0.2 * width for x in places], atol=0.2 * width)


def test_a_picture_without_a_face_has_none_in_any_turn(frames_of: Callable[[str], Iterator[Frame]]) -> None:
    for frame in islice(frames_of("no_face"), 0, None, 15):
        assert not stage().step(frame).faces
