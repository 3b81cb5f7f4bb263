"""Faces that are occluded, cut off, blurred or overexposed are read with low confidence; upside down, as upright."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import pytest

from mien.core.types import F32, U8, Affect, Face, Frame
from mien.faces.config import FacesConfig
from mien.perception.pipeline import Pipeline
from mien_models.spaces import facs

pytestmark = pytest.mark.real
Damage = Callable[[U8, Face], U8]

_EYES, _LIPS = (33, 133, 362, 263), (13, 14)
_LEVEL = (0, 128, 255)


@dataclass(frozen=True)
class Person:
    image: U8
    face: Face
    affect: Affect


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(faces=FacesConfig(smooth=False, max_faces=8))


@pytest.fixture(scope="module")
def people(image_of: Callable[[str], U8], pipeline: Pipeline) -> list[Person]:
    """Faces of two photographs, each alone in a picture of its surroundings."""
    found = []
    for name in ("single_face", "multi_face"):
        image = image_of(name)
        pipeline.reset()
        for face in pipeline.step(Frame(image, 0)).faces.faces:
            x, y, w, h = face.box.astype(int).tolist()
            alone = np.ascontiguousarray(image[max(0, y - h) : y + 2 * h, max(0, x - w) : x + 2 * w])
            seen = look(pipeline, alone)
            if seen is not None:
                found.append(Person(alone, *seen))
    assert len(found) >= 5
    return found


def look(pipeline: Pipeline, image: U8) -> tuple[Face, Affect] | None:
    """The face nearest to the middle of an image from side to side: neighbours may be seen in part."""
    pipeline.reset()
    result = pipeline.step(Frame(np.ascontiguousarray(image), 0))
    pairs = zip(result.faces.faces, result.affects.affects, strict=True)
    middle = image.shape[1] / 2
    return min(pairs, key=lambda pair: abs(float(pair[0].box[0] + pair[0].box[2] / 2) - middle), default=None)


def over(points: tuple[int, ...], width: float, height: float, colour: int) -> Damage:
    """Something plain before the middle of landmarks, so wide and high in widths of the face."""

    def damage(image: U8, face: Face) -> U8:
        image, (x, y) = image.copy(), face.landmarks[list(points), :2].mean(axis=0)
        dx, dy = face.box[2] * width / 2, face.box[2] * height / 2
        corners = [(int(x - dx), int(y - dy)), (int(x + dx), int(y + dy))]
        cv2.rectangle(image, *corners, (colour, colour, colour), -1)
        return image

    return damage


def blur(image: U8, face: Face) -> U8:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), 0.045 * float(face.box[2])), np.uint8)


def shrink(image: U8, face: Face) -> U8:
    scale = 14 / float(face.box[2])
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def burn(image: U8, face: Face) -> U8:
    return np.minimum(image.astype(np.uint16) * 5, 255).astype(np.uint8)


def cut_below_nose(image: U8, face: Face) -> U8:
    return image[: int(face.landmarks[2, 1])]


def cut_above_eyes(image: U8, face: Face) -> U8:
    return image[int(face.landmarks[list(_EYES), 1].max()) :]


def confidence(affect: Affect, rows: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    return float(affect.au_confidence[rows].mean())


@pytest.mark.parametrize(
    ("damage", "hidden"),
    [
        *((over(_LIPS, 1.0, 0.65, colour), facs.LOWER) for colour in _LEVEL),
        *((over(_EYES, 1.3, 0.36, colour), ~facs.LOWER) for colour in _LEVEL),
        (cut_below_nose, facs.LOWER),
        (cut_above_eyes, ~facs.LOWER),
        (blur, facs.LOWER | True),
        (shrink, facs.LOWER | True),
        (burn, facs.LOWER | True),
    ],
    ids=[
        *(f"{what}-{colour}" for what in ("mouth", "eyes") for colour in _LEVEL),
        *("below nose", "above eyes", "blur", "tiny", "burnt"),
    ],
)  # fmt: skip
def test_what_is_hidden_is_read_without_confidence(
    damage: Damage,
    hidden: np.ndarray[tuple[int], np.dtype[np.bool_]],
    people: list[Person],
    pipeline: Pipeline,
) -> None:
    """In the median over people: some faces are no longer found, and an object may hide less than it should."""
    shares, emotions = [], []
    for person in people:
        seen = look(pipeline, damage(person.image, person.face))
        if seen is None:
            continue
        affect = seen[1]
        known: F32 = affect.au_intensity[np.isfinite(affect.au_intensity)]
        assert ((known >= 0) & (known <= 5)).all()
        shares.append(confidence(affect, hidden) / confidence(person.affect, hidden))
        emotions.append(affect.emotion_confidence / person.affect.emotion_confidence)
    if shares:
        assert np.median(shares) < 0.65
        assert np.median(emotions) < 0.85


def test_what_hides_nothing_changes_nothing(people: list[Person], pipeline: Pipeline) -> None:
    """Half of the light, and four times fewer pixels where there are enough: of some, 47 are left across a face."""
    shares = []
    for person in people:
        small = cv2.resize(person.image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        for image, least in ((person.image // 2, 0.75), (small, 0.75)):
            seen = look(pipeline, np.asarray(image, np.uint8))
            assert seen is not None
            shares.append(seen[1].au_confidence.mean() / person.affect.au_confidence.mean())
            assert shares[-1] > least
            assert np.abs(seen[1].au_intensity - person.affect.au_intensity).mean() < 0.2
    assert np.median(shares) > 0.95


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_face_is_read_the_same_whichever_way_up(quarters: int, people: list[Person], pipeline: Pipeline) -> None:
    for person in people:
        seen = look(pipeline, np.ascontiguousarray(np.rot90(person.image, quarters)))
        assert seen is not None
        assert seen[1].au_confidence.mean() > 0.8 * person.affect.au_confidence.mean()
        assert np.nanmean(np.abs(seen[1].au_intensity - person.affect.au_intensity)) < 0.2


def test_what_is_no_face_is_read_without_confidence(pipeline: Pipeline) -> None:
    """Clouds of colour in which a detector that is asked to finds some."""
    eager = Pipeline(faces=FacesConfig(smooth=False, max_faces=8, min_score=0.3, min_presence=0.3))
    rng, found = np.random.default_rng(0), 0
    for i in range(12):
        cloud = cv2.GaussianBlur(rng.normal(0, 1, (300, 300, 3)), (0, 0), (3, 8, 15)[i % 3])
        seen = look(eager, np.clip(128 + 50 * cloud / cloud.std(), 0, 255).astype(np.uint8))
        if seen is not None:
            found += 1
            assert seen[1].au_confidence.mean() < 0.2
            assert seen[1].emotion_confidence < 0.3
    assert found
