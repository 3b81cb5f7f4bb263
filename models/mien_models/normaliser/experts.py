"""Mixtures of experts that classify expressions by the original and the normalised face.

As the classifier of Norface (ECCV 2024): sparse mixtures of four experts, of which a gate picks two, refine the input
and give the outputs; the squared coefficient of variation of their importance keeps all of them in use (Shazeer et al.,
"Outrageously large neural networks", ICLR 2017). Here both faces come as what the frozen encoder reads of them, and the
outputs are corrections of the readings of the original face.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from mien_models.head.model.action_units import TOP
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.emotions import EMOTIONS
from mien_models.spaces.facs import AUS

EXPERTS, CHOSEN = 4, 2
SHAPES, UNITS, CLASSES = len(BLENDSHAPES), len(AUS), len(EMOTIONS)
# Of one face: shapes, units and presence as read, and the emotion.
READINGS = SHAPES + 2 * UNITS + CLASSES
_EDGE = 1e-3  # probabilities are kept this far from 0 and 1


class Mixture(nn.Module):
    """The sum of the outputs of the chosen experts, weighed by the gate; `importance` is that of the last batch."""

    def __init__(self, inputs: int, outputs: int, width: int, *, starts_at_zero: bool = False) -> None:
        super().__init__()
        self.gate = nn.Linear(inputs, EXPERTS)
        self.experts = nn.ModuleList(
            nn.Sequential(nn.Linear(inputs, width), nn.ReLU(), nn.Dropout(0.2), nn.Linear(width, outputs))
            for _ in range(EXPERTS)
        )
        if starts_at_zero:
            for expert in self.experts:
                nn.init.zeros_(expert[-1].weight)
                nn.init.zeros_(expert[-1].bias)
        self.importance: Any = torch.zeros(EXPERTS)

    def forward(self, values: Any) -> Any:
        """(N, outputs) of (N, inputs)."""
        shares = self.gate(values).softmax(1)
        # What is not among the greatest counts nothing; comparisons are the same in every engine.
        least = shares.topk(CHOSEN, dim=1).values[:, CHOSEN - 1 :]
        shares = torch.where(shares >= least, shares, torch.zeros(()))
        shares = shares / shares.sum(1, keepdim=True)
        self.importance = shares.sum(0)
        every = torch.stack([expert(values) for expert in self.experts], 1)
        return (every * shares[:, :, None]).sum(1)

    def imbalance(self) -> Any:
        """CV² of the importance of the experts in the last batch: 0 where all are used alike."""
        return self.importance.var(unbiased=False) / self.importance.mean().square()


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """intensity (N, A) [0, 5], presence (N, A) and emotion (N, 8): logits."""

    intensity: Any
    presence: Any
    emotion: Any


class Classifier(nn.Module):
    """(N, READINGS) of the original face and of the normalised face to corrected readings of the original."""

    def __init__(self, width: int = 128, code: int = 128) -> None:
        super().__init__()
        self.register_buffer("centre", torch.zeros(2 * READINGS))
        self.register_buffer("spread", torch.ones(2 * READINGS))
        self.refine = Mixture(2 * READINGS, code, width)
        self.units = Mixture(code, 2 * UNITS, width, starts_at_zero=True)
        self.emotion = Mixture(code, CLASSES, width, starts_at_zero=True)

    def forward(self, original: Any, normalised: Any) -> Judged:
        """See above."""
        both = torch.cat([original, normalised], 1)
        code = self.refine(((both - self.centre) / self.spread).clamp(-6, 6)).relu()
        _, units, presence, emotion = torch.split(original, [SHAPES, UNITS, UNITS, CLASSES], 1)
        change = self.units(code)
        return Judged(
            (TOP * (units + change[:, :UNITS])).clamp(0, TOP),
            _logit(presence) + change[:, UNITS:],
            emotion.clamp(min=_EDGE).log() + self.emotion(code),
        )

    def imbalance(self) -> Any:
        """The sum over the three mixtures; see `Mixture.imbalance`."""
        return self.refine.imbalance() + self.units.imbalance() + self.emotion.imbalance()


class ReadyClassifier(nn.Module):
    """The classifier as it is shipped."""

    def __init__(self, net: Classifier) -> None:
        super().__init__()
        self.net = net

    def forward(self, original: Any, normalised: Any) -> tuple[Any, Any, Any]:
        """units (N, A) [0, 5], presence (N, A) and emotion (N, 8) as probabilities."""
        judged = self.net(original, normalised)
        return judged.intensity, judged.presence.sigmoid(), judged.emotion.softmax(1)


def _logit(probability: Any) -> Any:
    clear = probability.clamp(_EDGE, 1 - _EDGE)
    return clear.log() - (1 - clear).log()
