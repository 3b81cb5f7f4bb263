"""What both nodes that own a rigs stage add to it: easing while no image comes, and the neutral."""

from __future__ import annotations

from typing import Any, Protocol

from rclpy.callback_groups import ReentrantCallbackGroup
from rclpy.node import Node
from rclpy.task import Future

from mien.core.types import Header, Rigs
from mien.graph import CAPTURE_NEUTRAL
from mien.ros.qos import interface
from mien.ros.worker import LatestWins

# No image for this long: the rigs move on by themselves.
_SILENCE_NS = 150_000_000


class Capture(Protocol):
    """A neutral that is being learned."""

    @property
    def done(self) -> bool: ...
    @property
    def success(self) -> bool: ...
    @property
    def message(self) -> str: ...
    @property
    def frames(self) -> int: ...


class RigsStage(Protocol):
    def idle(self, header: Header) -> Rigs | None: ...
    def capture_neutral(self, track_id: int, duration_s: float) -> Capture: ...


class RigsDriver:
    """Lives on the worker's thread; the service answers on the node's."""

    def __init__(self, node: Node, stage: RigsStage, worker: LatestWins[Any]) -> None:
        self._node = node
        self._stage = stage
        self._worker = worker
        self._last = Header(0)
        self._handled_ns = 0
        self._captures: list[tuple[Capture, Future]] = []
        # A group of its own: while it waits, the node's other callbacks go on.
        node.create_service(
            interface(CAPTURE_NEUTRAL.type),
            CAPTURE_NEUTRAL.name,
            self._capture_neutral,
            callback_group=ReentrantCallbackGroup(),
        )

    def stepped(self, header: Header) -> None:
        """An image was handled."""
        self._last, self._handled_ns = header, self._now_ns()
        self._answer()

    def idle(self) -> Rigs | None:
        """The next rigs when no image has come for a while; None = nothing to say."""
        silence_ns = self._now_ns() - self._handled_ns
        if not self._handled_ns or silence_ns < _SILENCE_NS:
            return None
        # The stream's own time goes on, whatever clock its stamps are of.
        rigs = self._stage.idle(Header(self._last.stamp_ns + silence_ns, self._last.frame_id))
        self._answer()
        return rigs

    def _answer(self) -> None:
        for capture, future in [c for c in self._captures if c[0].done]:
            self._captures.remove((capture, future))
            future.set_result(capture)
            if self._node.executor:
                self._node.executor.wake()

    async def _capture_neutral(self, request: Any, response: Any) -> Any:
        future = Future()

        def start() -> None:
            capture = self._stage.capture_neutral(int(request.track_id), float(request.duration_s) or 1.0)
            self._captures.append((capture, future))
            self._answer()

        if not self._handled_ns:
            response.success, response.message = False, "no image has come yet: see ~/diagnostics or mien doctor"
            return response
        self._worker.call(start)
        capture: Capture = await future
        response.success, response.message, response.frames = capture.success, capture.message, capture.frames
        return response

    def _now_ns(self) -> int:
        return int(self._node.get_clock().now().nanoseconds)
