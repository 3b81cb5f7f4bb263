"""All stages in one process, without ROS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mien.core.moment import Moment
from mien.core.sound import Voice
from mien.core.stage import FRAME, STAGES, Stage
from mien.core.types import Affects, Expressions, Faces, Frame, Rigs, StageTime
from mien.expressions.stage import Stage as ExpressionsStage
from mien.rigs.stage import Stage as RigsStage
from mien_models import SessionInfo


class Result(dict[str, Any]):
    """The outputs of all stages for one frame, by name of the stage."""

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
    """Runs all stages of the table `core.stage.STAGES`, in its order, on each frame."""

    def __init__(self, *, now_ns: Callable[[], int] | None = None, **configs: Any) -> None:
        """`configs`, by name of the stage, replace the default configurations.

        `now_ns` is the clock for the finish times of the stages; without it outputs carry none. Raises
        ModelError when a network cannot be opened, TypeError on an unknown stage.
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
        """The network backends in use, with the reason of each choice."""
        return tuple(info for stage in self.stages.values() for info in stage.infos)

    @property
    def problem(self) -> str:
        """Why a stage cannot work as configured, and the mend; empty where all can."""
        return next((stage.problem for stage in self.stages.values() if stage.problem), "")

    def hear(self, voice: Voice) -> None:
        """Tell the rigs what a voice says."""
        stage = self.stages["rigs"]
        assert isinstance(stage, RigsStage)
        stage.hear(voice)

    def reset(self) -> None:
        """Forget every face, as between unrelated images. Ids are not reused."""
        for stage in self.stages.values():
            stage.reset()

    def step(self, frame: Frame) -> Result:
        """The outputs for one frame. Raises ValueError when the image is not H×W×3 uint8."""
        values: dict[str, Any] = {FRAME: frame}
        result = Result()
        times = self._finish("camera")
        for name, inputs, step in self._steps:
            value = step(*[values[i] for i in inputs])
            times = self._finish(name, times)
            values[name] = result[name] = replace(value, stages=times) if times else value
        return result

    def moment(self, frame: Frame, *, image: bool = False) -> Moment:
        """The same as one value, with the image where it is asked for."""
        return Moment(frame.stamp_ns, frame.image if image else None, intrinsics=frame.intrinsics, **self.step(frame))

    def _finish(self, stage: str, before: tuple[StageTime, ...] = ()) -> tuple[StageTime, ...]:
        return (*before, StageTime(stage, self._now_ns())) if self._now_ns else ()
