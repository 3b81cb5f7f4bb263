"""The animate stage: rigs of people become rigs of an avatar, within its limits, and neutral when the face is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mien.animate.config import AnimateConfig
from mien.animate.stage import Stage
from mien.core.geometry import IDENTITY_QUATERNION
from mien.core.schemas import ARKIT52
from mien.core.types import Header, Rig, Rigs, RigState
from mien_models import SessionInfo
from mien_models.animator.avatar import Avatar, Code
from mien_models.animator.shipped import plan
from mien_models.errors import ModelError
from mien_models.spaces import arkit

FRAME_NS = 33_000_000


class Linear:
    """The network without its nonlinear part."""

    info = SessionInfo("animator", "fake", "cpu", "a test")

    def __call__(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        out = inputs["rest"][0] + inputs["features"] @ inputs["start"][0].T
        return {"shares": np.clip(out, 0, 1)}


class Broken(Linear):
    def __call__(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        return {"shares": np.full((len(inputs["features"]), inputs["rest"].shape[1]), np.nan, np.float32)}


class OneSided(Linear):
    """Raises the left corner of the robot's mouth, whatever it sees."""

    def __call__(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        shares = super().__call__(inputs)["shares"].copy()
        shares[:, plan("robot").names.index("lip_corner_left")] += 0.4
        return {"shares": shares}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    robot = plan("robot")
    start = robot.start_matrix()[:, :52] * robot.learned[:, None]
    code = Code(np.zeros(16, np.float32), np.zeros((10, 32), np.float32), start.astype(np.float32))
    robot.with_code(code).write(tmp_path)
    return tmp_path


def stage(folder: Path, network: Any = None, **settings: Any) -> Stage:
    config = AnimateConfig(**{"consistency_hz": 0.0, **settings})
    return Stage(config, str(folder), {"animator": network or Linear()})


def rig(track_id: int = 1, **shapes: float) -> Rig:
    weights = np.zeros(52, np.float32)
    for name, value in shapes.items():
        weights[arkit.INDEX[name]] = value
    return Rig(
        track_id, RigState.TRACKED, arkit.SCHEMA, weights, IDENTITY_QUATERNION, np.zeros((2, 2), np.float32),
        np.ones(7, np.float32), np.zeros(7, np.uint8),
    )  # fmt: skip


def play(stage: Stage, *each: Rig | None) -> list[Rigs]:
    return [stage.step(Rigs(Header((n + 1) * FRAME_NS), () if r is None else (r,))) for n, r in enumerate(each)]


def named(stage: Stage, rigs: Rigs) -> dict[str, float]:
    return dict(zip(stage.description.names, rigs.rigs[0].weights.tolist(), strict=True))


def test_an_open_jaw_opens_that_of_the_robot(folder: Path) -> None:
    robot = stage(folder)
    (out,) = play(robot, rig(jawOpen=0.8))
    assert out.rigs[0].schema == "robot10"
    assert out.rigs[0].state is RigState.TRACKED
    moved = named(robot, out)
    assert moved["jaw"] == pytest.approx(0.36, abs=1e-3)
    assert moved["lid_left"] == pytest.approx(0, abs=1e-6)


def test_both_sides_are_treated_alike(folder: Path) -> None:
    robot = stage(folder, OneSided())
    moved = named(robot, play(robot, rig(jawOpen=0.8))[0])
    assert moved["lip_corner_left"] == pytest.approx(moved["lip_corner_right"])
    assert moved["lip_corner_left"] > 0.1


def test_head_and_gaze_follow_the_person(folder: Path) -> None:
    turned = replace(
        rig(), head=np.array([0, 0, np.sin(0.2), np.cos(0.2)]), gaze=np.full((2, 2), 0.3, np.float32)
    )  # 0.4 rad to the left
    robot = stage(folder)
    moved = named(robot, play(robot, turned)[0])
    assert moved["neck_yaw"] == pytest.approx(0.4, abs=1e-3)
    assert moved["gaze_yaw"] == pytest.approx(0.3, abs=1e-3)


def test_what_goes_in_in_another_order_comes_out_the_same(folder: Path) -> None:
    robot = stage(folder)
    order = list(range(51, -1, -1))
    robot.describe(replace(ARKIT52, names=tuple(ARKIT52.names[i] for i in order)))
    mixed = rig(jawOpen=0.8)
    moved = named(robot, play(robot, replace(mixed, weights=mixed.weights[order]))[0])
    assert moved["jaw"] == pytest.approx(0.36, abs=1e-3)


def test_a_lost_face_is_held_and_eased_to_neutral_and_ends(folder: Path) -> None:
    robot = stage(folder, hold_s=0.1, ease_s=0.2)
    outs = play(robot, rig(jawOpen=1.0), *[None] * 20)
    jaws = [named(robot, out)["jaw"] for out in outs if out.rigs]
    assert jaws[0] == pytest.approx(jaws[1])  # held
    assert all(a >= b - 1e-6 for a, b in pairwise(jaws))
    assert jaws[-1] == pytest.approx(0, abs=1e-6)
    states = [out.rigs[0].state for out in outs if out.rigs]
    assert states.count(RigState.NEUTRAL) == 1
    assert not outs[-1].rigs


@pytest.mark.parametrize("bad", ["nan", "short", "schema"])
def test_what_is_no_rig_of_a_person_leads_to_neutral(folder: Path, bad: str) -> None:
    robot = stage(folder, hold_s=0.0, ease_s=0.1)
    good = rig(jawOpen=1.0)
    wrong = {
        "nan": replace(good, weights=np.full(52, np.nan, np.float32)),
        "short": replace(good, weights=np.ones(7, np.float32)),
        "schema": replace(good, schema="vrm1"),
    }[bad]
    outs = play(robot, good, *[wrong] * 10)
    weights = np.array([out.rigs[0].weights for out in outs if out.rigs])
    assert np.isfinite(weights).all()
    np.testing.assert_allclose(weights[-1], robot.avatar.neutral, atol=1e-6)
    assert {"nan": "", "short": "carries 7 weights", "schema": "rigs are of vrm1"}[bad] in robot.problem


def test_single_shapes_without_a_number_count_as_at_rest(folder: Path) -> None:
    robot = stage(folder)
    part = rig(jawOpen=0.8)
    part.weights[arkit.INDEX["eyeBlinkLeft"]] = np.nan
    moved = named(robot, play(robot, part)[0])
    assert moved["jaw"] == pytest.approx(0.36, abs=1e-3)
    assert moved["lid_left"] == pytest.approx(0, abs=1e-6)


def test_a_network_that_gives_no_numbers_leaves_the_avatar_at_rest(folder: Path) -> None:
    robot = stage(folder, Broken())
    np.testing.assert_allclose(play(robot, rig(jawOpen=1.0))[0].rigs[0].weights, robot.avatar.neutral, atol=1e-6)


def test_nothing_leaves_its_limits(folder: Path) -> None:
    robot, rng = stage(folder, smooth=True), np.random.default_rng(0)
    outs = play(robot, *(replace(rig(), weights=rng.normal(0.5, 2, 52).astype(np.float32)) for _ in range(30)))
    weights = np.array([out.rigs[0].weights for out in outs])
    assert (weights >= robot.avatar.lower - 1e-6).all()
    assert (weights <= robot.avatar.upper + 1e-6).all()


def test_each_face_has_an_avatar(folder: Path, tmp_path: Path) -> None:
    replace(Avatar.read(folder), single=False).write(tmp_path / "toy")
    toy = stage(tmp_path / "toy")
    out = toy.step(Rigs(Header(FRAME_NS), (rig(3, jawOpen=1.0), rig(7))))
    assert [r.track_id for r in out.rigs] == [3, 7]
    assert out.rigs[0].weights[-1] > out.rigs[1].weights[-1]


def test_an_avatar_without_a_code_is_refused_with_the_mend(tmp_path: Path) -> None:
    plan("robot").write(tmp_path)
    with pytest.raises(ModelError, match="robot has no code yet; learn it"):
        stage(tmp_path)


def test_an_avatar_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelError, match="no avatar 'nobody'"):
        stage(Path("nobody"))


