"""Publishes faces by ROS4HRI. Runs inside the node `bridges`."""

from __future__ import annotations

import importlib
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from geometry_msgs.msg import Quaternion, Transform, TransformStamped, Vector3
from rclpy.publisher import Publisher
from rclpy.qos import QoSProfile
from sensor_msgs.msg import Image

from mien.bridges.base import Bridge, Home
from mien.bridges.ros4hri import encoder
from mien.bridges.ros4hri.config import Ros4hriConfig
from mien.core.errors import BridgeError, ImageError
from mien.core.geometry import quaternion
from mien.core.types import F64, Affects, Expressions, Face, Faces, Header
from mien.graph import IMAGE
from mien.ros.convert import from_image, from_time, to_header, to_image
from mien.ros.images import AsOffered

_RELIABLE = QoSProfile(depth=1)  # libhri subscribes reliable, keep last 1
_SILENT_S = 2.0
_APART_NS = 1_000_000_000  # if faces are this much older than affects, they are not published at all
_KINDS = {
    "roi": "NormalizedRegionOfInterest2D", "landmarks": "FacialLandmarks", "facs": "FacialActionUnits",
    "expression": "Expression",
}  # fmt: skip


def open_bridge(config: Ros4hriConfig, home: Home) -> Bridge:
    """Raises BridgeError where the messages of ROS4HRI are not installed, or pictures are asked for and private."""
    if config.pictures and IMAGE in home.withheld:
        raise BridgeError("ros4hri.pictures: graph.privacy keeps images in their process; set it to false")
    try:
        hri, tf = importlib.import_module("hri_msgs.msg"), importlib.import_module("tf2_msgs.msg")
    except ImportError as e:
        raise BridgeError(
            f"ros4hri: {e.name} is not installed: apt-get install ros-$ROS_DISTRO-hri-msgs, or without a ROS "
            "installation make interop"
        ) from e
    return Ros4hri(config, home, hri, tf)


