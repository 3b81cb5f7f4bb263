"""One person in front of a camera: pictures in time, and what is true of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien_models.head.action_units import SHAPES
from mien_models.head.appearance import Appearance
from mien_models.head.identity import Identity
from mien_models.head.landmarks import Landmarks
from mien_models.head.model import Head, gaze_vectors
from mien_models.head.motion import Motion
from mien_models.head.pose import FRONTAL, head_pose, torso_pose
from mien_models.head.render import Camera, CpuRenderer
from mien_models.head.sample_config import MotionConfig
from mien_models.head.scene import sample_background, sample_lighting

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

_NOISE = 1.5  # of the camera, grey levels
_SHIFT = 64  # how far the field of noise moves from picture to picture [px]


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One picture and its truth. Left and right are the person's own."""

    image: U8  # H×W×3 RGB
    shapes: F64  # 52 ARKit weights by SHAPES
    units: F64  # FACS intensity by UNITS
    pose: F64  # 4×4, face axes to camera optical frame [m]
    gaze: F64  # 2×3 unit vectors in the camera optical frame
    landmarks: F32  # 478×3 [px]; z in the scale of x, 0 in the middle of the face


class Actor:
    """A person who moves: identity, looks and motion all follow from the seed."""

    def __init__(
        self,
        seed: int,
        camera: Camera,
        *,
        head: Head | None = None,
        renderer: CpuRenderer | None = None,
        motion: MotionConfig | None = None,
        distance_m: float = 0.6,
    ) -> None:
        """`head` and `renderer` may be shared between actors. Raises ModelError when the data cannot be had."""
        rng = np.random.default_rng(seed)
        self.head = head or Head.load()
        self.identity = Identity.sample(rng)
        self.camera = camera
        self._renderer = renderer or CpuRenderer(self.head)
        self._look = self._renderer.look(Appearance.sample(rng, self.identity))
        self._face = self.head.neutral(self.identity)
        self._order = self.head.index(SHAPES)
        self._lighting = sample_lighting(rng)
        self._background = sample_background(rng, camera)
        self._motion = Motion(seed, motion)
        self._landmarks = Landmarks()
        self._at = np.array([0.0, 0.01, distance_m])
        self._seed = seed
        size = (camera.height + _SHIFT, camera.width + _SHIFT, 3)
        self._noise = np.rint(rng.normal(0, _NOISE, size)).astype(np.int16)

    def at(self, t_s: float) -> Shot:
        """The picture at a time ≥ 0 [s]; the same seed and time give the same pixels, in any order."""
        frame = self._motion.at(t_s)
        yaw, pitch, roll = frame.head[:3]
        pose = head_pose(yaw, pitch, roll, self._at + FRONTAL @ frame.head[3:])
        weights = np.empty(len(SHAPES))
        weights[self._order] = frame.shapes
        vertices = self.head.animate(self._face, weights, frame.gaze, pose, torso_pose(pose))
        picture = self._renderer.render(self._look, vertices, pose, self.camera, self._lighting, self._background)
        return Shot(
            self._noisy(picture.image, t_s),
            frame.shapes,
            frame.units,
            pose,
            gaze_vectors(frame.gaze) @ pose[:3, :3].T,
            self._project(self._landmarks(vertices)),
        )

    def _project(self, points: F64) -> F32:
        middle = points[:468, 2].mean()
        c = self.camera
        x = points[:, 0] / points[:, 2] * c.fx + c.cx
        y = points[:, 1] / points[:, 2] * c.fy + c.cy
        return np.stack([x, y, (points[:, 2] - middle) / middle * c.fx], axis=1).astype(np.float32)

    def _noisy(self, image: U8, t_s: float) -> U8:
        """Sensor noise; every picture takes another part of a larger field."""
        y, x = np.random.default_rng([self._seed, round(t_s * 1e6)]).integers(0, _SHIFT, 2)
        noise = self._noise[y : y + image.shape[0], x : x + image.shape[1]]
        return np.asarray(np.clip(image + noise, 0, 255), np.uint8)
