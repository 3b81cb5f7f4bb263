"""The voice of a recording, in the portions in which rigs heard it: on a busy machine some of it came late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mien.bags.exact.order import Key, Keys
from mien.bags.read import VOICE, Heard, Session
from mien.core.errors import MessageError
from mien.graph import RIGS


class Voices:
    """Gives before each output of the rigs what they had heard by then, and not before.

    Rigs tell the stamp of the voice of their moment; what came after it has no effect on them. Of older bags, whose
    rigs do not, everything is taken that the recorder had received when it received the rigs, which is a guess.
    """

    def __init__(self, session: Session) -> None:
        self.missing = 0  # voices that rigs had heard and that are not in the bag
        self._told: dict[Key, tuple[int | None, int]] = {}  # stamp of the voice that was heard; when rigs were received
        self._places: dict[int, list[int]] = defaultdict(
            list
        )  # of each stamp: a bag that was played in a loop repeats them
        self._done = 0
        self._next: Heard | None = None
        if session.voice_topic is None:
            return
        keys = Keys()
        for rigs in session.messages({RIGS.name}):
            key = keys(rigs.part, rigs.stamp_ns)
            try:
                self._told[key] = session.value(rigs).heard_ns, rigs.received_ns
            except MessageError:
                self._told[key] = None, rigs.received_ns
        for place, voice in enumerate(session.messages({VOICE})):
            self._places[voice.stamp_ns].append(place)
        self._voices = session.messages({VOICE})
        self._next = next(self._voices, None)

    def before(self, key: Key) -> Iterator[Heard]:
        """What rigs heard since their last output, before the one of this key."""
        if key not in self._told:
            return
        heard_ns, received_ns = self._told[key]
        if heard_ns is None:
            while self._next is not None and self._next.received_ns <= received_ns:
                yield self._take(self._next)
        elif heard_ns:
            places = self._places.get(heard_ns, [])
            self.missing += not places
            end = next((place for place in places if place >= self._done), -1)
            while self._next is not None and self._done <= end:
                yield self._take(self._next)

    def _take(self, voice: Heard) -> Heard:
        self._done += 1
        self._next = next(self._voices, None)
        return voice


def tells_what_was_heard(session: Session) -> bool:
    """Whether the rigs of a bag tell the stamp of the voice that they heard."""
    return "Time heard" in " ".join(session.definitions.get(RIGS.type, "").split())
