"""Convert the inside of a network to half precision; its ends stay in single precision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import onnx

_WEIGHTED = frozenset({"Conv", "ConvTranspose", "Gemm", "MatMul"})
# Sums of squares and powers overflow half precision.
_SINGLE = frozenset({"LayerNormalization", "InstanceNormalization", "ReduceL2", "ReduceSumSquare", "Pow", "Exp"})
# Inputs that are parameters of the operator, not data.
_PARAMETERS = {"Resize": (1, 2)}
_HALF_MAX = 65504.0


def to_half(model: bytes) -> bytes:
    """Rewrite an ONNX network so that it computes in float16 between its ends, by explicit casts.

    These stay in single precision: the inputs and all operators before the first weights (they
    normalise pixels and landmarks); the last weights before each output and all operators behind
    them (near 256 px, float16 has steps of a quarter of a pixel); normalisations; the types of
    inputs and outputs. TensorRT uses these types unchanged in strongly typed networks.
    """
    import onnx

    proto = onnx.shape_inference.infer_shapes(onnx.load_from_string(model))
    _Rewrite(proto).run()
    onnx.checker.check_model(proto)
    return bytes(proto.SerializeToString())


class _Rewrite:
    """The rewriting pass. A value `v` in half precision is named `v.half`; each value is cast once."""

    def __init__(self, proto: onnx.ModelProto) -> None:
        import onnx

        self._graph = graph = proto.graph
        self._single_type, self._half_type = onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16
        typed = (*graph.input, *graph.output, *graph.value_info)
        self._floats = {v.name for v in typed if v.type.tensor_type.elem_type == self._single_type}
        self._constants = {t.name: t for t in graph.initializer if t.data_type == self._single_type}
        self._floats |= self._constants.keys()
        self._nodes: list[onnx.NodeProto] = []
        self._there = {v.name for v in graph.input} | {t.name for t in graph.initializer}

    def run(self) -> None:
        chosen = self._inside()
        for node, half in zip(list(self._graph.node), chosen, strict=True):
            if half:
                self._write(node)
            else:
                self._keep(node)
        for value in self._graph.output:
            self._need(value.name)
        del self._graph.node[:]
        self._graph.node.extend(self._nodes)
        del self._graph.value_info[:]
        used = {name for node in self._nodes for name in node.input}
        kept = [t for t in self._graph.initializer if t.name in used]
        del self._graph.initializer[:]
        self._graph.initializer.extend(kept)

    def _inside(self) -> list[bool]:
        """The nodes that have weights or follow some, and precede others."""
        nodes = list(self._graph.node)
        behind: set[str] = set()
        after = []
        for node in nodes:
            after.append(node.op_type in _WEIGHTED or not behind.isdisjoint(node.input))
            if after[-1]:
                behind.update(node.output)
        needed: set[str] = set()
        before = []
        for node in reversed(nodes):
            before.append(not needed.isdisjoint(node.output))
            if before[-1] or node.op_type in _WEIGHTED:
                needed.update(node.input)
        return [
            a and b and node.op_type not in _SINGLE and any(i in self._floats for i in node.input)
            for node, a, b in zip(nodes, after, reversed(before), strict=True)
        ]

    def _keep(self, node: onnx.NodeProto) -> None:
        for name in node.input:
            self._need(name)
        self._nodes.append(node)
        self._there.update(node.output)

    def _write(self, node: onnx.NodeProto) -> None:
        parameters = _PARAMETERS.get(node.op_type, ())
        for i, name in enumerate(node.input):
            if name in self._floats and i not in parameters:
                node.input[i] = self._halved(name)
            else:
                self._need(name)
        for i, name in enumerate(node.output):
            if name in self._floats:
                node.output[i] = f"{name}.half"
        for attribute in node.attribute:
            if node.op_type == "Cast" and attribute.name == "to" and attribute.i == self._single_type:
                attribute.i = self._half_type
        self._nodes.append(node)
        self._there.update(node.output)

    def _need(self, name: str) -> None:
        """Cast a value back to single precision if it exists in half precision only."""
        if name and name not in self._there:
            self._cast(f"{name}.half", name, self._single_type)

    def _halved(self, name: str) -> str:
        """The name of a value in half precision, cast if needed."""
        half = f"{name}.half"
        if half not in self._there:
            if name in self._constants:
                self._graph.initializer.append(_half_constant(self._constants[name], half))
                self._there.add(half)
            else:
                self._cast(name, half, self._half_type)
        return half

    def _cast(self, source: str, target: str, to: int) -> None:
        from onnx import helper

        self._nodes.append(helper.make_node("Cast", [source], [target], to=to))
        self._there.add(target)


def _half_constant(tensor: onnx.TensorProto, name: str) -> onnx.TensorProto:
    from onnx import numpy_helper

    values = np.clip(numpy_helper.to_array(tensor), -_HALF_MAX, _HALF_MAX)
    return numpy_helper.from_array(values.astype(np.float16), name)
