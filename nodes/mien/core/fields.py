"""Validates the numbers of received messages: ranges, sizes, sums, units and NaN.

A message that breaks a rule raises MessageError with the name of the field. NaN is accepted only where the
comment of the message gives it a meaning. A value that exceeds a limit by rounding alone is read as the limit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeVar

import numpy as np

from mien.core.errors import MessageError
from mien.core.types import F32, F64

EnumT = TypeVar("EnumT", bound=IntEnum)
_ROUNDING = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The rules of one number or array."""

    lo: float = -math.inf
    hi: float = math.inf
    size: int | None = None  # of an array; None = any
    empty: bool = False  # an array may be empty: the value is not given
    nan: bool = False  # NaN is allowed: not observed, or not estimated
    total: float | None = None  # the sum of an array
    unit: bool = False  # an array of length 1, as a direction

    @property
    def limits(self) -> str:
        return f"in [{self.lo:g}, {self.hi:g}]" + (", or NaN" if self.nan else "")


class Fields:
    """The rules of one message type, by name of the field."""

    def __init__(self, message: str, **fields: Field) -> None:
        self.message = message
        self.fields = fields

    def number(self, msg: Any, name: str) -> float:
        """Raises MessageError."""
        field, value = self.fields[name], float(getattr(msg, name))
        if field.lo <= value <= field.hi or (field.nan and math.isnan(value)):
            return value
        if not field.lo - _ROUNDING <= value <= field.hi + _ROUNDING:
            raise self._refused(name, f"is {value:g}; it must be {field.limits}")
        return min(max(value, field.lo), field.hi)

    def array(self, msg: Any, name: str) -> F32:
        """Raises MessageError."""
        field, values = self.fields[name], np.array(getattr(msg, name), np.float32)
        if field.empty and not values.size:
            return values
        if field.size is not None and values.size != field.size:
            raise self._refused(name, f"has {values.size} values; {field.size} are needed")
        if not values.size:
            return values
        if field.nan:
            lo, hi = np.fmin.reduce(values), np.fmax.reduce(values)
        else:
            lo, hi = np.minimum.reduce(values), np.maximum.reduce(values)
        if not (lo >= field.lo and hi <= field.hi):  # also true for NaN
            values = self._limited(name, field, values)
        if field.total is not None or field.unit:
            self._whole(name, field, values)
        return values

    def choice(self, msg: Any, name: str, kind: type[EnumT]) -> EnumT:
        """Raises MessageError."""
        try:
            return kind(getattr(msg, name))
        except ValueError:
            known = ", ".join(f"{int(k)} {k.name}" for k in kind)
            raise self._refused(name, f"is {getattr(msg, name)}; it must be one of {known}") from None

    def rotation(self, msg: Any, name: str, *, of: str = "") -> F64 | None:
        """The unit quaternion x, y, z, w in `name` (or `name.of`); None if all are zero. Raises MessageError."""
        q = getattr(getattr(msg, name), of) if of else getattr(msg, name)
        values = x, y, z, w = float(q.x), float(q.y), float(q.z), float(q.w)
        if not any(values):
            return None
        squared = x * x + y * y + z * z + w * w
        if not abs(squared - 1) < 2 * _ROUNDING:
            length = math.sqrt(squared)
            raise self._refused(f"{name}.{of}".rstrip("."), f"has the length {length:g}; a rotation has 1")
        return np.array(values) / math.sqrt(squared)

    def vector(self, msg: Any, name: str, *, of: str = "") -> tuple[float, float, float]:
        """x, y, z in `name` (or `name.of`), each within the rules of `name`. Raises MessageError."""
        v, field = getattr(getattr(msg, name), of) if of else getattr(msg, name), self.fields[name]
        values = float(v.x), float(v.y), float(v.z)
        path = f"{name}.{of}".rstrip(".")
        if field.nan and any(map(math.isnan, values)):
            return (math.nan,) * 3
        if not all(field.lo <= value <= field.hi for value in values):
            raise self._refused(path, f"is {', '.join(f'{v:g}' for v in values)}; each must be {field.limits}")
        if field.unit and not abs(math.hypot(*values) - 1) < _ROUNDING:
            raise self._refused(path, f"has the length {math.hypot(*values):g}; a direction has 1")
        return values

    def require(self, holds: bool, name: str, otherwise: str) -> None:
        """Raises MessageError, which says `otherwise` of the field, unless `holds`."""
        if not holds:
            raise self._refused(name, otherwise)

    def _limited(self, name: str, field: Field, values: F32) -> F32:
        known = ~np.isnan(values) if field.nan else np.ones(values.shape, bool)
        fits = (values >= field.lo - _ROUNDING) & (values <= field.hi + _ROUNDING)
        if not (fits | ~known).all():
            i = int(np.argmin(fits | ~known))
            raise self._refused(f"{name}[{i}]", f"is {values[i]:g}; it must be {field.limits}")
        return np.clip(values, field.lo, field.hi)

    def _whole(self, name: str, field: Field, values: F32) -> None:
        if field.nan and np.isnan(values).all():
            return
        if field.total is not None and not abs(float(values.sum()) - field.total) < 0.01:
            raise self._refused(name, f"sums to {float(values.sum()):g}; it must be {field.total:g}")
        if field.unit and not abs(float(values @ values) - 1) < 0.01:
            raise self._refused(name, f"has the length {math.sqrt(float(values @ values)):g}; it must be 1")

    def _refused(self, name: str, why: str) -> MessageError:
        return MessageError(f"{self.message}.{name} {why}")


def distinct(message: str, ids: Sequence[int]) -> None:
    """Raises MessageError if an id is 0 or occurs twice."""
    if 0 in ids or len(set(ids)) < len(ids):
        raise MessageError(f"{message}.track_id is 0 or occurs twice: {', '.join(map(str, ids))}")
