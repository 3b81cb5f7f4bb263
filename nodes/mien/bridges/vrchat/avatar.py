"""The parameters of the avatar in use, read from VRChat's OSCQuery tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from mien.bridges.vrchat.parameters import NAMES, PLACE

PREFIX = "/avatar/parameters/"
FULL = "/avatar/avatarfullfacetracking"
ACTIVE = ("EyeTrackingActive", "ExpressionTrackingActive", "LipTrackingActive")
_NAME = re.compile(r"(?:^|/)v2/(.+)$")
_BIT = re.compile(r"^(.+?)(\d{1,5})$")
_MAX_NODES, _MAX_DEPTH, _MAX_PATH = 20_000, 32, 400
_MAX_BITS = 16
_WRITE = 2


@dataclass(frozen=True, slots=True)
class Binary:
    """One value in bits: addresses by place, from 1, 2, 4 …; and of its sign."""

    place: int  # in NAMES
    bits: tuple[tuple[int, str], ...]
    negative: str = ""


@dataclass(frozen=True, slots=True)
class Avatar:
    id: str = ""
    floats: tuple[tuple[int, str], ...] = ()  # place in NAMES, address
    binaries: tuple[Binary, ...] = ()
    active: tuple[str, ...] = ()  # addresses of what switches tracking on
    full: bool = False  # wants VRChat's own face tracking

    @property
    def count(self) -> int:
        return len(self.floats) + len(self.binaries)


# Parameters of most avatars, sent while the avatar is unknown. VRChat ignores those that it lacks.
UNKNOWN = Avatar(
    floats=tuple((PLACE[n], f"{PREFIX}{front}v2/{n}") for front in ("", "FT/") for n in NAMES),
    active=tuple(PREFIX + name for name in ACTIVE),
)


@dataclass(slots=True)
class _Bits:
    bits: dict[int, str] = field(default_factory=dict)
    negative: str = ""


def read(tree: Any) -> Avatar:
    """The avatar of `GET /avatar`. Raises ValueError where it is no such tree."""
    leaves = list(_leaves(tree))
    avatar_id, full = "", False
    floats: dict[int, str] = {}
    bits: dict[str, _Bits] = {}
    active = []
    for path, node in leaves:
        if path == "/avatar/change":
            avatar_id = _first(node, str, "")
        elif path == FULL:
            full = _first(node, bool, False)
        if not path.startswith(PREFIX) or not _may_write(node):
            continue
        kind = node.get("TYPE")
        if kind in ("T", "F") and path.rpartition("/")[2] in ACTIVE:
            active.append(path)
        elif (found := _NAME.search(path)) is not None:
            _sort(found[1], kind, path, floats, bits)
    binaries = tuple(
        Binary(PLACE[name], tuple(sorted((place, p) for place, p in b.bits.items())), b.negative)
        for name, b in sorted(bits.items())
        if b.bits
    )
    return Avatar(avatar_id[:100], tuple(sorted(floats.items())), binaries, tuple(active), full)


def _sort(name: str, kind: Any, path: str, floats: dict[int, str], bits: dict[str, _Bits]) -> None:
    if kind == "f" and name in PLACE:
        floats.setdefault(PLACE[name], path)
    elif kind in ("T", "F"):
        if name.endswith("Negative") and name.removesuffix("Negative") in PLACE:
            bits.setdefault(name.removesuffix("Negative"), _Bits()).negative = path
        elif (bit := _BIT.match(name)) and bit[1] in PLACE:
            value = int(bit[2])
            if 0 < value < 1 << _MAX_BITS and value & (value - 1) == 0:
                bits.setdefault(bit[1], _Bits()).bits[value.bit_length() - 1] = path


def _leaves(tree: Any) -> list[tuple[str, dict[str, Any]]]:
    """Path and node of everything that has a type. Raises ValueError where the tree is none, or too large."""
    leaves, nodes = [], [(tree, 0)]
    count = 0
    while nodes:
        node, depth = nodes.pop()
        count += 1
        if not isinstance(node, dict) or depth > _MAX_DEPTH or count > _MAX_NODES:
            raise ValueError("no OSCQuery tree")
        path, contents = node.get("FULL_PATH"), node.get("CONTENTS")
        if isinstance(path, str) and "TYPE" in node and len(path) <= _MAX_PATH and path.isprintable():
            leaves.append((path, node))
        if isinstance(contents, dict):
            nodes += [(child, depth + 1) for child in contents.values()]
    return sorted(leaves, key=lambda leaf: leaf[0])


def _first(node: dict[str, Any], kind: type[Any], default: Any) -> Any:
    value = node.get("VALUE")
    first = value[0] if isinstance(value, list) and value else None
    return first if isinstance(first, kind) else default


def _may_write(node: dict[str, Any]) -> bool:
    access = node.get("ACCESS")
    return not isinstance(access, int) or bool(access & _WRITE)
