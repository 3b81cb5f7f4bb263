"""Pad channels to whole blocks, the layout in which onnxruntime's CPU kernels are fast."""

from __future__ import annotations

import numpy as np

from mien_models.convert.graph import BLOCK, POINTWISE, Graph, Node
from mien_models.convert.source import Array

_ELEMENTWISE = ("Add", "MaxPool", "PRelu", "Relu", "Resize")


def fold_pads(graph: Graph) -> None:
    """Move the zero border of a Pad into the convolution behind it."""
    producers = graph.producers()
    for conv in graph.nodes:
        pad = producers.get(conv.inputs[0]) if conv.op == "Conv" else None
        if pad is None or pad.op != "Pad" or graph.constants[pad.inputs[2]].any():
            continue
        widths = graph.constants[pad.inputs[1]].reshape(2, -1)
        if widths[:, :2].any():
            continue
        border = [*widths[0, 2:], *widths[1, 2:]]
        conv.inputs[0] = pad.inputs[0]
        conv.attrs["pads"] = [int(a + b) for a, b in zip(conv.attrs["pads"], border, strict=True)]


def align_channels(graph: Graph) -> None:
    """Fill channel counts up to whole blocks with channels of zeros.

    onnxruntime runs convolutions of 32 or 48 channels in the blocked layout, but not those of 24, 28
    or 42. A Pad that adds channels within one block is then dropped; one that adds more becomes a
    1x1 convolution.
    """
    graph.sort()
    width: dict[str, int] = {}
    free = _values_of_free_width(graph)
    for node in graph.nodes:
        x, out = node.inputs[0], node.output
        if node.op == "Conv":
            kernel, bias = graph.weights(node)
            rows, columns = kernel.shape[:2]
            if graph.is_depthwise(node):
                rows = node.attrs["group"] = width.get(x, rows)
            else:
                columns = width.get(x, columns) if node.attrs["group"] == 1 else columns
                rows = -(-rows // BLOCK) * BLOCK if out in free else rows
            if (rows, columns) != kernel.shape[:2]:
                graph.set_weights(node, _zero_fill(kernel, rows, columns), _zero_fill(bias, rows))
            width[out] = rows
        elif node.op == "Pad" and out in free:
            inside, channels = width[x], free[out]
            width[out] = -(-channels // BLOCK) * BLOCK
            kernel = np.eye(width[out], inside, dtype=np.float32)[:, :, None, None]
            node.op, node.attrs = "Conv", {**POINTWISE, "group": 1}
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
    """Values whose channel count matters to convolutions only, with their true count.

    Elementwise operators need operands of equal width. Such a group of values can be widened only
    if all of its writers and readers are convolutions or channel Pads.
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
            if graph.is_depthwise(node):
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
