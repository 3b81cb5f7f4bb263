"""Converts ROS messages to the values of `mien.core.types`, images to RGB arrays.

Reads attributes only, so that messages may come from rclpy or, without ROS, from a bag. It is long, because all rules
stand together.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from mien.core import lens
from mien.core.errors import ImageError
from mien.core.fields import Field, Fields, distinct
from mien.core.geometry import matrix
from mien.core.sound import FULL_SCALE, Sound, Voice, Words
from mien.core.stage import spec_of
from mien.core.types import (
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
from mien_models.spaces import arkit, facs
from mien_models.spaces.arkit import Region
from mien_models.spaces.emotions import EMOTIONS

_SHARE = Field(lo=0, hi=1)
_UNITS = len(facs.AUS)
_PX, _M = 1e6, 1e4  # bounds of positions in images and in space
# `tests/contract/test_fields.py` compares these rules with the comments of the messages.
_FACE = Fields(
    "Face",
    id_confidence=_SHARE,
    score=_SHARE,
    presence=_SHARE,
    box=Field(lo=-_PX, hi=_PX, size=4),
    landmarks=Field(lo=-_PX, hi=_PX, size=3 * NUM_LANDMARKS),
    pose=Field(lo=-_M, hi=_M),
    gaze_left=Field(lo=-1, hi=1, nan=True, unit=True),
    gaze_right=Field(lo=-1, hi=1, nan=True, unit=True),
    gaze_confidence=Field(lo=0, hi=1, size=2),
)
_LARGEST_CROP = 1024
_EXPRESSION = Fields(
    "Expression",
    embedding=Field(lo=-1, hi=1, empty=True, unit=True),
    blendshapes=Field(lo=0, hi=1, size=len(arkit.BLENDSHAPES), nan=True),
    confidence=Field(lo=0, hi=1, size=len(arkit.BLENDSHAPES)),
)
_READING = Fields(
    "Reading",
    au_intensity=Field(lo=0, hi=5, size=_UNITS),
    au_sd=Field(lo=0, hi=5, size=_UNITS),
    au_probability=Field(lo=0, hi=1, size=_UNITS),
    emotion=Field(lo=0, hi=1, size=len(EMOTIONS), total=1),
    valence=Field(lo=-1, hi=1),
    arousal=Field(lo=-1, hi=1),
)
_REST = Fields(
    "PersonBaseline",
    blendshapes=Field(lo=0, hi=0.5, size=len(arkit.BLENDSHAPES)),
    au_intensity=Field(lo=0, hi=2.5, size=_UNITS, empty=True),
    embedding=Field(lo=-1, hi=1, empty=True, unit=True),
    landmarks=Field(lo=-100, hi=100, size=2 * NUM_LANDMARKS, empty=True),
)
_AFFECT = Fields(
    "Affect",
    au_intensity=Field(lo=0, hi=5, size=_UNITS, nan=True),
    au_probability=Field(lo=0, hi=1, size=_UNITS, nan=True),
    au_confidence=Field(lo=0, hi=1, size=_UNITS),
    emotion=Field(lo=0, hi=1, size=len(EMOTIONS), nan=True, total=1),
    emotion_confidence=_SHARE,
    valence=Field(lo=-1, hi=1, nan=True),
    arousal=Field(lo=-1, hi=1, nan=True),
    va_confidence=_SHARE,
)
_RIG = Fields(
    "Rig",
    weights=Field(lo=-1e4, hi=1e4),
    gaze_left=Field(lo=-math.pi, hi=math.pi, size=2),
    gaze_right=Field(lo=-math.pi, hi=math.pi, size=2),
    confidence=Field(lo=0, hi=1, size=len(Region)),
    consistency=Field(lo=0, hi=2, nan=True),
)
_ARKIT_RIG = Fields("Rig", weights=Field(lo=0, hi=1, size=len(arkit.BLENDSHAPES)))
_RIG_DESCRIPTION = Fields("RigDescription", **dict.fromkeys(("lower", "upper", "neutral"), Field(lo=-1e4, hi=1e4)))
_VOICE = Fields(
    "Voice",
    activity=_SHARE,
    pitch_hz=Field(lo=50, hi=600, nan=True),
    energy_db=Field(lo=-100, hi=0),
    syllables_hz=Field(lo=0, hi=15, nan=True),
    overlap=_SHARE,
    blendshapes=Field(lo=0, hi=1, size=len(arkit.BLENDSHAPES), nan=True),
    confidence=Field(lo=0, hi=1, size=len(arkit.BLENDSHAPES)),
)
_WORDS = Fields("Words", since_s=Field(lo=0, hi=600), confidence=_SHARE)
_AUDIO = Fields("Audio", rate_hz=Field(lo=4_000, hi=192_000))
_BASELINE = Fields("Baseline", confidence=_SHARE)

_log = logging.getLogger(__name__)


def from_time(msg: Any) -> int:
    return int(msg.sec) * 1_000_000_000 + int(msg.nanosec)


def from_header(msg: Any) -> Header:
    return Header(from_time(msg.stamp), str(msg.frame_id))


def from_image(msg: Any, depth: Depth | None = None, megapixels: float = pictures.DEFAULT_MEGAPIXELS) -> U8:
    """H×W×3 uint8 RGB of an Image or CompressedImage, without a copy where it is rgb8 already.

    depth: of the stream that the image belongs to, where it has more than eight bits. megapixels: the most that
    a compressed image may have, of which a few bytes can fill the memory. Raises ImageError on an unknown
    encoding, an image that is empty, broken or too large, or a step or size that does not fit.
    """
    return _from_compressed(msg, depth, megapixels) if hasattr(msg, "format") else encodings.to_rgb(msg, depth)


def _from_compressed(msg: Any, depth: Depth | None, megapixels: float) -> U8:
    """Decode JPEG, PNG and other pictures by their content; `format` only tells the order of colours."""
    if "compresseddepth" in str(msg.format).lower():
        raise ImageError("compressedDepth holds distances and no image; listen to the camera's colour topic")
    try:
        image = pictures.decode(bytes(msg.data), megapixels, depth)
    except ImageError as e:
        raise ImageError(f"compressed image ({msg.format}): {e}") from e
    # image_transport compresses what it is given: of rgb8 the colours are exchanged.
    return np.ascontiguousarray(image[..., ::-1]) if "compressed rgb" in msg.format else image


class ImageReader:
    """Images of one topic to frames, with the calibration and the depth of that topic.

    megapixels: larger compressed images are refused.
    """

    def __init__(self, megapixels: float = pictures.DEFAULT_MEGAPIXELS) -> None:
        self._megapixels = megapixels
        self.intrinsics: Intrinsics | None = None  # of the last camera_info
        self.problem = ""  # what is wrong with the intrinsics; logged once
        self._depth = Depth()

    def __call__(self, msg: Any) -> Frame:
        """The frame of an Image or CompressedImage, without intrinsics if they are for images of another shape.

        Raises ImageError.
        """
        image, k = from_image(msg, self._depth, self._megapixels), self.intrinsics
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
    """The intrinsics of the images that come with a CameraInfo, whose `roi` and binning are applied to `k`.

    None if the camera is not calibrated (ROS: k[0] = 0), or a number is not finite. An unknown distortion model is
    kept; `lens.problem` reports it.
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


