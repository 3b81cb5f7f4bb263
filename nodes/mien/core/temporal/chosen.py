"""Which of several faces a single body, such as a robot, follows."""

from __future__ import annotations

from collections.abc import Mapping

from mien.core.types import Rig, RigState


class Chosen:
    """Keeps to one face until it is lost, then takes the tracked one with the lowest id."""

    def __init__(self) -> None:
        self._followed = 0

    def of(self, seen: Mapping[int, Rig], wanted: int = 0) -> Rig | None:
        """The rig that the body follows, of rigs by track; None = none. wanted: a track, and no other; 0 = any."""
        if wanted:
            return seen.get(wanted)
        tracked = [i for i, rig in seen.items() if rig.state is RigState.TRACKED]
        if self._followed not in tracked and tracked:
            self._followed = min(tracked)
        return seen.get(self._followed)
