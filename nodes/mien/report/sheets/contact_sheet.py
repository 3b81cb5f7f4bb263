"""contact_sheet.png: annotated pictures spread over the session, and its strongest expressions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from mien.bags.read import Names
from mien.core.errors import ReportError
from mien.core.moment import Moment
from mien.core.types import U8
from mien.report import text
from mien.report.collect import I64, Collected, peaks
from mien.report.overlay import Overlay
from mien.report.style import INK, MUTED, ORANGE, PANEL, UNSURE

_TILES, _COLUMNS = 12, 4
_PEAK_MIN = 0.2  # a weaker peak is not shown
TILE_WIDTH = 480
_GAP, _MARGIN = 14, 28


@dataclass(frozen=True, slots=True)
class Choice:
    """A moment to show, and the reason; an empty reason = it fills a gap in time."""

    stamp_ns: int
    why: str


def choose(collected: Collected, tiles: int = _TILES) -> list[Choice]:
    """Moments in order of time: the strongest of each expression, and others that are far from these in time."""
    reasons: dict[int, str] = {}
    for peak in peaks(collected):
        if peak.value >= _PEAK_MIN:
            words = f"{peak.expression} {peak.value:.2f}".replace(" 0.", " .")
            reasons[peak.stamp_ns] = f"{reasons[peak.stamp_ns]}, {words}" if peak.stamp_ns in reasons else words
    stamps = collected.stamps_ns
    chosen = list(reasons)
    while len(chosen) < min(tiles, len(stamps)):
        chosen.append(int(stamps[_farthest(stamps, chosen)]))
    return [Choice(s, reasons.get(s, "")) for s in sorted(chosen)]


def _farthest(stamps: I64, chosen: list[int]) -> int:
    """Index of the stamp that is farthest in time from all that are chosen."""
    if not chosen:
        return 0
    distance = np.abs(stamps[:, None] - np.array(chosen)[None, :]).min(1)
    return int(np.argmax(distance))


class ContactSheet:
    """Collects tiles during one pass over the moments, and writes them as one picture."""

    def __init__(self, collected: Collected) -> None:
        self._start_ns = collected.start_ns
        self._names = collected.names
        self._choices = {c.stamp_ns: c for c in choose(collected)}
        self._tiles: list[U8] = []

    def offer(self, moment: Moment, overlay: Overlay) -> None:
        """Draw the moment if it was chosen. `overlay` has no panel and is laid out by `tile_layout`."""
        choice = self._choices.get(moment.stamp_ns)
        if choice is None:
            return
        picture = overlay.draw(moment)
        height = round(picture.shape[0] * TILE_WIDTH / picture.shape[1])
        small = cv2.resize(picture, (TILE_WIDTH, height), interpolation=cv2.INTER_AREA)
        caption = self._caption(moment, choice)
        self._tiles.append(np.concatenate([np.asarray(small, np.uint8), caption]))

    def _caption(self, moment: Moment, choice: Choice) -> U8:
        image = np.full((34, TILE_WIDTH, 3), PANEL, np.uint8)
        text.put(image, f"{(moment.stamp_ns - self._start_ns) * 1e-9:.2f} s", 2, 22, 15, INK, bold=True)
        if choice.why:
            text.put(
                image,
                text.fit(choice.why, 15, TILE_WIDTH - 90),
                TILE_WIDTH - 2,
                22,
                15,
                ORANGE,
                bold=True,
                align="right",
            )
        else:
            text.put(image, _expression(moment, self._names), TILE_WIDTH - 2, 22, 15, MUTED, align="right")
        return image

    def write(self, path: Path, title: str, note: str) -> None:
        """Raises ReportError where the file cannot be written."""
        columns = min(_COLUMNS, max(1, len(self._tiles)))
        rows = -(-len(self._tiles) // columns)
        tile = max((t.shape[0] for t in self._tiles), default=0)
        width = 2 * _MARGIN + columns * TILE_WIDTH + (columns - 1) * _GAP
        head = 84
        sheet = np.full((head + rows * (tile + _GAP) + _MARGIN - _GAP, width, 3), PANEL, np.uint8)
        text.put(sheet, text.fit(title, 24, width - 2 * _MARGIN, bold=True), _MARGIN, 42, 24, INK, bold=True)
        text.put(sheet, text.fit(note, 15, width - 2 * _MARGIN), _MARGIN, 66, 15, MUTED)
        for n, image in enumerate(self._tiles):
            x, y = _MARGIN + n % columns * (TILE_WIDTH + _GAP), head + n // columns * (tile + _GAP)
            sheet[y : y + image.shape[0], x : x + TILE_WIDTH] = image
        if not cv2.imwrite(str(path), cv2.cvtColor(sheet, cv2.COLOR_RGB2BGR)):
            raise ReportError(f"cannot write {path}; choose a folder with room")


def _expression(moment: Moment, names: Names) -> str:
    """The expression of the largest face, as a caption."""
    if not moment.track_ids:
        return "no face"
    faces = moment.faces.faces if moment.faces else ()
    track_id = max(faces, key=lambda f: float(f.box[2] * f.box[3])).track_id if faces else moment.track_ids[0]
    affect = moment.affect(track_id)
    if affect is None or not np.isfinite(affect.emotion).all():
        return ""
    if affect.emotion_confidence < UNSURE:
        return "expression: unsure"
    best = int(np.argmax(affect.emotion))
    return f"expression: {names.emotions[best]} {affect.emotion[best]:.2f}".replace(" 0.", " .")
