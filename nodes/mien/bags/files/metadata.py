"""metadata.yaml of a bag, as rosbag2 writes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from mien.graph import Qos

NAME = "metadata.yaml"


@dataclass(frozen=True, slots=True)
class Connection:
    """A topic of the bag. `digest` is the hash of its type, RIHS01; qos: as offered, or as another bag says it."""

    number: int
    topic: str
    type: str
    qos: Qos
    digest: str


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a bag: messages by topic, log time of the first and the last."""

    name: str
    counts: Mapping[str, int]
    span_ns: tuple[int, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def facts(parts: Iterable[Part], topics: Iterable[Connection], about: Mapping[str, str]) -> dict[str, Any]:
    """`rosbag2_bagfile_information`, version 9."""
    parts = list(parts)
    full = [p for p in parts if p.total]
    whole = (min(p.span_ns[0] for p in full), max(p.span_ns[1] for p in full)) if full else (0, 0)
    return {
        "version": 9,
        "storage_identifier": "mcap",
        "relative_file_paths": [p.name for p in parts],
        **_times(whole),
        "message_count": sum(p.total for p in parts),
        "topics_with_message_count": [
            {
                "topic_metadata": {
                    "name": t.topic,
                    "type": t.type,
                    "serialization_format": "cdr",
                    "offered_qos_profiles": [qos_profile(t.qos)],
                    "type_description_hash": t.digest,
                },
                "message_count": sum(p.counts.get(t.topic, 0) for p in parts),
            }
            for t in topics
        ],
        "compression_format": "",
        "compression_mode": "",
        "files": [{"path": p.name, **_times(p.span_ns), "message_count": p.total} for p in parts],
        "custom_data": dict(about) or None,
        "ros_distro": "jazzy",
    }


def write(folder: Path, information: Any) -> None:
    """Write metadata.yaml, whole or not at all. Raises OSError."""
    part = folder / f"{NAME}.part"
    part.write_text(as_yaml({"rosbag2_bagfile_information": information}), "utf8")
    part.replace(folder / NAME)


def files(folder: Path) -> list[str] | None:
    """The names of the files of a bag; None where there is no metadata.yaml that says them."""
    try:
        told = yaml.safe_load((folder / NAME).read_text("utf8"))
        return [Path(str(name)).name for name in told["rosbag2_bagfile_information"]["relative_file_paths"]]
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError):
        return None


def as_yaml(value: Any) -> str:
    """Without `&id001` for what is there twice, which other readers may not know."""
    return str(yaml.safe_dump(json.loads(json.dumps(value)), sort_keys=False))


def _times(span_ns: tuple[int, int]) -> dict[str, Any]:
    return {
        "starting_time": {"nanoseconds_since_epoch": span_ns[0]},
        "duration": {"nanoseconds": span_ns[1] - span_ns[0]},
    }


def qos_profile(qos: Qos) -> dict[str, Any]:
    never = {"sec": 0, "nsec": 0}
    return {
        "history": "keep_last",
        "depth": qos.depth,
        "reliability": "reliable" if qos.reliable else "best_effort",
        "durability": "transient_local" if qos.latched else "volatile",
        "deadline": never,
        "lifespan": never,
        "liveliness": "automatic",
        "liveliness_lease_duration": never,
        "avoid_ros_namespace_conventions": False,
    }
