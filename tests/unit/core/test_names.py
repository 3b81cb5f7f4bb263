from __future__ import annotations

import pytest

from mien.core.names import absolute, is_name, is_namespace


@pytest.mark.parametrize(
    ("name", "namespace", "full"),
    [
        ("rigs", "", "/rigs"), ("rigs", "/", "/rigs"), ("rigs", "lab", "/lab/rigs"), ("rigs", "/a/b/", "/a/b/rigs"),
        ("/diagnostics", "lab", "/diagnostics"), ("", "lab", "/lab"), ("", "", "/"),
    ],
)  # fmt: skip
def test_names_join(name: str, namespace: str, full: str) -> None:
    assert absolute(name, namespace) == full


def test_what_ros_takes_for_a_name() -> None:
    good, bad = ["a", "/a", "a/b", "_a1/b_2"], ["", "/", "a//b", "a/", "1a", "a b", "a-b", "é", "a\n"]
    assert [n for n in [*good, *bad] if is_name(n)] == good
    assert [n for n in ("", "/", "a", "/a/", "a/b", "//a", "a//b", "9") if is_namespace(n)] == [
        "",
        "/",
        "a",
        "/a/",
        "a/b",
    ]
