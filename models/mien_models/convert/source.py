"""A network in its published form: NHWC tensors, TensorFlow operators, constants as float32."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor: its stored name, its shape with batch 1, and its numbers if it is a constant."""

    name: str
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    data: Array | None = None


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator: TFLite kind, tensor indices (-1 for an omitted input), options by name."""

    kind: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A whole network, with operators in execution order."""

    tensors: tuple[Tensor, ...]
    operators: tuple[Operator, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]

    def constant(self, index: int) -> Array:
        """The numbers of a constant tensor; raises ValueError if it is computed at run time."""
        data = self.tensors[index].data
        if data is None:
            raise ValueError(f"tensor {self.tensors[index].name!r} is not a constant")
        return data
