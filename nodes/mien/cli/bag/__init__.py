"""`mien bag`: what can be done with recordings."""

from __future__ import annotations

import argparse
import logging
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from mien.cli.errors import require

if TYPE_CHECKING:
    from mien.bags.read import Session

log = logging.getLogger(__name__)

# Action → its module here, with `add(parser)` and `run(args) -> exit code`.
ACTIONS = {
    "record": "Record a graph that runs, until Ctrl-C.",
    "replay": "Play a bag of any recorder: as it was recorded, or its images through the stages.",
    "verify": "Compute all results again from the recorded images, and say where they differ.",
    "recompute": "Compute results with other weights or parameters, beside the old ones, and say how they differ.",
    "fuse": "Tell affects of face, voice and words together, beside what was recorded.",
    "anonymise": "Copy a bag without images, crops and landmarks, and prove it by the bytes of the copy.",
    "info": "Say what a bag holds, what is missing, and with what it was recorded.",
    "mend": "Close a bag again whose recorder was killed.",
}


def add(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, doc in ACTIONS.items():
        sub = actions.add_parser(name, help=doc, description=doc)
        new = name == "record"
        sub.add_argument("bag", type=Path, help="folder of the new bag" if new else "folder of a bag, or a file in it")
        import_module(f"{__name__}.{name}").add(sub)


def run(args: argparse.Namespace) -> int:
    require("rosbags")
    return int(import_module(f"{__name__}.{args.action}").run(args))


def opened(path: Path, namespace: str | None = None) -> Session:
    """A recorded session, with a warning for each of its files that has no end."""
    from mien.bags.read import Session

    session = Session(path, namespace)
    for cut in session.cuts:
        log.warning("%s", cut)
    return session
