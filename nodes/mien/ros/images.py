"""Subscribes to images of any camera driver: adapts to its quality of service, image encoding and stamps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from rclpy.callback_groups import CallbackGroup
from rclpy.clock import Clock, ClockType
from rclpy.node import Node
from rclpy.qos import ReliabilityPolicy

from mien.core.temporal.stamps import StampGate
from mien.core.types import Frame
from mien.graph import CAMERA_INFO, IMAGE, Qos, Topic
from mien.images.pictures import DEFAULT_MEGAPIXELS
from mien.messages import ImageReader
from mien.ros import convert
from mien.ros.diagnostics import Health
from mien.ros.heard import HeardService
from mien.ros.qos import subscribe

_LOOK_S = 0.25
_REPORT_S = 0.5
_LOST_SHARE = 0.1


class AsOffered:
    """A subscription with the quality of service that the publishers of a topic offer, once they are known.

    It is reliable where all publishers are: large images are sent in fragments, and would often lose one
    otherwise. `names` are tried in turn, `kinds` are the message types that the callback takes. Counts
    publishers like a Subscription.
    """

    def __init__(
        self, node: Node, topic: Topic, callback: Callable[..., None], *, names: Sequence[str] = (),
        kinds: Sequence[str] = (), depth: int = 0, raw: bool = False, group: CallbackGroup | None = None,
    ) -> None:  # fmt: skip
        self._node = node
        self._topic = topic
        self._callback = callback
        self._depth = depth or topic.listen_qos.depth
        self._raw = raw
        self._group = group
        self._names = tuple(names) or (node.resolve_topic_name(topic.name),)
        self._kinds = tuple(kinds) or (topic.type,)
        self.name, self.kind, self.reliable = self._names[0], self._kinds[0], True
        self._listen()
        # Steady time: with use_sim_time and no /clock, ROS time stands still.
        self._timer = node.create_timer(_LOOK_S, self._look, clock=Clock(clock_type=ClockType.STEADY_TIME))

    @property
    def handle(self) -> Any:
        return self._subscription.handle

    @property
    def msg_type(self) -> Any:
        return self._subscription.msg_type

    def get_publisher_count(self) -> int:
        return int(self._subscription.get_publisher_count())

    def close(self) -> None:
        self._node.destroy_timer(self._timer)
        self._node.destroy_subscription(self._subscription)

    def _listen(self) -> None:
        topic = Topic(self.name, self.kind, self._topic.doc, self._topic.qos)
        ask = Qos(reliable=self.reliable, depth=self._depth)
        self._subscription = subscribe(
            self._node, topic, self._callback, qos=ask, raw=self._raw, overridable=False, group=self._group
        )

    def _look(self) -> None:
        for name in self._names:
            infos = [i for i in self._node.get_publishers_info_by_topic(name) if i.topic_type in self._kinds]
            if infos:
                reliable = all(i.qos_profile.reliability == ReliabilityPolicy.RELIABLE for i in infos)
                offer = name, infos[0].topic_type, reliable
                if offer != (self.name, self.kind, self.reliable):
                    self._node.destroy_subscription(self._subscription)
                    self.name, self.kind, self.reliable = offer
                    self._listen()
                return


class ImageInput:
    """Subscribes to `image_raw`, raw or compressed, with the quality of service that its driver offers.

    `hear` is called for every image that is not late, with a function that decodes the frame. The
    frame's stamp is that of the image, or the time of arrival where stamps do not advance. Calibration
    comes from `camera_info` in the namespace of the image topic, unless that name is remapped. Compressed images
    of more than `megapixels` are refused.
    """

    def __init__(
        self,
        node: Node,
        health: Health,
        heard: HeardService,
        hear: Callable[[Callable[[], Frame]], None],
        megapixels: float = DEFAULT_MEGAPIXELS,
    ) -> None:
        self._node = node
        self._health = health
        self._noted = heard
        self._hear = hear
        self._gate = StampGate()
        self._read = ImageReader(megapixels)
        self._heard = 0
        self._name = node.resolve_topic_name(IMAGE.name)
        self._images = AsOffered(
            node, IMAGE, self._on_image, names=(self._name, f"{self._name}/compressed"), kinds=IMAGE.types
        )
        health.watch(IMAGE.name, self._images, absent=self._absent)
        self._info_name = self._beside()
        self._info = AsOffered(node, CAMERA_INFO, self._on_info, names=(self._info_name,))
        node.create_timer(_REPORT_S, self._report, clock=Clock(clock_type=ClockType.STEADY_TIME))

    def _beside(self) -> str:
        """The topic with the calibration of these images."""
        own = self._node.resolve_topic_name(CAMERA_INFO.name)
        if own != self._node.resolve_topic_name(CAMERA_INFO.name, only_expand=True):
            return str(own)  # remapped by the user
        return f"{self._name.removesuffix('/compressed').rpartition('/')[0]}/{CAMERA_INFO.name}"

    def _report(self) -> None:
        gate = self._gate
        images = self._images
        form = "raw" if images.kind == IMAGE.type else "compressed"
        self._health.set("images", f"{images.name} ({form}, {'reliable' if images.reliable else 'best effort'})")
        for key, count in (("late", gate.late), ("lost", gate.lost), ("restarts", gate.restarts)):
            self._health.set(key, count)
        known = "" if self._read.intrinsics else "none, a field of view is assumed: nothing on "
        wrong = f"{self._read.problem}; " if self._read.problem else ""
        self._health.set("calibration", wrong + known + self._info_name)
        self._health.input_problem = gate.problem or self._losses()

    def _losses(self) -> str:
        lost, late, heard = self._gate.lost, self._gate.late, self._heard
        if lost > _LOST_SHARE * (heard + lost):
            return (
                f"{lost} of {heard + lost} images were lost between the driver and here, by their stamps: make them "
                "smaller or slower, run both on one machine, or let the driver offer reliable"
            )
        if heard and late > _LOST_SHARE * heard:
            return f"{late} of {heard} images came after newer ones and were dropped: two drivers on one topic?"
        return ""

    def _absent(self) -> str:
        """The warning while nobody publishes images."""
        named = dict(self._node.get_topic_names_and_types())
        if other := [t for t in named.get(self._name, ()) if t not in IMAGE.types]:
            return f"{self._name} carries {other[0]}, not images"
        images = [n for n, kinds in named.items() if any(k in IMAGE.types for k in kinds) and n != self._name]
        images = [n for n in images if self._node.count_publishers(n)]
        alike = get_close_matches(self._name, images, n=3, cutoff=0.0)
        return f"no publisher of {self._name}" + (f"; there is {', '.join(alike)}" if alike else "")

    def _on_image(self, msg: Any) -> None:
        self._heard += 1
        stamp_ns = self._gate(convert.from_time(msg.header.stamp), int(self._node.get_clock().now().nanoseconds))
        if stamp_ns is not None:
            self._hear(lambda: self._frame(msg, stamp_ns))

    def _frame(self, msg: Any, stamp_ns: int) -> Frame:
        frame = self._read(msg)
        return frame if frame.stamp_ns == stamp_ns else replace(frame, stamp_ns=stamp_ns)

    def _on_info(self, msg: Any) -> None:
        self._read.intrinsics = convert.from_camera_info(msg)
        self._noted.note(CAMERA_INFO, msg)
