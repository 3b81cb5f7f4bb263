"""Tracks on real faces: found, kept, lost and found again, crossed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

import cv2
import numpy as np
import pytest

from mien.core.types import U8, Faces, Frame, IdMethod
from mien.faces.config import FacesConfig
from mien.faces.stage import Stage
from mien_models.errors import ModelError

pytestmark = pytest.mark.real
FRAME_NS = 33_333_333

Images = Callable[[str], U8]
Videos = Callable[[str], Iterator[Frame]]


def ids(faces: Faces) -> list[int]:
    return [f.track_id for f in faces.faces]


@pytest.fixture(scope="module")
def portraits(image_of: Images, frames_of: Videos) -> tuple[U8, U8]:
    """Two people, 240×200 px each."""
    man = image_of("single_face")[110:480, 130:440]
    woman = next(islice(frames_of("clip"), 240, None)).image[0:360, 290:590]
    return tuple(np.asarray(cv2.resize(p, (200, 240)), np.uint8) for p in (man, woman))  # type: ignore[return-value]


def canvas(*portraits: tuple[U8, int, int]) -> U8:
    """Portraits at x, y on grey; later ones stand in front."""
    image = np.full((480, 800, 3), 90, np.uint8)
    for portrait, x, y in portraits:
        h, w = portrait.shape[:2]
        image[y : y + h, x : x + w] = portrait
    return image


def test_one_face_keeps_one_id_through_the_whole_clip(frames_of: Videos) -> None:
    stage = Stage(FacesConfig())
    seen = [ids(stage.step(frame)) for frame in frames_of("clip")]
    assert len(seen) == 472
    assert np.mean([s == [1] for s in seen]) >= 0.95
    assert {i for s in seen for i in s} == {1}


def test_everybody_on_a_group_photo_is_found(image_of: Images) -> None:
    faces = Stage(FacesConfig(max_faces=8)).step(Frame(image_of("multi_face"), 0))
    assert len(faces.faces) == 5


def test_max_faces_keeps_the_largest(image_of: Images) -> None:
    faces = Stage(FacesConfig(max_faces=2, detector="yunet")).step(Frame(image_of("multi_face"), 0))
    everybody = Stage(FacesConfig(max_faces=8, detector="yunet")).step(Frame(image_of("multi_face"), 0))
    largest = sorted((f.box[2] for f in everybody.faces), reverse=True)[:2]
    np.testing.assert_allclose(sorted((f.box[2] for f in faces.faces), reverse=True), largest, rtol=0.1)


def test_faces_that_come_and_go(frames_of: Videos) -> None:
    for name in ("face_noface", "noface_face"):
        stage = Stage(FacesConfig())
        counts = [len(stage.step(frame).faces) for frame in frames_of(name)]
        assert 0.1 < np.mean([c == 0 for c in counts]) < 0.9
        assert max(counts) == 1


def test_a_video_without_a_face_has_none(frames_of: Videos) -> None:
    stage = Stage(FacesConfig())
    assert sum(len(stage.step(frame).faces) for frame in frames_of("no_face")) == 0


@pytest.mark.parametrize(("away_s", "same"), [(0.5, True), (2.0, False)])
def test_a_face_that_was_away_briefly_keeps_its_id(portraits: tuple[U8, U8], away_s: float, same: bool) -> None:
    man, _ = portraits
    stage = Stage(FacesConfig(hold_s=1.0))
    for i in range(10):
        before = stage.step(Frame(canvas((man, 300, 100)), i * FRAME_NS))
    gone = stage.step(Frame(canvas(), 10 * FRAME_NS))
    after_ns = 10 * FRAME_NS + round(away_s * 1e9)
    after = stage.step(Frame(canvas((man, 320, 110)), after_ns))
    assert ids(before) == [1]
    assert ids(gone) == []
    assert ids(after) == ([1] if same else [2])
    (face,) = after.faces
    assert face.id_method is (IdMethod.REIDENTIFIED if same else IdMethod.TRACKED)
    assert 0.5 <= face.id_confidence < 1 if same else face.id_confidence == 1
    (face,) = stage.step(Frame(canvas((man, 320, 110)), after_ns + FRAME_NS)).faces
    assert (face.id_method, face.id_confidence) == (IdMethod.TRACKED, 1)


def test_somebody_else_in_the_same_place_is_somebody_else(portraits: tuple[U8, U8]) -> None:
    man, woman = portraits
    stage = Stage(FacesConfig(hold_s=1.0))
    for i in range(10):
        stage.step(Frame(canvas((man, 300, 100)), i * FRAME_NS))
    stage.step(Frame(canvas(), 10 * FRAME_NS))
    after = stage.step(Frame(canvas((woman, 300, 100)), 20 * FRAME_NS))
    assert ids(after) == [2]


def test_two_people_who_cross_keep_their_ids(portraits: tuple[U8, U8]) -> None:
    man, woman = portraits
    stage = Stage(FacesConfig())
    owner: dict[int, str] = {}
    steps = 120
    for i in range(steps):
        x_man, x_woman = round(550 - 500 * i / steps), round(50 + 500 * i / steps)
        faces = stage.step(Frame(canvas((woman, x_woman, 120), (man, x_man, 110)), i * FRAME_NS))
        if abs(x_man - x_woman) < 200:
            continue  # one covers the other
        assert len(faces.faces) == 2, i
        for face in faces.faces:
            centre = face.box[0] + face.box[2] / 2 - 100
            name = "man" if abs(centre - x_man) < abs(centre - x_woman) else "woman"
            assert owner.setdefault(face.track_id, name) == name, i
    assert len(owner) == 2


def test_time_that_goes_back_starts_anew_with_new_ids(portraits: tuple[U8, U8]) -> None:
    stage = Stage(FacesConfig())
    image = canvas((portraits[0], 300, 100))
    assert ids(stage.step(Frame(image, 5_000_000_000))) == [51]
    assert ids(stage.step(Frame(image, 0))) == [52]


def test_a_frame_that_comes_late_or_twice_changes_nobody(portraits: tuple[U8, U8]) -> None:
    stage = Stage(FacesConfig())
    image = canvas((portraits[0], 300, 100))
    for i in (10, 11, 5, 11, 11, 12, 6, 13):
        assert ids(stage.step(Frame(image, i * FRAME_NS))) == [1]


def test_after_a_pause_who_is_there_may_be_anybody(portraits: tuple[U8, U8]) -> None:
    """Unless images are always that far apart."""
    stage = Stage(FacesConfig(hold_s=1.0))
    image = canvas((portraits[0], 300, 100))
    for i in range(5):
        assert ids(stage.step(Frame(image, i * FRAME_NS))) == [1]
    assert ids(stage.step(Frame(image, 4 * FRAME_NS + 3_000_000_000))) == [2]
    slow = Stage(FacesConfig(hold_s=1.0))
    assert {i for n in range(5) for i in ids(slow.step(Frame(image, n * 2_000_000_000)))} == {1}


def test_a_stage_that_is_restarted_gives_nobody_an_id_from_before(portraits: tuple[U8, U8]) -> None:
    man, woman = portraits
    morning_ns = 1_795_160_000_000_000_000
    before = Stage(FacesConfig()).step(Frame(canvas((man, 100, 100), (woman, 500, 100)), morning_ns))
    after = Stage(FacesConfig()).step(Frame(canvas((woman, 500, 100)), morning_ns + 1_000_000_000))
    assert len(ids(before)) == 2
    assert min(ids(after)) > max(ids(before))
    again = Stage(FacesConfig()).step(Frame(canvas((man, 100, 100), (woman, 500, 100)), morning_ns))
    assert ids(again) == ids(before)  # a replay
    assert ids(Stage(FacesConfig(first_id=7)).step(Frame(canvas((man, 100, 100)), morning_ns))) == [7]


def test_the_same_frames_give_the_same_numbers(frames_of: Videos) -> None:
    runs = []
    for _ in range(2):
        stage = Stage(FacesConfig())
        runs.append([stage.step(f).faces for f in islice(frames_of("clip"), 30)])
    for a, b in zip(*runs, strict=True):
        for x, y in zip(a, b, strict=True):
            np.testing.assert_array_equal(x.landmarks, y.landmarks)


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 2000, 3), (1200, 40, 3)])
def test_odd_shapes_have_no_face_and_do_no_harm(shape: tuple[int, int, int]) -> None:
    assert Stage(FacesConfig()).step(Frame(np.zeros(shape, np.uint8), 0)).faces == ()


def test_a_very_large_and_a_portrait_image_are_read(image_of: Images) -> None:
    image = image_of("single_face")
    large = cv2.resize(image, None, fx=8, fy=8)
    tall = np.vstack([image, np.zeros_like(image)])
    for picture in (large, tall):
        assert len(Stage(FacesConfig()).step(Frame(np.asarray(picture, np.uint8), 0)).faces) == 1


@pytest.mark.parametrize(
    "image",
    [np.zeros((0, 0, 3), np.uint8), np.zeros((4, 4), np.uint8), np.zeros((4, 4, 4), np.uint8), np.zeros((4, 4, 3))],
)
def test_an_image_of_another_kind_is_named(image: U8) -> None:
    stage = Stage(FacesConfig())
    with pytest.raises(ValueError, match="H×W×3 uint8 RGB"):
        stage.step(Frame(image, 0))


def test_crops_on_demand(image_of: Images) -> None:
    frame = Frame(image_of("single_face"), 0)
    stage = Stage(FacesConfig(crop="224"))
    (face,) = stage.step(frame).faces
    assert face.crop is not None
    assert face.crop.shape == (224, 224, 3)
    stage.reconfigure(replace(FacesConfig(), crop="none"))
    assert stage.step(frame).faces[0].crop is None


# Faces that were gone for longer than a track is held.


@pytest.fixture(scope="module")
def faces_of_people(image_of: Images, frames_of: Videos, portraits: tuple[U8, U8]) -> dict[str, U8]:
    """Seven people, and the man and the woman a second time, otherwise."""
    group = image_of("multi_face")
    people = {}
    for i, face in enumerate(Stage(FacesConfig(max_faces=8)).step(Frame(group, 0)).faces):
        x, y, w, h = face.box.tolist()
        cut = group[max(int(y - h / 2), 0) : int(y + 1.4 * h), max(int(x - w / 2), 0) : int(x + 1.5 * w)]
        people[f"friend {i}"] = np.asarray(cv2.resize(cut, (200, 240)), np.uint8)
    film = next(islice(frames_of("single_face_video"), 10, None)).image
    (face,) = Stage(FacesConfig()).step(Frame(film, 0)).faces
    x, y, w, h = face.box.astype(int).tolist()
    again = film[max(y - h // 2, 0) : y + 3 * h // 2, max(x - w // 2, 0) : x + 3 * w // 2]
    people["man again"] = np.asarray(cv2.resize(again, (200, 240)), np.uint8)
    woman = next(islice(frames_of("clip"), 300, None)).image[0:360, 290:590]
    people["woman again"] = np.asarray(cv2.resize(woman, (200, 240)), np.uint8)
    return people | dict(zip(("man", "woman"), portraits, strict=True))


def come_and_go(stage: Stage, *shows: tuple[U8, ...]) -> list[Faces]:
    """Each group stays for a second, and three seconds pass before the next. The first image of each is told."""
    told, now = [], 0
    for portraits in shows:
        image = canvas(*((p, 40 + 250 * i, 100) for i, p in enumerate(portraits)))
        told.append(stage.step(Frame(image, now)))
        for _ in range(30):
            now += FRAME_NS
            stage.step(Frame(image, now))
        for _ in range(90):
            now += FRAME_NS
            stage.step(Frame(canvas(), now))
    return told


def test_a_person_is_known_again_and_strangers_are_not(faces_of_people: dict[str, U8]) -> None:
    pytest.importorskip("onnxruntime")
    people = faces_of_people
    try:
        stage = Stage(FacesConfig(reidentify="sface"))
    except ModelError as error:
        pytest.skip(str(error))
    strangers = [name for name in people if name.startswith("friend")]
    order = ["man", "woman", *strangers, "man again", "woman again", "friend 3"]
    told = come_and_go(stage, *((people[name],) for name in order))
    found = dict(zip(order[: 2 + len(strangers)], (ids(t)[0] for t in told), strict=False))
    assert len(set(found.values())) == 2 + len(strangers) == 7  # nobody is taken for somebody else
    for name, faces in zip(("man", "woman", "friend 3"), told[-3:], strict=True):
        (face,) = faces.faces
        assert face.track_id == found[name]
        assert face.id_method is IdMethod.REIDENTIFIED
        assert 0.5 <= face.id_confidence <= 1


def test_likeness_knows_a_face_again_that_has_not_changed_and_no_stranger(faces_of_people: dict[str, U8]) -> None:
    people = faces_of_people
    stage = Stage(FacesConfig(reidentify="likeness"))
    order = ["man", "woman", *(n for n in people if n.startswith("friend")), "woman"]
    told = [ids(t)[0] for t in come_and_go(stage, *((people[name],) for name in order))]
    assert told == [1, 2, 3, 4, 5, 6, 7, 2]


@pytest.mark.parametrize("reidentify", ["none", "likeness"])
def test_two_at_once_never_have_one_id(portraits: tuple[U8, U8], reidentify: str) -> None:
    """Twins: of two faces that are alike to the pixel, one may be known again."""
    man, _ = portraits
    stage = Stage(FacesConfig(reidentify=reidentify))
    first, both = come_and_go(stage, (man,), (man, man))
    assert ids(first) == [1]
    assert len(set(ids(both))) == 2
    assert ids(both) == ([1, 2] if reidentify == "likeness" else [2, 3])


def test_nobody_is_remembered_for_longer_than_asked(portraits: tuple[U8, U8]) -> None:
    stage = Stage(FacesConfig(reidentify="likeness", remember_s=2.0))
    assert [ids(t) for t in come_and_go(stage, (portraits[0],), (portraits[0],))] == [[1], [2]]
