"""Read what a face needs from binary glTF or VRM: meshes with morph targets, textures, eyes, preset expressions."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.errors import ModelError
from mien_models.spaces.vrm import TO_VRM0

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

_TYPES = {5120: "<i1", 5121: "<u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_SIZES = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
_TRIANGLES = 4
_FROM_VRM0 = {old.lower(): new for new, old in TO_VRM0.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Triangles of one material. points (V, 3), uv (V, 2), triangles (T, 3); morphs: (V, 3) displacements by name.

    eye: 0 and 1 for those that turn with the left and the right eye, else -1. colour (4,): linear factor; texture
    (H, W, 4) sRGB or None. see_through: opacity of the texture counts; two_sided: the inside is drawn, too.
    """

    points: F64
    uv: F32
    triangles: NDArray[np.int32]
    morphs: Mapping[str, F32]
    eye: int
    colour: F64
    texture: U8 | None
    see_through: bool
    two_sided: bool


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A figure that faces +z, y up. eyes (2, 3): places of left and right eye, or None.

    look_deg: how far an eye turns by eyeLook… = 1, by "in", "out", "up" and "down". presets: weights of morph targets
    by preset of VRM 1.0.
    """

    pieces: tuple[Piece, ...]
    eyes: F64 | None
    look_deg: Mapping[str, float] = field(default_factory=dict)
    presets: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def morphs(self) -> tuple[str, ...]:
        """Names of all morph targets, in the order of the file."""
        return tuple(dict.fromkeys(name for piece in self.pieces for name in piece.morphs))


def read_glb(data: bytes, name: str) -> Model:
    """A model from the bytes of a .glb or .vrm file. Raises ModelError, which names the file and the reason."""
    try:
        return _File(data, name).model()
    except (KeyError, IndexError, TypeError, ValueError, struct.error, cv2.error) as error:
        raise ModelError(f"{name} cannot be read as binary glTF: {error!r}; export it again") from None


class _File:
    def __init__(self, data: bytes, name: str) -> None:
        if data[:4] != b"glTF":
            raise ModelError(f"{name} is no binary glTF; export it as .glb or .vrm")
        length, kind = struct.unpack_from("<I4s", data, 12)
        if kind != b"JSON":
            raise ModelError(f"{name} does not begin with its description; export it again")
        self._name = name
        self._json: dict[str, Any] = json.loads(data[20 : 20 + length])
        self._binary = memoryview(data)[28 + length :]
        self._pictures: dict[int, U8] = {}

    def model(self) -> Model:
        bones = self._bones()
        places = dict(self._places())
        nodes = self._json["nodes"]
        eyes = [bones.get(side) for side in ("leftEye", "rightEye")]
        pieces = [p for i, place in places.items() for p in self._pieces(nodes[i], place, self._eye_of(i, eyes))]
        if not pieces:
            raise ModelError(f"{self._name} has no triangles")
        turn = np.diag([-1.0, 1, -1]) if "VRM" in self._json.get("extensions", {}) else np.eye(3)
        pieces = [_turned(piece, turn) for piece in pieces]
        there = [i for i in eyes if i is not None and i in places]
        at = np.array([turn @ places[i][:3, 3] for i in there]) if len(there) == 2 else _lids(pieces)
        look = nodes[there[0]].get("extras", {}).get("lookRangeDegrees", {}) if there else {}
        return Model(tuple(pieces), at, look, self._presets())

    def _bones(self) -> dict[str, int]:
        extensions = self._json.get("extensions", {})
        if "VRMC_vrm" in extensions:
            bones = extensions["VRMC_vrm"]["humanoid"]["humanBones"]
            return {name: bone["node"] for name, bone in bones.items()}
        if "VRM" in extensions:
            return {bone["bone"]: bone["node"] for bone in extensions["VRM"]["humanoid"]["humanBones"]}
        return {node.get("name", ""): i for i, node in enumerate(self._json["nodes"])}

    def _places(self) -> Iterator[tuple[int, F64]]:
        """The world transform of each node of the scene."""
        scene = self._json["scenes"][self._json.get("scene", 0)]
        waiting = [(i, np.eye(4)) for i in scene["nodes"]]
        while waiting:
            i, above = waiting.pop()
            node = self._json["nodes"][i]
            place = above @ _local(node)
            yield i, place
            waiting += [(child, place) for child in node.get("children", [])]

    def _eye_of(self, node: int, eyes: list[int | None]) -> int:
        """Which eye a node is, or hangs on."""
        for side, eye in enumerate(eyes):
            waiting = [] if eye is None else [eye]
            while waiting:
                i = waiting.pop()
                if i == node:
                    return side
                waiting += self._json["nodes"][i].get("children", [])
        return -1

    def _pieces(self, node: dict[str, Any], place: F64, eye: int) -> Iterator[Piece]:
        if "mesh" not in node:
            return
        if "skin" in node:  # its vertices are where the skeleton at rest puts them, wherever the node is
            place = np.eye(4)
        mesh = self._json["meshes"][node["mesh"]]
        for primitive in mesh["primitives"]:
            if primitive.get("mode", _TRIANGLES) != _TRIANGLES:
                continue
            attributes, targets = primitive["attributes"], primitive.get("targets", [])
            names = mesh.get("extras", {}).get("targetNames") or primitive.get("extras", {}).get("targetNames")
            names = names or [f"target{i}" for i in range(len(targets))]
            points = self._array(attributes["POSITION"]).astype(np.float64)
            count = len(points)
            uv = self._array(attributes["TEXCOORD_0"]) if "TEXCOORD_0" in attributes else np.zeros((count, 2))
            order = self._array(primitive["indices"])[:, 0] if "indices" in primitive else np.arange(count)
            material = self._json["materials"][primitive["material"]] if "material" in primitive else {}
            surface = material.get("pbrMetallicRoughness", {})
            picture = surface.get("baseColorTexture")
            yield Piece(
                points @ place[:3, :3].T + place[:3, 3],
                np.ascontiguousarray(uv, np.float32),
                np.ascontiguousarray(order.reshape(-1, 3), np.int32),
                {
                    name: (self._array(target["POSITION"]) @ place[:3, :3].T).astype(np.float32)
                    for name, target in zip(names, targets, strict=False)
                    if "POSITION" in target
                },
                eye,
                np.array(surface.get("baseColorFactor", (1, 1, 1, 1)), np.float64),
                None if picture is None else self._picture(picture["index"]),
                material.get("alphaMode", "OPAQUE") != "OPAQUE",
                bool(material.get("doubleSided", False)),
            )

    def _array(self, number: int) -> NDArray[Any]:
        """(N, columns) of an accessor."""
        accessor = self._json["accessors"][number]
        kind, columns, count = np.dtype(_TYPES[accessor["componentType"]]), _SIZES[accessor["type"]], accessor["count"]
        out = np.zeros((count, columns), kind)
        if "bufferView" in accessor:
            out[:] = self._rows(accessor["bufferView"], accessor.get("byteOffset", 0), kind, columns, count)
        if sparse := accessor.get("sparse"):
            where, values = sparse["indices"], sparse["values"]
            index = np.dtype(_TYPES[where["componentType"]])
            rows = self._rows(where["bufferView"], where.get("byteOffset", 0), index, 1, sparse["count"])[:, 0]
            out[rows] = self._rows(values["bufferView"], values.get("byteOffset", 0), kind, columns, sparse["count"])
        if accessor.get("normalized"):
            return np.maximum(out / float(np.iinfo(kind).max), -1.0)
        return out

    def _rows(self, view: int, offset: int, kind: np.dtype[Any], columns: int, count: int) -> NDArray[Any]:
        about = self._json["bufferViews"][view]
        size = kind.itemsize * columns
        step = about.get("byteStride", size)
        start = about.get("byteOffset", 0) + offset
        raw = np.frombuffer(self._binary, np.uint8, step * (count - 1) + size, start)
        rows = np.lib.stride_tricks.as_strided(raw, (count, size), (step, 1))
        return np.ascontiguousarray(rows).view(kind)

    def _picture(self, texture: int) -> U8 | None:
        source = self._json["textures"][texture].get("source")
        if source is None or "bufferView" not in self._json["images"][source]:
            return None
        if source not in self._pictures:
            about = self._json["bufferViews"][self._json["images"][source]["bufferView"]]
            start = about.get("byteOffset", 0)
            raw = np.frombuffer(self._binary, np.uint8, about["byteLength"], start)
            read = cv2.imdecode(raw, cv2.IMREAD_UNCHANGED)
            if read is None:
                raise ModelError(f"{self._name} has a picture that is neither PNG nor JPEG; export it with one")
            if read.ndim == 2:
                read = cv2.cvtColor(read, cv2.COLOR_GRAY2BGR)
            code = cv2.COLOR_BGRA2RGBA if read.shape[2] == 4 else cv2.COLOR_BGR2RGBA
            self._pictures[source] = np.asarray(cv2.cvtColor(read, code), np.uint8)
        return self._pictures[source]

    def _presets(self) -> dict[str, dict[str, float]]:
        """Weights of morph targets by preset of VRM 1.0, also of VRM 0 files."""
        extensions, found = self._json.get("extensions", {}), {}
        if "VRMC_vrm" in extensions:
            presets = extensions["VRMC_vrm"].get("expressions", {}).get("preset", {})
            for name, about in presets.items():
                binds = [(self._morph(b["node"], b["index"]), b["weight"]) for b in about.get("morphTargetBinds", [])]
                found[name] = dict(binds)
        elif "VRM" in extensions:
            for group in extensions["VRM"].get("blendShapeMaster", {}).get("blendShapeGroups", []):
                binds = [(self._of_mesh(b["mesh"], b["index"]), b["weight"] / 100) for b in group.get("binds") or []]
                if name := _FROM_VRM0.get(str(group.get("presetName", "")).lower()):
                    found[name] = dict(binds)
        return {name: binds for name, binds in found.items() if binds}

    def _morph(self, node: int, index: int) -> str:
        return self._of_mesh(self._json["nodes"][node]["mesh"], index)

    def _of_mesh(self, mesh: int, index: int) -> str:
        about = self._json["meshes"][mesh]
        names = about.get("extras", {}).get("targetNames")
        names = names or about["primitives"][0].get("extras", {}).get("targetNames")
        return str(names[index]) if names else f"target{index}"


def _turned(piece: Piece, turn: F64) -> Piece:
    if np.array_equal(turn, np.eye(3)):
        return piece
    morphs = {name: (moved @ turn.T).astype(np.float32) for name, moved in piece.morphs.items()}
    return Piece(
        piece.points @ turn.T, piece.uv, piece.triangles, morphs, piece.eye, piece.colour, piece.texture,
        piece.see_through, piece.two_sided,
    )  # fmt: skip


def _local(node: dict[str, Any]) -> F64:
    """4×4 transform of a node."""
    if "matrix" in node:
        return np.asarray(np.array(node["matrix"], np.float64).reshape(4, 4).T, np.float64)
    out = np.eye(4)
    x, y, z, w = node.get("rotation", (0, 0, 0, 1))
    out[:3, :3] = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    out[:3, :3] *= np.array(node.get("scale", (1, 1, 1)))
    out[:3, 3] = node.get("translation", (0, 0, 0))
    return out


def _lids(pieces: list[Piece]) -> F64 | None:
    """Places of the eyes: what eyeBlinkLeft and eyeBlinkRight move."""
    found = []
    for name in ("eyeBlinkLeft", "eyeBlinkRight"):
        moved = [(p.points, np.linalg.norm(p.morphs[name], axis=1)) for p in pieces if name in p.morphs]
        if not moved or not any(weights.any() for _, weights in moved):
            return None
        points, weights = np.concatenate([p for p, _ in moved]), np.concatenate([w for _, w in moved])
        found.append(np.average(points, axis=0, weights=weights))
    return np.array(found)
