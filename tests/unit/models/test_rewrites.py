"""The rewrites for the CPU change neither numbers nor names."""

from __future__ import annotations

import numpy as np
import pytest

from mien_models.convert import channels, images, prelu
from mien_models.convert.graph import BATCH, Graph
from mien_models.errors import ModelError

from .tiny import Array, run


class Net:
    """Builds a small convolutional network with random weights."""

    def __init__(self, seed: int, *, inputs: int = 3, size: int = 8) -> None:
        self.rng = np.random.default_rng(seed)
        self.graph = Graph()
        self.graph.inputs["x"] = np.dtype(np.float32), (BATCH, inputs, size, size)
        self.x: Array = self.rng.random((2, inputs, size, size), np.float32)

    def numbers(self, *shape: int) -> Array:
        return self.rng.normal(size=shape).astype(np.float32)

    def conv(self, name: str, inside: int, outside: int, *, kernel: int = 1, depthwise: bool = False) -> str:
        shape = (outside, 1 if depthwise else inside, kernel, kernel)
        weights = self.numbers(*shape) / np.sqrt(np.prod(shape[1:]))
        inputs = [name, self.graph.const(weights), self.graph.const(self.numbers(outside))]
        half = kernel // 2
        attrs = {"kernel_shape": [kernel] * 2, "strides": [1, 1], "dilations": [1, 1], "pads": [half] * 4}
        return self.graph.add("Conv", inputs, group=inside if depthwise else 1, **attrs)

    def prelu(self, name: str, slope: Array) -> str:
        return self.graph.add("PRelu", [name, self.graph.const(slope.astype(np.float32).reshape(-1, 1, 1))])

    def output(self, name: str, size: int = 8) -> Graph:
        self.graph.add("Identity", [name], output="y")
        self.graph.outputs["y"] = np.dtype(np.float32), (BATCH, "C", size, size)
        return self.graph


def residual_net(seed: int, width: int, bottleneck: int, special: tuple[float, ...] = (0.0, 1.0, 3.0, -2.0)) -> Net:
    """Three residual blocks as in FaceMesh, then a pooled end; slopes of every kind."""
    net = Net(seed)
    slope = net.numbers(width) * 2
    slope[: len(special)] = special
    stream = net.prelu(net.conv("x", 3, width, kernel=3), slope)
    for _ in range(3):
        inner = net.prelu(net.conv(stream, width, bottleneck), net.numbers(bottleneck))
        inner = net.conv(inner, bottleneck, bottleneck, kernel=3, depthwise=True)
        stream = net.graph.add("Add", [stream, net.conv(inner, bottleneck, width)])
        stream = net.prelu(stream, net.rng.permutation(slope))
    pool = net.graph.add("MaxPool", [stream], kernel_shape=[2, 2], strides=[2, 2], pads=[0] * 4)
    net.output(net.conv(pool, width, 5), size=4)
    return net


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("width", "bottleneck"), [(16, 8), (24, 12), (32, 16)])
def test_prelu_rewrites_keep_the_numbers(seed: int, width: int, bottleneck: int) -> None:
    before = residual_net(seed, width, bottleneck)
    after = residual_net(seed, width, bottleneck).graph
    prelu.split_narrow_prelu(after)
    channels.align_channels(after)
    prelu.prelu_to_depthwise(after)
    expected = run(before.graph, x=before.x)["y"]
    np.testing.assert_allclose(run(after, x=before.x)["y"], expected, atol=1e-4 * np.abs(expected).max())
    assert not [node for node in after.nodes if node.op == "PRelu"]


def test_a_narrow_prelu_becomes_one_relu() -> None:
    net = residual_net(0, 16, 8)
    prelu.split_narrow_prelu(net.graph)
    assert sum(node.op == "Relu" for node in net.graph.nodes) == 3


def test_residual_prelu_costs_one_convolution_each() -> None:
    net = residual_net(0, 32, 16, special=())
    convolutions = sum(node.op == "Conv" for node in net.graph.nodes)
    prelu.prelu_to_depthwise(net.graph)
    # 7 PRelu; only the one in front of the pooling needs its scale back, and a second convolution.
    assert sum(node.op == "Conv" for node in net.graph.nodes) == convolutions + 7 + 1


