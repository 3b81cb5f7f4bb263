from __future__ import annotations

from pathlib import Path

import pytest

from mien.doctor.finding import Level
from mien.doctor.settings import check_domain, check_middleware, check_profile, check_range, domain_of

from .graphs import only

SMALL, LARGE = "<segment_size>524288</segment_size>", "<segment_size>134217728</segment_size>"


@pytest.mark.parametrize(
    ("text", "domain", "level"),
    [
        ("", 0, Level.OK),
        ("7", 7, Level.OK),
        ("101", 101, Level.OK),
        ("150", 150, Level.WARN),
        ("233", None, Level.FAIL),
        ("-1", None, Level.FAIL),
        ("lab", None, Level.FAIL),
    ],
)
def test_domains(text: str, domain: int | None, level: Level) -> None:
    environ = {"ROS_DOMAIN_ID": text} if text else {}

    assert domain_of(environ) == domain
    assert only(check_domain(environ)).level == level


@pytest.mark.parametrize(
    ("environ", "level", "word"),
    [
        ({}, Level.OK, "its network"),
        ({"ROS_AUTOMATIC_DISCOVERY_RANGE": "LOCALHOST"}, Level.OK, "this machine only"),
        ({"ROS_AUTOMATIC_DISCOVERY_RANGE": "OFF"}, Level.FAIL, "no node finds another"),
        ({"ROS_AUTOMATIC_DISCOVERY_RANGE": "LAN"}, Level.FAIL, "LAN is not known"),
        ({"ROS_LOCALHOST_ONLY": "1"}, Level.WARN, "no other machine"),
        ({"ROS_LOCALHOST_ONLY": "0"}, Level.OK, "its network"),
    ],
)
def test_reach(environ: dict[str, str], level: Level, word: str) -> None:
    finding = only(check_range(environ))

    assert finding.level == level
    assert word in finding.seen


def test_a_discovery_server_and_peers() -> None:
    findings = list(check_range({"ROS_DISCOVERY_SERVER": "10.0.0.1:11811", "ROS_STATIC_PEERS": "10.0.0.2"}))

    assert [f.level for f in findings] == [Level.OK, Level.WARN, Level.OK]
    assert "10.0.0.1:11811" in findings[1].seen


@pytest.mark.parametrize(("text", "level"), [(SMALL, Level.WARN), (LARGE, Level.OK), ("<dds/>", Level.WARN)])
def test_a_profile_of_the_users(tmp_path: Path, text: str, level: Level) -> None:
    ours, theirs = tmp_path / "ours.xml", tmp_path / "theirs.xml"
    ours.write_text("<segment_size>67108864</segment_size>")
    theirs.write_text(text)

    finding = only(check_profile(ours, {"FASTRTPS_DEFAULT_PROFILES_FILE": str(theirs)}))

    assert finding.level == level
    assert str(theirs) in finding.seen


def test_a_profile_that_is_not_there(tmp_path: Path) -> None:
    finding = only(check_profile(tmp_path / "ours.xml", {"FASTDDS_DEFAULT_PROFILES_FILE": "/gone.xml"}))

    assert finding.level == Level.FAIL
    assert finding.mend == "unset FASTDDS_DEFAULT_PROFILES_FILE"


def test_our_profile(tmp_path: Path) -> None:
    ours = tmp_path / "ours.xml"

    assert only(check_profile(ours, {})).level == Level.OK
    assert only(check_profile(ours, {"FASTDDS_DEFAULT_PROFILES_FILE": str(ours)})).level == Level.OK


@pytest.mark.parametrize("environ", [{}, {"RMW_IMPLEMENTATION": "rmw_fastrtps_cpp"}])
def test_the_usual_middleware_goes_without_saying(environ: dict[str, str]) -> None:
    assert not list(check_middleware(environ, []))


def test_another_middleware(tmp_path: Path) -> None:
    environ = {"RMW_IMPLEMENTATION": "rmw_cyclonedds_cpp"}

    assert only(check_middleware(environ, [tmp_path])).level == Level.FAIL
    (tmp_path / "librmw_cyclonedds_cpp.so").touch()
    assert only(check_middleware(environ, [tmp_path])).level == Level.WARN
