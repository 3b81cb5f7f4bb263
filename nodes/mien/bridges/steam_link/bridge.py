from __future__ import annotations

from mien.bridges.base import Bridge, Home
from mien.bridges.inputs import Reader
from mien.bridges.listener import ListenerBridge
from mien.bridges.steam_link.config import SteamLinkConfig
from mien.bridges.steam_link.decoder import Decoder

_ASK = "in SteamVR's settings, Steam Link, set the OSC port to Custom"


def open_bridge(config: SteamLinkConfig, home: Home) -> Bridge:
    reader = Reader(config.track_id, "steam_link", smooth=config.smooth)
    return ListenerBridge(home, config.host, config.port, Decoder, reader, _ASK)
