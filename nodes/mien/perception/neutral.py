"""The resting face of one person in a picture or a film."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mien.core.baseline.capture import LONGEST_S
from mien.core.errors import BaselineError
from mien.core.types import Faces, Frame, PersonBaseline
from mien.perception.pipeline import Pipeline

_PICTURE_FRAMES, _FRAME_NS = 8, 33_333_333  # as many as a capture needs, and more


def of_picture(pipeline: Pipeline, picture: Frame) -> PersonBaseline:
    """What is captured of the only face in a picture, which is found once and looked at for a while.

    Raises BaselineError where there is none or more than one, or the face is not at rest.
    """
    faces: Faces = pipeline.stages["faces"].step(picture)
    later = (replace(faces.header, stamp_ns=faces.header.stamp_ns + i * _FRAME_NS) for i in range(_PICTURE_FRAMES))
    return _captured(pipeline, (replace(faces, header=header) for header in later))


def of_film(pipeline: Pipeline, film: Iterable[Frame]) -> PersonBaseline:
    """What is captured of the only face in a film, of up to `capture.LONGEST_S`. Raises BaselineError, likewise."""
    return _captured(pipeline, (pipeline.stages["faces"].step(frame) for frame in film))


def _captured(pipeline: Pipeline, seen: Iterable[Faces]) -> PersonBaseline:
    capture = None
    expressions = pipeline.expressions
    for faces in seen:
        if len(faces.faces) > 1:
            raise BaselineError(f"there are {len(faces.faces)} faces in it; a resting face is that of one")
        expressions.step(faces)
        if capture is None and faces.faces:
            capture = expressions.capture_neutral(faces.faces[0].track_id, LONGEST_S)
        if capture is not None and capture.done:
            break
    if capture is None:
        raise BaselineError("there is no face in it")
    expressions.people.conclude()
    if not capture.success:
        raise BaselineError(capture.message)
    (baseline,) = capture.baselines.values()
    return baseline
