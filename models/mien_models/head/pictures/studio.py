"""Take one picture of one person, with its ground truth."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien_models.head.appearance.paint import PaintedHead
from mien_models.head.appearance.parameters import Appearance
from mien_models.head.model.action_units import inner_brows
from mien_models.head.model.head import Head, gaze_vectors
from mien_models.head.model.identity import Identity
from mien_models.head.model.landmarks import Landmarks
from mien_models.head.model.pose import torso_pose
from mien_models.head.model.state import FaceState
from mien_models.head.render.cpu import CpuRenderer, Picture
from mien_models.head.render.regions import Regions, project
from mien_models.head.render.setting import Camera, Setting

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

_NEUTRALS = 4  # number of cached faces at rest, of the last identities


@dataclass(frozen=True, slots=True, eq=False)
class LabelledImage:
    """One picture and its ground truth. Left and right are the person's own."""

    image: U8  # H×W×3 RGB
    shapes: F64  # 52 ARKit weights by BLENDSHAPES
    units: F64  # FACS intensity by AUS
    pose: F64  # 4×4, face axes to camera optical frame [m]
    gaze: F64  # 2×3 unit vectors in the camera optical frame
    landmarks: F32  # 478×3 [px]; z in the scale of x, 0 in the middle of the face
    identity: F64  # code of Identity
    visible: F32  # visible share [0, 1] of each of regions.REGIONS
    landmarks_visible: NDArray[np.bool_]  # (478,)


def person(seed: int) -> tuple[Identity, Appearance]:
    """The identity and the appearance that belong to an identity seed."""
    rng = np.random.default_rng(seed)
    identity = Identity.sample(rng)
    return identity, Appearance.sample(rng, identity)


class Studio:
    """Head, renderer and visibility measures; usable for any number of people."""

    def __init__(self, head: Head | None = None, renderer: CpuRenderer | None = None) -> None:
        """Raises ModelError when the head's data is not available or numba is not installed."""
        self.head = head or Head.load()
        self.renderer = renderer or CpuRenderer(self.head)
        self._regions = Regions(self.renderer)
        self._landmarks = Landmarks()
        self._neutrals: OrderedDict[bytes, F64] = OrderedDict()

    def shoot(self, painted: PaintedHead, state: FaceState, setting: Setting) -> LabelledImage:
        """A picture without camera faults; `painted` is the person with the state's identity."""
        vertices = self.move(state)
        picture = self.renderer.render(painted, vertices, state.pose, setting, state.shapes)
        return self.label(picture, vertices, state, setting.camera)

    def move(self, state: FaceState) -> F64:
        """(V, 3) points of a face in the camera frame."""
        face, torso, brows = self._neutral(state.identity), torso_pose(state.pose), inner_brows(state.units)
        return self.head.animate(face, state.shapes, state.eyes, state.pose, torso, brows, state.mobility)

    def label(self, picture: Picture, vertices: F64, state: FaceState, camera: Camera) -> LabelledImage:
        """Add the ground truth to a picture of `vertices` from any renderer."""
        visible, landmarks_visible = self._regions(picture, vertices, camera)
        return LabelledImage(
            image=picture.image,
            shapes=state.shapes,
            units=state.units,
            pose=state.pose,
            gaze=gaze_vectors(state.eyes) @ state.pose[:3, :3].T,
            landmarks=project(self._landmarks(vertices), camera),
            identity=state.identity.code,
            visible=visible,
            landmarks_visible=landmarks_visible,
        )

    def _neutral(self, identity: Identity) -> F64:
        """(V, 3) points of a face at rest, cached because pictures of one person are mostly consecutive."""
        key = identity.code.tobytes()
        if key not in self._neutrals:
            self._neutrals[key] = self.head.neutral(identity)
            if len(self._neutrals) > _NEUTRALS:
                self._neutrals.popitem(last=False)
        return self._neutrals[key]
