"""Makes rclpy carry images quickly. Has effect only before `rclpy.init()`."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Mapping, MutableMapping
from pathlib import Path

PROFILE = Path(__file__).with_name("shm.xml")
# Discovery that is limited to this machine leaves the sockets of DDS open on every address; this profile does not.
LOCAL_PROFILE = Path(__file__).with_name("shm_local.xml")
PROFILES = (str(PROFILE), str(LOCAL_PROFILE))
_VARIABLES = ("FASTRTPS_DEFAULT_PROFILES_FILE", "FASTDDS_DEFAULT_PROFILES_FILE")

# glibc's mallopt: option, value. Keeping image-sized blocks in the heap spares a page fault per
# page and image: VGA goes from 1.4 to 0.4 ms.
_MALLOC = ((-3, 1 << 28), (-1, 1 << 29), (-2, 1 << 26))  # mmap threshold, trim threshold, top pad


def tune(environ: MutableMapping[str, str] = os.environ) -> bool:
    """Select mien's shared-memory profile and tune malloc; False where the user has chosen a profile."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except AttributeError:
        pass  # musl and macOS have none
    else:
        for option, value in _MALLOC:
            mallopt(option, value)
    if any(environ.get(name) for name in _VARIABLES):
        return False
    for name in _VARIABLES:
        environ[name] = str(LOCAL_PROFILE if stays_here(environ) else PROFILE)
    return True


def stays_here(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether discovery is limited to this machine."""
    only_here = environ.get("ROS_LOCALHOST_ONLY", "") not in ("", "0")
    return only_here or environ.get("ROS_AUTOMATIC_DISCOVERY_RANGE", "").upper() == "LOCALHOST"
