"""VRChat, played by an HTTP server with its OSCQuery tree and by python-osc on its port."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from pythonosc.osc_bundle import OscBundle
from pythonosc.osc_message import OscMessage

from mien.bridges import osc
from mien.bridges.base import Bridge, Counters, Home, Shown
from mien.bridges.registry import find
from mien.bridges.vrchat import avatar as avatars, mdns
from mien.bridges.vrchat.config import VrchatConfig
from mien.bridges.vrchat.encoder import Encoder

from .people import S, random_people, shown, turn

P = "/avatar/parameters/"


def leaf(path: str, kind: str, value: object = None, access: int = 3) -> dict[str, Any]:
    node: dict[str, Any] = {"FULL_PATH": path, "TYPE": kind, "ACCESS": access}
    return node if value is None else node | {"VALUE": [value]}


def tree(avatar_id: str, *leaves: dict[str, Any]) -> dict[str, Any]:
    """VRChat's `GET /avatar`: nested by the parts of every path."""
    root: dict[str, Any] = {"FULL_PATH": "/avatar", "ACCESS": 0, "CONTENTS": {}}
    for node in (leaf("/avatar/change", "s", avatar_id), *leaves):
        at = root
        parts = node["FULL_PATH"].split("/")[2:]
        for i, part in enumerate(parts[:-1]):
            path = "/avatar/" + "/".join(parts[: i + 1])
            at = at["CONTENTS"].setdefault(part, {"FULL_PATH": path, "ACCESS": 0, "CONTENTS": {}})
        at.setdefault("CONTENTS", {})[parts[-1]] = node
    return root


