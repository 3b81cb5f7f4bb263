"""The inputs of targets: the weights of a rig by name, and the angles of its head and gaze."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mien.core.geometry import yaw_pitch_roll
from mien.core.schemas import ARKIT52
from mien.core.types import F64, Rig, RigDescription
from mien_models.spaces.arkit import Region
from mien_models.spaces.convert import Converter, converter

# Angles [rad]: of the head relative to the body, of each eye relative to the head, and the mean of both eyes.
# Positive: to the person's left, up, and a tilt to the person's right.
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
    """The name of a source in a mirror, and the sign of its value there."""
    for a, b in (("Left", "Right"), ("Right", "Left")):
        if name.endswith(a):
            other = name.removesuffix(a) + b
            return other, -1.0 if name in _NEGATED else 1.0
    return name, -1.0 if name in _NEGATED else 1.0


class Sources:
    """Names, regions, limits and values of the sources of one schema. `mirror` swaps the sides.

    space: an expression space of `mien_models.spaces`. Its names are sources, too; `expand` computes their values.
    """

    def __init__(self, description: RigDescription, space: str = "") -> None:
        self.description = description
        self.names = (*description.names, *ANGLES)
        self.regions = (*(Region(r) for r in description.regions), *_REGIONS)
        self.expanded = self.names  # with the names of the space
        self.told: tuple[str, ...] = ()  # names of the space that the weights of this schema determine
        self._convert: Converter | None = None
        if space:
            self._convert = converter(description.schema, space)
            self._order = np.array([description.names.index(n) for n in self._convert.source.names], np.intp)
            own = [n for n in self._convert.target.names if n not in self.names]
            self._place = np.array([self._convert.target.names.index(n) for n in own], np.intp)
            self.expanded = (*self.names, *own)
            self.told = self._convert.told
        self.index = {name: i for i, name in enumerate(self.expanded)}
        self.lower = np.append(description.lower.astype(np.float64), np.full(len(ANGLES), -_FARTHEST_RAD))
        self.upper = np.append(description.upper.astype(np.float64), np.full(len(ANGLES), _FARTHEST_RAD))
        others = [mirrored(name) for name in self.names]
        # A name without a counterpart on the other side stays where it is.
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

    def expand(self, values: F64) -> F64:
        """(S,) values, followed by those of the space's own names."""
        if self._convert is None:
            return values
        return np.concatenate([values, self._convert(values[self._order])[self._place]])

    def region(self, name: str) -> Region:
        """The region of a source; for a name of the space, the region of the weight that moves it most."""
        place = self.index[name]
        if place < len(self.names) or self._convert is None:
            return self.regions[place]
        rest, count = self._convert(np.zeros(len(self._order))), len(self._order)
        moved = np.nan_to_num(np.abs(self._convert(np.eye(count)) - rest))[:, self._convert.target.names.index(name)]
        return self.regions[int(self._order[int(moved.argmax())])]

    def range_of(self, name: str) -> tuple[float, float, float] | None:
        """Lowest value, highest value and rest of a name of the space; None for other names."""
        if self._convert is None or name not in self._convert.target.names:
            return None
        space, at = self._convert.target, self._convert.target.names.index(name)
        return float(space.low[at]), float(space.high[at]), float(space.rest[at])

    def clip(self, values: F64) -> F64:
        """Values within their limits; NaN stays NaN."""
        return np.asarray(np.minimum(np.maximum(values, self.lower), self.upper))

    def mirror(self, values: F64) -> F64:
        """The same face in a mirror."""
        return np.asarray(values[self._twin] * self._sign)
