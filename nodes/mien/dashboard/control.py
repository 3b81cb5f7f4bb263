"""Carries out what a viewer with the token asks for, by services of nodes, and offers what it may ask for."""

from __future__ import annotations

import asyncio
import concurrent.futures
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Mapping
from functools import partial
from typing import Any, NamedTuple

from mien_msgs.srv import CaptureNeutral
from rcl_interfaces.msg import Parameter, ParameterType, ParameterValue
from rcl_interfaces.srv import DescribeParameters, GetParameters, ListParameters, SetParameters
from rclpy.node import Node
from std_srvs.srv import SetBool

from mien.animate.config import AVATAR
from mien.bridges.config import PAUSE
from mien.dashboard.recording import Recording
from mien.graph import ANIMATE, BRIDGES, CAPTURE_NEUTRAL, ENABLE, ESTOP, NODES, RETARGET, Service
from mien.retarget.config import PROFILE
from mien.retarget.profile import SHIPPED
from mien_models.animator.shipped import NAMES as AVATARS

_FIND_S = 2.0
_ANSWER_S = 15.0
_OFFER_S = 2.0  # to tell its parameters
_NAMES = frozenset(n.name for n in NODES)
_LIST, _DESCRIBE, _GET, _SET = (
    Service(f"~/{what}_parameters", "", "") for what in ("list", "describe", "get", "set")
)  # fmt: skip


class _Choice(NamedTuple):
    """What a node plays: its parameter names some of these, separated by commas."""

    word: str  # for one, and the action
    node: str
    parameter: str
    shipped: tuple[str, ...]


_CHOICES = (
    _Choice("profile", RETARGET.name, PROFILE, SHIPPED),
    _Choice("avatar", ANIMATE.name, AVATAR, AVATARS),
)
_LISTS = frozenset({PAUSE, *(c.parameter for c in _CHOICES)})  # changed entry by entry
_NOT_TUNED = ("graph", "qos_overrides", "use_sim_time", "start_type_description_service")


