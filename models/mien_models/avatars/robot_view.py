"""Draw a robot from a URDF of boxes, cylinders and spheres by ray casting."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import cv2
import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

_SAMPLES = 2  # across a pixel
_AMBIENT = 0.35
# Directions to the lights (x to the viewer, y to the right of the picture, z up), and their intensities.
_LIGHTS = ((np.array([0.75, 0.35, 0.6]), 0.75), (np.array([0.6, -0.8, 0.1]), 0.25))
_ABOVE, _BELOW = np.array([0.93, 0.94, 0.96]), np.array([0.74, 0.77, 0.81])  # of the background
_GLOSS, _GLOSS_WIDTH = 0.18, 30.0


@dataclass(frozen=True, slots=True)
class _Joint:
    """Transform from the parent frame to that of the child: `place`, then a rotation about `axis`."""

    parent: str
    child: str
    servo: str  # the joint whose position it uses: itself, or the one that it mimics
    place: F64  # 4×4
    axis: F64


@dataclass(frozen=True, slots=True)
class _Solid:
    link: str
    kind: str
    size: tuple[float, ...]
    place: F64  # 4×4, solid to link
    colour: F64  # linear
    radius: float  # radius of the bounding sphere


class RobotView:
    """A camera in front of the robot, at the height of its face.

    body: text of the URDF. distance_m, height_m: position of the camera in front of and above the
    origin; it looks along −x. Raises ValueError for an invalid URDF, or one with other shapes.
    """

    def __init__(
        self, body: str, *, width: int = 360, height: int = 360, distance_m: float = 0.75, height_m: float = 0.19,
        fov_deg: float = 24.0,
    ) -> None:  # fmt: skip
        try:
            root = ET.fromstring(body)
        except ET.ParseError as error:
            raise ValueError(f"the URDF is not XML: {error}") from error
        paints = {
            str(m.get("name")): _floats(c.get("rgba"))[:3]
            for m in root.findall("material")
            if (c := m.find("color")) is not None
        }
        self._solids = [s for link in root.findall("link") for s in _solids(link, paints)]
        self._joints = [_joint(j) for j in root.findall("joint")]
        self._size = width, height
        self._at = np.array([distance_m, 0.0, height_m])
        w, h = width * _SAMPLES, height * _SAMPLES
        self._focal = h / 2 / math.tan(math.radians(fov_deg) / 2)
        # A ray through a sample is (-1, y, z).
        self._y = ((np.arange(w) + 0.5 - w / 2) / self._focal).astype(np.float32)[None, :]
        self._z = ((h / 2 - np.arange(h) - 0.5) / self._focal).astype(np.float32)[:, None]
        share = np.linspace(0, 1, h)[:, None, None]
        self._background = np.broadcast_to((_ABOVE + share * (_BELOW - _ABOVE)) ** 2.2, (h, w, 3)).astype(np.float32)

    def draw(self, positions: Mapping[str, float]) -> U8:
        """H×W×3 uint8 RGB of joint positions [rad], 0 if missing. The robot's left is on the right of the picture."""
        frames = self._frames(positions)
        size = self._background.shape[:2]
        depth = np.full(size, np.inf, np.float32)
        which = np.full(size, -1, np.int16)
        normals = np.zeros((*size, 3), np.float32)
        for number, solid in enumerate(self._solids):
            self._cast(solid, frames[solid.link] @ solid.place, depth, normals, which, number)
        image = self._background.copy()
        rows, columns = np.nonzero(which >= 0)
        rays = np.stack([np.full(len(rows), -1, np.float32), self._y[0, columns], self._z[rows, 0]], axis=1)
        colours = np.array([s.colour for s in self._solids], np.float32)[which[rows, columns]]
        image[rows, columns] = _shade(normals[rows, columns], rays, colours)
        small = cv2.resize(np.clip(image, 0, 1) ** (1 / 2.2), self._size, interpolation=cv2.INTER_AREA)
        return np.asarray(np.rint(small * 255), np.uint8)

    def _frames(self, positions: Mapping[str, float]) -> dict[str, F64]:
        """4×4 pose of every link in the world."""
        children = {j.child for j in self._joints}
        frames = {j.parent: np.eye(4) for j in self._joints if j.parent not in children}
        frames |= {s.link: np.eye(4) for s in self._solids if s.link not in children}
        left = list(self._joints)
        while left:
            ready = [j for j in left if j.parent in frames]
            if not ready:
                raise ValueError("the joints of the URDF form no tree")
            for joint in ready:
                turn = np.eye(4)
                turn[:3, :3] = cv2.Rodrigues(joint.axis * positions.get(joint.servo, 0.0))[0]
                frames[joint.child] = frames[joint.parent] @ joint.place @ turn
            left = [j for j in left if j.parent not in {p.parent for p in ready}]
        return frames

    def _cast(self, solid: _Solid, frame: F64, depth: F32, normals: F32, which: NDArray[np.int16], number: int) -> None:
        towards = frame[:3, 3] - self._at
        away = -towards[0]
        if away - solid.radius < 1e-3:
            return
        h, w = depth.shape
        x, y = w / 2 + towards[1] / away * self._focal, h / 2 - towards[2] / away * self._focal
        r = 1.1 * solid.radius / (away - solid.radius) * self._focal + 2
        left, right = (int(min(max(v, 0), w)) for v in (x - r, x + r + 1))
        top, low = (int(min(max(v, 0), h)) for v in (y - r, y + r + 1))
        if left >= right or top >= low:
            return
        turn = frame[:3, :3].astype(np.float32)
        y_ray, z_ray = self._y[:, left:right], self._z[top:low]
        ray = [turn[1, i] * y_ray + (turn[2, i] * z_ray - turn[0, i]) for i in range(3)]
        origin = (frame[:3, :3].T @ (self._at - frame[:3, 3])).tolist()
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            t, normal = _HIT[solid.kind](origin, ray, solid.size)
        near = t < depth[top:low, left:right]
        depth[top:low, left:right][near] = t[near]
        which[top:low, left:right][near] = number
        local = np.stack([np.broadcast_to(n, near.shape)[near] for n in normal], axis=1)
        normals[top:low, left:right][near] = local @ turn.T


