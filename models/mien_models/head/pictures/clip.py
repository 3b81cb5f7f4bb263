"""One person in front of a camera: pictures over time, each with its ground truth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mien_models.head.appearance.occluders import Occluder, occlude
from mien_models.head.model.pose import FRONTAL, head_pose
from mien_models.head.model.state import FaceState
from mien_models.head.motion.config import MotionConfig
from mien_models.head.motion.motion import Motion
from mien_models.head.pictures.studio import LabelledImage, Studio, person
from mien_models.head.render.scene import sample_background, sample_lighting
from mien_models.head.render.setting import Camera, Setting

U8 = NDArray[np.uint8]

_NOISE = 1.5  # noise of the camera, in grey levels
_SHIFT = 64  # shift of the noise field from picture to picture [px]


class Actor:
    """A moving person. The seed determines identity, appearance and motion."""

    def __init__(
        self,
        seed: int,
        camera: Camera,
        *,
        studio: Studio | None = None,
        motion: MotionConfig | None = None,
        distance_m: float = 0.6,
        occluder: Occluder = Occluder.NONE,
        hard: float | None = None,
    ) -> None:
        """`studio` may be shared. The occluder never changes. hard: as in Lighting, random without it.

        Raises ModelError when the data is not available.
        """
        self._studio = studio or Studio()
        self.identity, appearance = person(seed)
        self.camera = camera
        self._painted = self._studio.renderer.paint(appearance)
        self._mobility = appearance.mobility
        rng = np.random.default_rng([seed, 1])
        lighting = sample_lighting(rng)
        self._setting = Setting(
            camera=camera,
            lighting=lighting if hard is None else replace(lighting, hard=hard),
            background=sample_background(rng, camera),
            held=occlude(self._studio.renderer.surface, occluder, seed),
        )
        self._motion = Motion(seed, motion)
        self._at = np.array([0.0, 0.01, distance_m])
        self._seed = seed
        size = (camera.height + _SHIFT, camera.width + _SHIFT, 3)
        self._noise = np.rint(rng.normal(0, _NOISE, size)).astype(np.int16)

    def at(self, t_s: float) -> LabelledImage:
        """The picture at a time ≥ 0 [s]; the same seed and time give the same pixels, in any order."""
        frame = self._motion.at(t_s)
        yaw, pitch, roll = frame.head[:3]
        pose = head_pose(yaw, pitch, roll, self._at + FRONTAL @ frame.head[3:])
        state = FaceState(
            identity=self.identity,
            units=frame.units,
            shapes=frame.shapes,
            eyes=frame.gaze,
            pose=pose,
            mobility=self._mobility,
        )
        labelled = self._studio.shoot(self._painted, state, self._setting)
        return replace(labelled, image=self._noisy(labelled.image, t_s))

    def _noisy(self, image: U8, t_s: float) -> U8:
        """Add sensor noise; every picture uses another part of a larger noise field."""
        y, x = np.random.default_rng([self._seed, round(t_s * 1e6)]).integers(0, _SHIFT, 2)
        noise = self._noise[y : y + image.shape[0], x : x + image.shape[1]]
        return np.asarray(np.clip(image + noise, 0, 255), np.uint8)
