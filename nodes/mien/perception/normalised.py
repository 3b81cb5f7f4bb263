"""Pictures of expressions on one made-up face, for `graph.privacy` normalised."""

from __future__ import annotations

import numpy as np

from mien.core.types import U8, Expressions
from mien_models import Session, SessionInfo
from mien_models.normaliser.draw import Drawer
from mien_models.spaces.facs import AUS

_UNKNOWN = np.full(len(AUS), np.nan, np.float32)


class Normaliser:
    """Draws the faces of an image. It sees expressions alone, so no picture can show who somebody is."""

    def __init__(self, session: Session | None = None) -> None:
        """`session` stands in for that of the registry. Raises ModelError where the network cannot be opened."""
        self._draw = Drawer(session)

    @property
    def infos(self) -> tuple[SessionInfo, ...]:
        """Which network runs where, and why there."""
        return (self._draw.info,)

    def __call__(self, expressions: Expressions) -> U8:
        """(S, N * S, 3) RGB: N faces side by side, in the order of the message, as the encoder reads crops."""
        told = expressions.expressions
        shapes = np.array([e.blendshapes for e in told], np.float32)
        units = np.array([_UNKNOWN if e.reading is None else e.reading.au_intensity for e in told], np.float32)
        return np.concatenate(list(self._draw(shapes, units)), axis=1)
