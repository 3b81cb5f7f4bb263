"""What a run is made of. Everything that can be wrong with it is found here, before anything is touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from mien.bridges.registry import chosen
from mien.camera import parse
from mien.camera.config import CameraConfig
from mien.core.config import Value
from mien.core.errors import BridgeError, ConfigError, UsageError
from mien.core.graph_config import GraphConfig
from mien.core.names import absolute, is_namespace
from mien.graph import (
    ANIMATE,
    AUDIO_NODE,
    BRIDGES,
    CAMERA,
    DASHBOARD,
    FUSION_NODE,
    PROFILES,
    RECORDER,
    REPLAYER,
    Node,
)
from mien.run import source as sources
from mien.run.parameters import Parameters, argument, from_file, from_set

OF_VIDEO = "video"  # of --voice: the sound of the video that is played
DEFAULT_SOURCE = CameraConfig().source


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to run. `topic` names the image topic when `source` is `topic`."""

    nodes: tuple[Node, ...]
    beside: tuple[Node, ...] = ()  # started too, but not stages: bridges, animator, what hears, fusion, dashboard
    source: str
    topic: str = ""
    replayed: Path | None = None  # the bag whose images are played, and whose time it is
    bag: Path | None = None
    images: str = "none"
    paced: bool = True
    namespace: str = ""
    params_file: Path | None = None
    overrides: dict[str, Value] = field(default_factory=dict)
    duration_s: float | None = None

    @property
    def processes(self) -> tuple[Node, ...]:
        """All nodes to start: the stages, the bridges, and the recorder if there is a bag."""
        played = (REPLAYER,) if self.replayed else ()
        return (*self.nodes, *self.beside, *((RECORDER,) if self.bag else ()), *played)

    @property
    def shown(self) -> str:
        """The topic or source without a password, for messages."""
        return str(self.replayed or self.topic) or str(parse.parse(self.source))

    @property
    def holder(self) -> Node | None:
        """The node that opens the source; None if the stages subscribe to images of another driver."""
        return next((n for n in self.nodes if n.lifecycle), None)


def make(
    *,
    source: str | None = None,
    to: str = "",
    animate: str = "",
    dashboard: bool = False,
    voice: str | None = None,
    fusion: bool = False,
    profile: str = "fused",
    bag: Path | None = None,
    images: str | None = None,
    fast: bool = False,
    namespace: str = "",
    params_file: Path | None = None,
    settings: Sequence[str] = (),
    duration_s: float | None = None,
) -> Plan:
    """Check the arguments of `mien run` and make a plan. to: names of bridges, separated by commas. animate: avatars
    that the animator plays, likewise. dashboard: serve the page. voice: what is heard, `video`, `microphone` or a file;
    None = nothing. fusion: read affects from face, voice and words together.

    source: None = that of the parameter file. images: None = record JPEG, or nothing under graph.privacy.
    Raises UsageError, SourceError, CalibrationError or ModelError that says what to do.
    """
    check(namespace, duration_s, params_file)
    if fast and profile == "split":
        raise UsageError("--fast needs --profile fused: separate processes drop what they cannot follow")
    nodes = PROFILES[profile]
    asked = ((ANIMATE, animate), (AUDIO_NODE, voice), (FUSION_NODE, fusion), (DASHBOARD, dashboard))
    beside = (*bridges(to), *(node for node, wanted in asked if wanted))
    sections = from_file(params_file, (*nodes, *beside, RECORDER), namespace) if params_file else []
    holder = absolute(next(n.name for n in nodes if n.lifecycle), namespace)
    text = source
    if text is None:
        text = str(Parameters(sections).of(holder).get("camera.source", DEFAULT_SOURCE))
    found, topic = sources.resolve(text)
    if topic:  # another driver publishes the images
        nodes = tuple(n for n in nodes if n is not CAMERA)
    plan = Plan(
        nodes=nodes, beside=beside, source=found, topic=topic, bag=bag, images="none", paced=not fast,
        namespace=namespace, params_file=params_file, duration_s=duration_s,
    )  # fmt: skip
    overrides = from_set(settings, plan.processes) | named(to, animate)
    if voice:
        overrides = _hear(voice, topic) | overrides
    images = _images(images, overrides)
    parameters = Parameters(sections, overrides)
    privacy = _privacy(plan, parameters)
    if private := privacy != "off":
        overrides["graph.privacy"] = privacy  # if it is set for one node, it is set for all
        _check_privacy(plan, images)
        if voice == OF_VIDEO:
            raise UsageError("--voice: graph.privacy keeps sound in its process; give --voice microphone or FILE")
    plan = replace(plan, overrides=overrides, images="none" if private or not bag else images or "jpeg")
    for name, value in (("camera.source", plan.source), ("bags.path", str(bag or "")), *overrides.items()):
        argument(name, value)  # raises for text that cannot be passed to ROS
    try:
        sources.check(parameters.config(holder, "camera", CameraConfig, source=found))
    except ConfigError as e:
        raise UsageError(str(e)) from e
    return plan


