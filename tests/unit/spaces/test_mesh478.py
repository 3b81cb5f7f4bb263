"""Names of landmarks, against where the canonical face has them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from mien_models import load_face_geometry
from mien_models.spaces import mesh478 as mesh

LEFT, RIGHT = 0, 1


@cache
def face() -> np.ndarray:
    """Vertices of the canonical face [cm]: x to the person's left, y up, z out of the face."""
    return load_face_geometry().vertices


def at(*points: int) -> np.ndarray:
    return face()[list(points)].mean(0)


def pairs() -> Iterator[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    """All sets that a face has on both sides; irises, which the canonical face lacks, apart."""
    for name, value in vars(mesh).items():
        if not name.isupper() or name in ("IRISES", "PUPILS", "LIPS") or not isinstance(value, tuple):
            continue
        if len(value) == 2 and isinstance(value[0], tuple):
            yield name, value[0], value[1]
        elif len(value) == 2 and name != "CHIN_BOSS":
            yield name, value[:1], value[1:]


@pytest.mark.parametrize(("name", "left", "right"), list(pairs()))
def test_left_is_the_persons_left_and_right_its_mirror_image(
    name: str, left: tuple[int, ...], right: tuple[int, ...]
) -> None:
    assert at(*left)[0] > 0 > at(*right)[0], name
    mirrored = face()[list(left)] * (-1, 1, 1)
    away = np.linalg.norm(mirrored[:, None] - face()[list(right)], axis=2)
    assert away.min(1).max() < 0.05, name
    assert away.min(0).max() < 0.05, name


def test_edges_run_from_the_nose_outwards_and_those_of_lips_from_right_to_left() -> None:
    for edge in (mesh.UPPER_LID, mesh.LOWER_LID, mesh.BROW_UPPER, mesh.BROW_LOWER):
        assert (np.diff(face()[list(edge[LEFT]), 0]) > 0).all()
        assert (np.diff(face()[list(edge[RIGHT]), 0]) < 0).all()
    for lip in (mesh.UPPER_LIP_OUTER, mesh.LOWER_LIP_OUTER, mesh.UPPER_LIP_INNER, mesh.LOWER_LIP_INNER):
        assert (np.diff(face()[list(lip), 0]) > 0).all()
    assert (np.diff(face()[list(mesh.EYE_CORNERS), 0]) > 0).all()


def test_what_is_above_is_above() -> None:
    for side in (LEFT, RIGHT):
        down = (
            at(*mesh.BROW_UPPER[side]),
            at(*mesh.BROW_LOWER[side]),
            at(*mesh.UPPER_LID[side]),
            at(mesh.EYE_OUTER[side], mesh.EYE_INNER[side]),
            at(*mesh.LOWER_LID[side]),
            at(*mesh.UNDER_EYE[side]),
            at(*mesh.NOSE_WINGS[side]),
            at(*mesh.UPPER_LIP_PEAKS[side]),
            at(mesh.MOUTH_CORNERS[side]),
            at(*mesh.LOWER_LIP_PEAKS[side]),
            at(*mesh.JAW[side]),
        )
        assert (np.diff([point[1] for point in down]) < 0).all()
    middle = (
        *mesh.NOSE_BRIDGE, mesh.SUBNASALE, mesh.UPPER_LIP_TOP, mesh.UPPER_LIP_BOTTOM, mesh.LOWER_LIP_TOP,
        mesh.LOWER_LIP_BOTTOM, *mesh.CHIN_BOSS, mesh.MENTON,
    )  # fmt: skip
    assert np.abs(face()[list(middle), 0]).max() < 0.01
    assert (np.diff(face()[list(middle), 1]) < 0).all()
    assert face()[mesh.NOSE_BRIDGE[-1], 2] == face()[:, 2].max()  # the tip


def test_corners_are_the_ends_of_what_they_close() -> None:
    for side, sign in ((LEFT, 1), (RIGHT, -1)):
        x = sign * face()[list(mesh.EYES[side]), 0]
        assert mesh.EYES[side][int(x.argmax())] == mesh.EYE_OUTER[side]
        assert mesh.EYES[side][int(x.argmin())] == mesh.EYE_INNER[side]
    for ring, (left, right) in zip(mesh.LIPS, (mesh.MOUTH_CORNERS, mesh.MOUTH_INNER_CORNERS), strict=True):
        x = face()[list(ring), 0]
        assert (ring[int(x.argmax())], ring[int(x.argmin())]) == (left, right)


def test_outlines_are_rings_of_short_steps() -> None:
    for ring in (mesh.OVAL, *mesh.EYES, *mesh.BROWS, *mesh.LIPS):
        assert len(set(ring)) == len(ring)
        points = face()[[*ring, ring[0]]]
        steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
        assert steps.max() < 0.35 * np.ptp(points[:, :2], axis=0).max()
    outline = face()[list(mesh.OVAL), :2]
    assert outline[:, 0].max() == face()[:, 0].max()
    assert outline[:, 1].max() == face()[:, 1].max()
    assert outline[:, 1].min() == face()[:, 1].min()


def test_irises_follow_the_surface() -> None:
    assert len(face()) == mesh.SURFACE
    assert sorted(mesh.IRISES[LEFT] + mesh.IRISES[RIGHT]) == list(range(mesh.SURFACE, mesh.COUNT))
    # MediaPipe's iris model: the centre comes first; right in the image is inner on the right eye.
    assert mesh.PUPILS == (473, 468)
    assert mesh.IRISES[LEFT][1:] == (474, 475, 476, 477)
    assert mesh.IRISES[RIGHT][1:] == (471, 470, 469, 472)
