"""Tracks and ids, with networks that see a face wherever an image is bright."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mien.core.types import U8, Faces, Frame, IdMethod
from mien.faces.config import FacesConfig
from mien.faces.detector import Detection
from mien.faces.stage import Stage, first_id
from mien_models import FakeSession
from mien_models.spaces.mesh478 import EYE_OUTER

S = 1_000_000_000
FRAME = S // 30
SIDE = 60  # of a face [px]
TEXTURE = np.kron(np.random.default_rng(0).integers(0, 6, (6, 6)), np.ones((10, 10))).astype(np.uint8)[..., None]


def landmarks_network(inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """A face that fills two thirds of every square whose middle is bright; its presence is how bright."""
    squares = np.asarray(inputs["image"])
    t = np.linspace(0, 2 * np.pi, 478, endpoint=False)
    face = np.stack([128 + 256 / 3 * np.cos(t), 128 + 256 / 3 * np.sin(t), 0 * t], axis=1).astype(np.float32)
    face[list(EYE_OUTER), :2] = [(160, 100), (96, 100)]
    brightness = squares[:, 100:156, 100:156].mean(axis=(1, 2, 3)) / 255
    return {"landmarks": np.repeat(face[None], len(squares), axis=0), "presence": brightness.astype(np.float32)}


class Eyes:
    """A detector that is told where faces are."""

    turns: tuple[float, ...] = (0,)

    def __init__(self) -> None:
        self.faces: list[tuple[float, float]] = []
        self.looks = 0

    def __call__(self, image: U8, min_score: float, turn: float = 0) -> list[Detection]:
        self.looks += turn == 0
        return [
            Detection(
                0.9, np.array([x - SIDE / 2, y - SIDE / 2, SIDE, SIDE], np.float32),
                np.array([(x - 10, y), (x + 10, y)], np.float32),
            )
            for x, y in (self.faces if turn == 0 else [])
        ]  # fmt: skip

    def close(self, image: U8, min_score: float, turn: float = 0) -> list[Detection]:
        return []


class Scene:
    def __init__(self, start_ns: int = 0, **config: Any) -> None:
        self.eyes = Eyes()
        nothing = FakeSession([])
        sessions = {"facemesh_v2": FakeSession(landmarks_network), "blazeface_short": nothing, "yunet": nothing}
        self.stage = Stage(FacesConfig(crop="none", **config), sessions)
        self.stage._detectors = [self.eyes]
        self.now = start_ns - FRAME

    def show(self, *faces: tuple[float, float], level: int = 250, step_ns: int = FRAME) -> Faces:
        self.now += step_ns
        image = np.zeros((240, 640, 3), np.uint8)
        for x, y in faces:
            image[int(y) - 30 : int(y) + 30, int(x) - 30 : int(x) + 30] = level - TEXTURE
        self.eyes.faces = list(faces)
        return self.stage.step(Frame(image, self.now))


def ids(faces: Faces) -> list[int]:
    return [f.track_id for f in faces.faces]


def test_a_face_keeps_its_id_and_detectors_rest_while_everybody_is_followed() -> None:
    scene = Scene(max_faces=1)
    assert [ids(scene.show((100, 100))) for _ in range(60)] == [[1]] * 60
    assert scene.eyes.looks == 1


@pytest.mark.parametrize(("interval_s", "looks"), [(0.5, 4), (1.0, 2), (0.0, 60)])
def test_with_room_for_more_detectors_look_now_and_then(interval_s: float, looks: int) -> None:
    scene = Scene(max_faces=2, detect_interval_s=interval_s)
    for _ in range(60):
        scene.show((100, 100))
    assert abs(scene.eyes.looks - looks) <= 1


def test_a_second_face_is_found_and_told_in_the_order_of_ids() -> None:
    scene = Scene()
    scene.show((400, 100))
    for _ in range(30):
        faces = scene.show((100, 100), (400, 100))
    assert ids(faces) == [1, 2]
    centres = [float(f.box[0] + f.box[2] / 2) for f in faces.faces]
    assert centres == pytest.approx([400, 100], abs=3)


def test_a_detection_on_a_followed_face_is_no_second_face() -> None:
    scene = Scene(detect_interval_s=0.0)
    assert {len(scene.show((100, 100)).faces) for _ in range(20)} == {1}


def test_with_nobody_there_every_image_is_searched_and_a_lost_face_ten_times_a_second() -> None:
    scene = Scene()
    for _ in range(10):
        scene.show()
    assert scene.eyes.looks == 10
    scene.show((100, 100), (400, 100))
    for _ in range(3):
        scene.show((100, 100), (400, 100))
    scene.eyes.looks = 0
    for _ in range(30):
        scene.show((100, 100))
    assert 7 <= scene.eyes.looks <= 11


@pytest.mark.parametrize(("away_frames", "expected"), [(14, 1), (17, 2)])
def test_a_lost_track_is_held_as_long_as_asked(away_frames: int, expected: int) -> None:
    scene = Scene(hold_s=0.5)
    for _ in range(5):
        scene.show((100, 100))
    for _ in range(away_frames):
        assert ids(scene.show()) == []
    (face,) = scene.show((100, 100)).faces
    assert face.track_id == expected
    same = expected == 1
    assert face.id_method is (IdMethod.REIDENTIFIED if same else IdMethod.TRACKED)
    assert face.id_confidence == pytest.approx(1)  # in its place, and alike
    assert scene.show((100, 100)).faces[0].id_method is IdMethod.TRACKED


def test_a_face_that_comes_back_elsewhere_is_less_surely_the_same() -> None:
    scene = Scene()
    scene.show((100, 100))
    scene.show((100, 100))
    scene.show()
    (face,) = scene.show((190, 100)).faces
    assert face.track_id == 1
    assert 0.5 < face.id_confidence < 0.9


def test_a_face_that_comes_back_far_away_is_another() -> None:
    scene = Scene()
    scene.show((60, 100))
    scene.show((60, 100))
    scene.show()
    assert ids(scene.show((500, 100))) == [2]


def test_a_face_below_the_presence_asked_for_is_lost() -> None:
    scene = Scene(min_presence=0.5)
    scene.show((100, 100))
    assert ids(scene.show((100, 100), level=140)) == [1]
    assert ids(scene.show((100, 100), level=115)) == []


def test_the_largest_faces_stay_when_fewer_are_followed() -> None:
    scene = Scene()
    scene.show((100, 100), (400, 100))
    scene.stage.reconfigure(FacesConfig(crop="none", max_faces=1))
    assert len(scene.show((100, 100), (400, 100)).faces) == 1


def test_images_far_apart_as_always_change_nobody_and_a_pause_does() -> None:
    slow = Scene(hold_s=1.0, first_id=1)
    assert [ids(slow.show((100, 100), step_ns=2 * S)) for _ in range(5)] == [[1]] * 5
    live = Scene(hold_s=1.0)
    for _ in range(5):
        live.show((100, 100))
    assert ids(live.show((100, 100), step_ns=S - FRAME)) == [1]
    for _ in range(5):
        live.show((100, 100))
    assert ids(live.show((100, 100), step_ns=S + FRAME)) == [2]


def test_a_late_stamp_changes_nobody_and_another_recording_begins_anew() -> None:
    scene = Scene(start_ns=100 * S, first_id=1)
    scene.show((100, 100))
    for step_ns in (-S // 5, 0, 0, FRAME, -1_000_000):
        assert ids(scene.show((100, 100), step_ns=step_ns)) == [1]
    assert ids(scene.show((100, 100), step_ns=-50 * S)) == [2]


def test_ids_begin_by_the_time_of_day_unless_told() -> None:
    day = 86_400 * S
    assert first_id(0) == first_id(S - 1) == first_id(7 * day) == 1
    assert first_id(3 * S) == 31
    assert first_id(day - 1) == 863_991
    assert first_id(-5) == 1
    assert ids(Scene(start_ns=20_000 * day + 12 * S).show((100, 100))) == [121]
    assert ids(Scene(start_ns=12 * S, first_id=5).show((100, 100))) == [5]


def test_a_face_is_known_again_by_likeness_and_told_so() -> None:
    scene = Scene(reidentify="likeness", hold_s=0.2)
    for _ in range(5):
        scene.show((100, 100))
    for _ in range(40):
        scene.show()
    (face,) = scene.show((500, 100)).faces
    assert (face.track_id, face.id_method) == (1, IdMethod.REIDENTIFIED)
    assert face.id_confidence == pytest.approx(1, abs=0.05)
    scene.stage.reset()
    assert ids(scene.show((500, 100))) == [2]


def test_smoothing_only_if_asked_for() -> None:
    for smooth in (True, False):
        scene = Scene(smooth=smooth)
        scene.show((100, 100))
        faces = scene.show((102, 100))
        assert faces.faces[0].landmarks.shape == (478, 3)
