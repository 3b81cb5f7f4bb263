"""The page that is shipped was built from the sources beside it, and needs nothing from elsewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

from mien.dashboard import files

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 1_900_000  # three.js is in it twice: for the live page, and within the report


def test_the_build_is_of_these_sources() -> None:
    assert files.DIGEST.read_text().strip() == files.digest(), "the page is older than its sources: run `make page`"


def test_it_is_small_and_loads_nothing_from_elsewhere() -> None:
    shipped = files.load()
    assert {"index.html", "page.js", "index.css", "icon.svg", "licences.txt"} <= shipped.keys()
    assert sum(len(data) for data, _ in shipped.values()) < MOST_BYTES
    page = shipped["index.html"][0].decode()
    named = re.findall(r'(?:src|href)="([^"#]+)"', page)
    assert named
    assert {n.lstrip("/") for n in named} <= shipped.keys()
    assert "<script>" not in page, "the content security policy allows none"
    assert "@import" not in shipped["index.css"][0].decode()
    assert "http" not in "".join(re.findall(r"url\(([^)]*)\)", shipped["index.css"][0].decode()))


def test_the_licence_of_every_part_is_shipped() -> None:
    needed = json.loads((files.SOURCES / "package.json").read_text())["dependencies"]
    text = files.load()["licences.txt"][0].decode()
    for name, version in needed.items():
        assert f"{name} {version} (MIT)" in text


def test_versions_are_pinned() -> None:
    about = json.loads((files.SOURCES / "package.json").read_text())
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", v) for v in about["dependencies"].values())
    assert (files.SOURCES / "package-lock.json").is_file()
