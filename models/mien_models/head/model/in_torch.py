"""The head in torch: the same formula, differentiable in every parameter."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from mien_models.head.model import formula
from mien_models.head.model.data import HeadData
from mien_models.head.model.formula import Basis
from mien_models.head.model.head import basis


class TorchHead:
    """Head on tensors. Nothing is checked; arguments and shapes are those of `Head`."""

    def __init__(self, data: HeadData, device: Any = "cpu", dtype: Any = torch.float64) -> None:
        self.data = data
        arrays: list[Any] = [
            torch.as_tensor(value, device=device, dtype=dtype) if isinstance(value, np.ndarray) else value
            for value in basis(data)
        ]
        self._basis = Basis(*arrays)

    def neutral(self, code: Any) -> Any:
        """(..., V, 3) points of faces at rest, of identity codes (..., D)."""
        return formula.neutral(torch, self._basis, code)

    def animate(
        self,
        face: Any,
        weights: Any,
        eyes: Any = None,
        pose: Any = None,
        torso: Any = None,
        inner_brows: Any = None,
        mobility: Any = None,
    ) -> Any:
        """(..., V, 3) points of faces at rest (..., V, 3) after they have moved; see `Head.animate`."""
        return formula.animate(torch, self._basis, face, weights, eyes, pose, torso, inner_brows, mobility)

    def vertices(self, code: Any, *motion: Any, **named: Any) -> Any:
        """(..., V, 3) points of faces of identity codes (..., D); the other arguments are those of `animate`."""
        return self.animate(self.neutral(code), *motion, **named)
