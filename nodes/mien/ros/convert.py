"""Values of `mien.core.types` to ROS messages; the other direction, `mien.messages`, needs no ROS."""

from __future__ import annotations

import array
from collections.abc import Callable
from typing import Any

import numpy as np
from builtin_interfaces.msg import Time
from geometry_msgs.msg import Point, Pose, Quaternion, Vector3
from mien_msgs.msg import (
    Affect as AffectMsg,
    Affects as AffectsMsg,
    Audio as AudioMsg,
    Baseline as BaselineMsg,
    Expression as ExpressionMsg,
    Expressions as ExpressionsMsg,
    Face as FaceMsg,
    Faces as FacesMsg,
    Labels,
    PersonBaseline as PersonBaselineMsg,
    Reading as ReadingMsg,
    Rig as RigMsg,
    RigDescription as RigDescriptionMsg,
    Rigs as RigsMsg,
    StageTime as StageTimeMsg,
    Voice as VoiceMsg,
)
from sensor_msgs.msg import CameraInfo, Image
from std_msgs.msg import Header as HeaderMsg

from mien.core.errors import ImageError
from mien.core.geometry import quaternion
from mien.core.sound import Sound, Voice
from mien.core.stage import spec_of
from mien.core.types import (
    F32,
    F64,
    U8,
    Affects,
    Baseline,
    Expressions,
    Face,
    Faces,
    Header,
    Intrinsics,
    PersonBaseline,
    Reading,
    RigDescription,
    Rigs,
    StageTime,
)
from mien.messages import (
    affects_from_msg,
    expressions_from_msg,
    faces_from_msg,
    from_camera_info,
    from_header,
    from_image,
    from_msg,
    from_time,
    rig_description_from_msg,
    rigs_from_msg,
    sound_from_msg,
    to_frame,
    voice_from_msg,
)
from mien_models.spaces import arkit, emotions, facs

__all__ = [
    "ImageError", "affects_from_msg", "affects_to_msg", "expressions_from_msg", "expressions_to_msg",
    "faces_from_msg", "faces_to_msg", "from_camera_info", "from_header", "from_image", "from_msg", "from_time",
    "labels_msg", "rig_description_from_msg", "rig_description_to_msg", "rigs_from_msg", "rigs_to_msg",
    "sound_from_msg", "sound_to_msg", "to_camera_info", "to_frame", "to_header", "to_image", "to_msg", "to_time",
    "voice_from_msg", "voice_to_msg",
]  # fmt: skip


