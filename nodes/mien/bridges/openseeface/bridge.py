from __future__ import annotations

import time
from dataclasses import replace

from mien.bridges.base import Bridge, EncoderBridge, Home, Shown
from mien.bridges.openseeface.config import OpenseefaceConfig
from mien.bridges.openseeface.encoder import Encoder
from mien.bridges.sockets import UdpSink

_LIVE_NS = 10_000_000_000


def open_bridge(config: OpenseefaceConfig, home: Home) -> Bridge:
    return OpenseefaceBridge(Encoder(config), UdpSink(config.host, config.port, home.counters), home.counters)


class OpenseefaceBridge(EncoderBridge):
    """Replaces stamps that are not live by the time of sending, because receivers drop frames with older times."""

    def show(self, shown: Shown) -> None:
        now_ns = time.time_ns()
        if abs(now_ns - shown.stamp_ns) > _LIVE_NS:
            shown = replace(shown, stamp_ns=now_ns)
        super().show(shown)
