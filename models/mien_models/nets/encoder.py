"""The expression encoder: from a face crop and its landmarks to shapes, units, emotion, affect and embedding."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import nn

from mien_models.nets import sides
from mien_models.nets.cnn import Cnn
from mien_models.nets.config import GEOMETRY, CnnConfig, EncoderConfig
from mien_models.nets.vit import Vit
from mien_models.spaces import mesh478
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.emotions import EMOTIONS
from mien_models.spaces.facs import AUS, code

LANDMARKS = mesh478.COUNT
# Shares of the picture branch and of the landmark branch in an ensembled reading; the rest is the fused branch, which
# uses both inputs. On renders (.3, .1) is best. On photographs the picture branch errs more than the landmark branch
# does, so these shares give up a little accuracy on renders for better readings of photographs.
BRANCH_SHARES = (0.2, 0.2)
# Action units that the landmark branch, trained on renders, reads better on photographs than the picture branch does:
# brows, lids, cheeks, corners of the mouth and parted lips. Their landmark branch has a larger share.
LANDMARK_UNITS, LANDMARK_UNIT_SHARES = (1, 2, 4, 6, 7, 12, 15, 17, 20, 25), (0.2, 0.4)
# Factor on the squared disagreement of the branches, which is added to the variance. On renders values from 1 to 4 have
# the same likelihood; photographs, and what covers faces there, differ more from the training data.
DISAGREEMENT = 6.0
# Bounds of the log standard deviation; e^-5 of the range is finer than any label.
_LEAST_LOG_SD, _MOST_LOG_SD = -5.0, 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Raw outputs of a network for N faces, before calibration.

    shapes (N, 52) and units (N, A): shares of the full range, which may leave [0, 1]. log_sd (N, 52 + A):
    log of the standard deviation of each of them. presence (N, A), emotion (N, 8): logits. affect (N, 2):
    [-1, 1]. embedding (N, E): unit norm. geometry (N, GEOMETRY): whitened components of the true landmarks.
    code (N, C): the global expression code. None where a network has no such output.
    """

    shapes: Any
    units: Any
    log_sd: Any
    presence: Any
    emotion: Any = None
    affect: Any = None
    embedding: Any = None
    geometry: Any = None
    code: Any = None


