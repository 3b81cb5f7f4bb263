"""The parameters of a run, from the command line and from a ROS parameter file, checked before anything starts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from mien.bridges.registry import BRIDGES
from mien.configs import CONFIGS
from mien.core.config import Param, Value, build, nearest, params
from mien.core.errors import ConfigError, UsageError
from mien.core.names import absolute
from mien.graph import NODES, Node

ConfigT = TypeVar("ConfigT")
SPECS = {f"{c}.{p.name}": replace(p, name=f"{c}.{p.name}") for c, config in CONFIGS.items() for p in params(config)}
# Characters that YAML does not accept unescaped, or reads as the end of a line.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_MENDS = {
    "bags": "give --out", "bridges": "give --to", "audio": "give --voice", "animate": "give --animate",
    "fusion": "give --fusion",
} | {spec.name: f"give --to {spec.name}" for spec in BRIDGES}  # fmt: skip
# Parameters that rclpy declares for every node.
_OF_ROS = ("use_sim_time", "start_type_description_service", "qos_overrides.")
# `mien run` sets these from its own arguments.
_BY_ARGUMENT = {
    "camera.source": "--source",
    "camera.autostart": "no argument: `mien run` starts the camera when all listen",
    "bags.path": "--out",
    "bridges.to": "--to",
    "animate.avatar": "--animate",
}


@dataclass(frozen=True, slots=True)
class Section:
    """The parameters of a file for the nodes whose full names match a pattern: /**, /lab/camera, camera."""

    pattern: str
    values: Mapping[str, Value]

    def holds_for(self, node: str) -> bool:
        """Whether the section applies to a node, by its full name."""
        parts = re.split(r"(/?\*\*|\*)", absolute(self.pattern))
        tokens = {"/**": "(/[^/]+)*", "**": ".*", "*": "[^/]+"}
        return re.fullmatch("".join(tokens.get(p, re.escape(p)) for p in parts), node) is not None


class Parameters:
    """The parameters of a file, overridden by those of --set."""

    def __init__(self, sections: Sequence[Section] = (), given: Mapping[str, Value] | None = None) -> None:
        self._sections = sections
        self._given = dict(given or {})

    def of(self, node: str) -> dict[str, Value]:
        """The parameters of a node, by its full name; later sections win, as in ROS."""
        found: dict[str, Value] = {}
        for section in self._sections:
            if section.holds_for(node):
                found |= section.values
        return found | self._given

    def config(self, node: str, component: str, config: type[ConfigT], **more: Value) -> ConfigT:
        """The configuration of one of its components. Raises ConfigError."""
        asked = {k.partition(".")[2]: v for k, v in self.of(node).items() if k.startswith(f"{component}.")}
        return build(config, asked | more)


def from_set(texts: Sequence[str], nodes: Sequence[Node]) -> dict[str, Value]:
    """Parse COMPONENT.NAME=VALUE of --set for these nodes. Raises UsageError that says what to do."""
    found: dict[str, Value] = {}
    running = {c for node in nodes for c in node.components}
    for text in texts:
        name, sep, value = text.partition("=")
        if name in SPECS and not sep:
            raise UsageError(f"--set {text}: expected {name}=VALUE; the default is {name}={SPECS[name].default}")
        if name not in SPECS:
            raise UsageError(f"--set {text}: {_unknown(name)}")
        if name in _BY_ARGUMENT:
            raise UsageError(f"--set {text}: use {_BY_ARGUMENT[name]}")
        if (component := name.partition(".")[0]) not in running:
            mend = _MENDS.get(component) or f"running are {', '.join(n.name for n in nodes)}"
            raise UsageError(f"--set {text}: {component} does not run here; {mend}")
        try:
            found[name] = SPECS[name].parse(value)
        except ConfigError as e:
            raise UsageError(f"--set {text}: {e}") from e
    return found


def from_file(path: Path, nodes: Sequence[Node], namespace: str) -> list[Section]:
    """The sections of a ROS parameter file; those for these nodes are checked.

    Raises UsageError that names the key and says what to do: ROS silently ignores unknown keys.
    """
    names = {absolute(n.name, namespace): n for n in nodes}
    sections: list[Section] = []
    others: list[str] = []
    for pattern, values in _sections(path):
        section = Section(pattern, {})
        meant = [spec for name, spec in names.items() if section.holds_for(name)]
        if not meant:
            _resembles(path, pattern)
            others.append(pattern)
            continue
        everywhere = "*" in pattern.rpartition("/")[2]
        checked = {}
        for name, value in values.items():
            if name.startswith(_OF_ROS):
                continue
            if name not in SPECS:
                raise UsageError(f"{path}: {pattern}: {_unknown(name)}; of other nodes, it goes below their names")
            component = name.partition(".")[0]
            if not everywhere and not any(component in spec.components for spec in meant):
                raise UsageError(f"{path}: {pattern}: {name} is not a parameter of {meant[0].name}; put it under /**")
            checked[name] = _checked(path, SPECS[name], value)
        sections.append(Section(pattern, checked))
    if others and not sections:
        raise UsageError(f"{path}: nothing in it is for {', '.join(names)}; it has {', '.join(others)}; /** is for all")
    return sections


def argument(name: str, value: Value) -> str:
    """`name:=value` for ROS. ROS reads the value as YAML, so text is quoted.

    Raises UsageError for text that YAML cannot hold.
    """
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as e:
            raise UsageError(f"{value!a}: ROS takes names in UTF-8 only; rename it") from e
    text = json.dumps(value, ensure_ascii=False)  # YAML knows no surrogates
    return f"{name}:={_UNPRINTABLE.sub(lambda c: f'{chr(92)}u{ord(c[0]):04x}', text)}"


def _unknown(name: str) -> str:
    component = name.partition(".")[0]
    known = [n for n in SPECS if n.startswith(f"{component}.")]
    has = f"{component} has {', '.join(n.partition('.')[2] for n in known)}" if known else _components()
    return f"{name}: no such parameter{nearest(name, SPECS)}; {has}"


def _components() -> str:
    return f"a parameter is COMPONENT.NAME, and components are {', '.join(CONFIGS)}"


def _sections(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Pattern and flat parameters of every section. Raises UsageError if it is not a ROS parameter file."""
    import yaml  # rclpy needs it too

    try:
        content = yaml.safe_load(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as e:
        raise UsageError(f"--params-file {path}: {getattr(e, 'strerror', None) or 'not UTF-8 text'}") from e
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        where = f" line {mark.line + 1}:" if mark else ""
        raise UsageError(f"--params-file {path}:{where} not YAML: {getattr(e, 'problem', None) or e}") from e
    if not isinstance(content, dict):
        raise UsageError(f"--params-file {path}: holds no nodes; begin with /**: and ros__parameters: below it")
    yield from _walk(path, content, "")


def _walk(path: Path, content: Mapping[Any, Any], prefix: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Namespaces may be keys of their own above a node, as rcl allows."""
    for key, value in content.items():
        pattern = "/".join(p for p in (prefix, str(key).strip("/")) if p)
        pattern = f"/{pattern}" if str(key).startswith("/") or prefix.startswith("/") else pattern
        if not isinstance(value, dict):
            raise UsageError(f"{path}: {key}: expected the parameters of a node below ros__parameters:")
        if "ros__parameters" in value:
            yield pattern, dict(_flat(value["ros__parameters"] or {}, ""))
        else:
            yield from _walk(path, value, pattern)


def _flat(values: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(values, dict):
        raise UsageError(f"{prefix or 'ros__parameters'}: expected names and values, got {values!r}")
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _checked(path: Path, spec: Param, value: Any) -> Value:
    try:
        if spec.type is float and isinstance(value, str):
            return spec.parse(value)  # PyYAML takes 1e-3 for text, ROS for a number
        return spec.check(value)
    except ConfigError as e:
        raise UsageError(f"{path}: {e}") from e


def _resembles(path: Path, pattern: str) -> None:
    """Raises UsageError if a section's name is nearly that of a node of mien; other sections are ignored."""
    name = pattern.rpartition("/")[2]
    if name not in {n.name for n in NODES} and (guess := nearest(name, [n.name for n in NODES])):
        raise UsageError(f"{path}: {pattern}: no such node{guess}")
