"""A film of a person beside mien's five avatars, each played by the animator and drawn by its true renderer."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from mien.animate.config import AnimateConfig
from mien.animate.stage import Stage
from mien.camera.config import CameraConfig
from mien.camera.sources import open_source
from mien.core.types import U8, Frame
from mien.perception.pipeline import Pipeline
from mien.report import text
from mien.report.style import INK, PANEL
from mien.report.video import Video, open_sink
from mien_models.alignment import crop
from mien_models.animator.figures import figure_of
from mien_models.animator.shipped import NAMES

_TILE, _CAPTION, _COLUMNS = 256, 26, 3
_RATE_HZ = 24


def film(source: str | Path, out: Path, names: tuple[str, ...] = NAMES, every: int = 1) -> Path:
    """Write a video of a source (`clip`, a file); its path. Every image is read, and each `every`-th is drawn.

    Raises SourceError, ModelError and ReportError.
    """
    pipeline, opened = Pipeline(), open_source(CameraConfig(source=str(source)))
    stages = [Stage(AnimateConfig(consistency_hz=0), name) for name in names]
    figures = [figure_of(stage.avatar) for stage in stages]
    rows = -(-(1 + len(names)) // _COLUMNS)
    size = (_COLUMNS * _TILE, rows * (_TILE + _CAPTION))
    video = Video(open_sink(out, size, Fraction(_RATE_HZ, every)), Fraction(_RATE_HZ, every))
    number, drawn = 0, 0
    try:
        while (frame := opened.read()) is not None:
            result = pipeline.step(frame)
            rigs = [stage.step(result.rigs) for stage in stages]
            if number % every == 0:
                tiles = [_tile("person", _face(frame, result.faces.faces))]
                for stage, figure, played in zip(stages, figures, rigs, strict=True):
                    weights = played.rigs[0].weights if played.rigs else stage.avatar.neutral
                    tiles.append(_tile(stage.avatar.name, figure.render(weights[None])[0]))
                video.add(_grid(tiles, rows), round(drawn * every * 1e9 / _RATE_HZ))
                drawn += 1
            number += 1
    finally:
        opened.close()
        video.close()
    return out


def _face(frame: Frame, faces: tuple[object, ...]) -> U8:
    landmarks = getattr(faces[0], "landmarks", None) if faces else None
    if landmarks is None or not np.isfinite(landmarks).all():
        return np.full((_TILE, _TILE, 3), PANEL, np.uint8)
    return crop(frame.image, landmarks, _TILE)


def _tile(name: str, picture: U8) -> U8:
    caption = np.full((_CAPTION, _TILE, 3), PANEL, np.uint8)
    text.put(caption, name, 8, 18, 13, INK)
    return np.vstack(
        [np.asarray(cv2.resize(picture, (_TILE, _TILE), interpolation=cv2.INTER_CUBIC), np.uint8), caption]
    )


def _grid(tiles: list[U8], rows: int) -> U8:
    blank = np.full_like(tiles[0], PANEL)
    filled = tiles + [blank] * (rows * _COLUMNS - len(tiles))
    return np.vstack([np.hstack(filled[i * _COLUMNS : (i + 1) * _COLUMNS]) for i in range(rows)])
