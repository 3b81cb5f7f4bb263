"""The values that travel between the stages.

Each message of `mien_msgs` has its twin here, with numpy arrays instead of sequences. Pixels are
those of the source image (x right, y down); left and right are the person's own; lengths are
metres; times are integer nanoseconds that come with the data.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from mien_models.spaces import mesh478

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

NUM_LANDMARKS = mesh478.COUNT

# Images differ by a row or two in shape where a driver rounds to blocks.
_SAME_SHAPE = 0.025


@dataclass(frozen=True, slots=True)
class Intrinsics:
    """A pinhole camera with lens distortion, in pixels of the images that it belongs to.

    `fx` to `cy` are those of the pinhole; `core.lens` undistorts image points. `rectification` and
    `projection` are r and p of `CameraInfo`, kept for users who rectify; empty = not given.
    """

    fx: float
    fy: float
    cx: float
    cy: float
    distortion: str = ""  # model, by its ROS name: plumb_bob, rational_polynomial, equidistant
    d: tuple[float, ...] = ()  # its coefficients
    width: int = 0  # of the images used for calibration [px]; 0 = not known
    height: int = 0
    rectification: tuple[float, ...] = ()  # 3×3, row by row
    projection: tuple[float, ...] = ()  # 3×4, row by row

    @classmethod
    def from_fov(cls, width: int, height: int, vertical_fov_deg: float) -> Intrinsics:
        """Square pixels, the principal point in the centre."""
        f = 0.5 * height / np.tan(np.radians(vertical_fov_deg) / 2)
        return cls(float(f), float(f), width / 2, height / 2)

    def at(self, width: int, height: int) -> Intrinsics:
        """The intrinsics for images of another size [px] of the same camera, scaled and not cropped.

        Raises ValueError where the aspect ratio differs: the image was cropped in an unknown way.
        """
        if not self.width or not self.height or (self.width, self.height) == (width, height):
            return self
        if abs(width * self.height - height * self.width) > _SAME_SHAPE * height * self.width:
            raise ValueError(
                f"calibrated with images of {self.width}×{self.height}, which {width}×{height} are not a scaled copy of"
            )
        sx, sy = width / self.width, height / self.height
        scales = (sx,) * 4 + (sy,) * 4 + (1.0,) * 4
        return replace(
            self,
            fx=self.fx * sx,
            fy=self.fy * sy,
            cx=self.cx * sx,
            cy=self.cy * sy,
            width=width,
            height=height,
            projection=tuple(p * s for p, s in zip(self.projection, scales, strict=False)),
        )


@dataclass(frozen=True, slots=True)
class Header:
    """Acquisition time and coordinate frame of the source image, passed unchanged through all stages."""

    stamp_ns: int
    frame_id: str = ""


@dataclass(frozen=True, slots=True)
class StageTime:
    """When a stage finished; set by the caller, because stages have no clock."""

    stage: str
    finished_ns: int


class IdMethod(IntEnum):
    """How a face got its id; numbers as in Face.msg."""

    TRACKED = 0
    REIDENTIFIED = 1


@dataclass(frozen=True, slots=True)
class Face:
    track_id: int
    score: float
    presence: float
    box: F32  # x, y, width, height [px]
    landmarks: F32  # 478×3 [px]
    pose: F64 | None = None  # 4×4, face (REP-155) to camera optical frame [m]
    gaze: F64 = field(default_factory=lambda: np.full((2, 3), np.nan))  # left, right; unit vectors
    gaze_confidence: F32 = field(default_factory=lambda: np.zeros(2, np.float32))
    crop: U8 | None = None  # aligned, S×S×3 RGB
    id_method: IdMethod = IdMethod.TRACKED
    id_confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Faces:
    header: Header
    width: int
    height: int
    faces: tuple[Face, ...] = ()
    stages: tuple[StageTime, ...] = ()


class BaselineMethod(IntEnum):
    """How a resting face became known; numbers as in Baseline.msg."""

    NONE = 0
    LEARNED = 1
    CAPTURED = 2
    LOADED = 3


@dataclass(frozen=True, slots=True)
class Baseline:
    """How well the resting face is known that values are relative to; the face itself is a `PersonBaseline`."""

    method: BaselineMethod = BaselineMethod.NONE
    confidence: float = 0.0
    since_ns: int = 0


UNKNOWN_BASELINE = Baseline()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PersonBaseline:
    """A person's face at rest; `mien.core.baseline` says how it is learned and taken off."""

    about: Baseline
    blendshapes: F32  # 52, ARKit order, [0, 0.5]
    au_intensity: F32 = field(default_factory=lambda: np.zeros(0, np.float32))  # by `spaces.facs.AUS`, [0, 2.5]
    embedding: F32 = field(default_factory=lambda: np.zeros(0, np.float32))  # unit norm
    landmarks: F32 | None = None  # 478×2, canonical as in `mien_models.alignment`; private
    head: F64 | None = None  # quaternion x, y, z, w, face axes to camera optical frame
    # What the network reads of the resting face as a stranger's; no message tells it, as no later stage needs it.
    emotion: F32 = field(default_factory=lambda: np.zeros(0, np.float32))  # by `spaces.emotions.EMOTIONS`
    affect: F32 = field(default_factory=lambda: np.zeros(0, np.float32))  # valence, arousal


