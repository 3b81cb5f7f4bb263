"""What both nodes that own an expressions stage add to it: the services of resting faces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from rclpy.callback_groups import ReentrantCallbackGroup
from rclpy.node import Node
from rclpy.task import Future

from mien.core.baseline.capture import Capture
from mien.core.errors import BaselineError
from mien.expressions.stage import Stage
from mien.graph import CAPTURE_NEUTRAL, LOAD_BASELINE, SAVE_BASELINE, Service
from mien.ros.qos import interface
from mien.ros.stream import Stream
from mien.ros.worker import LatestWins

_SILENT = "no image has come yet: see ~/diagnostics or mien doctor"


def _refuse(path: Path, track_id: int) -> str:
    raise BaselineError(f"{path}: not written, as graph.privacy keeps landmarks in the process: start without it")


class BaselineDriver:
    """Lives on the worker's thread; the services answer on the node's."""

    def __init__(
        self, node: Node, stage: Stage, worker: LatestWins[Any], stream: Stream, *, private: bool = False
    ) -> None:
        """private: resting faces, which hold landmarks, are not written to files."""
        self._private = private
        self._node = node
        self._stage = stage
        self._worker = worker
        self._stream = stream
        self._captures: list[tuple[Capture, Future]] = []
        # A group of its own: while one waits, the node's other callbacks go on.
        group = ReentrantCallbackGroup()

        def offer(service: Service, answer: Callable[[Any, Any], Any]) -> None:
            node.create_service(interface(service.type), service.name, answer, callback_group=group)

        offer(CAPTURE_NEUTRAL, self._capture)
        offer(SAVE_BASELINE, self._through(_refuse if private else stage.save_baseline))
        offer(LOAD_BASELINE, self._through(stage.load_baseline))

    def answer(self) -> None:
        """Tell those who wait for captures that have ended; called whenever the stage has moved on."""
        for capture, future in [c for c in self._captures if c[0].done]:
            self._captures.remove((capture, future))
            message = capture.message
            try:
                kept = "" if self._private else self._stage.keep(capture)
                message = "; ".join(filter(None, (message, kept)))
            except BaselineError as e:
                message += f"; but it is not saved: {e}"
            self._resolve(future, (capture.success, message, capture.frames))

    def _resolve(self, future: Future, result: Any) -> None:
        future.set_result(result)
        if self._node.executor:
            self._node.executor.wake()

    async def _capture(self, request: Any, response: Any) -> Any:
        if not self._stream.begun:
            response.success, response.message = False, _SILENT
            return response
        future = Future()

        def start() -> None:
            capture = self._stage.capture_neutral(int(request.track_id), float(request.duration_s) or 1.0)
            self._captures.append((capture, future))
            self.answer()

        self._worker.call(start)
        response.success, response.message, response.frames = await future
        return response

    def _through(self, work: Callable[[Path, int], str]) -> Callable[[Any, Any], Any]:
        """A service that saves or loads between two images."""

        async def answer(request: Any, response: Any) -> Any:
            future = Future()

            def run() -> None:
                try:
                    result = True, work(Path(request.path).expanduser(), int(request.track_id))
                except (BaselineError, OSError, RuntimeError, ValueError) as e:  # also a path that cannot be one
                    result = False, f"{request.path}: {e}" if not isinstance(e, BaselineError) else str(e)
                self._resolve(future, result)

            self._worker.call(run)
            response.success, response.message = await future
            return response

        return answer
