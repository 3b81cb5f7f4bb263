"""What viewers may ask for, with nodes whose answers come late or never."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("rclpy", reason="needs a ROS")
pytest.importorskip("mien_msgs", reason="needs the messages")

from rcl_interfaces.msg import ParameterValue, SetParametersResult
from rcl_interfaces.srv import GetParameters, ListParameters, SetParameters

from mien.dashboard import control
from mien.dashboard.control import Control
from mien.dashboard.recording import Recording

LATE_S = 0.01


class Later:
    """The future of an answer that comes a little later; of None never."""

    def __init__(self, answer: Any) -> None:
        self._answer = answer

    def add_done_callback(self, told: Callable[[Later], None]) -> None:
        if self._answer is not None:
            asyncio.get_running_loop().call_later(LATE_S, told, self)

    def result(self) -> Any:
        return self._answer


class Nodes:
    """The node of the dashboard, as it sees others: services by address, and what they answer."""

    def __init__(self, **services: Callable[[Any], Any]) -> None:
        self.gone: set[str] = set()
        self._services = {name.replace("__", "/"): answer for name, answer in services.items()}

    def create_guard_condition(self, work: Callable[[], None]) -> Any:
        return SimpleNamespace(trigger=work)

    def get_namespace(self) -> str:
        return "/lab"

    def get_service_names_and_types(self) -> list[tuple[str, list[str]]]:
        return [(f"/lab/{name}", []) for name in self._services]

    def get_node_names_and_namespaces(self) -> list[tuple[str, str]]:
        return [(name, "/lab") for name in {address.split("/")[0] for address in self._services} - self.gone]

    def create_client(self, kind: Any, address: str) -> Any:
        answer = self._services[address]
        return SimpleNamespace(service_is_ready=lambda: True, call_async=lambda request: Later(answer(request)))


class Text:
    """A parameter of text, and the services that tell and set it."""

    def __init__(self, name: str, value: str) -> None:
        self.name, self.value = name, value

    @property
    def services(self) -> dict[str, Callable[[Any], Any]]:
        node = self.name.split(".")[0]
        return {f"{node}__get_parameters": self._get, f"{node}__set_parameters": self._set}

    def _get(self, request: GetParameters.Request) -> GetParameters.Response:
        assert request.names == [self.name]
        return GetParameters.Response(values=[ParameterValue(type=4, string_value=self.value)])

    def _set(self, request: SetParameters.Request) -> SetParameters.Response:
        self.value = request.parameters[0].value.string_value
        return SetParameters.Response(results=[SetParametersResult(successful=True)])


def of(nodes: Nodes, tmp_path: Path) -> Control:
    return Control(nodes, Recording(tmp_path))  # type: ignore[arg-type]


def test_a_node_that_hangs_hides_no_stop_of_the_robots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control, "_OFFER_S", 5 * LATE_S)
    nodes = Nodes(
        perception__enable=lambda _: None, perception__list_parameters=lambda _: None,
        bridges__enable=lambda _: None, bridges__estop=lambda _: None,
        bridges__list_parameters=lambda _: ListParameters.Response(),
    )  # fmt: skip
    offer = json.loads(asyncio.run(of(nodes, tmp_path)("offer", {})))
    assert (offer["estop"], offer["enable"], offer["parameters"]) == (True, ["bridges", "perception"], {})
    nodes.gone = {"bridges", "perception"}  # their services are known as long as somebody has a client of them
    offer = json.loads(asyncio.run(of(nodes, tmp_path)("offer", {})))
    assert (offer["estop"], offer["enable"]) == (False, [])


def test_two_viewers_pause_two_bridges_at_once(tmp_path: Path) -> None:
    paused = Text("bridges.pause", "furhat")
    ask = of(Nodes(**paused.services), tmp_path)

    async def both() -> list[str]:
        return await asyncio.gather(*(ask("bridge", {"name": name, "on": False}) for name in ("vmc", "robot10")))

    assert asyncio.run(both()) == ["vmc: paused", "robot10: paused"]
    assert paused.value == "furhat,vmc,robot10"
    assert asyncio.run(ask("bridge", {"name": "vmc", "on": True})) == "vmc: running"
    assert paused.value == "furhat,robot10"


@pytest.mark.parametrize(
    ("what", "node", "one", "other", "mine"),
    [
        ("profile", "retarget", "vrm1", "robot10", "/home/me/mine.yaml"),
        ("avatar", "animate", "toon", "robot", "/home/me/mine"),
    ],
)
def test_what_is_played_is_chosen_one_by_one_and_no_file_of_the_machine_is_read_for_a_viewer(
    what: str, node: str, one: str, other: str, mine: str, tmp_path: Path
) -> None:
    played = Text(f"{node}.{what}", f"{other},{mine}")
    listed = {f"{node}__enable": lambda _: None, f"{node}__list_parameters": lambda _: ListParameters.Response()}
    ask = of(Nodes(**played.services, **listed), tmp_path)

    def choose(name: object, on: bool) -> str:
        return asyncio.run(ask(what, {"name": name, "on": on}))

    assert f"{one}: played" in choose(one, True)
    assert "eases to neutral" in choose(other, False)
    assert played.value == f"{mine},{one}"
    offered = json.loads(asyncio.run(ask("offer", {})))[f"{what}s"]
    assert {name for name, on in offered.items() if on} == {mine, one}
    assert offered[other] is False
    choose(mine, False)
    for name, on, reason in (
        ("/etc/passwd.yaml", True, "name: one of"), (f"{other},/etc/x.yaml", True, "name: one of"),
        (3, True, "name: one of"), (one, False, f"the only {what}: choose another one first, or pause {node}"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=reason):
            choose(name, on)
    with pytest.raises(ValueError, match="offered"):
        asyncio.run(ask("set", {"node": node, "name": played.name, "value": "/etc/passwd.yaml"}))
    assert played.value == one
