"""A small editable ONNX graph: nodes, named constants, typed inputs and outputs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from mien_models.convert.source import Array

if TYPE_CHECKING:
    import onnx

OPSET = 17
BATCH = "N"
# MLAS keeps convolutions in blocks of 16 channels (AVX-512) or 8 (AVX2).
BLOCK = 16
POINTWISE: dict[str, Any] = {"kernel_shape": [1, 1], "strides": [1, 1], "dilations": [1, 1], "pads": [0, 0, 0, 0]}

Shape = tuple[int | str, ...]


@dataclass(slots=True)
class Node:
    """One ONNX operator; `inputs` may hold "" where an optional input is left out."""

    op: str
    inputs: list[str]
    outputs: list[str]
    attrs: dict[str, Any]

    @property
    def output(self) -> str:
        """The first output, which for most operators is the only one."""
        return self.outputs[0]


@dataclass(slots=True)
class Graph:
    """An ONNX graph under construction. Node order is free; export sorts it."""

    inputs: dict[str, tuple[np.dtype[Any], Shape]] = field(default_factory=dict)
    outputs: dict[str, tuple[np.dtype[Any], Shape]] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    constants: dict[str, Array] = field(default_factory=dict)
    _count: int = 0

    def fresh(self, stem: str) -> str:
        """An unused value name."""
        self._count += 1
        return f"{stem}_{self._count}"

    def const(self, value: Array | Sequence[int] | float, stem: str = "const") -> str:
        """Add a constant: int lists become int64, floats and float arrays float32."""
        array = np.asarray(value)
        if array.dtype == np.float64:
            array = array.astype(np.float32)
        name = self.fresh(stem)
        self.constants[name] = np.array(array, order="C")
        return name

    def add(self, op: str, inputs: Sequence[str], *, output: str | None = None, **attrs: Any) -> str:
        """Append an operator and return the name of its (first) output."""
        name = output or self.fresh(op.lower())
        self.nodes.append(Node(op, list(inputs), [name], attrs))
        return name

    def users(self) -> dict[str, list[Node]]:
        """Every value name with the nodes that read it, once per node."""
        users: dict[str, list[Node]] = defaultdict(list)
        for node in self.nodes:
            for name in dict.fromkeys(node.inputs):
                users[name].append(node)
        return users

    def producers(self) -> dict[str, Node]:
        """Every computed value name with the node that writes it."""
        return {name: node for node in self.nodes for name in node.outputs}

    def weights(self, conv: Node) -> tuple[Array, Array]:
        """A convolution's kernel (out, in / group, h, w) and its bias (out,), zeros if it has none."""
        kernel = self.constants[conv.inputs[1]]
        bias = self.constants[conv.inputs[2]] if len(conv.inputs) > 2 else np.zeros(len(kernel), np.float32)
        return kernel, bias

    def set_weights(self, conv: Node, kernel: Array, bias: Array) -> None:
        """Set the kernel and bias of a convolution, as float32."""
        constants = self.const(kernel.astype(np.float32), "kernel"), self.const(bias.astype(np.float32), "bias")
        conv.inputs[1:] = constants

    def is_depthwise(self, conv: Node) -> bool:
        """True when a convolution has one input channel per output channel."""
        kernel = self.constants[conv.inputs[1]]
        return bool(conv.attrs["group"] == kernel.shape[0] and kernel.shape[1] == 1)

    def replace(self, old: str, new: str) -> None:
        """Make all readers of `old` read `new`; graph outputs keep their names."""
        for node in self.nodes:
            node.inputs = [new if name == old else name for name in node.inputs]

    def remove(self, gone: Iterable[Node]) -> None:
        """Drop these nodes."""
        identities = {id(node) for node in gone}
        self.nodes = [node for node in self.nodes if id(node) not in identities]

    def sort(self) -> None:
        """Put the nodes in execution order and drop those that no output needs."""
        producers = self.producers()
        ordered: list[Node] = []
        seen: set[int] = set()
        stack: list[tuple[Node, bool]] = [
            (producers[name], False) for name in reversed(self.outputs) if name in producers
        ]
        while stack:
            node, ready = stack.pop()
            if ready:
                ordered.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                stack.extend((producers[name], False) for name in node.inputs if name in producers)
        self.nodes = ordered
        used = {name for node in ordered for name in node.inputs}
        self.constants = {name: value for name, value in self.constants.items() if name in used}

    def to_onnx(self, name: str) -> onnx.ModelProto:
        """Export as a checked ONNX model of opset 17."""
        import onnx
        from onnx import helper, numpy_helper

        self.sort()

        def info(values: dict[str, tuple[np.dtype[Any], Shape]]) -> list[onnx.ValueInfoProto]:
            return [
                helper.make_tensor_value_info(key, helper.np_dtype_to_tensor_dtype(dtype), list(shape))
                for key, (dtype, shape) in values.items()
            ]

        model = helper.make_model(
            helper.make_graph(
                [helper.make_node(n.op, n.inputs, n.outputs, **n.attrs) for n in self.nodes],
                name,
                info(self.inputs),
                info(self.outputs),
                [numpy_helper.from_array(value, key) for key, value in self.constants.items()],
            ),
            opset_imports=[helper.make_opsetid("", OPSET)],
            producer_name="mien_models",
        )
        model.ir_version = 8
        onnx.checker.check_model(model)
        return model