class Encoder(nn.Module):
    """A trunk for the crop, a perceptron for the landmarks, and heads on what both say."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.config = config
        trunk = config.trunk
        self.trunk: Any = Cnn(trunk) if isinstance(trunk, CnnConfig) else Vit(trunk, config.window[2:])
        self.landmarks = Scaled(config.landmarks)
        self.no_picture = nn.Parameter(torch.zeros(self.trunk.width))
        self.no_landmarks = nn.Parameter(torch.zeros(config.landmarks))
        self.fuse = nn.Sequential(
            nn.Linear(self.trunk.width + config.landmarks, config.code),
            nn.ReLU(),
            nn.Dropout(config.dropout),
            nn.Linear(config.code, config.code),
            nn.ReLU(),
            nn.Dropout(config.dropout),
        )
        self.local = LocalHead(config.code, self.trunk.cell_width, config.local)
        self.emotion = nn.Linear(config.code, len(EMOTIONS))
        self.affect = nn.Linear(config.code, 2)
        # A separate branch: the triplet loss, which ignores gaze, would otherwise remove gaze from the code.
        self.embedding = nn.Sequential(
            nn.Linear(self.trunk.width + config.landmarks, config.code),
            nn.ReLU(),
            nn.Dropout(config.dropout),
            nn.Linear(config.code, config.embedding),
        )
        self.geometry = nn.Linear(config.code, GEOMETRY)

    def forward(self, pictures: Any, landmarks: Any, present: Any) -> Readings:
        """Readings of normalised pictures (N, 1, H, W), canonical landmarks (N, 478, 2) and present (N, 2) bool.

        An input that is not present is not used, but must be finite.
        """
        return self.predict(*self.encode(pictures, landmarks), present)

    def encode(self, pictures: Any, landmarks: Any) -> tuple[Any, Any, Any]:
        """Features: code (N, C) and cells (N, P, C') of the pictures, code (N, L) of the landmarks."""
        seen, cells = self.trunk(pictures)
        with torch.autocast(pictures.device.type, enabled=False):
            return seen.float(), cells.float(), self.landmarks(landmarks.flatten(1))

    def predict(self, seen: Any, cells: Any, points: Any, present: Any) -> Readings:
        """Readings of the features of `encode`, of those inputs that are present."""
        with torch.autocast(seen.device.type, enabled=False):
            both, code, levels, log_sd, presence = self.levels(seen, cells, points, present)
            return Readings(
                levels[:, : len(BLENDSHAPES)],
                levels[:, len(BLENDSHAPES) :],
                log_sd,
                presence,
                self.emotion(code),
                self.affect(code).tanh(),
                nn.functional.normalize(self.embedding(both), dim=1, eps=1e-6),
                self.geometry(code),
                code,
            )

    def levels(self, seen: Any, cells: Any, points: Any, present: Any, copies: int = 1) -> tuple[Any, ...]:
        """Features of both inputs together, code, and of `Readings` shapes beside units, log_sd and presence.

        seen, points and present may hold `copies` times as many rows as cells, which then serve each copy.
        """
        has_picture, has_landmarks = present[:, :1], present[:, 1:]
        seen = torch.where(has_picture, seen, self.no_picture)
        points = torch.where(has_landmarks, points, self.no_landmarks)
        both = torch.cat([seen, points], 1)
        code = self.fuse(both)
        return both, code, *self.local(code, cells, has_picture, copies)


class MirrorEnsemble(nn.Module):
    """The mean of six predictions of one encoder: of a face and of its mirror image, each by three branches.

    The fused branch uses picture and landmarks, the others use the picture or the landmarks alone; BRANCH_SHARES
    are their weights. The ensemble treats both sides of a face alike and errs less than one prediction. Where
    branches disagree, the standard deviation is larger. The embedding is that of the face itself, because the
    mirrored face is another expression.
    """

    def __init__(self, net: Encoder) -> None:
        """Raises ValueError where the window is not in the middle of the crop: its mirror image would be another."""
        super().__init__()
        _, left, _, width = net.config.window
        if 2 * left + width != net.config.size:
            raise ValueError(f"the window {net.config.window} is not in the middle of a crop of {net.config.size}")
        self.net, self.config = net, net.config
        by_unit = [LANDMARK_UNIT_SHARES if code(unit) in LANDMARK_UNITS else BRANCH_SHARES for unit in AUS]
        # Columns of all that is averaged: levels, presence, emotion and affect, and by how far levels disagree.
        by_level = [BRANCH_SHARES] * len(BLENDSHAPES) + by_unit
        by_column = [*by_level, *by_unit, *[BRANCH_SHARES] * (len(EMOTIONS) + 2)]
        levels = np.concatenate([sides.MIRRORED_SHAPES, len(BLENDSHAPES) + sides.MIRRORED_UNITS])
        units = sides.MIRRORED_UNITS
        parts = (sides.MIRRORED_SHAPES, units, units, np.arange(len(EMOTIONS)), np.arange(2), levels)
        self.ends = [0, *np.cumsum([len(part) for part in parts]).tolist()]
        order = [part + start for part, start in zip(parts, self.ends, strict=False)]
        for name, values in (
            ("order", np.concatenate(order)),
            ("points", sides.mirrored_landmarks()),
            # TensorRT mirrors a picture faster by a gather than by a slice with step -1.
            ("columns", np.arange(width)[::-1].copy()),
            ("away", np.array((-1, 1), np.float32)),
            ("inputs", np.array(((True, True), (True, False), (False, True)))[:, None]),
            ("shares", np.array([(1 - sum(s), *s) for s in by_column], np.float32).T[:, None].copy()),
            ("fused", np.array((1, 0, 0), np.float32)[:, None, None]),
        ):
            self.register_buffer(name, torch.as_tensor(values), persistent=False)

    def forward(self, pictures: Any, landmarks: Any, present: Any) -> Readings:
        """As `Encoder`."""
        seen, cells, points = self.net.encode(
            torch.cat([pictures, pictures[..., self.columns]]),
            torch.cat([landmarks, landmarks[:, self.points] * self.away]),
        )
        with torch.autocast(pictures.device.type, enabled=False):
            return self._mean(seen, cells, points, present)

    def _mean(self, seen: Any, cells: Any, points: Any, present: Any) -> Readings:
        """The mean over branches and mirror image, of features of faces and then of their mirror images."""
        # The branches follow one another in one batch: the large layers behind the code are read from memory once.
        count = len(self.inputs)
        pair = torch.cat([present, present])
        there = (pair & self.inputs).flatten(0, 1)
        seen, points = torch.cat([seen] * count), torch.cat([points] * count)
        both, code, levels, log_sd, presence = self.net.levels(seen, cells, points, there, count)

        def branches(values: Any) -> Any:
            return values.reshape(count, -1, values.shape[1])

        # Where one of the inputs is missing, the fused branch is the only one.
        complete = (pair[:, :1] & pair[:, 1:]).float()
        shares = self.fused + complete * (self.shares - self.fused)
        means = branches(torch.cat([levels, presence, self.net.emotion(code), self.net.affect(code).tanh()], 1))
        means = (means * shares).sum(0)
        levels = branches(levels)
        disagreement = ((levels - levels[:1]).square() * shares[..., : levels.shape[2]]).sum(0)
        log_sd = ((2 * branches(log_sd)[0]).exp() + DISAGREEMENT * disagreement).log() / 2
        mirrored = torch.cat([means, log_sd], 1).reshape(2, -1, len(self.order))
        found = (mirrored[0] + mirrored[1][:, self.order]) / 2
        shapes, units, presence, emotion, affect, log_sd = (found[:, a:b] for a, b in pairwise(self.ends))
        # That of the face itself: a reshape takes the first half, as a slice up to the batch size would be exported as
        # a constant.
        embedding = nn.functional.normalize(self.net.embedding(both), dim=1, eps=1e-6)
        embedding = (branches(embedding) * shares[..., :1]).sum(0)
        embedding = embedding.reshape(2, -1, embedding.shape[1])[0]
        return Readings(
            shapes, units, log_sd, presence, emotion, affect, nn.functional.normalize(embedding, dim=1, eps=1e-6)
        )


class Scaled(nn.Module):
    """A perceptron on standardised coordinates (N, 956) of landmarks.

    `centre` and `spread` (956,) are the mean and the standard deviation over the training faces.
    """

    def __init__(self, width: int, depth: int = 2, inner: int = 384) -> None:
        super().__init__()
        self.register_buffer("centre", torch.zeros(2 * LANDMARKS))
        self.register_buffer("spread", torch.ones(2 * LANDMARKS))
        widths = [2 * LANDMARKS, *[inner] * (depth - 1), width]
        layers: list[Any] = []
        for before, after in pairwise(widths):
            layers += [nn.Linear(before, after, bias=False), nn.BatchNorm1d(after), nn.ReLU()]
        self.layers = nn.Sequential(*layers)

    def forward(self, points: Any) -> Any:
        """(N, width) of coordinates (N, 956)."""
        return self.layers(((points - self.centre) / self.spread).clamp(-8, 8))


class LocalHead(nn.Module):
    """Heads that read each output from its own part of the face and from the global code.

    As An et al., "Learning facial expression-aware global-to-local representation for robust action
    unit detection", Applied Intelligence 54 (2024): the global expression code makes a feature per
    output, a mask per output picks that output's feature from the maps of the trunk, and both
    together make the output. Masks here are attention: shares of the face that sum to 1.
    """

    def __init__(self, code: int, cells: int, width: int) -> None:
        super().__init__()
        self.count, self.width = len(BLENDSHAPES) + len(AUS), width
        self.features = nn.Linear(cells, width)
        self.masks = nn.Linear(cells, self.count)
        self.whole = nn.Linear(code, self.count * width)
        self.nowhere = nn.Parameter(torch.zeros(self.count, width))
        self.mean, self.sure, self.there = (Each(self.count, width) for _ in range(3))
        self.direct = nn.Linear(code, self.count)
        self.direct_sd = nn.Linear(code, self.count)

    def forward(self, code: Any, cells: Any, has_cells: Any, copies: int = 1) -> tuple[Any, Any, Any]:
        """Of Readings shapes beside units, log_sd, and presence. code may hold `copies` times as many rows as cells."""
        masks = self.masks(cells).softmax(1).transpose(1, 2)
        parts = masks @ self.features(cells)
        if copies > 1:
            parts = torch.cat([parts] * copies)
        parts = torch.where(has_cells[..., None], parts, self.nowhere)
        features = (parts + self.whole(code).reshape(-1, self.count, self.width)).relu()
        means = self.mean(features) + self.direct(code)
        # Detached, so that the loss of the standard deviation does not change the means.
        log_sd = (self.sure(features.detach()) + self.direct_sd(code.detach())).clamp(_LEAST_LOG_SD, _MOST_LOG_SD)
        return means, log_sd, self.there(features)[:, len(BLENDSHAPES) :]


class Each(nn.Module):
    """A weight vector of its own for each output: (N, K, D) to (N, K)."""

    def __init__(self, count: int, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(count, width) / width**0.5 / 4)
        self.bias = nn.Parameter(torch.zeros(count))

    def forward(self, features: Any) -> Any:
        """Weighted sums."""
        return (features * self.weight).sum(-1) + self.bias


_LUMA = (0.299, 0.587, 0.114)  # ITU-R BT.601
_LEAST_SD = 4.0  # [grey levels]; a picture with less contrast is scaled as if it had this much, or its noise would grow
_SMALL = 64.0  # grey levels are divided by it, so that their squares fit into float16


def grey(images: Any) -> Any:
    """(N, 1, S, S) float grey levels of RGB images (N, S, S, 3) of any number type."""
    return (images.float() @ torch.tensor(_LUMA, device=images.device)[:, None]).permute(0, 3, 1, 2)


def normalise(pictures: Any, window: tuple[int, int, int, int]) -> Any:
    """The window (N, 1, H, W) of grey crops (N, 1, S, S), each with mean 0 and standard deviation 1."""
    top, left, height, width = window
    if tuple(pictures.shape[2:]) != (height, width):
        pictures = pictures[:, :, top : top + height, left : left + width]
    scaled = pictures * (1 / _SMALL)
    centred = scaled - scaled.mean((1, 2, 3), keepdim=True)
    return centred / centred.square().mean((1, 2, 3), keepdim=True).sqrt().clamp(min=_LEAST_SD / _SMALL)
