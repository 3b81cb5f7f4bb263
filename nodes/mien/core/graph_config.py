"""Parameters that belong to the whole graph and not to one component."""

from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphConfig:
    """Parameters of the graph as a whole: every node gets the same values."""

    privacy: str = param(
        "off",
        "on: no image, crop or landmark leaves its process or is recorded, only expressions, affects and rigs are; "
        "normalised: as on, and `normalised` shows each expression on the face of a person who does not exist. "
        "true and false mean on and off. The profile split, which sends images from one process to the next, refuses "
        "to start.",
        choices=("off", "on", "normalised"),
    )

    @property
    def is_private(self) -> bool:
        """Whether images, crops and landmarks stay in their process."""
        return self.privacy != "off"

    @property
    def is_normalised(self) -> bool:
        """Whether faces are published that are made from expressions alone."""
        return self.privacy == "normalised"
