"""Decoders for the datagrams of bridges, written from each protocol: one frame to ARKit weights by name.

They share no code with the encoders, so that they agree only where both are right. A protocol that carries no ARKit
weights by name, or only what the receiver asks for, has no decoder.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable, Iterable, Mapping

Reader = Callable[[Iterable[bytes]], dict[str, float]]

# The order of Live Link Face (Apple's ARFaceAnchor, eyes first), as its receivers count.
_LIVE_LINK = (
    "eyeBlinkLeft eyeLookDownLeft eyeLookInLeft eyeLookOutLeft eyeLookUpLeft eyeSquintLeft eyeWideLeft eyeBlinkRight "
    "eyeLookDownRight eyeLookInRight eyeLookOutRight eyeLookUpRight eyeSquintRight eyeWideRight jawForward jawLeft "
    "jawRight jawOpen mouthClose mouthFunnel mouthPucker mouthLeft mouthRight"
).split()
_PAIR = re.compile(rb"([A-Za-z_]+)[-&](-?\d+)")


def vmc(datagrams: Iterable[bytes]) -> dict[str, float]:
    """OSC bundles of /VMC/Ext/Blend/Val with a name and a float."""
    found = {}
    for data in datagrams:
        for at in _all(data, b"/VMC/Ext/Blend/Val\0"):
            name, end = _string(data, at + 20 + 4)  # the address takes 20 bytes, ",sf" four
            found[name[:1].lower() + name[1:]] = struct.unpack(">f", data[end : end + 4])[0]
    return found


def livelink(datagrams: Iterable[bytes]) -> dict[str, float]:
    """The last 61 big-endian floats of a packet, of which the first 23 are read by position."""
    data = list(datagrams)[-1]
    return dict(zip(_LIVE_LINK, struct.unpack(">61f", data[-244:]), strict=False))


def ifacialmocap(datagrams: Iterable[bytes]) -> dict[str, float]:
    """`name-percent|name-percent|…=head#…`, sides as _L and _R."""
    words = list(datagrams)[-1].partition(b"=")[0]
    pairs = {name.decode(): int(value) / 100 for name, value in _PAIR.findall(words)}
    return {re.sub("_L$", "Left", re.sub("_R$", "Right", name)): value for name, value in pairs.items()}


def phone(datagrams: Iterable[bytes]) -> dict[str, float]:
    """JSON with a list of keys and values."""
    shapes = json.loads(list(datagrams)[-1])["BlendShapes"]
    return {s["k"][:1].lower() + s["k"][1:]: float(s["v"]) for s in shapes}


READERS: Mapping[str, Reader] = {"vmc": vmc, "livelink": livelink, "ifacialmocap": ifacialmocap, "phone": phone}


def _all(data: bytes, what: bytes) -> Iterable[int]:
    at = data.find(what)
    while at >= 0:
        yield at
        at = data.find(what, at + 1)


def _string(data: bytes, at: int) -> tuple[str, int]:
    """A string of OSC: ended by a zero byte, filled up to four."""
    end = data.index(b"\0", at)
    return data[at:end].decode(), end + 4 - (end - at) % 4
