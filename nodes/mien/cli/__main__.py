"""`mien COMMAND`: dispatches to one module per command."""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence

from mien import __version__

# Command → module with `add(parser)` and `run(args) -> exit code`, imported when called.
COMMANDS = {
    "run": "Run the ROS 2 graph on a camera, video, images or topic; record it and draw a report.",
    "annotate": "Write what is read in images and videos as JSON lines. Needs no ROS.",
    "report": "Draw video, timeline and summary of a recorded bag.",
    "doctor": "Say why nothing arrives.",
    "bridges": "List what a face can be sent to, and where one can come from.",
    "calibrate": "Learn a person's rest, range and cross-talk, for avatars and robots.",
    "models": "List, fetch and verify networks and data.",
    "evaluate": "Measure how well a network reads faces; write numbers and pictures.",
    "shards": "Make your own copy of a labelled set ready to train on.",
    "actor": "Synthetic people to look at and measure with; avatars and a robot face to move.",
    "node": "Run one node.",
    "generate": "Rewrite what derives from the sources of truth: README tables, default parameters.",
}


_EXIT_CODES = (
    "Exit codes: 0 done; 1 failed, and the last line on standard error says why; 2 misuse, likewise; "
    "130 interrupted; 141 whoever read the output went away."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code, as `_EXIT_CODES` says."""
    args = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="mien", description="Reads a face and moves another one.", epilog=_EXIT_CODES)
    parser.add_argument("--version", action="version", version=f"mien {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    # Decoders of OpenCV write their own opinion of a file to the terminal; ours is enough.
    os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    # Only the module of the command that is asked for is imported: `mien --help` is instant.
    chosen = next((a for a in args if not a.startswith("-")), None)
    module = None
    for name, help_ in COMMANDS.items():
        sub = commands.add_parser(name, help=help_, description=help_)
        if name == chosen:
            module = importlib.import_module(f"mien.cli.{name}")
            module.add(sub)
    if chosen == "node" and "--ros-args" in args:
        at = args.index("--ros-args")
        parsed = parser.parse_args(args[:at])
        parsed.ros_args = args[at:]
    else:
        parsed = parser.parse_args(args)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s", stream=sys.stderr)
    assert module is not None
    from mien.cli.errors import handle  # not before: `mien --help` needs no numpy

    try:
        code = int(module.run(parsed))
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as e:
        return handle(e, f"mien {parsed.command}")
    return code


if __name__ == "__main__":
    sys.exit(main())
