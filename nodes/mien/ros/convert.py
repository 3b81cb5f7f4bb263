"""Between messages and the values of `mien.core.types`. Images are converted here, at the door."""

from __future__ import annotations

import array
from typing import Any

import cv2
import numpy as np
from builtin_interfaces.msg import Time
from geometry_msgs.msg import Point, Pose, Quaternion, Vector3
from mien_msgs.msg import (
    Affect as AffectMsg,
    Affects as AffectsMsg,
    Expression as ExpressionMsg,
    Expressions as ExpressionsMsg,
    Face as FaceMsg,
    Faces as FacesMsg,
    Labels,
    Rig as RigMsg,
    RigDescription,
    Rigs as RigsMsg,
    StageTime as StageTimeMsg,
)
from sensor_msgs.msg import CameraInfo, Image
from std_msgs.msg import Header as HeaderMsg

from mien.core.geometry import matrix, quaternion
from mien.core.spaces import arkit, emotions, facs
from mien.core.types import (
    F32,
    F64,
    NUM_LANDMARKS,
    U8,
    Affect,
    Affects,
    Expression,
    Expressions,
    Face,
    Faces,
    Frame,
    Header,
    Intrinsics,
    Method,
    Rig,
    RigState,
    Rigs,
    StageTime,
)


class ImageError(ValueError):
    """An image message that cannot be read; the message says what is wrong with it."""


# Encoding → channels, and the OpenCV code that makes RGB of it. None: it is RGB.
_ENCODINGS: dict[str, tuple[type[Any], int, int | None]] = {
    "rgb8": (np.uint8, 3, None),
    "8UC3": (np.uint8, 3, cv2.COLOR_BGR2RGB),
    "bgr8": (np.uint8, 3, cv2.COLOR_BGR2RGB),
    "rgba8": (np.uint8, 4, cv2.COLOR_RGBA2RGB),
    "bgra8": (np.uint8, 4, cv2.COLOR_BGRA2RGB),
    "8UC4": (np.uint8, 4, cv2.COLOR_BGRA2RGB),
    "mono8": (np.uint8, 1, cv2.COLOR_GRAY2RGB),
    "8UC1": (np.uint8, 1, cv2.COLOR_GRAY2RGB),
    "mono16": (np.uint16, 1, cv2.COLOR_GRAY2RGB),
    "16UC1": (np.uint16, 1, cv2.COLOR_GRAY2RGB),
    "rgb16": (np.uint16, 3, None),
    "bgr16": (np.uint16, 3, cv2.COLOR_BGR2RGB),
    "yuv422": (np.uint8, 2, cv2.COLOR_YUV2RGB_UYVY),
    "uyvy": (np.uint8, 2, cv2.COLOR_YUV2RGB_UYVY),
    "yuv422_yuy2": (np.uint8, 2, cv2.COLOR_YUV2RGB_YUYV),
    "yuyv": (np.uint8, 2, cv2.COLOR_YUV2RGB_YUYV),
    "bayer_rggb8": (np.uint8, 1, cv2.COLOR_BayerRGGB2RGB),
    "bayer_bggr8": (np.uint8, 1, cv2.COLOR_BayerBGGR2RGB),
    "bayer_gbrg8": (np.uint8, 1, cv2.COLOR_BayerGBRG2RGB),
    "bayer_grbg8": (np.uint8, 1, cv2.COLOR_BayerGRBG2RGB),
}


