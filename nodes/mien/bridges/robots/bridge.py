"""A bridge to a robot: retargets the rigs of the chosen person and sends joint positions at a steady rate."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Protocol

import numpy as np

from mien.bridges.base import Bridge, Counters, Shown
from mien.bridges.robots.config import RobotConfig
from mien.bridges.robots.motion import RobotMotion
from mien.core.errors import BridgeError, ConfigError
from mien.core.types import F64, Header, Rigs
from mien.retarget.calibration import load as load_calibration
from mien.retarget.config import RetargetConfig
from mien.retarget.follow import FollowConfig
from mien.retarget.profile import Profile, load
from mien.retarget.stage import Stage

_WAIT_S = 3.0  # for a robot to publish its joint positions
_AT_REST = 1e-3  # in each joint's unit
STOPPED = "stopped: call ~/estop with data: false to release it"


class Output(Protocol):
    """Sends joint positions to the robot. Never blocks, and never raises because of the robot."""

    def send(self, motion: RobotMotion) -> None: ...
    def close(self) -> None: ...


class RobotBridge(Bridge):
    """Sends the joints at every call of `beat`, which a timer of the node makes `rate_hz` times a second."""

    def __init__(
        self,
        config: RobotConfig,
        counters: Counters,
        output: Callable[[Profile], Output],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Raises BridgeError if profile or calibration cannot be used, or the profile is not of a single body."""
        super().__init__(counters)
        self.config = config
        self._clock = clock
        self._wait_until_s: float | None = None
        try:
            profile = self.profile = load(config.profile)
            source = profile.source
            calibration = (
                load_calibration(Path(config.calibration), source.schema, source.names) if config.calibration else None
            )
        except ConfigError as e:
            raise BridgeError(str(e)) from e
        if not profile.single:
            raise BridgeError(f"{config.profile} is a profile of avatars; a robot's says `single: true`")
        self._stage = Stage(_stage_config(config), profile, calibration)
        self.motion = RobotMotion(
            profile.limits, rate_hz=config.rate_hz, silent_s=config.silent_s, ease_s=config.ease_s
        )  # fmt: skip
        if config.rigs:
            self.schema = ""  # rigs come on a topic of their own
        self.output = output(profile)

    @property
    def neutral_within_s(self) -> float:
        """After the last new image, for whatever reason, the joints rest at neutral within this time."""
        return self.motion.neutral_within_s

    def show(self, shown: Shown) -> None:
        rigs = Rigs(Header(shown.stamp_ns), (shown.rig,) if shown.present else ())
        positions = {shown.rig.track_id: shown.position} if shown.position is not None else {}
        self._ask(self._stage.step(rigs, positions))

    def retargeted(self, rigs: Rigs) -> None:
        """Take rigs of the profile's own schema, with weights in its order. Rigs with another count are ignored."""
        if self.paused:
            return
        ours = tuple(r for r in rigs.rigs if r.schema == self.profile.schema)
        if any(len(r.weights) != len(self.profile.targets) for r in ours):
            self.counters.ignore()
            return
        self._ask(Rigs(rigs.header, ours))

    def wait(self) -> None:
        """Send nothing until `begin` is called, for 3 s at most: the robot must not jump from where it stands."""
        self._wait_until_s = self._clock() + _WAIT_S

    def begin(self, position: F64) -> None:
        """Start from the present joint positions (J,). Has no effect after the first command."""
        if self._wait_until_s is not None:
            self._wait_until_s = None
            self.motion.begin(position)

    def beat(self) -> None:
        """Advance to the present time and send the joints."""
        now_s = self._clock()
        if self._wait_until_s is not None and now_s < self._wait_until_s:
            return
        self._wait_until_s = None
        self.motion.tick(now_s)
        self.output.send(self.motion)
        if self.motion.stopped:
            self.counters.waits = STOPPED
        elif self.counters.waits == STOPPED:
            self.counters.waits = ""

    def reconfigure(self, config: RobotConfig) -> None:
        self.config = config
        self._stage.reconfigure(_stage_config(config))

    def close(self) -> None:
        """Move the joints to neutral, then close. Joints that were never moved, or are stopped, stay where they are."""
        if self._wait_until_s is None and not self.motion.stopped:
            for _ in range(math.ceil(self.neutral_within_s * self.config.rate_hz)):
                if np.allclose(self.motion.position, self.motion.limits.neutral, atol=_AT_REST):
                    break
                self.beat()
                time.sleep(1 / self.config.rate_hz)
        self.output.close()

    def _ask(self, rigs: Rigs) -> None:
        if rigs.rigs:
            goal: F64 = np.asarray(rigs.rigs[0].weights, np.float64)
            self.motion.ask(goal, rigs.header.stamp_ns, self._clock())


def _stage_config(config: RobotConfig) -> RetargetConfig:
    shared = {f.name: getattr(config, f.name) for f in fields(FollowConfig)}
    return RetargetConfig(
        profile=config.profile, mirror=config.mirror, predict_ms=config.predict_ms, calibration=config.calibration,
        **shared,
    )  # fmt: skip
