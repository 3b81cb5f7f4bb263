"""The robot face as glTF: a node per link, which turns about the axis of its joint.

A node's extras name its servo: {"joint": {"name", "axis", "lower_rad", "upper_rad"}}, with the axis in the axes of
glTF (x to the robot's left, y up, z out of the face). Every node is at rest with no rotation.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from mien_models.avatars import robot
from mien_models.avatars.gltf import Glb, Item
from mien_models.avatars.robot import Shape

F64 = NDArray[np.float64]
Mesh = tuple[F64, F64, NDArray[np.int64]]  # positions, normals, triangles

_AROUND, _ALONG = 24, 12  # segments of what is round
# From x out of the face, y to its left, z up.
_TURN = np.array([[0.0, 1, 0], [0, 0, 1], [1, 0, 0]])


def robot_glb() -> bytes:
    """The whole file, deterministic to the byte."""
    glb = Glb("CC0 1.0")
    paints = {name: _material(glb, name, rgb) for name, rgb in robot.COLOURS.items()}
    limits = {joint.name: joint for joint in robot.JOINTS}
    nodes = {robot.ROOT: glb.add("nodes", {"name": robot.ROOT, "mesh": _mesh(glb, robot.ROOT, robot.BASE, paints)})}
    for link in robot.LINKS:
        servo = limits[link.mimics or link.joint]
        node: Item = {
            "name": link.name,
            "translation": _numbers(_TURN @ np.array(link.origin)),
            "mesh": _mesh(glb, link.name, link.shapes, paints),
            "extras": {
                "joint": {
                    "name": servo.name, "axis": _numbers(_TURN @ np.array(link.axis)),
                    "lower_rad": servo.lower_rad, "upper_rad": servo.upper_rad,
                },
            },
        }  # fmt: skip
        nodes[link.name] = glb.add("nodes", node)
        glb.child(nodes[link.parent], nodes[link.name])
    glb.add("scenes", {"name": robot.ROBOT, "nodes": [nodes[robot.ROOT]]})
    return glb.write()


def _material(glb: Glb, name: str, rgb: tuple[float, float, float]) -> int:
    linear = [round(float(c) ** 2.2, 5) for c in rgb]
    pbr = {"baseColorFactor": [*linear, 1], "metallicFactor": 0, "roughnessFactor": 0.45}
    return glb.add("materials", {"name": name, "pbrMetallicRoughness": pbr})


def _mesh(glb: Glb, name: str, shapes: Sequence[Shape], paints: dict[str, int]) -> int:
    """One primitive per colour."""
    primitives = []
    for colour in dict.fromkeys(s.colour for s in shapes):
        positions, normals, triangles = _joined([_solid(s) for s in shapes if s.colour == colour])
        primitives.append(
            {
                "attributes": {
                    "POSITION": glb.vertices((positions @ _TURN.T).astype(np.float32), bounds=True),
                    "NORMAL": glb.vertices((normals @ _TURN.T).astype(np.float32)),
                },
                "indices": glb.indices(triangles),
                "material": paints[colour],
            }
        )
    return glb.add("meshes", {"name": name, "primitives": primitives})


def _joined(parts: Sequence[Mesh]) -> Mesh:
    starts = np.cumsum([0, *(len(p[0]) for p in parts)])
    return (
        np.concatenate([p[0] for p in parts]),
        np.concatenate([p[1] for p in parts]),
        np.concatenate([p[2] + start for p, start in zip(parts, starts, strict=False)]),
    )


def _solid(shape: Shape) -> Mesh:
    """In the frame of its link."""
    makers: dict[str, Callable[..., Mesh]] = {"box": _box, "cylinder": _cylinder, "sphere": _sphere}
    positions, normals, triangles = makers[shape.kind](*shape.size)
    turn = robot.rotation(shape.rpy)
    return positions @ turn.T + np.array(shape.at), normals @ turn.T, triangles


def _box(x: float, y: float, z: float) -> Mesh:
    """Six faces with corners of their own, seen from outside counter-clockwise."""
    positions: list[F64] = []
    normals: list[F64] = []
    triangles: list[tuple[int, ...]] = []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            normal = np.zeros(3)
            normal[axis] = sign
            u, v = np.eye(3)[(axis + 1) % 3], np.eye(3)[(axis + 2) % 3]
            corners = [normal - u - v, normal + u - v, normal + u + v, normal - u + v]
            start = len(positions)
            positions += [c * np.array([x, y, z]) / 2 for c in corners]
            normals += [normal] * 4
            order = [(0, 1, 2), (0, 2, 3)] if sign > 0 else [(0, 2, 1), (0, 3, 2)]
            triangles += [tuple(start + i for i in t) for t in order]
    return np.array(positions), np.array(normals), np.array(triangles, np.int64)


def _cylinder(radius: float, length: float) -> Mesh:
    """Along z."""
    angles = np.arange(_AROUND) * 2 * math.pi / _AROUND
    ring = np.stack([np.cos(angles), np.sin(angles), np.zeros(_AROUND)], axis=1)
    up = np.array([0.0, 0, length / 2])
    i, j = np.arange(_AROUND), (np.arange(_AROUND) + 1) % _AROUND
    side: Mesh = (
        np.concatenate([ring * radius - up, ring * radius + up]),
        np.concatenate([ring, ring]),
        np.concatenate([np.stack([i, j, j + _AROUND], 1), np.stack([i, j + _AROUND, i + _AROUND], 1)]),
    )
    caps = []
    for sign in (-1.0, 1.0):
        points = np.concatenate([[[0.0, 0, 0]], ring * radius]) + sign * up
        fan = np.stack([np.zeros(_AROUND, np.int64), i + 1, j + 1], 1)
        caps.append((points, np.tile([0.0, 0, sign], (len(points), 1)), fan if sign > 0 else fan[:, ::-1]))
    return _joined([side, *caps])


def _sphere(radius: float) -> Mesh:
    polar = np.arange(_ALONG + 1) * math.pi / _ALONG
    around = np.arange(_AROUND + 1) * 2 * math.pi / _AROUND
    p, a = (m.ravel() for m in np.meshgrid(polar, around, indexing="ij"))
    normals = np.stack([np.sin(p) * np.cos(a), np.sin(p) * np.sin(a), np.cos(p)], axis=1)
    row, column = (m.ravel() for m in np.meshgrid(np.arange(_ALONG), np.arange(_AROUND), indexing="ij"))
    at = row * (_AROUND + 1) + column
    below = at + _AROUND + 1
    triangles = np.concatenate([np.stack([at, below, below + 1], 1), np.stack([at, below + 1, at + 1], 1)])
    return radius * normals, normals, triangles


def _numbers(values: F64) -> list[float]:
    return [round(float(v), 6) for v in values]
