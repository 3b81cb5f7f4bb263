"""A lifecycle node that opens a camera, or plays a file like one."""

from __future__ import annotations

import threading

from rclpy.lifecycle import LifecycleNode, LifecycleState, TransitionCallbackReturn as Transition
from rclpy.task import Future

from mien.camera import parse
from mien.camera.config import CameraConfig
from mien.camera.player import Player
from mien.camera.soundtrack import Soundtrack
from mien.core.errors import MienError, SourceError, StartError
from mien.core.graph_config import GraphConfig
from mien.core.sound import Sound
from mien.core.types import Frame
from mien.graph import AUDIO, TRUTH, Node as NodeSpec, Topic
from mien.ros import privacy
from mien.ros.diagnostics import Health
from mien.ros.node import guard_transitions, offer_enable
from mien.ros.params import bind

_LOOK_S = 0.2


class DeviceNode(LifecycleNode):
    """configure: prepare and open the source; activate: play it; deactivate: stop; cleanup: release it.

    At the end of a file the node ends too, once `drain` has delivered the last frame.
    """

    def __init__(self, spec: NodeSpec) -> None:
        super().__init__(spec.name)
        guard_transitions(self)
        self.health = Health(self)
        self.finished = Future()
        self._graph = bind(self, "graph", GraphConfig)
        self._private = privacy.withheld_under(self._graph, spec)
        self.camera = bind(self, "camera", CameraConfig)
        self.source = parse.parse(self.camera.source)
        self._player: Player | None = None
        self._sound: Soundtrack | None = None
        self._thread: threading.Thread | None = None
        self._error: Exception | None = None
        self.active = False
        offer_enable(self, self.health)
        self.create_timer(_LOOK_S, self._look)

    def autostart(self) -> None:
        """Configure and activate, unless the user does so (`camera.autostart` false). Raises StartError."""
        if not self.camera.autostart:
            return
        for trigger in (self.trigger_configure, self.trigger_activate):
            if trigger() != Transition.SUCCESS:
                raise StartError(str(self._error))

    def withheld(self) -> set[Topic]:
        """Topics that are not published: private ones, those not asked for, and ground truth unless of the actor."""
        silent = set() if self.camera.sound else {AUDIO}
        return silent | set(self._private if isinstance(self.source, parse.Actor) else self._private | set(TRUTH))

    def prepare(self) -> None:
        """Load everything that is needed before the first frame. Raises StartError."""

    def on_frame(self, frame: Frame) -> None:
        """Handle one frame; called on the source's thread."""

    def on_sound(self, sound: Sound) -> None:
        """Handle the sound up to a frame, where it is asked for; called on the source's thread."""

    def drain(self) -> None:
        """Wait until every frame so far is delivered."""

    def on_configure(self, state: LifecycleState) -> Transition:
        try:
            self.prepare()
            self._open()
        except MienError as e:
            self._error = e
            if not self.camera.autostart:  # otherwise `autostart` reports it
                self.health.fail(e)
            return Transition.FAILURE
        self.health.recover()
        return super().on_configure(state)

    def on_activate(self, state: LifecycleState) -> Transition:
        try:
            self._open()  # again, after a deactivate
        except MienError as e:
            self.health.fail(e)
            return Transition.FAILURE
        if self._player:
            self._thread = threading.Thread(target=self._play, args=(self._player,), name="source", daemon=True)
            self._thread.start()
        self.active = True
        return super().on_activate(state)

    def on_deactivate(self, state: LifecycleState) -> Transition:
        self._stop()
        return super().on_deactivate(state)

    def on_cleanup(self, state: LifecycleState) -> Transition:
        self._stop()
        return super().on_cleanup(state)

    def on_shutdown(self, state: LifecycleState) -> Transition:
        self._stop()
        return super().on_shutdown(state)

    def close(self) -> None:
        self._stop()

    def now_ns(self) -> int:
        return int(self.get_clock().now().nanoseconds)

    def _stop(self) -> None:
        self.active = False
        if self._player:
            self._player.stop()
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join()
        if self._sound:
            self._sound.close()
        self._thread = self._player = self._sound = None

    def _open(self) -> None:
        """Open the source, unless it is open or a topic. Raises SourceError."""
        if self._player is None and not isinstance(self.source, parse.Topic):
            player = Player(self.camera)
            player.open()
            if self.camera.sound and AUDIO not in self._private:
                self._sound = Soundtrack(self.source)
            self._player = player
            self.health.set("source", str(self.source))
            self.health.set("frames", player.length)

    def _play(self, player: Player) -> None:
        try:
            for frame in player:
                if self.health.enabled:
                    self.on_frame(frame)
                if self._sound and (heard := self._sound.until(frame.stamp_ns, player.epoch_ns)):
                    self.on_sound(heard)
            if player.stopped or not self.context.ok():
                return
            self.drain()
            self.finished.set_result(None)
        except SourceError as e:
            self.health.fail(e)
            self.finished.set_exception(StartError(str(e)))
        except Exception as e:  # else the node would live on without its source, and say nothing
            if self.context.ok():  # not what breaks because the end has come
                self.health.fail(e)
                self.finished.set_exception(e)

    def _look(self) -> None:
        """Report that the camera is lost, and that it is back."""
        if self._player is None:
            return
        self.health.set("reconnects", self._player.reconnects)
        if lost := self._player.lost:
            self.health.fail(lost)
