"""Contact sheet of fits: picture, fitted head, what is left, the head with its own skin, and the units of the fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.fit.picture import Picture

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

_TILE, _LABEL, _COLUMNS, _MOST_UNITS = 168, 34, 8, 4
_SHOWN = 1.0  # units from this intensity on are named
_STRETCH = 3.0  # of residuals, so that they can be seen
_WHITE = 255


def tile(
    picture: Picture, render: F32 | None, mask: F32 | None, units: Mapping[str, float | None], worn: F32 | None = None
) -> U8:
    """One face: picture, render over it, and their difference where they were compared, times three (RGB).

    worn: the render with the person's own skin, which comes last.
    """
    parts = [picture.crop]
    if render is not None and mask is not None:
        render = np.nan_to_num(render)
        parts.append(np.asarray(255 * np.clip(render, 0, 1), np.uint8))
        left = np.abs(render - picture.crop / 255) * mask[..., None]
        parts.append(np.asarray(255 * np.clip(_STRETCH * left, 0, 1), np.uint8))
    if worn is not None:
        parts.append(np.asarray(255 * np.clip(worn, 0, 1), np.uint8))
    large = [cv2.resize(part, (_TILE, _TILE), interpolation=cv2.INTER_CUBIC) for part in parts]
    label = np.full((_LABEL, _TILE, 3), _WHITE, np.uint8)
    shown = sorted(
        ((level, name) for name, level in units.items() if level is not None and level >= _SHOWN), reverse=True
    )
    words = [f"{name} {level:.0f}" for level, name in shown[:_MOST_UNITS]] or ["no unit"]
    for line, text in enumerate((", ".join(words[:2]), ", ".join(words[2:]))):
        cv2.putText(label, text, (3, 13 + 15 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (30, 30, 30), 1, cv2.LINE_AA)
    return np.concatenate([*(np.asarray(part, np.uint8) for part in large), label])


def sheet(tiles: Sequence[U8]) -> U8:
    """All faces, in rows of eight (RGB). Raises ValueError for none."""
    if not tiles:
        raise ValueError("a contact sheet needs a face")
    height = max(len(one) for one in tiles)
    blank = np.full((height, _TILE, 3), _WHITE, np.uint8)
    padded = [np.concatenate([one, blank[len(one) :]]) for one in tiles]
    columns = min(_COLUMNS, len(padded))
    padded += [blank] * (-len(padded) % columns)
    return np.vstack([np.hstack(padded[i : i + columns]) for i in range(0, len(padded), columns)])


def png(image: U8) -> bytes:
    """An RGB or RGBA picture as a PNG file."""
    order = [2, 1, 0, 3][: image.shape[2]]
    _, data = cv2.imencode(".png", np.ascontiguousarray(image[:, :, order]))
    return data.tobytes()
