"""The robot face: a valid body, joints that move as they say, and a loader that tells what is wrong."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from numpy.typing import NDArray

from mien_models import ModelError
from mien_models.avatars import export_robot, load_robot, robot
from mien_models.spaces import arkit

F64 = NDArray[np.float64]


@pytest.fixture(scope="module")
def body() -> ET.Element:
    return ET.fromstring(robot.urdf())


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return export_robot(tmp_path / "robot")


def test_ten_servos_and_one_copy(body: ET.Element) -> None:
    joints = {joint.get("name"): joint for joint in body.findall("joint")}
    copies = {name for name, joint in joints.items() if joint.find("mimic") is not None}
    assert copies == {"gaze_yaw_right"}
    assert set(joints) - copies == {joint.name for joint in robot.JOINTS}
    assert len(robot.JOINTS) == 10


def test_the_body_is_one_tree(body: ET.Element) -> None:
    links = {link.get("name") for link in body.findall("link")}
    children = [joint.find("child").get("link") for joint in body.findall("joint")]  # type: ignore[union-attr]
    parents = {joint.find("parent").get("link") for joint in body.findall("joint")}  # type: ignore[union-attr]
    assert len(children) == len(set(children))
    assert parents | set(children) == links
    assert links - set(children) == {"base"}


def test_limits_and_axes(body: ET.Element) -> None:
    of = {joint.name: joint for joint in robot.JOINTS}
    for element in body.findall("joint"):
        limit, axis, mimic = element.find("limit"), element.find("axis"), element.find("mimic")
        assert limit is not None
        assert axis is not None
        joint = of[str(element.get("name") if mimic is None else mimic.get("joint"))]
        assert element.get("type") == "revolute"
        assert [float(limit.get(k, "nan")) for k in ("lower", "upper", "velocity")] == pytest.approx(
            [joint.lower_rad, joint.upper_rad, joint.max_rate_rad_s]
        )
        assert float(limit.get("effort", "nan")) > 0
        assert np.linalg.norm(numbers(axis.get("xyz"))) == pytest.approx(1)


def test_inertias_are_those_of_solids(body: ET.Element) -> None:
    for link in body.findall("link"):
        inertial = link.find("inertial")
        assert inertial is not None
        mass, terms = inertial.find("mass"), inertial.find("inertia")
        assert mass is not None
        assert terms is not None
        assert float(mass.get("value", "nan")) > 0
        tensor = np.array([[float(terms.get("i" + "".join(sorted(a + b)), "nan")) for b in "xyz"] for a in "xyz"])
        moments = np.linalg.eigvalsh(tensor)
        assert moments[0] > 0
        assert moments[2] <= moments[0] + moments[1] + 1e-12


def test_mass_and_inertia_of_two_balls() -> None:
    balls = tuple(robot.Shape("sphere", (0.1,), (x, 0, 0), (0, 0, 0), "red") for x in (-1, 3))
    mass, centre, inertia = robot._mass(balls)
    one = 400 * 4 / 3 * np.pi * 0.001
    assert mass == pytest.approx(2 * one)
    np.testing.assert_allclose(centre, [1, 0, 0])
    own = 0.4 * one * 0.01
    np.testing.assert_allclose(np.diag(inertia), [2 * own, 2 * (own + 4 * one), 2 * (own + 4 * one)])


def numbers(text: str | None) -> F64:
    return np.array([float(word) for word in str(text).split()])


def place(body: ET.Element, link: str, point: tuple[float, float, float], **angles: float) -> F64:
    """Where a point of a link is in the world, by Rodrigues' formula down the tree."""
    at = np.array(point)
    while link != "base":
        joint = next(j for j in body.findall("joint") if j.find("child").get("link") == link)  # type: ignore[union-attr]
        axis = numbers(joint.find("axis").get("xyz"))  # type: ignore[union-attr]
        angle = angles.get(str(joint.get("name")), 0.0)
        at = at * np.cos(angle) + np.cross(axis, at) * np.sin(angle) + axis * (axis @ at) * (1 - np.cos(angle))
        at = at + numbers(joint.find("origin").get("xyz"))  # type: ignore[union-attr]
        link = joint.find("parent").get("link")  # type: ignore[union-attr, assignment]
    return at