def _from_stages(msgs: Any) -> tuple[StageTime, ...]:
    return tuple(StageTime(str(m.stage), from_time(m.finished)) for m in msgs)


def _from_baseline(msg: Any) -> Baseline:
    return Baseline(
        _BASELINE.choice(msg, "method", BaselineMethod), _BASELINE.number(msg, "confidence"), from_time(msg.since)
    )


def faces_from_msg(msg: Any) -> Faces:
    """Raises MessageError."""
    faces = tuple(_from_face(f) for f in msg.faces)
    distinct("Face", [f.track_id for f in faces])
    return Faces(from_header(msg.header), int(msg.width), int(msg.height), faces, _from_stages(msg.stages))


def _from_face(msg: Any) -> Face:
    crop = msg.crop
    _FACE.require(
        crop.width == crop.height <= _LARGEST_CROP, "crop", f"is {crop.width}×{crop.height}; a crop is square and small"
    )
    return Face(
        track_id=int(msg.track_id),
        score=_FACE.number(msg, "score"),
        presence=_FACE.number(msg, "presence"),
        box=_FACE.array(msg, "box"),
        landmarks=_FACE.array(msg, "landmarks").reshape(NUM_LANDMARKS, 3),
        pose=_from_pose(msg),
        gaze=np.array([_FACE.vector(msg, "gaze_left"), _FACE.vector(msg, "gaze_right")]),
        gaze_confidence=_FACE.array(msg, "gaze_confidence"),
        crop=from_image(crop) if crop.width else None,
        id_method=_FACE.choice(msg, "id_method", IdMethod),
        id_confidence=_FACE.number(msg, "id_confidence"),
    )


