"""The configuration class of every component, by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from mien.animate.config import AnimateConfig
from mien.audio.config import AudioConfig
from mien.bags.config import BagsConfig
from mien.bags.replay.config import ReplayConfig
from mien.bridges.config import BridgesConfig
from mien.bridges.registry import BRIDGES
from mien.camera.config import CameraConfig
from mien.core.graph_config import GraphConfig
from mien.core.stage import STAGES
from mien.dashboard.config import DashboardConfig
from mien.fit.config import FitConfig
from mien.fusion.config import FusionConfig
from mien.retarget.config import RetargetConfig

CONFIGS: MappingProxyType[str, type[Any]] = MappingProxyType(
    {
        "graph": GraphConfig,
        "camera": CameraConfig,
        **{spec.name: spec.config for spec in STAGES},
        "audio": AudioConfig,
        "fusion": FusionConfig,
        "bags": BagsConfig,
        "replay": ReplayConfig,
        "retarget": RetargetConfig,
        "animate": AnimateConfig,
        "bridges": BridgesConfig,
        **{spec.name: spec.config for spec in BRIDGES},
        "dashboard": DashboardConfig,
        "fit": FitConfig,
    }
)
