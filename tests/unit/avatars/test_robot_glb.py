"""The robot face as glTF, read by hand: closed solids of the right volume, and every servo by its name."""

from __future__ import annotations

import json
import math
import struct
from typing import Any

import numpy as np
import pytest

from mien_models.avatars import robot
from mien_models.avatars.robot_glb import _solid, robot_glb


def content() -> tuple[dict[str, Any], bytes]:
    data = robot_glb()
    magic, version, length, size, kind = struct.unpack_from("<4sIII4s", data)
    assert (magic, version, length, kind) == (b"glTF", 2, len(data), b"JSON")
    return json.loads(data[20 : 20 + size]), data[28 + size :]


@pytest.mark.parametrize(
    ("kind", "size", "volume"),
    [
        ("box", (1.0, 2.0, 3.0), 6.0),
        ("cylinder", (1.0, 2.0), 2 * math.pi),
        ("sphere", (1.0,), 4 / 3 * math.pi),
    ],
)
def test_solids_are_closed_face_outwards_and_have_their_volume(
    kind: str, size: tuple[float, ...], volume: float
) -> None:
    p, normals, triangles = _solid(robot.Shape(kind, size, (5, 6, 7), (0.1, 0.2, 0.3), "dark"))
    a, b, c = (p[triangles[:, i]] for i in range(3))
    # The divergence theorem: signed volumes of tetrahedra to any point, positive where faces look outwards.
    signed = np.einsum("ij,ij->i", a - p.mean(0), np.cross(b - p.mean(0), c - p.mean(0))).sum() / 6
    assert signed == pytest.approx(volume, rel=0.04)
    flat = np.cross(b - a, c - a)
    assert (np.einsum("ij,ij->i", flat, normals[triangles].mean(1)) >= -1e-12).all()
    np.testing.assert_allclose(np.linalg.norm(normals, axis=1), 1, atol=1e-9)


def test_every_servo_turns_a_node_about_its_axis() -> None:
    gltf, _ = content()
    joints = {n["name"]: n["extras"]["joint"] for n in gltf["nodes"] if "extras" in n}
    assert {j["name"] for j in joints.values()} == {j.name for j in robot.JOINTS}
    # The neck turns about up, y in glTF; the jaw about its left, x in glTF.
    assert joints["head"]["axis"] == [0, 1, 0]
    assert joints["jaw_link"]["axis"] == [1, 0, 0]
    assert joints["jaw_link"]["upper_rad"] == 0.45


def test_it_stands_upright_and_looks_along_z() -> None:
    gltf, binary = content()
    accessors, nodes = gltf["accessors"], {n["name"]: n for n in gltf["nodes"]}
    eye = nodes["eyes"]["translation"]
    assert eye[1] > 0.1, "eyes stand above the neck"
    assert eye[2] > 0.05, "and before it"
    assert nodes["eye_left_link"]["translation"][0] > 0, "its left is x"
    view = gltf["bufferViews"][-1]
    assert view["byteOffset"] + view["byteLength"] <= len(binary)
    assert all(a["count"] > 0 for a in accessors)
