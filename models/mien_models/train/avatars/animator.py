"""Train the animator and the codes of its avatars; or the code of a new avatar alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from mien_models.animator.avatar import Avatar, Code
from mien_models.animator.pairs import Pairs
from mien_models.animator.people import People
from mien_models.animator.reading import space
from mien_models.nets import sides
from mien_models.nets.animator import Animator, Codes
from mien_models.nets.renderer import Renderer
from mien_models.spaces.arkit import BLENDSHAPES, INDEX, REGION_OF, Region
from mien_models.train.avatars.config import AnimatorTraining
from mien_models.train.avatars.perception import Through, distance, frozen_encoder, reading_model, told

F32 = NDArray[np.float32]

_SHAPES = len(BLENDSHAPES)
_MIRRORED = np.concatenate([sides.MIRRORED_SHAPES, _SHAPES + sides.MIRRORED_UNITS])
_NOISE = 0.03  # standard deviation of readings of a still face, at the worst
_ALONG = 0.6  # share of the start's departure from rest that is kept
_FURTHEST, _UNASKED = 2.5, 0.03  # brows and tongue go no further than so many times that, and so much of the range
_LEAK = 0.05  # share of the gradient that reaches values beyond the ranges
_SHUT, _BLINK = 0.05, 0.85  # a jaw that is read as open by less is shut; lids that are read as shut by more are
# Gaze is driven by the start, and not compared.
_GAZE = np.array([name.startswith("eyeLook") for name in BLENDSHAPES])


@dataclass(slots=True, eq=False)
class Learner:
    """An avatar in training. renderer: its neural renderer, for the steps through it."""

    avatar: Avatar
    pairs: Pairs
    renderer: Renderer | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """The network, the avatars with their codes, and how well the models of readings were: by avatar."""

    net: Animator
    avatars: tuple[Avatar, ...]
    explained: dict[str, float]


def train_animator(
    learners: Sequence[Learner],
    people: People,
    config: AnimatorTraining,
    net: Animator | None = None,
    advance: Callable[[float], None] = lambda _: None,
) -> Trained:
    """Train network and codes. With `net`, only the codes are trained, and the network stays as it is.

    advance: gets the loss of each step.
    """
    torch.manual_seed(config.seed)
    fixed = net is not None
    net = net or Animator()
    net.requires_grad_(not fixed)
    pupils = [_Pupil(one, net, config) for one in learners]
    weights = [p for pupil in pupils for p in pupil.codes.parameters()]
    groups = [{"params": weights, "weight_decay": 0.0}]
    if not fixed:
        groups.append({"params": list(net.parameters()), "weight_decay": config.weight_decay})
    optimiser = torch.optim.AdamW(groups, config.lr)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, config.lr, total_steps=config.steps + config.through + 1, pct_start=0.05
    )
    faces = _Faces(people, config.seed)
    through = config.through if all(one.renderer is not None for one in learners) else 0
    encoder = frozen_encoder() if through else None
    for step in range(config.steps + through):
        last = step >= config.steps
        optimiser.zero_grad()
        total = 0.0
        for pupil in pupils:
            if last:
                renderer = pupil.learner.renderer
                assert renderer is not None
                assert encoder is not None
                loss = pupil.loss(net, faces, config.through_batch, Through(renderer, encoder))
            else:
                loss = pupil.loss(net, faces, config.batch, None)
            loss.backward()
            total += float(loss.detach())
        nn.utils.clip_grad_norm_(weights + ([] if fixed else list(net.parameters())), 1.0)
        optimiser.step()
        schedule.step()
        advance(total / len(pupils))
    net.eval()
    return Trained(net, tuple(p.trained() for p in pupils), {p.avatar.name: round(p.explained, 3) for p in pupils})


class _Faces:
    """Random faces of people, some mirrored, some weaker or stronger."""

    def __init__(self, people: People, seed: int) -> None:
        self._features, self._truth = torch.as_tensor(people.features), torch.as_tensor(people.shapes)
        self._made = torch.Generator().manual_seed(seed)

    def take(self, count: int) -> tuple[Any, Any]:
        """Features (N, F), and true shapes (N, 52)."""
        rows = torch.randint(len(self._features), (count,), generator=self._made)
        features, truth = self._features[rows], self._truth[rows]
        flip = (torch.rand(count, 1, generator=self._made) < 0.5).float()
        features = features + flip * (features[:, _MIRRORED] - features)
        truth = truth + flip * (truth[:, sides.MIRRORED_SHAPES] - truth)
        scale = 0.6 + 0.6 * torch.rand(count, 1, generator=self._made)
        scale = torch.where(torch.rand(count, 1, generator=self._made) < 0.4, scale, torch.ones_like(scale))
        return (features * scale).clamp(0, 1), (truth * scale).clamp(0, 1)

    def rows(self, most: int, count: int) -> Any:
        """Random rows below `most`."""
        return torch.randint(most, (count,), generator=self._made)

    def noise(self, like: Any) -> Any:
        """Noise of readings."""
        return _NOISE * torch.randn(like.shape, generator=self._made)


class _Pupil:
    """The losses of one avatar."""

    def __init__(self, learner: Learner, net: Animator, config: AnimatorTraining) -> None:
        self.learner, self.avatar, self._config = learner, learner.avatar, config
        avatar, pairs = learner.avatar, learner.pairs
        table = avatar.start_matrix()[:, :_SHAPES]
        self._table, self._rest = torch.as_tensor(table), torch.as_tensor(avatar.rest)
        self._learned = torch.as_tensor(avatar.learned).float()
        self._mirror = torch.as_tensor(avatar.mirror)
        self.codes = Codes(table * avatar.learned[:, None], net.config, config.seed)
        if avatar.code is not None:
            with torch.no_grad():
                for own, known in zip(
                    self.codes.values(), (avatar.code.style, avatar.code.queries, avatar.code.start), strict=True
                ):
                    own.copy_(torch.as_tensor(known))
        self._model, self.explained = reading_model(pairs, config)
        self._rest_levels = torch.as_tensor(pairs.levels[0])
        self._space = torch.as_tensor(space())
        self._shares, self._levels = torch.as_tensor(pairs.shares), torch.as_tensor(pairs.levels)
        self._pictures = pairs.pictures
        strongest = np.abs(table).argmax(1)
        some = np.abs(table).max(1) > 0
        self._jaw = torch.as_tensor(np.flatnonzero(some & (strongest == INDEX["jawOpen"]) & avatar.learned))
        self._lids = [
            (INDEX[name], torch.as_tensor(np.flatnonzero(some & (strongest == INDEX[name]) & avatar.learned)))
            for name in ("eyeBlinkLeft", "eyeBlinkRight")
        ]
        # The person's own shapes, where this avatar has them.
        of_shapes = [(i, INDEX[n]) for i, n in enumerate(avatar.names) if n in INDEX and avatar.learned[i]]
        self._own = torch.as_tensor(np.array(of_shapes, np.int64).reshape(-1, 2))
        self._counted = torch.as_tensor(np.append(~_GAZE, np.ones(pairs.levels.shape[1] - _SHAPES, bool)))
        self._acts = avatar.figure.startswith("actor")
        # Brows and tongue, where a target is nothing else; the actor's are learned from what people truly did.
        alone = [some & ~table[:, part != REGION_OF].any(1) for part in (Region.BROWS, Region.TONGUE)]
        self._strict = torch.as_tensor(np.flatnonzero(np.any(alone, 0) & (not self._acts)))

    def trained(self) -> Avatar:
        """The avatar with its code."""
        style, queries, start = (v.detach().numpy().astype(np.float32) for v in self._values())
        return self.avatar.with_code(Code(style, queries, start))

    def loss(self, net: Animator, faces: _Faces, count: int, through: Through | None) -> Any:
        """The sum of all losses on random faces. through: how the avatar is read; else by the model.

        Beside the faces, these are shown at once: the same with noise, their mirror images, and what the encoder reads
        of pictures of the avatar itself, whose rig is known.
        """
        c = self._config
        features, truth = faces.take(count)
        rows = faces.rows(len(self._shares), count)
        noisy = (features + faces.noise(features)).clamp(0, 1)
        own = told(self._levels[rows], self._rest_levels).clamp(0, 1)
        every = torch.cat([features, noisy, features[:, _MIRRORED], own])
        free, cut = self._shown(net, every)
        shares, with_noise, mirrored, again = cut.chunk(4)
        read = told((through or self._model)(shares), self._rest_levels)
        loss = c.distance * distance(features, read, self._space).mean()
        loss = loss + 10 * c.levels * (read - features).square()[:, self._counted].mean()
        start = (self._rest + features[:, :_SHAPES] @ self._table.T).clamp(0, 1)
        loss = loss + c.near * self._mean(shares - start)
        # The encoder does not see every target for what it is: all go along with the person at least in part.
        asked, given = start - self._rest, (shares - self._rest) * (start - self._rest).sign()
        loss = loss + 10 * c.along * self._mean((_ALONG * asked.abs() - given).relu())
        loss = loss + c.strict * self._misled(asked, shares - self._rest)
        if len(self._own) and self._acts:
            target, source = self._own.T
            loss = loss + 10 * c.rig * (shares[:, target] - truth[:, source]).square().mean()
        loss = loss + c.inside * (free - free.detach().clamp(0, 1)).square().mean()
        loss = loss + 10 * c.quiet * self._mean(with_noise - shares)
        loss = loss + c.symmetry * self._mean(mirrored[:, self._mirror] - shares)
        loss = loss + c.quiet * self._lips_and_lids(features, truth, shares)
        loss = loss + c.rig * self._mean(again - self._shares[rows])
        if through is not None and c.picture:
            true = torch.as_tensor(self._pictures[rows.numpy()]).permute(0, 3, 1, 2).float() / 255
            loss = loss + c.picture * (through.renderer(again) - true).abs().mean()
        return loss

    def _lips_and_lids(self, features: Any, truth: Any, shares: Any) -> Any:
        """A jaw that is shut stays shut, and lids that are shut are shut."""
        loss = shares.sum() * 0
        shut = ((features[:, INDEX["jawOpen"]] < _SHUT) & (truth[:, INDEX["jawOpen"]] < _SHUT)).float()[:, None]
        if len(self._jaw):
            loss = loss + (shut * (shares - self._rest)[:, self._jaw].abs()).mean()
        for blink, lids in self._lids:
            closed = (features[:, blink] > _BLINK).float()[:, None]
            if len(lids):
                loss = loss + (closed * (1 - shares[:, lids])).mean()
        return loss

    def _misled(self, asked: Any, moved: Any) -> Any:
        """How far brows and tongue are from between `_ALONG` and `_FURTHEST` of the way that the start asks for.

        Not squared, which would let small departures be: a brow that is a little down is another expression.
        """
        if not len(self._strict):
            return moved.sum() * 0
        asked, moved = asked[:, self._strict], moved[:, self._strict]
        given = torch.where(asked < 0, -moved, moved)
        asked = asked.abs()
        short, beyond = _ALONG * asked - given, given - _FURTHEST * asked - _UNASKED
        return (short.relu() + beyond.relu()).sum(1).mean()

    def _mean(self, difference: Any) -> Any:
        return (difference.square() * self._learned).sum() / (self._learned.sum() * len(difference))

    def _values(self) -> tuple[Any, Any, Any]:
        style, queries, start = self.codes.values()
        return style, queries * self._learned[:, None], start * self._learned[:, None]

    def _shown(self, net: Animator, features: Any) -> tuple[Any, Any]:
        """Shares before and after they are cut to [0, 1]; some of the gradient passes. Gaze follows the start."""
        free = net.free(features[:, :_SHAPES], *self._values(), self._rest)
        free = free + (1 - self._learned) * (features[:, :_SHAPES] @ self._table.T)
        within = free.clamp(0, 1)
        beyond = _LEAK * (free - within)
        return free, within + beyond - beyond.detach()
