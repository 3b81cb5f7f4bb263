"""The node `replayer`: plays a bag of any recorder, and tells the time of the bag."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from rclpy.node import Node
from rclpy.publisher import Publisher
from rclpy.task import Future

from mien import graph
from mien.bags.images import ImageDecoder, header_of
from mien.bags.opened import Bag, Message, stamp_of
from mien.bags.record import VIDEO_TYPE
from mien.bags.replay.answers import Answers
from mien.bags.replay.config import ReplayConfig
from mien.bags.replay.listeners import SETTLE_S, Listeners
from mien.bags.replay.pace import Pace, Times
from mien.bags.replay.steps import CAMERA_INFO, Images, Step, chosen, offered, opened, recorded
from mien.core.errors import ConfigError, MessageError, StartError
from mien.graph import CLOCK, IMAGE, REPLAYER, RIGS, STAGE_TOPICS, TOPICS, VOICE, Topic
from mien.ros import convert, privacy
from mien.ros.diagnostics import Health
from mien.ros.node import offer_enable, run
from mien.ros.params import bind
from mien.ros.qos import acknowledge, advertise, interface, subscribe

_LISTEN_S = 30.0  # networks are loaded within this time
_PATIENCE_S, _TRIES = 3.0, 5  # results of one image come within this time, or it is published again
_STRANGE_S = 1.0  # an image of somebody else's bag may be late, and then has no results
_LOOK_S = 0.05
_AT_ONCE = VOICE.qos.depth // 2  # of a voice: so many lose nothing in a queue


class ReplayNode(Node):
    """Publishes what a bag holds. A thread plays; it ends the node at the end of the bag."""

    def __init__(self) -> None:
        super().__init__(REPLAYER.name)
        self.finished = Future()
        self.config = bind(self, "replay", ReplayConfig, self._change)
        if not self.config.bag:
            raise ConfigError("replay.bag: names no bag")
        self._withheld = {t.name for t in privacy.withheld(self, REPLAYER)}
        if self._withheld and self.config.what != "results":
            raise ConfigError(f"replay.what: {self.config.what}, but graph.privacy keeps images in; set it to results")
        self.health = Health(self)
        self._bag = opened(Bag(Path(self.config.bag).expanduser()))
        for cut in self._bag.cuts:
            self.get_logger().warning(str(cut))
        self._images = Images(self._bag, self.config.image_topic) if self.config.what == "images" else None
        self._pace = Pace(self.config.rate)
        self._time = advertise(self, CLOCK) if self.config.clock else None
        self._out: dict[str, Publisher | None] = {}
        self._answers = Answers()
        if self._images and self.config.in_step:
            for name, topic in STAGE_TOPICS.items():
                subscribe(self, topic, self._answers.hear(name))
        self.health.set("source", self._bag.path)
        self._listeners = Listeners(self, lambda: self._stopped)
        self._unheard = 0  # voices that were published, and of which nobody has told yet that they were heard
        self._spoken_ns = 0  # stamp of the last one
        self.unanswered = 0
        self._stopped = False
        offer_enable(self, self.health)
        self.create_timer(_LOOK_S, self._look)
        self._thread = threading.Thread(target=self._play, name="replay", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stopped = True
        self._pace.stop()
        self._answers.stop()
        self._thread.join(_PATIENCE_S)

    def _change(self, config: ReplayConfig) -> None:
        self._pace.rate = config.rate
        if config.seek_s >= 0 and config.seek_s != self.config.seek_s:
            self._pace.seek(config.seek_s)
        self.config = config

    def _look(self) -> None:
        self._pace.paused = not self.health.enabled
        self.health.set("position_s", f"{self._pace.position_s:.3f}")
        self.health.set("unanswered", self.unanswered)

    def _play(self) -> None:
        try:
            self._wait_for_listeners()
            begin_s = self.config.start_s
            while not self._stopped:
                asked_s = self._play_from(begin_s)
                if asked_s is None and not self.config.loop:
                    break
                begin_s = self.config.start_s if asked_s is None else asked_s
            if not self._stopped:
                for publisher in filter(None, self._out.values()):
                    acknowledge(publisher)
                self.finished.set_result(None)
        except Exception as error:  # of the bag, or nobody answers: the node ends by it
            if not self._stopped and self.context.ok():
                self.finished.set_exception(error)

    def _play_from(self, begin_s: float) -> float | None:
        """Play to the end; None, or where to jump to before it is reached."""
        start_ns = self._images.start_ns if self._images else self._bag.start_ns
        self._pace.start(start_ns, begin_s)
        self._decode = ImageDecoder()  # a stream of video begins anew
        self._times = Times()
        begun = False
        for step in self._steps():
            if not step.is_played or step.due_ns < start_ns + round(begin_s * 1e9):
                self._pass_over(step)
                continue
            if (asked_s := self._pace.wait(step.due_ns)) is not None:
                return asked_s
            if self._stopped:
                return None
            if not begun:
                begun = True
                self._tell(step.due_ns)
            self._do(step)
        return None

    def _steps(self) -> Iterator[Step]:
        return self._images.steps() if self._images else recorded(self._bag, self.config.what, self.config.topics)

    def _pass_over(self, step: Step) -> None:
        """Take what is not played, but holds for what follows: latched messages, and images of a video before it."""
        if (message := step.message) is None:
            return
        if message.type == CAMERA_INFO or self._topic(message).qos.latched:
            self._publish(message)
        elif message.type == VIDEO_TYPE and self._is_image(message):
            with suppress(MessageError):
                self._image(message)

    def _do(self, step: Step) -> None:
        """Publish what is due. Time follows an image only when its results are there: till then it would be silence.

        A voice is due with the image after it, so that it tells no time.
        """
        image = None
        if self._images and step.message and step.message.type == VOICE.type:
            self._publish(step.message)
            self._unheard, self._spoken_ns = self._unheard + 1, stamp_of(step.message.data)
            if self._unheard >= _AT_ONCE:
                self._let_hear()
            return
        if step.message and self._is_image(step.message):
            try:
                image = self._image(step.message)
            except MessageError as error:
                if self._images and self._images.is_ours:
                    raise
                self.get_logger().warning(f"an image of {self._bag.path} is not played: {error}")
                self._tell(step.due_ns)
                return
        if self._images is None or step.answer_ns is None or not self.config.in_step:
            self._tell(step.due_ns)
            if step.message:
                self._publish(step.message, image)
        else:
            ours = self._images.is_ours
            now_ns = step.due_ns
            if ours:
                now_ns = self._times.image(now_ns) if step.message else self._times.idle(now_ns)
            self._ask(step, image, ours, now_ns)
            if step.message:
                self._tell(now_ns)
        self.health.done(int(self.get_clock().now().nanoseconds))

    def _tell(self, now_ns: int) -> None:
        """The time of the bag."""
        if self._time:
            self._time.publish(interface(CLOCK.type)(clock=convert.to_time(now_ns)))

    def _ask(self, step: Step, image: Any, ours: bool, now_ns: int) -> None:
        """Publish an image, or tell a time without one, and wait for the results.

        An image is published again after a while: who hears it twice leaves it out, as one that is late. Raises
        StartError where no results come of a bag of ours.
        """
        self._let_hear()
        self._answers.begin()
        said = STAGE_TOPICS if step.message else {RIGS.name: RIGS}  # only rigs ease without an image
        late: set[str] = set()
        for _ in range(_TRIES if ours and step.message else 1):
            if step.message:
                self._publish(step.message, image)
            else:
                self._tell(now_ns)
            present = {n for n, t in said.items() if self.count_publishers(self.resolve_topic_name(t.name))}
            late = self._answers.wait(present, step.answer_ns if ours else None, _PATIENCE_S if ours else _STRANGE_S)
            if self._stopped or (present and not late):
                return
        self.unanswered += 1
        if ours and step.message:
            raise StartError(
                f"no {', '.join(sorted(late or said))} came of the image of {step.due_ns * 1e-9:.3f} s within"
                f" {_TRIES * _PATIENCE_S:.0f} s; start the stages before, with use_sim_time, and see `mien doctor`"
            )

    def _is_image(self, message: Message) -> bool:
        """Whether it is one of those that stages are to see."""
        return self._images is not None and message.topic == self._images.topic

    def _image(self, message: Message) -> Any:
        """What to publish of an image. Each one of a video is decoded once, and in order. Raises MessageError."""
        if message.type == IMAGE.type:
            return message.data
        msg = self._bag.parsed(message.data, message.type)
        return convert.to_image(self._decode(msg, message.type), convert.to_header(header_of(msg, message.type)))

    def _publish(self, message: Message, image: Any = None) -> None:
        """image: what `_image` made of the message, where it is one."""
        name = self._name(message)
        if name not in self._out:
            self._out[name] = self._advertise(name, message)
            if self._images and image is None and self._out[name]:
                self._listeners.meet(self._out[name], _PATIENCE_S)
        publisher = self._out[name]
        if publisher is None:
            return
        publisher.publish(message.data if image is None else image)
        if self._images and message.type == CAMERA_INFO:
            self._wait_until_heard(publisher, graph.CAMERA_INFO.name, stamp_of(message.data))

    def _let_hear(self) -> None:
        """Wait until the voice that was published is heard: an image is on another topic, and could overtake it."""
        if self._unheard and (publisher := self._out[VOICE.name]):
            self._wait_until_heard(publisher, VOICE.name, self._spoken_ns)
        self._unheard = 0

    def _wait_until_heard(self, publisher: Publisher, name: str, stamp_ns: int) -> None:
        """Raises StartError where somebody has not heard it."""
        late = self._listeners.wait(publisher, name, stamp_ns, _LISTEN_S)
        if late and not self._stopped:
            raise StartError(
                f"{', '.join(late)} did not take the {name} of {stamp_ns * 1e-9:.3f} s within {_LISTEN_S:.0f} s:"
                " does another node publish it, too? see `mien doctor`"
            )

    def _name(self, message: Message) -> str:
        """What it is published as: for stages beside, in the namespace of this node."""
        if self._images is None:
            return message.topic
        if message.topic == self._images.topic:
            return IMAGE.name
        return VOICE.name if message.type == VOICE.type else "camera_info"

    def _topic(self, message: Message) -> Topic:
        """The topic of the graph of this name, in any namespace; of others, as their publisher offered it."""
        name = self._name(message)
        found = (t for t in TOPICS if t.name == name or name.endswith(f"/{t.name}"))
        return next(found, None) or Topic(name, message.type, "", offered(self._bag, message.topic))

    def _advertise(self, name: str, message: Message) -> Publisher | None:
        kind = IMAGE.type if self._images and name == IMAGE.name else message.type
        known = self._topic(message)
        if known.name in self._withheld:
            return None
        try:
            return advertise(self, Topic(name, kind, "", known.qos))
        except (ImportError, AttributeError):
            self.get_logger().warning(f"{name} is not played: {kind} is not installed here")
            return None

    def _wait_for_listeners(self) -> None:
        """Raises StartError where nobody hears the images."""
        if self._images is None:
            wanted = chosen(self._bag, self.config.what, self.config.topics)
            for topic in filter(wanted, self._bag.types):
                self._out[topic] = self._advertise(topic, Message(topic, self._bag.types[topic], 0, b""))
            time.sleep(SETTLE_S)  # nobody has to listen, and who does may be anybody
            return
        publisher = self._out[IMAGE.name] = advertise(self, Topic(IMAGE.name, IMAGE.type, "", IMAGE.qos))
        end = time.monotonic() + _LISTEN_S
        answering = STAGE_TOPICS[RIGS.name].name
        while not self._stopped:
            heard = publisher.get_subscription_count() >= self.config.listeners
            if heard and (not self.config.in_step or self.count_publishers(self.resolve_topic_name(answering))):
                break
            if time.monotonic() > end:
                raise StartError(
                    f"{publisher.get_subscription_count()} nodes hear {publisher.topic_name}, and replay.listeners is"
                    f" {self.config.listeners}: start the stages, for example by replay.launch.py"
                )
            time.sleep(_LOOK_S)
        answers = [self.resolve_topic_name(t.name) for t in STAGE_TOPICS.values()] if self.config.in_step else []
        self._listeners.meet(publisher, _PATIENCE_S, answers)


def main(args: Sequence[str] | None = None) -> int:
    with suppress(BrokenPipeError):
        return run(ReplayNode, args)
    return 0
