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
        self._services = {name.replace("__", "/"): answer for name, answer in services.items()}

    def create_guard_condition(self, work: Callable[[], None]) -> Any:
        return SimpleNamespace(trigger=work)

    def get_namespace(self) -> str:
        return "/lab"

    def get_service_names_and_types(self) -> list[tuple[str, list[str]]]:
        return [(f"/lab/{name}", []) for name in self._services]

    def create_client(self, kind: Any, address: str) -> Any:
        answer = self._services[address]
        return SimpleNamespace(service_is_ready=lambda: True, call_async=lambda request: Later(answer(request)))


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


def test_two_viewers_pause_two_bridges_at_once(tmp_path: Path) -> None:
    paused = "furhat"

    def get(request: GetParameters.Request) -> GetParameters.Response:
        assert request.names == ["bridges.pause"]
        return GetParameters.Response(values=[ParameterValue(type=4, string_value=paused)])

    def put(request: SetParameters.Request) -> SetParameters.Response:
        nonlocal paused
        paused = request.parameters[0].value.string_value
        return SetParameters.Response(results=[SetParametersResult(successful=True)])

    ask = of(Nodes(bridges__get_parameters=get, bridges__set_parameters=put), tmp_path)

    async def both() -> list[str]:
        return await asyncio.gather(*(ask("bridge", {"name": name, "on": False}) for name in ("vmc", "robot10")))

    assert asyncio.run(both()) == ["vmc: paused", "robot10: paused"]
    assert paused == "furhat,vmc,robot10"
    assert asyncio.run(ask("bridge", {"name": "vmc", "on": True})) == "vmc: running"
    assert paused == "furhat,robot10"
