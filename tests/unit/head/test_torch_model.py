"""The head in numpy and in torch does what is written of it, and its gradients are those of finite differences."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import cv2
import numpy as np
import pytest

from mien_models.head import GAZE_RANGE, Head, HeadData, Identity, head_pose, torso_pose
from mien_models.head.model.head import FARTHEST
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


def by_hand(data: HeadData, values: dict[str, np.ndarray]) -> np.ndarray:
    """(V, 3) vertices as the README and the docstrings of `Head` and `Identity` tell, one term after the other."""
    code, eyes, mobility = values["code"], values["eyes"], float(values["mobility"])

    def stops(x: float) -> tuple[float, float, float]:
        return max(-x, 0.0), 1 - abs(x), max(x, 0.0)

    face, genders = data.base.copy(), (1 - code[1], code[1])
    for e, g, a in itertools.product(range(3), range(2), range(3)):
        face += code[2 + e] * genders[g] * stops(code[0])[a] * data.ethnic[6 * e + 3 * g + a]
    for g, a, w in itertools.product(range(2), range(3), range(3)):
        face += genders[g] * stops(code[0])[a] * stops(code[5])[w] * data.universal[9 * g + 3 * a + w]
    for entry, displacement in zip(code[6:], data.local, strict=True):
        face += entry * displacement

    moved = face.copy()
    for name, weight, displacement in zip(BLENDSHAPES, values["weights"], data.expression, strict=True):
        side = 0 if name.endswith("Left") else 1
        reach = 1 + mobility * next((v for key, v in FARTHEST.items() if name.startswith(key)), 0.0)
        if name.startswith("eyeLook"):
            direction = name.removeprefix("eyeLook").removesuffix(("Left", "Right")[side])
            outwards = eyes[side, 0] if side == 0 else -eyes[side, 0]  # yaw is to the person's left
            angle = {"Out": outwards, "In": -outwards, "Up": eyes[side, 1], "Down": -eyes[side, 1]}[direction]
            moved += max(angle, 0) / GAZE_RANGE[direction] * displacement
        elif name.startswith("eyeBlink"):
            upper, lower = data.lids[side]
            gap = (face[upper, 2] - face[lower, 2]).mean() + 3e-4  # lids that are shut overlap by 0.3 mm
            moved += weight * gap / (displacement[lower, 2] - displacement[upper, 2]).mean() * displacement
        elif name == "browInnerUp":
            for brow, sign in ((0, 1), (1, -1)):  # each side its own part, which blend over 24 mm
                t = np.clip(0.5 + sign * data.base[:, 1] / 0.0264, 0, 1)[:, None]
                moved += values["inner_brows"][brow] * reach * (3 * t**2 - 2 * t**3) * displacement
        else:
            moved += weight * reach * displacement
        if name.startswith("browDown"):  # a raised inner brow takes 60 % of the way down back
            moved[:, 2] -= 0.6 * values["inner_brows"][side] * weight * reach * displacement[:, 2]

    for side, (first, last) in enumerate(((data.eyes[0], data.eyes[1]), (data.eyes[1], len(moved)))):
        yaw, pitch = np.arcsin(0.8 * np.sin(eyes[side]))  # the eyeballs are larger than human ones
        centre = moved[first:last].mean(0)
        turn = cv2.Rodrigues(np.array([0.0, 0.0, yaw]))[0] @ cv2.Rodrigues(np.array([0.0, -pitch, 0.0]))[0]
        moved[first:last] = (moved[first:last] - centre) @ turn.T + centre

    with_head, with_shoulders = (
        np.array([values[name][:3, :3] @ point + values[name][:3, 3] for point in moved]) for name in ("pose", "torso")
    )
    return data.follow[:, None] * with_head + (1 - data.follow[:, None]) * with_shoulders


def test_both_do_what_is_written() -> None:
    from mien_models.head.model.in_torch import TorchHead

    values, data = arguments(), tiny_head()
    expected = by_hand(data, values)
    np.testing.assert_allclose(Head(data).vertices(*values.values()), expected, atol=1e-13)
    twin = TorchHead(data).vertices(**{name: torch.tensor(v) for name, v in values.items()})
    np.testing.assert_allclose(twin.numpy(), expected, atol=1e-13)


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
