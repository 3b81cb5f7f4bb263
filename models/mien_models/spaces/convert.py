"""Converters between expression spaces, from tables of data.

converter("arkit52", "unified")(weights)  # (..., 52) to (..., 98)

Spaces that no table joins are reached over others: FACS to VRM goes by ARKit. What is lost on the way and back stands
in LOSSES.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.spaces import arkit, facs, live2d, mediapipe, openxr, unified, vrm
from mien_models.spaces.mirror import mirror_order
from mien_models.spaces.tables import (
    CONSTANT,
    Table,
    arkit_facs,
    arkit_others,
    arkit_unified,
    facs_unified,
    openxr_unified,
)

F64 = NDArray[np.float64]
Bools = NDArray[np.bool_]

_HALF = 0.5 - 1e-9
_LETTERS, _WORDS = ("L", "R"), ("Left", "Right")


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """Names in the order of arrays. low, high and rest (N,): their range, and what they are of a face at rest.

    sides: how names say left and right; the person's own.
    """

    name: str
    title: str
    names: tuple[str, ...]
    low: F64
    high: F64
    rest: F64
    sides: tuple[str, str]


def _space(name: str, title: str, names: tuple[str, ...], sides: tuple[str, str], high: float = 1.0) -> Space:
    signed, rest = live2d.SIGNED.intersection(names), live2d.REST
    return Space(
        name,
        title,
        names,
        np.array([-high if n in signed else 0.0 for n in names]),
        np.full(len(names), high),
        np.array([rest.get(n, 0.0) for n in names]),
        sides,
    )


SPACES: Mapping[str, Space] = MappingProxyType(
    {
        space.name: space
        for space in (
            _space(arkit.SCHEMA, "ARKit, 52 blendshapes", arkit.BLENDSHAPES, _WORDS),
            _space("facs", "FACS, sided action units, 0–5", facs.AUS, _LETTERS, 5.0),
            _space("unified", "Unified Expressions v2, with eyes", unified.EXPRESSIONS, _WORDS),
            _space("fb2", "OpenXR, Meta (XR_FB_face_tracking2)", openxr.FB2, _LETTERS),
            _space("android", "OpenXR, Android XR (XR_ANDROID_face_tracking)", openxr.ANDROID, _LETTERS),
            _space("htc", "OpenXR, Vive (XR_HTC_facial_tracking), eyes and lips", openxr.HTC, ("LEFT", "RIGHT")),
            _space("pico", "OpenXR, PICO (XR_BD_facial_simulation)", openxr.PICO, _LETTERS),
            _space("mediapipe", "MediaPipe, 52 categories", mediapipe.CATEGORIES, _WORDS),
            _space("vrm0", "VRM 0, presets", vrm.VRM0, _LETTERS),
            _space("vrm1", "VRM 1.0, presets", vrm.VRM1, _WORDS),
            _space("vtube_studio", "VTube Studio, inputs for Live2D", live2d.ALL, _WORDS),
        )
    }
)

_TABLES: Mapping[tuple[str, str], Table] = {
    ("arkit52", "unified"): arkit_unified.TO_UNIFIED,
    ("unified", "arkit52"): arkit_unified.TO_ARKIT,
    ("arkit52", "facs"): arkit_facs.TO_FACS,
    ("facs", "arkit52"): arkit_facs.TO_ARKIT,
    ("facs", "unified"): facs_unified.TO_UNIFIED,
    ("unified", "facs"): facs_unified.TO_FACS,
    ("fb2", "unified"): openxr_unified.FB2_TO_UNIFIED,
    ("unified", "fb2"): openxr_unified.UNIFIED_TO_FB2,
    ("android", "unified"): openxr_unified.ANDROID_TO_UNIFIED,
    ("unified", "android"): openxr_unified.UNIFIED_TO_ANDROID,
    ("htc", "unified"): openxr_unified.HTC_TO_UNIFIED,
    ("unified", "htc"): openxr_unified.UNIFIED_TO_HTC,
    ("arkit52", "pico"): arkit_others.ARKIT_TO_PICO,
    ("pico", "arkit52"): arkit_others.PICO_TO_ARKIT,
    ("arkit52", "mediapipe"): arkit_others.ARKIT_TO_MEDIAPIPE,
    ("mediapipe", "arkit52"): arkit_others.MEDIAPIPE_TO_ARKIT,
    ("arkit52", "vrm1"): arkit_others.ARKIT_TO_VRM1,
    ("vrm1", "arkit52"): arkit_others.VRM1_TO_ARKIT,
    ("vrm0", "vrm1"): arkit_others.VRM0_TO_VRM1,
    ("vrm1", "vrm0"): arkit_others.VRM1_TO_VRM0,
    ("arkit52", "vtube_studio"): arkit_others.ARKIT_TO_VTUBE_STUDIO,
    ("vtube_studio", "arkit52"): arkit_others.VTUBE_STUDIO_TO_ARKIT,
}


class _Step:
    """One table as a matrix: values (..., N) to (..., M), both within the ranges of their spaces."""

    def __init__(self, source: Space, target: Space, table: Table) -> None:
        self._low, self._high = target.low, target.high
        self._above: list[int] = []
        limits: list[float] = []
        n = len(source.names)
        columns: dict[tuple[str, float], int] = {(name, 0.0): i for i, name in enumerate(source.names)}
        rows = list(_rows(source, target, table))
        for _, name, above, _ in rows:
            if name != CONSTANT and (name, above) not in columns:
                columns[name, above] = n + len(limits)
                self._above.append(source.names.index(name))
                limits.append(above)
        self._limits = np.array(limits)
        self.matrix = np.zeros((n + len(limits), len(target.names)))
        self.offset = np.zeros(len(target.names))
        for place, name, above, weight in rows:
            if name == CONSTANT:
                self.offset[place] += weight * target.high[place]
            else:
                at = columns[name, above]
                top = source.high[source.names.index(name)]
                self.matrix[at, place] += weight * target.high[place] / top
        size = np.abs(self.matrix)
        total = size.sum(axis=0)
        self._told: Bools = np.zeros(len(target.names), bool)
        self._told[[place for place, *_ in rows]] = True
        self._share = size / np.where(total > 0, total, 1)

    def __call__(self, values: F64) -> F64:
        if self._above:
            over = np.maximum(values[..., self._above] - self._limits, 0)
            values = np.concatenate([values, over], axis=-1)
        out = values @ self.matrix
        out += self.offset
        np.maximum(out, self._low, out=out)
        np.minimum(out, self._high, out=out)
        return out

    def unknown(self, unknown: Bools) -> Bools:
        """(..., M) where half or more of what a target takes is unknown (..., N), or nothing tells of it."""
        if self._above:
            unknown = np.concatenate([unknown, unknown[..., self._above]], axis=-1)
        return (unknown.astype(np.float64) @ self._share >= _HALF) | ~self._told


def _rows(source: Space, target: Space, table: Table) -> Iterator[tuple[int, str, float, float]]:
    """Place of the target, name of the source and from where on it counts, weight."""
    for pattern, terms in table.items():
        for side, word in enumerate(target.sides if "*" in pattern else ("",)):
            place = target.names.index(pattern.replace("*", word))
            for term, weight in terms.items():
                name, above = (term, 0.0) if isinstance(term, str) else term
                sides = source.sides if "*" not in pattern else source.sides[side : side + 1]
                for own in sides if "*" in name else ("",):
                    yield place, name.replace("*", own), above, weight


class Converter:
    """Values (..., N) of one space to values (..., M) of another, as float64, each within its range.

    Values beyond the source's range count as its ends. NaN is what was not observed: it counts as at rest, and where
    it is half or more of what a target takes, or where the source has nothing to tell of a target (`told`), the target
    is NaN; or at rest, where `rest` asks for it.
    """

    def __init__(self, source: Space, target: Space, *, rest: bool = False) -> None:
        self.source, self.target, self.rest = source, target, rest
        path = _path(source.name, target.name)
        self._steps = [_Step(SPACES[a], SPACES[b], _TABLES[a, b]) for a, b in path]
        self._missing: Bools = np.zeros(len(source.names), bool)
        for step in self._steps:
            self._missing = step.unknown(self._missing)
        self._untold = np.flatnonzero(self._missing)
        self._instead = target.rest if rest else np.full(len(target.names), np.nan)

    @property
    def told(self) -> tuple[str, ...]:
        """Targets that the source says something of."""
        return tuple(name for name, missing in zip(self.target.names, self._missing, strict=True) if not missing)

    def __call__(self, values: ArrayLike) -> F64:
        """Raises ValueError where the last axis has another length than the source's names."""
        out = np.asarray(values, np.float64)
        if out.shape[-1:] != (len(self.source.names),):
            raise ValueError(f"{self.source.name} has {len(self.source.names)} values, got {out.shape}")
        unknown = np.isnan(out)
        seen = not unknown.any()
        if not seen:
            out = np.where(unknown, self.source.rest, out)
        out = np.minimum(np.maximum(out, self.source.low), self.source.high)
        for step in self._steps:
            out = step(out)
        if seen:
            out[..., self._untold] = self._instead[self._untold]
            return out
        for step in self._steps:
            unknown = step.unknown(unknown)
        return np.where(unknown, self._instead, out)


@cache
def converter(source: str, target: str, *, rest: bool = False) -> Converter:
    """The converter between two of SPACES; see Converter for `rest`. Raises ValueError for an unknown name."""
    for name in (source, target):
        if name not in SPACES:
            raise ValueError(f"there is no expression space {name!r}; there are {', '.join(SPACES)}")
    return Converter(SPACES[source], SPACES[target], rest=rest)


@cache
def _mirror(space: str) -> tuple[NDArray[np.intp], F64]:
    names = SPACES[space].names
    return mirror_order(names), np.array([-1.0 if name in live2d.SIDEWAYS else 1.0 for name in names])


def mirrored(space: str, values: ArrayLike) -> F64:
    """Values (..., N) of the face in a mirror: what its left does, the right does there."""
    order, sign = _mirror(space)
    return np.asarray(np.asarray(values, np.float64)[..., order] * sign)


def _path(source: str, target: str) -> list[tuple[str, str]]:
    """The fewest tables that lead from one space to another, those named first where there are several."""
    found: dict[str, list[tuple[str, str]]] = {source: []}
    queue = [source]
    for here in queue:
        for a, b in _TABLES:
            if a == here and b not in found:
                found[b] = [*found[here], (a, b)]
                queue.append(b)
    return found[target]
