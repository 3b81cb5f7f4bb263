"""Rewrites of a Graph that keep its numbers and make onnxruntime's CPU kernels run it faster."""

from __future__ import annotations

from typing import Any

import numpy as np

from mien_models.convert.graph import Graph, Node
from mien_models.convert.source import Array

# MLAS keeps convolutions in blocks of 16 channels (AVX-512) or 8 (AVX2).
BLOCK = 16
_POINTWISE: dict[str, Any] = {"kernel_shape": [1, 1], "strides": [1, 1], "dilations": [1, 1], "pads": [0, 0, 0, 0]}


def fold_pads(graph: Graph) -> None:
    """Give a convolution the zero border that a Pad in front of it adds."""
    producers = graph.producers()
    for conv in graph.nodes:
        pad = producers.get(conv.inputs[0]) if conv.op == "Conv" else None
        if pad is None or pad.op != "Pad" or float(graph.constants[pad.inputs[2]]) != 0:
            continue
        widths = graph.constants[pad.inputs[1]].reshape(2, -1)
        if widths[:, :2].any():
            continue
        border = [*widths[0, 2:], *widths[1, 2:]]
        conv.inputs[0] = pad.inputs[0]
        conv.attrs["pads"] = [int(a + b) for a, b in zip(conv.attrs["pads"], border, strict=True)]


def _sole_user(users: dict[str, list[Node]], name: str) -> Node | None:
    readers = users.get(name, [])
    return readers[0] if len(readers) == 1 else None


def _is_depthwise(graph: Graph, node: Node) -> bool:
    kernel = graph.constants[node.inputs[1]]
    return bool(node.attrs["group"] == kernel.shape[0] and kernel.shape[1] == 1)


def prelu_as_two_signs(graph: Graph) -> None:
    """Replace a narrow PRelu in conv -> PRelu -> depthwise -> conv by a Relu of twice the channels.

    PRelu(x) = relu(x) - a relu(-x): the first convolution computes x and -x with a fused Relu,
    the depthwise one applies 1 and -a, the last one adds the halves. It costs nothing as long as
    both signs fit into the one block of channels that is computed anyway.
    """
    users, producers = graph.users(), graph.producers()
    for node in list(graph.nodes):
        if node.op != "PRelu" or 2 * graph.constants[node.inputs[1]].size > BLOCK:
            continue
        first, middle = producers.get(node.inputs[0]), _sole_user(users, node.output)
        last = _sole_user(users, middle.output) if middle is not None else None
        if (
            first is None
            or middle is None
            or last is None
            or {first.op, middle.op, last.op} != {"Conv"}
            or first.attrs["group"] != 1
            or last.attrs["group"] != 1
            or not _is_depthwise(graph, middle)
            or _sole_user(users, first.output) is not node
        ):
            continue
        slope = graph.constants[node.inputs[1]].reshape(-1)
        kernel, bias = _weights(graph, first)
        _set_weights(graph, first, np.concatenate([kernel, -kernel]), np.concatenate([bias, -bias]))
        kernel, bias = _weights(graph, middle)
        negative = -slope[:, None, None, None] * kernel
        _set_weights(graph, middle, np.concatenate([kernel, negative]), np.concatenate([bias, np.zeros_like(bias)]))
        middle.attrs["group"] = 2 * len(slope)
        kernel, bias = _weights(graph, last)
        _set_weights(graph, last, np.concatenate([kernel, kernel], axis=1), bias)
        node.op, node.inputs = "Relu", node.inputs[:1]


def _weights(graph: Graph, conv: Node) -> tuple[Array, Array]:
    kernel = graph.constants[conv.inputs[1]]
    bias = graph.constants[conv.inputs[2]] if len(conv.inputs) > 2 else np.zeros(kernel.shape[0], np.float32)
    return kernel, bias


def _set_weights(graph: Graph, conv: Node, kernel: Array, bias: Array) -> None:
    conv.inputs[1:] = [graph.const(kernel.astype(np.float32), "kernel"), graph.const(bias.astype(np.float32), "bias")]


def prelu_as_depthwise(graph: Graph) -> None:
    """Replace PRelu by depthwise 1x1 convolutions, which stay in the blocked layout.

    PRelu(x) = a x + (1-a) relu(x). Where every reader of the result can absorb a scale per
    channel, the result is stored divided by (1-a): then relu(x) needs no factor and one
    convolution with a fused sum is enough. Scales travel along residual sums; a negative one
    turns relu(x) into relu(-x), for which PRelu(x) = x + (1-a) relu(-x).
    """
    graph.sort()
    users, producers = graph.users(), graph.producers()
    scale: dict[str, Array] = {}
    out_scale: dict[int, Array] = {}
    convs: list[Node] = []

    def other(add: Node, name: str) -> Node | None:
        """The convolution that writes the other operand of a sum, and nothing else."""
        left, right = add.inputs
        operand = right if left == name else left
        producer = producers.get(operand)
        lone = producer is not None and producer.op == "Conv" and _sole_user(users, operand) is add
        return producer if lone else None

    def absorbed(name: str) -> bool:
        """True when all readers of a value can live with a scale per channel."""
        for reader in users.get(name, []):
            if reader.op == "Conv":
                continue
            if reader.op != "Add" or other(reader, name) is None:
                return False
            if any(r.op != "PRelu" for r in users.get(reader.output, [])):
                return False
        return True

    for node in list(graph.nodes):
        if node.op == "Conv":
            convs.append(node)
        elif node.op == "Add":
            for name in node.inputs:
                if name in scale:
                    conv = other(node, name)
                    assert conv is not None, "absorbed() has checked this"
                    out_scale[id(conv)] = scale[node.output] = scale[name]
        elif node.op == "PRelu":
            slope = graph.constants[node.inputs[1]].reshape(-1).astype(np.float64)
            before = scale.get(node.inputs[0], np.ones(len(slope)))
            linear = np.where(before > 0, slope, 1.0) / before
            bent = np.where(np.abs(1.0 - slope) < 1e-6, 1e-6, 1.0 - slope) / np.abs(before)
            if absorbed(node.output) and np.abs(bent).min() > 1e-6:
                scale[node.output] = 1.0 / bent
                linear, bent = linear / bent, np.ones(len(slope))
            _write_prelu(graph, node, linear, bent)

    for conv in convs:
        kernel, bias = _weights(graph, conv)
        inside, outside = scale.get(conv.inputs[0]), out_scale.get(id(conv))
        if inside is not None:
            depthwise = _is_depthwise(graph, conv)
            kernel = kernel / (inside[:, None, None, None] if depthwise else inside[None, :, None, None])
        if outside is not None:
            kernel, bias = kernel * outside[:, None, None, None], bias * outside
        if inside is not None or outside is not None:
            _set_weights(graph, conv, kernel, bias)


