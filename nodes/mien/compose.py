"""Converts the values of `mien.core` to ROS messages; the other direction is `mien.messages`.

Which fields a message has stands here once. What a message is made of is the matter of a `Library`: rclpy's classes
(`mien.ros.convert`), or, without ROS, what rosbags serialises (`mien.bags.write`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from mien.core.geometry import quaternion
from mien.core.sound import FULL_SCALE, Sound, Voice
from mien.core.stage import spec_of
from mien.core.types import (
    F64,
    U8,
    Affect,
    Baseline,
    Expression,
    Face,
    Faces,
    Header,
    Intrinsics,
    PersonBaseline,
    Reading,
    Rig,
    RigDescription,
    StageTime,
)
from mien_models.spaces import arkit, emotions, facs


class Library(Protocol):
    def new(self, kind: str, **fields: Any) -> Any:
        """A message of a type as the graph names it, as `std_msgs/msg/Header`. All fields are given."""

    def sequence(self, values: ArrayLike, dtype: type[np.generic] = np.float32) -> Any:
        """Numbers for a field of any length."""

    def octets(self, data: U8) -> Any:
        """Bytes for a field of any length."""


class Composer:
    """Messages of one library."""

    def __init__(self, library: Library) -> None:
        self._new = library.new
        self._sequence = library.sequence
        self._octets = library.octets
        self._makers: dict[str, Callable[[Any], Any]] = {
            "mien_msgs/msg/Faces": self.faces,
            "mien_msgs/msg/Expressions": self.expressions,
            "mien_msgs/msg/Affects": self.affects,
            "mien_msgs/msg/Rigs": self.rigs,
        }

    def output(self, stage: str, value: Any) -> Any:
        """The output of a stage as its message."""
        return self._makers[spec_of(stage).message](value)

    def time(self, ns: int) -> Any:
        return self._new("builtin_interfaces/msg/Time", sec=ns // 1_000_000_000, nanosec=ns % 1_000_000_000)

    def header(self, header: Header) -> Any:
        return self._new("std_msgs/msg/Header", stamp=self.time(header.stamp_ns), frame_id=header.frame_id)

    def image(self, image: U8, header: Any) -> Any:
        """H×W×3 uint8 RGB to an rgb8 message with the header of another one."""
        height, width = image.shape[:2]
        return self._image(image, header, height, width, "rgb8")

    def _image(self, image: U8, header: Any, height: int, width: int, encoding: str) -> Any:
        return self._new(
            "sensor_msgs/msg/Image", header=header, height=height, width=width, encoding=encoding, is_bigendian=0,
            step=3 * width, data=self._octets(image),
        )  # fmt: skip

    def camera_info(self, k: Intrinsics, width: int, height: int, header: Any) -> Any:
        """The calibration of images of this size, unchanged."""
        return self._new(
            "sensor_msgs/msg/CameraInfo",
            header=header,
            width=width,
            height=height,
            distortion_model=k.distortion or "plumb_bob",
            d=self._sequence(list(k.d) or [0.0] * 5, np.float64),
            k=np.array([k.fx, 0, k.cx, 0, k.fy, k.cy, 0, 0, 1], np.float64),
            r=np.array(list(k.rectification) or [1, 0, 0, 0, 1, 0, 0, 0, 1], np.float64),
            p=np.array(list(k.projection) or [k.fx, 0, k.cx, 0, 0, k.fy, k.cy, 0, 0, 0, 1, 0], np.float64),
            binning_x=0,
            binning_y=0,
            roi=self._new(
                "sensor_msgs/msg/RegionOfInterest", x_offset=0, y_offset=0, height=0, width=0, do_rectify=False
            ),
        )

    def labels(
        self,
        blendshapes: Sequence[str] = arkit.BLENDSHAPES,
        action_units: Sequence[str] = facs.AUS,
        emotion_names: Sequence[str] = emotions.EMOTIONS,
    ) -> Any:
        return self._new(
            "mien_msgs/msg/Labels",
            blendshapes=list(blendshapes),
            action_units=list(action_units),
            emotions=list(emotion_names),
            regions=list(arkit.REGIONS),
        )

    def rig_description(self, description: RigDescription) -> Any:
        return self._new(
            "mien_msgs/msg/RigDescription",
            schema=description.schema,
            names=list(description.names),
            units=list(description.units),
            regions=self._octets(description.regions),
            lower=self._sequence(description.lower),
            upper=self._sequence(description.upper),
            neutral=self._sequence(description.neutral),
        )

    def faces(self, faces: Faces) -> Any:
        header = self.header(faces.header)
        return self._new(
            "mien_msgs/msg/Faces",
            header=header,
            width=faces.width,
            height=faces.height,
            faces=[self._face(f, header) for f in faces.faces],
            stages=self._stages(faces.stages),
        )

    def expressions(self, value: Any) -> Any:
        return self._list("Expressions", value, expressions=[self._expression(e) for e in value.expressions])

    def affects(self, value: Any) -> Any:
        return self._list("Affects", value, affects=[self._affect(a) for a in value.affects])

    def rigs(self, value: Any) -> Any:
        return self._list("Rigs", value, rigs=[self._rig(r) for r in value.rigs], heard=self.time(value.heard_ns or 0))

    def _list(self, kind: str, value: Any, **items: Any) -> Any:
        return self._new(
            f"mien_msgs/msg/{kind}", header=self.header(value.header), stages=self._stages(value.stages), **items
        )

    def voice(self, voice: Voice) -> Any:
        return self._new(
            "mien_msgs/msg/Voice",
            header=self.header(voice.header),
            activity=float(voice.activity),
            pitch_hz=float(voice.pitch_hz),
            energy_db=float(voice.energy_db),
            syllables_hz=float(voice.syllables_hz),
            overlap=float(voice.overlap),
            blendshapes=self._sequence(voice.blendshapes),
            confidence=self._sequence(voice.confidence),
            stages=self._stages(voice.stages),
        )

    def sound(self, sound: Sound) -> Any:
        values = np.clip(np.rint(sound.samples * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1)
        return self._new(
            "mien_msgs/msg/Audio",
            header=self.header(sound.header),
            rate_hz=sound.rate_hz,
            samples=self._sequence(values, np.int16),
        )

    def _stages(self, stages: tuple[StageTime, ...]) -> list[Any]:
        return [self._new("mien_msgs/msg/StageTime", stage=s.stage, finished=self.time(s.finished_ns)) for s in stages]

    def _face(self, face: Face, header: Any) -> Any:
        if face.crop is None:
            nothing = np.zeros((0, 0, 3), np.uint8)
            crop = self._image(nothing, self.header(Header(0)), 0, 0, "")
        else:
            crop = self.image(face.crop, header)
        return self._new(
            "mien_msgs/msg/Face",
            track_id=face.track_id,
            score=float(face.score),
            presence=float(face.presence),
            box=np.asarray(face.box, np.float32),
            landmarks=np.ascontiguousarray(face.landmarks, np.float32).reshape(-1),
            pose=self._pose(face.pose),
            gaze_left=self._xyz("Vector3", face.gaze[0]),
            gaze_right=self._xyz("Vector3", face.gaze[1]),
            gaze_confidence=np.asarray(face.gaze_confidence, np.float32),
            crop=crop,
            id_method=int(face.id_method),
            id_confidence=float(face.id_confidence),
        )

    def _expression(self, e: Expression) -> Any:
        return self._new(
            "mien_msgs/msg/Expression",
            track_id=e.track_id,
            embedding=self._sequence(e.embedding),
            blendshapes=np.asarray(e.blendshapes, np.float32),
            confidence=np.asarray(e.confidence, np.float32),
            reading=[] if e.reading is None else [self._reading(e.reading)],
            source=int(e.source),
            baseline=self._baseline(e.baseline),
            rest=[] if e.rest is None else [self._rest(e.rest)],
        )

    def _reading(self, r: Reading) -> Any:
        return self._new(
            "mien_msgs/msg/Reading",
            au_intensity=self._sequence(r.au_intensity),
            au_sd=self._sequence(r.au_sd),
            au_probability=self._sequence(r.au_probability),
            emotion=np.asarray(r.emotion, np.float32),
            valence=float(r.valence),
            arousal=float(r.arousal),
        )

    def _rest(self, rest: PersonBaseline) -> Any:
        return self._new(
            "mien_msgs/msg/PersonBaseline",
            blendshapes=np.asarray(rest.blendshapes, np.float32),
            au_intensity=self._sequence(rest.au_intensity),
            embedding=self._sequence(rest.embedding),
            landmarks=self._sequence(() if rest.landmarks is None else rest.landmarks),
            head=self._xyzw(rest.head),
        )

    def _baseline(self, b: Baseline) -> Any:
        return self._new(
            "mien_msgs/msg/Baseline",
            method=int(b.method),
            confidence=float(b.confidence),
            since=self.time(b.since_ns),
        )

    def _affect(self, a: Affect) -> Any:
        return self._new(
            "mien_msgs/msg/Affect",
            track_id=a.track_id,
            au_intensity=self._sequence(a.au_intensity),
            au_probability=self._sequence(a.au_probability),
            au_confidence=self._sequence(a.au_confidence),
            au_method=int(a.au_method),
            emotion=np.asarray(a.emotion, np.float32),
            emotion_confidence=float(a.emotion_confidence),
            emotion_method=int(a.emotion_method),
            valence=float(a.valence),
            arousal=float(a.arousal),
            va_confidence=float(a.va_confidence),
            va_method=int(a.va_method),
            baseline=self._baseline(a.baseline),
        )

    def _rig(self, r: Rig) -> Any:
        return self._new(
            "mien_msgs/msg/Rig",
            track_id=r.track_id,
            state=int(r.state),
            schema=r.schema,
            weights=self._sequence(r.weights),
            head=self._xyzw(r.head),
            gaze_left=np.asarray(r.gaze[0], np.float32),
            gaze_right=np.asarray(r.gaze[1], np.float32),
            confidence=np.asarray(r.confidence, np.float32),
            source=np.asarray(r.source, np.uint8),
            consistency=float(r.consistency),
            baseline=self._baseline(r.baseline),
        )

    def _pose(self, pose: F64 | None) -> Any:
        """All zero where it is not known."""
        return self._new(
            "geometry_msgs/msg/Pose",
            position=self._xyz("Point", np.zeros(3) if pose is None else pose[:3, 3]),
            orientation=self._xyzw(None if pose is None else quaternion(pose[:3, :3])),
        )

    def _xyz(self, kind: str, v: F64) -> Any:
        x, y, z = v.tolist()
        return self._new(f"geometry_msgs/msg/{kind}", x=x, y=y, z=z)

    def _xyzw(self, q: F64 | None) -> Any:
        """All zero where it is not known."""
        x, y, z, w = (0.0, 0.0, 0.0, 0.0) if q is None else q.tolist()
        return self._new("geometry_msgs/msg/Quaternion", x=x, y=y, z=z, w=w)
