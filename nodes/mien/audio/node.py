"""The node `audio`: sound of a topic, a microphone or a file to Voice."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rclpy.node import Node
from rclpy.qos import qos_profile_sensor_data
from rclpy.task import Future

from mien.audio import common
from mien.audio.config import AudioConfig
from mien.audio.sources import COMMON, MICROPHONE, TOPIC, Microphone, played
from mien.audio.stage import Stage
from mien.core.errors import ConfigError, SourceError, SourceLost, StartError
from mien.core.sound import Sound
from mien.core.types import StageTime
from mien.graph import AUDIO, AUDIO_NODE, LABELS, PARAMETERS, VOICE, Qos
from mien.ros import privacy
from mien.ros.convert import labels_msg, sound_from_msg, sound_to_msg, voice_to_msg
from mien.ros.diagnostics import Health
from mien.ros.node import offer_enable, run
from mien.ros.params import bind, told
from mien.ros.qos import acknowledge, advertise, profile, subscribe
from mien.ros.stage_node import start_stage


class AudioNode(Node):
    """Every piece of sound is heard, in order: none is dropped for a newer one."""

    def __init__(self) -> None:
        super().__init__(AUDIO_NODE.name)
        withheld = privacy.withheld(self, AUDIO_NODE)
        self.health = Health(self)
        self.finished = Future()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._config = bind(self, "audio", AudioConfig, self._reconfigure)
        self._stage: Stage = start_stage(lambda: Stage(self._config))
        self._out = advertise(self, VOICE)
        self._told_ns = 0  # stamp of the last voice
        self._settings = advertise(self, PARAMETERS)
        self._settings.publish(told(self, {AUDIO_NODE.name: self._config}))
        self._labels = advertise(self, LABELS)
        self._labels.publish(labels_msg())
        offer_enable(self, self.health)
        self.health.set("source", self._config.source)
        self._sound = None
        if self._config.source == TOPIC:
            if AUDIO in withheld:
                raise ConfigError(
                    "audio.source: topic needs audio, which graph.privacy keeps within a process; "
                    "name the microphone or the file"
                )
            heard = subscribe(
                self, AUDIO, self.health.believed(lambda msg: self._hear(sound_from_msg(msg))),
                on_mismatch=self.health.mismatch,
            )  # fmt: skip
            self.health.watch(AUDIO.name, heard)
            return
        if self._config.source == COMMON:
            self._listen_to_others()
            return
        self._sound = None if AUDIO in withheld else advertise(self, AUDIO)
        listen = self._microphone if self._config.source.partition(":")[0] == MICROPHONE else self._file
        self._thread = threading.Thread(target=self._listen, args=(listen,), name="source", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stopped.set()
        if self._thread:
            self._thread.join()

    def _reconfigure(self, config: AudioConfig) -> None:
        self._config = config
        self._stage.reconfigure(config)
        self._settings.publish(told(self, {AUDIO_NODE.name: config}, self._told_ns))

    def _listen_to_others(self) -> None:
        """Subscribe what the installed audio_common_msgs has. Raises ConfigError."""
        kind, topic = common.kind_of()
        others = common.Common(self._config.rate_hz, self._config.frame_id)

        def hear(msg: Any) -> None:
            self._hear(others.sound(msg, self._now_ns()))
            unknown = "" if others.told else f", no {common.INFO[1]}: taken for {others.format}"
            self.health.set("format", f"{others.rate_hz} Hz{unknown}")

        heard = self.create_subscription(kind, topic, self.health.believed(hear), qos_profile_sensor_data)
        self.health.watch(topic, heard)
        if info := common.info_kind():
            latched = profile(Qos(depth=1, latched=True))
            self.create_subscription(info, common.INFO[1], self.health.believed(others.learn), latched)

    def _listen(self, listen: Any) -> None:
        try:
            listen()
            if self.context.ok() and not self._stopped.is_set():
                acknowledge(self._out)
                self.finished.set_result(None)
        except SourceError as e:
            self.health.fail(e)
            self.finished.set_exception(StartError(str(e)))
        except Exception as e:  # else the node would live on without its source, and say nothing
            if self.context.ok():
                self.health.fail(e)
                self.finished.set_exception(e)

    def _file(self) -> None:
        for sound in played(self._config, self._stopped, self._now_ns):
            self._hear(sound)

    def _microphone(self) -> None:
        """Hear it; wait for one that is missing or lost."""
        while not self._stopped.is_set():
            try:
                microphone = Microphone(self._config, self._now_ns)
            except SourceLost as e:
                self.health.fail(e)
            else:
                self.health.recover()
                self.health.set("microphone", f"{microphone.name}, {microphone.rate_hz} Hz")
                try:
                    for sound in microphone.pieces(self._stopped):
                        self._hear(sound)
                        self.health.set("drift_ppm", f"{microphone.clock.drift_ppm:.0f}")
                        self.health.set("overflows", microphone.overflows)
                except SourceLost as e:
                    self.health.fail(e)
                finally:
                    microphone.close()
            self._stopped.wait(self._config.reconnect_s)

    def _hear(self, sound: Sound) -> None:
        if not self.health.enabled or not self.context.ok():
            return
        if self._sound:  # what is heard is what is told: samples of 16 bits
            msg = sound_to_msg(sound)
            sound = sound_from_msg(msg)
            if self._sound.get_subscription_count():
                self._sound.publish(msg)
        for voice in self._stage.step(sound):
            self._told_ns = voice.header.stamp_ns
            self._out.publish(voice_to_msg(replace(voice, stages=(StageTime(AUDIO_NODE.name, self._now_ns()),))))
        self.health.warning = self._stage.problem
        self.health.set("gaps", self._stage.gaps)
        rate = self._stage.syllables_hz
        self.health.set("syllables_hz", f"{rate:.1f}" if math.isfinite(rate) else "")
        self.health.set("overlap", f"{self._stage.overlap:.2f}")
        self.health.done(sound.end_ns)

    def _now_ns(self) -> int:
        return int(self.get_clock().now().nanoseconds)


def main(args: Sequence[str] | None = None) -> int:
    return run(AudioNode, args)
