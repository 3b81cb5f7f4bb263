"""The sampler speaks of the same units and shapes as mien and the head."""

from __future__ import annotations

from mien_models.head.model.action_units import SHAPES, UNITS
from mien_models.head.motion.channels import EXTRAS
from mien_models.head.motion.tables import PROTOTYPES
from mien_models.spaces import arkit, emotions, facs


def test_units_are_miens() -> None:
    assert facs.AUS == UNITS


def test_shapes_are_miens() -> None:
    assert set(arkit.BLENDSHAPES) == set(SHAPES)


def test_extras_are_shapes_that_no_unit_moves_alone() -> None:
    assert set(EXTRAS) < set(SHAPES)
    alone = {shapes[0] for label in UNITS if len(shapes := facs.arkit_shapes(label)) == 1}
    assert not alone & set(EXTRAS)


def test_every_emotion_but_neutral_has_prototypes() -> None:
    assert {"neutral", *PROTOTYPES} == set(emotions.EMOTIONS)
