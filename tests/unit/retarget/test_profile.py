"""Profiles: those that are shipped are what they say, and a wrong one is refused by its line."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from mien.core.errors import ProfileError
from mien.retarget.profile import SHIPPED, export_profile, load, parse
from mien_models.avatars import PRESETS, robot
from mien_models.spaces import arkit
from mien_models.spaces.arkit import Region

GOOD = """\
schema: mine
doc: My head
single: true
defaults: {unit: rad, rate: 2.0, acceleration: 10.0}
groups: {both: 1.0}
targets:
  pan:
    from: {headYaw: 1.0}
    range: [-1, 1]
  lid_left:
    from: {eyeBlinkLeft: 1.0, headRoll: 0.5}
    curve: [[0, 0], [1, 1]]
    range: [0, 1.2]
  lid_right: {mirror: lid_left}
"""


def refused(tmp_path: Path, text: str) -> str:
    file = tmp_path / "mine.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(ProfileError) as caught:
        parse(file)
    message = str(caught.value)
    assert message.startswith(str(file))
    return message.removeprefix(str(file))


def test_the_profiles_that_are_promised_are_shipped() -> None:
    assert set(SHIPPED) >= {
        "antennas", "arkit52", "furhat", "metahuman", "neck2", "robot10", "vrchat", "vrm0", "vrm1", "vtube_studio",
    }  # fmt: skip


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_profile_is_named_like_its_file_and_says_what_it_is(name: str) -> None:
    profile = load(name)
    assert profile.schema == name
    assert profile.doc
    assert len(set(profile.names)) == len(profile.names)


SIDES = (("Left", "Right"), ("left", "right"), ("LEFT", "RIGHT"))
SIDEWAYS = {"headYaw", "headRoll", "gazeYaw", "gazeYawLeft", "gazeYawRight"}


def other_side(name: str) -> str:
    for left, right in SIDES:
        for a, b in ((left, right), (right, left)):
            if name.endswith((a, f"{a}X", f"{a}Y")):
                return b.join(name.rsplit(a, 1))
    return re.sub(r"L$", "R", name) if name.startswith("CTRL") or name.endswith("_L") else name


@pytest.mark.parametrize("name", SHIPPED)
def test_sides_of_a_shipped_profile_are_mirror_images(name: str) -> None:
    """A target with a twin is driven by the twin's sources on the other side."""
    targets = {t.name: t for t in load(name).targets}
    pairs = 0
    for target in targets.values():
        twin = targets.get(other_side(target.name))
        # Whatever names a direction of the room, and not a side of the face, has no mirror image by name.
        if twin is None or twin is target or re.search(r"X$|[lL]ook", target.name):
            continue
        pairs += 1
        swapped = {other_side(s): -w if s in SIDEWAYS else w for s, w in target.sources}
        if re.search("(jaw|mouth|Jaw|MouthUpper|MouthLower|Mouth)(Left|Right)$", target.name):
            continue
        assert dict(twin.sources) == swapped, target.name
        assert (twin.lower, twin.upper, twin.rate) == (target.lower, target.upper, target.rate)
    assert pairs or name == "neck2"


def test_arkit52_is_every_shape_itself() -> None:
    profile = load("arkit52")
    assert profile.names == arkit.BLENDSHAPES
    assert all(t.sources == ((t.name, 1.0),) for t in profile.targets)
    np.testing.assert_array_equal(profile.description.regions, arkit.REGION_OF)


def test_vrm1_is_the_presets_of_the_specification() -> None:
    assert set(load("vrm1").names) == set(PRESETS) | {
        "happy", "angry", "sad", "relaxed", "surprised", "aa", "ih", "ou", "ee", "oh", "blink", "blinkLeft",
        "blinkRight", "lookUp", "lookDown", "lookLeft", "lookRight", "neutral",
    }  # fmt: skip


def test_vrm0_renames_them_as_vmc_does() -> None:
    """The table of the VMC protocol: VRM 0 name to VRM 1 name."""
    table = {
        "Joy": "happy", "Angry": "angry", "Sorrow": "sad", "Fun": "relaxed", "A": "aa", "I": "ih", "U": "ou",
        "E": "ee", "O": "oh", "Blink_L": "blinkLeft", "Blink_R": "blinkRight",
    }  # fmt: skip
    new = {t.name: t for t in load("vrm1").targets}
    old = {t.name: t for t in load("vrm0").targets}
    for name, was in table.items():
        assert old[name].sources == new[was].sources, name
        assert old[name].curve == new[was].curve


def test_furhat_has_arkit_names_in_capitals() -> None:
    names = load("furhat").names
    assert {"BROW_INNER_UP", "MOUTH_SMILE_LEFT", "EYE_LOOK_IN_RIGHT", "JAW_OPEN"} <= set(names)
    assert len([n for n in names if n.isupper()]) == 52


