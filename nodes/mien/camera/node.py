"""The node `camera`: publishes images of a camera, a video or files."""

from __future__ import annotations

from collections.abc import Sequence

from mien.camera.device_node import DeviceNode
from mien.camera.publisher import ImagePublisher
from mien.core.sound import Sound
from mien.core.types import Frame
from mien.graph import CAMERA
from mien.ros.node import run
from mien.ros.qos import acknowledge, advertise


class CameraNode(DeviceNode):
    """Publishes images with their acquisition times."""

    def __init__(self) -> None:
        super().__init__(CAMERA)
        self._out = {topic: advertise(self, topic) for topic in CAMERA.publishes if topic not in self.withheld()}
        self._publisher = ImagePublisher(self._out)
        self.autostart()

    def on_frame(self, frame: Frame) -> None:
        self._publisher.publish(frame)
        self.health.done(frame.stamp_ns)

    def on_sound(self, sound: Sound) -> None:
        self._publisher.publish_sound(sound)

    def drain(self) -> None:
        for publisher in self._out.values():
            acknowledge(publisher)


def main(args: Sequence[str] | None = None) -> int:
    return run(CameraNode, args)
