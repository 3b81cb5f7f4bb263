"""Publishing images only where somebody looks."""

from __future__ import annotations

from rclpy.publisher import Publisher

from mien.core.types import Frame, Header
from mien.ros.convert import to_camera_info, to_header, to_image


class ImagePublisher:
    """image_raw and, where the camera is calibrated, camera_info. Either may be None: not offered."""

    def __init__(self, images: Publisher | None, infos: Publisher | None) -> None:
        self._images = images
        self._infos = infos

    def publish(self, frame: Frame) -> None:
        header = to_header(Header(frame.stamp_ns, frame.frame_id))
        if frame.intrinsics and self._infos:
            height, width = frame.image.shape[:2]
            self._infos.publish(to_camera_info(frame.intrinsics, width, height, header))
        if self._images and self._images.get_subscription_count():
            self._images.publish(to_image(frame.image, header))
