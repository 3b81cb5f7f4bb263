"""iFacialMocap, read as the app's own sample for Unity does; FMV3 by a receiver written from its specification."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mien.bridges.base import Bridge, Counters, Home, Shown
from mien.bridges.ifacialmocap.config import IfacialmocapConfig
from mien.bridges.ifacialmocap.fmv3 import Phone
from mien.bridges.registry import find
from mien_models.spaces import arkit

from . import unity
from .people import S, random_people, shown, turn

HELLO = b"iFacialMocap_sahuasouryya9218sauhuiayeta91555dy3719"


def long_name(name: str) -> str:
    """ARKit's name of iFacialMocap's."""
    return name.removesuffix("_L") + "Left" if name.endswith("_L") else name.replace("_R", "Right")


class Sample:
    """UnityRecieve_iFacialMocap: shapes before `=`, poses after it."""

    def __init__(self, data: bytes) -> None:
        before, after = data.decode("ascii").split("=")
        self.shapes: dict[str, float] = {}
        for message in before.split("|"):
            parts = message.split("&" if "&" in message else "-")
            if len(parts) == 2:
                self.shapes[parts[0]] = float(parts[1]) * 0.01
        poses = {m.split("#")[0]: [*map(float, m.split("#")[1].split(","))] for m in after.split("|") if "#" in m}
        h = poses["head"]
        self.head = unity.euler(h[0], h[1], -h[2])
        self.position = np.array([-h[3], h[4], h[5]])
        self.left, self.right = (unity.euler(*poses[k]) for k in ("leftEye", "rightEye"))


def bridge(receiver: socket.socket, counters: Counters | None = None, **params: Any) -> Bridge:
    config = IfacialmocapConfig(port=receiver.getsockname()[1], **params)
    return find("ifacialmocap").open(config, Home(counters or Counters()))


@pytest.mark.parametrize("layout", ["v1", "v2", "facemotion3d"])
def test_every_weight_arrives_in_whole_percents(receiver: socket.socket, layout: str) -> None:
    sender = bridge(receiver, format=layout)
    for sent in random_people(10):
        sender.show(sent)
        shapes = Sample(receiver.recv(65536)).shapes
        by_name = {n if layout == "facemotion3d" else long_name(n): v for n, v in shapes.items()}
        expected = dict(zip(arkit.BLENDSHAPES, sent.rig.weights.tolist(), strict=True))
        assert by_name == pytest.approx(expected, abs=0.005001)
    sender.close()


def test_the_names_are_the_apps(receiver: socket.socket) -> None:
    sender = bridge(receiver)
    sender.show(shown())
    data = receiver.recv(65536)
    names = {p.split("-")[0] for p in data.decode().split("=")[0].split("|") if p}
    assert {"mouthSmile_R", "eyeLookOut_L", "mouthUpperUp_L", "mouthLeft", "jawRight", "browInnerUp"} <= names
    assert len(names) == 52
    assert data.endswith(b"|")
    # VRCFaceTracking's module leaves out what stands before the first and behind the last bar.
    assert data.startswith(b"tongueOut-0|")
    sender.close()


@pytest.mark.parametrize(("yaw", "pitch", "roll"), [(0, 0, 0), (30, 0, 0), (0, 20, 0), (0, 0, 25), (30, -20, 10)])
def test_left_is_left(receiver: socket.socket, yaw: float, pitch: float, roll: float) -> None:
    sender = bridge(receiver)
    frame = shown(head=turn(yaw, pitch, roll), position=np.array([0.6, 0.1, 0.2]))
    frame.rig.gaze[:] = [[0.3, 0.1], [0.2, -0.1]]
    sender.show(frame)
    sample = Sample(receiver.recv(65536))
    assert unity.angles_deg(sample.head) == pytest.approx((yaw, pitch, roll), abs=1e-3)
    # The character looks along +z, towards the camera; its left is -x.
    assert sample.position == pytest.approx([-0.1, 0.2, -0.6])
    for eye, gaze in ((sample.left, frame.rig.gaze[0]), (sample.right, frame.rig.gaze[1])):
        assert unity.angles_deg(eye) == pytest.approx((*np.degrees(gaze), 0), abs=1e-3)
    sender.close()


def test_mirrored_left_is_right(receiver: socket.socket) -> None:
    sender = bridge(receiver, mirror=True)
    frame = shown(head=turn(30, 20, 10), mouthSmileLeft=0.5, eyeBlinkRight=0.25, mouthLeft=0.75)
    frame.rig.gaze[:] = [[0.3, 0.1], [0.2, -0.1]]
    sender.show(frame)
    sample = Sample(receiver.recv(65536))
    assert (sample.shapes["mouthSmile_R"], sample.shapes["eyeBlink_L"], sample.shapes["mouthRight"]) == (
        0.5,
        0.25,
        0.75,
    )
    assert sample.shapes["mouthSmile_L"] == 0
    assert unity.angles_deg(sample.head) == pytest.approx((-30, 20, -10), abs=1e-3)
    assert unity.angles_deg(sample.left) == pytest.approx((*np.degrees((-0.2, -0.1)), 0), abs=1e-3)
    sender.close()


def test_nobody_is_silence(receiver: socket.socket) -> None:
    sender = bridge(receiver)
    sender.show(Shown(S, shown().rig, present=False))
    receiver.settimeout(0)
    with pytest.raises(BlockingIOError):
        receiver.recv(9)
    sender.close()


def test_by_default_nothing_listens(receiver: socket.socket) -> None:
    sender = bridge(receiver)
    assert list(sender.filenos()) == []
    sender.close()


def test_text_goes_to_whoever_asks(monkeypatch: pytest.MonkeyPatch, receiver: socket.socket) -> None:
    monkeypatch.setattr("mien.bridges.ifacialmocap.bridge._PC_PORT", receiver.getsockname()[1])
    counters = Counters()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    phone = bridge(receiver, counters, format="off", listen="127.0.0.1", listen_port=port)
    phone.tick(0.0)
    assert counters.waits.startswith("no program has asked")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        for hello, mark in ((HELLO, b"jawOpen-50"), (HELLO + b"|sendDataVersion=v2", b"jawOpen&50")):
            asker.sendto(hello, ("127.0.0.1", port))
            phone.tick(1.0)
            phone.show(shown(jawOpen=0.5))
            assert mark in receiver.recv(65536)
        asker.sendto(b"FACEMOTION3D_OtherStreaming", ("127.0.0.1", port))
        phone.tick(1.0)
        phone.show(shown(eyeBlinkLeft=0.5))
        assert b"eyeBlinkLeft&50" in receiver.recv(65536)
        assert counters.asked == "facemotion3d to 127.0.0.1"
        asker.sendto(b"StopStreaming_FACEMOTION3D", ("127.0.0.1", port))
        asker.sendto(HELLO[:-1], ("127.0.0.1", port))
        phone.tick(2.0)
        assert counters.asked == ""
        assert counters.ignored == 1
    phone.close()


# FMV3: constants of PROTOCOL_V3.md and of the reference receiver, by contract revision.
HEADER = struct.Struct("<4sBBHQIIIIHHI")
TYPES = {4: {"SCHEMA": 3, "ACK": 10}, 5: {"SCHEMA": 2, "ACK": 3}}


class Pc:
    """A program's side of FMV3 over UDP."""

    def __init__(self, revision: int, phone: int, fps: int = 60) -> None:
        self.revision, self.phone = revision, ("127.0.0.1", phone)
        self.nonce = 0x1234_5678_9ABC_DEF0
        self.hello = struct.pack("<HHI", fps, 1200, revision)
        self.session = 0
        self.names: list[str] = []
        self._parts: dict[int, bytes] = {}
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(2)

    def send(self, kind: int, payload: bytes = b"", session: int | None = None, schema: int = 0, seq: int = 0) -> None:
        n = len(payload)
        number = self.session if session is None else session
        header = HEADER.pack(b"FMV3", kind, 0, 40, number, schema, seq, 0, n, 0, 1, n)
        self.socket.sendto(header + payload, self.phone)

    def say_hello(self) -> None:
        self.send(1, self.hello, self.nonce)

    def receive(self) -> tuple[int, int, int, bytes]:
        """Kind, flags, sequence and payload of one whole message."""
        while True:
            data = self.socket.recv(2000)
            magic, kind, flags, size, session, schema, seq, token, total, index, count, length = HEADER.unpack_from(
                data
            )
            assert (magic, size, token, length) == (b"FMV3", 40, 0, len(data) - 40)
            limit = 576 if kind == TYPES[self.revision]["SCHEMA"] else 1200
            assert len(data) <= limit
            if kind == TYPES[self.revision]["SCHEMA"]:
                assert length == min(536, total - index * 536)
                self._parts[index] = data[40:]
                if len(self._parts) < count:
                    continue
                payload, self._parts = b"".join(self._parts[i] for i in range(count)), {}
                assert len(payload) == total
                self.session = session
                self._read(payload)
                assert schema == 1
            else:
                payload = data[40:]
                assert session == self.session or kind == 9
            return kind, flags, seq, payload

    def _read(self, payload: bytes) -> None:
        nonce, self.fps, udp_size, lease_ms, revision = struct.unpack_from("<QHHII", payload)
        assert (nonce, udp_size, revision) == (self.nonce, 1200, self.revision)
        assert 5000 <= lease_ms <= 60000
        told = json.loads(payload[20:])
        assert set(told) == {
            "schema_version", "app", "profile", "blend_names", "blend_encoding", "blend_unit", "pose_layout",
            "rotation_unit", "position_unit",
        }  # fmt: skip
        assert (told["blend_encoding"], told["blend_unit"], told["schema_version"]) == ("i16", "percent", 1)
        self.names = told["blend_names"]

    def confirm(self) -> None:
        self.send(TYPES[self.revision]["ACK"], schema=1)

    def frame(self) -> tuple[dict[str, int], tuple[float, ...], int, int]:
        kind, flags, seq, payload = self.receive()
        assert kind == 4
        n = len(self.names)
        assert len(payload) == 2 * n + 48
        values = struct.unpack_from(f"<{n}h", payload)
        return dict(zip(self.names, values, strict=True)), struct.unpack_from("<12f", payload, 2 * n), flags, seq

    def is_quiet(self) -> bool:
        self.socket.settimeout(0)
        try:
            self.socket.recv(2000)
        except BlockingIOError:
            return True
        finally:
            self.socket.settimeout(2)
        return False


