"""`mien annotate`: images and videos to JSON lines, one per face and frame."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from mien.camera import parse
from mien.camera.calibration import Calibration, open_calibration
from mien.camera.config import CameraConfig
from mien.camera.files.paths import format_of, search
from mien.camera.files.pictures import read_images
from mien.camera.files.videos import VideoSource
from mien.cli.lines import Lines
from mien.cli.neutral import read_neutral
from mien.core.config import build
from mien.core.errors import CalibrationError, ConfigError, ModelError, SourceError, UsageError, WriteError
from mien.core.moment import Moment
from mien.core.types import Frame, PersonBaseline
from mien.exports.jsonl import dump, records
from mien.faces.config import FacesConfig
from mien.images.formats import Format, Kind
from mien.perception.pipeline import Pipeline, Result
from mien.progress import bar, plain
from mien.rigs.config import RigsConfig
from mien_models import Registry

_EXIT_CODES = (
    "Exit codes: 0, done, and files that could not be read are named; 1, nothing could be read, or the output could "
    "not be written; 2, misuse."
)


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
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")


def run(args: argparse.Namespace) -> int:
    console = plain()
    tally = _Tally()
    files = list(_files(args.inputs, tally, console))
    _protect(args.out, [*(path for path, _ in files), *map(Path, filter(None, (args.calibration, args.neutral)))])
    try:
        config = build(CameraConfig, {"max_megapixels": args.max_megapixels})
        calibration = open_calibration(args.calibration)
        faces = build(FacesConfig, {"max_faces": args.max_faces, "detector": args.detector, "device": args.device})
    except ConfigError as e:
        name, _, reason = str(e).partition(":")
        raise UsageError(f"--{name.replace('_', '-')}:{reason}") from e
    except CalibrationError as e:
        raise UsageError(f"--calibration {e}") from e
    pipelines = _Pipelines(faces)
    if args.neutral:
        neutral = read_neutral(_path(args.neutral), pipelines.still, pipelines.video, config, calibration)
        pipelines.expect(neutral)
    reader = _Reader(pipelines, config, calibration)
    out = Lines(args.out)
    try:
        with bar(console) as progress:
            for path, form in progress.track(files, description="files"):
                _annotate(path, form, reader, out, tally, progress)
        out.finish()
    except BaseException as e:
        kept = "" if isinstance(e, WriteError) else out.abandon()
        if kept:
            console.print(kept)
        raise
    finally:
        tally.damaged = reader.damaged
        tally.show(console)
    return 1 if tally.skipped and not tally.frames else 0


@dataclass(slots=True)
class _Tally:
    frames: int = 0
    faces: int = 0
    empty: int = 0
    damaged: int = 0
    skipped: list[str] = field(default_factory=list)

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


class _Pipelines:
    """Still images share one pipeline, so that ids are not reused; every video gets its own."""

    def __init__(self, faces: FacesConfig) -> None:
        self._faces = faces
        self._expected: PersonBaseline | None = None
        self.still = Pipeline(faces=replace(faces, smooth=False), rigs=RigsConfig(smooth=False))

    def video(self) -> Pipeline:
        pipeline = Pipeline(faces=self._faces)
        if self._expected:
            pipeline.expressions.people.expect(self._expected)
        return pipeline

    def expect(self, baseline: PersonBaseline) -> None:
        """Read whoever is alone in a picture against this resting face."""
        self._expected = baseline
        self.still.expressions.people.expect(baseline)


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


class _Reader:
    """Reads the frames of one file and runs the pipeline on them."""

    def __init__(self, pipelines: _Pipelines, config: CameraConfig, calibration: Calibration) -> None:
        self._pipelines = pipelines
        self._config = config
        self._calibration = calibration
        self.damaged = 0  # frames

    def __call__(self, path: Path, form: Format, progress: Progress) -> Iterator[tuple[int, Frame, Result]]:
        """Index, frame and result of every frame. Raises SourceError."""
        if form.kind is Kind.VIDEO:
            yield from self._video(path, form, progress)
            return
        pictures = read_images(path, form, self._config.max_megapixels)
        pipeline = self._pipelines.video() if pictures.animated else self._pipelines.still
        time_s = 0.0
        for index, (image, shown_s) in enumerate(pictures.images):
            if not pictures.animated:
                pipeline.reset()
            frame = Frame(image, round(time_s * 1e9), intrinsics=self._calibration.of(image))
            yield index, frame, pipeline.step(frame)
            time_s += (shown_s or 1 / self._config.framerate) if pictures.animated else 0

    def _video(self, path: Path, form: Format, progress: Progress) -> Iterator[tuple[int, Frame, Result]]:
        source = VideoSource(path, self._config, self._calibration, form)
        pipeline = self._pipelines.video()
        task = progress.add_task(path.name, total=source.length or None)
        try:
            while (frame := source.read()) is not None:
                yield source.position, frame, pipeline.step(frame)
                progress.advance(task)
        finally:
            self.damaged += len(source.damaged)
            source.close()
            progress.remove_task(task)


def _reason(path: Path, error: Exception) -> str:
    if isinstance(error, CalibrationError):
        return f"{path}: {error}"
    return str(error) if isinstance(error, SourceError) else f"{path}: {type(error).__name__}: {error}"


def _annotate(path: Path, form: Format, read: _Reader, out: Lines, tally: _Tally, progress: Progress) -> None:
    """Annotate one file. A bad file is skipped; errors of the output or of a network are raised."""
    results = read(path, form, progress)
    while True:
        try:
            found = next(results, None)
        except (ModelError, UsageError):
            raise
        except Exception as e:
            tally.skipped.append(_reason(path, e))
            return
        if found is None:
            return
        index, frame, result = found
        tally.frames += 1
        tally.empty += not result.faces.faces
        for line in records(str(path), index, Moment(frame.stamp_ns, **result)):
            out.write(dump(line))
            tally.faces += 1
