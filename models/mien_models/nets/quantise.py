"""Quantise the convolutions of a network to 8 bits after training.

Weights are signed and scaled per output channel, activations unsigned and scaled per tensor (Jacob et al., CVPR 2018,
as onnxruntime does it). The range of each activation is its 99.99th percentile over calibration faces. Large linear
layers get 8-bit weights too (`fewer_bytes`); all else keeps computing in float32.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

from mien_models.errors import ModelError
from mien_models.nets.export import store
from mien_models.nets.fewer_bytes import columns_to_channels, eight_bit_layers, pools_into_convolutions

Inputs = Mapping[str, NDArray[Any]]
_PERCENTILE = 99.99


def quantise(source: Path, faces: Sequence[Inputs], out: Path) -> None:
    """Write an 8-bit version of the ONNX network `source` to `out`, calibrated on `faces`, each a batch of inputs.

    Inputs and outputs stay as they are; large float32 weights are stored as float16. Raises ModelError without faces.
    """
    from onnxruntime.quantization import (
        CalibrationDataReader,
        CalibrationMethod,
        QuantFormat,
        QuantType,
        quantize_static,
    )
    from onnxruntime.quantization.shape_inference import quant_pre_process

    if not faces:
        raise ModelError("no faces to calibrate on: give at least a hundred")

    class Reader(CalibrationDataReader):
        def __init__(self) -> None:
            self._left: Iterator[Inputs] = iter(faces)

        def get_next(self) -> dict[str, NDArray[Any]] | None:
            return dict(batch) if (batch := next(self._left, None)) is not None else None

    with tempfile.TemporaryDirectory() as folder:
        prepared, made = Path(folder) / "prepared.onnx", Path(folder) / "int8.onnx"
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        model = onnx.load(str(prepared))
        columns_to_channels(model)
        pools_into_convolutions(model)
        onnx.save(model, str(prepared))
        quantize_static(
            str(prepared),
            str(made),
            Reader(),
            quant_format=QuantFormat.QDQ,
            # Relu, so that nothing is rounded between a convolution and the Relu behind it.
            op_types_to_quantize=["Conv", "Relu"],
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.Percentile,
            extra_options={"CalibPercentile": _PERCENTILE},
        )
        model = onnx.load(str(made))
    eight_bit_layers(model)
    store(model, out)


def agreement(ours: Mapping[str, NDArray[Any]], theirs: Mapping[str, NDArray[Any]]) -> dict[str, dict[str, float]]:
    """By output (N, …): mean absolute difference, and mean Pearson r over the columns that vary."""
    found = {}
    for name, values in ours.items():
        a, b = values.reshape(len(values), -1).astype(np.float64), theirs[name].reshape(len(values), -1)
        varying = [c for c in range(a.shape[1]) if min(a[:, c].std(), b[:, c].std()) > 1e-3]
        r = [float(np.corrcoef(a[:, c], b[:, c])[0, 1]) for c in varying]
        found[name] = {"difference": float(np.abs(a - b).mean()), "r": float(np.mean(r)) if r else float("nan")}
    return found
