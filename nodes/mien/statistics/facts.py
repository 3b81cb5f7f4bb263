"""What a lab must report of a recording when it publishes: PUBLISHING.md says why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mien.bags import about
from mien.bags.read import Session
from mien.report.collect import collect
from mien.report.summary import summarise
from mien.statistics.describe import CAUTION, Choices, Json, described_choices, identity, missing
from mien.statistics.events import observed_s
from mien.statistics.recording import gather
from mien_models import Registry

_UNKNOWN = "not recorded"


def facts(path: Path, namespace: str | None = None, advance: Callable[[], None] = lambda: None) -> Json:
    """Versions, weights, parameters, missing images and resting faces of a bag. Raises BagError, StatisticsError."""
    session = Session(path, namespace)
    summary = summarise(session, collect(session, advance))
    recording = gather(session.moments(images=False), session.names.action_units, str(path), advance=advance)
    recorded = bool(session.about)
    cut = session.cut is not None
    return {
        "caution": CAUTION,
        "recording": {
            "bag": session.name,
            "source": summary["source"] or _UNKNOWN,
            "duration_s": summary["duration_s"],
            "images_processed": summary["frames"],
            "images_per_s": summary["fps"],
            "images_dropped": summary["dropped"],
            "dropped_by_node": summary["dropped_by_node"],
            "images_broken": summary["recorded"]["images_broken"],
            "messages_refused": summary["recorded"]["refused"],
            "messages_late": summary["recorded"]["late"],
            "file_without_its_end": cut,
        },
        "made_by": {
            "versions": session.about.get("versions") or _UNKNOWN,
            "machine": session.about.get("machine") or _UNKNOWN,
            "networks": summary["networks"] or _UNKNOWN,
            "weights": _weights(session.about.get("networks") or {}, summary["networks"]) if recorded else _UNKNOWN,
            "parameters": _parameters(session) or _UNKNOWN,
        },
        "thresholds_of_statistics": described_choices(Choices()),
        "people": [
            {
                "id": person.track_id,
                "identity": identity(recording, person),
                **missing(recording, person, observed_s(recording.times_s, person.seen_or_nan())),
            }
            for person in recording.people
        ],
        "reporting_with": about.versions(),
    }


def _weights(recorded: Mapping[str, str], used: Mapping[str, Any]) -> Json:
    """sha256 by file where the installed weights are the recorded ones; else what the bag has of them."""
    installed = Registry.load().weights()
    out: Json = {}
    for name in used or recorded:
        digests = recorded.get(name, "")
        own = installed.get(name, {})
        same = bool(digests) and digests == ",".join(digest[:16] for digest in own.values())
        out[name] = dict(own) if same else {"sha256 begins with": digests or _UNKNOWN}
    return out


def _parameters(session: Session) -> Json:
    """The last value of every parameter that a node told, by node."""
    out: dict[str, Json] = {}
    for setting in session.settings:
        out.setdefault(setting.node.strip("/"), {}).update(setting.values)
    return {node: dict(sorted(values.items())) for node, values in sorted(out.items())}


def lines(found: Mapping[str, Any], indent: int = 0) -> list[str]:
    """The facts as lines for people, by the names that they have in the JSON."""
    out: list[str] = []
    for key, value in found.items():
        name = "  " * indent + str(key)
        if isinstance(value, Mapping) and value:
            out += [f"{name}:", *lines(value, indent + 1)]
        elif isinstance(value, Sequence) and not isinstance(value, str) and any(isinstance(v, Mapping) for v in value):
            for one in value:
                out += [f"{name}:", *lines(one, indent + 1)]
        else:
            out.append(f"{name}: {_word(value)}")
    return out


def _word(value: Any) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_word, value)) or "none"
    return "none" if value == {} else str(value)
