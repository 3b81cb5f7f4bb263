"""A small writer of binary glTF 2.0: from arrays to one .glb file, deterministic to the byte."""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

Item = dict[str, Any]

_COMPONENTS = {"uint8": 5121, "uint16": 5123, "uint32": 5125, "float32": 5126}
_KINDS = {(): "SCALAR", (2,): "VEC2", (3,): "VEC3", (4,): "VEC4", (4, 4): "MAT4"}
_VERTICES, _INDICES = 34962, 34963  # GL targets of a buffer


class Glb:
    """A glTF asset under construction.

    Every `add` returns the index by which other pieces refer to the new one.
    """

    def __init__(self, copyright_notice: str) -> None:
        self._json: Item = {"asset": {"version": "2.0", "generator": "mien", "copyright": copyright_notice}}
        self._binary = bytearray()

    def add(self, kind: str, item: Item) -> int:
        """Add an object to a list at the top of the file: nodes, meshes, materials, skins, scenes."""
        items: list[Item] = self._json.setdefault(kind, [])
        items.append(item)
        return len(items) - 1

    def child(self, parent: int, node: int) -> None:
        """Make a node the child of another one."""
        self._json["nodes"][parent].setdefault("children", []).append(node)

    def extension(self, name: str, content: Item | None = None) -> None:
        """Declare a used extension; `content` is its object for the whole asset."""
        used: list[str] = self._json.setdefault("extensionsUsed", [])
        if name not in used:
            used.append(name)
        if content is not None:
            self._json.setdefault("extensions", {})[name] = content

    def vertices(self, values: NDArray[Any], *, bounds: bool = False) -> int:
        """Accessor of a vertex attribute: (N, 2–4) float32 or integers. Positions need `bounds` (min and max)."""
        return self._dense(values, _VERTICES, bounds)

    def indices(self, triangles: NDArray[Any]) -> int:
        """Accessor of triangles: (T, 3) integers."""
        flat = triangles.reshape(-1)
        return self._dense(flat.astype(np.uint16 if flat.max() < 65535 else np.uint32), _INDICES, False)

    def matrices(self, values: NDArray[Any]) -> int:
        """Accessor of (N, 4, 4) matrices in row-major order; the file stores them column-major."""
        return self._dense(np.swapaxes(values, 1, 2).astype(np.float32), None, False)

    def keyframes(self, values: NDArray[Any], *, bounds: bool = False) -> int:
        """Accessor of an animation: times (N,) [s], which need `bounds`, weights (N × targets,) or rotations (N, 4)."""
        return self._dense(values.astype(np.float32), None, bounds)

    def displacements(self, values: NDArray[Any], *, bounds: bool = False) -> int:
        """Accessor of (N, 3) float32; stored sparse (only rows other than 0) if that is smaller."""
        values = values.astype(np.float32)
        rows = np.flatnonzero(values.any(1))
        where = rows.astype(np.uint16 if len(values) < 65535 else np.uint32)
        if len(rows) * (12 + where.itemsize) >= len(values) * 12:
            return self._dense(values, _VERTICES, bounds)
        accessor = self._describe(values, bounds)
        if len(rows):
            accessor["sparse"] = {
                "count": len(rows),
                "indices": {"bufferView": self._view(where), "componentType": _COMPONENTS[where.dtype.name]},
                "values": {"bufferView": self._view(values[rows])},
            }
        return self.add("accessors", accessor)

    def texture(self, name: str, pixels: NDArray[np.uint8]) -> int:
        """Texture of (H, W, 3 or 4) sRGB pixels, embedded as PNG."""
        view = self.add("bufferViews", self._append(png(pixels)))
        image = self.add("images", {"name": name, "mimeType": "image/png", "bufferView": view})
        if "samplers" not in self._json:
            self.add("samplers", {"magFilter": 9729, "minFilter": 9987, "wrapS": 33071, "wrapT": 33071})
        return self.add("textures", {"source": image, "sampler": 0})

    def write(self) -> bytes:
        """The whole file."""
        content = {**self._json, "scene": 0, "buffers": [{"byteLength": len(self._binary)}]}
        text = json.dumps(content, separators=(",", ":"), allow_nan=False).encode()
        chunks = _chunk(b"JSON", text, b" ") + _chunk(b"BIN\0", bytes(self._binary), b"\0")
        return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks

    def _dense(self, values: NDArray[Any], target: int | None, bounds: bool) -> int:
        return self.add("accessors", {"bufferView": self._view(values, target), **self._describe(values, bounds)})

    def _describe(self, values: NDArray[Any], bounds: bool) -> Item:
        item: Item = {
            "componentType": _COMPONENTS[values.dtype.name],
            "count": len(values),
            "type": _KINDS[values.shape[1:]],
        }
        if bounds:
            item |= {"min": np.atleast_1d(values.min(0)).tolist(), "max": np.atleast_1d(values.max(0)).tolist()}
        return item

    def _view(self, values: NDArray[Any], target: int | None = None) -> int:
        view = self._append(values.astype(values.dtype.newbyteorder("<")).tobytes())
        return self.add("bufferViews", view if target is None else {**view, "target": target})

    def _append(self, data: bytes) -> Item:
        self._binary += bytes(-len(self._binary) % 4)
        start = len(self._binary)
        self._binary += data
        return {"buffer": 0, "byteOffset": start, "byteLength": len(data)}


def png(pixels: NDArray[np.uint8]) -> bytes:
    """A PNG of (H, W, 3 or 4) pixels; each row is stored as the difference to the row above."""
    height, width, channels = pixels.shape
    above = np.vstack([np.zeros_like(pixels[:1]), pixels[:-1]])
    rows = np.full((height, 1 + width * channels), 2, np.uint8)
    rows[:, 1:] = (pixels - above).reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, 8, {3: 2, 4: 6}[channels], 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def _chunk(kind: bytes, data: bytes, padding: bytes) -> bytes:
    data += padding * (-len(data) % 4)
    return struct.pack("<I4s", len(data), kind) + data
