"""A video of a recording with what was found drawn over its images."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from mien.core.moment import Moment
from mien.core.schemas import Names
from mien.report.overlay import Overlay
from mien.report.video import Video, open_sink


class AnnotatedVideo:
    """Shows moments at the times of their stamps."""

    def __init__(self, path: Path, size: tuple[int, int], names: Names, fps: Fraction) -> None:
        """size: width and height of the images. Raises ReportError where nothing can be written."""
        self._overlay = Overlay(*size, names)
        self._video = Video(open_sink(path, self._overlay.size, fps), fps)

    @property
    def codec(self) -> str:
        return self._video.codec

    def add(self, moment: Moment, time_s: float) -> None:
        """time_s: what its caption says."""
        self._video.add(self._overlay.draw(moment, f"{time_s:.2f} s"), moment.stamp_ns)

    def close(self) -> None:
        self._video.close()
