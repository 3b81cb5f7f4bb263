"""Fit the head to pictures of one person: landmarks first, then what a frozen network reads, and pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from mien_models.errors import FitError
from mien_models.fit import parameters as p
from mien_models.fit.descent import LandmarkFit
from mien_models.fit.guess import Advance, Guess, quietly
from mien_models.fit.likeness import Compared, Light, Likeness, surrogate
from mien_models.fit.picture import Picture
from mien_models.fit.projection import Projection
from mien_models.head.model.head import Head

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

_FEATURE_SD = 0.06  # of what the encoder reads, as a share of the full range
_LIGHT_RATE = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class FitConfig:
    """Settings of a fit. Raises ValueError out of range.

    steps: of both stages together; image_steps: those of the second stage. landmarks, features, pixels: weights of
    the terms, beside 1 for the prior. calm: factor on the standard deviations of the guessed
    expression and gaze, because landmarks confuse expressions with identities; steady: the same of the pose's angles.
    rate: how far, in standard deviations, a parameter moves at most in a step of the second stage; it shrinks by
    `decay` every five steps (as in GE-Net).
    """

    steps: int = 22
    image_steps: int = 10
    landmarks: float = 0.1
    calm: float = 0.2
    steady: float = 0.5
    features: float = 0.5
    pixels: float = 200.0
    rate: float = 0.4
    decay: float = 0.8

    def __post_init__(self) -> None:
        if not 0 <= self.image_steps <= self.steps or self.steps < 1:
            raise ValueError(f"of {self.steps} steps {self.image_steps} cannot compare images")


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A person and N pictures. person (PERSON,), pictures (N, PICTURE); see `parameters`.

    render (N, S, S, 3) and mask (N, S, S): the fitted head in the crops, and what of it is compared; None without
    image steps. landmarks (N, 478, 2): where the head has its landmarks, in sides of the crop.
    """

    person: F64
    pictures: F64
    landmarks: F64
    render: F32 | None
    mask: F32 | None
    light: Light | None


class Fitter:
    """Fits pictures. Loading takes seconds; a fit of one picture takes some seconds of one core."""

    def __init__(self, head: Head, likeness: Likeness | None, config: FitConfig | None = None) -> None:
        """Without `likeness` only landmarks are fitted."""
        self.config = config or FitConfig()
        self._projection = Projection(head.data, torch.float32)
        self._likeness = likeness

    def __call__(self, pictures: Sequence[Picture], guess: Guess | None = None, advance: Advance = quietly) -> Fit:
        """Fit pictures of one person, from a guess: see `guess.OneShot`. Raises FitError for no pictures.

        advance: called before each stage and each step of the second; what it raises ends the fit.
        """
        if not pictures:
            raise FitError("a fit needs a picture")
        guess = guess or Guess.none(len(pictures))
        c = self.config
        trust = np.full((len(pictures), len(pictures[0].points)), c.landmarks)
        sd = guess.pictures_sd.copy()
        sd[:, p.EXPRESSION] *= c.calm
        sd[:, p.EYES] *= c.calm
        sd[:, p.TURN] *= c.steady
        landmarks = LandmarkFit(
            self._projection, pictures, Guess(guess.person, guess.person_sd, guess.pictures, sd), trust
        )
        advance("landmarks", 0.05)
        values = landmarks.run(c.steps - c.image_steps if self._likeness else c.steps)
        shown, light = None, None
        if self._likeness is not None and c.image_steps:
            landmarks.linearise(values)
            values, shown, light = self._compared(landmarks, values, pictures, sd, advance)
        person, own = landmarks.split(values)
        person = p.plausible(person)
        found = landmarks.project(np.concatenate([person, own.ravel()]))
        return Fit(
            person,
            own,
            found.reshape(len(pictures), -1, 2),
            None if shown is None else shown.image.detach().numpy().astype(np.float32),
            None if shown is None else shown.mask.numpy().astype(np.float32),
            light,
        )

    def _compared(
        self, landmarks: LandmarkFit, values: F64, pictures: Sequence[Picture], sds: F64, advance: Advance
    ) -> tuple[F64, Compared | None, Light]:
        """The second stage. Each step is preconditioned by the curvature of landmarks, prior and features."""
        c, like = self.config, self._likeness
        assert like is not None
        skin = like.skin(pictures)
        crops = torch.as_tensor(np.array([picture.crop for picture in pictures])) / 255
        with torch.no_grad():
            read = like.read(crops)
        feature_sd = np.full(read.shape[1], _FEATURE_SD)
        sd = torch.as_tensor(feature_sd, dtype=torch.float32)
        curved = np.concatenate([np.zeros(p.PERSON), *(surrogate(one, feature_sd) for one in sds)])
        start = torch.as_tensor(values, dtype=torch.float64)
        light = like.lit(skin, start[None, : p.PERSON], start[p.PERSON :].reshape(-1, p.PICTURE), pictures)
        for tensor in light.tensors():
            tensor.requires_grad_()
        lamps = torch.optim.Adam(light.tensors(), lr=_LIGHT_RATE)
        mask, shown = None, None
        for number in range(c.image_steps):
            advance("pixels", 0.2 + 0.8 * number / c.image_steps)
            x = torch.as_tensor(values, dtype=torch.float64).requires_grad_()
            person, own = x[None, : p.PERSON], x[p.PERSON :].reshape(-1, p.PICTURE)
            shown = like.compare(skin, person, own, pictures, light, read, sd, None if number % 5 == 0 else mask)
            mask = shown.mask
            loss = c.features * 0.5 * shown.features.square().sum() + c.pixels * shown.pixels.sum()
            lamps.zero_grad()
            loss.backward()
            assert x.grad is not None
            if not torch.isfinite(x.grad).all():
                break  # a surface seen edge-on can have no gradient; what is found so far is kept
            gradient, hessian = landmarks.normal(values)
            gradient = gradient + x.grad.numpy() * landmarks.sd
            hessian = hessian + np.diag(c.features * curved)
            values = landmarks.step(values, gradient, hessian, 1.0, c.rate * c.decay ** (number // 5))
            lamps.step()
        return values, shown, light
