"""Channels in which expressions are sampled, and rules that keep a face anatomically possible.

A channel is an action unit, sided where the face is, or an ARKit shape that no unit of the list
moves. All are on the FACS scale, 0–5 (A, trace, to E, maximum). `settle` turns any
mixture into a possible one: of two opposing muscles the stronger one wins, shares of one movement add
up to no more than the face can do, and units that open the mouth also count as lips parted (AU25). It
is smooth, so a smooth sequence stays smooth.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.head.model.action_units import SIDED, TOP
from mien_models.spaces.facs import AUS

F64 = NDArray[np.float64]
Index = NDArray[np.intp]

# ARKit shapes that no unit moves by itself, and those of them that are a share of another movement:
# mouthClose holds the lips of an open jaw together, and mouthShrugUpper is the lower lip pushing the upper one up.
EXTRAS: tuple[str, ...] = (
    "jawForward", "jawLeft", "jawRight", "mouthClose", "mouthLeft", "mouthRight",
    "mouthRollLower", "mouthRollUpper", "mouthShrugUpper", "cheekPuff", "tongueOut",
)  # fmt: skip
SHARES = {"mouthClose": "jawOpen", "mouthShrugUpper": "mouthShrugLower"}
CHANNELS: tuple[str, ...] = (*AUS, *EXTRAS)
INDEX = {name: i for i, name in enumerate(CHANNELS)}

Name = int | str  # 12 = AU12, both sides; "jawLeft" = an extra

# Of each pair only the stronger one shows: the muscles pull against each other, or people cannot
# make both movements at once.
EXCLUSIONS: tuple[tuple[Name, tuple[Name, ...]], ...] = (
    (12, (18, 22)),
    (14, (18, 22)),
    # Pressed lips are never parted.
    (24, (16, 22, 25, 26, 27, 28, "tongueOut", "mouthRollLower", "mouthRollUpper")),
    (28, (10, 16, 18, 20, 22, 25, 27, "tongueOut", "mouthRollLower", "mouthRollUpper")),
    (17, (16, 27, "tongueOut", "mouthRollLower")),
    (23, (27, "tongueOut")),
    (26, (27,)),
    ("cheekPuff", (10, 16, 20, 22, 25, 26, 27, 28, "tongueOut")),
    ("mouthClose", (27,)),
    ("mouthRollLower", (27,)),
    ("mouthRollUpper", (10, 18, 22, 27)),
    ("mouthShrugUpper", (27, 28, "mouthRollUpper", "tongueOut")),
    ("jawLeft", ("jawRight",)),
    ("mouthLeft", ("mouthRight",)),
)

# The sum of each pair is limited to about this (less than one level more); the weaker one is reduced.
LIMITS: tuple[tuple[Name, Name, float], ...] = (
    (2, 4, 5), (1, 4, 7), (1, 9, 6), (2, 9, 5), (5, 6, 5), (5, 7, 6), (5, 9, 5),
    (12, 15, 5), (12, 20, 6), (12, 17, 6), (12, 14, 7), (12, 23, 6), (12, 24, 7), (14, 20, 6),
    (10, 15, 7), (10, 12, 7), (10, 24, 5), (10, 27, 7), (15, 18, 5), (15, 27, 5), (16, 20, 7), (16, 27, 6),
    (17, 26, 5), (18, 22, 7), (18, 27, 5), (22, 27, 6), (23, 25, 6), (23, 26, 5), (20, 27, 6),
    ("jawForward", 27, 5), ("jawLeft", 27, 5), ("jawRight", 27, 5), ("mouthLeft", 27, 5), ("mouthRight", 27, 5),
)  # fmt: skip

# The second reduces the first by a share, completely once the second reaches a level: closing lids are
# not raised, shut lids do not squint, and lips that meet or round override the others.
YIELDS: tuple[tuple[Name, Name, float, float], ...] = (
    (5, 43, 1.0, 2.0), (7, 43, 0.8, 5.0), (12, 27, 0.4, 5.0), (14, 27, 0.6, 5.0),
    (10, "mouthClose", 1.0, 4.0), (16, "mouthClose", 1.0, 4.0), (22, "mouthClose", 1.0, 4.0),
    (25, "mouthClose", 1.0, 4.0), ("tongueOut", "mouthClose", 1.0, 4.0),
    (16, "mouthRollLower", 1.0, 2.0), (18, "mouthRollLower", 1.0, 3.0), (22, "mouthRollLower", 1.0, 3.0),
    (20, 18, 1.0, 2.0), (20, 22, 1.0, 2.0),
)  # fmt: skip

# The lips part by this share of a unit's intensity; AU10 cannot part lips that are pressed.
_PARTING: tuple[tuple[Name, float], ...] = ((25, 1.0), (26, 1.0), (27, 1.0), (16, 0.5), (10, 0.35), ("tongueOut", 0.6))

_TONGUE_ROOM = 1.5  # intensity of AU26 from where the tongue passes the teeth

# An excluded channel fades out while the other grows from a ninth of its strength to the same strength.
_FADE = 0.8
_ROWS = 512


@cache
def indices(name: Name) -> Index:
    """Channels of a name: 12 (left, right), 26, "jawLeft"."""
    if isinstance(name, str):
        return np.array([INDEX[name]])
    return np.array([INDEX[f"AU{name}{side}"] for side in (("L", "R") if name in SIDED else ("",))])


def together(a: F64, b: F64) -> F64:
    """Combine two movements of the same channels: at least the stronger one, at most 5, smooth."""
    return np.asarray(a + b - a * b / TOP)


def settle(channels: ArrayLike) -> F64:
    """Channels (..., C) of any mixture to those of a possible face.

    The result and its derivatives are continuous, except where all channels involved are 0.
    """
    c = np.clip(np.asarray(channels, np.float64), 0, TOP)
    flat = c.reshape(-1, len(CHANNELS))
    # In pieces that fit into the CPU cache.
    for first in range(0, len(flat), _ROWS):
        flat[first : first + _ROWS] = _settle(flat[first : first + _ROWS])
    return c


def _settle(c: F64) -> F64:
    """(N, C) of (N, C) within bounds."""
    own, other = c[:, _RIVALS.own], c[:, _RIVALS.other]
    c = _scaled(c, _RIVALS, _outlasts(own, other))
    c = _scaled(c, _YIELDS, 1 - _YIELDS.number * _smoothstep(c[:, _YIELDS.other] / _YIELD_AT))
    own, other = c[:, _LIMITS.own], c[:, _LIMITS.other]
    c = _scaled(c, _LIMITS, _gives_way(own, other, _LIMITS.number))
    c[:, _TONGUE] *= _smoothstep(_room(c) / _TONGUE_ROOM)
    c[:, _AU25] = _lips_parted(c)
    return c


def clash(name: Name, shown: F64) -> bool:
    """Whether a unit is incompatible with one of the channels (C,) that are shown."""
    return bool((_CLASH[indices(name)] & (shown > 0)).any())


def _outlasts(own: F64, other: F64) -> F64:
    """1 where `other` is small against `own`, 0 where it is as strong or stronger."""
    total = own + other
    lead = np.divide(own - other, total, out=np.ones_like(total), where=total > 1e-12)
    return _smoothstep(lead / _FADE)


def _gives_way(own: F64, other: F64, most: F64) -> F64:
    """Remaining share of a channel where the sum of the two exceeds `most`."""
    beyond = np.maximum(own + other - most, 0)
    excess = beyond**2 / (beyond + 1)
    squares = np.maximum(own**2 + other**2, 1e-12)
    return np.asarray(1 - excess * other**2 / (squares * np.maximum(own, 1e-6)))


def _smoothstep(x: F64) -> F64:
    x = np.clip(x, 0, 1)
    return np.asarray(x * x * (3 - 2 * x))


def _within_top(x: F64) -> F64:
    """`x` up to 4, then smoothly approaching 5."""
    return np.where(x <= TOP - 1, x, TOP - 1 + np.tanh(np.maximum(x - TOP + 1, 0)))


def _lips_parted(c: F64) -> F64:
    """(N,) AU25 itself, or the value that follows from the others: a smooth maximum that approaches 5."""
    causes = _PARTED_BY * c
    causes[:, INDEX["AU26"]] *= 1 - c[:, INDEX["mouthClose"]] / TOP
    causes[:, indices(10)] *= 1 - _smoothstep(c[:, indices(24)] / 2)
    return _within_top((causes**4).sum(axis=1) ** 0.25)


def _room(c: F64) -> F64:
    """(N,) distance of the teeth behind parted lips, as intensity of AU26."""
    jaw = c[:, INDEX["AU26"]] + 2 * c[:, INDEX["AU27"]]
    return np.asarray(jaw * (1 - c[:, INDEX["mouthClose"]] / TOP))


class _Pairs(NamedTuple):
    """P pairs of a channel and another channel that limits it, each with a number; sorted by `own`."""

    own: Index
    other: Index
    number: F64
    first: Index  # where the pairs of each of `channels` begin
    channels: Index


def _scaled(c: F64, pairs: _Pairs, factors: F64) -> F64:
    """(N, C) channels times the factors (N, P) of all their pairs."""
    c = c.copy()
    c[:, pairs.channels] *= np.multiply.reduceat(factors, pairs.first, axis=1)
    return c


def _pairs(rows: Iterable[tuple[Name, Name, float]], mutual: bool = True) -> _Pairs:
    """All pairs of channels on the same side, or with one on the midline, of pairs of names."""
    found = [
        pair
        for a, b, number in rows
        for i in indices(a)
        for j in indices(b)
        if {CHANNELS[i][-1], CHANNELS[j][-1]} != {"L", "R"}
        for pair in (((i, j, number), (j, i, number)) if mutual else ((i, j, number),))
    ]
    own, other, number_ = (np.array(column) for column in zip(*sorted(found), strict=True))
    channels, first = np.unique(own, return_index=True)
    return _Pairs(own, other, number_.astype(np.float64), first, channels)


_RIVALS = _pairs((a, b, 0) for a, others in EXCLUSIONS for b in others)
_LIMITS = _pairs(LIMITS)
_YIELDS = _pairs(((a, b, share) for a, b, share, _ in YIELDS), mutual=False)
_YIELD_AT = _pairs(((a, b, level) for a, b, _, level in YIELDS), mutual=False).number
_CLASH = np.zeros((len(CHANNELS), len(CHANNELS)), np.bool_)
_CLASH[_RIVALS.own, _RIVALS.other] = True
_AU25, _TONGUE = INDEX["AU25"], INDEX["tongueOut"]
_PARTED_BY = np.zeros(len(CHANNELS))
for _name, _share in _PARTING:
    _PARTED_BY[indices(_name)] = _share / len(indices(_name)) ** 0.25  # both sides sum to the share
