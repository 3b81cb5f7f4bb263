"""Charts of the report: correlation r of every blendshape, and one person's truth and estimate over time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mien.core.types import F64
from mien.evaluate.chain.recording import Recording
from mien.report.figures import INK, SOFT, new_figure
from mien.report.style import BLUE, GREY, ORANGE, VERMILION, unit
from mien_models.spaces import arkit

_SHOWN, _READ = unit(GREY), unit(VERMILION)
# Rows of the timeline, each the mean of some blendshapes.
_ROWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("jaw open", ("jawOpen",)),
    ("blink", ("eyeBlinkLeft", "eyeBlinkRight")),
    ("smile", ("mouthSmileLeft", "mouthSmileRight")),
    ("pucker", ("mouthPucker",)),
    ("upper lip up", ("mouthUpperUpLeft", "mouthUpperUpRight")),
    ("brows up", ("browInnerUp", "browOuterUpLeft", "browOuterUpRight")),
    ("brows down", ("browDownLeft", "browDownRight")),
)
_ANGLES = ("yaw [°]", "pitch [°]", "roll [°]")


def draw_correlations(numbers: dict[str, Any], path: Path) -> None:
    """Bars of r, the best at the top, with the interval over people and the median person.

    numbers: from `report.measure`. Raises ReportError where Matplotlib is not installed.
    """
    r: dict[str, float | None] = numbers["pearson"]
    names = sorted(r, key=lambda n: -2.0 if (v := r[n]) is None else v)
    with new_figure("a chart", (9.5, 12.5), 110) as figure:
        axis = figure.subplots()
        values = [r[n] or 0.0 for n in names]
        rows = np.arange(len(names))
        axis.barh(rows, values, color=unit(BLUE), alpha=0.85, height=0.7, label="all images")
        for row, name in zip(rows, names, strict=True):
            low, high = numbers["pearson_interval"][name]
            if low is not None:
                axis.plot((low, high), (row, row), color=INK, linewidth=1.1)
            person = numbers["pearson_person_median"][name]
            if person is not None:
                axis.plot(person, row, "o", color=unit(ORANGE), markersize=4.5)
            if r[name] is None:
                axis.text(0.01, row, "not read, or never moved", va="center", fontsize=7.5, color=SOFT)
        axis.plot([], [], color=INK, linewidth=1.1, label="90 % of draws of as many people")
        axis.plot([], [], "o", color=unit(ORANGE), markersize=4.5, label="median of single people")
        axis.axvline(0.8, color=SOFT, linewidth=0.8, linestyle="--")
        axis.set_yticks(rows, names, fontsize=8)
        axis.set_ylim(-0.7, len(names) - 0.3)
        axis.set_xlim(min(-0.2, *values), 1)
        axis.grid(axis="y", visible=False)
        axis.set_xlabel("Pearson r of truth and estimate")
        axis.set_title(f"Correlation of the 52 blendshapes  ({numbers['people']} people, {numbers['frames']} images)")
        axis.legend(loc="lower right")
        figure.savefig(path, facecolor="white")


def draw_timeline(recording: Recording, path: Path) -> None:
    """Truth (filled) and estimate (line) of one person. Raises ReportError where Matplotlib is not installed."""
    with new_figure("a chart", (13, 13), 110) as figure:
        axes = figure.subplots(len(_ROWS) + len(_ANGLES), 1, sharex=True)
        t = recording.t_s
        for axis, (title, shapes) in zip(axes, _ROWS, strict=False):
            columns = [arkit.INDEX[name] for name in shapes]
            shown, read = recording.shown[:, columns].mean(1), recording.read[:, columns].mean(1)
            axis.fill_between(t, shown, color=_SHOWN, alpha=0.55, linewidth=0, label="truth")
            axis.plot(t, read, color=_READ, label="estimate")
            axis.set_ylim(0, max(0.25, 1.05 * float(np.nanmax([shown, read]))))
            axis.set_ylabel(title, rotation=0, ha="right", va="center")
        for k, (axis, title) in enumerate(zip(axes[len(_ROWS) :], _ANGLES, strict=True)):
            axis.plot(t, recording.shown_head[:, k], color=_SHOWN, linewidth=3)
            axis.plot(t, recording.read_head[:, k], color=_READ)
            axis.set_ylabel(title, rotation=0, ha="right", va="center")
        for axis in axes:
            for start, end in _bursts(t, recording.speaking):
                axis.axvspan(start, end, color="#eef4fa", zorder=0)
        axes[0].set_title(f"Person {recording.seed}: truth and estimate  (blue = speaking)")
        axes[0].legend(loc="upper right", ncols=2)
        axes[-1].set_xlabel("time [s]")
        axes[-1].set_xlim(t[0], t[-1])
        figure.savefig(path, facecolor="white")


def _bursts(t: F64, speaking: F64) -> Sequence[tuple[float, float]]:
    """Start and end [s] of each stretch of speech."""
    on = np.concatenate([[0], speaking > 0.5, [0]]).astype(int)
    first, last = np.flatnonzero(np.diff(on) == 1), np.flatnonzero(np.diff(on) == -1) - 1
    return [(float(t[a]), float(t[b])) for a, b in zip(first, last, strict=True)]
