"""Names and tables of the expression spaces, against what their publishers say."""

from __future__ import annotations

import numpy as np
import pytest

from mien_models.spaces import arkit, emotions, facs, mediapipe


def test_arkit_has_52_unique_names_in_the_order_of_live_link_face() -> None:
    assert len(arkit.BLENDSHAPES) == len(set(arkit.BLENDSHAPES)) == 52
    known = {
        "eyeBlinkLeft": 0,
        "eyeWideRight": 13,
        "jawOpen": 17,
        "mouthSmileLeft": 23,
        "browInnerUp": 43,
        "tongueOut": 51,
    }
    assert {name: arkit.INDEX[name] for name in known} == known


def test_what_arkit_has_on_the_left_it_has_on_the_right() -> None:
    def mirrored(name: str) -> str:
        if name.endswith("Left"):
            return name[: -len("Left")] + "Right"
        return name[: -len("Right")] + "Left" if name.endswith("Right") else name

    assert {mirrored(name) for name in arkit.BLENDSHAPES} == set(arkit.BLENDSHAPES)


def test_every_weight_lies_in_the_region_of_its_name() -> None:
    regions = {name: arkit.REGIONS[r] for name, r in zip(arkit.BLENDSHAPES, arkit.REGION_OF, strict=True)}
    assert regions["browInnerUp"] == "brows"
    assert regions["eyeBlinkLeft"] == regions["eyeSquintRight"] == "eyes"
    assert regions["eyeLookUpLeft"] == "gaze"
    assert regions["cheekPuff"] == regions["noseSneerLeft"] == "nose"
    assert regions["jawOpen"] == regions["mouthClose"] == "mouth"
    assert regions["tongueOut"] == "tongue"
    assert "head" not in regions.values()


def test_mediapipe_order() -> None:
    """Spot checks of the list that MediaPipe publishes with face_blendshapes."""
    known = {
        0: "_neutral",
        1: "browDownLeft",
        9: "eyeBlinkLeft",
        25: "jawOpen",
        26: "jawRight",
        44: "mouthSmileLeft",
        51: "noseSneerRight",
    }
    assert {i: mediapipe.CATEGORIES[i] for i in known} == known
    assert len(mediapipe.CATEGORIES) == 52
    assert "tongueOut" not in mediapipe.CATEGORIES


def test_what_the_converted_network_gives_is_the_beginning_of_arkit() -> None:
    assert (*mediapipe.SHAPES, "tongueOut") == arkit.BLENDSHAPES


def test_shapes_that_are_known_to_be_dead_are_hardly_trusted() -> None:
    trust = dict(zip(arkit.BLENDSHAPES, mediapipe.RELIABILITY, strict=True))
    dead = ("cheekPuff", "cheekSquintLeft", "noseSneerRight", "tongueOut")
    assert max(trust[n] for n in dead) <= 0.1
    assert min(trust[n] for n in ("eyeBlinkLeft", "mouthSmileRight", "jawOpen")) >= 0.8
    assert trust["mouthLeft"] == trust["mouthRight"]


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("BP4D", (1, 2, 4, 6, 7, 10, 12, 14, 15, 17, 23, 24)),
        ("DISFA", (1, 2, 4, 5, 6, 9, 12, 15, 17, 20, 25, 26)),
        ("Aff-Wild2", (1, 2, 4, 6, 7, 10, 12, 15, 23, 24, 25, 26)),
    ],
)
def test_every_unit_of_a_benchmark_is_reported(name: str, units: tuple[int, ...]) -> None:
    assert {facs.code(label) for label in facs.AUS} >= set(units)


def test_units_are_named_by_code_and_side() -> None:
    assert len(set(facs.AUS)) == len(facs.AUS)
    assert facs.labels(12) == ("AU12L", "AU12R")
    assert facs.labels(26) == ("AU26",)
    assert facs.code("AU12L") == 12
    assert facs.code("AU27") == 27


def test_units_know_their_shapes_on_their_own_side() -> None:
    assert facs.arkit_shapes("AU12L") == ("mouthSmileLeft",)
    assert facs.arkit_shapes("AU1R") == ("browInnerUp",)  # ARKit does not split it
    assert facs.arkit_shapes("AU24") == ("mouthPressLeft", "mouthPressRight")
    assert facs.arkit_shapes("AU25") == ()
    for label in facs.AUS:
        assert set(facs.arkit_shapes(label)) <= set(arkit.BLENDSHAPES)


def test_prototypes_use_reported_units_and_every_emotion_lies_on_the_circumplex() -> None:
    codes = {facs.code(label) for label in facs.AUS}
    assert codes >= {c for parts in emotions.PROTOTYPES.values() for part in parts for c in part}
    assert codes >= set(emotions.CONTEMPT_UNITS)
    assert set(emotions.PROTOTYPES) == set(emotions.EMOTIONS) - {"neutral", "contempt"}
    assert set(emotions.VALENCE_AROUSAL) == set(emotions.EMOTIONS)
    assert np.abs(list(emotions.VALENCE_AROUSAL.values())).max() <= 1
    assert emotions.VALENCE_AROUSAL["happiness"][0] > 0 > emotions.VALENCE_AROUSAL["sadness"][0]