class Control:
    """Called on the loop of the server; talks to ROS on the thread that spins the node.

    Every method raises ValueError with the reason where it cannot do what was asked.
    """

    def __init__(self, node: Node, recording: Recording) -> None:
        self._node = node
        self._recording = recording
        self._clients: dict[str, Any] = {}
        self._todo: deque[Callable[[], None]] = deque()
        self._listing = asyncio.Lock()  # of what a parameter lists: paused bridges, profiles, avatars
        self._guard = node.create_guard_condition(self._work)
        self._actions: Mapping[str, Callable[[Mapping[str, Any]], Awaitable[str]]] = {
            "offer": self._offer,
            "enable": self._enable,
            "bridge": self._bridge,
            **{choice.word: partial(self._play, choice) for choice in _CHOICES},
            "estop": self._estop,
            "capture": self._capture,
            "set": self._set,
            "record": self._record,
        }

    async def __call__(self, what: str, given: Mapping[str, Any]) -> str:
        """Do it; what happened, in words."""
        if what not in self._actions:
            raise ValueError(f"{what}: nothing here does that; there is {', '.join(self._actions)}")
        return await self._actions[what](given)

    async def _enable(self, given: Mapping[str, Any]) -> str:
        name, on = _name(given), _flag(given)
        answer = await self._ask(name, ENABLE, SetBool, SetBool.Request(data=on))
        return f"{name}: {answer.message}"

    async def _bridge(self, given: Mapping[str, Any]) -> str:
        """Pause or resume one bridge; the others stay as they are."""
        name, on = given.get("name"), _flag(given)
        if not isinstance(name, str) or "," in name:
            raise ValueError("name: one bridge that runs")
        async with self._listing:
            paused = await self._listed(BRIDGES.name, PAUSE)
            paused.pop(name, None)
            await self._put(BRIDGES.name, PAUSE, ",".join([*paused] if on else [*paused, name]))
        return f"{name}: {'running' if on else 'paused'}"

    async def _play(self, choice: _Choice, given: Mapping[str, Any]) -> str:
        """Play a profile or an avatar, or leave it out; the others stay as they are.

        Only what is shipped or named already: what a file of this machine holds is told to nobody.
        """
        name, on = given.get("name"), _flag(given)
        async with self._listing:
            played = await self._listed(choice.node, choice.parameter)
            if not isinstance(name, str) or name not in {*choice.shipped, *played}:
                raise ValueError(f"name: one of {', '.join(dict.fromkeys([*choice.shipped, *played]))}")
            played.pop(name, None)
            if not on and not played:
                raise ValueError(f"{name} is the only {choice.word}: choose another one first, or pause {choice.node}")
            await self._put(choice.node, choice.parameter, ",".join([*played, name] if on else [*played]))
        return f"{name}: {'played' if on else 'left out; what it moved eases to neutral'}"

    async def _estop(self, given: Mapping[str, Any]) -> str:
        answer = await self._ask(BRIDGES.name, ESTOP, SetBool, SetBool.Request(data=_flag(given)))
        if not answer.success:
            raise ValueError(answer.message)
        return str(answer.message)

    async def _capture(self, given: Mapping[str, Any]) -> str:
        track, seconds = given.get("track_id", 0), given.get("duration_s", 1.0)
        if not isinstance(track, int) or not 0 <= track < 2**32 or not isinstance(seconds, (int, float)):
            raise ValueError("track_id: a number of a face; duration_s: seconds")
        there = self._offering(CAPTURE_NEUTRAL)
        if not there:
            raise ValueError("no node captures a resting face: perception or expressions must run")
        request = CaptureNeutral.Request(track_id=track, duration_s=float(min(max(seconds, 0.1), 10.0)))
        answer = await self._ask(there[0], CAPTURE_NEUTRAL, CaptureNeutral, request)
        if not answer.success:
            raise ValueError(answer.message)
        return str(answer.message)

    async def _set(self, given: Mapping[str, Any]) -> str:
        name, parameter = _name(given), given.get("name")
        if not isinstance(parameter, str) or parameter in _LISTS or parameter.partition(".")[0] in _NOT_TUNED:
            raise ValueError("name: one of the parameters that are offered")
        await self._put(name, parameter, given.get("value"))
        return f"{parameter} = {given['value']}"

    async def _record(self, given: Mapping[str, Any]) -> str:
        return await asyncio.get_running_loop().run_in_executor(
            None, self._recording.start if _flag(given) else self._recording.stop
        )

    async def _offer(self, _: Mapping[str, Any]) -> str:
        """JSON: what can be paused, whether robots can be stopped, what is played, live parameters and their ranges."""
        there = sorted(set(self._offering(ENABLE)) | set(self._offering(CAPTURE_NEUTRAL)))
        played, tunable = await asyncio.gather(
            asyncio.gather(*(self._played(choice, there) for choice in _CHOICES)),
            asyncio.gather(*map(self._offered, there)),
        )
        tuned = dict(zip(there, tunable, strict=True))
        return json.dumps(
            {
                "enable": sorted(self._offering(ENABLE)),
                "estop": BRIDGES.name in self._offering(ESTOP),
                "capture": bool(self._offering(CAPTURE_NEUTRAL)),
                "recording": self._recording.path,
                **{f"{choice.word}s": found for choice, found in zip(_CHOICES, played, strict=True)},
                "parameters": {name: found for name, found in tuned.items() if found},
            }
        )

    async def _played(self, choice: _Choice, there: Collection[str]) -> dict[str, bool]:
        """Whether each profile or avatar is played; empty where no node plays any, or it hangs."""
        if choice.node not in there:
            return {}
        try:
            played = await asyncio.wait_for(self._listed(choice.node, choice.parameter), _OFFER_S)
        except (ValueError, asyncio.TimeoutError):
            return {}
        return {name: name in played for name in dict.fromkeys([*choice.shipped, *played])}

    async def _offered(self, name: str) -> list[dict[str, Any]]:
        """The live parameters of a node; none where it hangs, which is to hide nothing of the others."""
        try:
            return await asyncio.wait_for(self._live(name), _OFFER_S)
        except (ValueError, asyncio.TimeoutError):
            return []

    async def _live(self, name: str) -> list[dict[str, Any]]:
        """The parameters of a node that may change while it runs."""
        ask = partial(self._ask, name)
        listed = await ask(_LIST, ListParameters, ListParameters.Request())
        names = [
            n for n in listed.result.names if "." in n and n.partition(".")[0] not in _NOT_TUNED and n not in _LISTS
        ]
        if not names:
            return []
        described = await ask(_DESCRIBE, DescribeParameters, DescribeParameters.Request(names=names))
        values = await ask(_GET, GetParameters, GetParameters.Request(names=names))
        found = []
        for about, value in zip(described.descriptors, values.values, strict=True):
            if about.read_only:
                continue
            ranges = [*about.floating_point_range, *about.integer_range]
            found.append(
                {
                    "name": about.name, "doc": about.description, "value": _plain(value),
                    "lo": _finite(ranges[0].from_value) if ranges else None,
                    "hi": _finite(ranges[0].to_value) if ranges else None,
                    "choices": about.additional_constraints.split(" | ") if about.additional_constraints else [],
                    "whole": value.type == ParameterType.PARAMETER_INTEGER,
                }
            )  # fmt: skip
        return found

    async def _listed(self, name: str, parameter: str) -> dict[str, None]:
        """What a parameter names, separated by commas, in order."""
        return dict.fromkeys(n.strip() for n in str(await self._get(name, parameter)).split(",") if n.strip())

    async def _put(self, name: str, parameter: str, value: object) -> None:
        request = SetParameters.Request(parameters=[Parameter(name=parameter, value=_value(value))])
        answer = await self._ask(name, _SET, SetParameters, request)
        if not answer.results[0].successful:
            raise ValueError(answer.results[0].reason)

    async def _get(self, name: str, parameter: str) -> bool | int | float | str | None:
        answer = await self._ask(name, _GET, GetParameters, GetParameters.Request(names=[parameter]))
        return _plain(answer.values[0])

    def _offering(self, service: Service) -> list[str]:
        """Nodes of our namespace that offer a service. One that has left does not, though a client of ours names it."""
        present = {n for n, of in self._node.get_node_names_and_namespaces() if of == self._node.get_namespace()}
        space = self._node.get_namespace().rstrip("/")
        suffix = service.name.removeprefix("~")
        found = []
        for full, _ in self._node.get_service_names_and_types():
            name = full.removeprefix(f"{space}/").removesuffix(suffix)
            if full == f"{space}/{name}{suffix}" and name in _NAMES & present:
                found.append(name)
        return found

    async def _ask(self, name: str, service: Service, kind: Any, request: Any) -> Any:
        """The answer of a service of a node of ours."""
        address = f"{name}{service.name.removeprefix('~')}"
        done: concurrent.futures.Future[Any] = concurrent.futures.Future()
        self._todo.append(partial(self._send, address, kind, request, done, time.monotonic() + _FIND_S))
        self._guard.trigger()
        try:
            return await asyncio.wait_for(asyncio.wrap_future(done), _ANSWER_S)
        except asyncio.TimeoutError:
            raise ValueError(f"{address}: no answer within {_ANSWER_S:.0f} s") from None

    def _work(self) -> None:
        for _ in range(len(self._todo)):
            self._todo.popleft()()

    def tick(self) -> None:
        """Try again what was not there yet."""
        if self._todo:
            self._guard.trigger()

    def _send(
        self, address: str, kind: Any, request: Any, done: concurrent.futures.Future[Any], until_s: float
    ) -> None:
        if done.cancelled():
            return
        client = self._clients.get(address)
        if client is None:
            client = self._clients[address] = self._node.create_client(kind, address)
        if not client.service_is_ready():
            if time.monotonic() <= until_s:
                self._todo.append(partial(self._send, address, kind, request, done, until_s))
            elif done.set_running_or_notify_cancel():
                done.set_exception(ValueError(f"{address}: nobody offers it; does the node run?"))
            return
        if done.set_running_or_notify_cancel():  # from now on nobody cancels it, and an answer can be set
            client.call_async(request).add_done_callback(lambda answered: done.set_result(answered.result()))


