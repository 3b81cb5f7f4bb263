"""Draw one random expression: a prototype, random action units, a viseme, or a neutral face."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from mien_models.head.model.action_units import SIDED, TOP
from mien_models.head.motion import tables
from mien_models.head.motion.channels import CHANNELS, Name, clash, indices, together

F64 = NDArray[np.float64]
Rng = np.random.Generator


class Kind(IntEnum):
    """The kind of expression that a sample was drawn as."""

    NEUTRAL = 0
    EMOTION = 1
    UNITS = 2
    SPEECH = 3


# Shares of samples whose two sides differ.
_LOPSIDED = 0.25  # one side clearly weaker
_ONE_SIDED = 0.08  # random units only; contempt has its own prototype
_GRIMACES = 0.15  # of the random units
_WINKS = 0.5  # share of winks among one-sided random units with a closed eye
_SPEECH_WITH_FACE = 0.4  # share of visemes with brows, lids or a smile
_FACE = (1, 2, 4, 5, 6, 7, 9, 12)
_MUST = 0.95  # hold from which a viseme always keeps its lip contact
_FAINTEST, _EMOTION = 0.6, 1.2  # lowest intensities, so that what is drawn can be seen
_FULL = (0.8, 1.1)  # of the whole range
_STRONG = 0.15  # share of random units of intensity D or E


def draw(rng: Rng, kind: Kind) -> tuple[str, F64]:
    """A name and the (C,) channels of one expression, before `settle`."""
    if kind is Kind.EMOTION:
        return _prototype(rng, tables.PROTOTYPES)
    if kind is Kind.UNITS:
        return _prototype(rng, tables.GRIMACES) if rng.random() < _GRIMACES else ("units", _units(rng))
    if kind is Kind.SPEECH:
        return _speech(rng)
    return "neutral", np.zeros(len(CHANNELS))


def idle(rng: Rng) -> F64:
    """(C,) channels of a face at rest: faint traces only."""
    channels = np.zeros(len(CHANNELS))
    channels[_IDLE] = np.abs(rng.normal(0, 0.12, len(tables.IDLE)))[_IDLE_OF]
    return channels


def viseme(name: str, strength: float) -> F64:
    """(C,) channels of one of VISEMES; where its lips must meet, they meet at any strength."""
    if tables.VISEMES[name].hold >= _MUST:
        strength = 0.8 + 0.4 * strength
    return np.asarray(np.minimum(_VISEMES[name] * strength, TOP))


def _prototype(rng: Rng, of: Mapping[str, tuple[tables.Prototype, ...]]) -> tuple[str, F64]:
    # Each variant is as likely as any other: crying has many forms, and networks learn few of them by themselves.
    counts = np.array([len(variants) for variants in of.values()])
    name = str(rng.choice(tuple(of), p=counts / counts.sum()))
    prototype = of[name][int(rng.integers(len(of[name])))]
    core = [code for i, code in enumerate(prototype.core) if i == 0 or rng.random() < tables.CORE_STAYS]
    full = rng.random() < tables.AT_THEIR_FULLEST
    joining = [code for code in prototype.joining if rng.random() < (tables.JOINS_THEN if full else tables.JOINS)]
    strength = TOP * rng.uniform(*_FULL) if full else max(_level(rng), _EMOTION)
    channels = np.zeros(len(CHANNELS))
    for code in (*core, *joining):
        share = rng.uniform(0.3, 0.6) if code in prototype.half else rng.uniform(0.65, 1.15)
        _add(channels, code, strength * share)
    return name, _unbalanced(rng, channels, 1.0 if prototype.one_sided else 0.0)


def _units(rng: Rng) -> F64:
    """One to five units or extras, and the companions that often join them."""
    names = tuple(tables.POOL)
    weights = np.array(list(tables.POOL.values()))
    count = 1 + int(rng.choice(len(tables.COUNTS), p=tables.COUNTS))
    channels = np.zeros(len(CHANNELS))
    for k in rng.choice(len(names), size=count, replace=False, p=weights / weights.sum()):
        level = _level(rng)
        if _add(channels, names[k], level):
            _bring_along(rng, channels, names[k], level)
    return _unbalanced(rng, channels, _ONE_SIDED)


def _speech(rng: Rng) -> tuple[str, F64]:
    """A mouth on its way from one viseme to another, sometimes with a smile or moving brows."""
    names = tuple(tables.VISEMES)
    first, second = (names[k] for k in rng.choice(len(names), size=2, replace=False))
    share = rng.beta(0.5, 1.5) / 2
    strength = rng.uniform(0.4, 1.25)
    channels = (1 - share) * viseme(first, strength) + share * viseme(second, strength)
    if rng.random() < _SPEECH_WITH_FACE:
        for code in rng.choice(_FACE, size=int(rng.integers(1, 4)), replace=False):
            _add(channels, int(code), 0.7 * _level(rng))
    return first, _unbalanced(rng, channels, 0.0)


def _bring_along(rng: Rng, channels: F64, name: Name, level: float) -> None:
    for companion in tables.COMPANIONS:
        if companion.unit == name and rng.random() < companion.probability:
            _add(channels, companion.joins, level * rng.uniform(companion.low, companion.high))


def _add(channels: F64, name: Name, level: float) -> bool:
    """Add a unit unless it clashes with those already shown; returns whether it was added."""
    if clash(name, channels):
        return False
    _put(channels, name, level)
    return True


def _put(channels: F64, name: Name, level: float) -> None:
    where = indices(name)
    channels[where] = together(channels[where], np.asarray(min(level, TOP)))


def _level(rng: Rng) -> float:
    """An intensity: mostly B to D."""
    if rng.random() < _STRONG:
        return float(TOP * min(rng.uniform(*_FULL), 1))
    return float(max(_FAINTEST, TOP * rng.beta(1.7, 1.5)))


def _unbalanced(rng: Rng, channels: F64, one_sided: float) -> F64:
    """Make the two sides differ as on people: always a little, sometimes clearly or completely."""
    side = int(rng.integers(2))
    weak = np.ones(len(CHANNELS))
    if rng.random() < one_sided:
        weak[_weaker(side, tables.UNILATERAL)] = 0
        if rng.random() >= _WINKS:
            weak[_weaker(side, (43,))] = 1
    elif rng.random() < _LOPSIDED:
        weak[_weaker(side, _SIDED)] = rng.uniform(0.35, 0.85)
    jitter = np.ones(len(CHANNELS))
    jitter[_weaker(side, _SIDED)] = np.exp(rng.normal(0, 0.07, len(_SIDED)))
    return np.asarray(np.minimum(channels * weak * jitter, TOP))


def _weaker(side: int, codes: tuple[int, ...]) -> list[int]:
    return [int(indices(code)[side]) for code in codes]


def _clearest(shape: tables.Viseme) -> F64:
    channels = np.zeros(len(CHANNELS))
    for name, level in shape.levels.items():
        channels[indices(name)] = level
    return channels


_SIDED = tuple(SIDED)
_IDLE = np.concatenate([indices(code) for code in tables.IDLE])
_IDLE_OF = np.concatenate([[i] * len(indices(code)) for i, code in enumerate(tables.IDLE)])
_VISEMES = {name: _clearest(shape) for name, shape in tables.VISEMES.items()}
