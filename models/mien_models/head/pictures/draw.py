"""Draw samples of a dataset: random pictures as a face tracker reads them, and their ground truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models import alignment
from mien_models.backends import Session, open_session
from mien_models.head.model.head import Head
from mien_models.head.model.pose import head_pose
from mien_models.head.motion.draw import Kind
from mien_models.head.motion.sampler import MIX, Sampler, Samples
from mien_models.head.motion.split import Split, identity_seeds
from mien_models.head.pictures.stills import Still, StillConfig, Stills
from mien_models.head.pictures.studio import LabelledImage, Studio
from mien_models.head.render.cpu import CpuRenderer
from mien_models.head.render.scene import Photograph
from mien_models.head.render.setting import Camera
from mien_models.landmarker import Landmarker, Roi, box_of, roi_of_landmarks

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]
Rng = np.random.Generator

PER_PERSON = 20  # pictures of one person in a row
PEOPLE = 25  # people of a shard; they share their expressions
PER_SHARD = PER_PERSON * PEOPLE
NEUTRALS = 2  # neutral pictures of each person, at different poses
SHARED_BY = 3  # number of people in a shard who show the same expression

_EXPRESSIONS = PEOPLE * (PER_PERSON - NEUTRALS) // SHARED_BY  # expressions of a shard
_TRIES = 4
_SEEDS = 1 << 24  # distance between the first identities of two seeds
_YAW_DEG, _PITCH_DEG, _ROLL_DEG = 45.0, 25.0, 25.0  # limits; small turns are more likely
_DISTANCE_M = (0.35, 2.0)
_FIELD_M = (0.275, 0.375)  # height of the field of view at the distance of the face
_UP_M, _AROUND_M = 0.033, 0.013  # sellion above the middle of the picture, and the standard deviation
_SMALL = 0.35  # share of pictures with a small face
_FACE_PX = (48.0, 110.0)  # width of small faces, from ear to ear
_FACE_M = 0.165
# Errors of a tracker's square region: standard deviations of position (in sides), size (share) and angle [rad].
_SHIFT, _SCALE, _TURN = 0.025, 0.05, 0.05
# Appearance fields that are stored, so that differences between groups can be reported.
_APPEARANCE = (
    "melanin", "wrinkles", "hair", "fringe", "stubble", "beard", "moustache", "glasses", "lens_tint", "lipstick",
)  # fmt: skip
_TOGETHER = 2 * PER_PERSON  # number of pictures that torch draws at once
_COARSE_PX = 400  # up to this size, textures of half resolution are enough


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetConfig:
    """Settings of a dataset. Raises ValueError out of range."""

    images: int
    size: int = 224  # side of the pictures [px]; the face fills most of the picture
    seed: int = 0
    split: Split = "train"
    occluded: float = 0.15  # share of pictures with a hand, a mask or a cup
    degraded: float = 0.7  # share of pictures with the faults of a camera
    keep_images: str = ""  # whole pictures beside the shards: png, or jpg:QUALITY

    def __post_init__(self) -> None:
        identity_seeds(self.split)
        ranges = {"images": (1, 10**9), "size": (96, 4096), "seed": (0, 10**6), "occluded": (0, 1), "degraded": (0, 1)}
        for name, (low, high) in ranges.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise ValueError(f"{name} is {value:g}, not within [{low:g}, {high:g}]")
        encoder(self.keep_images)

    @property
    def shards(self) -> int:
        """The number of shard files."""
        return -(-self.images // PER_SHARD)

    def indices(self, shard: int) -> range:
        """The sample numbers of a shard."""
        return range(shard * PER_SHARD, min((shard + 1) * PER_SHARD, self.images))


def encoder(keep_images: str) -> tuple[str, list[int]]:
    """File ending and OpenCV parameters of kept pictures. Raises ValueError for an unknown format."""
    kind, _, quality = keep_images.partition(":")
    if keep_images in ("", "png"):
        return f".{keep_images}", []
    if kind == "jpg" and quality.isdecimal() and 1 <= int(quality) <= 100:
        return ".jpg", [cv2.IMWRITE_JPEG_QUALITY, int(quality)]
    raise ValueError(f"pictures are kept as png or jpg:QUALITY with a quality of 1 to 100, not {keep_images!r}")


class Expressions:
    """The expressions of all pictures: the first of each person are neutral, the others are shared in the shard."""

    def __init__(self, seed: int) -> None:
        self._neutral = Sampler(seed, {Kind.NEUTRAL: 1.0})
        self._shared = Sampler(seed, {kind: share for kind, share in MIX.items() if kind is not Kind.NEUTRAL})

    def __call__(self, index: int) -> Samples:
        """The expression of one picture."""
        shard, row = divmod(index, PER_SHARD)
        person, picture = divmod(row, PER_PERSON)
        if picture < NEUTRALS:
            return self._stillest(_TRIES * (index // PER_PERSON * NEUTRALS + picture))
        place = person * (PER_PERSON - NEUTRALS) + picture - NEUTRALS
        return self._shared.take(shard * _EXPRESSIONS + place % _EXPRESSIONS, 1)

    def _stillest(self, first: int) -> Samples:
        """A neutral sample without a blink, chosen from a few."""
        most = self._neutral.take(first, _TRIES).units.max(1)
        return self._neutral.take(first + int(most.argmin()), 1)


class _Plan(NamedTuple):
    number: int
    rng: Rng  # state after drawing `still`
    sample: Samples
    still: Still


class Draw:
    """Draws the samples of one dataset: number i depends on the config and i alone."""

    def __init__(
        self,
        config: DatasetConfig,
        studio: Studio | None = None,
        landmarks: Session | None = None,
        device: str | None = None,
    ) -> None:
        """With a torch device, many pictures are drawn there at once; they differ by at most a grey level.

        `studio` and `landmarks` (facemesh_v2) replace the default ones. Raises ModelError.
        """
        self._config = config
        size = config.size
        if studio is None:
            head = Head.load()
            studio = Studio(head, CpuRenderer(head, small=size <= _COARSE_PX))
        self._stills = Stills(
            StillConfig(
                seed=config.seed, split=config.split, width=size, height=size,
                occluded=config.occluded, degraded=config.degraded,
            ),
            studio,
        )  # fmt: skip
        self._session = landmarks or open_session("facemesh_v2")
        self._expressions = Expressions(config.seed)
        self._seeds: list[int] = []
        self._more_seeds = identity_seeds(config.split, config.seed * _SEEDS)
        self._shoot: Callable[[Sequence[Still]], list[LabelledImage]]
        if device is None:
            self._together, self._shoot = 1, lambda plans: [self._stills.draw(plan) for plan in plans]
        else:
            from mien_models.head.pictures.torch_stills import TorchStills

            self._together, self._shoot = _TOGETHER, TorchStills(self._stills, device).draw

    def __call__(self, index: int) -> tuple[U8, dict[str, Any]]:
        """Picture `index`, H×W×3 RGB, and its row of arrays for the shard."""
        return next(self.each([index]))

    def each(self, indices: Sequence[int]) -> Iterator[tuple[U8, dict[str, Any]]]:
        """The same for several pictures, in order."""
        for first in range(0, len(indices), self._together):
            plans = [self._plan(index) for index in indices[first : first + self._together]]
            images = self._shoot([replace(plan.still, photograph=Photograph()) for plan in plans])
            yield from map(self._row, plans, images)

    def _plan(self, index: int) -> _Plan:
        rng = np.random.default_rng([self._config.seed, index, 2])
        sample = self._expressions(index)
        return _Plan(index, rng, sample, self._still(index, rng, sample))

    def _row(self, plan: _Plan, labelled: LabelledImage) -> tuple[U8, dict[str, Any]]:
        number, rng, sample, still = plan
        image, small = _photographed(labelled.image, still, rng)
        landmarks, presence = read_landmarks(self._session, image, labelled.landmarks, rng)
        return image, {
            "crop": alignment.crop(image, landmarks),
            "landmarks": landmarks,
            "landmarks_true": labelled.landmarks,
            "presence": np.float32(presence),
            "identity": np.int32(number // PER_PERSON),
            "kind": np.uint8(sample.kinds[0]),
            "name": np.array(sample.names[0], "U16"),
            "small": np.float32(small),
            **_truth(still, labelled),
        }

    def _still(self, index: int, rng: Rng, sample: Samples) -> Still:
        still = self._stills.plan(index, person_seed=self._person(index // PER_PERSON))
        yaw, pitch, roll = (np.radians(rng.triangular(-most, 0, most)) for most in (_YAW_DEG, _PITCH_DEG, _ROLL_DEG))
        distance = float(np.exp(rng.uniform(*np.log(_DISTANCE_M))))
        x, y = rng.normal(0, _AROUND_M, 2)
        size = self._config.size
        focal = size * distance / rng.uniform(*_FIELD_M)
        return replace(
            still,
            kind=int(sample.kinds[0]),
            state=replace(
                still.state,
                units=sample.units[0],
                shapes=sample.shapes[0],
                eyes=sample.gaze[0],
                pose=head_pose(yaw, pitch, roll, (x, y - _UP_M, distance)),
            ),
            setting=replace(still.setting, camera=Camera(size, size, focal, focal, size / 2, size / 2)),
        )

    def _person(self, number: int) -> int:
        while len(self._seeds) <= number:
            self._seeds.append(next(self._more_seeds))
        return self._seeds[number]


def read_landmarks(session: Session, image: U8, true: F32, rng: Rng) -> tuple[F32, float]:
    """478×3 landmarks [px] and presence, as facemesh_v2 reads them in a square like that of a tracker.

    true: 478×3 true landmarks, around which the square is placed with random errors.
    """
    square = roi_of_landmarks(true, box_of(true))
    side = square.side * float(np.exp(rng.normal(0, _SCALE)))
    x, y = rng.normal(0, _SHIFT, 2) * side
    roi = Roi(square.x + x, square.y + y, side, square.angle + rng.normal(0, _TURN))
    landmarks, presence = Landmarker(session)(image, [roi])
    return landmarks[0], float(presence[0])


def _photographed(image: U8, still: Still, rng: Rng) -> tuple[U8, float]:
    """A picture with camera faults from a clean one, and the scale at which it was taken."""
    size = image.shape[0]
    face = still.setting.camera.fy * _FACE_M / float(still.state.pose[2, 3])
    wanted = float(np.exp(rng.uniform(*np.log(_FACE_PX))))
    if rng.random() >= _SMALL or wanted >= face:
        return still.photograph(image), 1.0
    few = max(8, round(size * wanted / face))
    small = np.asarray(cv2.resize(image, (few, few), interpolation=cv2.INTER_AREA), np.uint8)
    share = few / size
    photograph = replace(
        still.photograph, blur_px=still.photograph.blur_px * share, motion_px=still.photograph.motion_px * share
    )
    large = cv2.resize(photograph(small), (size, size), interpolation=cv2.INTER_LINEAR)
    return np.asarray(large, np.uint8), share


def _truth(still: Still, labelled: LabelledImage) -> dict[str, Any]:
    return {
        "shapes": labelled.shapes.astype(np.float32),
        "units": labelled.units.astype(np.float32),
        "gaze": still.state.eyes.astype(np.float32),
        "pose": labelled.pose.astype(np.float32),
        "code": labelled.identity.astype(np.float32),
        "person": np.int64(still.person),
        "visible": labelled.visible,
        "landmarks_visible": labelled.landmarks_visible,
        "age_years": np.float32(still.state.identity.years),
        "masculinity": np.float32(still.state.identity["masculinity"]),
        "occluder": np.uint8(still.occluder),
        **{name: np.float32(getattr(still.appearance, name)) for name in _APPEARANCE},
    }
