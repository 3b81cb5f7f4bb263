"""Rewrite an exported network so that CPUs read less memory; the readings stay the same, but for 8-bit rounding.

One face is so little work that most of its time goes into reading weights and moving single pixels.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import helper, numpy_helper

_BLOCK = 32  # weights that share a scale
_LARGE = 1 << 16  # weights; smaller layers stay as they are
_MIDDLE = 128  # the 8-bit number for 0
_COMPUTE_INT8 = 4  # `accuracy_level` of MatMulNBits
DOMAIN = "com.microsoft"


def columns_to_channels(model: Any) -> None:
    """Let a stem on one channel read its stride's pixels of a row as channels: rows of bytes instead of single bytes.

    In place. A kernel K wide with padding P and stride S covers ⌈(K - P) / S⌉ + ⌈P / S⌉ groups of S pixels; weights
    of pixels that it did not cover are 0. Stems with other strides or sizes stay as they are.
    """
    for conv in [n for n in model.graph.node if n.op_type == "Conv"]:
        found = _weights(model, conv)
        attributes = {a.name: helper.get_attribute_value(a) for a in conv.attribute}
        shape = _shape(model, conv.input[0])
        if found is None or found.shape[1] != 1 or attributes.get("group", 1) != 1 or shape is None:
            continue
        width, (rise, step), pads = found.shape[3], attributes["strides"], attributes["pads"]
        top, left, bottom, right = pads
        if step < 2 or shape[3] % step or (shape[3] + left + right - width) // step + 1 != shape[3] // step:
            continue
        before, after = -(-left // step), -(-(width - left - step) // step)
        wide = np.zeros((*found.shape[:3], step * (before + 1 + after)), found.dtype)
        start = step * before - left
        wide[..., start : start + width] = found
        groups = wide.reshape(len(wide), found.shape[2], -1, step).transpose(0, 3, 1, 2)
        _replace_weights(model, conv, groups)
        name = f"{conv.name}/columns"
        model.graph.initializer.append(
            numpy_helper.from_array(np.array((0, shape[2], shape[3] // step, step), np.int64), f"{name}/shape")
        )
        nodes = [
            helper.make_node("Reshape", [conv.input[0], f"{name}/shape"], [f"{name}/rows"], f"{name}/Reshape"),
            helper.make_node("Transpose", [f"{name}/rows"], [f"{name}/out"], f"{name}/Transpose", perm=[0, 3, 1, 2]),
        ]
        _insert(model, conv, nodes)
        conv.input[0] = f"{name}/out"
        _set(conv, kernel_shape=groups.shape[2:], strides=(rise, 1), pads=(top, before, bottom, after))


def pools_into_convolutions(model: Any) -> None:
    """Make one convolution of a mean of 2×2 pixels and the 1×1 convolution behind it, where sides are even.

    In place.
    """
    users = Counter(i for node in model.graph.node for i in node.input)
    for pool in [n for n in model.graph.node if n.op_type == "AveragePool"]:
        behind = [n for n in model.graph.node if pool.output[0] in n.input]
        shape = _shape(model, pool.input[0])
        even = shape is not None and not (shape[2] % 2 or shape[3] % 2)
        attributes = {a.name: helper.get_attribute_value(a) for a in pool.attribute}
        plain = attributes.get("kernel_shape") == [2, 2] == attributes.get("strides") and not any(
            attributes.get("pads", ())
        )
        if not (even and plain and len(behind) == users[pool.output[0]] == 1 and behind[0].op_type == "Conv"):
            continue
        (conv,) = behind
        found = _weights(model, conv)
        if found is None or found.shape[2:] != (1, 1):
            continue
        _replace_weights(model, conv, np.tile(found / 4, (1, 1, 2, 2)).astype(found.dtype))
        conv.input[0] = pool.input[0]
        _set(conv, kernel_shape=(2, 2), strides=(2, 2), pads=(0, 0, 0, 0))
        model.graph.node.remove(pool)


def eight_bit_layers(model: Any) -> None:
    """Store the weights of large linear layers as 8-bit numbers, each 32 with a scale of their own. In place.

    onnxruntime computes with them as with `MatMulNBits`: each 32 inputs of a face get a scale of their own too, so
    that a reading does not depend on the other faces of a batch.
    """
    changed = False
    for gemm in [n for n in model.graph.node if n.op_type == "Gemm"]:
        attributes = {a.name: helper.get_attribute_value(a) for a in gemm.attribute}
        values = _tensor(model, gemm.input[1])
        if values is None or values.size < _LARGE or not attributes.get("transB") or len(gemm.input) != 3:
            continue
        packed, scales = packed_blocks(values.astype(np.float32))
        name = gemm.name or gemm.output[0]
        model.graph.initializer.extend(
            [
                numpy_helper.from_array(packed, f"{name}/bytes"),
                numpy_helper.from_array(scales.ravel(), f"{name}/scales"),
            ]
        )
        node = helper.make_node(
            "MatMulNBits",
            [gemm.input[0], f"{name}/bytes", f"{name}/scales", "", "", gemm.input[2]],
            [gemm.output[0]],
            name,
            domain=DOMAIN,
            K=values.shape[1],
            N=values.shape[0],
            bits=8,
            block_size=_BLOCK,
            accuracy_level=_COMPUTE_INT8,
        )
        at = list(model.graph.node).index(gemm)
        model.graph.node.remove(gemm)
        model.graph.node.insert(at, node)
        changed = True
    if changed and DOMAIN not in {o.domain for o in model.opset_import}:
        model.opset_import.append(helper.make_opsetid(DOMAIN, 1))
    _tidy(model)


def packed_blocks(values: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Weights (N, K) as bytes (N, B, 32) and scales (N, B), B = ⌈K / 32⌉: weight = scale · (byte - 128)."""
    count = -(-values.shape[1] // _BLOCK)
    blocks = np.zeros((len(values), count * _BLOCK), np.float32)
    blocks[:, : values.shape[1]] = values
    blocks = blocks.reshape(len(values), count, _BLOCK)
    scales = np.abs(blocks).max(2) / (_MIDDLE - 1)
    steps = np.divide(blocks, scales[..., None], out=np.zeros_like(blocks), where=scales[..., None] > 0)
    return (np.rint(steps) + _MIDDLE).astype(np.uint8), scales.astype(np.float32)


def _tidy(model: Any) -> None:
    """Drop tensors, and casts of tensors, that nobody reads any more."""
    used = {i for node in model.graph.node for i in node.input} | {o.name for o in model.graph.output}
    for node in [n for n in model.graph.node if n.op_type == "Cast" and n.output[0] not in used]:
        model.graph.node.remove(node)
    used = {i for node in model.graph.node for i in node.input}
    kept = [t for t in model.graph.initializer if t.name in used]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)


