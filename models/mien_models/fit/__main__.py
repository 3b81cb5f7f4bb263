"""`python -m mien_models.fit --data DIR --out DIR`: train the regressor and learn the noise of landmarks."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import torch
from numpy.typing import NDArray

from mien_models.backends import open_session
from mien_models.datasets.dataset import Dataset
from mien_models.errors import ModelError, tell
from mien_models.fit import noise, train
from mien_models.fit.projection import Projection
from mien_models.head.model.load import load

_HELD_OUT = 25  # people


def main(argv: Sequence[str] | None = None) -> int:
    """Train; 0, or 1 with a message for what cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m mien_models.fit", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="of `mien actor dataset`")
    parser.add_argument("--unlabelled", type=Path, metavar="FILE.npz", help="of `mien fit --read-only`")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--steps", type=int, default=train.TrainConfig().steps)
    args = parser.parse_args(argv)
    try:
        run(args.data, args.unlabelled, args.out, train.TrainConfig(steps=args.steps))
    except ModelError as error:
        return tell(error, parser.prog)
    return 0


def run(data: Path, unlabelled: Path | None, out: Path, config: train.TrainConfig) -> None:
    """Write fit_regressor.onnx, noise.npz and run.json into `out`. Raises ModelError."""
    torch.set_num_threads(1)
    out.mkdir(parents=True, exist_ok=True)
    start = time.process_time()
    encoder = open_session("encoder_base", device="cpu")
    projection = Projection(load(), torch.float32)
    all_faces = train.samples(Dataset(data, partial=True), encoder, projection)
    learned: dict[str, Any] = noise.learn(all_faces.errors)
    np.savez_compressed(out / noise.PATH.name, **learned)
    others = None
    if unlabelled is not None:
        crops, landmarks, sizes = _read(unlabelled)
        others = train.unlabelled(crops, landmarks.astype(np.float64), sizes.astype(np.float64), encoder)
    train_faces, val_faces = split(all_faces, _HELD_OUT)
    net = train.learn(config, train_faces, others, projection, noise.load(out / noise.PATH.name))
    found = train.ready(net, val_faces)
    train.export(found, out / "fit_regressor.onnx")
    record = {
        "config": asdict(config),
        "faces": len(train_faces.inputs),
        "unlabelled": 0 if others is None else len(others.inputs),
        "val": {name: round(value, 4) for name, value in train.scores(net, val_faces).items()},
        "processor_s": round(time.process_time() - start),
        "torch": torch.__version__,
    }
    (out / "run.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(record, indent=1))


def _read(path: Path) -> list[NDArray[Any]]:
    """Crops, landmarks and sizes of images of unlabelled faces. Raises ModelError."""
    try:
        with np.load(path) as file:
            return [file[name] for name in ("crop", "landmarks", "size")]
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise ModelError(f"{path} cannot be read: {error}; `mien fit --read-only` writes such a file") from error


def split(faces: train.Samples, people: int) -> tuple[train.Samples, train.Samples]:
    """Faces of all but the last `people`, and theirs."""
    last = np.isin(faces.person, np.unique(faces.person)[-people:])
    parts = []
    for rows in (~last, last):
        arrays = {name: getattr(faces, name)[rows] for name in ("inputs", "points", "centre", "truth", "person")}
        parts.append(replace(faces, **arrays))
    return parts[0], parts[1]


if __name__ == "__main__":
    sys.exit(main())
