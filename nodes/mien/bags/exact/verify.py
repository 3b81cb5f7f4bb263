"""Prove that recorded results follow from the recorded images."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from mien.bags import about
from mien.bags.exact import sound
from mien.bags.exact.compare import SAME, TOLERANCE, Difference, difference
from mien.bags.exact.order import Keys, orders
from mien.bags.exact.rerun import Made, Rerun, recorded_parameters
from mien.bags.exact.voices import tells_what_was_heard
from mien.bags.read import Heard, Session
from mien.core.errors import MessageError, MissingImage, MissingSound
from mien.core.stage import STAGES
from mien_models import ModelError
from mien_models.backends.cpu import has_vnni


@dataclass(slots=True)
class Verdict:
    """What a verification found. `first` is the first output that differs, None where none does."""

    images: int = 0
    start_ns: int | None = None  # stamp of the first result
    results: Counter[str] = field(default_factory=Counter)  # compared, by stage
    largest: Difference = SAME
    where: str = ""  # of the largest difference: stage and time
    first: str = ""  # where the results first differ, and how
    missing: str = ""  # why no more could be computed
    hints: list[str] = field(default_factory=list)  # what may be the reason
    notes: list[str] = field(default_factory=list)  # what was not computed again, and why

    @property
    def holds(self) -> bool:
        return not self.first and not self.missing

    def note(self, stage: str, where: str, found: Difference) -> None:
        """One more output was compared."""
        self.results[stage] += 1
        if found.size > self.largest.size:
            self.largest, self.where = found, f"{where}: {found}"
        if not found.agrees and not self.first:
            self.first = f"{where}: {found}"

    def compare(self, made: Made) -> None:
        """One more output was computed again."""
        self.start_ns = made.stamp_ns if self.start_ns is None else self.start_ns
        after_s = (made.stamp_ns - self.start_ns) * 1e-9
        self.note(made.stage, f"{made.stage} at {after_s:.3f} s (stamp {_stamp(made.stamp_ns)})", _compared(made))

    def __str__(self) -> str:
        counts = ", ".join(f"{n} {name}" for name, n in self.results.items())
        done = f"{self.images} images, {counts or 'nothing'} computed again" if self.images else f"{counts} compared"
        largest = f"largest difference {self.largest.size:.3g}" + (f" ({self.where})" if self.largest.size else "")
        notes = "".join(f"; {note}" for note in self.notes)
        if self.holds:
            return f"{done}: all agree within {TOLERANCE:g}, {largest}{notes}"
        why = "; ".join(filter(None, (self.first and f"first differs at {self.first}", self.missing)))
        hints = f". {'; '.join(self.hints)}" if self.hints else ""
        return f"{done}: {why}{hints}{notes}"


def verify(session: Session, *, all_of_it: bool = False) -> Verdict:
    """Compute every result again and compare it.

    all_of_it: go on after the first difference. Raises BagError where there are no images or no results,
    ModelError where a network is missing.
    """
    rerun = Rerun(session)
    verdict = Verdict()
    try:
        for made in rerun:
            verdict.compare(made)
            if verdict.first and not all_of_it:
                break
    except MissingImage as error:
        verdict.missing = str(error)
    if all_of_it or not verdict.first:
        _verify_voice(session, verdict, all_of_it=all_of_it)
    verdict.images = rerun.images
    if not verdict.holds:
        verdict.hints = reasons(session)
        if rerun.voices.missing:
            verdict.hints.append(
                f"of the voice that its rigs follow, {rerun.voices.missing} messages are not in the bag"
            )
        if rerun.captures.loaded:
            verdict.hints.append("a resting face was loaded from a file, which the bag does not hold")
    return verdict


def _verify_voice(session: Session, verdict: Verdict, *, all_of_it: bool) -> None:
    """That the voice follows from the sound, where the bag holds that."""
    if why := sound.why_not(session):
        verdict.notes.append(why)
    try:
        for made in sound.voices(session):
            verdict.compare(made)
            if verdict.first and not all_of_it:
                return
    except MissingSound as error:
        verdict.notes.append(str(error))
    except ModelError as error:
        verdict.notes.append(f"voice was taken as recorded: {error}")


def against(session: Session, other: Session) -> Verdict:
    """Compare the results of two bags, message by message."""
    verdict = Verdict()
    for spec in STAGES:
        pairs = zip_longest(_whole(session, spec.name), _whole(other, spec.name))
        for i, (mine, theirs) in enumerate(pairs):
            where = f"{spec.name}, message {i}"
            if mine is None or theirs is None:
                found = Difference(math.inf, spec.name, f"only in {(session if mine else other).path}")
            else:
                where += f" (stamp {_stamp(mine.stamp_ns)})"
                found = difference(session.value(mine), other.value(theirs))
            verdict.note(spec.name, where, found)
            if not found.agrees:
                break
    return verdict


def _whole(session: Session, stage: str) -> Iterator[Heard]:
    """The outputs of a stage, without one of an image in the middle of which the run was ended."""
    keys, known = Keys(), frozenset(orders(session)[stage])
    return (heard for heard in session.messages({stage}) if keys(stage, heard.stamp_ns) in known)


def reasons(session: Session) -> list[str]:
    """Why results of a bag may not follow from its images."""
    found = []
    if session.image_topic and not session.has_raw_images:
        found.append("its images are compressed, and no longer those that were worked on; record raw ones")
    if (
        session.voice_topic
        and recorded_parameters(session.settings).get("rigs.voice")
        and not tells_what_was_heard(session)
    ):
        found.append("its rigs follow a voice and do not say how much of it they had heard: it is of an older version")
    if not session.settings:
        found.append("it does not say the parameters of the stages, so that the defaults were taken")
    recorded = session.about.get("networks") or {}
    now = about.networks()
    if other := [name for name, digest in recorded.items() if now.get(name, digest) != digest]:
        found.append(f"it was recorded with other weights of {', '.join(other)}")
    if (session.about.get("machine") or {}).get("vnni") and not has_vnni():
        found.append("it may have been recorded with 8-bit networks, which this processor computes otherwise")
    before, here = session.about.get("versions") or {}, about.versions()
    names = [n for n in ("mien", "onnxruntime", "opencv", "numpy") if before.get(n, here.get(n)) != here.get(n)]
    if names:
        found.append("it was recorded with " + ", ".join(f"{n} {before[n]} (here {here[n]})" for n in names))
    return found


def _compared(made: Made) -> Difference:
    if isinstance(made.recorded, MessageError):
        return Difference(float("inf"), made.stage, f"the recorded message cannot be believed: {made.recorded}")
    if made.computed is None:
        return Difference(float("inf"), made.stage, "recorded, and nothing computed")
    return difference(made.recorded, made.computed)


def _stamp(ns: int) -> str:
    return f"{ns // 1_000_000_000}.{ns % 1_000_000_000:09d}"
