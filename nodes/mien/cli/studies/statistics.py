"""`mien statistics`: events, habits and synchrony of the people in a bag or a video."""

from __future__ import annotations

import argparse
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from mien.cli.errors import make_folder, require
from mien.core.config import build
from mien.core.errors import ConfigError, StatisticsError, UsageError
from mien.progress import bar

if TYPE_CHECKING:
    from mien.statistics.recording import Recording
    from mien.statistics.synchrony import Synchrony


def add(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "Writes statistics.json, events.csv, people.csv, synchrony.csv and statistics.png. Numbers are estimates of "
        "visible expression, not of what somebody feels. nodes/mien/statistics/README.md says how each is made."
    )
    parser.add_argument("input", type=Path, metavar="BAG|VIDEO", help="a bag of mien, or a video, which is read now")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--namespace", help="whose topics, where a bag holds several graphs")
    parser.add_argument("--start", type=float, default=2.0, help="intensity from which a unit has an event (default 2)")
    parser.add_argument("--end", type=float, default=1.0, help="intensity below which it ends (default 1)")
    parser.add_argument("--shortest", type=float, default=0.1, metavar="S", help="shorter events are dropped [s]")
    parser.add_argument(
        "--gaze-from", choices=("habitual", "camera"), default="habitual",
        help="what averted gaze is averted from: the direction most looked in, or the camera (default habitual)",
    )  # fmt: skip
    parser.add_argument("--units", default="1,4,6,12,25", help="whose synchrony is measured (default 1,4,6,12,25)")
    parser.add_argument("--window", type=float, default=5.0, metavar="S", help="of synchrony [s] (default 5)")
    parser.add_argument("--max-lag", type=float, default=2.0, metavar="S", help="of synchrony [s] (default 2)")
    parser.add_argument("--surrogates", type=int, default=500, metavar="N", help="for p values (default 500)")
    parser.add_argument("--max-faces", type=int, default=4, help="of a video: faces per image (default 4)")
    parser.add_argument(
        "--reidentify", choices=("none", "likeness", "sface"), default="likeness",
        help="of a video: how somebody who comes back is known again; sface is biometric data (default likeness)",
    )  # fmt: skip
    parser.add_argument("--device", default="auto", help="of a video: auto, cpu or cuda")


def run(args: argparse.Namespace) -> int:
    require("matplotlib")
    from mien.statistics.describe import Choices, describe
    from mien.statistics.events import Rule
    from mien.statistics.figure import draw
    from mien.statistics.synchrony import Windows
    from mien.statistics.write import write

    try:
        choices = Choices(
            rule=Rule(start=args.start, end=args.end, shortest_s=args.shortest),
            windows=Windows(window_s=args.window, max_lag_s=args.max_lag, surrogates=args.surrogates),
            units=_units(args.units),
            gaze_from=args.gaze_from,
        )
    except StatisticsError as e:
        raise UsageError(str(e)) from e
    if not args.input.exists():
        raise UsageError(f"{args.input}: no such bag or video")
    make_folder(args.out)  # before a video is read, which takes long
    recording = _recording(args)
    description = describe(recording, choices)
    files = write(description, args.out)
    draw(description, args.out / "statistics.png")
    for person in description.values["people"]:
        seen = person["missing"]
        print(
            f"person {person['id']}: seen {seen['observed_s']:.1f} s, {seen['share_missing']:.0%} of images missing, "
            f"identity {person['identity']['confidence']:.2f}; {person['smiles']['count']} smiles, "
            f"{person['blinks']['count']} blinks, {person['head']['nods']['count']} nods, "
            f"{person['head']['shakes']['count']} shakes"
        )
    for pair in description.pairs:
        for name, found in pair.by_unit.items():
            print(f"{name} of {pair.first} and {pair.second}: {_told(found, pair.p_family[name])}")
    print(", ".join(map(str, [*files, args.out / "statistics.png"])))
    return 0


def _told(found: Synchrony, corrected: float) -> str:
    if not isfinite(found.lag_s):
        return "too little movement to compare"
    p = "too short to test"
    if isfinite(found.p):
        p = f"p {found.p:.3f}, over all units {corrected:.3f}"
        p += f" ({found.surrogates} surrogates: no p is below {found.p_least:.3f})"
    return f"r {found.r_mean:.2f} at {found.lag_s:+.1f} s, {p}"


def _recording(args: argparse.Namespace) -> Recording:
    from mien.statistics.recording import of_bag

    path: Path = args.input
    with bar(rate=True) as progress:
        task = progress.add_task(path.name, total=None)

        def advance() -> None:
            progress.advance(task)

        if path.is_dir() or path.suffix in (".mcap", ".db3"):
            require("rosbags")
            return of_bag(path, args.namespace, advance)
        from mien.camera.files.paths import format_of
        from mien.faces.config import FacesConfig
        from mien.images.formats import Kind
        from mien.statistics.video import of_video

        form = format_of(path)
        if form.kind is not Kind.VIDEO:
            raise UsageError(f"{path}: statistics need a bag or a video, and it is a file of {form.name}")
        try:
            faces = build(
                FacesConfig, {"max_faces": args.max_faces, "reidentify": args.reidentify, "device": args.device}
            )
        except ConfigError as e:
            raise UsageError(str(e)) from e
        return of_video(path, faces, form, begin=lambda n: progress.update(task, total=n or None), advance=advance)


def _units(text: str) -> tuple[int, ...]:
    from mien_models.spaces import facs

    known = {u.code for u in facs.ACTION_UNITS}
    words = [word.strip().upper().removeprefix("AU") for word in text.split(",") if word.strip()]
    if not words or not all(w.isdecimal() and int(w) in known for w in words):
        raise UsageError(f"--units {text}: numbers of action units, such as 6,12; there are {sorted(known)}")
    return tuple(dict.fromkeys(int(w) for w in words))