@pytest.fixture
def phone(receiver: socket.socket) -> Iterator[tuple[Bridge, int, Counters]]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    counters = Counters()
    made = bridge(receiver, counters, format="off", listen="127.0.0.1", listen_port=port)
    yield made, port, counters
    made.close()


@pytest.mark.parametrize("revision", [4, 5])
def test_fmv3_frames_flow_once_the_names_are_confirmed(phone: tuple[Bridge, int, Counters], revision: int) -> None:
    app, port, counters = phone
    pc = Pc(revision, port)
    pc.say_hello()
    app.tick(0.0)
    assert pc.receive()[0] == TYPES[revision]["SCHEMA"]
    app.show(shown())
    assert pc.is_quiet()
    pc.confirm()
    app.tick(0.1)
    last = 0
    for sent in random_people(5):
        app.show(sent)
        values, pose, flags, seq = pc.frame()
        expected = dict(zip(arkit.BLENDSHAPES, sent.rig.weights.tolist(), strict=True))
        assert {n: v / 100 for n, v in values.items()} == pytest.approx(expected, abs=0.005001)
        for eye, gaze in ((pose[6:9], sent.rig.gaze[1]), (pose[9:12], sent.rig.gaze[0])):
            assert unity.angles_deg(unity.euler(*eye)) == pytest.approx((*np.degrees(gaze), 0), abs=1e-3)
        assert flags == 1
        assert seq == last + 1
        last = seq
    turned = shown(head=turn(30, -20, 10), position=np.array([0.6, 0.1, 0.2]), stamp_ns=99 * S)
    app.show(turned)
    pose = pc.frame()[1]
    assert unity.angles_deg(unity.euler(pose[0], pose[1], -pose[2])) == pytest.approx((30, -20, 10), abs=1e-3)
    assert pose[3:6] == pytest.approx((0.1, 0.2, -0.6))
    app.show(replace(turned, present=False, stamp_ns=100 * S))
    assert pc.frame()[2] == 0  # not tracked
    assert f"v3 revision {revision}" in counters.asked
    pc.send(8)  # STOP
    app.tick(0.2)
    app.show(replace(turned, stamp_ns=101 * S))
    assert pc.is_quiet()
    pc.socket.close()


