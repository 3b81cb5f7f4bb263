"""`mien calibrate`: a person's rest, range and cross-talk, from fifteen poses held twice before a running graph."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mien.cli.errors import check_file, require
from mien.progress import bar, plain


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.yaml", help="for retarget.calibration")
    parser.add_argument("--person", default="", metavar="NAME", help="written into the file")
    parser.add_argument("--track", type=int, default=0, metavar="ID", help="whose face (default: the first)")
    parser.add_argument("--namespace", default="", metavar="NS", help="of the running graph")
    parser.epilog = "`mien run --source /dev/video0` must run beside it. It takes a minute and a half."


def run(args: argparse.Namespace) -> int:
    require("rclpy", "mien_msgs")
    from mien.retarget.calibration import Session
    from mien.retarget.calibration.node import listen

    check_file(args.out)
    session = Session(args.person, track_id=args.track)
    console = plain()
    asked = None
    with bar(console) as progress:
        task = progress.add_task("waiting for a face", total=session.steps)

        def show() -> None:
            nonlocal asked
            pose = session.pose
            if pose is not None and pose is not asked:
                asked = pose
                console.print(pose.prompt)
            words = "hold it" if session.holding else "now"
            progress.update(task, completed=session.done, description=f"{pose.name if pose else 'done'}: {words}")

        listen(session, args.namespace, show)
    verdict = session.verdict
    assert verdict is not None
    if verdict.calibration is None:
        print(f"mien calibrate: refused: {verdict.message}", file=sys.stderr)
        return 1
    verdict.calibration.save(args.out)
    print(f"{args.out}  {verdict.message}")
    return 0
