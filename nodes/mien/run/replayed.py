"""The plan of a graph whose source is a bag: with the parameters that were recorded, and the time of the bag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from mien.bags.exact.rerun import recorded_parameters
from mien.bags.opened import Bag
from mien.bags.read import Session
from mien.bags.replay.steps import Images, opened
from mien.core.config import Value
from mien.core.errors import UsageError
from mien.core.names import is_namespace
from mien.graph import CAMERA, IMAGE, PROFILES, RECORDER, REPLAYER
from mien.run.parameters import SPECS, from_set
from mien.run.plan import Plan


def make(
    path: Path,
    profile: str,
    values: Mapping[str, Value],
    *,
    bag: Path | None = None,
    images: str = "none",
    namespace: str = "",
    settings: Sequence[str] = (),
) -> Plan:
    """values: parameters of the replayer. bag: of the new recording. Raises BagError, ConfigError and UsageError."""
    if not is_namespace(namespace):
        raise UsageError(f"--namespace {namespace}: not a ROS name; for example lab or lab/left")
    played = opened(Bag(path))
    Images(played, str(values.get("replay.image_topic", "")))  # that there are some is to be known before a start
    for name, value in values.items():
        SPECS[name].check(value)
    nodes = tuple(n for n in PROFILES[profile] if n is not CAMERA)
    overrides: dict[str, Value] = recorded_parameters(played.settings) if isinstance(played, Session) else {}
    overrides |= dict(values) | {"replay.what": "images", "replay.listeners": 2 if bag and images != "none" else 1}
    overrides |= from_set(settings, (*nodes, RECORDER, REPLAYER) if bag else (*nodes, REPLAYER))
    return Plan(
        nodes=nodes, source="topic", topic=IMAGE.name, replayed=path, bag=bag, images=images, namespace=namespace,
        overrides=overrides,
    )  # fmt: skip
