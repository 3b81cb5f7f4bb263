"""Fit the landmarks of one person's pictures: damped Gauss-Newton steps to the most probable parameters."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from mien_models.fit import noise, parameters as p
from mien_models.fit.guess import Guess
from mien_models.fit.picture import Picture
from mien_models.fit.projection import Projection, View

F64 = NDArray[np.float64]


def view_of(pictures: Sequence[Picture], dtype: torch.dtype = torch.float64) -> View:
    """The cameras of pictures."""
    return View(
        torch.tensor(np.array([picture.centre for picture in pictures]), dtype=dtype),
        torch.tensor([picture.focal or 0.0 for picture in pictures], dtype=dtype),
    )


class LandmarkFit:
    """The landmarks and the prior of one person's pictures, as a quadratic function that steps renew.

    The parameters are those of the person, then those of each picture. Values are in units of `sd`.
    """

    def __init__(self, projection: Projection, pictures: Sequence[Picture], guess: Guess, trust: F64) -> None:
        """trust: (N, 478) shares by which landmarks count, 0 where something hides them."""
        self._project, self._view = projection, view_of(pictures, projection.dtype)
        mean, self._precision = noise.load()
        self._read = np.array([picture.points[:, :2].reshape(-1) - mean for picture in pictures])
        self._trust = np.repeat(np.sqrt(trust), 2, axis=1)
        self.mean = np.concatenate([guess.person, guess.pictures.ravel()])
        self.sd = np.concatenate([guess.person_sd, guess.pictures_sd.ravel()])
        low, high = p.bounds()
        count = len(pictures)
        self.low = np.concatenate([low[: p.PERSON], np.tile(low[p.PERSON :], count)])
        self.high = np.concatenate([high[: p.PERSON], np.tile(high[p.PERSON :], count)])
        self._jacobians: list[F64] = []

    def project(self, values: F64) -> F64:
        """(N, 956) landmarks in sides of the crop."""
        person, pictures = self.split(values)
        kind = self._project.dtype
        with torch.no_grad():
            found = self._project(
                torch.as_tensor(person, dtype=kind).expand(len(pictures), -1),
                torch.as_tensor(pictures, dtype=kind),
                self._view,
            )
        return np.asarray(found.reshape(len(pictures), -1).numpy(), np.float64)

    def split(self, values: F64) -> tuple[F64, F64]:
        """The person (PERSON,) and the pictures (N, PICTURE)."""
        return values[: p.PERSON], values[p.PERSON :].reshape(-1, p.PICTURE)

    def linearise(self, values: F64) -> None:
        """Renew the derivatives of the landmarks."""
        person, pictures = self.split(values)
        self._jacobians = []
        for i, picture in enumerate(pictures):
            view = View(self._view.centre[i : i + 1], self._view.focal[i : i + 1])

            def one(x: torch.Tensor, view: View = view) -> torch.Tensor:
                return self._project(x[None, : p.PERSON], x[None, p.PERSON :], view).reshape(-1)

            at = torch.as_tensor(np.concatenate([person, picture]), dtype=self._project.dtype)
            with warnings.catch_warnings():
                # On first use torch compiles functions of its own, and warns that it should not.
                warnings.simplefilter("ignore", DeprecationWarning)
                self._jacobians.append(torch.func.jacfwd(one)(at).numpy().astype(np.float64))

    def cost(self, values: F64) -> float:
        """Half the squared deviations of landmarks and parameters, in standard deviations."""
        left = (self._read - self.project(values)) * self._trust
        prior = (values - self.mean) / self.sd
        return 0.5 * float(np.einsum("ni,ij,nj->", left, self._precision, left) + prior @ prior)

    def normal(self, values: F64) -> tuple[F64, F64]:
        """Gradient (P,) and Hessian (P, P) of the cost, in units of `sd`, by the last derivatives."""
        left = (self._read - self.project(values)) * self._trust
        size = len(values)
        gradient, hessian = (values - self.mean) / self.sd, np.eye(size)
        for i, jacobian in enumerate(self._jacobians):
            own = slice(p.PERSON + i * p.PICTURE, p.PERSON + (i + 1) * p.PICTURE)
            at = np.r_[0 : p.PERSON, own]
            scaled = jacobian * self._trust[i][:, None] * self.sd[at]
            weighed = self._precision @ scaled
            gradient[at] -= weighed.T @ left[i]
            hessian[np.ix_(at, at)] += scaled.T @ weighed
        return gradient, hessian

    def bounded(self, values: F64) -> F64:
        """The nearest values within the bounds."""
        return np.asarray(np.clip(values, self.low, self.high))

    def step(self, values: F64, gradient: F64, hessian: F64, damping: float, most: float = np.inf) -> F64:
        """One damped step against a gradient, by at most `most` standard deviations in each parameter.

        Parameters that press against their bounds stay there.
        """
        stuck = ((values <= self.low) & (gradient > 0)) | ((values >= self.high) & (gradient < 0))
        free = np.flatnonzero(~stuck)
        damped = hessian[np.ix_(free, free)] + damping * np.eye(len(free))
        moved = values.copy()
        change = np.linalg.solve(damped, gradient[free])
        moved[free] -= self.sd[free] * np.clip(change, -most, most)
        return self.bounded(moved)

    def run(self, steps: int) -> F64:
        """The most probable parameters, after at most so many steps. Stops when a step gains nothing."""
        values, damping = self.bounded(self.mean), 1e-2
        cost = self.cost(values)
        renewed = 0
        for number in range(steps):
            if renewed <= 0:
                self.linearise(values)
                renewed = 3
            moved = self.step(values, *self.normal(values), damping)
            found = self.cost(moved)
            if found < cost:
                gain = cost - found
                values, cost, damping = moved, found, max(damping / 4, 1e-4)
                renewed -= 1
                if gain < 0.02 and number:
                    break
            else:
                damping, renewed = damping * 10, 0
                if damping > 1e6:
                    break
        return values
