"""Configuration as frozen dataclasses whose fields carry unit, bounds and description.

    @dataclass(frozen=True, slots=True, kw_only=True)
    class FacesConfig:
        hold_s: float = param(0.3, "A track survives this long unseen.", unit="s", lo=0, hi=5)

`mien.ros.params` turns such a class into ROS parameters; `mien generate` into documentation and
the default parameter file.
"""

from __future__ import annotations

import dataclasses
import difflib
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar, cast, get_type_hints

from mien.core.errors import ConfigError

ConfigT = TypeVar("ConfigT")
Value = bool | int | float | str
_KEY = "mien"
# As YAML 1.1, and so ROS, reads them.
_TRUE, _FALSE = frozenset(("true", "yes", "on")), frozenset(("false", "no", "off"))
_ON, _OFF = "on", "off"
_KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}


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

    @property
    def is_switch(self) -> bool:
        """Whether it is on or off, among other choices."""
        return {_ON, _OFF} <= {*self.choices}

    def check(self, value: object) -> Value:
        """`value` in this field's type. Raises ConfigError when it is of another type or out of bounds.

        An integer is accepted for a float or a text: YAML and the command line write 1 for 1.0 and 5 for "5". Where
        the choices have on and off, true and false are accepted for them: YAML reads the words so.
        """
        unit = f" {self.unit}" if self.unit else ""
        if self.type in (float, str) and isinstance(value, int) and not isinstance(value, bool):
            value = self.type(value)
        if isinstance(value, bool) and self.is_switch:
            value = _ON if value else _OFF
        if type(value) is not self.type:
            mend = "; put it in quotes" if self.type is str else ""
            raise ConfigError(
                f"{self.name}: {value!r} is not {_KINDS[self.type]}; the default is {self.default!r}{unit}{mend}"
            )
        if isinstance(value, float) and not math.isfinite(value):
            raise ConfigError(f"{self.name}: {value} is not a number; give one in {self.bounds}{unit}")
        if self.choices and value not in self.choices:
            raise ConfigError(f"{self.name}: {value!r} is not one of {', '.join(self.choices)}")
        if not isinstance(value, str) and (
            (self.lo is not None and value < self.lo) or (self.hi is not None and value > self.hi)
        ):
            raise ConfigError(f"{self.name}: {value} is outside {self.bounds}{unit}")
        return value

    def parse(self, text: str) -> Value:
        """The checked value of what a user typed. Raises ConfigError, as `check` does."""
        value: object = text
        if (self.type is bool or self.is_switch) and text.lower() in _TRUE | _FALSE:
            value = text.lower() in _TRUE
        elif self.type in (int, float):
            with suppress(ValueError):  # `check` reports it
                value = self.type(text)
        return self.check(value)


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


def nearest(name: str, known: Iterable[str]) -> str:
    """The words "; did you mean …?" where a known name resembles `name`, else an empty text."""
    known = list(known)
    field = name.rpartition(".")[2]
    found = difflib.get_close_matches(name, known, n=1, cutoff=0.7)
    found = found or [k for k in known if k.rpartition(".")[2] == field][:1]
    return f"; did you mean {found[0]}?" if found else ""


def build(config: type[ConfigT], values: Mapping[str, object]) -> ConfigT:
    """A checked configuration. Raises ConfigError on an unknown name or a bad value."""
    known = {p.name: p for p in params(config)}
    for name in values:
        if name not in known:
            raise ConfigError(f"{name}: no such parameter{nearest(name, known)}; known are {', '.join(known)}")
    return config(**{name: known[name].check(value) for name, value in values.items()})
