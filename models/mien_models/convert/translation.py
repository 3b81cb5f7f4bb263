"""The state of a conversion from a Source to a Graph: which layouts each tensor has on the ONNX side."""

from __future__ import annotations

import numpy as np

from mien_models.convert.graph import BATCH, Graph
from mien_models.convert.source import Array, Operator, Source

TO_NCHW = [0, 3, 1, 2]
TO_NHWC = [0, 2, 3, 1]


class Translation:
    """The state of one conversion.

    A tensor of rank 4 may exist as stored (NHWC), as NCHW, or both; a Transpose is added only
    when an operator needs a layout that does not exist yet.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.graph = Graph()
        self._stored: dict[int, str] = {}
        self._nchw: dict[int, str] = {}

    def shape(self, index: int) -> tuple[int, ...]:
        """The stored shape of a tensor, batch 1."""
        return self.source.tensors[index].shape

    def rank(self, index: int) -> int:
        """The number of axes of a tensor."""
        return len(self.shape(index))

    def constant(self, index: int) -> Array | None:
        """A tensor's numbers, or None if it is computed or omitted (-1)."""
        return None if index < 0 else self.source.tensors[index].data

    def is_nchw(self, index: int) -> bool:
        """True if a tensor exists as NCHW only so far."""
        return index in self._nchw and index not in self._stored

    def stored(self, index: int) -> str:
        """The ONNX name of a tensor in its stored layout."""
        if index not in self._stored:
            data = self.constant(index)
            if data is not None:
                self._stored[index] = self.graph.const(data)
            else:
                self._stored[index] = self.graph.add("Transpose", [self._nchw[index]], perm=TO_NHWC)
        return self._stored[index]

    def nchw(self, index: int) -> str:
        """The ONNX name of a rank-4 tensor in NCHW."""
        if index not in self._nchw:
            data = self.constant(index)
            if data is not None:
                self._nchw[index] = self.graph.const(data.transpose(TO_NCHW))
            else:
                self._nchw[index] = self.graph.add("Transpose", [self._stored[index]], perm=TO_NCHW)
        return self._nchw[index]

    def set_stored(self, index: int, name: str) -> None:
        """Set the ONNX value that holds a tensor in its stored layout."""
        self._stored[index] = name

    def set_nchw(self, index: int, name: str) -> None:
        """Set the ONNX value that holds a tensor as NCHW."""
        self._nchw[index] = name

    def batched(self, operator: Operator) -> Array:
        """The target of a Reshape, with axis 0 copied (0) when it is the batch on both sides."""
        source, target = self.shape(operator.inputs[0]), list(self.shape(operator.outputs[0]))
        if source and target and source[0] == target[0] == 1:
            target[0] = 0
        return np.array(target, np.int64)

    def open_inputs(self) -> None:
        """Declare the graph's inputs; images (rank 4) are NCHW."""
        for index in self.source.inputs:
            tensor = self.source.tensors[index]
            name = tensor.name.split(":")[0].removeprefix("serving_default_")
            if len(tensor.shape) == 4:
                _, height, width, channels = tensor.shape
                self.graph.inputs[name] = tensor.dtype, (BATCH, channels, height, width)
                self.set_nchw(index, name)
            else:
                self.graph.inputs[name] = tensor.dtype, (BATCH, *tensor.shape[1:])
                self.set_stored(index, name)

    def close_output(self, index: int, name: str, shape: tuple[int, ...], *, sigmoid: bool) -> None:
        """Declare one of the graph's outputs, reshaped to (N, *shape)."""
        value = self.stored(index)
        if sigmoid:
            value = self.graph.add("Sigmoid", [value])
        self.graph.add("Reshape", [value, self.graph.const([-1, *shape])], output=name)
        self.graph.outputs[name] = self.source.tensors[index].dtype, (BATCH, *shape)
