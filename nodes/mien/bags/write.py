"""Write the values of the stages into a bag, without ROS: what `read` gives comes back the same."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
from numpy.typing import ArrayLike

from mien import graph, messages
from mien.bags.read import Names
from mien.bags.record import BagWriter, typestore
from mien.compose import Composer
from mien.core.config import Value
from mien.core.moment import Moment
from mien.core.sound import Sound, Voice
from mien.core.stage import spec_of
from mien.core.types import U8, Affects, Header, Intrinsics, RigDescription
from mien_models.spaces import arkit

COMPRESSED = graph.Topic("image_raw/compressed", "sensor_msgs/msg/CompressedImage", "", graph.DRIVER)
_Msg = SimpleNamespace  # rosbags serialises by attribute


class _Rosbags:
    def new(self, kind: str, **fields: Any) -> SimpleNamespace:
        return _Msg(**fields)

    def sequence(self, values: ArrayLike, dtype: type[np.generic] = np.float32) -> Any:
        return np.asarray(values, dtype).reshape(-1)

    def octets(self, data: U8) -> U8:
        return data.reshape(-1)


_COMPOSER = Composer(_Rosbags())


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
        rig = RigDescription(
            schema=arkit.SCHEMA,
            names=tuple(names.rig),
            units=("1",) * n,
            regions=np.asarray(arkit.REGION_OF if n == len(arkit.REGION_OF) else np.zeros(n), np.uint8),
            lower=np.zeros(n, np.float32),
            upper=np.ones(n, np.float32),
            neutral=np.zeros(n, np.float32),
        )
        labels = _COMPOSER.labels(names.blendshapes, names.action_units, names.emotions)
        self._put(graph.LABELS, labels, received_ns)
        self._put(graph.RIG_DESCRIPTION, _COMPOSER.rig_description(rig), received_ns)

    def camera(self, k: Intrinsics, width: int, height: int, header: Header) -> None:
        msg = _COMPOSER.camera_info(k, width, height, _COMPOSER.header(header))
        self._put(graph.CAMERA_INFO, msg, header.stamp_ns)

    def status(self, node: str, values: dict[str, str], received_ns: int, level: int = 0) -> None:
        """A diagnostic status, as a node gives it."""
        pairs = [_Msg(key=k, value=v) for k, v in values.items()]
        status = _Msg(level=level, name=node, message="", hardware_id="", values=pairs)
        self._put(graph.DIAGNOSTICS, _Msg(header=_COMPOSER.header(Header(received_ns)), status=[status]), received_ns)

    def parameters(self, node: str, values: Mapping[str, Value], received_ns: int, stamp_ns: int = 0) -> None:
        """What a node tells of its parameters, as `<component>.<name>`; they hold after the image of `stamp_ns`."""
        told = [_Msg(name=name, value=_value(value)) for name, value in values.items()]
        event = _Msg(
            stamp=_COMPOSER.time(stamp_ns), node=node, new_parameters=told, changed_parameters=[], deleted_parameters=[]
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

    def fused(self, value: Affects, received_ns: int) -> None:
        """Affects of face, voice and words together."""
        self._put(graph.FUSION, to_message("affects", value), received_ns)

    def voice(self, value: Voice, received_ns: int) -> None:
        """What was heard of a moment."""
        self._put(graph.VOICE, _COMPOSER.voice(value), received_ns)

    def sound(self, value: Sound, received_ns: int) -> None:
        """What a voice is heard from."""
        self._put(graph.AUDIO, _COMPOSER.sound(value), received_ns)

    def _image(self, moment: Moment, image: U8) -> None:
        header = _COMPOSER.header(Header(moment.stamp_ns, moment.faces.header.frame_id if moment.faces else ""))
        received_ns = moment.received_ns.get("image", moment.stamp_ns)
        if not self._quality:
            self._put(graph.IMAGE, _COMPOSER.image(image, header), received_ns)
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
    return _COMPOSER.output(stage, value)


def serialised(stage: str, value: Any) -> bytes:
    """The output of a stage as the bytes (CDR) of its message."""
    return bytes(typestore().serialize_cdr(to_message(stage, value), spec_of(stage).message))


def through_message(stage: str, value: Any) -> Any:
    """The output of a stage as whoever hears its message gets it: with fewer digits, and without what is not told."""
    kind = spec_of(stage).message
    return messages.from_msg(stage, typestore().deserialize_cdr(serialised(stage, value), kind))


def voice_through_message(voice: Voice) -> Voice:
    """A voice as whoever hears its message gets it."""
    data = bytes(typestore().serialize_cdr(_COMPOSER.voice(voice), graph.VOICE.type))
    return messages.voice_from_msg(typestore().deserialize_cdr(data, graph.VOICE.type))


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
