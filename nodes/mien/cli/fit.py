"""`mien fit`: fit the parametric head to pictures; JSON lines and a contact sheet."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from mien.camera.calibration import Calibration, open_calibration
from mien.camera.files.paths import format_of, search
from mien.camera.files.pictures import read_image
from mien.cli.errors import make_folder
from mien.core.errors import CalibrationError, SourceError, UsageError, tell
from mien.core.files import write_whole
from mien.core.types import Frame
from mien.faces.config import FacesConfig
from mien.faces.stage import Stage
from mien.images.formats import Kind
from mien.progress import bar
from mien_models.errors import FitError
from mien_models.fit.picture import Picture

_MOST_TILES = 400  # of the contact sheet: more would be a picture that no program opens


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("inputs", nargs="+", type=Path, metavar="IMAGE", help="images, or folders of them")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="for fits.jsonl and fits.png (the first 400 faces)"
    )
    parser.add_argument(
        "--one-person", action="store_true", help="all images show one person: one identity and one skin are fitted"
    )
    parser.add_argument("--quick", action="store_true", help="only the one-shot regressor, which needs no torch")
    parser.add_argument("--steps", type=int, metavar="N", help="of the optimisation (default 22)")
    parser.add_argument("--calibration", default="", metavar="FILE", help="of the camera: a camera_info YAML file")
    parser.add_argument(
        "--read-only",
        action="store_true",
        help="only write crops and landmarks, to train on: faces.npz",
    )
    parser.epilog = "The largest face of an image is fitted. Units say what a face shows, never what someone feels."


def run(args: argparse.Namespace) -> int:
    if args.steps is not None and args.steps < 2:
        raise UsageError("--steps: at least 2")
    if args.steps is not None and args.quick:
        raise UsageError("--steps and --quick: the regressor takes no steps; give one of them")
    try:
        calibration = open_calibration(args.calibration)
    except CalibrationError as e:
        raise UsageError(f"--calibration {e}") from e
    from mien_models.fit import run as fit, sheet

    if not (args.quick or args.read_only):
        fit.check_installed()
    make_folder(args.out)
    skipped: list[SourceError | FitError] = []
    pictures, raw = _read(list(_files(args.inputs)), calibration, skipped)
    for error in skipped:
        tell(error, "mien fit: skipped")
    if not pictures:
        raise UsageError("there is no face to fit; give images in which a face is at least 40 pixels wide")
    if args.read_only:
        arrays: dict[str, Any] = {name: np.array([row[name] for row in raw]) for name in raw[0]}
        file = BytesIO()
        np.savez_compressed(file, **arrays)
        write_whole(args.out / "faces.npz", file.getvalue())
        print(args.out / "faces.npz")
        return 0
    fits = fit.Fits(quick=args.quick, steps=args.steps)
    lines: list[str] = []
    tiles: list[Any] = []
    try:
        with bar() as progress:
            task = progress.add_task("fitting", total=len(pictures))
            for group in [pictures] if args.one_person else [[picture] for picture in pictures]:
                for fitted in fits(group):
                    lines.append(json.dumps(fitted.values, allow_nan=False))
                    if len(tiles) < _MOST_TILES:
                        tiles.append(fitted.tile)
                    progress.advance(task)
    finally:  # after Ctrl-C, what was fitted so far is kept
        if lines:
            write_whole(args.out / "fits.jsonl", "\n".join(lines) + "\n")
            write_whole(args.out / "fits.png", sheet.png(sheet.sheet(tiles)))
    print(f"{args.out}/fits.jsonl  fits.png  {len(lines)} fitted, {len(skipped)} skipped")
    return 0


def read_faces(inputs: list[Path], every: int = 1) -> list[Picture]:
    """The largest face of every n-th image. Raises UsageError where there is none."""
    pictures, _ = _read(list(_files(inputs))[::every], open_calibration(""), [])
    if not pictures:
        raise UsageError(f"{', '.join(map(str, inputs))}: no image with a face")
    return pictures


def _files(inputs: list[Path]) -> Iterator[Path]:
    """Raises UsageError for what is not there."""
    for path in inputs:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
        if path.is_dir():
            yield from (file for file, form in search(path, nested=True).media if form.kind is not Kind.VIDEO)
        else:
            yield path


def _read(
    files: list[Path], calibration: Calibration, skipped: list[SourceError | FitError]
) -> tuple[list[Picture], list[dict[str, Any]]]:
    """The largest face of each image; images without one, and unreadable ones, are added to `skipped`."""
    stage = Stage(FacesConfig(smooth=False))
    pictures, raw = [], []
    with bar() as progress:
        for number, path in enumerate(progress.track(files, description="reading")):
            try:
                if format_of(path).kind is Kind.VIDEO:
                    raise SourceError(f"{path}: a video; give images of it")
                image = read_image(path)
                k = calibration.of(image)
                stage.reset()
                faces = stage.step(Frame(image, number * 10**9, intrinsics=k)).faces
                if not faces:
                    raise FitError(f"{path}: no face is found in it")
                face = max(faces, key=lambda f: float(f.box[2] * f.box[3]))
                known = None if k is None else ((k.fx + k.fy) / 2, k.cx, k.cy)
                pictures.append(Picture.of(image, face.landmarks, intrinsics=known, name=str(path)))
            except (SourceError, FitError) as error:
                skipped.append(error)
                continue
            raw.append({"crop": pictures[-1].crop, "landmarks": face.landmarks, "size": image.shape[1::-1]})
    return pictures, raw
