"""OpenSeeFace's packets, taken apart as OpenSee.cs and OpenSeeIKTarget.cs do."""

from __future__ import annotations

import socket
import struct
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from mien.bridges.base import Bridge, Home, Shown
from mien.bridges.openseeface.config import OpenseefaceConfig
from mien.bridges.registry import find
from mien.core.types import RigState

from . import unity
from .people import S, random_people, shown, turn


@dataclass
class Data:
    """OpenSeeData: what a receiver in Unity makes of one record."""

    time: float
    id: int
    resolution: tuple[float, float]
    right_open: float
    left_open: float
    got_3d: bool
    error: float
    raw: np.ndarray
    raw_euler: np.ndarray
    translation: np.ndarray
    confidence: np.ndarray
    points: np.ndarray
    points3d: np.ndarray
    features: np.ndarray

    @classmethod
    def read(cls, b: bytes) -> Data:
        o = 0

        def take(layout: str) -> tuple[Any, ...]:
            nonlocal o
            values = struct.unpack_from("<" + layout, b, o)
            o += struct.calcsize("<" + layout)
            return values

        (when,), (number,), size, (right, left), (got,), (error,) = map(take, ("d", "i", "2f", "2f", "B", "f"))
        raw, euler, t = (np.array(take(f"{n}f")) for n in (4, 3, 3))
        confidence = np.array(take("68f"))
        points = np.array(take("136f")).reshape(68, 2)
        points3d = np.array(take("210f")).reshape(70, 3) * (1, -1, 1)
        features = np.array(take("14f"))
        assert o == len(b) == 1785
        return cls(
            when, number, size, right, left, bool(got), error, raw, euler * (1, -1, 1),
            np.array([-t[1], t[0], -t[2]]), confidence, points, points3d, features,
        )  # fmt: skip

    @property
    def converted(self) -> np.ndarray:
        """OpenSeeIKTarget: the rotation before it is compared with that of calibration."""
        x, y, z, w = self.raw
        return np.array([-y, -x, z, w])

    def gaze(self, point: int, centre: int) -> np.ndarray:
        """Where an eye looks, (right, up, out of the face); Vector3 of Unity has x as is, and z flipped."""
        p = self.points3d[point] - self.points3d[centre]
        return np.array([p[0], p[1], -p[2]]) / np.linalg.norm(p)


def bridge(receiver: socket.socket) -> Bridge:
    return find("openseeface").open(OpenseefaceConfig(port=receiver.getsockname()[1]), Home())


def sent(receiver: socket.socket, sender: Bridge, frame: Shown) -> Data:
    sender.show(frame)
    return Data.read(receiver.recv(65536))


def test_what_a_receiver_checks(receiver: socket.socket) -> None:
    sender = bridge(receiver)
    times = []
    for frame in random_people(10):
        data = sent(receiver, sender, frame)
        assert (data.id, data.got_3d, data.resolution) == (0, True, (1280, 720))
        assert 0 < data.error < 100
        blink = {s: frame.rig.weights[i] for s, i in (("left", 0), ("right", 7))}
        assert data.left_open == pytest.approx(1 - blink["left"], abs=1e-6)
        assert data.right_open == pytest.approx(1 - blink["right"], abs=1e-6)
        assert np.abs(data.features).max() <= 1
        assert (data.confidence == 1).all()
        times.append(data.time)
    assert np.all(np.diff(times) > 0)
    assert times[0] == pytest.approx(time.time(), abs=5)  # frames of 1970 are not live
    sender.close()


@pytest.mark.parametrize(
    ("yaw", "pitch", "roll"), [(0, 0, 0), (30, 0, 0), (-30, 0, 0), (0, 20, 0), (0, 0, 25), (30, -20, 10)]
)
def test_left_is_left(receiver: socket.socket, yaw: float, pitch: float, roll: float) -> None:
    sender = bridge(receiver)
    x, y, z, w = sent(receiver, sender, shown(head=turn())).converted
    data = sent(receiver, sender, shown(head=turn(yaw, pitch, roll)))
    turned = unity.multiply(data.converted, np.array([-x, -y, -z, w]))
    assert unity.angles_deg(turned) == pytest.approx((yaw, pitch, roll), abs=1e-3)
    sender.close()


