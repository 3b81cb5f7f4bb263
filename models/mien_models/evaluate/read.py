"""Readings of faces by different networks, in one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.alignment import canonical
from mien_models.backends import Session, SessionInfo, open_session
from mien_models.errors import ModelError
from mien_models.head.model.action_units import MIDLINE, SIDED, TOP
from mien_models.spaces import facs
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.emotions import EMOTIONS
from mien_models.spaces.facs import AUS, INDEX
from mien_models.spaces.mediapipe import SHAPES

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

MEDIAPIPE = "mediapipe"  # name of the baseline
_BATCH = 32
_MAIN = 0.5  # weight from which a shape is a main one of a unit


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Readings:
    """Readings of N faces, by BLENDSHAPES and AUS; NaN where a network has no such output."""

    shapes: F32  # (N, 52) [0, 1]
    shapes_sd: F32
    units: F32  # (N, A) [0, 5]
    units_sd: F32
    presence: F32  # (N, A) probability
    emotion: F32  # (N, 8) probabilities
    affect: F32  # (N, 2) valence, arousal
    embedding: F32  # (N, D); any Euclidean space in which similar expressions are near

    def take(self, rows: ArrayLike) -> Readings:
        """The same readings, of these rows only."""
        return Readings(**{f.name: getattr(self, f.name)[np.asarray(rows)] for f in fields(self)})


def readings(count: int, given: Mapping[str, NDArray[Any]]) -> Readings:
    """Readings of outputs by name; NaN for those that are not there."""
    sizes = {"shapes": len(BLENDSHAPES), "units": len(AUS), "presence": len(AUS), "emotion": len(EMOTIONS), "affect": 2}
    sizes |= {"shapes_sd": len(BLENDSHAPES), "units_sd": len(AUS), "embedding": 1}
    return Readings(
        **{
            name: np.asarray(given[name], np.float32) if name in given else np.full((count, size), np.nan, np.float32)
            for name, size in sizes.items()
        }
    )


def encode(
    session: Session,
    crop: U8,
    landmarks: F32,
    *,
    use: tuple[bool, bool] = (True, True),
    advance: Callable[[int], None] = lambda _: None,
) -> Readings:
    """Readings of an encoder for crops (N, 112, 112, 3) and landmarks (N, 478, 3) px.

    `use` tells which of the two are used; landmarks that are not finite are not used. Raises ModelError where the
    network has other inputs or outputs.
    """
    points = canonical(landmarks)
    seen = np.isfinite(points).all(axis=(1, 2))
    present = np.stack([np.full(len(crop), use[0]), seen & use[1]], axis=1).astype(np.float32)

    def ask(rows: slice) -> dict[str, NDArray[Any]]:
        return session({"image": crop[rows], "landmarks": points[rows], "present": present[rows]})

    return _in_batches(session, len(crop), ask, advance)


def read_difference(session: Session, landmarks: F32, neutral: F32) -> Readings:
    """Readings of a network for the difference of landmarks (N, 478, 3) to those at rest, canonical (N, 478, 2)."""
    difference = canonical(landmarks) - neutral
    return _in_batches(session, len(landmarks), lambda rows: session({"difference": difference[rows]}), lambda _: None)


def mediapipe(session: Session, landmarks: F32) -> Readings:
    """Readings of MediaPipe's Blendshapes V2 for landmarks (N, 478, 3) px; its 51 scores are the embedding.

    It has no tongueOut. Units are computed from shapes (`units_of`), since it was not trained for them.
    """
    scores = np.concatenate(
        [session({"landmarks": landmarks[i : i + _BATCH]})["blendshapes"] for i in range(0, len(landmarks), _BATCH)]
    )
    shapes = np.full((len(scores), len(BLENDSHAPES)), np.nan, np.float32)
    shapes[:, : len(SHAPES)] = scores
    return readings(len(shapes), {"shapes": shapes, "units": units_of(shapes), "embedding": scores})


def units_of(shapes: ArrayLike) -> F32:
    """FACS intensity (..., A) computed from ARKit weights (..., 52), each from its main shapes.

    NaN for AU23 and AU25, which ARKit has no shape for.
    """
    weights = np.asarray(shapes, np.float32)
    units = np.full((*weights.shape[:-1], len(AUS)), np.nan, np.float32)
    for label, at in INDEX.items():
        code, side = facs.code(label), {"L": "Left", "R": "Right"}.get(label[-1], "")
        own = {n.replace("*", side): w for n, w in {**SIDED, **MIDLINE}[code].items() if w >= _MAIN}
        if own and code != 25:
            share = np.mean([weights[..., BLENDSHAPES.index(name)] / weight for name, weight in own.items()], axis=0)
            units[..., at] = TOP * np.clip(share, 0, 1)
    return units


def open_model(model: str, device: str = "auto") -> Session:
    """A network by its name in the registry, or by the path of an ONNX file. Raises ModelError."""
    path = Path(model)
    if path.suffix == ".onnx" or path.is_file():
        return OnnxFile(path)
    return open_session(model, device=device)


class OnnxFile:
    """A Session of an ONNX file that is in no registry, on the CPU."""

    def __init__(self, path: Path) -> None:
        """Raises ModelError where there is no such file or onnxruntime cannot load it."""
        import onnxruntime

        if not path.is_file():
            raise ModelError(f"there is no file {path}; give an ONNX file or the name of a network")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises its own types, which it does not export
            raise ModelError(f"onnxruntime cannot load {path}: {error}; export it again") from error
        self._path = path

    @property
    def info(self) -> SessionInfo:
        """See Session."""
        return SessionInfo(self._path.name, "onnxruntime", "cpu", "a file runs on the CPU")

    def __call__(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        """See Session."""
        names = [value.name for value in self._session.get_outputs()]
        try:
            return dict(zip(names, self._session.run(names, dict(inputs)), strict=True))
        except Exception as error:  # as above
            wanted = ", ".join(value.name for value in self._session.get_inputs())
            raise ModelError(f"{self._path} takes {wanted}, and does not run: {error}") from error


def _in_batches(
    session: Session, count: int, ask: Callable[[slice], dict[str, NDArray[Any]]], advance: Callable[[int], None]
) -> Readings:
    answers = []
    for start in range(0, count, _BATCH):
        rows = slice(start, min(start + _BATCH, count))
        answers.append(ask(rows))
        advance(rows.stop - rows.start)
    out = {name: np.concatenate([a[name] for a in answers]) for name in answers[0]}
    wrong = [f"{n} {out[n].shape[1:]}" for n, m in _OUT.items() if n in out and out[n].shape[1:] != (m,)]
    if wrong or "shapes" not in out:
        raise ModelError(f"{session.info.network} gives {', '.join(wrong) or 'no shapes'}: it is no expression encoder")
    return readings(count, out)


_OUT = {"shapes": len(BLENDSHAPES), "units": len(AUS), "presence": len(AUS), "emotion": len(EMOTIONS), "affect": 2}
