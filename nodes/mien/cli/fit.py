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
from mien.camera.files.paths import search
from mien.cli.errors import make_folder
from mien.core.errors import CalibrationError, SourceError, UsageError, tell
from mien.core.files import write_whole
from mien.fit.reading import FaceReader, read_file
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
    parser.add_argument(
        "--texture",
        action="store_true",
        help="carry the skin from the images into the chart of the head, light divided out: textures/ (private: it "
        "tells who somebody is)",
    )
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
    if args.texture and (args.quick or args.read_only):
        raise UsageError("--texture needs a whole fit: leave out --quick and --read-only")
    try:
        calibration = open_calibration(args.calibration)
    except CalibrationError as e:
        raise UsageError(f"--calibration {e}") from e
    from mien_models.fit import run as fit, sheet

    if not (args.quick or args.read_only):
        fit.check_installed()
    make_folder(args.out)
    skipped: list[SourceError | FitError] = []
    pictures, raw = _read(list(_files(args.inputs)), calibration, skipped, fine=args.texture)
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
    fits = fit.Fits(quick=args.quick, steps=args.steps, texture=args.texture)
    lines: list[str] = []
    tiles: list[Any] = []
    textures: list[int] = []
    try:
        with bar() as progress:
            task = progress.add_task("fitting", total=len(pictures))
            groups = [pictures] if args.one_person else [[picture] for picture in pictures]
            for number, group in enumerate(groups, 1):
                for fitted in fits(group):
                    if fitted.skin is not None:
                        fitted.values["texture"]["file"] = f"textures/{number:04d}.png"
                        if len(textures) < number:
                            make_folder(args.out / "textures")
                            write_whole(args.out / "textures" / f"{number:04d}.png", sheet.png(fitted.skin))
                            textures.append(number)
                    lines.append(json.dumps(fitted.values, allow_nan=False))
                    if len(tiles) < _MOST_TILES:
                        tiles.append(fitted.tile)
                    progress.advance(task)
    finally:  # after Ctrl-C, what was fitted so far is kept
        if lines:
            write_whole(args.out / "fits.jsonl", "\n".join(lines) + "\n")
            write_whole(args.out / "fits.png", sheet.png(sheet.sheet(tiles)))
    print(f"{args.out}/fits.jsonl  fits.png  {len(lines)} fitted, {len(skipped)} skipped")
    if textures:
        print(f"{args.out}/textures: {len(textures)}; a skin tells who somebody is, so keep it private")
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
    files: list[Path], calibration: Calibration, skipped: list[SourceError | FitError], *, fine: bool = False
) -> tuple[list[Picture], list[dict[str, Any]]]:
    """The largest face of each image; images without one, and unreadable ones, are added to `skipped`."""
    reader = FaceReader(fine=fine)
    pictures, raw = [], []
    with bar() as progress:
        for path in progress.track(files, description="reading"):
            try:
                image, camera = read_file(path, calibration)
                picture, landmarks = reader(image, str(path), camera)
            except (SourceError, FitError) as error:
                skipped.append(error)
                continue
            pictures.append(picture)
            raw.append({"crop": picture.crop, "landmarks": landmarks, "size": image.shape[1::-1]})
    return pictures, raw
