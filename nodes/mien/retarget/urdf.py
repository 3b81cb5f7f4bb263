"""Checks that the joints of a URDF file allow the limits of a profile."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from mien.core.temporal.limits import Limits

_SLACK = 1e-6


def fits(limits: Limits, names: Sequence[str], body: Path) -> None:
    """Raises ValueError if the URDF file lacks one of these joints, or allows less than its limits."""
    try:
        root = ET.parse(body).getroot()
    except OSError as error:
        raise ValueError(f"cannot read {body}: {error.strerror}") from error
    except ET.ParseError as error:
        raise ValueError(f"{body} is not XML: {error}") from error
    joints = {joint.get("name"): joint.find("limit") for joint in root.findall("joint")}
    for i, name in enumerate(names):
        limit = joints.get(name)
        if limit is None:
            raise ValueError(f"{body.name} has no joint {name} with a limit")
        try:
            lower, upper, rate = (float(limit.get(key, "0")) for key in ("lower", "upper", "velocity"))
        except ValueError as error:
            raise ValueError(f"{body.name}: joint {name}: {error}") from error
        for asked, allowed, what in (
            (lower, limits.lower[i], "the lower end of range"),
            (limits.upper[i], upper, "the upper end of range"),
            (limits.rate[i], rate, "rate"),
        ):
            if asked > allowed + _SLACK:
                raise ValueError(f"{name}: {what} is beyond what {body.name} allows")
