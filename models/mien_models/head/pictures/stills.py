"""Random pictures for training and judging: everything in one follows from the config and its index.

stills = Stills(StillConfig(split="train", width=256, height=256, fov_deg=25.0))
shot = stills(17)  # image and truth
still = stills.plan(17)  # what stands in the picture, not yet drawn
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mien_models.head.looks.appearance import Appearance
from mien_models.head.looks.occluders import Occluder, occlude, sample_occluder
from mien_models.head.looks.paint import Look
from mien_models.head.model.identity import Identity
from mien_models.head.model.pose import head_pose
from mien_models.head.motion.sampler import Sampler
from mien_models.head.motion.split import Split, identity_seeds
from mien_models.head.pictures.studio import Shot, Studio, person
from mien_models.head.ranges import check
from mien_models.head.render.cpu import Camera, Lighting
from mien_models.head.render.scene import Photograph, sample_background, sample_lighting

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]

_RANGES: dict[str, tuple[float, float]] = {
    "width": (16, 8192), "height": (16, 8192), "fov_deg": (5, 120), "per_person": (1, 10_000),
    "yaw_from_deg": (0, 90), "yaw_to_deg": (0, 90), "pitch_deg": (0, 30), "roll_deg": (0, 30),
    "nearest_m": (0.25, 5), "farthest_m": (0.25, 5), "aside": (0, 0.3), "occluded": (0, 1), "degraded": (0, 1),
}  # fmt: skip
_LOOKS = 4  # painted people that are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class StillConfig:
    """What is drawn at random, and how far. Raises ValueError out of range."""

    seed: int = 0
    split: Split = "train"
    width: int = 640  # [px]
    height: int = 480
    fov_deg: float = 45.0  # vertical
    per_person: int = 8  # pictures in a row of one person: painting one takes longer than a picture
    yaw_from_deg: float = 0.0  # to either side, evenly
    yaw_to_deg: float = 40.0
    pitch_deg: float = 7.0  # standard deviations
    roll_deg: float = 6.0
    nearest_m: float = 0.4
    farthest_m: float = 1.0
    aside: float = 0.04  # of the face from the middle, standard deviation as a share of the picture's height
    occluded: float = 0.1  # share of pictures with a hand, a mask or a cup
    degraded: float = 0.8  # share of pictures with the faults of a camera

    def __post_init__(self) -> None:
        check(self, _RANGES, (("yaw_from_deg", "yaw_to_deg"), ("nearest_m", "farthest_m")))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Still:
    """What stands in one picture. Left and right are the person's own."""

    person: int  # seed of the identity, which tells its split
    identity: Identity
    appearance: Appearance
    kind: int  # sampler.Kind
    units: F64  # FACS intensity by AUS
    shapes: F64  # 52 ARKit weights by BLENDSHAPES
    eyes: F64  # 2×2 yaw and pitch of the left and the right eye in the head [rad]
    pose: F64  # 4×4, face axes to camera optical frame [m]
    camera: Camera
    lighting: Lighting
    background: F32  # H×W×3 as a camera writes it, in [0, 1]
    photograph: Photograph
    occluder: Occluder
    occluder_seed: int  # how it is held


class Stills:
    """An endless list of random pictures: number i depends on the config and i alone."""

    def __init__(self, config: StillConfig | None = None, studio: Studio | None = None) -> None:
        """`studio` may be shared. Raises ModelError when the data cannot be had."""
        self.config = config or StillConfig()
        self.studio = studio or Studio()
        self.camera = Camera.from_fov(self.config.width, self.config.height, self.config.fov_deg)
        self._sampler = Sampler(self.config.seed)
        self._seeds: list[int] = []
        self._all_seeds = identity_seeds(self.config.split)
        self._looks: OrderedDict[int, Look] = OrderedDict()

    def __call__(self, index: int) -> Shot:
        """Picture `index` and its truth."""
        return self.draw(self.plan(index))

    def plan(self, index: int, *, person_seed: int | None = None, expression: int | None = None) -> Still:
        """What stands in picture `index`; with another person, or another number of the sampler's expressions.

        Raises ValueError for negative numbers.
        """
        if index < 0:
            raise ValueError(f"pictures are counted from 0, got {index}")
        c = self.config
        seed = self._person(index // c.per_person) if person_seed is None else person_seed
        identity, appearance = person(seed)
        sample = self._sampler.take(index if expression is None else expression, 1)
        rng = np.random.default_rng([c.seed, index, 1])
        yaw = rng.uniform(c.yaw_from_deg, c.yaw_to_deg) * rng.choice([-1, 1])
        pitch, roll = rng.normal(0, 1, 2) * (c.pitch_deg, c.roll_deg)
        distance = rng.uniform(c.nearest_m, c.farthest_m)
        x, y = rng.normal(0, c.aside, 2) * c.height * distance / self.camera.fy
        lighting = sample_lighting(rng)
        background = sample_background(rng, self.camera)
        photograph = Photograph.sample(rng) if rng.random() < c.degraded else Photograph()
        occluder = sample_occluder(rng) if rng.random() < c.occluded else Occluder.NONE
        return Still(
            person=seed,
            identity=identity,
            appearance=appearance,
            kind=int(sample.kinds[0]),
            units=sample.units[0],
            shapes=sample.shapes[0],
            eyes=sample.gaze[0],
            pose=head_pose(np.radians(yaw), np.radians(pitch), np.radians(roll), (x, y, distance)),
            camera=self.camera,
            lighting=lighting,
            background=background,
            photograph=photograph,
            occluder=occluder,
            occluder_seed=index,
        )

    def draw(self, still: Still) -> Shot:
        """The picture of a plan, and its truth."""
        shot = self.studio.shoot(
            self.look(still),
            still.identity,
            self.studio.head.neutral(still.identity),
            still.units,
            still.shapes,
            still.eyes,
            still.pose,
            still.camera,
            still.lighting,
            still.background,
            occlude(self.studio.renderer.surface, still.occluder, still.occluder_seed),
            still.appearance.mobility,
        )
        return replace(shot, image=still.photograph(shot.image))

    def look(self, still: Still) -> Look:
        """The painted person of a plan; the last few are kept."""
        if still.person not in self._looks:
            self._looks[still.person] = self.studio.renderer.look(still.appearance)
            if len(self._looks) > _LOOKS:
                self._looks.popitem(last=False)
        return self._looks[still.person]

    def _person(self, number: int) -> int:
        while len(self._seeds) <= number:
            self._seeds.append(next(self._all_seeds))
        return self._seeds[number]
