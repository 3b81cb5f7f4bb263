"""Publishes `face_markers` for RViz and `face_annotations` for Foxglove. Runs inside the node `bridges`."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from geometry_msgs.msg import Point
from rclpy.qos import QoSProfile
from std_msgs.msg import ColorRGBA
from visualization_msgs.msg import ImageMarker, Marker, MarkerArray

from mien.bridges.base import Bridge, Home
from mien.bridges.markers import encoder
from mien.bridges.markers.config import MarkersConfig
from mien.core.types import Expressions, Faces, Header
from mien.ros.convert import to_header

_RECENT_NS = 200_000_000  # expressions come after the faces of their image: those of the one before are drawn
_WIDTH_M, _WIDTH_PX, _TEXT_M = 0.004, 2.0, 0.03


def open_bridge(config: MarkersConfig, home: Home) -> Bridge:
    return Markers(config, home)


class Markers(Bridge):
    """Draws every image with faces, and clears the drawing at the first image without one."""

    schema = ""  # shows no rig

    def __init__(self, config: MarkersConfig, home: Home) -> None:
        super().__init__(home.counters)
        self._config = config
        self._node = home.node
        self._markers = self._node.create_publisher(MarkerArray, "face_markers", QoSProfile(depth=2))
        self._annotations = self._node.create_publisher(ImageMarker, "face_annotations", QoSProfile(depth=2))
        self._drawn = False
        self._read = Expressions(Header(0))  # of the image before

    def hear(self, topic: str, value: Any) -> None:
        if isinstance(value, Expressions):
            self._read = value
        if isinstance(value, Faces) and (value.faces or self._drawn):
            self._drawn = bool(value.faces)
            if self._markers.get_subscription_count():
                self._markers.publish(self._in_space(value))
                self.counters.send()
            if self._annotations.get_subscription_count():
                self._annotations.publish(self._in_image(value))
                self.counters.send()

    def reconfigure(self, config: MarkersConfig) -> None:
        self._config = config

    def close(self) -> None:
        self._node.destroy_publisher(self._markers)
        self._node.destroy_publisher(self._annotations)

    def _in_space(self, faces: Faces) -> Any:
        header = to_header(faces.header)
        markers = [Marker(header=header, action=Marker.DELETEALL)]
        recent = abs(faces.header.stamp_ns - self._read.header.stamp_ns) < _RECENT_NS
        of = {e.track_id: e for e in self._read.expressions} if recent else {}
        for face in faces.faces:
            lines = encoder.in_space(face, self._config.axis_m, self._config.gaze_m, of.get(face.track_id))
            if not len(lines.points) or face.pose is None:
                continue
            shape = Marker(header=header, ns="head", id=face.track_id, type=Marker.LINE_LIST, action=Marker.ADD)
            shape.scale.x = _WIDTH_M
            shape.pose.orientation.w = 1.0
            shape.points = [Point(x=x, y=y, z=z) for x, y, z in lines.points.reshape(-1, 3).tolist()]
            shape.colors = _twice(lines.colors.tolist())
            text = Marker(
                header=header, ns="id", id=face.track_id, type=Marker.TEXT_VIEW_FACING, text=f"{face.track_id}"
            )
            x, y, z = face.pose[:3, 3].tolist()
            text.pose.position = Point(x=x, y=y - 2 * self._config.axis_m, z=z)
            text.pose.orientation.w = 1.0
            text.scale.z = _TEXT_M
            text.color = ColorRGBA(r=1.0, g=1.0, b=1.0, a=1.0)
            markers += [shape, text]
        return MarkerArray(markers=markers)

    def _in_image(self, faces: Faces) -> Any:
        lines = [encoder.in_image(face) for face in faces.faces]
        ends = chain.from_iterable(part.points.reshape(-1, 2).tolist() for part in lines)
        return ImageMarker(
            header=to_header(faces.header), ns="faces", type=ImageMarker.LINE_LIST,
            action=ImageMarker.ADD if lines else ImageMarker.REMOVE, scale=_WIDTH_PX,
            outline_color=ColorRGBA(r=0.2, g=1.0, b=0.2, a=1.0),
            points=[Point(x=x, y=y) for x, y in ends],
            outline_colors=[c for part in lines for c in _twice(part.colors.tolist())],
        )  # fmt: skip


def _twice(colors: Iterable[list[float]]) -> list[ColorRGBA]:
    """A color for each end of a line."""
    return [ColorRGBA(r=r, g=g, b=b, a=1.0) for r, g, b in colors for _ in range(2)]
