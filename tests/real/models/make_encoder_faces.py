"""Writes encoder_faces.npz, the faces that test_encoder.py holds the shipped encoder to.

Renders of people of the test split, whom no network was trained on, drawn as `mien actor dataset` draws
them. Run as `python tests/real/models/make_encoder_faces.py` (a minute; needs numba): only when the
landmark network, the alignment or the labels change, since floors then have to be measured anew.

jpeg, ends: the crops as JPEG, one after the other, and where each ends. landmarks (N, 478, 3): pixels
times SCALE. shapes, units: truth. identity, kind, name: who shows what.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

PATH = Path(__file__).with_name("encoder_faces.npz")
SCALE = 64  # steps of a pixel; the landmark network errs by whole pixels
_FACES = 300  # fifteen people
_SEED = 7
_QUALITY = 90


def main() -> None:
    """Draw the faces and write the file."""
    from rich.progress import track

    from mien_models.head.pictures.draw import DatasetConfig, Draw

    draw = Draw(DatasetConfig(images=_FACES, split="test", seed=_SEED))
    rows: list[dict[str, Any]] = [draw(i)[1] for i in track(range(_FACES), "drawing faces")]
    crops = [cv2.imencode(".jpg", row["crop"][:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1] for row in rows]
    columns = {name: np.stack([row[name] for row in rows]) for name in ("shapes", "units", "identity", "kind", "name")}
    np.savez_compressed(
        PATH,
        jpeg=np.concatenate(crops),
        ends=np.cumsum([len(crop) for crop in crops]),
        landmarks=np.rint(np.stack([row["landmarks"] for row in rows]) * SCALE).astype(np.int16),
        **columns,
    )


def load() -> dict[str, NDArray[Any]]:
    """The arrays of the file, with `crop` (N, 112, 112, 3) RGB and `landmarks` in pixels."""
    with np.load(PATH) as stored:
        arrays = dict(stored)
    parts = np.split(arrays.pop("jpeg"), arrays.pop("ends")[:-1])
    arrays["crop"] = np.stack([cv2.imdecode(part, cv2.IMREAD_COLOR)[:, :, ::-1] for part in parts])
    arrays["landmarks"] = arrays["landmarks"].astype(np.float32) / SCALE
    return arrays


if __name__ == "__main__":
    main()
