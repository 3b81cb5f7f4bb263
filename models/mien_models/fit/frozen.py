"""Run an ONNX network in torch, so that gradients reach its inputs. Its weights are constants."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from mien_models.errors import ModelError


class Frozen:
    """A network of our own (opset 17). Operators that these networks do not have are not supported."""

    def __init__(self, name: str, data: bytes) -> None:
        """Raises ModelError where the file `data` of the network cannot be read or has another operator."""
        import onnx
        from onnx import helper, numpy_helper

        try:
            graph = onnx.load_model_from_string(data).graph
        except Exception as error:  # onnx and protobuf raise types of their own
            raise ModelError(f"{name} is no ONNX file: {error}; reinstall mien") from error
        self._constants = {t.name: torch.as_tensor(numpy_helper.to_array(t).copy()) for t in graph.initializer}
        self._nodes: list[tuple[str, list[str], list[str], dict[str, Any]]] = []
        for node in graph.node:
            attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
            if node.op_type in ("Constant", "ConstantOfShape"):
                attributes = {"value": torch.as_tensor(numpy_helper.to_array(attributes["value"]).copy())}
            if node.op_type == "Constant":
                self._constants[node.output[0]] = attributes["value"]
            elif node.op_type not in _OPERATORS:
                raise ModelError(f"{name} has the operator {node.op_type}; add it to {__name__}")
            else:
                self._nodes.append((node.op_type, list(node.input), list(node.output), attributes))
        # Casts of stored weights are done once.
        left = []
        for kind, inputs, outputs, attributes in self._nodes:
            if kind == "Cast" and inputs[0] in self._constants:
                self._constants[outputs[0]] = _OPERATORS[kind]([self._constants[inputs[0]]], attributes)
            else:
                left.append((kind, inputs, outputs, attributes))
        self._nodes = left

    def __call__(self, inputs: Mapping[str, Tensor], wanted: tuple[str, ...]) -> dict[str, Tensor]:
        """Outputs by name. Pictures may be float tensors."""
        values: dict[str, Tensor] = {**self._constants, **inputs}
        for kind, names, outputs, attributes in self._nodes:
            if all(name in values for name in wanted):
                break
            values[outputs[0]] = _OPERATORS[kind]([values[n] if n else None for n in names], attributes)
        return {name: values[name] for name in wanted}


def _conv(x: list[Any], a: Mapping[str, Any]) -> Tensor:
    top, left, bottom, right = a.get("pads", (0, 0, 0, 0))
    padded = x[0] if (top, left) == (bottom, right) else functional.pad(x[0], (left, right, top, bottom))
    padding = (top, left) if (top, left) == (bottom, right) else (0, 0)
    bias = x[2] if len(x) > 2 else None
    return functional.conv2d(padded, x[1], bias, tuple(a["strides"]), padding, tuple(a["dilations"]), a["group"])


def _pad(x: list[Any], a: Mapping[str, Any]) -> Tensor:
    pads = x[1].tolist()
    half = len(pads) // 2
    by_axis = [size for i in reversed(range(half)) for size in (pads[i], pads[half + i])]  # torch: the last axis first
    value = float(x[2]) if len(x) > 2 and x[2] is not None else 0.0
    return functional.pad(x[0], by_axis, a.get("mode", b"constant").decode(), value)


def _pool(x: list[Any], a: Mapping[str, Any]) -> Tensor:
    return functional.avg_pool2d(
        x[0], tuple(a["kernel_shape"]), tuple(a["strides"]), tuple(a["pads"][:2]), bool(a.get("ceil_mode", 0)),
        bool(a.get("count_include_pad", 0)),
    )  # fmt: skip


def _gemm(x: list[Any], a: Mapping[str, Any]) -> Tensor:
    left = x[0].T if a.get("transA") else x[0]
    right = x[1].T if a.get("transB") else x[1]
    out = a.get("alpha", 1.0) * (left @ right)
    return out if len(x) < 3 else out + a.get("beta", 1.0) * x[2]


def _slice(x: list[Any], a: Mapping[str, Any]) -> Tensor:
    out = x[0]
    starts, ends = x[1].tolist(), x[2].tolist()
    axes = x[3].tolist() if len(x) > 3 and x[3] is not None else range(len(starts))
    steps = x[4].tolist() if len(x) > 4 and x[4] is not None else [1] * len(starts)
    for start, end, axis, step in zip(starts, ends, axes, steps, strict=True):
        if step < 0:  # torch takes no negative step
            taken = range(*slice(start, end, step).indices(out.shape[axis]))
            out = out.index_select(axis, torch.tensor(list(taken), dtype=torch.int64, device=out.device))
            continue
        at = [slice(None)] * out.ndim
        at[axis] = slice(start, min(end, out.shape[axis]), step)
        out = out[tuple(at)]
    return out


def _gather(x: list[Any], a: Mapping[str, Any]) -> Tensor:
    axis, index = a.get("axis", 0), x[1].long()
    found = torch.index_select(x[0], axis, index.reshape(-1))
    return found.reshape([*x[0].shape[:axis], *index.shape, *x[0].shape[axis + 1 :]])


def _reshape(x: list[Any], a: Mapping[str, Any]) -> Tensor:
    return x[0].reshape([x[0].shape[i] if size == 0 else size for i, size in enumerate(x[1].tolist())])


def _axes(x: list[Any], a: Mapping[str, Any]) -> list[int]:
    axes = a.get("axes") or (x[1].tolist() if len(x) > 1 and x[1] is not None else range(x[0].ndim))
    return list(axes)


def _unsqueeze(x: list[Any], a: Mapping[str, Any]) -> Tensor:
    out = x[0]
    for axis in sorted(_axes(x, a)):
        out = out.unsqueeze(axis)
    return out


def _cast(x: list[Any], a: Mapping[str, Any]) -> Tensor:
    return x[0].to(_TYPES[a["to"]]) if a["to"] in _TYPES else x[0]


def _clip(x: list[Any], a: Mapping[str, Any]) -> Tensor:
    low, high = (x[i] if len(x) > i else None for i in (1, 2))
    return torch.clamp(x[0], low, high)


def _expand(x: list[Any], a: Mapping[str, Any]) -> Tensor:
    return x[0].broadcast_to(torch.broadcast_shapes(x[0].shape, tuple(x[1].tolist())))


# TensorProto types.
_TYPES = {1: torch.float32, 6: torch.int32, 7: torch.int64, 9: torch.bool, 10: torch.float16, 11: torch.float64}
_OPERATORS: dict[str, Callable[[list[Any], Mapping[str, Any]], Tensor]] = {
    "Abs": lambda x, a: x[0].abs(),
    "Add": lambda x, a: x[0] + x[1],
    "And": lambda x, a: x[0] & x[1],
    "AveragePool": _pool,
    "Cast": _cast,
    "Clip": _clip,
    "Concat": lambda x, a: torch.cat(x, a["axis"]),
    "ConstantOfShape": lambda x, a: a["value"].reshape(()).expand(tuple(x[0].tolist())),
    "Conv": _conv,
    "Div": lambda x, a: torch.div(x[0], x[1]) if x[0].is_floating_point() else x[0] // x[1],
    "Exp": lambda x, a: x[0].exp(),
    "Expand": _expand,
    "Flatten": lambda x, a: x[0].reshape(math.prod(x[0].shape[: a.get("axis", 1)]), -1),
    "Gather": _gather,
    "Gemm": _gemm,
    "GlobalAveragePool": lambda x, a: x[0].mean((2, 3), keepdim=True),
    "Greater": lambda x, a: x[0] > x[1],
    "Less": lambda x, a: x[0] < x[1],
    "Log": lambda x, a: x[0].log(),
    "MatMul": lambda x, a: x[0] @ x[1],
    "Mul": lambda x, a: x[0] * x[1],
    "Neg": lambda x, a: -x[0],
    "Pad": _pad,
    "Pow": lambda x, a: x[0] ** x[1],
    "ReduceL2": lambda x, a: torch.linalg.vector_norm(x[0], dim=_axes(x, a), keepdim=bool(a.get("keepdims", 1))),
    "ReduceMean": lambda x, a: x[0].mean(_axes(x, a), keepdim=bool(a.get("keepdims", 1))),
    "ReduceMin": lambda x, a: x[0].amin(_axes(x, a), keepdim=bool(a.get("keepdims", 1))),
    "ReduceSum": lambda x, a: x[0].sum(_axes(x, a), keepdim=bool(a.get("keepdims", 1))),
    "Relu": lambda x, a: x[0].relu(),
    "Reshape": _reshape,
    "Shape": lambda x, a: torch.tensor(x[0].shape),
    "Sigmoid": lambda x, a: x[0].sigmoid(),
    "Slice": _slice,
    "Softmax": lambda x, a: x[0].softmax(a.get("axis", -1)),
    "Softplus": lambda x, a: functional.softplus(x[0]),
    "Sqrt": lambda x, a: x[0].sqrt(),
    "Sub": lambda x, a: x[0] - x[1],
    "Tanh": lambda x, a: x[0].tanh(),
    "Transpose": lambda x, a: x[0].permute(*a["perm"]),
    "Unsqueeze": _unsqueeze,
    "Where": lambda x, a: torch.where(x[0], x[1], x[2]),
}
