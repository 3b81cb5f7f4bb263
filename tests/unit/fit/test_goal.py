"""Goals of the action `fit` that cannot be carried out are refused before anything is loaded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mien.core.errors import UsageError
from mien.fit.config import FitConfig
from mien.fit.goal import Goal, Work
from mien.graph import FIT_NODE, node_of

IMAGE = ("image 1", np.zeros((4, 4, 3), np.uint8))


@pytest.mark.parametrize(
    ("goal", "config", "reason"),
    [
        (Goal([], []), FitConfig(), "no picture"),
        (Goal([], [Path("a.png")]), FitConfig(paths=False), r"fit\.paths is false"),
        (Goal([IMAGE], [], quick=True, texture=True), FitConfig(), "needs a whole fit"),
        (Goal([IMAGE], [], texture=True), FitConfig(quick=True), r"fit\.quick is true"),
    ],
)
def test_a_goal_that_cannot_be_carried_out_says_why(goal: Goal, config: FitConfig, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        Work()(goal, config, lambda stage, share: pytest.fail("nothing is read"))


def test_pictures_do_not_leave_a_private_graph() -> None:
    assert [each.name for each in FIT_NODE.exposed] == ["fit"]
    assert not node_of("retarget").exposed
