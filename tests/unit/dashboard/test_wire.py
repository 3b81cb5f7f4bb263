"""Records, read by hand: lengths, JSON, little-endian floats."""

from __future__ import annotations

import json
import struct
from typing import Any

import cv2
import numpy as np

from mien.core.types import (
    Affect,
    Affects,
    Face,
    Faces,
    Header,
    Intrinsics,
    Method,
    Rig,
    Rigs,
    RigState,
    StageTime,
)
from mien.dashboard import wire

HEADER = Header(1_700_000_000_123_456_789, "camera")


def split(data: bytes) -> list[tuple[dict[str, Any], bytes]]:
    out = []
    while data:
        head, body = struct.unpack_from("<II", data)
        assert head % 4 == body % 4 == 0
        out.append((json.loads(data[8 : 8 + head]), data[8 + head : 8 + head + body]))
        data = data[8 + head + body :]
    return out


def test_records_stand_back_to_back_and_aligned() -> None:
    (a, none), (b, body) = split(wire.record("one", name="ä") + wire.record("two", b"12345"))
    assert (a, none) == ({"kind": "one", "name": "ä"}, b"")
    assert b["kind"] == "two"
    assert body == b"12345\0\0\0"


def test_stamps_of_an_image_and_its_faces_are_equal_numbers() -> None:
    picture = np.zeros((4, 8, 3), np.uint8)
    ((image, _),) = split(wire.image(HEADER, picture, width=640, quality=70))
    ((faces, _),) = split(wire.faces(Faces(HEADER, 8, 4)))
    assert image["stamp"] == faces["stamp"] == 1_700_000_000_123.457


def test_a_wide_picture_is_made_smaller_and_keeps_its_colours() -> None:
    picture = np.full((100, 400, 3), (200, 30, 10), np.uint8)
    ((head, body),) = split(wire.image(HEADER, picture, width=200, quality=90))
    assert head["size"] == [400, 100]
    shown = cv2.imdecode(np.frombuffer(body, np.uint8), cv2.IMREAD_COLOR)
    assert shown.shape == (50, 200, 3)
    np.testing.assert_allclose(shown[25, 100], (10, 30, 200), atol=6)


def test_a_face_carries_landmarks_pose_and_gaze() -> None:
    landmarks = np.arange(478 * 3, dtype=np.float32).reshape(478, 3)
    pose = np.arange(16.0).reshape(4, 4)
    known = Face(3, 0.9, 0.8, np.array([1, 2, 3, 4], np.float32), landmarks, pose)
    lost = Face(4, 0.9, 0.8, np.array([1, 2, 3, 4], np.float32), landmarks)
    ((head, body),) = split(wire.faces(Faces(HEADER, 640, 480, (known, lost)), Intrinsics(500, 501, 320, 240)))
    rows = np.frombuffer(body, "<f4").reshape(2, 478 * 2 + 12 + 6)
    assert head["camera"] == [500, 501, 320, 240]
    assert [i["id"] for i in head["items"]] == [3, 4]
    assert rows[0, :4].tolist() == [0, 1, 3, 4]
    assert rows[0, 956:968].tolist() == list(range(12))
    assert np.isnan(rows[1, 956:]).all()


def test_latency_is_told_and_media_time_is_not() -> None:
    near = StageTime("faces", HEADER.stamp_ns + 6_000_000)
    far = StageTime("rigs", HEADER.stamp_ns + 10**15)
    ((head, _),) = split(wire.faces(Faces(HEADER, 8, 4, stages=(near, far))))
    assert head["stages"] == [["faces", 6.0]]


def test_what_is_not_observed_stays_so() -> None:
    nan = np.full(37, np.nan, np.float32)
    affect = Affect(
        1, nan, nan, np.zeros(37, np.float32), Method.NONE, np.full(8, np.nan, np.float32), 0.0, Method.NONE,
        float("nan"), float("nan"), 0.0, Method.NONE,
    )  # fmt: skip
    ((head, body),) = split(wire.affects(Affects(HEADER, (affect,))))
    values = np.frombuffer(body, "<f4")
    assert head["items"][0]["emotion_confidence"] == 0
    assert len(values) == 3 * 37 + 10
    assert np.isnan(values[:74]).all()
    assert (values[74:111] == 0).all()
    assert np.isnan(values[111:]).all()


def test_rigs_of_several_schemas_keep_their_counts() -> None:
    def rig(track: int, n: int) -> Rig:
        return Rig(
            track, RigState.EASING, "any", np.full(n, track, np.float32), np.array([0, 0, 0, 1.0]),
            np.array([[0.1, 0.2], [0.3, 0.4]], np.float32), np.ones(7, np.float32), np.zeros(7, np.uint8),
        )  # fmt: skip

    ((head, body),) = split(wire.rigs(Rigs(HEADER, (rig(1, 2), rig(2, 3))), "robot10/rigs"))
    values = np.frombuffer(body, "<f4")
    assert head["topic"] == "robot10/rigs"
    assert [(i["count"], i["state"]) for i in head["items"]] == [(2, "easing"), (3, "easing")]
    np.testing.assert_allclose(values[:10], [1, 1, 0, 0, 0, 1, 0.1, 0.2, 0.3, 0.4])
    assert values[17:20].tolist() == [2, 2, 2]
