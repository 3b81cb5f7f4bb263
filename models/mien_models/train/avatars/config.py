"""Settings of the recipes for avatars, and their presets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mien_models.errors import require_positive


@dataclass(frozen=True, slots=True, kw_only=True)
class RendererTraining:
    """Of the neural renderer of one avatar."""

    seed: int = 0
    steps: int = 600
    batch: int = 16
    lr: float = 3e-3
    width: float = 1.0  # factor on the channels
    components: int = 48  # eigenpictures
    weights_steps: int = 2000  # first, of the perceptron that weighs them
    weights_lr: float = 3e-3
    regions: float = 4.0  # weight of the L1 of eyes and mouth beside that of the whole picture
    held_out: float = 0.1  # share of the pairs that measure

    def __post_init__(self) -> None:
        require_positive(self, "steps", "batch", "lr", "width", "components", "weights_steps", "weights_lr")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnimatorTraining:
    """Of the animator and the codes of its avatars."""

    seed: int = 0
    steps: int = 1000  # with a model of what the encoder reads of each avatar
    through: int = 60  # then, through neural renderer and encoder
    batch: int = 32
    through_batch: int = 6
    lr: float = 1e-3
    reading_steps: int = 1200  # of the models of readings
    distance: float = 2.0  # between the embeddings of person and avatar
    levels: float = 0.5  # squared differences of shapes and units
    rig: float = 0.3  # where the rig is known: avatars with the person's own shapes
    picture: float = 0.2  # L1 of pictures, where the rig is known, in the steps `through`
    near: float = 0.05  # stay near the table that it starts from
    along: float = 1.0  # no target stays behind while the table would move it
    strict: float = 1.0  # brows and tongue go where the table would move them, and nowhere else
    symmetry: float = 0.2
    quiet: float = 1.0  # small changes of the person change the rig no more than the table would
    inside: float = 0.5  # values beyond the ranges
    weight_decay: float = 1e-4

    def __post_init__(self) -> None:
        require_positive(self, "batch", "lr", "reading_steps", "through_batch")


# "cpu" takes minutes per avatar on a free core; "gpu" is for one card.
RENDERERS: Mapping[str, RendererTraining] = {
    "cpu": RendererTraining(),
    "gpu": RendererTraining(steps=20_000, batch=128, width=4.0, lr=1e-3, components=80, weights_steps=20_000),
}
ANIMATORS: Mapping[str, AnimatorTraining] = {
    "cpu": AnimatorTraining(),
    "gpu": AnimatorTraining(steps=20_000, through=20_000, batch=256, through_batch=128),
}
