from __future__ import annotations

from mien.bridges.base import Bridge, Home
from mien.bridges.inputs import Reader
from mien.bridges.listener import ListenerBridge
from mien.bridges.livelink_in.config import LivelinkInConfig
from mien.bridges.livelink_in.decoder import Decoder

_ASK = "in Live Link Face, set this computer and port as target"


def open_bridge(config: LivelinkInConfig, home: Home) -> Bridge:
    reader = Reader(config.track_id, "livelink_in", smooth=config.smooth)
    return ListenerBridge(home, config.host, config.port, Decoder, reader, _ASK)
