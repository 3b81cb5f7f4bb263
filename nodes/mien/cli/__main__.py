"""`mien COMMAND`: dispatches to one module per command."""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext

from mien import __version__

# Command → module with `add(parser)` and `run(args) -> exit code`, imported when called.
COMMANDS = {
    "run": "Run the ROS 2 graph on a camera, video, images or topic; record it and draw a report.",
    "annotate": "Write faces, blendshapes, action units and emotions of images and videos as JSON lines. Needs no ROS.",
    "bag": "Record, replay, verify, recompute, anonymise, mend and look into bags.",
    "fit": "Fit a head to faces of images: units, pose, gaze and identity, with what is left unexplained.",
    "export": "Write a bag, video or folder as tables, annotations and animations for other programs.",
    "import": "Write a recording of Live Link Face, OpenFace or another program as a bag.",
    "report": "Draw video, timeline and summary of a recorded bag.",
    "dashboard": "Serve a page that shows, live, what is seen and what is made of it.",
    "statistics": "Events of action units, blinks, smiles, nods and the synchrony of two people, of a bag or a video.",
    "facts": "Print what to report of a recording in a publication: versions, weights, thresholds, what is missing.",
    "doctor": "Find out why no messages arrive.",
    "bridges": "List the avatars, robots and headsets that can be connected.",
    "calibrate": "Learn a person's rest, range and cross-talk, for avatars and robots.",
    "models": "List, fetch and verify networks and data.",
    "evaluate": "Measure the accuracy of networks, retargeting and bridges; write numbers and pictures.",
    "shards": "Convert your own copy of a labelled data set for training.",
    "actor": "Render synthetic people with ground truth; export avatars and a robot face.",
    "avatar": "Make avatars for the animator, of mien's own or from GLB and VRM files.",
    "node": "Run one node.",
    "generate": "Rewrite generated files: README tables, default parameters.",
}
# Where a module is not called like its command.
_MODULES = {
    "avatar": "exchange.avatar",
    "export": "exchange.exporting",
    "facts": "studies.facts",
    "import": "exchange.importing",
    "statistics": "studies.statistics",
}
# Nodes, which end in order by themselves: rclpy handles their signals.
_OWN_SIGNALS = frozenset(("bridges", "calibrate", "dashboard", "doctor", "node", "record", "replay"))

_EXIT_CODES = (
    "Exit codes: 0 done; 1 failed, and the last line on standard error says why; 2 misuse, likewise; "
    "3 some of several inputs could not be read, and are named; 130 interrupted, 143 by SIGTERM; "
    "141 the reader of a pipe closed it."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code, as `_EXIT_CODES` says."""
    args = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="mien", description="Reads a face and moves another one.", epilog=_EXIT_CODES)
    parser.add_argument("--version", action="version", version=f"mien {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    # Silence the decoders of OpenCV, which print their own messages to the terminal.
    os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    # Only the module of the command that is asked for is imported: `mien --help` is instant.
    chosen = next((a for a in args if not a.startswith("-")), None)
    module = None
    for name, help_ in COMMANDS.items():
        sub = commands.add_parser(name, help=help_, description=help_)
        if name == chosen:
            module = importlib.import_module(f"mien.cli.{_MODULES.get(name, name)}")
            module.add(sub)
    if chosen == "node" and "--ros-args" in args:
        at = args.index("--ros-args")
        parsed = parser.parse_args(args[:at])
        parsed.ros_args = args[at:]
    else:
        parsed = parser.parse_args(args)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s", stream=sys.stderr)
    assert module is not None
    from mien.cli.errors import handle, in_order  # not before: `mien --help` needs no numpy

    own = parsed.command in _OWN_SIGNALS or getattr(parsed, "action", "") in _OWN_SIGNALS
    try:
        with nullcontext() if own else in_order():
            code = int(module.run(parsed))
            sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as e:
        return handle(e, f"mien {parsed.command}")
    return code


if __name__ == "__main__":
    sys.exit(main())
