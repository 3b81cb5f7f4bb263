"""Colours (RGB) and sizes that all pictures share. Safe for colour-blind eyes: Okabe & Ito, 2008."""

from __future__ import annotations

from mien_models.spaces.emotions import EMOTIONS

Color = tuple[int, int, int]

ORANGE: Color = (230, 159, 0)
SKY: Color = (86, 180, 233)
GREEN: Color = (0, 158, 115)
YELLOW: Color = (240, 228, 66)
BLUE: Color = (0, 114, 178)
VERMILION: Color = (213, 94, 0)
PURPLE: Color = (204, 121, 167)
GREY: Color = (154, 160, 166)

INK: Color = (236, 239, 242)  # text on a panel
MUTED: Color = (150, 157, 166)
PANEL: Color = (19, 22, 27)
TROUGH: Color = (42, 47, 55)  # behind a bar
LINE: Color = (58, 64, 73)
UNSEEN: Color = (223, 227, 231)  # on white, where nothing was observed

UNSURE = 0.1  # confidence below which a value is labelled unsure

EMOTION: dict[str, Color] = dict(
    zip(EMOTIONS, (GREY, VERMILION, PURPLE, GREEN, BLUE, YELLOW, SKY, ORANGE), strict=True)
)
TRACKS = (SKY, ORANGE, GREEN, PURPLE, YELLOW, VERMILION)
AXES: tuple[Color, ...] = ((235, 64, 52), (64, 200, 90), (70, 120, 255))  # x, y, z, as everywhere in ROS


def track_color(track_id: int) -> Color:
    return TRACKS[(track_id - 1) % len(TRACKS)]


def emotion_color(name: str) -> Color:
    return EMOTION.get(name, GREY)


def unit(color: Color) -> tuple[float, float, float]:
    """The colour as RGB in [0, 1], for Matplotlib."""
    r, g, b = color
    return r / 255, g / 255, b / 255
