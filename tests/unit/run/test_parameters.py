"""What may be asked of a run, and what is refused: by name, and with the name that was meant."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, strategies as st

from mien.camera.config import CameraConfig
from mien.core.errors import UsageError
from mien.graph import PROFILES, RECORDER
from mien.run.parameters import Parameters, Section, argument, from_file, from_set

FUSED, SPLIT = PROFILES["fused"], PROFILES["split"]


def test_values_are_read_by_the_type_of_their_parameter() -> None:
    asked = ["faces.max_faces=1", "faces.crop=224", "rigs.ease_s=2", "faces.smooth=off", "camera.frame_id=a: b # c"]
    assert from_set(asked, FUSED) == {
        "faces.max_faces": 1,
        "faces.crop": "224",
        "rigs.ease_s": 2.0,
        "faces.smooth": False,
        "camera.frame_id": "a: b # c",
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("faces.max_face=1", r"--set faces.max_face=1: .*: no such parameter; did you mean faces.max_faces\?"),
        ("face.max_faces=1", r"did you mean faces.max_faces\?"),
        ("perception.privacy=true", r"did you mean graph.privacy\?"),
        ("nonsense=1", "a parameter is COMPONENT.NAME, and components are graph, camera"),
        ("faces.max_faces", "expected faces.max_faces=VALUE; the default is faces.max_faces=4"),
        ("faces.max_faces=0", r"faces.max_faces: 0 is outside \[1, 64\]"),
        ("faces.max_faces=two", "faces.max_faces: 'two' is not a whole number"),
        ("faces.min_score=0", r"outside \[0.01, 1\]"),
        ("faces.min_score=nan", "is not a number"),
        ("faces.smooth=maybe", "is not true or false"),
        ("faces.detector=best", "is not one of auto, short_range, yunet"),
        ("camera.source=a.mp4", "use --source"),
        ("bags.jpeg_quality=50", "bags does not run here; give --out"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_set_is_named(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        from_set([text], FUSED)


def test_a_parameter_of_a_component_that_does_not_run_is_refused() -> None:
    with pytest.raises(UsageError, match="camera does not run here; running are faces, expressions, affects, rigs"):
        from_set(["camera.loop=true"], SPLIT[1:])
    assert from_set(["bags.jpeg_quality=50"], (*FUSED, RECORDER)) == {"bags.jpeg_quality": 50}


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",))))
def test_text_reaches_ros_as_it_is(text: str) -> None:
    name, _, value = argument("camera.source", text).partition(":=")
    assert name == "camera.source"
    assert yaml.safe_load(value) == text


@given(st.one_of(st.booleans(), st.integers(-(2**31), 2**31), st.floats(1e-3, 1e3)))
def test_other_values_keep_their_type(value: bool | int | float) -> None:
    read = yaml.safe_load(argument("a.b", value).partition(":=")[2])
    assert (type(read), read) == (type(value), value)


def test_a_name_that_is_no_utf8_is_refused() -> None:
    with pytest.raises(UsageError, match="UTF-8 only; rename it"):
        argument("camera.source", "/tmp/\udcff.mp4")


def written(folder: Path, text: str) -> Path:
    path = folder / "params.yaml"
    path.write_text(text, "utf8")
    return path


def test_sections_hold_for_the_nodes_that_ros_gives_them_to(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        /**: {ros__parameters: {faces: {max_faces: 1}, use_sim_time: true, qos_overrides: {/rigs: {depth: 2}}}}
        /lab/perception: {ros__parameters: {faces.max_faces: 2, rigs: {ease_s: 1}}}
        /other/perception: {ros__parameters: {faces: {max_faces: 9}}}
        /robot/arm: {ros__parameters: {speed: 3}}
        lab:
          "*": {ros__parameters: {rigs: {gain: 2.0}}}
        """,
    )
    asked = Parameters(from_file(path, FUSED, "lab"), {"rigs.hold_s": 3.0})
    assert asked.of("/lab/perception") == {
        "faces.max_faces": 2, "rigs.ease_s": 1.0, "rigs.gain": 2.0, "rigs.hold_s": 3.0,
    }  # fmt: skip
    assert asked.config("/lab/perception", "camera", CameraConfig, source="x") == CameraConfig(source="x")


@pytest.mark.parametrize(
    ("pattern", "node", "holds"),
    [
        ("/**", "/perception", True),
        ("/**", "/a/b/perception", True),
        ("perception", "/perception", True),
        ("perception", "/lab/perception", False),
        ("/*", "/perception", True),
        ("/*", "/lab/perception", False),
        ("/*/perception", "/lab/perception", True),
        ("/**/perception", "/a/b/perception", True),
        ("/**/perception", "/perception", True),
        ("/lab/percept", "/lab/perception", False),
    ],
)
def test_wildcards_are_those_of_rcl(pattern: str, node: str, holds: bool) -> None:
    assert Section(pattern, {}).holds_for(node) is holds


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("/**: {ros__parameters: {faces: {max_face: 1}}}", r"/\*\*: faces.max_face: .* did you mean faces.max_faces\?"),
        ("/**: {ros__parameters: {fases: {max_faces: 1}}}", r"did you mean faces.max_faces\?"),
        ("/**: {ros__parameters: {speed: 1}}", "of other nodes, it goes below their names"),
        ("perception: {ros__parameters: {bags: {path: x}}}", "bags.path is not a parameter of perception"),
        ("/**: {ros__parameters: {faces: {max_faces: 0}}}", r"faces.max_faces: 0 is outside \[1, 64\]"),
        ("/**: {ros__parameters: {faces: {smooth: 3}}}", "faces.smooth: 3 is not true or false"),
        ("/**: {ros__parameters: {camera: {frame_id: true}}}", "camera.frame_id: True is not text; .*put it in quotes"),
        ("/percepton: {ros__parameters: {}}", r"/percepton: no such node; did you mean perception\?"),
        ("/lab/perception: {ros__parameters: {faces.max_faces: 1}}", "nothing in it is for /perception; it has /lab/p"),
        ("/**: {faces: {max_faces: 1}}", "max_faces: expected the parameters of a node below ros__parameters:"),
        ("/**:\n  ros__parameters:\n  - [", "line 3: not YAML"),
        ("a: b: c", "line 1: not YAML"),
        ("", "holds no nodes"),
        ("- 1", "holds no nodes"),
        ("/**: {ros__parameters: [1]}", "ros__parameters: expected names and values"),
        ("5", "holds no nodes"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        from_file(written(tmp_path, text), FUSED, "")


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "params.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match=r"params.yaml: not UTF-8 text"):
        from_file(tmp_path / "params.yaml", FUSED, "")
    with pytest.raises(UsageError, match=r"none.yaml: No such file"):
        from_file(tmp_path / "none.yaml", FUSED, "")


def test_a_number_that_yaml_1_1_takes_for_text_is_one(tmp_path: Path) -> None:
    (section,) = from_file(written(tmp_path, "/**: {ros__parameters: {rigs: {hold_s: 1e-1}}}"), FUSED, "")
    assert section.values == {"rigs.hold_s": 0.1}


def test_the_parameter_file_that_is_shipped_is_read() -> None:
    shipped = Path(__file__).resolve().parents[3] / "launch/params/default.yaml"
    (section,) = from_file(shipped, (*SPLIT, RECORDER), "lab")
    assert section.values["faces.max_faces"] == 4
