"""The streams that are fused, and their windows.

A window has STEPS steps of STEP_S that end now, or, for the centred network, lie around now. Each stream has its own
times. At a step a face is the newest of the last `FACE_HOLD_S`; a voice is the mean of the step; words are the sum
of those that began in it. After Zhang et al. 2022, "Transformer-based multimodal information fusion for facial
expression analysis" (ABAW3, arXiv 2203.12367), whose windows are centred, with differences to the current frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.fusion import words
from mien_models.spaces.arkit import BLENDSHAPES, LOWER as LOWER_SHAPES
from mien_models.spaces.facs import AUS, LOWER as LOWER_UNITS

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]

STEP_S, STEPS = 0.1, 20  # two seconds
NOW = STEPS - 1  # the step of the current frame …
NOW_CENTRED = STEPS // 2  # … and of the centred network
FACE_HOLD_S = 0.2  # a face that is older is not there
# A voice is told this long after its sound: its window ends so much earlier. As in `rigs`.
VOICE_DELAY_S = 0.1
WORDS_HOLD_S = 10.0  # a recogniser that was silent for longer is not there
SURE = 0.2  # confidence from which a shape or unit is taken as observed

_SHAPES, _UNITS = len(BLENDSHAPES), len(AUS)
FACE = _SHAPES + _UNITS + 2  # shapes, units as shares of 5, and which share of upper and lower face is observed
MOUTH = 9  # `speech.visemes.SHAPES`
PROSODY = 5 + MOUTH
WORDS = words.SIZE
STREAMS = ("face", "prosody", "words")
_LOWER = np.concatenate([LOWER_SHAPES, LOWER_UNITS])


def face(shapes: ArrayLike, units: ArrayLike, confidence: ArrayLike, unit_confidence: ArrayLike) -> F32:
    """(..., FACE) of weights (..., 52), intensities (..., A) of [0, 5] and their confidence; NaN = not observed."""
    values = np.concatenate([np.asarray(shapes, np.float32), np.asarray(units, np.float32) / 5], axis=-1)
    sure = np.concatenate([np.asarray(confidence, np.float32), np.asarray(unit_confidence, np.float32)], axis=-1)
    there = np.isfinite(values) & (sure >= SURE)
    share = [there[..., part].mean(axis=-1, keepdims=True) for part in (~_LOWER, _LOWER)]
    values = np.where(there, np.clip(values, 0, 1, where=there, out=np.zeros_like(values)), 0)
    return np.concatenate([values, *share], axis=-1).astype(np.float32)


def observed(faces: F32) -> NDArray[np.bool_]:
    """Whether anything of faces (..., FACE) is observed."""
    return np.asarray(faces[..., -2:].sum(axis=-1) > 0)


def prosody(activity: float, pitch_hz: float, energy_db: float, mouth: ArrayLike) -> F32:
    """(PROSODY,): activity, whether voiced, octaves over 150 Hz, energy, speech energy, the mouth's nine shapes."""
    voiced = bool(np.isfinite(pitch_hz) and pitch_hz > 0)
    octaves = float(np.log2(pitch_hz / 150)) if voiced else 0.0
    loud = (max(energy_db, -70.0) + 35) / 20
    return np.array([activity, voiced, octaves, loud, loud * activity, *np.nan_to_num(np.asarray(mouth))], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """What is known of one person up to some time; times [s] rise."""

    face_s: F64
    faces: F32  # (F, FACE)
    voice_s: F64 = field(default_factory=lambda: np.zeros(0))
    voices: F32 = field(default_factory=lambda: np.zeros((0, PROSODY), np.float32))
    word_s: F64 = field(default_factory=lambda: np.zeros(0))
    spoken: F32 = field(default_factory=lambda: np.zeros((0, WORDS), np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """N windows, as the network takes them."""

    face: F32  # (N, FACE), of the current frame
    dynamic: F32  # (N, STEPS, FACE), differences to the current frame
    prosody: F32  # (N, STEPS, PROSODY)
    words: F32  # (N, STEPS, WORDS)
    present: F32  # (N, STEPS, 3), of STREAMS: 1 = there

    def inputs(self) -> dict[str, F32]:
        """By the names of the network's inputs."""
        return {name: getattr(self, name) for name in ("face", "dynamic", "prosody", "words", "present")}


def hide_mouth(given: Windows, rows: NDArray[np.bool_]) -> Windows:
    """The same with nothing observed of the lower face in these rows (N,), as behind a mask."""
    lower = np.concatenate([_LOWER, [False, True]])
    gone = rows[:, None] & lower
    return replace(
        given, face=np.where(gone, 0, given.face), dynamic=np.where(gone[:, None], 0, given.dynamic)
    )  # fmt: skip


def without(given: Windows, stream: str, rows: NDArray[np.bool_]) -> Windows:
    """The same without one of STREAMS in these rows (N,)."""
    here = ~rows[:, None, None]
    present = given.present.copy()
    present[rows, :, STREAMS.index(stream)] = 0
    if stream == "face":
        return replace(given, face=given.face * here[:, 0], dynamic=given.dynamic * here, present=present)
    return replace(given, present=present, **{stream: getattr(given, stream) * here})


def there(given: Windows) -> tuple[str, ...]:
    """The STREAMS that are there at any step of any row."""
    return tuple(name for i, name in enumerate(STREAMS) if given.present[..., i].any())


def joined(some: Sequence[Windows]) -> Windows:
    """All rows of several."""
    return Windows(*(np.concatenate([getattr(w, f.name) for w in some]) for f in fields(Windows)))


def windows(track: Track, at_s: ArrayLike, now: int = NOW) -> Windows:
    """The windows of moments (N,) [s]; nothing later than step `now` of a causal window is looked at."""
    at = np.asarray(at_s, np.float64)
    ends = at[:, None] + (np.arange(STEPS) - now) * STEP_S  # (N, STEPS)
    here, faces = _newest(track.face_s, track.faces, ends)
    here &= observed(faces)
    current = faces[:, now] * here[:, now, None]
    compared = here & here[:, now, None]
    # Only what is observed at both ends differs: a mouth that gets hidden does not move.
    both = np.minimum(faces[..., -2:], current[:, None, -2:]) > 0.5
    lower = np.concatenate([_LOWER, [False, True]])
    seen = np.where(lower, both[..., 1:], both[..., :1])
    dynamic = np.where(compared[..., None] & seen, faces - current[:, None], 0)
    heard, voices = _mean(track.voice_s, track.voices, ends - VOICE_DELAY_S)
    said = _sum(track.word_s, track.spoken, ends)
    alive = _alive(track.word_s, ends)
    return Windows(
        current.astype(np.float32), dynamic.astype(np.float32), voices, said,
        np.stack([compared, heard, alive], axis=-1).astype(np.float32),
    )  # fmt: skip


def _newest(times: F64, values: F32, ends: F64) -> tuple[NDArray[np.bool_], F32]:
    """Whether there is a value at most FACE_HOLD_S old, and the newest, at each end."""
    index = np.searchsorted(times, ends + 1e-6, side="right") - 1
    if not len(times):
        return np.zeros(ends.shape, np.bool_), np.zeros((*ends.shape, values.shape[1]), np.float32)
    at = np.maximum(index, 0)
    fresh = (index >= 0) & (ends - times[at] <= FACE_HOLD_S)
    return fresh, np.where(fresh[..., None], values[at], 0)


def _sums(times: F64, values: F32, ends: F64) -> tuple[NDArray[np.intp], F32]:
    """Number and sum of the values in (end - STEP_S, end]."""
    last = np.searchsorted(times, ends + 1e-6, side="right")
    first = np.searchsorted(times, ends - STEP_S + 1e-6, side="right")
    total = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)])
    return last - first, np.asarray(total[last] - total[first], np.float32)


def _mean(times: F64, values: F32, ends: F64) -> tuple[NDArray[np.bool_], F32]:
    count, total = _sums(times, values, ends)
    return count > 0, np.asarray(total / np.maximum(count, 1)[..., None], np.float32)


def _sum(times: F64, values: F32, ends: F64) -> F32:
    _, total = _sums(times, values, ends)
    return np.asarray(np.clip(total, -2, 2), np.float32)


def _alive(times: F64, ends: F64) -> NDArray[np.bool_]:
    """Whether a word began within WORDS_HOLD_S before each end."""
    if not len(times):
        return np.zeros(ends.shape, np.bool_)
    index = np.searchsorted(times, ends + 1e-6, side="right") - 1
    return np.asarray((index >= 0) & (ends - times[np.maximum(index, 0)] <= WORDS_HOLD_S))
