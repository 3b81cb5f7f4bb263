"""An avatar is data: it survives its file, and one that does not fit together is refused by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mien_models import SessionInfo
from mien_models.animator.avatar import Avatar, Code
from mien_models.animator.pairs import sample_shares
from mien_models.animator.player import Player
from mien_models.animator.shipped import NAMES, add, plan, shipped
from mien_models.avatars.robot import JOINTS
from mien_models.errors import ModelError
from mien_models.spaces.arkit import BLENDSHAPES, INDEX


def test_the_five_are_described() -> None:
    counts = {name: plan(name).count for name in NAMES}
    assert counts == {"human": 52, "second": 52, "toon": 52, "robot": 10, "presets": 17}
    assert len({plan(name).schema for name in NAMES}) == 5
    robot = plan("robot")
    assert robot.upper.tolist() == pytest.approx([joint.upper_rad for joint in JOINTS])
    assert [name for name, learned in zip(robot.names, robot.learned, strict=True) if not learned] == [
        "neck_yaw", "gaze_pitch", "gaze_yaw",
    ]  # fmt: skip


def test_a_smile_starts_at_the_corners_of_the_robot_and_at_the_preset_of_happiness() -> None:
    smile = np.zeros(57)
    smile[[INDEX["mouthSmileLeft"], INDEX["mouthSmileRight"], INDEX["cheekSquintLeft"], INDEX["cheekSquintRight"]]] = (
        0.9
    )
    robot = plan("robot")
    moved = dict(zip(robot.names, robot.start_matrix() @ smile, strict=True))
    assert moved["lip_corner_left"] == moved["lip_corner_right"] > 0.4
    presets = plan("presets")
    moved = dict(zip(presets.names, presets.start_matrix() @ smile, strict=True))
    assert max(moved, key=lambda name: moved[name]) == "happy"


def test_both_sides_are_mirrored() -> None:
    robot = plan("robot")
    assert robot.names[robot.mirror[robot.names.index("lid_left")]] == "lid_right"
    assert robot.mirror[robot.names.index("jaw")] == robot.names.index("jaw")


def test_shares_are_of_the_range(tmp_path: Path) -> None:
    robot = plan("robot")
    np.testing.assert_allclose(robot.from_shares(robot.rest), robot.neutral, atol=1e-6)
    np.testing.assert_allclose(robot.to_shares(robot.upper), 1)
    with pytest.raises(ModelError, match="robot has 10 targets"):
        robot.to_shares(np.zeros(9))


def test_an_avatar_survives_its_file(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    code = Code(*(rng.normal(size=shape).astype(np.float32) for shape in ((16,), (10, 32), (10, 52))))
    plan("robot").with_code(code).write(tmp_path)
    read = Avatar.read(tmp_path)
    assert read.names == plan("robot").names
    assert read.start == {k: dict(v) for k, v in plan("robot").start.items()}
    assert read.code is not None
    np.testing.assert_allclose(read.code.queries, code.queries, atol=1e-4)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"format": 9}, "format 9"),
        ({"name": "No Topic"}, "becomes a topic"),
        ({"targets": []}, "need names"),
        ({"code": {"style": [0.0] * 16, "queries": [[0.0] * 32] * 9, "start": [[0.0] * 52] * 10}}, "queries must be"),
        (
            {"code": {"style": [float("nan")] * 16, "queries": [[0.0] * 32] * 10, "start": [[0.0] * 52] * 10}},
            "style has 16 values",
        ),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, change: dict[str, object], reason: str) -> None:
    file = plan("robot").write(tmp_path)
    file.write_text(json.dumps({**json.loads(file.read_text()), **change}))
    with pytest.raises(ModelError, match=reason):
        Avatar.read(tmp_path)


class Smiles:
    """Plays the first target, whatever it sees."""

    info = SessionInfo("animator", "fake", "cpu", "a test")

    def __call__(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        return {"shares": np.eye(17, dtype=np.float32)[:1].repeat(len(inputs["features"]), 0)}


def test_pairs_of_an_avatar_whose_code_is_known_are_drawn_as_it_is_played() -> None:
    presets = plan("presets")
    code = Code(*(np.zeros(shape, np.float32) for shape in ((16,), (17, 32), (17, 52))))
    player = Player(presets.with_code(code), Smiles())
    played, by_start = sample_shares(presets, 0, 60, player=player), sample_shares(presets, 0, 60)
    assert not played[0].any()
    many = (played > 0.8)[:, 0]
    assert 15 < many.sum() < 55  # half of them, varied, and some at random
    assert len(np.unique(played[many], axis=0)) == many.sum()
    assert (by_start > 0.8)[:, 0].sum() < 15


def test_an_unknown_avatar_is_named() -> None:
    with pytest.raises(ModelError, match=r"no avatar 'cat'.*human, second"):
        shipped("cat")
    with pytest.raises(ModelError, match="no avatar 'cat'"):
        plan("cat")


def test_a_file_without_morph_targets_makes_no_avatar(tmp_path: Path) -> None:
    (tmp_path / "no.glb").write_bytes(b"nothing")
    with pytest.raises(ModelError, match=r"no\.glb is no binary glTF"):
        add(tmp_path / "no.glb", tmp_path / "out", "mine")
    with pytest.raises(ModelError, match="cannot read"):
        add(tmp_path / "missing.glb", tmp_path / "out", "mine")


def test_mirror_images_of_arkit_swap_sides() -> None:
    human = plan("human")
    assert [human.names[i] for i in human.mirror[:2]] == [BLENDSHAPES[7], "eyeLookDownRight"]
