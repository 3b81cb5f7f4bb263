"""The resting face of one person in a picture or a film."""

from __future__ import annotations

from collections.abc import Iterable

from mien.core.capture import LONGEST_S
from mien.core.errors import BaselineError
from mien.core.types import Frame, PersonBaseline
from mien.perception.pipeline import Pipeline

_PICTURE_FRAMES, _FRAME_NS = 8, 33_333_333


def film_of(picture: Frame) -> list[Frame]:
    """A picture that lasts as long as a capture needs."""
    return [
        Frame(picture.image, picture.stamp_ns + i * _FRAME_NS, picture.frame_id, picture.intrinsics)
        for i in range(_PICTURE_FRAMES)
    ]


def resting_face(pipeline: Pipeline, film: Iterable[Frame]) -> PersonBaseline:
    """What is captured of the only face of a film, as far as `capture.LONGEST_S` reaches.

    Raises BaselineError where there is none or more than one, or the face is not at rest.
    """
    capture = None
    expressions = pipeline.expressions
    for frame in film:
        faces = pipeline.step(frame).faces.faces
        if len(faces) > 1:
            raise BaselineError(f"there are {len(faces)} faces in it; a resting face is that of one")
        if capture is None and faces:
            capture = expressions.capture_neutral(faces[0].track_id, LONGEST_S)
        if capture is not None and capture.done:
            break
    if capture is None:
        raise BaselineError("there is no face in it")
    expressions.people.conclude()
    if not capture.success:
        raise BaselineError(capture.message)
    (baseline,) = capture.baselines.values()
    return baseline
