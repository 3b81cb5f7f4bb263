"""The configuration class of every component, by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from mien.affects.config import AffectsConfig
from mien.bags.config import BagsConfig
from mien.camera.config import CameraConfig
from mien.expressions.config import ExpressionsConfig
from mien.faces.config import FacesConfig
from mien.perception.config import PerceptionConfig
from mien.rigs.config import RigsConfig

CONFIGS: MappingProxyType[str, type[Any]] = MappingProxyType(
    {
        "camera": CameraConfig,
        "faces": FacesConfig,
        "expressions": ExpressionsConfig,
        "affects": AffectsConfig,
        "rigs": RigsConfig,
        "perception": PerceptionConfig,
        "bags": BagsConfig,
    }
)
