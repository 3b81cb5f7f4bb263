"""Asks a person for all poses, twice, and collects the weights while each pose is held."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mien.core.types import F64, Rigs, RigState
from mien.retarget.calibration.learn import Verdict, calibrate
from mien.retarget.calibration.poses import POSES, REST, Pose
from mien_models.spaces import arkit


class Session:
    """The caller shows the prompt of `pose` and passes all rigs to `see`. Time is that of the rigs.

    lead_s: from the prompt until the pose should be held; hold_s: how long weights are collected then.
    """

    def __init__(self, person: str = "", *, track_id: int = 0, lead_s: float = 1.6, hold_s: float = 1.2) -> None:
        self.verdict: Verdict | None = None  # once all poses were held
        self._person = person
        self._track_id = track_id
        self._lead_ns, self._hold_ns = round(lead_s * 1e9), round(hold_s * 1e9)
        self._plan = [(round_, pose) for round_ in (0, 1) for pose in (REST, *POSES)]
        self._rounds: tuple[dict[str, list[F64]], ...] = ({}, {})
        self._step = 0
        self._began_ns: int | None = None
        self._now_ns = 0

    @property
    def steps(self) -> int:
        """Number of poses in both rounds."""
        return len(self._plan)

    @property
    def done(self) -> int:
        """Number of poses that are finished."""
        return self._step

    @property
    def pose(self) -> Pose | None:
        """The pose that is asked for now; None at the end."""
        return self._plan[self._step][1] if self._step < len(self._plan) else None

    @property
    def holding(self) -> bool:
        """Whether the pose should be held now."""
        return self._began_ns is not None and self._now_ns - self._began_ns >= self._lead_ns

    def see(self, rigs: Rigs, names: Sequence[str] = arkit.BLENDSHAPES) -> None:
        """Take the rigs of one image. names: of their weights."""
        if self.pose is None:
            return
        stamp_ns = rigs.header.stamp_ns
        if self._began_ns is None or stamp_ns < self._now_ns:  # the first image, or another recording
            self._began_ns = stamp_ns
        self._now_ns = stamp_ns
        if self.holding:
            self._keep(rigs, names)
        if stamp_ns - self._began_ns >= self._lead_ns + self._hold_ns:
            self._step, self._began_ns = self._step + 1, stamp_ns
            if self._step == len(self._plan):
                first, second = ({n: np.array(f) for n, f in r.items()} for r in self._rounds)
                self.verdict = calibrate(first, second, self._person)

    def _keep(self, rigs: Rigs, names: Sequence[str]) -> None:
        ours = [r for r in rigs.rigs if r.state is RigState.TRACKED and r.schema == arkit.SCHEMA]
        ours = [r for r in ours if r.track_id == self._track_id or not self._track_id]
        if not ours or len(ours[0].weights) != len(names):
            return
        self._track_id = ours[0].track_id  # the first face that is tracked
        round_, pose = self._plan[self._step]
        weights = dict(zip(names, ours[0].weights.astype(np.float64).tolist(), strict=True))
        row = np.array([weights.get(n, np.nan) for n in arkit.BLENDSHAPES])
        self._rounds[round_].setdefault(pose.name, []).append(np.where(np.isfinite(row), row, np.nan))
