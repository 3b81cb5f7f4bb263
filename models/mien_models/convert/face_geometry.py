"""Read MediaPipe's face geometry metadata (a protocol buffer) into plain arrays."""

from __future__ import annotations

import io
import struct
from collections import defaultdict

import numpy as np

from mien_models.convert.source import Array
from mien_models.errors import ModelError

# Field numbers of mediapipe/modules/face_geometry/protos: GeometryPipelineMetadata, Mesh3d,
# WeightedLandmarkRef. Vertices are (x, y, z, u, v), so five numbers each.
_CANONICAL_MESH, _PROCRUSTES_BASIS = 1, 2
_VERTEX_BUFFER, _INDEX_BUFFER = 3, 4
_LANDMARK_ID, _WEIGHT = 1, 2
_VERTEX_SIZE = 5


def face_geometry_npz(data: bytes) -> bytes:
    """Convert to an .npz.

    vertices (468, 3) float32, cm, x to the face's left, y up, z out of the face; uv (468, 2);
    triangles (T, 3) int32; landmark_ids (K,) int32 and landmark_weights (K,) float32 of the
    weighted Procrustes alignment. Raises ModelError for any other bytes.
    """
    try:
        fields = _fields(data)
        mesh = _fields(_only_bytes(fields[_CANONICAL_MESH]))
        vertices = _floats(mesh[_VERTEX_BUFFER]).reshape(-1, _VERTEX_SIZE)
        triangles = _varints(mesh[_INDEX_BUFFER]).reshape(-1, 3)
        basis = [_fields(item) for item in fields[_PROCRUSTES_BASIS] if isinstance(item, bytes)]
        # proto3 omits zeros, and landmark 0 is one of the landmarks.
        ids = np.array([item.get(_LANDMARK_ID, [0])[0] for item in basis], np.int32)
        weights = np.concatenate([_floats(item[_WEIGHT]) for item in basis])
    except (KeyError, IndexError, ValueError, struct.error) as error:
        raise ModelError("not a face geometry file: its fields do not match") from error
    if not len(vertices) or triangles.max(initial=-1) >= len(vertices) or ids.max(initial=-1) >= len(vertices):
        raise ModelError("not a face geometry file: its indices point outside the mesh")
    buffer = io.BytesIO()
    np.savez(
        buffer,
        vertices=vertices[:, :3],
        uv=vertices[:, 3:],
        triangles=triangles.astype(np.int32),
        landmark_ids=ids,
        landmark_weights=weights,
    )
    return buffer.getvalue()


def _fields(data: bytes) -> dict[int, list[int | bytes]]:
    """The fields of one message by number, each a list in order of appearance."""
    fields: dict[int, list[int | bytes]] = defaultdict(list)
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        value: int | bytes
        match key & 7:
            case 0:
                value, at = _varint(data, at)
            case 1 | 5 as kind:
                size = 8 if kind == 1 else 4
                value, at = data[at : at + size], at + size
            case 2:
                size, at = _varint(data, at)
                value, at = data[at : at + size], at + size
            case kind:
                raise ValueError(f"wire type {kind}")
        if at > len(data):
            raise ValueError("truncated")
        fields[key >> 3].append(value)
    return dict(fields)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _only_bytes(values: list[int | bytes]) -> bytes:
    (value,) = values
    if not isinstance(value, bytes):
        raise ValueError("not a message")
    return value


def _floats(values: list[int | bytes]) -> Array:
    """A repeated float field, packed or not."""
    return np.frombuffer(b"".join(value for value in values if isinstance(value, bytes)), "<f4")


def _varints(values: list[int | bytes]) -> Array:
    """A repeated integer field, packed or not."""
    numbers: list[int] = []
    for value in values:
        if isinstance(value, int):
            numbers.append(value)
            continue
        at = 0
        while at < len(value):
            number, at = _varint(value, at)
            numbers.append(number)
    return np.array(numbers, np.int64)