def _shade(normal: F32, rays: F32, colours: F32) -> F32:
    """(N, 3) linear colours of shaded points."""
    view = -rays / np.linalg.norm(rays, axis=1, keepdims=True)
    light = np.full(len(normal), _AMBIENT, np.float32) + 0.12 * normal[:, 2]
    shine = np.zeros(len(normal), np.float32)
    for direction, strength in _LIGHTS:
        towards = (direction / np.linalg.norm(direction)).astype(np.float32)
        light += strength * np.maximum(normal @ towards, 0)
        half = view + towards
        half /= np.linalg.norm(half, axis=1, keepdims=True)
        shine += strength * _GLOSS * np.maximum((normal * half).sum(1), 0) ** _GLOSS_WIDTH
    return np.asarray(light[:, None] * colours + shine[:, None], np.float32)


# Intersections of rays o + t d with each kind of solid, in the frame of the solid and by components: the smallest
# t > 0 at which the ray enters (infinite if it does not), and the normal there.


def _sphere(o: list[float], d: list[F32], size: tuple[float, ...]) -> tuple[F32, list[F32]]:
    a = d[0] ** 2 + d[1] ** 2 + d[2] ** 2
    b = o[0] * d[0] + o[1] * d[1] + o[2] * d[2]
    t = _root(a, b, sum(x * x for x in o) - size[0] ** 2)
    return t, [(o[i] + t * d[i]) / size[0] for i in range(3)]


