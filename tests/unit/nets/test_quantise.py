"""8-bit convolutions, on a network of one layer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from mien_models import ModelError
from mien_models.nets.quantise import agreement, quantise

ort = pytest.importorskip("onnxruntime")


def one_layer(path: Path) -> Path:
    weights = np.random.default_rng(0).normal(0, 0.2, (8, 4, 3, 3)).astype(np.float32)
    graph = helper.make_graph(
        [helper.make_node("Conv", ["image", "w"], ["cells"], pads=[1, 1, 1, 1])],
        "one",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", 4, 12, 12])],
        [helper.make_tensor_value_info("cells", TensorProto.FLOAT, ["N", 8, 12, 12])],
        [numpy_helper.from_array(weights, "w")],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)
    return path


def test_weights_become_8_bits_and_outputs_stay(tmp_path: Path) -> None:
    source, made = one_layer(tmp_path / "one.onnx"), tmp_path / "int8.onnx"
    rng = np.random.default_rng(1)
    faces = [{"image": rng.normal(size=(2, 4, 12, 12)).astype(np.float32)} for _ in range(20)]
    quantise(source, faces, made)
    kinds = {t.data_type for t in onnx.load(made).graph.initializer if len(t.dims) == 4}
    assert kinds == {TensorProto.INT8}
    x = {"image": rng.normal(size=(16, 4, 12, 12)).astype(np.float32)}
    before, after = (
        {"cells": ort.InferenceSession(str(p), providers=["CPUExecutionProvider"]).run(["cells"], x)[0]}
        for p in (source, made)
    )
    found = agreement(after, before)["cells"]
    assert found["r"] > 0.999
    assert 0 < found["difference"] < 0.03


def test_without_faces_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no faces to calibrate on"):
        quantise(one_layer(tmp_path / "one.onnx"), [], tmp_path / "int8.onnx")
    assert not (tmp_path / "int8.onnx").exists()


def test_agreement_of_values_by_hand() -> None:
    ours = {"a": np.array([[0.0, 1.0], [1.0, 1.0]])}
    theirs = {"a": np.array([[0.0, 0.5], [0.5, 0.5]])}
    found = agreement(ours, theirs)["a"]
    assert found["difference"] == 0.375
    assert found["r"] == pytest.approx(1)  # of the first column; the second one does not vary
