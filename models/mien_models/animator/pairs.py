"""Rigs of an avatar with their pictures and what the encoder reads of these, as shards in the avatar's folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mien_models.animator.avatar import Avatar
from mien_models.animator.figures import Figure
from mien_models.animator.player import Player
from mien_models.animator.reading import read_pictures
from mien_models.backends import Session
from mien_models.errors import ModelError
from mien_models.head.motion.sampler import Sampler
from mien_models.spaces.arkit import BLENDSHAPES

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

SHARD = 100
FOLDER = "pairs"
_SAMPLED = 0.5  # share of rigs that are expressions of people by the start; the others are random
_PLAYED = 0.1  # standard deviation of rigs about those that the animator plays
_ACTIVE = 3.0  # targets of a random rig that are away from rest, in the mean


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """shares (N, T) of the ranges, pictures (N, 96, 96, 3), levels (N, 52 + A) as read. The first rig is at rest."""

    shares: F32
    pictures: U8
    levels: F32

    def __len__(self) -> int:
        return len(self.shares)


def sample_shares(avatar: Avatar, first: int, count: int, seed: int = 0, player: Player | None = None) -> F32:
    """(count, T) rigs `first` … of an avatar as shares of the ranges; rig 0 is at rest.

    player: expressions of people are played by it, and varied a little, and not by the start.
    """
    out = np.tile(avatar.rest, (count, 1))
    start = avatar.start_matrix()[:, : len(BLENDSHAPES)]
    sampler = Sampler(seed)
    for i in range(count):
        rng = np.random.default_rng([seed, first + i, 7])
        if first + i == 0:
            continue
        if rng.random() < _SAMPLED and start.any():
            shapes = sampler.take(first + i, 1).shapes[0]
            if player is None:
                out[i] = np.clip(avatar.rest + start @ shapes, 0, 1)
            else:
                varied = player.shares(shapes)[0] + rng.normal(0, _PLAYED, avatar.count)
                out[i] = np.where(avatar.learned, np.clip(varied, 0, 1), avatar.rest)
            continue
        active = rng.random(avatar.count) < min(_ACTIVE / avatar.count, 0.5)
        active |= active[avatar.mirror] & (rng.random(avatar.count) < 0.6)
        out[i, active] = rng.random(int(active.sum()))
    return out


def write_pairs(
    avatar: Avatar,
    figure: Figure,
    encoder: Session,
    folder: Path,
    count: int,
    advance: Callable[[int], None] = lambda _: None,
    player: Player | None = None,
) -> None:
    """Write pairs until there are `count`; shards that are there already are kept. player: as of `sample_shares`."""
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for number, first in enumerate(range(0, count, SHARD)):
        path = target / f"{number:05d}.npz"
        size = min(SHARD, count - first)
        if not path.exists():
            shares = sample_shares(avatar, first, size, player=player)
            pictures = figure.render(avatar.from_shares(shares))
            levels = read_pictures(encoder, pictures).levels
            part = path.with_name(f".{path.name}.part.npz")
            np.savez(part, shares=shares, pictures=pictures, levels=levels)
            part.replace(path)
        advance(size)


def read_pairs(avatar: Avatar, folder: Path) -> Pairs:
    """All pairs of a folder. Raises ModelError where there are none, or they are of another rig."""
    files = sorted((folder / FOLDER).glob("[0-9]*.npz"))
    if not files:
        raise ModelError(f"{folder} has no pairs; draw some with `mien avatar pairs`")
    parts = [np.load(file) for file in files]
    shares, pictures, levels = (np.concatenate([p[name] for p in parts]) for name in ("shares", "pictures", "levels"))
    if shares.shape[1] != avatar.count:
        raise ModelError(
            f"the pairs of {folder} have {shares.shape[1]} targets, its avatar {avatar.count}; draw them anew"
        )
    return Pairs(shares, pictures, levels)
