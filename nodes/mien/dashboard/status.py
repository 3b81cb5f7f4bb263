"""What the nodes of a graph said of themselves, and which of them have fallen silent. Pure: times are given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
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

    def tick(self, now_s: float, present: Callable[[], Collection[str]] | None = None) -> bool:
        """Find who is silent; whether that changed.

        present: the names in the ROS graph. Who ended in order has left it, and is forgotten; who was killed has not.
        """
        changed = False
        for name, node in list(self.nodes.items()):
            silent = now_s - node.heard_s > SILENT_S
            if silent and not node.silent and present is not None and name not in present():
                del self.nodes[name]
                changed = True
                continue
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
