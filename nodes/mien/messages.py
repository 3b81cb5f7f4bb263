"""From messages to the values of `mien.core.types`. Images are converted here, at the door.

Reads by attribute alone, so a message may come from rclpy or, without any ROS, out of a bag.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

from mien.core.errors import ImageError
from mien.core.geometry import matrix
from mien.core.stage import spec_of
from mien.core.types import (
    F32,
    F64,
    NUM_LANDMARKS,
    U8,
    Affect,
    Affects,
    Baseline,
    BaselineMethod,
    Expression,
    Expressions,
    Face,
    Faces,
    Frame,
    Header,
    IdMethod,
    Intrinsics,
    Method,
    PersonBaseline,
    Reading,
    Rig,
    RigDescription,
    Rigs,
    RigState,
    Source,
    StageTime,
)

_log = logging.getLogger(__name__)


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


def from_time(msg: Any) -> int:
    return int(msg.sec) * 1_000_000_000 + int(msg.nanosec)


def from_header(msg: Any) -> Header:
    return Header(from_time(msg.stamp), str(msg.frame_id))


def from_image(msg: Any) -> U8:
    """H×W×3 uint8 RGB of an image message, without a copy where it is rgb8 already.

    A compressed one is decoded. Raises ImageError on an unknown encoding, an empty image, or a step or size that
    does not fit.
    """
    if hasattr(msg, "format"):
        return _decode(msg)
    try:
        dtype, channels, code = _ENCODINGS[msg.encoding]
    except KeyError:
        raise ImageError(f"image encoding {msg.encoding!r} is not known; use one of {', '.join(_ENCODINGS)}") from None
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


def _decode(msg: Any) -> U8:
    """RGB of a CompressedImage."""
    if "compressedDepth" in msg.format:
        raise ImageError("compressedDepth images hold distances, not faces: name the topic of the colour images")
    bgr = cv2.imdecode(np.asarray(msg.data, np.uint8), cv2.IMREAD_COLOR) if len(msg.data) else None
    if bgr is None:
        raise ImageError(f"compressed image ({msg.format or 'no format'}, {len(msg.data)} bytes) cannot be decoded")
    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)


def to_frame(msg: Any, intrinsics: Intrinsics | None = None) -> Frame:
    """Image message to Frame. Raises ImageError; intrinsics of images of another shape are not used."""
    image = from_image(msg)
    if intrinsics:
        try:
            intrinsics = intrinsics.at(image.shape[1], image.shape[0])
        except ValueError as error:
            _log.warning("camera_info is not used: %s", error)
            intrinsics = None
    return Frame(image, from_time(msg.header.stamp), str(msg.header.frame_id), intrinsics)


def from_camera_info(msg: Any) -> Intrinsics | None:
    """Of the image that comes with it: `k` is of the whole sensor, `roi` and binning say what is read of it.

    None where the camera is not calibrated (ROS: k[0] = 0), or where a number is not finite. A distortion
    model that is not known is kept, and `lens.problem` says so.
    """
    k, d = tuple(map(float, msg.k)), tuple(map(float, msg.d))
    if not (k[0] > 0 and k[4] > 0 and all(map(math.isfinite, (*k, *d)))):
        return None
    roi, bx, by = msg.roi, max(1, int(msg.binning_x)), max(1, int(msg.binning_y))
    return Intrinsics(
        *(k[0] / bx, k[4] / by, (k[2] - roi.x_offset) / bx, (k[5] - roi.y_offset) / by),
        distortion=str(msg.distortion_model),
        d=d,
        width=int(roi.width or msg.width) // bx,
        height=int(roi.height or msg.height) // by,
        rectification=tuple(map(float, msg.r)),
        projection=tuple(map(float, msg.p)),
    )


def _f32(values: Any) -> F32:
    return np.array(values, np.float32)


def _from_stages(msgs: Any) -> tuple[StageTime, ...]:
    return tuple(StageTime(str(m.stage), from_time(m.finished)) for m in msgs)


def _from_pose(msg: Any) -> F64 | None:
    o, p = msg.orientation, msg.position
    q = np.array([o.x, o.y, o.z, o.w])
    if not np.any(q):
        return None
    pose = np.eye(4)
    pose[:3, :3] = matrix(q)
    pose[:3, 3] = p.x, p.y, p.z
    return pose


def _from_baseline(msg: Any) -> Baseline:
    return Baseline(BaselineMethod(msg.method), float(msg.confidence), from_time(msg.since))


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
                id_method=IdMethod(f.id_method),
                id_confidence=float(f.id_confidence),
            )
            for f in msg.faces
        ),
        _from_stages(msg.stages),
    )


def expressions_from_msg(msg: Any) -> Expressions:
    return Expressions(
        from_header(msg.header),
        tuple(
            Expression(
                int(e.track_id),
                _f32(e.blendshapes),
                _f32(e.confidence),
                _f32(e.embedding),
                _from_reading(e.reading),
                Source(e.source),
                _from_baseline(e.baseline),
                _from_rest(e),
            )
            for e in msg.expressions
        ),
        _from_stages(msg.stages),
    )


def _from_rest(msg: Any) -> PersonBaseline | None:
    for m in msg.rest:
        landmarks = _f32(m.landmarks)
        head = np.array([m.head.x, m.head.y, m.head.z, m.head.w])
        return PersonBaseline(
            about=_from_baseline(msg.baseline),
            blendshapes=_f32(m.blendshapes),
            au_intensity=_f32(m.au_intensity),
            embedding=_f32(m.embedding),
            landmarks=landmarks.reshape(NUM_LANDMARKS, 2) if landmarks.size else None,
            head=head if head.any() and np.isfinite(head).all() else None,
        )
    return None


def _from_reading(msgs: Any) -> Reading | None:
    for m in msgs:
        return Reading(
            _f32(m.au_intensity),
            _f32(m.au_sd),
            _f32(m.au_probability),
            _f32(m.emotion),
            float(m.valence),
            float(m.arousal),
        )
    return None


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
                baseline=_from_baseline(a.baseline),
            )
            for a in msg.affects
        ),
        _from_stages(msg.stages),
    )


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
                consistency=float(r.consistency),
                baseline=_from_baseline(r.baseline),
            )
            for r in msg.rigs
        ),
        _from_stages(msg.stages),
    )


def rig_description_from_msg(msg: Any) -> RigDescription:
    return RigDescription(
        schema=str(msg.schema),
        names=tuple(str(n) for n in msg.names),
        units=tuple(str(u) for u in msg.units),
        regions=np.array(msg.regions, np.uint8),
        lower=_f32(msg.lower),
        upper=_f32(msg.upper),
        neutral=_f32(msg.neutral),
    )


_READERS: dict[str, Callable[[Any], Any]] = {
    "mien_msgs/msg/Faces": faces_from_msg,
    "mien_msgs/msg/Expressions": expressions_from_msg,
    "mien_msgs/msg/Affects": affects_from_msg,
    "mien_msgs/msg/Rigs": rigs_from_msg,
}


def from_msg(stage: str, msg: Any) -> Any:
    """What a stage said, of its message."""
    return _READERS[spec_of(stage).message](msg)
