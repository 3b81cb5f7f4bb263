"""Events of a motion over time: the rows of its timelines, and its slow waves.

Each function returns the first row, which is rest at 0 s, and a function that makes the next rows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mien_models.head.model.action_units import SIDED
from mien_models.head.motion import tables
from mien_models.head.motion.channels import CHANNELS, indices
from mien_models.head.motion.config import MotionConfig
from mien_models.head.motion.draw import Kind, draw, viseme
from mien_models.head.motion.timeline import Grow, Rows, Timeline, Waves

F64 = NDArray[np.float64]
Rng = np.random.Generator

AT_ONCE = 4  # expressions that may overlap
_C = len(CHANNELS)
_EXPRESSION = np.dtype(
    [("onset", "f8"), ("rise", "f8"), ("hold", "f8"), ("fall", "f8"), ("sag", "f8"),
     ("levels", "f8", (_C,)), ("lag", "f8", (_C,)), ("ends", "f8", (AT_ONCE,))]
)  # fmt: skip
_MOUTH = np.dtype([("onset", "f8"), ("move", "f8"), ("mouth", "f4", (_C,)), ("active", "f8")])
_BLINK = np.dtype(
    [("onset", "f8"), ("closing", "f8"), ("shut", "f8"), ("opening", "f8"), ("depth", "f8", (2,)), ("lag", "f8", (2,))]
)
_GAZE = np.dtype([("onset", "f8"), ("move", "f8"), ("aim", "f8", (3,))])
_POSTURE = np.dtype([("onset", "f8"), ("move", "f8"), ("place", "f8", (6,))])

# The channel itself, or that of the left side.
_LEFT_OF = np.arange(_C)
for _code in SIDED:
    _LEFT_OF[indices(_code)] = indices(_code)[0]

_PIECE = 64  # rows drawn at once where they are independent


def expressions(config: MotionConfig) -> tuple[Rows, Grow]:
    """Expressions that rise, hold and fall.

    Spontaneous ones take about 0.5 s to rise and longer to fall (Schmidt, Ambadar, Cohn & Reed,
    "Movement differences between deliberate and spontaneous facial expressions", 2006), last
    0.5–4 s in total, and some last less than half a second (Ekman, "Telling lies", 1985).
    """
    first = _row(_EXPRESSION, rise=1, hold=1, fall=1)
    if not config.expressions_per_min:
        return first, _never(_EXPRESSION)

    def grow(rng: Rng, last: np.void) -> Rows:
        kind = Kind.EMOTION if rng.random() < _EMOTIONS else Kind.UNITS
        levels = draw(rng, kind)[1]
        brief = rng.random() < _BRIEF
        if brief:
            levels *= 0.5
        lag = _lags(rng)
        rise = max(_lognormal(rng, 0.18 if brief else 0.5, 0.35), 1.875 * levels.max() / config.max_rise_per_s)
        hold = _lognormal(rng, 0.06, 0.5) if brief else min(_lognormal(rng, 1.2, 0.7), 4)
        fall = max(_lognormal(rng, 0.22 if brief else 0.75, 0.35), 1.875 * levels.max() / config.max_rise_per_s)
        onset = max(last["onset"] + _intervals(rng, config.expressions_per_min, 0.8, count=1)[0], last["ends"][0])
        ends = np.append(last["ends"][1:], onset + rise + hold + fall + lag.max())
        times = {"onset": onset, "rise": rise, "hold": hold, "fall": fall}
        return _row(_EXPRESSION, **times, sag=rng.uniform(0, 0.3), levels=levels, lag=lag, ends=ends)

    return first, grow


def speech(config: MotionConfig) -> tuple[Rows, Grow]:
    """Bursts of visemes, four to five syllables a second, with pauses between them."""
    first = _row(_MOUTH, move=1)
    if not config.speech_share:
        return first, _never(_MOUTH)
    silence_s = _BURST_S * (1 - config.speech_share) / config.speech_share

    def grow(rng: Rng, last: np.void) -> Rows:
        pause = max(silence_s * _lognormal(rng, 1, 0.6), 0.4)
        mouths, moves = _burst(rng, float(np.clip(_lognormal(rng, _BURST_S, 0.5), 1, 10)))
        rows = np.zeros(len(moves), _MOUTH)
        rows["move"], rows["mouth"] = moves, mouths
        rows["active"][:-1] = 1
        rows["onset"] = last["onset"] + last["move"] + pause + np.append(0, np.cumsum(moves)[:-1])
        return rows

    return first, grow


def blinks(config: MotionConfig) -> tuple[Rows, Grow]:
    """Spontaneous blinks: lids close in about 85 ms and open in twice that.

    Durations: Caffier, Erdmann & Ullsperger, "Experimental evaluation of eye-blink parameters as
    a drowsiness measure", 2003. Intervals are skewed (log-normal), as people's are.
    """
    first = _row(_BLINK, closing=1, opening=1)
    if not config.blinks_per_min:
        return first, _never(_BLINK)

    def grow(rng: Rng, last: np.void) -> Rows:
        rows = np.zeros(_PIECE, _BLINK)
        rows["onset"] = last["onset"] + np.cumsum(_intervals(rng, config.blinks_per_min, 0.6, 0.5))
        rows["closing"] = np.clip(rng.normal(0.085, 0.015, _PIECE), 0.055, 0.12)
        rows["shut"] = np.clip(rng.exponential(0.015, _PIECE), 0, 0.05)
        rows["opening"] = np.clip(rng.normal(0.17, 0.035, _PIECE), 0.1, 0.22)
        partial = rng.random(_PIECE) < config.partial_blinks
        depth = np.where(partial, rng.uniform(0.35, 0.8, _PIECE), 1)[:, None]
        rows["depth"] = depth * np.where(partial[:, None], rng.uniform(0.85, 1, (_PIECE, 2)), 1)
        rows["lag"] = rng.uniform(0, 0.008, (_PIECE, 2))
        return rows

    return first, grow


def gaze(config: MotionConfig, heads: Timeline) -> tuple[Rows, Grow]:
    """Fixations, on the camera or about where the head points, and saccades between them.

    A saccade of A degrees takes 21 ms + 2.2 ms A (Carpenter, "Movements of the eyes", 1988).
    aim: yaw, pitch [rad] in the room and nearness [1/m].
    """
    first = _row(_GAZE, move=1, aim=(0, 0, 1 / config.camera_distance_m))
    if not config.gaze_shifts_per_min:
        return first, _never(_GAZE)
    limit = np.array([config.gaze_yaw_deg, config.gaze_pitch_deg])

    def grow(rng: Rng, last: np.void) -> Rows:
        rows = np.zeros(_PIECE, _GAZE)
        rows["onset"] = last["onset"] + np.cumsum(_intervals(rng, config.gaze_shifts_per_min, 0.7, 0.2))
        at_camera = rng.random((_PIECE, 1)) < config.gaze_at_camera
        ahead = np.degrees(heads.at(rows["onset"])["place"][:, :2])
        about = np.where(at_camera, rng.normal(0, 1.2, (_PIECE, 2)), rng.normal(ahead, (11, 6), (_PIECE, 2)))
        rows["aim"][:, :2] = np.radians(np.clip(about, -limit, limit))
        elsewhere = rng.uniform(0.25, 2, _PIECE)
        rows["aim"][:, 2] = np.where(at_camera[:, 0], 1 / config.camera_distance_m, elsewhere)
        turns = np.diff(np.vstack([last["aim"], rows["aim"]])[:, :2], axis=0)
        rows["move"] = 0.021 + 0.0022 * np.degrees(np.hypot(*turns.T))
        return rows

    return first, grow


def postures(config: MotionConfig) -> tuple[Rows, Grow]:
    """Turns of the head, small ones most of the time, and rests between them.

    place: yaw, pitch, roll [rad], x, y, z [m]. Sway and nods use the rest of the limits.
    """
    first = _row(_POSTURE, move=1)
    if not config.head_moves_per_min:
        return first, _never(_POSTURE)
    limits = _head_limits(config)

    def grow(rng: Rng, last: np.void) -> Rows:
        if rng.random() < _SMALL_TURNS:
            place = last["place"] + rng.normal(0, 0.12, 6) * limits
        else:
            place = rng.normal(0, 0.4, 6) * limits
        place = np.clip(place, -_POSTURE_PART * limits, _POSTURE_PART * limits)
        turn = np.abs(place - last["place"])[:3].max()
        move = max(_lognormal(rng, 0.6, 0.3), 1.875 * turn / (_POSTURE_SPEED * np.radians(config.head_speed_deg_s)))
        onset = last["onset"] + last["move"] + _intervals(rng, config.head_moves_per_min, 0.5, count=1)[0]
        return _row(_POSTURE, onset=onset, move=move, place=place)

    return first, grow


def tremor(rng: Rng) -> Waves:
    """(C) factors of the expressions: no muscle holds perfectly still."""
    hz, phase = rng.uniform(0.15, 0.9, (2, _C)), rng.uniform(0, 2 * np.pi, (2, _C))
    return Waves(np.full(_C, 0.93), np.full((2, _C), 0.035), hz[:, _LEFT_OF], phase[:, _LEFT_OF])


def idle(rng: Rng, config: MotionConfig) -> Waves:
    """(C) faint movements that come and go on a face at rest."""
    mean, height = np.zeros(_C), np.zeros((2, _C))
    hz, phase = np.zeros((2, _C)), np.zeros((2, _C))
    for code in tables.IDLE:
        where = indices(code)
        top = config.idle * rng.uniform(0.3, 1) * rng.uniform(0.8, 1, len(where))
        mean[where], height[:, where] = top / 2, top / 4
        hz[:, where], phase[:, where] = rng.uniform(0.03, 0.3, (2, 1)), rng.uniform(0, 2 * np.pi, (2, 1))
    return Waves(mean, height, hz, phase)


def sway(rng: Rng, config: MotionConfig) -> Waves:
    """(6) slow sway of a head held still, including breathing."""
    speed = np.radians(config.head_speed_deg_s)
    most = np.append(np.full(3, min(np.radians(0.8), 0.1 * speed / (2 * np.pi * 0.5))), np.full(3, 0.003))
    return _waves(rng, np.minimum(most, 0.1 * _head_limits(config)), (0.06, 0.5))


def nods(rng: Rng, config: MotionConfig) -> Waves:
    """(6) head movements in the rhythm of speech, mostly nods."""
    speed = np.radians(config.head_speed_deg_s)
    most = np.array([0.5, 1, 0.4, 0, 0, 0]) * min(np.radians(1.8), 0.2 * speed / (2 * np.pi * 2.2))
    return _waves(rng, np.minimum(most, 0.2 * _head_limits(config)), (0.7, 2.2))


_EMOTIONS = 0.45  # share of prototypes among expressions
_BRIEF = 0.05  # share of expressions shorter than half a second
_BURST_S = 3.5
_SMALL_TURNS = 0.6
# Shares of the limits of angle and speed. Sway uses 0.1 of both, nods 0.2, and the onset and end of
# nods with speech uses 0.1 of the speed.
_POSTURE_PART, _POSTURE_SPEED = 0.7, 0.6


def _row(dtype: np.dtype[np.void], **columns: object) -> Rows:
    row = np.zeros(1, dtype)
    for name, value in columns.items():
        row[name] = value
    return row


def _never(dtype: np.dtype[np.void]) -> Grow:
    return lambda rng, last: _row(dtype, onset=np.inf)


def _lognormal(rng: Rng, mean: float, sigma: float) -> float:
    return float(mean * np.exp(rng.normal(-(sigma**2) / 2, sigma)))


def _intervals(rng: Rng, per_min: float, sigma: float, least: float = 0.1, count: int = _PIECE) -> F64:
    """(count,) random seconds between events of a mean rate."""
    return np.asarray(np.maximum(60 / per_min * np.exp(rng.normal(-(sigma**2) / 2, sigma, count)), least))


def _lags(rng: Rng) -> F64:
    """(C,) delays of the units [s]; both sides start nearly together."""
    lag, apart = rng.uniform(0, 0.12, _C)[_LEFT_OF], rng.uniform(0, 0.02, _C)
    return np.asarray(lag + apart)


def _burst(rng: Rng, seconds: float) -> tuple[F64, F64]:
    """(K, C) mouth shapes and the (K,) seconds to reach each; the last one is at rest."""
    names: list[str] = []
    moves: list[float] = []
    while sum(moves) < seconds:
        for vowel in (False, True) if rng.random() < 0.85 else (True,):
            names.append(_phone(rng, vowel))
            moves.append(rng.uniform(0.08, 0.18) if vowel else rng.uniform(0.06, 0.12))
    effort = rng.uniform(0.6, 1.15)
    own = np.stack([viseme(name, min(effort * _lognormal(rng, 1, 0.2), 1.3)) for name in names])
    hold = np.array([tables.VISEMES[name].hold for name in names])[:, None]
    padded = np.pad(own, ((1, 1), (0, 0)))
    mouths = hold * own + (1 - hold) * (padded[:-2] + padded[2:]) / 2
    moves[0] = 0.25
    return np.vstack([mouths, np.zeros(_C)]), np.array([*moves, 0.3])


def _phone(rng: Rng, vowel: bool) -> str:
    names = [name for name, v in tables.VISEMES.items() if v.vowel is vowel]
    weights = np.array([tables.VISEMES[name].weight for name in names])
    return str(rng.choice(names, p=weights / weights.sum()))


def _head_limits(config: MotionConfig) -> F64:
    angles = np.radians([config.head_yaw_deg, config.head_pitch_deg, config.head_roll_deg])
    return np.append(angles, np.full(3, config.head_shift_m))


def _waves(rng: Rng, most: F64, hz: tuple[float, float], count: int = 5) -> Waves:
    """Sines with random heights that sum to `most` (D,); slow ones are higher."""
    rate = np.exp(rng.uniform(np.log(hz[0]), np.log(hz[1]), (count, len(most))))
    height = rng.uniform(0.3, 1, rate.shape) / rate
    return Waves(np.zeros(len(most)), most * height / height.sum(axis=0), rate, rng.uniform(0, 2 * np.pi, rate.shape))