def _cylinder(o: list[float], d: list[F32], size: tuple[float, ...]) -> tuple[F32, list[F32]]:
    radius, half = size[0], size[1] / 2
    side = _root(d[0] ** 2 + d[1] ** 2, o[0] * d[0] + o[1] * d[1], o[0] ** 2 + o[1] ** 2 - radius**2)
    side = np.where(np.abs(o[2] + side * d[2]) <= half, side, np.inf)
    end = math.copysign(half, o[2])
    cap = (end - o[2]) / d[2]
    within = (o[0] + cap * d[0]) ** 2 + (o[1] + cap * d[1]) ** 2 <= radius**2
    cap = np.where((cap > 0) & within, cap, np.inf)
    t, on_cap = np.minimum(side, cap), cap < side
    flat = [np.where(on_cap, 0, (o[i] + t * d[i]) / radius) for i in range(2)]
    return t, [*flat, np.where(on_cap, math.copysign(1, end), 0)]


def _box(o: list[float], d: list[F32], size: tuple[float, ...]) -> tuple[F32, list[F32]]:
    near, far = [], []
    for i in range(3):
        first, last = (-size[i] / 2 - o[i]) / d[i], (size[i] / 2 - o[i]) / d[i]
        near.append(np.fmin(first, last))
        far.append(np.fmax(first, last))
    t = np.maximum(np.maximum(near[0], near[1]), near[2])
    hit = (t > 0) & (t <= np.minimum(np.minimum(far[0], far[1]), far[2]))
    return np.where(hit, t, np.inf), [np.where(near[i] == t, -np.sign(d[i]), 0) for i in range(3)]


_HIT = {"sphere": _sphere, "cylinder": _cylinder, "box": _box}


def _root(a: F32, b: F32, c: float) -> F32:
    """Smaller positive solution of a t² + 2 b t + c = 0; infinite if there is none."""
    under = b * b - a * c
    t = (-b - np.sqrt(np.maximum(under, 0))) / a
    return np.asarray(np.where((under >= 0) & (t > 0), t, np.inf))


def _solids(link: ET.Element, paints: Mapping[str, F64]) -> list[_Solid]:
    found = []
    for visual in link.findall("visual"):
        geometry = visual.find("geometry")
        shape = next(iter(geometry), None) if geometry is not None else None
        if shape is None or shape.tag not in _HIT:
            raise ValueError(f"link {link.get('name')}: a shape that is no box, cylinder or sphere")
        if shape.tag == "box":
            size = tuple(_floats(shape.get("size")).tolist())
            radius = math.hypot(*size) / 2
        elif shape.tag == "cylinder":
            size = (float(shape.get("radius", "0")), float(shape.get("length", "0")))
            radius = math.hypot(size[0], size[1] / 2)
        else:
            size = (float(shape.get("radius", "0")),)
            radius = size[0]
        material = visual.find("material")
        paint = paints.get(str(material.get("name")) if material is not None else "", np.full(3, 0.6))
        found.append(_Solid(str(link.get("name")), shape.tag, size, _place(visual), paint**2.2, radius))
    return found


def _joint(joint: ET.Element) -> _Joint:
    parent, child, axis, mimic = (joint.find(tag) for tag in ("parent", "child", "axis", "mimic"))
    if parent is None or child is None:
        raise ValueError(f"joint {joint.get('name')} has no parent or no child")
    servo = joint if mimic is None else mimic
    return _Joint(
        str(parent.get("link")),
        str(child.get("link")),
        str(servo.get("name") if mimic is None else servo.get("joint")),
        _place(joint),
        _floats(axis.get("xyz")) if axis is not None else np.array([1.0, 0, 0]),
    )


def _place(element: ET.Element) -> F64:
    """4×4 transform of a URDF origin; rpy rotates about the fixed axes x, then y, then z."""
    origin = element.find("origin")
    place = np.eye(4)
    if origin is None:
        return place
    r, p, y = _floats(origin.get("rpy", "0 0 0"))
    about = [cv2.Rodrigues(np.array(v))[0] for v in ((r, 0, 0), (0, p, 0), (0, 0, y))]
    place[:3, :3] = about[2] @ about[1] @ about[0]
    place[:3, 3] = _floats(origin.get("xyz", "0 0 0"))
    return place


def _floats(text: str | None) -> F64:
    return np.array([float(word) for word in str(text).split()])
