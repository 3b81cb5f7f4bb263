"""How far two outputs of a stage are apart."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Any

import numpy as np

TOLERANCE = 1e-5
# When a stage finished is no result.
_LEFT_OUT = frozenset(("stages",))
# What older recordings do not tell is None there, and not compared.
_SINCE = frozenset(("heard_ns",))


@dataclass(frozen=True, slots=True)
class Difference:
    """The largest difference of two values. `size` is |a − b| / max(1, |a|); infinite where they cannot be compared.

    `field` says where: `faces[0].landmarks[12]`; `words` what stands there in both.
    """

    size: float = 0.0
    field: str = ""
    words: str = ""

    @property
    def agrees(self) -> bool:
        return self.size <= TOLERANCE

    def __str__(self) -> str:
        return f"{self.field}: {self.words}" if self.words else "no difference"


SAME = Difference()


def difference(recorded: Any, computed: Any, field: str = "") -> Difference:
    """The largest difference of two outputs: ids, names and missing values must be equal, NaN equals NaN."""
    if dataclasses.is_dataclass(recorded):
        if type(recorded) is not type(computed):
            return _unlike(recorded, computed, field)
        names = [f.name for f in dataclasses.fields(recorded) if f.name not in _LEFT_OUT]
        names = [n for n in names if not (n in _SINCE and None in (getattr(recorded, n), getattr(computed, n)))]
        prefix = f"{field}." if field else ""
        return _largest(difference(getattr(recorded, n), getattr(computed, n), prefix + n) for n in names)
    if isinstance(recorded, tuple) and isinstance(computed, tuple):
        if len(recorded) != len(computed):
            return Difference(math.inf, field, f"{len(recorded)} recorded, {len(computed)} computed")
        pairs = enumerate(zip(recorded, computed, strict=True))
        return _largest(difference(a, b, f"{field}[{i}]") for i, (a, b) in pairs)
    if isinstance(recorded, np.ndarray) and isinstance(computed, np.ndarray):
        return _of_arrays(recorded, computed, field)
    if isinstance(recorded, float) and isinstance(computed, float):
        return _of_arrays(np.array([recorded]), np.array([computed]), field)
    return SAME if recorded == computed else _unlike(recorded, computed, field)


def _of_arrays(recorded: Any, computed: Any, field: str) -> Difference:
    if recorded.shape != computed.shape:
        return Difference(math.inf, field, f"shape {recorded.shape} recorded, {computed.shape} computed")
    if not recorded.size:
        return SAME
    a, b = recorded.astype(np.float64).ravel(), computed.astype(np.float64).ravel()
    missing = np.isnan(a) | np.isnan(b)
    with np.errstate(invalid="ignore"):
        apart = np.where(a == b, 0.0, np.abs(a - b) / np.maximum(1.0, np.abs(a)))
    apart[missing] = np.where(np.isnan(a) & np.isnan(b), 0.0, np.inf)[missing]
    if not apart.any():
        return SAME
    worst = int(apart.argmax())
    where = f"{field}[{worst}]" if len(a) > 1 else field
    return Difference(float(apart[worst]), where, f"{a[worst]:.9g} recorded, {b[worst]:.9g} computed")


def _unlike(recorded: Any, computed: Any, field: str) -> Difference:
    def say(value: Any) -> str:
        return type(value).__name__ if dataclasses.is_dataclass(value) or isinstance(value, np.ndarray) else repr(value)

    return Difference(math.inf, field, f"{say(recorded)} recorded, {say(computed)} computed")


def _largest(found: Any) -> Difference:
    return max(found, key=lambda d: d.size, default=SAME)
