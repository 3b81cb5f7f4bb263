from __future__ import annotations

from mien.bridges.base import Bridge, Home
from mien.bridges.inputs import Reader
from mien.bridges.listener import ListenerBridge
from mien.bridges.vmc_in.config import VmcInConfig
from mien.bridges.vmc_in.decoder import Decoder


def open_bridge(config: VmcInConfig, home: Home) -> Bridge:
    reader = Reader(config.track_id, "vmc", smooth=config.smooth)
    return ListenerBridge(home, config.host, config.port, Decoder, reader, "let a program send VMC to this port")
