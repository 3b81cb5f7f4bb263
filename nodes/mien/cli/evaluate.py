"""`mien evaluate`: accuracy of networks, compared with baselines; behaviour of profiles and bridges."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mien.cli.errors import check_file, make_folder, require
from mien.core.errors import UsageError
from mien.core.files import write_whole
from mien.progress import bar

if TYPE_CHECKING:
    from mien.evaluate.speech.offset import Offset

_WRITE = "also write the setting of audio.offset_s, for `mien run --params-file`"


def add(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    encoder = actions.add_parser("encoder", help="on synthetic people of the test split: report.json and pictures")
    _common(encoder)
    encoder.add_argument("--data", type=Path, metavar="DIR", help="a dataset (default: DIR/data, drawn where missing)")
    encoder.add_argument("--faces", type=int, default=2000, help="how many to draw where --data is not given")
    encoder.add_argument("--people", type=int, default=12, help="how many show the same expressions, turned")
    encoder.add_argument(
        "--difference", metavar="NAME|PATH", default="neutral_difference",
        help="a network that reads landmarks less those of the neutral face (default neutral_difference)",
    )  # fmt: skip

    labelled = actions.add_parser("set", help="on your own copy of a labelled set, by its protocol: SET.json")
    labelled.add_argument("set", metavar="SET", help="affectnet, aff-wild2-units, bp4d, disfa, fec, fer2013, raf-db, …")
    labelled.add_argument(
        "path", type=Path, metavar="PATH", help="where the copy is; see models/mien_models/train/sets"
    )
    labelled.add_argument("--every", type=int, default=1, metavar="N", help="take every N-th picture or triplet only")
    labelled.add_argument(
        "--bootstrap", type=int, default=1000, metavar="N", help="draws of subjects for intervals (default 1000)"
    )
    _common(labelled)

    coders = actions.add_parser("coders", help="beside the FACS coders of your own images: coders.json")
    coders.add_argument(
        "codes", type=Path, metavar="CODES.csv", help="source, frame, coder, unit, intensity [, subject]"
    )
    coders.add_argument("annotations", type=Path, metavar="FACES.jsonl", help="the same images by mien annotate")
    coders.add_argument("--out", type=Path, required=True, metavar="DIR")
    coders.add_argument("--bootstrap", type=int, default=1000, metavar="N", help="draws of subjects (default 1000)")
    coders.add_argument(
        "--present", type=float, default=1.0, help="intensity from which a unit is there (default 1, A)"
    )

    portraits = actions.add_parser("portraits", help="on your own photographs without labels: how often it reads what")
    portraits.add_argument(
        "--images",
        type=Path,
        required=True,
        metavar="DIR",
        help="pictures of single faces, and judged.csv if there is one",
    )
    _common(portraits)

    retarget = actions.add_parser("retarget", help="a picture of every retargeting profile, and its speed")
    retarget.add_argument("--out", type=Path, required=True, metavar="DIR")
    retarget.add_argument("--profile", action="append", metavar="NAME|FILE", help="only this one; may be given again")
    retarget.add_argument(
        "--people", type=int, default=0, metavar="N",
        help="also draw N people whom the whole chain reads: how far they can be foretold, whether calibration helps",
    )  # fmt: skip

    fit = actions.add_parser("fit", help="fits of renders, and of --images beside the encoder: fit.json, fit.png")
    fit.add_argument("--out", type=Path, required=True, metavar="DIR")
    fit.add_argument("--faces", type=int, default=40, metavar="N", help="renders of unseen people (default 40)")
    fit.add_argument(
        "--images", type=Path, metavar="DIR", help="also fit pictures without labels; images.png shows them"
    )
    fit.add_argument("--every", type=int, default=1, metavar="N", help="take every N-th of --images only")

    animator = actions.add_parser(
        "animator", help="avatars by the animator and by tables, as their pictures are read: report.json, sheet.png"
    )
    animator.add_argument("--out", type=Path, required=True, metavar="DIR")
    animator.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="a dataset of the actor's test people; else one is drawn into DIR/people",
    )
    animator.add_argument("--faces", type=int, default=120, metavar="N", help="of unseen people (default 120)")
    animator.add_argument(
        "--film", metavar="SOURCE", help="also film the face of a video, or `clip`, beside five avatars"
    )
    animator.add_argument("--every", type=int, default=1, metavar="N", help="take every N-th image of the film only")
    normaliser = actions.add_parser(
        "normaliser", help="who can be told and what can be read of normalised faces, and heads on both: report.json"
    )
    normaliser.add_argument("--out", type=Path, required=True, metavar="DIR")
    normaliser.add_argument("--faces", type=int, default=500, metavar="N", help="renders of people (default 500)")
    normaliser.add_argument(
        "--data", type=Path, metavar="DIR", help="a dataset (default: DIR/data, drawn where missing)"
    )
    normaliser.add_argument("--images", type=Path, metavar="DIR", help="also portraits, of one person each")
    normaliser.add_argument("--every", type=int, default=1, metavar="N", help="take every N-th of --images only")

    bridges = actions.add_parser("bridges", help="latency, processor load and accuracy of bridges: report.json")
    bridges.add_argument("--out", type=Path, required=True, metavar="DIR")
    bridges.add_argument("--frames", type=int, default=300, metavar="N", help="how many to send (default 300)")

    voice = actions.add_parser(
        "voice", help="what sound tells of the mouth, against what the camera reads: report.json"
    )
    voice.add_argument("--talking", type=Path, required=True, metavar="DIR", help="a folder of films with sound")
    voice.add_argument("--out", type=Path, required=True, metavar="DIR")
    voice.add_argument("--write", type=Path, metavar="FILE.yaml", help=_WRITE)
    offset = actions.add_parser(
        "offset", help="how much later sound comes than pictures, and the setting that mends it"
    )
    offset.add_argument(
        "recording",
        type=Path,
        metavar="BAG",
        help="half a minute of one speaker, by `mien run --voice microphone --out`",
    )
    offset.add_argument("--namespace", help="whose topics, where a bag holds several graphs")
    offset.add_argument("--write", type=Path, metavar="FILE.yaml", help=_WRITE)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--model", default="encoder_small", metavar="NAME|PATH",
        help="a network of the registry, an ONNX file, or mediapipe (default encoder_small)",
    )  # fmt: skip
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")


def run(args: argparse.Namespace) -> int:
    actions = {
        "encoder": _encoder,
        "set": _set,
        "coders": _coders,
        "portraits": _portraits,
        "retarget": _retarget,
        "fit": _fit,
        "animator": _animator,
        "normaliser": _normaliser,
        "bridges": _bridges,
        "voice": _voice,
        "offset": _offset,
    }
    return actions[args.action](args)


def _encoder(args: argparse.Namespace) -> int:
    require("numba", "matplotlib")
    if args.faces < 1 or args.people < 2:
        raise UsageError("--faces: at least 1; --people: at least 2")
    from mien.evaluate import encoder

    make_folder(args.out)
    with bar() as progress:
        report = encoder.evaluate(
            args.out, args.model, args.data, faces=args.faces, people=args.people, difference=args.difference,
            device=args.device, progress=progress,
        )  # fmt: skip
    if (split := report["about"]["dataset"]["split"]) != "test":
        print(f"mien evaluate: these faces are of the {split} split; quote only those of test", file=sys.stderr)
    print(json.dumps(report["summary"], indent=2))
    print(args.out / "report.json")
    return 0


def _set(args: argparse.Namespace) -> int:
    from mien.evaluate import labelled

    if args.set not in labelled.SETS:
        raise UsageError(f"there is no loader for {args.set}; there are {', '.join(labelled.SETS)}")
    if args.every < 1:
        raise UsageError("--every: at least 1")
    if args.bootstrap < 0:
        raise UsageError("--bootstrap: 0 or more")
    make_folder(args.out)
    with bar() as progress:
        found = labelled.evaluate(
            args.out, args.set, args.path, args.model, every=args.every, device=args.device, progress=progress,
            draws=args.bootstrap,
        )  # fmt: skip
    print(json.dumps({route: numbers.get("mean", numbers) for route, numbers in found["routes"].items()}, indent=2))
    print(args.out / f"{args.set}.json")
    return 0


def _portraits(args: argparse.Namespace) -> int:
    from mien.evaluate import portraits

    make_folder(args.out)
    with bar() as progress:
        task = progress.add_task("reading", total=None)
        found = portraits.evaluate(
            args.out, args.images, args.model, device=args.device,
            advance=lambda done, total: progress.update(task, completed=done, total=total),
        )  # fmt: skip
    print(json.dumps({unit: numbers["at least 1"] for unit, numbers in found["units"].items()}, indent=2))
    for line in portraits.lines(found["groups"]):
        print(line)
    print(args.out / "report.json")
    return 0


def _coders(args: argparse.Namespace) -> int:
    from mien.evaluate import coders

    if args.bootstrap < 0:
        raise UsageError("--bootstrap: 0 or more")
    make_folder(args.out)
    report = coders.evaluate(args.codes, args.annotations, draws=args.bootstrap, present=args.present)
    write_whole(args.out / "coders.json", json.dumps(report, indent=1, allow_nan=False) + "\n")
    print("\n".join(coders.lines(report)))
    print(args.out / "coders.json")
    return 0


def _retarget(args: argparse.Namespace) -> int:
    require("matplotlib", "numba")
    if args.people < 0:
        raise UsageError("--people: 0 or more")
    from mien.evaluate.retarget import evaluate, pictures
    from mien.retarget.profile import SHIPPED

    make_folder(args.out)
    names = args.profile or list(SHIPPED)
    with bar() as progress:
        task = progress.add_task("drawing", total=pictures(names, args.people))
        report = evaluate(args.out, names, args.people, lambda: progress.advance(task))
    print(json.dumps(report, indent=2))
    print(args.out / "report.json")
    return 0


def _animator(args: argparse.Namespace) -> int:
    require("numba")
    if args.faces < 10 or args.every < 1:
        raise UsageError("--faces: at least 10; --every: at least 1")
    from mien.evaluate import animator, avatar_film
    from mien_models.animator.shipped import NAMES

    make_folder(args.out)
    data = args.data or args.out / "people"
    if args.data is None:
        from mien_models.datasets.write import write
        from mien_models.head.pictures.draw import DatasetConfig

        write(data, DatasetConfig(images=20 * -(-args.faces // 20), split="test", occluded=0.0, degraded=0.3))
    with bar() as progress:
        task = progress.add_task("avatars", total=1 + 2 * len(NAMES))
        report = animator.evaluate(args.out, data, args.faces, advance=lambda: progress.advance(task))
        if args.film:
            progress.update(task, total=None, description="film")
            avatar_film.film(args.film, args.out / "film.mp4", every=args.every)
    print(json.dumps(report, indent=1))
    print(args.out / "report.json")
    return 0


def _fit(args: argparse.Namespace) -> int:
    require("numba")
    if args.faces < 3 or args.every < 1:
        raise UsageError("--faces: at least 3; --every: at least 1")
    from mien.cli.fit import read_faces
    from mien.evaluate import fit
    from mien_models.fit import sheet
    from mien_models.fit.run import check_installed

    check_installed()
    make_folder(args.out)
    pictures = read_faces([args.images], args.every) if args.images else []
    with bar() as progress:
        task = progress.add_task("fitting", total=args.faces + len(pictures))
        numbers, tiles = fit.on_renders(args.faces, lambda: progress.advance(task))
        write_whole(args.out / "fit.png", sheet.png(sheet.sheet(tiles)))
        if pictures:
            numbers["images"], tiles = fit.on_pictures(pictures, lambda: progress.advance(task))
            write_whole(args.out / "images.png", sheet.png(sheet.sheet(tiles)))
    write_whole(args.out / "fit.json", json.dumps(numbers, indent=1) + "\n")
    print(json.dumps({name: numbers[name] for name in ("encoder", "guess", "fit")}, indent=1))
    print(args.out / "fit.json")
    return 0


def _normaliser(args: argparse.Namespace) -> int:
    require("numba")
    if args.faces < 40 or args.every < 1:
        raise UsageError("--faces: at least 40, of two people; --every: at least 1")
    from mien.evaluate import normaliser

    make_folder(args.out)
    with bar() as progress:
        task = progress.add_task("reading", total=None)
        report = normaliser.evaluate(
            args.out, args.faces, args.data, args.images, args.every,
            lambda what, done, total: progress.update(task, description=what, completed=done, total=total),
        )  # fmt: skip
    print(json.dumps({name: report[name] for name in ("verification_auc", "au_auc", "heads")}, indent=1))
    print(args.out / "report.json")
    return 0


def _voice(args: argparse.Namespace) -> int:
    require("matplotlib")
    from mien.evaluate import voice
    from mien.evaluate.speech.offset import Offset

    make_folder(args.out)
    _check_settings(args.write)
    with bar() as progress:
        task = progress.add_task("hearing", total=len(voice.paths(args.talking)))
        report = voice.evaluate(args.out, args.talking, lambda: progress.advance(task))
    print(json.dumps(voice.summary(report), indent=2))
    print(args.out / "report.json")
    if report["offset"] is not None:
        return _mended(Offset(**report["offset"]), f"the films of {args.talking}", args.write)
    print(f"mien evaluate voice: no offset: {report['reasons']['offset']}", file=sys.stderr)
    return 1 if args.write else 0


def _offset(args: argparse.Namespace) -> int:
    require("rosbags")
    from mien.evaluate.speech.offset import of_recording

    _check_settings(args.write)
    return _mended(of_recording(args.recording, args.namespace), str(args.recording), args.write)


def _mended(found: Offset, of: str, write: Path | None) -> int:
    """Print the setting that mends an offset, and write it into a file of its own."""
    print(found)
    print(f"audio.offset_s: {found.setting_s:.2f}    # mien run --set audio.offset_s={found.setting_s:.2f}")
    if write is not None:
        print(f"{write_whole(write, found.file(of))}    # mien run --params-file {write}")
    return 0


def _check_settings(path: Path | None) -> None:
    """Raises UsageError where a file of settings cannot be written, or holds anything else."""
    from mien.evaluate.speech.offset import BEGINS

    if path is None:
        return
    check_file(path, "--write")
    if path.exists() and not path.read_text("utf-8", "replace").startswith(BEGINS):
        raise UsageError(f"--write {path}: holds other settings; name a new file, or copy the line that is printed")


def _bridges(args: argparse.Namespace) -> int:
    if args.frames < 1:
        raise UsageError("--frames: at least 1")
    from mien.bridges.registry import BRIDGES
    from mien.evaluate.bridges import evaluate

    make_folder(args.out)
    with bar() as progress:
        task = progress.add_task("sending", total=len(BRIDGES))
        report = evaluate(args.out, args.frames, lambda: progress.advance(task))
    print(json.dumps(report, indent=2))
    print(args.out / "report.json")
    return 0
