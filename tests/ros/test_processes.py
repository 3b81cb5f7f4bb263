"""What keeps a graph alive, and what must end it: transitions, twins, hang-ups, killed processes, privacy."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from lifecycle_msgs.msg import State, Transition
from lifecycle_msgs.srv import ChangeState, GetState

from mien.bags.read import Session
from mien.graph import AFFECTS, FACES, IMAGE, PRIVATE, PROFILES, RIGS

from .test_chain import activate

if TYPE_CHECKING:
    from .conftest import Graph

pytestmark = pytest.mark.ros
LIMIT_S = 90


def until(condition: Callable[[], object], what: str = "") -> None:
    end = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.02)


# --- transitions ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["camera", "perception"])
@pytest.mark.real
def test_a_transition_that_the_state_does_not_have_is_refused_and_the_node_lives(
    graph: Graph, short_clip: Path, name: str
) -> None:
    def change(transition: int = 0, label: str = "") -> bool:
        request = ChangeState.Request()
        request.transition.id, request.transition.label = transition, label
        return bool(graph.call(f"{name}/change_state", ChangeState, request).success)

    def state() -> int:
        return int(graph.call(f"{name}/get_state", GetState, GetState.Request()).current_state.id)

    process = graph.start(name, camera__source=short_clip, camera__loop=True, camera__autostart=False)
    for wrong in (Transition.TRANSITION_ACTIVATE, Transition.TRANSITION_DEACTIVATE, 77):
        assert not change(wrong)
    assert not change(label="dance")
    assert state() == State.PRIMARY_STATE_UNCONFIGURED
    activate(graph, name)
    for wrong in (Transition.TRANSITION_CONFIGURE, Transition.TRANSITION_ACTIVATE, Transition.TRANSITION_CLEANUP):
        assert not change(wrong)
    assert state() == State.PRIMARY_STATE_ACTIVE
    assert change(Transition.TRANSITION_DEACTIVATE)
    assert process.poll() is None
    code, said = graph.end(name)
    assert code == 0
    assert "Traceback" not in said


# --- a run, and what happens to its processes -------------------------------------------------------


class Run:
    """`mien run`, and the processes that it started."""

    def __init__(self, folder: Path, *arguments: object) -> None:
        self.said = folder / "said.txt"
        with self.said.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mien.cli", "run", *map(str, arguments)], stdout=out, stderr=out
            )

    def child(self, name: str) -> psutil.Process:
        """The one that runs a node."""
        found: list[psutil.Process] = []

        def look() -> bool:
            assert self.process.poll() is None, self.words
            children = psutil.Process(self.process.pid).children()
            found[:] = [c for c in children if c.is_running() and _node(c) == name]
            return bool(found)

        until(look, f"no {name}")
        return found[0]

    @property
    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()

    @property
    def words(self) -> str:
        return self.said.read_text()

    def wait(self) -> int:
        return self.process.wait(LIMIT_S)


def _node(process: psutil.Process) -> str:
    try:
        command = process.cmdline()
    except psutil.Error:
        return ""
    return command[command.index("node") + 1] if "node" in command else ""


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


@contextmanager
def running(folder: Path, graph: Graph, *arguments: object) -> Iterator[Run]:
    """A run of the clip over and over, which has come so far that rigs are published."""
    graph.listen(RIGS)
    run = Run(folder, "--namespace", graph.namespace, "--set", "camera.loop=true", *arguments)
    children: list[psutil.Process] = []
    try:
        graph.until(lambda: any(m.rigs for m in graph.messages[RIGS.name]) or run.process.poll() is not None, LIMIT_S)
        assert run.process.poll() is None, run.words
        children = run.children
        yield run
    finally:
        if run.process.poll() is None:
            run.process.send_signal(signal.SIGTERM)
            run.wait()
        for child in alive(children):
            child.kill()


@pytest.mark.real
def test_a_second_run_is_refused_with_the_mend_and_the_first_goes_on(
    graph: Graph, short_clip: Path, tmp_path: Path
) -> None:
    arguments = ("--source", short_clip, "--set", "rigs.gain=1")
    with running(tmp_path, graph, *arguments) as first:
        second = Run(tmp_path / "..", "--namespace", graph.namespace, *arguments, "--out", tmp_path / "second")
        assert second.wait() == 1
        assert f"another `mien run` (process {first.process.pid}) uses the namespace {graph.namespace}" in second.words
        assert "choose another --namespace or ROS_DOMAIN_ID" in second.words
        assert not (tmp_path / "second").exists()
        graph.messages[RIGS.name].clear()
        graph.until(lambda: graph.messages[RIGS.name])
        assert first.process.poll() is None


@pytest.mark.real
def test_a_run_beside_a_node_that_somebody_started_is_refused(graph: Graph, short_clip: Path, tmp_path: Path) -> None:
    graph.start("perception", camera__source=short_clip, camera__loop=True)
    graph.until(lambda: graph.status.get("perception"))
    second = Run(tmp_path, "--source", short_clip, "--namespace", graph.namespace)
    graph.until(lambda: second.process.poll() is not None, LIMIT_S)
    assert second.process.returncode == 1
    assert f"{graph.namespace}/perception already runs in domain" in second.words
    assert second.words.count("\n") == 1


@pytest.mark.real
@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_told_to_end_ends_all_and_the_bag_is_whole(
    graph: Graph, short_clip: Path, tmp_path: Path, how: int
) -> None:
    with running(tmp_path, graph, "--source", short_clip, "--out", tmp_path / "out") as run:
        children = run.children
        assert sorted(map(_node, children)) == ["perception", "recorder"]
        run.process.send_signal(how)
        assert run.wait() == 0, run.words
        assert not alive(children)
    assert Session(tmp_path / "out/bag").topics[f"{graph.namespace}/rigs"] > 0
    assert (tmp_path / "out/bag/metadata.yaml").exists()


@pytest.mark.real
def test_a_killed_run_leaves_no_orphan_and_a_whole_bag(graph: Graph, short_clip: Path, tmp_path: Path) -> None:
    with running(tmp_path, graph, "--source", short_clip, "--out", tmp_path / "out") as run:
        children = run.children
        run.process.kill()
        run.wait()
        until(lambda: not alive(children), f"still there: {children}")
    assert (tmp_path / "out/bag/metadata.yaml").exists()
    assert Session(tmp_path / "out/bag").topics[f"{graph.namespace}/rigs"] > 0


@pytest.mark.real
def test_a_dead_recorder_ends_the_run_at_once_with_an_error(graph: Graph, short_clip: Path, tmp_path: Path) -> None:
    with running(tmp_path, graph, "--source", short_clip, "--out", tmp_path / "out") as run:
        run.child("recorder").kill()
        assert run.wait() == 1
    assert "mien run: recorder was killed by SIGKILL: recording has stopped" in run.words
    assert run.words.count("SIGKILL") == 1
    assert "Traceback" not in run.words


@pytest.mark.real
def test_a_stage_that_died_is_told_and_started_again_and_in_the_end_given_up(
    graph: Graph, short_clip: Path, tmp_path: Path
) -> None:
    with running(tmp_path, graph, "--source", short_clip, "--profile", "split") as run:
        for times in range(1, 4):
            dead = run.child("affects")
            dead.kill()
            graph.until(lambda n=times: run.words.count("affects was killed by SIGKILL; it is restarted") == n)  # type: ignore[misc]
            graph.listen(AFFECTS)
            graph.messages[AFFECTS.name].clear()
            graph.until(lambda: graph.messages[AFFECTS.name], LIMIT_S)
            assert run.child("affects").pid != dead.pid
        run.child("affects").kill()
        assert run.wait() == 1
    assert "affects was killed by SIGKILL: it was restarted 3 times in 60 s, and is given up" in run.words


@pytest.mark.real
def test_a_film_whose_player_died_is_not_begun_anew(graph: Graph, short_clip: Path, tmp_path: Path) -> None:
    with running(tmp_path, graph, "--source", short_clip) as run:
        run.child("perception").kill()
        assert run.wait() == 1
    assert "perception was killed by SIGKILL" in run.words
    assert "was not played to the end" in run.words


@pytest.mark.real
def test_perception_that_listens_to_a_camera_is_started_again(graph: Graph, short_clip: Path, tmp_path: Path) -> None:
    graph.start("camera", "image_raw:=theirs", camera__source=short_clip, camera__loop=True)
    graph.listen(RIGS)
    run = Run(tmp_path, "--namespace", graph.namespace, "--source", f"topic:{graph.namespace}/theirs")
    try:
        graph.until(lambda: any(m.rigs for m in graph.messages[RIGS.name]), LIMIT_S)
        run.child("perception").kill()
        graph.until(lambda: "perception was killed by SIGKILL; it is restarted" in run.words)
        graph.messages[RIGS.name].clear()
        graph.until(lambda: any(m.rigs for m in graph.messages[RIGS.name]), LIMIT_S)
    finally:
        run.process.send_signal(signal.SIGINT)
        assert run.wait() == 0, run.words


# --- privacy ----------------------------------------------------------------------------------------


@pytest.mark.real
def test_a_private_run_lets_nothing_private_out_or_into_the_bag(graph: Graph, short_clip: Path, tmp_path: Path) -> None:
    arguments = ("--source", short_clip, "--out", tmp_path / "out", "--set", "graph.privacy=true")
    with running(tmp_path, graph, *arguments) as run:
        on_the_wire = {name for name, _ in graph.node.get_topic_names_and_types()}
        published = {t.name for t in PRIVATE if graph.node.count_publishers(t.name)}
        run.process.send_signal(signal.SIGINT)
        assert run.wait() == 0, run.words
    assert f"{graph.namespace}/rigs" in on_the_wire
    assert published == set()
    recorded = Session(tmp_path / "out/bag").topics
    assert recorded[f"{graph.namespace}/rigs"] > 0
    private = {f"{graph.namespace}/{t.name}" for t in PRIVATE} | {f"{graph.namespace}/{IMAGE.name}/compressed"}
    assert not private & recorded.keys()


@pytest.mark.real
def test_images_of_a_camera_of_others_do_not_get_into_a_private_bag(
    graph: Graph, short_clip: Path, tmp_path: Path
) -> None:
    graph.start("camera", camera__source=short_clip, camera__loop=True)  # publishes image_raw in the same namespace
    graph.listen(RIGS)
    run = Run(
        tmp_path, "--namespace", graph.namespace, "--source", f"topic:{graph.namespace}/image_raw",
        "--out", tmp_path / "out", "--set", "graph.privacy=true",
    )  # fmt: skip
    graph.until(lambda: any(m.rigs for m in graph.messages[RIGS.name]) or run.process.poll() is not None, LIMIT_S)
    run.process.send_signal(signal.SIGINT)
    assert run.wait() == 0, run.words
    recorded = Session(tmp_path / "out/bag").topics
    assert recorded[f"{graph.namespace}/rigs"] > 0
    names = {topic.removeprefix(f"{graph.namespace}/") for topic in recorded}
    assert names >= {"rigs", "affects", "expressions"}
    assert not names & {*(t.name for t in PRIVATE), f"{IMAGE.name}/compressed"}


@pytest.mark.parametrize("name", [n.name for n in PROFILES["split"]])
def test_a_node_of_the_split_graph_refuses_privacy_with_the_mend(graph: Graph, name: str) -> None:
    process = graph.start(name, graph__privacy=True)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 2
    assert said.startswith(f"graph.privacy: {name} needs ")
    assert "run the profile fused" in said
    assert FACES.name in said or IMAGE.name in said
    assert said.count("\n") == 1


def test_a_recorder_that_is_told_both_refuses(graph: Graph, tmp_path: Path) -> None:
    process = graph.start("recorder", graph__privacy=True, bags__path=tmp_path / "bag", bags__images="raw")
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 2
    assert said == "bags.images: raw, but graph.privacy keeps images out; set it to none\n"
    assert not (tmp_path / "bag").exists()


def test_where_discovery_stays_on_this_machine_nothing_is_received_from_another(
    graph: Graph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST")
    for name in ("FASTRTPS_DEFAULT_PROFILES_FILE", "FASTDDS_DEFAULT_PROFILES_FILE"):
        monkeypatch.delenv(name, raising=False)
    process = graph.start("recorder", bags__path=tmp_path / "bag")
    graph.until(lambda: "recorder" in graph.status)
    ours = {c.laddr for c in psutil.Process(process.pid).net_connections() if c.type == socket.SOCK_DGRAM}
    first = 7400 + 250 * graph.node.context.get_domain_id()  # ports of a domain, by the specification of DDSI-RTPS
    received_on = {a for a in ours if first <= a.port < first + 250}
    assert received_on
    assert {a.ip for a in received_on} == {"127.0.0.1"}
    mine = [a.address for i in psutil.net_if_addrs().values() for a in i if a.family == socket.AF_INET]
    for address in (a for a in mine if not a.startswith("127.")):
        for port in (a.port for a in received_on):
            assert is_refused(address, port), f"{address}:{port} is open"


def is_refused(address: str, port: int) -> bool:
    """Whether nobody listens: the kernel answers the first datagram, the next one hears of it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.connect((address, port))
        one.settimeout(1.0)
        try:
            one.send(b"anybody there?")
            one.recv(1)
        except ConnectionRefusedError:
            return True
        except TimeoutError:
            return False
    return False


