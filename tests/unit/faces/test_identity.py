"""Who is recalled, and who is not."""

from __future__ import annotations

import numpy as np
import pytest

from mien.core.types import F32, U8
from mien.faces.identity import Likeness, Memory, SFace
from mien.faces.track import Sighting, Track
from mien_models import FakeSession
from mien_models.spaces.mesh478 import EYE_INNER, EYE_OUTER, MOUTH_CORNERS, NOSE_BRIDGE

IMAGE = np.zeros((10, 10, 3), np.uint8)
S = 1_000_000_000
FOREVER = 1e18


def person(*features: float, presence: float = 0.99) -> Sighting:
    """A face whose signature points to `features`."""
    v = np.array(features, np.float32)
    box = np.array([0, 0, 10, 10], np.float32)
    return Sighting(np.zeros((478, 3), np.float32), box, presence, 0.9, v / np.linalg.norm(v))


class Known:
    """Takes the appearance, and counts."""

    surely = 0.8

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, image: U8, sighting: Sighting) -> F32 | None:
        self.calls += 1
        return sighting.appearance


def gone(memory: Memory, *people: Sighting) -> list[Track]:
    """Tracks 1, 2, … that were seen, and left."""
    tracks = [Track(i, p, 0) for i, p in enumerate(people, 1)]
    for track in tracks:
        memory.watch(IMAGE, track, 0)
    memory.keep(tracks, 0, FOREVER)
    return tracks


def test_who_is_surely_the_same_is_recalled_once_with_how_surely() -> None:
    memory = Memory(Known())
    first, second = gone(memory, person(1, 0), person(0, 1))
    found = memory.recall(IMAGE, [person(1, 0)])
    assert found == {0: (first, 1.0)}
    assert memory.recall(IMAGE, [person(1, 0)]) == {}
    assert memory.recall(IMAGE, [person(0, 1)])[0][0] is second


def test_confidence_goes_from_a_half_at_the_threshold_to_one() -> None:
    for cosine, confidence in ((0.8001, 0.5), (0.9, 0.75), (1.0, 1.0)):
        memory = Memory(Known())
        gone(memory, person(1, 0))
        ((_, told),) = memory.recall(IMAGE, [person(cosine, np.sqrt(1 - cosine**2))]).values()
        assert told == pytest.approx(confidence, abs=1e-3)


def test_a_stranger_and_who_is_like_two_are_nobody() -> None:
    memory = Memory(Known())
    gone(memory, person(1, 0, 0), person(0, 1, 0))
    assert memory.recall(IMAGE, [person(0.79, 0, 0.613)]) == {}
    twins = Memory(Known())
    gone(twins, person(1, 0.1), person(1, -0.1))
    assert twins.recall(IMAGE, [person(1, 0)]) == {}
    assert twins.recall(IMAGE, [person(1, 0.6)])  # clearly nearer to the one


def test_of_two_who_are_like_one_who_left_the_one_who_is_more_so_is_recalled() -> None:
    memory = Memory(Known())
    (track,) = gone(memory, person(1, 0))
    found = memory.recall(IMAGE, [person(0.9, 0.436), person(1, 0.01)])
    assert list(found) == [1]
    assert found[1][0] is track


def test_a_face_that_is_hardly_seen_is_neither_learned_nor_recalled() -> None:
    memory = Memory(Known())
    gone(memory, person(1, 0, presence=0.6))
    assert memory.recall(IMAGE, [person(1, 0)]) == {}
    gone(memory, person(1, 0))
    assert memory.recall(IMAGE, [person(1, 0, presence=0.6)]) == {}


def test_who_is_gone_for_too_long_is_forgotten_and_of_very_many_the_first() -> None:
    memory = Memory(Known())
    gone(memory, person(1, 0))
    memory.keep([], 10 * S, 10 * S)
    memory.keep([], 10 * S + 1, 10 * S)
    assert memory.recall(IMAGE, [person(1, 0)]) == {}
    gone(memory, *(person(*np.eye(70)[i]) for i in range(70)))
    assert memory.recall(IMAGE, [person(*np.eye(70)[5])]) == {}
    assert memory.recall(IMAGE, [person(*np.eye(70)[6])])


def test_a_followed_face_is_looked_at_once_a_second_and_its_signature_is_the_mean() -> None:
    known = Known()
    memory, track = Memory(known), Track(1, person(1, 0), 0)
    for i in range(60):
        memory.watch(IMAGE, track, i * S // 30)
    assert known.calls == 2
    track.last = person(0, 1)
    memory.watch(IMAGE, track, 2 * S)
    assert track.signature is not None
    np.testing.assert_allclose(track.signature, np.array([2, 1]) / np.sqrt(5), atol=1e-6)


def test_who_was_emptied_remembers_nobody() -> None:
    memory = Memory(Known())
    gone(memory, person(1, 0))
    assert memory.emptied().recall(IMAGE, [person(1, 0)]) == {}


def test_likeness_is_the_appearance() -> None:
    sighting = person(3, 4)
    assert Likeness()(IMAGE, sighting) is sighting.appearance


@pytest.mark.parametrize(("scale", "angle"), [(1.0, 0.0), (2.0, 0.5), (0.7, 3.0)])
def test_sface_sees_eyes_nose_and_mouth_where_it_was_trained_to(scale: float, angle: float) -> None:
    """A dot at each of the five points of a turned face comes to its place in the ArcFace template."""
    template = np.array(
        [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]]
    )
    c, s = scale * np.cos(angle), scale * np.sin(angle)
    places = (template - 56) @ np.array([[c, s], [-s, c]]) + 200
    landmarks = np.zeros((478, 3), np.float32)
    right, left, nose, mouth_right, mouth_left = places
    for pair in (EYE_OUTER, EYE_INNER):
        landmarks[list(pair), :2] = left, right
    landmarks[NOSE_BRIDGE[-1], :2] = nose
    landmarks[list(MOUTH_CORNERS), :2] = mouth_left, mouth_right
    session = FakeSession([{"embedding": np.array([[3.0, 4.0]], np.float32)}] * 5)
    image = np.zeros((400, 400, 3), np.uint8)
    sighting = Sighting(landmarks, np.zeros(4, np.float32), 0.99, 0.9)
    for place, expected in zip(places, template, strict=True):
        image[:] = 0
        x, y = np.rint(place).astype(int)
        image[y - 2 : y + 3, x - 2 : x + 3] = 255
        np.testing.assert_allclose(SFace(session)(image, sighting), [0.6, 0.8])
        seen = session.calls[-1]["image"][0, ..., 0].astype(float)
        assert seen.shape == (112, 112)
        at = np.array([(seen.sum(0) * np.arange(112)).sum(), (seen.sum(1) * np.arange(112)).sum()]) / seen.sum()
        np.testing.assert_allclose(at, expected, atol=1)
