"""Change a network's input from normalised NCHW floats to camera bytes: (N, H, W, 3) uint8 RGB."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mien_models.convert.graph import BATCH, Graph, Node
from mien_models.errors import ModelError

IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Pixels:
    """The pixel format that a network expects: (byte - offset) * scale, channels in this order."""

    scale: float
    offset: float = 0.0
    order: str = "RGB"


def take_bytes(graph: Graph, pixels: Pixels, *, interleaved: bool) -> None:
    """Replace the single NCHW float input by `image`.

    The scale goes into the first convolution's weights. With `interleaved` that convolution
    reads the rows of bytes directly, as one channel of width 3 W, without a transpose; this is
    faster on CPUs. Otherwise the image is transposed first, which is faster on accelerators.
    """
    graph.sort()
    (name, (_, (_, channels, height, width))), *others = graph.inputs.items()
    stems = [node for node in graph.nodes if name in node.inputs]
    if others or len(stems) != 1 or stems[0].op != "Conv":
        raise ModelError("only a network that starts with one convolution of one image can take bytes")
    stem = stems[0]
    del graph.inputs[name]
    graph.inputs[IMAGE] = np.dtype(np.uint8), (BATCH, height, width, channels)
    kernel = graph.constants[stem.inputs[1]].astype(np.float64) * pixels.scale
    if pixels.order == "BGR":
        kernel = kernel[:, ::-1]

    floats = graph.add("Cast", [IMAGE], to=1)
    if pixels.offset:
        floats = graph.add("Sub", [floats, graph.const(np.float32(pixels.offset))])
    if interleaved:
        # Zeros in a Reshape copy axes, so that shape inference keeps N and buffers can be reused in place.
        floats = graph.add("Reshape", [floats, graph.const([0, 0, -1])])
        floats = graph.add("Unsqueeze", [floats, graph.const([1])])
        kernel = kernel.transpose(0, 2, 3, 1).reshape(len(kernel), 1, kernel.shape[2], -1)
        _stretch(stem, int(channels))
    else:
        floats = graph.add("Transpose", [floats], perm=[0, 3, 1, 2])
    stem.inputs[0] = floats
    stem.inputs[1] = graph.const(kernel.astype(np.float32), "kernel")


def _stretch(stem: Node, channels: int) -> None:
    """Multiply a convolution's horizontal geometry by the channel count."""
    top, left, bottom, right = stem.attrs["pads"]
    stem.attrs["pads"] = [top, left * channels, bottom, right * channels]
    stem.attrs["strides"] = [stem.attrs["strides"][0], stem.attrs["strides"][1] * channels]
    stem.attrs["kernel_shape"] = [stem.attrs["kernel_shape"][0], stem.attrs["kernel_shape"][1] * channels]
