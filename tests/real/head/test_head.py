"""The head with its real data: is it a face, and does it do what the names say?

Human measures are from anthropometric tables, wide enough for 12 to 85 years.
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from mien_models.head import Head, Identity, Part
from mien_models.head.model.data import MM
from mien_models.head.model.landmarks import Landmarks
from mien_models.spaces import arkit
from mien_models.spaces.arkit import BLENDSHAPES

F64 = NDArray[np.float64]

PEOPLE = 60


@pytest.fixture(scope="module")
def people(head: Head) -> list[F64]:
    rng = np.random.default_rng(0)
    return [head.neutral(Identity.sample(rng)) for _ in range(PEOPLE)]


def part(head: Head, which: Part) -> NDArray[np.int32]:
    return np.unique(head.data.triangles[head.data.parts == which])


def test_names_are_those_of_arkit(head: Head) -> None:
    """Each array of weights moves what its name says: on its own side, and at its own height."""
    rest = head.neutral(Identity.mean())
    places = {
        "eyeBlinkLeft": (30, 0), "eyeBlinkRight": (-30, 0), "browInnerUp": (0, 18), "browOuterUpLeft": (38, 18),
        "mouthSmileLeft": (30, -62), "mouthSmileRight": (-30, -62), "jawOpen": (0, -80), "noseSneerRight": (-15, -30),
    }  # fmt: skip
    for name, (aside, up) in places.items():
        moved = np.linalg.norm(head.animate(rest, np.eye(52)[arkit.INDEX[name]]) - rest, axis=1)
        centre = (moved[:, None] * rest).sum(0)[1:] / moved.sum() / MM
        assert np.abs(centre - (aside, up)).max() < 22, (name, centre)


def test_same_seed_same_face(head: Head) -> None:
    a, b = (head.vertices(Identity.sample(np.random.default_rng(5)), {"jawOpen": 0.3}) for _ in range(2))
    np.testing.assert_array_equal(a, b)


def test_every_face_has_human_measures(head: Head, people: list[F64]) -> None:
    skin = part(head, Part.SKIN)
    left, right = head.data.eyes
    for face in people:
        eyes = face[left:right].mean(0), face[right:].mean(0)
        assert 0.050 < np.linalg.norm(eyes[0] - eyes[1]) < 0.075
        depth, width, height = np.ptp(face[skin], axis=0)
        assert 0.17 < depth < 0.28
        assert 0.14 < width < 0.23  # ears included
        assert 0.19 < height < 0.30


def test_adults_are_as_large_as_people_and_children_smaller(head: Head) -> None:
    """Means of women and men within half a standard deviation of Dodgson (2004) and of NIOSH (2005)."""
    skull = part(head, Part.SKIN)
    skull = skull[head.data.base[skull, 2] > 0.02]  # above the ears
    landmarks = Landmarks()

    def measures(values: dict[str, float]) -> tuple[float, float, float]:
        face = head.neutral(Identity.of(values))
        left, right = head.data.eyes
        pupils = np.linalg.norm(face[left:right].mean(0) - face[right:].mean(0))
        chin = landmarks(face)[152]
        return float(pupils), float(np.linalg.norm(chin)), float(np.ptp(face[skull, 1]))

    adults = np.mean([measures({"masculinity": m}) for m in (0.0, 1.0)], axis=0)
    np.testing.assert_array_less(np.abs(adults - (0.0634, 0.118, 0.150)), (0.0019, 0.0033, 0.0035))
    for m in (0.0, 1.0):
        child, adult = measures({"masculinity": m, "age": -0.9}), measures({"masculinity": m})
        assert all(a < 0.97 * b for a, b in zip(child, adult, strict=True))


def test_the_sellion_is_the_origin(head: Head, people: list[F64]) -> None:
    """In front between the eyes, within what an asymmetry moves it."""
    sellion = int(np.argmin(np.linalg.norm(head.data.base, axis=1)))
    for face in people:
        assert np.linalg.norm(face[sellion]) < 1e-4


def test_sides(head: Head) -> None:
    """Left shapes move the person's left, which is y > 0."""
    rest = head.neutral(Identity.mean())
    for name in BLENDSHAPES:
        moved = np.linalg.norm(head.animate(rest, {name: 1.0}) - rest, axis=1)
        left, right = moved[rest[:, 1] > 0.001].sum(), moved[rest[:, 1] < -0.001].sum()
        assert moved.max() > 0.001, name
        if name.endswith("Left") and name not in {"jawLeft", "mouthLeft"}:
            assert left > 2 * right, name
        elif name.endswith("Right") and name not in {"jawRight", "mouthRight"}:
            assert right > 2 * left, name


