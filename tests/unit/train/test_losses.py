"""Losses against numbers worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models.nets.encoder import Readings  # noqa: E402
from mien_models.spaces.arkit import BLENDSHAPES  # noqa: E402
from mien_models.spaces.facs import AUS  # noqa: E402
from mien_models.train.data import Statistics  # noqa: E402
from mien_models.train.losses import LossConfig, Losses, Tensors  # noqa: E402

S, A = len(BLENDSHAPES), len(AUS)
ONES = LossConfig(
    shapes=1,
    units=1,
    presence=1,
    emotion=1,
    affect=1,
    triplets=1,
    place=1,
    neutral=1,
    sd=1,
    neutral_rows=1,
    triplets_per_face=50,
)
STATISTICS = Statistics(
    np.zeros((478, 2), np.float32),
    np.ones((478, 2), np.float32),
    np.full(S, 0.06, np.float32),
    np.full(A, 0.16, np.float32),
    np.full(956, 0.5, np.float32),
    np.eye(956, 64, dtype=np.float32),
    np.zeros(S, np.float32),
    np.eye(S, 31, dtype=np.float32),
)
SPREAD = 0.35


def losses(config: LossConfig = ONES) -> Any:
    return Losses(config, STATISTICS)


def readings(count: int, **values: Any) -> Readings:
    blank = {
        "shapes": torch.zeros(count, S),
        "units": torch.zeros(count, A),
        "log_sd": torch.zeros(count, S + A),
        "presence": torch.zeros(count, A),
        "emotion": torch.zeros(count, 8),
        "affect": torch.zeros(count, 2),
        "embedding": torch.nn.functional.normalize(torch.ones(count, 32), dim=1),
    }
    return Readings(**{**blank, **values})


def truth(count: int, **values: Any) -> Tensors:
    blank = {
        "shapes": torch.zeros(count, S),
        "units": torch.zeros(count, A),
        "emotion": torch.full((count, 8), 1 / 8),
        "affect": torch.zeros(count, 2),
        "true_landmarks": torch.full((count, 478, 2), 0.5),
        "code": torch.full((count, 3), float("nan")),
        "kind": torch.ones(count, dtype=torch.uint8),
        "person": np.arange(count),
    }
    return Tensors(**{**blank, **values})


def parts(said: Readings, true: Tensors, config: LossConfig = ONES) -> dict[str, float]:
    return {k: float(v.detach()) for k, v in losses(config)(said, true, np.random.default_rng(0)).items()}


def test_rare_shapes_weigh_by_their_spread() -> None:
    said = torch.zeros(1, S)
    said[0, 3] = 0.2
    # One of the shapes is off by 0.2 / (0.06 + 0.04).
    assert parts(readings(1, shapes=said), truth(1))["shapes"] == pytest.approx(4 / S)
    levels = torch.zeros(1, A)
    levels[0, 3] = 0.4
    assert parts(readings(1, units=levels), truth(1))["units"] == pytest.approx(4 / A)


def test_what_is_not_labelled_takes_no_part() -> None:
    shapes, units = torch.zeros(2, S), torch.zeros(2, A)
    shapes[:, 0], units[:, 0] = float("nan"), float("nan")
    wrong = torch.zeros(2, S)
    wrong[:, 0] = 9
    emotion, affect = torch.full((2, 8), float("nan")), torch.full((2, 2), float("nan"))
    said = readings(2, shapes=wrong, units=wrong[:, :A], affect=torch.ones(2, 2))
    out = parts(said, truth(2, shapes=shapes, units=units, emotion=emotion, affect=affect))
    assert out["shapes"] == out["units"] == out["emotion"] == out["affect"] == out["triplets"] == 0
    assert all(np.isfinite(v) for v in out.values())


def test_unlabelled_targets_give_no_gradient() -> None:
    said = torch.zeros(1, A, requires_grad=True)
    units = torch.full((1, A), float("nan"))
    units[0, 1] = 1.0
    sum(
        losses()(readings(1, units=said, presence=said), truth(1, units=units), np.random.default_rng(0)).values()
    ).backward()
    assert torch.isfinite(said.grad).all()
    assert (said.grad != 0).flatten().tolist() == [i == 1 for i in range(A)]


def test_a_unit_is_there_from_a_trace_on() -> None:
    units = torch.tensor([[0.19] * A, [0.21] * A])
    logits = torch.tensor([[-20.0] * A, [20.0] * A])
    assert parts(readings(2, presence=logits), truth(2, units=units))["presence"] < 1e-6
    assert parts(readings(2, presence=-logits), truth(2, units=units))["presence"] > 19


def test_certainty_is_best_where_it_equals_the_error() -> None:
    said = torch.full((1, S), 0.3)
    unit = torch.full((1, A), 0.3)
    values = [
        parts(readings(1, shapes=said, units=unit, log_sd=torch.full((1, S + A), x)), truth(1))["sd"]
        for x in np.log((0.2, 0.3, 0.4))
    ]
    assert min(values) == values[1] == pytest.approx(0.5 + np.log(0.3), abs=1e-5)


def test_certainty_teaches_nothing_but_itself() -> None:
    said, log_sd = torch.full((1, S), 0.3, requires_grad=True), torch.zeros(1, S + A, requires_grad=True)
    losses()(readings(1, shapes=said, log_sd=log_sd), truth(1), np.random.default_rng(0))["sd"].backward()
    assert said.grad is None
    assert log_sd.grad.abs().sum() > 0


def test_soft_targets_of_emotion() -> None:
    target = torch.zeros(1, 8)
    target[0, 2], target[0, 5] = 0.25, 0.75
    logits = torch.zeros(1, 8)
    logits[0, 5] = 2.0
    by_hand = np.log(7 + np.exp(2)) - 0.75 * 2
    assert parts(readings(1, emotion=logits), truth(1, emotion=target))["emotion"] == pytest.approx(by_hand, rel=1e-5)


def faces_of_three() -> tuple[Any, Any]:
    """Six faces: smile, jaw, smile … of three people, and a perfect embedding of them."""
    shapes = torch.zeros(6, S)
    shapes[::2, BLENDSHAPES.index("mouthSmileLeft")] = 1.0
    shapes[1::2, BLENDSHAPES.index("jawOpen")] = 1.0
    place = torch.zeros(6, 32)
    place[::2, 0], place[1::2, 1] = 1.0, 1.0
    return truth(6, shapes=shapes, person=np.array([0, 0, 1, 1, 2, 2])), place


def test_alike_expressions_of_other_people_belong_together() -> None:
    true, place = faces_of_three()
    assert parts(readings(6, embedding=place), true)["triplets"] == pytest.approx(0, abs=1e-6)
    by_person = torch.nn.functional.one_hot(torch.tensor([0, 0, 1, 1, 2, 2]), 32).float()
    assert parts(readings(6, embedding=by_person), true)["triplets"] > 1


def test_one_person_alone_makes_no_triplets() -> None:
    true, place = faces_of_three()
    alone = replace(true, person=np.zeros(6, int))
    assert parts(readings(6, embedding=place), alone)["triplets"] == 0


def test_an_embedding_belongs_where_its_expression_is() -> None:
    """On axes 0 and 1 the square roots of shapes 0 and 1; the pole is the neutral face."""
    shapes = torch.zeros(3, S)
    shapes[1, BLENDSHAPES.index("jawOpen")] = 0.25  # weighs 1
    shapes[2] = float("nan")
    at = SPREAD * 0.5
    place = torch.zeros(3, 32)
    place[:, 31] = 1
    away = at**2 + (1 - math.sqrt(1 - at**2)) ** 2
    assert parts(readings(3, embedding=place), truth(3, shapes=shapes))["place"] == pytest.approx(away / 2)
    place[1, BLENDSHAPES.index("jawOpen")], place[1, 31] = at, math.sqrt(1 - at**2)
    assert parts(readings(3, embedding=place), truth(3, shapes=shapes))["place"] == pytest.approx(0, abs=1e-7)


def test_a_chin_that_moves_by_itself_weighs_four_times() -> None:
    def loss(name: str) -> float:
        shapes = torch.zeros(1, S)
        shapes[0, BLENDSHAPES.index(name)] = 0.1
        return parts(readings(1, shapes=shapes), truth(1))["shapes"]

    assert loss("jawLeft") == pytest.approx(4 * loss("mouthLeft"))


def test_neutral_faces_belong_together() -> None:
    kind = torch.tensor([0, 0, 1], dtype=torch.uint8)
    place = torch.zeros(3, 32)
    place[0, 0], place[1, 1], place[2, 2] = 1, 1, 1
    assert parts(readings(3, embedding=place), truth(3, kind=kind))["neutral"] == pytest.approx(0.5)
    place[1] = place[0]
    assert parts(readings(3, embedding=place), truth(3, kind=kind))["neutral"] == 0


def test_neutral_rows_weigh_more_where_asked() -> None:
    said = readings(1, shapes=torch.full((1, S), 0.1))
    neutral = truth(1, kind=torch.zeros(1, dtype=torch.uint8))
    twice = replace(ONES, neutral_rows=2.0)
    assert parts(said, neutral, twice)["shapes"] == pytest.approx(2 * parts(said, truth(1), twice)["shapes"])


def test_the_adversary_learns_what_the_code_unlearns() -> None:
    torch.manual_seed(0)
    made = Losses(replace(ONES, adversary=1.0), STATISTICS, code=4, identity=3)
    code = torch.randn(5, 4, requires_grad=True)
    true = truth(5, code=torch.randn(5, 3))
    made(replace(readings(5), code=code), true, np.random.default_rng(0))["adversary"].backward()

    def error(code: Any, adversary: Any) -> float:
        return float((torch.nn.functional.linear(code, *adversary) - true.code).square().mean())

    with torch.no_grad():
        weights = [p.detach().clone() for p in made.adversary.parameters()]
        better = [w - 1e-3 * p.grad for w, p in zip(weights, made.adversary.parameters(), strict=True)]
        now = error(code, weights)
        assert error(code, better) < now
        assert error(code - 1e-3 * code.grad, weights) > now


def test_true_places_are_learned_along_their_axes() -> None:
    truth_of_one = torch.full((2, 478, 2), 0.5)
    truth_of_one[0, 0, 0] = 2.5  # the first axis, 2 from the mean
    truth_of_one[0, 100, 0] = 9.0  # along no axis
    truth_of_one[1] = float("nan")
    said = torch.zeros(2, 64)
    said[0, 1] = 1.0
    out = parts(readings(2, geometry=said), truth(2, true_landmarks=truth_of_one), replace(ONES, geometry=1.0))
    assert out["geometry"] == pytest.approx((4 + 1) / 64)
