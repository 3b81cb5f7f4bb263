"""Replace PRelu by operators that onnxruntime's CPU kernels run in the blocked layout.

At a PRelu node onnxruntime leaves the blocked layout and returns to it, which makes the whole
network four times slower. Both rewrites keep the numerical results.
"""

from __future__ import annotations

import numpy as np

from mien_models.convert.graph import BLOCK, POINTWISE, Graph, Node
from mien_models.convert.source import Array

# Largest factor between a stored and its true value; beyond it the scale is not used.
_SCALE_LIMIT = 1e6


def split_narrow_prelu(graph: Graph) -> None:
    """Replace a narrow PRelu in conv -> PRelu -> depthwise -> conv by a Relu of twice the channels.

    PRelu(x) = relu(x) - a relu(-x): the first convolution computes x and -x with a fused Relu,
    the depthwise one applies 1 and -a, the last one adds the halves. This takes no extra time as
    long as both signs fit into the one block of channels that is computed anyway.
    """
    users, producers = graph.users(), graph.producers()

    def reader(node: Node | None) -> Node | None:
        """The only reader of a node's output, if it is a convolution."""
        readers = users.get(node.output, []) if node is not None else []
        return readers[0] if len(readers) == 1 and readers[0].op == "Conv" else None

    for node in graph.nodes:
        if node.op != "PRelu" or 2 * graph.constants[node.inputs[1]].size > BLOCK:
            continue
        first, middle = producers.get(node.inputs[0]), reader(node)
        last = reader(middle)
        if first is None or first.op != "Conv" or len(users[first.output]) != 1 or middle is None or last is None:
            continue
        if first.attrs["group"] != 1 or last.attrs["group"] != 1 or not graph.is_depthwise(middle):
            continue
        slope = graph.constants[node.inputs[1]].reshape(-1)
        kernel, bias = graph.weights(first)
        graph.set_weights(first, np.concatenate([kernel, -kernel]), np.concatenate([bias, -bias]))
        kernel, bias = graph.weights(middle)
        negative = -slope[:, None, None, None] * kernel
        graph.set_weights(middle, np.concatenate([kernel, negative]), np.concatenate([bias, np.zeros_like(bias)]))
        middle.attrs["group"] = 2 * len(slope)
        kernel, bias = graph.weights(last)
        graph.set_weights(last, np.concatenate([kernel, kernel], axis=1), bias)
        node.op, node.inputs = "Relu", node.inputs[:1]


def prelu_to_depthwise(graph: Graph) -> None:
    """Replace PRelu by a Relu and depthwise 1x1 convolutions.

    PRelu(x) = a x + (1-a) relu(x) needs two convolutions. Where every reader of the result can
    absorb a scale per channel, the result is stored divided by (1-a): then relu(x) needs no
    factor, and one convolution with a fused sum is enough.
    """
    _Depthwise(graph).run()


class _Depthwise:
    """The pass, with the scale at which each value is stored.

    Scales are passed along residual sums, so they multiply. A negative one turns relu(x) into
    relu(-x); for that, PRelu(x) = x + (1-a) relu(-x).
    """

    def __init__(self, graph: Graph) -> None:
        graph.sort()
        self._graph = graph
        self._users, self._producers = graph.users(), graph.producers()
        self._scale: dict[str, Array] = {}

    def run(self) -> None:
        convs = [node for node in self._graph.nodes if node.op == "Conv"]
        for node in list(self._graph.nodes):
            if node.op == "Add":
                self._pass_on(node)
            elif node.op == "PRelu":
                self._rewrite(node)
        for conv in convs:
            self._absorb(conv)

    def _pass_on(self, add: Node) -> None:
        """Store a sum, and the convolution that is its other operand, at its operand's scale."""
        for name in add.inputs:
            if name in self._scale:
                scale = self._scale[name]
                self._scale[self._partner(add, name)] = self._scale[add.output] = scale
                return

    def _partner(self, add: Node, name: str) -> str:
        """The operand of a sum that is not `name`."""
        left, right = add.inputs
        return right if left == name else left

    def _can_scale(self, name: str) -> bool:
        """True if all readers of a value can compensate a scale per channel.

        A convolution can. A sum can if its other operand is a convolution without other
        readers, and its own readers are PRelus.
        """
        for reader in self._users.get(name, []):
            if reader.op == "Conv":
                continue
            if reader.op != "Add":
                return False
            partner = self._partner(reader, name)
            producer = self._producers.get(partner)
            if producer is None or producer.op != "Conv" or len(self._users[partner]) != 1:
                return False
            if any(r.op != "PRelu" for r in self._users.get(reader.output, [])):
                return False
        return True

    def _rewrite(self, node: Node) -> None:
        slope = self._graph.constants[node.inputs[1]].reshape(-1).astype(np.float64)
        scale = self._scale.get(node.inputs[0], np.ones(len(slope)))
        # PRelu(x) from the stored s = scale x: linear s + bent relu(s).
        linear = np.where(scale > 0, slope, 1.0) / scale
        bent = (1.0 - slope) / np.abs(scale)
        if np.abs(bent).min() > 1 / _SCALE_LIMIT and self._can_scale(node.output):
            self._scale[node.output] = 1.0 / bent
            linear, bent = linear / bent, np.ones(len(slope))
        relu = self._graph.add("Relu", node.inputs[:1])
        if (bent != 1).any():
            relu = self._times(relu, bent)
        node.op, node.inputs, node.attrs = "Add", [self._times(node.inputs[0], linear), relu], {}

    def _times(self, name: str, factor: Array) -> str:
        """A value times one number per channel."""
        kernel = factor.reshape(-1, 1, 1, 1).astype(np.float32)
        return self._graph.add("Conv", [name, self._graph.const(kernel, "slope")], **POINTWISE, group=len(factor))

    def _absorb(self, conv: Node) -> None:
        """Undo the scale of a convolution's input and give its output the wanted one."""
        inside, outside = self._scale.get(conv.inputs[0]), self._scale.get(conv.output)
        if inside is None and outside is None:
            return
        kernel, bias = self._graph.weights(conv)
        if inside is not None:
            depthwise = self._graph.is_depthwise(conv)
            kernel = kernel / (inside[:, None, None, None] if depthwise else inside[None, :, None, None])
        if outside is not None:
            kernel, bias = kernel * outside[:, None, None, None], bias * outside
        self._graph.set_weights(conv, kernel, bias)
