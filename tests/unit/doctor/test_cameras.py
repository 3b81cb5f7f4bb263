from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from pathlib import Path

from mien.doctor.cameras import Device, check_cameras, parse_capability, query_device
from mien.doctor.finding import Level

from .graphs import only

CAPTURE, METADATA, PER_NODE = 0x1, 0x00800000, 0x80000000


def capability(whole: int, node: int) -> bytes:
    """A `struct v4l2_capability` of linux/videodev2.h."""
    return struct.pack("<16s32s32sIII3I", b"uvcvideo", b"HD Webcam", b"usb-1", 0x60000, whole, node, 0, 0, 0)


def devices(folder: Path, known: Mapping[str, Device]) -> Callable[[Path], Device]:
    for name in known:
        (folder / name).touch()
    return lambda path: known[path.name]


def test_a_camera_is_named_and_its_metadata_node_is_not(tmp_path: Path) -> None:
    video0, video1 = tmp_path / "video0", tmp_path / "video1"
    query = devices(
        tmp_path,
        {
            "video0": parse_capability(video0, capability(CAPTURE | METADATA | PER_NODE, CAPTURE)),
            "video1": parse_capability(video1, capability(CAPTURE | METADATA | PER_NODE, METADATA)),
        },
    )

    finding = only(check_cameras(tmp_path, query))

    assert (finding.level, finding.seen) == (Level.OK, f"{video0} (HD Webcam)")


def test_drivers_that_do_not_tell_nodes_apart(tmp_path: Path) -> None:
    assert parse_capability(tmp_path, capability(CAPTURE, 0)).captures


def test_no_camera(tmp_path: Path) -> None:
    finding = only(check_cameras(tmp_path))

    assert finding.level == Level.WARN
    assert "no /dev/video*" in finding.seen
    assert "--source clip" in finding.mend


def test_only_what_does_not_capture(tmp_path: Path) -> None:
    finding = only(check_cameras(tmp_path, devices(tmp_path, {"video0": Device(tmp_path / "video0")})))

    assert finding.level == Level.WARN
    assert "none captures" in finding.seen


def test_a_camera_that_may_not_be_opened(tmp_path: Path) -> None:
    denied = Device(tmp_path / "video0", problem="permission denied", group="video")

    finding = only(check_cameras(tmp_path, devices(tmp_path, {"video0": denied})))

    assert finding.level == Level.FAIL
    assert "usermod -aG video $USER" in finding.mend


def test_one_of_two_may_not_be_opened(tmp_path: Path) -> None:
    denied = Device(tmp_path / "video10", problem="permission denied", group="video")
    usable = Device(tmp_path / "video2", "HD Webcam", captures=True)

    findings = list(check_cameras(tmp_path, devices(tmp_path, {"video10": denied, "video2": usable})))

    assert [f.level for f in findings] == [Level.OK, Level.WARN]


def test_a_file_that_is_no_device(tmp_path: Path) -> None:
    path = tmp_path / "video0"
    path.touch()

    assert query_device(path) == Device(path)
    assert query_device(tmp_path / "video1").problem
