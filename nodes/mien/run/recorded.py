"""The plan of a run whose source is a recording of another program: the bridges alone, of which one plays it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mien.bridges.file_in.config import FileInConfig
from mien.bridges.file_in.formats import is_recording, read
from mien.camera import parse
from mien.core.config import Value
from mien.core.errors import ConfigError, SourceError, UsageError
from mien.core.names import absolute
from mien.graph import ANIMATE, DASHBOARD
from mien.run.parameters import Parameters, from_file, from_set
from mien.run.plan import Plan, bridges, check, named

_NAME = "file_in"
_END_S = 2.0  # to start playing, and to ease to neutral at the end


def recording(source: str | None) -> Path | None:
    """The recording that `--source` names, None of any other source."""
    try:
        found = parse.parse(source) if source else None
    except SourceError:
        return None  # it is told where sources are
    return found.path if isinstance(found, parse.Files) and is_recording(found.path) else None


def make(
    path: Path,
    *,
    to: str = "",
    animate: str = "",
    dashboard: bool = False,
    namespace: str = "",
    params_file: Path | None = None,
    settings: Sequence[str] = (),
    duration_s: float | None = None,
) -> Plan:
    """`to` names bridges and `animate` avatars, with commas between them; dashboard: serve the page.

    Raises UsageError, and ExportError where the recording cannot be read.
    """
    check(namespace, duration_s, params_file)
    names = ",".join(dict.fromkeys([_NAME, *(n.strip() for n in to.split(",") if n.strip())]))
    nodes, beside = bridges(names), (*((ANIMATE,) if animate else ()), *((DASHBOARD,) if dashboard else ()))
    sections = from_file(params_file, (*nodes, *beside), namespace) if params_file else []
    overrides: dict[str, Value] = from_set(settings, (*nodes, *beside))
    overrides |= named(names, animate) | {f"{_NAME}.path": str(path.resolve())}
    try:
        config = Parameters(sections, overrides).config(absolute(nodes[0].name, namespace), _NAME, FileInConfig)
    except ConfigError as e:
        raise UsageError(str(e)) from e
    whole_s = None if config.loop else read(path).duration_s / config.speed + _END_S
    ends_s = [s for s in (duration_s, whole_s) if s is not None]
    return Plan(
        nodes=nodes, beside=beside, source=parse.text(parse.Files(path.resolve())), namespace=namespace,
        params_file=params_file, overrides=overrides, duration_s=min(ends_s) if ends_s else None,
    )  # fmt: skip
