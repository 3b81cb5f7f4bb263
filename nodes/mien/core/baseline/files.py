"""Files of resting faces, so that a person's resting face survives a restart.

One .npz per person, version 2: `model` and `weights`, which network read the face, and with which weights, since others
read other levels at rest; `method`, `confidence` and `since_ns` of `core.types.Baseline`; and the arrays of
`PersonBaseline` by their names, empty where one is not known.
It shows who somebody is, so only its owner may read it.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.core.baseline.learning import MOST
from mien.core.errors import BaselineError
from mien.core.types import NUM_LANDMARKS, Baseline, BaselineMethod, PersonBaseline
from mien_models.spaces import arkit, facs
from mien_models.spaces.emotions import EMOTIONS

SUFFIX = ".npz"
_KIND, _VERSION = "mien resting face", 2
_LARGEST_BYTES = 1 << 20  # about twenty times the size of a file
_FAR = 100.0  # bound of landmarks, in distances between the eyes
_TOLERANCE = 1e-3


def save(baseline: PersonBaseline, model: str, path: Path, weights: str = "") -> None:
    """Write a file, whole or not at all. weights: a digest of those of the network. Raises BaselineError."""
    if path.suffix != SUFFIX:
        raise BaselineError(f"{path}: the name of a resting face's file ends in {SUFFIX}")
    if os.path.lexists(path) and not _is_ours(path):
        raise BaselineError(f"{path}: exists and is not a resting face; remove it or choose another name")
    nothing = np.zeros(0, np.float32)
    arrays: dict[str, Any] = {
        "kind": _KIND,
        "version": _VERSION,
        "model": model,
        "weights": weights,
        "method": int(baseline.about.method),
        "confidence": baseline.about.confidence,
        "since_ns": baseline.about.since_ns,
        "blendshapes": baseline.blendshapes,
        "au_intensity": baseline.au_intensity,
        "embedding": baseline.embedding,
        "landmarks": nothing if baseline.landmarks is None else baseline.landmarks,
        "head": nothing if baseline.head is None else baseline.head,
        "emotion": baseline.emotion,
        "affect": baseline.affect,
    }
    part: Path | None = None
    try:
        # Only the owner may read a file that mkstemp makes.
        number, name = tempfile.mkstemp(SUFFIX, f".{path.stem}.", path.parent)
        part = Path(name)
        with os.fdopen(number, "wb") as file:
            np.savez(file, **arrays)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as e:
        if part is not None:
            part.unlink(missing_ok=True)
        raise BaselineError(f"{path}: cannot be written: {e.strerror}; choose a folder that exists and is yours") from e


def load(path: Path, model: str, weights: str = "") -> PersonBaseline:
    """The resting face in a file, with the method LOADED.

    Raises BaselineError if there is none, it is damaged, or another network than `model`, or one with other `weights`,
    has read it.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise BaselineError(f"{path}: is no regular file")
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_BYTES + 1)
    except OSError as e:
        raise BaselineError(f"{path}: cannot be read: {e.strerror}; save a resting face there first") from e
    if len(data) > _LARGEST_BYTES:
        raise _wrong(path, "is too large")
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            if sum(info.file_size for info in arrays.zip.infolist()) > _LARGEST_BYTES:
                raise _wrong(path, "is too large")
            values = {name: arrays[name] for name in arrays.files}
    except BaselineError:
        raise
    except Exception as e:  # numpy and zipfile raise a dozen kinds on what is damaged
        raise _wrong(path, "is damaged") from e
    return _Fields(path, values).baseline(model, weights)


def _is_ours(path: Path) -> bool:
    """Whether a file may be replaced: only if it is a resting face."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return str(arrays["kind"]) == _KIND
    except Exception:  # numpy and zipfile raise a dozen kinds on what is no archive
        return False


def _wrong(path: Path, what: str) -> BaselineError:
    return BaselineError(f"{path}: {what}; ~/save_baseline did not write it: capture and save the resting face again")


class _Fields:
    """The fields of a file; each is checked when it is read."""

    def __init__(self, path: Path, values: Mapping[str, NDArray[Any]]) -> None:
        self._path = path
        self._values = values

    def baseline(self, model: str, weights: str) -> PersonBaseline:
        if self._text("kind") != _KIND:
            raise _wrong(self._path, "is another kind of file")
        if (version := self._number("version", 0, 1 << 31)) != _VERSION:
            raise BaselineError(f"{self._path}: is of version {version:g}, this mien reads {_VERSION}; capture again")
        if (by := self._text("model")) != model:
            raise BaselineError(
                f"{self._path}: was read by {by}, and expressions.model is {model}; "
                "set that parameter, or capture the resting face again"
            )
        if self._text("weights") != weights:
            raise BaselineError(
                f"{self._path}: was read by other weights of {model} than this mien has; capture the resting face again"
            )
        self._number("method", 0, max(BaselineMethod))
        landmarks, head = self._array("landmarks", -_FAR, _FAR), self._array("head", -1, 1)
        return PersonBaseline(
            about=Baseline(
                BaselineMethod.LOADED, self._number("confidence", 0, 1), int(self._number("since_ns", 0, 1 << 62))
            ),
            blendshapes=self._array("blendshapes", 0, MOST, len(arkit.BLENDSHAPES)).astype(np.float32),
            au_intensity=self._array("au_intensity", 0, 5 * MOST, 0, len(facs.AUS)).astype(np.float32),
            embedding=self._unit("embedding", self._array("embedding", -1, 1)).astype(np.float32),
            landmarks=self._shaped("landmarks", landmarks, NUM_LANDMARKS, 2),
            head=self._unit("head", self._shaped("head", head, 4)),
            emotion=self._array("emotion", 0, 1, 0, len(EMOTIONS)).astype(np.float32),
            affect=self._array("affect", -1, 1, 0, 2).astype(np.float32),
        )

    def _value(self, name: str) -> NDArray[Any]:
        if name not in self._values:
            raise _wrong(self._path, f"has no {name}")
        return self._values[name]

    def _text(self, name: str) -> str:
        value = self._value(name)
        if value.shape or value.dtype.kind != "U":
            raise _wrong(self._path, f"{name} is no text")
        return str(value)

    def _number(self, name: str, low: float, high: float) -> float:
        value = self._value(name)
        if value.shape or value.dtype.kind not in "iuf" or not low <= value <= high:
            raise _wrong(self._path, f"{name} is no number in [{low:g}, {high:g}]")
        return value.item()  # type: ignore[no-any-return]

    def _array(self, name: str, low: float, high: float, *sizes: int) -> NDArray[Any]:
        value = self._value(name)
        if value.dtype.kind != "f" or (sizes and value.shape not in [(size,) for size in sizes]):
            raise _wrong(self._path, f"{name} is {value.dtype}{list(value.shape)}")
        if not ((value >= low - 1e-6) & (value <= high + 1e-6)).all():
            raise _wrong(self._path, f"{name} is outside [{low:g}, {high:g}]")
        return value

    def _shaped(self, name: str, value: NDArray[Any], *shape: int) -> NDArray[Any] | None:
        """`value`, or None where it is empty."""
        if not value.size:
            return None
        if value.shape != shape:
            raise _wrong(self._path, f"{name} is {list(value.shape)}, not {list(shape)}")
        return value

    def _unit(self, name: str, value: Any) -> Any:
        if value is not None and value.size and (value.ndim != 1 or abs(np.linalg.norm(value) - 1) > _TOLERANCE):
            raise _wrong(self._path, f"{name} has not the norm 1")
        return value
