"""`mien actor sheet|report|dataset|export|robot`: synthetic people for pictures and training, avatars, a robot."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from mien.cli.errors import check_file, make_folder, require
from mien.core.errors import UsageError
from mien.core.types import U8
from mien.progress import bar

if TYPE_CHECKING:
    from mien_models.head.pictures.draw import DatasetConfig


def add(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    sheet = actions.add_parser("sheet", help="people × expressions as one picture")
    sheet.add_argument("--out", type=Path, required=True, metavar="FILE.png")
    sheet.add_argument("--people", type=int, default=6, help="rows (default 6)")
    sheet.add_argument("--units", action="store_true", help="instead, every action unit of one person")
    report = actions.add_parser("report", help="accuracy of all stages on synthetic people")
    report.add_argument("--out", type=Path, required=True, metavar="DIR")
    report.add_argument("--stills", type=int, default=200, help="pictures per range of head turns (default 200)")
    report.add_argument("--people", type=int, default=24, help="sequences, of one person each (default 24)")
    report.add_argument("--seconds", type=float, default=8.0, help="length of each (default 8)")
    dataset = actions.add_parser(
        "dataset", help="random images with ground truth for training; resumes where it stopped"
    )
    dataset.add_argument("--out", type=Path, required=True, metavar="DIR")
    dataset.add_argument("--images", type=int, required=True, metavar="N", help="20 in a row show one person")
    dataset.add_argument("--size", type=int, default=224, metavar="PX", help="side of the pictures (default 224)")
    dataset.add_argument("--seed", type=int, default=0, help="other seeds, other people (default 0)")
    dataset.add_argument("--split", choices=("train", "val", "test"), default="train", help="whose faces")
    dataset.add_argument("--occluded", type=float, default=0.15, metavar="SHARE", help="with hand, mask or cup")
    dataset.add_argument(
        "--degraded", type=float, default=0.7, metavar="SHARE", help="with blur, noise and compression of a camera"
    )
    dataset.add_argument("--keep-images", default="", metavar="png|jpg:QUALITY", help="also keep whole images")
    dataset.add_argument(
        "--device", choices=("auto", "cpu", "cuda"), default="auto", help="auto: a GPU if there is one"
    )
    dataset.add_argument("--workers", type=int, default=1, metavar="W", help="processes of one thread (default 1)")
    dataset.add_argument(
        "--ict", type=Path, metavar="DIR",
        help="draw the head from scans instead: a clone of ICT-FaceKit, or its FaceXModel; needs --portraits",
    )  # fmt: skip
    dataset.add_argument(
        "--portraits",
        type=Path,
        metavar="DIR",
        help="pictures of faces from the front, whose skin that head gets, mixed",
    )
    robot = actions.add_parser("robot", help="a person beside the robot face that follows: film and contact sheet")
    robot.add_argument("--out", type=Path, required=True, metavar="DIR")
    robot.add_argument("--actor", type=int, default=0, metavar="N", help="which person (default 0)")
    export = actions.add_parser("export", help="avatars with the 52 shapes as GLB and VRM, a robot face as URDF")
    export.add_argument("--out", type=Path, required=True, metavar="DIR")


def run(args: argparse.Namespace) -> int:
    actions = {"sheet": _sheet, "report": _report, "dataset": _dataset, "export": _export, "robot": _robot}
    return actions[args.action](args)


def _sheet(args: argparse.Namespace) -> int:
    require("numba")
    _at_least_one(args.people)
    check_file(args.out)
    from mien.evaluate.chain import sheet
    from mien_models.spaces.facs import AUS

    with bar() as progress:
        task = progress.add_task("drawing", total=len(AUS) + 1 if args.units else sheet.size_of(args.people))
        draw = sheet.units if args.units else sheet.people
        _write(args.out, draw(0 if args.units else args.people, lambda: progress.advance(task)))
    print(args.out)
    return 0


def _report(args: argparse.Namespace) -> int:
    require("numba", "rosbags", "matplotlib")
    _at_least_one(args.people)
    from mien.evaluate.chain import charts, recording, report, sheet

    if args.stills < 1 or not args.seconds > 0:
        raise UsageError("--stills and --seconds: more than 0")
    make_folder(args.out)
    people = min(args.people, 6)
    with bar() as progress:
        total = report.steps(args.stills, args.people, args.seconds) + sheet.size_of(people)
        task = progress.add_task("measuring", total=total)
        numbers, recordings = report.measure(args.stills, args.people, args.seconds, lambda: progress.advance(task))
        charts.draw_correlations(numbers, args.out / "correlations.png")
        charts.draw_timeline(recording.typical(recordings, "jawOpen"), args.out / "timeline.png")
        _write(args.out / "contact_sheet.png", sheet.people(people, lambda: progress.advance(task)))
    (args.out / "report.json").write_text(json.dumps(numbers, indent=2) + "\n", encoding="utf-8")
    print(json.dumps({k: v for k, v in numbers.items() if not isinstance(v, dict)}, indent=2))
    if numbers["cpu_load"] > 1:
        print(f"the machine was busy ({numbers['cpu_load']:g} per core): cpu_images_per_s is too low", file=sys.stderr)
    print(f"{args.out}/report.json  correlations.png  timeline.png  contact_sheet.png")
    return 0


def _dataset(args: argparse.Namespace) -> int:
    require("numba")
    from mien_models.datasets.write import device_of, missing_samples, write
    from mien_models.head.pictures.draw import DatasetConfig

    if args.workers < 1:
        raise UsageError(f"--workers {args.workers}: at least 1")
    names = ("images", "size", "seed", "split", "occluded", "degraded", "keep_images")
    try:
        config = DatasetConfig(**{name: getattr(args, name) for name in names})
    except ValueError as e:
        raise UsageError(str(e)) from e
    if args.ict or args.portraits:
        return _scanned(args, config)
    device, name = device_of(args.device)
    print(f"drawing on {name}", file=sys.stderr)
    with bar(rate=True) as progress:
        left = missing_samples(args.out, config)
        task = progress.add_task("drawing", total=left)
        made = write(args.out, config, workers=args.workers, device=device, advance=lambda n: progress.advance(task, n))
    print(f"{args.out}  {config.images} pictures, {made} of them new")
    return 0


def _scanned(args: argparse.Namespace, config: DatasetConfig) -> int:
    """The dataset of the head from scans."""
    if not (args.ict and args.portraits):
        raise UsageError("--ict and --portraits go together: the head from scans has the skin of photographs")
    if args.workers != 1 or args.keep_images or args.device == "cuda":
        raise UsageError("the head from scans is drawn by one process on the CPU, and pictures are not kept")
    from mien_models.datasets.write import write
    from mien_models.head.pictures.scanned import Scanned

    with bar(rate=True) as progress:
        fitting = progress.add_task("fitting portraits", total=None)
        draw = Scanned(
            config, args.ict, args.portraits,
            advance=lambda done, total: progress.update(fitting, completed=done, total=total),
        )  # fmt: skip
        task = progress.add_task("drawing", total=config.images)
        made = write(
            args.out, config, draw=draw, advance=lambda n: progress.advance(task, n),
            made_of={"head": "ICT-FaceKit", "skin": "portraits"},
        )  # fmt: skip
    print(f"{args.out}  {config.images} pictures, {made} of them new")
    return 0


def _export(args: argparse.Namespace) -> int:
    from mien.retarget.profile import export_profile
    from mien_models.avatars import STYLES, export_glb, export_robot, export_vrm

    make_folder(args.out)
    with bar() as progress:
        task = progress.add_task("exporting", total=2 * len(STYLES) + 1)
        made = []
        for style in STYLES:
            for export, ending in ((export_glb, "glb"), (export_vrm, "vrm")):
                made.append(export(args.out / f"{style}.{ending}", style))
                progress.advance(task)
        body = export_robot(args.out)
        made += [body, export_profile("robot10", args.out, body)]
        progress.advance(task)
    print(*made, sep="\n")
    return 0


def _robot(args: argparse.Namespace) -> int:
    require("numba", "matplotlib")
    if args.actor < 0:
        raise UsageError("--actor: 0 or more")
    from mien.evaluate.robot_film import film, steps

    make_folder(args.out)
    with bar() as progress:
        task = progress.add_task("drawing", total=steps())
        made = film(args.out, args.actor, lambda: progress.advance(task))
    print(*made, sep="\n")
    return 0


def _at_least_one(people: int) -> None:
    if people < 1:
        raise UsageError(f"--people {people}: at least 1")


def _write(path: Path, image: U8) -> None:
    _, data = cv2.imencode(".png", np.ascontiguousarray(image[:, :, ::-1]))
    path.write_bytes(data.tobytes())