def _name(given: Mapping[str, Any]) -> str:
    name = given.get("node")
    if not isinstance(name, str) or name not in _NAMES:
        raise ValueError(f"node: one of {', '.join(sorted(_NAMES))}")
    return name


def _flag(given: Mapping[str, Any]) -> bool:
    on = given.get("on")
    if not isinstance(on, bool):
        raise ValueError("on: true or false")
    return on


def _value(value: object) -> ParameterValue:
    """A JSON value as a parameter."""
    if isinstance(value, bool):
        return ParameterValue(type=ParameterType.PARAMETER_BOOL, bool_value=value)
    if isinstance(value, int) and abs(value) < 2**62:
        return ParameterValue(type=ParameterType.PARAMETER_INTEGER, integer_value=value)
    if isinstance(value, float):
        return ParameterValue(type=ParameterType.PARAMETER_DOUBLE, double_value=value)
    if isinstance(value, str):
        return ParameterValue(type=ParameterType.PARAMETER_STRING, string_value=value)
    raise ValueError("value: true or false, a number or text")


def _plain(value: ParameterValue) -> bool | int | float | str | None:
    kinds = {
        ParameterType.PARAMETER_BOOL: value.bool_value,
        ParameterType.PARAMETER_INTEGER: value.integer_value,
        ParameterType.PARAMETER_DOUBLE: value.double_value,
        ParameterType.PARAMETER_STRING: value.string_value,
    }
    found: bool | int | float | str | None = kinds.get(value.type)
    return found


def _finite(value: float) -> float | None:
    return value if abs(value) < 1e9 else None
