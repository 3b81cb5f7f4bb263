"""What an encoder reads of faces, as the inputs of the classifier; and the classifier at run time. No torch."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from mien_models.backends import Session, SessionInfo, open_session
from mien_models.normaliser.draw import Drawer
from mien_models.spaces import mesh478

F32 = NDArray[np.float32]

_TOP = 5.0  # of the FACS scale


def vector(readings: Mapping[str, NDArray[np.floating]]) -> F32:
    """(N, 134): shapes, units and presence as shares, emotion."""
    parts = [readings["shapes"], readings["units"] / _TOP, readings["presence"], readings["emotion"]]
    return np.concatenate(parts, axis=1).astype(np.float32)


class Norface:
    """Reads units and emotion from what was read of a face and from the normalised face."""

    def __init__(self, sessions: Mapping[str, Session] | None = None) -> None:
        """`sessions`, by network name, stand in for those of the registry. Raises ModelError."""
        given = sessions or {}
        self._encoder = given.get("encoder_base") or open_session("encoder_base")
        self._head = given.get("norface") or open_session("norface", device="cpu", threads=1)
        self._drawer = Drawer(given.get("normaliser"))

    @property
    def infos(self) -> tuple[SessionInfo, ...]:
        """Which network runs where, and why there."""
        return (self._drawer.info, self._encoder.info, self._head.info)

    def __call__(self, readings: Mapping[str, NDArray[np.floating]]) -> dict[str, F32]:
        """units (N, A) [0, 5], presence (N, A), emotion (N, 8), of N faces' shapes, units, presence and emotion.

        NaN counts as at rest.
        """
        known = {name: np.nan_to_num(np.asarray(values, np.float32)) for name, values in readings.items()}
        pictures = self._drawer(known["shapes"], known["units"])
        blank = np.zeros((len(pictures), mesh478.COUNT, 2), np.float32)
        seen = np.tile(np.array((1, 0), np.float32), (len(pictures), 1))
        return self.judge(known, self._encoder({"image": pictures, "landmarks": blank, "present": seen}))

    def judge(
        self, original: Mapping[str, NDArray[np.floating]], normalised: Mapping[str, NDArray[np.floating]]
    ) -> dict[str, F32]:
        """The same, where the normalised faces are read already."""
        return self._head({"original": vector(original), "normalised": vector(normalised)})