@pytest.mark.parametrize(
    ("joint", "link", "point", "direction"),
    [
        ("neck_yaw", "head", (0.1, 0, 0), (0, 1, 0)),
        ("brow_left", "brow_left_link", (0, -0.05, 0), (0, 0, 1)),
        ("brow_right", "brow_right_link", (0, 0.05, 0), (0, 0, 1)),
        ("lid_left", "lid_left_link", (0.02, 0, 0), (0, 0, -1)),
        ("lid_right", "lid_right_link", (0.02, 0, 0), (0, 0, -1)),
        ("lip_corner_left", "lip_corner_left_link", (0, 0.04, 0), (0, 0, 1)),
        ("lip_corner_right", "lip_corner_right_link", (0, -0.04, 0), (0, 0, 1)),
        ("gaze_pitch", "eye_left_link", (0.02, 0, 0), (0, 0, 1)),
        ("gaze_yaw", "eye_left_link", (0.02, 0, 0), (0, 1, 0)),
        ("gaze_yaw_right", "eye_right_link", (0.02, 0, 0), (0, 1, 0)),
        ("jaw", "jaw_link", (0.06, 0, 0), (0, 0, -1)),
    ],
)
def test_positive_is_what_it_says(
    body: ET.Element, joint: str, link: str, point: tuple[float, float, float], direction: tuple[float, float, float]
) -> None:
    moved = place(body, link, point, **{joint: 0.2}) - place(body, link, point)
    assert moved @ direction > 0.8 * np.linalg.norm(moved) > 0


def test_expressions_drive_the_servos(files: tuple[Path, Path]) -> None:
    face = load_robot(files[1])
    assert face.names == robot.RobotFace().names

    def at(**inputs: float) -> dict[str, float]:
        return dict(zip(face.names, face.positions(inputs), strict=True))

    assert at() == dict.fromkeys(face.names, 0.0)
    assert at(eyeBlinkLeft=1)["lid_left"] == pytest.approx(1.1)
    assert at(eyeBlinkLeft=1)["lid_right"] == 0
    assert at(mouthSmileRight=0.5)["lip_corner_right"] == pytest.approx(0.3)
    assert at(browDownLeft=1)["brow_left"] < 0 < at(browInnerUp=1)["brow_left"]
    assert at(eyeLookOutLeft=1, eyeLookInRight=1)["gaze_yaw"] > 0 > at(eyeLookInLeft=1, eyeLookOutRight=1)["gaze_yaw"]
    assert at(headYaw=0.4)["neck_yaw"] == pytest.approx(0.4)
    everything = face.positions(dict.fromkeys(arkit.BLENDSHAPES, 1.0))
    assert ((face.lower <= everything) & (everything <= face.upper)).all()
    assert at(headYaw=9)["neck_yaw"] == pytest.approx(1.2)
    with pytest.raises(ValueError, match="smile"):
        face.positions({"smile": 1})


def test_no_servo_is_faster_than_its_rate() -> None:
    face = robot.RobotFace()
    goal = face.upper
    now = face.approach(face.neutral, goal, 0.01)
    assert (np.abs(now - face.neutral) <= face.max_rate * 0.01 + 1e-12).all()
    np.testing.assert_allclose(face.approach(face.neutral, goal, 10.0), goal)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  jawOpen: 0.45", "  jawOpne: 0.45", "joint jaw: no input is called jawOpne"),
        ("  jawOpen: 0.45", "  jawOpen: much", "joint jaw: drive: jawOpen must be a number, got 'much'"),
        ("lower_rad: -1.2", "lower_rad: 1.2", "joint neck_yaw: limits must rise"),
        ("lower_rad: -1.2", "lower_rad: .nan", "joint neck_yaw: numbers must be finite"),
        ("max_rate_rad_s: 4.0", "max_rate_rad_s: 0", "joint neck_yaw: max_rate_rad_s is 0, must be above 0"),
        ("max_rate_rad_s: 4.0", "max_rate_rad_s: 40", "joint neck_yaw: max_rate_rad_s is beyond what"),
        ("max_rate_rad_s: 4.0", "rate: 4.0", "joint neck_yaw has no max_rate_rad_s"),
        ("    positive:", "    colour: red\n    positive:", "joint neck_yaw has colour, which nobody knows"),
        ("name: jaw", "name: neck_yaw", "two joints are called neck_yaw"),
        ("name: jaw", "name: chin", "joint chin: mien_robot_face.urdf has no such joint"),
        ("name: jaw", "name: 7", "joint number 10: name must be text, got 7"),
        ("neutral_rad: 0.0", "neutral_rad: 3", "joint neck_yaw: neutral_rad is 3, outside of -1.2 to 1.2"),
        ("urdf: mien_robot_face.urdf", "urdf: other.urdf", "cannot read"),
        ("urdf: mien_robot_face.urdf", "", "the file has no urdf"),
        ("joints:", "joints: [", "is not YAML"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(files: tuple[Path, Path], old: str, new: str, message: str) -> None:
    text = files[1].read_text("utf-8")
    assert old in text
    files[1].write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ModelError) as caught:
        load_robot(files[1])
    assert message in str(caught.value)
    assert str(files[1]) in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot read .*nothing\.yaml"):
        load_robot(tmp_path / "nothing.yaml")


def test_a_broken_body(files: tuple[Path, Path]) -> None:
    files[0].write_text("<robot>", "utf-8")
    with pytest.raises(ModelError, match="is not XML"):
        load_robot(files[1])


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ModelError, match="name another place"):
        export_robot(tmp_path / "file")
