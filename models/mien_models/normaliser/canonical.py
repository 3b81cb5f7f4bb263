"""The canonical face: one person of the actor, frontal and in even light, who shows a given expression."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.alignment import crop_matrix
from mien_models.head.appearance.paint import PaintedHead
from mien_models.head.appearance.parameters import Appearance, HairStyle
from mien_models.head.model.head import Head
from mien_models.head.model.identity import Identity
from mien_models.head.model.pose import head_pose
from mien_models.head.model.state import FaceState
from mien_models.head.pictures.studio import LabelledImage, Studio
from mien_models.head.render.cpu import CpuRenderer
from mien_models.head.render.setting import Camera, Lighting, Setting
from mien_models.spaces.arkit import BLENDSHAPES, GAZE_RANGE, INDEX
from mien_models.spaces.facs import AUS

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
F64 = NDArray[np.float64]

PICTURE = 96  # side of a picture [px]
_FINER = 2  # pictures are drawn larger and averaged
_DISTANCE_M = 0.7
# Skin that moves far and creases: an expression is seen better on it.
_APPEARANCE = Appearance(
    melanin=0.3, hair=HairStyle.BUZZ, hairline=0.1, brow_density=1.0, brow_thickness=0.6, blotches=0.1, creases=0.8,
    mobility=0.5,
)  # fmt: skip


class Canonical:
    """Draws the canonical face, PICTURE px, framed as `mien_models.alignment.crop` frames it at rest."""

    def __init__(self, studio: Studio | None = None) -> None:
        """Raises ModelError where the actor's data is not available."""
        if studio is None:
            head = Head.load()
            studio = Studio(head, CpuRenderer(head, small=True))
        self._studio = studio
        self._identity = Identity.mean()

    @cached_property
    def _painted(self) -> PaintedHead:
        return self._studio.renderer.paint(_APPEARANCE)

    @cached_property
    def _camera(self) -> Camera:
        """The camera of the crop: it does not follow the expression."""
        whole = Camera.from_fov(640, 640, 30.0)
        at_rest = self._shoot(np.zeros(len(BLENDSHAPES)), np.zeros(len(AUS)), whole)
        size = _FINER * PICTURE
        matrix = crop_matrix(at_rest.landmarks, size)
        scale = 1 / float(np.hypot(matrix[0, 0], matrix[1, 0]))
        cx, cy = (np.array((whole.cx, whole.cy)) - matrix[:, 2]) * scale
        return Camera(size, size, whole.fx * scale, whole.fy * scale, float(cx), float(cy))

    def __call__(self, shapes: F64 | F32, units: F64 | F32) -> U8:
        """(PICTURE, PICTURE, 3) RGB with ARKit weights (52,) and FACS intensities (A,), which side the inner brows."""
        large = self.label(shapes, units).image
        return np.asarray(cv2.resize(large, (PICTURE, PICTURE), interpolation=cv2.INTER_AREA), np.uint8)

    def label(self, shapes: F64 | F32, units: F64 | F32) -> LabelledImage:
        """The same twice as large, with its ground truth."""
        return self._shoot(np.asarray(shapes, np.float64), np.asarray(units, np.float64), self._camera)

    def each(self, shapes: F32, units: F32, advance: Callable[[], None] = lambda: None) -> U8:
        """(N, PICTURE, PICTURE, 3) of shapes (N, 52) and units (N, A)."""
        out = np.empty((len(shapes), PICTURE, PICTURE, 3), np.uint8)
        for row, (weights, levels) in enumerate(zip(shapes, units, strict=True)):
            out[row] = self(weights, levels)
            advance()
        return out

    def _shoot(self, shapes: F64, units: F64, camera: Camera) -> LabelledImage:
        pose = head_pose(at=(0, 0, _DISTANCE_M))
        state = FaceState(
            identity=self._identity, units=units, shapes=shapes, eyes=eyes_of(shapes), pose=pose,
            mobility=_APPEARANCE.mobility,
        )  # fmt: skip
        return self._studio.shoot(self._painted, state, Setting(camera=camera, lighting=Lighting.studio()))


def eyes_of(shapes: F64) -> F64:
    """(2, 2) yaw and pitch [rad] of the left and the right eye, of the eyeLook weights in shapes (52,)."""

    def angle(positive: str, negative: str, side: str) -> float:
        up, down = (shapes[INDEX[f"eyeLook{name}{side}"]] * GAZE_RANGE[name] for name in (positive, negative))
        return float(up - down)

    return np.array(
        [
            [angle("Out", "In", "Left"), angle("Up", "Down", "Left")],
            [angle("In", "Out", "Right"), angle("Up", "Down", "Right")],
        ]
    )