def test_robot10_is_the_robot_that_mien_exports() -> None:
    limits = {
        j.get("name"): j.find("limit")
        for j in ET.fromstring(robot.urdf()).findall("joint")
        if j.find("mimic") is None
    }  # fmt: skip
    profile = load("robot10")
    assert set(profile.names) == set(limits)
    assert set(profile.description.units) == {"rad"}
    for target in profile.targets:
        limit = limits[target.name]
        assert limit is not None
        told = [float(limit.get(k, "nan")) for k in ("lower", "upper", "velocity")]
        assert [target.lower, target.upper, target.rate] == pytest.approx(told), target.name


def test_a_file_of_your_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD, "utf-8")
    profile = load(str(file))
    assert profile.names == ("pan", "lid_left", "lid_right")
    assert profile.single
    assert [t.region for t in profile.targets] == [Region.HEAD, Region.EYES, Region.EYES]
    right = profile.targets[2]
    assert dict(right.sources) == {"eyeBlinkRight": 1.0, "headRoll": -0.5}
    assert right.curve == ((0, 0), (1, 1))
    assert (right.lower, right.upper, right.rate, right.acceleration) == (0, 1.2, 2, 10)
    description = profile.description
    assert description.units == ("rad",) * 3
    np.testing.assert_allclose(description.upper, [1, 1.2, 1.2])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("headYaw: 1.0", "headYww: 1.0", ":8: targets.pan.from.headYww: no source is called headYww, did you mean"),
        ("eyeBlinkLeft: 1.0", "eyeblinkLeft: 1.0", "no source is called eyeblinkLeft, did you mean eyeBlinkLeft?"),
        ("headYaw: 1.0", "headYaw: much", ":8: targets.pan.from.headYaw: must be a number, got 'much'"),
        ("headYaw: 1.0", "headYaw: .nan", "must be a number, got '.nan'"),
        ("range: [-1, 1]", "range: [1, -1]", ":9: targets.pan.range: must be two numbers that rise, got [1.0, -1.0]"),
        ("range: [-1, 1]", "range: [-1, 0, 1]", "must be two numbers that rise"),
        ("range: [-1, 1]", "range: 3", ":9: targets.pan.range: must be a list, got '3'"),
        ("range: [-1, 1]", "rnge: [-1, 1]", ":9: targets.pan: rnge is not known, did you mean range?"),
        ("range: [-1, 1]", "range: [0.5, 1]", ":8: targets.pan: has no neutral, and 0 is outside of [0.5, 1]"),
        ("range: [-1, 1]", "neutral: 3", ":9: targets.pan.neutral: is 3, must be within [0, 1]"),
        ("range: [-1, 1]", "unit: foot", "'foot' is not known; known are 1, rad, deg, m"),
        ("range: [-1, 1]", "region: eye", "'eye' is not known, did you mean eyes?"),
        ("range: [-1, 1]", "group: all", "'all' is not known; known are both"),
        ("range: [-1, 1]", "combine: mean", "'mean' is not known; known are sum, max, min"),
        ("range: [-1, 1]", "gamma: 0", ":9: targets.pan.gamma: is 0, must be within [0.05, 20]"),
        ("range: [-1, 1]", "rate: -2", ":9: targets.pan.rate: is -2, must be within [1e-06, inf]"),
        ("range: [-1, 1]", "deadband: 2", ":9: targets.pan.deadband: is 2, must be within [0, 1]"),
        (", acceleration: 10.0", "", ":8: targets.pan: of a single body needs a rate and an acceleration"),
        ("rate: 2.0, ", "", ":8: targets.pan: of a single body needs a rate and an acceleration"),
        ("curve: [[0, 0], [1, 1]]", "curve: [[0, 0]]", ":12: targets.lid_left.curve: needs two points or more"),
        ("curve: [[0, 0], [1, 1]]", "curve: [[1, 0], [0, 1]]", "must rise in x from point to point"),
        ("curve: [[0, 0], [1, 1]]", "curve: [[0, 0], [1]]", "targets.lid_left.curve[1]: must be two numbers"),
        ("range: [0, 1.2]", "gamma: 2", ":13: targets.lid_left.gamma: stands beside a curve; use one of them"),
        ("mirror: lid_left", "mirror: lid_lft", ":14: targets.lid_right.mirror: 'lid_lft' is not known, did you mean"),
        ("mirror: lid_left", "mirror: lid_right", "lid_right is a mirror itself"),
        ("mirror: lid_left", "mirror: lid_left, from: {}", "stands beside mirror, which gives it"),
        ("{mirror: lid_left}", "3", ":14: targets.lid_right: must be a mapping, got '3'"),
        ("lid_right: {mirror: lid_left}", "pan: {}", ":14: targets: pan stands twice"),
        ("schema: mine", "schema: My Head", ":1: schema: 'My Head' cannot stand in a topic; use a-z, 0-9 and _"),
        ("schema: mine", "scheme: mine", ":1: scheme is not known, did you mean schema?"),
        ("doc: My head", "source: vrm1", "'vrm1' is not known; known are arkit52"),
        ("single: true", "single: maybe", ":3: single: must be true or false, got 'maybe'"),
        ("doc: My head", "urdf: nothing.urdf", ":2: urdf: cannot read "),
        ("doc: My head", "extends: robot11", ":2: extends: there is no profile robot11, did you mean robot10?"),
        ("doc: My head", "extends: mine.yaml", ":2: extends: mine.yaml extends this file, directly or in turn"),
        ("groups: {both: 1.0}", "groups: {both: 0}", ":5: groups.both: is 0, must be within"),
        ("targets:", "targets: [", "is not YAML"),
        ("targets:", "\ttargets:", ":6: is not YAML"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_its_line_and_the_reason(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    assert message in refused(tmp_path, GOOD.replace(old, new, 1))


@pytest.mark.parametrize(
    ("text", "message"),
    [("", ": is empty"), ("[]", ":1: must be a mapping"), ("schema: x", ":1: has no targets"),
     ("targets: {}", ":1: has no schema"), ("a: &x [*x]", "a is not known"),
     ("schema: x\ntargets: {y: 1e}", "targets.y")],
)  # fmt: skip
def test_a_file_of_another_kind(tmp_path: Path, text: str, message: str) -> None:
    assert message in refused(tmp_path, text)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"nothing\.yaml: cannot be read"):
        load(str(tmp_path / "nothing.yaml"))
    with pytest.raises(ProfileError, match="no profile is called 'robot1', did you mean robot10"):
        load("robot1")
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ProfileError, match=r"binary\.yaml"):
        load(str(binary))


