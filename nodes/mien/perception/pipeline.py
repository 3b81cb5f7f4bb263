"""The stages one after the other, as plain calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mien.core.stage import FRAME, STAGES, Stage
from mien.core.types import Affects, Expressions, Faces, Frame, Rigs, StageTime
from mien.expressions.stage import Stage as ExpressionsStage
from mien_models import SessionInfo


class Result(dict[str, Any]):
    """What the chain says of one frame, by name of the stage."""

    @property
    def faces(self) -> Faces:
        found: Faces = self["faces"]
        return found

    @property
    def expressions(self) -> Expressions:
        found: Expressions = self["expressions"]
        return found

    @property
    def affects(self) -> Affects:
        found: Affects = self["affects"]
        return found

    @property
    def rigs(self) -> Rigs:
        found: Rigs = self["rigs"]
        return found


class Pipeline:
    """Frame to faces, expressions, affects and rigs: the table of stages, in its order."""

    def __init__(self, *, now_ns: Callable[[], int] | None = None, **configs: Any) -> None:
        """`configs`, by name of the stage, stand in for the defaults.

        `now_ns` gives the stages their finish times; without it they carry none. Raises ModelError
        when a network cannot be opened, TypeError on the name of no stage.
        """
        if unknown := configs.keys() - {s.name for s in STAGES}:
            raise TypeError(f"no stage is called {', '.join(sorted(unknown))}")
        self.stages: dict[str, Stage[Any]] = {
            spec.name: spec.stage(configs.get(spec.name) or spec.config()) for spec in STAGES
        }
        self._steps = tuple((spec.name, spec.inputs, self.stages[spec.name].step) for spec in STAGES)
        self._now_ns = now_ns

    @property
    def expressions(self) -> ExpressionsStage:
        """The stage that knows the resting faces."""
        stage = self.stages["expressions"]
        assert isinstance(stage, ExpressionsStage)
        return stage

    @property
    def infos(self) -> tuple[SessionInfo, ...]:
        """Which network runs where, and why there."""
        return tuple(info for stage in self.stages.values() for info in stage.infos)

    @property
    def problem(self) -> str:
        """What keeps a stage from doing what it was asked to, and the mend; empty where nothing does."""
        return next((stage.problem for stage in self.stages.values() if stage.problem), "")

    def reset(self) -> None:
        """Forget every face, as between unrelated images. Ids go on."""
        for stage in self.stages.values():
            stage.reset()

    def step(self, frame: Frame) -> Result:
        """The chain on one frame. Raises ValueError when the image is not H×W×3 uint8."""
        values: dict[str, Any] = {FRAME: frame}
        result = Result()
        times = self._finish("camera")
        for name, inputs, step in self._steps:
            value = step(*[values[i] for i in inputs])
            times = self._finish(name, times)
            values[name] = result[name] = replace(value, stages=times)
        return result

    def _finish(self, stage: str, before: tuple[StageTime, ...] = ()) -> tuple[StageTime, ...]:
        return (*before, StageTime(stage, self._now_ns())) if self._now_ns else ()