def _from_pose(msg: Any) -> F64 | None:
    q = _FACE.rotation(msg, "pose", of="orientation")
    if q is None:
        return None
    pose = np.eye(4)
    pose[:3, :3] = matrix(q)
    pose[:3, 3] = _FACE.vector(msg, "pose", of="position")
    return pose


def expressions_from_msg(msg: Any) -> Expressions:
    """Raises MessageError."""
    expressions = tuple(_from_expression(e) for e in msg.expressions)
    distinct("Expression", [e.track_id for e in expressions])
    return Expressions(from_header(msg.header), expressions, _from_stages(msg.stages))


def _from_expression(msg: Any) -> Expression:
    return Expression(
        track_id=int(msg.track_id),
        blendshapes=_EXPRESSION.array(msg, "blendshapes"),
        confidence=_EXPRESSION.array(msg, "confidence"),
        embedding=_EXPRESSION.array(msg, "embedding"),
        reading=next((_from_reading(m) for m in msg.reading), None),
        source=_EXPRESSION.choice(msg, "source", Source),
        baseline=_from_baseline(msg.baseline),
        rest=next((_from_rest(m, msg.baseline) for m in msg.rest), None),
    )


def _from_rest(msg: Any, about: Any) -> PersonBaseline:
    landmarks = _REST.array(msg, "landmarks")
    return PersonBaseline(
        about=_from_baseline(about),
        blendshapes=_REST.array(msg, "blendshapes"),
        au_intensity=_REST.array(msg, "au_intensity"),
        embedding=_REST.array(msg, "embedding"),
        landmarks=landmarks.reshape(NUM_LANDMARKS, 2) if landmarks.size else None,
        head=_REST.rotation(msg, "head"),
    )


def _from_reading(msg: Any) -> Reading:
    return Reading(
        au_intensity=_READING.array(msg, "au_intensity"),
        au_sd=_READING.array(msg, "au_sd"),
        au_probability=_READING.array(msg, "au_probability"),
        emotion=_READING.array(msg, "emotion"),
        valence=_READING.number(msg, "valence"),
        arousal=_READING.number(msg, "arousal"),
    )


def affects_from_msg(msg: Any) -> Affects:
    """Raises MessageError."""
    affects = tuple(_from_affect(a) for a in msg.affects)
    distinct("Affect", [a.track_id for a in affects])
    return Affects(from_header(msg.header), affects, _from_stages(msg.stages))


def _from_affect(msg: Any) -> Affect:
    return Affect(
        track_id=int(msg.track_id),
        au_intensity=_AFFECT.array(msg, "au_intensity"),
        au_probability=_AFFECT.array(msg, "au_probability"),
        au_confidence=_AFFECT.array(msg, "au_confidence"),
        au_method=_AFFECT.choice(msg, "au_method", Method),
        emotion=_AFFECT.array(msg, "emotion"),
        emotion_confidence=_AFFECT.number(msg, "emotion_confidence"),
        emotion_method=_AFFECT.choice(msg, "emotion_method", Method),
        valence=_AFFECT.number(msg, "valence"),
        arousal=_AFFECT.number(msg, "arousal"),
        va_confidence=_AFFECT.number(msg, "va_confidence"),
        va_method=_AFFECT.choice(msg, "va_method", Method),
        baseline=_from_baseline(msg.baseline),
    )


def rigs_from_msg(msg: Any) -> Rigs:
    """Raises MessageError."""
    rigs = tuple(_from_rig(r) for r in msg.rigs)
    distinct("Rig", [r.track_id for r in rigs])
    heard = getattr(msg, "heard", None)  # older recordings do not have it
    heard_ns = None if heard is None else from_time(heard)
    return Rigs(from_header(msg.header), rigs, _from_stages(msg.stages), heard_ns)


