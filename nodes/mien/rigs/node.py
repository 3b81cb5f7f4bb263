"""The node `rigs`: Faces and Expressions to Rigs, also while no image comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mien.ros.node import run
from mien.ros.stage_node import StageNode
from mien.ros.stream import Stream


class RigsNode(StageNode):
    """Smooth and ease; publish what avatars play."""

    def __init__(self) -> None:
        super().__init__("rigs")
        self._stream = Stream(self)
        self.listen()

    def stepped(self, value: Any) -> None:
        self._stream.stepped(value.header)

    def idle(self) -> Any:
        header = self._stream.silent()
        return self.stage.idle(header) if header else None


def main(args: Sequence[str] | None = None) -> int:
    return run(RigsNode, args)
