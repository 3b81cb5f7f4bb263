"""Configuration as frozen dataclasses whose fields carry unit, bounds and description.

    @dataclass(frozen=True, slots=True, kw_only=True)
    class FacesConfig:
        hold_s: float = param(0.3, "A track survives this long unseen.", unit="s", lo=0, hi=5)

`mien.ros.params` turns such a class into ROS parameters; `mien generate` into documentation and
the default parameter file.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast, get_type_hints

from mien.core.errors import ConfigError

ConfigT = TypeVar("ConfigT")
Value = bool | int | float | str
_KEY = "mien"


@dataclass(frozen=True, slots=True)
class Param:
    """One field of a configuration."""

    name: str
    type: type[Value]
    default: Value
    doc: str
    unit: str = ""
    lo: float | None = None
    hi: float | None = None
    choices: tuple[str, ...] = ()
    live: bool = False  # may change while running

    @property
    def bounds(self) -> str:
        """Readable limits, empty where there are none."""
        if self.choices:
            return " | ".join(c or '""' for c in self.choices)
        if self.lo is None and self.hi is None:
            return ""
        lo = "−∞" if self.lo is None else f"{self.lo:g}"
        hi = "∞" if self.hi is None else f"{self.hi:g}"
        return f"[{lo}, {hi}]"

    def check(self, value: object) -> Value:
        """`value` in this field's type. Raises ConfigError when it is of another type or out of bounds."""
        unit = f" {self.unit}" if self.unit else ""
        wrong = ConfigError(
            f"{self.name}: {value!r} is not a {self.type.__name__}; the default is {self.default!r}{unit}"
        )
        if self.type is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is not self.type:
            raise wrong
        if isinstance(value, float) and not math.isfinite(value):
            raise ConfigError(f"{self.name}: {value} is not a number; give one in {self.bounds}{unit}")
        if self.choices and value not in self.choices:
            raise ConfigError(f"{self.name}: {value!r} is not one of {', '.join(self.choices)}")
        if not isinstance(value, str) and (
            (self.lo is not None and value < self.lo) or (self.hi is not None and value > self.hi)
        ):
            raise ConfigError(f"{self.name}: {value} is outside {self.bounds}{unit}")
        return value


def param(
    default: Any,
    doc: str,
    *,
    unit: str = "",
    lo: float | None = None,
    hi: float | None = None,
    choices: tuple[str, ...] = (),
    live: bool = False,
) -> Any:
    """A dataclass field with its unit, bounds and description."""
    meta = {"doc": doc, "unit": unit, "lo": lo, "hi": hi, "choices": choices, "live": live}
    return dataclasses.field(default=default, metadata={_KEY: meta})


def params(config: type[Any]) -> Iterator[Param]:
    """The fields of a configuration class, in order."""
    types = get_type_hints(config)
    for f in dataclasses.fields(config):
        yield Param(f.name, types[f.name], cast(Value, f.default), **f.metadata[_KEY])


def build(config: type[ConfigT], values: Mapping[str, object]) -> ConfigT:
    """A checked configuration. Raises ConfigError on an unknown name or a bad value."""
    known = {p.name: p for p in params(config)}
    for name in values:
        if name not in known:
            raise ConfigError(f"{name}: no such parameter; known are {', '.join(known)}")
    return config(**{name: known[name].check(value) for name, value in values.items()})
