"""The recording with what was found drawn over it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from mien.core.errors import ExportError
from mien.exports.files import Part
from mien.exports.step import About, Step, Tally, Writer
from mien.report.overlay import AnnotatedVideo
from mien.report.video import rate

_FIRST = 12  # frames that are waited for, to know the rate


class Mp4(Writer):
    """The pictures of `mien run`'s report."""

    def __init__(self, target: Path, about: About) -> None:
        if about.no_images:
            why = "it was recorded with graph.privacy or bags.images=none" if about.no_faces else "bags.images was none"
            raise ExportError(f"--to mp4: {about.source} holds no image to draw on: {why}; leave mp4 out")
        super().__init__(target, about)
        self._part = Part(target)
        self._waiting: list[Step] = []
        self._video: AnnotatedVideo | None = None

    def add(self, step: Step) -> None:
        if step.frame is None or step.moment.image is None:
            return
        if self._video is not None:
            self._video.add(step.moment, step.time_s)
            return
        self._waiting.append(step)
        if len(self._waiting) == _FIRST:
            self._open()

    def finish(self, tally: Tally) -> list[Path]:
        if self._video is None and not self._waiting:
            raise ExportError(f"--to mp4: no image of {self.about.source} could be decoded; leave mp4 out")
        video = self._video or self._open()
        video.close()
        return [self._part.keep()]

    def abandon(self) -> None:
        if self._video is not None:
            with suppress(OSError):  # the disk may be full
                self._video.close()
        self._part.discard()

    def _open(self) -> AnnotatedVideo:
        """The video, with the frames that were waited for."""
        first = self._waiting[0].moment.image
        assert first is not None
        height, width = first.shape[:2]
        fps = rate(step.moment.stamp_ns for step in self._waiting)
        video = self._video = AnnotatedVideo(self._part.path, (width, height), self.about.names, fps)
        for step in self._waiting:
            video.add(step.moment, step.time_s)
        self._waiting = []
        return video
