"""VTube Studio's plugin API, played by a WebSocket server of others that follows its manual."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mien.bridges.base import Bridge, Counters, Home, Shown
from mien.bridges.registry import find
from mien.bridges.vtube_studio.config import VtubeStudioConfig
from mien.bridges.vtube_studio.encoder import Encoder
from mien_models.spaces import arkit

from .people import S, random_people, shown, turn

server = pytest.importorskip("websockets.sync.server", reason="pip install 'mien[bridges]'")

DEFAULTS = (
    "FacePositionX FacePositionY FacePositionZ FaceAngleX FaceAngleY FaceAngleZ MouthSmile MouthOpen Brows TongueOut "
    "EyeOpenLeft EyeOpenRight EyeLeftX EyeLeftY EyeRightX EyeRightY CheekPuff BrowLeftY BrowRightY MouthX"
).split()
TOKEN = "adcd-123-ef09-some-token-string-abcd"


class Studio:
    """Answers as the manual says; `deny`, `revoked` and `lie` make it difficult."""

    def __init__(self) -> None:
        self.parameters = set(DEFAULTS)
        self.values: dict[str, float] = {}
        self.frames: list[dict[str, Any]] = []
        self.asked_user = 0
        self.deny = False
        self.valid = {TOKEN}
        self.taken = False
        self.lies: list[str] = []
        self._server = server.serve(self._serve, "127.0.0.1", 0)
        self.port = self._server.socket.getsockname()[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()

    def _serve(self, socket: Any) -> None:
        allowed = False
        try:
            for message in socket:
                asked = json.loads(message)
                assert (asked["apiName"], asked["apiVersion"]) == ("VTubeStudioPublicAPI", "1.0")
                assert len(asked["requestID"]) <= 64
                for lie in self.lies:
                    socket.send(lie)
                kind, data = asked["messageType"], asked["data"]
                if kind == "AuthenticationRequest":
                    allowed = data["authenticationToken"] in self.valid
                elif not allowed and kind != "AuthenticationTokenRequest":
                    self._answer(socket, asked, "APIError", {"errorID": 8, "message": "not authenticated"})
                    continue
                self._answer(socket, asked, *self._handle(kind, data, allowed))
        except Exception as e:  # the other side is gone; what went wrong is seen by the test
            if not type(e).__module__.startswith("websockets"):
                raise

    def _handle(self, kind: str, data: dict[str, Any], allowed: bool) -> tuple[str, dict[str, Any]]:
        if kind == "AuthenticationTokenRequest":
            assert 3 <= len(data["pluginName"]) <= 32
            assert 3 <= len(data["pluginDeveloper"]) <= 32
            self.asked_user += 1
            if self.deny:
                return "APIError", {"errorID": 50, "message": "User has denied API access for your plugin."}
            self.valid.add(TOKEN)
            return "AuthenticationTokenResponse", {"authenticationToken": TOKEN}
        if kind == "AuthenticationRequest":
            return "AuthenticationResponse", {"authenticated": allowed, "reason": ""}
        if kind == "ParameterCreationRequest":
            name = data["parameterName"]
            assert name.isalnum()
            assert 4 <= len(name) <= 32
            assert len(data["explanation"]) < 256
            self.parameters.add(name)
            return "ParameterCreationResponse", {"parameterName": name}
        if kind == "InputParameterListRequest":
            ours = self.parameters - set(DEFAULTS)
            return "InputParameterListResponse", {
                "modelLoaded": True, "modelName": "Hiyori",
                "defaultParameters": [{"name": n} for n in self.parameters & set(DEFAULTS)],
                "customParameters": [{"name": n} for n in ours],
            }  # fmt: skip
        assert kind == "InjectParameterDataRequest"
        rows = data["parameterValues"]
        if self.taken:
            return "APIError", {"errorID": 454, "message": "FaceAngleX is controlled by VBridger"}
        if any(r["id"] not in self.parameters for r in rows):
            return "APIError", {"errorID": 453, "message": "no such parameter"}
        self.values = {r["id"]: r["value"] for r in rows}
        self.frames.append(data)
        return "InjectParameterDataResponse", {}

    @staticmethod
    def _answer(socket: Any, asked: dict[str, Any], kind: str, data: dict[str, Any]) -> None:
        socket.send(
            json.dumps(
                {
                    "apiName": "VTubeStudioPublicAPI", "apiVersion": "1.0", "timestamp": 0,
                    "requestID": asked["requestID"], "messageType": kind, "data": data,
                }
            )
        )  # fmt: skip


@pytest.fixture
def studio() -> Iterator[Studio]:
    studio = Studio()
    yield studio
    studio.close()


@pytest.fixture
def open_one(studio: Studio, tmp_path: Path) -> Iterator[Callable[..., tuple[Bridge, Counters]]]:
    made: list[Bridge] = []

    def open_it(**params: Any) -> tuple[Bridge, Counters]:
        counters = Counters()
        params.setdefault("port", studio.port)
        config = VtubeStudioConfig(token_file=str(tmp_path / "state/token"), **params)
        made.append(find("vtube_studio").open(config, Home(counters)))
        return made[-1], counters

    yield open_it
    for bridge in made:
        bridge.close()


def until(condition: Callable[[], object], limit_s: float = 10.0, says: Callable[[], object] = str) -> None:
    end = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < end, says()
        time.sleep(0.005)


def show(bridge: Bridge, studio: Studio, frame: Shown) -> dict[str, float]:
    """Show one frame and wait until it is there."""
    before = len(studio.frames)
    bridge.show(frame)
    until(lambda: len(studio.frames) > before, says=bridge.counters.report)
    return studio.values


Open = Callable[..., tuple[Bridge, Counters]]


def test_every_shape_arrives(studio: Studio, open_one: Open) -> None:
    bridge, counters = open_one()
    for frame in random_people(10):
        show(bridge, studio, frame)
        until(lambda: studio.frames[-1]["faceFound"] is True)
        ours = {n: studio.values[f"Mien{n[0].upper()}{n[1:]}"] for n in arkit.BLENDSHAPES}
        expected = dict(zip(arkit.BLENDSHAPES, frame.rig.weights.tolist(), strict=True))
        assert ours == pytest.approx(expected, abs=1e-5)
    assert studio.asked_user == 1
    assert counters.asked == "the model Hiyori"
    assert counters.waits == ""


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ({}, {"MouthSmile": 0.5, "MouthOpen": 0, "EyeOpenLeft": 0.8, "Brows": 0.5, "FaceAngleX": 0, "MouthX": 0}),
        ({"head": turn(20, 0, 0)}, {"FaceAngleX": 20, "FaceAngleY": 0, "FaceAngleZ": 0}),
        ({"head": turn(0, 10, 0)}, {"FaceAngleX": 0, "FaceAngleY": 10}),
        ({"head": turn(0, 0, 15)}, {"FaceAngleZ": 15}),
        ({"eyeBlinkLeft": 1.0}, {"EyeOpenLeft": 0, "EyeOpenRight": 0.8}),
        ({"mouthSmileLeft": 1.0, "mouthSmileRight": 1.0}, {"MouthSmile": 1.0}),
        ({"mouthFrownLeft": 1.0, "mouthFrownRight": 1.0}, {"MouthSmile": 0.0}),
        ({"jawOpen": 1.0}, {"MouthOpen": 1.0}),
        ({"mouthLeft": 0.5}, {"MouthX": 0.5}),
        ({"browOuterUpLeft": 1.0, "browInnerUp": 1.0}, {"BrowLeftY": 1.0, "BrowRightY": 0.75}),
        ({"tongueOut": 0.5, "cheekPuff": 0.25}, {"TongueOut": 0.5, "CheekPuff": 0.25}),
    ],
)
def test_its_own_parameters_too(
    studio: Studio, open_one: Open, frame: dict[str, Any], expected: dict[str, float]
) -> None:
    bridge, _ = open_one(shapes=False)
    values = show(bridge, studio, shown(**frame))
    assert set(values) == set(DEFAULTS)
    assert {k: values[k] for k in expected} == pytest.approx(expected, abs=1e-3)


def test_permission_is_asked_once_and_kept_for_this_user_only(studio: Studio, open_one: Open, tmp_path: Path) -> None:
    for _ in range(2):
        bridge, _ = open_one(shapes=False)
        show(bridge, studio, shown())
        bridge.close()
    assert studio.asked_user == 1
    kept = tmp_path / "state/token"
    assert kept.read_text() == TOKEN
    assert kept.stat().st_mode & 0o077 == 0


def test_a_permission_that_was_taken_back_is_asked_for_again(studio: Studio, open_one: Open, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state/token").write_text("old")
    studio.valid = set()
    bridge, _ = open_one(shapes=False)
    show(bridge, studio, shown())
    assert studio.asked_user == 1


def test_a_user_who_denies_is_left_alone(studio: Studio, open_one: Open) -> None:
    studio.deny, studio.valid = True, set()
    _, counters = open_one(shapes=False)
    until(lambda: "denied" in counters.link)
    time.sleep(1.2)  # longer than the first pause between two tries
    assert studio.asked_user == 1


def test_a_value_is_sent_again_before_it_is_forgotten(studio: Studio, open_one: Open) -> None:
    bridge, _ = open_one(shapes=False)
    show(bridge, studio, shown(jawOpen=0.5))
    first = len(studio.frames)
    until(lambda: len(studio.frames) >= first + 2, 2.0)
    assert studio.frames[-1]["parameterValues"] == studio.frames[first - 1]["parameterValues"]


def test_nobody_is_told_once_and_then_let_go(studio: Studio, open_one: Open) -> None:
    bridge, _ = open_one(shapes=False)
    show(bridge, studio, shown())
    gone = Shown(2 * S, shown().rig, present=False)
    bridge.show(gone)
    until(lambda: studio.frames[-1]["faceFound"] is False)
    bridge.show(gone)
    count = len(studio.frames)
    time.sleep(1.2)
    assert len(studio.frames) == count


def test_the_last_frame_is_sent_before_it_ends(studio: Studio, open_one: Open) -> None:
    bridge, _ = open_one(shapes=False)
    show(bridge, studio, shown(jawOpen=1.0))
    bridge.show(Shown(2 * S, shown().rig, present=False))
    bridge.close()
    until(lambda: studio.frames[-1]["faceFound"] is False)
    assert studio.values["MouthOpen"] == 0


def test_another_plugin_holds_the_parameters(studio: Studio, open_one: Open) -> None:
    studio.taken = True
    bridge, counters = open_one(shapes=False)
    bridge.show(shown())
    until(lambda: "VBridger" in counters.waits)
    studio.taken = False
    bridge.show(shown())
    until(lambda: counters.waits == "")


def test_it_comes_back_with_vtube_studio(tmp_path: Path) -> None:
    studio = Studio()
    counters = Counters()
    config = VtubeStudioConfig(token_file=str(tmp_path / "token"), port=studio.port, shapes=False)
    bridge = find("vtube_studio").open(config, Home(counters))
    show(bridge, studio, shown())
    studio.close()
    until(lambda: counters.link != "")
    again = Studio.__new__(Studio)
    again.__dict__.update(studio.__dict__)
    again._server = server.serve(again._serve, "127.0.0.1", studio.port)
    threading.Thread(target=again._server.serve_forever, daemon=True).start()
    again.frames = []

    def arrives() -> bool:
        bridge.show(shown())
        return bool(again.frames)

    until(arrives)
    assert counters.link == ""
    bridge.close()
    again.close()


def test_nobody_listens(tmp_path: Path) -> None:
    counters = Counters()
    bridge = find("vtube_studio").open(VtubeStudioConfig(port=9, token_file=str(tmp_path / "t")), Home(counters))
    begin = time.monotonic()
    for _ in range(100):
        bridge.show(shown())
    assert time.monotonic() - begin < 0.5
    until(lambda: "nobody listens on ws://127.0.0.1:9" in counters.link)
    bridge.close()


LIES = [
    "", "x", "[]", "null", "[" * 2000, '{"messageType": 1}', '{"requestID": "mien-login", "messageType": "APIError"}',
    '{"requestID": [], "messageType": "x"}', '{"requestID": "mien-list", "messageType": "x", "data": []}',
    '{"requestID": "mien-list", "messageType": "x", "data": {"defaultParameters": 3, "customParameters": [1, {}]}}',
    '{"requestID": "mien-frame", "messageType": "APIError", "data": {"errorID": {}, "message": 7}}',
    '{"requestID": "mien-token", "messageType": "x", "data": {"authenticationToken": "' + "x" * 65 + '"}}',
]  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_server_that_lies_ends_nothing(studio: Studio, open_one: Open, lie: str) -> None:
    studio.lies = [lie]
    bridge, counters = open_one(shapes=False)
    until(lambda: counters.received + counters.ignored > 0)
    studio.lies = []

    def arrives() -> bool:
        bridge.show(shown())
        return bool(studio.frames)

    until(arrives, 20)


def test_frames_stay_whole_while_another_thread_learns_what_there_is() -> None:
    encoder = Encoder(VtubeStudioConfig())
    ended = threading.Event()

    def learn() -> None:
        while not ended.is_set():
            encoder.offer(DEFAULTS)
            encoder.offer(DEFAULTS[:1])

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    thread = threading.Thread(target=learn)
    thread.start()
    try:
        for i in range(300):
            (packet,) = encoder.encode(shown(stamp_ns=i))
            assert len(json.loads(packet)["data"]["parameterValues"]) in (1, len(DEFAULTS), len(DEFAULTS) + 52)
    finally:
        ended.set()
        thread.join()
        sys.setswitchinterval(interval)
