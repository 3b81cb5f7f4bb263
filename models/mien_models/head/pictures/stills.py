"""Random pictures for training and evaluation; the config and the index determine each picture.

stills = Stills(StillConfig(split="train", width=256, height=256, fov_deg=25.0))
labelled = stills(17)  # image and truth
still = stills.plan(17)  # the contents of the picture, not yet drawn
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace

import numpy as np

from mien_models.head.appearance.accessory import Accessory
from mien_models.head.appearance.occluders import Occluder, occlude, sample_occluder
from mien_models.head.appearance.paint import PaintedHead
from mien_models.head.appearance.parameters import Appearance
from mien_models.head.model.pose import head_pose
from mien_models.head.model.state import FaceState
from mien_models.head.motion.sampler import Sampler
from mien_models.head.motion.split import Split, identity_seeds
from mien_models.head.pictures.studio import LabelledImage, Studio, person
from mien_models.head.ranges import check
from mien_models.head.render.scene import Photograph, sample_background, sample_lighting
from mien_models.head.render.setting import Camera, Setting

_RANGES: dict[str, tuple[float, float]] = {
    "width": (16, 8192), "height": (16, 8192), "fov_deg": (5, 120), "per_person": (1, 10_000),
    "yaw_from_deg": (0, 90), "yaw_to_deg": (0, 90), "pitch_deg": (0, 30), "roll_deg": (0, 30),
    "nearest_m": (0.25, 5), "farthest_m": (0.25, 5), "aside": (0, 0.3), "occluded": (0, 1), "degraded": (0, 1),
}  # fmt: skip
_PAINTED = 4  # number of painted people that are cached


@dataclass(frozen=True, slots=True, kw_only=True)
class StillConfig:
    """Distributions of the random pictures. Raises ValueError out of range."""

    seed: int = 0
    split: Split = "train"
    width: int = 640  # [px]
    height: int = 480
    fov_deg: float = 45.0  # vertical
    per_person: int = 8  # consecutive pictures of one person, because painting takes longer than a picture
    yaw_from_deg: float = 0.0  # to either side, uniform
    yaw_to_deg: float = 40.0
    pitch_deg: float = 7.0  # standard deviations
    roll_deg: float = 6.0
    nearest_m: float = 0.4
    farthest_m: float = 1.0
    aside: float = 0.04  # offset of the face from the middle: standard deviation as a share of the picture's height
    occluded: float = 0.1  # share of pictures with a hand, a mask or a cup
    degraded: float = 0.8  # share of pictures with the faults of a camera

    def __post_init__(self) -> None:
        check(self, _RANGES, (("yaw_from_deg", "yaw_to_deg"), ("nearest_m", "farthest_m")))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Still:
    """The contents of one picture."""

    person: int  # seed of the identity, which determines its split
    appearance: Appearance
    kind: int  # sampler.Kind
    state: FaceState
    setting: Setting  # without held things, which are made when the picture is drawn
    photograph: Photograph
    occluder: Occluder
    occluder_seed: int  # determines its placement


class Stills:
    """An endless list of random pictures; picture i depends on the config and i alone."""

    def __init__(self, config: StillConfig | None = None, studio: Studio | None = None) -> None:
        """`studio` may be shared. Raises ModelError when the data is not available."""
        self.config = config or StillConfig()
        self.studio = studio or Studio()
        self.camera = Camera.from_fov(self.config.width, self.config.height, self.config.fov_deg)
        self._sampler = Sampler(self.config.seed)
        self._seeds: list[int] = []
        self._all_seeds = identity_seeds(self.config.split)
        self._painted: OrderedDict[int, PaintedHead] = OrderedDict()

    def __call__(self, index: int) -> LabelledImage:
        """Picture `index` and its ground truth."""
        return self.draw(self.plan(index))

    def plan(self, index: int, *, person_seed: int | None = None, expression: int | None = None) -> Still:
        """The contents of picture `index`, optionally with another person or another expression of the sampler.

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
            appearance=appearance,
            kind=int(sample.kinds[0]),
            state=FaceState(
                identity=identity,
                units=sample.units[0],
                shapes=sample.shapes[0],
                eyes=sample.gaze[0],
                pose=head_pose(np.radians(yaw), np.radians(pitch), np.radians(roll), (x, y, distance)),
                mobility=appearance.mobility,
            ),
            setting=Setting(camera=self.camera, lighting=lighting, background=background),
            photograph=photograph,
            occluder=occluder,
            occluder_seed=index,
        )

    def draw(self, still: Still) -> LabelledImage:
        """The picture of a plan, and its ground truth."""
        setting = replace(still.setting, held=self.held(still))
        labelled = self.studio.shoot(self.painted(still), still.state, setting)
        return replace(labelled, image=still.photograph(labelled.image))

    def held(self, still: Still) -> tuple[Accessory, ...]:
        """The things held before the face of a plan."""
        return occlude(self.studio.renderer.surface, still.occluder, still.occluder_seed)

    def painted(self, still: Still) -> PaintedHead:
        """The painted person of a plan; the last few people are cached."""
        if still.person not in self._painted:
            self._painted[still.person] = self.studio.renderer.paint(still.appearance)
            if len(self._painted) > _PAINTED:
                self._painted.popitem(last=False)
        return self._painted[still.person]

    def _person(self, number: int) -> int:
        while len(self._seeds) <= number:
            self._seeds.append(next(self._all_seeds))
        return self._seeds[number]
