"""What targets are driven by: the weights of a rig by name, its head and its gaze."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mien.core.geometry import yaw_pitch_roll
from mien.core.schemas import ARKIT52
from mien.core.types import F64, Rig, RigDescription
from mien_models.spaces.arkit import Region

# Angles [rad]: of the head relative to the body, then of each eye in the head, then the mean of both.
# Positive: to the person's left, up, tilted to the person's right.
ANGLES = (
    "headYaw", "headPitch", "headRoll",
    "gazeYawLeft", "gazePitchLeft", "gazeYawRight", "gazePitchRight", "gazeYaw", "gazePitch",
)  # fmt: skip
_REGIONS = (Region.HEAD,) * 3 + (Region.GAZE,) * 6
_NEGATED = frozenset({"headYaw", "headRoll", "gazeYawLeft", "gazeYawRight", "gazeYaw"})
_FARTHEST_RAD = np.pi / 2

SCHEMAS = {ARKIT52.schema: ARKIT52}
"""Schemas that profiles may read, by name."""


def mirrored(name: str) -> tuple[str, float]:
    """The source on the other side, and the sign that its value takes there."""
    for a, b in (("Left", "Right"), ("Right", "Left")):
        if name.endswith(a):
            other = name.removesuffix(a) + b
            return other, -1.0 if name in _NEGATED else 1.0
    return name, -1.0 if name in _NEGATED else 1.0


class Sources:
    """The values behind the names of one schema, and its angles. `mirror` swaps the sides."""

    def __init__(self, description: RigDescription) -> None:
        self.description = description
        self.names = (*description.names, *ANGLES)
        self.index = {name: i for i, name in enumerate(self.names)}
        self.regions = (*(Region(r) for r in description.regions), *_REGIONS)
        self.lower = np.append(description.lower.astype(np.float64), np.full(len(ANGLES), -_FARTHEST_RAD))
        self.upper = np.append(description.upper.astype(np.float64), np.full(len(ANGLES), _FARTHEST_RAD))
        others = [mirrored(name) for name in self.names]
        # A name without a twin, as of a schema that splits nothing, stays where it is.
        self._twin: NDArray[np.intp] = np.array(
            [self.index.get(other, i) for i, (other, _) in enumerate(others)], np.intp
        )
        self._sign = np.array([sign for _, sign in others])

    def read(self, rig: Rig) -> F64:
        """(S,) values by `names`, within their limits; NaN = not known. Raises ValueError for a wrong count."""
        count = len(self.description.names)
        if len(rig.weights) != count:
            raise ValueError(f"a rig of {rig.schema} carries {len(rig.weights)} weights, not {count}")
        values = np.empty(len(self.names))
        values[:count] = rig.weights
        values[count : count + 3] = yaw_pitch_roll(rig.head)
        values[count + 3 : count + 7] = np.asarray(rig.gaze, np.float64).reshape(-1)
        values[count + 7 :] = 0.0
        values[~np.isfinite(values)] = np.nan
        values = self.clip(values)
        values[count + 7 :] = (values[count + 3 : count + 5] + values[count + 5 : count + 7]) / 2
        return np.asarray(values)

    def clip(self, values: F64) -> F64:
        """Values within their limits; NaN stays NaN."""
        return np.asarray(np.minimum(np.maximum(values, self.lower), self.upper))

    def mirror(self, values: F64) -> F64:
        """The same face in a mirror."""
        return np.asarray(values[self._twin] * self._sign)