def _write_prelu(graph: Graph, node: Node, linear: Array, bent: Array) -> None:
    """Turn a PRelu node into linear * x + bent * relu(x), one number per channel."""

    def depthwise(x: str, factor: Array) -> str:
        kernel = factor.reshape(-1, 1, 1, 1).astype(np.float32)
        return graph.add("Conv", [x, graph.const(kernel, "slope")], **_POINTWISE, group=len(factor))

    x = node.inputs[0]
    relu = graph.add("Relu", [x])
    if (bent != 1).any():
        relu = depthwise(relu, bent)
    node.op, node.inputs, node.attrs = "Add", [depthwise(x, linear), relu], {}


_ELEMENTWISE = ("Add", "MaxPool", "PRelu", "Relu", "Resize")


def align_channels(graph: Graph) -> None:
    """Fill channel counts up to whole blocks with channels of zeros.

    Convolutions of 24, 28 or 42 channels fall out of the blocked layout; of 32 or 48 they do
    not. A Pad that adds channels inside one block then has nothing left to do; one that goes
    beyond becomes a 1x1 convolution.
    """
    graph.sort()
    width: dict[str, int] = {}
    free = _values_of_free_width(graph)
    for node in graph.nodes:
        x, out = node.inputs[0], node.output
        if node.op == "Conv":
            kernel, bias = _weights(graph, node)
            rows, columns = kernel.shape[:2]
            if _is_depthwise(graph, node):
                rows = node.attrs["group"] = width.get(x, rows)
            else:
                columns = width.get(x, columns) if node.attrs["group"] == 1 else columns
                rows = -(-rows // BLOCK) * BLOCK if out in free else rows
            if (rows, columns) != kernel.shape[:2]:
                _set_weights(graph, node, _zero_fill(kernel, rows, columns), _zero_fill(bias, rows))
            width[out] = rows
        elif node.op == "Pad" and out in free:
            inside, channels = width[x], free[out]
            width[out] = -(-channels // BLOCK) * BLOCK
            kernel = np.eye(width[out], inside, dtype=np.float32)[:, :, None, None]
            node.op, node.attrs = "Conv", {**_POINTWISE, "group": 1}
            node.inputs = [x, graph.const(kernel, "widen")]
            if width[out] == inside:
                graph.replace(out, x)
        elif node.op in _ELEMENTWISE and x in width:
            width[out] = width[x]
            if node.op == "PRelu":
                slope = graph.constants[node.inputs[1]]
                node.inputs[1] = graph.const(_zero_fill(slope, width[out]), "slope")


def _zero_fill(array: Array, *sizes: int) -> Array:
    """Grow the leading axes to these sizes with zeros."""
    grow = [(0, size - have) for size, have in zip(sizes, array.shape, strict=False)]
    return np.pad(array, grow + [(0, 0)] * (array.ndim - len(sizes)))


def _values_of_free_width(graph: Graph) -> dict[str, int]:
    """Values whose channel count nobody outside convolutions can see, with their true count.

    Elementwise operators tie the widths of their operands together: such a family is free only
    when all of its writers are convolutions or channel Pads and all its readers, too.
    """
    channels: dict[str, int] = {}
    family: dict[str, str] = {}

    def root(name: str) -> str:
        while family.setdefault(name, name) != name:
            name = family[name]
        return name

    fixed: set[str] = set(graph.inputs) | set(graph.outputs)
    for node in graph.nodes:
        x, out = node.inputs[0], node.output
        if node.op == "Conv":
            kernel = graph.constants[node.inputs[1]]
            channels[out] = kernel.shape[0]
            if _is_depthwise(graph, node):
                family[root(x)] = root(out)
            elif node.attrs["group"] != 1:
                fixed |= {x, out}
        elif node.op == "Pad" and x in channels and _adds_channels(graph, node):
            channels[out] = channels[x] + int(graph.constants[node.inputs[1]].reshape(2, -1)[1, 1])
        elif node.op in _ELEMENTWISE and x in channels:
            channels[out] = channels[x]
            for name in node.inputs if node.op == "Add" else [x]:
                family[root(name)] = root(out)
        else:
            fixed |= {*node.inputs, *node.outputs}
    fixed = {root(name) for name in fixed}
    return {name: count for name, count in channels.items() if root(name) not in fixed}


def _adds_channels(graph: Graph, pad: Node) -> bool:
    """True for a Pad that appends zero channels and nothing else."""
    widths = graph.constants[pad.inputs[1]].reshape(2, -1)
    return not widths[:, [0, 2, 3]].any() and not widths[0, 1] and not graph.constants[pad.inputs[2]]