def to_time(ns: int) -> Time:
    return Time(sec=ns // 1_000_000_000, nanosec=ns % 1_000_000_000)


def from_time(msg: Any) -> int:
    return int(msg.sec) * 1_000_000_000 + int(msg.nanosec)


def to_header(header: Header) -> HeaderMsg:
    return HeaderMsg(stamp=to_time(header.stamp_ns), frame_id=header.frame_id)


def from_header(msg: Any) -> Header:
    return Header(from_time(msg.stamp), str(msg.frame_id))


def to_image(image: U8, header: HeaderMsg) -> Image:
    """H×W×3 uint8 RGB to an rgb8 message."""
    height, width = image.shape[:2]
    # tobytes: rclpy copies bytes 1,000 times faster than an array or a memoryview.
    return Image(
        header=header, height=height, width=width, encoding="rgb8", step=3 * width, data=image.tobytes()
    )


def from_image(msg: Any) -> U8:
    """H×W×3 uint8 RGB of an image message, without a copy where it is rgb8 already.

    Raises ImageError on an unknown encoding, an empty image, or a step or size that does not fit.
    """
    try:
        dtype, channels, code = _ENCODINGS[msg.encoding]
    except KeyError:
        raise ImageError(
            f"image encoding {msg.encoding!r} is not known; use one of {', '.join(_ENCODINGS)}"
        ) from None
    height, width, step = int(msg.height), int(msg.width), int(msg.step)
    row = width * channels * np.dtype(dtype).itemsize
    if not height or not width:
        raise ImageError(f"image is empty: {width}×{height}")
    if step < row:
        raise ImageError(f"image step is {step} bytes; {width} {msg.encoding} pixels need {row}")
    if len(msg.data) < step * height:
        raise ImageError(f"image holds {len(msg.data)} bytes; {height} rows of {step} need {step * height}")
    rows = np.frombuffer(msg.data, np.uint8, step * height).reshape(height, step)[:, :row]
    if dtype is np.uint16:
        wide = np.ascontiguousarray(rows).view(np.uint16)
        rows = ((wide.byteswap() if msg.is_bigendian else wide) >> 8).astype(np.uint8)
    if channels == 1:
        pixels = rows
    else:
        pixels = rows.reshape(height, width, channels)
    return pixels if code is None else np.asarray(cv2.cvtColor(pixels, code), np.uint8)


def to_frame(msg: Any, intrinsics: Intrinsics | None = None) -> Frame:
    """Image message to Frame. Raises ImageError."""
    return Frame(from_image(msg), from_time(msg.header.stamp), str(msg.header.frame_id), intrinsics)


def to_camera_info(k: Intrinsics, width: int, height: int, header: HeaderMsg) -> CameraInfo:
    return CameraInfo(
        header=header,
        width=width,
        height=height,
        distortion_model="plumb_bob",
        d=[0.0] * 5,
        k=[k.fx, 0.0, k.cx, 0.0, k.fy, k.cy, 0.0, 0.0, 1.0],
        r=[1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0],
        p=[k.fx, 0.0, k.cx, 0.0, 0.0, k.fy, k.cy, 0.0, 0.0, 0.0, 1.0, 0.0],
    )


def from_camera_info(msg: Any) -> Intrinsics | None:
    """None where the camera is not calibrated (ROS: k[0] = 0)."""
    fx, fy = float(msg.k[0]), float(msg.k[4])
    return Intrinsics(fx, fy, float(msg.k[2]), float(msg.k[5])) if fx > 0 and fy > 0 else None


def _floats(values: F32) -> array.array[float]:
    return array.array("f", np.ascontiguousarray(values, np.float32).tobytes())


def _f32(values: Any) -> F32:
    return np.array(values, np.float32)


def _stages(stages: tuple[StageTime, ...]) -> list[StageTimeMsg]:
    return [StageTimeMsg(stage=s.stage, finished=to_time(s.finished_ns)) for s in stages]


def _from_stages(msgs: Any) -> tuple[StageTime, ...]:
    return tuple(StageTime(str(m.stage), from_time(m.finished)) for m in msgs)


def _pose(pose: F64 | None) -> Pose:
    if pose is None:
        return Pose(orientation=Quaternion(x=0.0, y=0.0, z=0.0, w=0.0))
    x, y, z, w = quaternion(pose[:3, :3]).tolist()
    px, py, pz = pose[:3, 3].tolist()
    return Pose(position=Point(x=px, y=py, z=pz), orientation=Quaternion(x=x, y=y, z=z, w=w))


def _from_pose(msg: Any) -> F64 | None:
    o, p = msg.orientation, msg.position
    q = np.array([o.x, o.y, o.z, o.w])
    if not np.any(q):
        return None
    pose = np.eye(4)
    pose[:3, :3] = matrix(q)
    pose[:3, 3] = p.x, p.y, p.z
    return pose


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


def faces_from_msg(msg: Any) -> Faces:
    return Faces(
        from_header(msg.header),
        int(msg.width),
        int(msg.height),
        tuple(
            Face(
                track_id=int(f.track_id),
                score=float(f.score),
                presence=float(f.presence),
                box=_f32(f.box),
                landmarks=_f32(f.landmarks).reshape(NUM_LANDMARKS, 3),
                pose=_from_pose(f.pose),
                gaze=np.array([[v.x, v.y, v.z] for v in (f.gaze_left, f.gaze_right)]),
                gaze_confidence=_f32(f.gaze_confidence),
                crop=from_image(f.crop) if f.crop.width else None,
            )
            for f in msg.faces
        ),
        _from_stages(msg.stages),
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
            )
            for e in expressions.expressions
        ],
        stages=_stages(expressions.stages),
    )