def test_fmv3_what_is_lost_is_sent_again_and_ends(phone: tuple[Bridge, int, Counters]) -> None:
    app, port, counters = phone
    pc = Pc(4, port)
    pc.say_hello()
    app.tick(0.0)
    pc.receive()
    app.tick(0.5)
    assert pc.is_quiet()
    app.tick(1.1)
    assert pc.receive()[0] == 3  # the names again, as they were not confirmed
    app.tick(10.5)
    kind, _, _, reason = pc.receive()
    assert (kind, reason) == (9, b"SCHEMA_ACK_TIMEOUT")
    assert counters.asked == ""
    pc.socket.close()


def test_fmv3_a_program_that_no_longer_pings_is_forgotten(phone: tuple[Bridge, int, Counters]) -> None:
    app, port, counters = phone
    pc = Pc(5, port)
    pc.say_hello()
    app.tick(0.0)
    pc.receive()
    pc.confirm()
    app.tick(0.1)
    for now_s in (3.0, 6.0, 9.0):
        pc.send(6, seq=int(now_s))
        app.tick(now_s)
        assert pc.receive()[::2] == (7, int(now_s))
    app.tick(18.0)
    assert counters.asked != ""
    app.tick(19.1)
    assert counters.asked == ""
    pc.socket.close()


