"""What int8 costs FaceMesh V2: python tests/bench/quantise.py [--out FILE].

Convolutions are quantised after training by onnxruntime, symmetric and per channel as TensorRT
wants it, calibrated on every other face of the clip and compared with fp32 on the others.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)

from mien.faces.detector import BlazeFace, roi_of_detection
from mien_models import Registry, open_session
from mien_models.landmarker import cut
from mien_models.spaces.mesh478 import EYE_OUTER

ROOT = Path(__file__).resolve().parents[2]
EVERY = 12
METHODS = {"extremes": CalibrationMethod.MinMax, "percentile": CalibrationMethod.Percentile}


class Faces(CalibrationDataReader):
    def __init__(self, crops: NDArray[np.uint8]) -> None:
        self._crops: Iterator[NDArray[np.uint8]] = iter(crops)

    def get_next(self) -> dict[str, Any] | None:
        crop = next(self._crops, None)
        return None if crop is None else {"image": crop[None]}


def faces(registry: Registry) -> NDArray[np.uint8]:
    """Crops of the clip, (N, 256, 256, 3) RGB."""
    find = BlazeFace(open_session("blazeface_short", "cpu", registry=registry))
    video = cv2.VideoCapture(str(registry.path("clip")))
    crops = []
    for index in range(0, int(video.get(cv2.CAP_PROP_FRAME_COUNT)), EVERY):
        video.set(cv2.CAP_PROP_POS_FRAMES, index)
        ok, frame = video.read()
        image = cv2.cvtColor(frame, cv2.COLOR_BGR2RGB) if ok else None
        found = find(image, 0.5) if image is not None else []
        crops += [cut(image, roi_of_detection(face), 256) for face in found[:1]]
    return np.stack(crops)


def run(path: Path, crops: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Landmarks and presence."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    landmarks, presence = session.run(["landmarks", "presence"], {"image": crops})
    return landmarks, presence


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "tests/bench/results/int8.json")
    args = parser.parse_args()
    registry = Registry.load()
    crops = faces(registry)
    model = registry.path("facemesh_v2", "gpu")
    want, sure = run(model, crops[1::2])
    eyes = np.linalg.norm(want[:, EYE_OUTER[1], :2] - want[:, EYE_OUTER[0], :2], axis=1).mean()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    report: dict[str, Any] = {
        "date": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "commit": commit.strip(),
        "onnxruntime": version("onnxruntime"),
        "faces": {"calibration": len(crops[::2]), "compared": len(crops[1::2])},
        "eyes_px": round(float(eyes), 1),
        "calibrated_by": {},
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, method in METHODS.items():
            path = Path(folder) / f"{name}.onnx"
            quantize_static(
                str(model), str(path), Faces(crops[::2]),
                quant_format=QuantFormat.QDQ, op_types_to_quantize=["Conv"], per_channel=True,
                activation_type=QuantType.QInt8, weight_type=QuantType.QInt8, calibrate_method=method,
                extra_options={"ActivationSymmetric": True, "WeightSymmetric": True},
            )  # fmt: skip
            found, surely = run(path, crops[1::2])
            error = np.linalg.norm(found[..., :2] - want[..., :2], axis=2)
            report["calibrated_by"][name] = {
                "mean_px": round(float(error.mean()), 2),
                "largest_px": round(float(error.max()), 1),
                "mean_of_eyes": round(float(error.mean() / eyes), 4),
                "presence_largest": round(float(np.abs(surely - sure).max()), 3),
            }
            print(name, report["calibrated_by"][name])
    args.out.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
