"""Keeps the avatar of a still face still."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.animator.avatar import Avatar

F32 = NDArray[np.float32]

PLAY = 0.08  # share of a target's range
CATCH_UP_S = 4.0  # time constant


class Steady:
    """Follows the targets of one face with play, as a loose gear does, and without delay.

    Of a larger change the target stays behind by the play, and catches up slowly; a change within the play is followed
    as slowly. Where a target comes nearer to rest or to a limit than the play, it stays behind by no more than is left,
    so that it is at rest when it should be, and lids are shut by a blink. Head and gaze have no play.
    """

    def __init__(self, avatar: Avatar) -> None:
        self._rest, self._learned = avatar.rest, avatar.learned
        self._held: F32 | None = None

    def __call__(self, shares: ArrayLike, passed_s: float, play: float = PLAY) -> F32:
        """(T,) shares to play, of shares (T,) of the ranges; the first are played as they are.

        passed_s: since the last.
        """
        shares = np.asarray(shares, np.float32)
        away = shares - self._rest
        up = away >= 0
        back = np.minimum(np.abs(away), play)  # towards rest, and towards the limit beyond
        out = np.minimum(np.where(up, 1 - shares, shares), play)
        least, most = away - np.where(up, out, back), away + np.where(up, back, out)
        held = away if self._held is None else np.clip(self._held, least, most)
        held = held + (away - held) * -math.expm1(-passed_s / CATCH_UP_S)
        self._held = np.where(self._learned, held, away).astype(np.float32)
        return np.asarray(np.clip(self._rest + self._held, 0, 1), np.float32)
