"""What the packages ship agrees with the graph and with one another."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import setuptools

import mien
from mien import graph

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[2]
PREFIX = Path(sys.prefix)
PACKAGES = {"mien_msgs": "msgs", "mien_nodes": "nodes", "mien_bringup": "launch"}
STALE = "the installed files are older than the sources: run `make setup`"


def toml(path: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / path).read_text())


def package_xml(folder: str) -> ElementTree.Element:
    return ElementTree.parse(ROOT / folder / "package.xml").getroot()


def distribution(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-")


def test_colcon_registers_every_node(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr(setuptools, "setup", given.update)
    monkeypatch.setattr(sys, "path", [*sys.path])
    runpy.run_path(str(ROOT / "nodes/setup.py"))
    assert given["entry_points"] == {"console_scripts": [f"{n.executable} = {n.entry}" for n in graph.NODES]}


def test_pip_installs_an_executable_per_node() -> None:
    shims = {shim.name: shim for shim in (PREFIX / "lib/mien_nodes").iterdir()}
    assert set(shims) == {n.executable for n in graph.NODES}, STALE
    for node in graph.NODES:
        module, function = node.entry.split(":")
        text = shims[node.executable].read_text()
        assert f"from {module} import {function}; raise SystemExit({function}())" in text, STALE
        assert os.access(shims[node.executable], os.X_OK)


@pytest.mark.parametrize("node", graph.NODES, ids=lambda n: n.name)
def test_entry_exists(node: graph.Node) -> None:
    module, function = node.entry.split(":")
    spec = importlib.util.find_spec(module)
    assert spec
    assert spec.origin
    tree = ast.parse(Path(spec.origin).read_text())
    assert function in {item.name for item in tree.body if isinstance(item, ast.FunctionDef)}


@pytest.mark.ros
def test_executable_passes_the_exit_code_on() -> None:
    """A launch file tells a node that failed from one that finished by it."""
    command = [PREFIX / "lib/mien_nodes/camera", "--ros-args", "-p", "camera.source:=/missing.mp4"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert "/missing.mp4" in done.stderr


@pytest.mark.parametrize(
    ("installed", "source"),
    [
        ("share/mien_nodes/package.xml", "nodes/package.xml"),
        ("share/mien_bringup/package.xml", "launch/package.xml"),
        ("share/mien_bringup/launch/mien.launch.py", "launch/mien.launch.py"),
        ("share/mien_bringup/params/default.yaml", "launch/params/default.yaml"),
    ],
)
def test_pip_installs_what_launch_reads(installed: str, source: str) -> None:
    assert (PREFIX / installed).read_text() == (ROOT / source).read_text(), STALE


@pytest.mark.parametrize("package", PACKAGES)
def test_package_is_in_the_index(package: str) -> None:
    assert (PREFIX / "share/ament_index/resource_index/packages" / package).is_file(), STALE


@pytest.mark.parametrize(("package", "folder"), PACKAGES.items())
def test_one_version(package: str, folder: str) -> None:
    manifest = package_xml(folder)
    assert manifest.findtext("name") == package
    assert manifest.findtext("version") == mien.__version__
    assert (ROOT / "ros_ws/src" / package).resolve() == ROOT / folder


@pytest.mark.parametrize("path", ["pyproject.toml", "msgs/pyproject.toml"])
def test_one_version_under_pip(path: str) -> None:
    assert toml(path)["project"]["version"] == mien.__version__


def test_nodes_declare_the_packages_of_their_types() -> None:
    declared = {item.text for item in package_xml("nodes").iter("exec_depend")}
    services = [service for node in graph.NODES for service in node.services]
    used = {item.type.split("/")[0] for item in (*graph.TOPICS, *services)}
    for path in (ROOT / "nodes/mien").rglob("*.py"):
        used |= set(re.findall(r"^\s*from (\w+_(?:msgs|srvs|interfaces))\.", path.read_text("utf-8"), re.MULTILINE))
    assert used | {"rclpy"} <= declared


def test_every_dependency_has_a_tested_version() -> None:
    project = toml("pyproject.toml")["project"]
    wanted = [*project["dependencies"], *toml("msgs/pyproject.toml")["project"]["dependencies"]]
    for extra in ("bags", "report", "test"):
        wanted += project["optional-dependencies"][extra]
    pins = (ROOT / "docker/constraints.txt").read_text().splitlines()
    tested = {distribution(line) for line in pins if not line.startswith("#")}
    assert {distribution(item) for item in wanted} <= tested, "run `python docker/constraints.py`"


def test_the_public_ci_runs_every_python_that_is_allowed() -> None:
    low, high = re.findall(r"3\.(\d+)", toml("pyproject.toml")["project"]["requires-python"])
    workflow = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    (versions,) = re.findall(r"^ *python: \[(.*)\]$", workflow, re.MULTILINE)
    assert versions.split(", ") == [f'"3.{minor}"' for minor in range(int(low), int(high))]
    assert "run: make test" in workflow
