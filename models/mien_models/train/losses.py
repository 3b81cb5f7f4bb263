"""The losses. NaN targets are left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from mien_models.head.model.action_units import TOP
from mien_models.head.motion.distance import WEIGHTS, distance, triplets
from mien_models.nets.encoder import Readings
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.train.data import NEUTRAL, Faces, Statistics

_FLOOR = 0.04  # added to standard deviations, share of the full range: it bounds the weight of shapes that hardly move
_MARGIN = 0.5  # of the gap between two distances
_SPREAD = 0.35  # distance on the sphere of embeddings per distance between expressions
# Movements of the chin alone are learned slowly: with a weight of 1, not within two million faces.
_WEIGHTS = {"jawForward": 4.0, "jawLeft": 4.0, "jawRight": 4.0}
_PRESENT = 1.0  # FACS A, a trace: the unit is present


@dataclass(frozen=True, slots=True, kw_only=True)
class LossConfig:
    """Weights of the parts."""

    shapes: float = 3.0
    units: float = 2.0
    presence: float = 0.5
    emotion: float = 0.3
    affect: float = 1.0
    triplets: float = 0.1  # from .5 on shapes are learned slowly and gaze is not learned
    place: float = 4.0
    geometry: float = 0.5
    neutral: float = 0.2
    sd: float = 0.1
    adversary: float = 0.0  # gradient-reversed identity (Ning et al., FMAE-IAT, 2024)
    neutral_rows: float = 2.0  # weight of neutral faces in shapes and units
    triplets_per_face: int = 8


class Losses(nn.Module):
    """The losses of readings and faces; as a module, because it holds scales and the adversary's weights."""

    def __init__(self, config: LossConfig, statistics: Statistics, code: int = 0, identity: int = 0) -> None:
        super().__init__()
        self.config = config
        for name, sd in (("shapes", statistics.shapes_sd), ("units", statistics.units_sd)):
            self.register_buffer(f"{name}_scale", torch.as_tensor(1 / (sd + _FLOOR)))
        self.shapes_scale *= torch.tensor([_WEIGHTS.get(name, 1.0) ** 0.5 for name in BLENDSHAPES])
        self.register_buffer("true_mean", torch.as_tensor(statistics.true_mean))
        self.register_buffer("true_axes", torch.as_tensor(statistics.true_axes))
        self.register_buffer("shown_mean", torch.as_tensor(statistics.shown_mean))
        self.register_buffer("shown_axes", torch.as_tensor(statistics.shown_axes))
        self.adversary = nn.Linear(code, identity) if config.adversary and identity else None

    def forward(
        self, readings: Readings, faces: Any, rng: np.random.Generator, *, order: bool = True
    ) -> dict[str, Any]:
        """The weighted parts by name, of readings and `Tensors` of the same rows; without `order` no triplets."""
        config = self.config
        rows = 1 + (config.neutral_rows - 1) * (faces.kind == NEUTRAL).float()[:, None]
        parts = {
            "shapes": config.shapes * _scaled(readings.shapes, faces.shapes, self.shapes_scale, rows),
            "units": config.units * _scaled(readings.units, faces.units, self.units_scale, rows),
            "presence": config.presence * _presence(readings.presence, faces.units * TOP),
            "sd": config.sd * _uncertainty(readings, torch.cat([faces.shapes, faces.units], 1)),
        }
        if readings.emotion is not None:
            parts["emotion"] = config.emotion * _soft_cross_entropy(readings.emotion, faces.emotion)
            parts["affect"] = config.affect * _squared(readings.affect, faces.affect)
        if readings.embedding is not None and (config.triplets or config.place or config.neutral):
            if order:
                parts["triplets"] = config.triplets * _triplets(
                    readings.embedding, faces, rng, config.triplets_per_face * len(faces.kind)
                )
            place = _on_sphere(faces.shapes, self.shown_mean, self.shown_axes)
            # A target position gives the distance; a triplet gives only the order of two distances.
            parts["place"] = config.place * readings.embedding.shape[1] * _squared(readings.embedding, place)
            parts["neutral"] = config.neutral * _neutral_spread(readings.embedding[faces.kind == NEUTRAL])
        if readings.geometry is not None:
            true = (faces.true_landmarks.flatten(1) - self.true_mean) @ self.true_axes
            parts["geometry"] = config.geometry * _squared(readings.geometry, true)
        if self.adversary is not None and torch.isfinite(faces.code).any():
            guess = self.adversary(_Reversed.apply(readings.code))
            parts["adversary"] = config.adversary * _squared(guess, faces.code)
        return parts


