"""`mien annotate`: images and videos to JSON lines, one per face and frame."""

from __future__ import annotations

import argparse
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from mien.annotate.engines import Cluster, Engine, Here, Processes
from mien.annotate.join import Joiner
from mien.annotate.lines import Lines
from mien.annotate.neutral import read_neutral
from mien.annotate.parts import Parts
from mien.annotate.tasks import Options, Task, plan
from mien.annotate.work import Done, Worker
from mien.camera import parse
from mien.camera.calibration import open_calibration
from mien.camera.config import CameraConfig
from mien.camera.files.paths import format_of, search
from mien.cli.errors import SOME_FAILED
from mien.core.config import build
from mien.core.errors import CalibrationError, ConfigError, SourceError, UsageError, WriteError
from mien.expressions.config import ExpressionsConfig
from mien.faces.config import FacesConfig
from mien.images.formats import Format
from mien.progress import bar, plain
from mien_models import Registry

_EXIT_CODES = (
    "Exit codes: 0, done; 3, done, but for files that could not be read, which are named at the end; 1, nothing could "
    "be read, or the output could not be written; 2, misuse. After a run that was stopped the same command goes on."
)
_FEW = 300  # frames


def add(parser: argparse.ArgumentParser) -> None:
    parser.epilog = _EXIT_CODES
    parser.add_argument("inputs", nargs="+", metavar="IN", help="images, videos or folders of them; clip")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE.jsonl", help="where to write; - = standard output"
    )
    parser.add_argument("--max-faces", type=int, default=4, help="faces per image (default 4)")
    parser.add_argument("--max-megapixels", type=float, default=200.0, help="refuse larger images (default 200)")
    parser.add_argument("--calibration", default="", metavar="FILE", help="of the camera: a camera_info YAML file")
    parser.add_argument(
        "--neutral", metavar="IN", help="an image or video of the person at rest: all are read against it who are alone"
    )
    parser.add_argument("--detector", default="auto", help="auto, short_range or yunet")
    parser.add_argument(
        "--model", default="encoder_small", metavar="NAME",
        help="encoder_small (default); encoder_base: larger; blendshapes_v2: MediaPipe's shapes, units of them",
    )  # fmt: skip
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="processes (default: as many as cores)")
    parser.add_argument(
        "--segment", type=float, default=120.0, metavar="S",
        help="videos of twice this and more are read in segments of it, side by side; 0 = never [s] (default 120)",
    )  # fmt: skip
    parser.add_argument(
        "--warm-up", type=float, default=15.0, metavar="S",
        help="of a segment: the face is followed for this long before it begins [s] (default 15)",
    )  # fmt: skip
    parser.add_argument(
        "--cluster", default="", metavar="ADDRESS", help="run on the workers of this Dask scheduler: tcp://host:8786"
    )


def run(args: argparse.Namespace) -> int:
    console = plain()
    tally = _Tally()
    files = list(dict(_files(args.inputs, tally, console)).items())  # one that is named twice is read once
    _protect(args.out, [*(path for path, _ in files), *map(Path, filter(None, (args.calibration, args.neutral)))])
    if args.segment < 0 or args.warm_up < 0:
        raise UsageError("--segment and --warm-up: 0 s or more")
    try:
        config = build(CameraConfig, {"max_megapixels": args.max_megapixels})
        calibration = open_calibration(args.calibration)
        faces = build(FacesConfig, {"max_faces": args.max_faces, "detector": args.detector, "device": args.device})
        expressions = build(ExpressionsConfig, {"model": args.model, "device": args.device})
    except ConfigError as e:
        name, _, reason = str(e).partition(":")
        raise UsageError(f"--{name.replace('_', '-')}:{reason}") from e
    except CalibrationError as e:
        raise UsageError(f"--calibration {e}") from e
    options = Options(
        camera=config, faces=faces, expressions=expressions, calibration=args.calibration, segment_s=args.segment,
        warm_s=args.warm_up,
    )  # fmt: skip
    if args.neutral:
        reader = Worker(options)
        neutral = read_neutral(_path(args.neutral), reader.still(), reader.video, config, calibration)
        options = replace(options, neutral=neutral)
    options = options.sealed()
    tasks = plan(files, options)
    engine = _engine(args, tasks)
    out = Lines(args.out)
    with ExitStack() as stack:
        if out.part:
            folder = args.out.with_name(f"{args.out.name}.parts")
        else:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="mien-annotate-")))
        try:
            _annotate(tasks, options, engine, Parts(folder, tasks, options), out, tally, console)
        except Exception:  # not where it is interrupted: what was joined so far is no result
            tally.show(console)
            raise
        tally.show(console)
    if tally.skipped:
        return SOME_FAILED if tally.frames else 1
    return 0