def _from_rig(msg: Any) -> Rig:
    schema = str(msg.schema)
    # For other schemas the rig description gives the limits.
    weights = (_ARKIT_RIG if schema == arkit.SCHEMA else _RIG).array(msg, "weights")
    head = _RIG.rotation(msg, "head")
    _RIG.require(head is not None, "head", "is all zero")
    source = np.array(msg.source, np.uint8)
    known = source.size == len(Region) and int(source.max()) <= max(Source)
    _RIG.require(known, "source", f"is {source.tolist()}; it must be {len(Region)} of {', '.join(map(str, Source))}")
    return Rig(
        track_id=int(msg.track_id),
        state=_RIG.choice(msg, "state", RigState),
        schema=schema,
        weights=weights,
        head=np.asarray(head),
        gaze=np.array([_RIG.array(msg, "gaze_left"), _RIG.array(msg, "gaze_right")]),
        confidence=_RIG.array(msg, "confidence"),
        source=source,
        consistency=_RIG.number(msg, "consistency"),
        baseline=_from_baseline(msg.baseline),
    )


def rig_description_from_msg(msg: Any) -> RigDescription:
    """Raises MessageError."""
    description = RigDescription(
        schema=str(msg.schema),
        names=tuple(str(n) for n in msg.names),
        units=tuple(str(u) for u in msg.units),
        regions=np.array(msg.regions, np.uint8),
        lower=_RIG_DESCRIPTION.array(msg, "lower"),
        upper=_RIG_DESCRIPTION.array(msg, "upper"),
        neutral=_RIG_DESCRIPTION.array(msg, "neutral"),
    )
    require, n = _RIG_DESCRIPTION.require, len(description.names)
    require(len(set(description.names)) == n, "names", "has a name twice")
    for name in ("units", "regions", "lower", "upper", "neutral"):
        size = len(getattr(description, name))
        require(size == n, name, f"has {size} values; there are {n} names")
    require(bool((description.regions < len(Region)).all()), "regions", f"has one that is not below {len(Region)}")
    low, neutral, high = description.lower, description.neutral, description.upper
    require(bool(((low <= neutral) & (neutral <= high)).all()), "neutral", "lies beyond lower or upper")
    return description


def voice_from_msg(msg: Any) -> Voice:
    """Raises MessageError."""
    return Voice(
        from_header(msg.header),
        activity=_VOICE.number(msg, "activity"),
        blendshapes=_VOICE.array(msg, "blendshapes"),
        confidence=_VOICE.array(msg, "confidence"),
        pitch_hz=_VOICE.number(msg, "pitch_hz"),
        energy_db=_VOICE.number(msg, "energy_db"),
        # Bags of older versions have neither.
        syllables_hz=_VOICE.number(msg, "syllables_hz") if hasattr(msg, "syllables_hz") else math.nan,
        overlap=_VOICE.number(msg, "overlap") if hasattr(msg, "overlap") else 0.0,
        stages=_from_stages(msg.stages),
    )


def words_from_msg(msg: Any) -> Words:
    """Raises MessageError."""
    since_s, confidence = _WORDS.array(msg, "since_s"), _WORDS.array(msg, "confidence")
    words = tuple(str(word) for word in msg.words)
    for name, values in (("since_s", since_s), ("confidence", confidence)):
        _WORDS.require(len(values) == len(words), name, f"has {len(values)} values; there are {len(words)} words")
    return Words(from_header(msg.header), words, since_s, confidence)


def sound_from_msg(msg: Any) -> Sound:
    """Raises MessageError."""
    rate_hz = int(_AUDIO.number(msg, "rate_hz"))
    return Sound(from_header(msg.header), rate_hz, np.asarray(np.array(msg.samples) / FULL_SCALE, np.float32))


_READERS: dict[str, Callable[[Any], Any]] = {
    "mien_msgs/msg/Faces": faces_from_msg,
    "mien_msgs/msg/Expressions": expressions_from_msg,
    "mien_msgs/msg/Affects": affects_from_msg,
    "mien_msgs/msg/Rigs": rigs_from_msg,
}


def from_msg(stage: str, msg: Any) -> Any:
    """The output of a stage from its message. Raises MessageError."""
    return _READERS[spec_of(stage).message](msg)
