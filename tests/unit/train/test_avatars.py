"""Recipes for avatars: gradients arrive through renderer and encoder, and a new avatar changes no other."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from mien_models.animator.avatar import Avatar
from mien_models.animator.pairs import Pairs, sample_shares
from mien_models.animator.people import People
from mien_models.animator.shipped import plan
from mien_models.nets.animator import Animator, Codes
from mien_models.nets.renderer import PICTURE, Renderer, RendererConfig
from mien_models.spaces.arkit import INDEX
from mien_models.spaces.facs import AUS
from mien_models.train.avatars import animator as recipe
from mien_models.train.avatars.animator import Learner, train_animator
from mien_models.train.avatars.config import AnimatorTraining
from mien_models.train.avatars.perception import Through, distance, frozen_encoder, told
from mien_models.train.avatars.renderer import ssim

LEVELS = 52 + len(AUS)
TINY = AnimatorTraining(steps=6, through=0, batch=8, reading_steps=5)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any map to an embedding will do."""
    space = np.random.default_rng(0).normal(size=(104, 31)).astype(np.float32)
    monkeypatch.setattr(recipe, "space", lambda: space)


def learner(avatar: Avatar, seed: int = 0) -> Learner:
    """An avatar whose levels follow its first targets."""
    shares = sample_shares(avatar, 0, 40, seed)
    levels = np.zeros((40, LEVELS), np.float32)
    levels[:, : min(avatar.count, 40)] = np.abs(shares - avatar.rest)[:, :40] * 0.8
    return Learner(avatar, Pairs(shares, np.zeros((40, PICTURE, PICTURE, 3), np.uint8), levels))


def people() -> People:
    rng = np.random.default_rng(0)
    features = rng.random((30, LEVELS)).astype(np.float32) * (rng.random((30, LEVELS)) < 0.2)
    none = np.zeros((30, 1), np.float32)
    return People(
        features.astype(np.float32), none.astype(np.uint8), features[:, :52].astype(np.float32),
        features[:, 52:] * 5, np.arange(30), none, none,
    )  # fmt: skip


def test_gradients_reach_the_animator_through_renderer_and_frozen_encoder() -> None:
    torch.manual_seed(0)
    avatar = plan("robot")
    renderer = Renderer(RendererConfig(inputs=avatar.count, hidden=16, widths=(16, 16, 8, 8, 8)))
    torch.nn.init.normal_(renderer.layers[-1].weight, std=2.0)
    net = Animator()
    codes = Codes(avatar.start_matrix()[:, :52], net.config)
    faces = torch.zeros(2, LEVELS)
    faces[:, INDEX["jawOpen"]] = torch.tensor([0.5, 0.9])
    through = Through(renderer, frozen_encoder())
    shares = net.free(faces[:, :52], *codes.values(), torch.as_tensor(avatar.rest))
    read = told(through(shares), torch.zeros(LEVELS))
    space = torch.as_tensor(recipe.space())
    (distance(faces, read, space).mean() + read.square().mean()).backward()
    for weights in (*net.parameters(), *codes.parameters()):
        assert weights.grad is not None
    reached = [float(weights.grad.abs().max()) for weights in (net.enter.weight, net.leave.weight, codes.queries)]
    assert min(reached) > 0
    assert all(weights.grad is None for weights in renderer.parameters())  # frozen


def test_a_new_avatar_changes_neither_the_network_nor_the_other_codes() -> None:
    torch.manual_seed(0)
    net = Animator()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    known = train_animator([learner(plan("toon"))], people(), TINY, net).avatars[0]
    kept = known.code
    new = train_animator([learner(plan("robot"))], people(), TINY, net).avatars[0]
    assert all(torch.equal(before[name], value) for name, value in net.state_dict().items())
    assert known.code is kept
    assert new.code is not None
    start = new.start_matrix()[:, :52] * new.learned[:, None]
    assert np.abs(new.code.start - start).max() > 1e-4  # something was learned


def test_training_keeps_head_and_gaze_to_the_start_and_the_rig_within_reach() -> None:
    losses: list[float] = []
    config = AnimatorTraining(steps=15, through=0, batch=8, reading_steps=20, lr=5e-3)
    robot = train_animator([learner(plan("robot"))], people(), config, advance=losses.append).avatars[0]
    assert len(losses) == 15
    assert max(losses) < 5 * losses[0]  # it once ran away beyond the ranges
    assert robot.code is not None
    assert not robot.code.queries[~robot.learned].any()
    assert robot.code.queries[robot.learned].any()


def test_the_tongue_stays_in_where_nobody_shows_it_though_it_is_read_as_a_smile() -> None:
    avatar = plan("toon")
    tongue, smile = avatar.names.index("tongueOut"), INDEX["mouthSmileLeft"]
    misread = learner(avatar)
    misread.pairs.levels[:] = 0
    misread.pairs.levels[:, smile] = misread.pairs.shares[:, tongue]
    smiling = people()
    smiling.features[:] = 0
    smiling.features[:, smile] = 0.9

    def out(strict: float) -> float:
        config = AnimatorTraining(steps=25, through=0, batch=8, reading_steps=60, lr=2e-2, strict=strict)
        trained = train_animator([misread], smiling, config)
        code = trained.avatars[0].code
        assert code is not None
        values = (torch.as_tensor(v) for v in (code.style, code.queries, code.start))
        shown = trained.net(torch.as_tensor(smiling.features[:1, :52]), *values, torch.as_tensor(avatar.rest))
        return float(shown[0, tongue].detach())

    assert out(strict=0.0) > 0.5
    assert out(strict=TINY.strict) < 0.1


def test_ssim_is_one_of_a_picture_with_itself_and_less_of_noise() -> None:
    picture = np.random.default_rng(0).random((32, 32, 3)).astype(np.float32)
    assert ssim(picture, picture) == pytest.approx(1)
    assert ssim(picture, 1 - picture) < 0.2
