"""Networks of mien: finished ONNX files with weights stored as float16."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper

from mien_models.errors import ModelError


def widened(data: bytes) -> bytes:
    """The same ONNX model with its stored float16 weights as float32, which every backend accepts.

    Casts of float16 initializers to float32 are removed. Raises ModelError for bytes that are no
    ONNX model.
    """
    try:
        model = onnx.load_model_from_string(data)
    except Exception as error:  # protobuf's own types, which onnx does not export
        raise ModelError(f"not an ONNX model: {error}") from error
    graph = model.graph
    stored = {t.name: t for t in graph.initializer if t.data_type == TensorProto.FLOAT16}
    casts = [n for n in graph.node if n.op_type == "Cast" and n.input[0] in stored]
    for node in casts:
        values = numpy_helper.to_array(stored[node.input[0]]).astype(np.float32)
        graph.initializer.append(numpy_helper.from_array(values, node.output[0]))
        graph.node.remove(node)
    for name in {node.input[0] for node in casts}:
        graph.initializer.remove(stored[name])
    return bytes(model.SerializeToString())
