"""Resting faces that were captured on request while a bag was recorded: when their capture began and ended.

No message tells of a request. But the first image of a capture stands in the baseline as `since`, and its last one is
that before the first output which is told from it; what was seen between them is all that a capture depends on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from mien.bags.exact.order import Key
from mien.bags.read import Session
from mien.core.baseline.capture import LONGEST_S
from mien.core.errors import MessageError
from mien.core.types import BaselineMethod
from mien.expressions.stage import Stage

STAGE = "expressions"


@dataclass(slots=True)
class Captures:
    """Tracks to be captured, by the image before which that begins, and the images after which it ends."""

    begin: dict[Key, list[int]] = field(default_factory=lambda: defaultdict(list))
    end: set[Key] = field(default_factory=set)
    loaded: bool = False  # a resting face came from a file, which the bag does not hold

    def before(self, stage: Stage, key: Key) -> None:
        """Begin those that are due before this image."""
        for track_id in self.begin.get(key, ()):
            stage.capture_neutral(track_id, LONGEST_S)

    def after(self, stage: Stage, key: Key, *, expects: bool) -> None:
        """End those that are due after this image. expects: what was captured was written to a file of that person."""
        if key not in self.end:
            return
        stage.people.conclude()
        known = [stage.people.baseline(i) for ids in self.begin.values() for i in ids if i in stage.people]
        if expects and len(known) == 1 and known[0] is not None:
            stage.people.expect(known[0])


def captures(session: Session, order: list[Key]) -> Captures:
    """Those of a bag; `order` is that of the expressions."""
    found = Captures()
    known: set[tuple[int, int]] = set()
    first = {key[0]: key for key in reversed(order)}
    for at, heard in enumerate(session.messages({STAGE})):
        try:
            value = session.value(heard)
        except MessageError:
            continue
        for e in value.expressions:
            about = e.baseline
            found.loaded |= about.method is BaselineMethod.LOADED
            told = e.track_id, about.since_ns
            if about.method is BaselineMethod.CAPTURED and told not in known and at < len(order):
                known.add(told)
                if about.since_ns in first and at:
                    found.begin[first[about.since_ns]].append(e.track_id)
                    found.end.add(order[at - 1])
    return found
