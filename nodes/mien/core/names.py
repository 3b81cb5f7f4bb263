"""Names of ROS: what may be one, and how they join."""

from __future__ import annotations

import re

_TOKEN = r"[A-Za-z_][A-Za-z0-9_]*"
_NAME = re.compile(rf"/?{_TOKEN}(/{_TOKEN})*", re.ASCII)


def is_name(text: str) -> bool:
    """Whether `text` may be the name of a topic or node, relative or from the root: camera/image_raw."""
    return _NAME.fullmatch(text) is not None


def is_namespace(text: str) -> bool:
    """Whether `text` may be a namespace; empty and / are the root, and a slash may end it."""
    return not text.strip("/") or is_name(text.rstrip("/"))


def absolute(name: str, namespace: str = "") -> str:
    """The full name: of `rigs` in `lab` /lab/rigs, of /diagnostics /diagnostics."""
    if name.startswith("/"):
        return name
    return "/" + "/".join(part for part in (namespace.strip("/"), name) if part)