class Ros4hri(Bridge):
    """The topics of a face exist as long as it is tracked and its id is on `tracked`."""

    schema = ""  # shows no rig

    def __init__(self, config: Ros4hriConfig, home: Home, hri: Any, tf: Any) -> None:
        super().__init__(home.counters)
        self._config = config
        self._node = home.node
        self._hri = hri
        self._tf = tf
        root = config.root.rstrip("/")
        self._root = root
        self._tracked = self._node.create_publisher(hri.IdsList, f"{root}/tracked", _RELIABLE)
        self._transforms = self._node.create_publisher(tf.TFMessage, "/tf", QoSProfile(depth=100))
        self._faces: dict[str, dict[str, Publisher]] = {}
        self._last: Faces | None = None
        self._read = False  # expressions came for `_last`
        self._heard = False
        self._silent_since_s: float | None = None
        # Only where asked for: images are large.
        self._images = AsOffered(self._node, IMAGE, self._on_image) if config.pictures else None

    def hear(self, topic: str, value: Any) -> None:
        self._heard = True
        if isinstance(value, Faces):
            self._on_faces(value)
        elif isinstance(value, Expressions):
            self._on_expressions(value)
        elif isinstance(value, Affects):
            self._on_affects(value)

    def tick(self, now_s: float) -> None:
        if self._heard:
            self._heard, self._silent_since_s = False, now_s
        elif self._faces and self._silent_since_s is not None and now_s - self._silent_since_s > _SILENT_S:
            self._track(Header(self._now_ns()), ())  # the publisher has died: no face is tracked any more

    def close(self) -> None:
        for name in list(self._faces):
            self._forget(name)
        if self._images is not None:
            self._images.close()
        for publisher in (self._tracked, self._transforms):
            self._node.destroy_publisher(publisher)

    def _on_faces(self, faces: Faces) -> None:
        self._last = faces
        header = to_header(faces.header)
        names = {encoder.face_id(f.track_id): f for f in faces.faces}
        self._track(faces.header, names)
        for name, face in names.items():
            self._tell(self._faces[name], face, faces, header)
        frames = [
            _transform(faces.header, f"face_{name}", face.pose[:3, 3], face.pose[:3, :3])
            for name, face in names.items()
            if face.pose is not None
        ]
        if not self._read:  # nothing better is to come, as far as is known
            frames += _gazes(faces, None)
        self._read = False
        self._send_frames(frames)

    def _on_expressions(self, expressions: Expressions) -> None:
        """The gaze needs both, and the expressions of an image come after its faces."""
        if self._last is not None and expressions.header.stamp_ns == self._last.header.stamp_ns:
            self._read = True
            self._send_frames(_gazes(self._last, expressions))

    def _send_frames(self, frames: Sequence[Any]) -> None:
        if frames and self._config.tf:
            self._send(self._transforms, self._tf.TFMessage(transforms=frames))

    def _track(self, header: Header, names: Collection[str]) -> None:
        """Create topics for new faces and remove those of lost ones."""
        for name in self._faces.keys() - set(names):
            self._forget(name)
        for name in names:
            if name not in self._faces:
                self._begin(name)
        self._send(self._tracked, self._hri.IdsList(header=to_header(header), ids=list(names)))

    def _tell(self, publishers: dict[str, Publisher], face: Face, faces: Faces, header: Any) -> None:
        hri = self._hri
        xmin, ymin, xmax, ymax = encoder.roi(face, faces.width, faces.height)
        region = hri.NormalizedRegionOfInterest2D(
            header=header, xmin=xmin, ymin=ymin, xmax=xmax, ymax=ymax, c=float(np.clip(face.presence, 0, 1))
        )
        self._send(publishers["roi"], region)
        if publishers["landmarks"].get_subscription_count():
            points = [
                hri.NormalizedPointOfInterest2D(x=x, y=y, c=c)
                for x, y, c in encoder.landmarks(face, faces.width, faces.height).tolist()
            ]
            self._send(
                publishers["landmarks"],
                hri.FacialLandmarks(header=header, landmarks=points, height=faces.height, width=faces.width),
            )
        if "aligned" in publishers and face.crop is not None and publishers["aligned"].get_subscription_count():
            self._send(publishers["aligned"], to_image(face.crop, header))

    def _on_affects(self, affects: Affects) -> None:
        header = to_header(affects.header)
        if self._last is None or affects.header.stamp_ns - self._last.header.stamp_ns > _APART_NS:
            # Under `graph.privacy` no faces are published: every face with an affect counts as tracked.
            self._track(affects.header, [encoder.face_id(a.track_id) for a in affects.affects])
        for affect in affects.affects:
            publishers = self._faces.get(encoder.face_id(affect.track_id))
            if publishers is None:
                continue
            intensity, confidence = encoder.action_units(affect, self._config.facs_top)
            self._send(
                publishers["facs"],
                self._hri.FacialActionUnits(header=header, intensity=intensity, confidence=confidence),
            )
            told = encoder.label(affect)
            self._send(
                publishers["expression"],
                self._hri.Expression(
                    header=header, expression=told.expression, valence=told.valence, arousal=told.arousal,
                    confidence=told.confidence,
                ),
            )  # fmt: skip

    def _on_image(self, msg: Any) -> None:
        """The image arrives after the faces in it."""
        faces = self._last
        if faces is None or from_time(msg.header.stamp) != faces.header.stamp_ns:
            return
        wanted = [
            (self._faces[name]["cropped"], face)
            for face in faces.faces
            if (name := encoder.face_id(face.track_id)) in self._faces
            and self._faces[name]["cropped"].get_subscription_count()
        ]
        if not wanted:
            return
        try:
            image = from_image(msg)
        except ImageError as e:  # of somebody else's driver
            self.counters.fail(str(e))
            return
        for publisher, face in wanted:
            height, width = image.shape[:2]
            xmin, ymin, xmax, ymax = encoder.roi(face, width, height)
            crop = image[round(ymin * height) : round(ymax * height), round(xmin * width) : round(xmax * width)]
            if crop.size:
                self._send(publisher, to_image(np.ascontiguousarray(crop), msg.header))

    def _now_ns(self) -> int:
        return int(self._node.get_clock().now().nanoseconds)

    def _begin(self, name: str) -> dict[str, Publisher]:
        publishers = {
            part: self._node.create_publisher(getattr(self._hri, kind), f"{self._root}/{name}/{part}", _RELIABLE)
            for part, kind in _KINDS.items()
        }
        if self._config.pictures:
            for part in ("aligned", "cropped"):
                publishers[part] = self._node.create_publisher(Image, f"{self._root}/{name}/{part}", _RELIABLE)
        self._faces[name] = publishers
        return publishers

    def _forget(self, name: str) -> None:
        for publisher in self._faces.pop(name).values():
            self._node.destroy_publisher(publisher)

    def _send(self, publisher: Publisher, message: Any) -> None:
        publisher.publish(message)
        self.counters.send()


def _transform(header: Header, child: str, place: F64, rotation: F64) -> TransformStamped:
    x, y, z = place.tolist()
    qx, qy, qz, qw = quaternion(rotation).tolist()
    return TransformStamped(
        header=to_header(header),
        child_frame_id=child,
        transform=Transform(translation=Vector3(x=x, y=y, z=z), rotation=Quaternion(x=qx, y=qy, z=qz, w=qw)),
    )


def _gazes(faces: Faces, expressions: Expressions | None) -> list[TransformStamped]:
    """The frames of gaze of all faces whose eyes are seen."""
    of = {e.track_id: e for e in expressions.expressions} if expressions is not None else {}
    frames = []
    for face in faces.faces:
        rotation = None if face.pose is None else encoder.gaze_rotation(face, of.get(face.track_id))
        if rotation is not None and face.pose is not None:
            name = f"gaze_{encoder.face_id(face.track_id)}"
            frames.append(_transform(faces.header, name, face.pose[:3, 3], rotation))
    return frames
