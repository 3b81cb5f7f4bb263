"""ROS names: which are valid, and how namespaces and names are joined."""

from __future__ import annotations

import re

_TOKEN = r"[A-Za-z_][A-Za-z0-9_]*"
_NAME = re.compile(rf"/?{_TOKEN}(/{_TOKEN})*", re.ASCII)


def is_name(text: str) -> bool:
    """Whether `text` is a valid name of a topic or node, relative or absolute: camera/image_raw."""
    return _NAME.fullmatch(text) is not None


def is_namespace(text: str) -> bool:
    """Whether `text` is a valid namespace; "" and "/" are the root, and a trailing slash is allowed."""
    return not text.strip("/") or is_name(text.rstrip("/"))


def absolute(name: str, namespace: str = "") -> str:
    """The absolute name: `rigs` in `lab` is /lab/rigs; /diagnostics stays /diagnostics."""
    if name.startswith("/"):
        return name
    return "/" + "/".join(part for part in (namespace.strip("/"), name) if part)
