"""The ROS graph: every topic, its type and quality of service, and every node.

The source of truth: executables, the launch file, the README's tables and `mien doctor` derive
from it. Standard library only, so that anything may import it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Qos:
    reliable: bool = True
    latched: bool = False
    depth: int = 5

    def __str__(self) -> str:
        words = ["reliable" if self.reliable else "best effort", f"depth {self.depth}"]
        return ", ".join([*words, "latched"] if self.latched else words)


RESULT = Qos()
DRIVER = Qos(depth=10)  # REP-2003: drivers publish with system defaults,
SENSOR = Qos(reliable=False, depth=1)  # consumers listen best effort
LATCHED = Qos(latched=True, depth=1)


@dataclass(frozen=True, slots=True)
class Topic:
    name: str  # relative: a namespace may stand before it
    type: str
    doc: str
    qos: Qos = RESULT
    listen: Qos | None = None  # where subscribers ask for less than is offered

    @property
    def listen_qos(self) -> Qos:
        return self.listen or self.qos


IMAGE = Topic("image_raw", "sensor_msgs/msg/Image", "Camera image, rgb8.", DRIVER, SENSOR)
CAMERA_INFO = Topic("camera_info", "sensor_msgs/msg/CameraInfo", "Its calibration.", DRIVER, SENSOR)
FACES = Topic("faces", "mien_msgs/msg/Faces", "Tracked faces: landmarks, head pose, gaze.")
EXPRESSIONS = Topic("expressions", "mien_msgs/msg/Expressions", "52 blendshapes, action units and embedding per face.")
AFFECTS = Topic("affects", "mien_msgs/msg/Affects", "Action units, emotion, valence, arousal per face.")
RIGS = Topic("rigs", "mien_msgs/msg/Rigs", "Smoothed weights, head and gaze that drive an avatar.")
LABELS = Topic("labels", "mien_msgs/msg/Labels", "Names behind the float arrays.", LATCHED)
RIG_DESCRIPTION = Topic(
    "rig_description", "mien_msgs/msg/RigDescription", "Names, limits and neutral of the rig.", LATCHED
)
TRUTH_FACES = Topic("truth/faces", FACES.type, "Of a synthetic camera: what faces should say.")
TRUTH_EXPRESSIONS = Topic("truth/expressions", EXPRESSIONS.type, "Likewise for expressions.")
TRUTH_AFFECTS = Topic("truth/affects", AFFECTS.type, "Likewise for affects: the action units.")
TRUTH = (TRUTH_FACES, TRUTH_EXPRESSIONS, TRUTH_AFFECTS)
DIAGNOSTICS = Topic("/diagnostics", "diagnostic_msgs/msg/DiagnosticArray", "Rates, drops, latency, backends, 1 Hz.")

TOPICS = (
    IMAGE, CAMERA_INFO, FACES, EXPRESSIONS, AFFECTS, RIGS, LABELS, RIG_DESCRIPTION, *TRUTH, DIAGNOSTICS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Service:
    name: str  # private: stands behind the node's name
    type: str
    doc: str


ENABLE = Service("~/enable", "std_srvs/srv/SetBool", "Pause (false) or resume (true) the node.")
CAPTURE_NEUTRAL = Service("~/capture_neutral", "mien_msgs/srv/CaptureNeutral", "Learn a person's resting face.")


@dataclass(frozen=True, slots=True)
class Node:
    """`components` are the packages whose configuration the node declares, as `<component>.<parameter>`."""

    name: str
    doc: str
    components: tuple[str, ...]
    subscribes: tuple[Topic, ...] = ()
    publishes: tuple[Topic, ...] = ()
    services: tuple[Service, ...] = (ENABLE,)
    lifecycle: bool = False  # holds a device
    module: str = ""

    @property
    def executable(self) -> str:
        return self.name

    @property
    def entry(self) -> str:
        """`module:function` that runs the node."""
        return f"{self.module or f'mien.{self.name}.node'}:main"


CAMERA = Node(
    "camera", "Reads a camera, a video or images.", ("camera",),
    publishes=(IMAGE, CAMERA_INFO, *TRUTH), lifecycle=True,
)  # fmt: skip
FACES_NODE = Node(
    "faces", "Finds and tracks faces.", ("faces",),
    subscribes=(IMAGE, CAMERA_INFO), publishes=(FACES,),
)  # fmt: skip
EXPRESSIONS_NODE = Node(
    "expressions", "Reads blendshapes, action units and embedding.", ("expressions",),
    subscribes=(FACES,), publishes=(EXPRESSIONS, LABELS),
)  # fmt: skip
AFFECTS_NODE = Node(
    "affects", "Estimates action units, emotion, valence and arousal.", ("affects",),
    subscribes=(FACES, EXPRESSIONS), publishes=(AFFECTS, LABELS),
)  # fmt: skip
RIGS_NODE = Node(
    "rigs", "Smooths, calibrates and eases; publishes what avatars play.", ("rigs",),
    subscribes=(FACES, EXPRESSIONS), publishes=(RIGS, RIG_DESCRIPTION),
    services=(ENABLE, CAPTURE_NEUTRAL),
)  # fmt: skip
PERCEPTION = Node(
    "perception", "All stages in one process, with one copy of the image.",
    ("perception", "camera", "faces", "expressions", "affects", "rigs"),
    subscribes=(IMAGE, CAMERA_INFO),
    publishes=(IMAGE, CAMERA_INFO, FACES, EXPRESSIONS, AFFECTS, RIGS, LABELS, RIG_DESCRIPTION, *TRUTH),
    services=(ENABLE, CAPTURE_NEUTRAL), lifecycle=True,
)  # fmt: skip
RECORDER = Node(
    "recorder", "Writes the topics to an MCAP bag.", ("bags",),
    subscribes=(
        IMAGE, CAMERA_INFO, FACES, EXPRESSIONS, AFFECTS, RIGS, LABELS, RIG_DESCRIPTION, *TRUTH, DIAGNOSTICS,
    ),
    services=(), module="mien.bags.node",
)  # fmt: skip

NODES = (CAMERA, FACES_NODE, EXPRESSIONS_NODE, AFFECTS_NODE, RIGS_NODE, PERCEPTION, RECORDER)
PROFILES = {
    "fused": (PERCEPTION,),
    "split": (CAMERA, FACES_NODE, EXPRESSIONS_NODE, AFFECTS_NODE, RIGS_NODE),
}
