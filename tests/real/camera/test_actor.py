"""The synthetic camera: the truth that it tells is that of its pictures."""

from __future__ import annotations

from itertools import count
from typing import Any

import numpy as np
import pytest

from mien.camera.config import CameraConfig
from mien.camera.sources import open_source
from mien.core.geometry import angle_deg
from mien.core.metrics import landmark_error
from mien.core.types import Frame
from mien.faces.config import FacesConfig
from mien.faces.stage import Stage
from mien_models.spaces import arkit, facs

pytest.importorskip("numba", reason="the actor needs the extra `actor`")
pytestmark = pytest.mark.real


def source(**changes: Any) -> Any:
    return open_source(
        CameraConfig(**({"source": "actor", "actor_s": 0.4, "framerate": 10.0, "paced": False} | changes))
    )


@pytest.fixture(scope="module")
def frames() -> list[Frame]:
    return list(iter(source().read, None))


def test_plays_as_long_and_as_fast_as_it_is_asked_to(frames: list[Frame]) -> None:
    assert [f.stamp_ns for f in frames] == [0, 100_000_000, 200_000_000, 300_000_000]
    assert frames[0].image.shape == (480, 640, 3)
    assert frames[0].intrinsics is not None


def test_truth_is_complete_and_in_range(frames: list[Frame]) -> None:
    for frame in frames:
        assert frame.truth is not None
        (face,) = frame.truth.faces.faces
        (expression,) = frame.truth.expressions.expressions
        (affect,) = frame.truth.affects.affects
        assert expression.blendshapes.shape == (len(arkit.BLENDSHAPES),)
        assert ((expression.blendshapes >= 0) & (expression.blendshapes <= 1)).all()
        assert affect.au_intensity.shape == (len(facs.AUS),)
        assert ((affect.au_intensity >= 0) & (affect.au_intensity <= 5)).all()
        np.testing.assert_allclose(np.linalg.norm(face.gaze, axis=1), 1, atol=1e-6)
        assert face.landmarks.shape == (478, 3)


def test_a_tracker_that_never_saw_the_truth_agrees_with_it(frames: list[Frame]) -> None:
    stage = Stage(FacesConfig(max_faces=1, smooth=False))
    for frame in frames:
        assert frame.truth is not None
        (known,), (face,) = frame.truth.faces.faces, stage.step(frame).faces
        assert known.pose is not None
        assert face.pose is not None
        assert landmark_error(known.landmarks, face.landmarks) < 0.06
        assert angle_deg(known.pose[:3, :3], face.pose[:3, :3]) < 12


def test_the_same_person_gives_the_same_pixels_and_another_gives_others(frames: list[Frame]) -> None:
    again = source().read()
    other = source(actor=3).read()
    np.testing.assert_array_equal(again.image, frames[0].image)
    assert np.abs(other.image.astype(int) - frames[0].image).mean() > 2


def test_pictures_that_come_too_late_are_never_drawn() -> None:
    """Each picture takes 0.25 s; at 10 a second two of three are missed."""
    from mien.camera.actor import ActorSource

    clock = count(0.0, 0.25)
    late = ActorSource(CameraConfig(source="actor", actor_s=1.0, framerate=10.0), now_s=lambda: next(clock))
    stamps = [f.stamp_ns for f in iter(late.read, None)]
    assert stamps[0] == 0
    assert np.diff(stamps).min() >= 100_000_000
    assert len(stamps) == 5
