from __future__ import annotations

from collections.abc import Iterable

from mien.bridges import osc
from mien.bridges.base import Bridge, Counters, Home, Shown
from mien.bridges.sockets import UdpSink, UdpSource
from mien.bridges.vrchat.avatar import FULL, UNKNOWN, Avatar
from mien.bridges.vrchat.config import VrchatConfig
from mien.bridges.vrchat.encoder import Encoder
from mien.bridges.vrchat.oscquery import Follower


def open_bridge(config: VrchatConfig, home: Home) -> Bridge:
    return VrchatBridge(config, home)


class VrchatBridge(Bridge):
    """Sends the parameters of the avatar in use; while it is unknown, those of most avatars."""

    def __init__(self, config: VrchatConfig, home: Home) -> None:
        super().__init__(home.counters)
        self._host = config.host
        self._encoder = Encoder(config)
        self._worn: Avatar | None = None  # written by the follower's thread, read by this one
        # Another program may use this port already, which is no error: the avatar is then polled.
        self._source = UdpSource("127.0.0.1", config.listen_port, Counters()) if config.listen_port else None
        self._sink = UdpSink(config.host, config.port, home.counters)
        self._follower = Follower(config.host, config.oscquery_port, config.discover, home.counters, self._put_on)

    def show(self, shown: Shown) -> None:
        if (avatar := self._worn) is not None:
            self._worn = None
            self._wear(avatar)
        for packet in self._encoder.encode(shown):
            self._sink.send(packet)

    def tick(self, now_s: float) -> None:
        if self._source is None:
            return
        for data, (ip, _) in self._source.poll(now_s):
            if ip != "127.0.0.1" and ip != self._host:
                self.counters.ignore()
                continue
            try:
                for message in osc.messages(data):
                    self._take(message)
            except osc.OscError:
                self.counters.ignore()

    def filenos(self) -> Iterable[int]:
        return self._source.filenos() if self._source else ()

    def close(self) -> None:
        self._follower.close()
        self._sink.close()
        if self._source:
            self._source.close()

    def _put_on(self, avatar: Avatar) -> None:
        self._worn = avatar

    def _take(self, message: osc.Message) -> None:
        if message.address in ("/avatar/change", FULL):
            self.counters.receive()
            self._follower.look()

    def _wear(self, avatar: Avatar) -> None:
        self._encoder.wear(avatar)
        if avatar.full:
            self.counters.asked = "VRChat's own face tracking"
        else:
            self.counters.asked = f"{avatar.count} parameters of the avatar {avatar.id or 'without a name'}"
        self.counters.waits = (
            "" if avatar.full or avatar.count or avatar is UNKNOWN else "the worn avatar has no parameters for face "
            "tracking (v2/…): wear one that has, or reset its OSC configuration"
        )  # fmt: skip
