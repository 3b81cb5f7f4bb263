"""Starts the nodes of a run, shows how they do, and ends them in order."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rclpy
from lifecycle_msgs.msg import Transition
from lifecycle_msgs.srv import ChangeState
from rclpy.executors import SingleThreadedExecutor
from rclpy.signals import SignalHandlerOptions
from rich.console import Console
from rich.progress import Progress, TaskID

from mien.core.errors import RunError
from mien.graph import AFFECTS, DIAGNOSTICS, IMAGE, RECORDER, Node as NodeSpec
from mien.progress import bar, plain
from mien.ros import transport
from mien.ros.diagnostics import values
from mien.ros.qos import subscribe
from mien_models.spaces import emotions

_START_S = 30.0
_END_S = 15.0
_TAIL = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to run. `topic` names the image topic when `source` is `topic`."""

    nodes: tuple[NodeSpec, ...]
    beside: tuple[NodeSpec, ...] = ()  # started with them, and not a part of the chain
    source: str
    topic: str = ""
    bag: Path | None = None
    images: str = "none"
    paced: bool = True
    namespace: str = ""
    params_file: Path | None = None
    overrides: tuple[tuple[str, str], ...] = ()
    duration_s: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    error: str = ""
    recorded: bool = False


class Supervisor:
    """Owns the processes of one run.

    The node that holds the source is started last, once every other one hears what it needs, so
    that the first frame of a file is not lost.
    """

    def __init__(self, plan: Plan, console: Console | None = None) -> None:
        self._plan = plan
        self._console = console or plain()
        self._processes: dict[str, _Process] = {}
        self._status: dict[str, dict[str, str]] = {}
        self._seen = ""
        self._stop = threading.Event()

    def run(self) -> Outcome:
        """Start, watch and end. Ctrl-C and SIGTERM end it early, and in order."""
        transport.tune()
        rclpy.init(signal_handler_options=SignalHandlerOptions.NO)
        error = ""
        with self._signals():
            try:
                self._node = rclpy.create_node("mien_run", namespace=self._plan.namespace or None)
                self._executor = SingleThreadedExecutor()
                self._executor.add_node(self._node)
                subscribe(self._node, DIAGNOSTICS, self._on_diagnostics)
                subscribe(self._node, AFFECTS, self._on_affects)
                self._start()
                self._watch()
            except RunError as e:
                error = str(e)
            finally:
                self._end()
                self._node.destroy_node()
                rclpy.try_shutdown()
        recorder = self._processes.get(RECORDER.name)
        recorded = recorder is not None and recorder.code == 0
        if recorder is not None and not recorded and not error:
            error = f"recorder ended with code {recorder.code}: {recorder.last_words}"
        return Outcome(error, recorded)

    @property
    def _holder(self) -> NodeSpec | None:
        """The node that holds the source; none where stages listen to somebody else's images."""
        return next((n for n in self._plan.nodes if n.lifecycle), None)

    def _start(self) -> None:
        plan = self._plan
        specs = [*plan.nodes, *plan.beside, *((RECORDER,) if plan.bag else ())]
        for spec in specs:
            self._processes[spec.name] = _Process(spec.name, self._command(spec), self._console)
        holder = self._holder
        if holder:
            self._change(holder.name, Transition.TRANSITION_CONFIGURE)
        self._until(lambda: all(self._is_ready(s) for s in specs if s is not holder), "its inputs")
        if holder:
            self._change(holder.name, Transition.TRANSITION_ACTIVATE)

    def _command(self, spec: NodeSpec) -> list[str]:
        plan = self._plan
        params = {"camera.source": plan.source, "camera.paced": str(plan.paced).lower(), "camera.autostart": "false"}
        if plan.bag:
            params |= {"bags.path": str(plan.bag), "bags.images": plan.images}
        command = [sys.executable, "-m", "mien.cli", "node", spec.name, "--ros-args"]
        if plan.params_file:
            command += ["--params-file", str(plan.params_file)]
        for name, value in [*params.items(), *plan.overrides]:
            if name.partition(".")[0] in spec.components:
                command += ["-p", f"{name}:={value}"]
        if plan.namespace:
            command += ["-r", f"__ns:=/{plan.namespace.strip('/')}"]
        if plan.topic:
            command += ["-r", f"{IMAGE.name}:={plan.topic}"]
        return command

    def _is_ready(self, spec: NodeSpec) -> bool:
        status = self._status.get(spec.name)
        if status is None:
            return False
        inputs = {k.removeprefix("input "): v for k, v in status.items() if k.startswith("input ")}
        return all(not v.startswith("0 ") or not self._node.count_publishers(k) for k, v in inputs.items())

    def _change(self, name: str, transition: int) -> None:
        """Send a node through a lifecycle transition."""
        client = self._node.create_client(ChangeState, f"{name}/change_state")
        self._until(client.service_is_ready, "its lifecycle service", only=name)
        request = ChangeState.Request()
        request.transition.id = transition
        future = client.call_async(request)
        self._until(future.done, "a lifecycle transition", only=name)
        if not future.result().success:
            raise RunError(self._status.get(name, {}).get("message") or self._processes[name].last_words)

    def _until(self, condition: Callable[[], bool], what: str, only: str | None = None) -> None:
        """Spin until `condition`. Raises RunError when a process ends before, or after a long wait."""
        limit = time.monotonic() + _START_S
        while not condition():
            self._executor.spin_once(timeout_sec=0.05)
            self._check()
            if time.monotonic() > limit:
                raise RunError(f"{only or 'a node'} waited {_START_S:.0f} s for {what}; see `mien doctor`")
            if self._stop.is_set():
                raise RunError("interrupted before it started")

    def _check(self) -> None:
        for process in self._processes.values():
            if process.code not in (None, 0):
                raise RunError(process.last_words or f"{process.name} ended with code {process.code}")

    def _watch(self) -> None:
        """Show progress until the source ends, the duration is over, or somebody stops it."""
        end = time.monotonic() + (self._plan.duration_s or float("inf"))
        source = self._processes[self._holder.name] if self._holder else None
        with bar(self._console) as progress:
            task = progress.add_task(self._plan.topic or self._plan.source, total=None)
            while not self._stop.is_set() and time.monotonic() < end:
                self._executor.spin_once(timeout_sec=0.1)
                self._show(progress, task)
                if source and source.code is not None:
                    break
            self._check()

    def _show(self, progress: Progress, task: TaskID) -> None:
        last = self._status.get(self._plan.nodes[-1].name, {})
        first = self._status.get(self._plan.nodes[0].name, {})
        words = [f"{last[k]} {unit}" for k, unit in (("rate_hz", "fps"), ("latency_ms_p50", "ms")) if k in last]
        problem = first.get("message", "") if first.get("level") == "error" else ""
        progress.update(
            task,
            completed=int(last.get("processed", 0)),
            total=int(first.get("frames", 0)) or None,
            description="  ".join([self._plan.topic or Path(self._plan.source).name, *words, problem or self._seen]),
        )

    def _end(self) -> None:
        """First the source, then those that listen, so that what was seen is also written."""
        stages = [p for p in self._processes.values() if p.name != RECORDER.name]
        recorder = [p for p in self._processes.values() if p.name == RECORDER.name]
        for group in (stages, recorder):
            for process in group:
                process.interrupt()
            for process in group:
                process.wait(_END_S)

    def _on_diagnostics(self, msg: Any) -> None:
        prefix = f"/{self._plan.namespace.strip('/')}/".replace("//", "/")
        for status in msg.status:
            if status.name.startswith(prefix):
                level = {b"\x00": "ok", b"\x01": "warn"}.get(status.level, "error")
                own = {"message": status.message, "level": level}
                self._status[status.name.removeprefix(prefix)] = values(status) | own

    def _on_affects(self, msg: Any) -> None:
        self._seen = f"{len(msg.affects)} faces" if len(msg.affects) != 1 else "1 face"
        if msg.affects:
            scores = list(msg.affects[0].emotion)
            best = max(range(len(scores)), key=lambda i: scores[i])
            self._seen += f"  expression {emotions.EMOTIONS[best]} {scores[best]:.2f}"

    @contextmanager
    def _signals(self) -> Iterator[None]:
        before = {s: signal.signal(s, lambda *_: self._stop.set()) for s in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for s, handler in before.items():
                signal.signal(s, handler)


class _Process:
    """A node of its own session: Ctrl-C reaches it through us, in order."""

    def __init__(self, name: str, command: list[str], console: Console) -> None:
        self.name = name
        self._tail: deque[str] = deque(maxlen=_TAIL)
        self._console = console
        self._interrupted = False
        self._popen = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def code(self) -> int | None:
        return self._popen.poll()

    @property
    def last_words(self) -> str:
        self._reader.join(1.0 if self.code is not None else 0.0)
        return self._tail[-1] if self._tail else ""

    def interrupt(self) -> None:
        if self.code is None and not self._interrupted:
            self._interrupted = True
            self._popen.send_signal(signal.SIGINT)

    def wait(self, timeout_s: float) -> None:
        try:
            self._popen.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()

    def _read(self) -> None:
        assert self._popen.stdout is not None
        for line in self._popen.stdout:
            self._tail.append(line.rstrip())
            self._console.print(line.rstrip(), soft_wrap=True)
