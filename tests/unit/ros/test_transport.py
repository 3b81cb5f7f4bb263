"""Which profile the middleware gets."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from mien.ros import transport

NAMES = ("FASTRTPS_DEFAULT_PROFILES_FILE", "FASTDDS_DEFAULT_PROFILES_FILE")
DDS = "{http://www.eprosima.com}"


@pytest.mark.parametrize(
    ("environ", "profile"),
    [
        ({}, transport.PROFILE),
        ({"ROS_AUTOMATIC_DISCOVERY_RANGE": "SUBNET"}, transport.PROFILE),
        ({"ROS_AUTOMATIC_DISCOVERY_RANGE": "localhost"}, transport.LOCAL_PROFILE),
        ({"ROS_LOCALHOST_ONLY": "1"}, transport.LOCAL_PROFILE),
        ({"ROS_LOCALHOST_ONLY": "0"}, transport.PROFILE),
    ],
)
def test_a_graph_that_stays_here_gets_the_profile_that_listens_here(environ: dict[str, str], profile: object) -> None:
    assert transport.tune(environ)
    assert [environ[name] for name in NAMES] == [str(profile)] * 2


def test_a_profile_of_the_users_stays() -> None:
    environ = {NAMES[0]: "mine.xml", "ROS_AUTOMATIC_DISCOVERY_RANGE": "LOCALHOST"}
    assert not transport.tune(environ)
    assert environ[NAMES[0]] == "mine.xml"


def test_the_profiles_differ_in_where_they_listen_only() -> None:
    everywhere, here = ET.parse(transport.PROFILE).getroot(), ET.parse(transport.LOCAL_PROFILE).getroot()
    (network,) = [t for t in here.iter(f"{DDS}transport_descriptor") if t.findtext(f"{DDS}type") == "UDPv4"]
    lists = network.findall(f"{DDS}interfaceWhiteList")
    assert [a.text for a in lists[0]] == ["127.0.0.1"]
    network.remove(lists[0])

    def said(root: ET.Element) -> list[tuple[str, str]]:
        return [(e.tag, (e.text or "").strip()) for e in root.iter() if isinstance(e.tag, str)]

    assert said(everywhere) == said(here)
