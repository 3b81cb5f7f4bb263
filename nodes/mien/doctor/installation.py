"""Python, ROS, messages, and what builds them."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import sys
import sysconfig
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from mien.camera.files.reader import ABILITIES, MEND
from mien.doctor.finding import Findings, fail, listed, ok, warn

_OLDEST, _NEWEST = (3, 10), (3, 13)
DISTRIBUTION = "jazzy"
_PIN = re.compile(r"^([\w.-]+)(?:\[[^]]*\])?==([\w.]+)$")
_CHECKOUT = Path(__file__).resolve().parents[3]

Importer = Callable[[str], Any]
Version = Callable[[str], str]


def check_python(version: tuple[int, int] = sys.version_info[:2], executable: str = sys.executable) -> Findings:
    text = f"{version[0]}.{version[1]}"
    if _OLDEST <= version <= _NEWEST:
        yield ok("python", f"{text} ({executable})")
    else:
        yield fail(
            "python",
            f"{text}; mien runs on 3.10 to 3.13",
            "rm -rf .venv && make setup PYTHON=python3.12",
        )


def check_rclpy(
    load: Importer = importlib.import_module,
    version: Version = importlib.metadata.version,
    environ: Mapping[str, str] = os.environ,
    opt: Path = Path("/opt/ros"),
) -> Findings:
    """Whether rclpy is installed and loads."""
    try:
        load("rclpy.node")
    except ModuleNotFoundError as e:
        yield fail("rclpy", f"{e.name} is not installed", _get_ros(opt))
        return
    except ImportError as e:
        yield fail("rclpy", f"is there but does not load: {e}", _reload(environ))
        return
    distribution = environ.get("ROS_DISTRO", "")
    if distribution not in ("", DISTRIBUTION):
        yield warn(
            "rclpy",
            f"of ROS 2 {distribution}; mien is tested with {DISTRIBUTION}",
            f"source /opt/ros/{DISTRIBUTION}/setup.bash, or make setup in a terminal without a sourced ROS",
        )
    else:
        origin = f"of the ROS 2 {distribution} that is sourced" if distribution else "from wheels"
        yield ok("rclpy", f"{_version(version, 'ros-jazzy-rclpy', 'rclpy')} {origin}")


def check_pins(
    requires: Callable[[str], list[str] | None] = importlib.metadata.requires,
    version: Version = importlib.metadata.version,
) -> Findings:
    """The compiled messages fit one version of ROS's libraries only."""
    try:
        pins = [m.groups() for line in requires("mien-msgs") or () if (m := _PIN.match(line.split(";")[0].strip()))]
    except importlib.metadata.PackageNotFoundError:
        return  # built with colcon against a sourced ROS, or absent
    wrong = [f"{n} is {v}, not {pin}" for n, pin in pins if (v := _version(version, n)) != pin]
    if wrong:
        yield fail("rclpy", f"mien_msgs was compiled for other versions: {listed(wrong)}", "make setup")


def check_messages(
    load: Importer = importlib.import_module,
    version: Version = importlib.metadata.version,
    *,
    sources: Path = _CHECKOUT / "msgs",
    prefixes: Iterable[Path] | None = None,
) -> Findings:
    """Whether mien_msgs is installed, loads its libraries, and was built from the present definitions."""
    try:
        faces = load("mien_msgs.msg").Faces
        faces.__import_type_support__()
    except ImportError as e:
        yield fail("mien_msgs", f"cannot be imported: {e}", _BUILD)
        return
    if getattr(faces, "_TYPE_SUPPORT", None) is None:
        yield fail("mien_msgs", "its compiled libraries do not load", _BUILD)
        return
    stale = _differing(sources, _prefixes() if prefixes is None else prefixes)
    if stale:
        yield fail("mien_msgs", f"was built from other definitions of {listed(stale)}", _BUILD)
    else:
        yield ok("mien_msgs", _version(version, "mien-msgs", "mien_msgs"))


def check_compiler(
    load: Importer = importlib.import_module,
    which: Callable[[str], str | None] = shutil.which,
    headers: Path | None = None,
) -> Findings:
    """Compiler and headers that build mien_msgs; checked only while it is not built."""
    try:
        load("mien_msgs.msg")
    except ImportError:
        pass
    else:
        return
    headers = headers or Path(sysconfig.get_path("include"))
    missing = [tool for tool in ("make", "g++") if which(tool) is None]
    if not (headers / "Python.h").exists():
        missing.append("python3-dev")
    if missing:
        yield fail("compiler", f"{listed(missing)} missing, so mien_msgs cannot be built", _apt(missing))
    else:
        yield ok("compiler", "make, g++ and Python.h are there")


def check_media(find: Callable[[str], Any] = importlib.util.find_spec) -> Findings:
    """The optional readers of videos and HEIC photographs; without them some files are refused."""
    lost = []
    if find("av") is None:
        refused = [kind for kind, _, without in ABILITIES if without == "refused by name"]
        lost.append(f"PyAV is not installed: videos are read by OpenCV, which refuses {'; '.join(refused)}")
    if find("pi_heif") is None:
        lost.append("pi-heif is not installed: HEIC photographs, as of iPhones, are refused")
    if lost:
        yield warn("media", ". ".join(lost), MEND)
    else:
        yield ok("media", "PyAV and pi-heif read every kind of video and photograph that mien knows")


_BUILD = "make setup; with a sourced ROS 2: make colcon, then source ros_ws/install/setup.bash"


def _get_ros(opt: Path) -> str:
    if (opt / DISTRIBUTION / "setup.bash").exists():
        return f"source {opt / DISTRIBUTION}/setup.bash, or make setup"
    return "make setup (brings ROS from PyPI), or source your ROS 2"


def _reload(environ: Mapping[str, str]) -> str:
    if distribution := environ.get("ROS_DISTRO"):
        return f"use the Python that ROS 2 {distribution} was built for, or make setup in a fresh terminal"
    return "rm -rf .venv && make setup"


def _apt(missing: list[str]) -> str:
    return f"apt-get install {' '.join(missing)}, then make setup"


def _version(version: Version, *names: str) -> str:
    for name in names:
        try:
            return version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return "of unknown version"


def _prefixes() -> list[Path]:
    """Where ROS packages may be installed."""
    return [*map(Path, filter(None, os.environ.get("AMENT_PREFIX_PATH", "").split(":"))), Path(sys.prefix)]


def _differing(sources: Path, prefixes: Iterable[Path]) -> list[str]:
    """Definitions in the checkout that differ from the built ones; none where either is not there."""
    built = next((p for prefix in prefixes if (p := prefix / "share" / "mien_msgs").is_dir()), None)
    if built is None or not sources.is_dir():
        return []
    definitions = [*sorted(sources.glob("msg/*.msg")), *sorted(sources.glob("srv/*.srv"))]
    return [d.stem for d in definitions if _text(d) != _text(built / d.relative_to(sources))]


def _text(path: Path) -> list[str]:
    """Lines without comments and alignment, which do not change a message."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError:
        return []
    return [" ".join(words) for line in lines if (words := line.split("#")[0].split())]
