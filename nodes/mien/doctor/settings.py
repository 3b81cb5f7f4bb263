"""Environment variables that decide which nodes discover one another."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from mien.doctor.finding import Findings, fail, ok, warn
from mien.doctor.memory import segment_size

Environ = Mapping[str, str]
PROFILE_VARIABLES = ("FASTDDS_DEFAULT_PROFILES_FILE", "FASTRTPS_DEFAULT_PROFILES_FILE")
_RANGES = ("SUBNET", "LOCALHOST", "OFF", "SYSTEM_DEFAULT")
_LAST_DOMAIN = 232  # beyond, the ports of DDS pass 65535
_LAST_SAFE_DOMAIN = 101  # beyond, they meet those that Linux gives to outgoing connections


def domain_of(environ: Environ = os.environ) -> int | None:
    """ROS_DOMAIN_ID; None where it is invalid."""
    text = environ.get("ROS_DOMAIN_ID", "").strip() or "0"
    return int(text) if text.isdecimal() and int(text) <= _LAST_DOMAIN else None


def check_domain(environ: Environ = os.environ) -> Findings:
    text = environ.get("ROS_DOMAIN_ID", "")
    domain = domain_of(environ)
    if domain is None:
        yield fail("ROS_DOMAIN_ID", f"{text!r} is no domain", "export ROS_DOMAIN_ID=0 (0 to 101)")
    elif domain > _LAST_SAFE_DOMAIN:
        yield warn(
            "ROS_DOMAIN_ID",
            f"{domain}: its ports may be taken by other programs",
            "use a domain from 0 to 101, the same in every terminal",
        )
    else:
        yield ok("ROS_DOMAIN_ID", f"{domain}" if text else "0, as nothing is set")


def check_range(environ: Environ = os.environ) -> Findings:
    """How far discovery reaches."""
    wide = environ.get("ROS_AUTOMATIC_DISCOVERY_RANGE", "").upper()
    only_here = environ.get("ROS_LOCALHOST_ONLY", "") not in ("", "0")
    if only_here:
        yield warn(
            "ROS_LOCALHOST_ONLY",
            "is set: no other machine is seen, and ROS_AUTOMATIC_DISCOVERY_RANGE has no say",
            "unset ROS_LOCALHOST_ONLY; ROS_AUTOMATIC_DISCOVERY_RANGE=LOCALHOST has taken its place",
        )
    elif wide == "OFF":
        yield fail(
            "discovery",
            "ROS_AUTOMATIC_DISCOVERY_RANGE=OFF: no node finds another, not even on this machine",
            "unset ROS_AUTOMATIC_DISCOVERY_RANGE, or set LOCALHOST",
        )
    elif wide and wide not in _RANGES:
        yield fail(
            "discovery",
            f"ROS_AUTOMATIC_DISCOVERY_RANGE={wide} is not known",
            f"use one of {', '.join(_RANGES)}, or unset it",
        )
    elif wide == "LOCALHOST":
        yield ok("discovery", "this machine only (ROS_AUTOMATIC_DISCOVERY_RANGE=LOCALHOST)")
    else:
        yield ok("discovery", "this machine and its network")
    if server := environ.get("ROS_DISCOVERY_SERVER"):
        yield warn(
            "discovery",
            f"goes through the server {server}: nodes are found only while it runs",
            "start it (fastdds discovery), or unset ROS_DISCOVERY_SERVER",
        )
    if peers := environ.get("ROS_STATIC_PEERS"):
        yield ok("discovery", f"and the peers {peers} (ROS_STATIC_PEERS)")


def check_profile(ours: Path, environ: Environ = os.environ) -> Findings:
    """Whether a Fast DDS profile of the user replaces mien's, whose shared memory is large enough for images."""
    for name in PROFILE_VARIABLES:
        text = environ.get(name, "")
        if not text or Path(text) == ours:
            continue
        path, need = Path(text), segment_size(ours)
        if not path.is_file():
            yield fail("DDS profile", f"{name}={text}: no such file", f"unset {name}")
        elif segment_size(path) < need:
            yield warn(
                "DDS profile",
                f"{name}={text} takes the place of ours; its shared memory is too small for images, which are lost",
                f"unset {name}, or copy the transport with segment_size {need} from {ours}",
            )
        else:
            yield ok("DDS profile", f"{text} ({name}), with room for images")
        return
    yield ok("DDS profile", "ours: shared memory that holds images")


def check_middleware(environ: Environ = os.environ, folders: Iterable[Path] | None = None) -> Findings:
    """Nodes on different middlewares may not hear each other."""
    name = environ.get("RMW_IMPLEMENTATION", "")
    if name in ("", "rmw_fastrtps_cpp"):
        return
    places = _libraries(environ) if folders is None else folders
    if not any((folder / f"lib{name}.so").exists() for folder in places):
        yield fail("middleware", f"RMW_IMPLEMENTATION={name} is not installed here", "unset RMW_IMPLEMENTATION")
    else:
        yield warn(
            "middleware",
            f"RMW_IMPLEMENTATION={name}: mien is tested and tuned with rmw_fastrtps_cpp",
            "unset RMW_IMPLEMENTATION, or set the same one in every terminal",
        )


def _libraries(environ: Environ) -> list[Path]:
    """Folders in which middlewares may be installed: sourced prefixes, and the prefix of this Python."""
    paths = filter(None, environ.get("LD_LIBRARY_PATH", "").split(":"))
    return [*map(Path, paths), Path(sys.prefix) / "lib"]