# --- parameters at the door of a node ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("node", "name", "value", "code", "says"),
    [
        ("faces", "faces.max_face", "1", 2, "faces.max_face: no such parameter; did you mean faces.max_faces?"),
        ("camera", "camera.source", "5", None, "camera /dev/video5 cannot be opened"),  # YAML takes 5 for a number
        ("camera", "camera.source", "true", 2, "camera.source: True is not text"),
        (
            "camera",
            "camera.source",
            "1.5",
            2,
            "camera.source: 1.5 is not text; the default is",
        ),
        ("faces", "faces.min_score", "0", 2, "faces.min_score: 0.0 is outside [0.01, 1]"),
    ],
)
def test_a_parameter_of_ros_is_read_by_its_type_or_named(
    graph: Graph, node: str, name: str, value: str, code: int | None, says: str
) -> None:
    process = graph.start(node, **{name.replace(".", "__"): value})
    if code is None:
        graph.until(lambda: says in graph.status.get(node, {}).get("message", ""))
        return
    said, _ = process.communicate(timeout=30)
    assert process.returncode == code
    assert says in said
    assert "Traceback" not in said


def test_a_node_on_a_terminal_that_hangs_up_ends_in_order(graph: Graph, tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    graph.start("recorder", bags__path=bag)
    graph.until(lambda: "recorder" in graph.status)
    code, said = graph.end("recorder", signal.SIGHUP)
    assert (code, "Traceback" in said) == (0, False), said
    assert (bag / "metadata.yaml").exists()


def test_one_that_was_started_with_nohup_outlives_its_terminal(graph: Graph, tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    try:
        process = graph.start("recorder", bags__path=tmp_path / "bag")
    finally:
        signal.signal(signal.SIGHUP, before)
    graph.until(lambda: "recorder" in graph.status)
    process.send_signal(signal.SIGHUP)
    graph.status.clear()
    graph.until(lambda: "recorder" in graph.status)
    assert process.poll() is None