class Client:
    """VRChat: what it serves, and what comes on its OSC port."""

    def __init__(self, receiver: socket.socket) -> None:
        self.receiver = receiver
        self.body: Callable[[], bytes] = lambda: json.dumps(tree("avtr_0")).encode()
        self.status = 200
        self.asked = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                assert self.path == "/avatar"
                outer.asked += 1
                body = outer.body()
                self.send_response(outer.status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.counters = Counters()
        self.bridge: Bridge = find("vrchat").open(
            VrchatConfig(port=receiver.getsockname()[1], oscquery_port=self.port, listen_port=0, discover="off"),
            Home(self.counters),
        )

    def wear(self, *leaves: dict[str, Any], avatar_id: str = "avtr_1") -> None:
        self.body = lambda: json.dumps(tree(avatar_id, *leaves)).encode()

    def receive(self) -> dict[str, Any]:
        """Everything that has come, the last of each address."""
        found: dict[str, Any] = {}
        self.receiver.settimeout(0.3)
        while True:
            try:
                data = self.receiver.recv(65536)
            except (TimeoutError, BlockingIOError):
                return found
            assert len(data) <= 4096
            messages = list(OscBundle(data)) if OscBundle.dgram_is_bundle(data) else [OscMessage(data)]
            for m in messages:
                (found[m.address],) = m.params
            self.receiver.settimeout(0)

    def show(self, frame: Shown) -> dict[str, Any]:
        self.bridge.show(frame)
        return self.receive()

    def until_worn(self, avatar_id: str = "avtr_1") -> None:
        end = time.monotonic() + 10
        while avatar_id not in self.counters.asked and "own face" not in self.counters.asked:
            assert time.monotonic() < end, self.counters.report()
            self.bridge.show(shown())
            time.sleep(0.01)
        self.drain()

    def drain(self) -> None:
        self.receiver.setblocking(False)
        try:
            while True:
                self.receiver.recv(65536)
        except BlockingIOError:
            pass

    def close(self) -> None:
        self.bridge.close()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def client(receiver: socket.socket) -> Iterator[Client]:
    client = Client(receiver)
    yield client
    client.close()


def floats(*names: str, prefix: str = "") -> list[dict[str, Any]]:
    return [leaf(f"{P}{prefix}v2/{n}", "f", 0.0) for n in names]


def test_only_what_the_avatar_has_under_its_own_names(client: Client) -> None:
    client.wear(*floats("JawOpen", "SmileFrownLeft", prefix="FT/"), *floats("JawX"), leaf(P + "Hat", "T", False))
    client.until_worn()
    got = client.show(shown(jawOpen=0.5, mouthSmileLeft=0.25, jawLeft=0.75, stamp_ns=2 * S))
    assert got == pytest.approx({P + "FT/v2/JawOpen": 0.5, P + "FT/v2/SmileFrownLeft": 0.25, P + "v2/JawX": -0.75})
    assert client.counters.asked == "3 parameters of the avatar avtr_1"


def test_what_does_not_change_is_not_sent_again_but_now_and_then(client: Client) -> None:
    client.wear(*floats("JawOpen", "TongueOut"))
    client.until_worn()
    frame = shown(jawOpen=0.5, stamp_ns=2 * S)
    assert client.show(frame) == {P + "v2/JawOpen": 0.5}
    assert client.show(replace(frame, stamp_ns=3 * S)) == {}
    assert set(client.show(replace(frame, stamp_ns=30 * S))) == {P + "v2/JawOpen", P + "v2/TongueOut"}


# What VRCFaceTracking's UnifiedExpressionsParameters.cs makes of one ARKit shape at 0.8.
COMBINED = [
    ("browDownLeft", "BrowExpressionLeft", -0.8), ("browInnerUp", "BrowUp", 0.32), ("browOuterUpRight", "BrowUp", 0.24),
    ("browOuterUpLeft", "BrowExpressionLeft", 0.4), ("mouthSmileRight", "MouthSmileRight", 0.8),
    ("mouthSmileRight", "SmileFrown", 0.4), ("mouthSmileRight", "SmileSadRight", 0.8),
    ("mouthFrownLeft", "SmileFrownLeft", -0.8), ("mouthFrownLeft", "SmileSad", -0.4),
    ("mouthStretchLeft", "SmileSadLeft", -0.8), ("mouthStretchLeft", "MouthTightenerStretchLeft", -0.8),
    ("eyeBlinkLeft", "EyeOpenLeft", 0.2), ("eyeBlinkLeft", "EyeClosedLeft", 0.8), ("eyeBlinkLeft", "EyeClosed", 0.4),
    ("eyeBlinkLeft", "EyeLidLeft", 0.15), ("eyeWideLeft", "EyeLidLeft", 0.95), ("eyeWideLeft", "EyeWide", 0.8),
    ("eyeSquintRight", "EyesSquint", 0.8), ("mouthFunnel", "LipFunnel", 0.8),
    ("mouthFunnel", "LipSuckFunnelUpper", -0.8),
    ("mouthRollUpper", "LipSuckFunnelUpperLeft", 0.8), ("mouthRollUpper", "LipSuck", 0.4),
    ("mouthPucker", "LipPuckerLeft", 0.8), ("mouthUpperUpLeft", "MouthOpen", 0.2),
    ("mouthLowerDownLeft", "MouthLowerDown", 0.4), ("mouthLeft", "MouthX", -0.8), ("mouthRight", "MouthUpperX", 0.8),
    ("jawForward", "JawZ", 0.8), ("cheekPuff", "CheekPuffSuck", 0.8), ("cheekPuff", "CheekPuffSuckLeft", 0.8),
    ("noseSneerLeft", "NoseSneer", 0.4), ("mouthSmileLeft", "MouthCornerYLeft", 0.8),
    ("mouthClose", "MouthClosed", 0.8),
    ("mouthShrugLower", "MouthRaiserLower", 0.8), ("browDownRight", "BrowPinchRight", 0.8),
]  # fmt: skip


def encoded(encoder: Encoder, frame: Shown) -> dict[str, Any]:
    found = {}
    for data in encoder.encode(frame):
        for m in OscBundle(data):
            found[m.address] = m.params[0]
    return found


@pytest.mark.parametrize(("name", "parameter", "value"), COMBINED)
def test_combined_parameters(name: str, parameter: str, value: float) -> None:
    encoder = Encoder(VrchatConfig())
    encoder.wear(avatars.read(tree("a", *floats(parameter))))
    assert encoded(encoder, shown(**{name: 0.8}))[f"{P}v2/{parameter}"] == pytest.approx(value, abs=1e-6)


def test_eyes_and_head_in_unitys_sense() -> None:
    encoder = Encoder(VrchatConfig())
    names = (
        "EyeLeftX",
        "EyeLeftY",
        "EyeRightX",
        "EyeX",
        "Head/Yaw",
        "Head/Pitch",
        "Head/Roll",
        "Head/PosX",
        "Head/PosZ",
    )
    encoder.wear(avatars.read(tree("a", *floats(*names))))
    encoded(encoder, shown(position=np.array([0.6, 0.0, 0.0])))
    frame = shown(head=turn(30, 0, 0), position=np.array([0.5, 0.1, 0.0]), stamp_ns=2 * S)
    frame.rig.gaze[:] = [[0.3, 0.2], [0.1, 0.2]]
    got = {k.removeprefix(P + "v2/"): v for k, v in encoded(encoder, frame).items()}
    # To the left is negative, up positive; nearer is forward.
    assert got == pytest.approx(
        {
            "EyeLeftX": -0.3, "EyeLeftY": 0.2, "EyeRightX": -0.1, "EyeX": -0.2, "Head/Yaw": -1 / 3, "Head/PosX": -0.2,
            "Head/PosZ": 0.2,
        },
        abs=1e-5,
    )  # fmt: skip
    got = encoded(encoder, shown(head=turn(0, 18, 9), stamp_ns=3 * S))
    assert got[P + "v2/Head/Pitch"] == pytest.approx(-0.2, abs=1e-5)
    assert got[P + "v2/Head/Roll"] == pytest.approx(0.1, abs=1e-5)


def bits(name: str, *of: int, negative: bool = False) -> list[dict[str, Any]]:
    nodes = [leaf(f"{P}v2/{name}{n}", "T", False) for n in of]
    return nodes + ([leaf(f"{P}v2/{name}Negative", "T", False)] if negative else [])


@pytest.mark.parametrize("jaw", [0.0, 0.1, 0.3, 0.5, 0.74, 0.99, 1.0])
def test_binary_parameters(jaw: float) -> None:
    encoder = Encoder(VrchatConfig())
    encoder.wear(avatars.read(tree("a", *bits("JawOpen", 1, 2, 4))))
    got = encoded(encoder, shown(jawOpen=jaw))
    told = sum(n for n in (1, 2, 4) if got[f"{P}v2/JawOpen{n}"])
    assert told == (7 if jaw == 1 else int(np.float32(jaw) * 8))


def test_a_binary_sign_needs_its_own_bool() -> None:
    for negative in (True, False):
        encoder = Encoder(VrchatConfig())
        encoder.wear(avatars.read(tree("a", *bits("JawX", 1, 2, negative=negative))))
        got = encoded(encoder, shown(jawLeft=0.5))
        assert got[P + "v2/JawX2"] is negative
        assert got.get(P + "v2/JawXNegative", False) is negative
        got = encoded(encoder, shown(jawRight=0.5, stamp_ns=2 * S))
        assert got.get(P + "v2/JawX2", True) is True


def test_numbers_that_are_no_bits_and_read_only_ones_are_left_alone() -> None:
    worn = avatars.read(
        tree(
            "a", *bits("JawOpen", 1, 3, 0, 4), leaf(P + "v2/JawX", "f", 0.0, access=1), leaf(P + "v2/Nonsense", "f"),
            leaf(P + "v2/TongueOut", "i"), leaf(P + "JawOpen", "f"),
        )
    )  # fmt: skip
    assert worn.floats == ()
    assert [[n for n, _ in b.bits] for b in worn.binaries] == [[0, 2]]


def test_tracking_is_switched_on_while_somebody_is_there(client: Client) -> None:
    client.wear(*floats("JawOpen"), leaf(P + "EyeTrackingActive", "T"), leaf(P + "FT/LipTrackingActive", "F"))
    client.until_worn()
    gone = client.show(Shown(2 * S, shown().rig, present=False))
    assert gone == {P + "EyeTrackingActive": False, P + "FT/LipTrackingActive": False}
    assert client.show(shown(stamp_ns=3 * S)) == {P + "EyeTrackingActive": True, P + "FT/LipTrackingActive": True}


def test_another_avatar_is_noticed(client: Client) -> None:
    client.wear(*floats("JawOpen"))
    client.until_worn()
    client.wear(*floats("TongueOut"), avatar_id="avtr_2")
    client.until_worn("avtr_2")
    assert client.show(shown(jawOpen=0.5, tongueOut=0.5, stamp_ns=9 * S)) == {P + "v2/TongueOut": 0.5}


def test_an_avatar_without_parameters_is_said_to_be_one(client: Client) -> None:
    client.until_worn("avtr_0")
    assert client.counters.report()["waits"].startswith("the worn avatar has no parameters for face tracking")


def test_vrchats_own_face_tracking(client: Client) -> None:
    """Eyes: R +x -x +y -y, L -x +x +y -y, R and L closed, four unused; then 88 shapes, all in 255 parts."""
    client.wear(*floats("JawOpen"), leaf("/avatar/avatarfullfacetracking", "T", True, access=1))
    client.until_worn()
    frame = shown(jawOpen=0.5, eyeBlinkLeft=0.25, eyeBlinkRight=1.0, tongueOut=1.0, mouthSmileLeft=0.1)
    frame.rig.gaze[:] = [[0.3, 0.2], [-0.1, -0.4]]  # the left eye to the left and up, the right one right and down
    got = client.show(frame)
    assert list(got) == ["/tracking/face/v1"]
    data = got["/tracking/face/v1"]
    assert len(data) == 102

    def part(value: float) -> int:
        return int(np.float32(value) * np.float32(255))

    assert [*data[:14]] == [
        part(0.1), 0, 0, part(0.4), part(0.3), 0, part(0.2), 0, 255, part(0.25), 0, 0, 0, 0,
    ]  # fmt: skip
    shapes = data[14:]
    assert (shapes[22], shapes[72]) == (part(0.5), 255)  # JawOpen, TongueOut
    assert (shapes[57], shapes[56]) == (part(0.1), 0)  # MouthCornerPull left, right


def test_while_the_avatar_is_unknown_common_names_are_tried(receiver: socket.socket) -> None:
    config = VrchatConfig(port=receiver.getsockname()[1], listen_port=0, discover="off")
    bridge = find("vrchat").open(config, Home())
    bridge.show(shown(jawOpen=0.5))
    found = {}
    receiver.settimeout(0.3)
    try:
        while True:
            for m in OscBundle(receiver.recv(65536)):
                found[m.address] = m.params[0]
    except TimeoutError:
        pass
    assert found[P + "v2/JawOpen"] == found[P + "FT/v2/JawOpen"] == 0.5
    bridge.close()


def test_a_change_is_looked_at_at_once(receiver: socket.socket) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        listen = free.getsockname()[1]
    client = Client(receiver)
    client.bridge.close()
    client.bridge = find("vrchat").open(
        VrchatConfig(port=receiver.getsockname()[1], oscquery_port=client.port, listen_port=listen, discover="off"),
        Home(client.counters),
    )
    client.wear(*floats("JawOpen"))
    client.until_worn()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as vrchat:
        for data in (osc.encode("/avatar/change", "avtr_2"), b"garbage", b""):
            vrchat.sendto(data, ("127.0.0.1", listen))
        client.wear(*floats("JawOpen"), avatar_id="avtr_2")
        client.bridge.tick(0.0)
        assert client.counters.received == 1
        assert client.counters.ignored >= 1
        client.until_worn("avtr_2")
    client.close()


NONSENSE = [
    b"", b"nonsense", b"[]", b"null", b"[" * 5000, b'{"CONTENTS": {"a": 3}}', b'{"FULL_PATH": 7, "TYPE": "f"}',
    b"\xff" * 100, json.dumps({"CONTENTS": {str(i): {} for i in range(30_000)}}).encode(),
]  # fmt: skip


@pytest.mark.parametrize("body", NONSENSE, ids=range(len(NONSENSE)))
def test_a_server_of_nonsense_costs_nothing(client: Client, body: bytes) -> None:
    client.body = lambda: body
    end = time.monotonic() + 10
    while client.counters.ignored == 0 and "avatar" not in client.counters.asked:
        assert time.monotonic() < end
        client.bridge.show(shown())
        time.sleep(0.01)
    client.wear(*floats("JawOpen"))
    client.bridge._follower.look()  # type: ignore[attr-defined]
    client.until_worn()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda s: (
            st.lists(s, max_size=3)
            | st.dictionaries(
                st.sampled_from(["FULL_PATH", "TYPE", "VALUE", "ACCESS", "CONTENTS", P + "v2/JawOpen", "a"]),
                s,
                max_size=5,
            )
        ),
        max_leaves=20,
    )
)
def test_any_json_is_a_tree_or_refused(body: Any) -> None:
    try:
        worn = avatars.read(body)
    except ValueError:
        return
    Encoder(VrchatConfig()).wear(worn)


