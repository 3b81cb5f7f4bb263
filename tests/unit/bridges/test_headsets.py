"""Faces of headsets and mouth cameras, sent as their programs send them, read on a real socket."""

from __future__ import annotations

import contextlib
import math
import socket
import struct
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from pythonosc.dispatcher import Dispatcher
from pythonosc.osc_bundle_builder import IMMEDIATELY, OscBundleBuilder
from pythonosc.osc_message_builder import OscMessageBuilder
from pythonosc.osc_server import BlockingOSCUDPServer

from mien.bridges.alvr.decoder import Decoder as Alvr
from mien.bridges.babble.decoder import Decoder as Babble
from mien.bridges.base import Bridge, Counters, Heard, Home
from mien.bridges.config import BridgesConfig
from mien.bridges.hub import Hub
from mien.bridges.livelink_in.decoder import Decoder as LiveLink
from mien.bridges.registry import find
from mien.bridges.steam_link.decoder import Decoder as SteamLink
from mien.core.types import F32, RigState, Source
from mien_models.spaces import arkit
from mien_models.spaces.convert import converter
from mien_models.spaces.losses import loss

INPUTS = ("steam_link", "alvr", "babble", "livelink_in")
# Of XR_FB_face_tracking2 (openxr.h), by number.
FB2 = {"JAW_DROP": 24, "EYES_CLOSED_L": 12, "LIP_CORNER_PULLER_L": 32, "LIP_CORNER_PULLER_R": 33, "TONGUE_OUT": 68}


def osc(address: str, *values: Any) -> bytes:
    message = OscMessageBuilder(address)
    for value in values:
        message.add_arg(value)
    return message.build().dgram


def bundle(*messages: tuple[Any, ...]) -> bytes:
    whole = OscBundleBuilder(IMMEDIATELY)
    for address, *values in messages:
        one = OscMessageBuilder(address)
        for value in values:
            one.add_arg(value)
        whole.add_content(one.build())
    return whole.build().dgram


class Sender:
    def __init__(self, name: str) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.counters = Counters()
        spec = find(name)
        self.bridge: Bridge = spec.open(spec.config(port=self.port), Home(self.counters))
        self.now_s = 0.0

    def send(self, *datagrams: bytes) -> list[Heard]:
        self.now_s += 1 / 30
        for data in datagrams:
            self.socket.sendto(data, ("127.0.0.1", self.port))
        self.bridge.tick(self.now_s)
        return list(self.bridge.read())

    def close(self) -> None:
        self.bridge.close()
        self.socket.close()


@pytest.fixture
def open_sender() -> Iterator[Callable[[str], Sender]]:
    senders: list[Sender] = []

    def start(name: str) -> Sender:
        senders.append(Sender(name))
        return senders[-1]

    yield start
    for sender in senders:
        sender.close()


def weight(heard: Heard, name: str) -> float:
    return float(heard.expressions.expressions[0].blendshapes[arkit.INDEX[name]])


def steam_frame(**weights: float) -> list[bytes]:
    """All 70 weights in four bundles, as Steam Link parts them."""
    words = (
        "BrowLowererL BrowLowererR CheekPuffL CheekPuffR CheekRaiserL CheekRaiserR CheekSuckL CheekSuckR ChinRaiserB "
        "ChinRaiserT DimplerL DimplerR EyesClosedL EyesClosedR EyesLookDownL EyesLookDownR EyesLookLeftL EyesLookLeftR "
        "EyesLookRightL EyesLookRightR EyesLookUpL EyesLookUpR InnerBrowRaiserL InnerBrowRaiserR JawDrop "
        "JawSidewaysLeft JawSidewaysRight JawThrust LidTightenerL LidTightenerR LipCornerDepressorL "
        "LipCornerDepressorR LipCornerPullerL LipCornerPullerR LipFunnelerLB LipFunnelerLT LipFunnelerRB LipFunnelerRT "
        "LipPressorL LipPressorR LipPuckerL LipPuckerR LipStretcherL LipStretcherR LipSuckLB LipSuckLT LipSuckRB "
        "LipSuckRT LipTightenerL LipTightenerR LipsToward LowerLipDepressorL LowerLipDepressorR MouthLeft MouthRight "
        "NoseWrinklerL NoseWrinklerR OuterBrowRaiserL OuterBrowRaiserR UpperLidRaiserL UpperLidRaiserR UpperLipRaiserL "
        "UpperLipRaiserR TongueTipInterdental TongueTipAlveolar FrontDorsalPalate MidDorsalPalate BackDorsalVelar "
        "TongueOut TongueRetreat"
    ).split()
    assert len(words) == 70
    messages = [(f"/sl/xrfb/facew/{word}", float(weights.get(word, 0.0))) for word in words]
    return [bundle(*messages[i : i + 20]) for i in range(0, 70, 20)]


