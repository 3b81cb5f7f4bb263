"""Capture of a resting face on request: what it learns, and what it refuses to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mien.core.baseline.capture import Capture
from mien.core.geometry import FACING_CAMERA, matrix
from mien.core.types import F64, Baseline, BaselineMethod, PersonBaseline

from .observations import POINTS, observation, shapes

S = 1_000_000_000
FRAME = S // 30
REST = {"browDownLeft": 0.3, "eyeSquintLeft": 0.4, "mouthPucker": 0.1}


def turned(yaw_deg: float = 0.0) -> F64:
    """4×4 pose of a head turned to its own left, 60 cm before the camera."""
    y = np.radians(yaw_deg)
    pose = np.eye(4)
    pose[:3, :3] = FACING_CAMERA @ [[np.cos(y), -np.sin(y), 0], [np.sin(y), np.cos(y), 0], [0, 0, 1]]
    pose[2, 3] = 0.6
    return pose


class Film:
    """Faces before a capture, one frame after the other."""

    def __init__(self, *track_ids: int, duration_s: float = 1.0) -> None:
        self.capture = Capture(track_ids or (1,), duration_s)
        self.now = 100 * S

    def show(self, *seen: object) -> None:
        self.now += FRAME
        for track_id, each in zip(self.capture.track_ids, seen, strict=False):
            self.capture.see(track_id, each, self.now)  # type: ignore[arg-type]
        self.capture.tick(self.now)

    def play(self, seconds: float, *seen: object) -> Capture:
        for _ in range(round(seconds * 30)):
            self.show(*seen)
        return self.capture

    def only(self) -> PersonBaseline:
        assert self.capture.success, self.capture.message
        (baseline,) = self.capture.baselines.values()
        return baseline


def at_rest(**more: float) -> object:
    return observation(shapes(**(REST | more)), units=0.2, angle_deg=30, pose=turned())


def test_it_learns_everything_that_there_is_of_the_resting_face() -> None:
    film = Film()
    capture = film.play(0.5, at_rest())
    assert not capture.done
    film.play(0.6, at_rest())
    assert 28 <= capture.frames <= 33
    baseline = film.only()
    assert baseline.about == Baseline(BaselineMethod.CAPTURED, 1.0, 100 * S + FRAME)
    assert baseline.blendshapes == pytest.approx(shapes(**REST))
    assert baseline.au_intensity == pytest.approx(1.0)
    assert np.degrees(np.arctan2(*baseline.embedding)) == pytest.approx(30)
    assert baseline.landmarks == pytest.approx(POINTS)
    assert baseline.emotion == pytest.approx(1 / 8)
    assert baseline.affect == pytest.approx([0.2, -0.4])
    assert baseline.head is not None
    np.testing.assert_allclose(matrix(baseline.head), FACING_CAMERA, atol=1e-9)
    assert capture.message == f"learned the resting face of 1 from {capture.frames} images"


def test_what_rests_very_high_is_taken_for_half_of_its_scale() -> None:
    film = Film()
    film.play(1.1, observation(shapes(eyeSquintLeft=0.9), units=0.8))
    assert film.only().blendshapes.max() == 0.5
    assert film.only().au_intensity.max() == 2.5


def test_a_head_that_is_seen_from_aside_is_the_heads_rest() -> None:
    film = Film()
    film.play(1.1, observation(shapes(**REST), pose=turned(15)))
    head = film.only().head
    assert head is not None
    np.testing.assert_allclose(matrix(head), turned(15)[:3, :3], atol=1e-9)


def test_a_face_without_pose_landmarks_units_and_embedding_leaves_them_unknown() -> None:
    film = Film()
    bare = replace(
        observation(shapes(**REST)),
        units=np.zeros(0), embedding=np.zeros(0, np.float32), landmarks=np.full((478, 2), np.nan, np.float32),
    )  # fmt: skip
    film.play(1.1, bare)
    baseline = film.only()
    assert (baseline.head, baseline.landmarks) == (None, None)
    assert baseline.au_intensity.size == baseline.embedding.size == 0
    assert baseline.blendshapes == pytest.approx(shapes(**REST))


def test_one_blink_spoils_nothing() -> None:
    film = Film()
    film.play(0.4, at_rest())
    film.play(0.2, at_rest(eyeBlinkLeft=0.9, eyeBlinkRight=0.9))
    film.play(0.5, at_rest())
    assert film.only().blendshapes == pytest.approx(shapes(**REST))


REFUSED = [
    ("mouthSmileLeft was at 0.80", observation(shapes(mouthSmileLeft=0.8, mouthSmileRight=0.8)), "relax the face"),
    ("jawOpen was at 0.50", observation(shapes(jawOpen=0.5)), "relax the face"),
    ("eyes were shut", observation(shapes(eyeBlinkLeft=0.9, eyeBlinkRight=0.9)), "keep them open"),
    ("the head was turned by 49 degrees", observation(pose=turned(50)), "look at the camera"),
    ("seen in 0 images of 1 s, 5 are needed", observation(clear=False), "keep it in view"),
    ("seen in 0 images of 1 s, 5 are needed", observation(np.full(52, np.nan)), "keep it in view"),
]


@pytest.mark.parametrize(("names", "seen", "mend"), REFUSED, ids=[r[0] for r in REFUSED])
def test_what_is_no_resting_face_is_refused_with_a_mend(names: str, seen: object, mend: str) -> None:
    capture = Film().play(1.2, seen)
    assert capture.done
    assert not capture.success
    assert not capture.baselines
    assert names in capture.message
    assert mend in capture.message


def test_a_face_that_moves_is_refused() -> None:
    film = Film()
    for i in range(40):
        film.show(observation(shapes(browInnerUp=0.5 * (i // 6 % 2))))
    assert not film.capture.success
    assert "browInnerUp moved; keep the face still" in film.capture.message


def test_a_head_that_moves_is_refused() -> None:
    film = Film()
    for i in range(40):
        film.show(observation(shapes(**REST), pose=turned(12 * (-1) ** (i // 6))))
    assert not film.capture.success
    assert "the head moved" in film.capture.message


def test_too_few_images_are_refused() -> None:
    capture = Film(duration_s=0.05).play(0.3, at_rest())
    assert capture.frames < 5
    assert not capture.success
    assert "use a longer duration_s" in capture.message


def test_of_several_faces_all_have_to_succeed() -> None:
    both = Film(1, 4)
    both.play(1.1, at_rest(), at_rest())
    assert sorted(both.capture.baselines) == [1, 4]
    assert "1, 4" in both.capture.message
    capture = Film(1, 4).play(1.1, at_rest(), at_rest(jawOpen=0.6))
    assert not capture.success
    assert not capture.baselines
    assert capture.message.startswith("face 4: jawOpen")


@pytest.mark.parametrize("duration_s", [0.0, 11.0, -1.0, float("nan")])
def test_a_duration_that_makes_no_sense_is_refused_at_once(duration_s: float) -> None:
    capture = Capture((1,), duration_s)
    assert capture.done
    assert not capture.success
    assert "duration_s" in capture.message
    assert "give one in (0, 10]" in capture.message


def test_with_nobody_there_it_says_so_at_once() -> None:
    capture = Capture((), 1.0)
    assert capture.done
    assert "no face" in capture.message


def test_a_film_that_ends_early_is_judged_by_what_it_showed() -> None:
    film = Film(duration_s=10.0)
    film.play(0.5, at_rest())
    film.capture.conclude()
    assert film.only().blendshapes == pytest.approx(shapes(**REST))
    said = film.capture.message
    film.capture.refuse("too late")
    assert film.capture.success
    assert film.capture.message == said
