"""Asks a person for poses, twice, and keeps what is seen while they are held."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mien.core.types import F64, Rigs, RigState
from mien.retarget.calibration.learn import Verdict, calibrate
from mien.retarget.calibration.poses import POSES, REST, Pose
from mien_models.spaces import arkit


class Session:
    """Time comes with the rigs: whoever drives it shows `prompt` and hands over what comes.

    lead_s: from the prompt until the pose should stand; hold_s: how long it is looked at.
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
        """Poses of both rounds."""
        return len(self._plan)

    @property
    def done(self) -> int:
        """Poses that are behind."""
        return self._step

    @property
    def pose(self) -> Pose | None:
        """What is asked for now."""
        return self._plan[self._step][1] if self._step < len(self._plan) else None

    @property
    def holding(self) -> bool:
        """The pose should stand now."""
        return self._began_ns is not None and self._now_ns - self._began_ns >= self._lead_ns

    def see(self, rigs: Rigs, names: Sequence[str] = arkit.BLENDSHAPES) -> None:
        """The rigs of one image; names: of their weights."""
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
        self._track_id = ours[0].track_id  # whoever is first is the one
        round_, pose = self._plan[self._step]
        weights = dict(zip(names, ours[0].weights.astype(np.float64).tolist(), strict=True))
        row = np.array([weights.get(n, np.nan) for n in arkit.BLENDSHAPES])
        self._rounds[round_].setdefault(pose.name, []).append(np.where(np.isfinite(row), row, np.nan))
