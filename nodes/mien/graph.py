"""The ROS graph: every topic, its type and quality of service, and every node.

The source of truth: executables, the launch file, the README's tables and `mien doctor` derive
from it; what belongs to a stage derives from the table in `core.stage`. Standard library only, so
that anything may import it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from mien.core.stage import FRAME, STAGES, StageSpec


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
SENSOR = Qos(depth=2)  # `ros.images` falls back to best effort where no more is offered
LATCHED = Qos(latched=True, depth=1)


@dataclass(frozen=True, slots=True)
class Topic:
    name: str  # relative: a namespace may stand before it
    type: str
    doc: str
    qos: Qos = RESULT
    listen: Qos | None = None  # where subscribers ask for less than is offered
    forms: tuple[str, ...] = ()  # other types in which somebody else's node may publish it
    shared: bool = False  # several nodes publish it
    without: str = ""  # what subscribers do where nobody publishes it; "" = they need it

    @property
    def types(self) -> tuple[str, ...]:
        return self.type, *self.forms

    @property
    def listen_qos(self) -> Qos:
        return self.listen or self.qos

    def of(self, schema: str) -> Topic:
        """The topic of one schema, where `<schema>` stands for it in the name."""
        return replace(self, name=self.name.replace("<schema>", schema))


IMAGE = Topic(
    "image_raw", "sensor_msgs/msg/Image", "Camera image, rgb8.", DRIVER, SENSOR,
    forms=("sensor_msgs/msg/CompressedImage",),
)  # fmt: skip
CAMERA_INFO = Topic(
    "camera_info", "sensor_msgs/msg/CameraInfo", "Its calibration.", DRIVER, SENSOR,
    without="a usual focal length is assumed",
)  # fmt: skip
STAGE_TOPICS = {s.name: Topic(s.name, s.message, s.topic_doc) for s in STAGES}
FACES, EXPRESSIONS, AFFECTS, RIGS = (STAGE_TOPICS[name] for name in ("faces", "expressions", "affects", "rigs"))
LABELS = Topic("labels", "mien_msgs/msg/Labels", "Names behind the float arrays.", LATCHED, shared=True)
RIG_DESCRIPTION = Topic(
    "rig_description", "mien_msgs/msg/RigDescription", "Names, limits and neutral of the rig.", LATCHED
)
PARAMETERS = Topic(
    "parameters", "rcl_interfaces/msg/ParameterEvent", "Parameters of the stages, valid after the image of `stamp`.",
    LATCHED, shared=True,
)  # fmt: skip
AUDIO = Topic(
    "audio",
    "mien_msgs/msg/Audio",
    "Sound of a microphone or a video, mono.",
    Qos(depth=50),
    without="no sound is heard",
)
VOICE = Topic(
    "voice", "mien_msgs/msg/Voice", "Voice activity, pitch, energy and the mouth as heard, 50 Hz.", Qos(depth=50),
    without="mouths follow sight alone",
)  # fmt: skip
WORDS = Topic(
    "words", "mien_msgs/msg/Words", "What a speech recogniser heard, word by word; mien has none.", Qos(depth=20),
    without="no words are read",
)  # fmt: skip
FUSION = Topic("fusion", AFFECTS.type, "Affects of face, voice and words together.")
_NO_TRUTH = "only the actor has it"
TRUTH_FACES = Topic("truth/faces", FACES.type, "Of a synthetic camera: what faces should say.", without=_NO_TRUTH)
TRUTH_EXPRESSIONS = Topic("truth/expressions", EXPRESSIONS.type, "Likewise for expressions.", without=_NO_TRUTH)
TRUTH_AFFECTS = Topic("truth/affects", AFFECTS.type, "Likewise for affects: the action units.", without=_NO_TRUTH)
TRUTH = (TRUTH_FACES, TRUTH_EXPRESSIONS, TRUTH_AFFECTS)
NORMALISED = Topic(
    "normalised", "sensor_msgs/msg/Image",
    "Under graph.privacy=normalised: each expression on one made-up face, side by side by track id, rgb8.",
    Qos(depth=2), without="only graph.privacy=normalised has it",
)  # fmt: skip
DIAGNOSTICS = Topic("/diagnostics", "diagnostic_msgs/msg/DiagnosticArray", "Rates, drops, latency, backends, 1 Hz.")

CLOCK = Topic("/clock", "rosgraph_msgs/msg/Clock", "Time of a bag that is replayed, for nodes with use_sim_time.")

TOPICS = (
    IMAGE, CAMERA_INFO, *STAGE_TOPICS.values(), LABELS, RIG_DESCRIPTION, PARAMETERS, AUDIO, VOICE, WORDS, FUSION,
    *TRUTH, NORMALISED, DIAGNOSTICS,
)  # fmt: skip
# One of each for every profile that `retarget` plays, and every avatar that `animate` does.
SCHEMA_RIGS = Topic("<schema>/rigs", RIGS.type, "Rigs retargeted by a profile or by the animator, for example robot10.")
SCHEMA_RIG_DESCRIPTION = Topic(
    "<schema>/rig_description", RIG_DESCRIPTION.type, "Names, units, limits and neutral of its targets.", LATCHED
)
SCHEMA_TOPICS = (SCHEMA_RIGS, SCHEMA_RIG_DESCRIPTION)
JOINT_STATES = Topic("joint_states", "sensor_msgs/msg/JointState", "Joints of a robot face, for its URDF in RViz.")
# Topics that can identify a person, or tell what was said: images, crops, landmarks, sound, words.
# Under `graph.privacy` none leaves its process.
PRIVATE = frozenset({IMAGE, AUDIO, WORDS, TRUTH_FACES, *(STAGE_TOPICS[s.name] for s in STAGES if s.private)})


@dataclass(frozen=True, slots=True)
class Service:
    name: str  # private: stands behind the node's name
    type: str
    doc: str


ENABLE = Service(
    "~/enable", "std_srvs/srv/SetBool", "Pause (false) or resume (true) the node; rigs ease to neutral meanwhile."
)
CAPTURE_NEUTRAL = Service("~/capture_neutral", "mien_msgs/srv/CaptureNeutral", "Learn a person's resting face.")
ESTOP = Service("~/estop", "std_srvs/srv/SetBool", "Stop robots where they are (true) until released (false).")
SAVE_BASELINE = Service("~/save_baseline", "mien_msgs/srv/BaselineFile", "Write a person's resting face to a file.")
LOAD_BASELINE = Service("~/load_baseline", "mien_msgs/srv/BaselineFile", "Read a person's resting face from a file.")
HEARD = Service(
    "~/heard", "std_srvs/srv/Trigger",
    "Which voice and calibration were taken last, and how many hear each topic, as JSON: a replay waits for it.",
)  # fmt: skip
SERVICES = (ENABLE, CAPTURE_NEUTRAL, SAVE_BASELINE, LOAD_BASELINE, HEARD)


@dataclass(frozen=True, slots=True)
class Action:
    name: str  # relative, like a topic
    type: str
    doc: str


# Pictures go in, and identity and skin come out: under `graph.privacy` its node does not run.
FIT = Action("fit", "mien_msgs/action/Fit", "Fit the parametric head to the face of pictures.")

_Named = TypeVar("_Named", Topic, Service)


def _named(items: tuple[_Named, ...], names: tuple[str, ...]) -> tuple[_Named, ...]:
    return tuple(item for name in names for item in items if item.name == name)


@dataclass(frozen=True, slots=True)
class Node:
    """`components` are the packages whose configuration the node declares, as `<component>.<parameter>`."""

    name: str
    doc: str
    components: tuple[str, ...]
    subscribes: tuple[Topic, ...] = ()
    publishes: tuple[Topic, ...] = ()
    services: tuple[Service, ...] = (ENABLE,)
    actions: tuple[Action, ...] = ()  # all of them carry pictures
    lifecycle: bool = False  # holds a device
    discreet: bool = False  # can work without the topics in PRIVATE under `graph.privacy`
    module: str = ""

    @property
    def executable(self) -> str:
        return self.name

    @property
    def exposed(self) -> tuple[Topic | Action, ...]:
        """The topics and actions that keep the node from running under `graph.privacy`; none for most."""
        if self.discreet:
            return ()
        return (*(t for t in (*self.publishes, *self.subscribes) if t in PRIVATE), *self.actions)

    @property
    def entry(self) -> str:
        """`module:function` that runs the node."""
        return f"{self.module or f'mien.{self.name}.node'}:main"


CAMERA = Node(
    "camera", "Reads a camera, a video or images.", ("graph", "camera"),
    publishes=(IMAGE, CAMERA_INFO, AUDIO, *TRUTH), lifecycle=True,
)  # fmt: skip


def _stage_node(spec: StageSpec) -> Node:
    heard = tuple(t for i in spec.inputs for t in ((IMAGE, CAMERA_INFO) if i == FRAME else (STAGE_TOPICS[i],)))
    return Node(
        spec.name, spec.node_doc, ("graph", spec.name),
        subscribes=(*heard, *_named(TOPICS, spec.hears)),
        publishes=(STAGE_TOPICS[spec.name], *_named(TOPICS, spec.latched), PARAMETERS),
        services=(ENABLE, *_named(SERVICES, spec.services), HEARD), module=f"{spec.package}.{spec.name}.node",
    )  # fmt: skip


STAGE_NODES = tuple(_stage_node(spec) for spec in STAGES)
PERCEPTION = Node(
    "perception", "All stages in one process, with one copy of the image.",
    ("graph", "camera", *STAGE_TOPICS),
    subscribes=(IMAGE, CAMERA_INFO, VOICE),
    publishes=(
        IMAGE, CAMERA_INFO, AUDIO, *STAGE_TOPICS.values(), LABELS, RIG_DESCRIPTION, PARAMETERS, *TRUTH, NORMALISED,
    ),
    services=tuple(dict.fromkeys(s for n in STAGE_NODES for s in n.services)), lifecycle=True, discreet=True,
)  # fmt: skip
AUDIO_NODE = Node(
    "audio", "Hears a voice: when it speaks, its pitch, and the mouth that it makes.", ("graph", "audio"),
    subscribes=(AUDIO,), publishes=(AUDIO, VOICE, LABELS, PARAMETERS), discreet=True,
)  # fmt: skip
FUSION_NODE = Node(
    "fusion", "Reads affects from face, voice and words together.", ("graph", "fusion"),
    subscribes=(EXPRESSIONS, AFFECTS, VOICE, WORDS), publishes=(FUSION, LABELS), discreet=True,
)  # fmt: skip
RECORDER = Node(
    "recorder", "Writes the topics to an MCAP bag.", ("graph", "bags"),
    subscribes=TOPICS, services=(), discreet=True, module="mien.bags.node",
)  # fmt: skip
# Of `mien.bridges.registry`, in its order.
BRIDGE_NAMES = (
    "vmc",
    "openseeface",
    "ifacialmocap",
    "phone",
    "vtube_studio",
    "vrchat",
    "livelink",
    "vmc_in",
    "steam_link",
    "alvr",
    "babble",
    "livelink_in",
    "file_in",
    "robot10",
    "ros2_control",
    "furhat",
    "reachy_mini",
    "markers",
    "ros4hri",
)
BRIDGES = Node(
    "bridges", "Carries rigs to avatars and robots, and the faces of headsets to the graph.",
    ("graph", "bridges", *BRIDGE_NAMES),
    subscribes=(RIGS, RIG_DESCRIPTION, FACES, EXPRESSIONS, AFFECTS, IMAGE),
    publishes=(EXPRESSIONS, RIGS, LABELS, RIG_DESCRIPTION, JOINT_STATES), services=(ENABLE, ESTOP), discreet=True,
)  # fmt: skip

RETARGET = Node(
    "retarget", "Turns rigs into named targets of avatars and robots, by profiles.", ("graph", "retarget"),
    subscribes=(RIGS, RIG_DESCRIPTION, FACES), publishes=SCHEMA_TOPICS, discreet=True,
)  # fmt: skip

ANIMATE = Node(
    "animate", "Turns rigs into those of avatars, by the animator.", ("graph", "animate"),
    subscribes=(RIGS, RIG_DESCRIPTION), publishes=SCHEMA_TOPICS, discreet=True,
)  # fmt: skip

DASHBOARD = Node(
    "dashboard", "Serves a page that shows, live, what is seen and what is made of it.", ("graph", "dashboard"),
    subscribes=(IMAGE, CAMERA_INFO, FACES, AFFECTS, RIGS, LABELS, RIG_DESCRIPTION, NORMALISED, DIAGNOSTICS),
    services=(), discreet=True,
)  # fmt: skip

REPLAYER = Node(
    "replayer", "Plays a bag of any recorder: its images through the graph, or what was recorded.", ("graph", "replay"),
    publishes=(IMAGE, CAMERA_INFO, VOICE, CLOCK), discreet=True, module="mien.bags.replay.node",
)  # fmt: skip

FIT_NODE = Node(
    "fit", "Fits the parametric head to faces of pictures, when asked.", ("graph", "fit"),
    publishes=(LABELS,), actions=(FIT,),
)  # fmt: skip

NODES = (
    CAMERA, *STAGE_NODES, PERCEPTION, AUDIO_NODE, FUSION_NODE, RECORDER, REPLAYER, RETARGET, ANIMATE, BRIDGES,
    DASHBOARD, FIT_NODE,
)  # fmt: skip
PROFILES = {
    "fused": (PERCEPTION,),
    "split": (CAMERA, *STAGE_NODES),
}


def node_of(name: str) -> Node:
    """The node of a name. Raises KeyError."""
    return {n.name: n for n in NODES}[name]
