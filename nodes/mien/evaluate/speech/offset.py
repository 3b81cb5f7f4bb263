"""How much later sound comes than pictures, and the setting of `audio.offset_s` that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mien.bags.read import VOICE, Session
from mien.core.errors import MessageError, StatisticsError
from mien.core.sound import Voice
from mien.core.types import F64
from mien.graph import AUDIO_NODE
from mien.report.collect import Track, collect
from mien_models.spaces import arkit

PARAMETER = "audio.offset_s"
BEGINS = "# Measured on "  # a file of settings
LAGS_S = np.arange(-50, 51, dtype=np.float64) * 0.01
_JAW = "jawOpen"
_STEP_S = 0.01
_PIECE_S = 5.0  # of a recording
_PIECES = 4  # at least: each is left out in turn
_SPOKEN = 0.3  # mean activity of a piece in which somebody speaks
_LEAST_R = 0.3
_WIDEST_S = 0.04  # of the lags with one piece left out: people notice sound that is 45 ms early (ITU-R BT.1359)

Series = tuple[F64, F64]  # times [s] and values


@dataclass(frozen=True, slots=True)
class Offset:
    """lag_s: how much later sound is stamped than sight; r: how well both agree then; low_s, high_s: the least and the
    most that the lag becomes with one film, or one piece of a recording, left out; was_s: the setting at that time.
    """

    lag_s: float
    r: float
    low_s: float
    high_s: float
    was_s: float = 0.0

    @property
    def setting_s(self) -> float:
        """What `audio.offset_s` must be."""
        return round(self.was_s - self.lag_s, 2) + 0.0

    def __str__(self) -> str:
        side = "after" if self.lag_s > 0 else "before"
        when = "with" if abs(self.lag_s) < _STEP_S / 2 else f"{abs(self.lag_s):.2f} s {side}"
        return (
            f"sound comes {when} the picture (r {self.r:.2f}; {self.low_s:+.2f} to {self.high_s:+.2f} s with any one"
            f" part left out; {PARAMETER} was {self.was_s:g})"
        )

    def file(self, of: str) -> str:
        """A ROS parameter file."""
        return f"{BEGINS}{of}: {self}.\n/**:\n  ros__parameters:\n    audio:\n      offset_s: {self.setting_s:.2f}\n"


def correlations(sight: Series, sound: Series, lags_s: F64 = LAGS_S) -> F64:
    """Pearson's r between sight and sound at each of the lags; 0 where either does not vary. NaN = not observed."""
    (at, seen), (when, heard) = sight, sound
    ok = np.isfinite(seen)
    out = np.zeros(len(lags_s))
    for i, lag in enumerate(lags_s):
        x = np.interp(at[ok] + lag, when, heard)
        if ok.sum() > 2 and x.std() > 1e-6 and seen[ok].std() > 1e-6:
            out[i] = np.corrcoef(x, seen[ok])[0, 1]
    return out


def measured(curves: Sequence[F64], was_s: float = 0.0) -> Offset:
    """The offset by the correlations at LAGS_S of several films or pieces. Raises StatisticsError: it is not sure."""
    if len(curves) < _PIECES:
        raise StatisticsError(
            f"{len(curves)} films, or pieces of {_PIECE_S:g} s, with somebody who speaks and is seen are too few:"
            f" {_PIECES} are needed"
        )
    table = np.array(curves)
    mean = table.mean(0)
    best = int(mean.argmax())
    r, lag = float(mean[best]), float(LAGS_S[best])
    if r < _LEAST_R or best in (0, len(LAGS_S) - 1):
        raise StatisticsError(
            f"the mouth as heard follows the mouth as seen too little to tell (r {r:.2f} at {lag:+.2f} s, searched"
            f" within ±{LAGS_S[-1]:g} s; {_LEAST_R:g} is needed): one face, near, well lit, speaking, and nobody else"
        )
    others = LAGS_S[((table.sum(0) - table) / (len(table) - 1)).argmax(1)]
    low, high = float(others.min()), float(others.max())
    if high - low > _WIDEST_S + _STEP_S / 2:
        raise StatisticsError(
            f"the lag is not sure: {low:+.2f} to {high:+.2f} s with any one part left out, where {_WIDEST_S:g} s may"
            " lie in between; record more speech"
        )
    return Offset(lag, r, low, high, was_s)


def of_recording(path: Path, namespace: str | None = None) -> Offset:
    """The offset by the speaker of a recording with `voice` and `expressions`. Raises BagError, StatisticsError."""
    session = Session(path, namespace)
    voices = list(_voices(session))
    if not voices:
        raise StatisticsError(f"{path} holds no voice; record with `mien run --voice microphone --out DIR`")
    collected = collect(session)
    if collected.main is None or _JAW not in collected.names.blendshapes:
        raise StatisticsError(f"{path} holds no expressions of a face")
    sight = _sight(collected.main, collected.names.blendshapes.index(_JAW))
    settings = [s.values.get(PARAMETER) for s in session.settings if s.node.rpartition("/")[2] == AUDIO_NODE.name]
    was = {float(value) for value in settings if value is not None}
    if len(was) > 1:
        raise StatisticsError(f"{path}: {PARAMETER} was changed while it was recorded; record again")
    return measured(pieces(sight, voices), *was)


def pieces(sight: Series, voices: Sequence[Voice]) -> list[F64]:
    """The correlations of each piece in which somebody speaks and is seen."""
    when = np.array([v.header.stamp_ns for v in voices]) * 1e-9
    active = np.array([v.activity for v in voices])
    heard = np.array([float(v.blendshapes[arkit.INDEX[_JAW]]) for v in voices])
    at, seen = sight
    found = []
    for begin in np.arange(at[0], at[-1] - _PIECE_S / 2, _PIECE_S) if len(at) else ():
        inside = (at >= begin) & (at < begin + _PIECE_S)
        said = active[(when >= begin) & (when < begin + _PIECE_S)]
        if len(said) and said.mean() >= _SPOKEN and np.isfinite(seen[inside]).mean() > 0.5:
            found.append(correlations((at[inside], seen[inside]), (when, heard)))
    return found


def _voices(session: Session) -> Any:
    for message in session.messages({VOICE}):
        try:
            yield session.value(message)
        except MessageError:
            continue


def _sight(track: Track, column: int) -> Series:
    series = track.blendshapes
    return np.asarray(series.stamps_ns * 1e-9, np.float64), series.values[:, column].astype(np.float64)
