"""VMC as python-osc receives it, on a real socket."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pythonosc.dispatcher import Dispatcher
from pythonosc.osc_server import BlockingOSCUDPServer

from mien.bridges.base import Bridge, Home, Shown
from mien.bridges.registry import find
from mien.bridges.vmc.config import VmcConfig
from mien.core.errors import BridgeError
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


def glb(document: dict[str, Any]) -> bytes:
    """A binary glTF of one JSON chunk (Khronos, glTF 2.0, GLB file format)."""
    body = json.dumps(document).encode()
    body += b" " * (-len(body) % 4)
    return struct.pack("<5I", 0x46546C67, 2, 20 + len(body), len(body), 0x4E4F534A) + body


NODES = [
    {"translation": [0.0, 0.12, 0.01]},
    {"translation": [0.0, 0.09, 0.02]},
    {"translation": [0.04, 0.06, 0.03]},
    {},
]


def vrm0(*groups: tuple[str, str]) -> bytes:
    bones = [{"bone": "neck", "node": 0}, {"bone": "head", "node": 1}, {"bone": "leftEye", "node": 2}]
    blend = {"blendShapeGroups": [{"name": name, "presetName": preset} for name, preset in groups]}
    return glb({"nodes": NODES, "extensions": {"VRM": {"humanoid": {"humanBones": bones}, "blendShapeMaster": blend}}})


def vrm1(presets: list[str], custom: list[str]) -> bytes:
    human = {"head": {"node": 1}, "leftEye": {"node": 2}, "rightEye": {"node": 3}}
    expressions = {"preset": {n: {} for n in presets}, "custom": {n: {} for n in custom}}
    return glb(
        {"nodes": NODES, "extensions": {"VRMC_vrm": {"humanoid": {"humanBones": human}, "expressions": expressions}}}
    )


def played(receiver: Receiver, tmp_path: Path, file: bytes, **weights: float) -> dict[str, float]:
    """What an avatar with this file is sent."""
    path = tmp_path / "avatar.vrm"
    path.write_bytes(file)
    sender = bridge(receiver, avatar=str(path))
    sender.show(shown(**weights))
    receiver.frame()
    sender.close()
    return receiver.blends


def test_an_avatar_of_vrm_0_gets_the_presets_that_it_has(receiver: Receiver, tmp_path: Path) -> None:
    file = vrm0(("Blink_L", "blink_l"), ("あ", "a"), ("Joy", "joy"), ("Tail", "unknown"), ("tongueOut", "unknown"))
    got = played(receiver, tmp_path, file, eyeBlinkLeft=0.5, jawOpen=0.5, tongueOut=0.25)
    assert got == pytest.approx({"Blink_L": 0.5, "A": 0.5 / 0.7, "Joy": 0.0, "tongueOut": 0.25})
    # VRM 0 looks along -z in its file, Unity along +z; without a right eye no eye is turned.
    assert receiver.bones.keys() == {"Neck", "Head"}
    assert receiver.bones["Neck"][:3] == pytest.approx([0, 0.12, -0.01])


def test_an_avatar_with_perfect_sync_gets_nothing_beside(receiver: Receiver, tmp_path: Path) -> None:
    pascal = [n[0].upper() + n[1:] for n in arkit.BLENDSHAPES]
    got = played(receiver, tmp_path, vrm0(("Blink_L", "blink_l"), *((n, "unknown") for n in pascal)), jawOpen=0.5)
    assert list(got) == pascal
    assert got["JawOpen"] == 0.5


def test_an_avatar_of_vrm_1_gets_the_names_of_vrm_0(receiver: Receiver, tmp_path: Path) -> None:
    got = played(receiver, tmp_path, vrm1(["blinkLeft", "happy", "aa", "neutral"], ["Hat"]), mouthSmileLeft=1.0)
    assert got == pytest.approx({"Blink_L": 0.0, "Joy": 0.5, "A": 0.0})
    assert receiver.bones.keys() == {"Head", "LeftEye", "RightEye"}
    assert receiver.bones["LeftEye"][:3] == pytest.approx([-0.04, 0.06, 0.03])


def test_without_a_neck_the_head_turns_all_the_way(receiver: Receiver, tmp_path: Path) -> None:
    path = tmp_path / "avatar.vrm"
    path.write_bytes(vrm1(["aa"], []))
    sender = bridge(receiver, avatar=str(path))
    sender.show(shown(head=turn(30, 0, 0)))
    receiver.frame()
    assert unity.angles_deg(receiver.bones["Head"][3:]) == pytest.approx((30, 0, 0), abs=1e-3)
    sender.close()


# A shape at 1, and what presets say of it, by VRM 0's name and VRM 1's.
PRESETS = [
    ("eyeBlinkRight", "Blink_R", "blinkRight", 1.0), ("jawOpen", "A", "aa", 1.0), ("mouthFunnel", "O", "oh", 1.0),
    ("mouthPucker", "U", "ou", 1.0), ("mouthSmileLeft", "Joy", "happy", 0.5), ("browDownLeft", "Angry", "angry", 0.5),
    ("eyeLookOutLeft", "LookLeft", "lookLeft", 0.5), ("mouthFrownRight", "Sorrow", "sad", 0.5),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "old", "new", "value"), PRESETS)
def test_presets(receiver: Receiver, shape: str, old: str, new: str, value: float) -> None:
    for names, name in (("vrm0", old), ("vrm1", new), ("auto", old)):
        sender = bridge(receiver, names=names)
        sender.show(shown(**{shape: 1.0}))
        receiver.frame()
        assert receiver.blends[name] == pytest.approx(value)
        assert shape not in receiver.blends  # an avatar with both would move twice as far
        assert all(0 <= v <= 1 for v in receiver.blends.values())
        sender.close()


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"glTF",
        glb({}),
        glb({"extensions": {"VRM": []}}),
        glb({"nodes": [], "extensions": {"VRM": {"humanoid": {"humanBones": [{"bone": "head", "node": 7}]}}}}),
        b"\0" * 100,
    ],
)
def test_a_file_that_is_no_avatar_is_named(tmp_path: Path, file: bytes) -> None:
    path = tmp_path / "avatar.vrm"
    path.write_bytes(file)
    with pytest.raises(BridgeError, match=r"vmc.avatar: .*avatar.vrm is no VRM file"):
        find("vmc").open(VmcConfig(avatar=str(path)), Home())
    with pytest.raises(BridgeError, match=r"give the avatar's \.vrm file"):
        find("vmc").open(VmcConfig(avatar=str(tmp_path / "none.vrm")), Home())
