from __future__ import annotations

from mien.bridges.base import Bridge, EncoderBridge, Home
from mien.bridges.livelink.config import LivelinkConfig
from mien.bridges.livelink.encoder import Encoder
from mien.bridges.sockets import UdpSink


def open_bridge(config: LivelinkConfig, home: Home) -> Bridge:
    return EncoderBridge(Encoder(config), UdpSink(config.host, config.port, home.counters), home.counters)
