from __future__ import annotations

from dataclasses import replace

import pytest

from mien.doctor.finding import Level
from mien.doctor.nodes import check_life, check_presence, check_reports, check_rivals, check_states, check_twins
from mien.doctor.snapshot import UNKNOWN, Answers, Snapshot, Status

from .graphs import HEARD, RUNNING, SILENT, end, graph, only, problems, split, traffic


def perception(namespace: str = "", status: Status | None = RUNNING, **answers: object) -> Snapshot:
    """One node, in a namespace, that answers so."""
    node = f"{namespace}/perception"
    return graph(
        traffic("faces", [end(node, "faces")], heard=HEARD, name=f"{namespace}/faces"),
        statuses={node: status} if status else {},
        answers={node: replace(Answers(alive=True), **answers)},  # type: ignore[arg-type]
    )


def test_nodes_are_named() -> None:
    finding = only(check_presence(split()))

    assert finding.level == Level.OK
    assert finding.seen == "affects, camera, expressions, faces, rigs in domain 0"


def test_a_stranger_of_the_same_name_is_not_ours() -> None:
    assert not graph(traffic("image_raw", [end("/camera", "image_raw")])).mien


def test_our_camera_is_known_by_its_service() -> None:
    snapshot = graph(traffic("image_raw", [end("/camera", "image_raw")]), services=frozenset({"/camera/enable"}))

    assert snapshot.here == ["/camera"]


def test_another_namespace_is_named() -> None:
    finding = only(check_presence(perception("/lab")))

    assert finding.level == Level.FAIL
    assert "/lab/perception" in finding.seen
    assert "mien doctor --namespace lab" in finding.mend
    assert "__ns:=/lab" in finding.mend


def test_a_namespace_too_many() -> None:
    finding = only(check_presence(replace(perception(), namespace="/lab")))

    assert finding.level == Level.FAIL
    assert "without --namespace" in finding.mend


def test_other_namespaces_beside_ours_are_fine() -> None:
    both = {**perception().topics, **perception("/lab").topics}

    assert {f.level for f in check_presence(Snapshot(topics=both))} == {Level.OK}


def test_nothing_is_said_where_nothing_runs() -> None:
    assert not list(check_presence(Snapshot()))


def test_twins() -> None:
    snapshot = replace(perception(), nodes=("/perception", "/perception", "/rviz", "/rviz"))

    assert "2 nodes are called /perception" in only(check_twins(snapshot)).seen
    assert not list(check_twins(perception()))


def test_both_profiles_at_once() -> None:
    snapshot = split()
    snapshot = replace(
        snapshot, topics={**snapshot.topics, "/x": traffic("rigs", [end("/perception", "rigs")], name="/x")}
    )

    assert "run at once" in only(check_rivals(snapshot)).seen
    assert not list(check_rivals(split()))


def test_a_node_that_hangs() -> None:
    snapshot = split()
    snapshot = replace(
        snapshot,
        statuses={n: s for n, s in snapshot.statuses.items() if n != "/faces"},
        answers={**snapshot.answers, "/faces": Answers(alive=False)},
    )

    finding = only(check_life(snapshot))

    assert finding.level == Level.FAIL
    assert finding.seen.startswith("faces: found, but nothing comes")
    assert "restart it" in finding.mend


def test_when_nobody_answers_shared_memory_may_be_cut() -> None:
    finding = only(check_life(perception(status=None, alive=False)))

    assert finding.level == Level.FAIL
    assert "--ipc=host" in finding.mend


def test_topics_of_nodes_without_a_name() -> None:
    snapshot = graph(traffic("faces", [end(UNKNOWN, "faces")], heard=SILENT), answers={})

    assert "not even the names" in only(check_life(snapshot)).seen


def test_a_node_that_reports_is_alive() -> None:
    assert not list(check_life(perception(alive=False)))
    assert not list(check_life(split()))


def test_lifecycle() -> None:
    finding = only(check_states(perception(state="unconfigured")))

    assert finding.level == Level.FAIL
    assert finding.seen == "is unconfigured, not active"
    assert "ros2 lifecycle set /perception configure && ros2 lifecycle set /perception activate" in finding.mend
    assert "configure" not in only(check_states(perception(state="inactive"))).mend
    assert not list(check_states(perception(state="active")))


def test_simulated_time_without_a_clock() -> None:
    snapshot = perception(parameters={"use_sim_time": True})

    assert only(check_states(snapshot)).level == Level.FAIL
    assert not list(check_states(replace(snapshot, clock=True)))


def test_a_clock_that_is_not_listened_to() -> None:
    assert only(check_states(replace(perception(), clock=True))).level == Level.WARN


@pytest.mark.parametrize(("level", "expected"), [(0, Level.OK), (1, Level.WARN), (2, Level.FAIL), (3, Level.FAIL)])
def test_what_a_node_says_is_told(level: int, expected: Level) -> None:
    status = Status(level, "camera /dev/video0 is gone", {"rate_hz": "30.0", "latency_ms_p50": "8.1"})

    finding = only(check_reports(perception(status=status)))

    assert (finding.level, finding.subject) == (expected, "perception")
    assert finding.seen == "camera /dev/video0 is gone, 30.0 Hz, 8.1 ms (median)"


def test_a_paused_node() -> None:
    finding = only(check_reports(perception(status=Status(0, "paused", {"enabled": "false"}))))

    assert finding.level == Level.FAIL
    assert finding.mend == 'ros2 service call /perception/enable std_srvs/srv/SetBool "{data: true}"'


def test_drops_count_only_while_we_listen() -> None:
    before = {"processed": "100", "dropped": "900"}
    few = Status(0, "running", {"processed": "190", "dropped": "902"}, before)
    many = Status(0, "running", {"processed": "145", "dropped": "945"}, before)

    assert not problems(check_reports(perception(status=few)))
    assert "drops 50% of its images" in problems(check_reports(perception(status=many)))["perception"].seen


def test_failures_while_we_listen() -> None:
    status = Status(0, "running", {"failed": "3"}, {"failed": "1"})

    assert "2 inputs failed" in problems(check_reports(perception(status=status)))["perception"].seen


def test_networks_of_one_place_share_a_line() -> None:
    values = {
        "network mesh": "onnxruntime on cpu (there is no GPU)",
        "network iris": "onnxruntime on cpu (there is no GPU)",
        "network faces": "TensorRT on cuda (fastest)",
    }

    _, cpu, cuda = check_reports(perception(status=Status(0, "running", values)))

    assert cpu.seen == "mesh, iris: onnxruntime on cpu, as there is no GPU"
    assert cuda.seen == "faces: TensorRT on cuda, as fastest"


def test_a_node_that_reports_nothing() -> None:
    assert only(check_reports(perception(status=None))).level == Level.WARN


def test_a_node_whose_time_stands_still_cannot_report() -> None:
    assert not list(check_reports(perception(status=None, parameters={"use_sim_time": True})))