class Source(IntEnum):
    """Where the numbers of a rig or an expression come from; numbers as in Rig.msg."""

    VISUAL = 0
    AUDIO = 1
    PREDICTED = 2
    REPLAYED = 3
    HEADSET = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """A network's estimate of action units, expression category, valence and arousal."""

    au_intensity: F32  # by `spaces.facs.AUS`, [0, 5]
    au_sd: F32  # expected root mean square error
    au_probability: F32
    emotion: F32  # by `spaces.emotions.EMOTIONS`, sum 1
    valence: float
    arousal: float


@dataclass(frozen=True, slots=True)
class Expression:
    track_id: int
    blendshapes: F32  # 52, ARKit order, [0, 1]; NaN = not observed
    confidence: F32  # 52, [0, 1]
    embedding: F32 = field(default_factory=lambda: np.zeros(0, np.float32))
    reading: Reading | None = None  # where the network reads action units too
    source: Source = Source.VISUAL
    baseline: Baseline = UNKNOWN_BASELINE
    rest: PersonBaseline | None = None  # what `baseline` is about


@dataclass(frozen=True, slots=True)
class Expressions:
    header: Header
    expressions: tuple[Expression, ...] = ()
    stages: tuple[StageTime, ...] = ()


class Method(IntEnum):
    """How a value was obtained; numbers as in Affect.msg."""

    NONE = 0
    DERIVED = 1
    LEARNED = 2
    FUSED = 3


@dataclass(frozen=True, slots=True)
class Affect:
    track_id: int
    au_intensity: F32  # by `spaces.facs.AUS`, [0, 5]; NaN = not observed
    au_probability: F32
    au_confidence: F32
    au_method: Method
    emotion: F32  # by `spaces.emotions.EMOTIONS`, sum 1
    emotion_confidence: float
    emotion_method: Method
    valence: float
    arousal: float
    va_confidence: float
    va_method: Method
    baseline: Baseline = UNKNOWN_BASELINE


@dataclass(frozen=True, slots=True)
class Affects:
    header: Header
    affects: tuple[Affect, ...] = ()
    stages: tuple[StageTime, ...] = ()


class RigState(IntEnum):
    """Numbers as in Rig.msg."""

    TRACKED = 0
    EASING = 1
    NEUTRAL = 2


@dataclass(frozen=True, slots=True)
class RigDescription:
    """The names and limits behind the weights of one schema."""

    schema: str
    names: tuple[str, ...]
    units: tuple[str, ...]  # of each weight: "1" for a share of its full range, "rad", "m" or "deg"
    regions: U8  # `arkit.Region` of each weight
    lower: F32
    upper: F32
    neutral: F32


@dataclass(frozen=True, slots=True)
class Rig:
    track_id: int
    state: RigState
    schema: str
    weights: F32  # in the order, limits and units of the schema's RigDescription; of arkit52 [0, 1]
    head: F64  # quaternion x, y, z, w from the neutral head, face axes (REP-155)
    gaze: F32  # 2×2: (left, right) × (yaw, pitch) [rad] in the head, positive to the left and up
    confidence: F32  # per region
    source: U8  # per region, Source
    consistency: float = math.nan  # distance between the expressions of person and avatar, [0, 2]; NaN = not measured
    baseline: Baseline = UNKNOWN_BASELINE


@dataclass(frozen=True, slots=True)
class Rigs:
    header: Header
    rigs: tuple[Rig, ...] = ()
    stages: tuple[StageTime, ...] = ()
    heard_ns: int | None = 0  # stamp of the voice of this moment; 0 = none; None = not told, as in older recordings


@dataclass(frozen=True, slots=True)
class Truth:
    """Ground truth of a synthetic image: the outputs that the stages should give."""

    faces: Faces
    expressions: Expressions
    affects: Affects


@dataclass(frozen=True, slots=True)
class Frame:
    """One image. `image` is H×W×3 uint8 RGB; `intrinsics` is None when the camera is not known."""

    image: U8
    stamp_ns: int
    frame_id: str = ""
    intrinsics: Intrinsics | None = None
    truth: Truth | None = None  # of synthetic images
