"""Publishes images while there are subscribers, and the ground truth of synthetic ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rclpy.publisher import Publisher

from mien.core.sound import Sound
from mien.core.types import Frame, Header
from mien.graph import AUDIO, CAMERA_INFO, IMAGE, TRUTH_AFFECTS, TRUTH_EXPRESSIONS, TRUTH_FACES, Topic
from mien.ros import convert

_TRUTH = (
    (TRUTH_FACES, "faces", convert.faces_to_msg),
    (TRUTH_EXPRESSIONS, "expressions", convert.expressions_to_msg),
    (TRUTH_AFFECTS, "affects", convert.affects_to_msg),
)


class ImagePublisher:
    """Publishes frames on the topics in `offered`."""

    def __init__(self, offered: Mapping[Topic, Publisher]) -> None:
        self._offered = offered

    def publish(self, frame: Frame) -> None:
        header = convert.to_header(Header(frame.stamp_ns, frame.frame_id))
        if frame.intrinsics and CAMERA_INFO in self._offered:
            height, width = frame.image.shape[:2]
            info = convert.to_camera_info(frame.intrinsics, width, height, header)
            self._offered[CAMERA_INFO].publish(info)
        if frame.truth:
            for topic, part, to_msg in _TRUTH:
                if topic in self._offered:
                    known = replace(getattr(frame.truth, part), header=Header(frame.stamp_ns, frame.frame_id))
                    self._offered[topic].publish(to_msg(known))
        if IMAGE in self._offered and self._offered[IMAGE].get_subscription_count():
            self._offered[IMAGE].publish(convert.to_image(frame.image, header))

    def publish_sound(self, sound: Sound) -> None:
        if AUDIO in self._offered:
            self._offered[AUDIO].publish(convert.sound_to_msg(sound))
