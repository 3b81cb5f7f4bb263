"""Real inputs of every network, and what onnxruntime makes of them in fp32 on the CPU.

    python tests/gpu/cases.py out/gpu-cases.npz

writes them to a file, so that a machine with a GPU, TensorRT, cuda-bindings, numpy, onnx and pytest,
and nothing else, can run the checks. With a copy of the model cache there:

    MIEN_GPU_CASES=gpu-cases.npz MIEN_CACHE=cache PYTHONPATH=models \\
        python -m pytest --confcutdir=tests/gpu tests/gpu
    MIEN_CACHE=cache PYTHONPATH=models python tests/gpu/measure.py --cases gpu-cases.npz
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models import ModelError, Registry, alignment, open_session
from mien_models.catalogue import Entry

Arrays = dict[str, NDArray[Any]]

# Left, top and side [px] of the square round the face of single_face, set by hand.
_FACE = (133, 147, 302)


# Small networks, which are opened on the CPU whatever the device.
_ON_CPUS = {
    "voice_mouth",
    "voice_phonemes",
    "fit_regressor",
    "fusion",
    "fusion_centred",
    "normaliser",
    "norface",
    "scc",
    "animator",
}


def networks(registry: Registry) -> list[str]:
    """The networks that may run on a GPU."""
    entries = registry.entries.values()
    on_cpus = _ON_CPUS | {e.int8 for e in entries}
    return [e.name for e in entries if e.inputs and e.name not in on_cpus]


@dataclass(frozen=True, slots=True)
class Case:
    """Inputs and outputs of one network by name, batch first."""

    inputs: Arrays
    outputs: Arrays


def record(registry: Registry) -> dict[str, Case]:
    """One case per network that can be had; optional ones may be missing."""
    import cv2

    cases = {}
    photographs = [_read(registry.path(name)) for name in ("single_face", "multi_face")]
    left, top, side = _FACE
    crop = cv2.resize(photographs[0][top : top + side, left : left + side], (256, 256), interpolation=cv2.INTER_AREA)
    turned = np.ascontiguousarray(crop[:, ::-1])
    crops = np.stack([crop, turned, (crop * 0.6).astype(np.uint8)])
    mesh = open_session("facemesh_v2", "cpu", registry=registry)
    landmarks = mesh({"image": crops})["landmarks"]
    for entry in map(registry.__getitem__, networks(registry)):
        try:
            session = open_session(entry.name, "cpu", registry=registry)
        except ModelError:
            if not entry.optional:
                raise
            continue
        inputs = {i.name: _input(entry, i.shape, photographs, crops, landmarks) for i in entry.inputs}
        cases[entry.name] = Case(inputs, session(inputs))
    return cases


def save(path: Path, cases: dict[str, Case]) -> None:
    arrays = {
        f"{name}/{side}/{key}": value
        for name, case in cases.items()
        for side, part in (("in", case.inputs), ("out", case.outputs))
        for key, value in part.items()
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def load(path: Path) -> dict[str, Case]:
    cases: dict[str, Case] = {}
    with np.load(path) as file:
        for key in file.files:
            name, side, array = key.split("/")
            case = cases.setdefault(name, Case({}, {}))
            (case.inputs if side == "in" else case.outputs)[array] = file[key]
    return cases


def _input(
    entry: Entry,
    shape: tuple[int | str, ...],
    photographs: list[NDArray[np.uint8]],
    crops: NDArray[np.uint8],
    landmarks: NDArray[np.float32],
) -> NDArray[Any]:
    """What a network reads in life: whole photographs to find faces in, else faces."""
    import cv2

    if shape == (478, 3):
        return landmarks
    if shape == (478, 2):
        straight = alignment.canonical(landmarks)
        return straight - straight[1] if entry.name == "neutral_difference" else straight
    if shape == (2,):  # all is present
        return np.ones((len(crops), 2), np.float32)
    if entry.name.startswith("encoder"):
        return np.stack([alignment.crop(*pair) for pair in zip(crops, landmarks, strict=True)])
    if len(shape) == 1:  # the rig of an avatar, as shares of its ranges
        return np.linspace(0, 1, len(crops) * int(shape[0]), dtype=np.float32).reshape(len(crops), -1)
    if shape[:2] == ("H", "W"):
        return _square(photographs[1], 640)[None]
    size, _, channels = (int(side) for side in shape)
    if entry.task.startswith("find faces"):
        return np.stack([_square(photograph, size) for photograph in photographs])
    if entry.name == "iris":
        crops = crops[:, 70:130, 130:190]
    images = [cv2.resize(crop, (size, size), interpolation=cv2.INTER_AREA) for crop in crops]
    if channels == 1:
        images = [cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)[..., None] for image in images]
    return np.stack(images)


def _read(path: Path) -> NDArray[np.uint8]:
    import cv2

    image = cv2.imread(str(path))
    assert image is not None
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), np.uint8)


def _square(image: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """The image in the upper left of a black square."""
    import cv2

    height, width = image.shape[:2]
    scale = size / max(height, width)
    out = np.zeros((size, size, 3), np.uint8)
    small = cv2.resize(image, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    out[: small.shape[0], : small.shape[1]] = small
    return out


if __name__ == "__main__":
    cases = record(Registry.load())
    save(Path(sys.argv[1]), cases)
    print(f"{', '.join(cases)}: {Path(sys.argv[1]).stat().st_size / 1e6:.1f} MB")
