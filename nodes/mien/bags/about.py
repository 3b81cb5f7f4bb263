"""Where and with what a recording was made: it travels in the bag's metadata."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from mien_models import ModelError, Registry
from mien_models.backends.cpu import has_vnni

KEY = "mien"

# Name → the distributions it may come from.
_PACKAGES = {
    "mien": ("mien", "mien_nodes"),
    "numpy": ("numpy",),
    "opencv": ("opencv-python-headless", "opencv-python", "opencv-contrib-python-headless", "opencv-contrib-python"),
    "onnxruntime": ("onnxruntime", "onnxruntime-gpu"),
    "tensorrt": ("tensorrt", "tensorrt-rtx"),
    "rclpy": ("ros-rclpy", "rclpy"),
}


def versions() -> dict[str, str | None]:
    """Of Python and of the packages that make the numbers; None = not installed."""
    return {"python": platform.python_version()} | {k: _version(names) for k, names in _PACKAGES.items()}


def machine() -> dict[str, Any]:
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "architecture": platform.machine(),
        "system": f"{platform.system()} {platform.release()}",
        "vnni": has_vnni(),  # with it, 8-bit networks run where precision is auto
    }


def networks() -> dict[str, str]:
    """The weights of every network that may have been used: a digest by name. Empty without a registry."""
    try:
        entries = Registry.load().entries.values()
    except ModelError:
        return {}
    return {e.name: ",".join(digest[:16] for digest in e.files.values()) for e in entries if e.is_network}


def about(**more: Any) -> dict[str, str]:
    """Custom data for BagWriter; `more` must be JSON."""
    return {KEY: json.dumps({"versions": versions(), "machine": machine(), "networks": networks()} | more)}


def kept(recorded: Mapping[str, Any]) -> dict[str, Any]:
    """Of what a bag says of itself, what holds of a copy, too: with what it was recorded, and what was dropped."""
    return {name: recorded[name] for name in ("versions", "machine", "networks", "dropped") if name in recorded}


def with_dropped(custom: Mapping[str, str], dropped: Mapping[str, int]) -> dict[str, str]:
    """The same, with how many messages of each topic the recorder dropped."""
    return {KEY: json.dumps(parse(custom) | {"dropped": dict(dropped)})}


def parse(custom: Mapping[str, str] | None) -> dict[str, Any]:
    """What `about` wrote; empty for a bag of another recorder."""
    try:
        value = json.loads((custom or {}).get(KEY, "{}"))
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _version(names: tuple[str, ...]) -> str | None:
    found = {d.name.lower(): d.version for name in names for d in metadata.distributions(name=name)}
    return next((found[name] for name in names if name in found), None)


def _cpu() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text("utf8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
