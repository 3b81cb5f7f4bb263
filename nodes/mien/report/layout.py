"""Sizes of an annotated picture."""

from __future__ import annotations

from dataclasses import dataclass

_MIN_HEIGHT, _MAX_HEIGHT, _MAX_WIDTH = 360, 1080, 1920


@dataclass(frozen=True, slots=True)
class Layout:
    """Size of the picture, at which its text can be read, and of the panel at its right.

    All in pixels; `body` is the size of the text, `scale` the factor from the source image.
    """

    width: int
    height: int
    panel: int
    body: int
    scale: float

    @property
    def size(self) -> tuple[int, int]:
        """Total width and height; even, as video encoders require."""
        return self.width + self.panel, self.height

    @property
    def line(self) -> int:
        """Thickness of important lines."""
        return max(1, round(self.body / 11))


def layout(width: int, height: int, panel: bool = True) -> Layout:
    """The layout for a source image of this size."""
    scale = min(max(1.0, _MIN_HEIGHT / height), _MAX_HEIGHT / height, _MAX_WIDTH / width)
    w, h = _even(width * scale), _even(height * scale)
    body = max(8, round(11 * (h / _MIN_HEIGHT) ** 0.6))
    return Layout(w, h, _even(21 * body) if panel else 0, body, scale)


def tile_layout(width: int, height: int, tile_width: int) -> Layout:
    """The layout for a tile that is drawn at twice its final size, so that lines come out fine."""
    scale = 2 * tile_width / width
    return Layout(2 * tile_width, _even(height * scale), 0, 26, scale)


def _even(value: float) -> int:
    return max(2, round(value / 2) * 2)
