"""The GLB writer, read back by hand; pictures by OpenCV."""

from __future__ import annotations

import json
import struct
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from mien_models.avatars.gltf import Glb, png

TRIANGLES = np.array([[0, 1, 2], [2, 1, 3]])


def parse(data: bytes) -> tuple[dict[str, Any], bytes]:
    magic, version, length = struct.unpack_from("<4sII", data)
    assert (magic, version, length) == (b"glTF", 2, len(data))
    json_length, kind = struct.unpack_from("<I4s", data, 12)
    assert kind == b"JSON"
    assert json_length % 4 == 0
    binary_length, kind = struct.unpack_from("<I4s", data, 20 + json_length)
    assert kind == b"BIN\0"
    assert 28 + json_length + binary_length == len(data)
    return json.loads(data[20 : 20 + json_length]), data[28 + json_length :]


def test_the_file_and_its_arrays() -> None:
    glb = Glb("nobody's")
    places = np.random.default_rng(0).normal(size=(4, 3)).astype(np.float32)
    glb.vertices(np.arange(3, dtype=np.uint8)[:, None] * np.ones(2, np.uint8))  # 6 bytes: what follows is aligned
    glb.vertices(places, bounds=True)
    glb.indices(TRIANGLES)
    content, binary = parse(glb.write())

    assert content["asset"] == {"version": "2.0", "generator": "mien", "copyright": "nobody's"}
    odd, vertices, corners = content["accessors"]
    assert (odd["componentType"], odd["type"], odd["count"]) == (5121, "VEC2", 3)
    assert (vertices["componentType"], vertices["type"], vertices["count"]) == (5126, "VEC3", 4)
    assert vertices["min"] == places.min(0).tolist()
    assert vertices["max"] == places.max(0).tolist()
    assert (corners["componentType"], corners["type"], corners["count"]) == (5123, "SCALAR", 6)
    views = content["bufferViews"]
    assert all(view["byteOffset"] % 4 == 0 for view in views)
    assert [view["target"] for view in views] == [34962, 34962, 34963]
    start = views[1]["byteOffset"]
    assert binary[start : start + 48] == places.tobytes()
    start = views[2]["byteOffset"]
    assert struct.unpack_from("<6H", binary, start) == (0, 1, 2, 2, 1, 3)


def displaced(values: NDArray[Any]) -> tuple[dict[str, Any], dict[str, Any], bytes]:
    glb = Glb("")
    glb.displacements(values, bounds=True)
    content, binary = parse(glb.write())
    return content["accessors"][0], content, binary


def test_displacements_of_few_rows_are_sparse() -> None:
    values = np.zeros((100, 3))
    values[[3, 70]] = [[1, 2, 3], [-4, 5, 6]]
    accessor, content, binary = displaced(values)
    assert "bufferView" not in accessor
    assert (accessor["count"], accessor["min"], accessor["max"]) == (100, [-4, 0, 0], [1, 5, 6])
    sparse, views = accessor["sparse"], content["bufferViews"]
    assert sparse["count"] == 2
    assert struct.unpack_from("<2H", binary, views[sparse["indices"]["bufferView"]]["byteOffset"]) == (3, 70)
    assert struct.unpack_from("<6f", binary, views[sparse["values"]["bufferView"]]["byteOffset"]) == (1, 2, 3, -4, 5, 6)
    assert all("target" not in view for view in views)


def test_displacements_of_most_rows_are_dense() -> None:
    accessor, content, _ = displaced(np.ones((100, 3)))
    assert "sparse" not in accessor
    assert content["bufferViews"][accessor["bufferView"]]["byteLength"] == 1200


def test_no_displacement_takes_no_room() -> None:
    accessor, content, _ = displaced(np.zeros((5, 3)))
    assert not {"sparse", "bufferView"} & set(accessor)
    assert "bufferViews" not in content


def test_matrices_are_stored_by_columns() -> None:
    glb = Glb("")
    matrix = np.eye(4)
    matrix[:3, 3] = [7, 8, 9]
    glb.matrices(matrix[None])
    _, binary = parse(glb.write())
    assert struct.unpack("<16f", binary)[12:] == (7, 8, 9, 1)


def test_nodes_and_extensions() -> None:
    glb = Glb("")
    parent, child = glb.add("nodes", {"name": "a"}), glb.add("nodes", {"name": "b"})
    glb.child(parent, child)
    glb.extension("X", {"y": 1})
    glb.extension("X")
    content, _ = parse(glb.write())
    assert content["nodes"][0] == {"name": "a", "children": [1]}
    assert content["extensionsUsed"] == ["X"]
    assert content["extensions"] == {"X": {"y": 1}}


@pytest.mark.parametrize("channels", [3, 4])
def test_png(channels: int) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (5, 7, channels), np.uint8)
    read = cv2.imdecode(np.frombuffer(png(pixels), np.uint8), cv2.IMREAD_UNCHANGED)
    order = [2, 1, 0, 3][:channels]
    np.testing.assert_array_equal(read[..., order], pixels)
