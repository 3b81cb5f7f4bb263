"""Read the expressions of tracked faces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from mien.core.stage import Stage as BaseStage
from mien.core.types import Expression, Expressions, Faces
from mien.expressions.blendshapes import Blendshapes
from mien.expressions.config import ExpressionsConfig
from mien.expressions.encoder import Encoder
from mien_models import Session, SessionInfo, open_session


class Reader(Protocol):
    """One way to read expressions."""

    def read(self, faces: Faces) -> tuple[Expression, ...]:
        """One Expression per face, at least one face."""

    def reset(self) -> None:
        """Forget every person."""


class Stage(BaseStage[ExpressionsConfig]):
    """Faces to Expressions, all faces of an image in one batch."""

    def __init__(self, config: ExpressionsConfig, sessions: Mapping[str, Session] | None = None) -> None:
        """`sessions`, by network name, stand in for those of the registry.

        Raises ModelError when a network cannot be opened.
        """
        given = sessions or {}
        self._sessions: list[Session] = []

        def session(name: str) -> Session:
            found = given.get(name) or open_session(name, device=config.device, threads=config.threads)
            self._sessions.append(found)
            return found

        self._reader: Reader
        if config.model == "blendshapes_v2":
            self._reader = Blendshapes(session(config.model))
        else:
            difference = session("neutral_difference") if config.personal else None
            self._reader = Encoder(session(config.model), difference, smooth=config.smooth)

    @property
    def infos(self) -> tuple[SessionInfo, ...]:
        """Which network runs where, and why there."""
        return tuple(s.info for s in self._sessions)

    def reconfigure(self, config: ExpressionsConfig) -> None:
        """Take over the live parameters of `config`."""
        if isinstance(self._reader, Encoder):
            self._reader.smooth = config.smooth

    def reset(self) -> None:
        """Forget every person, as between unrelated images."""
        self._reader.reset()

    def step(self, faces: Faces) -> Expressions:
        """One Expression per face; NaN with confidence 0 where nothing can be read."""
        return Expressions(faces.header, self._reader.read(faces) if faces.faces else ())
