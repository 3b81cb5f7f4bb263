"""The interface of a stage, and the table of all stages.

Topics, nodes, parameters, pipeline, bags, summary and diagnostics follow from the table: a new
stage is its own folder and one row here. Standard library only, so that `mien.graph` may import it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Generic, TypeVar

ConfigT = TypeVar("ConfigT")
FRAME = "frame"  # as an input: the image itself


class Stage(ABC, Generic[ConfigT]):
    """One step on the way from an image to a rig: numpy in, dataclass out; no ROS, no clock, no globals.

    The constructor takes the configuration, and raises ModelError where a network cannot be opened.
    """

    problem: str = ""  # why the stage cannot work as configured, and the mend; empty = it can

    @property
    def infos(self) -> tuple[Any, ...]:
        """The network backends in use, with the reason of each choice: `mien_models.SessionInfo`."""
        return ()

    @abstractmethod
    def step(self, *inputs: Any, **named: Any) -> Any:
        """The output for one image. Arguments: what `StageSpec.inputs` names, in that order, for that image."""

    @abstractmethod
    def reset(self) -> None:
        """Forget everything seen so far, as between unrelated images."""

    @abstractmethod
    def reconfigure(self, config: ConfigT) -> None:
        """Adopt the live parameters of `config`."""

    def idle(self, header: Any) -> Any:
        """The output at a time without an image; None = no output."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSpec:
    """One row of the table.

    The component, its folder, node, topic and output share one `name`; the classes
    `mien.<name>.stage.Stage` and `mien.<name>.config.<Name>Config` are found by it.
    """

    name: str
    inputs: tuple[str, ...]  # FRAME, or stages before this one
    message: str  # type of the topic
    node_doc: str
    topic_doc: str
    latched: tuple[str, ...] = ()  # topics with names behind the numbers
    services: tuple[str, ...] = ()  # in addition to ~/enable and ~/heard
    hears: tuple[str, ...] = ()  # topics beside the inputs, which no image waits for
    private: bool = False  # the output can identify a person: images, crops, landmarks
    package: str = "mien"

    @property
    def stage(self) -> Callable[..., Stage[Any]]:
        """The class of the stage; its first argument is the configuration."""
        found: Callable[..., Stage[Any]] = import_module(f"{self.package}.{self.name}.stage").Stage
        return found

    @property
    def config(self) -> type[Any]:
        """The class of its configuration."""
        found: type[Any] = getattr(
            import_module(f"{self.package}.{self.name}.config"), f"{self.name.capitalize()}Config"
        )
        return found


# In the order in which they run.
STAGES: tuple[StageSpec, ...] = (
    StageSpec(
        name="faces",
        inputs=(FRAME,),
        message="mien_msgs/msg/Faces",
        node_doc="Finds and tracks faces.",
        topic_doc="Tracked faces: landmarks, head pose, gaze.",
        private=True,
    ),
    StageSpec(
        name="expressions",
        inputs=("faces",),
        message="mien_msgs/msg/Expressions",
        node_doc="Reads blendshapes, action units and embedding, against each person's resting face.",
        topic_doc="52 blendshapes, action units and embedding per face.",
        latched=("labels",),
        services=("~/capture_neutral", "~/save_baseline", "~/load_baseline"),
    ),
    StageSpec(
        name="affects",
        inputs=("faces", "expressions"),
        message="mien_msgs/msg/Affects",
        node_doc="Estimates action units, emotion, valence and arousal.",
        topic_doc="Action units, emotion, valence, arousal per face.",
        latched=("labels",),
    ),
    StageSpec(
        name="rigs",
        inputs=("faces", "expressions"),
        message="mien_msgs/msg/Rigs",
        node_doc="Smooths and eases; publishes what avatars play.",
        topic_doc="Smoothed weights, head and gaze that drive an avatar.",
        latched=("rig_description",),
        hears=("voice",),
    ),
)


def spec_of(name: str) -> StageSpec:
    """The row of a stage. Raises KeyError on an unknown name."""
    for spec in STAGES:
        if spec.name == name:
            return spec
    raise KeyError(f"no stage {name}; there are {', '.join(s.name for s in STAGES)}")


def order(names: Any) -> list[str]:
    """Names of stages in the order in which they run; `camera` comes first, unknown names last."""
    ranks = {name: i for i, name in enumerate(("camera", *(s.name for s in STAGES)))}
    return sorted(names, key=lambda name: (ranks.get(name, len(ranks)), name))
