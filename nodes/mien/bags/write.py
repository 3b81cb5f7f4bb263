"""Write the values of the stages into a bag, without ROS: what `read` gives comes back the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np

from mien import graph, messages
from mien.bags.read import Names
from mien.bags.record import BagWriter, typestore
from mien.core.config import Value
from mien.core.geometry import quaternion
from mien.core.moment import Moment
from mien.core.stage import spec_of
from mien.core.types import (
    F64,
    U8,
    Affect,
    Baseline,
    Expression,
    Face,
    Header,
    Intrinsics,
    PersonBaseline,
    Reading,
    Rig,
    StageTime,
)
from mien_models.spaces import arkit

COMPRESSED = graph.Topic("image_raw/compressed", "sensor_msgs/msg/CompressedImage", "", graph.DRIVER)
_Msg = SimpleNamespace  # rosbags serialises by attribute


class MomentWriter:
    """Moments into a BagWriter.

    jpeg_quality: 0 writes raw images. Images are RGB, as everywhere.
    """

    def __init__(self, bag: BagWriter, namespace: str = "", jpeg_quality: int = 90) -> None:
        self._bag = bag
        self._namespace = namespace.rstrip("/")
        self._quality = jpeg_quality

    def describe(self, received_ns: int, names: Names | None = None) -> None:
        """Labels and rig description, which readers take the names from."""
        names = names or Names()
        n = len(names.rig)
        labels = _Msg(
            blendshapes=names.blendshapes,
            action_units=names.action_units,
            emotions=names.emotions,
            regions=arkit.REGIONS,
        )
        rig = _Msg(
            schema=arkit.SCHEMA,
            units=("1",) * n,
            names=names.rig,
            regions=arkit.REGION_OF if n == len(arkit.REGION_OF) else np.zeros(n, np.uint8),
            lower=np.zeros(n, np.float32),
            upper=np.ones(n, np.float32),
            neutral=np.zeros(n, np.float32),
        )
        self._put(graph.LABELS, labels, received_ns)
        self._put(graph.RIG_DESCRIPTION, rig, received_ns)

    def camera(self, k: Intrinsics, width: int, height: int, header: Header) -> None:
        msg = _Msg(
            header=_header(header), width=width, height=height, distortion_model="plumb_bob", d=np.zeros(5),
            k=np.array([k.fx, 0, k.cx, 0, k.fy, k.cy, 0, 0, 1]), r=np.eye(3).ravel(),
            p=np.array([k.fx, 0, k.cx, 0, 0, k.fy, k.cy, 0, 0, 0, 1, 0]), binning_x=0, binning_y=0,
            roi=_Msg(x_offset=0, y_offset=0, height=0, width=0, do_rectify=False),
        )  # fmt: skip
        self._put(graph.CAMERA_INFO, msg, header.stamp_ns)

    def status(self, node: str, values: dict[str, str], received_ns: int, level: int = 0) -> None:
        """A diagnostic status, as a node gives it."""
        pairs = [_Msg(key=k, value=v) for k, v in values.items()]
        status = _Msg(level=level, name=node, message="", hardware_id="", values=pairs)
        self._put(graph.DIAGNOSTICS, _Msg(header=_header(Header(received_ns)), status=[status]), received_ns)

    def parameters(self, node: str, values: Mapping[str, Value], received_ns: int, stamp_ns: int = 0) -> None:
        """What a node tells of its parameters, as `<component>.<name>`; they hold after the image of `stamp_ns`."""
        told = [_Msg(name=name, value=_value(value)) for name, value in values.items()]
        event = _Msg(
            stamp=_time(stamp_ns), node=node, new_parameters=told, changed_parameters=[], deleted_parameters=[]
        )
        self._put(graph.PARAMETERS, event, received_ns)

    def write(self, moment: Moment) -> None:
        """All parts of a moment, each at the time at which it was received."""
        if moment.image is not None:
            self._image(moment, moment.image)
        for part, value in moment.parts.items():
            if value is not None:
                self.put(part, value, moment.received_ns.get(part, moment.stamp_ns))

    def put(self, stage: str, value: Any, received_ns: int) -> None:
        """The output of one stage."""
        self._put(graph.STAGE_TOPICS[stage], to_message(stage, value), received_ns)

    def _image(self, moment: Moment, image: U8) -> None:
        height, width = image.shape[:2]
        header = _header(Header(moment.stamp_ns, moment.faces.header.frame_id if moment.faces else ""))
        received_ns = moment.received_ns.get("image", moment.stamp_ns)
        if not self._quality:
            msg = _Msg(
                header=header, height=height, width=width, encoding="rgb8", is_bigendian=0,
                step=3 * width, data=image.reshape(-1),
            )  # fmt: skip
            self._put(graph.IMAGE, msg, received_ns)
            return
        bgr = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
        _, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, self._quality])
        msg = _Msg(header=header, format="rgb8; jpeg compressed bgr8", data=np.asarray(data).reshape(-1))
        self._put(COMPRESSED, msg, received_ns)

    def _put(self, topic: graph.Topic, msg: Any, received_ns: int) -> None:
        name = topic.name if topic.name.startswith("/") else f"{self._namespace}/{topic.name}"
        if not self._bag.knows(name):
            self._bag.add(name, topic.type, topic.qos)
        self._bag.write(name, typestore().serialize_cdr(msg, topic.type), received_ns)


def to_message(stage: str, value: Any) -> Any:
    """The output of a stage as its message, which rosbags serialises by attribute."""
    return _MAKERS[spec_of(stage).message](value)


def serialised(stage: str, value: Any) -> bytes:
    """The output of a stage as the bytes (CDR) of its message."""
    return bytes(typestore().serialize_cdr(to_message(stage, value), spec_of(stage).message))


def through_message(stage: str, value: Any) -> Any:
    """The output of a stage as whoever hears its message gets it: with fewer digits, and without what is not told."""
    kind = spec_of(stage).message
    return messages.from_msg(stage, typestore().deserialize_cdr(serialised(stage, value), kind))


def _list(name: str, make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def convert(value: Any) -> Any:
        items = [make(v) for v in getattr(value, name)]
        return _Msg(header=_header(value.header), stages=_stages(value.stages), **{name: items})

    return convert


def _faces(value: Any) -> Any:
    return _Msg(
        header=_header(value.header),
        width=value.width,
        height=value.height,
        faces=[_face(f, value.header) for f in value.faces],
        stages=_stages(value.stages),
    )


def _face(face: Face, header: Header) -> Any:
    crop = np.zeros((0, 0, 3), np.uint8) if face.crop is None else face.crop
    return _Msg(
        track_id=face.track_id,
        score=float(face.score),
        presence=float(face.presence),
        box=np.asarray(face.box, np.float32),
        landmarks=np.asarray(face.landmarks, np.float32).reshape(-1),
        pose=_pose(face.pose),
        gaze_left=_xyz(face.gaze[0]),
        gaze_right=_xyz(face.gaze[1]),
        gaze_confidence=np.asarray(face.gaze_confidence, np.float32),
        crop=_Msg(
            header=_header(header), height=crop.shape[0], width=crop.shape[1], encoding="rgb8",
            is_bigendian=0, step=3 * crop.shape[1], data=crop.reshape(-1),
        ),
        id_method=int(face.id_method),
        id_confidence=float(face.id_confidence),
    )  # fmt: skip


def _expression(e: Expression) -> Any:
    return _Msg(
        track_id=e.track_id,
        embedding=np.asarray(e.embedding, np.float32),
        blendshapes=np.asarray(e.blendshapes, np.float32),
        confidence=np.asarray(e.confidence, np.float32),
        reading=[] if e.reading is None else [_reading(e.reading)],
        source=int(e.source),
        baseline=_baseline(e.baseline),
        rest=[] if e.rest is None else [_rest(e.rest)],
    )


def _rest(r: PersonBaseline) -> Any:
    return _Msg(
        blendshapes=np.asarray(r.blendshapes, np.float32),
        au_intensity=np.asarray(r.au_intensity, np.float32),
        embedding=np.asarray(r.embedding, np.float32),
        landmarks=np.zeros(0, np.float32) if r.landmarks is None else np.asarray(r.landmarks, np.float32).reshape(-1),
        head=_xyzw(np.zeros(4) if r.head is None else r.head),
    )


def _reading(r: Reading) -> Any:
    return _Msg(
        au_intensity=np.asarray(r.au_intensity, np.float32),
        au_sd=np.asarray(r.au_sd, np.float32),
        au_probability=np.asarray(r.au_probability, np.float32),
        emotion=np.asarray(r.emotion, np.float32),
        valence=float(r.valence),
        arousal=float(r.arousal),
    )


def _affect(a: Affect) -> Any:
    return _Msg(
        track_id=a.track_id,
        au_intensity=np.asarray(a.au_intensity, np.float32),
        au_probability=np.asarray(a.au_probability, np.float32),
        au_confidence=np.asarray(a.au_confidence, np.float32),
        au_method=int(a.au_method),
        emotion=np.asarray(a.emotion, np.float32),
        emotion_confidence=float(a.emotion_confidence),
        emotion_method=int(a.emotion_method),
        valence=float(a.valence),
        arousal=float(a.arousal),
        va_confidence=float(a.va_confidence),
        va_method=int(a.va_method),
        baseline=_baseline(a.baseline),
    )


def _rig(r: Rig) -> Any:
    return _Msg(
        track_id=r.track_id,
        state=int(r.state),
        schema=r.schema,
        weights=np.asarray(r.weights, np.float32),
        head=_xyzw(r.head),
        gaze_left=np.asarray(r.gaze[0], np.float32),
        gaze_right=np.asarray(r.gaze[1], np.float32),
        confidence=np.asarray(r.confidence, np.float32),
        source=np.asarray(r.source, np.uint8),
        consistency=float(r.consistency),
        baseline=_baseline(r.baseline),
    )


def _baseline(b: Baseline) -> Any:
    return _Msg(method=int(b.method), confidence=float(b.confidence), since=_time(b.since_ns))


def _value(value: Value) -> Any:
    """A ParameterValue."""
    fields = {bool: ("bool_value", 1), int: ("integer_value", 2), float: ("double_value", 3), str: ("string_value", 4)}
    name, kind = fields[type(value)]
    arrays = {f"{of}_array_value": np.zeros(0, np.uint8) for of in ("byte", "bool", "integer", "double")}
    msg = _Msg(
        type=kind, bool_value=False, integer_value=0, double_value=0.0, string_value="",
        string_array_value=[], **arrays,
    )  # fmt: skip
    setattr(msg, name, value)
    return msg


def _time(ns: int) -> Any:
    return _Msg(sec=ns // 1_000_000_000, nanosec=ns % 1_000_000_000)


def _header(header: Header) -> Any:
    return _Msg(stamp=_time(header.stamp_ns), frame_id=header.frame_id)


def _stages(stages: tuple[StageTime, ...]) -> list[Any]:
    return [_Msg(stage=s.stage, finished=_time(s.finished_ns)) for s in stages]


def _xyz(v: F64) -> Any:
    x, y, z = (float(c) for c in v)
    return _Msg(x=x, y=y, z=z)


def _xyzw(q: F64) -> Any:
    x, y, z, w = (float(c) for c in q)
    return _Msg(x=x, y=y, z=z, w=w)


def _pose(pose: F64 | None) -> Any:
    if pose is None:
        return _Msg(position=_xyz(np.zeros(3)), orientation=_xyzw(np.zeros(4)))
    return _Msg(position=_xyz(pose[:3, 3]), orientation=_xyzw(quaternion(pose[:3, :3])))


_MAKERS: dict[str, Callable[[Any], Any]] = {
    "mien_msgs/msg/Faces": _faces,
    "mien_msgs/msg/Expressions": _list("expressions", _expression),
    "mien_msgs/msg/Affects": _list("affects", _affect),
    "mien_msgs/msg/Rigs": _list("rigs", _rig),
}
