"""`python -m mien_models.train.quantise --data DIR --out FILE`: the encoder's 8-bit version for CPUs.

Half of the faces calibrate, the other half tell how far it is from the original; both numbers go beside the network.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from mien_models import Registry
from mien_models.alignment import canonical
from mien_models.backends.onnx_runtime import OnnxRuntimeSession
from mien_models.datasets.dataset import Dataset
from mien_models.errors import ModelError, tell
from mien_models.nets.quantise import agreement, quantise

_BATCH = 8


def main(argv: Sequence[str] | None = None) -> int:
    """0, or 2 with a message for data that cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m mien_models.train.quantise", description=__doc__)
    parser.add_argument(
        "--data", type=Path, action="append", required=True, metavar="DIR",
        help="folder of shards, as `mien actor dataset` writes it; may be repeated",
    )  # fmt: skip
    parser.add_argument("--faces", type=int, default=300, metavar="N", help="the first N of each folder (%(default)s)")
    parser.add_argument("--out", type=Path, required=True, help="the ONNX file; its facts go beside it as .json")
    parser.add_argument("--network", default="encoder_small", help="the network of the registry (%(default)s)")
    args = parser.parse_args(argv)
    try:
        facts = quantised(args.network, [Dataset(folder) for folder in args.data], args.faces, args.out)
    except ModelError as error:
        tell(error, parser.prog)
        return 2
    for name, row in facts["agreement"].items():
        Console().print(f"{name}: differs by {row['difference']:.4f} in the mean, r {row['r']:.4f}")
    return 0


def quantised(network: str, data: Sequence[Dataset], faces: int, out: Path) -> dict[str, Any]:
    """Write the 8-bit network, by the first `faces` of each dataset, and its facts.

    Raises ModelError where network or data cannot be read.
    """
    registry = Registry.load()
    source = registry.path(network, "cpu")
    batches = [batch for one in data for batch in _batches(one, faces)]
    quantise(source, batches[::2], out)
    original = OnnxRuntimeSession(registry, network, "cpu", "the original")
    held_out = batches[1::2]
    theirs = _joined([original(batch) for batch in held_out])
    smaller = _opened(out)
    ours = _joined([smaller(batch) for batch in held_out])
    facts = {
        "of": network,
        "of_sha256": dict(registry[network].files),
        "calibrated_on": {
            "datasets": [one.about["settings"] for one in data],
            "faces": sum(len(b["image"]) for b in batches[::2]),
        },
        "agreement": agreement(ours, theirs),
        "onnxruntime": version("onnxruntime"),
        "sha256": hashlib.sha256(out.read_bytes()).hexdigest(),
    }
    out.with_suffix(".json").write_text(json.dumps(facts, indent=2) + "\n", "utf-8")
    return facts


def _batches(data: Dataset, faces: int) -> list[dict[str, NDArray[Any]]]:
    points = np.nan_to_num(canonical(np.asarray(data["landmarks"][:faces], np.float32)))
    images = data["crop"][:faces]
    return [
        {
            "image": np.ascontiguousarray(images[i : i + _BATCH]),
            "landmarks": points[i : i + _BATCH],
            "present": np.ones((len(points[i : i + _BATCH]), 2), np.float32),
        }
        for i in range(0, len(points) - _BATCH + 1, _BATCH)  # calibration takes batches of one size
    ]


def _opened(path: Path) -> Callable[[dict[str, NDArray[Any]]], dict[str, NDArray[Any]]]:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    names = [value.name for value in session.get_outputs()]
    return lambda batch: dict(zip(names, session.run(names, batch), strict=True))


def _joined(outputs: list[dict[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
    return {name: np.concatenate([out[name] for out in outputs]) for name in outputs[0]}


if __name__ == "__main__":
    sys.exit(main())
