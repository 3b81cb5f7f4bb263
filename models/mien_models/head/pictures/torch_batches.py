"""Draw training pictures and their ground truth on the device, batch by batch.

renderer = TorchRenderer(CpuRenderer(head, small=True), "cuda")
for batch in batches(BatchConfig(seed=1, batch=256), renderer):
    ...  # batch.image (B, 3, 128, 128) uint8, batch.shapes (B, 52), …
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count, islice
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import Tensor

from mien_models.head.appearance.accessory import Accessory
from mien_models.head.appearance.occluders import Occluder, occlude, sample_occluder
from mien_models.head.appearance.paint import PaintedHead
from mien_models.head.model.action_units import inner_brows
from mien_models.head.model.in_torch import TorchHead
from mien_models.head.model.landmarks import Landmarks
from mien_models.head.model.pose import head_pose, torso_pose
from mien_models.head.motion.sampler import Sampler
from mien_models.head.motion.split import Split, identity_seeds
from mien_models.head.pictures.studio import person
from mien_models.head.ranges import check
from mien_models.head.render.scene import sample_background, sample_lighting
from mien_models.head.render.setting import Camera
from mien_models.head.render_torch.batch import Cameras, Settings
from mien_models.head.render_torch.light import Lights
from mien_models.head.render_torch.renderer import TorchRenderer
from mien_models.spaces import mesh478

_RANGES: dict[str, tuple[float, float]] = {
    "batch": (1, 65536), "size": (16, 2048), "people": (1, 65536), "renew_every": (0, 10**9), "expressions": (1, 10**7),
    "poses": (1, 10**7), "lights": (1, 10**6), "backgrounds": (1, 10**5), "yaw_deg": (0, 90), "pitch_deg": (0, 30),
    "roll_deg": (0, 30), "nearest_m": (0.25, 5), "farthest_m": (0.25, 5), "closest": (0.5, 5), "widest": (0.5, 5),
    "aside": (0, 0.5), "occluded": (0, 1), "together": (1, 65536),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchConfig:
    """Distributions of the batches. Raises ValueError out of range.

    Each picture is a random combination from pools of people, expressions, poses, lights and
    backgrounds.
    """

    seed: int = 0
    split: Split = "train"
    batch: int = 256
    size: int = 128  # of the square pictures [px]
    people: int = 64  # painted people on the device; 3 to 10 MB each
    renew_every: int = 0  # number of batches after which the next person is replaced; 0: never
    expressions: int = 8192
    together: int = 1  # consecutive pictures of a batch with the same expression
    poses: int = 4096
    lights: int = 512
    backgrounds: int = 128
    yaw_deg: float = 40.0  # to either side, uniform
    pitch_deg: float = 9.0  # standard deviations
    roll_deg: float = 7.0
    nearest_m: float = 0.35
    farthest_m: float = 1.2
    closest: float = 1.05  # side of the picture relative to the box of the landmarks, uniform up to `widest`
    widest: float = 1.8
    aside: float = 0.05  # offset of the face from the middle: standard deviation as a share of the picture
    occluded: float = 0.1  # share of the people with a hand, a mask or a cup before the face

    def __post_init__(self) -> None:
        check(self, _RANGES, (("nearest_m", "farthest_m"), ("closest", "widest")))


class Batch(NamedTuple):
    """B pictures and their ground truth, on the device. Left and right are the person's own."""

    image: Tensor  # (B, 3, H, W) uint8 RGB, channels last in memory
    shapes: Tensor  # (B, 52) ARKit weights by BLENDSHAPES, float32
    units: Tensor  # (B, A) FACS intensity by AUS, float32
    eyes: Tensor  # (B, 2, 2) yaw and pitch of the left and the right eye in the head [rad], float32
    pose: Tensor  # (B, 4, 4) face axes to camera optical frame [m], float64
    landmarks: Tensor  # (B, 478, 3) [px]; z in the scale of x, 0 in the middle of the face, float32
    identity: Tensor  # (B, D) codes of Identity, float32
    person: Tensor  # (B,) seeds of the identities, which determine their split
    expression: Tensor  # (B,) number of the expression in the sampler
    camera: Tensor  # (B, 4) fx, fy, cx, cy [px], float64


