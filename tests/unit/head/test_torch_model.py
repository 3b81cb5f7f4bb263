"""The torch twin: the same numbers, and gradients that finite differences confirm."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from mien_models.head import Head, Identity, head_pose, torso_pose
from mien_models.spaces.arkit import BLENDSHAPES

from .tiny import tiny_head

torch = pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")


def arguments() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(3)
    # Away from 0, where age and weight have a kink.
    pose = head_pose(0.3, 0.2, -0.1)
    return {
        "code": Identity.of({"age": 0.3, "masculinity": 0.4, "weight": -0.3}).code + 0.0,
        "weights": rng.uniform(0.1, 0.9, len(BLENDSHAPES)),
        "eyes": rng.uniform(0.1, 0.3, (2, 2)) * [[1, -1], [-1, 1]],
        "pose": pose,
        "torso": torso_pose(pose),
        "inner_brows": rng.uniform(0.1, 0.9, 2),
        "mobility": np.array(0.6),
    }


def test_same_numbers() -> None:
    from mien_models.head.model.in_torch import TorchHead

    values = arguments()
    data = tiny_head()
    twin = TorchHead(data).vertices(**{name: torch.tensor(v) for name, v in values.items()})
    expected = Head(data).vertices(*values.values())
    np.testing.assert_allclose(twin.numpy(), expected, atol=1e-14)


@pytest.mark.parametrize("name", ["code", "weights", "eyes", "pose", "torso", "inner_brows", "mobility"])
def test_gradients(name: str) -> None:
    from mien_models.head.model.in_torch import TorchHead

    values = arguments()
    data = tiny_head()
    weigh = np.random.default_rng(4).normal(size=data.base.shape)
    with_eyes = {**values, "eyes": None, "inner_brows": None} if name == "weights" else values

    tensors = {key: None if v is None else torch.tensor(v) for key, v in with_eyes.items()}
    tensors[name].requires_grad_()
    (TorchHead(data).vertices(**tensors) * torch.tensor(weigh)).sum().backward()

    head = Head(data)
    head.weights = lambda w: w  # type: ignore[method-assign,assignment]
    head._eyes = lambda e: e  # type: ignore[method-assign,assignment]

    def loss(value: np.ndarray) -> float:
        return float((head.vertices(*{**with_eyes, name: value}.values()) * weigh).sum())

    np.testing.assert_allclose(tensors[name].grad.numpy(), finite_differences(loss, values[name]), atol=1e-8)


def finite_differences(f: Callable[[np.ndarray], float], x: np.ndarray, step: float = 1e-6) -> np.ndarray:
    slopes = np.zeros_like(x)
    for i in np.ndindex(*x.shape):
        high, low = x.copy(), x.copy()
        high[i] += step
        low[i] -= step
        slopes[i] = (f(high) - f(low)) / (2 * step)
    return slopes
