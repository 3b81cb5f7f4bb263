from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mien.doctor.finding import Level
from mien.doctor.installation import check_compiler, check_media, check_messages, check_pins, check_python, check_rclpy

from .graphs import only

NOWHERE = Path("/nowhere")


def version_of(**versions: str) -> Any:
    def version(name: str) -> str:
        try:
            return versions[name.replace("-", "_")]
        except KeyError:
            raise PackageNotFoundError(name) from None

    return version


def missing(name: str) -> Any:
    raise ModuleNotFoundError(f"No module named {name!r}", name=name.split(".")[0])


class Faces:
    """A message class as rosidl makes it: it knows its library once that was loaded."""

    _TYPE_SUPPORT: object = None

    @classmethod
    def __import_type_support__(cls) -> None:
        cls._TYPE_SUPPORT = object()


class Broken(Faces):
    _TYPE_SUPPORT = None

    @classmethod
    def __import_type_support__(cls) -> None:
        pass  # rosidl only logs what went wrong


def messages(cls: type = Faces) -> Any:
    return lambda name: SimpleNamespace(Faces=cls)


@pytest.mark.parametrize("version", [(3, 10), (3, 13)])
def test_python_in_range(version: tuple[int, int]) -> None:
    assert only(check_python(version)).level == Level.OK


@pytest.mark.parametrize("version", [(3, 9), (3, 14)])
def test_python_out_of_range(version: tuple[int, int]) -> None:
    finding = only(check_python(version))

    assert finding.level == Level.FAIL
    assert f"{version[0]}.{version[1]}" in finding.seen
    assert "PYTHON=" in finding.mend


def test_rclpy_from_wheels() -> None:
    finding = only(check_rclpy(lambda name: None, version_of(rclpy="7.1.5", ros_jazzy_rclpy="7.1.6"), {}))

    assert (finding.level, finding.seen) == (Level.OK, "7.1.6 from wheels")


def test_rclpy_missing_while_ros_is_installed_but_not_sourced(tmp_path: Path) -> None:
    (tmp_path / "jazzy").mkdir()
    (tmp_path / "jazzy" / "setup.bash").touch()

    finding = only(check_rclpy(missing, version_of(), {}, tmp_path))

    assert finding.level == Level.FAIL
    assert finding.mend.startswith(f"source {tmp_path}/jazzy/setup.bash")


def test_rclpy_missing_altogether() -> None:
    assert "make setup" in only(check_rclpy(missing, version_of(), {}, NOWHERE)).mend


def test_rclpy_of_another_python() -> None:
    def load(name: str) -> Any:
        raise ImportError("_rclpy_pybind11 was not built for this Python")

    finding = only(check_rclpy(load, version_of(), {"ROS_DISTRO": "jazzy"}, NOWHERE))

    assert finding.level == Level.FAIL
    assert "_rclpy_pybind11" in finding.seen
    assert "the Python that ROS 2 jazzy was built for" in finding.mend


def test_another_distribution_is_sourced() -> None:
    finding = only(check_rclpy(lambda name: None, version_of(), {"ROS_DISTRO": "humble"}))

    assert finding.level == Level.WARN
    assert "humble" in finding.seen


def test_messages_compiled_for_other_libraries() -> None:
    def requires(name: str) -> list[str]:
        return ["ros-jazzy-rclpy[fastrtps]==7.1.6", "ros-jazzy-common-interfaces==5.3.6", "numpy>=1.26"]

    version = version_of(ros_jazzy_rclpy="7.2.0", ros_jazzy_common_interfaces="5.3.6")

    finding = only(check_pins(requires, version))

    assert finding.level == Level.FAIL
    assert "ros-jazzy-rclpy is 7.2.0, not 7.1.6" in finding.seen
    assert "common-interfaces" not in finding.seen


def test_no_pins_where_messages_come_from_colcon() -> None:
    def requires(name: str) -> list[str]:
        raise PackageNotFoundError(name)

    assert not list(check_pins(requires))


def test_messages_load() -> None:
    finding = only(check_messages(messages(), version_of(mien_msgs="0.1.0"), sources=NOWHERE, prefixes=[]))

    assert (finding.level, finding.seen) == (Level.OK, "0.1.0")


@pytest.mark.parametrize("load", [missing, messages(Broken)])
def test_messages_do_not_load(load: Any) -> None:
    finding = only(check_messages(load, version_of(), sources=NOWHERE, prefixes=[]))

    assert finding.level == Level.FAIL
    assert "make setup" in finding.mend


def test_messages_of_yesterday(tmp_path: Path) -> None:
    write(tmp_path / "src/msg/Face.msg", "uint32 track_id  # never reused\nfloat32 score\n")
    write(tmp_path / "src/msg/Rig.msg", "uint32    track_id  # aligned anew\n")
    write(tmp_path / "built/share/mien_msgs/msg/Face.msg", "uint32 track_id\n")
    write(tmp_path / "built/share/mien_msgs/msg/Rig.msg", "uint32 track_id\n")

    finding = only(check_messages(messages(), version_of(), sources=tmp_path / "src", prefixes=[tmp_path / "built"]))

    assert finding.level == Level.FAIL
    assert finding.seen == "was built from other definitions of Face"


def test_the_compiler_is_of_no_interest_once_messages_are_built() -> None:
    assert not list(check_compiler(messages(), which=lambda tool: None))


def test_a_missing_compiler(tmp_path: Path) -> None:
    finding = only(
        check_compiler(missing, which=lambda tool: "/usr/bin/make" if tool == "make" else None, headers=tmp_path)
    )

    assert finding.level == Level.FAIL
    assert finding.mend == "apt-get install g++ python3-dev, then make setup"


def test_a_compiler_that_can_build_them(tmp_path: Path) -> None:
    (tmp_path / "Python.h").touch()

    assert only(check_compiler(missing, which=lambda tool: f"/usr/bin/{tool}", headers=tmp_path)).level == Level.OK


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(
    ("missing_modules", "says"),
    [
        ({"av"}, ["PyAV is not installed", "interlaced", "AV1"]),
        ({"pi_heif"}, ["pi-heif is not installed", "HEIC"]),
        ({"av", "pi_heif"}, ["PyAV is not installed", "pi-heif is not installed"]),
    ],
)
def test_media_that_cannot_be_read_is_named(missing_modules: set[str], says: list[str]) -> None:
    found = only(check_media(lambda name: None if name in missing_modules else object()))
    assert found.level == Level.WARN
    assert all(words in found.seen for words in says)
    assert ("HEIC" in found.seen) == ("pi_heif" in missing_modules)
    assert found.mend == "pip install 'mien[media]'"


def test_with_every_reader_of_media_nothing_is_said_against_it() -> None:
    assert only(check_media(lambda _: object())).level == Level.OK