def test_a_profile_that_extends_another_changes_what_it_names(tmp_path: Path) -> None:
    file = tmp_path / "slow.yaml"
    file.write_text(
        "schema: slow\nextends: robot10\ndefaults: {rate: 1.5}\nrename: {jaw: chin}\n"
        "targets:\n  brow_left: {from: {browInnerUp: 0.1}}\n  lid_right: {from: {eyeBlinkLeft: 1.0}}\n",
        "utf-8",
    )
    slow, base = load(str(file)), load("robot10")
    assert slow.single
    assert slow.names == tuple("chin" if n == "jaw" else n for n in base.names)
    of = {t.name: t for t in slow.targets}
    assert of["chin"].sources == base.targets[-1].sources
    assert of["chin"].rate == 1.5  # that of robot10's defaults
    assert of["neck_yaw"].rate == 4.0  # its own
    assert dict(of["brow_right"].sources) == {"browInnerUp": 0.1}  # still the mirror of the left one
    assert dict(of["lid_right"].sources) == {"eyeBlinkLeft": 1.0}


def test_a_profile_must_fit_the_body_that_it_names(tmp_path: Path) -> None:
    (tmp_path / "body.urdf").write_text(robot.urdf(), "utf-8")
    text = "schema: mine\nextends: robot10\nurdf: body.urdf\n"
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    assert parse(tmp_path / "mine.yaml").names == load("robot10").names
    for change, message in {
        "targets: {jaw: {range: [0, 0.5]}}": "urdf: jaw: the upper end of range is beyond what body.urdf allows",
        "targets: {jaw: {rate: 9}}": "urdf: jaw: rate is beyond what body.urdf allows",
        "rename: {jaw: chin}": "urdf: body.urdf has no joint chin with a limit",
    }.items():
        assert message in refused(tmp_path, text + change)
    (tmp_path / "body.urdf").write_text("<robot>", "utf-8")
    assert "is not XML" in refused(tmp_path, text)


def test_a_shipped_profile_is_there_to_begin_with(tmp_path: Path) -> None:
    body = tmp_path / "body.urdf"
    body.write_text(robot.urdf(), "utf-8")
    mine = export_profile("robot10", tmp_path, body)
    assert load(str(mine)).targets == load("robot10").targets
    mine.write_text(mine.read_text("utf-8").replace("range: [-1.2, 1.2]", "range: [-1.2, 1.3]"), "utf-8")
    with pytest.raises(ProfileError, match=r"robot10\.yaml:6: urdf: neck_yaw: the upper end of range is beyond"):
        load(str(mine))


def test_names_of_an_expression_space_are_targets_and_sources(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    text = (
        "schema: mine\nspace: unified\ntargets:\n  JawOpen: {gain: 0.5}\n"
        "  jaws: {from: {JawLeft: 1, JawRight: -1}, range: [-1, 1]}\n"
    )
    file.write_text(text, "utf-8")
    of = {t.name: t for t in load(str(file)).targets}
    assert of["EyeWideLeft"].sources == (("EyeWideLeft", 1.0),)
    assert of["EyeWideLeft"].region is Region.EYES
    assert of["JawOpen"].gain == 0.5
    assert dict(of["jaws"].sources) == {"JawLeft": 1.0, "JawRight": -1.0}
    assert "TongueRoll" not in of  # ARKit tells nothing of it
    assert "'unifid' is not known, did you mean unified?" in refused(tmp_path, text.replace("unified", "unifid"))
    assert "no source is called JawLft, did you mean JawLeft?" in refused(tmp_path, text.replace("JawLeft", "JawLft"))


def test_targets_of_a_space_have_its_range_and_rest() -> None:
    of = {t.name: t for t in load("vtube_studio").targets}
    assert (of["MouthX"].lower, of["MouthX"].upper, of["MouthX"].neutral) == (-1, 1, 0)
    assert of["MouthSmile"].neutral == 0.5
