"""A resting face over real middleware: captured, told by every stage, saved, and loaded after a restart."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from mien_msgs.msg import Baseline
from mien_msgs.srv import BaselineFile, CaptureNeutral

from mien.graph import AFFECTS, CAMERA, EXPRESSIONS, RIGS, STAGE_NODES, Topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Graph

pytestmark = [pytest.mark.ros, pytest.mark.real]
PLAYED: dict[str, Any] = {"camera__loop": True, "camera__framerate": 10.0}
TOLD = (EXPRESSIONS, AFFECTS, RIGS)
PARTS = {EXPRESSIONS: "expressions", AFFECTS: "affects", RIGS: "rigs"}


def newest(graph: Graph, topic: Topic) -> Any:
    """What was said last of the only face; None = nothing yet."""
    said = [part for m in graph.messages[topic.name] for part in getattr(m, PARTS[topic])]
    return said[-1] if said else None


def all_say(graph: Graph, method: int) -> bool:
    return all((part := newest(graph, topic)) is not None and part.baseline.method == method for topic in TOLD)


def capture(graph: Graph, node: str, **request: Any) -> Any:
    return graph.call(f"{node}/capture_neutral", CaptureNeutral, CaptureNeutral.Request(**request))


def file(graph: Graph, service: str, path: Path) -> Any:
    return graph.call(service, BaselineFile, BaselineFile.Request(path=str(path)))


def test_a_capture_is_told_by_every_stage_and_survives_a_restart(
    graph: Graph, calm_photo: Path, tmp_path: Path
) -> None:
    path = tmp_path / "ann.npz"
    graph.listen(*TOLD)
    graph.start("perception", camera__source=calm_photo, **PLAYED, expressions__personal=False)
    graph.until(lambda: all_say(graph, Baseline.METHOD_NONE))
    before = newest(graph, EXPRESSIONS)
    assert len(before.rest) == 0
    unknown = capture(graph, "perception", track_id=9999, duration_s=0.5)
    assert (unknown.success, unknown.frames) == (False, 0)
    assert unknown.message == f"face 9999 is not tracked; tracked: {before.track_id}"

    answer = capture(graph, "perception", duration_s=3.0)
    assert answer.success, answer.message
    assert answer.frames >= 5  # in three seconds, on whatever machine
    assert answer.message == f"learned the resting face of {before.track_id} from {answer.frames} images"
    graph.until(lambda: all_say(graph, Baseline.METHOD_CAPTURED))
    after = newest(graph, EXPRESSIONS)
    assert after.baseline.confidence == 1
    assert len(after.rest[0].landmarks) == 0
    calm = [np.linalg.norm(e.blendshapes) for e in (before, after)]
    assert calm[1] < 0.5 * calm[0]
    assert after.embedding[-1] > max(before.embedding[-1], 0.97)  # near the calm pole
    assert after.reading[0].emotion[0] > 0.8
    graph.until(lambda: np.abs(newest(graph, RIGS).weights).max() < 0.3)  # rigs ease towards what is read
    saved = file(graph, "perception/save_baseline", path)
    assert saved.success, saved.message
    assert str(path) in saved.message
    graph.end("perception")
    graph.until_quiet(0.3)  # what was on its way is of the node that has ended

    for topic in TOLD:
        graph.messages[topic.name].clear()
    graph.start("perception", camera__source=calm_photo, **PLAYED, expressions__personal=False)
    graph.until(lambda: all_say(graph, Baseline.METHOD_NONE))
    missing = file(graph, "perception/load_baseline", tmp_path / "nobody.npz")
    assert not missing.success
    assert "nobody.npz: cannot be read: No such file" in missing.message
    loaded = file(graph, "perception/load_baseline", path)
    assert loaded.success, loaded.message
    graph.until(lambda: all_say(graph, Baseline.METHOD_LOADED))
    again = newest(graph, EXPRESSIONS)
    assert again.baseline.since == after.baseline.since
    for name in ("blendshapes", "au_intensity", "embedding"):
        assert list(getattr(again.rest[0], name)) == list(getattr(after.rest[0], name))
    assert again.rest[0].head == after.rest[0].head


def test_who_smiles_is_not_captured_and_told_why(graph: Graph, sample: Callable[[str], Path]) -> None:
    graph.listen(RIGS)
    graph.start("perception", camera__source=sample("single_face"), **PLAYED)
    graph.until(lambda: newest(graph, RIGS))
    answer = capture(graph, "perception", duration_s=3.0)
    assert not answer.success
    assert answer.frames >= 5
    assert re.fullmatch(
        r"face \d+: mouthSmile(Left|Right) was at 0\.\d\d; relax the face and try again", answer.message
    )


def test_in_processes_of_their_own_the_stages_tell_the_same(graph: Graph, calm_photo: Path, tmp_path: Path) -> None:
    path = tmp_path / "ann.npz"
    graph.listen(*TOLD)
    for node in STAGE_NODES:
        graph.start(node.name, **({"expressions__baseline_file": path} if node.name == "expressions" else {}))
    graph.start(CAMERA.name, camera__source=calm_photo, **PLAYED)
    graph.until(lambda: all(newest(graph, topic) is not None for topic in TOLD))
    answer = capture(graph, "expressions", duration_s=3.0)
    assert answer.success, answer.message
    assert (
        f"; saved the resting face of {newest(graph, EXPRESSIONS).track_id} to {path}, captured with confidence 1.00"
        in answer.message
    )
    assert path.exists()
    graph.until(lambda: all_say(graph, Baseline.METHOD_CAPTURED))


def test_in_privacy_no_resting_face_is_written(graph: Graph, calm_photo: Path, tmp_path: Path) -> None:
    """It holds landmarks, which show who somebody is. It is captured all the same, and lives in the process."""
    asked, own = tmp_path / "asked.npz", tmp_path / "own.npz"
    graph.listen(*TOLD)
    graph.start("perception", camera__source=calm_photo, **PLAYED, graph__privacy=True, expressions__baseline_file=own)
    graph.until(lambda: all(newest(graph, topic) is not None for topic in TOLD))
    answer = capture(graph, "perception", duration_s=3.0)
    assert answer.success, answer.message
    refused = file(graph, "perception/save_baseline", asked)
    assert not refused.success
    assert refused.message.startswith(f"{asked}: not written, as graph.privacy keeps landmarks in the process")
    graph.until(lambda: all_say(graph, Baseline.METHOD_CAPTURED))
    told = [r for m in graph.messages[EXPRESSIONS.name] for e in m.expressions for r in e.rest]
    assert told
    assert not any(len(r.landmarks) for r in told)
    assert list(tmp_path.iterdir()) == []