def test_fmv3_serves_one_program_and_knows_no_other_revision(phone: tuple[Bridge, int, Counters]) -> None:
    app, port, counters = phone
    first, second, old = Pc(5, port), Pc(5, port), Pc(5, port)
    old.hello = struct.pack("<HHI", 60, 1200, 3)
    for pc, answer in ((first, 2), (second, 9), (old, 9)):
        pc.say_hello()
        app.tick(0.0)
        assert pc.receive()[0] == answer
    second.session = first.session
    second.confirm()  # a stranger's word
    app.tick(0.1)
    assert counters.ignored == 1
    app.show(shown())
    assert first.is_quiet()
    for pc in (first, second, old):
        pc.socket.close()


def test_fmv3_no_more_frames_than_asked_for(phone: tuple[Bridge, int, Counters]) -> None:
    app, port, _ = phone
    pc = Pc(5, port, fps=15)
    pc.say_hello()
    app.tick(0.0)
    pc.receive()
    pc.confirm()
    app.tick(0.1)
    for i in range(30):
        app.show(shown(stamp_ns=S + i * S // 30))
    seen = 0
    while not pc.is_quiet():
        seen += 1
    assert seen == 15
    pc.socket.close()


@given(st.binary(max_size=120), st.integers(0, 119), st.booleans())
def test_fmv3_bytes_of_a_stranger_are_refused_or_answered(data: bytes, at: int, damaged: bool) -> None:
    app = Phone()
    hello = HEADER.pack(b"FMV3", 1, 0, 40, 7, 0, 0, 0, 8, 0, 1, 8) + struct.pack("<HHI", 60, 1200, 5)
    app.receive(hello, ("1.2.3.4", 5), 0.0)
    if damaged:
        data = hello[: at % 48] + data + hello[at % 48 :]
    try:
        for answer, to in app.receive(data, ("6.7.8.9", 10), 1.0):
            assert to == ("6.7.8.9", 10)
            assert len(answer) <= 576
    except ValueError:
        pass
