"""`mien bridges list`."""

from __future__ import annotations

import argparse
import json
from importlib.util import find_spec

from rich.table import Table

from mien.bridges.registry import BRIDGES, BridgeSpec
from mien.core.config import params
from mien.progress import plain

_ARROWS = {"out": "→", "in": "←", "both": "↔"}


def add(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="name, direction, address and purpose of each")
    listing.add_argument("--json", action="store_true", help="with every parameter, for programs")
    parser.epilog = "mien run --to vmc,openseeface starts bridges with the graph; --set vmc.host=… sets the receiver."


def run(args: argparse.Namespace) -> int:
    if args.json:
        print(json.dumps([_plain(spec) for spec in BRIDGES], indent=2, ensure_ascii=False))
        return 0
    table = Table("bridge", "", "address", "what", box=None, pad_edge=False)
    for spec in BRIDGES:
        missing = [m for m in spec.needs if find_spec(m) is None]
        note = f" (needs {', '.join(missing)}: {spec.source})" if missing else ""
        table.add_row(spec.name, _ARROWS[spec.direction], spec.address, spec.doc + note)
    plain(stderr=False).print(table)
    return 0


def _plain(spec: BridgeSpec) -> dict[str, object]:
    return {
        "name": spec.name,
        "direction": spec.direction,
        "address": spec.address,
        "doc": spec.doc,
        "needs": list(spec.needs),
        "parameters": {
            f"{spec.name}.{p.name}": {"default": p.default, "doc": p.doc, "unit": p.unit, "limits": p.bounds}
            for p in params(spec.config)
        },
    }
