"""The joints of a controller, and their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mien.core.errors import BridgeError
from mien.core.types import F64
from mien.retarget.reader import nearest


def order(joints: str, names: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    """The joints of a comma-separated list (empty: all) and the index of each in `names`. Raises BridgeError."""
    wanted = tuple(j.strip() for j in joints.split(",") if j.strip()) or tuple(names)
    for joint in wanted:
        if joint not in names:
            raise BridgeError(f"joints: the profile has no target {joint}{nearest(joint, names)}")
    if len(set(wanted)) < len(wanted):
        raise BridgeError(f"joints: {joints} names a joint twice")
    return wanted, np.array([names.index(joint) for joint in wanted], np.intp)


def measured(positions: Mapping[str, float], names: Sequence[str]) -> F64 | None:
    """(J,) where the joints are, by names; None where one is not told, or is no number."""
    values = np.array([positions.get(name, np.nan) for name in names])
    return values if np.isfinite(values).all() else None
