"""Settings of a training run: one dataclass per recipe, saved beside the weights."""

from __future__ import annotations

import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Literal

from mien_models.errors import ModelError, require_positive
from mien_models.train.augment import AugmentConfig
from mien_models.train.losses import LossConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainConfig:
    """Settings of all recipes. Lengths are counted in faces, so that they do not depend on the batch size."""

    seed: int = 0
    samples: int = 700_000  # faces seen in all
    batch: int = 64
    lr: float = 1.5e-3  # maximum (AdamW)
    weight_decay: float = 0.05
    warmup: float = 0.06  # share of the run over which lr rises; then it falls as a cosine
    average: float = 0.998  # decay of the averaged weights, which are those that are saved
    clip: float = 5.0  # norm of the gradient
    precision: Literal["bf16", "fp32"] = "bf16"
    threads: int = 1  # of one batch; on a shared core threads wait for each other
    workers: int = 1  # processes on the CPU that share `samples` and average their weights
    meet: int = 200  # steps after which their weights are averaged
    validate_every: int = 100_000
    validate_on: int = 3000  # faces
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    losses: LossConfig = field(default_factory=LossConfig)

    @property
    def steps(self) -> int:
        """Batches of each worker."""
        return max(self.samples // (self.batch * self.workers), 1)

    def __post_init__(self) -> None:
        require_positive(
            self, "samples", "batch", "lr", "clip", "threads", "workers", "meet", "validate_every", "validate_on"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PretrainConfig(TrainConfig):
    """Masked autoencoder, as FMAE (Ning et al. 2024) sets it."""

    net: str = "vit_tiny"
    mask: float = 0.75
    regions: float = 0.3  # share of the pictures in which a part of the face is hidden whole
    lr: float = 6e-4
    average: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderTraining(TrainConfig):
    """Supervised training of the encoder."""

    net: str = "small"
    # Share of faces whose picture is replaced by that of another face, while landmarks and labels stay. The network
    # learns not to trust the picture alone: real pictures differ from renders more than real landmarks do.
    strangers: float = 0.15
    rare: float = 1.0  # a face with a rare shape is shown up to so many times in an epoch, others once
    points: int = 0  # further faces of each step whose landmarks alone are shown: 512 take as long as two pictures
    ensemble: bool = True  # exported as the mean of six predictions; false: one, in a third of the time

    def __post_init__(self) -> None:
        TrainConfig.__post_init__(self)
        if self.points < 0:
            raise ModelError(f"points is {self.points}, and must be 0 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class DistillConfig(EncoderTraining):
    """Training of the encoder on labels and on the readings of a larger network."""

    teaching: float = 1.0  # weight of the distillation loss


@dataclass(frozen=True, slots=True, kw_only=True)
class NeutralTraining(TrainConfig):
    """Training of the network for landmark differences."""

    lr: float = 3e-3
    batch: int = 256
    precision: Literal["bf16", "fp32"] = "fp32"


@dataclass(frozen=True, slots=True, kw_only=True)
class FinetuneConfig(TrainConfig):
    """Fine-tuning of a trained encoder on other faces, some of whose labels may be missing."""

    net: str = ""  # that of the start
    scratch: bool = False  # start from random weights, for comparison
    samples: int = 60_000
    lr: float = 3e-4
    labels: float = 1.0  # share of the people who are used
    heads_only: bool = False
    validate_every: int = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FusionTraining(TrainConfig):
    """Training of the network that fuses face, voice and words. Samples are windows."""

    heads: Literal["all", "units", "emotion", "affect"] = "all"
    centred: bool = False  # windows around now, for recordings
    width: int = 32
    depth: int = 1
    dropout: float = 0.1
    # Shares of the windows in which something is missing, each drawn for itself.
    no_face: float = 0.15
    no_mouth: float = 0.3
    no_voice: float = 0.2
    no_words: float = 0.3
    samples: int = 100_000
    batch: int = 128
    lr: float = 3e-3
    average: float = 0.98
    validate_every: int = 25_000
    validate_on: int = 1000  # windows
    precision: Literal["bf16", "fp32"] = "fp32"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorConfig:
    """Faces that are rendered during training."""

    per_epoch: int = 4096  # faces that an epoch shows; a multiple of `kept` batches
    kept: int = 8  # epochs that show a picture: one core renders 15 pictures in the time of 300 training samples
    batch: int = 64  # drawn at once
    seed: int = 0
    split: Literal["train", "val", "test"] = "train"
    size: int = 144  # of the pictures [px], of which a face fills two thirds
    people: int = 64  # painted at a time
    renew_every: int = 4  # batches after which one of them is replaced
    expressions: int = 16_384
    together: int = 3  # people who show the same expression, for triplets
    yaw_deg: float = 40.0
    occluded: float = 0.1  # share of the people with a hand, a mask or a cup before the face

    def __post_init__(self) -> None:
        step = self.kept * self.batch
        if min(self.kept, self.batch) < 1 or self.per_epoch < step or self.per_epoch % step:
            raise ModelError(f"an epoch of the actor has a multiple of {step} faces, not {self.per_epoch}")


ACTORS: Mapping[str, ActorConfig] = {
    "cpu": ActorConfig(),
    "gpu": ActorConfig(per_epoch=65_536, kept=1, batch=256, people=256),
}


Recipe = Literal["pretrain", "encoder", "distill", "neutral", "finetune", "fusion"]

# "cpu" takes half an hour on one free core of 2025, "gpu" a night on one card.
PRESETS: Mapping[str, Mapping[str, TrainConfig]] = {
    "pretrain": {
        "cpu": PretrainConfig(samples=60_000, batch=64),
        "gpu": PretrainConfig(net="vit_base", samples=20_000_000, batch=512, lr=6e-4, validate_every=500_000),
    },
    "encoder": {
        "cpu": EncoderTraining(),
        "gpu": EncoderTraining(net="vit_base", samples=10_000_000, batch=512, lr=5e-4, validate_every=500_000),
    },
    "distill": {
        "cpu": DistillConfig(samples=400_000),
        "gpu": DistillConfig(samples=10_000_000, batch=512, validate_every=500_000),
    },
    "neutral": {
        "cpu": NeutralTraining(samples=2_000_000, validate_every=500_000),
        "gpu": NeutralTraining(samples=20_000_000, batch=1024, validate_every=2_000_000),
    },
    "fusion": {"cpu": FusionTraining(), "gpu": FusionTraining(samples=4_000_000, batch=512)},
    "finetune": {"cpu": FinetuneConfig(), "gpu": FinetuneConfig(samples=600_000, validate_every=100_000)},
}


def changed(config: Any, settings: Sequence[str]) -> Any:
    """The config with settings such as "lr=1e-3" or "augment.noise=5". Raises ModelError for one that does not fit."""
    for setting in settings:
        path, equals, text = setting.partition("=")
        if not equals:
            raise ModelError(f"a setting is NAME=VALUE, not {setting!r}")
        config = _set(config, path.split("."), text)
    return config


def _set(config: Any, path: list[str], text: str) -> Any:
    name, *rest = path
    known = [f.name for f in fields(config)]
    if name not in known:
        raise ModelError(f"{type(config).__name__} has no {name}; it has {', '.join(known)}")
    old = getattr(config, name)
    if rest or is_dataclass(old):
        if not rest or not is_dataclass(old):
            raise ModelError(f"{name} is set {'by its parts' if is_dataclass(old) else 'as a whole'}")
        return replace(config, **{name: _set(old, rest, text)})
    return replace(config, **{name: _parsed(config, name, type(old), text)})


def _parsed(config: Any, name: str, kind: type, text: str) -> Any:
    allowed = typing.get_args(typing.get_type_hints(type(config))[name])
    if allowed and text not in allowed:
        raise ModelError(f"{name} is one of {', '.join(allowed)}, not {text}")
    if kind is bool:
        if text not in ("true", "false"):
            raise ModelError(f"{name} is true or false, not {text}")
        return text == "true"
    try:
        return int(float(text)) if kind is int else kind(text)
    except ValueError:
        raise ModelError(f"{name} is a {kind.__name__}, not {text!r}") from None
