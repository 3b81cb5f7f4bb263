"""timeline.png: the values over time of the face that was seen in most frames."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import numpy as np

from mien.core.types import F32, F64
from mien.report.collect import Collected, Series, Track, mean_weight
from mien.report.figures import GRID, INK, SOFT, new_figure
from mien.report.style import (
    BLUE,
    GREEN,
    ORANGE,
    PURPLE,
    SKY,
    UNSEEN,
    UNSURE,
    VERMILION,
    Color,
    emotion_color,
    unit,
)
from mien_models.spaces import facs

_COLUMNS = 1600  # more cannot be told apart on the page
_PAUSE_S = 1.0  # a longer interval is a pause, not a slow frame
_SIZE_IN, _DPI = (13.0, 15.0), 130

# Lines of the rig panel, each the mean of some blendshapes.
_CURVES: tuple[tuple[str, tuple[str, ...], Color], ...] = (
    ("jaw open", ("jawOpen",), VERMILION),
    ("smile", ("mouthSmileLeft", "mouthSmileRight"), ORANGE),
    ("blink", ("eyeBlinkLeft", "eyeBlinkRight"), SKY),
    ("brows up", ("browInnerUp", "browOuterUpLeft", "browOuterUpRight"), GREEN),
    ("brows down", ("browDownLeft", "browDownRight"), PURPLE),
)


def draw_timeline(collected: Collected, path: Path, title: str) -> None:
    """Write the picture. Raises ReportError where Matplotlib is not installed."""
    with new_figure("the timeline", _SIZE_IN, _DPI) as figure:
        axes = figure.subplots(6, 1, sharex=True, height_ratios=(6.2, 2.2, 1.8, 2.2, 1.8, 0.9))
        track = collected.main
        who = (
            f"face {track.track_id}, seen in {track.seen} of {len(collected.stamps_ns)} frames" if track else "no face"
        )
        figure.suptitle(f"{title}   ·   {who}", x=0.01, ha="left", fontsize=13, fontweight="bold", color=INK)
        if track:
            _action_units(axes[0], collected, track)
            _emotion(axes[1], collected, track)
            _valence_arousal(axes[2], collected, track)
            _rig(axes[3], collected, track)
            _head(axes[4], collected, track)
        else:
            for axis in axes[:5]:
                axis.set_yticks([])
        _faces(axes[5], collected)
        axes[-1].set_xlabel("time [s]")
        axes[-1].set_xlim(0, _length_s(collected))
        figure.savefig(path, facecolor="white")


def _action_units(axis: Any, collected: Collected, track: Track) -> None:
    names, series = collected.names.action_units, track.action_units
    seen = [i for i in range(len(names)) if np.isfinite(series.values[:, i]).any()]
    if not seen:
        _nothing(axis, "Action units")
        return
    image = _raster(collected, Series(series.stamps_ns, series.values[:, seen]))
    colours = _colours()
    mesh = axis.imshow(
        image.T, aspect="auto", origin="upper", interpolation="nearest", cmap=colours, vmin=0, vmax=5,
        extent=(0, _length_s(collected), len(seen) - 0.5, -0.5),
    )  # fmt: skip
    sure = _raster(collected, Series(track.au_confidence.stamps_ns, track.au_confidence.values[:, seen]))
    veil = np.zeros((*sure.T.shape, 4))
    veil[..., :3], veil[..., 3] = unit(UNSEEN), np.nan_to_num(sure.T, nan=1.0) < UNSURE
    axis.imshow(veil, aspect="auto", origin="upper", interpolation="nearest", extent=mesh.get_extent())
    axis.grid(False)
    _unit_ticks(axis, [names[i] for i in seen])
    axis.set_title("Action units  (FACS intensity, 0–5; of pairs, left above right; grey = unsure)")
    bar = axis.figure.colorbar(mesh, cax=axis.inset_axes((1.008, 0.6, 0.014, 0.4)), ticks=range(6))
    bar.outline.set_linewidth(0.4)
    bar.ax.set_yticklabels(["0", "1 A", "2 B", "3 C", "4 D", "5 E"], fontsize=8)


def _colours() -> Any:
    """A colour map from white to navy in even steps of lightness; grey where nothing was observed."""
    colors: Any = importlib.import_module("matplotlib.colors")
    colours = colors.LinearSegmentedColormap.from_list("mien", ["#ffffff", "#b9dcf2", "#56a5d8", "#1f6fae", "#0b2c55"])
    return colours.with_extremes(bad=unit(UNSEEN))


def _unit_ticks(axis: Any, names: list[str]) -> None:
    """One label per action unit, in the middle of its one or two rows; thin lines between units."""
    meaning = {f"AU{u.code}": u.name for u in facs.ACTION_UNITS}
    codes = [n.rstrip("LR") for n in names]
    rows: dict[str, list[int]] = {}
    for i, code in enumerate(codes):
        rows.setdefault(code, []).append(i)
    axis.set_yticks(
        [float(np.mean(r)) for r in rows.values()], [f"{meaning.get(c, '')}  {c}" for c in rows], fontsize=7.5
    )
    axis.tick_params(axis="y", length=0)
    for r in list(rows.values())[1:]:
        axis.axhline(r[0] - 0.5, color=GRID, linewidth=0.8)


def _emotion(axis: Any, collected: Collected, track: Track) -> None:
    if not np.isfinite(track.emotion.values).any():
        _nothing(axis, "Expression")
        return
    values = _raster(collected, track.emotion)
    times = (np.arange(len(values)) + 0.5) * _length_s(collected) / len(values)
    names = collected.names.emotions
    total = values.sum(1, keepdims=True)
    shares = np.nan_to_num(values / np.where(total > 0, total, 1))
    axis.stackplot(times, shares.T, labels=names, colors=[unit(emotion_color(n)) for n in names], linewidth=0)
    axis.set_ylim(0, 1)
    axis.set_yticks([0, 0.5, 1])
    axis.set_title("Expression  (probability of what the face shows)")
    _legend(axis, reverse=True)


def _valence_arousal(axis: Any, collected: Collected, track: Track) -> None:
    times, values = _gapped(collected, track.valence_arousal)
    if not np.isfinite(values).any():
        _nothing(axis, "Valence and arousal")
        return
    axis.axhline(0, color="#b8c0c8", linewidth=0.8)
    for k, (name, color) in enumerate((("valence", BLUE), ("arousal", VERMILION))):
        axis.plot(times, values[:, k], color=unit(color), label=name)
    axis.set_ylim(-1.05, 1.05)
    axis.set_yticks([-1, 0, 1])
    axis.set_title("Valence and arousal")
    _legend(axis)


def _rig(axis: Any, collected: Collected, track: Track) -> None:
    times, values = _gapped(collected, track.rig)
    if not len(values):
        _nothing(axis, "Rig")
        return
    for name, shapes, color in _CURVES:
        axis.plot(times, mean_weight(values, collected.names.rig, shapes), color=unit(color), label=name)
    axis.set_ylim(0, 1.02)
    axis.set_yticks([0, 0.5, 1])
    axis.set_title("Rig weights  (smoothed, what an avatar plays)")
    _legend(axis)


def _head(axis: Any, collected: Collected, track: Track) -> None:
    times, values = _gapped(collected, track.head_deg)
    if not len(values):
        _nothing(axis, "Head")
        return
    axis.axhline(0, color="#b8c0c8", linewidth=0.8)
    for k, (name, color) in enumerate(
        (("yaw, to its left", BLUE), ("pitch, up", ORANGE), ("roll, to its right", GREEN))
    ):
        axis.plot(times, values[:, k], color=unit(color), label=name)
    reach = max(20.0, 1.1 * float(np.nanmax(np.abs(values))))
    axis.set_ylim(-reach, reach)
    axis.set_title("Head  [°]")
    _legend(axis)


def _faces(axis: Any, collected: Collected) -> None:
    times = np.append((collected.stamps_ns - collected.start_ns) * 1e-9, _length_s(collected))
    counts = np.append(collected.face_counts, collected.face_counts[-1:] if len(times) > 1 else [0])
    axis.fill_between(times, counts, step="post", color=unit(SKY), alpha=0.35, linewidth=0)
    axis.step(times, counts, where="post", color=unit(BLUE), linewidth=1)
    top = int(collected.face_counts.max(initial=1))
    axis.set_ylim(0, max(top, 1) + 0.3)
    axis.set_yticks(range(0, max(top, 1) + 1, max(1, top // 3)))
    axis.set_title("Faces per frame")


def _nothing(axis: Any, title: str) -> None:
    axis.set_title(title)
    axis.set_yticks([])
    axis.grid(False)
    axis.text(0.5, 0.5, "not observed", transform=axis.transAxes, ha="center", va="center", color=SOFT)


def _legend(axis: Any, reverse: bool = False) -> None:
    axis.legend(
        loc="upper left", bbox_to_anchor=(1.005, 1.03), borderaxespad=0, handlelength=1.1, labelspacing=0.35,
        fontsize=8, reverse=reverse,
    )  # fmt: skip


def _gapped(collected: Collected, series: Series) -> tuple[F64, F32]:
    """Times [s] and values, with NaN where the face was not seen, so that lines are interrupted there."""
    stamps, values = series.stamps_ns, series.values
    if len(stamps) == 1:  # a still image lasts as long as the page is wide
        return np.array([0.0, _length_s(collected)]), np.repeat(values, 2, axis=0)
    times = (stamps - collected.start_ns) * 1e-9
    # Frames without the face lie strictly between two values.
    first = np.searchsorted(collected.stamps_ns, stamps[:-1], side="right")
    between = np.searchsorted(collected.stamps_ns, stamps[1:]) - first
    holes = np.flatnonzero((between > 0) | (np.diff(times) > _PAUSE_S)) + 1
    middles = (times[holes - 1] + times[holes]) / 2
    return np.insert(times, holes, middles), np.insert(values, holes, np.nan, axis=0)


def _length_s(collected: Collected) -> float:
    """Length of the time axis; positive even for a single frame."""
    return collected.duration_s or 1.0


def _raster(collected: Collected, series: Series) -> F32:
    """Columns of equal duration: the largest value in each, NaN where the face was not seen."""
    frames = collected.stamps_ns
    columns = int(np.clip(2 * len(frames), 2, _COLUMNS))
    image = np.full((columns, series.values.shape[1]), np.nan, np.float32)
    step_ns = _length_s(collected) * 1e9 / columns
    if len(frames) > columns:
        at = ((series.stamps_ns - collected.start_ns) / step_ns).astype(int)
        np.fmax.at(image, np.clip(at, 0, columns - 1), series.values)
        return image
    # Fewer frames than columns: each lasts until the next one.
    centres = collected.start_ns + ((np.arange(columns) + 0.5) * step_ns).astype(np.int64)
    frame = frames[np.searchsorted(frames, centres, side="right") - 1]
    row = np.minimum(np.searchsorted(series.stamps_ns, frame), len(series) - 1)
    fresh = (centres - frame < _PAUSE_S * 1e9) | (len(frames) == 1)
    known = (series.stamps_ns[row] == frame) & fresh
    image[known] = series.values[row[known]]
    return image
