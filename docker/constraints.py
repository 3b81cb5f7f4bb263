"""Write constraints.txt: the versions that the newest resolve picks on every supported Python.

    python docker/constraints.py

Needs python3.10 to python3.13 on PATH and the network. Run the tests before committing the result.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import tomllib

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
EXTRAS = ("bags", "report", "research", "actor", "bridges", "dashboard", "test")
HEAD = "# Tested versions. Written by docker/constraints.py; used by make setup and the images.\n"


def requirements() -> list[str]:
    root = tomllib.loads((ROOT / "pyproject.toml").read_text())
    msgs = tomllib.loads((ROOT / "msgs/pyproject.toml").read_text())
    project = root["project"]
    extras = [r for extra in EXTRAS for r in project["optional-dependencies"][extra]]
    colcon = root["dependency-groups"]["colcon"]
    return [*project["dependencies"], *extras, *msgs["project"]["dependencies"], *colcon]


def resolve(python: str, wanted: list[str]) -> dict[str, str]:
    """Versions by distribution name, picked by pip on that Python; nothing is installed."""
    with tempfile.TemporaryDirectory() as venv:
        subprocess.run([f"python{python}", "-m", "venv", venv], check=True)
        pip = [f"{venv}/bin/python", "-m", "pip", "--quiet"]
        subprocess.run([*pip, "install", "--upgrade", "pip"], check=True)
        report = subprocess.run(
            [*pip, "install", "--dry-run", "--ignore-installed", "--report", "-", *wanted],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
    picked = (item["metadata"] for item in json.loads(report)["install"])
    return {item["name"].lower().replace("_", "-"): item["version"] for item in picked}


def lines(resolved: dict[str, dict[str, str]]) -> list[str]:
    """One constraint per name and version, with a marker where Pythons differ."""
    pythons: dict[tuple[str, str], list[str]] = defaultdict(list)
    for python, versions in resolved.items():
        for pin in versions.items():
            pythons[pin].append(python)
    out = []
    for (name, version), on in sorted(pythons.items()):
        marker = " or ".join(f"python_version == '{python}'" for python in on)
        everywhere = len(on) == len(resolved)
        out.append(f"{name}=={version}" + ("" if everywhere else f" ; {marker}"))
    return out


if __name__ == "__main__":
    wanted = requirements()
    pins = lines({python: resolve(python, wanted) for python in PYTHONS})
    (ROOT / "docker/constraints.txt").write_text(HEAD + "\n".join(pins) + "\n")
    print(f"{len(pins)} versions", file=sys.stderr)
