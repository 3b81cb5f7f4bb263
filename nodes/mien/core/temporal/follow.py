"""One rig over time: smoothing, limits of speed, holding, easing to neutral and coming back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np

from mien.core.geometry import IDENTITY_QUATERNION, slerp
from mien.core.temporal.filters import OneEuro, OneEuroRotation
from mien.core.types import F64
from mien_models.spaces.arkit import REGION_OF, Region


class _Motion(NamedTuple):
    """How a region moves. The unit is a whole weight, or a radian."""

    min_cutoff_hz: float  # One Euro: cut-off at rest
    beta: float  # cut-off gained per unit of speed [Hz per unit/s]
    d_cutoff_hz: float  # cut-off of the speed
    max_speed: float  # [unit/s]


# A blink closes in 100 ms and a saccade takes 50: eyes must not lag. Brows and cheeks are slow, and their
# shapes are the noisiest. The limits are half as fast again as people: lids shut in 100 ms, lips and jaw in
# 125, brows rise in 150; heads turn by up to 300°/s, eyes by 600°/s.
_MOTION = {
    Region.BROWS: _Motion(1.0, 1.5, 2.0, 10.0),
    Region.EYES: _Motion(2.0, 6.0, 6.0, 15.0),
    Region.NOSE: _Motion(1.0, 1.5, 2.0, 10.0),
    Region.MOUTH: _Motion(1.5, 3.0, 4.0, 12.0),
    Region.TONGUE: _Motion(1.5, 3.0, 4.0, 12.0),
    Region.HEAD: _Motion(1.0, 3.0, 4.0, math.radians(450)),
    Region.GAZE: _Motion(1.5, 6.0, 6.0, math.radians(900)),
}
# The weights eyeLook… belong to the region of the gaze, but are no radians: they move as fast as lids.
_EYE_LOOK = _MOTION[Region.GAZE]._replace(max_speed=_MOTION[Region.EYES].max_speed)
CHANNELS = len(REGION_OF) + 4  # of ARKit's weights, then yaw and pitch of the left and of the right eye
_HEAD = _MOTION[Region.HEAD]

# What comes, or comes back, blends in over the time that it was gone, up to this.
_RETURN_NS = 200_000_000
# However long nothing was seen, one step moves as far as these may, and no further.
_LONGEST_STEP_S = 0.04
# What was lost during a gap was lost at most so long ago.
_GAP_NS = 100_000_000


class Settings(Protocol):
    """What is configured; see `mien.rigs.config`."""

    @property
    def smooth(self) -> bool: ...
    @property
    def smoothing(self) -> float: ...
    @property
    def hold_s(self) -> float: ...
    @property
    def ease_s(self) -> float: ...
    @property
    def max_speed(self) -> float: ...


class Follower:
    """The rig of one track, in which every channel obeys one rule.

    A channel that is seen follows what is seen, smoothed. One that is not keeps its value for
    `hold_s` and then goes to neutral, 0, within `ease_s`. One that comes, or comes back, blends in
    from where it stands: at first, from neutral. None moves faster than its limit of speed. So a gaze
    hidden by a blink and a face that was lost are the same thing, and nothing ever jumps. The head is
    one more channel, along great circles.

    Without `smooth`, as for still images, what is seen first is played at once, nothing is smoothed,
    and no speed is limited.
    """

    def __init__(
        self,
        config: Settings,
        stamp_ns: int,
        regions: Sequence[int] = tuple(REGION_OF.tolist()),
        *,
        from_neutral: bool = False,
    ) -> None:
        """regions: Region of each weight, of which 0 is neutral; four channels of gaze follow them.

        from_neutral: what is seen first blends in from neutral also without `smooth`.
        """
        motions = [_EYE_LOOK if r == Region.GAZE else _MOTION[Region(r)] for r in regions]
        motions += [_MOTION[Region.GAZE]] * 4
        channels = len(motions)
        self._min_cutoff, beta, d_cutoff, self._max_speed = np.array(motions).T
        self.values: F64 = np.zeros(channels)
        self.head: F64 = IDENTITY_QUATERNION
        self._from_neutral = from_neutral
        self.present = False  # something was seen in the last step
        self.remaining = 1.0  # share of the way to neutral that is left while lost: 1 at first, 0 on arrival
        self._filter = OneEuro(self._min_cutoff, beta, d_cutoff)
        self._head_filter = OneEuroRotation(_HEAD.min_cutoff_hz, _HEAD.beta, _HEAD.d_cutoff_hz)
        self._now_ns = stamp_ns
        # Of every channel and, last, the head: is it seen, when was it lost, and the blend that it is in.
        self._seen: np.ndarray[tuple[int], np.dtype[np.bool_]] | None = None
        self._lost_ns = np.full(channels + 1, stamp_ns - _RETURN_NS)
        self._start_ns = np.full(channels + 1, stamp_ns - 1)
        self._span_ns = np.ones(channels + 1)
        self._origin = self.values
        self._head_origin = self.head
        self.reconfigure(config)

    @property
    def arrived(self) -> bool:
        """Whether the rig of a lost face stands at neutral."""
        return self.remaining == 0 and not self.values.any() and bool((self.head == IDENTITY_QUATERNION).all())

    def reconfigure(self, config: Settings) -> None:
        self._config = config
        self._filter.min_cutoff = self._min_cutoff / config.smoothing
        self._head_filter.min_cutoff = _HEAD.min_cutoff_hz / config.smoothing

    def step(self, target: F64, head: F64 | None, stamp_ns: int) -> None:
        """Move on to `stamp_ns`, which must be later than before.

        target: of every channel, NaN = not seen; head: unit quaternion, None = not seen.
        """
        seen = np.append(np.isfinite(target), head is not None)
        self._turn(seen, stamp_ns)
        if self._config.smooth:
            target = self._filter(target, stamp_ns)
            head = None if head is None else self._head_filter(head, stamp_ns)
        if head is None:
            self._head_filter.restart()
            head = IDENTITY_QUATERNION

        s = np.minimum(np.maximum((stamp_ns - self._start_ns) / self._span_ns, 0), 1)
        s *= s * (3 - 2 * s)  # smoothstep
        goal = np.where(seen[:-1], target, 0)
        blended = float(s[-1])
        self._move(
            self._origin + s[:-1] * (goal - self._origin),
            head if blended == 1 else slerp(self._head_origin, head, blended),
            min((stamp_ns - self._now_ns) * 1e-9, _LONGEST_STEP_S) * self._config.max_speed,
        )
        self.present = bool(seen.any())
        self.remaining = 1.0 if self.present else 1 - float(s.min())
        self._now_ns = stamp_ns

    def blend(self, which: np.ndarray[tuple[int], np.dtype[np.bool_]] | None = None) -> None:
        """What is seen is about to be read in another way: go there without a jump.

        which: channels and, last, the head; None = all.
        """
        if self._seen is not None:
            self._begin(self._seen if which is None else self._seen & which, self._now_ns, _RETURN_NS)

    def _move(self, values: F64, head: F64, dt_s: float) -> None:
        """Go there, as far as the limits of speed allow."""
        if self._config.smooth:
            limit = self._max_speed * dt_s
            values = self.values + np.minimum(np.maximum(values - self.values, -limit), limit)
            turn = 2 * math.acos(min(abs(float(self.head @ head)), 1.0))
            if turn > (most := _HEAD.max_speed * dt_s):
                head = slerp(self.head, head, most / turn)
        self.values, self.head = values, head

    def _turn(self, seen: np.ndarray[tuple[int], np.dtype[np.bool_]], stamp_ns: int) -> None:
        """Start the blends of what was lost or came back."""
        if self._seen is None:
            self._seen = np.zeros_like(seen) if self._config.smooth or self._from_neutral else seen
        if (changed := seen != self._seen).any():
            lost, back = changed & ~seen, changed & seen
            if lost.any():
                since_ns = max(self._now_ns, stamp_ns - _GAP_NS)
                self._lost_ns[lost] = since_ns
                hold_ns, ease_ns = int(self._config.hold_s * 1e9), self._config.ease_s * 1e9
                self._begin(lost, since_ns + hold_ns, ease_ns)
            if back.any():
                gone_ns = np.clip(stamp_ns - self._lost_ns[back], 1, _RETURN_NS)
                self._begin(back, stamp_ns, gone_ns)
        self._seen = seen

    def _begin(self, which: np.ndarray[tuple[int], np.dtype[np.bool_]], start_ns: int, span_ns: float | F64) -> None:
        self._start_ns[which], self._span_ns[which] = start_ns, span_ns
        self._origin = np.where(which[:-1], self.values, self._origin)
        if which[-1]:
            self._head_origin = self.head
