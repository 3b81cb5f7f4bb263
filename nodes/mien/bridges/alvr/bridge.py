from __future__ import annotations

from mien.bridges.alvr.config import AlvrConfig
from mien.bridges.alvr.decoder import Decoder
from mien.bridges.base import Bridge, Home
from mien.bridges.inputs import Reader
from mien.bridges.listener import ListenerBridge

_ASK = "in ALVR's settings, face tracking, choose the sink VrcFaceTracking"


def open_bridge(config: AlvrConfig, home: Home) -> Bridge:
    reader = Reader(config.track_id, "alvr", smooth=config.smooth)
    return ListenerBridge(home, config.host, config.port, Decoder, reader, _ASK)
