"""Whose resting face is known, how long, and how it comes and goes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.unit.core.observations import observation, shapes

from mien.core.errors import BaselineError
from mien.core.types import BaselineMethod, PersonBaseline
from mien.expressions.people import People

S = 1_000_000_000
FRAME = S // 30
REST = {"browDownLeft": 0.3, "mouthPucker": 0.1}


class Room:
    """People before a camera."""

    def __init__(self, *, learns: bool = True) -> None:
        self.people = People("encoder_small", learns=learns)
        self.now = 100 * S

    def play(self, seconds: float, *track_ids: int, **weights: float) -> None:
        for _ in range(round(seconds * 30)):
            self.now += FRAME
            self.people.meet(track_ids, self.now)
            for track_id in track_ids:
                self.people.see(track_id, observation(shapes(**(weights or REST))), self.now)
            self.people.leave()

    def method(self, track_id: int) -> BaselineMethod:
        baseline = self.people.baseline(track_id)
        return BaselineMethod.NONE if baseline is None else baseline.about.method

    def captured(self, *track_ids: int) -> None:
        self.play(0.2, *track_ids)
        capture = self.people.capture(0, 0.5)
        self.play(0.6, *track_ids)
        assert capture.success, capture.message


def given(room: Room, track_id: int = 1) -> PersonBaseline:
    baseline = room.people.baseline(track_id)
    assert baseline is not None
    return baseline


def test_somebody_new_is_nobody_and_then_learned() -> None:
    room = Room()
    room.play(0.03, 1)
    assert room.method(1) is BaselineMethod.NONE
    room.play(3, 1)
    assert room.method(1) is BaselineMethod.LEARNED
    assert 0.6 < given(room).about.confidence < 1


def test_who_shall_not_learn_still_captures() -> None:
    room = Room(learns=False)
    room.play(3, 1)
    assert room.method(1) is BaselineMethod.NONE
    room.captured(1)
    assert room.method(1) is BaselineMethod.CAPTURED


def test_what_was_captured_is_not_learned_away() -> None:
    room = Room()
    room.captured(1)
    room.play(30, 1, browDownLeft=0.0)
    assert given(room).blendshapes == pytest.approx(shapes(**REST))
    assert given(room).about.confidence == 1


def test_a_failed_capture_leaves_the_one_before() -> None:
    room = Room()
    room.captured(1)
    capture = room.people.capture(1, 0.5)
    room.play(0.6, 1, jawOpen=0.9)
    assert not capture.success
    assert given(room).blendshapes == pytest.approx(shapes(**REST))


def test_zero_is_every_face_and_a_number_is_that_one() -> None:
    room = Room()
    room.captured(1, 4)
    assert room.method(1) is room.method(4) is BaselineMethod.CAPTURED
    room = Room()
    room.play(0.2, 1, 4)
    capture = room.people.capture(4, 0.5)
    room.play(0.6, 1, 4)
    assert capture.success
    assert (room.method(1), room.method(4)) == (BaselineMethod.LEARNED, BaselineMethod.CAPTURED)


def test_who_is_not_there_cannot_be_captured() -> None:
    room = Room()
    room.play(0.2, 1, 4)
    capture = room.people.capture(7, 1.0)
    assert capture.done
    assert not capture.success
    assert capture.message == "face 7 is not tracked; tracked: 1, 4"


def test_a_face_that_leaves_while_it_is_captured_is_lost_and_no_image_at_all_is_too() -> None:
    room = Room()
    room.play(0.2, 1)
    capture = room.people.capture(1, 5.0)
    room.play(1, 1)
    room.play(1.2)
    assert capture.done
    assert "face 1 was lost; bring it back" in capture.message

    room = Room()
    room.play(0.2, 1)
    capture = room.people.capture(1, 5.0)
    for _ in range(40):
        room.now += FRAME
        room.people.wait(room.now)
    assert capture.done
    assert "lost" in capture.message


def test_who_was_learned_is_forgotten_after_ten_seconds_and_who_was_captured_is_not() -> None:
    room = Room()
    room.play(0.5, 2)
    room.captured(1)
    room.play(9)
    assert 2 in room.people
    room.play(2)
    assert 2 not in room.people
    assert 1 in room.people
    room.play(1, 1)
    assert room.method(1) is BaselineMethod.CAPTURED


def test_of_the_captured_the_last_sixty_four_are_kept() -> None:
    room = Room()
    for track_id in range(1, 71):
        room.captured(track_id)
    room.play(20, 99)
    assert [i for i in range(1, 71) if i in room.people] == list(range(7, 71))


def test_a_step_back_in_time_forgets_nobody_and_ends_captures_all_the_same() -> None:
    room = Room()
    room.play(2, 1)
    capture = room.people.capture(1, 1.0)
    room.play(0.2, 1)
    room.now -= 90 * S
    room.play(0.9, 1)
    assert capture.success, capture.message


def test_reset_forgets_everybody_and_refuses_what_runs() -> None:
    room = Room()
    room.captured(1)
    capture = room.people.capture(1, 1.0)
    room.people.reset()
    assert 1 not in room.people
    assert capture.done
    assert "forgotten" in capture.message


def test_who_is_expected_is_whoever_is_alone() -> None:
    room = Room()
    room.captured(1)
    expected = given(room)
    room.people.expect(expected)
    room.people.reset()  # the next picture
    room.play(0.1, 5, 6)
    assert room.method(5) is not BaselineMethod.CAPTURED
    room.play(0.1, 6)
    assert given(room, 6) is expected


def test_who_was_captured_is_not_taken_for_the_expected() -> None:
    room = Room()
    room.captured(1)
    room.people.expect(given(room))
    other = Room()
    other.captured(2)
    own = given(other, 2)
    other.people.expect(given(room))
    other.play(0.1, 2)
    assert given(other, 2) is own


def test_saved_and_loaded_it_is_the_same_face(tmp_path: Path) -> None:
    path = tmp_path / "ann.npz"
    room = Room()
    room.captured(1)
    message = room.people.save(path, 0)
    assert str(path) in message
    assert "captured with confidence 1.00" in message
    later = Room()
    later.play(1, 3, browDownLeft=0.0)
    assert "of 3 from" in later.people.load(path, 0)
    assert later.method(3) is BaselineMethod.LOADED
    np.testing.assert_array_equal(given(later, 3).blendshapes, given(room).blendshapes)
    later.play(5, 3, browDownLeft=0.0)
    np.testing.assert_array_equal(given(later, 3).blendshapes, given(room).blendshapes)


def test_somebody_captured_can_be_saved_after_they_left(tmp_path: Path) -> None:
    room = Room()
    room.captured(1)
    room.play(20, 2)
    assert "of 1 to" in room.people.save(tmp_path / "ann.npz", 1)


def test_what_cannot_be_saved_says_why(tmp_path: Path) -> None:
    path = tmp_path / "ann.npz"
    room = Room()
    with pytest.raises(BaselineError, match="tracked are: none; name one"):
        room.people.save(path, 0)
    room.play(0.03, 1)
    with pytest.raises(BaselineError, match="nothing is known of face 1 at rest; capture it first"):
        room.people.save(path, 0)
    room.play(1, 1, 2)
    with pytest.raises(BaselineError, match="tracked are: 1, 2; name one"):
        room.people.save(path, 0)
    with pytest.raises(BaselineError, match="face 9 is not tracked; tracked: 1, 2"):
        room.people.load(path, 9)
    assert not path.exists()
