"""A video, read and followed now, as a recording."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mien.camera.config import CameraConfig
from mien.camera.files.videos import VideoSource
from mien.faces.config import FacesConfig
from mien.images.formats import Format
from mien.perception.pipeline import Pipeline
from mien.statistics.recording import Recording, gather
from mien_models.spaces import facs


def of_video(
    path: Path,
    faces: FacesConfig,
    form: Format | None = None,
    *,
    config: CameraConfig = CameraConfig(),  # noqa: B008
    begin: Callable[[int], None] = lambda frames: None,
    advance: Callable[[], None] = lambda: None,
) -> Recording:
    """Read each frame once; `begin` is told how many (0 = not known). Raises SourceError and StatisticsError."""
    source = VideoSource(path, config, form=form)
    try:
        begin(source.length)
        pipeline = Pipeline(faces=faces)
        moments = (pipeline.moment(frame) for frame in iter(source.read, None))
        return gather(moments, facs.AUS, str(path), advance=advance)
    finally:
        source.close()
