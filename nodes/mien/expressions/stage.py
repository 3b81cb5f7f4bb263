"""Read the expressions of tracked faces."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from mien.core.baseline.capture import Capture
from mien.core.stage import Stage as BaseStage
from mien.core.types import Expression, Expressions, Faces, Header
from mien.expressions.blendshapes import Blendshapes
from mien.expressions.config import ExpressionsConfig
from mien.expressions.encoder import Encoder
from mien.expressions.people import People
from mien_models import Registry, Session, SessionInfo, open_session


class Reader(Protocol):
    """One way to read expressions."""

    def read(self, faces: Faces) -> tuple[Expression, ...]:
        """One Expression per face, at least one face."""

    def reset(self) -> None:
        """Forget what is remembered beside `People`."""


class Stage(BaseStage[ExpressionsConfig]):
    """Faces to Expressions, all faces of an image in one batch, each against the person's own resting face.

    It learns that face from the calmest moments of a track, captures it on request, saves and loads it.
    """

    def __init__(self, config: ExpressionsConfig, sessions: Mapping[str, Session] | None = None) -> None:
        """`sessions`, by network name, stand in for those of the registry.

        Raises ModelError when a network cannot be opened, BaselineError when config.baseline_file is there and
        no resting face.
        """
        given = sessions or {}
        self._sessions: list[Session] = []

        def session(name: str) -> Session:
            found = given.get(name) or open_session(name, config.device, config.threads, cpu_precision=config.precision)
            self._sessions.append(found)
            return found

        weights = " ".join(Registry.load()[config.model].files.values())
        self.people = People(config.model, weights=weights, learns=config.personal)
        self._reader: Reader
        if config.model == "blendshapes_v2":
            self._reader = Blendshapes(session(config.model), self.people)
        else:
            difference = session("neutral_difference") if config.personal else None
            self._reader = Encoder(session(config.model), self.people, difference, smooth=config.smooth)
        self._file = Path(config.baseline_file).expanduser() if config.baseline_file else None
        if self._file is not None and self._file.exists():
            self.people.expect(self.people.read(self._file))

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
        self.people.reset()
        self._reader.reset()

    def step(self, faces: Faces) -> Expressions:
        """One Expression per face; NaN with confidence 0 where nothing can be read."""
        stamp_ns = faces.header.stamp_ns
        self.people.meet([f.track_id for f in faces.faces], stamp_ns)
        expressions = Expressions(faces.header, self._reader.read(faces) if faces.faces else ())
        self.people.leave()
        return expressions

    def idle(self, header: Header) -> None:
        """No image came: what is being captured may have to end."""
        self.people.wait(header.stamp_ns)

    def capture_neutral(self, track_id: int = 0, duration_s: float = 1.0) -> Capture:
        """Start to look at the resting face of a track (0 = of every one); see `People.capture`."""
        return self.people.capture(track_id, duration_s)

    def keep(self, capture: Capture) -> str:
        """Write what was captured of one face to config.baseline_file, where there is one, and say so.

        Raises BaselineError.
        """
        if self._file is None or not capture.success:
            return ""
        if len(capture.baselines) != 1:
            return f"{self._file} is for one face, and not written"
        ((track_id, baseline),) = capture.baselines.items()
        self.people.expect(baseline)
        return self.people.save(self._file, track_id)

    def save_baseline(self, path: Path, track_id: int = 0) -> str:
        """Write the resting face of a track (0 = of the only one) to a file. Raises BaselineError."""
        return self.people.save(path, track_id)

    def load_baseline(self, path: Path, track_id: int = 0) -> str:
        """Read the resting face of a track (0 = of the only one) from a file. Raises BaselineError."""
        return self.people.load(path, track_id)
