"""A neural renderer of one frontal face: perceptrons and eigenpictures of its regions.

The canonical face is always in one place, so a picture is its mean, and what lids, brows and mouth change of it. Each
of three regions has the principal components of its changes (eigenpictures, Turk & Pentland 1991), and a perceptron
that gives their weights, of the part of the expression that moves the region.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from mien_models.normaliser.canonical import PICTURE
from mien_models.spaces.arkit import BLENDSHAPES

F32 = NDArray[np.float32]

CODE = len(BLENDSHAPES) + 2  # shapes, and the inner brows
COMPONENTS, WIDTH = 80, 256
_VALUES = 3 * PICTURE * PICTURE
_FAINT = 0.01  # values that never change by so much are those of the mean
# Rows that part eyes and mouth, columns that part the eyes, as shares of the side; in between, regions are blended.
_ROWS, _COLUMNS = (0.46, 0.54), (0.45, 0.55)
_OF_EYES = ("brow", "noseSneer", "mouthSmile", "mouthUpperUp")  # move the skin around both eyes


def _eye(side: str) -> list[int]:
    own = [
        i
        for i, name in enumerate(BLENDSHAPES)
        if name.startswith(_OF_EYES) or (name.startswith(("eye", "cheekSquint")) and name.endswith(side))
    ]
    return [*own, CODE - 2, CODE - 1]


INPUTS: tuple[list[int], ...] = (
    [i for i, name in enumerate(BLENDSHAPES) if not name.startswith(("brow", "eye"))],
    _eye("Left"),
    _eye("Right"),
)


def windows() -> F32:
    """(3, PICTURE, PICTURE) shares of mouth, left and right eye of the person in each pixel; they sum to 1."""
    place = (np.arange(PICTURE) + 0.5) / PICTURE
    low, left = (np.clip((place - a) / (b - a), 0, 1) for a, b in (_ROWS, _COLUMNS))
    mouth = np.tile(low[:, None], (1, PICTURE))
    return np.stack([mouth, (1 - mouth) * left, (1 - mouth) * (1 - left)]).astype(np.float32)


class RegionRenderer(nn.Module):
    """Codes (N, CODE) to pictures (N, 3, PICTURE, PICTURE) in [0, 1]; `components` of each region come from `fit`."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.ModuleList(
            nn.Sequential(
                nn.Linear(len(inputs), WIDTH),
                nn.ReLU(),
                nn.Linear(WIDTH, WIDTH),
                nn.ReLU(),
                nn.Linear(WIDTH, COMPONENTS),
            )
            for inputs in INPUTS
        )
        self.components = nn.ParameterList(nn.Parameter(torch.zeros(COMPONENTS, 1), False) for _ in INPUTS)
        self.register_buffer("mean", torch.zeros(_VALUES))
        # Where each value of the picture stands in the values of each region; the last place is a zero.
        self.register_buffer("places", torch.zeros(len(INPUTS), _VALUES, dtype=torch.int64))
        for number, inputs in enumerate(INPUTS):
            self.register_buffer(f"inputs_{number}", torch.tensor(inputs), persistent=False)

    def fit(self, pictures: NDArray[np.uint8]) -> list[Any]:
        """Take mean and components from pictures (N, S, S, 3); returns their weights (N, COMPONENTS) by region."""
        flat = np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)).reshape(len(pictures), -1).astype(np.float32) / 255
        mean = flat.mean(0)
        targets, places, first = [], [], 0
        for number, window in enumerate(windows()):
            change = (flat - mean) * np.tile(window.ravel(), 3)
            kept = np.flatnonzero(np.abs(change).max(0) > _FAINT)
            change = change[:, kept]
            sizes, vectors = np.linalg.eigh(change @ change.T)
            most = min(COMPONENTS, len(pictures) - 1)
            order = np.argsort(sizes)[::-1][:most]
            own = np.zeros((COMPONENTS, len(kept)), np.float32)
            own[:most] = (vectors[:, order].T @ change) / np.sqrt(np.maximum(sizes[order], 1e-9))[:, None]
            weights = change @ own.T
            scale = float(weights.std()) + 1e-6
            self.components[number] = nn.Parameter(torch.as_tensor(own * scale), requires_grad=False)
            targets.append(torch.as_tensor(weights / scale, dtype=torch.float32))
            at = np.full(_VALUES, -1)
            at[kept] = first + np.arange(len(kept))
            places.append(at)
            first += len(kept)
        place = np.stack(places)
        place[place < 0] = first
        self.places.copy_(torch.as_tensor(place))
        self.mean.copy_(torch.as_tensor(mean))
        return targets

    def weigh(self, codes: Any) -> list[Any]:
        """Weights (N, COMPONENTS) of each region."""
        inputs = [getattr(self, f"inputs_{number}") for number in range(len(INPUTS))]
        return [net(codes[:, own]) for net, own in zip(self.weights, inputs, strict=True)]

    def forward(self, codes: Any) -> Any:
        """See above."""
        weights = self.weigh(codes)
        parts = [w @ components for w, components in zip(weights, self.components, strict=True)]
        values = torch.cat([*parts, torch.zeros_like(codes[:, :1])], 1)
        picture = self.mean + sum(values[:, place] for place in self.places)
        return picture.clamp(0, 1).reshape(-1, 3, PICTURE, PICTURE)
