"""`python -m mien_models.train renderer|animator`: the recipes for avatars."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress, TaskID

from mien_models.animator.avatar import Avatar
from mien_models.animator.pairs import read_pairs
from mien_models.animator.reading import ENCODER
from mien_models.backends import open_session
from mien_models.errors import ModelError, tell
from mien_models.train.avatars.config import ANIMATORS, RENDERERS
from mien_models.train.config import changed

RECIPES = ("renderer", "animator")


def main(argv: Sequence[str]) -> int:
    """Run one recipe; 0, or 2 with a message for what does not fit."""
    parser = argparse.ArgumentParser(prog="python -m mien_models.train", description=__doc__)
    parser.add_argument("recipe", choices=RECIPES)
    parser.add_argument(
        "--avatar", type=Path, action="append", required=True, metavar="DIR", help="folder of an avatar with pairs"
    )
    parser.add_argument("--data", type=Path, help="of the animator: a dataset of the actor, whose people it follows")
    parser.add_argument(
        "--start", type=Path, metavar="FILE.onnx", help="an animator that stays as it is: only the codes are learned"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--preset", choices=["cpu", "gpu"], default="cpu")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="as lr=1e-3, steps=300")
    args = parser.parse_args(argv)
    console = Console(stderr=True)
    try:
        report = (_renderer if args.recipe == "renderer" else _animator)(args, console)
    except ModelError as error:
        tell(error, parser.prog)
        return 2
    except KeyboardInterrupt:
        console.print("stopped")
        return 130
    print(json.dumps(report, indent=1))
    return 0


def _renderer(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from mien_models.train.avatars.renderer import fidelity, save, train_renderer

    config = changed(RENDERERS[args.preset], args.set)
    encoder = open_session(ENCODER, "cpu", 1, cpu_precision="fp32")
    out: dict[str, Any] = {}
    for folder in args.avatar:
        avatar = Avatar.read(folder)
        pairs = read_pairs(avatar, folder)
        began = time.monotonic()
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task(avatar.name, total=config.steps)
            net = train_renderer(pairs, config, _advancing(progress, task))
        report = fidelity(net, pairs, encoder, config)
        report |= {"pairs": len(pairs), "train_s": round(time.monotonic() - began, 1), "settings": asdict(config)}
        save(net, avatar, report, args.out / avatar.name)
        out[avatar.name] = report
    return out


def _advancing(progress: Progress, task: TaskID) -> Callable[[float], None]:
    return lambda _: progress.advance(task)


def _animator(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from mien_models.animator.people import people_of
    from mien_models.datasets.dataset import Dataset
    from mien_models.nets.animator import export_animator, restore_animator
    from mien_models.train.avatars.animator import Learner, train_animator
    from mien_models.train.avatars.renderer import load

    config = changed(ANIMATORS[args.preset], args.set)
    if args.data is None:
        raise ModelError("name a dataset of the actor with --data; `mien actor dataset` makes one")
    encoder = open_session(ENCODER, "cpu", 1, cpu_precision="fp32")
    people = people_of(Dataset(args.data, partial=True), encoder)
    learners = []
    for folder in args.avatar:
        avatar = Avatar.read(folder)
        renderer = load(folder) if (folder / "renderer.pt").exists() else None
        learners.append(Learner(avatar, read_pairs(avatar, folder), renderer))
    began = time.monotonic()
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("animator", total=config.steps + config.through)
        losses: list[float] = []

        def advance(loss: float) -> None:
            losses.append(loss)
            progress.advance(task)

        net = None if args.start is None else restore_animator(args.start)
        trained = train_animator(learners, people, config, net, advance)
    args.out.mkdir(parents=True, exist_ok=True)
    if args.start is None:
        export_animator(trained.net, args.out / "animator.onnx")
    for avatar in trained.avatars:
        avatar.write(args.out / avatar.name)
    report = {
        "train_s": round(time.monotonic() - began, 1),
        "loss": {"first": losses[0], "last": losses[-1]} if losses else {},
        "readings_explained": trained.explained,
        "faces": len(people),
        "through_renderer": all(one.renderer is not None for one in learners) and config.through > 0,
        "settings": asdict(config),
    }
    (args.out / "animator.json").write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    return report
