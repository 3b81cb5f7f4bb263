from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class FitConfig:
    """How the action `fit` fits."""

    quick: bool = param(False, "Every goal by the one-shot regressor alone, which needs no torch.", live=True)
    steps: int = param(22, "Steps of a whole fit.", lo=2, hi=200, live=True)
    paths: bool = param(True, "Goals may name picture files of this machine.", live=True)
