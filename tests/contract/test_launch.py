"""The launch file starts what the graph says: on a stand-in for launch, and on the real one where it is installed."""

from __future__ import annotations

import json
import os
import re
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import yaml

from mien import graph
from mien.bridges.registry import chosen
from mien.configs import CONFIGS
from mien.core.config import build, params
from mien_models.spaces import arkit

LAUNCH = Path(__file__).resolve().parents[2] / "launch"
FILES = sorted(LAUNCH.glob("*.launch.py"))


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
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """What a launch file describes, read with the stand-in."""
    for name, members in STAND_IN.items():
        module = ModuleType(name)
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.delitem(sys.modules, "mien_launch_builder", raising=False)
    monkeypatch.setattr(sys, "path", [*sys.path])
    return lambda name: runpy.run_path(str(LAUNCH / f"{name}.launch.py"))["generate_launch_description"]()


def groups(description: Any, **given: str) -> dict[str, list[Any]]:
    """The nodes that these arguments start, the others at their defaults, by namespace."""
    *arguments, action = description.args[0]
    defaults = {a.name: getattr(a, "default_value", "") for a in arguments}
    assert set(given) <= set(defaults)
    started = action.function({**defaults, "params_file": "params.yaml", **given})
    return {g.args[0][0].args[0]: list(g.args[0][1:]) for g in started}


def start(description: Any, **given: str) -> list[Any]:
    (nodes,) = groups(description, **given).values()
    return nodes


def names(nodes: list[Any]) -> list[str]:
    return [n.executable for n in nodes]


def text(node: Any, key: str) -> tuple[str, type]:
    value = node.parameters[1][key]
    return value.value, value.value_type


def test_arguments(read: Callable[[str], Any]) -> None:
    common = ["source", "cameras", "to", "profile", "namespace", "params_file", "record", "privacy"]
    common += ["dashboard", "voice", "animate", "fusion", "log_level"]
    own = {"mien": [], "robot": ["urdf", "rviz"], "vr": ["headset"]}
    assert {f.name.split(".")[0] for f in FILES} >= set(own)
    for name, more in own.items():
        assert [a.name for a in read(name).args[0][:-1]] == common + more


def test_a_voice_is_heard_as_by_mien_run(read: Callable[[str], Any]) -> None:
    nodes = start(read("mien"), voice="microphone:USB", fusion="true", animate="toon,robot")
    assert names(nodes) == ["perception", "audio", "fusion", "animate"]
    given = nodes[1].parameters[1]
    assert text(nodes[1], "audio.source") == ("microphone:USB", str)
    assert given["rigs.voice"] is True
    assert "camera.sound" not in given
    of_video = start(read("mien"), voice="video")[0].parameters[1]
    assert {name: of_video[name] for name in ("audio.source", "camera.sound", "rigs.voice")} == {
        "audio.source": "topic", "camera.sound": True, "rigs.voice": True,
    }  # fmt: skip
    assert set(of_video) <= {f"{component}.{p.name}" for component in CONFIGS for p in params(CONFIGS[component])}
    with pytest.raises(RuntimeError, match="privacy keeps sound"):
        start(read("mien"), voice="video", privacy="true")
    with pytest.raises(RuntimeError, match="nobody knows whose"):
        groups(read("mien"), voice="microphone", cameras="a=x b=y")


def test_profiles_are_those_of_the_graph(read: Callable[[str], Any]) -> None:
    read("mien")
    profiles = sys.modules["mien_launch_builder"].PROFILES
    assert profiles == {name: [n.executable for n in nodes] for name, nodes in graph.PROFILES.items()}


@pytest.mark.parametrize("profile", graph.PROFILES)
def test_starts_the_profile(read: Callable[[str], Any], profile: str) -> None:
    nodes = start(read("mien"), profile=profile, log_level="debug")
    assert names(nodes) == [n.executable for n in graph.PROFILES[profile]]
    assert {n.package for n in nodes} == {"mien_nodes"}
    assert all(n.ros_arguments == ["--log-level", "debug"] for n in nodes)


