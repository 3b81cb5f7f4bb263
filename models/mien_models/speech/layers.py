"""A small network of full layers, taught by Adam in numpy, and written as ONNX."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]


class Layers:
    """Full layers with ReLU between them."""

    def __init__(self, rng: np.random.Generator, sizes: Sequence[int]) -> None:
        self.p: list[F32] = []
        for a, b in pairwise(sizes):
            self.p += [rng.normal(0, np.sqrt(2 / a), (a, b)).astype(np.float32), np.zeros(b, np.float32)]
        self._m, self._v = [np.zeros_like(p) for p in self.p], [np.zeros_like(p) for p in self.p]
        self._step = 0

    def forward(self, x: F32) -> tuple[list[F32], F32]:
        """What each layer takes, N×its inputs, and what comes out of the last."""
        kept = [x]
        for i in range(0, len(self.p) - 2, 2):
            kept.append(np.maximum(kept[-1] @ self.p[i] + self.p[i + 1], 0))
        return kept, kept[-1] @ self.p[-2] + self.p[-1]

    def forward_without(self, rng: np.random.Generator, share: float, x: F32) -> tuple[list[F32], F32]:
        """As `forward`, without this share of the hidden values, which differ each time (dropout)."""
        kept = [x]
        for i in range(0, len(self.p) - 2, 2):
            h = np.maximum(kept[-1] @ self.p[i] + self.p[i + 1], 0)
            kept.append(np.where(rng.random(h.shape, np.float32) < share, 0, h / np.float32(1 - share)))
        return kept, kept[-1] @ self.p[-2] + self.p[-1]

    def learn(self, kept: list[F32], slope: F32, rate: float, share: float = 0.0) -> None:
        """One step of Adam with decay of weights.

        kept: of `forward`, or of `forward_without` this share; slope: of the loss by what came out.
        """
        grads: list[F32] = []
        for i in range(len(self.p) - 2, -1, -2):
            h = kept[i // 2]
            grads = [h.T @ slope, slope.sum(axis=0), *grads]
            slope = (slope @ self.p[i].T) * (h > 0) / np.float32(1 - share)
        self._step += 1
        for p, g, m, v in zip(self.p, grads, self._m, self._v, strict=True):
            m += 0.1 * (g - m)
            v += 0.001 * (g * g - v)
            step = (m / (1 - 0.9**self._step)) / (np.sqrt(v / (1 - 0.999**self._step)) + 1e-8)
            p -= np.float32(rate) * (step + np.float32(0.01) * p * (p.ndim == 2))


def softmax(logits: F32) -> F32:
    """Of the last axis."""
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True), np.float32)


def write_onnx(
    net: Layers, path: Path, name: str, after: Sequence[Any], constants: Sequence[Any], outputs: dict[str, int]
) -> None:
    """Write the network atomically: input `sound`, then the layers to `logits`, then the nodes of `after`.

    outputs: their names and sizes.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    stored, nodes, at = list(constants), [], "sound"
    for i in range(len(net.p) // 2):
        stored += [
            numpy_helper.from_array(net.p[2 * i], f"w{i}"),
            numpy_helper.from_array(net.p[2 * i + 1], f"b{i}"),
        ]
        last = 2 * i + 2 == len(net.p)
        nodes.append(helper.make_node("Gemm", [at, f"w{i}", f"b{i}"], ["logits" if last else f"g{i}"]))
        if not last:
            nodes.append(helper.make_node("Relu", [f"g{i}"], [f"h{i}"]))
        at = f"h{i}"

    def value(name: str, size: int) -> Any:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", size])

    graph = helper.make_graph(
        [*nodes, *after], name, [value("sound", len(net.p[0]))], [value(*o) for o in outputs.items()], stored
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="mien")
    model.ir_version = 9
    onnx.checker.check_model(model)
    draft = path.with_suffix(".part")
    draft.write_bytes(model.SerializeToString())
    os.replace(draft, path)