def _engine(args: argparse.Namespace, tasks: Sequence[Task]) -> Engine:
    if args.cluster:
        if args.jobs:
            raise UsageError("--jobs is of this machine and --cluster of others; give one of them")
        return Cluster(args.cluster)
    if args.jobs < 0:
        raise UsageError("--jobs: 0 (all cores) or more")
    count = min(args.jobs or _cores(), len(tasks))
    # Little work is done before other processes have begun.
    few = not args.jobs and sum(task.frames for task in tasks) < _FEW
    return Here() if count < 2 or few else Processes(count)


def _cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _annotate(
    tasks: Sequence[Task], options: Options, engine: Engine, parts: Parts, out: Lines, tally: _Tally, console: Console
) -> None:
    """Run what is not done yet, and join all parts in the order of the files as soon as they are there."""
    results = {task: done for task in tasks if (done := parts.done(task)) is not None}
    if results:
        frames = _plural(sum(done.frames for done in results.values()), "frame")
        console.print(f"{len(results)} of {len(tasks)} parts were done before, {frames}", soft_wrap=True)
    joiner, following = Joiner(), deque(tasks)

    def join() -> None:
        while following and following[0] in results:
            task = following.popleft()
            done = results.pop(task)
            tally.add(done)
            joiner(task, done, parts.lines(task), out.write)

    try:
        with bar(console, rate=True) as progress:
            bar_ = progress.add_task("frames", total=sum(t.frames for t in tasks if t not in results) or None)
            join()
            waiting = list(following)
            for task, done in engine.run(
                [t for t in waiting if t not in results], options, parts, lambda n: progress.advance(bar_, n)
            ):
                results[task] = done
                join()
        out.finish()
    except BaseException as e:
        kept = "" if isinstance(e, WriteError) else out.abandon()
        if out.part and not isinstance(e, WriteError):
            out.part.unlink(missing_ok=True)  # the parts hold more
            kept = parts.say()
        if kept:
            stopped = "stopped: " if isinstance(e, KeyboardInterrupt) else ""
            console.print(f"{stopped}{kept}", soft_wrap=True)
        raise
    parts.remove()


@dataclass(slots=True)
class _Tally:
    frames: int = 0
    faces: int = 0
    empty: int = 0
    damaged: int = 0
    skipped: list[str] = field(default_factory=list)

    def add(self, done: Done) -> None:
        self.frames += done.frames
        self.faces += done.faces
        self.empty += done.empty
        self.damaged += done.damaged
        self.skipped += done.skipped

    def show(self, console: Console) -> None:
        for reason in self.skipped:
            console.print(f"skipped {reason}", soft_wrap=True)
        words = (
            f"{_plural(self.faces, 'face')} in {_plural(self.frames, 'frame')}, {self.empty} without one",
            *([f"{_plural(self.damaged, 'frame')} damaged"] if self.damaged else []),
            f"{_plural(len(self.skipped), 'file')} skipped",
        )
        console.print(", ".join(words))


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" + "s" * (count != 1)


def _files(inputs: Iterable[str], tally: _Tally, console: Console) -> Iterator[tuple[Path, Format]]:
    """Every file to read. Unreadable ones are named; raises UsageError where none is left."""
    found = False
    for text in inputs:
        path = _path(text)
        try:
            if not path.is_dir():
                yield path, format_of(path)
                found = True
                continue
            folder = search(path, nested=True)
        except SourceError as e:
            tally.skipped.append(str(e))
            continue
        tally.skipped += folder.left_out
        if others := folder.say_others():
            console.print(f"left out of {path}: {others}", soft_wrap=True)
        if not folder.media:
            tally.skipped.append(f"{path}: no images or videos in it")
        found = found or bool(folder.media)
        yield from folder.media
    if not found:
        raise UsageError("; ".join(tally.skipped))


def _path(text: str) -> Path:
    try:
        source = parse.parse(text)
    except SourceError as e:
        raise UsageError(str(e)) from e
    if isinstance(source, parse.Clip):
        return Registry.load().path("clip")
    # An existing path takes precedence over a keyword such as `actor`.
    if isinstance(source, parse.Files) or os.path.lexists(text):
        return source.path if isinstance(source, parse.Files) else Path(text)
    raise UsageError(f"{source}: images, videos and folders are annotated; of a camera: mien run --source {source}")


def _protect(out: Path, inputs: Iterable[Path]) -> None:
    """Raises UsageError where the output would overwrite an input, or another picture or video."""
    if str(out) == "-":
        return
    if not out.absolute().parent.is_dir():
        raise UsageError(f"--out {out}: no such folder; choose a file in a folder that exists")
    if not out.is_file():
        return
    if any(path.exists() and path.samefile(out) for path in inputs):
        raise UsageError(f"--out {out}: that is an input; choose another file")
    with suppress(SourceError):
        raise UsageError(f"--out {out}: that is a file of {format_of(out).name}; choose another")