def test_a_dashboard_per_camera_has_a_port_of_its_own(read: Callable[[str], Any]) -> None:
    made = groups(read("mien"), dashboard="true", cameras="left=/dev/video0 right=/dev/video2")
    pages = [n for nodes in made.values() for n in nodes if n.executable == graph.DASHBOARD.executable]
    assert [n.parameters[1].get("dashboard.port") for n in pages] == [None, build(CONFIGS["dashboard"], {}).port + 1]


def test_parameters_have_their_defaults_in_the_file_only(read: Callable[[str], Any]) -> None:
    assert all(n.parameters == ["params.yaml", {}] for n in start(read("mien"), profile="split"))


def test_given_arguments_override_the_file(read: Callable[[str], Any]) -> None:
    nodes = start(read("mien"), source="a: b #1.mp4", record="5")
    assert names(nodes) == ["perception", graph.RECORDER.executable]
    for node in nodes:
        assert node.parameters[1].keys() == {"camera.source", "bags.path"}
        assert text(node, "camera.source") == ("a: b #1.mp4", str)  # not parsed as YAML
        assert text(node, "bags.path") == ("5", str)
        for key in node.parameters[1]:
            component, name = key.split(".")
            assert name in CONFIGS[component].__dataclass_fields__


def test_bridges_run_beside_where_they_are_named(read: Callable[[str], Any]) -> None:
    nodes = start(read("mien"), to="vmc,markers")
    assert names(nodes) == ["perception", graph.BRIDGES.executable]
    assert text(nodes[1], "bridges.to") == ("vmc,markers", str)


@pytest.mark.parametrize("name", ["robot", "vr"])
def test_the_bridges_of_a_launch_file_exist(read: Callable[[str], Any], name: str) -> None:
    to = next(a.default_value for a in read(name).args[0][:-1] if a.name == "to")
    assert chosen(to)
    assert names(start(read(name))) == ["perception", graph.BRIDGES.executable]


def test_a_headset_needs_no_camera(read: Callable[[str], Any]) -> None:
    assert names(start(read("vr"), headset="true", to="vmc")) == [graph.BRIDGES.executable]


def test_a_robot_is_shown_where_asked(read: Callable[[str], Any], tmp_path: Path) -> None:
    urdf = tmp_path / "robot.urdf"
    urdf.write_text("<robot name='face'/>")
    *_, publisher, rviz = start(read("robot"), urdf=str(urdf), rviz="true")
    assert publisher.parameters == [{"robot_description": "<robot name='face'/>"}]
    assert rviz.package == "rviz2"


def test_several_cameras_have_namespaces_and_bags_of_their_own(read: Callable[[str], Any]) -> None:
    cameras = groups(read("mien"), cameras="left=/dev/video0 right=/dev/video2", namespace="lab", record="bag")
    assert list(cameras) == ["lab/left", "lab/right"]
    for (name, nodes), source in zip(cameras.items(), ("/dev/video0", "/dev/video2"), strict=True):
        assert names(nodes) == ["perception", "recorder"]
        assert text(nodes[0], "camera.source") == (source, str)
        assert text(nodes[1], "bags.path") == (f"bag/{name.split('/')[1]}", str)


def test_a_bag_is_the_source_and_its_time_the_time_of_all_but_its_player(read: Callable[[str], Any]) -> None:
    *stages, recorder, player = start(read("replay"), bag="a/bag", profile="split", rate="0.5", record="b")
    assert names(stages) == ["faces", "expressions", "affects", "rigs"]
    assert names([recorder, player]) == [graph.RECORDER.executable, graph.REPLAYER.executable]
    assert all(n.parameters[1]["use_sim_time"] is True for n in (*stages, recorder))
    assert "use_sim_time" not in player.parameters[1]
    assert (text(player, "replay.bag"), text(player, "replay.rate")) == (("a/bag", str), ("0.5", float))
    assert text(player, "replay.what") == ("images", str)
    assert {k.partition(".")[2] for k in player.parameters[1]} <= set(CONFIGS["replay"].__dataclass_fields__)
    (alone,) = start(read("replay"), bag="a/bag", stages="false")
    assert text(alone, "replay.what") == ("all", str)


@pytest.mark.parametrize("cameras", ["left", "=a", "left=", "a=1 a=2"])
def test_cameras_that_cannot_be_told_apart_are_refused(read: Callable[[str], Any], cameras: str) -> None:
    with pytest.raises(RuntimeError, match="cameras: "):
        groups(read("mien"), cameras=cameras)


