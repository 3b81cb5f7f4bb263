"""`mien generate`: rewrite generated files."""

from __future__ import annotations

import argparse
from pathlib import Path

from mien import derived
from mien.core.errors import UsageError


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where something differs")


def run(args: argparse.Namespace) -> int:
    root = Path(__file__).resolve().parents[3]
    if not (root / "launch").is_dir():
        raise UsageError("works on a checkout installed with `pip install -e`; this is an installed package")
    differs = 0
    for path, text in derived.files(root).items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        differs += 1
        print(f"{'differs' if args.check else 'wrote'} {path.relative_to(root)}")
        if not args.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return 1 if args.check and differs else 0