def test_every_random_face_stays_within_bounds() -> None:
    encoder = Encoder(VrchatConfig())
    for frame in random_people(20):
        for value in encoded(encoder, frame).values():
            assert -1 <= value <= 1


def record(name: bytes, kind: int, data: bytes) -> bytes:
    return name + struct.pack(">HHIH", kind, 0x8001, 120, len(data)) + data


def announcement(instance: bytes = b"VRChat-Client-A1B2C3", port: int = 52345) -> bytes:
    """As RFC 6762 has it: a pointer, a place and an address, with compressed names."""
    service = b"\x08_oscjson\x04_tcp\x05local\0"  # at 12
    full = bytes([len(instance)]) + instance + b"\xc0\x0c"
    host = b"\x04host\xc0" + bytes([12 + 9 + 5])  # host.local
    return (
        struct.pack(">6H", 0, 0x8400, 0, 3, 0, 0)
        + record(service, 12, full)
        + record(full, 33, struct.pack(">3H", 0, 0, port) + host)
        + record(host, 1, bytes([127, 0, 0, 1]))
    )


def test_mdns_is_read_as_the_rfc_has_it() -> None:
    found = mdns.services(announcement(), "_oscjson._tcp.local")
    assert found == [mdns.Service("VRChat-Client-A1B2C3", "127.0.0.1", 52345)]
    assert mdns.question("_oscjson._tcp.local") == (
        b"\0\0\0\0\0\1\0\0\0\0\0\0\x08_oscjson\x04_tcp\x05local\0\x00\x0c\x80\x01"
    )


@given(st.binary(max_size=200), st.integers(0, 100), st.integers(0, 255))
def test_mdns_of_a_stranger_is_refused_or_read(data: bytes, at: int, value: int) -> None:
    damaged = bytearray(announcement())
    damaged[at % len(damaged)] = value
    for packet in (data, bytes(damaged), bytes(damaged[:at])):
        with contextlib.suppress(ValueError):
            mdns.services(packet, "_oscjson._tcp.local")
