"""What the nodes of a graph said of themselves, and which of them have fallen silent. Pure: times are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mien.dashboard import wire

# Nodes speak once a second: one that has missed a word by this much is gone, or hangs.
SILENT_S = 1.6
_FORGET_S = 60.0


@dataclass(slots=True)
class NodeStatus:
    level: str
    message: str
    values: Mapping[str, str]
    heard_s: float
    silent: bool = False


@dataclass(slots=True)
class Status:
    """The nodes by name."""

    nodes: dict[str, NodeStatus] = field(default_factory=dict)

    def hear(self, name: str, level: str, message: str, values: Mapping[str, str], now_s: float) -> None:
        self.nodes[name] = NodeStatus(level, message, values, now_s)

    def tick(self, now_s: float) -> bool:
        """Find who is silent; whether that changed."""
        changed = False
        for name, node in list(self.nodes.items()):
            silent = now_s - node.heard_s > SILENT_S
            changed |= silent != node.silent
            node.silent = silent
            if now_s - node.heard_s > _FORGET_S:
                del self.nodes[name]
                changed = True
        return changed

    def record(self) -> bytes:
        return wire.record(
            "nodes",
            nodes=[
                {"name": name, "level": n.level, "message": n.message, "silent": n.silent, "values": dict(n.values)}
                for name, n in sorted(self.nodes.items())
            ],
        )
