from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenseefaceConfig:
    """Rigs to VSeeFace and others, as OpenSeeFace's tracker sends them."""

    host: str = param("127.0.0.1", "Where the program runs.")
    port: int = param(11573, "Its port.", lo=1, hi=65535)
    width: int = param(1280, "Width of the picture that the points are told in.", unit="px", lo=16, hi=8192)
    height: int = param(720, "Its height.", unit="px", lo=16, hi=8192)