def test_steam_link_gives_one_frame_of_four_bundles(open_sender: Callable[[str], Sender]) -> None:
    sender = open_sender("steam_link")
    datagrams = steam_frame(JawDrop=0.75, LipCornerPullerL=1.0, EyesClosedR=1.0)
    assert [len(sender.send(d)) for d in datagrams] == [0, 0, 0, 1]
    (heard,) = sender.send(*datagrams)
    expression = heard.expressions.expressions[0]
    assert weight(heard, "jawOpen") == pytest.approx(0.75, abs=0.02)
    assert weight(heard, "mouthSmileLeft") > 0.8
    assert weight(heard, "mouthSmileRight") < 0.05
    assert weight(heard, "eyeBlinkRight") > 0.9
    assert weight(heard, "eyeBlinkLeft") < 0.05
    assert expression.source is Source.HEADSET
    assert (heard.rigs.rigs[0].source == Source.HEADSET).all()


def test_steam_links_confidence_is_that_of_its_half_of_the_face(open_sender: Callable[[str], Sender]) -> None:
    sender = open_sender("steam_link")
    sure = [osc("/sl/xrfb/facec/LowerFace", 0.25), osc("/sl/xrfb/facec/UpperFace", 0.75)]
    *_, heard = sender.send(*sure, *steam_frame(JawDrop=0.5))
    confidence = heard.expressions.expressions[0].confidence
    assert confidence[arkit.INDEX["jawOpen"]] == pytest.approx(0.25)
    assert confidence[arkit.INDEX["browInnerUp"]] == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("point", "yaw", "pitch"),
    [((0.0, 0.0, -1.0), 0, 0), ((1.0, 0.0, -1.0), -45, 0), ((-1.0, 0.0, -1.0), 45, 0), ((0.0, 1.0, -1.0), 0, 45)],
)
def test_steam_links_point_of_gaze(point: tuple[float, ...], yaw: float, pitch: float) -> None:
    """x is to the wearer's right and y up; yaw is positive to the left, pitch up."""
    decoder = SteamLink()
    decoder.feed(osc("/sl/eyeTrackedGazePoint", *point))
    gaze = decoder.reading().gaze
    assert gaze is not None
    np.testing.assert_allclose(np.degrees(gaze), [(yaw, pitch)] * 2, atol=1e-4)


def alvr(tag: bytes, *values: float) -> bytes:
    return tag.ljust(8, b"\0") + struct.pack(f"<{len(values)}f", *values)


def fb2(**weights: float) -> list[float]:
    values = [0.0] * 70
    for name, value in weights.items():
        values[FB2[name]] = value
    return values


def axis(x: float, y: float, z: float, degrees: float) -> tuple[float, ...]:
    half = math.radians(degrees) / 2
    return x * math.sin(half), y * math.sin(half), z * math.sin(half), math.cos(half)


def test_alvr_gives_a_frame_per_datagram(open_sender: Callable[[str], Sender]) -> None:
    sender = open_sender("alvr")
    still = axis(0, 1, 0, 0)
    data = alvr(b"EyesQuat", *still, *still) + alvr(b"Face2Fb", *fb2(JAW_DROP=0.5, LIP_CORNER_PULLER_R=1.0))
    (heard,) = sender.send(data)
    assert weight(heard, "jawOpen") == pytest.approx(0.5, abs=0.02)
    assert weight(heard, "mouthSmileRight") > 0.8
    assert weight(heard, "mouthSmileLeft") < 0.05
    assert heard.rigs.rigs[0].state is RigState.TRACKED


