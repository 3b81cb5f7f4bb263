from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param
from mien_models.spaces.emotions import USED_PRIOR


@dataclass(frozen=True, slots=True, kw_only=True)
class AffectsConfig:
    """How action units, expression category, valence and arousal are estimated."""

    model: str = param(
        "encoder",
        "What reads action units and emotion: encoder: the expression network; norface: mixtures of experts that "
        "correct its readings by what it reads of the normalised face, for a second run of that network; expressions "
        "without readings stay as they are.",
        choices=("encoder", "norface"),
    )
    emotion: str = param(
        "encoder",
        "encoder: as the expression network reads it, and by prototypes where it reads none; prototypes: from "
        "action units, by published prototypes; mini_xception: a network trained on FER2013, whose data carry "
        "research terms (needs faces.crop).",
        choices=("encoder", "prototypes", "mini_xception"),
    )
    min_confidence: float = param(0.0, "Action units less sure than this read NaN.", lo=0, hi=1, live=True)
    neutral_prior: float = param(
        USED_PRIOR,
        "Share of the faces that are expected to be neutral, in emotions that the expression network reads: 0.5 as the "
        "network was calibrated; with less, mild expressions are told sooner. Affects emotion=encoder only.",
        lo=0.01,
        hi=0.99,
        live=True,
    )
