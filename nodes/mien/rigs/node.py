"""The node `rigs`: Faces and Expressions to Rigs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mien.core.schemas import ARKIT52
from mien.graph import EXPRESSIONS, FACES, RIG_DESCRIPTION, RIGS, RIGS_NODE
from mien.rigs.config import RigsConfig
from mien.rigs.driver import RigsDriver
from mien.rigs.stage import Stage
from mien.ros.convert import expressions_from_msg, faces_from_msg, rig_description_to_msg, rigs_to_msg
from mien.ros.node import run
from mien.ros.params import bind
from mien.ros.qos import advertise
from mien.ros.stage_node import StageNode


class RigsNode(StageNode):
    """Smooth, calibrate and ease; publish what avatars play."""

    def __init__(self) -> None:
        super().__init__(RIGS_NODE, (FACES, EXPRESSIONS), RIGS)
        self._stage = Stage(bind(self, "rigs", RigsConfig, self._reconfigure))
        self._driver: RigsDriver | None = None  # the worker is at work before it is there
        self._description = advertise(self, RIG_DESCRIPTION)
        self._description.publish(rig_description_to_msg(ARKIT52))
        self.start()
        self._driver = RigsDriver(self, self._stage, self.worker)

    def step(self, messages: list[Any]) -> Any:
        expressions = expressions_from_msg(messages[1])
        rigs = self._stage.step(faces_from_msg(messages[0]), expressions)
        if self._driver:
            self._driver.stepped(rigs.header)
        return rigs_to_msg(replace(rigs, stages=self.finish("rigs", expressions.stages)))

    def idle(self) -> Any:
        rigs = self._driver.idle() if self._driver else None
        return rigs and rigs_to_msg(rigs)

    def _reconfigure(self, config: RigsConfig) -> None:
        self.worker.call(lambda: self._stage.reconfigure(config))


def main(args: Sequence[str] | None = None) -> int:
    return run(RigsNode, args)
