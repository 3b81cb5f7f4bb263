"""What the doctor says of bridges."""

from __future__ import annotations

from mien.doctor.bridges import check_bridges
from mien.doctor.finding import Level
from mien.doctor.snapshot import Endpoint, Snapshot, Status, Traffic
from mien.graph import RIGS


def snapshot(values: dict[str, str], before: dict[str, str] | None = None) -> Snapshot:
    return Snapshot(
        nodes=("/bridges",),
        topics={"/rigs": Traffic("/rigs", (), (Endpoint("/bridges", RIGS.type),))},
        statuses={"/bridges": Status(0, "running", values, before or values)},
    )


def test_a_bridge_that_flows() -> None:
    (found,) = check_bridges(
        snapshot(
            {
                "bridge vmc address": "udp 127.0.0.1:39539", "bridge vmc rate_hz": "120.1", "bridge vmc last_s": "0.0",
                "bridge vmc asked": "nothing", "processed": "12", "bridge vmc waits": "",
            }
        )
    )  # fmt: skip
    assert (found.level, found.subject) == (Level.OK, "vmc")
    assert found.seen == ("udp 127.0.0.1:39539 · 120.1 packets a second · last packet 0.0 s ago · asked for nothing")


def test_one_that_waits_says_why_and_how_to_mend_it() -> None:
    waits = "nobody listens on 127.0.0.1:39539: start the application, or check its port"
    (found,) = check_bridges(snapshot({"bridge vmc address": "udp 127.0.0.1:39539", "bridge vmc waits": waits}))
    assert found.level == Level.WARN
    assert found.seen == "udp 127.0.0.1:39539 · no packet yet: nobody listens on 127.0.0.1:39539"
    assert found.mend == "start the application, or check its port"


def test_one_that_is_paused_says_so_and_is_no_problem() -> None:
    (found,) = check_bridges(snapshot({"bridge vmc address": "a", "bridge vmc paused": "true"}))
    assert (found.level, found.seen) == (Level.OK, "a · paused by bridges.pause · no packet yet")


def test_packets_that_fail_are_counted_while_we_listen() -> None:
    now = {
        "bridge vmc address": "a",
        "bridge vmc errors": "9",
        "bridge vmc error": "no route",
        "bridge vmc last_s": "2",
    }
    (found,) = check_bridges(snapshot(now, now | {"bridge vmc errors": "4"}))
    assert (found.level, found.mend) == (Level.WARN, "no route")
    assert "5 packets failed" in found.seen


def test_no_bridges_no_lines() -> None:
    assert list(check_bridges(snapshot({"processed": "3"}))) == []
