"""The report of an expression encoder: render faces, run the encoder, compute metrics and draw them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from rich.progress import Progress

from mien.core.files import write_whole
from mien.core.types import U8
from mien.evaluate import personalised, plots, sheet
from mien_models import Session, open_session
from mien_models.datasets.dataset import Dataset
from mien_models.datasets.write import missing_samples, write
from mien_models.evaluate import grid, report
from mien_models.evaluate.faces import Faces, of_dataset
from mien_models.evaluate.read import MEDIAPIPE, encode, mediapipe, open_model
from mien_models.head.pictures.draw import DatasetConfig
from mien_models.spaces.emotions import EMOTIONS


def evaluate(
    out: Path,
    model: str,
    data: Path | None,
    *,
    faces: int,
    people: int,
    difference: str,
    device: str,
    progress: Progress,
) -> dict[str, Any]:
    """Write report.json and its pictures into the folder `out`; returns the content of report.json.

    Without `data`, `faces` faces are rendered into out/data, and reused by later calls.
    Raises ModelError where a network or dataset cannot be opened, ReportError without Matplotlib.
    """
    encoder = None if model == MEDIAPIPE else open_model(model, device)
    blendshapes = open_session("blendshapes_v2", device="cpu")
    apart = open_model(difference, device)
    dataset = Dataset(data or _drawn(out / "data", faces, progress))
    some = of_dataset(dataset)
    task = progress.add_task("turning heads", total=grid.size_of(people))
    turned = grid.draw(people, advance=lambda n: progress.advance(task, n))
    work = progress.add_task("reading", total=report.passes(len(some), encoder is not None) or None)
    known = personalised.read(turned, encoder, apart) if encoder is not None else None
    numbers = report.measure(
        some, turned, blendshapes, encoder, EMOTIONS, difference=apart, personalised=known,
        advance=lambda n: progress.advance(work, n),
    )  # fmt: skip
    progress.update(work, total=1, completed=1)
    about = {
        "model": str(encoder.info if encoder is not None else blendshapes.info),
        "dataset": {"split": dataset.config.split, "seed": dataset.config.seed, "images": dataset.config.images},
    }
    numbers = {**numbers, "about": about}
    write_whole(out / "report.json", json.dumps(numbers, indent=1) + "\n")
    _pictures(out, numbers, some, encoder, blendshapes, progress)
    return numbers


def _drawn(path: Path, faces: int, progress: Progress) -> Path:
    config = DatasetConfig(images=faces, split="test")
    task = progress.add_task("drawing faces", total=missing_samples(path, config) or None)
    write(path, config, advance=lambda n: progress.advance(task, n))
    progress.update(task, total=1, completed=1)
    return path


def _pictures(
    out: Path, numbers: dict[str, Any], faces: Faces, encoder: Session | None, blendshapes: Session, progress: Progress
) -> None:
    task = progress.add_task("making pictures", total=2)
    plots.draw_all(numbers, out)
    progress.advance(task)
    read = mediapipe(blendshapes, faces.landmarks) if encoder is None else encode(encoder, faces.crop, faces.landmarks)
    _write(out / "neighbours.png", sheet.neighbours(faces, read.embedding))
    progress.advance(task)


def _write(path: Path, image: U8) -> None:
    _, data = cv2.imencode(".png", np.ascontiguousarray(image[:, :, ::-1]))
    path.write_bytes(data.tobytes())
