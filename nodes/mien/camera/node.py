"""The node `camera`: publishes images of a camera, a video or files."""

from __future__ import annotations

from collections.abc import Sequence

from mien.core.types import Frame
from mien.graph import CAMERA, CAMERA_INFO, IMAGE
from mien.ros.camera import ImagePublisher
from mien.ros.device_node import DeviceNode
from mien.ros.node import run
from mien.ros.qos import acknowledge, advertise


class CameraNode(DeviceNode):
    """Publish images with the time at which they were taken."""

    def __init__(self) -> None:
        super().__init__(CAMERA)
        self._images = advertise(self, IMAGE)
        self._publisher = ImagePublisher(self._images, advertise(self, CAMERA_INFO))
        self.autostart()

    def on_frame(self, frame: Frame) -> None:
        self._publisher.publish(frame)
        self.health.done(frame.stamp_ns)

    def drain(self) -> None:
        acknowledge(self._images)


def main(args: Sequence[str] | None = None) -> int:
    return run(CameraNode, args)
