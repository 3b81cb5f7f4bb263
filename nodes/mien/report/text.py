"""Antialiased text on numpy images. The font is DejaVu Sans, which comes with Matplotlib."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from mien.core.errors import ReportError
from mien.core.types import U8
from mien.report.style import Color


@cache
def _folder() -> Path:
    try:
        import matplotlib
        import PIL  # noqa: F401  # comes with Matplotlib
    except ImportError as error:
        raise ReportError(f"a report needs {error.name}, which is not installed: pip install 'mien[report]'") from error
    return Path(matplotlib.get_data_path()) / "fonts/ttf"


@lru_cache(256)
def _font(px: int, bold: bool) -> Any:
    folder = _folder()
    from PIL import ImageFont

    return ImageFont.truetype(str(folder / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")), px)


@lru_cache(8192)
def _mask(text: str, px: int, bold: bool) -> tuple[U8, int, int]:
    """Coverage [0, 255], and the offset of its corner from the start of the baseline [px]."""
    font = _font(px, bold)
    from PIL import Image, ImageDraw

    left, top, right, bottom = font.getbbox(text, anchor="ls")
    image = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(image).text((-left, -top), text, 255, font, anchor="ls")
    return np.asarray(image, np.uint8), left, top


@lru_cache(8192)
def width(text: str, px: int, bold: bool = False) -> int:
    """Advance of a line of text [px]."""
    return round(float(_font(px, bold).getlength(text)))


@lru_cache(4096)
def fit(text: str, px: int, room: int, bold: bool = False) -> str:
    """`text`, cut with an ellipsis where it is wider than `room` pixels."""
    if width(text, px, bold) <= room:
        return text
    while text and width(text + "…", px, bold) > room:
        text = text[:-1].rstrip()
    return text + "…" if text else ""


def put(
    image: U8, text: str, x: float, y: float, px: int, color: Color, *, bold: bool = False, align: str = "left"
) -> None:
    """Draw a line of text whose baseline is `y`; `align` says what `x` is: left, right or middle."""
    if not text:
        return
    mask, left, top = _mask(text, px, bold)
    shift = {"left": 0.0, "right": 1.0, "middle": 0.5}[align]
    blend(image, mask, round(x - shift * width(text, px, bold)) + left, round(y) + top, color)


def blend(image: U8, mask: U8, x: int, y: int, color: Color) -> None:
    """Blend `color` over `image` with the opacity in `mask`, clipped to the image."""
    height, wide = image.shape[:2]
    x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + mask.shape[1], wide), min(y + mask.shape[0], height)
    if x0 >= x1 or y0 >= y1:
        return
    cover = mask[y0 - y : y1 - y, x0 - x : x1 - x, None].astype(np.uint16)
    under = image[y0:y1, x0:x1]
    under[:] = (under * (255 - cover) + np.array(color, np.uint16) * cover + 127) // 255