def test_scales_do_not_run_away() -> None:
    """Slopes next to 1 multiply the scale up a thousandfold per block."""
    net = Net(3)
    stream = net.conv("x", 3, 16)
    slope = np.full(16, 0.999)
    for _ in range(8):
        stream = net.prelu(net.graph.add("Add", [stream, net.conv("x", 3, 16)]), slope)
    expected = run(net.output(stream), x=net.x)["y"]
    prelu.prelu_to_depthwise(net.graph)
    assert max(np.abs(value).max() for value in net.graph.constants.values()) < 1e8
    np.testing.assert_allclose(run(net.graph, x=net.x)["y"], expected, atol=1e-4 * np.abs(expected).max())


def padded_net(inside: int, outside: int) -> Net:
    """A residual block that widens its stream with a Pad of channels."""
    net = Net(1)
    stream = net.graph.add("Relu", [net.conv("x", 3, inside)])
    widths = np.zeros(8, np.int64)
    widths[5] = outside - inside
    skip = net.graph.add("Pad", [stream, net.graph.const(widths), net.graph.const(np.float32(0))])
    stream = net.graph.add("Add", [skip, net.conv(stream, inside, outside)])
    net.output(net.conv(net.graph.add("Relu", [stream]), outside, 3))
    return net


@pytest.mark.parametrize(("inside", "outside"), [(24, 28), (24, 42), (16, 32)])
def test_aligned_channels_keep_the_numbers(inside: int, outside: int) -> None:
    before, after = padded_net(inside, outside), padded_net(inside, outside).graph
    channels.align_channels(after)
    expected = run(before.graph, x=before.x)["y"]
    np.testing.assert_allclose(run(after, x=before.x)["y"], expected, atol=1e-5)
    assert not [node for node in after.nodes if node.op == "Pad"]
    widths = {after.constants[node.inputs[1]].shape[0] for node in after.nodes if node.op == "Conv"}
    assert {width % 16 for width in widths - {3}} == {0}


def test_a_pad_inside_one_block_disappears() -> None:
    graph = padded_net(24, 28).graph
    convolutions = sum(node.op == "Conv" for node in graph.nodes)
    channels.align_channels(graph)
    graph.sort()
    assert sum(node.op == "Conv" for node in graph.nodes) == convolutions


def test_a_zero_border_goes_into_the_convolution() -> None:
    net = Net(2)
    pads = net.graph.const([0, 0, 0, 0, 0, 0, 1, 1])
    padded = net.graph.add("Pad", ["x", pads, net.graph.const(np.float32(0))])
    expected = run(net.output(net.conv(padded, 3, 4), size=9), x=net.x)["y"]
    channels.fold_pads(net.graph)
    np.testing.assert_allclose(run(net.graph, x=net.x)["y"], expected, atol=1e-6)
    assert not [node for node in net.graph.nodes if node.op == "Pad"]


def test_a_border_of_another_value_stays() -> None:
    net = Net(2)
    pads = net.graph.const([0, 0, 0, 0, 0, 0, 1, 1])
    padded = net.graph.add("Pad", ["x", pads, net.graph.const(np.float32(1))])
    net.output(net.conv(padded, 3, 4), size=9)
    channels.fold_pads(net.graph)
    assert [node.op for node in net.graph.nodes].count("Pad") == 1


@pytest.mark.parametrize("interleaved", [True, False])
@pytest.mark.parametrize(("offset", "order"), [(0.0, "RGB"), (127.5, "RGB"), (0.0, "BGR")])
def test_bytes_go_in_as_they_are(offset: float, order: str, interleaved: bool) -> None:
    net = Net(4)
    graph = net.output(net.conv("x", 3, 6, kernel=3))
    image = net.rng.integers(0, 256, (2, 8, 8, 3)).astype(np.uint8)
    ordered = image[..., ::-1] if order == "BGR" else image
    floats = ((ordered.astype(np.float32) - offset) / 255).transpose(0, 3, 1, 2)
    expected = run(graph, x=np.ascontiguousarray(floats))["y"]
    images.take_bytes(graph, images.Pixels(scale=1 / 255, offset=offset, order=order), interleaved=interleaved)
    np.testing.assert_allclose(run(graph, image=image)["y"], expected, atol=1e-5)


def test_only_an_image_network_takes_bytes() -> None:
    net = Net(5)
    graph = net.output(net.graph.add("Relu", ["x"]))
    with pytest.raises(ModelError, match="starts with one convolution"):
        images.take_bytes(graph, images.Pixels(scale=1.0), interleaved=True)
