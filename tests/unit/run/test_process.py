"""What is passed on of what a node prints, how it ended, and that it goes when its supervisor goes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mien.core.errors import RunError
from mien.run.lock import only_run
from mien.run.process import Output, Process
from mien.run.restarts import Restarts

LIMIT_S = 20.0


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_the_reason_of_an_end_is_kept_for_whoever_tells_it() -> None:
    said: list[str] = []
    output = Output("camera", said.append)
    for line in ("Traceback (most recent call last):", "  File x", "ValueError: odd"):
        output.hear(line)
    assert said == ["camera: Traceback (most recent call last):", "camera:   File x"]
    assert output.reason == "ValueError: odd"


def test_a_warning_of_python_is_no_reason() -> None:
    said: list[str] = []
    output = Output("camera", said.append)
    warning = ["/venv/rclpy/service.py:78: RuntimeWarning: failed to send response", "  self.send(response)"]
    for line in warning:
        output.hear(line)
    assert (output.reason, said) == ("", [])
    output.hear("no camera")
    assert output.reason == "no camera"
    output.start()
    assert said == ["camera: no camera", *(f"camera: {line}" for line in warning)]


def test_errors_are_kept_until_the_node_runs_and_told_once() -> None:
    said: list[str] = []
    output = Output("camera", said.append)
    output.hear("[INFO] [lab.camera]: opening")
    output.hear("[ERROR] [lab.camera]: no such file: a]: b")
    assert said == ["camera: opening"]
    assert output.reason == "no such file: a]: b"
    output.start()
    assert said == ["camera: opening", "camera: no such file: a]: b"]
    output.hear("[ERROR] [lab.camera]: lost")
    assert said[-1] == "camera: lost"
    assert output.reason == ""


def test_what_a_node_prints_before_it_runs_is_passed_on_then() -> None:
    said: list[str] = []
    output = Output("dashboard", said.append)
    output.hear("the page is at http://127.0.0.1:8321/")
    output.hear("[INFO] [dashboard]: ready")
    assert said == ["dashboard: ready"]
    output.start()
    assert said[1:] == ["dashboard: the page is at http://127.0.0.1:8321/"]
    assert output.reason == ""


def started(code: str, said: list[str]) -> Process:
    return Process("node", [sys.executable, "-c", code], said.append)


def test_a_node_that_ends_tells_its_reason_once() -> None:
    said: list[str] = []
    process = started("import sys; print('a warning', file=sys.stderr); print('no such file'); sys.exit(1)", said)
    assert process.end == "node: no such file"
    assert (process.code, said) == (1, ["node: a warning"])


def test_a_node_that_ends_without_a_word_or_by_a_signal() -> None:
    said: list[str] = []
    assert started("raise SystemExit(3)", said).end == "node ended with code 3"
    killed = started("import os; print('at work', flush=True); os.kill(os.getpid(), 9)", said)
    assert killed.end == "node was killed by SIGKILL"
    assert said == ["node: at work"]


def test_what_a_node_says_at_its_ordered_end_is_told() -> None:
    said: list[str] = []
    process = started("print('recorded 3 messages')", said)
    process.wait(LIMIT_S)
    assert said == ["node: recorded 3 messages"]


def test_one_that_does_not_end_is_killed() -> None:
    said: list[str] = []
    process = started(
        "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print('a\\nb', flush=True); time.sleep(60)",
        said,
    )
    until(lambda: said)
    process.interrupt()
    process.wait(0.1)
    assert process.code == -signal.SIGKILL


SUPERVISOR = """
import sys, time
from mien.run.process import Process
p = Process("node", [sys.executable, "-c", sys.argv[1]], lambda line: print(line, flush=True))
time.sleep(60)
"""
NODE = """
import os, signal, sys, time
from mien.run import lifeline
def end(*_):
    open(os.environ["MARK"], "w").write("in order")
    raise SystemExit
signal.signal(signal.SIGTERM, end)
lifeline.hold()
print(os.getpid(), flush=True)
print("a line is passed on when the next one comes", flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the parent-death signal is Linux's")
def test_a_node_ends_in_order_when_its_supervisor_is_killed(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, NODE],
        stdout=subprocess.PIPE, text=True, env=os.environ | {"MARK": str(mark)},
    )  # fmt: skip
    assert supervisor.stdout
    pid = supervisor.stdout.readline().removeprefix("node: ").strip()
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    until(lambda: mark.exists() and mark.read_text() == "in order")
    until(lambda: is_gone(pid))


def is_gone(pid: str) -> bool:
    """Ended, whether or not the first process of this container has asked for its code."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_a_node_whose_supervisor_is_gone_already_ends_at_once() -> None:
    code = "from mien.run import lifeline; lifeline.hold(); print('lives on')"
    process = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"MIEN_SUPERVISOR_PID": "1"}, capture_output=True, check=False
    )
    assert (process.returncode, process.stdout) == (-signal.SIGTERM, b"")
    alone = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert alone.stdout == b"lives on\n"


def test_names_are_held_by_one_run_at_a_time() -> None:
    domain = 1000 + os.getpid()  # not one of ROS: no run is disturbed
    with only_run(domain, "lab"), only_run(domain, "other"), only_run(domain + 1, "lab"):
        code = f"from mien.run.lock import only_run\nwith only_run({domain}, '/lab/'): pass"
        second = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert f"another `mien run` (process {os.getpid()}) uses the namespace /lab of domain {domain}" in second.stderr
        assert "choose another --namespace or ROS_DOMAIN_ID" in second.stderr
    with only_run(domain, "lab"):
        pass


def test_a_second_run_in_one_process_is_refused_too() -> None:
    domain = 2000 + os.getpid()
    with only_run(domain, ""), pytest.raises(RunError, match="uses the namespace / of"), only_run(domain, ""):
        pass


def test_a_node_is_started_again_some_times_in_a_while() -> None:
    now = [0.0]
    restarts = Restarts(limit=2, window_s=10, now_s=lambda: now[0])
    assert [restarts.allow("rigs") for _ in range(3)] == [True, True, False]
    assert restarts.allow("faces")
    now[0] = 10.5
    assert [restarts.allow("rigs") for _ in range(3)] == [True, True, False]
