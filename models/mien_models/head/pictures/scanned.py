"""Draw samples of a dataset with the head from scans; the settings and the number of a sample determine it.

The rows are those of `pictures.draw`, without the truth that this head does not have: true landmarks and the code of
the identity are NaN. The tongue stays in the mouth.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models import alignment
from mien_models.backends import Session, open_session
from mien_models.head.model.table import code_names
from mien_models.head.motion.split import identity_seeds, split_of
from mien_models.head.pictures.draw import PER_PERSON, DatasetConfig, Expressions, read_landmarks
from mien_models.head.render.scene import Photograph, sample_background
from mien_models.head.render.setting import Camera
from mien_models.head.scan import portraits as photographs
from mien_models.head.scan.data import EYE_LEFT, EYE_RIGHT, GUMS, HEAD, MOUTH, SOCKETS, TEETH, ScanData
from mien_models.head.scan.folds import Folds
from mien_models.head.scan.head import UNSHOWN, ScanHead, places
from mien_models.head.scan.render import Look, ScanRenderer, project, rotation
from mien_models.head.scan.skin import SIZE, Skins
from mien_models.spaces import mesh478
from mien_models.spaces.arkit import BLENDSHAPES

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]
Rng = np.random.Generator

_SEEDS = 1 << 24  # distance between the first people of two seeds
_DRAWN = 1.25  # samples per pixel of the picture, each way
_YAW_DEG, _PITCH_DEG, _ROLL_DEG = 40.0, 22.0, 22.0  # limits; small turns are more likely
_DISTANCE_CM = (40.0, 180.0)
_FACE = (0.040, 0.050)  # of the picture's side, per cm
_SMALL_PX = (44, 224)
_COARSE = 0.6  # share of pictures with less resolution
_HAIR_CM = 6.5  # height from which the scalp has hair
_MOBILE = (0.75, 1.3)  # how far a person moves at the same intensity
# Movements that a fit finds in portraits of people who hardly make them: low brows, a broad nose root, thin lips.
# They are how these people look at rest, and so do the rendered people, without a label.
HELD = ("browDown", "noseSneer", "mouthRoll")
_HELD = (0.0, 1.2)  # share of what the fit finds
_UNSHOWN = [BLENDSHAPES.index(name) for name in UNSHOWN]


class Scanned:
    """Draws picture and row of any sample. `advance` is told how many of all portraits are fitted."""

    def __init__(
        self,
        config: DatasetConfig,
        scans: Path,
        portraits: Path,
        session: Session | None = None,
        advance: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        """`scans`: see `ScanData.load`. `portraits`: a folder of faces whose skin is used. Raises ModelError."""
        self._config, self._session = config, session or open_session("facemesh_v2", device="cpu")
        self._head = ScanHead(ScanData.load(scans))
        self._portraits = photographs.load(self._head, portraits, self._session, advance)
        self._skins = Skins(self._head, self._portraits)
        splits = np.array([split_of(int(path.stem) if path.stem.isdigit() else i)
                           for i, path in enumerate(self._portraits.paths)])  # fmt: skip
        self._allowed = np.flatnonzero(splits == config.split)
        if len(self._allowed) < 4:
            self._allowed = np.arange(len(splits))
        side = round(config.size * _DRAWN)
        self._renderer = ScanRenderer(self._head.data, side, side)
        self._expressions = Expressions(config.seed)
        self.held = np.array([name.startswith(HELD) for name in self._head.data.names])
        self._marks = places().in_chart(self._head.data)
        self._seeds: list[int] = []
        self._more_seeds = identity_seeds(config.split, config.seed * _SEEDS)
        self._now: tuple[int, _Person] | None = None

    def __call__(self, index: int) -> tuple[U8, dict[str, Any]]:
        """Picture `index`, H×W×3 RGB, and its row of arrays for the shard."""
        sample = self._expressions(index)
        number = index // PER_PERSON
        if self._now is None or self._now[0] != number:
            self._now = number, _Person(self, np.random.default_rng([self._config.seed, number, 5]))
        person, rng = self._now[1], np.random.default_rng([self._config.seed, index, 6])
        image, points, pose = self._picture(person, sample.units[0], sample.shapes[0], rng)
        landmarks, presence = read_landmarks(self._session, image, points, rng)
        shapes = sample.shapes[0].astype(np.float32)
        shapes[_UNSHOWN] = 0
        while len(self._seeds) <= number:
            self._seeds.append(next(self._more_seeds))
        return image, {
            "crop": alignment.crop(image, landmarks),
            "landmarks": landmarks,
            "landmarks_true": np.full((mesh478.COUNT, 3), np.nan, np.float32),
            "presence": np.float32(presence),
            "identity": np.int32(number),
            "person": np.int64(-1 - self._seeds[number]),
            "kind": np.uint8(sample.kinds[0]),
            "name": np.array(sample.names[0], "U16"),
            "shapes": shapes,
            "units": sample.units[0].astype(np.float32),
            "gaze": sample.gaze[0].astype(np.float32),
            "pose": pose,
            "code": np.full(len(code_names()), np.nan, np.float32),
        }

    def _picture(self, person: _Person, units: F64, shapes: F64, rng: Rng) -> tuple[U8, F32, F32]:
        """Picture, landmarks (478, 3) px with the irises at the eyes' corners, and pose (4, 4), metres."""
        config, head, side = self._config, self._head, self._renderer.triangle.shape[0]
        shown = head.coefficients(units, shapes)
        face = head.animate(person.rest, np.minimum(shown * person.mobility, 1.15))
        turn = rotation(*(np.radians(rng.triangular(-most, 0, most)) for most in (_YAW_DEG, _PITCH_DEG, _ROLL_DEG)))
        distance = float(np.exp(rng.uniform(*np.log(_DISTANCE_CM))))
        middle = (side / 2 + rng.normal(0, 0.02) * side, side * 0.49 + rng.normal(0, 0.02) * side)
        turned, pixels, inverse = project(face, turn, distance, rng.uniform(*_FACE) * side, middle)
        background = 255 * sample_background(rng, Camera.from_fov(side, side, 30))
        image = self._renderer.draw(person.look(rng, shown), turned, pixels, inverse, background)
        points = places().of(np.column_stack([pixels, -turned[:, 2]])) * (config.size / side)
        irises = points[list(mesh478.EYE_CORNERS[:1])].repeat(mesh478.COUNT - len(points), 0)
        image = np.clip(image * np.exp(rng.normal(0, 0.15)) + rng.normal(0, 6), 0, 255).astype(np.uint8)
        pose = np.eye(4, dtype=np.float32)
        pose[:3, :3] = turn
        pose[2, 3] = distance / 100
        return self._photographed(image, rng), np.concatenate([points, irises]).astype(np.float32), pose

    def _photographed(self, image: U8, rng: Rng) -> U8:
        """With the faults of a camera, at the size of the dataset."""
        size = self._config.size
        out = np.asarray(cv2.resize(image, (size, size), interpolation=cv2.INTER_AREA), np.uint8)
        if rng.random() < _COARSE:
            few = int(np.exp(rng.uniform(*np.log(_SMALL_PX)))) * size // 224
            out = np.asarray(cv2.resize(out, (few, few), interpolation=cv2.INTER_AREA), np.uint8)
            out = np.asarray(cv2.resize(out, (size, size), interpolation=cv2.INTER_LINEAR), np.uint8)
        return Photograph.sample(rng)(out) if rng.random() < self._config.degraded else out


