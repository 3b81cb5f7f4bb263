"""Networks published as ONNX: make batch and image size variable, and name the outputs."""

from __future__ import annotations

import numpy as np

from mien_models.convert.graph import BATCH, Graph, Node
from mien_models.convert.source import Array
from mien_models.errors import ModelError

_STRIDES = (8, 16, 32)
_HEADS = ("cls", "obj", "bbox", "kps")


def read_onnx(data: bytes) -> Graph:
    """Parse an ONNX file into an editable graph with a free batch axis."""
    import onnx
    from onnx import helper, numpy_helper

    proto = onnx.load_from_string(data).graph
    graph = Graph(constants={item.name: numpy_helper.to_array(item) for item in proto.initializer})
    for values, target in ((proto.input, graph.inputs), (proto.output, graph.outputs)):
        for value in values:
            if value.name not in graph.constants:
                tensor = value.type.tensor_type
                shape = [dim.dim_value for dim in tensor.shape.dim]
                dtype = helper.tensor_dtype_to_np_dtype(tensor.elem_type)
                target[value.name] = dtype, (BATCH, *shape[1:])
    for item in proto.node:
        attrs = {attr.name: helper.get_attribute_value(attr) for attr in item.attribute}
        texts = {key: value.decode() for key, value in attrs.items() if isinstance(value, bytes)}
        graph.nodes.append(Node(item.op_type, list(item.input), list(item.output), attrs | texts))
    return graph


def yunet_graph(data: bytes) -> Graph:
    """YuNet for any image whose sides are multiples of 32.

    Per level (strides 8, 16, 32) the four heads are one pair of convolutions; the levels follow
    one another along one axis of A = H W (1/64 + 1/256 + 1/1024) cells, row by row. Outputs:
    scores (N, A), the geometric mean of class and object probability; boxes (N, A, 4) and
    points (N, A, 10) in units of the stride, relative to the cell.
    """
    graph = read_onnx(data)
    producers = graph.producers()

    def convs(output: str) -> tuple[Node, Node]:
        """The last two convolutions above an output: 1x1, then depthwise 3x3."""
        node = producers[output]
        while node.op != "Conv":
            node = producers[node.inputs[0]]
        return producers[node.inputs[0]], node

    levels = []
    for stride in _STRIDES:
        heads = [convs(f"{head}_{stride}") for head in _HEADS]
        point, depth = heads[0]
        merged = [
            np.concatenate([graph.constants[pair[i].inputs[k]] for pair in heads]) for i in (0, 1) for k in (1, 2)
        ]
        out = graph.add("Conv", [point.inputs[0], *map(graph.const, merged[:2])], **point.attrs)
        out = graph.add("Conv", [out, *map(graph.const, merged[2:])], **{**depth.attrs, "group": len(merged[3])})
        out = graph.add("Transpose", [out], perm=[0, 2, 3, 1])
        levels.append(graph.add("Reshape", [out, graph.const([0, -1, len(merged[3])])]))
    cells = graph.add("Concat", levels, axis=1)

    graph.inputs = {"input": (np.dtype(np.float32), (BATCH, 3, "H", "W"))}
    graph.outputs = {}
    _slice(graph, cells, 2, 6, "boxes")
    _slice(graph, cells, 6, 16, "points")
    both = graph.add("Sigmoid", [_slice(graph, cells, 0, 2)])
    product = graph.add("Mul", [_column(graph, both, 0), _column(graph, both, 1)])
    graph.add("Sqrt", [product], output="scores")
    for name, shape in (("boxes", (4,)), ("points", (10,)), ("scores", ())):
        graph.outputs[name] = np.dtype(np.float32), (BATCH, "A", *shape)
    return graph


def _slice(graph: Graph, name: str, first: int, last: int, output: str | None = None) -> str:
    inputs = [name, graph.const([first]), graph.const([last]), graph.const([2])]
    return graph.add("Slice", inputs, output=output)


def _column(graph: Graph, name: str, index: int) -> str:
    return graph.add("Gather", [name, graph.const(np.int64(index))], axis=2)


def sface_graph(data: bytes) -> Graph:
    """SFace with a free batch axis, its pixel normalisation left to the caller.

    Batch norms behind convolutions are folded into them, and the Dropout is removed.
    """
    graph = read_onnx(data)
    graph.sort()
    for node in list(graph.nodes):
        if node.op in {"Sub", "Mul", "Dropout"}:
            graph.replace(node.output, node.inputs[0])
    producers, users = graph.producers(), graph.users()
    for node in list(graph.nodes):
        conv = producers.get(node.inputs[0])
        if node.op == "BatchNormalization" and conv is not None and conv.op == "Conv":
            if len(users[conv.output]) != 1:
                raise ModelError("not the SFace network this conversion knows: a batch norm is shared")
            _fold_norm(graph, conv, node)
            graph.replace(node.output, conv.output)
    graph.add("Identity", ["fc1"], output="embedding")
    graph.outputs = {"embedding": (np.dtype(np.float32), (BATCH, 128))}
    return graph


def _fold_norm(graph: Graph, conv: Node, norm: Node) -> None:
    gamma, beta, mean, variance = (graph.constants[name].astype(np.float64) for name in norm.inputs[1:])
    gain: Array = gamma / np.sqrt(variance + norm.attrs["epsilon"])
    kernel, bias = graph.weights(conv)
    graph.set_weights(conv, kernel * gain[:, None, None, None], beta + (bias - mean) * gain)
