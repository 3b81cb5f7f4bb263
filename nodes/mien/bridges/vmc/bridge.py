from __future__ import annotations

from mien.bridges.base import Bridge, EncoderBridge, Home
from mien.bridges.sockets import UdpSink
from mien.bridges.vmc.avatar import read
from mien.bridges.vmc.config import VmcConfig
from mien.bridges.vmc.encoder import Encoder


def open_bridge(config: VmcConfig, home: Home) -> Bridge:
    avatar = read(config.avatar) if config.avatar else None
    return EncoderBridge(Encoder(config, avatar), UdpSink(config.host, config.port, home.counters), home.counters)
