"""Generated files are up to date with their sources."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mien import derived, graph
from mien.configs import CONFIGS
from mien.core.types import NUM_LANDMARKS, Method, RigState, Source
from mien_models.spaces import arkit, emotions

ROOT = Path(__file__).resolve().parents[2]
MSGS = ROOT / "msgs"
DEFINITIONS = sorted(p for kind in ("msg", "srv", "action") for p in MSGS.glob(f"{kind}/*.{kind}"))


@pytest.mark.parametrize("path", derived.files(ROOT), ids=lambda p: str(p.relative_to(ROOT)))
def test_generated_files_are_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == derived.files(ROOT)[path], "run `make generate`"


def test_every_generated_part_stands_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for part in ("topics", "nodes", "parameters", "action units", "speed"):
        assert derived.BEGIN.format(part) in text


def test_every_topic_and_service_type_of_ours_has_a_definition() -> None:
    ours = [t.type for t in graph.TOPICS] + [s.type for n in graph.NODES for s in (*n.services, *n.actions)]
    for name in ours:
        package, kind, cls = name.split("/")
        if package == "mien_msgs":
            assert (MSGS / kind / f"{cls}.{kind}").is_file(), name


def test_every_definition_is_built() -> None:
    cmake = (MSGS / "CMakeLists.txt").read_text()
    for path in DEFINITIONS:
        assert path.stem in cmake or "GLOB" in cmake, path.name


def constants(message: str) -> dict[str, int]:
    text = (MSGS / "msg" / f"{message}.msg").read_text()
    return {k: int(v) for k, v in re.findall(r"^u?int\d+ (\w+)=(\d+)", text, re.M)}


def length(message: str, field: str) -> int:
    found = re.search(rf"^\w+\[(\d+)\] {field}\b", (MSGS / "msg" / f"{message}.msg").read_text(), re.M)
    assert found, f"{message}.{field}"
    return int(found[1])


def test_lengths_of_messages_are_those_of_the_tables() -> None:
    assert length("Expression", "blendshapes") == length("Expression", "confidence") == len(arkit.BLENDSHAPES)
    assert length("PersonBaseline", "blendshapes") == len(arkit.BLENDSHAPES)
    assert length("Affect", "emotion") == len(emotions.EMOTIONS)
    assert length("Rig", "confidence") == length("Rig", "source") == len(arkit.REGIONS)
    assert length("Face", "landmarks") == 3 * NUM_LANDMARKS == 3 * constants("Face")["NUM_LANDMARKS"]


@pytest.mark.parametrize(
    ("message", "prefix", "enum"),
    [
        ("Rig", "STATE", RigState),
        ("Rig", "SOURCE", Source),
        ("Rig", "REGION", arkit.Region),
        ("Affect", "METHOD", Method),
    ],
)
def test_constants_of_messages_are_those_of_the_code(message: str, prefix: str, enum: type) -> None:
    stated = {k.removeprefix(f"{prefix}_"): v for k, v in constants(message).items() if k.startswith(prefix + "_")}
    assert stated == {e.name: e.value for e in enum}  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda p: p.name)
def test_every_field_of_a_message_is_explained(path: Path) -> None:
    """A field has a comment on its line or on the lines above it, or its message has one comment for all."""
    lines = path.read_text().splitlines()
    assert lines[0].startswith("# ")
    for line in lines:
        if "float" in line.split("#")[0] and "=" not in line.split("#")[0]:
            assert "#" in line, f"{path.name}: {line}"


def test_every_node_declares_rooms_that_exist_and_profiles_cover_the_chain() -> None:
    for node in graph.NODES:
        assert set(node.components) <= set(CONFIGS), node.name
    for nodes in graph.PROFILES.values():
        published = {t for n in nodes for t in n.publishes}
        assert {graph.FACES, graph.EXPRESSIONS, graph.AFFECTS, graph.RIGS, graph.LABELS} <= published
        assert nodes[0].lifecycle


def test_a_document_without_an_end_mark_is_refused() -> None:
    with pytest.raises(ValueError, match="has no"):
        derived.fill(derived.BEGIN.format("topics") + "\nno end", ROOT)


def test_filling_twice_changes_nothing() -> None:
    text = f"a\n{derived.BEGIN.format('topics')}\nold\n{derived.END}\nb"
    once = derived.fill(text, ROOT)
    assert derived.fill(once, ROOT) == once
    assert once.startswith("a\n")
    assert once.endswith("\nb")
    assert "image_raw" in once


def test_regions_of_the_rig_cover_every_weight() -> None:
    assert set(np.unique(arkit.REGION_OF)) <= {r.value for r in arkit.Region}


def measurement(chain_ms: float) -> dict[str, Any]:
    """The part of a report of `make bench` that the README quotes."""
    p = {"p50": chain_ms, "p99": 2 * chain_ms}
    return {
        "when": "2031-02-03T04:05:06+00:00",
        "machine": {"cpu": "a CPU", "cores": 3},
        "versions": {"mediapipe": "1.0", "python": "3.12"},
        "mediapipe_ms": p,
        "tracking_ms": p,
        "plain_chain_ms": {"p50": 0.5 * chain_ms},
        "chain_ms": p,
        "tracking_vs_mediapipe": {"median_ratio": 1.0, "p99_ratio": 1.0},
        "plain_chain_vs_mediapipe": {"median_ratio": 0.5},
        "chain_vs_mediapipe": {"median_ratio": 1.0},
        "jitter": {"ours": 1, "mediapipe": 2, "following_error": {"ours": 1, "mediapipe": 2}},
        "agreement": {"landmarks_px_mean": 0.1, "blendshapes_max": 0.01},
        "capture_to_rig_ms": p | {"seconds": 9, "dropped": 0},
        "startup_s": 1.0,
        "rss_mb": 100,
    }


SCALE = {
    "under_load": {"chain_ms": {"p50": 7.7}, "mediapipe_ms": {"p50": 8.8}},
    "split": {"capture_to_rig_ms": {"p50": 12.3}},
    "sizes": {"4K": {"chain_ms": {"p50": 6.1}, "mediapipe_ms": {"p50": 7.1}}},
    "allocation": {"peak_kb_per_image": 82.0, "growth_bytes_per_image": -3.0},
    "networks": {"peak_gmac_per_s": 123.0, "of": {"facemesh_v2": {"ms": 2.0, "least_ms": 1.15, "mmac_run": 144.3}}},
    "faces": {"8": {"times_one": 4.1}, "16": {"times_one": 8.2}},
}


def test_speed_is_that_of_the_newest_day(tmp_path: Path) -> None:
    results = tmp_path / "tests/bench/results"
    results.mkdir(parents=True)
    for name, content in {
        "2030-01-01": measurement(5.5),
        "2031-02-03": measurement(4.4) | SCALE,
        "int8": {"another": "kind"},
    }.items():
        (results / f"{name}.json").write_text(json.dumps(content))
    text = derived.speed(tmp_path)
    assert "| and action units, expression, rigs: median | 2.20 ms |" in text
    assert "| the default chain, with the expression encoder: median | 4.40 ms |" in text
    assert "Eight faces take 4.1 times as long as one, sixteen 8.2 times." in text
    assert "keeps 0 bytes per image" in text
    assert "](tests/bench/results/2031-02-03.png)" in text
    (results / "2031-02-03.json").unlink()
    text = derived.speed(tmp_path)
    assert "5.50 ms" in text
    assert "Eight faces" not in text  # an older kind of measurement
