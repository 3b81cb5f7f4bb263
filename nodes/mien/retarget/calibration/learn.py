"""Learns a person's calibration from two rounds of poses, and refuses one that does not help.

The first round is used to learn, the second to check. Both are needed because a person may do something
else than was asked for, and a matrix learned from that would spoil every frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from mien.core.types import F64
from mien.retarget.calibration.file import Calibration
from mien.retarget.calibration.poses import POSED, POSES, REST, Pose
from mien_models.spaces import arkit

Round = Mapping[str, F64]
"""(N, 52) weights of the frames in which each pose was held, by its name; NaN = not observed."""

_MIN_FRAMES = 5
_SEEN = 0.1  # a shape that rises by less when it is asked for is not read on this face, and is not calibrated
_GAIN = (0.5, 4.0)
_NOISY = 2.0  # the user is told of larger gains
_RIDGE = 0.05
_REST_MOVED = 0.12
_SAME, _RISEN = 0.4, 0.25  # ratio of the two readings of a pose, of which at least one rises by so much
_WORSE_SHAPE = 0.03  # of a shape, over all poses
_WORSE_POSE = 0.15  # of a shape at one pose
# What a shape must gain, over all poses of the second round, to be calibrated. A calibration raises the noise of a
# shape, too: of a person who read well already (318 of `mien evaluate retarget`), all shapes that gained less than
# 0.02 at the poses lost that again when the face moved freely.
_WORTH = 0.02
_I = np.array([arkit.INDEX[name] for name in POSED], np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """calibration: None if it was refused; message: why, and what to do. Errors are means on the second round."""

    calibration: Calibration | None
    message: str
    before: float = float("nan")
    after: float = float("nan")
    unread: tuple[str, ...] = ()  # shapes that hardly moved when they were asked for


def calibrate(first: Round, second: Round, person: str = "") -> Verdict:
    """Learn from the first round, check on the second."""
    if missing := _missing(first) or _missing(second):
        return Verdict(None, missing)
    rest, again = (np.nanmedian(r[REST.name], axis=0) for r in (first, second))
    moved = np.abs(np.nan_to_num(again - rest))
    if moved.max() > _REST_MOVED:
        name = arkit.BLENDSHAPES[int(moved.argmax())]
        return Verdict(None, f"the resting face moved between the rounds ({name} by {moved.max():.2f}): "
                             "relax in the same way, look at the camera, and try again")  # fmt: skip
    if other := _another_pose(first, second):
        return Verdict(None, other)
    calibration, unread = _learn(first, np.nan_to_num(np.maximum(rest, 0)), person)
    before = _errors(second, None)
    calibration = _where_it_helps(calibration, before, _errors(second, calibration))
    after = _errors(second, calibration)
    old, new = (float(np.mean(list(e.values()))) for e in (before, after))
    if worse := _worse(before, after):
        return Verdict(None, f"{worse}; do what was asked for, the same both times, and try again", old, new, unread)
    changed = [name for name, i in zip(POSED, _I, strict=True) if _is_changed(calibration, int(i))]
    if not changed or new >= old:
        told = f"it would not help: this face reads well without a calibration, off by {old:.3f} on frames held back"
        return Verdict(None, told, old, new, unread)
    done = replace(calibration, error_before=old, error_after=new)
    told = f"off by {new:.3f} on frames held back, {old:.3f} without it; calibrated: {', '.join(changed)}"
    gains = {name: calibration.matrix[arkit.INDEX[name], arkit.INDEX[name]] for name in changed}
    if noisy := [f"{name} ×{gain:.1f}" for name, gain in gains.items() if gain > _NOISY]:
        told += f"; stretched, and with it their noise: {', '.join(noisy)}"
    return Verdict(done, told + (f"; not read on this face: {', '.join(unread)}" if unread else ""), old, new, unread)


def _where_it_helps(
    calibration: Calibration, before: dict[tuple[str, str], float], after: dict[tuple[str, str], float]
) -> Calibration:
    """The calibration without the posed shapes that gain less than `_WORTH`, or lose at any pose: they stay as read."""
    neutral, matrix = calibration.neutral.copy(), calibration.matrix.copy()
    for name, i in zip(POSED, _I, strict=True):
        gains = [before[key] - after[key] for key in before if key[0] == name]
        if not gains or np.mean(gains) < _WORTH or min(gains) < -_WORSE_POSE:
            neutral[i], matrix[i] = 0.0, np.eye(len(matrix))[i]
    return replace(calibration, neutral=neutral, matrix=matrix)


def _is_changed(calibration: Calibration, i: int) -> bool:
    return bool(calibration.neutral[i] or (calibration.matrix[i] != np.eye(len(calibration.matrix))[i]).any())


def _another_pose(first: Round, second: Round) -> str:
    """At which pose the two rounds show different things; empty if they agree."""
    for pose in POSES:
        for name in sorted(pose.asked):
            i = arkit.INDEX[name]
            one, two = (float(np.nanmedian(held[pose.name][:, i])) for held in (first, second))
            if min(one, two) < _SAME * max(one, two) and max(one, two) > _RISEN:
                return (
                    f"at “{pose.name}” the rounds differ: {name} reads {one:.2f} in the first and {two:.2f} in the "
                    "second; do what is asked for, the same both times, and try again"
                )
    return ""


def _worse(before: dict[tuple[str, str], float], after: dict[tuple[str, str], float]) -> str:
    """Which shape would read worse, and at which pose; "" if none would."""
    shape, pose = max(before, key=lambda key: after[key] - before[key])
    was, is_ = before[shape, pose], after[shape, pose]
    if is_ > was + _WORSE_POSE:
        return f"it would read {shape} worse at “{pose}”: off by {is_:.2f} instead of {was:.2f}"
    for name in POSED:
        was, is_ = (float(np.mean([e for (n, _), e in errors.items() if n == name])) for errors in (before, after))
        if is_ > was + _WORSE_SHAPE:
            return f"it would read {name} worse: off by {is_:.2f} instead of {was:.2f} over all poses"
    return ""


def _missing(held: Round) -> str:
    for pose in (REST, *POSES):
        frames = held.get(pose.name)
        seen = 0 if frames is None else int(np.isfinite(frames).any(axis=1).sum())
        if seen < _MIN_FRAMES:
            return (
                f"at “{pose.name}” the face was seen in {seen} images, {_MIN_FRAMES} are needed; "
                "stay in view, and try again"
            )  # fmt: skip
    return ""


def _target(pose: Pose) -> F64:
    """(C,) of POSED: what is asked for; NaN = free."""
    return np.array([1.0 if n in pose.asked else np.nan if n in pose.free else 0.0 for n in POSED])


def _learn(held: Round, neutral: F64, person: str) -> tuple[Calibration, tuple[str, ...]]:
    heights = np.array([np.nan_to_num(np.nanmedian(held[p.name], axis=0) - neutral)[_I] for p in POSES])
    targets = np.array([_target(p) for p in POSES])
    matrix, unread = np.eye(len(arkit.BLENDSHAPES)), []
    for row, name in enumerate(POSED):
        asked = targets[:, row] == 1
        height = float(heights[asked, row].mean())
        if height < _SEEN:
            unread.append(name)
            continue
        prior = np.zeros(len(POSED))
        prior[row] = np.clip(1 / height, *_GAIN)
        known = ~np.isnan(targets[:, row])
        a, t = heights[known], targets[known, row]
        # Ridge regression towards the plain gain: only cross-talk that the poses show is subtracted.
        change = np.linalg.solve(a.T @ a + _RIDGE * np.eye(len(POSED)), a.T @ (t - a @ prior))
        matrix[_I[row], _I] = prior + change
    return Calibration(arkit.SCHEMA, arkit.BLENDSHAPES, neutral, matrix, person), tuple(unread)


def _errors(held: Round, calibration: Calibration | None) -> dict[tuple[str, str], float]:
    """Mean distance from what is asked for, by shape and pose."""
    errors: dict[tuple[str, str], float] = {}
    for pose in (REST, *POSES):
        frames = held[pose.name] if calibration is None else np.array([calibration.apply(f) for f in held[pose.name]])
        off = np.abs(frames[:, _I] - _target(pose))
        for name, column in zip(POSED, off.T, strict=True):
            if (seen := column[np.isfinite(column)]).size:
                errors[name, pose.name] = float(seen.mean())
    return errors
