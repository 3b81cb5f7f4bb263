"""The phone's side of FMV3, the binary protocol of iFacialMocap and Facemotion3d, over UDP.

Source: emoto-yasushi, iFacialMocap_Facemotion3d_udp-tcp_v3, PROTOCOL_V3.md. A program says HELLO, is
told the names of all values (SCHEMA), confirms them (SCHEMA_ACK), and gets a FRAME at a time while it
keeps asking (PING). Contract revisions 4 and 5 differ in the numbers of two messages; the one that
was asked for is spoken.
"""

from __future__ import annotations

import json
import math
import struct
from dataclasses import dataclass

from mien.bridges.base import Shown
from mien.bridges.ifacialmocap.values import NAMES, percents, pose
from mien.bridges.sockets import Address

MAGIC = b"FMV3"
HEADER = struct.Struct("<4sBBHQIIIIHHI")
HELLO, FRAME, GET_SCHEMA, PING, PONG, STOP, ERROR = 1, 4, 5, 6, 7, 8, 9
# SCHEMA and SCHEMA_ACK by contract revision.
_SCHEMA = {4: (3, 10), 5: (2, 3)}
_HELLO = struct.Struct("<HHI")
_START = struct.Struct("<QHHII")
_LEASE_S, _CONFIRM_S, _RESEND_S = 10.0, 10.0, 1.0
_SCHEMA_SIZE = 576
_TRACKED = 1
_LAYOUT = json.dumps(
    {
        "schema_version": 1, "app": "iFacialMocap", "profile": "ifacialmocap-stream", "blend_names": list(NAMES),
        "blend_encoding": "i16", "blend_unit": "percent", "pose_layout": "head_rxyz_pxyz_rightEye_rxyz_leftEye_rxyz",
        "rotation_unit": "degree", "position_unit": "meter",
    },
    separators=(",", ":"),
).encode()  # fmt: skip
_VALUES = struct.Struct(f"<{len(NAMES)}h12f")

Packets = list[tuple[bytes, Address]]


@dataclass(slots=True)
class _Session:
    peer: Address
    nonce: int
    asked: bytes  # the HELLO's payload: one with another content is another request
    number: int
    revision: int
    fps: int
    udp_size: int
    heard_s: float
    schema_s: float  # when the schema was first sent
    sent_s: float  # … and last
    confirmed: bool = False
    sequence: int = 0
    frame_ns: int | None = None  # stamp of the last frame


class Phone:
    """One program at a time, as the app has it."""

    def __init__(self) -> None:
        self._session: _Session | None = None
        self._count = 0

    @property
    def state(self) -> str:
        """In words; empty without a session."""
        s = self._session
        if s is None:
            return ""
        return f"v3 revision {s.revision}, {s.fps} Hz, to {s.peer[0]}:{s.peer[1]}" + (
            "" if s.confirmed else " (names not confirmed yet)"
        )

    def receive(self, data: bytes, sender: Address, now_s: float) -> Packets:
        """Answers to one datagram. Raises ValueError where it is malformed, or of a stranger."""
        if len(data) < HEADER.size:
            raise ValueError("no header")
        magic, kind, flags, size, number, _, sequence, token, total, index, count, chunk = HEADER.unpack_from(data)
        payload = data[HEADER.size :]
        if (magic, flags, size, token, index, count) != (MAGIC, 0, HEADER.size, 0, 0, 1) or not number:
            raise ValueError("not a request")
        if len(payload) != total or total != chunk or (kind != HELLO and payload):
            raise ValueError("length")
        if kind == HELLO:
            return self._hello(payload, number, sender, now_s)
        s = self._session
        if s is None or s.peer != sender or s.number != number:
            raise ValueError("a stranger")
        s.heard_s = now_s
        if kind == _SCHEMA[s.revision][1]:
            s.confirmed = True
        elif kind == PING:
            return [(self._packet(s, PONG, sequence=sequence), sender)]
        elif kind == GET_SCHEMA:
            return self._schema(s, now_s)
        elif kind == STOP:
            self._session = None
        else:
            raise ValueError("unknown message")
        return []

    def tick(self, now_s: float) -> Packets:
        """What is due: names again until they are confirmed, and the end of who is gone."""
        s = self._session
        if s is None:
            return []
        if not s.confirmed and now_s - s.schema_s >= _CONFIRM_S:
            self._session = None
            return [(self._packet(s, ERROR, b"SCHEMA_ACK_TIMEOUT"), s.peer)]
        if now_s - s.heard_s >= _LEASE_S:
            self._session = None
            return []
        return [] if s.confirmed else self._schema(s, now_s)

    def frame(self, shown: Shown, mirror: bool) -> Packets:
        """One frame, where one is due."""
        s = self._session
        if s is None or not s.confirmed:
            return []
        if s.frame_ns is not None and 0 <= shown.stamp_ns - s.frame_ns < 0.9e9 / s.fps:
            return []
        s.frame_ns = shown.stamp_ns
        s.sequence = (s.sequence + 1) & 0xFFFFFFFF
        payload = _VALUES.pack(*percents(shown, mirror), *pose(shown, mirror))
        packet = self._packet(s, FRAME, payload, schema=1, sequence=s.sequence, flags=_TRACKED if shown.present else 0)
        return [(packet, s.peer)]

    def _hello(self, payload: bytes, nonce: int, sender: Address, now_s: float) -> Packets:
        if len(payload) != _HELLO.size:
            raise ValueError("length")
        fps, udp_size, revision = _HELLO.unpack(payload)
        if not (1 <= fps <= 60 and 576 <= udp_size <= 1200) or revision not in _SCHEMA:
            return [(_packed(ERROR, nonce, b"unknown contract revision, rate or size"), sender)]
        s = self._session
        if s is not None and (s.peer, s.nonce, s.asked) != (sender, nonce, payload):
            if s.peer != sender:
                return [(_packed(ERROR, nonce, b"another program is served"), sender)]
            s = None  # the same program, begun anew
        if s is None:
            self._count += 1
            # Numbers need only differ from each other: they are no secret.
            number = (nonce ^ (self._count * 0x9E37_79B9_7F4A_7C15)) & (2**64 - 1) or 1
            s = self._session = _Session(
                sender, nonce, payload, number, revision, fps, udp_size, now_s, now_s, -math.inf
            )
        s.heard_s = now_s
        return self._schema(s, now_s)

    def _schema(self, s: _Session, now_s: float) -> Packets:
        if now_s - s.sent_s < _RESEND_S:
            return []
        s.sent_s = now_s
        body = _START.pack(s.nonce, s.fps, s.udp_size, int(_LEASE_S * 1000), s.revision) + _LAYOUT
        room = _SCHEMA_SIZE - HEADER.size
        parts = [body[i : i + room] for i in range(0, len(body), room)]
        kind = _SCHEMA[s.revision][0]
        return [
            (HEADER.pack(MAGIC, kind, 0, HEADER.size, s.number, 1, 0, 0, len(body), i, len(parts), len(p)) + p, s.peer)
            for i, p in enumerate(parts)
        ]

    @staticmethod
    def _packet(
        s: _Session, kind: int, payload: bytes = b"", *, schema: int = 0, sequence: int = 0, flags: int = 0
    ) -> bytes:
        return _packed(kind, s.number, payload, schema, sequence, flags)


def _packed(kind: int, number: int, payload: bytes = b"", schema: int = 0, sequence: int = 0, flags: int = 0) -> bytes:
    n = len(payload)
    return HEADER.pack(MAGIC, kind, flags, HEADER.size, number, schema, sequence, 0, n, 0, 1, n) + payload
