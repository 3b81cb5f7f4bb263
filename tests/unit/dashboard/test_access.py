"""Who may connect."""

from __future__ import annotations

import pytest

from mien.dashboard.access import Access


@pytest.mark.parametrize("host", ["127.0.0.1:8321", "localhost:8321", "[::1]:8321", "LOCALHOST"])
def test_this_machine_is_served_by_its_names(host: str) -> None:
    assert Access("127.0.0.1").host_problem(host) == ""


@pytest.mark.parametrize("host", ["evil.example:8321", "192.168.1.5:8321", "", "localhost.evil.example"])
def test_a_name_that_somebody_made_point_here_is_refused(host: str) -> None:
    assert Access("127.0.0.1").host_problem(host)


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1:9999", "null", "file://", "http://localhost:8321.evil.example"]
)
def test_a_page_of_another_origin_is_refused(origin: str) -> None:
    assert Access("127.0.0.1").origin_problem(origin, "127.0.0.1:8321")


def test_its_own_page_and_programs_are_let_in() -> None:
    access = Access("127.0.0.1")
    assert access.origin_problem("http://127.0.0.1:8321", "127.0.0.1:8321") == ""
    assert access.origin_problem(None, "127.0.0.1:8321") == ""


def test_on_a_network_looking_needs_the_token_and_names_do_not_rebind() -> None:
    access = Access("0.0.0.0")
    assert access.needs_token
    assert access.host_problem("192.168.1.5:8321") == ""
    assert access.host_problem("evil.example:8321")


@pytest.mark.parametrize("token", ["", "wrong", None, 5, "secre", "secret\0"])
def test_only_the_token_fits(token: object) -> None:
    access = Access("127.0.0.1", token="secret")
    assert access.fits("secret")
    assert not access.fits(token)


def test_tokens_are_made_anew_and_long() -> None:
    first, second = Access("127.0.0.1").token, Access("127.0.0.1").token
    assert first != second
    assert len(first) >= 20
