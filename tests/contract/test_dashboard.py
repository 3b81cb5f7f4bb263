"""The page that is shipped was built from the sources beside it, and needs nothing from elsewhere."""

from __future__ import annotations

import json
import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

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


# Viénot, Brettel & Mollon 1999, "Digital video colourmaps for checking the legibility of displays by dichromats".
LMS = np.array([[17.8824, 43.5161, 4.11935], [3.45565, 27.1554, 3.86714], [0.0299566, 0.184309, 1.46709]])
EYES = {
    "all cones": np.eye(3),
    "no red cones": np.array([[0, 2.02344, -2.52581], [0, 1, 0], [0, 0, 1]]),
    "no green cones": np.array([[1, 0, 0], [0.494207, 0, 1.24827], [0, 0, 1]]),
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
APART = 15.0  # CIE 1976; a just noticeable difference is about 2.3


def lab(colour: str, eyes: NDArray[np.float64]) -> NDArray[np.float64]:
    """CIELAB under D65 of an sRGB colour, as these eyes see it."""
    srgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.linalg.inv(LMS) @ eyes @ LMS @ linear, 0, 1)
    white = XYZ @ seen / XYZ.sum(axis=1)
    x, y, z = np.where(white > 0.008856, np.cbrt(white), 7.787 * white + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("eyes", EYES)
def test_colours_stay_apart_for_the_colour_blind(eyes: str) -> None:
    css = files.load()["index.css"][0].decode()
    themes = [
        dict(re.findall(r"--((?:person|emotion|line)-\w):\s*(#[0-9a-f]{6})", block)) for block in css.split(":root")
    ]
    themes = [t for t in themes if t]
    assert len(themes) == 3, "light, and dark twice: by the system and by the button"
    for theme in themes:
        for kind, count in (("person", 6), ("emotion", 8), ("line", 3)):
            seen = {n: lab(c, EYES[eyes]) for n, c in theme.items() if n.startswith(kind)}
            assert len(seen) == count
            for a, b in combinations(seen, 2):
                assert np.linalg.norm(seen[a] - seen[b]) > APART, (a, b)
