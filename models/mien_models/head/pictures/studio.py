"""One picture of one person, and what is true of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien_models.head.looks.accessory import Worn
from mien_models.head.looks.appearance import Appearance
from mien_models.head.looks.paint import Look
from mien_models.head.model.action_units import inner_brows
from mien_models.head.model.head import Head, gaze_vectors
from mien_models.head.model.identity import Identity
from mien_models.head.model.landmarks import Landmarks
from mien_models.head.model.pose import torso_pose
from mien_models.head.render.cpu import Camera, CpuRenderer, Lighting, Picture
from mien_models.head.render.regions import Regions, project

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One picture and its truth. Left and right are the person's own."""

    image: U8  # H×W×3 RGB
    shapes: F64  # 52 ARKit weights by BLENDSHAPES
    units: F64  # FACS intensity by AUS
    pose: F64  # 4×4, face axes to camera optical frame [m]
    gaze: F64  # 2×3 unit vectors in the camera optical frame
    landmarks: F32  # 478×3 [px]; z in the scale of x, 0 in the middle of the face
    identity: F64  # code of Identity
    visible: F32  # share [0, 1] of each of regions.REGIONS that is seen
    landmarks_visible: NDArray[np.bool_]  # (478,)


def person(seed: int) -> tuple[Identity, Appearance]:
    """Who an identity seed stands for, and the looks."""
    rng = np.random.default_rng(seed)
    identity = Identity.sample(rng)
    return identity, Appearance.sample(rng, identity)


class Studio:
    """Head, renderer and measures of visibility; may serve any number of people."""

    def __init__(self, head: Head | None = None, renderer: CpuRenderer | None = None) -> None:
        """Raises ModelError when the head's data cannot be had or numba is not installed."""
        self.head = head or Head.load()
        self.renderer = renderer or CpuRenderer(self.head)
        self._regions = Regions(self.renderer)
        self._landmarks = Landmarks()

    def shoot(
        self,
        look: Look,
        identity: Identity,
        face: F64,
        units: F64,
        shapes: F64,
        eyes: F64,
        pose: F64,
        camera: Camera,
        lighting: Lighting,
        background: F32,
        held: Sequence[Worn] = (),
        mobility: float = 0.0,
    ) -> Shot:
        """A picture without the faults of a camera.

        face: Head.neutral of the identity; eyes (2, 2): as for Head.animate; held: of
        `occluders.occlude`; mobility: of the appearance.
        """
        vertices = self.move(face, units, shapes, eyes, pose, mobility)
        picture = self.renderer.render(look, vertices, pose, camera, lighting, background, held, shapes)
        return self.tell(picture, vertices, identity, units, shapes, eyes, pose, camera)

    def move(self, face: F64, units: F64, shapes: F64, eyes: F64, pose: F64, mobility: float = 0.0) -> F64:
        """(V, 3) points in the camera frame; see `shoot`."""
        return self.head.animate(face, shapes, eyes, pose, torso_pose(pose), inner_brows(units), mobility)

    def tell(
        self,
        picture: Picture,
        vertices: F64,
        identity: Identity,
        units: F64,
        shapes: F64,
        eyes: F64,
        pose: F64,
        camera: Camera,
    ) -> Shot:
        """A picture of `vertices`, by whatever renderer, with its truth; see `shoot`."""
        visible, landmarks_visible = self._regions(picture, vertices, camera)
        return Shot(
            image=picture.image,
            shapes=shapes,
            units=units,
            pose=pose,
            gaze=gaze_vectors(eyes) @ pose[:3, :3].T,
            landmarks=project(self._landmarks(vertices), camera),
            identity=identity.code,
            visible=visible,
            landmarks_visible=landmarks_visible,
        )
