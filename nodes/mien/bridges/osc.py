"""Open Sound Control 1.0 over UDP: fills values into templates to send, and parses what is received within bounds."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

Argument = float | int | bool | str | bytes | None

_IMMEDIATELY = b"\0\0\0\0\0\0\0\1"
_BUNDLE = b"#bundle\0"
_MAX_DEPTH = 4
_MAX_MESSAGES = 4096
_MAX_ARGUMENTS = 256
MTU = 1400  # size of a datagram that common networks do not fragment


class OscError(ValueError):
    """Bytes that are not OSC."""


@dataclass(frozen=True, slots=True)
class Message:
    address: str
    arguments: tuple[Argument, ...] = ()


def encode(address: str, *arguments: Argument) -> bytes:
    """One message."""
    tags, parts = ",", []
    for a in arguments:
        if isinstance(a, bool):
            tags += "T" if a else "F"
        elif isinstance(a, int):
            tags += "i"
            parts.append(struct.pack(">i", a))
        elif isinstance(a, float):
            tags += "f"
            parts.append(struct.pack(">f", a))
        elif isinstance(a, str):
            tags += "s"
            parts.append(_string(a))
        elif isinstance(a, bytes):
            tags += "b"
            parts.append(struct.pack(">i", len(a)) + a + bytes(-len(a) % 4))
        else:
            tags += "N"
    return b"".join([_string(address), _string(tags), *parts])


def bundle(messages: Sequence[bytes]) -> bytes:
    """Messages that belong together."""
    return b"".join([_BUNDLE, _IMMEDIATELY, *(struct.pack(">i", len(m)) + m for m in messages)])


def bundles(messages: Sequence[bytes], size: int = MTU) -> list[bytes]:
    """As few bundles as hold the messages in their order, each of at most `size` bytes."""
    groups: list[list[bytes]] = []
    room = 0
    for m in messages:
        if not groups or len(m) + 4 > room:
            groups.append([])
            room = size - 16
        groups[-1].append(m)
        room -= len(m) + 4
    return [bundle(g) for g in groups]


class Template:
    """Datagrams whose floats are filled in; everything in OSC lies on a multiple of four bytes.

    datagrams: bundles in which every float is NaN where a value belongs, in the order of the values.
    """

    def __init__(self, datagrams: Sequence[bytes]) -> None:
        joined = b"".join(datagrams)
        self._words = np.frombuffer(joined, ">f4").copy()
        self._holes = np.flatnonzero(np.frombuffer(joined, ">u4") == _HOLE_BITS)
        ends = [0, *accumulate(map(len, datagrams))]
        self._parts = [slice(a, b) for a, b in pairwise(ends)]
        self.size = len(self._holes)

    def fill(self, values: NDArray[np.floating]) -> list[bytes]:
        """The datagrams with `values` filled in, one for each NaN of the template."""
        self._words[self._holes] = values
        filled = self._words.tobytes()
        return [filled[part] for part in self._parts]


_HOLE_BITS = 0x7FC0_0DAD
HOLE: float = struct.unpack(">f", struct.pack(">I", _HOLE_BITS))[0]


def messages(data: bytes) -> Iterator[Message]:
    """Every message of a datagram. Raises OscError where it is malformed, after those before that place."""
    budget = [_MAX_MESSAGES]
    yield from _packet(data, 0, budget)


def _packet(data: bytes, depth: int, budget: list[int]) -> Iterator[Message]:
    if data[:8] != _BUNDLE:
        budget[0] -= 1
        if budget[0] < 0:
            raise OscError("too many messages")
        yield _message(data)
        return
    if depth >= _MAX_DEPTH:
        raise OscError("bundles in bundles in bundles")
    at = 16
    if len(data) < at:
        raise OscError("bundle without a time")
    while at < len(data):
        size = _int(data, at)
        if size <= 0 or size % 4 or at + 4 + size > len(data):
            raise OscError(f"element of {size} bytes does not fit")
        yield from _packet(data[at + 4 : at + 4 + size], depth + 1, budget)
        at += 4 + size


def _message(data: bytes) -> Message:
    address, at = _text(data, 0)
    if not address.startswith("/"):
        raise OscError("no address")
    if at == len(data):
        return Message(address)  # some old senders leave the type tags out
    tags, at = _text(data, at)
    if not tags.startswith(",") or len(tags) > _MAX_ARGUMENTS + 1:
        raise OscError("no type tags")
    arguments: list[Argument] = []
    for tag in tags[1:]:
        value, at = _argument(data, at, tag)
        arguments.append(value)
    return Message(address, tuple(arguments))


def _argument(data: bytes, at: int, tag: str) -> tuple[Argument, int]:
    if tag == "f":
        return _unpack(">f", data, at)
    if tag == "i":
        return _unpack(">i", data, at)
    if tag in "sS":
        return _text(data, at)
    if tag in "TF":
        return tag == "T", at
    if tag in "NI":
        return None, at
    if tag == "d":
        return _unpack(">d", data, at)
    if tag in "ht":
        return _unpack(">q", data, at)
    if tag in "crm":
        return _unpack(">I", data, at)
    if tag == "b":
        size = _int(data, at)
        if size < 0 or at + 4 + size > len(data):
            raise OscError(f"blob of {size} bytes does not fit")
        return data[at + 4 : at + 4 + size], at + 4 + size + -size % 4
    raise OscError(f"type {tag!r} is not known")


def _unpack(layout: str, data: bytes, at: int) -> tuple[float | int, int]:
    try:
        (value,) = struct.unpack_from(layout, data, at)
    except struct.error as e:
        raise OscError("argument beyond the end") from e
    return value, at + struct.calcsize(layout)


def _int(data: bytes, at: int) -> int:
    return int(_unpack(">i", data, at)[0])


def _text(data: bytes, at: int) -> tuple[str, int]:
    end = data.find(b"\0", at)
    if end < 0:
        raise OscError("text without an end")
    try:
        text = data[at:end].decode()
    except UnicodeDecodeError as e:
        raise OscError("text is not UTF-8") from e
    return text, min(end + 1 + -(end + 1) % 4, len(data))


def _string(text: str) -> bytes:
    raw = text.encode()
    return raw + bytes(4 - len(raw) % 4)
