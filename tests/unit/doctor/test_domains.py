from __future__ import annotations

import os
from pathlib import Path

from mien.doctor.domains import (
    Process,
    check_elsewhere,
    check_mute,
    domains_to_try,
    domains_used,
    processes_in,
)
from mien.doctor.finding import Level
from mien.doctor.snapshot import Snapshot

from .graphs import only

# Two processes in domain 7, with two ports each from 7400 + 250 · 7 + 10 on, and a lone port of some other program.
UDP = """\
   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  568: 00000000:23CC 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 101 2 0000000033b62769 0
  569: 0100007F:23CD 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 102 2 0000000062146bee 0
  570: 00000000:23CE 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 103 2 0000000033b62769 0
  571: 00000000:23CF 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 104 2 0000000062146bee 0
 3113: 00000000:B311 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 105 2 00000000733b24ea 0
"""


def fake_proc(folder: Path) -> Path:
    (folder / "net").mkdir()
    (folder / "net" / "udp").write_text(UDP)
    process(folder, 41, "S", "/venv/bin/python", "/venv/bin/mien", "node", "perception", "--ros-args", inode=101)
    process(folder, 42, "T", "rviz2", inode=103)
    process(folder, 43, "S", "firefox", inode=105)
    return folder


def process(folder: Path, pid: int, state: str, *command: str, inode: int) -> None:
    (folder / str(pid) / "fd").mkdir(parents=True)
    (folder / str(pid) / "fd" / "3").symlink_to(f"socket:[{inode}]")
    (folder / str(pid) / "stat").write_text(f"{pid} (a (strange) name) {state} 1 1 1")
    (folder / str(pid) / "cmdline").write_text("\0".join([*command, ""]))


def test_small_numbers_neighbours_and_what_is_in_use_are_tried() -> None:
    assert domains_to_try(42, used=[77, 42]) == [*range(11), 40, 41, 43, 44, 77]
    assert domains_to_try(0) == list(range(1, 11))
    assert max(domains_to_try(232)) == 231


def test_domains_of_open_ports(tmp_path: Path) -> None:
    assert domains_used(fake_proc(tmp_path)) == [7]
    assert domains_used(tmp_path / "none") == []


def test_processes_of_a_domain(tmp_path: Path) -> None:
    found = processes_in(7, fake_proc(tmp_path))

    assert found == [Process(41, "python mien node perception"), Process(42, "rviz2", stopped=True)]


def test_our_own_process_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "net").mkdir()
    (tmp_path / "net" / "udp").write_text(UDP)
    process(tmp_path, os.getpid(), "S", "mien", inode=101)

    assert processes_in(7, tmp_path) == []


def test_a_stopped_process() -> None:
    finding = only(check_mute(Snapshot(nodes=("/other",)), [Process(41, "mien"), Process(42, "rviz2", stopped=True)]))

    assert finding.level == Level.FAIL
    assert "rviz2 (pid 42)" in finding.seen
    assert finding.mend == "kill -CONT 42"


def test_a_process_that_does_not_answer() -> None:
    finding = only(check_mute(Snapshot(), [Process(41, "mien")]))

    assert finding.level == Level.WARN
    assert "mien (pid 41)" in finding.seen


def test_processes_that_answer() -> None:
    assert not list(check_mute(Snapshot(nodes=("/perception",)), [Process(41, "mien")]))


def test_another_domain_is_named() -> None:
    finding = only(check_elsewhere(Snapshot(domain=42), {7: ["/perception"], 9: ["/lab/faces"]}, [7, 8, 9]))

    assert finding.level == Level.FAIL
    assert "7 (/perception), 9 (/lab/faces), not in 42" in finding.seen
    assert "export ROS_DOMAIN_ID=7" in finding.mend


def test_nothing_runs_anywhere() -> None:
    finding = only(check_elsewhere(Snapshot(nodes=("/rviz",)), {}, [1, 2, 3, 5]))

    assert finding.level == Level.WARN
    assert "1–3, 5" in finding.seen
    assert "1 other nodes are" in finding.seen
    assert finding.mend.startswith("mien run --source clip")
