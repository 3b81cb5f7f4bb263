"""`mien import`: a recording of another program as a bag."""

from __future__ import annotations

import argparse
from pathlib import Path

from mien.cli.errors import require

_SHOWN = 8


def add(parser: argparse.ArgumentParser) -> None:
    from mien.bridges.file_in.formats import READERS

    parser.epilog = (
        f"Read are: {'; '.join(reader.name for reader in READERS)}. "
        "To move an avatar by it at once: mien run --source FILE --to BRIDGE."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the recording")
    parser.add_argument("--out", type=Path, required=True, metavar="BAG", help="the folder of the new bag")


def run(args: argparse.Namespace) -> int:
    require("rosbags", "mien_msgs")
    from mien.bridges.file_in.formats import read
    from mien.exports.motion.imported import write_bag

    recorded = read(args.file)
    count = write_bag(recorded, args.out)
    faces = f"{len(recorded.faces)} face" + "s" * (len(recorded.faces) != 1)
    print(
        f"{count} frames in {recorded.duration_s:.2f} s of {recorded.format}, {faces}, "
        f"{recorded.unseen} rows without one: {args.out}"
    )
    if names := recorded.left_out:
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        print(f"left out, as no shape is called so: {', '.join(names[:_SHOWN])}{more}")
    return 0
