"""Enforces `graph.privacy`."""

from __future__ import annotations

from rclpy.node import Node

from mien.core.errors import ConfigError
from mien.core.graph_config import GraphConfig
from mien.graph import PRIVATE, Node as NodeSpec, Topic
from mien.ros.params import bind


def withheld(node: Node, spec: NodeSpec) -> frozenset[Topic]:
    """The topics that a node must neither publish nor record: those in PRIVATE under `graph.privacy`, else none.

    Raises ConfigError for a node that cannot work without them, because it exchanges images with
    another process.
    """
    return withheld_under(bind(node, "graph", GraphConfig), spec)


def withheld_under(config: GraphConfig, spec: NodeSpec) -> frozenset[Topic]:
    """The same, where the parameters of the graph are known already."""
    if not config.is_private:
        return frozenset()
    if spec.exposed:
        names = ", ".join(dict.fromkeys(t.name for t in spec.exposed))
        raise ConfigError(
            f"graph.privacy: {spec.name} needs {names}, which would pass between processes; run the profile fused,"
            " whose images stay in the process `perception`"
        )
    return frozenset(PRIVATE)