def test_alvr_reads_the_first_version_of_metas_extension_pico_and_vive() -> None:
    for tag, count, at in ((b"FaceFb", 63, 24), (b"FacePico", 52, 50), (b"LipHtc", 37, 3)):
        decoder = Alvr()
        values = [0.0] * count
        values[at] = 1.0  # the jaw, in each of these
        assert decoder.feed(alvr(tag, *values))
        assert decoder.reading().weights[arkit.INDEX["jawOpen"]] > 0.9, tag


@pytest.mark.parametrize(
    ("quaternion", "yaw", "pitch"),
    [(axis(0, 1, 0, 20), 20, 0), (axis(1, 0, 0, 15), 0, 15), (axis(0, 1, 0, -30), -30, 0)],
)
def test_alvrs_eyes_turn_left_about_up_and_up_about_right(
    quaternion: tuple[float, ...], yaw: float, pitch: float
) -> None:
    decoder = Alvr()
    decoder.feed(alvr(b"CombQuat", *quaternion))
    gaze = decoder.reading().gaze
    assert gaze is not None
    np.testing.assert_allclose(np.degrees(gaze), [(yaw, pitch)] * 2, atol=1e-4)


def test_alvrs_eyes_are_the_left_one_first() -> None:
    decoder = Alvr()
    decoder.feed(alvr(b"EyesQuat", *axis(0, 1, 0, 10), *axis(0, 1, 0, -20)))
    gaze = decoder.reading().gaze
    assert gaze is not None
    np.testing.assert_allclose(np.degrees(gaze[:, 0]), (10, -20), atol=1e-4)


def test_babble_speaks_arkits_names_with_or_without_a_prefix(open_sender: Callable[[str], Sender]) -> None:
    sender = open_sender("babble")
    frame = [osc("/jawOpen", 0.5), osc("/babble/mouthSmileLeft", 0.25), osc("/cheekPuffLeft", 1.0),
             osc("/cheekPuffRight", 0.5), osc("/tongueOut", 0.75), osc("/LeftEyeLid", 0.25)]  # fmt: skip
    assert sender.send(*frame) == []
    (heard,) = sender.send(*frame)  # a name that comes again ends the frame before
    told = {
        name: weight(heard, name) for name in ("jawOpen", "mouthSmileLeft", "cheekPuff", "tongueOut", "eyeBlinkLeft")
    }
    assert told == {
        "jawOpen": 0.5, "mouthSmileLeft": 0.25, "cheekPuff": 0.75, "tongueOut": 0.75, "eyeBlinkLeft": 0.75
    }  # fmt: skip
    confidence = heard.expressions.expressions[0].confidence
    assert math.isnan(weight(heard, "browInnerUp"))
    assert confidence[arkit.INDEX["browInnerUp"]] == 0


def test_babbles_eyes_look_right_and_up() -> None:
    decoder = Babble()
    for name, value in (("LeftEyeX", 1.0), ("LeftEyeY", 0.5), ("RightEyeX", -1.0), ("RightEyeY", 0.0)):
        decoder.feed(osc(f"/{name}", value))
    gaze = decoder.reading().gaze
    assert gaze is not None
    np.testing.assert_allclose(np.degrees(gaze), [(-45, 22.5), (45, 0)], atol=1e-4)


def live_link(weights: F32, yaw: float = 0.0, pitch: float = 0.0, roll: float = 0.0) -> bytes:
    """As the app packs it: version 6, device, name, time, rate, count, 61 floats."""
    head = struct.pack("<i", 6) + b"$" + b"0" * 36 + struct.pack(">i", 6) + b"iPhone"
    turns = (yaw, pitch, roll, *[0.0] * 6)
    return head + struct.pack(">ifiiB61f", 1, 0.5, 60, 1, 61, *weights.tolist(), *turns)


def test_live_link_arrives_as_it_was_sent(open_sender: Callable[[str], Sender]) -> None:
    sender = open_sender("livelink_in")
    weights = np.random.default_rng(0).random(52).astype(np.float32)
    (heard,) = sender.send(live_link(weights))
    np.testing.assert_array_equal(heard.expressions.expressions[0].blendshapes, weights)


