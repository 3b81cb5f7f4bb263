"""The side panel: blendshapes, action units, expression, valence and arousal of one face."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import cv2
import numpy as np

from mien.bags.read import Names
from mien.core.moment import Moment
from mien.core.types import F32, F64, U8, Affect, Method
from mien.report import text
from mien.report.head import head_angles_deg
from mien.report.style import (
    INK,
    LINE,
    MUTED,
    ORANGE,
    PANEL,
    SKY,
    TROUGH,
    UNSURE,
    Color,
    emotion_color,
    track_color,
)
from mien_models.spaces import facs

_TRAIL_NS = 1_500_000_000
_MEMORY_S = 1.0  # time constant with which the recent maximum of a row decays


@dataclass(frozen=True, slots=True)
class Row:
    """One bar, or the left and right bars of a pair."""

    code: str  # shown bold, may be empty
    label: str
    indices: tuple[int, ...]


def blendshape_rows(names: tuple[str, ...]) -> list[Row]:
    rows: list[Row] = []
    for i, name in enumerate(names):
        if name.endswith("Right") and name.removesuffix("Right") + "Left" in names:
            continue
        base = name.removesuffix("Left")
        other = base + "Right"
        if name.endswith("Left") and other in names:
            label = f"{base} sideways" if base in ("jaw", "mouth") else base
            rows.append(Row("", label, (i, names.index(other))))
        else:
            rows.append(Row("", name, (i,)))
    return rows


def action_unit_rows(names: tuple[str, ...]) -> list[Row]:
    meaning = {f"AU{u.code}": u.name for u in facs.ACTION_UNITS}
    sides: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        sides.setdefault(name.rstrip("LR"), []).append(i)
    return [Row(code, meaning.get(code, ""), tuple(indices)) for code, indices in sides.items()]


class Slots:
    """Chooses the strongest rows; each keeps its place as long as it is among them.

    Rows that were sorted in every image would change places too often to be read.
    """

    def __init__(self, size: int) -> None:
        self.chosen: list[int] = []
        self._size = size
        self._scores: F64 | None = None
        self._stamp_ns = 0

    def choose(self, values: F64, stamp_ns: int) -> list[int]:
        """Indices of the rows to show. values: of all rows, [0, 1]; NaN = not observed."""
        values = np.nan_to_num(values)
        dt = (stamp_ns - self._stamp_ns) * 1e-9
        if self._scores is None or not 0 <= dt < 2 * _MEMORY_S or len(values) != len(self._scores):
            self._scores = values
            self.chosen = np.argsort(-values, kind="stable")[: self._size].tolist()
        else:
            self._scores = np.maximum(self._scores * np.exp(-dt / _MEMORY_S), values)
            self._swap(self._scores)
        self._stamp_ns = stamp_ns
        return self.chosen

    def _swap(self, scores: F64) -> None:
        for _ in self.chosen:
            outside = [i for i in range(len(scores)) if i not in self.chosen]
            if not outside:
                return
            best = max(outside, key=lambda i: scores[i])
            worst = min(self.chosen, key=lambda i: scores[i])
            if scores[best] <= 1.25 * scores[worst] + 0.02:
                return
            self.chosen[self.chosen.index(worst)] = best


class Panel:
    """Draws the panel of each moment into an image of fixed size."""

    def __init__(self, width: int, height: int, body: int, names: Names) -> None:
        self._w, self._h, self._px = width, height, body
        self._small = max(8, round(0.82 * body))
        self._pad = round(0.9 * body)
        self._row = round(1.38 * body)
        self._names = names
        self._shapes = blendshape_rows(names.blendshapes)
        self._units = action_unit_rows(names.action_units)
        n = max(4, int((height - self._fixed()) / self._row))
        n_units = min(len(self._units), n * 9 // 20)
        self._shape_slots = Slots(min(len(self._shapes), n - n_units, 16))
        self._unit_slots = Slots(min(n_units, 14))
        self._trail: deque[tuple[int, float, float]] = deque()
        self._track_id: int | None = None

    def _fixed(self) -> int:
        """Total height of everything but the bars."""
        return round((2.6 + 4 * 2.0 + 2 * 0.4 + 2.9 + 5.6) * self._px)

    def draw(self, out: U8, moment: Moment, track_id: int | None) -> None:
        """Fill `out` (height×width×3); track_id None = no face."""
        if track_id != self._track_id:
            self._track_id = track_id
            self._trail.clear()
        out[:] = PANEL
        y = self._title(out, moment, track_id)
        expression = moment.expression(track_id) if track_id is not None else None
        affect = moment.affect(track_id) if track_id is not None else None
        none = np.full(len(self._names.blendshapes), np.nan, np.float32)
        y = self._heading(out, y, "BLENDSHAPES", "L above R, dim = unsure")
        y = self._bars(
            out, y, self._shapes, self._shape_slots, moment.stamp_ns, SKY, 1.0,
            expression.blendshapes if expression else none, expression.confidence if expression else none,
        )  # fmt: skip
        none = np.full(len(self._names.action_units), np.nan, np.float32)
        y = self._heading(out, y, "ACTION UNITS", _method(affect.au_method) if affect else "")
        y = self._bars(
            out, y, self._units, self._unit_slots, moment.stamp_ns, ORANGE, 5.0,
            affect.au_intensity if affect else none, affect.au_confidence if affect else none,
        )  # fmt: skip
        y = self._heading(out, y, "EXPRESSION", _method(affect.emotion_method) if affect else "")
        y = self._emotion(out, y, affect)
        self._valence_arousal(out, y, moment.stamp_ns, affect)

    def _title(self, out: U8, moment: Moment, track_id: int | None) -> int:
        px, y = self._px, round(1.75 * self._px)
        if track_id is None:
            text.put(out, "no face", self._pad, y, px, MUTED, bold=True)
            return round(2.6 * px)
        cv2.circle(out, (self._pad + px // 3, y - px // 3), max(3, px // 3), track_color(track_id), -1, cv2.LINE_AA)
        name = f"face {track_id}"
        text.put(out, name, self._pad + px, y, px, INK, bold=True)
        angles = head_angles_deg(moment, track_id)
        if angles is not None:
            degrees = [f"{_signed(a, 0)}°" for a in angles]
            named = [f"{n} {a}" for n, a in zip(("yaw", "pitch", "roll"), degrees, strict=True)]
            # Beside a long id there is room for less; the numbers keep their order.
            words = "   ".join(named), "  ".join(named), "  ".join(degrees)
            room = self._w - 2 * self._pad - 2 * px - text.width(name, px, bold=True)
            shown = next((w for w in words if text.width(w, self._small) <= room), words[-1])
            text.put(out, shown, self._w - self._pad, y, self._small, MUTED, align="right")
        return round(2.6 * px)

    def _heading(self, out: U8, y: int, words: str, note: str) -> int:
        out[y, self._pad : self._w - self._pad] = LINE
        base = y + round(1.45 * self._px)
        text.put(out, words, self._pad, base, self._small, MUTED, bold=True)
        text.put(out, note, self._w - self._pad, base, self._small, MUTED, align="right")
        return y + round(2.0 * self._px)

    def _bars(
        self, out: U8, y: int, rows: list[Row], slots: Slots, stamp_ns: int, color: Color, top: float,
        values: F32, confidence: F32,
    ) -> int:  # fmt: skip
        strongest = np.array([_strongest(values, row.indices) for row in rows]) / top
        for i in slots.choose(strongest, stamp_ns):
            self._bar(out, y, rows[i], color, top, values, confidence)
            y += self._row
        return y + round(0.4 * self._px)

    def _bar(self, out: U8, y: int, row: Row, color: Color, top: float, values: F32, confidence: F32) -> None:
        px, base = self._px, y + round(0.95 * self._px)
        x0, x1 = round(0.56 * self._w), self._w - self._pad - round(2.4 * px)
        start = self._pad
        if row.code:
            text.put(out, row.code, start, base, self._small, INK, bold=True)
            start += text.width("AU00 ", self._small, True)
        size = self._small if row.code else px
        label = text.fit(row.label, size, x0 - start - px // 3)
        text.put(out, label, start, base, size, MUTED if row.code else INK)
        height = round(0.86 * px)
        gap = 1 if len(row.indices) > 1 else 0
        each = (height - gap) // len(row.indices)
        for n, i in enumerate(row.indices):
            fill = float(values[i]) / top
            _fill(out, y + round(0.16 * px) + n * (each + gap), each, x0, x1, fill, _sure(color, float(confidence[i])))
        value = _strongest(values, row.indices)
        words = "–" if np.isnan(value) else f"{value:.1f}" if top > 1 else _fraction(value)
        text.put(out, words, self._w - self._pad, base, px, INK, align="right")

    def _emotion(self, out: U8, y: int, affect: Affect | None) -> int:
        px, base = self._px, y + round(1.0 * self._px)
        known = affect is not None and np.isfinite(affect.emotion).all()
        if not known or affect is None:
            text.put(out, "–", self._pad, base, px, MUTED)
            return y + round(2.9 * px)
        order = np.argsort(-affect.emotion, kind="stable")
        best = self._names.emotions[order[0]]
        size, ink = round(1.2 * px), INK if affect.emotion_confidence >= UNSURE else MUTED
        text.put(out, best, self._pad, base, size, ink, bold=True)
        text.put(
            out,
            _fraction(float(affect.emotion[order[0]])),
            self._w - self._pad,
            base,
            size,
            ink,
            bold=True,
            align="right",
        )
        taken = self._pad + text.width(best, size, True) + px
        second = f"{self._names.emotions[order[1]]} {_fraction(float(affect.emotion[order[1]]))}"
        if taken + text.width(second, self._small) < self._w - self._pad - 3 * px:
            text.put(out, second, taken, base, self._small, MUTED)
        self._strip(out, y + round(1.5 * px), max(3, round(0.55 * px)), affect.emotion)
        return y + round(2.9 * px)

    def _strip(self, out: U8, y: int, height: int, emotion: F32) -> None:
        """A strip of all probabilities side by side, in the order of the labels."""
        edges = np.concatenate([[0], np.cumsum(emotion / emotion.sum())]) * (self._w - 2 * self._pad) + self._pad
        for name, a, b in zip(self._names.emotions, edges[:-1], edges[1:], strict=True):
            out[y : y + height, round(a) : max(round(a), round(b) - 1)] = emotion_color(name)

    def _valence_arousal(self, out: U8, y: int, stamp_ns: int, affect: Affect | None) -> None:
        y = self._heading(out, y, "VALENCE · AROUSAL", _method(affect.va_method) if affect else "")
        side = min(self._h - y - self._pad, round(9 * self._px))
        side -= side % 2
        if side < 2 * self._px:
            return
        x = self._pad
        middle, radius = (x + side // 2, y + side // 2), side // 2
        cv2.circle(out, middle, radius, TROUGH, -1, cv2.LINE_AA)
        out[middle[1], x : x + side] = LINE
        out[y : y + side, middle[0]] = LINE
        if affect is None or not np.isfinite([affect.valence, affect.arousal]).all():
            return
        self._dots(out, middle, radius, stamp_ns, affect)
        left, small = x + side + self._px, self._small
        for k, (word, value) in enumerate((("valence", affect.valence), ("arousal", affect.arousal))):
            base = middle[1] + round((-0.5 + 1.8 * k) * self._px)
            text.put(out, word, left, base, small, MUTED)
            text.put(out, _signed(value, 2), self._w - self._pad, base, self._px, INK, align="right")

    def _dots(self, out: U8, middle: tuple[int, int], radius: int, stamp_ns: int, affect: Affect) -> None:
        """The present valence and arousal, and a trail of the recent ones."""
        self._trail.append((stamp_ns, affect.valence, affect.arousal))
        while not 0 <= stamp_ns - self._trail[0][0] <= _TRAIL_NS:
            self._trail.popleft()
        for stamp, valence, arousal in self._trail:
            new = 1 - (stamp_ns - stamp) / _TRAIL_NS
            now = stamp == stamp_ns
            x, y = middle[0] + valence * 0.9 * radius, middle[1] - arousal * 0.9 * radius
            size = (0.42 if now else 0.12 + 0.14 * new) * self._px
            color = INK if now else _mix(SKY, TROUGH, 0.25 + 0.75 * new)
            cv2.circle(out, (round(x * 16), round(y * 16)), round(size * 16), color, -1, cv2.LINE_AA, 4)


def _fill(out: U8, y: int, height: int, x0: int, x1: int, value: float, color: Color) -> None:
    """A bar with sub-pixel precision, so that it moves smoothly."""
    out[y : y + height, x0:x1] = TROUGH
    if not value > 0:
        return
    end = x0 + min(value, 1.0) * (x1 - x0)
    whole = int(end)
    out[y : y + height, x0:whole] = color
    if whole < x1:
        out[y : y + height, whole] = _mix(color, TROUGH, end - whole)


def _strongest(values: F32, indices: tuple[int, ...]) -> float:
    seen = [float(values[i]) for i in indices if not np.isnan(values[i])]
    return max(seen, default=float("nan"))


def _sure(color: Color, confidence: float) -> Color:
    return _mix(color, TROUGH, 0.4 + 0.6 * min(max(0.0, confidence), 1.0))  # max drops NaN


def _mix(a: Color, b: Color, t: float) -> Color:
    r, g, c = (round(t * p + (1 - t) * q) for p, q in zip(a, b, strict=True))
    return r, g, c


def _method(method: Method) -> str:
    return {Method.DERIVED: "derived", Method.LEARNED: "learned", Method.FUSED: "fused"}.get(method, "")


def _fraction(value: float) -> str:
    """A number in [0, 1] without its leading zero: .83, 1.0."""
    words = f"{value:.2f}"
    return words[1:] if words.startswith("0") else f"{value:.1f}"


def _signed(value: float, digits: int) -> str:
    rounded = round(value, digits) + 0.0  # no minus zero
    return f"{rounded:+.{digits}f}".replace("-", "−") if rounded else f"{rounded:.{digits}f}"