def test_frontal_is_where_the_tracker_has_it(receiver: socket.socket) -> None:
    """The window of tracker.py: x < -165 or > 145, -10 < y < 20, 60 < z < 120 degrees."""
    sender = bridge(receiver)
    for yaw, pitch, roll in [(0, 0, 0), (8, 5, 3), (-8, -5, -3), (0, 10, 0)]:
        x, y, z = sent(receiver, sender, shown(head=turn(yaw, pitch, roll))).raw_euler * (1, -1, 1)
        assert x < -165 or x > 145
        assert -10 < y < 20
        assert 60 < z < 120
    sender.close()


def test_the_face_lies_in_the_picture_as_a_camera_sees_it(receiver: socket.socket) -> None:
    sender = bridge(receiver)
    data = sent(receiver, sender, shown(position=np.array([0.6, 0.0, 0.0])))
    chin, brow, right_jaw, left_jaw = (data.points[i] for i in (8, 19, 0, 16))
    assert chin[1] > brow[1]  # rows grow downwards
    assert right_jaw[0] < 640 < left_jaw[0]  # the person's right is on the left of the picture
    width_m = 0.6 * (left_jaw[0] - right_jaw[0]) / 1280
    assert width_m == pytest.approx(0.13, abs=0.03)
    assert data.translation[2] > 0
    aside = sent(receiver, sender, shown(position=np.array([0.6, 0.1, 0.2])))
    assert aside.points[30] - data.points[30] == pytest.approx([1280 / 6, -1280 / 3], rel=0.05)
    assert (aside.translation - data.translation)[:2] == pytest.approx([0.1 / 0.1425, 0.2 / 0.1425], rel=1e-4)
    sender.close()


def test_each_eye_looks_where_it_looks(receiver: socket.socket) -> None:
    sender = bridge(receiver)
    for frame in random_people(5):
        data = sent(receiver, sender, frame)
        for (yaw, pitch), (point, centre) in zip(frame.rig.gaze, ((67, 69), (66, 68)), strict=True):
            right, up, out = data.gaze(point, centre)
            assert np.arctan2(-right, out) == pytest.approx(yaw, abs=1e-3)
            assert np.arcsin(up) == pytest.approx(pitch, abs=1e-3)
    sender.close()


# What VSeeFace's example driver reads of each feature, by the shape that should show it.
READINGS = [
    ("eyeBlinkLeft", 0, -1), ("eyeBlinkRight", 1, -1), ("eyeWideLeft", 0, 1), ("browOuterUpLeft", 2, -1),
    ("browDownLeft", 3, -1), ("browOuterUpRight", 5, -1), ("browInnerUp", 6, 1), ("mouthSmileLeft", 8, 1),
    ("mouthFrownLeft", 8, -1), ("mouthLeft", 9, 1), ("mouthSmileRight", 10, 1), ("mouthRight", 11, 1),
    ("jawOpen", 12, 1), ("mouthPucker", 13, -1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "feature", "sign"), READINGS)
def test_features_say_what_the_face_does(receiver: socket.socket, name: str, feature: int, sign: int) -> None:
    sender = bridge(receiver)
    assert not sent(receiver, sender, shown()).features.any()
    assert sent(receiver, sender, shown(**{name: 1.0})).features[feature] * sign >= 0.5
    sender.close()


def test_points_move_on_the_side_that_moves(receiver: socket.socket) -> None:
    sender = bridge(receiver)
    rest = sent(receiver, sender, shown()).points
    smile = sent(receiver, sender, shown(mouthSmileLeft=1.0)).points - rest
    assert smile[62, 1] < -5  # the left corner goes up
    assert smile[62, 0] > 5  # and out, to the right of the picture
    assert not smile[58].any()
    wink = sent(receiver, sender, shown(eyeBlinkRight=1.0)).points - rest
    assert wink[37, 1] > 5
    assert not wink[42:48].any()
    opened = sent(receiver, sender, shown(jawOpen=1.0)).points - rest
    assert opened[8, 1] > 20
    sender.close()


def test_nobody_is_told_by_silence_after_neutral(receiver: socket.socket) -> None:
    sender = bridge(receiver)
    assert not sent(receiver, sender, shown(state=RigState.NEUTRAL)).features.any()
    sender.show(Shown(2 * S, shown().rig, present=False))
    receiver.setblocking(False)
    with pytest.raises(BlockingIOError):
        receiver.recv(9)
    sender.close()
