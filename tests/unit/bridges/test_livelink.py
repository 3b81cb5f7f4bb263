"""Live Link Face as PyLiveLinkFace, a library of others, decodes it."""

from __future__ import annotations

import socket
import struct

import numpy as np
import pytest

from mien.bridges.base import Bridge, Home, Shown
from mien.bridges.livelink.config import LivelinkConfig
from mien.bridges.registry import find
from mien_models.spaces import arkit

from .people import S, random_people, shown, turn

library = pytest.importorskip("pylivelinkface", reason="pip install pylivelinkface")


def bridge(receiver: socket.socket, **params: object) -> Bridge:
    config = LivelinkConfig(port=receiver.getsockname()[1], **params)  # type: ignore[arg-type]
    return find("livelink").open(config, Home())


def test_every_value_arrives(receiver: socket.socket) -> None:
    sender = bridge(receiver, subject="Ümit")
    for frame in random_people(20):
        sender.show(frame)
        packet = receiver.recv(2000)
        seen, face = library.PyLiveLinkFace.decode(packet.replace("Ümit".encode(), b"Uemit"))
        assert seen
        for name, weight in zip(arkit.BLENDSHAPES, frame.rig.weights.tolist(), strict=True):
            index = library.FaceBlendShape[name[0].upper() + name[1:]]
            assert face.get_blendshape(index) == weight
    sender.close()


def test_frames_are_counted_as_a_time_code(receiver: socket.socket) -> None:
    sender = bridge(receiver, fps=30)
    noon_ns = (20_000 * 86_400 + 12 * 3600) * S
    for stamp_ns, frames in ((noon_ns, 12 * 3600 * 30), (noon_ns + S // 60, 12 * 3600 * 30 + 0.5)):
        sender.show(shown(stamp_ns=stamp_ns))
        packet = receiver.recv(2000)
        at = 45 + struct.unpack_from(">i", packet, 41)[0]
        frame, sub, rate, denominator = struct.unpack_from(">ifii", packet, at)
        assert frame + sub == pytest.approx(frames, abs=1e-6)
        assert (rate, denominator) == (30, 1)
    sender.close()


@pytest.mark.parametrize(("yaw", "pitch", "roll"), [(0, 0, 0), (30, 0, 0), (0, 20, 0), (0, 0, 25)])
def test_left_is_left_for_vrcfacetracking(receiver: socket.socket, yaw: float, pitch: float, roll: float) -> None:
    """Its module takes the last 244 bytes, negates the head, takes gaze x as is and y negated.

    Unified: head yaw to the right, pitch down, roll to the left; gaze to the right and up.
    """
    sender = bridge(receiver)
    frame = shown(head=turn(yaw, pitch, roll))
    frame.rig.gaze[:] = [[0.3, 0.1], [0.2, -0.1]]  # both to the left; the left eye up, the right one down
    sender.show(frame)
    values = struct.unpack(">61f", receiver.recv(2000)[-244:])
    head = -np.degrees(values[52:55])
    assert head == pytest.approx((-yaw, -pitch, roll), abs=1e-4)
    left, right = (values[55], -values[56]), (values[58], -values[59])
    assert left == pytest.approx((-0.3, 0.1))
    assert right == pytest.approx((-0.2, -0.1))
    sender.close()


def test_nobody_is_a_packet_without_a_tail(receiver: socket.socket) -> None:
    sender = bridge(receiver)
    sender.show(Shown(S, shown().rig, present=False))
    seen, _ = library.PyLiveLinkFace.decode(receiver.recv(2000))
    assert not seen
    sender.close()


def test_the_same_subject_is_the_same_device(receiver: socket.socket) -> None:
    ids = []
    for subject in ("mien", "mien", "other"):
        sender = bridge(receiver, subject=subject)
        sender.show(shown())
        packet = receiver.recv(2000)
        assert struct.unpack_from("<i", packet) == (6,)
        ids.append(packet[4:41])
        assert packet[4:5] == b"$"
        sender.close()
    assert ids[0] == ids[1] != ids[2]
