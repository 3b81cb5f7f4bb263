"""Assemble a bust as glTF: skeleton, skinning, turning eyes, morph targets with ARKit names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mien_models.avatars import mesh, paint
from mien_models.avatars.bust import Bust, Eye
from mien_models.avatars.gltf import Glb, Item
from mien_models.avatars.paint import Colours
from mien_models.head import GAZE_RANGE
from mien_models.spaces.arkit import BLENDSHAPES

F64 = NDArray[np.float64]

NOTICE = "CC0 1.0: shapes from MakeHuman's CC0 data"

# Joints of the skin, from the chest upwards; positions in the axes of glTF from the sellion [m].
JOINTS = ("chest", "neck", "head")
_PLACES = {"chest": (0.0, -0.33, -0.12), "neck": (0.0, -0.192, -0.12), "head": (0.0, -0.083, -0.105)}


@dataclass(frozen=True, slots=True)
class Bone:
    """A node of the skeleton. at: its position in the world [m]. At rest no node is rotated."""

    name: str
    parent: str | None
    at: F64


@dataclass(frozen=True, slots=True)
class Finish:
    """Surface properties of a material. roughness: 0 is a mirror, 1 is matt."""

    roughness: float
    alpha: str = "OPAQUE"
    double_sided: bool = False


_FINISHES = {
    "skin": Finish(0.58),
    "lips": Finish(0.38),
    "body": Finish(0.8),
    "mouth": Finish(0.6),
    "socket": Finish(0.6),
    "teeth": Finish(0.3),
    "tongue": Finish(0.45),
    "lashes": Finish(0.9, alpha="BLEND", double_sided=True),
    "hair": Finish(0.55),
    "eye": Finish(0.12),
}


@dataclass(slots=True)
class Avatar:
    """The glTF file so far, and the indices of its nodes and materials."""

    glb: Glb
    nodes: dict[str, int] = field(default_factory=dict)
    materials: list[Item] = field(default_factory=list)
    face: int = -1


def skeleton(bust: Bust, lift: F64) -> list[Bone]:
    """Chest, neck, head and eyes of a bust that is shifted by `lift` (3,)."""
    joints = [
        Bone(name, parent, np.array(_PLACES[name]) + lift)
        for name, parent in zip(JOINTS, (None, *JOINTS), strict=False)
    ]
    left, right = bust.eyes
    return [*joints, Bone("leftEye", "head", left.centre + lift), Bone("rightEye", "head", right.centre + lift)]


def assemble(bust: Bust, style: str, colours: Colours, bones: Sequence[Bone], lift: F64) -> Avatar:
    """Build the whole avatar; parents must precede their children in `bones`."""
    avatar = Avatar(Glb(NOTICE))
    materials = _materials(avatar, bust, style, colours)
    eyes = _eye_mesh(avatar.glb, bust.eyes, materials["eye"])
    for bone in bones:
        _add_bone(avatar, bone, bones, eyes)
    skin = _skin(avatar, bones)
    face = _face_mesh(avatar.glb, bust, materials, lift)
    avatar.face = avatar.glb.add("nodes", {"name": "face", "mesh": face, "skin": skin})
    roots = [avatar.nodes[bone.name] for bone in bones if bone.parent is None]
    avatar.glb.add("scenes", {"name": style, "nodes": [*roots, avatar.face]})
    return avatar


def _add_bone(avatar: Avatar, bone: Bone, bones: Sequence[Bone], eyes: int) -> None:
    places = {b.name: b.at for b in bones}
    own = bone.at - places[bone.parent] if bone.parent else bone.at
    node: Item = {"name": bone.name, "translation": [round(float(x), 6) for x in own]}
    if bone.name in {"leftEye", "rightEye"}:
        ranges = {direction.lower(): round(float(np.degrees(limit)), 3) for direction, limit in GAZE_RANGE.items()}
        node |= {"mesh": eyes, "extras": {"lookRangeDegrees": ranges}}
    avatar.nodes[bone.name] = avatar.glb.add("nodes", node)
    if bone.parent:
        avatar.glb.child(avatar.nodes[bone.parent], avatar.nodes[bone.name])


def _skin(avatar: Avatar, bones: Sequence[Bone]) -> int:
    places = {bone.name: bone.at for bone in bones}
    inverse = np.tile(np.eye(4), (len(JOINTS), 1, 1))
    inverse[:, :3, 3] = [-np.round(places[name], 6) for name in JOINTS]
    joints = [avatar.nodes[name] for name in JOINTS]
    return avatar.glb.add("skins", {"joints": joints, "inverseBindMatrices": avatar.glb.matrices(inverse)})


def _face_mesh(glb: Glb, bust: Bust, materials: Mapping[str, int], lift: F64) -> int:
    """All surfaces share one set of vertices and morph targets."""
    joints, weights = _weights(bust.follow)
    attributes = {
        "POSITION": glb.vertices(bust.positions + lift.astype(np.float32), bounds=True),
        "NORMAL": glb.vertices(bust.normals),
        "TEXCOORD_0": glb.vertices(bust.uv),
        "JOINTS_0": glb.vertices(joints),
        "WEIGHTS_0": glb.vertices(weights),
    }
    targets = [
        {"POSITION": glb.displacements(offset, bounds=True), "NORMAL": glb.displacements(turn)}
        for offset, turn in zip(bust.offsets, bust.normal_offsets, strict=True)
    ]
    primitives = [
        {"attributes": attributes, "indices": glb.indices(triangles), "material": materials[name], "targets": targets}
        for name, triangles in bust.surfaces.items()
    ]
    return glb.add("meshes", {"name": "face", "primitives": primitives, "extras": {"targetNames": list(BLENDSHAPES)}})


def _weights(follow: F64) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """(N, 4) joints and weights: chest at the bottom, neck above it, head at the top."""
    chest, head = np.clip(1 - 2 * follow, 0, 1), np.clip(2 * follow - 1, 0, 1)
    weights = np.stack([chest, 1 - chest - head, head, np.zeros_like(head)], axis=1).astype(np.float32)
    joints = np.where(weights > 0, np.arange(4), 0).astype(np.uint8)
    return joints, weights


def _eye_mesh(glb: Glb, eyes: tuple[Eye, Eye], material: int) -> int:
    directions, triangles = mesh.ball(16, 24)
    radius = (eyes[0].radius + eyes[1].radius) / 2
    away = np.arccos(np.clip(directions[:, 2], -1, 1))
    around = np.arctan2(directions[:, 1], directions[:, 0])
    primitive = {
        "attributes": {
            "POSITION": glb.vertices((directions * radius).astype(np.float32), bounds=True),
            "NORMAL": glb.vertices(directions.astype(np.float32)),
            "TEXCOORD_0": glb.vertices(paint.eye_uv(away, around).astype(np.float32)),
        },
        "indices": glb.indices(triangles),
        "material": material,
    }
    return glb.add("meshes", {"name": "eye", "primitives": [primitive]})


def _materials(avatar: Avatar, bust: Bust, style: str, colours: Colours) -> dict[str, int]:
    pictures = {
        "skin": paint.skin(style, colours, bust.lips, bust.lids),
        "body": paint.body(colours),
        "mouth": paint.depth((150, 62, 60), (24, 6, 8)),
        "teeth": paint.teeth(),
        "socket": paint.depth(colours.skin * [0.8, 0.55, 0.55], colours.skin * [0.5, 0.3, 0.3]),
        "tongue": paint.depth((166, 80, 80), (84, 30, 34)),
        "lashes": paint.lashes(style, colours),
        "hair": paint.hair(colours),
        "eye": paint.eye(style, colours),
    }
    textures = {name: avatar.glb.texture(name, picture) for name, picture in pictures.items()}
    textures["lips"] = textures["skin"]
    return {name: _material(avatar, name, finish, style, textures[name]) for name, finish in _FINISHES.items()}


def _material(avatar: Avatar, name: str, finish: Finish, style: str, texture: int) -> int:
    surface: Item = {"metallicFactor": 0.0, "roughnessFactor": finish.roughness if style == "human" else 1.0}
    surface["baseColorTexture"] = {"index": texture}
    material: Item = {"name": name, "pbrMetallicRoughness": surface}
    if finish.alpha != "OPAQUE":
        material["alphaMode"] = finish.alpha
    if finish.double_sided:
        material["doubleSided"] = True
    avatar.materials.append(material)
    return avatar.glb.add("materials", material)
