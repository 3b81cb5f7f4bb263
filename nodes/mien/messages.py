"""From messages to the values of `mien.core.types`. Images are converted here, at the door.

Reads by attribute alone, so a message may come from rclpy or, without any ROS, out of a bag.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from mien.core import lens
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
from mien.images import encodings, pictures
from mien.images.depth import Depth

_log = logging.getLogger(__name__)


def from_time(msg: Any) -> int:
    return int(msg.sec) * 1_000_000_000 + int(msg.nanosec)


def from_header(msg: Any) -> Header:
    return Header(from_time(msg.stamp), str(msg.frame_id))


def from_image(msg: Any, depth: Depth | None = None) -> U8:
    """H×W×3 uint8 RGB of an Image or CompressedImage, without a copy where it is rgb8 already.

    depth: of the stream that the image belongs to, where it has more than eight bits. Raises ImageError on an
    unknown encoding, an image that is empty or broken, or a step or size that does not fit.
    """
    return _from_compressed(msg, depth) if hasattr(msg, "format") else encodings.to_rgb(msg, depth)


def _from_compressed(msg: Any, depth: Depth | None) -> U8:
    """JPEG, PNG and whatever else is an image, by what it is; `format` only tells the order of colours."""
    if "compresseddepth" in str(msg.format).lower():
        raise ImageError("compressedDepth holds distances and no image; listen to the camera's colour topic")
    try:
        image = pictures.decode(bytes(msg.data), depth=depth)
    except ImageError as e:
        raise ImageError(f"compressed image ({msg.format}): {e}") from e
    # image_transport compresses what it is given: of rgb8 the colours are exchanged.
    return np.ascontiguousarray(image[..., ::-1]) if "compressed rgb" in msg.format else image


class ImageReader:
    """Images of one topic to frames, with the calibration and the depth of that topic."""

    def __init__(self) -> None:
        self.intrinsics: Intrinsics | None = None  # of the last camera_info
        self.problem = ""  # what is wrong with that, told once
        self._depth = Depth()

    def __call__(self, msg: Any) -> Frame:
        """Of an Image or CompressedImage. Raises ImageError; intrinsics of images of another shape are not used."""
        image, k = from_image(msg, self._depth), self.intrinsics
        problem = ""
        if k:
            problem = lens.problem(k)
            try:
                k = k.at(image.shape[1], image.shape[0])
            except ValueError as error:
                k, problem = None, f"camera_info is not used: {error}"
        if problem and problem != self.problem:
            _log.warning("%s", problem)
        self.problem = problem
        return Frame(image, from_time(msg.header.stamp), str(msg.header.frame_id), k)


def to_frame(msg: Any, intrinsics: Intrinsics | None = None) -> Frame:
    """One image message by itself. Raises ImageError."""
    reader = ImageReader()
    reader.intrinsics = intrinsics
    return reader(msg)


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
