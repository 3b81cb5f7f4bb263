"""A picture of every profile: the values of its targets for common expressions, and their motion over time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from mien.core.types import F64, U8, Header, Rig, Rigs
from mien.evaluate.retarget.expressions import EXPRESSIONS
from mien.report.figures import INK, SOFT, new_figure
from mien.report.style import TRACKS, unit
from mien.retarget.config import RetargetConfig
from mien.retarget.profile import Profile
from mien.retarget.stage import Stage
from mien_models.avatars import robot
from mien_models.avatars.robot_view import RobotView

_FRAME_NS = 1_000_000_000 // 60
_REST_S = 2.0
_LINES = 5
# Expressions of a person, and until when each lasts [s]; None = no face.
_SCENE: tuple[tuple[float, str | None], ...] = (
    (0.4, "rest"), (0.55, "blink"), (0.9, "rest"), (1.5, "surprised"), (2.1, "head left"), (3.0, "smile"), (4.6, None),
)  # fmt: skip


def settled(profile: Profile, rig: Rig) -> F64:
    """(T,) values at which the targets settle."""
    stage = Stage(RetargetConfig(), profile)
    out = Rigs(Header(0))
    for n in range(int(_REST_S * 60)):
        out = stage.step(Rigs(Header(n * _FRAME_NS), (rig,)))
    return out.rigs[0].weights.astype(np.float64)


def scene(profile: Profile) -> tuple[F64, F64]:
    """(N,) times [s] and (N, T) targets of a short scene that ends with the person leaving."""
    stage = Stage(RetargetConfig(), profile)
    neutral = profile.description.neutral.astype(np.float64)
    times, rows = [], []
    for n in range(int(_SCENE[-1][0] * 60)):
        t = n / 60
        name = next(what for end, what in _SCENE if t < end)
        out = stage.step(Rigs(Header(n * _FRAME_NS), () if name is None else (EXPRESSIONS[name].rig(),)))
        times.append(t)
        rows.append(out.rigs[0].weights.astype(np.float64) if out.rigs else neutral)
    return np.array(times), np.array(rows)


def draw(profile: Profile, path: Path) -> None:
    """PNG: targets × expressions, the moving robot above where there is one, and the scene below.

    Raises ReportError where Matplotlib is not installed.
    """
    values = np.stack([settled(profile, e.rig()) for e in EXPRESSIONS.values()], axis=1)
    d = profile.description
    neutral = d.neutral[:, None].astype(np.float64)
    room = np.where(values >= neutral, d.upper[:, None] - neutral, neutral - d.lower[:, None])
    share = (values - neutral) / np.where(room > 0, room, 1)
    faces = _faces(profile, values)
    rows = len(profile.names)
    heights = [1.15 if faces else 0.01, 0.24 * rows + 0.4, 2.6]
    with new_figure("a picture", (13, sum(heights) + 2.4), 80) as figure:
        top, middle, bottom = figure.subplots(3, 1, height_ratios=heights)
        _robots(top, faces)
        _table(middle, profile, values, share)
        _scene(bottom, profile)
        figure.suptitle(f"{profile.schema}: {profile.doc}", color=INK, fontsize=13)
        figure.savefig(path, facecolor="white")


def _faces(profile: Profile, values: F64) -> list[U8]:
    """The rendered robot at each expression; empty where no robot is known for the profile."""
    if set(profile.names) != {j.name for j in robot.JOINTS}:
        return []
    view = RobotView(robot.urdf(), width=120, height=168, distance_m=0.7, height_m=0.15)
    return [view.draw(dict(zip(profile.names, column, strict=True))) for column in values.T.tolist()]


def _robots(axis: Any, faces: list[U8]) -> None:
    axis.axis("off")
    for n, face in enumerate(faces):
        axis.imshow(face, extent=(n - 0.5, n + 0.5, 0, 1.0), aspect="auto")
    axis.set_xlim(-0.5, len(EXPRESSIONS) - 0.5)
    axis.set_ylim(0, 1.0)


def _table(axis: Any, profile: Profile, values: F64, share: F64) -> None:
    axis.imshow(np.clip(share, -1, 1), cmap="RdBu_r", vmin=-1.25, vmax=1.25, aspect="auto", interpolation="nearest")
    axis.set_xticks(range(len(EXPRESSIONS)), list(EXPRESSIONS), fontsize=9, rotation=20, ha="left")
    axis.xaxis.tick_top()
    named = [f"{t.name}  [{t.unit}]" if t.unit != "1" else t.name for t in profile.targets]
    axis.set_yticks(range(len(named)), named, fontsize=8)
    axis.grid(visible=False)
    axis.tick_params(length=0)
    for (y, x), value in np.ndenumerate(values):
        if abs(share[y, x]) >= 0.005:
            text = f"{value:.0f}" if profile.targets[y].unit == "deg" else f"{value:.2f}".replace("0.", ".")
            axis.text(x, y, text, ha="center", va="center", fontsize=7, color=INK)


def _scene(axis: Any, profile: Profile) -> None:
    times, rows = scene(profile)
    d = profile.description
    shares = (rows - d.neutral) / (d.upper - d.lower)
    _, first = np.unique(np.round(shares, 4), axis=1, return_index=True)  # the two sides do the same
    moving = sorted(first.tolist(), key=lambda i: -float(np.ptp(shares[:, i])))[:_LINES]
    for line, color in zip(sorted(moving), TRACKS, strict=False):
        axis.plot(times, shares[:, line], color=unit(color), linewidth=1.6, label=profile.names[line])
    start = 0.0
    for end, name in _SCENE:
        axis.axvline(end, color=SOFT, linewidth=0.5)
        axis.text((start + end) / 2, 1.02, name or "gone", transform=axis.get_xaxis_transform(), ha="center",
                  fontsize=8, color=INK)  # fmt: skip
        start = end
    axis.set_xlim(0, _SCENE[-1][0])
    axis.set_xlabel("time [s]")
    axis.set_ylabel("from neutral\n[share of the range]")
    axis.legend(loc="upper center", bbox_to_anchor=(0.45, -0.2), fontsize=8, ncols=_LINES)
