"""The node `expressions`: see the row of the stage in `mien.core.stage`."""

from __future__ import annotations

from collections.abc import Sequence

from mien.ros.node import run
from mien.ros.stage_node import StageNode


def main(args: Sequence[str] | None = None) -> int:
    return run(lambda: StageNode("expressions"), args)
