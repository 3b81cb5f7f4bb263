"""In which order each stage worked, as its recorded outputs say."""

from __future__ import annotations

from collections import Counter, defaultdict

from mien.bags.read import Heard, Session
from mien.core.errors import BagError, MessageError
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


def image_stage() -> StageSpec:
    """The stage that reads images: each of its outputs belongs to one."""
    return next(spec for spec in STAGES if FRAME in spec.inputs)


def orders(session: Session) -> dict[str, list[Key]]:
    """What each stage worked on, by its name: images, and times without one.

    An output of an image that the first stage says nothing of is left out where no other image follows: the run was
    ended in the middle of it. Raises BagError where one follows, or where it is not known on which images it worked.
    """
    keys, name = Keys(), image_stage().name
    found: dict[str, list[Key]] = {spec.name: [] for spec in STAGES}
    frames: set[Key] = set()
    doubtful: dict[tuple[str, Key], Heard] = {}  # outputs of which the first stage has not spoken
    for heard in session.messages(found.keys()):
        key = keys(heard.part, heard.stamp_ns)
        found[heard.part].append(key)
        if heard.part == name:
            frames.add(key)
            for spec in STAGES:
                doubtful.pop((spec.name, key), None)
        elif key not in frames:
            doubtful[heard.part, key] = heard
    if not frames:
        raise BagError(
            f"{session.path} holds no {name}, which say on which images the stages worked;"
            " record all topics, and without graph.privacy"
        )
    for (part, key), heard in doubtful.items():
        if not _is_idle(session, heard):
            order = found[part]
            if any(k in frames for k in order[order.index(key) :]):
                raise BagError(
                    f"{session.path}: the {name} of {key[0] * 1e-9:.6f} s are missing, and its {part} is not"
                )
            order.remove(key)
    return found


def _is_idle(session: Session, heard: Heard) -> bool:
    """Whether an output belongs to no image: then no stage finished one."""
    try:
        return not session.value(heard).stages
    except MessageError:
        return False


def idle_after(order: list[Key], frames: frozenset[Key]) -> dict[Key, list[Key]]:
    """Steps without an image, by the image that they follow."""
    found: dict[Key, list[Key]] = defaultdict(list)
    last: Key | None = None
    for key in order:
        if key in frames:
            last = key
        elif last is not None:
            found[last].append(key)
    return found