class Loud(Linear):
    """Thrice what the table does."""

    def __call__(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        out = inputs["rest"][0] + 3 * inputs["features"] @ inputs["start"][0].T
        return {"shares": np.clip(out, 0, 1)}


def still(around: float, noise: float, count: int = 60) -> list[Rig]:
    rng = np.random.default_rng(3)
    return [rig(jawOpen=v) for v in np.clip(around + rng.uniform(-noise, noise, count), 0, 1)]


@pytest.mark.parametrize("around", [0.0, 0.1])
def test_noise_of_a_still_face_is_not_amplified_and_movements_are_not_delayed(folder: Path, around: float) -> None:
    faces = still(around, 0.008)

    def trembles(network: Any, **settings: float) -> float:
        robot = stage(folder, network, **settings)
        return float(np.std([named(robot, out)["jaw"] for out in play(robot, *faces)]))

    assert trembles(Loud()) < trembles(Linear(), steady=0.0)
    assert trembles(Loud(), steady=0.0) > 2 * trembles(Linear(), steady=0.0)
    loud = stage(folder, Loud())
    faces = [rig(), rig(jawOpen=0.3), rig(jawOpen=0.02), rig(), *[rig(jawOpen=0.3)] * 300]
    moved = [named(loud, out)["jaw"] for out in play(loud, *faces)]
    full = 0.45 * 0.9
    assert named(loud, play(stage(folder, Loud()), rig(), rig(jawOpen=1.0))[1])["jaw"] == pytest.approx(0.45)
    assert full - 0.45 * 0.08 <= moved[1] < full - 0.45 * 0.07  # at once, but for the play
    assert moved[2] > 0
    assert moved[3] == pytest.approx(0, abs=1e-6)  # at rest it is at rest
    assert moved[-1] == pytest.approx(full, abs=5e-3)  # and it catches up


def test_a_robot_follows_one_face_and_moves_on_to_the_next_without_a_jump(folder: Path) -> None:
    robot = stage(folder)
    both, second = (rig(3, jawOpen=1.0), rig(7)), (rig(7),)
    seen = [both, both, second, *[second] * 10]
    outs = [robot.step(Rigs(Header((n + 1) * FRAME_NS), rigs)) for n, rigs in enumerate(seen)]
    assert [out.rigs[0].track_id for out in outs[:3]] == [3, 3, 7]
    assert {len(out.rigs) for out in outs} == {1}
    jaws = [named(robot, out)["jaw"] for out in outs]
    assert jaws[1] == pytest.approx(0.45)
    assert 0.25 < jaws[2] <= 0.45
    assert jaws[-1] == pytest.approx(0, abs=1e-6)


def test_a_robot_may_be_told_whom_to_follow(folder: Path) -> None:
    robot = stage(folder, track_id=7)
    out = robot.step(Rigs(Header(FRAME_NS), (rig(3, jawOpen=1.0), rig(7))))
    assert [r.track_id for r in out.rigs] == [7]
    assert not robot.step(Rigs(Header(2 * FRAME_NS), ())).rigs[0].weights.any()


def test_an_avatar_that_joins_comes_from_neutral_without_a_jump_and_faces_after_it_at_once(folder: Path) -> None:
    replace(Avatar.read(folder), single=False).write(folder / "toy")
    toy = Stage(AnimateConfig(consistency_hz=0.0), str(folder / "toy"), {"animator": Linear()}, joins=True)
    empty, both = (), (rig(3, jawOpen=1.0), rig(7, jawOpen=1.0))
    seen = [empty, both[:1], *[both[:1]] * 9, both]
    outs = [toy.step(Rigs(Header((n + 1) * FRAME_NS), rigs)) for n, rigs in enumerate(seen)]
    jaws = [named(toy, out)["jaw"] for out in outs[1:]]
    assert jaws[0] < 0.01
    assert all(0 <= b - a < 0.15 for a, b in pairwise(jaws))
    assert jaws[-1] == pytest.approx(0.45)
    late = outs[-1].rigs[1]
    assert late.track_id == 7
    assert late.weights[toy.avatar.names.index("jaw")] == pytest.approx(0.45)


def test_stages_share_networks(folder: Path) -> None:
    first = stage(folder)
    second = Stage(AnimateConfig(consistency_hz=0.0), str(folder), first.sessions)
    assert second.sessions == first.sessions
