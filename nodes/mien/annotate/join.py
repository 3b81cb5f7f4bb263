"""Joins the parts: ids that count through, and go on from segment to segment of a video."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import count

from mien.annotate.tasks import Task
from mien.annotate.work import Done, Seen

_ID = re.compile(r'"track_id":(\d+)')  # inside a name the quotes would be escaped
_SAME = 0.5  # mean overlap of boxes (intersection over union) from which on two ids are one face


class Joiner:
    """Gives ids in the order of their appearance: through all pictures, and from 1 on in every video."""

    def __init__(self) -> None:
        self._pictures = count(1)
        self._video = count(1)
        self._last: dict[int, int] = {}  # id within the last task → id that was told
        self._tail: list[Seen] = []
        self._task: Task | None = None

    def __call__(self, task: Task, done: Done, lines: Iterable[str], write: Callable[[str], object]) -> None:
        """Write the lines of a task. Tasks come in their order."""
        goes_on = task.first > 0 and self._task is not None and self._task.paths == task.paths
        if task.is_video and not goes_on:
            self._video = count(1)
        ids = self._handed_over(done.head) if goes_on else {}
        numbers = self._video if task.is_video else self._pictures
        source = 0
        for line in lines:
            found = _ID.search(line)
            if found is None:
                write(line)
                continue
            source = int(found[1])
            if source not in ids:
                ids[source] = next(numbers)
            write(f'{line[: found.start()]}"track_id":{ids[source]}{line[found.end() :]}')
        self._last, self._tail, self._task = ids, done.tail, task

    def _handed_over(self, head: list[Seen]) -> dict[int, int]:
        """Ids of a segment → ids that were told, by the boxes in the frames that both segments saw."""
        before: dict[int, list[tuple[int, tuple[float, ...]]]] = {}
        for frame, who, box in self._tail:
            before.setdefault(frame, []).append((who, box))
        sums: dict[tuple[int, int], list[float]] = {}
        for frame, who, box in head:
            for other, its in before.get(frame, ()):
                sums.setdefault((who, other), []).append(_overlap(box, its))
        ranked = sorted((-sum(v) / len(v), -len(v), pair) for pair, v in sums.items())
        ids: dict[int, int] = {}
        taken: set[int] = set()
        for unlike, _, (who, other) in ranked:
            if -unlike >= _SAME and who not in ids and other not in taken and other in self._last:
                ids[who] = self._last[other]
                taken.add(other)
        return ids


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (a[2] * a[3] + b[2] * b[3] - shared)