def test_privacy_is_told_to_every_node(read: Callable[[str], Any]) -> None:
    for asked, told in (("true", "on"), ("on", "on"), ("false", "off"), ("normalised", "normalised")):
        for node in start(read("mien"), privacy=asked, record="bag"):
            assert node.parameters[1]["graph.privacy"].value == told
    assert not any("graph.privacy" in n.parameters[1] for n in start(read("mien")))


@pytest.mark.parametrize(
    "text",
    [
        "/**: {ros__parameters: {graph: {privacy: true}}}",
        "/left/perception: {ros__parameters: {graph.privacy: true}}\n/other: {}",
        "/**: {ros__parameters: {graph.privacy: normalised}}",
    ],
)
def test_private_and_split_is_refused_with_the_mend(read: Callable[[str], Any], tmp_path: Path, text: str) -> None:
    file = tmp_path / "params.yaml"
    file.write_text(text)
    with pytest.raises(RuntimeError, match=r"graph.privacy: .* profile:=fused"):
        start(read("mien"), profile="split", params_file=str(file))
    with pytest.raises(RuntimeError, match=r"profile:=fused"):
        start(read("mien"), profile="split", privacy="true")
    assert start(read("mien"), profile="split", params_file=str(file), privacy="false")
    assert start(read("mien"), profile="fused", params_file=str(file))


@pytest.mark.parametrize("path", sorted((LAUNCH / "params").glob("*.yaml")), ids=lambda p: p.stem)
def test_every_parameter_of_a_file_exists_and_is_within_its_limits(path: Path) -> None:
    values = yaml.safe_load(path.read_text())["/**"]["ros__parameters"]
    for component, given in values.items():
        build(CONFIGS[component], given)


def test_layouts_show_topics_that_are_there() -> None:
    published = {t.name for t in graph.TOPICS} | {"face_markers", "face_annotations", "robot_description"}
    rviz = yaml.safe_load((LAUNCH / "rviz/robot.rviz").read_text())
    displays = rviz["Visualization Manager"]["Displays"]
    shown = {d[key]["Value"] for d in displays for key in ("Topic", "Description Topic") if key in d}
    assert {"image_raw", "face_markers", "robot_description"} <= shown <= published
    layout = json.loads((LAUNCH / "foxglove/mien.json").read_text())
    paths = [p for panel in layout["configById"].values() for p in panel.get("paths", [])]
    assert {p["value"][1:].partition(".")[0] for p in paths} == {"rigs", "affects"}
    for p in paths:
        if (found := re.search(r"weights\[(\d+)\]", p["value"])) is not None:
            assert arkit.BLENDSHAPES[int(found[1])] == p["label"]
    words = json.dumps(layout)
    assert "/face_annotations" in words
    assert "/face_markers" in words


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real launch, which looks where mien is installed."""
    pytest.importorskip("launch_ros", reason="launch_ros comes with a ROS 2 installation")
    prefixes = [sys.prefix, os.environ.get("AMENT_PREFIX_PATH", "")]
    monkeypatch.setenv("AMENT_PREFIX_PATH", os.pathsep.join(filter(None, prefixes)))


REAL = {
    "mien": ({"profile": "split", "record": "bag"}, ["camera", "faces", "expressions", "affects", "rigs", "recorder"]),
    "robot": ({}, ["perception", "bridges"]),
    "vr": ({"headset": "true"}, ["bridges"]),
}


@pytest.mark.parametrize("name", REAL)
@pytest.mark.usefixtures("real")
def test_real_launch_finds_every_executable(name: str) -> None:
    from launch import LaunchContext
    from launch_ros.actions import Node

    given, started = REAL[name]
    context = LaunchContext()
    context.launch_configurations.update(given)
    description = runpy.run_path(str(LAUNCH / f"{name}.launch.py"))["generate_launch_description"]()
    *arguments, action = description.entities
    for argument in arguments:
        argument.visit(context)
    (group,) = action.visit(context)
    nodes = [n for n in group.get_sub_entities() if isinstance(n, Node)]
    for node in nodes:
        node._perform_substitutions(context)
    assert [Path(n.cmd[0][0].perform(context)).name for n in nodes] == started
