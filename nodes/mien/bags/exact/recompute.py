"""Compute the results of a bag again with other weights or parameters, beside the old ones."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mien import graph
from mien.bags.about import about, parse
from mien.bags.copying import copy
from mien.bags.exact.report import Differences
from mien.bags.exact.rerun import Rerun, recorded_parameters
from mien.bags.opened import Message
from mien.bags.read import RECORDED, Session
from mien.bags.record import BagWriter
from mien.bags.write import MomentWriter
from mien.core.config import Value, params
from mien.core.errors import MessageError, MissingImage, UsageError
from mien.core.files import write_whole
from mien.core.stage import STAGES

REPORT = "differences.json"


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What was written: `report` is that of `differences.json`. missing: why nothing later could be computed."""

    path: Path
    results: int
    missing: str
    report: dict[str, Any]


def recompute(session: Session, out: Path, overrides: Mapping[str, Value]) -> Recomputed:
    """Write a bag with the same images and new results; the old ones stand below `recorded/`.

    overrides: parameters that differ from the recorded ones, as `<stage>.<parameter>`. Beside the bag's files
    `differences.json` says by how much the results differ. Where an image is missing, new results end before it. Raises
    BagError, ConfigError, ModelError and UsageError.
    """
    known = {f"{spec.name}.{p.name}" for spec in STAGES for p in params(spec.config)}
    if unknown := sorted(set(overrides) - known):
        raise UsageError(f"{', '.join(unknown)}: no parameter of a stage; known are {', '.join(sorted(known))}")
    rerun = Rerun(session, overrides)
    differences = Differences()
    n, missing = 0, ""
    lost = {name: n for name, n in session.about.items() if name == "dropped"}
    with BagWriter(out, about(recomputed_from=str(session.path), recorded=session.about, **lost)) as bag:
        writer = MomentWriter(bag, session.namespace)
        old = session.raw()
        _tell_parameters(session, writer, overrides)
        waiting = next(old, None)
        try:
            for made in rerun:
                while waiting is not None and waiting.received_ns <= made.received_ns:
                    _keep(session, bag, waiting)
                    waiting = next(old, None)
                recorded = None if isinstance(made.recorded, MessageError) else made.recorded
                differences.add(made.stage, recorded, made.computed)
                if made.computed is not None:
                    writer.put(made.stage, made.computed, made.received_ns)
                    n += 1
        except MissingImage as error:
            missing = str(error)
        while waiting is not None:
            _keep(session, bag, waiting)
            waiting = next(old, None)
    report = {
        "bag": str(session.path),
        "parameters": dict(overrides),
        "missing": missing,
        "networks": {"before": session.about.get("networks"), "now": parse(about()).get("networks")},
        **differences.as_json(),
    }
    write_whole(out / REPORT, json.dumps(report, indent=1) + "\n")
    return Recomputed(out, n, missing, report)


def _tell_parameters(session: Session, writer: MomentWriter, overrides: Mapping[str, Value]) -> None:
    """Those of the new results, so that these can be proved, too."""
    nodes: dict[str, dict[str, Value]] = {}
    values = recorded_parameters(session.settings) | dict(overrides)
    owner = {name: s.node for s in session.settings for name in s.values}
    for name, value in values.items():
        nodes.setdefault(owner.get(name, "/perception"), {})[name] = value
    for setting in session.settings:  # of what is not computed again, as the voice
        kept = {k: v for k, v in setting.values.items() if k not in values}
        if not setting.stamp_ns and kept:
            nodes.setdefault(setting.node, {}).update(kept)
    for node, told in nodes.items():
        writer.parameters(node, told, session.start_ns)
    for setting in session.settings:
        kept = {k: v for k, v in setting.values.items() if k not in overrides}
        if setting.stamp_ns and kept:
            writer.parameters(setting.node, kept, session.start_ns, setting.stamp_ns)


def _keep(session: Session, bag: BagWriter, message: Message) -> None:
    """Copy what was recorded; results go below `recorded/`, parameters are told anew."""
    names = {f"{session.namespace}/{spec.name}": f"{session.namespace}{RECORDED}/{spec.name}" for spec in STAGES}
    if message.topic == f"{session.namespace}/{graph.PARAMETERS.name}":
        return
    copy(session, bag, message, names.get(message.topic, message.topic))


def shown(report: Mapping[str, Any], most: int = 12) -> Iterator[str]:
    """The networks that are others than when it was recorded, and the fields that differ most, for a person."""
    before, now = (report["networks"][when] for when in ("before", "now"))
    if before is None:
        yield "  the bag does not say with which weights it was recorded"
    else:
        other = [name for name, digest in (now or {}).items() if before.get(name, digest) != digest]
        yield f"  other weights: {', '.join(other) or 'none'}"
    fields = sorted(report["fields"].items(), key=lambda item: -item[1]["mean_absolute"])
    apart = [(name, f) for name, f in fields if f["largest"]]
    if not apart:
        yield "  no number differs"
    for name, f in apart[:most]:
        yield f"  {name:<40} mean {f['mean_absolute']:.4g}  rms {f['rms']:.4g}  largest {f['largest']:.4g}"
    if (more := len(apart) - most) > 0:
        yield f"  and {more} more"
    for words, n in report["faces"].items():
        yield f"  {words}: {n}"
    for name, n in report["only_in_one"].items():
        yield f"  {name}: {n} only in one of both"
