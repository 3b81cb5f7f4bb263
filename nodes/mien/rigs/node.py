"""The node `rigs`: Faces and Expressions to Rigs, also while no image comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mien.graph import VOICE
from mien.ros.convert import voice_from_msg
from mien.ros.node import run
from mien.ros.qos import subscribe
from mien.ros.stage_node import StageNode
from mien.ros.stream import Stream


class RigsNode(StageNode):
    """Smooth and ease; publish what avatars play."""

    def __init__(self) -> None:
        super().__init__("rigs")
        self._stream = Stream(self)
        subscribe(self, VOICE, self.health.believed(self._on_voice), on_mismatch=self.health.mismatch)
        self.listen()

    def _on_voice(self, msg: Any) -> None:
        try:
            voice = voice_from_msg(msg)
            if self.health.enabled:  # a paused node eases to neutral, whoever speaks
                self.worker.call(lambda: self.stage.hear(voice))
        finally:
            self.heard.note(VOICE, msg)

    def stepped(self, value: Any) -> None:
        self._stream.stepped(value.header)

    def idle(self) -> Any:
        header = self._stream.silent()
        return self.stage.idle(header) if header else None


def main(args: Sequence[str] | None = None) -> int:
    return run(RigsNode, args)