def _tensor(model: Any, name: str) -> NDArray[Any] | None:
    """A constant, also one that is stored as float16 and cast."""
    for node in model.graph.node:
        if node.op_type == "Cast" and node.output[0] == name:
            name = node.input[0]
    return next((numpy_helper.to_array(t) for t in model.graph.initializer if t.name == name), None)


def _weights(model: Any, conv: Any) -> NDArray[np.float32] | None:
    found = _tensor(model, conv.input[1])
    return None if found is None or found.ndim != 4 else found.astype(np.float32)


def _replace_weights(model: Any, conv: Any, values: NDArray[np.float32]) -> None:
    name = f"{conv.name}/weights"
    model.graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
    conv.input[1] = name


def _shape(model: Any, name: str) -> list[int] | None:
    """The shape of a picture, 0 where it is variable; None where it is not known."""
    for value in model.graph.value_info:
        if value.name == name:
            shape = [d.dim_value for d in value.type.tensor_type.shape.dim]
            return shape if len(shape) == 4 and all(shape[2:]) else None
    return None


def _insert(model: Any, before: Any, nodes: list[Any]) -> None:
    at = list(model.graph.node).index(before)
    for node in reversed(nodes):
        model.graph.node.insert(at, node)


def _set(node: Any, **values: Any) -> None:
    kept = [a for a in node.attribute if a.name not in values]
    del node.attribute[:]
    node.attribute.extend(kept)
    node.attribute.extend(helper.make_attribute(name, list(map(int, value))) for name, value in values.items())