@dataclass(frozen=True, slots=True, eq=False)
class Tensors:
    """Targets of Faces as tensors of one device; units as shares of the full range."""

    shapes: Any
    units: Any
    emotion: Any
    affect: Any
    true_landmarks: Any
    code: Any
    kind: Any
    person: Any

    @classmethod
    def of(cls, faces: Faces, device: Any) -> Tensors:
        """Copy to a device."""

        def put(array: Any) -> Any:
            return torch.as_tensor(array, device=device)

        return cls(
            put(faces.shapes), put(faces.units / TOP), put(faces.emotion), put(faces.affect), put(faces.true_landmarks),
            put(faces.code), put(faces.kind), faces.person,
        )  # fmt: skip


class _Reversed(torch.autograd.Function):
    """Gradient reversal (Ganin & Lempitsky 2015)."""

    @staticmethod
    def forward(ctx: Any, value: Any) -> Any:
        return value.view_as(value)

    @staticmethod
    def backward(ctx: Any, gradient: Any) -> Any:
        return -gradient


def _known(target: Any) -> tuple[Any, Any]:
    """The target with 0 in place of NaN, and a mask of what is known. NaN would spread even through gradients of 0."""
    return torch.nan_to_num(target), torch.isfinite(target)


def _mean(values: Any, known: Any) -> Any:
    return torch.where(known, values, 0.0).sum() / known.sum().clamp(min=1)


def _squared(reading: Any, target: Any) -> Any:
    filled, known = _known(target)
    return _mean((reading - filled).square(), known)


def _scaled(reading: Any, target: Any, scale: Any, rows: Any) -> Any:
    """Squared error of y / (sd + .04). Not L1: where most targets are 0, its optimum is always 0."""
    filled, known = _known(target)
    return _mean(rows * ((reading - filled) * scale).square(), known)


def _presence(logits: Any, units: Any) -> Any:
    filled, known = _known(units)
    there = (filled >= _PRESENT).float()
    return _mean(nn.functional.binary_cross_entropy_with_logits(logits, there, reduction="none"), known)


def _uncertainty(readings: Readings, target: Any) -> Any:
    """Gaussian negative log likelihood of the standard deviations; the means are detached."""
    filled, known = _known(target)
    error = (torch.cat([readings.shapes, readings.units], 1).clamp(0, 1) - filled).detach()
    log_sd = readings.log_sd
    return _mean(0.5 * (error * (-log_sd).exp()).square() + log_sd, known)


def _soft_cross_entropy(logits: Any, target: Any) -> Any:
    filled, known = _known(target)
    return _mean(-(filled * logits.log_softmax(1)).sum(1), known.all(1))


def _triplets(embedding: Any, faces: Any, rng: np.random.Generator, count: int) -> Any:
    """Triplet loss on distances with the margins of `triplets`, over positives of other people.

    Where the negative is truly farther from the positive as well, this distance has a hinge, too.
    """
    shapes = faces.shapes.cpu().numpy()
    known = np.flatnonzero(np.isfinite(shapes).all(1))
    shapes, person = shapes[known], np.asarray(faces.person)[known]
    if len(np.unique(person)) < 2:
        return embedding.sum() * 0
    chosen = triplets(rng, shapes, person, count, margin=_MARGIN)
    if not len(chosen):
        return embedding.sum() * 0
    embedding = embedding[torch.as_tensor(known, device=embedding.device)]
    a, p, n = chosen.anchor, chosen.positive, chosen.negative
    other = _MARGIN * (distance(shapes[p], shapes[n]) - distance(shapes[a], shapes[p]))
    anchor, positive, negative = (embedding[torch.as_tensor(rows)] for rows in (a, p, n))
    near = _distance(anchor, positive)
    loss = (near - _distance(anchor, negative) + _like(chosen.margin, embedding)).relu()
    back = (near - _distance(positive, negative) + _like(other, embedding)).relu()
    return (loss + torch.where(_like(other, embedding) > 0, back, 0.0)).mean()


def _on_sphere(shapes: Any, mean: Any, axes: Any) -> Any:
    """(N, SHOWN + 1) unit vectors whose distances are nearly those of the expressions, about a pole at the mean."""
    shown = torch.as_tensor(WEIGHTS, dtype=shapes.dtype, device=shapes.device) * shapes.clamp(0, 1).sqrt()
    flat = _SPREAD * (shown - mean) @ axes
    return torch.cat([flat, (1 - flat.square().sum(1, keepdim=True)).clamp(min=0).sqrt()], 1)


def _like(values: Any, tensor: Any) -> Any:
    return torch.as_tensor(values, dtype=tensor.dtype, device=tensor.device)


def _distance(a: Any, b: Any) -> Any:
    return ((a - b).square().sum(1) + 1e-8).sqrt()


def _neutral_spread(embedding: Any) -> Any:
    """Mean squared distance of neutral faces from their mean."""
    if len(embedding) < 2:
        return embedding.sum() * 0
    return (embedding - embedding.mean(0)).square().sum(1).mean()
