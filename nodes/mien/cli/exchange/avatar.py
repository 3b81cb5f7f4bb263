"""`mien avatar list|make|add|pairs`: avatars as data, for the animator."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from mien.cli.errors import make_folder, require
from mien.core.errors import UsageError
from mien.progress import bar

if TYPE_CHECKING:
    from mien_models.animator.avatar import Avatar


def add(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="mien's own avatars, with their targets")
    make = actions.add_parser("make", help="the folder of one of mien's own: its rig, and pairs of rig and picture")
    make.add_argument("name", metavar="NAME")
    _common(make)
    new = actions.add_parser("add", help="the folder of an avatar from a .glb or .vrm file with morph targets")
    new.add_argument("model", type=Path, metavar="FILE")
    new.add_argument("--name", help="of the avatar and of its topic (default: the name of the folder)")
    new.add_argument(
        "--targets", choices=("auto", "presets", "morphs"), default="auto",
        help="presets of VRM or single morph targets; auto: presets where there are some",
    )  # fmt: skip
    _common(new)
    more = actions.add_parser("pairs", help="more pairs of an avatar; of one whose code was learned, as it is played")
    more.add_argument("avatar", type=Path, metavar="DIR", help="its folder")
    more.add_argument("--pairs", type=int, default=1600, metavar="N", help="with those that are there (default 1600)")


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--pairs", type=int, default=800, metavar="N", help="pictures to learn from (default 800)")


def run(args: argparse.Namespace) -> int:
    from mien_models.animator import shipped
    from mien_models.animator.avatar import Avatar

    if args.action == "list":
        for name in shipped.NAMES:
            avatar = shipped.plan(name)
            print(f"{name}: {avatar.schema}/rigs, {avatar.count} targets: {', '.join(avatar.names)}")
        return 0
    if args.pairs < 0:
        raise UsageError("--pairs: 0 or more")
    require("numba")
    if args.action == "pairs":
        folder = args.avatar
        avatar = Avatar.read(folder)
    elif args.action == "make":
        folder, avatar = args.out, shipped.plan(args.name)
        make_folder(folder)
        avatar.write(folder)
    else:
        folder = args.out
        name = args.name or folder.resolve().name.lower().replace("-", "_")
        avatar = shipped.add(args.model, folder, name, args.targets)
    if args.pairs:
        _draw(avatar, folder, args.pairs)
    print(folder / "avatar.json")
    return 0


def _draw(avatar: Avatar, folder: Path, count: int) -> None:
    from mien_models import open_session
    from mien_models.animator.figures import figure_of
    from mien_models.animator.pairs import write_pairs
    from mien_models.animator.player import ANIMATOR, Player
    from mien_models.animator.reading import ENCODER

    figure = figure_of(avatar, folder)
    encoder = open_session(ENCODER, "cpu", 1, cpu_precision="fp32")
    player = None if avatar.code is None else Player(avatar, open_session(ANIMATOR, "cpu", 1))
    with bar() as progress:
        task = progress.add_task("drawing", total=count)
        write_pairs(avatar, figure, encoder, folder, count, lambda n: progress.advance(task, n), player)
