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
        self._chosen: dict[str, tuple[Profile, Calibration | None]] = {}  # by schema: of the last choice
        config = bind(self, "retarget", RetargetConfig, self._adopt, acceptable=self._check)
        self._check(config)
        self._config = config
        self._positions: dict[int, F64] = {}
        self.play([self._stage(schema) for schema in self._chosen])

        if config.follow and FACES in withheld:
            raise ConfigError("retarget.follow: needs faces, which graph.privacy keeps within perception")
        if config.follow:
            seen = subscribe(self, FACES, self.health.believed(self._on_faces), on_mismatch=self.health.mismatch)
            self.health.watch(FACES.name, seen)

    def _check(self, config: RetargetConfig) -> None:
        """Read the profiles before any is played. Raises ConfigError, CalibrationError."""
        names = [name.strip() for name in config.profile.split(",") if name.strip()]
        profiles = [load(name) for name in names]
        if not profiles or len({p.schema for p in profiles}) < len(profiles):
            raise ConfigError(f"retarget.profile: {config.profile!r} must name profiles, each schema once")
        played = {player.schema: player.stage.profile.path for player in self.players}
        for profile in profiles:
            if (other := played.get(profile.schema, profile.path)) != profile.path:
                raise ConfigError(
                    f"retarget.profile: {profile.path} and {other}, which is played, both make {profile.schema}, each "
                    f"within limits of its own; leave {profile.schema} out until it has eased to neutral"
                )
        self._chosen = {p.schema: (p, _calibration(config, p)) for p in profiles}

    def _adopt(self, config: RetargetConfig) -> None:
        self._config = config
        self.reconfigure(config)
        self.choose(self._chosen, self._stage)

    def _stage(self, schema: str) -> Stage:
        return Stage(self._config, *self._chosen[schema])

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