def check(namespace: str, duration_s: float | None, params_file: Path | None) -> None:
    """Raises UsageError where an argument of `mien run` cannot be used, whatever the source."""
    if not is_namespace(namespace):
        raise UsageError(f"--namespace {namespace}: not a ROS name; for example lab or lab/left")
    if duration_s is not None and not duration_s > 0:
        raise UsageError(f"--duration {duration_s:g}: must be over 0 s")
    if params_file and not params_file.is_file():
        raise UsageError(f"--params-file {params_file}: no such file")


def named(to: str, animate: str) -> dict[str, Value]:
    """The parameters that name bridges and avatars."""
    return {name: text for name, text in (("bridges.to", to), ("animate.avatar", animate)) if text}


def _hear(voice: str, topic: str) -> dict[str, Value]:
    """The parameters that let a voice move a hidden mouth. Raises UsageError where images of a topic have no sound."""
    if voice != OF_VIDEO:
        return {"audio.source": voice, "rigs.voice": True}
    if topic:
        raise UsageError(f"--voice: the images of {topic} have no sound; give --voice microphone or --voice FILE")
    return {"audio.source": "topic", "camera.sound": True, "rigs.voice": True}


def _images(argument: str | None, overrides: dict[str, Value]) -> str | None:
    """How images are recorded, by --images or --set bags.images. Raises UsageError if the two differ."""
    asked = overrides.pop("bags.images", None)
    if argument and asked and argument != asked:
        raise UsageError(f"--images {argument}: --set bags.images={asked} says otherwise; give one of them")
    return argument or (str(asked) if asked else None)


def bridges(to: str) -> tuple[Node, ...]:
    """The node `bridges` with the parameters of these bridges only. Raises UsageError for an unknown name."""
    try:
        names = [spec.name for spec in chosen(to)]
    except BridgeError as e:
        raise UsageError(f"--to {e}") from e
    return (replace(BRIDGES, components=("graph", "bridges", *names)),) if names else ()


def _privacy(plan: Plan, parameters: Parameters) -> str:
    """The strictest graph.privacy that any node is given."""
    names = [absolute(node.name, plan.namespace) for node in plan.processes]
    asked = {parameters.config(name, "graph", GraphConfig).privacy for name in names}
    return next((level for level in ("on", "normalised") if level in asked), "off")


def _check_privacy(plan: Plan, images: str | None) -> None:
    """Raises UsageError if images, crops or landmarks would leave their process or be recorded."""
    if exposed := [n for n in plan.nodes if n.exposed]:
        names = ", ".join(n.name for n in exposed)
        raise UsageError(
            f"graph.privacy: the profile split sends images and landmarks from process to process ({names});"
            " use --profile fused, which keeps them in one"
        )
    if images not in (None, "none"):
        raise UsageError(f"--images {images}: graph.privacy keeps images out of the bag; leave --images out")