def to_time(ns: int) -> Time:
    return Time(sec=ns // 1_000_000_000, nanosec=ns % 1_000_000_000)


def to_header(header: Header) -> HeaderMsg:
    return HeaderMsg(stamp=to_time(header.stamp_ns), frame_id=header.frame_id)


def to_image(image: U8, header: HeaderMsg) -> Image:
    """H×W×3 uint8 RGB to an rgb8 message."""
    height, width = image.shape[:2]
    # tobytes: rclpy copies bytes 1,000 times faster than an array or a memoryview.
    return Image(header=header, height=height, width=width, encoding="rgb8", step=3 * width, data=image.tobytes())


def to_camera_info(k: Intrinsics, width: int, height: int, header: HeaderMsg) -> CameraInfo:
    """The calibration of images of this size, unchanged."""
    return CameraInfo(
        header=header,
        width=width,
        height=height,
        distortion_model=k.distortion or "plumb_bob",
        d=list(k.d) or [0.0] * 5,
        k=[k.fx, 0.0, k.cx, 0.0, k.fy, k.cy, 0.0, 0.0, 1.0],
        r=list(k.rectification) or [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0],
        p=list(k.projection) or [k.fx, 0.0, k.cx, 0.0, 0.0, k.fy, k.cy, 0.0, 0.0, 0.0, 1.0, 0.0],
    )


def _floats(values: F32) -> array.array[float]:
    return array.array("f", np.ascontiguousarray(values, np.float32).tobytes())


def _stages(stages: tuple[StageTime, ...]) -> list[StageTimeMsg]:
    return [StageTimeMsg(stage=s.stage, finished=to_time(s.finished_ns)) for s in stages]


def _baseline(baseline: Baseline) -> BaselineMsg:
    return BaselineMsg(
        method=int(baseline.method), confidence=float(baseline.confidence), since=to_time(baseline.since_ns)
    )


def _rest(rest: PersonBaseline | None) -> list[PersonBaselineMsg]:
    if rest is None:
        return []
    return [
        PersonBaselineMsg(
            blendshapes=np.asarray(rest.blendshapes, np.float32),
            au_intensity=_floats(rest.au_intensity),
            embedding=_floats(rest.embedding),
            landmarks=_floats(rest.landmarks) if rest.landmarks is not None else _NOTHING,
            head=_quaternion(rest.head),
        )
    ]


_NOTHING = array.array("f")


def _quaternion(q: F64 | None) -> Quaternion:
    """All zero where it is not known."""
    x, y, z, w = (0.0, 0.0, 0.0, 0.0) if q is None else q.tolist()
    return Quaternion(x=x, y=y, z=z, w=w)


def _pose(pose: F64 | None) -> Pose:
    if pose is None:
        return Pose(orientation=_quaternion(None))
    px, py, pz = pose[:3, 3].tolist()
    return Pose(position=Point(x=px, y=py, z=pz), orientation=_quaternion(quaternion(pose[:3, :3])))


def _vector(v: F64) -> Vector3:
    x, y, z = v.tolist()
    return Vector3(x=x, y=y, z=z)


def _face(face: Face, header: HeaderMsg) -> FaceMsg:
    msg = FaceMsg(
        track_id=face.track_id,
        score=float(face.score),
        presence=float(face.presence),
        box=np.asarray(face.box, np.float32),
        landmarks=np.ascontiguousarray(face.landmarks, np.float32).reshape(-1),
        pose=_pose(face.pose),
        gaze_left=_vector(face.gaze[0]),
        gaze_right=_vector(face.gaze[1]),
        gaze_confidence=np.asarray(face.gaze_confidence, np.float32),
        id_method=int(face.id_method),
        id_confidence=float(face.id_confidence),
    )
    if face.crop is not None:
        msg.crop = to_image(face.crop, header)
    return msg


def faces_to_msg(faces: Faces) -> FacesMsg:
    header = to_header(faces.header)
    return FacesMsg(
        header=header,
        width=faces.width,
        height=faces.height,
        faces=[_face(f, header) for f in faces.faces],
        stages=_stages(faces.stages),
    )


def expressions_to_msg(expressions: Expressions) -> ExpressionsMsg:
    return ExpressionsMsg(
        header=to_header(expressions.header),
        expressions=[
            ExpressionMsg(
                track_id=e.track_id,
                embedding=_floats(e.embedding),
                blendshapes=np.asarray(e.blendshapes, np.float32),
                confidence=np.asarray(e.confidence, np.float32),
                reading=_reading(e.reading),
                source=int(e.source),
                baseline=_baseline(e.baseline),
                rest=_rest(e.rest),
            )
            for e in expressions.expressions
        ],
        stages=_stages(expressions.stages),
    )


def _reading(reading: Reading | None) -> list[ReadingMsg]:
    if reading is None:
        return []
    return [
        ReadingMsg(
            au_intensity=_floats(reading.au_intensity),
            au_sd=_floats(reading.au_sd),
            au_probability=_floats(reading.au_probability),
            emotion=np.asarray(reading.emotion, np.float32),
            valence=float(reading.valence),
            arousal=float(reading.arousal),
        )
    ]


def affects_to_msg(affects: Affects) -> AffectsMsg:
    return AffectsMsg(
        header=to_header(affects.header),
        affects=[
            AffectMsg(
                track_id=a.track_id,
                au_intensity=_floats(a.au_intensity),
                au_probability=_floats(a.au_probability),
                au_confidence=_floats(a.au_confidence),
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
            for a in affects.affects
        ],
        stages=_stages(affects.stages),
    )


def rigs_to_msg(rigs: Rigs) -> RigsMsg:
    msgs = [
        RigMsg(
            track_id=r.track_id,
            state=int(r.state),
            schema=r.schema,
            weights=_floats(r.weights),
            head=_quaternion(r.head),
            gaze_left=np.asarray(r.gaze[0], np.float32),
            gaze_right=np.asarray(r.gaze[1], np.float32),
            confidence=np.asarray(r.confidence, np.float32),
            source=np.asarray(r.source, np.uint8),
            consistency=float(r.consistency),
            baseline=_baseline(r.baseline),
        )
        for r in rigs.rigs
    ]
    return RigsMsg(header=to_header(rigs.header), rigs=msgs, stages=_stages(rigs.stages))


def voice_to_msg(voice: Voice) -> VoiceMsg:
    return VoiceMsg(
        header=to_header(voice.header),
        activity=float(voice.activity),
        pitch_hz=float(voice.pitch_hz),
        energy_db=float(voice.energy_db),
        blendshapes=_floats(voice.blendshapes),
        confidence=_floats(voice.confidence),
        stages=_stages(voice.stages),
    )


def sound_to_msg(sound: Sound) -> AudioMsg:
    values = np.clip(np.rint(sound.samples * 32768), -32768, 32767).astype(np.int16)
    return AudioMsg(header=to_header(sound.header), rate_hz=sound.rate_hz, samples=array.array("h", values.tobytes()))


def labels_msg() -> Labels:
    return Labels(
        blendshapes=list(arkit.BLENDSHAPES),
        action_units=list(facs.AUS),
        emotions=list(emotions.EMOTIONS),
        regions=list(arkit.REGIONS),
    )


def rig_description_to_msg(description: RigDescription) -> RigDescriptionMsg:
    return RigDescriptionMsg(
        schema=description.schema,
        names=list(description.names),
        units=list(description.units),
        regions=description.regions.tobytes(),
        lower=_floats(description.lower),
        upper=_floats(description.upper),
        neutral=_floats(description.neutral),
    )


_WRITERS: dict[str, Callable[[Any], Any]] = {
    "mien_msgs/msg/Faces": faces_to_msg,
    "mien_msgs/msg/Expressions": expressions_to_msg,
    "mien_msgs/msg/Affects": affects_to_msg,
    "mien_msgs/msg/Rigs": rigs_to_msg,
}


def to_msg(stage: str, value: Any) -> Any:
    """The output of a stage as its message."""
    return _WRITERS[spec_of(stage).message](value)
