"""The node `bridges` on real middleware: rigs arrive at an avatar, and it says why not."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from pythonosc.dispatcher import Dispatcher
from pythonosc.osc_server import ThreadingOSCUDPServer
from pythonosc.udp_client import SimpleUDPClient
from rcl_interfaces.msg import Parameter, ParameterType, ParameterValue
from rcl_interfaces.srv import SetParameters

from mien.core.geometry import IDENTITY_QUATERNION
from mien.core.types import Header, Rig, Rigs, RigState, Source
from mien.graph import EXPRESSIONS, RIGS
from mien.ros.convert import rigs_to_msg
from mien.ros.qos import advertise
from mien_models.spaces import arkit

if TYPE_CHECKING:
    from conftest import Graph

pytestmark = pytest.mark.ros


class Avatar:
    """Keeps the last value of every expression, as an OSC library of others hears it."""

    def __init__(self) -> None:
        self.values: dict[str, float] = {}
        self.frames = 0
        dispatcher = Dispatcher()
        dispatcher.map("/VMC/Ext/Blend/Val", lambda _, name, value: self.values.update({name: value}))
        dispatcher.map("/VMC/Ext/Blend/Apply", self._applied)
        self.server = ThreadingOSCUDPServer(("127.0.0.1", 0), dispatcher)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _applied(self, *_: Any) -> None:
        self.frames += 1


@pytest.fixture
def avatar() -> Iterator[Avatar]:
    avatar = Avatar()
    yield avatar
    avatar.server.shutdown()
    avatar.server.server_close()


def smile(amount: float) -> Rigs:
    weights = np.zeros(52, np.float32)
    weights[arkit.INDEX["mouthSmileLeft"]] = amount
    rig = Rig(
        1, RigState.TRACKED, arkit.SCHEMA, weights, IDENTITY_QUATERNION, np.zeros((2, 2), np.float32),
        np.ones(7, np.float32), np.zeros(7, np.uint8),
    )  # fmt: skip
    return Rigs(Header(1_000_000_000), (rig,))


def test_a_smile_arrives_rests_in_a_pause_and_ends_when_the_graph_dies(graph: Graph, avatar: Avatar) -> None:
    graph.start("bridges", bridges__to="vmc", vmc__port=avatar.port, vmc__names="arkit")
    out = advertise(graph.node, RIGS)
    graph.until(lambda: graph.status.get("bridges", {}).get("bridge vmc waits", "").startswith("no rigs come"))

    def arrived() -> bool:
        out.publish(rigs_to_msg(smile(0.75)))
        return avatar.values.get("mouthSmileLeft") == 0.75

    graph.until(arrived)
    graph.until(lambda: int(graph.status["bridges"].get("bridge vmc sent", 0)) > 0)
    assert avatar.values["mouthSmileRight"] == 0

    def pause(names: str) -> Any:
        value = ParameterValue(type=ParameterType.PARAMETER_STRING, string_value=names)
        request = SetParameters.Request(parameters=[Parameter(name="bridges.pause", value=value)])
        return graph.call("bridges/set_parameters", SetParameters, request).results[0]

    refused = pause("vmc,telepathy")
    assert (refused.successful, refused.reason) == (
        False, "bridges.pause: telepathy does not run here; there is vmc"
    )  # fmt: skip
    assert pause("vmc").successful
    graph.until(lambda: not arrived() and graph.status["bridges"].get("bridge vmc paused") == "true")
    graph.until_quiet(0.5)  # what was under way has arrived
    frames = avatar.frames
    for _ in range(5):
        assert not arrived()
        graph.until_quiet(0.1)
    assert (avatar.values["mouthSmileLeft"], avatar.frames) == (0, frames)
    assert graph.status["bridges"]["level"] == "0", "a pause that was asked for is no warning"
    assert pause("").successful
    graph.until(arrived)
    # Nothing more is published: the avatar does not keep the smile.
    graph.until(lambda: avatar.values["mouthSmileLeft"] == 0, 5)
    code, said = graph.end("bridges")
    assert code == 0, said


def test_a_face_that_comes_by_vmc_goes_on_by_vmc(graph: Graph, avatar: Avatar) -> None:
    """In, through the graph as if a camera had seen it, and out again; one node does both."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    graph.start("bridges", bridges__to="'vmc_in,vmc'", vmc__port=avatar.port, vmc__names="arkit", vmc_in__port=port)
    graph.listen(EXPRESSIONS, RIGS)
    client = SimpleUDPClient("127.0.0.1", port)

    def arrived() -> bool:
        client.send_message("/VMC/Ext/Blend/Val", ["MouthSmileLeft", 0.625])
        client.send_message("/VMC/Ext/Blend/Apply", [])
        both = graph.messages["expressions"] and graph.messages["rigs"]
        return avatar.values.get("mouthSmileLeft") == 0.625 and both

    graph.until(arrived)
    client.close()
    expression = next(m.expressions[0] for m in graph.messages["expressions"] if m.expressions)
    assert expression.source == Source.HEADSET
    assert expression.blendshapes[arkit.INDEX["mouthSmileLeft"]] == 0.625
    assert graph.messages["rigs"][-1].rigs[0].track_id == 1001
    code, said = graph.end("bridges")
    assert code == 0, said


def test_it_says_that_nobody_listens(graph: Graph) -> None:
    graph.start("bridges", bridges__to="vmc", vmc__port=9)
    out = advertise(graph.node, RIGS)

    def said() -> bool:
        out.publish(rigs_to_msg(smile(0.5)))
        return "nobody listens on 127.0.0.1:9" in graph.status.get("bridges", {}).get("message", "")

    graph.until(said)
    assert graph.status["bridges"]["level"] == "1"


@pytest.mark.parametrize(
    ("to", "says"), [("", "names no bridge"), ("vmc,telepathy", "telepathy: no such bridge; there are vmc")]
)
def test_a_wrong_name_is_refused(graph: Graph, to: str, says: str) -> None:
    process = graph.start("bridges", bridges__to=f"'{to}'")
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 2
    assert says in said


@pytest.mark.real
def test_a_run_sends_what_it_reads(short_clip: Path, avatar: Avatar) -> None:
    done = subprocess.run(
        [
            sys.executable, "-m", "mien.cli", "run", "--source", str(short_clip), "--to", "vmc",
            "--set", f"vmc.port={avatar.port}", "--set", "vmc.names=arkit", "--namespace", "sent",
        ],
        capture_output=True, text=True, timeout=90,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert avatar.frames >= 35  # of 40: the first and the last may be lost as nodes come and go
    assert avatar.values.keys() >= set(arkit.BLENDSHAPES)
