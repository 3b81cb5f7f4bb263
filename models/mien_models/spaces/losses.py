"""What a conversion loses: faces are converted to another space and back, and compared with themselves."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from mien_models.spaces.convert import SPACES, Space, converter, mirrored

F64 = NDArray[np.float64]

FACES = 200
_SHOWN = 0.25  # share of the shapes that a random face shows
# What one face cannot show at once; `*` stands for a side, the same in both.
_OPPOSITES = (
    ("eyeLookUp*", "eyeLookDown*"), ("eyeLookIn*", "eyeLookOut*"), ("jawLeft", "jawRight"), ("mouthLeft", "mouthRight"),
    ("mouthSmile*", "mouthFrown*"), ("browOuterUp*", "browDown*"), ("AU26", "AU27"), ("AU2*", "AU4*"),
    ("AU12*", "AU15*"),    ("EyeLookUp*", "EyeLookDown*"), ("EyeLookIn*", "EyeLookOut*"), ("JawLeft", "JawRight"),
    ("MouthUpperLeft", "MouthUpperRight"), ("MouthLowerLeft", "MouthLowerRight"), ("TongueLeft", "TongueRight"),
    ("TongueUp", "TongueDown"), ("MouthCornerPull*", "MouthFrown*"), ("BrowOuterUp*", "BrowLowerer*"),
    ("EYES_LOOK_UP_*", "EYES_LOOK_DOWN_*"), ("EYES_LOOK_LEFT_*", "EYES_LOOK_RIGHT_*"), ("MOUTH_LEFT", "MOUTH_RIGHT"),
    ("JAW_SIDEWAYS_LEFT", "JAW_SIDEWAYS_RIGHT"), ("LIP_CORNER_PULLER_*", "LIP_CORNER_DEPRESSOR_*"),
    ("OUTER_BROW_RAISER_*", "BROW_LOWERER_*"), ("TONGUE_LEFT", "TONGUE_RIGHT"), ("TONGUE_UP", "TONGUE_DOWN"),
    ("*_UP", "*_DOWN"), ("*_IN", "*_OUT"), ("JAW_LEFT", "JAW_RIGHT"), ("MOUTH_UPPER_LEFT", "MOUTH_UPPER_RIGHT"),
    ("MOUTH_LOWER_LEFT", "MOUTH_LOWER_RIGHT"), ("MOUTH_RAISER_*", "MOUTH_STRETCHER_*"),
    ("EYE_LOOK_UPWARDS_*", "EYE_LOOK_DROP_*"), ("EYE_LOOK_IN_*", "EYE_LOOK_OUT_*"), ("JAW_L", "JAW_R"),
    ("MOUTH_L", "MOUTH_R"), ("MOUTH_SMILE_*", "MOUTH_FROWN_*"), ("BROW_OUTER_UPWARDS_*", "BROW_DROP_*"),
    ("lookUp", "lookDown"), ("lookLeft", "lookRight"), ("LookUp", "LookDown"), ("LookLeft", "LookRight"),
)  # fmt: skip
_KEPT = 0.005  # of a shape's range: less is written as 0


@cache
def faces(space: Space) -> F64:
    """(F, N) of a space: each shape alone, to the ends of its range, and FACES random ones and their mirror images.

    Random faces show a quarter of the shapes each, and of two that exclude each other one at most.
    """
    ends = [np.where(np.eye(len(space.names), dtype=bool), end, space.rest) for end in (space.low, space.high)]
    alone = np.concatenate(ends)
    alone = alone[(alone != space.rest).any(axis=1)]
    rng = np.random.default_rng(0)
    drawn = rng.uniform(space.low, space.high, (FACES, len(space.names)))
    shown = rng.random(drawn.shape) < _SHOWN
    for a, b in _excluding(space):
        both = shown[:, a] & shown[:, b]
        shown[both, b] = False
    mixed = np.where(shown, drawn, space.rest)
    return np.concatenate([alone, mixed, mirrored(space.name, mixed)])


@cache
def loss(source: str, target: str) -> F64:
    """(N,) root mean square error of each shape of `source` after a conversion to `target` and back.

    Over the `faces` that show it, in shares of the shape's range; 0 is lossless. NaN where `target` cannot tell it.
    """
    space = SPACES[source]
    true = faces(space)
    there, back = converter(source, target), converter(target, source)
    again = back(there(true))
    shown = true != space.rest
    error = (np.where(np.isnan(again), space.rest, again) - true) / (space.high - space.low)
    rms = np.sqrt(np.where(shown, error**2, 0).sum(axis=0) / np.maximum(shown.sum(axis=0), 1))
    return np.asarray(np.where(np.isnan(again).all(axis=0), np.nan, rms))


def page() -> str:
    """LOSSES.md."""
    lines = [
        "# What a conversion loses",
        "",
        "<!-- Made by `mien generate` from the tables in `tables/`. -->",
        "",
        "Faces of one space (rows) are converted to another (columns) and back, and compared with themselves: every",
        f"shape alone at the ends of its range, and {FACES} random faces and their mirror images, which show a quarter",
        "of the shapes each. Numbers are root mean square errors over the faces that show a shape, in shares of its",
        "range: `0` is lossless, `–` is not told at all. Shapes with the same numbers share a line.",
        "",
        "## All spaces",
        "",
        "Shapes that come back exactly, of all; then the mean loss of all shapes, one that is not told counting as 1.",
        "",
        *_summary(),
    ]
    for name, space in SPACES.items():
        lines += ["", f"## {space.title} (`{name}`)", "", *_shapes(name)]
    return "\n".join(lines) + "\n"


def _summary() -> Iterator[str]:
    yield "| from | " + " | ".join(f"`{name}`" for name in SPACES) + " |"
    yield "|---" * (len(SPACES) + 1) + "|"
    for source in SPACES:
        cells = []
        for target in SPACES:
            if source == target:
                cells.append("")
                continue
            lost = np.nan_to_num(loss(source, target), nan=1.0)
            cells.append(f"{int((lost < _KEPT).sum())}/{len(lost)}, {lost.mean():.2f}")
        yield f"| `{source}` | " + " | ".join(cells) + " |"


def _shapes(source: str) -> Iterator[str]:
    others = [name for name in SPACES if name != source]
    yield "| shape | " + " | ".join(f"`{name}`" for name in others) + " |"
    yield "|---" * (len(others) + 1) + "|"
    losses = np.array([loss(source, target) for target in others]).T
    rows: dict[str, list[str]] = {}
    for name, row in zip(SPACES[source].names, losses, strict=True):
        rows.setdefault(" | ".join(map(_cell, row)), []).append(name)
    for cells, names in rows.items():
        yield f"| {', '.join(names)} | {cells} |"


def _cell(value: float) -> str:
    if np.isnan(value):
        return "–"
    return "0" if value < _KEPT else f"{value:.2f}"


def _excluding(space: Space) -> Iterator[tuple[int, int]]:
    """Places of names that exclude each other."""
    for a, b in _OPPOSITES:
        for side in space.sides if "*" in a else ("",):
            pair = a.replace("*", side), b.replace("*", side)
            if set(pair) <= set(space.names):
                yield space.names.index(pair[0]), space.names.index(pair[1])
