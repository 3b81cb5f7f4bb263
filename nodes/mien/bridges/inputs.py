"""Converts faces tracked by headsets or other applications to the same messages as those from a camera.

The decoder of an input fills a `Reading`; `Reader` converts it to expressions and rigs. They ease to neutral
when the input stops, return without a jump, and are marked with their source.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from mien.bridges.base import Heard
from mien.core.geometry import FACING_CAMERA, matrix
from mien.core.types import F32, F64, NUM_LANDMARKS, Expression, Expressions, Face, Faces, Header, Rigs, Source
from mien.rigs.config import RigsConfig
from mien.rigs.stage import Stage
from mien_models.spaces import arkit
from mien_models.spaces.arkit import Region

_N = len(arkit.BLENDSHAPES)
_BEFORE_M = 0.6  # assumed distance of the head from a virtual camera
_SILENT_S, _STEP_S = 0.3, 1 / 30
_MEMBERS = (arkit.REGION_OF[:, None] == np.arange(len(Region))).astype(np.float32)
_MEAN = _MEMBERS / np.maximum(_MEMBERS.sum(axis=0), 1)  # 52 weights to 7 regions
_LOOKS = np.array([i for name, i in arkit.INDEX.items() if name.startswith("eyeLook")], np.intp)


def _unknown() -> F32:
    return np.full(_N, np.nan, np.float32)


@dataclass(slots=True)
class Reading:
    """One frame. NaN and None = not sent."""

    weights: F32 = field(default_factory=_unknown)  # 52, ARKit order; what is out of [0, 1] is clipped
    confidence: F32 = field(default_factory=lambda: np.ones(_N, np.float32))
    head: F64 | None = None  # unit quaternion from the neutral head, face axes (REP-155)
    gaze: F32 | None = None  # (left, right) × (yaw, pitch) [rad], positive to the left and up
    embedding: F32 = field(default_factory=lambda: np.zeros(0, np.float32))

    def expression(self, track_id: int, source: Source) -> Expression:
        """The weights that were sent; the others are unknown."""
        known = np.isfinite(self.weights)
        return Expression(
            track_id,
            np.where(known, np.clip(np.nan_to_num(self.weights), 0, 1), np.nan).astype(np.float32),
            np.where(known, np.nan_to_num(self.confidence), 0).astype(np.float32),
            self.embedding,
            source=source,
        )

    @property
    def looks(self) -> F32 | None:
        """The gaze; where a program sends no angles, what its eyeLook weights say of it."""
        if self.gaze is not None or not np.isfinite(self.weights[_LOOKS]).any():
            return self.gaze
        weights = np.clip(np.nan_to_num(self.weights), 0, 1)

        def turn(way: str, side: str) -> float:
            return float(weights[arkit.INDEX[f"eyeLook{way}{side}"]]) * arkit.GAZE_RANGE[way]

        yaws = turn("Out", "Left") - turn("In", "Left"), turn("In", "Right") - turn("Out", "Right")
        pitches = [turn("Up", side) - turn("Down", side) for side in ("Left", "Right")]
        looks: F32 = np.array([yaws, pitches], np.float32).T
        return looks

    @property
    def sure(self) -> F32:
        """Confidence of each region."""
        known = np.where(np.isfinite(self.weights), np.nan_to_num(self.confidence), 0).astype(np.float32)
        sure: F32 = (known @ _MEAN).astype(np.float32)
        sure[Region.HEAD] = self.head is not None
        if self.gaze is not None:
            sure[Region.GAZE] = 1
        return sure


class Reader:
    """Converts the readings of one person over time. The caller passes all times."""

    def __init__(self, track_id: int, frame_id: str, *, smooth: bool = False, source: Source = Source.HEADSET) -> None:
        self._track_id = track_id
        self._source = source
        self._frame_id = frame_id
        # The sender has smoothed the face already; smoothing it again would add latency.
        self._stage = Stage(RigsConfig(smooth=smooth))
        self._came_s: float | None = None
        self._last_ns = 0
        self._stepped_s = 0.0
        self._sure = np.ones(len(Region), np.float32)

    def step(self, reading: Reading, stamp_ns: int, now_s: float) -> Heard:
        """The messages for a reading at `stamp_ns`."""
        header = Header(stamp_ns, self._frame_id)
        self._came_s, self._last_ns, self._stepped_s = now_s, stamp_ns, now_s
        expression = reading.expression(self._track_id, self._source)
        self._sure = reading.sure
        # Values that are not sent are unknown, not occluded.
        clear = replace(expression, confidence=np.ones(_N, np.float32))
        rigs = self._stage.step(Faces(header, 0, 0, (self._face(reading),)), Expressions(header, (clear,)))
        return Heard(Expressions(header, (expression,)), self._told(rigs))

    def idle(self, now_s: float) -> Heard | None:
        """The messages while no reading comes; None = no change."""
        if self._came_s is None or now_s - self._came_s < _SILENT_S or now_s - self._stepped_s < _STEP_S:
            return None
        self._stepped_s = now_s
        header = Header(self._last_ns + int((now_s - self._came_s) * 1e9), self._frame_id)
        rigs = self._stage.idle(header)
        if rigs is None:
            self._came_s = None
            return None
        return Heard(Expressions(header), self._told(rigs))

    def _face(self, reading: Reading) -> Face:
        pose, gaze = None, np.full((2, 3), np.nan)
        looks = reading.looks
        if reading.head is not None or looks is not None:
            head = np.array([0.0, 0.0, 0.0, 1.0]) if reading.head is None else reading.head
            pose = np.eye(4)
            pose[:3, :3] = FACING_CAMERA @ matrix(head)
            pose[2, 3] = _BEFORE_M
            if looks is not None:
                yaw, pitch = looks.astype(np.float64).T
                flat = np.cos(pitch)
                gaze = np.stack([np.cos(yaw) * flat, np.sin(yaw) * flat, np.sin(pitch)], axis=1) @ pose[:3, :3].T
        return Face(
            self._track_id, 1.0, 1.0, np.zeros(4, np.float32), np.zeros((NUM_LANDMARKS, 3), np.float32),
            pose=pose, gaze=gaze, gaze_confidence=np.full(2, reading.gaze is not None, np.float32),
        )  # fmt: skip

    def _told(self, rigs: Rigs) -> Rigs:
        source = np.full(len(Region), self._source, np.uint8)
        rows = (replace(r, source=source, confidence=r.confidence * self._sure) for r in rigs.rigs)
        return replace(rigs, rigs=tuple(rows))
