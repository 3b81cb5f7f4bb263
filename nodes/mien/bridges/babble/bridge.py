from __future__ import annotations

from mien.bridges.babble.config import BabbleConfig
from mien.bridges.babble.decoder import Decoder
from mien.bridges.base import Bridge, Home
from mien.bridges.inputs import Reader
from mien.bridges.listener import ListenerBridge

_ASK = "in Babble or Baballonia, set the OSC output to this port"


def open_bridge(config: BabbleConfig, home: Home) -> Bridge:
    reader = Reader(config.track_id, "babble", smooth=config.smooth)
    return ListenerBridge(home, config.host, config.port, Decoder, reader, _ASK)
