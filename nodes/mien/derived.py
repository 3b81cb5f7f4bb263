"""What derives from the sources of truth: README tables, and the default parameter file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mien.core.config import Param, params
from mien.core.spaces import facs
from mien.graph import NODES, TOPICS, Service, Topic
from mien.rooms import CONFIGS

BEGIN, END = "<!-- generated: {} -->", "<!-- end -->"


def files(root: Path) -> dict[Path, str]:
    """Every derived file of a checkout and what it should hold."""
    readme = root / "README.md"
    return {
        readme: fill(readme.read_text(encoding="utf-8")),
        root / "launch/params/default.yaml": parameter_file(),
    }


def fill(text: str) -> str:
    """A document with its generated parts renewed. Raises ValueError when a part has no end."""
    for name, make in _PARTS.items():
        begin = BEGIN.format(name)
        head, found, rest = text.partition(begin)
        if not found:
            continue
        _, closed, tail = rest.partition(END)
        if not closed:
            raise ValueError(f"{begin} has no {END}")
        text = f"{head}{begin}\n{make()}\n{END}{tail}"
    return text


def parameter_file() -> str:
    """Every parameter with its default, for all nodes: each takes those that it declares."""
    lines = [
        "# Made by `mien generate` from the config.py of each room: edit a copy, not this file.",
        "# ros2 launch mien_bringup mien.launch.py params_file:=<your copy>",
        "/**:",
        "  ros__parameters:",
    ]
    for room, config in CONFIGS.items():
        lines.append(f"    {room}:")
        for p in params(config):
            unit = f" [{p.unit}]" if p.unit else ""
            bounds = f" {p.bounds}" if p.bounds else ""
            lines.append(f"      {p.name}: {_yaml(p)}  # {p.doc}{unit}{bounds}")
    return "\n".join(lines) + "\n"


def _yaml(p: Param) -> str:
    if isinstance(p.default, bool):
        return str(p.default).lower()
    return f'"{p.default}"' if isinstance(p.default, str) else repr(p.default)


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def topics() -> str:
    return _table(
        ("topic", "type", "what", "QoS offered"),
        ((f"`{t.name}`", f"`{t.type}`", t.doc, str(t.qos)) for t in TOPICS),
    )


def nodes() -> str:
    def names(items: tuple[Topic | Service, ...]) -> str:
        return ", ".join(f"`{i.name}`" for i in items) or "–"

    return _table(
        ("node", "what", "subscribes", "publishes", "services"),
        ((f"`{n.name}`", n.doc, names(n.subscribes), names(n.publishes), names(n.services)) for n in NODES),
    )


def parameters() -> str:
    def rows() -> Iterator[tuple[str, ...]]:
        for room, config in CONFIGS.items():
            for p in params(config):
                limits = " ".join(filter(None, (p.bounds, p.unit))) or "–"
                default = f"`{_yaml(p)}`"
                yield f"`{room}.{p.name}`", default, limits, "yes" if p.live else "", p.doc

    return _table(("parameter", "default", "limits", "live", "what"), rows())


def action_units() -> str:
    return _table(
        ("unit", "name", "labels", "ARKit"),
        (
            (f"AU{u.code}", u.name, ", ".join(u.labels), ", ".join(u.shapes) or "geometry only")
            for u in facs.ACTION_UNITS
        ),
    )


_PARTS = {"topics": topics, "nodes": nodes, "parameters": parameters, "action units": action_units}