def expressions_from_msg(msg: Any) -> Expressions:
    return Expressions(
        from_header(msg.header),
        tuple(
            Expression(int(e.track_id), _f32(e.blendshapes), _f32(e.confidence), _f32(e.embedding))
            for e in msg.expressions
        ),
        _from_stages(msg.stages),
    )


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
            )
            for a in affects.affects
        ],
        stages=_stages(affects.stages),
    )


def affects_from_msg(msg: Any) -> Affects:
    return Affects(
        from_header(msg.header),
        tuple(
            Affect(
                track_id=int(a.track_id),
                au_intensity=_f32(a.au_intensity),
                au_probability=_f32(a.au_probability),
                au_confidence=_f32(a.au_confidence),
                au_method=Method(a.au_method),
                emotion=_f32(a.emotion),
                emotion_confidence=float(a.emotion_confidence),
                emotion_method=Method(a.emotion_method),
                valence=float(a.valence),
                arousal=float(a.arousal),
                va_confidence=float(a.va_confidence),
                va_method=Method(a.va_method),
            )
            for a in msg.affects
        ),
        _from_stages(msg.stages),
    )


def rigs_to_msg(rigs: Rigs) -> RigsMsg:
    msgs = []
    for r in rigs.rigs:
        x, y, z, w = r.head.tolist()
        msgs.append(
            RigMsg(
                track_id=r.track_id,
                state=int(r.state),
                schema=r.schema,
                weights=_floats(r.weights),
                head=Quaternion(x=x, y=y, z=z, w=w),
                gaze_left=np.asarray(r.gaze[0], np.float32),
                gaze_right=np.asarray(r.gaze[1], np.float32),
                confidence=np.asarray(r.confidence, np.float32),
                source=np.asarray(r.source, np.uint8),
            )
        )
    return RigsMsg(header=to_header(rigs.header), rigs=msgs, stages=_stages(rigs.stages))


def rigs_from_msg(msg: Any) -> Rigs:
    return Rigs(
        from_header(msg.header),
        tuple(
            Rig(
                track_id=int(r.track_id),
                state=RigState(r.state),
                schema=str(r.schema),
                weights=_f32(r.weights),
                head=np.array([r.head.x, r.head.y, r.head.z, r.head.w]),
                gaze=_f32([r.gaze_left, r.gaze_right]),
                confidence=_f32(r.confidence),
                source=np.array(r.source, np.uint8),
            )
            for r in msg.rigs
        ),
        _from_stages(msg.stages),
    )


def labels_msg() -> Labels:
    return Labels(
        blendshapes=list(arkit.BLENDSHAPES),
        action_units=list(facs.AUS),
        emotions=list(emotions.EMOTIONS),
        regions=list(arkit.REGIONS),
    )


def rig_description_msg() -> RigDescription:
    n = len(arkit.BLENDSHAPES)
    return RigDescription(
        schema=arkit.SCHEMA,
        names=list(arkit.BLENDSHAPES),
        regions=arkit.REGION_OF.tobytes(),
        lower=[0.0] * n,
        upper=[1.0] * n,
        neutral=[0.0] * n,
    )
