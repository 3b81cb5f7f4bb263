"""The node `retarget`: converts the rigs of faces to those of one or several profiles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mien.core.errors import ConfigError
from mien.core.types import F64, Rigs
from mien.graph import FACES, RETARGET
from mien.retarget.calibration import Calibration, load as load_calibration
from mien.retarget.config import RetargetConfig
from mien.retarget.profile import Profile, load
from mien.retarget.stage import Stage
from mien.ros import privacy
from mien.ros.convert import faces_from_msg
from mien.ros.node import run
from mien.ros.params import bind
from mien.ros.qos import subscribe
from mien.ros.rigs_node import RigsNode


class RetargetNode(RigsNode[Stage]):
    def __init__(self) -> None:
        super().__init__(RETARGET)
        withheld = privacy.withheld(self, RETARGET)
        config = bind(self, "retarget", RetargetConfig, self.reconfigure)
        profiles = [load(name.strip()) for name in config.profile.split(",") if name.strip()]
        if not profiles or len({p.schema for p in profiles}) < len(profiles):
            raise ConfigError(f"retarget.profile: {config.profile!r} must name profiles, each schema once")
        self._positions: dict[int, F64] = {}
        self.play([Stage(config, p, _calibration(config, p)) for p in profiles])

        if config.follow and FACES in withheld:
            raise ConfigError("retarget.follow: needs faces, which graph.privacy keeps within perception")
        if config.follow:
            seen = subscribe(self, FACES, self.health.believed(self._on_faces), on_mismatch=self.health.mismatch)
            self.health.watch(FACES.name, seen)

    def step(self, stage: Stage, rigs: Rigs) -> Rigs:
        return stage.step(rigs, self._positions)

    def _on_faces(self, msg: Any) -> None:
        faces = faces_from_msg(msg).faces
        self._positions = {f.track_id: f.pose[[2, 0, 1], 3] * (1, 1, -1) for f in faces if f.pose is not None}


def _calibration(config: RetargetConfig, profile: Profile) -> Calibration | None:
    source = profile.source
    return load_calibration(Path(config.calibration), source.schema, source.names) if config.calibration else None


def main(args: Sequence[str] | None = None) -> int:
    return run(RetargetNode, args)
