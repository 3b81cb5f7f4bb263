"""The blendshape mixer against a numpy mixer with the same random weights."""

from __future__ import annotations

import numpy as np
import pytest

from mien_models.convert.mixer import BLOCKS, mixer_graph
from mien_models.convert.source import Operator, Source, Tensor
from mien_models.errors import ModelError

from .tiny import Array, run

POINTS, TOKENS, CHANNELS, HIDDEN, OUTPUTS = (4, 0, 7, 2, 5), 6, 8, (10, 12), 52
EPSILON, GAIN = 1e-6, 0.5


class Weights:
    """Random weights, and the same network in numpy."""

    def __init__(self) -> None:
        rng = np.random.default_rng(11)

        def layer(outside: int, inside: int) -> tuple[Array, Array]:
            return (
                rng.normal(size=(outside, inside)).astype(np.float32) / np.float32(np.sqrt(inside)),
                rng.normal(size=outside).astype(np.float32),
            )

        self.layers = [layer(TOKENS, len(POINTS)), layer(CHANNELS, 2)]
        for _ in range(BLOCKS):
            self.layers += [layer(HIDDEN[0], TOKENS + 1), layer(TOKENS + 1, HIDDEN[0])]
            self.layers += [layer(HIDDEN[1], CHANNELS), layer(CHANNELS, HIDDEN[1])]
        self.layers.append(layer(OUTPUTS, CHANNELS))
        self.token = rng.normal(size=CHANNELS).astype(np.float32)
        self.scales = [rng.normal(size=CHANNELS).astype(np.float32) for _ in range(2 * BLOCKS)]

    def source(self) -> Source:
        """As much of the TFLite network as the reader looks at."""
        tensors: list[Tensor] = []
        operators: list[Operator] = []

        def add(kind: str, *constants: Array) -> None:
            first = len(tensors)
            tensors.extend(Tensor(kind, array.shape, array.dtype, array) for array in constants)
            tensors.append(Tensor("y", (1,), np.dtype(np.float32)))
            inputs = (len(tensors) - 1, *range(first, first + len(constants)))
            operators.append(Operator(kind, inputs, (len(tensors) - 1,), {}))

        add("MUL", np.float32([GAIN]))
        for weights, bias in self.layers:
            add("CONV_2D", weights[:, None, None, :], bias)
        add("CONCATENATION", self.token.reshape(1, 1, 1, -1))
        for scale in self.scales:
            add("ADD", np.float32([EPSILON]))
            add("MUL", scale)
        return Source(tuple(tensors), tuple(operators), (), ())

    def run(self, landmarks: Array) -> Array:
        xy = landmarks[list(POINTS), :2]
        xy = xy - xy.mean(axis=0)
        xy = GAIN * xy / np.linalg.norm(xy, axis=1).mean()
        layers, scales = iter(self.layers), iter(self.scales)

        def dense(x: Array) -> Array:
            weights, bias = next(layers)
            return x @ weights.T + bias

        def norm(x: Array) -> Array:
            centred = x - x.mean(axis=1, keepdims=True)
            return centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + EPSILON) * next(scales)

        tokens = np.concatenate([self.token[None], dense(dense(xy.T).T)])
        for _ in range(BLOCKS):
            tokens = tokens + dense(np.maximum(dense(norm(tokens).T), 0)).T
            tokens = tokens + dense(np.maximum(dense(norm(tokens)), 0))
        return 1 / (1 + np.exp(-dense(tokens[:1])[0]))


def test_the_mixer_is_a_mixer() -> None:
    weights = Weights()
    landmarks = np.random.default_rng(1).normal(size=(3, 9, 3)).astype(np.float32) * 50
    found = run(mixer_graph(weights.source(), POINTS, 9), landmarks=landmarks)["blendshapes"]
    theirs = np.array([weights.run(face) for face in landmarks])
    assert found.shape == (3, 51)
    # MediaPipe's places of these, and ARKit's.
    for there, here in ((9, 0), (25, 17), (44, 23), (3, 43), (51, 50)):
        np.testing.assert_allclose(found[:, here], theirs[:, there], atol=1e-5)


def test_another_network_is_refused() -> None:
    source = Weights().source()
    with pytest.raises(ModelError, match="its layers do not match"):
        mixer_graph(Source(source.tensors, source.operators[:9], (), ()), POINTS, 9)


def test_another_number_of_points_is_refused() -> None:
    with pytest.raises(ModelError, match="reads 5 points, not 4"):
        mixer_graph(Weights().source(), POINTS[:4], 9)
