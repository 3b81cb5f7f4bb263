"""A face that python-osc sends by VMC, read on a real socket."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from pythonosc.osc_bundle_builder import IMMEDIATELY, OscBundleBuilder
from pythonosc.osc_message_builder import OscMessageBuilder

from mien.bridges import osc
from mien.bridges.base import Bridge, Counters, Heard, Home
from mien.bridges.registry import find
from mien.bridges.vmc_in.config import VmcInConfig
from mien.bridges.vmc_in.decoder import Decoder
from mien.core.types import RigState, Source
from mien_models.spaces import arkit

from . import unity
from .people import N, random_people, shown


def bundle(*messages: tuple[Any, ...]) -> bytes:
    whole = OscBundleBuilder(IMMEDIATELY)
    for address, *values in messages:
        one = OscMessageBuilder(address)
        for v in values:
            one.add_arg(v)
        whole.add_content(one.build())
    return whole.build().dgram


def vals(**named: float) -> list[tuple[Any, ...]]:
    return [("/VMC/Ext/Blend/Val", name, float(value)) for name, value in named.items()]


def bone(name: str, q: np.ndarray) -> tuple[Any, ...]:
    return ("/VMC/Ext/Bone/Pos", name, 0.0, 0.1, 0.0, *map(float, q))


APPLY = ("/VMC/Ext/Blend/Apply",)


class Sender:
    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.counters = Counters()
        self.bridge: Bridge = find("vmc_in").open(VmcInConfig(port=self.port), Home(self.counters))
        self.now_s = 0.0

    def send(self, *datagrams: bytes, step_s: float = 1 / 30) -> list[Heard]:
        self.now_s += step_s
        for d in datagrams:
            self.socket.sendto(d, ("127.0.0.1", self.port))
        self.bridge.tick(self.now_s)
        return list(self.bridge.read())

    def close(self) -> None:
        self.bridge.close()
        self.socket.close()


@pytest.fixture
def sender() -> Iterator[Sender]:
    sender = Sender()
    yield sender
    sender.close()


@pytest.mark.parametrize("style", ["camelCase", "PascalCase"])
def test_perfect_sync_arrives_as_it_was_sent(sender: Sender, style: str) -> None:
    for frame in random_people(5):
        weights = dict(zip(arkit.BLENDSHAPES, frame.rig.weights.tolist(), strict=True))
        named = {n if style == "camelCase" else n[0].upper() + n[1:]: w for n, w in weights.items()}
        (heard,) = sender.send(bundle(*vals(**named), APPLY))
        (expression,) = heard.expressions.expressions
        assert expression.blendshapes.tolist() == list(weights.values())
        assert expression.source is Source.HEADSET
        (rig,) = heard.rigs.rigs
        assert rig.state is RigState.TRACKED
        assert (rig.source == Source.HEADSET).all()
        assert expression.track_id == rig.track_id == 1001


@pytest.mark.parametrize(("yaw", "pitch", "roll"), [(0, 0, 0), (30, 0, 0), (0, 20, 0), (0, 0, 25), (30, -20, 10)])
def test_left_is_left(sender: Sender, yaw: float, pitch: float, roll: float) -> None:
    """Unity turns a character that looks along +z to its left by a negative y, up by a negative x."""
    head = unity.euler(-pitch, -yaw, roll)
    for _ in range(30):  # the rig comes to it without a jump
        *_, heard = sender.send(bundle(bone("Neck", unity.euler(0, 0, 0)), bone("Head", head), *vals(A=0.0), APPLY))
    x, y, z, w = heard.rigs.rigs[0].head
    back = np.array([y, -z, -x, w])  # face axes to Unity's
    assert unity.angles_deg(back) == pytest.approx((yaw, pitch, roll), abs=1e-3)


def test_neck_and_head_make_one_turn(sender: Sender) -> None:
    half = unity.euler(0, -15, 0)
    for _ in range(30):
        *_, heard = sender.send(bundle(bone("Neck", half), bone("Head", half), APPLY))
    assert 2 * np.degrees(np.arcsin(heard.rigs.rigs[0].head[2])) == pytest.approx(30, abs=1e-3)


def test_eyes(sender: Sender) -> None:
    left, right = unity.euler(-10, -20, 0), unity.euler(5, 10, 0)
    names = vals(jawOpen=0.0)
    bones = bone("Head", unity.euler(0, 0, 0)), bone("LeftEye", left), bone("RightEye", right)
    for _ in range(30):
        *_, heard = sender.send(bundle(*bones, *names, APPLY))
    # Jaw and gaze are told, and the rest of the face is not.
    assert heard.rigs.rigs[0].confidence.tolist() == pytest.approx([0, 0, 0, 1 / 27, 0, 1, 1])
    assert np.degrees(heard.rigs.rigs[0].gaze) == pytest.approx(np.array([[20, 10], [-10, -5]]), abs=1e-3)


def test_presets_open_the_mouth_and_close_the_eyes(sender: Sender) -> None:
    (heard,) = sender.send(bundle(*vals(A=1.0, Blink_L=1.0, Joy=0.5), APPLY))
    weights = dict(zip(arkit.BLENDSHAPES, heard.expressions.expressions[0].blendshapes.tolist(), strict=True))
    assert weights["jawOpen"] == pytest.approx(0.7)
    assert (weights["eyeBlinkLeft"], weights["eyeBlinkRight"]) == (1.0, 0.0)
    assert weights["mouthSmileLeft"] == 0.5
    assert np.isnan(weights["noseSneerLeft"])  # not told
    (heard,) = sender.send(bundle(*vals(jawOpen=0.25, A=1.0), APPLY))
    assert heard.expressions.expressions[0].blendshapes[arkit.INDEX["jawOpen"]] == 0.25  # perfect sync knows better


def test_values_are_held_back_until_apply(sender: Sender) -> None:
    assert sender.send(bundle(*vals(jawOpen=0.5))) == []
    (heard,) = sender.send(bundle(APPLY))
    assert heard.expressions.expressions[0].blendshapes[arkit.INDEX["jawOpen"]] == 0.5


def test_bones_without_expressions_are_enough(sender: Sender) -> None:
    (heard,) = sender.send(bundle(bone("Head", unity.euler(0, -10, 0)), ("/VMC/Ext/T", 1.0)))
    assert np.isnan(heard.expressions.expressions[0].blendshapes).all()
    assert heard.rigs.rigs[0].state is RigState.TRACKED


def test_silence_eases_to_neutral_and_ends(sender: Sender) -> None:
    for _ in range(30):
        sender.send(bundle(*vals(jawOpen=1.0), APPLY))
    states, jaws = [], []
    for _ in range(60):
        for heard in sender.send():
            (rig,) = heard.rigs.rigs
            states.append(rig.state)
            jaws.append(float(rig.weights[arkit.INDEX["jawOpen"]]))
    assert states[-1] is RigState.NEUTRAL
    assert jaws[-1] == 0
    assert states.count(RigState.NEUTRAL) == 1
    assert max(-np.diff([1.0, *jaws])) < 0.2


def test_a_sender_that_tracks_nobody_is_not_followed(sender: Sender) -> None:
    sender.send(bundle(*vals(jawOpen=1.0), APPLY, ("/VMC/Ext/OK", 1)))
    assert sender.send(bundle(*vals(jawOpen=1.0), APPLY, ("/VMC/Ext/OK", 0))) == []
    assert sender.counters.waits == "the program says that it tracks nobody"


def test_one_sender_at_a_time(sender: Sender) -> None:
    sender.send(bundle(*vals(jawOpen=0.5), APPLY))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.sendto(bundle(*vals(jawOpen=1.0), APPLY), ("127.0.0.1", sender.port))
        assert sender.send() == []
        assert sender.counters.ignored == 1
        other.sendto(bundle(*vals(jawOpen=1.0), APPLY), ("127.0.0.1", sender.port))
        heard = sender.send(step_s=3.0)  # the first one is gone
        assert heard[-1].expressions.expressions[0].blendshapes[arkit.INDEX["jawOpen"]] == 1.0


def test_what_mien_sends_it_reads(sender: Sender) -> None:
    from mien.bridges.vmc.config import VmcConfig

    out = find("vmc").open(VmcConfig(port=sender.port, names="arkit"), Home())
    for frame in random_people(5):
        out.show(frame)
        *_, heard = sender.send()
        assert heard.expressions.expressions[0].blendshapes.tolist() == frame.rig.weights.tolist()
    still = shown(head=random_people(1)[0].rig.head)
    for _ in range(40):
        out.show(still)
        *_, heard = sender.send()
    assert heard.rigs.rigs[0].head == pytest.approx(still.rig.head, abs=1e-5)
    out.close()


HOSTILE: list[tuple[Any, ...]] = [
    ("/VMC/Ext/Blend/Val",), ("/VMC/Ext/Blend/Val", "jawOpen"), ("/VMC/Ext/Blend/Val", 1.0, "jawOpen"),
    ("/VMC/Ext/Blend/Val", "jawOpen", float("nan")), ("/VMC/Ext/Blend/Val", "jawOpen", float("inf")),
    ("/VMC/Ext/Bone/Pos", "Head"), ("/VMC/Ext/Bone/Pos", "Head", *[0.0] * 7),
    ("/VMC/Ext/Bone/Pos", "Head", 0.0, 0.0, 0.0, float("nan"), 0.0, 0.0, 1.0), ("/VMC/Ext/OK",), ("/VMC/Ext/OK", "x"),
]  # fmt: skip


@pytest.mark.parametrize("message", HOSTILE)
def test_wrong_types_and_numbers_are_dropped_and_counted(sender: Sender, message: tuple[Any, ...]) -> None:
    sender.send(bundle(message))
    assert sender.counters.ignored == 1
    (heard,) = sender.send(bundle(*vals(jawOpen=0.5), APPLY))
    assert np.isfinite(heard.rigs.rigs[0].weights).all()


values = st.one_of(
    st.text(max_size=10), st.floats(width=32), st.integers(-(2**31), 2**31 - 1), st.booleans(), st.binary(max_size=9)
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["/VMC/Ext/Blend/Val", "/VMC/Ext/Bone/Pos", "/VMC/Ext/OK", "/VMC/Ext/T", *APPLY]),
            st.lists(values, max_size=9),
        ),
        max_size=20,
    )
)
def test_any_messages_give_safe_readings(messages: list[tuple[str, list[Any]]]) -> None:
    decoder = Decoder()
    for address, arguments in messages:
        with contextlib.suppress(ValueError):
            decoder.take(osc.Message(address, tuple(arguments)))
    reading = decoder.reading()
    assert reading.weights.shape == (N,)
    told = reading.weights[np.isfinite(reading.weights)]
    assert ((told >= 0) & (told <= 1)).all()
    if reading.head is not None:
        assert np.linalg.norm(reading.head) == pytest.approx(1)
