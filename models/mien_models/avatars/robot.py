"""A robot face of ten servos: its body as URDF, and how expressions drive it as YAML.

Both files are written from the tables below. Axes are those of REP-103 (x out of the face, y to its
left, z up), metres, kilograms, radians. Every servo is 0 at rest. A position is

    neutral + Σ gain · input, clipped to the limits, changed no faster than the rate

where the inputs are ARKit weights in [0, 1] and angles of the head in radians.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray

from mien_models.errors import ModelError
from mien_models.spaces.arkit import BLENDSHAPES

F64 = NDArray[np.float64]
Vector = tuple[float, float, float]

# Angles of the head relative to the body: to its left, up, tilted to its right.
ANGLES = ("headYaw", "headPitch", "headRoll")
INPUTS = (*BLENDSHAPES, *ANGLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """One servo. Positive is what `positive` says, on both sides alike.

    lower_rad, upper_rad, neutral_rad: where it may go and rests. max_rate_rad_s: the fastest it may
    be told to move. drive: gain [rad per unit] by input.
    """

    name: str
    positive: str
    lower_rad: float
    upper_rad: float
    neutral_rad: float = 0.0
    max_rate_rad_s: float
    drive: Mapping[str, float]

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.drive) - set(INPUTS)):
            raise ValueError(f"no input is called {', '.join(unknown)}; inputs are ARKit names and {', '.join(ANGLES)}")
        numbers = [self.lower_rad, self.upper_rad, self.neutral_rad, self.max_rate_rad_s, *self.drive.values()]
        if not all(map(math.isfinite, numbers)):
            raise ValueError("numbers must be finite")
        if not -math.pi <= self.lower_rad < self.upper_rad <= math.pi:
            raise ValueError(f"limits must rise within ±π, got {self.lower_rad:g} and {self.upper_rad:g}")
        if not self.lower_rad <= self.neutral_rad <= self.upper_rad:
            raise ValueError(
                f"neutral_rad is {self.neutral_rad:g}, outside of {self.lower_rad:g} to {self.upper_rad:g}"
            )
        if self.max_rate_rad_s <= 0:
            raise ValueError(f"max_rate_rad_s is {self.max_rate_rad_s:g}, must be above 0")


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
    """A link that hangs on its parent at `origin` and turns about `axis`.

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
_SIDES = {_LEFT: ("left", "Left"), _RIGHT: ("right", "Right")}


def _paired(side: int) -> tuple[Joint, ...]:
    """Brow, lid and lip corner of one side."""
    low, up = _SIDES[side]
    return (
        Joint(
            name=f"brow_{low}",
            positive="raises the inner end",
            lower_rad=-0.4,
            upper_rad=0.6,
            max_rate_rad_s=8.0,
            drive={"browInnerUp": 0.5, f"browOuterUp{up}": -0.25, f"browDown{up}": -0.4},
        ),
        Joint(
            name=f"lid_{low}",
            positive="closes the eye",
            lower_rad=-0.3,
            upper_rad=1.1,
            max_rate_rad_s=15.0,
            drive={
                f"eyeBlink{up}": 1.1,
                f"eyeSquint{up}": 0.35,
                f"eyeWide{up}": -0.3,
                f"eyeLookDown{up}": 0.35,
                f"eyeLookUp{up}": -0.2,
            },
        ),
        Joint(
            name=f"lip_corner_{low}",
            positive="raises the corner of the mouth",
            lower_rad=-0.6,
            upper_rad=0.6,
            max_rate_rad_s=8.0,
            drive={
                f"mouthSmile{up}": 0.6,
                f"mouthDimple{up}": 0.15,
                f"cheekSquint{up}": 0.1,
                f"mouthFrown{up}": -0.6,
                f"mouthStretch{up}": -0.15,
                "mouthPucker": -0.1,
            },
        ),
    )


JOINTS: tuple[Joint, ...] = (
    Joint(
        name="neck_yaw",
        positive="turns the head to its left",
        lower_rad=-1.2,
        upper_rad=1.2,
        max_rate_rad_s=4.0,
        drive={"headYaw": 1.0},
    ),
    *_paired(_LEFT),
    *_paired(_RIGHT),
    Joint(
        name="gaze_pitch",
        positive="looks up",
        lower_rad=-0.5,
        upper_rad=0.45,
        max_rate_rad_s=10.0,
        drive={"eyeLookUpLeft": 0.22, "eyeLookUpRight": 0.22, "eyeLookDownLeft": -0.26, "eyeLookDownRight": -0.26},
    ),
    Joint(
        name="gaze_yaw",
        positive="looks to its left",
        lower_rad=-0.55,
        upper_rad=0.55,
        max_rate_rad_s=10.0,
        drive={"eyeLookOutLeft": 0.26, "eyeLookInRight": 0.26, "eyeLookInLeft": -0.26, "eyeLookOutRight": -0.26},
    ),
    Joint(
        name="jaw",
        positive="opens the mouth",
        lower_rad=0.0,
        upper_rad=0.45,
        max_rate_rad_s=8.0,
        drive={"jawOpen": 0.45, "mouthClose": -0.2, "mouthFunnel": 0.08, "mouthLowerDownLeft": 0.05,
               "mouthLowerDownRight": 0.05},
    ),
)  # fmt: skip

