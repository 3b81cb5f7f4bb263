"""Add to a glTF avatar what VRM 1.0 requires: licence, bones, expressions, gaze."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from mien_models.avatars.avatar import Avatar, Bone
from mien_models.avatars.gltf import Item
from mien_models.head import GAZE_RANGE
from mien_models.spaces.arkit import BLENDSHAPES


def _both(**weights: float) -> dict[str, float]:
    """Weights of both sides of shapes that have a left and a right one."""
    return {f"{name}{side}": weight for name, weight in weights.items() for side in ("Left", "Right")}


# The 18 presets as weights of ARKit's shapes. `neutral` is the face at rest.
PRESETS: Mapping[str, Mapping[str, float]] = MappingProxyType({
    "happy": _both(mouthSmile=0.9, cheekSquint=0.7, eyeSquint=0.4) | {"jawOpen": 0.1},
    "angry": _both(browDown=1.0, noseSneer=0.5, eyeSquint=0.5, mouthFrown=0.4, mouthPress=0.4) | {"jawForward": 0.2},
    "sad": _both(mouthFrown=0.8, browDown=0.2, eyeSquint=0.2) | {"browInnerUp": 1.0, "mouthShrugLower": 0.4},
    "relaxed": _both(mouthSmile=0.35, eyeSquint=0.45, cheekSquint=0.2) | {"browInnerUp": 0.15},
    "surprised": _both(browOuterUp=0.9, eyeWide=1.0) | {"browInnerUp": 0.9, "jawOpen": 0.45, "mouthFunnel": 0.15},
    "aa": _both(mouthLowerDown=0.3, mouthUpperUp=0.15) | {"jawOpen": 0.55},
    "ih": _both(mouthStretch=0.45, mouthSmile=0.25, mouthLowerDown=0.35, mouthUpperUp=0.2) | {"jawOpen": 0.1},
    "ou": {"mouthPucker": 0.75, "mouthFunnel": 0.3, "jawOpen": 0.1},
    "ee": _both(mouthStretch=0.35, mouthSmile=0.15, mouthLowerDown=0.4, mouthUpperUp=0.25) | {"jawOpen": 0.25},
    "oh": {"mouthFunnel": 0.6, "mouthPucker": 0.35, "jawOpen": 0.35},
    "blink": _both(eyeBlink=1.0),
    "blinkLeft": {"eyeBlinkLeft": 1.0},
    "blinkRight": {"eyeBlinkRight": 1.0},
    "lookUp": _both(eyeLookUp=1.0),
    "lookDown": _both(eyeLookDown=1.0),
    "lookLeft": {"eyeLookOutLeft": 1.0, "eyeLookInRight": 1.0},
    "lookRight": {"eyeLookInLeft": 1.0, "eyeLookOutRight": 1.0},
    "neutral": {},
})  # fmt: skip

# Bones below the chest and in the limbs that a humanoid must have: name, parent, position of the left
# or middle one in a standing body whose eyes are at EYE_HEIGHT [m].
_BODY = (
    ("hips", None, (0.0, 0.93, -0.03)),
    ("spine", "hips", (0.0, 1.03, -0.03)),
)
_LIMBS = (
    ("UpperLeg", "hips", (0.09, 0.88, -0.03)),
    ("LowerLeg", "UpperLeg", (0.09, 0.48, -0.03)),
    ("Foot", "LowerLeg", (0.09, 0.09, -0.05)),
    ("UpperArm", "chest", (0.17, 1.34, -0.11)),
    ("LowerArm", "UpperArm", (0.42, 1.34, -0.11)),
    ("Hand", "LowerArm", (0.66, 1.34, -0.11)),
)
EYE_HEIGHT = 1.58
HUMANOID = (
    *("hips", "spine", "chest", "neck", "head", "leftEye", "rightEye"),
    *(f"{side}{name}" for side in ("left", "right") for name, _, _ in _LIMBS),
)

_LICENCE = {
    "copyrightInformation": "CC0 1.0 Universal: no rights reserved",
    "thirdPartyLicenses": "Shapes and expressions from MakeHuman's data, CC0 1.0",
    "licenseUrl": "https://vrm.dev/licenses/1.0/",
    "otherLicenseUrl": "https://creativecommons.org/publicdomain/zero/1.0/",
    "avatarPermission": "everyone",
    "allowExcessivelyViolentUsage": True,
    "allowExcessivelySexualUsage": True,
    "commercialUsage": "corporation",
    "allowPoliticalOrReligiousUsage": True,
    "allowAntisocialOrHateUsage": True,
    "creditNotation": "unnecessary",
    "allowRedistribution": True,
    "modification": "allowModificationRedistribution",
}


def humanoid(bones: list[Bone]) -> list[Bone]:
    """The bones of a bust, on a standing body of empty nodes."""
    body = [Bone(name, parent, np.array(at)) for name, parent, at in _BODY]
    chest, *rest = bones
    limbs = [_limb(side, *row) for side in ("left", "right") for row in _LIMBS]
    return [*body, Bone(chest.name, "spine", chest.at), *rest, *limbs]


def _limb(side: str, name: str, parent: str, at: tuple[float, float, float]) -> Bone:
    x, y, z = at
    above = parent if parent in {"hips", "chest"} else f"{side}{parent}"
    return Bone(f"{side}{name}", above, np.array([x if side == "left" else -x, y, z]))


def complete(avatar: Avatar, bones: list[Bone], name: str) -> None:
    """Add the extension VRMC_vrm."""
    eyes = [avatar.nodes["leftEye"], avatar.nodes["rightEye"]]
    heads = [{"node": node, "type": "thirdPersonOnly"} for node in (avatar.face, *eyes)]
    avatar.glb.extension("VRMC_vrm", {
        "specVersion": "1.0",
        "meta": {"name": name, "version": "1", "authors": ["mien"], **_LICENCE},
        "humanoid": {"humanBones": {bone: {"node": avatar.nodes[bone]} for bone in HUMANOID}},
        "firstPerson": {"meshAnnotations": heads},
        "expressions": {
            "preset": {preset: _expression(weights, avatar.face) for preset, weights in PRESETS.items()},
            "custom": {shape: _expression({shape: 1.0}, avatar.face) for shape in BLENDSHAPES},
        },
        "lookAt": _look_at(bones),
    })  # fmt: skip


def _expression(weights: Mapping[str, float], node: int) -> Item:
    binds = [{"node": node, "index": BLENDSHAPES.index(name), "weight": weight} for name, weight in weights.items()]
    item: Item = {"isBinary": False, "overrideBlink": "none", "overrideLookAt": "none", "overrideMouth": "none"}
    return {**item, "morphTargetBinds": binds} if binds else item


def _look_at(bones: list[Bone]) -> Item:
    """Gaze by rotation of the eye bones, 1° for 1°, up to the angles of eyeLook weights of 1."""
    places = {bone.name: bone.at for bone in bones}
    between = (places["leftEye"] + places["rightEye"]) / 2 - places["head"]
    ways = {"HorizontalInner": "In", "HorizontalOuter": "Out", "VerticalDown": "Down", "VerticalUp": "Up"}
    limits = {way: round(float(np.degrees(GAZE_RANGE[direction])), 3) for way, direction in ways.items()}
    return {
        "type": "bone",
        "offsetFromHeadBone": [round(float(x), 6) for x in between],
        **{f"rangeMap{way}": {"inputMaxValue": limit, "outputScale": limit} for way, limit in limits.items()},
    }


def shade_flat(avatar: Avatar) -> None:
    """Shade every material in two flat tones (VRMC_materials_mtoon)."""
    avatar.glb.extension("VRMC_materials_mtoon")
    for material in avatar.materials:
        texture = material["pbrMetallicRoughness"]["baseColorTexture"]
        toon: Item = {
            "specVersion": "1.0",
            "shadeColorFactor": [0.62, 0.5, 0.52],
            "shadeMultiplyTexture": dict(texture),
            "shadingShiftFactor": -0.1,
            "shadingToonyFactor": 0.85,
            "giEqualizationFactor": 0.9,
            "transparentWithZWrite": material.get("alphaMode") == "BLEND",
        }
        material["extensions"] = {"VRMC_materials_mtoon": toon}
