"""Cameras of this machine, as Video4Linux shows them."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import grp
import os
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mien.doctor.finding import Findings, fail, listed, ok, warn

_QUERYCAP = 0x80685600  # VIDIOC_QUERYCAP of linux/videodev2.h
_CAPABILITY = struct.Struct("16s32s32sIII12x")
_CAPTURES = 0x00000001 | 0x00001000  # V4L2_CAP_VIDEO_CAPTURE, …_MPLANE
_PER_NODE = 0x80000000  # V4L2_CAP_DEVICE_CAPS: the next field is of this node alone


@dataclass(frozen=True, slots=True)
class Device:
    """A video device. A webcam has a second one, for metadata, that does not capture."""

    path: Path
    name: str = ""
    captures: bool = False
    problem: str = ""
    group: str = ""


def check_cameras(folder: Path = Path("/dev"), query: Callable[[Path], Device] | None = None) -> Findings:
    paths = sorted(folder.glob("video[0-9]*"), key=lambda p: int(re.sub(r"\D", "", p.name) or 0))
    devices = [(query or query_device)(path) for path in paths]
    cameras = [d for d in devices if d.captures]
    denied = [d for d in devices if d.problem]
    if cameras:
        yield ok("camera", listed(f"{d.path} ({d.name})" for d in cameras))
    if denied:
        # Others can be used: it may be meant.
        level = warn if cameras else fail
        yield level("camera", listed(f"{d.path}: {d.problem}" for d in denied), _admit(denied[0]))
    elif not cameras:
        seen = f"{listed(str(p) for p in paths)}: none captures images" if paths else "no /dev/video*"
        yield warn(
            "camera",
            f"{seen}; files and topics work without",
            "plug one in (a container needs --device /dev/video0), or: mien run --source clip",
        )


def query_device(path: Path) -> Device:
    """Ask the driver what a device is."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    except OSError as e:
        return Device(path, problem=_reason(e), group=_group(path))
    try:
        buffer = bytearray(_CAPABILITY.size)
        fcntl.ioctl(handle, _QUERYCAP, buffer)
    except OSError:
        return Device(path)  # not a video device at all
    finally:
        os.close(handle)
    return parse_capability(path, bytes(buffer))


def parse_capability(path: Path, answer: bytes) -> Device:
    """The name and kind in a `struct v4l2_capability`."""
    _, card, _, _, whole, node = _CAPABILITY.unpack(answer)
    name = card.split(b"\0")[0].decode("utf-8", "replace")
    return Device(path, name, bool((node if whole & _PER_NODE else whole) & _CAPTURES))


def _reason(error: OSError) -> str:
    return {errno.EACCES: "permission denied", errno.EPERM: "permission denied", errno.EBUSY: "in use"}.get(
        error.errno or 0, error.strerror or str(error)
    )


def _group(path: Path) -> str:
    with contextlib.suppress(OSError, KeyError):
        return grp.getgrgid(path.stat().st_gid).gr_name
    return ""


def _admit(device: Device) -> str:
    if device.problem == "in use":
        return f"end the program that holds {device.path} (fuser -v {device.path})"
    if device.problem == "permission denied":
        group = device.group or "video"
        return f"sudo usermod -aG {group} $USER, then log in again (a container needs --group-add {group})"
    return "plug it out and in again"
