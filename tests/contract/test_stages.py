"""A stage is its own folder and one row of the table: all the rest follows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mien.core import stage as table
from mien.core.config import params
from mien.graph import ENABLE, PRIVATE, PROFILES, STAGE_TOPICS, node_of

# A room of its own: how many eyes are open, told as affects.
FILES = {
    "__init__.py": "",
    "config.py": """
from dataclasses import dataclass
from mien.core.config import param

@dataclass(frozen=True, slots=True, kw_only=True)
class EyesConfig:
    shut: float = param(0.5, "A lid further down than this is shut.", lo=0, hi=1, live=True)
""",
    "stage.py": """
import numpy as np
from mien.core.stage import Stage as BaseStage
from mien.core.types import Affects
from dataclasses import replace

class Stage(BaseStage):
    def __init__(self, config):
        self.reconfigure(config)
    def reconfigure(self, config):
        self._shut = config.shut
    def reset(self):
        pass
    def step(self, expressions, affects):
        self.problem = "no face" if not expressions.expressions else ""
        open_eyes = [float((e.blendshapes[[0, 7]] < self._shut).sum()) for e in expressions.expressions]
        told = zip(affects.affects, open_eyes, strict=True)
        return Affects(affects.header, tuple(replace(a, valence=n) for a, n in told))
""",
    "node.py": """
from mien.ros.node import run
from mien.ros.stage_node import StageNode

def main(args=None):
    return run(lambda: StageNode("eyes"), args)
""",
}
ROW = """
import sys, mien
from mien.core import stage
mien.__path__.append(sys.argv[1])
stage.STAGES += (stage.StageSpec(
    name="eyes", inputs=("expressions", "affects"), message="mien_msgs/msg/Affects",
    node_doc="Counts open eyes.", topic_doc="Open eyes, as valence.",
),)
"""
PROOF = """
from dataclasses import replace
import numpy as np
from mien import configs, derived, graph
from mien.core.moment import Moment
from mien.core.types import Frame
from mien.perception.pipeline import Pipeline

assert "eyes" in configs.CONFIGS and "eyes:" in derived.parameter_file()
node = graph.node_of("eyes")
assert [t.name for t in node.subscribes] == ["expressions", "affects"] and node.entry == "mien.eyes.node:main"
assert "| `eyes` | Counts open eyes." in derived.nodes() and "| `eyes` | `mien_msgs/msg/Affects`" in derived.topics()
assert node in graph.PROFILES["split"] and graph.STAGE_TOPICS["eyes"] in graph.RECORDER.subscribes
assert "eyes" in graph.PERCEPTION.components and graph.STAGE_TOPICS["eyes"] in graph.PERCEPTION.publishes

clock = iter(range(1, 100))
pipeline = Pipeline(now_ns=lambda: next(clock))
result = pipeline.step(Frame(np.zeros((90, 120, 3), np.uint8), 0))
assert result["eyes"].affects == () and pipeline.problem == "no face"
times = Moment(0, **result).stages
assert [t.stage for t in times] == ["camera", "faces", "expressions", "affects", "rigs", "eyes"], times
"""


def test_a_stage_is_added_by_its_folder_and_one_row(tmp_path: Path) -> None:
    room = tmp_path / "eyes"
    room.mkdir()
    for name, text in FILES.items():
        (room / name).write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", ROW + PROOF, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("spec", table.STAGES, ids=lambda s: s.name)
def test_every_stage_keeps_the_contract(spec: table.StageSpec) -> None:
    before = {table.FRAME, *(s.name for s in table.STAGES[: table.STAGES.index(spec)])}
    assert set(spec.inputs) <= before
    assert any(p.live for p in params(spec.config)), "no parameter of the stage can change while it runs"
    node = node_of(spec.name)
    assert node.publishes[0] is STAGE_TOPICS[spec.name]
    assert node.services[0] is ENABLE
    assert node in PROFILES["split"]


def test_only_rows_that_say_so_are_private() -> None:
    assert {t.name for t in PRIVATE} == {"image_raw", "audio", "words", "faces", "truth/faces"}


def test_the_order_of_stages_is_that_of_the_table_and_unknown_names_come_last() -> None:
    assert table.order(["rigs", "voice", "camera", "faces"]) == ["camera", "faces", "rigs", "voice"]


def test_an_unknown_stage_is_named() -> None:
    with pytest.raises(KeyError, match="no stage hands; there are faces, expressions"):
        table.spec_of("hands")
