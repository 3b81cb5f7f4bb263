"""The sampler speaks of the same units and shapes as mien and the head."""

from __future__ import annotations

from mien_models.head.motion.channels import EXTRAS
from mien_models.head.motion.tables import PROTOTYPES
from mien_models.spaces import emotions, facs
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS


def test_extras_are_shapes_that_no_unit_moves_alone() -> None:
    assert set(EXTRAS) < set(BLENDSHAPES)
    alone = {shapes[0] for label in AUS if len(shapes := facs.arkit_shapes(label)) == 1}
    assert not alone & set(EXTRAS)


def test_every_emotion_but_neutral_has_prototypes() -> None:
    assert {"neutral", *PROTOTYPES} == set(emotions.EMOTIONS)
