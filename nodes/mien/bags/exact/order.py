"""In which order each stage worked, as its recorded outputs say."""

from __future__ import annotations

from collections import Counter, defaultdict

from mien.bags.read import Session
from mien.core.errors import BagError
from mien.core.stage import FRAME, STAGES, StageSpec

# A stamp, and how many messages of the same part had it before: a bag that was played in a loop repeats stamps.
Key = tuple[int, int]


class Keys:
    """Gives each message of a bag its key, in the order in which they are heard."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[int]] = defaultdict(Counter)

    def __call__(self, part: str, stamp_ns: int) -> Key:
        count = self._counts[part]
        count[stamp_ns] += 1
        return stamp_ns, count[stamp_ns] - 1


def first() -> StageSpec:
    """The stage that reads images: each of its outputs belongs to one."""
    return next(spec for spec in STAGES if FRAME in spec.inputs)


def orders(session: Session) -> dict[str, list[Key]]:
    """What each stage worked on, by its name. Raises BagError where it is not known on which images."""
    keys = Keys()
    found: dict[str, list[Key]] = {spec.name: [] for spec in STAGES}
    for heard in session.messages(found.keys()):
        found[heard.part].append(keys(heard.part, heard.stamp_ns))
    if not found[first().name]:
        raise BagError(
            f"{session.path} holds no {first().name}, which say on which images the stages worked;"
            " record all topics, and without graph.privacy"
        )
    return found


def idle_after(order: list[Key], frames: frozenset[Key]) -> dict[Key, list[int]]:
    """The stamps of steps without an image, by the image that they follow."""
    found: dict[Key, list[int]] = defaultdict(list)
    last: Key | None = None
    for key in order:
        if key in frames:
            last = key
        elif last is not None:
            found[last].append(key[0])
    return found
