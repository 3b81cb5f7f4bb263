"""The launch file starts what the graph says: on a stand-in for launch, and on the real one where it is installed."""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from mien import graph
from mien.configs import CONFIGS

FILE = Path(__file__).resolve().parents[2] / "launch/mien.launch.py"


class Recorded(SimpleNamespace):
    """Keeps what it was made from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(args=args, **kwargs)


class Argument(Recorded):
    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name=name, **kwargs)


class Configuration(Recorded):
    def perform(self, context: dict[str, str]) -> str:
        return context[self.args[0]]


class Value(SimpleNamespace):
    """A parameter's value and its type."""

    def __init__(self, value: object, *, value_type: type) -> None:
        super().__init__(value=value, value_type=value_type)


STAND_IN: dict[str, dict[str, type]] = {
    "launch": {"LaunchContext": dict, "LaunchDescription": Recorded},
    "launch.actions": {
        "DeclareLaunchArgument": Argument,
        "GroupAction": Recorded,
        "OpaqueFunction": Recorded,
    },
    "launch.substitutions": {"LaunchConfiguration": Configuration, "PathJoinSubstitution": Recorded},
    "launch_ros": {},
    "launch_ros.actions": {"Node": Recorded, "PushRosNamespace": Recorded},
    "launch_ros.parameter_descriptions": {"ParameterValue": Value},
    "launch_ros.substitutions": {"FindPackageShare": Recorded},
}


@pytest.fixture
def launch(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The launch file's globals, read with the stand-in."""
    for name, members in STAND_IN.items():
        module = ModuleType(name)
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, name, module)
    return runpy.run_path(str(FILE))


def start(launch: dict[str, Any], **given: str) -> list[Any]:
    """The nodes that these arguments start, the others at their defaults."""
    defaults = {a.name: a.default_value for a in launch["ARGUMENTS"]}
    assert set(given) <= set(defaults)
    return list(launch["start"]({**defaults, "params_file": "params.yaml", **given}))


def test_arguments(launch: dict[str, Any]) -> None:
    names = [a.name for a in launch["ARGUMENTS"]]
    assert names == ["source", "profile", "namespace", "params_file", "record", "privacy", "log_level"]


def test_profiles_are_those_of_the_graph(launch: dict[str, Any]) -> None:
    assert launch["PROFILES"] == {name: [n.executable for n in nodes] for name, nodes in graph.PROFILES.items()}


@pytest.mark.parametrize("profile", graph.PROFILES)
def test_starts_the_profile(launch: dict[str, Any], profile: str) -> None:
    nodes = start(launch, profile=profile, log_level="debug")
    assert [n.executable for n in nodes] == [n.executable for n in graph.PROFILES[profile]]
    assert {n.package for n in nodes} == {"mien_nodes"}
    assert all(n.ros_arguments == ["--log-level", "debug"] for n in nodes)


def test_parameters_have_their_defaults_in_the_file_only(launch: dict[str, Any]) -> None:
    assert all(n.parameters == ["params.yaml", {}] for n in start(launch, profile="split"))


def test_given_arguments_override_the_file(launch: dict[str, Any]) -> None:
    nodes = start(launch, source="a: b #1.mp4", record="5")
    assert [n.executable for n in nodes] == ["perception", graph.RECORDER.executable]
    for node in nodes:
        _, given = node.parameters
        texts = {key: (value.value, value.value_type) for key, value in given.items()}  # not parsed as YAML
        assert texts == {"camera.source": ("a: b #1.mp4", str), "bags.path": ("5", str)}
        for key in given:
            component, name = key.split(".")
            assert name in CONFIGS[component].__dataclass_fields__


def test_privacy_is_told_to_every_node(launch: dict[str, Any]) -> None:
    for node in start(launch, privacy="true", record="bag"):
        assert node.parameters[1]["graph.privacy"] is True
    assert not any("graph.privacy" in n.parameters[1] for n in start(launch))


@pytest.mark.parametrize(
    "text",
    [
        "/**: {ros__parameters: {graph: {privacy: true}}}",
        "/left/perception: {ros__parameters: {graph.privacy: true}}\n/other: {}",
    ],
)
def test_private_and_split_is_refused_with_the_mend(launch: dict[str, Any], tmp_path: Path, text: str) -> None:
    file = tmp_path / "params.yaml"
    file.write_text(text)
    with pytest.raises(RuntimeError, match=r"graph.privacy: .* profile:=fused"):
        start(launch, profile="split", params_file=str(file))
    with pytest.raises(RuntimeError, match=r"profile:=fused"):
        start(launch, profile="split", privacy="true")
    assert start(launch, profile="split", params_file=str(file), privacy="false")
    assert start(launch, profile="fused", params_file=str(file))


def test_namespace_stands_before_every_node(launch: dict[str, Any]) -> None:
    group = launch["generate_launch_description"]().args[0][-1]
    namespace, nodes = group.args[0]
    assert namespace.args[0].args == ("namespace",)
    assert nodes.function.__name__ == "start"


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The launch file's globals, read with the real launch."""
    pytest.importorskip("launch_ros", reason="launch_ros comes with a ROS 2 installation")
    prefixes = [sys.prefix, os.environ.get("AMENT_PREFIX_PATH", "")]
    monkeypatch.setenv("AMENT_PREFIX_PATH", os.pathsep.join(filter(None, prefixes)))
    return runpy.run_path(str(FILE))


def test_real_launch_finds_every_executable(real: dict[str, Any]) -> None:
    from launch import LaunchContext

    context = LaunchContext()
    context.launch_configurations.update(profile="split", record="bag")
    description = real["generate_launch_description"]()
    for argument in description.entities[:-1]:
        argument.visit(context)
    started = []
    for node in real["start"](context):
        node._perform_substitutions(context)
        started.append(Path(node.cmd[0][0].perform(context)).name)
    assert started == [n.executable for n in (*graph.PROFILES["split"], graph.RECORDER)]
