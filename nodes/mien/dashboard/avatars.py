"""The avatars that come with mien, exported when they are first asked for and kept in the cache."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from mien import __version__
from mien_models.avatars import STYLES, export_glb
from mien_models.avatars.robot_glb import robot_glb
from mien_models.store import cache_folder


def _exported(style: str) -> bytes:
    """GLB of one of our people. Raises ModelError."""
    kept = cache_folder() / "avatars" / f"{style}-{__version__}.glb"
    if kept.is_file():
        return kept.read_bytes()
    with tempfile.TemporaryDirectory(prefix="mien-avatar-") as folder:
        made = export_glb(Path(folder) / f"{style}.glb", style).read_bytes()
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(made)
        part.replace(kept)
    except OSError:  # a cache that cannot be written costs time, and nothing else
        pass
    return made


SHIPPED: Mapping[str, Callable[[], bytes]] = MappingProxyType(
    {**{f"{style}.glb": partial(_exported, style) for style in STYLES}, "robot.glb": robot_glb}
)
