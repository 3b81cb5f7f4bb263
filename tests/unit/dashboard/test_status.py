"""Who has fallen silent, and is told so within two seconds."""

from __future__ import annotations

from mien.dashboard.status import Status


def test_a_node_that_is_killed_is_silent_within_two_seconds_and_recovers() -> None:
    status = Status()
    for second in range(3):
        status.hear("perception", "ok", "running", {}, float(second))
        assert not status.tick(second + 0.2)
    # It was killed right after its last word, at 2 s.
    assert not status.tick(3.4)
    assert status.tick(3.8)
    assert status.nodes["perception"].silent
    assert not status.tick(4.0), "told once"
    status.hear("perception", "ok", "running", {}, 9.0)
    assert not status.nodes["perception"].silent


def test_what_is_gone_for_long_is_forgotten() -> None:
    status = Status()
    status.hear("bridges", "ok", "running", {}, 0.0)
    status.tick(59.0)
    assert "bridges" in status.nodes
    assert status.tick(61.0)
    assert not status.nodes


def test_who_ended_in_order_is_no_alarm() -> None:
    status = Status()
    for name in ("perception", "recorder"):
        status.hear(name, "ok", "running", {}, 0.0)
    assert status.tick(2.0, lambda: {"perception"})  # killed: the graph still names it
    assert [(name, node.silent) for name, node in status.nodes.items()] == [("perception", True)]
    status.tick(25.0, lambda: set())  # the graph has forgotten it, too; it is still told
    assert status.nodes["perception"].silent
