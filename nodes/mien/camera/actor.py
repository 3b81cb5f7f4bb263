"""A synthetic camera: renders a person and gives the ground truth of each image."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from mien.camera.config import CameraConfig
from mien.core.types import (
    Affect,
    Affects,
    Expression,
    Expressions,
    Face,
    Faces,
    Frame,
    Header,
    Intrinsics,
    Method,
    Truth,
)
from mien_models.head.motion.split import identity_seeds
from mien_models.head.pictures.clip import Actor
from mien_models.head.pictures.studio import LabelledImage
from mien_models.head.render.regions import REGIONS
from mien_models.head.render.setting import Camera
from mien_models.spaces import arkit, emotions, facs

_FOV_DEG = 45.0
# The confidence of a gaze is the visible share of its eye.
_EYES = [REGIONS.index(name) for name in ("eye_left", "eye_right")]
_SURE = np.ones(len(arkit.BLENDSHAPES), np.float32)


class ActorSource:
    """Plays `camera.actor_s` seconds of one person of the test split, chosen by `camera.actor`."""

    live = False

    def __init__(self, config: CameraConfig, *, now_s: Callable[[], float] = time.monotonic) -> None:
        """Raises ModelError when the data of the head model cannot be fetched."""
        self.name = f"actor {config.actor}"
        self._config = config
        seed = next(identity_seeds("test", first=100 * config.actor))
        self._camera = Camera.from_fov(config.image_width, config.image_height, _FOV_DEG)
        self._actor = Actor(seed, self._camera)
        self._index = 0
        self._now_s = now_s
        self._start_s: float | None = None  # when the first image was ready

    @property
    def length(self) -> int:
        return round(self._config.actor_s * self._config.framerate)

    def read(self) -> Frame | None:
        if self._index >= self.length:
            return None
        t_s = self._index / self._config.framerate
        labelled, c = self._actor.at(t_s), self._camera
        self._index = self._next()
        header = Header(round(t_s * 1e9), self._config.frame_id)
        intrinsics, truth = Intrinsics(c.fx, c.fy, c.cx, c.cy), truth_of(labelled, header)
        return Frame(labelled.image, header.stamp_ns, header.frame_id, intrinsics, truth)

    def _next(self) -> int:
        """The next image; images that would be late are skipped, as a camera drops frames."""
        now_s = self._now_s()
        if self._start_s is None:
            self._start_s = now_s
        late = int((now_s - self._start_s) * self._config.framerate) if self._config.paced else 0
        return max(self._index, late) + 1

    def close(self) -> None:
        pass


def truth_of(labelled: LabelledImage, header: Header) -> Truth:
    """The ground truth of a labelled image in the types that the stages give."""
    height, width = labelled.image.shape[:2]
    low, high = labelled.landmarks[:, :2].min(0), labelled.landmarks[:, :2].max(0)
    face = Face(
        track_id=1,
        score=1.0,
        presence=1.0,
        box=np.concatenate([low, high - low]),
        landmarks=labelled.landmarks,
        pose=labelled.pose,
        gaze=labelled.gaze,
        gaze_confidence=labelled.visible[_EYES],
    )
    nothing = float("nan")
    units = labelled.units.astype(np.float32)
    affect = Affect(
        track_id=1,
        au_intensity=units,
        au_probability=(units > 0).astype(np.float32),
        au_confidence=np.ones(len(facs.AUS), np.float32),
        au_method=Method.NONE,
        emotion=np.full(len(emotions.EMOTIONS), np.nan, np.float32),
        emotion_confidence=0.0,
        emotion_method=Method.NONE,
        valence=nothing,
        arousal=nothing,
        va_confidence=0.0,
        va_method=Method.NONE,
    )
    expression = Expression(1, labelled.shapes.astype(np.float32), _SURE)
    return Truth(Faces(header, width, height, (face,)), Expressions(header, (expression,)), Affects(header, (affect,)))
