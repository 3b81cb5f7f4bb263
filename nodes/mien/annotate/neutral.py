"""`--neutral`: the resting face of the person in a picture or a film of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mien.camera.calibration import Calibration
from mien.camera.config import CameraConfig
from mien.camera.files.paths import format_of
from mien.camera.files.pictures import read_images
from mien.camera.files.videos import VideoSource
from mien.core.errors import BaselineError, SourceError, UsageError
from mien.core.types import Frame, PersonBaseline
from mien.images.formats import Kind
from mien.perception.neutral import of_film, of_picture
from mien.perception.pipeline import Pipeline


def read_neutral(
    path: Path, still: Pipeline, video: Callable[[], Pipeline], config: CameraConfig, calibration: Calibration
) -> PersonBaseline:
    """What is captured of the only face in a picture (of several pages, the first) or a video.

    Pipelines are those that pictures and videos are read with. Raises UsageError.
    """
    try:
        form = format_of(path)
        if form.kind is Kind.VIDEO:
            source = VideoSource(path, config, calibration, form)
            try:
                return of_film(video(), iter(source.read, None))
            finally:
                source.close()
        for image, _ in read_images(path, form, config.max_megapixels).images:
            return of_picture(still, Frame(image, 0, intrinsics=calibration.of(image)))
    except SourceError as e:
        raise UsageError(f"--neutral {e}") from e
    except BaselineError as e:
        raise UsageError(f"--neutral {path}: {e}") from e
    raise UsageError(f"--neutral {path}: there is no picture in it")
