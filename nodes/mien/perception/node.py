"""The node `perception`: all stages in one process, with one copy of the image."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mien.camera import parse
from mien.camera.device_node import DeviceNode
from mien.camera.publisher import ImagePublisher
from mien.core.baseline.learning import without_landmarks
from mien.core.sound import Sound
from mien.core.stage import STAGES
from mien.core.types import Expressions, Frame, Header
from mien.expressions.driver import BaselineDriver
from mien.graph import CAMERA_INFO, IMAGE, NORMALISED, PARAMETERS, PERCEPTION, STAGE_TOPICS, VOICE
from mien.perception.normalised import Normaliser
from mien.perception.pipeline import Pipeline
from mien.ros import convert
from mien.ros.heard import HeardService
from mien.ros.images import ImageInput
from mien.ros.node import run
from mien.ros.params import bind, told
from mien.ros.qos import acknowledge, advertise, subscribe
from mien.ros.stage_node import publish_latched, start_stage
from mien.ros.stream import Stream
from mien.ros.worker import LatestWins


class PerceptionNode(DeviceNode):
    """From a camera, a file or image_raw to faces, expressions, affects and rigs."""

    def __init__(self) -> None:
        super().__init__(PERCEPTION)
        self._configs = {s.name: bind(self, s.name, s.config, self._reconfigure(s.name)) for s in STAGES}
        self._listens = isinstance(self.source, parse.Topic)
        hidden = self.withheld() | ({IMAGE, CAMERA_INFO} if self._listens else set())
        if not self._graph.is_normalised:
            hidden = hidden | {NORMALISED}
        self._out = {t: advertise(self, t) for t in PERCEPTION.publishes if t not in hidden}
        publish_latched(self._out)
        self._heard = HeardService(self, [p for t, p in self._out.items() if t in STAGE_TOPICS.values()])
        self._last_ns = 0  # stamp of the last outputs
        self._out[PARAMETERS].publish(told(self, self._configs))
        self._images = ImagePublisher(self._out)
        self._pipeline: Pipeline | None = None
        self._normaliser: Normaliser | None = None
        self._baselines: BaselineDriver | None = None
        self._stream = Stream(self)
        subscribe(self, VOICE, self.health.believed(self._on_voice), on_mismatch=self.health.mismatch)
        self.autostart()

    def prepare(self) -> None:
        if self._pipeline:
            return  # already configured
        self._pipeline = pipeline = start_stage(lambda: Pipeline(**self._configs, now_ns=self.now_ns))
        self._normaliser = start_stage(Normaliser) if self._graph.is_normalised else None
        self.health.networks = lambda: (*pipeline.infos, *(self._normaliser.infos if self._normaliser else ()))
        self._worker: LatestWins[Callable[[], Frame]] = LatestWins(
            lambda get: self._step(pipeline, get()),
            fail=self.health.fail, dropped=self.health.drop, idle=self._idle,
        )  # fmt: skip
        self._baselines = BaselineDriver(
            self, pipeline.expressions, self._worker, self._stream, private=bool(self._private)
        )
        if self._listens:
            self._image_input = ImageInput(self, self.health, self._heard, self._on_image, self.camera.max_megapixels)

    def on_frame(self, frame: Frame) -> None:
        put = self._worker.put if self.camera.paced else self._worker.put_wait
        put(lambda: frame)

    def on_sound(self, sound: Sound) -> None:
        self._images.publish_sound(sound)

    def drain(self) -> None:
        self._worker.join()
        for publisher in self._out.values():
            acknowledge(publisher)

    def close(self) -> None:
        super().close()
        if self._pipeline:
            self._worker.stop()

    def _step(self, pipeline: Pipeline, frame: Frame) -> None:
        result = pipeline.step(frame)
        self._last_ns = frame.stamp_ns
        self.health.warning = pipeline.problem
        self._stream.stepped(Header(frame.stamp_ns, frame.frame_id))
        if self._private:
            result["expressions"] = without_landmarks(result.expressions)
        for name, value in reversed(result.items()):  # rigs first, for the lowest latency of avatars
            if (topic := STAGE_TOPICS[name]) in self._out:
                self._out[topic].publish(convert.to_msg(name, value))
        self._images.publish(frame)
        if self._normaliser:
            self._publish_normalised(self._normaliser, result.expressions)
        if self._baselines:
            self._baselines.answer()
        self.health.done(frame.stamp_ns)

    def _publish_normalised(self, normaliser: Normaliser, expressions: Expressions) -> None:
        """Draw what `expressions` tells anyway: the picture shows nothing else of a person."""
        publisher = self._out[NORMALISED]
        if publisher.get_subscription_count() and expressions.expressions:
            publisher.publish(convert.to_image(normaliser(expressions), convert.to_header(expressions.header)))

    def _idle(self) -> None:
        header = self._stream.silent()  # also while paused, so that avatars ease to neutral
        if header is None or self._pipeline is None:
            return
        for name, stage in self._pipeline.stages.items():
            if (value := stage.idle(header)) is not None and (topic := STAGE_TOPICS[name]) in self._out:
                self._last_ns = header.stamp_ns
                self._out[topic].publish(convert.to_msg(name, value))
        if self._baselines:
            self._baselines.answer()

    def _on_image(self, get: Callable[[], Frame]) -> None:
        if self.active and self.health.enabled:
            self._worker.put(get)

    def _on_voice(self, msg: Any) -> None:
        try:
            voice, pipeline = convert.voice_from_msg(msg), self._pipeline
            if pipeline and self.active and self.health.enabled:  # a paused node eases to neutral, whoever speaks
                self._worker.call(lambda: pipeline.hear(voice))
        finally:
            self._heard.note(VOICE, msg)

    def _reconfigure(self, component: str) -> Callable[[Any], None]:
        def change(config: Any) -> None:
            self._configs[component] = config

            def adopt() -> None:
                if self._pipeline:
                    self._pipeline.stages[component].reconfigure(config)
                self._out[PARAMETERS].publish(told(self, {component: config}, self._last_ns))

            if self._pipeline:
                self._worker.call(adopt)
            else:
                adopt()

        return change


def main(args: Sequence[str] | None = None) -> int:
    return run(PerceptionNode, args)
