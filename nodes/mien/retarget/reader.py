"""Reads YAML and keeps the line of every value, so that an error names the line."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from mien.core.errors import ProfileError


class Value:
    """A value of a YAML file. A method that cannot give what it is asked for raises ProfileError."""

    def __init__(self, node: Any, path: Path, name: str) -> None:
        self._node = node
        self.path = path
        self.name = name

    def fail(self, reason: str) -> ProfileError:
        """The error to raise."""
        where = f"{self.name}: " if self.name else ""
        return ProfileError(f"{self.path}:{self._node.start_mark.line + 1}: {where}{reason}")

    def _is(self, kind: str) -> bool:
        return bool(self._node.id == kind)

    def _told(self) -> str:
        return repr(self._node.value) if self._is("scalar") else f"a {self._node.id}"

    def table(self, known: Iterable[str] | None = None) -> dict[str, Value]:
        """A mapping, in order; an empty value is an empty mapping. known: the allowed keys."""
        if self._is("scalar") and self._node.tag.endswith(":null"):
            return {}
        if not self._is("mapping"):
            raise self.fail(f"must be a mapping, got {self._told()}")
        allowed = None if known is None else tuple(known)
        found: dict[str, Value] = {}
        for key, value in self._node.value:
            here = Value(key, self.path, self.name)
            name = here.text()
            if name in found:
                raise here.fail(f"{name} stands twice")
            if allowed is not None and name not in allowed:
                raise here.fail(f"{name} is not known{nearest(name, allowed)}; known are {', '.join(allowed)}")
            found[name] = Value(value, self.path, f"{self.name}.{name}" if self.name else name)
        return found

    def items(self) -> Iterator[Value]:
        """The entries of a list."""
        if not self._is("sequence"):
            raise self.fail(f"must be a list, got {self._told()}")
        for n, node in enumerate(self._node.value):
            yield Value(node, self.path, f"{self.name}[{n}]")

    def text(self, choices: Iterable[str] | None = None) -> str:
        if not self._is("scalar"):
            raise self.fail(f"must be text, got {self._told()}")
        text = str(self._node.value)
        allowed = None if choices is None else tuple(choices)
        if allowed is not None and text not in allowed:
            raise self.fail(f"{text!r} is not known{nearest(text, allowed)}; known are {', '.join(allowed)}")
        return text

    def number(self, lo: float = -math.inf, hi: float = math.inf) -> float:
        """A finite number within [lo, hi]."""
        try:
            value = float(self._node.value) if self._is("scalar") else math.nan
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self.fail(f"must be a number, got {self._told()}")
        if not lo <= value <= hi:
            raise self.fail(f"is {value:g}, must be within [{lo:g}, {hi:g}]")
        return value

    def truth(self) -> bool:
        text = str(self._node.value).lower() if self._is("scalar") else ""
        if text not in ("true", "false"):
            raise self.fail(f"must be true or false, got {self._told()}")
        return text == "true"


def read(path: Path) -> Value:
    """The top value of a file. Raises ProfileError if it cannot be read or is not YAML."""
    try:
        import yaml
    except ImportError as error:
        raise ProfileError(f"{path}: PyYAML is missing; ROS 2 brings it, or: pip install pyyaml") from error
    try:
        node = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise ProfileError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ProfileError(f"{path}: is not UTF-8 text: {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise ProfileError(f"{path}{line}: is not YAML: {getattr(error, 'problem', None) or error}") from error
    except RecursionError as error:
        raise ProfileError(f"{path}: is nested too deep") from error
    if node is None:
        raise ProfileError(f"{path}: is empty")
    return Value(node, path, "")


def nearest(name: str, known: Iterable[str]) -> str:
    """`, did you mean …?`, or "" if no name is similar."""
    names = {k.lower(): k for k in known}
    alike = difflib.get_close_matches(name.lower(), names, n=1, cutoff=0.6)
    return f", did you mean {names[alike[0]]}?" if alike else ""
