"""The tables of the VRM export."""

from __future__ import annotations

import pytest

from mien_models.avatars import PRESETS, export_glb
from mien_models.avatars.vrm import HUMANOID
from mien_models.spaces import arkit

# The specification's lists, VRM 1.0.
PRESET_NAMES = (
    "happy angry sad relaxed surprised aa ih ou ee oh blink blinkLeft blinkRight "
    "lookUp lookDown lookLeft lookRight neutral"
)
REQUIRED = (
    "hips spine head leftUpperLeg leftLowerLeg leftFoot rightUpperLeg rightLowerLeg rightFoot "
    "leftUpperArm leftLowerArm leftHand rightUpperArm rightLowerArm rightHand"
)


def test_every_preset_in_known_shapes() -> None:
    assert set(PRESETS) == set(PRESET_NAMES.split())
    for weights in PRESETS.values():
        assert set(weights) <= set(arkit.BLENDSHAPES)
        assert all(0 < weight <= 1 for weight in weights.values())


def test_no_custom_name_is_a_preset_even_where_case_is_ignored() -> None:
    assert not {name.lower() for name in arkit.BLENDSHAPES} & {name.lower() for name in PRESETS}


def test_presets_are_as_symmetric_as_their_names() -> None:
    mirrored = {"blinkLeft": "blinkRight", "lookLeft": "lookRight"}
    mirrored |= {b: a for a, b in mirrored.items()}
    for name, weights in PRESETS.items():
        swap = {
            shape.replace("Left", "#").replace("Right", "Left").replace("#", "Right"): weight
            for shape, weight in weights.items()
        }
        assert PRESETS[mirrored.get(name, name)] == swap


def test_required_bones() -> None:
    assert set(REQUIRED.split()) <= set(HUMANOID)
    assert len(HUMANOID) == len(set(HUMANOID))


def test_unknown_style() -> None:
    with pytest.raises(ValueError, match="there is no style clay; there are human, toon"):
        export_glb("x.glb", style="clay")
