"""Builds the launch descriptions of all launch files: arguments, and the nodes that they select.

The lists repeat graph.PROFILES, because the Python that runs `ros2 launch` may not have mien installed;
a contract test compares them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from launch import LaunchContext, LaunchDescription
from launch.actions import DeclareLaunchArgument, GroupAction, OpaqueFunction
from launch.substitutions import LaunchConfiguration, PathJoinSubstitution
from launch_ros.actions import Node, PushRosNamespace
from launch_ros.parameter_descriptions import ParameterValue
from launch_ros.substitutions import FindPackageShare

PROFILES = {
    "fused": ["perception"],
    "split": ["camera", "faces", "expressions", "affects", "rigs"],
}
_SPLIT_PRIVATE = (
    "graph.privacy: the profile split sends images from one process to the next; launch with profile:=fused"
)
OF_VIDEO = "video"  # of voice: the sound of the video that is played
_PRIVACY = {"true": "on", "false": "off", "on": "on", "off": "off", "normalised": "normalised"}
_DASHBOARD_PORT = 8321  # default of dashboard.port


@dataclass(frozen=True)
class Asked:
    """The values of the launch arguments."""

    value: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.value.get(name, "")

    @property
    def cameras(self) -> dict[str, str]:
        """Source of each camera by its namespace; the key is "" where `cameras` is not given."""
        if not self["cameras"]:
            return {"": self["source"]}
        pairs = [part.partition("=") for part in self["cameras"].split()]
        if not all(name and source for name, _, source in pairs):
            raise RuntimeError(f"cameras: {self['cameras']!r} is not of the form 'left=/dev/video0 right=/dev/video2'")
        if len({name for name, _, _ in pairs}) < len(pairs):
            raise RuntimeError(f"cameras: {self['cameras']!r} names a camera twice")
        return {name: source for name, _, source in pairs}


def arguments(*, to: str = "", params: str = "default") -> list[DeclareLaunchArgument]:
    """Arguments of all launch files. An empty value leaves the choice to the parameter file."""
    file = PathJoinSubstitution([FindPackageShare("mien_bringup"), "params", f"{params}.yaml"])
    return [
        DeclareLaunchArgument("source", default_value="", description="camera.source; empty: as in params_file"),
        DeclareLaunchArgument(
            "cameras", default_value="", description="several cameras at once: 'left=/dev/video0 right=/dev/video2'"
        ),
        DeclareLaunchArgument(
            "to", default_value=to, description="bridges to run, separated by commas: mien bridges list"
        ),
        DeclareLaunchArgument("profile", default_value="fused", choices=list(PROFILES), description="processes"),
        DeclareLaunchArgument("namespace", default_value="", description="stands before every topic and node"),
        DeclareLaunchArgument("params_file", default_value=file, description="parameters of all nodes"),
        DeclareLaunchArgument("record", default_value="", description="folder of a new bag; empty: no recording"),
        DeclareLaunchArgument(
            "privacy", default_value="", choices=["", *_PRIVACY], description="empty: as in params_file"
        ),
        DeclareLaunchArgument(
            "dashboard",
            default_value="false",
            choices=["true", "false"],
            description="a page that shows everything, at http://127.0.0.1:8321; of further cameras at the next ports",
        ),
        DeclareLaunchArgument(
            "voice",
            default_value="",
            description="let a voice move a hidden mouth: video, microphone, microphone:NAME or a file; empty: none",
        ),
        DeclareLaunchArgument(
            "animate", default_value="", description="avatars that the animator plays: mien avatar list; empty: none"
        ),
        DeclareLaunchArgument(
            "fusion", default_value="false", choices=["true", "false"], description="affects of face, voice and words"
        ),
        DeclareLaunchArgument("log_level", default_value="info", description="debug, info, warn, error or fatal"),
    ]


def describe(
    declared: list[DeclareLaunchArgument],
    executables: Callable[[Asked], list[str]] = lambda asked: PROFILES[asked["profile"]],
    more: Callable[[Asked], list[Any]] = lambda asked: [],
    given: Mapping[str, Any] | None = None,
) -> LaunchDescription:
    """A launch description with the arguments and, per camera, the nodes of `executables`, recorder and bridges.

    `more` adds actions to the first group, for example a viewer; `given` are parameters of all other nodes.
    """

    def start(context: LaunchContext) -> list[GroupAction]:
        asked = Asked({a.name: LaunchConfiguration(a.name).perform(context) for a in declared})
        return groups(asked, executables(asked), more(asked), given or {})

    return LaunchDescription([*declared, OpaqueFunction(function=start)])


def groups(asked: Asked, executables: list[str], more: list[Any], always: Mapping[str, Any]) -> list[GroupAction]:
    """One group of nodes per camera. Raises RuntimeError where `profile` is split although privacy is on."""
    told = _PRIVACY.get(asked["privacy"], "")
    private = told != "off" if told else is_private(Path(asked["params_file"]))
    if private and asked["profile"] == "split":
        raise RuntimeError(_SPLIT_PRIVATE)
    made = []
    for i, (name, source) in enumerate(asked.cameras.items()):
        space = "/".join(filter(None, (asked["namespace"].strip("/"), name)))
        record = asked["record"] and "/".join(filter(None, (asked["record"], name)))
        # As text, not YAML, which would cut a path at a `#` and could read a path as a number.
        texts = {
            "camera.source": source, "bags.path": record, "bridges.to": asked["to"], "animate.avatar": asked["animate"],
        }  # fmt: skip
        given: dict[str, Any] = dict(always) | {
            key: ParameterValue(text, value_type=str) for key, text in texts.items() if text
        }
        if asked["privacy"]:
            given["graph.privacy"] = ParameterValue(told, value_type=str)
        given |= heard(asked, private)
        names = [
            *executables,
            *(["audio"] if asked["voice"] else []),
            *(["fusion"] if asked["fusion"] == "true" else []),
            *(["animate"] if asked["animate"] else []),
        ]
        names += [*(["recorder"] if record else []), *(["bridges"] if asked["to"] else [])]
        if asked["dashboard"] == "true":
            names.append("dashboard")
            if i:
                given["dashboard.port"] = _DASHBOARD_PORT + i
        nodes = [node(executable, asked, given) for executable in names]
        made.append(GroupAction([PushRosNamespace(space), *nodes, *(more if i == 0 else [])]))
    return made


def heard(asked: Asked, private: bool) -> dict[str, Any]:
    """The parameters that let a voice be heard, as `mien run --voice`. Raises RuntimeError where that cannot be."""
    voice = asked["voice"]
    if not voice:
        return {}
    if asked["cameras"]:
        raise RuntimeError("voice: of several cameras nobody knows whose it is; launch one camera at a time")
    if voice != OF_VIDEO:
        return {"audio.source": ParameterValue(voice, value_type=str), "rigs.voice": True}
    if private:
        raise RuntimeError("voice: graph.privacy keeps sound in its process; launch with voice:=microphone or a file")
    return {"audio.source": "topic", "camera.sound": True, "rigs.voice": True}


def node(executable: str, asked: Asked, given: Mapping[str, Any]) -> Node:
    """One node of mien."""
    return Node(
        package="mien_nodes",
        executable=executable,
        parameters=[asked["params_file"], dict(given)],
        ros_arguments=["--log-level", asked["log_level"]],
        output="screen",
    )


def is_private(params_file: Path) -> bool:
    """Whether any section of a parameter file sets graph.privacy."""
    sections = (yaml.safe_load(params_file.read_text("utf8")) or {}) if params_file.is_file() else {}
    found = [s.get("ros__parameters") or {} for s in sections.values() if isinstance(s, dict)]
    values = [p.get("graph.privacy", p.get("graph", {}).get("privacy", False)) for p in found]
    return any(value not in (False, "off") for value in values)
