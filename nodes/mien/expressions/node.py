"""The node `expressions`: see the row of the stage in `mien.core.stage`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mien.expressions.driver import BaselineDriver
from mien.ros.node import run
from mien.ros.stage_node import StageNode
from mien.ros.stream import Stream


class ExpressionsNode(StageNode):
    """Read expressions against resting faces; capture, save and load these."""

    def __init__(self) -> None:
        super().__init__("expressions")
        self._stream = Stream(self)
        self._baselines = BaselineDriver(self, self.stage, self.worker, self._stream)
        self.listen()

    def stepped(self, value: Any) -> None:
        self._stream.stepped(value.header)
        self._baselines.answer()

    def idle(self) -> None:
        if header := self._stream.silent():
            self.stage.idle(header)
            self._baselines.answer()


def main(args: Sequence[str] | None = None) -> int:
    return run(ExpressionsNode, args)
