"""statistics.png: the events of each person, and the synchrony of the first pair."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from mien.core.files import write_whole
from mien.report.figures import GRID, SOFT, new_figure
from mien.report.style import BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION, unit
from mien.statistics.describe import Description, Findings, Pair
from mien_models.spaces import facs

_DPI = 120
_MOST = 4  # people who are drawn
_WIDTH_IN = 12.0
_COLOURS = (BLUE, ORANGE, GREEN, PURPLE)
_SIGNS = (("smile", ORANGE), ("nod", GREEN), ("shake", PURPLE), ("blink", SKY), ("gaze aversion", VERMILION))


def draw(description: Description, path: Path) -> None:
    """Write the picture. Raises ReportError where Matplotlib is not installed, and WriteError."""
    people = description.findings[:_MOST]
    pair = next(iter(description.pairs), None)
    rows = [_units(p) for p in people]
    heights = [0.16 * (len(r) + len(_SIGNS)) + 0.5 for r in rows] + ([1.9, 2.4] if pair else [])
    with new_figure("the figure", (_WIDTH_IN, sum(heights) + 0.7), _DPI) as figure:
        figure.suptitle(_title(description), x=0.01, ha="left", fontsize=12, fontweight="bold")
        grid = figure.add_gridspec(len(heights), 2, height_ratios=heights, width_ratios=(3.4, 1))
        length = float(description.recording.times_s[-1])
        for i, (findings, units) in enumerate(zip(people, rows, strict=True)):
            axis = figure.add_subplot(grid[i, :])
            _events(axis, findings, units, description, unit(_COLOURS[i]))
            axis.set_xlim(0, length)
        if pair:
            shown = _best(pair)
            axis = figure.add_subplot(grid[-2, :])
            _courses(axis, description, pair, shown, people)
            axis.set_xlim(0, length)
            _windows(figure.add_subplot(grid[-1, 0]), pair, shown, length)
            _lags(figure.add_subplot(grid[-1, 1]), pair, shown)
        file = BytesIO()
        figure.savefig(file, format="png", facecolor="white")
    write_whole(path, file.getvalue())


def _title(description: Description) -> str:
    hidden = len(description.findings) - _MOST
    more = f", {hidden} more not drawn" if hidden > 0 else ""
    return f"{Path(description.recording.source).name}: visible expression, estimated{more}"


def _units(findings: Findings) -> list[str]:
    """Units with an event, as their codes from brows to jaw, sides together."""
    codes = {facs.code(e.unit) for e in findings.events}
    return [f"AU{u.code}" for u in facs.ACTION_UNITS if u.code in codes]


def _events(axis: Any, findings: Findings, units: list[str], description: Description, colour: Any) -> None:
    names = [*units, *(name for name, _ in _SIGNS)]
    row = {name: i for i, name in enumerate(names)}
    for event in findings.events:
        level = 0.3 + 0.7 * min(1.0, event.peak / 5)
        side = {"L": -0.2, "R": 0.2}.get(event.unit[-1], 0.0)
        y = row[f"AU{facs.code(event.unit)}"] + side
        height = 0.36 if side else 0.76
        axis.barh(y, event.duration_s, left=event.onset_s, height=height, color=colour, alpha=level, linewidth=0)
        axis.plot([event.apex_s] * 2, [y - height / 2, y + height / 2], color="black", linewidth=0.6)
    spans = [("smile", s.event.onset_s, s.event.duration_s) for s in findings.smiles]
    spans += [(m.kind, m.start_s, m.duration_s) for m in findings.head]
    spans += [("blink", e.onset_s, e.duration_s) for e in findings.blinks.blinks]
    spans += [("gaze aversion", e.onset_s, e.duration_s) for e in findings.aversions]
    colours = dict(_SIGNS)
    for name, start, duration in spans:
        axis.barh(row[name], max(duration, 0.03), left=start, height=0.7, color=unit(colours[name]), linewidth=0)
    _shade_missing(axis, description, findings, len(names))
    axis.set_yticks(range(len(names)), names, fontsize=7)
    axis.set_ylim(len(names) - 0.4, -0.6)
    axis.axhline(len(units) - 0.5, color=SOFT, linewidth=0.6)
    missing = findings.values["missing"]["share_missing"]
    axis.set_title(
        f"Person {findings.person.track_id}: onset to offset, apex marked; left above right; "
        f"{missing:.0%} of images missing (grey); identity {findings.person.id_confidence:.2f}"
    )


def _shade_missing(axis: Any, description: Description, findings: Findings, rows: int) -> None:
    times, seen = description.recording.times_s, findings.person.seen
    if seen.all():
        return
    step = float(np.median(np.diff(times))) if len(times) > 1 else 0.0
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (~seen).astype(int), [0]])))
    for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        axis.axvspan(times[first] - step / 2, times[end - 1] + step / 2, color=GRID, linewidth=0, zorder=0)


def _best(pair: Pair) -> str:
    """The unit with the least p, and of those the highest correlation."""

    def rank(name: str) -> tuple[float, float]:
        found = pair.by_unit[name]
        return (found.p if np.isfinite(found.p) else 2.0, -found.z if np.isfinite(found.z) else 0.0)

    return min(pair.by_unit, key=rank)


def _courses(axis: Any, description: Description, pair: Pair, shown: str, people: tuple[Findings, ...]) -> None:
    recording = description.recording
    colours = {p.person.track_id: _COLOURS[i] for i, p in enumerate(people)}
    for who in (pair.first, pair.second):
        values = recording.person(who).unit(recording.units, int(shown[2:]))
        colour = unit(colours.get(who, VERMILION))
        axis.plot(recording.times_s, values, color=colour, label=f"person {who}", linewidth=1.2)
    axis.set_ylim(0, 5.2)
    axis.set_ylabel("FACS 0–5")
    axis.set_title(f"{shown} of both, mean of the sides")
    axis.legend(loc="lower right", bbox_to_anchor=(1, 1), borderaxespad=0.1, ncols=2, fontsize=8)
    axis.set_xlabel("time [s]")


def _windows(axis: Any, pair: Pair, shown: str, length: float) -> None:
    found = pair.by_unit[shown]
    if not found.windows:
        axis.text(0.5, 0.5, "nothing to compare", transform=axis.transAxes, ha="center", color=SOFT)
        return
    half = (found.centres_s[1] - found.centres_s[0]) / 2 if len(found.centres_s) > 1 else 0.5
    lag = (found.lags_s[1] - found.lags_s[0]) / 2 if len(found.lags_s) > 1 else 0.05
    extent = (
        found.centres_s[0] - half, found.centres_s[-1] + half, found.lags_s[0] - lag, found.lags_s[-1] + lag
    )  # fmt: skip
    mesh = axis.imshow(found.r.T, aspect="auto", origin="lower", cmap="RdBu_r", vmin=-1, vmax=1, extent=extent)
    axis.axhline(found.lag_s, color="black", linewidth=0.8, linestyle=":")
    axis.grid(False)
    axis.set_xlim(0, length)
    axis.set_xlabel("centre of the window [s]")
    axis.set_ylabel("lag [s]")
    axis.set_title(f"{shown}: correlation by window and lag; above 0 person {pair.second} follows")
    axis.figure.colorbar(mesh, ax=axis, fraction=0.03, pad=0.01, ticks=(-1, 0, 1))


def _lags(axis: Any, pair: Pair, shown: str) -> None:
    others = [found for name, found in pair.by_unit.items() if name != shown and found.windows]
    for i, found in enumerate(others):
        axis.plot(found.lags_s, found.z_by_lag, color=SOFT, linewidth=0.7, label="" if i else "other units")
    best = pair.by_unit[shown]
    axis.plot(best.lags_s, best.z_by_lag, color=unit(VERMILION), linewidth=1.8, label=shown)
    axis.legend(loc="upper left", fontsize=7)
    axis.axhline(0, color=SOFT, linewidth=0.6)
    if np.isfinite(best.lag_s):
        axis.axvline(best.lag_s, color="black", linewidth=0.8, linestyle=":")
    axis.set_xlabel("lag [s]")
    axis.set_ylabel("mean Fisher z")
    axis.set_title(f"{shown}: {best.lag_s:+.2f} s, p = {best.p:.3f}\n({best.surrogates} surrogates)", fontsize=9)