@pytest.mark.parametrize(("yaw", "pitch"), [(0.3, 0.0), (0.0, 0.2), (-0.3, -0.1)])
def test_live_links_head_is_the_one_that_our_own_sender_means(yaw: float, pitch: float) -> None:
    decoder = LiveLink()
    assert decoder.feed(live_link(np.zeros(52, np.float32), yaw, pitch))
    head = decoder.reading().head
    assert head is not None
    x, y, z, w = head.tolist()
    forward = 1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)
    assert math.atan2(forward[1], forward[0]) == pytest.approx(yaw)  # to the left
    assert math.asin(forward[2]) == pytest.approx(pitch)  # up


def test_live_link_without_a_face_says_that_nobody_is_seen(open_sender: Callable[[str], Sender]) -> None:
    sender = open_sender("livelink_in")
    sender.send(live_link(np.ones(52, np.float32)))
    head = live_link(np.ones(52, np.float32))[: -244 - 1]
    assert sender.send(head) == []
    assert sender.counters.waits == "the program says that it tracks nobody"


@pytest.mark.parametrize("name", INPUTS)
def test_whoever_does_not_send_yet_is_told_how(open_sender: Callable[[str], Sender], name: str) -> None:
    sender = open_sender(name)
    sender.send()
    assert sender.counters.waits.startswith("nobody sends: in ")
    assert sender.counters.address.startswith("udp 127.0.0.1:")


def test_a_headset_that_goes_silent_eases_to_neutral(open_sender: Callable[[str], Sender]) -> None:
    sender = open_sender("alvr")
    data = alvr(b"Face2Fb", *fb2(JAW_DROP=1.0))
    for _ in range(10):
        sender.send(data)
    told = [rig for _ in range(60) for heard in sender.send() for rig in heard.rigs.rigs]
    assert told[-1].state is RigState.NEUTRAL
    assert not told[-1].weights.any()


def test_from_a_headset_over_rigs_to_an_avatar_the_face_stays_itself(open_sender: Callable[[str], Sender]) -> None:
    """Truth → Meta's shapes → ALVR → expressions and rigs → VMC → python-osc: what the tables lose, and no more."""
    rng, sender, heard_there = np.random.default_rng(3), open_sender("alvr"), {}
    dispatcher = Dispatcher()
    dispatcher.map("/VMC/Ext/Blend/Val", lambda _, name, value: heard_there.update({name: value}))
    out = BlockingOSCUDPServer(("127.0.0.1", 0), dispatcher)
    spec = find("vmc")
    vmc = spec.open(spec.config(port=out.server_address[1], names="arkit"), Home(Counters()))
    hub = Hub(BridgesConfig())
    hub.add("vmc", vmc)
    lost = loss("arkit52", "fb2")
    for _ in range(6):
        truth = np.where(rng.random(52) < 0.25, rng.random(52), 0)
        truth[:14] = 0  # eyes come beside, as gaze and lids
        data = alvr(b"Face2Fb", *np.nan_to_num(converter("arkit52", "fb2")(truth)).tolist())
        for _ in range(40):  # long enough for the limits of speed
            for heard in sender.send(data):
                hub.rigs(heard.rigs, sender.now_s)
        out.socket.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while True:
                dispatcher.call_handlers_for_packet(out.socket.recv(65_535), ("127.0.0.1", 0))
        told = {name[:1].lower() + name[1:]: value for name, value in heard_there.items()}
        for name, true, share in zip(arkit.BLENDSHAPES, truth, lost, strict=True):
            assert told[name] == pytest.approx(true, abs=share + 0.01), name
    hub.close()
    out.server_close()


@pytest.mark.parametrize("make", [SteamLink, Alvr, Babble, LiveLink])
@given(data=st.binary(max_size=400))
def test_whatever_comes_is_read_or_refused(make: Callable[[], Any], data: bytes) -> None:
    decoder = make()
    with contextlib.suppress(ValueError):
        decoder.feed(data)
    reading = decoder.reading()
    assert np.isfinite(reading.weights[~np.isnan(reading.weights)]).all()
    assert reading.gaze is None or np.isfinite(reading.gaze).all()


@given(st.lists(st.floats(width=32), min_size=70, max_size=70))
def test_alvr_refuses_what_is_not_finite(values: list[float]) -> None:
    decoder = Alvr()
    with contextlib.suppress(ValueError):
        decoder.feed(alvr(b"Face2Fb", *values))
    weights = decoder.reading().weights
    known = weights[~np.isnan(weights)]
    assert ((known >= 0) & (known <= 1)).all()
