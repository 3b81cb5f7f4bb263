"""VMC as python-osc receives it, on a real socket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from pythonosc.dispatcher import Dispatcher
from pythonosc.osc_server import BlockingOSCUDPServer

from mien.bridges.base import Bridge, Home, Shown
from mien.bridges.registry import find
from mien.bridges.vmc.config import VmcConfig
from mien.core.types import RigState
from mien_models.spaces import arkit

from . import unity
from .people import S, random_people, shown, turn


class Receiver:
    """A marionette by protocol.vmc.info: values are held back until Apply."""

    def __init__(self) -> None:
        dispatcher = Dispatcher()
        dispatcher.set_default_handler(self._on)
        self._server = BlockingOSCUDPServer(("127.0.0.1", 0), dispatcher)
        self._server.timeout = 2
        self.port = self._server.server_address[1]
        self._waiting: dict[str, float] = {}
        self.blends: dict[str, float] = {}
        self.bones: dict[str, np.ndarray] = {}
        self.root: list[Any] = []
        self.ok: int | None = None
        self.times: list[float] = []

    def _on(self, address: str, *arguments: Any) -> None:
        if address == "/VMC/Ext/Blend/Val":
            assert type(arguments[0]) is str
            assert type(arguments[1]) is float
            self._waiting[arguments[0]] = arguments[1]
        elif address == "/VMC/Ext/Blend/Apply":
            self.blends, self._waiting = self._waiting, {}
        elif address == "/VMC/Ext/Bone/Pos":
            self.bones[arguments[0]] = np.array(arguments[1:])
        elif address == "/VMC/Ext/Root/Pos":
            self.root = list(arguments)
        elif address == "/VMC/Ext/OK":
            self.ok = arguments[0]
        elif address == "/VMC/Ext/T":
            self.times.append(arguments[0])

    def frame(self) -> None:
        """Take datagrams until the time, which comes last."""
        seen = len(self.times)
        while len(self.times) == seen:
            self._server.handle_request()
            assert len(self.times) > seen or self._waiting or self.bones

    @property
    def head(self) -> np.ndarray:
        return unity.multiply(self.bones["Neck"][3:], self.bones["Head"][3:])

    def close(self) -> None:
        self._server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


def bridge(receiver: Receiver, **params: Any) -> Bridge:
    return find("vmc").open(VmcConfig(port=receiver.port, **params), Home())


def test_every_weight_arrives_frame_by_frame(receiver: Receiver) -> None:
    sender = bridge(receiver, names="arkit")
    for sent in random_people(20):
        sender.show(sent)
        receiver.frame()
        assert receiver.blends == dict(zip(arkit.BLENDSHAPES, sent.rig.weights.tolist(), strict=True))
        assert receiver.ok == 1
    assert np.diff(receiver.times) == pytest.approx(1 / 30, abs=1e-6)
    assert receiver.times[0] == 0
    assert sender.counters.link == ""
    sender.close()


@pytest.mark.parametrize("neck", [0.0, 0.3, 1.0])
@pytest.mark.parametrize(
    ("yaw", "pitch", "roll"), [(0, 0, 0), (30, 0, 0), (-30, 0, 0), (0, 20, 0), (0, 0, 25), (30, -20, 10)]
)
def test_left_is_left_and_frontal_is_frontal(
    receiver: Receiver, neck: float, yaw: float, pitch: float, roll: float
) -> None:
    sender = bridge(receiver, neck=neck)
    sender.show(shown(head=turn(yaw, pitch, roll)))
    receiver.frame()
    assert unity.angles_deg(receiver.head) == pytest.approx((yaw, pitch, roll), abs=1e-3)
    assert np.linalg.norm(receiver.bones["Head"][3:]) == pytest.approx(1, abs=1e-6)
    sender.close()


def test_eyes_turn_each_to_its_own_side(receiver: Receiver) -> None:
    sender = bridge(receiver)
    sent = random_people(1)[0]
    sender.show(sent)
    receiver.frame()
    for bone, (yaw, pitch) in zip(("LeftEye", "RightEye"), np.degrees(sent.rig.gaze), strict=True):
        assert unity.angles_deg(receiver.bones[bone][3:]) == pytest.approx((yaw, pitch, 0), abs=1e-3)
    assert receiver.bones["LeftEye"][0] < 0 < receiver.bones["RightEye"][0]
    sender.close()


def test_bones_keep_their_places(receiver: Receiver) -> None:
    sender = bridge(receiver, eyes=False)
    sender.show(shown())
    receiver.frame()
    assert receiver.root == ["root", 0, 0, 0, 0, 0, 0, 1]
    assert set(receiver.bones) == {"Neck", "Head"}
    assert all(0.05 < b[1] < 0.15 for b in receiver.bones.values())
    sender.close()


def test_nobody_is_there(receiver: Receiver) -> None:
    sender = bridge(receiver)
    sender.show(shown(state=RigState.NEUTRAL))
    receiver.frame()
    assert receiver.ok == 1
    before = dict(receiver.blends)
    sender.show(Shown(2 * S, shown().rig, present=False))
    receiver.frame()
    assert (receiver.ok, receiver.blends, receiver.times) == (0, before, [0.0, 1.0])
    sender.close()


def test_datagrams_pass_every_network() -> None:
    from mien.bridges.vmc.encoder import Encoder

    assert all(len(d) <= 1400 for d in Encoder(VmcConfig()).encode(shown()))