ROBOT = "mien_robot_face"
_ROOT = "base"
_EFFORT_NM = 0.4
_DENSITY = 400.0  # kg/m³: printed shells with servos in them

_COLOURS = {
    "shell": (0.86, 0.88, 0.90),
    "dark": (0.16, 0.18, 0.22),
    "white": (0.97, 0.97, 0.95),
    "black": (0.03, 0.03, 0.04),
    "blue": (0.36, 0.62, 0.72),
    "red": (0.85, 0.29, 0.24),
}

_EYE: Vector = (0.065, 0.036, 0.118)  # the left one, in the frame of the head
_BASE = (_rod(0.05, 0.02, (0, 0, 0.01), "dark"), _rod(0.014, 0.06, (0, 0, 0.05), "dark"))
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
    name = _SIDES[side][0]
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


# Parents stand before their children. One servo turns both eyes: the right one copies the left one.
LINKS: tuple[Link, ...] = (
    Link("head", _ROOT, "neck_yaw", (0, 0, 0.075), (0, 0, 1), _SKULL),
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


class RobotFace:
    """How expressions drive some servos.

    joints: J of them. Raises ValueError where two have one name.
    """

    def __init__(self, joints: tuple[Joint, ...] = JOINTS) -> None:
        self.joints = joints
        self.names = tuple(joint.name for joint in joints)
        if doubled := sorted({name for name in self.names if self.names.count(name) > 1}):
            raise ValueError(f"two joints are called {', '.join(doubled)}")
        self.lower: F64 = np.array([joint.lower_rad for joint in joints])
        self.upper: F64 = np.array([joint.upper_rad for joint in joints])
        self.neutral: F64 = np.array([joint.neutral_rad for joint in joints])
        self.max_rate: F64 = np.array([joint.max_rate_rad_s for joint in joints])
        self._gains = np.array([[joint.drive.get(name, 0.0) for name in INPUTS] for joint in joints])

    def positions(self, inputs: Mapping[str, float]) -> F64:
        """(J,) angles [rad] within the limits, of weights and angles by name; absent ones are 0."""
        if unknown := sorted(set(inputs) - set(INPUTS)):
            raise ValueError(f"no input is called {', '.join(unknown)}")
        values = np.array([inputs.get(name, 0.0) for name in INPUTS])
        return np.asarray(np.clip(self.neutral + self._gains @ values, self.lower, self.upper))

    def approach(self, now: F64, goal: F64, seconds: float) -> F64:
        """(J,) angles after `seconds` on the way from `now` to `goal` [rad], no faster than the rates."""
        most = self.max_rate * seconds
        return np.asarray(now + np.clip(goal - now, -most, most))


def urdf() -> str:
    """The body as URDF."""
    robot = ET.Element("robot", name=ROBOT)
    for name, rgb in _COLOURS.items():
        material = ET.SubElement(robot, "material", name=name)
        ET.SubElement(material, "color", rgba=_numbers((*rgb, 1)))
    _add_link(robot, _ROOT, _BASE)
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
        turn = _rotation(shape.rpy)
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
    """About its own axes, of a mass of 1 kg."""
    if shape.kind == "box":
        x, y, z = (side**2 / 12 for side in shape.size)
        return y + z, x + z, x + y
    if shape.kind == "cylinder":
        radius, length = shape.size
        across = radius**2 / 4 + length**2 / 12
        return across, across, radius**2 / 2
    about = 0.4 * shape.size[0] ** 2
    return about, about, about


def _rotation(rpy: Vector) -> F64:
    """(3, 3) about x, then y, then z of the fixed axes."""
    (cr, sr), (cp, sp), (cy, sy) = ((math.cos(a), math.sin(a)) for a in rpy)
    about_x = np.array([[1, 0, 0], [0, cr, -sr], [0, sr, cr]])
    about_y = np.array([[cp, 0, sp], [0, 1, 0], [-sp, 0, cp]])
    about_z = np.array([[cy, -sy, 0], [sy, cy, 0], [0, 0, 1]])
    return np.asarray(about_z @ about_y @ about_x)


def _numbers(values: Any) -> str:
    return " ".join(f"{float(value):.7g}" for value in values)


_HEADER = f"""\
# How expressions drive the servos of {ROBOT}.
#
#   position = neutral_rad + sum of gain * input, within [lower_rad, upper_rad],
#   changed by no more than max_rate_rad_s
#
# Inputs: the 52 ARKit weights, 0 to 1, and {", ".join(ANGLES)} in radians
# (to its left, up, tilted to its right). Gains are radians per unit of input.
"""


def config(joints: tuple[Joint, ...] = JOINTS, body: str = f"{ROBOT}.urdf") -> str:
    """How inputs drive the servos, as YAML. body: the URDF file beside it."""
    lines = [f"urdf: {body}", "joints:"]
    for joint in joints:
        lines += [
            f"  - name: {joint.name}",
            f"    positive: {joint.positive}",
            f"    lower_rad: {joint.lower_rad}",
            f"    upper_rad: {joint.upper_rad}",
            f"    neutral_rad: {joint.neutral_rad}",
            f"    max_rate_rad_s: {joint.max_rate_rad_s}",
            "    drive:" if joint.drive else "    drive: {}",
            *(f"      {name}: {gain}" for name, gain in joint.drive.items()),
        ]
    return _HEADER + "\n".join(lines) + "\n"


def load(path: Path | str) -> RobotFace:
    """Read and check a YAML file like that of `config`, and the URDF that it names.

    Raises ModelError, which names the file, the joint and the entry, for anything that is missing,
    unknown, of the wrong kind or out of range.
    """
    path = Path(path)
    table = _parse(path)
    try:
        _keys(table, {"urdf", "joints"}, "the file")
        rows = table["joints"]
        if not isinstance(rows, list) or not rows:
            raise ValueError("joints must be a list with at least one entry")
        face = RobotFace(tuple(_joint(row, number) for number, row in enumerate(rows, start=1)))
        _fits(face, path.parent / str(table["urdf"]))
    except ValueError as error:
        raise ModelError(f"{path}: {error}") from error
    return face


def _parse(path: Path) -> Any:
    try:
        import yaml
    except ImportError as error:
        raise ModelError("PyYAML is missing; ROS 2 brings it, or: pip install pyyaml") from error
    try:
        return yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise ModelError(f"cannot read {path}: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ModelError(f"{path} is not YAML: {error}") from error


_NUMBERS = ("lower_rad", "upper_rad", "neutral_rad", "max_rate_rad_s")


def _joint(row: Any, number: int) -> Joint:
    named = isinstance(row, dict) and isinstance(row.get("name"), str)
    where = f"joint {row['name']}" if named else f"joint number {number}"
    _keys(row, {"name", "positive", "drive", *_NUMBERS}, where)
    if not named:
        raise ValueError(f"{where}: name must be text, got {row['name']!r}")
    if not isinstance(row["drive"], dict):
        raise ValueError(f"{where}: drive must be gains by input, got {row['drive']!r}")
    numbers = {name: _number(row[name], f"{where}: {name}") for name in _NUMBERS}
    drive = {str(name): _number(gain, f"{where}: drive: {name}") for name, gain in row["drive"].items()}
    try:
        return Joint(name=row["name"], positive=str(row["positive"]), drive=drive, **numbers)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


def _keys(table: Any, wanted: set[str], where: str) -> None:
    if not isinstance(table, dict):
        raise ValueError(f"{where} must be a mapping, got {table!r}")
    if missing := sorted(wanted - set(table)):
        raise ValueError(f"{where} has no {', '.join(missing)}")
    if unknown := sorted(map(str, set(table) - wanted)):
        raise ValueError(f"{where} has {', '.join(unknown)}, which nobody knows")


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{where} must be a number, got {value!r}")
    return float(value)


def _fits(face: RobotFace, body: Path) -> None:
    """Raise ValueError where the URDF has no such joint, or allows less."""
    try:
        root = ET.parse(body).getroot()
    except OSError as error:
        raise ValueError(f"cannot read {body}: {error.strerror}") from error
    except ET.ParseError as error:
        raise ValueError(f"{body} is not XML: {error}") from error
    limits = {joint.get("name"): joint.find("limit") for joint in root.findall("joint")}
    for joint in face.joints:
        limit = limits.get(joint.name)
        if limit is None:
            raise ValueError(f"joint {joint.name}: {body.name} has no such joint with a limit")
        allowed = {
            "lower_rad": joint.lower_rad >= float(limit.get("lower", "0")) - 1e-6,
            "upper_rad": joint.upper_rad <= float(limit.get("upper", "0")) + 1e-6,
            "max_rate_rad_s": joint.max_rate_rad_s <= float(limit.get("velocity", "0")) + 1e-6,
        }
        if wrong := [name for name, fine in allowed.items() if not fine]:
            raise ValueError(f"joint {joint.name}: {', '.join(wrong)} is beyond what {body.name} allows")