class _Person:
    """One rendered person: a resting face that nobody has, skin of three people, hair, eyes and teeth."""

    def __init__(self, of: Scanned, rng: Rng) -> None:
        head, fits = of._head, of._portraits.fits
        some = rng.choice(of._allowed, 2, replace=False)
        share = rng.uniform(0.3, 0.7)
        codes = share * fits.identity[some[0]] + (1 - share) * fits.identity[some[1]]
        rest = head.person(codes + rng.normal(0, 0.55, codes.shape[-1]))
        held = share * fits.expression[some[0]] + (1 - share) * fits.expression[some[1]]
        held = np.where(of.held, held * rng.uniform(*_HELD), 0).astype(np.float32)
        self.rest = head.animate(rest, held)
        self.mobility = rng.uniform(*_MOBILE, len(head.data.names)).astype(np.float32)
        self._skin, colour = of._skins.mixed(rng, of._allowed)
        self._folds = Folds.of(head, of._marks, SIZE, rng)
        hair = np.asarray(rng.uniform(12, 170) * np.array([1.0, rng.uniform(0.75, 1), rng.uniform(0.5, 1)]), np.float32)
        self._hair = np.tile(colour * np.float32(rng.uniform(0.75, 1)), (len(self.rest), 1))
        self._hair[head.data.neutral[:, 1] > _HAIR_CM] = hair
        teeth, white = rng.uniform(150, 230), rng.uniform(175, 225)
        self._colours = np.zeros((9, 3), np.float32)
        self._colours[HEAD] = colour
        self._colours[[MOUTH, GUMS]] = (
            colour * np.float32(rng.uniform(0.35, 0.6)) * np.array([1.1, 0.7, 0.7], np.float32)
        )
        self._colours[SOCKETS] = colour * 0.5
        self._colours[TEETH] = teeth * np.array([1, rng.uniform(0.93, 1), rng.uniform(0.8, 0.97)], np.float32)
        self._colours[EYE_LEFT] = rng.uniform(25, 120) * np.array([1, rng.uniform(0.7, 1.1), rng.uniform(0.5, 1.3)])
        self._colours[EYE_RIGHT] = white * np.array([1, 0.97, 0.95], np.float32)
        self._iris, self._pupil, self._teeth = rng.uniform(0.43, 0.5), rng.uniform(0.25, 0.5), rng.uniform(0.7, 1)

    def look(self, rng: Rng, shown: F32) -> Look:
        """The person in a random light, with the folds of an expression."""
        light = np.array([rng.normal(0, 0.6), rng.normal(0.35, 0.4), 1.0])
        diffuse = rng.uniform(0.15, 0.9)
        numbers = (
            1 - 0.8 * diffuse, diffuse, rng.uniform(0, 25) * (rng.random() < 0.6), self._pupil, self._iris,
            rng.uniform(-0.3, 0.3), rng.uniform(0, 0.35), rng.uniform(2.5, 6), self._teeth, rng.uniform(0.75, 1),
        )  # fmt: skip
        return Look(
            skin=self._folds.on(self._skin, shown),
            hair=self._hair,
            colours=self._colours,
            numbers=np.array(numbers, np.float32),
            light=(light / np.linalg.norm(light)).astype(np.float32),
        )
