"""Reads a VRM file: the expressions of the avatar, and the positions of its head and eyes."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mien.core.errors import BridgeError
from mien_models.spaces.vrm import TO_VRM0, VRM0

_GLTF, _JSON = 0x4654_6C67, 0x4E4F_534A
_MAX_JSON = 64 << 20
_BONES = {"neck": "Neck", "head": "Head", "leftEye": "LeftEye", "rightEye": "RightEye"}
Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Avatar:
    expressions: tuple[str, ...]  # presets by VRM 0's names, and the avatar's own
    bones: dict[str, Vector]  # local positions [m] in Unity's axes


def read(path: str) -> Avatar:
    """Raises BridgeError where the file is no VRM."""
    file = Path(path).expanduser()
    try:
        document = _document(file)
        extensions = document["extensions"]
        if "VRMC_vrm" in extensions:
            return _vrm1(document, extensions["VRMC_vrm"])
        return _vrm0(document, extensions["VRM"])
    except OSError as e:
        raise BridgeError(f"vmc.avatar: {file}: {e.strerror}; give the avatar's .vrm file") from e
    except (struct.error, ValueError, LookupError, TypeError, AttributeError, RecursionError) as e:
        raise BridgeError(f"vmc.avatar: {file} is no VRM file that can be read; export it again") from e


def _document(file: Path) -> dict[str, Any]:
    with file.open("rb") as stream:
        magic, _, _, size, kind = struct.unpack("<5I", stream.read(20))
        if (magic, kind) != (_GLTF, _JSON) or size > _MAX_JSON:
            raise ValueError("no binary glTF")
        document = json.loads(stream.read(size))
    if not isinstance(document, dict):
        raise ValueError("no glTF")
    return document


def _vrm0(document: dict[str, Any], vrm: dict[str, Any]) -> Avatar:
    names = []
    for group in vrm.get("blendShapeMaster", {}).get("blendShapeGroups", []):
        preset = str(group.get("presetName", "unknown"))
        names.append(str(group.get("name", "")) if preset in ("unknown", "") else _preset(preset))
    nodes = {str(b["bone"]): int(b["node"]) for b in vrm["humanoid"]["humanBones"]}
    # glTF's axes to Unity's: files of VRM 0 look along -z.
    return Avatar(tuple(n for n in names if n), _places(document, nodes, (1, 1, -1)))


def _preset(name: str) -> str:
    """VRM 0's name of a preset in a message, as `blink_l` is Blink_L."""
    return next((n for n in VRM0 if n.lower() == name.lower()), name.capitalize())


def _vrm1(document: dict[str, Any], vrm: dict[str, Any]) -> Avatar:
    expressions = vrm.get("expressions", {})
    presets = [TO_VRM0.get(n, n) for n in expressions.get("preset", {})]
    nodes = {str(name): int(b["node"]) for name, b in vrm["humanoid"]["humanBones"].items()}
    return Avatar((*presets, *map(str, expressions.get("custom", {}))), _places(document, nodes, (-1, 1, 1)))


def _places(document: dict[str, Any], nodes: dict[str, int], signs: tuple[int, int, int]) -> dict[str, Vector]:
    if "head" not in nodes:
        raise ValueError("no head")
    places = {}
    for bone, name in _BONES.items():
        if bone in nodes:
            x, y, z = (float(v) for v in document["nodes"][nodes[bone]].get("translation", (0, 0, 0)))
            places[name] = (signs[0] * x, signs[1] * y, signs[2] * z)
    return places
