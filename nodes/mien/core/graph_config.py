"""Parameters that belong to the whole graph and not to one component."""

from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphConfig:
    """Parameters of the graph as a whole: every node gets the same values."""

    privacy: bool = param(
        False,
        "No image, crop or landmark leaves its process or is recorded: only expressions, affects and rigs are. "
        "The profile split, which sends images from one process to the next, refuses to start.",
    )
