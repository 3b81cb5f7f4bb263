"""The sound of a video, on the clock of its images."""

from __future__ import annotations

from pathlib import Path

from mien.camera import parse
from mien.core.sound import Sound
from mien.core.types import Header
from mien.sounds.files import Track

_FRAME_ID = "soundtrack"


class Soundtrack:
    """What was to be heard until each image. A video that begins again begins with its sound, too."""

    def __init__(self, source: parse.Source) -> None:
        """Raises SourceError where the source is no video with sound."""
        self._path = _path(source)
        self._epoch_ns = 0
        self._track = Track(self._path)

    def until(self, stamp_ns: int, epoch_ns: int) -> Sound | None:
        """The sound since the last call up to an image; epoch_ns: when the video began. Raises SourceError."""
        if epoch_ns != self._epoch_ns:
            if self._epoch_ns:
                self._track.close()
                self._track = Track(self._path)
            self._epoch_ns = epoch_ns
        begin_s, samples = self._track.until((stamp_ns - epoch_ns) * 1e-9)
        if not len(samples):
            return None
        return Sound(Header(epoch_ns + round(begin_s * 1e9), _FRAME_ID), self._track.rate_hz, samples)

    def close(self) -> None:
        self._track.close()


def _path(source: parse.Source) -> Path:
    match source:
        case parse.Files():
            return source.path
        case parse.Clip():
            from mien_models import Registry

            return Registry.load().path("clip")
        case _:
            from mien.core.errors import SourceError

            raise SourceError(f"camera.sound: {source} has no sound; use the node audio, which hears a microphone")
