"""MediaPipe's blendshape network, rewritten from its weights.

The file has an MLP-Mixer (Tolstikhin et al. 2021) in 182 operators with a transpose around each of
them. The function here has about 60: layer norms are single operators, the class token is a bias, and
the last block computes only the one token that is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mien_models.convert.graph import BATCH, Graph
from mien_models.convert.source import Array, Source
from mien_models.errors import ModelError
from mien_models.spaces.mediapipe import CATEGORIES, SHAPES

BLOCKS = 4
_ROWS = [CATEGORIES.index(name) for name in SHAPES]


@dataclass(frozen=True, slots=True)
class _Layer:
    """One dense layer: weights (out, in), bias (out,)."""

    weights: Array
    bias: Array


def mixer_graph(source: Source, points: Sequence[int], landmarks: int) -> Graph:
    """Build landmarks (N, `landmarks`, 3) -> blendshapes (N, 51), by `mediapipe.SHAPES`.

    `points` are the landmarks that the network reads, in its order. It uses x and y only, in any
    common unit. Raises ModelError if the source is another network.
    """
    weights = _Weights(source, len(points))
    graph = Graph()
    graph.inputs["landmarks"] = np.dtype(np.float32), (BATCH, landmarks, 3)
    graph.outputs["blendshapes"] = np.dtype(np.float32), (BATCH, len(weights.head.bias))

    tokens = _embed(graph, weights, points)
    for index in range(BLOCKS):
        token_in, token_out, channel_in, channel_out = weights.blocks[index]
        mixed = _norm(graph, tokens, weights.scales[2 * index], weights.epsilon)
        mixed = graph.add("Relu", [_over_tokens(graph, mixed, token_in)])
        if index == BLOCKS - 1:
            token_out = _Layer(token_out.weights[:1], token_out.bias[:1])
            tokens = graph.add("Slice", [tokens, graph.const([0]), graph.const([1]), graph.const([1])])
        tokens = graph.add("Add", [tokens, _over_tokens(graph, mixed, token_out)])
        mixed = _norm(graph, tokens, weights.scales[2 * index + 1], weights.epsilon)
        mixed = graph.add("Reshape", [mixed, graph.const([-1, channel_in.weights.shape[1]])])
        mixed = graph.add("Relu", [_gemm(graph, mixed, channel_in)])
        mixed = _gemm(graph, mixed, channel_out)
        shape = [-1, len(token_out.bias), len(channel_out.bias)]
        tokens = graph.add("Add", [tokens, graph.add("Reshape", [mixed, graph.const(shape)])])
    logits = _gemm(graph, graph.add("Flatten", [tokens]), weights.head)
    graph.add("Sigmoid", [logits], output="blendshapes")
    return graph


def _embed(graph: Graph, weights: _Weights, points: Sequence[int]) -> str:
    """Landmarks to tokens (N, 97, 64), the class token first.

    Centre the points, divide by their mean distance from the centre, mix points into tokens and
    (x, y) into channels. All biases and the class token are one constant.
    """
    chosen = graph.add("Gather", ["landmarks", graph.const(list(points))], axis=1)
    xy = graph.add("Slice", [chosen, graph.const([0]), graph.const([2]), graph.const([2])])
    xy = graph.add("Sub", [xy, graph.add("ReduceMean", [xy], axes=[1], keepdims=1)])
    radius = graph.add("ReduceL2", [xy], axes=[2], keepdims=1)
    xy = graph.add("Div", [xy, graph.add("ReduceMean", [radius], axes=[1], keepdims=1)])

    to_tokens, to_channels = weights.to_tokens, weights.to_channels
    rows = np.concatenate([np.zeros_like(to_tokens.weights[:1]), to_tokens.weights * weights.gain])
    offset = np.outer(to_tokens.bias, to_channels.weights.sum(axis=1)) + to_channels.bias
    offset = np.concatenate([weights.class_token[None], offset])
    tokens = graph.add("MatMul", [graph.const(rows, "weights"), xy])
    tokens = graph.add("MatMul", [tokens, graph.const(to_channels.weights.T, "weights")])
    return graph.add("Add", [tokens, graph.const(offset.astype(np.float32), "bias")])


def _norm(graph: Graph, tokens: str, scale: Array, epsilon: float) -> str:
    return graph.add("LayerNormalization", [tokens, graph.const(scale, "scale")], axis=-1, epsilon=epsilon)


def _over_tokens(graph: Graph, tokens: str, layer: _Layer) -> str:
    """Mix tokens, in the same way for each channel: a convolution of length 1 with tokens as its channels."""
    kernel = graph.const(layer.weights[:, :, None], "kernel")
    return graph.add("Conv", [tokens, kernel, graph.const(layer.bias, "bias")], kernel_shape=[1])


def _gemm(graph: Graph, rows: str, layer: _Layer) -> str:
    return graph.add("Gemm", [rows, graph.const(layer.weights.T, "weights"), graph.const(layer.bias, "bias")])


class _Weights:
    """The constants of the network, in the order in which its operators use them."""

    def __init__(self, source: Source, points: int) -> None:
        layers = [
            _Layer(source.constant(op.inputs[1])[:, 0, 0, :], source.constant(op.inputs[2]))
            for op in source.operators
            if op.kind == "CONV_2D"
        ]
        factors = self._constants(source, "MUL")
        if len(layers) != 3 + 4 * BLOCKS or len(factors) != 1 + 2 * BLOCKS:
            raise ModelError("not the blendshape mixer this conversion knows: its layers do not match")
        self.to_tokens, self.to_channels, *mixing, head = layers
        if len(head.bias) != len(CATEGORIES):
            raise ModelError(f"the blendshape mixer gives {len(head.bias)} categories, not {len(CATEGORIES)}")
        self.head = _Layer(head.weights[_ROWS], head.bias[_ROWS])
        self.blocks = [tuple(mixing[4 * i : 4 * i + 4]) for i in range(BLOCKS)]
        self.gain = factors[0].item()
        self.scales = factors[1:]
        self.epsilon = self._constants(source, "ADD")[0].item()
        self.class_token = self._constants(source, "CONCATENATION")[0].reshape(-1)
        if self.to_tokens.weights.shape[1] != points:
            raise ModelError(f"the blendshape mixer reads {self.to_tokens.weights.shape[1]} points, not {points}")

    @staticmethod
    def _constants(source: Source, kind: str) -> list[Array]:
        """Constant operands of all operators of a kind, in order."""
        data = [source.tensors[i].data for op in source.operators if op.kind == kind for i in op.inputs]
        return [array for array in data if array is not None]
