"""Take out of a bag what can show who somebody is, and prove it by the bytes of the new one.

What stays is what `graph.privacy` lets out: expressions, affects and rigs, their names, diagnostics without sources.
Movements of a face over time remain data about a person, and who knows that person may know them again.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from mien import graph
from mien.bags.about import KEY, kept
from mien.bags.copying import copy
from mien.bags.images import TYPES
from mien.bags.opened import Bag, Message
from mien.bags.read import RECORDED, TRUTH, Session
from mien.bags.record import BagWriter, typestore
from mien.bags.write import serialised
from mien.core.baseline.learning import without_landmarks
from mien.core.config import params
from mien.core.errors import BagError, MessageError
from mien.core.stage import STAGES

_PIECE = 24  # bytes of a private message that must not come again: as many are never equal by chance
_PIECES = 6  # of each message
_BLOCK = 4 << 20
# What a private message carries between its numbers, as names and zeros, is no secret: a piece needs variety.
_VARIETY = 12
_PRIVATE_TYPES = frozenset(t.type for t in graph.PRIVATE) | frozenset(TYPES)
# Made-up faces show nothing that expressions do not tell, but another recorder may have put real ones under their name.
_NOT_KEPT = graph.PRIVATE | {graph.DIAGNOSTICS, graph.PARAMETERS, graph.NORMALISED}
_KEPT = {t.name: t.type for t in graph.TOPICS if t not in _NOT_KEPT}
# Words in the keys of diagnostics whose values name files, cameras, machines or people.
_NAMING = frozenset(("address", "bag", "calibration", "file", "images", "microphone", "path", "source"))
_OF_STAGES = frozenset(f"{spec.name}.{p.name}" for spec in STAGES for p in params(spec.config))
_PLAIN = re.compile(r"\w*")  # a value of a parameter that names no file and no machine


@dataclass(slots=True)
class Anonymised:
    """What was done: messages by topic, and the proof."""

    path: Path
    kept: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)  # of the kept: what was taken out of them
    pieces: int = 0  # of private messages, looked for
    scanned_bytes: int = 0


def anonymise(session: Session, out: Path) -> Anonymised:
    """Write a bag without images, crops, landmarks and names of files. Raises BagError.

    The new files are then searched, byte by byte, for pieces of every message that was removed. Where one is found, the
    new bag is removed.
    """
    done = Anonymised(out)
    pieces: set[bytes] = set()
    bag = BagWriter(out, {KEY: json.dumps(kept(session.about) | {"anonymised": True})})
    try:
        with bag:
            _copy(session, bag, done, pieces)
        done.pieces = len(pieces)
        if not done.kept:
            raise BagError(f"{session.path} holds nothing that is not private; nothing was written")
        done.scanned_bytes = _prove(out, pieces)
    except BaseException as error:
        shutil.rmtree(out, ignore_errors=True)  # what is not proved is not given away by mistake
        if isinstance(error, BagError) and isinstance(error.__cause__, OSError):
            why = f"cannot write to {out}: {error.__cause__.strerror}; the new bag is removed; make room"
            raise BagError(why) from error
        raise
    return done


def _copy(session: Session, bag: BagWriter, done: Anonymised, pieces: set[bytes]) -> None:
    for message in session.raw():
        data = _kept(session, message)
        if data is None:
            done.removed[message.topic] += 1
            pieces.update(_pieces(message.data))
            continue
        if data != message.data:
            done.changed[message.topic] += 1
            pieces.update(p for p in _secrets(session, message) if p)
        copy(session, bag, message, data=data)
        done.kept[message.topic] += 1


def _prove(out: Path, pieces: set[bytes]) -> int:
    """How many bytes were searched. Raises BagError where one of them is private."""
    searched = 0
    for file in sorted(out.glob("*")):
        searched += file.stat().st_size
        if (at := find(file, pieces)) is not None:
            raise BagError(f"{file}: a piece of a private message was at byte {at}; the new bag is removed")
    _check(Bag(out))
    return searched


def _kept(session: Session, message: Message) -> bytes | None:
    """The bytes to keep of a message; None = it goes."""
    space = message.topic.rpartition("/")[0]
    local = message.topic.removeprefix(session.namespace).removeprefix(RECORDED).lstrip("/")
    try:
        if message.type == graph.DIAGNOSTICS.type:
            return _diagnostics(session, message)
        if local == graph.PARAMETERS.name and message.type == graph.PARAMETERS.type:
            return _parameters(session, message)
        if _KEPT.get(local) != message.type or (space.endswith(TRUTH) and message.type in _PRIVATE_TYPES):
            return None
        if message.type == graph.EXPRESSIONS.type:
            return _without_rest(session, message)
    except MessageError:  # nobody knows what a damaged message holds
        return None
    return message.data


def _without_rest(session: Session, message: Message) -> bytes:
    """Expressions whose resting faces have no landmarks. Raises MessageError."""
    value = session.value_of("expressions", message)
    if not any(e.rest is not None and e.rest.landmarks is not None for e in value.expressions):
        return message.data
    return serialised("expressions", without_landmarks(value))


def _diagnostics(session: Session, message: Message) -> bytes:
    """Without names of cameras, files and machines. Raises MessageError."""
    msg = session.parsed(message.data, message.type)
    for status in msg.status:
        status.hardware_id = ""
        status.values = [
            v for v in status.values if not _NAMING & set(re.split(r"\W|_", str(v.key))) and "/" not in str(v.value)
        ]
        if "/" in status.message:
            status.message = ""
    return bytes(typestore().serialize_cdr(msg, message.type))


def _parameters(session: Session, message: Message) -> bytes:
    """Without text that may name a file, a machine or a person: a resting face may be called like its owner.

    Of the stages' parameters that name no file, single words stay: they say how the results were computed. Raises
    MessageError.
    """
    msg = session.parsed(message.data, message.type)
    msg.deleted_parameters = []
    for p in (*msg.new_parameters, *msg.changed_parameters):
        name = str(p.name)
        is_word = _PLAIN.fullmatch(str(p.value.string_value)) and name in _OF_STAGES and not name.endswith("_file")
        if not is_word:
            p.value.string_value = ""
        p.value.string_array_value = []
    return bytes(typestore().serialize_cdr(msg, message.type))


def _secrets(session: Session, message: Message) -> Iterator[bytes]:
    """The pieces of a changed message that were to go: landmarks of resting faces."""
    if message.type == graph.EXPRESSIONS.type:
        for e in session.parsed(message.data, message.type).expressions:
            for rest in e.rest:
                yield from _pieces(np.asarray(rest.landmarks, np.float32).tobytes())


def _pieces(data: bytes) -> Iterator[bytes]:
    """Pieces of a message, spread over it, that cannot stand elsewhere by chance."""
    step = max(_PIECE, len(data) // (_PIECES + 1))
    for at in range(step, len(data) - _PIECE, step):
        piece = data[at : at + _PIECE]
        if len(set(piece)) >= _VARIETY:
            yield piece


def find(file: Path, pieces: set[bytes]) -> int | None:
    """Where one of the pieces stands in a file; None where none does. Pieces have `_PIECE` bytes."""
    if not pieces:
        return None
    heads = np.unique(np.array([int.from_bytes(p[:8], "little") for p in pieces], np.uint64))
    with file.open("rb") as stream:
        before, at = b"", 0
        while block := stream.read(_BLOCK):
            data = before + block
            for shift in range(8):
                words = (
                    np.frombuffer(data, np.uint64, (len(data) - shift) // 8, shift) if len(data) >= shift + 8 else ()
                )
                for i in np.flatnonzero(np.isin(words, heads)) if len(words) else ():
                    place = shift + 8 * int(i)
                    if data[place : place + _PIECE] in pieces:
                        return at + place
            keep = min(len(data), _PIECE - 1)
            before, at = data[-keep:], at + len(data) - keep
    return None


def _check(bag: Bag) -> None:
    """Raises BagError where a private topic is in it, or landmarks of a resting face are."""
    if found := [t for t, kind in bag.types.items() if kind in _PRIVATE_TYPES]:
        raise BagError(f"{bag.path}: {', '.join(found)} can show who somebody is; the new bag is removed")
    for m in bag.raw(lambda topic: bag.types[topic] == graph.EXPRESSIONS.type):
        msg: Any = bag.parsed(m.data, m.type)
        if any(len(rest.landmarks) for e in msg.expressions for rest in e.rest):
            raise BagError(f"{bag.path}: {m.topic} holds landmarks; the new bag is removed")