def lid_gap(head: Head, points: F64) -> float:
    """How far the left lids are apart at the middle of the eye [m]."""
    upper, lower = head.data.lids[0]
    return float(points[upper, 2].mean() - points[lower, 2].mean())


def test_a_blink_closes_the_eye_of_everybody(head: Head, people: list[F64]) -> None:
    for face in people:
        assert 0.004 < lid_gap(head, face) < 0.013
        assert abs(lid_gap(head, head.animate(face, {"eyeBlinkLeft": 1.0}))) < 0.0006
        half = lid_gap(head, head.animate(face, {"eyeBlinkLeft": 0.5})) / lid_gap(head, face)
        assert 0.4 < half < 0.6


def test_lips_are_closed_at_rest(head: Head, people: list[F64]) -> None:
    upper, lower = head.data.lips
    for face in people:
        assert abs(face[upper, 2] - face[lower, 2]) < 1.1e-3


def test_lids_follow_the_gaze(head: Head) -> None:
    face = head.neutral(Identity.mean())
    gaps = [lid_gap(head, head.animate(face, eyes=[[0, pitch]] * 2)) for pitch in (-0.5, -0.2, 0)]
    assert gaps[0] < gaps[1] < gaps[2]


def test_a_grieving_brow_slants(head: Head, people: list[F64]) -> None:
    """AU1 with AU4: the inner ends rise and come together, the rest of the brow does not rise."""
    see, inner, middle = Landmarks(), (107, 336), (105, 334)
    for face in people[:10]:
        rest, knit = see(face), see(head.animate(face, {"browDownLeft": 1.0, "browDownRight": 1.0}))
        grieving = see(head.animate(face, {"browDownLeft": 1.0, "browDownRight": 1.0, "browInnerUp": 1.0}))
        for end, high in zip(inner, middle, strict=True):
            assert knit[end, 2] < rest[end, 2] - 0.003
            assert grieving[end, 2] > rest[end, 2] + 0.002
            assert grieving[high, 2] < rest[high, 2]
        assert np.abs(grieving[inner, 1]).sum() < np.abs(rest[inner, 1]).sum() - 0.005


def test_the_jaw_takes_teeth_and_tongue_along(head: Head, people: list[F64]) -> None:
    lower, upper, tongue = (part(head, p) for p in (Part.TEETH_LOWER, Part.TEETH_UPPER, Part.TONGUE))
    for face in people:
        moved = head.animate(face, {"jawOpen": 1.0}) - face
        assert (moved[lower, 2] < -0.005).all()
        assert (np.abs(moved[upper]) < 1e-4).all()
        assert moved[tongue, 2].mean() < -0.005


def test_eyes_are_balls_that_stay_in_their_sockets(head: Head, people: list[F64]) -> None:
    left, right = head.data.eyes
    for face in people:
        moved = head.animate(face, eyes=[[0.4, -0.3], [-0.4, 0.3]])
        for ball in (slice(left, right), slice(right, None)):
            radius = np.linalg.norm(moved[ball] - moved[ball].mean(0), axis=1)
            assert 0.010 < radius.mean() < 0.019
            assert np.ptp(radius) < 0.15 * radius.mean()
            np.testing.assert_allclose(moved[ball].mean(0), face[ball].mean(0), atol=1e-12)


def test_triangles_face_outwards(head: Head, people: list[F64]) -> None:
    for face in people[:10]:
        for which in (Part.SKIN, Part.EYE_LEFT, Part.EYE_RIGHT):
            corners = face[head.data.triangles[head.data.parts == which]]
            normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
            out = corners.mean(1) - corners.mean((0, 1))
            assert ((normals * out).sum(1) > 0).mean() > 0.85


def test_the_tongue_lies_flat_in_an_open_mouth(head: Head, people: list[F64]) -> None:
    """Its back is no higher than the tip, where at rest it is at the palate; an open mouth shows the throat."""
    tongue, teeth = part(head, Part.TONGUE), part(head, Part.TEETH_LOWER)
    for face in people[:5]:
        x = face[tongue, 0] - face[teeth, 0].max()
        tip, back = tongue[x > -0.012], tongue[(x < -0.025) & (x > -0.045)]
        open_ = head.animate(face, {"jawOpen": 1.0})
        assert face[back, 2].max() > face[tip, 2].max() + 0.002
        assert open_[back, 2].max() < open_[tip, 2].max() + 0.008
        assert open_[back, 2].max() < face[head.data.lips[0], 2] - 0.012
