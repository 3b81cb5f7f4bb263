"""What is known of a person and of pictures before a fit; the regressor's guess. Needs no torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien_models.backends import Session, open_session
from mien_models.fit import parameters as p, readings
from mien_models.fit.picture import Picture

F64 = NDArray[np.float64]

NETWORK, ENCODER = "fit_regressor", "encoder_base"
Advance = Callable[[str, float], None]  # told the stage of a fit, and the share of it that is done


def quietly(stage: str, share: float) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True, eq=False)
class Guess:
    """What is known before a fit: means and standard deviations of a person and of N pictures.

    person, person_sd (PERSON,); pictures, pictures_sd (N, PICTURE).
    """

    person: F64
    person_sd: F64
    pictures: F64
    pictures_sd: F64

    @classmethod
    def none(cls, count: int) -> Guess:
        """Of a person of whom nothing is known."""
        mean, sd = p.unknown_picture()
        return cls(*p.people(), np.tile(mean, (count, 1)), np.tile(sd, (count, 1)))


class OneShot:
    """Guesses the parameters of pictures in one step, by the networks `encoder_base` and `fit_regressor`."""

    def __init__(self, encoder: Session | None = None, regressor: Session | None = None) -> None:
        """Raises ModelError where a network is not available."""
        self._encoder = encoder or open_session(ENCODER, device="cpu")
        self._regressor = regressor or open_session(NETWORK, device="cpu")

    def __call__(self, pictures: Sequence[Picture]) -> Guess:
        """The guess of N ≥ 1 pictures of one person; what they say of the person is averaged."""
        out = self._regressor({"readings": readings.read(self._encoder, pictures)})
        mean, sd = (out[name].astype(np.float64) for name in ("mean", "sd"))
        low, high = p.bounds()
        mean = np.clip(mean, low, high)
        return Guess(
            p.plausible(mean[:, : p.PERSON].mean(0)), sd[:, : p.PERSON].mean(0), mean[:, p.PERSON :], sd[:, p.PERSON :]
        )
