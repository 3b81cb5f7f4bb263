"""Ids that count through pictures, and go on over the segments of a video."""

from __future__ import annotations

from pathlib import Path

from mien.annotate.join import Joiner
from mien.annotate.tasks import Task
from mien.annotate.work import Done

A, B = Path("a.mp4"), Path("b.mp4")


def lines(*ids: int) -> list[str]:
    return [f'{{"source":"x \\"track_id\\":9","frame":{i},"track_id":{n},"box":[1]}}' for i, n in enumerate(ids)]


def joined(joiner: Joiner, task: Task, done: Done, *ids: int) -> list[int]:
    out: list[str] = []
    joiner(task, done, lines(*ids), out.append)
    assert all(line.startswith('{"source":"x \\"track_id\\":9"') for line in out)
    return [int(line.rpartition('"track_id":')[2].split(",")[0]) for line in out]


def test_pictures_count_through_and_videos_begin_anew() -> None:
    joiner = Joiner()
    assert joined(joiner, Task((Path("1.jpg"),)), Done(), 1, 1, 2) == [1, 1, 2]
    assert joined(joiner, Task((A,), True), Done(), 11, 13, 11) == [1, 2, 1]
    assert joined(joiner, Task((B,), True), Done(), 7) == [1]
    assert joined(joiner, Task((Path("2.jpg"),)), Done(), 1, 2) == [3, 4]


def test_segments_hand_ids_over_by_the_boxes_of_the_frames_that_both_saw() -> None:
    joiner = Joiner()
    left, right, far = (0.0, 0.0, 10.0, 10.0), (50.0, 0.0, 10.0, 10.0), (0.0, 80.0, 10.0, 10.0)
    tail = [(f, who, box) for f in (8, 9) for who, box in ((1, left), (2, right))]
    assert joined(joiner, Task((A,), True, 0, 10, 2), Done(tail=tail), 1, 2) == [1, 2]
    # The next segment found the right one first, a third face, and the left one a little to the side.
    moved = (1.0, 0.0, 10.0, 10.0)
    head = [(f, who, box) for f in (8, 9) for who, box in ((101, right), (102, far), (103, moved))]
    tail = [(19, 103, left)]
    task = Task((A,), True, 10, 20, 2)
    assert joined(joiner, task, Done(head=head, tail=tail), 103, 101, 102, 104) == [1, 2, 3, 4]
    # A face that was not in the frames of both is somebody new, and nobody's id is given twice.
    last = Done(head=[(19, 201, far), (19, 202, left), (19, 203, left)])
    assert joined(joiner, Task((A,), True, 20, None, 2), last, 201, 202, 203) == [5, 1, 6]
