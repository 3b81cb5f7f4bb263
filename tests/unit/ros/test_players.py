"""Stages of rigs that are chosen and left while they run."""

from __future__ import annotations

import numpy as np
import pytest
from tests.unit.retarget.faces import rig

from mien.core.types import Header, Rigs, RigState
from mien.retarget.config import RetargetConfig
from mien.retarget.profile import load
from mien.retarget.stage import Stage
from mien.ros.players import Players

STEP_NS = 20_000_000
PROFILES = {name: load(name) for name in ("robot10", "neck2", "vrm1")}
JAW = PROFILES["robot10"].names.index("jaw")


def yawn(stamp_ns: int) -> Rigs:
    return Rigs(Header(stamp_ns), (rig(3, jawOpen=1.0),))


class House:
    """Outputs are the schemas; what is played at each step, and what was closed."""

    def __init__(self) -> None:
        self.closed: list[str] = []
        self.now_ns = 0
        self.players: Players[Stage, str] = Players(lambda stage: stage.description.schema, self.closed.append)

    def choose(self, *schemas: str) -> None:
        self.players.choose(schemas, lambda schema: Stage(RetargetConfig(), PROFILES[schema]))

    def step(self) -> dict[str, Rigs | None]:
        self.now_ns += STEP_NS
        rigs = yawn(self.now_ns)
        made = {p.out: p.ease(rigs.header) if p.leaving else p.stage.step(rigs) for p in self.players}
        self.players.tidy()
        return made


def jaw(rigs: Rigs | None) -> float:
    assert rigs is not None
    return float(rigs.rigs[0].weights[JAW])


def test_a_body_that_is_left_eases_to_neutral_within_its_limits_before_its_topic_goes() -> None:
    house = House()
    house.choose("robot10")
    for _ in range(100):
        made = house.step()
    assert jaw(made["robot10"]) > 0.4
    house.choose("vrm1")
    assert str(house.players) == "robot10 (eases to neutral), vrm1"
    limits, within_s = PROFILES["robot10"].limits, next(iter(house.players)).stage.neutral_within_s
    before, last, steps = np.asarray(made["robot10"].rigs[0].weights, float), made["robot10"], 0  # type: ignore[union-attr]
    while "robot10" in (made := house.step()):
        assert made["vrm1"] is not None
        if made["robot10"] is not None:
            last = made["robot10"]
            now = np.asarray(last.rigs[0].weights, float)
            assert (np.abs(now - before) <= limits.rate * STEP_NS * 1e-9 + 1e-6).all()
            before, steps = now, steps + 1
            assert house.closed == []
    assert last is not None
    assert last.rigs[0].state is RigState.NEUTRAL
    np.testing.assert_allclose(before, limits.neutral, atol=1e-6)
    assert 5 < steps <= within_s * 1e9 / STEP_NS + 2
    assert house.closed == ["robot10"]
    assert str(house.players) == "vrm1"


def test_chosen_again_while_it_eases_it_goes_on_as_it_stands() -> None:
    house = House()
    house.choose("robot10")
    for _ in range(100):
        made = house.step()
    stage = next(iter(house.players)).stage
    house.choose("neck2")
    for _ in range(30):
        made = house.step()
    half = jaw(made["robot10"])
    assert 0 < half < 0.45
    house.choose("robot10", "neck2")
    made = house.step()
    assert jaw(made["robot10"]) == pytest.approx(half, abs=0.2)
    assert [p.stage is stage for p in house.players] == [True, False]
    for _ in range(100):
        made = house.step()
    assert jaw(made["robot10"]) > 0.4
    assert house.closed == []
