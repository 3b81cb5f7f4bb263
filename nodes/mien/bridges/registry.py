"""The table of all bridges: description, address, configuration and entry point.

Imports no ROS: the module of a bridge is imported when the bridge is opened.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any, Literal

from mien.bridges.alvr.config import AlvrConfig
from mien.bridges.babble.config import BabbleConfig
from mien.bridges.base import Bridge, Home
from mien.bridges.file_in.config import FileInConfig
from mien.bridges.furhat.config import FurhatConfig
from mien.bridges.ifacialmocap.config import IfacialmocapConfig
from mien.bridges.livelink.config import LivelinkConfig
from mien.bridges.livelink_in.config import LivelinkInConfig
from mien.bridges.markers.config import MarkersConfig
from mien.bridges.openseeface.config import OpenseefaceConfig
from mien.bridges.phone.config import PhoneConfig
from mien.bridges.reachy_mini.config import ReachyMiniConfig
from mien.bridges.ros2_control.config import Robot10Config, Ros2ControlConfig
from mien.bridges.ros4hri.config import Ros4hriConfig
from mien.bridges.steam_link.config import SteamLinkConfig
from mien.bridges.vmc.config import VmcConfig
from mien.bridges.vmc_in.config import VmcInConfig
from mien.bridges.vrchat.config import VrchatConfig
from mien.bridges.vtube_studio.config import VtubeStudioConfig
from mien.core.errors import BridgeError
from mien.graph import AFFECTS, EXPRESSIONS, FACES, JOINT_STATES, RIGS, Topic

Direction = Literal["out", "in", "both"]


@dataclass(frozen=True, slots=True)
class BridgeSpec:
    name: str  # of its folder, of its parameters, and in `bridges.to`
    doc: str  # one line
    direction: Direction
    config: type[Any]  # frozen dataclass of `param(...)`
    entry: str  # "module:function", a function (config, Home) -> Bridge
    address: str  # where it sends to or listens by default, in readable form
    hears: tuple[Topic, ...] = ()  # in addition to rigs
    publishes: tuple[Topic, ...] = ()  # of input bridges and those that speak ROS
    needs: tuple[str, ...] = ()  # modules that the base installation lacks
    source: str = "pip install 'mien[bridges]'"  # how to install them

    def open(self, config: Any, home: Home) -> Bridge:
        """A running bridge. Raises BridgeError when it cannot start as configured."""
        module, _, function = self.entry.partition(":")
        bridge: Bridge = getattr(importlib.import_module(module), function)(config, home)
        return bridge


BRIDGES: tuple[BridgeSpec, ...] = (
    BridgeSpec(
        "vmc", "VSeeFace, Warudo, VNyan, VMagicMirror: avatars by the VMC protocol (OSC).", "out",
        VmcConfig, "mien.bridges.vmc.bridge:open_bridge", "udp 127.0.0.1:39539",
    ),
    BridgeSpec(
        "openseeface", "VSeeFace, and what else listens to OpenSeeFace's tracker.", "out",
        OpenseefaceConfig, "mien.bridges.openseeface.bridge:open_bridge", "udp 127.0.0.1:11573",
    ),
    BridgeSpec(
        "ifacialmocap", "Programs that take iFacialMocap or Facemotion3d: text v1, v2, and FMV3.", "out",
        IfacialmocapConfig, "mien.bridges.ifacialmocap.bridge:open_bridge", "udp 127.0.0.1:49983",
    ),
    BridgeSpec(
        "phone", "VSeeFace, VBridger and others that ask VTube Studio's phone app for tracking data.", "out",
        PhoneConfig, "mien.bridges.phone.bridge:open_bridge", "udp 127.0.0.1:21412, asked",
    ),
    BridgeSpec(
        "vtube_studio", "VTube Studio, as a plugin: its tracking parameters, and the 52 shapes.", "out",
        VtubeStudioConfig, "mien.bridges.vtube_studio.bridge:open_bridge", "ws://127.0.0.1:8001",
        needs=("websockets",),
    ),
    BridgeSpec(
        "vrchat", "VRChat: the worn avatar's own parameters by OSCQuery, or VRChat's face tracking.", "out",
        VrchatConfig, "mien.bridges.vrchat.bridge:open_bridge", "udp 127.0.0.1:9000",
    ),
    BridgeSpec(
        "livelink", "Unreal and MetaHuman, as the app Live Link Face; VRCFaceTracking.", "out",
        LivelinkConfig, "mien.bridges.livelink.bridge:open_bridge", "udp 127.0.0.1:11111",
    ),
    BridgeSpec(
        "vmc_in", "The face that VSeeFace, a phone app or another program sends by the VMC protocol.", "in",
        VmcInConfig, "mien.bridges.vmc_in.bridge:open_bridge", "udp 127.0.0.1:39540",
        publishes=(EXPRESSIONS, RIGS),
    ),
    BridgeSpec(
        "steam_link", "The face of a headset over Steam Link.", "in", SteamLinkConfig,
        "mien.bridges.steam_link.bridge:open_bridge", "udp 127.0.0.1:9015", publishes=(EXPRESSIONS, RIGS),
    ),
    BridgeSpec(
        "alvr", "The face of a headset over ALVR: Meta, PICO and Vive.", "in", AlvrConfig,
        "mien.bridges.alvr.bridge:open_bridge", "udp 127.0.0.1:41463", publishes=(EXPRESSIONS, RIGS),
    ),
    BridgeSpec(
        "babble", "The face of Project Babble or Baballonia: a camera before the mouth, and eyes.", "in",
        BabbleConfig, "mien.bridges.babble.bridge:open_bridge", "udp 127.0.0.1:8888", publishes=(EXPRESSIONS, RIGS),
    ),
    BridgeSpec(
        "livelink_in", "The face of an iPhone, by the app Live Link Face.", "in", LivelinkInConfig,
        "mien.bridges.livelink_in.bridge:open_bridge", "udp 127.0.0.1:11112", publishes=(EXPRESSIONS, RIGS),
    ),
    BridgeSpec(
        "file_in", "The face of a recording: Live Link Face or OpenFace (CSV), ARKit or Unified shapes (JSON).", "in",
        FileInConfig, "mien.bridges.file_in.bridge:open_bridge", "a file", publishes=(EXPRESSIONS, RIGS),
    ),
    BridgeSpec(
        "robot10", "mien's robot face of ten servos: joint_states for its URDF in RViz, and commands.", "out",
        Robot10Config, "mien.bridges.ros2_control.node:open_bridge", "topics joint_states, …/commands",
        publishes=(JOINT_STATES,),
    ),
    BridgeSpec(
        "ros2_control", "A robot of yours: commands to a ForwardCommandController, or a JointTrajectoryController.",
        "out", Ros2ControlConfig, "mien.bridges.ros2_control.node:open_bridge", "topic …/commands",
    ),
    BridgeSpec(
        "furhat", "Furhat: face and neck through its Realtime API.", "out",
        FurhatConfig, "mien.bridges.furhat.bridge:open_bridge", "ws://127.0.0.1:9000/v1/events", needs=("websockets",),
    ),
    BridgeSpec(
        "reachy_mini", "Reachy Mini: head and antennas through its daemon.", "out",
        ReachyMiniConfig, "mien.bridges.reachy_mini.bridge:open_bridge", "ws://127.0.0.1:8000", needs=("websockets",),
    ),
    BridgeSpec(
        "markers", "RViz and Foxglove: head axes, gaze, and outlines over the image.", "out",
        MarkersConfig, "mien.bridges.markers.node:open_bridge", "topics face_markers, face_annotations",
        hears=(FACES, EXPRESSIONS),
    ),
    BridgeSpec(
        "ros4hri", "Nodes that speak ROS4HRI (REP-155): ids, boxes, landmarks, FACS, expression and frames of faces.",
        "out", Ros4hriConfig, "mien.bridges.ros4hri.node:open_bridge", "topics under /humans/faces",
        hears=(FACES, EXPRESSIONS, AFFECTS), needs=("hri_msgs", "tf2_msgs"),
        source="apt-get install ros-$ROS_DISTRO-hri-msgs, or make interop",
    ),
)  # fmt: skip


def find(name: str) -> BridgeSpec:
    """Raises BridgeError where there is none of that name."""
    for spec in BRIDGES:
        if spec.name == name:
            return spec
    raise BridgeError(f"{name}: no such bridge; there are {', '.join(s.name for s in BRIDGES)}")


def chosen(names: str) -> tuple[BridgeSpec, ...]:
    """The bridges of a comma-separated list, each once. Raises BridgeError."""
    wanted = dict.fromkeys(n.strip() for n in names.split(",") if n.strip())
    return tuple(find(n) for n in wanted)
