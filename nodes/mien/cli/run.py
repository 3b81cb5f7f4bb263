"""`mien run`: the ROS 2 graph on one source, live progress, a bag and a report."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from pathlib import Path

from mien.camera import parse
from mien.cli.errors import require
from mien.core.errors import MienError, UsageError
from mien.graph import PROFILES


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--source",
        help="camera (/dev/video0, rtsp://…, http://…), video, image, folder of images, topic:/camera/image_raw, "
        "clip: a video of a very expressive face, actor: a synthetic person, or a face that Live Link Face, "
        "OpenFace or another program recorded (.csv, .json) "
        "(default: camera.source of the parameter file, else /dev/video0)",
    )
    parser.add_argument(
        "--to", default="", metavar="BRIDGE,…", help="avatars and robots to move: `mien bridges list` names them"
    )
    parser.add_argument(
        "--animate", default="", metavar="AVATAR,…",
        help="avatars that the animator plays: `mien avatar list` names them, or folders of your own",
    )  # fmt: skip
    parser.add_argument(
        "--dashboard", action="store_true",
        help="serve the page of `mien dashboard`; --set dashboard.allow=control gives it buttons",
    )  # fmt: skip
    parser.add_argument(
        "--voice", nargs="?", const="video", metavar="SOURCE",
        help="let a voice move a mouth that is hidden: the sound of the video (default), microphone, or a file",
    )  # fmt: skip
    parser.add_argument(
        "--fusion", action="store_true", help="read affects from face, voice and words together, on the topic fusion"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="record a bag and draw the report here")
    parser.add_argument("--overwrite", action="store_true", help="replace the recording and report that --out holds")
    parser.add_argument("--profile", choices=sorted(PROFILES), default="fused", help="one process, or one per stage")
    parser.add_argument("--duration", type=float, metavar="S", help="end after this many seconds")
    parser.add_argument(
        "--images", choices=("jpeg", "raw", "h264", "none"), help="how images are recorded (default jpeg)"
    )
    parser.add_argument("--fast", action="store_true", help="play a file as fast as it is read, dropping nothing")
    parser.add_argument("--namespace", default="", help="put every topic under this name")
    parser.add_argument("--params-file", type=Path, metavar="YAML", help="ROS parameter file")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="COMPONENT.NAME=VALUE",
        help="one parameter, for example faces.max_faces=1",
    )


def run(args: argparse.Namespace) -> int:
    require("rclpy", "mien_msgs")
    if args.out:
        require("rosbags", "matplotlib")
    if args.dashboard:
        require("aiohttp")
    if args.source == "actor":
        require("numba")
    from mien.bridges.registry import chosen
    from mien.run import recorded
    from mien.run.folder import Folder
    from mien.run.plan import make
    from mien.run.supervisor import Supervisor

    if (path := recorded.recording(args.source)) is not None:
        return _play(path, args)
    folder = Folder(args.out, overwrite=args.overwrite) if args.out else None
    plan = make(
        source=args.source,
        to=args.to,
        animate=args.animate,
        dashboard=args.dashboard,
        voice=args.voice,
        fusion=args.fusion,
        profile=args.profile,
        bag=folder.bag if folder else None,
        images=args.images,
        fast=args.fast,
        namespace=args.namespace,
        params_file=args.params_file,
        settings=args.set,
        duration_s=args.duration,
    )
    require(*(module for bridge in chosen(args.to) for module in bridge.needs))
    if folder is None:
        outcome = Supervisor(plan).run()
    else:
        outcome = Supervisor(plan).run(folder.claim)
        if outcome.started:
            if outcome.recorded and not outcome.error:
                folder.keep()
            elif not outcome.recorded:
                _mend(folder.bag)
            shown = str(parse.parse(args.source)) if args.source and not plan.topic else plan.shown
            _report(folder.path, shown, quiet=outcome.error is not None)
        else:
            folder.restore()
    if outcome.error:
        raise outcome.error
    return 0


def _play(path: Path, args: argparse.Namespace) -> int:
    """Move avatars and robots by a recording of another program."""
    from mien.bridges.registry import chosen
    from mien.run.recorded import make
    from mien.run.supervisor import Supervisor

    if args.out:
        raise UsageError(f"--out {args.out}: a recording becomes a bag by `mien import {path} --out BAG`")
    idle = [f"--{name}" for name in ("voice", "fusion", "images", "fast", "overwrite") if getattr(args, name)]
    if idle:
        raise UsageError(f"{', '.join(idle)}: {path} is a recording of a face, without images and sound; leave it out")
    plan = make(
        path,
        to=args.to,
        animate=args.animate,
        dashboard=args.dashboard,
        namespace=args.namespace,
        params_file=args.params_file,
        settings=args.set,
        duration_s=args.duration,
    )
    require(*(module for bridge in chosen(args.to) for module in bridge.needs))
    if error := Supervisor(plan).run().error:
        raise error
    return 0


def _mend(bag: Path) -> None:
    """Complete a bag whose recorder died, so that other programs can read it too."""
    from mien.bags.closing import close

    with suppress(MienError, OSError):  # mien reads the incomplete bag, too
        close(bag)


def _report(out: Path, source: str, *, quiet: bool) -> None:
    """Draw the report. quiet: leave the last word to the run, which has failed."""
    try:
        # They load for seconds, in which the run may be interrupted too.
        from mien.bags.read import Session
        from mien.dashboard import report_page
        from mien.report.render import render, written

        s = render(out / "bag", out, source=source)
        page = report_page.write(Session(out / "bag"), s, out)
    except (MienError, KeyboardInterrupt) as e:
        if isinstance(e, KeyboardInterrupt):
            state = "kept" if quiet else "whole"
            print(f"{out}/bag is {state}; `mien report {out}/bag --out {out}` draws the report", file=sys.stderr)
        if quiet:
            return
        raise
    latency = s["latency_ms"]
    took = f"capture to rig {latency['p50']} ms (p50), {latency['p99']} ms (p99)" if latency else "no latency is known"
    print(
        f"{s['frames']} frames, {s['frames_with_face']} with a face, {s['dropped']} dropped; {took}\n"
        f"{out}/  {'  '.join((page.name, *written(s)))}  bag/"
    )
