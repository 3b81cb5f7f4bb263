"""Starts the nodes of a run, watches them, and ends them in order."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rclpy
from lifecycle_msgs.msg import State, Transition
from lifecycle_msgs.srv import ChangeState, GetState
from rclpy.executors import SingleThreadedExecutor
from rclpy.signals import SignalHandlerOptions
from rich.console import Console
from rich.progress import Progress, TaskID

from mien.core.config import Value
from mien.core.errors import Interrupted, RunError
from mien.core.names import absolute
from mien.graph import AFFECTS, AUDIO_NODE, DIAGNOSTICS, IMAGE, RECORDER, REPLAYER, Node as NodeSpec
from mien.progress import bar, plain
from mien.ros import transport
from mien.ros.diagnostics import number, values
from mien.ros.qos import subscribe
from mien.run.lock import MEND, only_run
from mien.run.parameters import argument
from mien.run.plan import Plan
from mien.run.process import Process
from mien.run.restarts import Restarts
from mien.run.source import is_live
from mien_models.spaces import emotions

_START_S = 30.0
_ANSWER_S = 3.0
_END_S = 15.0
_TOPIC_S = 10.0  # longest wait for the first image of another driver
_DISCOVERY_S = 1.5  # time to discover the nodes of this host; a busy one takes over half a second
_HEARTBEAT_S = 2.5  # a running node of mien publishes diagnostics within this time
_MISUSE = 2  # exit code of a node with wrong parameters


@dataclass(slots=True)
class Outcome:
    """How a run ended. error: why it could not go on; started: all nodes ran; recorded: the bag is complete."""

    error: RunError | None = None
    started: bool = False
    recorded: bool = False


class Supervisor:
    """Owns the processes of one run.

    The node with the source is activated last, when all other nodes receive their inputs, so that the first frame of
    a file is not lost. A stage that fails is restarted, a few times; if the recorder fails, the run ends.
    """

    def __init__(self, plan: Plan, console: Console | None = None) -> None:
        self._plan = plan
        self._console = console or plain()
        self._processes: dict[str, Process] = {}
        self._secrets = tempfile.TemporaryDirectory(prefix="mien-")
        self._restarts = Restarts()
        self._status: dict[str, dict[str, str]] = {}
        self._seen = ""
        self._stop = threading.Event()

    def run(self, claim: Callable[[], None] = lambda: None) -> Outcome:
        """Start, watch and end the processes. Ctrl-C, SIGTERM and SIGHUP end the run early, and in order.

        `claim` is called after the checks, before the first process starts.
        """
        transport.tune()
        outcome = Outcome()
        rclpy.init(signal_handler_options=SignalHandlerOptions.NO)
        self._node = rclpy.create_node("mien_run", namespace=self._plan.namespace or None)
        self._executor = SingleThreadedExecutor()
        self._executor.add_node(self._node)
        subscribe(self._node, DIAGNOSTICS, self._on_diagnostics)
        subscribe(self._node, AFFECTS, self._on_affects)
        with self._signals():
            try:
                with only_run(self._node.context.get_domain_id(), self._plan.namespace):
                    self._check_names()
                    claim()
                    self._start()
                    outcome.started = True
                    self._watch()
            except RunError as e:
                outcome.error = e
            finally:
                if not outcome.started:
                    for process in self._processes.values():
                        process.output.silence()
                self._end()
                self._node.destroy_node()
                rclpy.try_shutdown()
        recorder = self._processes.get(RECORDER.name)
        outcome.recorded = recorder is not None and recorder.code == 0
        if recorder is not None and not outcome.recorded and not outcome.error:
            outcome.error = RunError(recorder.end)
        return outcome

    def _check_names(self) -> None:
        """Raises RunError if nodes of the same names run already: services and topics would be mixed up."""
        ours = {absolute(spec.name, self._plan.namespace) for spec in self._plan.processes}
        self._spin(_DISCOVERY_S)
        if not ours & self._graph().keys():
            return
        # A node that was killed stays in the graph for 20 s; a living one publishes diagnostics.
        self._spin(_HEARTBEAT_S)
        if alive := sorted(n for n in ours if n.rpartition("/")[2] in self._status):
            raise self._beside(*alive)
        if there := sorted(ours & self._graph().keys()):
            self._say(f"other nodes are called {', '.join(there)}; unless they have just ended, choose a --namespace")

    def _beside(self, *nodes: str) -> RunError:
        return RunError(f"{', '.join(nodes)} already runs in domain {self._node.context.get_domain_id()}; {MEND}")

    def _graph(self) -> Counter[str]:
        """How many nodes have each name."""
        return Counter(absolute(name, space) for name, space in self._node.get_node_names_and_namespaces())

    def _spin(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self._stop.is_set():
            self._executor.spin_once(timeout_sec=0.05)

    def _start(self) -> None:
        specs = tuple(s for s in self._plan.processes if s is not REPLAYER)  # last: all are to hear its first image
        for spec in specs:
            self._launch(spec)
        holder = self._plan.holder
        if holder:
            self._change(holder.name, Transition.TRANSITION_CONFIGURE, State.PRIMARY_STATE_INACTIVE)
        self._until(lambda: all(self._is_ready(s) for s in specs if s is not holder), "its inputs")
        if holder:
            self._change(holder.name, Transition.TRANSITION_ACTIVATE, State.PRIMARY_STATE_ACTIVE)
        if self._plan.replayed:
            self._launch(REPLAYER)
        for process in self._processes.values():
            process.output.start()

    def _launch(self, spec: NodeSpec, *, alone: bool = False) -> None:
        """Start a process. alone: its node makes its lifecycle transitions itself."""
        self._status.pop(spec.name, None)
        self._processes[spec.name] = Process(spec.name, self._command(spec, alone=alone), self._say)

    def _command(self, spec: NodeSpec, *, alone: bool) -> list[str]:
        plan = self._plan
        params: dict[str, Value] = {
            "camera.source": plan.source,
            "camera.paced": plan.paced,
            "camera.autostart": alone,
            "bags.path": str(plan.bag),
            "bags.images": plan.images,
        }
        command = [sys.executable, "-m", "mien.cli", "node", spec.name, "--ros-args"]
        if plan.params_file:
            command += ["--params-file", str(plan.params_file)]
        if plan.shown != plan.source and not plan.topic:  # it holds a password, and every user can read command lines
            command += ["--params-file", self._secret("camera.source", str(params.pop("camera.source")))]
        for name, value in (params | plan.overrides).items():
            if name.partition(".")[0] in spec.components:
                command += ["-p", argument(name, value)]
        if plan.replayed and spec is not REPLAYER:
            command += ["-p", argument("use_sim_time", True)]
        if plan.namespace:
            command += ["-r", f"__ns:={absolute(plan.namespace)}"]
        if plan.topic:
            command += ["-r", f"{IMAGE.name}:={plan.topic}"]
        return command

    def _secret(self, name: str, value: str) -> str:
        """A parameter file that only this user can read; it is deleted after the run."""
        file = Path(self._secrets.name, f"{name}.yaml")
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(f"/**:\n  ros__parameters:\n    {name}: {json.dumps(value)}\n")
        return str(file)

    def _is_ready(self, spec: NodeSpec) -> bool:
        if self._has_played(self._processes[spec.name]):
            return True  # a sound that is shorter than the start of the others: it may not have told anything
        status = self._status.get(spec.name)
        if status is None:
            return False
        inputs = {k.removeprefix("input "): v for k, v in status.items() if k.startswith("input ")}
        return all(not v.startswith("0 ") or not self._node.count_publishers(k) for k, v in inputs.items())

    def _change(self, name: str, transition: int, goal: int) -> None:
        """Send a node through a lifecycle transition. Raises RunError if the node refuses."""
        # A killed node of the same name may still seem to offer the service: wait for diagnostics of the living one.
        self._until(lambda: name in self._status, "its diagnostics", only=name)
        request = ChangeState.Request()
        request.transition.id = transition
        limit = time.monotonic() + _START_S
        answer = self._ask(name, "change_state", ChangeState, request)
        while answer is None:  # the request was sent before the node was discovered, or the source was short
            if self._processes[name].code == 0:
                return
            state = self._ask(name, "get_state", GetState, GetState.Request())
            if state is not None and state.current_state.id == goal:
                return
            if time.monotonic() > limit:
                raise RunError(f"{name} waited {_START_S:.0f} s for a lifecycle transition; see `mien doctor`")
            answer = self._ask(name, "change_state", ChangeState, request)
        if not answer.success:
            full = absolute(name, self._plan.namespace)
            state = self._ask(name, "get_state", GetState, GetState.Request())
            if state is not None and state.current_state.id == goal and self._graph()[full] == 1:
                return  # an earlier request, whose answer came too late, has done it
            output, until = self._processes[name].output, time.monotonic() + 1.0
            self._until(lambda: output.reason or time.monotonic() > until, "its reason", name)
            if not output.reason and self._graph()[full] > 1:  # it was discovered late, and answered in place of ours
                raise self._beside(full)
            raise RunError(f"{name}: {output.reason or 'refuses without a reason'}")

    def _ask(self, name: str, service: str, kind: Any, request: Any) -> Any | None:
        """The answer of a service; None if none comes for a while."""
        client = self._node.create_client(kind, f"{name}/{service}")
        try:
            self._until(client.service_is_ready, "its lifecycle service", only=name)
            future = client.call_async(request)
            limit = time.monotonic() + _ANSWER_S
            # Loading networks may take long, and the node publishes nothing meanwhile.
            self._until(
                lambda: future.done() or (time.monotonic() > limit and self._is_responsive(name)), "an answer", name
            )
            return future.result() if future.done() else None
        finally:
            self._node.destroy_client(client)

    def _is_responsive(self, name: str) -> bool:
        """Whether a node has published diagnostics since the last call, or has ended."""
        return self._status.pop(name, None) is not None or self._processes[name].code is not None

    def _has_played(self, process: Process) -> bool:
        """Whether it ended in order: its images or its sound came to their end."""
        sources = {AUDIO_NODE.name} | ({self._plan.holder.name} if self._plan.holder else set())
        return process.code == 0 and process.name in sources

    def _until(self, condition: Callable[[], object], what: str, only: str | None = None) -> None:
        """Spin until `condition` holds. Raises RunError if a process ends before, or after a long wait."""
        limit = time.monotonic() + _START_S
        while not condition():
            self._executor.spin_once(timeout_sec=0.05)
            for process in self._processes.values():
                if process.code is not None and not self._has_played(process):
                    raise RunError(process.end)
            if time.monotonic() > limit:
                raise RunError(f"{only or 'a node'} waited {_START_S:.0f} s for {what}; see `mien doctor`")
            if self._stop.is_set():
                raise Interrupted("interrupted before it started")

    def _watch(self) -> None:
        """Show progress until the source ends, the duration is over, or a signal comes."""
        begin = time.monotonic()
        end = begin + (self._plan.duration_s or float("inf"))
        with bar(self._console) as progress:
            task = progress.add_task(self._plan.shown, total=None)
            while not self._stop.is_set() and time.monotonic() < end:
                self._executor.spin_once(timeout_sec=0.1)
                self._show(progress, task)
                if not self._all_live():
                    return
                if self._plan.topic and time.monotonic() - begin > _TOPIC_S:
                    self._expect_images()

    def _expect_images(self) -> None:
        """Raises RunError if the topic with the images has never had a publisher."""
        first = self._status.get(self._plan.nodes[0].name, {})
        if first.get("processed") == "0" and first.get("message", "").startswith("no publisher"):
            raise RunError(f"{first['message']}; waited {_TOPIC_S:.0f} s for it")

    def _all_live(self) -> bool:
        """Restart nodes that have failed; False when the source has ended. Raises RunError if the run cannot go on."""
        for spec in self._plan.processes:
            process = self._processes[spec.name]
            if process.code is None:
                continue
            if spec in (self._plan.holder, REPLAYER) and process.code == 0:
                return False
            if not self._has_played(process):
                self._revive(spec, process)
        return True

    def _revive(self, spec: NodeSpec, process: Process) -> None:
        why = process.end
        if spec is RECORDER:
            raise RunError(f"{why}: recording has stopped; the earlier part is in {self._plan.bag}")
        if process.code == _MISUSE or spec is REPLAYER:
            raise RunError(why)
        if spec is self._plan.holder and not is_live(self._plan.source):
            raise RunError(f"{why}: {self._plan.source} was not played to the end")
        if not self._restarts.allow(spec.name):
            limit, window_s = self._restarts.limit, self._restarts.window_s
            raise RunError(f"{why}: it was restarted {limit} times in {window_s:.0f} s, and is given up")
        self._say(f"{why}; it is restarted")
        self._launch(spec, alone=True)
        self._processes[spec.name].output.start()

    def _show(self, progress: Progress, task: TaskID) -> None:
        last = self._status.get(self._plan.nodes[-1].name, {})
        first = self._status.get(self._plan.nodes[0].name, {})
        words = [f"{last[k]} {unit}" for k, unit in (("rate_hz", "fps"), ("latency_ms_p50", "ms")) if k in last]
        problem = first.get("message", "") if first.get("level") == "error" else ""
        progress.update(
            task,
            completed=number(last.get("processed")),
            total=number(first.get("frames")) or None,
            description="  ".join([Path(self._plan.shown).name, *words, problem or self._seen]),
        )

    def _end(self) -> None:
        """End the stages and bridges first, then the recorder, so that all results are written."""
        stages = [p for p in self._processes.values() if p.name != RECORDER.name]
        recorder = [p for p in self._processes.values() if p.name == RECORDER.name]
        for group in (stages, recorder):
            for process in group:
                process.interrupt()
            for process in group:
                process.wait(_END_S)

    def _on_diagnostics(self, msg: Any) -> None:
        prefix = f"{absolute('', self._plan.namespace).rstrip('/')}/"
        for status in msg.status:
            name = status.name.removeprefix(prefix)
            if status.name.startswith(prefix) and "/" not in name:
                level = {b"\x00": "ok", b"\x01": "warn"}.get(status.level, "error")
                self._status[name] = values(status) | {"message": status.message, "level": level}

    def _on_affects(self, msg: Any) -> None:
        self._seen = f"{len(msg.affects)} faces" if len(msg.affects) != 1 else "1 face"
        scores = list(msg.affects[0].emotion) if msg.affects else []
        if len(scores) == len(emotions.EMOTIONS):
            best = max(range(len(scores)), key=lambda i: scores[i])
            self._seen += f"  expression {emotions.EMOTIONS[best]} {scores[best]:.2f}"

    def _say(self, line: str) -> None:
        self._console.print(line, soft_wrap=True)

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """Handle the signals that end a run, except those that nohup or the shell ignore."""
        asked = [s for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if signal.getsignal(s) != signal.SIG_IGN]
        before = {s: signal.signal(s, lambda *_: self._stop.set()) for s in asked}
        try:
            yield
        finally:
            for s, handler in before.items():
                signal.signal(s, handler)
