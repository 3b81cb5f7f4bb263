"""When a run takes its nodes for ready."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

pytest.importorskip("rclpy", reason="ROS is not installed")

from mien.graph import AUDIO_NODE
from mien.run.supervisor import Supervisor


@pytest.mark.parametrize(("code", "ready"), [(None, False), (0, True), (1, False)])
def test_a_sound_that_has_ended_before_it_told_anything_is_not_waited_for(code: int | None, ready: bool) -> None:
    supervisor = object.__new__(Supervisor)
    supervisor._plan = SimpleNamespace(holder=None)  # type: ignore[assignment]
    supervisor._status = {}
    supervisor._processes = {AUDIO_NODE.name: SimpleNamespace(name=AUDIO_NODE.name, code=code)}  # type: ignore[dict-item]
    assert supervisor._is_ready(AUDIO_NODE) is ready
