"""What a goal of the action `fit` asks, and how it is done; no ROS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mien.camera.calibration import Calibration
from mien.core.errors import UsageError
from mien.core.types import U8, Intrinsics
from mien.fit.config import FitConfig
from mien.fit.reading import FaceReader, read_file
from mien_models.fit.guess import Advance
from mien_models.fit.run import Fits, Fitted

MOST = 16  # pictures of a goal; as in Fit.action
_READING = 0.1  # of the whole goal


@dataclass(frozen=True, slots=True, eq=False)
class Goal:
    """Images by the name by which they are told, and files, of one person; `intrinsics` holds for all of them."""

    images: Sequence[tuple[str, U8]]
    paths: Sequence[Path]
    intrinsics: Intrinsics | None = None
    quick: bool = False
    texture: bool = False


class Work:
    """Carries out goals, one at a time. Networks are loaded for the first goal that needs them, and kept."""

    def __init__(self) -> None:
        self._readers: dict[bool, FaceReader] = {}
        self._fits: dict[tuple[bool, int, bool], Fits] = {}

    def __call__(self, goal: Goal, config: FitConfig, tell: Advance) -> list[Fitted]:
        """The fits of a goal, in the order of its pictures. What `tell` raises ends the work.

        Raises UsageError for a goal that cannot be carried out, SourceError for a file that is no picture, FitError for
        a picture without a face, CalibrationError for a calibration of images of another shape, AbsentError without
        torch, and ModelError where a network is not available.
        """
        quick = goal.quick or config.quick
        if not goal.images and not goal.paths:
            raise UsageError("the goal has no picture: give images or paths")
        if goal.paths and not config.paths:
            raise UsageError("fit.paths is false: give images, not paths")
        if goal.texture and quick:
            raise UsageError(
                "a texture needs a whole fit: not quick" + (" (fit.quick is true)" if config.quick else "")
            )
        tell("reading", 0.0)
        reader = self._reader(goal.texture)
        calibration = Calibration(goal.intrinsics, "camera_info")
        count = len(goal.images) + len(goal.paths)
        pictures = []
        for name, image in goal.images:
            pictures.append(reader(image, name, calibration.of(image))[0])
            tell("reading", _READING * len(pictures) / count)
        for path in goal.paths:
            image, camera = read_file(path, calibration)
            pictures.append(reader(image, str(path), camera)[0])
            tell("reading", _READING * len(pictures) / count)
        key = (quick, config.steps, goal.texture)
        if key not in self._fits:
            # Of whole fits only the last kind is kept: each holds a head and a renderer.
            self._fits = {k: v for k, v in self._fits.items() if k[0]}
            self._fits[key] = Fits(quick=quick, steps=None if quick else config.steps, texture=goal.texture)
        return list(self._fits[key](pictures, lambda stage, share: tell(stage, _READING + (1 - _READING) * share)))

    def _reader(self, fine: bool) -> FaceReader:
        if fine not in self._readers:
            self._readers[fine] = FaceReader(fine=fine)
        return self._readers[fine]
