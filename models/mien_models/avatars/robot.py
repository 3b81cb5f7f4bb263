"""A robot face with ten servos: its body as URDF. The profile `robot10` of `mien.retarget` drives the servos.

Axes are those of REP-103 (x out of the face, y to its left, z up), metres, kilograms, radians. Every
servo is 0 at rest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Joint:
    """One servo. `positive` describes its positive direction, which is the same on both sides.

    lower_rad, upper_rad: its range. max_rate_rad_s: the highest commanded speed.
    """

    name: str
    positive: str
    lower_rad: float
    upper_rad: float
    max_rate_rad_s: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A piece of a link. size: (x, y, z) of a box, or radius and length of a cylinder along z, or a radius."""

    kind: str
    size: tuple[float, ...]
    at: Vector
    rpy: Vector
    colour: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link that is attached to its parent at `origin` and turns about `axis`.

    `joint` is the servo that turns it, or, with `mimics`, the name of a joint that copies that servo.
    """

    name: str
    parent: str
    joint: str
    origin: Vector
    axis: Vector
    shapes: tuple[Shape, ...]
    mimics: str = ""


def _box(x: float, y: float, z: float, at: Vector, colour: str, rpy: Vector = (0, 0, 0)) -> Shape:
    return Shape("box", (x, y, z), at, rpy, colour)


def _ball(radius: float, at: Vector, colour: str) -> Shape:
    return Shape("sphere", (radius,), at, (0, 0, 0), colour)


def _rod(radius: float, length: float, at: Vector, colour: str, rpy: Vector = (0, 0, 0)) -> Shape:
    return Shape("cylinder", (radius, length), at, rpy, colour)


_ALONG_X: Vector = (0, math.pi / 2, 0)
_ALONG_Y: Vector = (math.pi / 2, 0, 0)

_LEFT, _RIGHT = 1, -1
_SIDES = {_LEFT: "left", _RIGHT: "right"}


def _paired(side: str) -> tuple[Joint, ...]:
    """Brow, lid and lip corner of one side."""
    return (
        Joint(f"brow_{side}", "raises the inner end", -0.4, 0.6, 8.0),
        Joint(f"lid_{side}", "closes the eye", -0.3, 1.1, 15.0),
        Joint(f"lip_corner_{side}", "raises the corner of the mouth", -0.6, 0.6, 8.0),
    )


JOINTS: tuple[Joint, ...] = (
    Joint("neck_yaw", "turns the head to its left", -1.2, 1.2, 4.0),
    *_paired("left"),
    *_paired("right"),
    Joint("gaze_pitch", "looks up", -0.5, 0.45, 10.0),
    Joint("gaze_yaw", "looks to its left", -0.55, 0.55, 10.0),
    Joint("jaw", "opens the mouth", 0.0, 0.45, 8.0),
)

ROBOT = "mien_robot_face"
ROOT = "base"
_EFFORT_NM = 0.4
_DENSITY = 400.0  # kg/m³: printed shells including servos

COLOURS = {
    "shell": (0.86, 0.88, 0.90),
    "dark": (0.16, 0.18, 0.22),
    "white": (0.97, 0.97, 0.95),
    "black": (0.03, 0.03, 0.04),
    "blue": (0.36, 0.62, 0.72),
    "red": (0.85, 0.29, 0.24),
}

_EYE: Vector = (0.065, 0.036, 0.118)  # the left one, in the frame of the head
BASE = (_rod(0.05, 0.02, (0, 0, 0.01), "dark"), _rod(0.014, 0.06, (0, 0, 0.05), "dark"))
_SKULL = (
    _box(0.10, 0.15, 0.15, (0.015, 0, 0.125), "shell"),
    _box(0.06, 0.10, 0.05, (0.01, 0, 0.03), "dark"),
    *(_rod(0.03, 0.004, (0.064, side * _EYE[1], _EYE[2]), "dark", _ALONG_X) for side in _SIDES),
    *(_rod(0.022, 0.012, (0.01, side * 0.081, 0.115), "blue", _ALONG_Y) for side in _SIDES),
    _rod(0.003, 0.04, (0.01, 0, 0.22), "dark"),
    _ball(0.008, (0.01, 0, 0.243), "red"),
)
_EYEBALL = (
    _ball(0.024, (0, 0, 0), "white"),
    _rod(0.0125, 0.002, (0.0226, 0, 0), "blue", _ALONG_X),
    _rod(0.0065, 0.002, (0.0236, 0, 0), "black", _ALONG_X),
)
_JAW = (
    _box(0.022, 0.13, 0.034, (0.054, 0, -0.02), "shell"),
    *(_box(0.068, 0.012, 0.034, (0.009, side * 0.059, -0.02), "shell") for side in _SIDES),
    _rod(0.004, 0.045, (0.067, 0, -0.010), "red", _ALONG_Y),
)


def _lid() -> tuple[Shape, ...]:
    """A shell of flat strips around the upper half of an eye, which starts 28° above the pupil."""
    radius, step = 0.0275, math.radians(22)
    turns = [math.radians(39) + i * step for i in range(4)]
    strip = (0.003, 0.054, 2 * radius * math.tan(step / 2) + 0.001)
    return tuple(_box(*strip, (radius * math.cos(a), 0, radius * math.sin(a)), "blue", (0, -a, 0)) for a in turns)


def _side(side: int) -> tuple[Link, ...]:
    name = _SIDES[side]
    x, y, z = _EYE
    return (
        Link(
            f"brow_{name}_link",
            "head",
            f"brow_{name}",
            (0.072, side * 0.064, 0.170),
            (-side, 0, 0),
            (_box(0.008, 0.052, 0.010, (0, -side * 0.026, 0), "dark"),),
        ),
        Link(f"lid_{name}_link", "head", f"lid_{name}", (x, side * y, z), (0, 1, 0), _lid()),
        Link(
            f"lip_corner_{name}_link",
            "head",
            f"lip_corner_{name}",
            (0.069, side * 0.004, 0.066),
            (side, 0, 0),
            (
                _rod(0.004, 0.036, (0, side * 0.018, 0), "red", _ALONG_Y),
                _ball(0.006, (0, side * 0.036, 0), "red"),
            ),
        ),
    )


# Parents precede their children. One servo turns both eyes: the right eye copies the left one.
LINKS: tuple[Link, ...] = (
    Link("head", ROOT, "neck_yaw", (0, 0, 0.075), (0, 0, 1), _SKULL),
    *_side(_LEFT),
    *_side(_RIGHT),
    Link(
        "eyes",
        "head",
        "gaze_pitch",
        (_EYE[0], 0, _EYE[2]),
        (0, -1, 0),
        (_rod(0.006, 0.06, (0, 0, 0), "dark", _ALONG_Y),),
    ),
    Link("eye_left_link", "eyes", "gaze_yaw", (0, _EYE[1], 0), (0, 0, 1), _EYEBALL),
    Link("eye_right_link", "eyes", "gaze_yaw_right", (0, -_EYE[1], 0), (0, 0, 1), _EYEBALL, mimics="gaze_yaw"),
    Link("jaw_link", "head", "jaw", (0.0, 0, 0.05), (0, 1, 0), _JAW),
)


def urdf() -> str:
    """The body as URDF."""
    robot = ET.Element("robot", name=ROBOT)
    for name, rgb in COLOURS.items():
        material = ET.SubElement(robot, "material", name=name)
        ET.SubElement(material, "color", rgba=_numbers((*rgb, 1)))
    _add_link(robot, ROOT, BASE)
    limits = {joint.name: joint for joint in JOINTS}
    for link in LINKS:
        _add_link(robot, link.name, link.shapes)
        _add_joint(robot, link, limits[link.mimics or link.joint])
    ET.indent(robot)
    return '<?xml version="1.0"?>\n' + ET.tostring(robot, encoding="unicode") + "\n"


def _add_link(robot: ET.Element, name: str, shapes: tuple[Shape, ...]) -> None:
    link = ET.SubElement(robot, "link", name=name)
    mass, centre, inertia = _mass(shapes)
    inertial = ET.SubElement(link, "inertial")
    ET.SubElement(inertial, "origin", xyz=_numbers(centre), rpy="0 0 0")
    ET.SubElement(inertial, "mass", value=_numbers([mass]))
    terms = {f"i{'xyz'[i]}{'xyz'[j]}": _numbers([inertia[i, j]]) for i in range(3) for j in range(i, 3)}
    ET.SubElement(inertial, "inertia", terms)
    for shape in shapes:
        ET.SubElement(_add_shape(link, "visual", shape), "material", name=shape.colour)
        _add_shape(link, "collision", shape)


def _add_shape(link: ET.Element, use: str, shape: Shape) -> ET.Element:
    element = ET.SubElement(link, use)
    ET.SubElement(element, "origin", xyz=_numbers(shape.at), rpy=_numbers(shape.rpy))
    geometry = ET.SubElement(element, "geometry")
    if shape.kind == "box":
        ET.SubElement(geometry, "box", size=_numbers(shape.size))
    else:
        words = zip(("radius", "length"), shape.size, strict=False)
        ET.SubElement(geometry, shape.kind, {word: _numbers([value]) for word, value in words})
    return element


def _add_joint(robot: ET.Element, link: Link, limits: Joint) -> None:
    joint = ET.SubElement(robot, "joint", name=link.joint, type="revolute")
    ET.SubElement(joint, "origin", xyz=_numbers(link.origin), rpy="0 0 0")
    ET.SubElement(joint, "parent", link=link.parent)
    ET.SubElement(joint, "child", link=link.name)
    ET.SubElement(joint, "axis", xyz=_numbers(link.axis))
    ET.SubElement(
        joint,
        "limit",
        lower=_numbers([limits.lower_rad]),
        upper=_numbers([limits.upper_rad]),
        velocity=_numbers([limits.max_rate_rad_s]),
        effort=_numbers([_EFFORT_NM]),
    )
    if link.mimics:
        ET.SubElement(joint, "mimic", joint=link.mimics, multiplier="1", offset="0")


def _mass(shapes: tuple[Shape, ...]) -> tuple[float, F64, F64]:
    """Mass [kg], centre [m] and inertia about it (3, 3) [kg m²] of solids."""
    masses = np.array([_DENSITY * _volume(shape) for shape in shapes])
    places = np.array([shape.at for shape in shapes])
    centre = masses @ places / masses.sum()
    inertia = np.zeros((3, 3))
    for shape, mass, arm in zip(shapes, masses, places - centre, strict=True):
        turn = rotation(shape.rpy)
        own = turn @ np.diag(_inertia(shape)) @ turn.T
        inertia += mass * (own + arm @ arm * np.eye(3) - np.outer(arm, arm))
    return float(masses.sum()), centre, inertia


def _volume(shape: Shape) -> float:
    if shape.kind == "box":
        return math.prod(shape.size)
    if shape.kind == "cylinder":
        return math.pi * shape.size[0] ** 2 * shape.size[1]
    return 4 / 3 * math.pi * shape.size[0] ** 3


def _inertia(shape: Shape) -> Vector:
    """Inertia of a solid about its own axes, for a mass of 1 kg."""
    if shape.kind == "box":
        x, y, z = (side**2 / 12 for side in shape.size)
        return y + z, x + z, x + y
    if shape.kind == "cylinder":
        radius, length = shape.size
        across = radius**2 / 4 + length**2 / 12
        return across, across, radius**2 / 2
    about = 0.4 * shape.size[0] ** 2
    return about, about, about


def rotation(rpy: Vector) -> F64:
    """(3, 3) rotation about the fixed axes x, then y, then z."""
    (cr, sr), (cp, sp), (cy, sy) = ((math.cos(a), math.sin(a)) for a in rpy)
    about_x = np.array([[1, 0, 0], [0, cr, -sr], [0, sr, cr]])
    about_y = np.array([[cp, 0, sp], [0, 1, 0], [-sp, 0, cp]])
    about_z = np.array([[cy, -sy, 0], [sy, cy, 0], [0, 0, 1]])
    return np.asarray(about_z @ about_y @ about_x)


def _numbers(values: Any) -> str:
    return " ".join(f"{float(value):.7g}" for value in values)
