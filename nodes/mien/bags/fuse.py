"""What face, voice and words say together, of a recording: of each image with what came before and after it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from mien import graph
from mien.bags.about import KEY, about, kept, parse
from mien.bags.copying import copy
from mien.bags.read import VOICE, WORDS, Session
from mien.bags.record import BagWriter
from mien.bags.write import MomentWriter
from mien.core.errors import BagError, MessageError
from mien.core.types import Affect, Affects, Expressions
from mien.fusion.stage import face, fused, prosody
from mien_models import Session as Network, open_session
from mien_models.fusion import streams, words

_BATCH = 256


@dataclass(frozen=True, slots=True)
class Fused:
    path: Path
    images: int
    streams: tuple[str, ...]  # that were there at any image


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """All numbers of a recording. faces: by track, seconds and values; the rest by stamp."""

    affects: dict[int, tuple[Affects, int]]  # and when they came
    faces: dict[int, dict[int, Any]]
    voices: dict[int, Any]
    words: dict[int, Any]


def fuse(
    session: Session,
    out: Path,
    *,
    causal: bool = False,
    units: str = "seen",
    network: Network | None = None,
    advance: Callable[[float], None] = lambda _: None,
) -> Fused:
    """Write a bag with all that was recorded and new messages on `fusion`, one per image with affects.

    The centred network takes what came up to a second after an image, too; causal: only what came before, as the node
    `fusion`. units: as in its configuration. Old messages on `fusion` are left out. `advance` is given the share that
    is done. Raises BagError and ModelError.
    """
    network = network or open_session("fusion" if causal else "fusion_centred", "cpu", threads=1)
    read = _read(session)
    if not read.faces:
        raise BagError(f"{session.path} holds no image with both expressions and affects; nothing can be fused")
    made: dict[int, dict[int, Affect]] = {}
    used: set[str] = set()
    for n, track_id in enumerate(sorted(read.faces)):
        used |= _track(read, track_id, network, streams.NOW if causal else streams.NOW_CENTRED, units, made)
        advance((n + 1) / len(read.faces))
    known = kept(session.about) | {"fused_from": str(session.path), "fused_with": parse(about())}
    with BagWriter(out, {KEY: json.dumps(known)}) as bag:
        writer, told = MomentWriter(bag, session.namespace), f"{session.namespace}/{graph.FUSION.name}"
        waiting = sorted(read.affects.values(), key=lambda item: item[1])
        for message in session.raw():
            while waiting and waiting[0][1] <= message.received_ns:
                _write(writer, *waiting.pop(0), made)
            if message.topic != told:
                copy(session, bag, message)
        for affects, received_ns in waiting:
            _write(writer, affects, received_ns, made)
    return Fused(out, len(read.affects), tuple(s for s in streams.STREAMS if s in used))


def _write(writer: MomentWriter, affects: Affects, received_ns: int, made: dict[int, dict[int, Affect]]) -> None:
    own = made.get(affects.header.stamp_ns, {})
    writer.fused(replace(affects, affects=tuple(own[i] for i in sorted(own))), received_ns)


def _read(session: Session) -> _Read:
    read = _Read({}, {}, {}, {})
    expressions: dict[int, Expressions] = {}
    for heard in session.messages({"expressions", "affects", VOICE, WORDS}):
        try:
            value = session.value(heard)
        except MessageError:
            continue  # told by `mien bag info`
        if heard.part == VOICE:
            read.voices[heard.stamp_ns] = prosody(value)
        elif heard.part == WORDS:
            for word, since_s, sure in zip(value.words, value.since_s.tolist(), value.confidence.tolist(), strict=True):
                read.words[heard.stamp_ns + round(since_s * 1e9)] = words.vector(word) * np.float32(sure)
        elif heard.part == "expressions":
            expressions[heard.stamp_ns] = value
        else:
            read.affects[heard.stamp_ns] = value, heard.received_ns
    for stamp_ns, (affects, _) in read.affects.items():
        of = {e.track_id: e for e in (expressions[stamp_ns].expressions if stamp_ns in expressions else ())}
        for affect in affects.affects:
            if affect.track_id in of:
                read.faces.setdefault(affect.track_id, {})[stamp_ns] = face(of[affect.track_id], affect)
    return read


def _track(
    read: _Read, track_id: int, network: Network, now: int, units: str, made: dict[int, dict[int, Affect]]
) -> set[str]:
    """Fuse all images of one face; which streams were there."""
    stamps = sorted(read.faces[track_id])
    origin = stamps[0]

    def columns(values: dict[int, Any], size: int) -> tuple[Any, Any]:
        at = np.array(sorted(values), np.int64)
        return (at - origin) * 1e-9, np.array([values[t] for t in at.tolist()], np.float32).reshape(-1, size)

    track = streams.Track(
        *columns(read.faces[track_id], streams.FACE), *columns(read.voices, streams.PROSODY),
        *columns(read.words, streams.WORDS),
    )  # fmt: skip
    used: set[str] = set()
    for first in range(0, len(stamps), _BATCH):
        some = stamps[first : first + _BATCH]
        cut = streams.windows(track, (np.array(some, np.int64) - origin) * 1e-9, now)
        # A voice is nobody's where there are several faces.
        shared = np.array([sum(t in read.faces[i] for i in read.faces) > 1 for t in some])
        for stream in ("prosody", "words"):
            cut = streams.without(cut, stream, shared)
        told = network(cut.inputs())
        used |= set(streams.there(cut))
        for i, stamp_ns in enumerate(some):
            seen = next(a for a in read.affects[stamp_ns][0].affects if a.track_id == track_id)
            made.setdefault(stamp_ns, {})[track_id] = fused(seen, i, told, cut, units)
    return used
