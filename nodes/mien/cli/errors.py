"""How a command says that it cannot be carried out."""

from __future__ import annotations

from importlib.util import find_spec

# What a command may need beyond the lean run time, and how it is installed.
_MENDS = {
    "rclpy": "run `make setup`, or source your ROS 2",
    "mien_msgs": "run `make setup`, or build ros_ws and source it",
    "rosbags": "pip install 'mien[bags]'",
    "matplotlib": "pip install 'mien[report]'",
    "numba": "pip install 'mien[actor]'",
}


class UsageError(Exception):
    """A command that cannot be carried out as given; the message names the mend. Exit code 2."""


def require(*modules: str) -> None:
    """Raises UsageError with the mend when a module is not installed."""
    for name in modules:
        if find_spec(name) is None:
            raise UsageError(f"{name} is not installed; {_MENDS[name]}")
