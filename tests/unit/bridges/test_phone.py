"""The phone app's stream, asked for and read as the sample program does."""

from __future__ import annotations

import contextlib
import json
import socket
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mien.bridges.base import Bridge, Counters, Home, Shown
from mien.bridges.phone.bridge import request
from mien.bridges.phone.config import PhoneConfig
from mien.bridges.registry import find
from mien_models.spaces import arkit

from . import unity
from .people import S, random_people, shown, turn


class Program:
    """Asks with one socket and receives with another, as VSeeFace does."""

    def __init__(self, receiver: socket.socket) -> None:
        self.receiver = receiver
        self.counters = Counters()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.phone: Bridge = find("phone").open(PhoneConfig(port=self.port), Home(self.counters))

    def say(self, data: bytes, now_s: float) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.sendto(data, ("127.0.0.1", self.port))
        self.phone.tick(now_s)

    def ask(self, now_s: float, **fields: Any) -> None:
        asked = {
            "messageType": "iOSTrackingDataRequest", "time": 2.0, "sentBy": "VSeeFace",
            "ports": [self.receiver.getsockname()[1]],
        } | fields  # fmt: skip
        self.say(json.dumps(asked).encode(), now_s)

    def frame(self) -> dict[str, Any]:
        return dict(json.loads(self.receiver.recv(65536)))

    def is_quiet(self) -> bool:
        self.receiver.settimeout(0)
        try:
            self.receiver.recv(65536)
        except BlockingIOError:
            return True
        finally:
            self.receiver.settimeout(2)
        return False


@pytest.fixture
def program(receiver: socket.socket) -> Program:
    return Program(receiver)


def test_nothing_is_sent_until_somebody_asks(program: Program) -> None:
    program.phone.show(shown())
    assert program.is_quiet()
    assert program.counters.waits.startswith("nobody has asked for data")
    program.ask(0.0)
    assert program.counters.waits == ""
    program.phone.show(shown())
    assert program.frame()["FaceFound"]
    assert "VSeeFace" in program.counters.asked
    program.phone.close()


def test_it_ends_with_the_time_that_was_asked_for(program: Program) -> None:
    program.ask(10.0, time=2.0)
    program.phone.tick(11.9)
    program.phone.show(shown())
    program.frame()
    program.phone.tick(12.1)
    program.phone.show(shown())
    assert program.is_quiet()
    assert program.counters.waits.startswith("nobody asks any more: ")
    program.phone.close()


def test_every_weight_arrives_by_name(program: Program) -> None:
    program.ask(0.0)
    for sent in random_people(10):
        program.phone.show(sent)
        frame = program.frame()
        assert {b["k"]: b["v"] for b in frame["BlendShapes"]} == pytest.approx(
            {n[0].upper() + n[1:]: w for n, w in zip(arkit.BLENDSHAPES, sent.rig.weights.tolist(), strict=True)},
            abs=1e-5,
        )
        assert frame["Timestamp"] == sent.stamp_ns // 1_000_000
        assert frame["Hotkey"] == -1
    program.phone.close()


@pytest.mark.parametrize(("yaw", "pitch", "roll"), [(0, 0, 0), (30, 0, 0), (0, 20, 0), (0, 0, 25), (30, -20, 10)])
def test_left_is_left_on_the_samples_cube(program: Program, yaw: float, pitch: float, roll: float) -> None:
    """The sample turns a cube that faces the viewer, -z, by Euler(-y, -x, z)."""
    program.ask(0.0)
    program.phone.show(shown(head=turn(yaw, pitch, roll), position=np.array([0.6, 0.1, 0.2])))
    frame = program.frame()
    r, p = frame["Rotation"], frame["Position"]
    cube = unity.euler(-r["y"], -r["x"], r["z"])
    about = np.array([0.0, 1.0, 0.0, 0.0])  # seen by a character that looks along -z
    assert unity.angles_deg(unity.multiply(unity.multiply(-about, cube), about)) == pytest.approx(
        (yaw, pitch, roll), abs=1e-3
    )
    place = np.array([-p["x"], p["y"], p["z"]]) / 100  # as the sample places it; its viewer sees +x on the right
    assert place == pytest.approx([0.1, 0.2, -0.6])
    program.phone.close()


def test_eyes(program: Program) -> None:
    program.ask(0.0)
    sent = random_people(1)[0]
    program.phone.show(sent)
    frame = program.frame()
    for eye, (yaw, pitch) in zip(("EyeLeft", "EyeRight"), np.degrees(sent.rig.gaze), strict=True):
        e = frame[eye]
        assert unity.angles_deg(unity.euler(e["x"], e["y"], e["z"])) == pytest.approx((yaw, pitch, 0), abs=1e-3)
    program.phone.close()


def test_nobody_is_told(program: Program) -> None:
    program.ask(0.0)
    program.phone.show(Shown(S, shown().rig, present=False))
    assert program.frame()["FaceFound"] is False
    program.phone.close()


def test_many_ports_many_askers_no_more_than_32(program: Program) -> None:
    for i in range(4):
        program.ask(0.0, ports=[*range(40000 + 20 * i, 40020 + 20 * i)], sentBy=f"p{i}")
    program.phone.show(shown())
    assert program.counters.sent == 32
    program.phone.close()


BAD = [
    b"", b"{}", b"[]", b"\xff\xfe", b"[" * 4000, b"x" * 5000,
    *(
        json.dumps(
            {"messageType": "iOSTrackingDataRequest", "time": 1, "sentBy": "x", "ports": [1]} | wrong
        ).encode()
        for wrong in (
            {"ports": []}, {"ports": [0]}, {"ports": [65536]}, {"ports": [True]}, {"ports": ["1"]}, {"ports": 1},
            {"ports": [*range(1, 34)]}, {"time": "1"}, {"time": True}, {"time": None}, {"time": float("nan")},
            {"sentBy": ""}, {"sentBy": "x" * 65}, {"sentBy": 1}, {"messageType": "Other"},
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize("data", BAD)
def test_what_is_no_request_is_counted_and_dropped(program: Program, data: bytes) -> None:
    program.say(data, 0.0)
    program.phone.show(shown())
    assert program.counters.ignored == 1
    assert program.counters.sent == 0
    program.phone.close()


@given(st.binary(max_size=300) | st.text().map(str.encode))
def test_anything_is_a_request_or_refused(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        request(data)


@given(
    st.dictionaries(
        st.sampled_from(["messageType", "time", "sentBy", "ports"]),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
            lambda s: st.lists(s, max_size=3),
            max_leaves=5,
        ),
    )
)
def test_any_json_is_a_request_or_refused(fields: dict[str, Any]) -> None:
    asked = {"messageType": "iOSTrackingDataRequest"} | fields
    try:
        seconds, sender, ports = request(json.dumps(asked).encode())
    except ValueError:
        return
    assert 0.5 <= seconds <= 10
    assert sender.isprintable()
    assert all(0 < p < 65536 for p in ports)
