"""The node `rigs`: Faces and Expressions to Rigs, also while no image comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mien.rigs.driver import RigsDriver
from mien.ros.node import run
from mien.ros.stage_node import StageNode


class RigsNode(StageNode):
    """Smooth, calibrate and ease; publish what avatars play."""

    def __init__(self) -> None:
        super().__init__("rigs")
        self._driver = RigsDriver(self, self.stage, self.worker)
        self.listen()

    def stepped(self, value: Any) -> None:
        self._driver.stepped(value.header)

    def idle(self) -> Any:
        return self._driver.idle()


def main(args: Sequence[str] | None = None) -> int:
    return run(RigsNode, args)
