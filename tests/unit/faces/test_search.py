"""Which rotations of an image are searched, and which roll a face is given."""

from __future__ import annotations

import itertools

import numpy as np

from mien.core.types import F32, U8
from mien.faces.detector import Detection
from mien.faces.search import Search, right_way_up
from mien_models.spaces.mesh478 import EYE_OUTER

IMAGE = np.zeros((200, 300, 3), np.uint8)
NOBODY = np.zeros((0, 4), np.float32)
MS = 1_000_000


def detection(score: float, turn: float = 0, x: float = 100, y: float = 50, side: float = 40) -> Detection:
    box, eyes = np.array([x, y, side, side], np.float32), np.array([[x, y], [x + side, y]], np.float32)
    return Detection(score, box, eyes, turn)


class Scripted:
    """A detector with given detections for the whole image and for the close view, by turn."""

    turns: tuple[float, ...] = (0, 1, 2, 3)

    def __init__(self, afar: dict[float, list[Detection]], close: dict[float, list[Detection]] | None = None) -> None:
        self._afar, self._close = afar, close or {}
        self.looked: list[float] = []
        self.seen: list[U8] = []

    def __call__(self, image: U8, min_score: float, turn: float = 0) -> list[Detection]:
        self.looked.append(turn)
        return self._afar.get(turn, [])

    def close(self, image: U8, min_score: float, turn: float = 0) -> list[Detection]:
        self.seen.append(image)
        return self._close.get(turn, [])


def rolled(quarters: int) -> F32:
    """Landmarks of a face that is rolled clockwise."""
    landmarks = np.zeros((478, 3), np.float32)
    landmarks[list(EYE_OUTER), :2] = [(10, 0), (-10, 0)]
    landmarks[:, :2] = np.rint(
        landmarks[:, :2] @ np.array([[np.cos(a := quarters * np.pi / 2), np.sin(a)], [-np.sin(a), np.cos(a)]])
    )
    return landmarks


def turns(search: Search, stamp_ns: int, alone: bool = True) -> list[float]:
    detector = Scripted({})
    search.begin(stamp_ns, alone=alone)
    search(detector, IMAGE, 0.5, NOBODY, 4)
    return detector.looked


def test_the_first_image_is_looked_at_in_all_four_turns_and_every_further_turn_within_half_a_second() -> None:
    search = Search()
    assert sorted(turns(search, 0)) == [0, 1, 2, 3]
    looked = [turns(search, i * 33 * MS) for i in range(1, 16)]
    assert all(t[0] == 0 for t in looked)
    others = [t[1:] for t in looked if len(t) > 1]
    assert len(others) == 3  # about ten times a second
    assert sorted(itertools.chain(*others)) == [1, 2, 3]


def test_with_somebody_there_the_image_is_looked_at_once_as_that_face_is_rolled() -> None:
    search = Search()
    turns(search, 0)
    for quarters in range(4):
        search.seen(rolled(quarters))
        assert turns(search, 500 * MS, alone=False) == [quarters]


def test_the_surest_of_a_face_is_taken_whatever_the_turn_and_what_is_known_is_left_out() -> None:
    other = detection(0.6, 2, x=200)
    detector = Scripted(
        {0: [detection(0.7), detection(0.9, x=10)], 2: [detection(0.8, 2), other], 3: [detection(0.75)]}
    )
    search = Search()
    search.begin(0, alone=True)
    known = np.array([[10, 50, 40, 40]], np.float32)
    found = search(detector, IMAGE, 0.5, known, 4)
    assert [(d.score, d.turn) for d in found] == [(0.8, 2), (0.6, 2)]


def test_of_more_faces_than_there_is_room_for_the_largest_are_taken() -> None:
    detector = Scripted({0: [detection(0.9, x=10, side=20), detection(0.6, x=200, side=60)]})
    search = Search()
    search.begin(0, alone=True)
    (found,) = search(detector, IMAGE, 0.5, NOBODY, 1)
    assert found.score == 0.6


def test_a_face_that_a_close_look_is_surer_of_another_way_up_is_turned() -> None:
    """The close look shows twice the face, so that its corner lies at 80, 30."""
    found = detection(0.8)
    other = detection(0.9, 2, x=22, y=21)
    detector = Scripted({}, {0: [detection(0.8, 0, 20, 20)], 2: [other]})
    best = right_way_up(detector, IMAGE, found, 0.5)
    assert (best.score, best.turn) == (0.9, 2)
    np.testing.assert_allclose(best.box, [102, 51, 40, 40])
    np.testing.assert_allclose(best.eyes, [[102, 51], [142, 51]])
    assert [i.shape for i in detector.seen] == [(81, 81, 3)] * 4


def test_a_face_stays_as_it_was_found_where_no_look_is_clearly_surer() -> None:
    found = detection(0.8)
    for close in (
        {},
        {0: [detection(0.85, 0, 20, 20)], 2: [detection(0.86, 2, 20, 20)]},
        {2: [detection(0.99, 2, 90, 20)]},  # somebody else
    ):
        assert right_way_up(Scripted({}, close), IMAGE, found, 0.5) is found


def test_a_close_look_that_is_far_surer_says_better_where_the_face_is() -> None:
    best = right_way_up(Scripted({}, {0: [detection(0.95, 0, 25, 20)]}), IMAGE, detection(0.6), 0.5)
    np.testing.assert_allclose(best.box, [105, 50, 40, 40])
    assert best.score == 0.95


def test_a_face_at_the_edge_and_one_beside_the_image_do_no_harm() -> None:
    for x, y in ((-20, -20), (290, 190), (400, 400)):
        found = detection(0.8, 0, x, y)
        assert right_way_up(Scripted({}), IMAGE, found, 0.5) is found
