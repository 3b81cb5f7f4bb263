"""What a bag holds, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from mien.bags.images import TYPES
from mien.bags.opened import Bag
from mien.bags.read import Session
from mien.core.files import write_whole
from mien.graph import RECORDER


def facts(bag: Bag) -> dict[str, Any]:
    """All that is known of a bag, as JSON holds it. Drops are those that the recorder told."""
    path = bag.path
    files = sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]
    told: dict[str, Any] = {
        "path": str(path),
        "files": {p.name: p.stat().st_size for p in files},
        "begin": datetime.fromtimestamp(bag.start_ns * 1e-9, timezone.utc).isoformat(),
        "duration_s": round(bag.duration_s, 3),
        "topics": {t: {"type": bag.types[t], "messages": n} for t, n in sorted(bag.topics.items())},
        "images": [t for t, kind in bag.types.items() if kind in TYPES and bag.topics[t]],
        "cut": [str(c) for c in bag.cuts],
        "recorded_with": bag.about,
        "dropped": dropped(bag),
        "not_processed": not_processed(bag),
    }
    if isinstance(bag, Session):
        told["namespace"] = bag.namespace
        told["source"] = bag.source
        told["parameters"] = [{"node": s.node, "after_ns": s.stamp_ns, "values": s.values} for s in bag.settings]
        told["can_be_verified"] = bool(bag.has_raw_images and bag.settings)
    return told


def dropped(bag: Bag) -> dict[str, int]:
    """Messages that the recorder dropped, by topic: told at its end, or in its last diagnostics."""
    if "dropped" in bag.about:
        return {str(k): int(v) for k, v in bag.about["dropped"].items()}
    found: dict[str, int] = {}
    for status in bag.diagnostics.values() if isinstance(bag, Session) else ():
        if status.name.rpartition("/")[2] == "recorder":
            named = ((k.removeprefix("dropped "), v) for k, v in status.values.items() if k.startswith("dropped "))
            found |= {topic: int(n) for topic, n in named if n.isdecimal()}
    return found


def not_processed(bag: Bag) -> dict[str, int]:
    """Images that a node dropped because it fell behind, by node, as it told last."""
    if not isinstance(bag, Session):
        return {}
    told = {name: status.values.get("dropped", "") for name, status in sorted(bag.diagnostics.items())}
    return {
        name: int(count)
        for name, count in told.items()
        if count.isdecimal() and int(count) and name.rpartition("/")[2] != RECORDER.name
    }


def lines(told: dict[str, Any]) -> Iterator[str]:
    """The facts to be read by people."""
    size = sum(told["files"].values())
    yield f"{told['path']}: {told['duration_s']:.1f} s from {told['begin'][:19]} UTC, {size / 1e6:.1f} MB"
    yield f"files: {', '.join(told['files'])}"
    width = max((len(t) for t in told["topics"]), default=0)
    for topic, about in told["topics"].items():
        yield f"  {topic:<{width}}  {about['messages']:>8}  {about['type']}"
    for cut in told["cut"]:
        yield f"cut: {cut}"
    for topic, n in told["dropped"].items():
        yield f"dropped while it was recorded: {n} of {topic}"
    for node, n in told["not_processed"].items():
        yield f"not processed: {n} images, as {node} fell behind; they are not in the bag"
    if source := told.get("source"):
        yield f"source: {source}"
    yield from _origin(told["recorded_with"])
    if "can_be_verified" not in told:
        return
    if told["can_be_verified"]:
        yield "raw images and parameters are there: `mien bag verify` can prove it"
    elif told["images"]:
        why = "they are compressed" if told["parameters"] else "it does not say its parameters"
        yield f"its results cannot be computed again from its images: {why}"
    else:
        yield "it has no images: its results cannot be computed again"


def _origin(about: dict[str, Any]) -> Iterator[str]:
    """Where a bag comes from that is no recording, and with what its results were made."""
    done = "recorded"
    if imported := about.get("imported"):
        done = "imported"
        yield f"imported from {imported['file']}: {imported['format']}"
    if path := about.get("recomputed_from"):
        done = "computed again"
        yield f"computed again from {path}, whose results stand below recorded/"
    if path := about.get("fused_from"):
        yield f"a copy of {path} with the topic fusion"
    if about.get("anonymised"):
        yield "anonymised: images, crops, landmarks and names were taken out"
    if versions := about.get("versions"):
        yield f"{done} with " + ", ".join(f"{k} {v}" for k, v in versions.items() if v)


def parameter_file(session: Session, out: Path) -> None:
    """Write the recorded parameters as a ROS parameter file. Raises WriteError."""
    import yaml

    from mien.bags.exact.rerun import recorded_parameters

    nested: dict[str, dict[str, Any]] = {}
    for name, value in recorded_parameters(session.settings).items():
        component, _, key = name.partition(".")
        nested.setdefault(component, {})[key] = value
    write_whole(out, yaml.safe_dump({"/**": {"ros__parameters": nested}}, sort_keys=False))