def batches(config: BatchConfig, renderer: TorchRenderer, first: int = 0) -> Iterator[Batch]:
    """Endless batches from number `first` on; each depends on the config and its number alone.

    Painting the people and filling the pools takes half a minute for the defaults.
    """
    head = TorchHead(renderer.surface.data, renderer.device)
    pools, people = _Pools(config, renderer, head), _People(config, renderer, head, first)
    for number in count(first):
        people.advance(number)
        yield pools.draw(number, people)


class _People:
    """The people on the device; person n replaces person n - `people`."""

    def __init__(self, config: BatchConfig, renderer: TorchRenderer, head: TorchHead, first: int) -> None:
        self._config, self._renderer, self._head = config, renderer, head
        self._painter = ThreadPoolExecutor(1)
        self._seeds = identity_seeds(config.split)
        self._come = self._due(first)
        oldest = self._come - config.people
        latest = list(islice(self._seeds, oldest, self._come))
        slots = [latest[(slot - oldest) % config.people] for slot in range(config.people)]
        painted = [self._painted(seed) for seed in slots]
        self.heads = renderer.stack([head for head, _ in painted], [held for _, held in painted])
        self.seeds = torch.tensor(slots, device=renderer.device)
        self.codes = torch.stack([self._code(seed) for seed in slots])
        self.faces = head.neutral(self.codes)
        self.mobility = torch.tensor(
            [person(seed)[1].mobility for seed in slots], device=renderer.device, dtype=self.codes.dtype
        )
        self._next = self._ahead()

    def advance(self, number: int) -> None:
        """Add the people who are due at a batch."""
        while self._come < self._due(number):
            seed, painting = self._next
            head, held = painting.result()
            slot = self._come % self._config.people
            self.heads = self.heads.replaced(slot, self._renderer.stack([head], [held]))
            self.seeds[slot], self.codes[slot] = seed, self._code(seed)
            self.faces[slot] = self._head.neutral(self.codes[slot])
            self.mobility[slot] = person(seed)[1].mobility
            self._come += 1
            self._next = self._ahead()

    def _due(self, number: int) -> int:
        """The number of people added up to a batch."""
        c = self._config
        return c.people + (number // c.renew_every if c.renew_every else 0)

    def _ahead(self) -> tuple[int, Future[tuple[PaintedHead, Sequence[Accessory]]]]:
        """The next person, painted in the background."""
        seed = next(self._seeds)
        return seed, self._painter.submit(self._painted, seed)

    def _painted(self, seed: int) -> tuple[PaintedHead, Sequence[Accessory]]:
        rng = np.random.default_rng([self._config.seed, seed, 2])
        what = sample_occluder(rng) if rng.random() < self._config.occluded else Occluder.NONE
        return self._renderer.paint(person(seed)[1]), occlude(self._renderer.surface, what, seed)

    def _code(self, seed: int) -> Tensor:
        return torch.as_tensor(person(seed)[0].code.copy(), device=self._renderer.device)


class _Pools:
    """The pools on the device from which pictures are combined."""

    def __init__(self, config: BatchConfig, renderer: TorchRenderer, head: TorchHead) -> None:
        self._config, self._renderer, self._head = config, renderer, head
        rng = np.random.default_rng([config.seed, 1])

        def on(array: ArrayLike) -> Tensor:
            return torch.as_tensor(np.asarray(array), device=renderer.device)

        samples = Sampler(config.seed).take(0, config.expressions)
        self._shapes, self._units, self._eyes = on(samples.shapes), on(samples.units), on(samples.gaze)
        self._brows = on(inner_brows(samples.units))
        yaw = rng.uniform(-config.yaw_deg, config.yaw_deg, config.poses)
        pitch, roll = rng.normal(0, 1, (2, config.poses)) * [[config.pitch_deg], [config.roll_deg]]
        distance = rng.uniform(config.nearest_m, config.farthest_m, config.poses)
        angles = np.radians(np.stack([yaw, pitch, roll], axis=1))
        poses = [head_pose(y, p, r, (0.0, 0.0, away)) for (y, p, r), away in zip(angles, distance, strict=True)]
        self._poses, self._torsos = on(poses), on([torso_pose(pose) for pose in poses])
        self._lights = renderer.lights([sample_lighting(rng) for _ in range(config.lights)])
        camera = Camera.from_fov(config.size, config.size, 45)
        self._backgrounds = on([sample_background(rng, camera) for _ in range(config.backgrounds)])
        landmarks = Landmarks()
        self._corners, self._shares = on(landmarks.corners).long(), on(landmarks.shares)

    def draw(self, number: int, people: _People) -> Batch:
        """Batch `number`."""
        c, rng = self._config, np.random.default_rng([self._config.seed, number, 3])

        def choose(among: int) -> Tensor:
            return torch.as_tensor(rng.integers(among, size=c.batch), device=self._renderer.device)

        who, face, turn = choose(c.people), choose(c.expressions), choose(c.poses)
        face = face.repeat_interleave(c.together)[: c.batch]
        lights, background = choose(c.lights), choose(c.backgrounds)
        wide, aside = rng.uniform(c.closest, c.widest, (c.batch, 1)), rng.normal(0, c.aside, (c.batch, 2))
        framing = torch.as_tensor(np.concatenate([wide, aside], 1), device=self._renderer.device)
        weights, pose, eyes = self._shapes[face], self._poses[turn], self._eyes[face]
        vertices = self._head.animate(
            people.faces[who],
            weights,
            eyes,
            pose,
            self._torsos[turn],
            self._brows[face],
            people.mobility[who],
        )
        points = (vertices[:, self._corners] * self._shares[..., None]).sum(-2)
        cameras = _framed(points, c.size, framing)
        pictures = self._renderer.render(
            people.heads,
            who,
            vertices,
            pose,
            Settings(cameras, Lights(*(pool[lights] for pool in self._lights)), self._backgrounds[background]),
            weights,
            image_only=True,
        )
        return Batch(
            image=pictures.image.permute(0, 3, 1, 2),
            shapes=self._shapes[face].float(),
            units=self._units[face].float(),
            eyes=eyes.float(),
            pose=pose,
            landmarks=_project(points, cameras).float(),
            identity=people.codes[who].float(),
            person=people.seeds[who],
            expression=face,
            camera=cameras.values,
        )


def _framed(points: Tensor, size: int, framing: Tensor) -> Cameras:
    """Cameras of square crops around faces (B, 478, 3), with size and offset from `framing` (B, 3)."""
    flat = points[..., :2] / points[..., 2:]
    low, high = flat.amin(1), flat.amax(1)
    side = (high - low).amax(1) * framing[:, 0]
    middle = (low + high) / 2 + framing[:, 1:] * side[:, None]
    f = (size / side)[:, None]
    return Cameras(size, size, torch.cat([f, f, size / 2 - f * middle], 1))


def _project(points: Tensor, cameras: Cameras) -> Tensor:
    """(B, 478, 3) landmarks [px], as in `LabelledImage`."""
    f, centre = cameras.values[:, None, :2], cameras.values[:, None, 2:]
    middle = points[:, : mesh478.SURFACE, 2].mean(1)[:, None, None]
    depth = (points[..., 2:] - middle) / middle * f[..., :1]
    return torch.cat([points[..., :2] / points[..., 2:] * f + centre, depth], -1)
