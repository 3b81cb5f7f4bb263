"""The robot face: a valid body, joints that move as they say, and pictures of it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from numpy.typing import NDArray

from mien_models import ModelError
from mien_models.avatars import export_robot, robot
from mien_models.avatars.robot_view import RobotView

F64 = NDArray[np.float64]


@pytest.fixture(scope="module")
def body() -> ET.Element:
    return ET.fromstring(robot.urdf())


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


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ModelError, match="name another place"):
        export_robot(tmp_path / "file")


def test_the_body_is_written_as_it_is_told(tmp_path: Path) -> None:
    assert export_robot(tmp_path / "robot").read_text("utf-8") == robot.urdf()


# Pictures. The robot's left is on the right.


@pytest.fixture(scope="module")
def view() -> RobotView:
    return RobotView(robot.urdf(), width=160, height=160)


def picture(view: RobotView, **positions: float) -> NDArray[np.int16]:
    return view.draw(positions).astype(np.int16)


def changed(a: NDArray[np.int16], b: NDArray[np.int16]) -> NDArray[np.bool_]:
    return np.asarray(np.abs(a - b).max(axis=2) > 30)


def pupils(image: NDArray[np.int16]) -> int:
    """Pixels that are black: only pupils are."""
    return int((image.max(axis=2) < 45).sum())


def test_at_rest_it_is_the_same_on_both_sides(view: RobotView) -> None:
    image = picture(view)
    assert changed(image, image[:, ::-1]).mean() < 0.01


def test_a_wink_is_seen_on_its_own_side_and_hides_the_pupil(view: RobotView) -> None:
    rest, wink = picture(view), picture(view, lid_left=1.1)
    where = changed(rest, wink)
    assert where[:, 80:].sum() > 50
    assert where[:, :80].sum() == 0
    assert 0.3 * pupils(rest) < pupils(wink) < 0.7 * pupils(rest)
    assert pupils(picture(view, lid_left=1.1, lid_right=1.1)) < 0.2 * pupils(rest)


def test_corners_of_a_smile_stand_higher_and_those_of_a_frown_lower(view: RobotView) -> None:
    def height(image: NDArray[np.int16]) -> float:
        """Row of the middle of what is red beside the middle of the mouth."""
        red = (image[:, :, 0] - image[:, :, 2] > 60)[60:]
        red[:, 68:92] = False
        return float(np.nonzero(red)[0].mean())

    smile, rest, frown = (height(picture(view, lip_corner_left=a, lip_corner_right=a)) for a in (0.5, 0.0, -0.5))
    assert smile < rest - 1 < frown - 2


def test_the_gaze_goes_where_it_says(view: RobotView) -> None:
    def middle(image: NDArray[np.int16]) -> NDArray[np.float64]:
        return np.array(np.nonzero(image.max(axis=2) < 45)).mean(axis=1)

    rest, left, down = (middle(picture(view, **p)) for p in ({}, {"gaze_yaw": 0.3}, {"gaze_pitch": -0.3}))
    assert left[1] > rest[1] + 1
    assert down[0] > rest[0] + 1


def test_a_ball_is_as_large_as_a_pinhole_sees_it() -> None:
    """Radius 0.1 at 1 m: the edge is seen under asin(0.1); a height of 200 px at 60 degrees has a focal length
    of 100 / tan(30 degrees)."""
    body = """<robot name="ball"><link name="base"><visual><origin xyz="0 0 0.2"/><geometry><sphere radius="0.1"/>
      </geometry></visual></link></robot>"""
    image = RobotView(body, width=200, height=200, distance_m=1.0, height_m=0.2, fov_deg=60).draw({})
    row = image[100].astype(int)
    inside = np.flatnonzero(np.abs(row - row[0]).max(axis=1) > 20)
    seen = 2 * np.tan(np.arcsin(0.1)) * 100 / np.tan(np.pi / 6)
    assert len(inside) == pytest.approx(seen, abs=2)
    assert inside.mean() == pytest.approx(99.5, abs=1)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<robot>", "is not XML"),
        ('<robot><link name="a"><visual><geometry><mesh filename="x"/></geometry></visual></link></robot>', "link a"),
        ('<robot><joint name="j"><parent link="a"/></joint></robot>', "joint j has no parent or no child"),
    ],
)
def test_a_body_that_cannot_be_drawn(body: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        RobotView(body)
