"""What a worker does: reads the pictures or the video of a task, and writes a line for every face."""

from __future__ import annotations

import json
import multiprocessing
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import cv2

from mien.annotate.tasks import Options, Task
from mien.camera.calibration import open_calibration
from mien.camera.files.paths import format_of
from mien.camera.files.pictures import read_images
from mien.camera.files.videos import VideoSource
from mien.core.errors import CalibrationError, ModelError, SourceError, UsageError, WriteError
from mien.core.moment import Moment
from mien.core.types import Frame
from mien.exports.tables.jsonl import dump, records
from mien.perception.pipeline import Pipeline, Result
from mien.rigs.config import RigsConfig

Advance = Callable[[int], None]
Seen = tuple[int, int, tuple[float, ...]]  # frame, id within the task, box


@dataclass(slots=True)
class Done:
    """What came of a task. Its lines, with ids of its own, are in a file beside."""

    frames: int = 0
    faces: int = 0
    empty: int = 0
    damaged: int = 0
    skipped: list[str] = field(default_factory=list)
    head: list[Seen] = field(default_factory=list)  # in the frames before the segment
    tail: list[Seen] = field(default_factory=list)  # in its last frames, which the next segment saw, too

    def text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def parse(cls, text: str) -> Done:
        """Raises ValueError or TypeError where the text is none of `text`."""
        done = cls(**json.loads(text))
        done.head, done.tail = ([(f, i, tuple(box)) for f, i, box in seen] for seen in (done.head, done.tail))
        return done


class Worker:
    """Runs tasks of the same options, one after the other. Networks are opened once."""

    def __init__(self, options: Options) -> None:
        """Raises ModelError and CalibrationError."""
        self._options = options
        self._faces = options.faces
        if options.expressions.model == "blendshapes_v2":  # it reads landmarks only
            self._faces = replace(self._faces, crop="none")
        self._calibration = open_calibration(options.calibration)
        self._still: Pipeline | None = None
        self._video: Pipeline | None = None

    def still(self) -> Pipeline:
        """For pictures that do not know one another."""
        if self._still is None:
            faces = replace(self._faces, smooth=False)
            self._still = self._expecting(
                Pipeline(faces=faces, expressions=self._options.expressions, rigs=RigsConfig(smooth=False))
            )
        return self._still

    def video(self) -> Pipeline:
        """For one video or segment; what it saw of the last one is forgotten."""
        if self._video is None:
            self._video = self._expecting(Pipeline(faces=self._faces, expressions=self._options.expressions))
        self._video.reset()
        return self._video

    def _expecting(self, pipeline: Pipeline) -> Pipeline:
        if self._options.neutral is not None:
            pipeline.expressions.people.expect(self._options.neutral)
        return pipeline

    def __call__(self, task: Task, write: Callable[[str], object], advance: Advance = lambda count: None) -> Done:
        """Write the lines of a task. A bad file is named in `skipped`; raises ModelError, UsageError, WriteError."""
        done = Done()
        for path in task.paths:
            found = self._frames(path, task, done)
            while True:
                try:
                    one = next(found, None)
                except (ModelError, UsageError):
                    raise
                except Exception as e:
                    done.skipped.append(_reason(path, e))
                    break
                if one is None:
                    break
                _tell(path, task, one, done, write)
                advance(1)
        return done

    def _frames(self, path: Path, task: Task, done: Done) -> Iterator[tuple[int, Frame, Result]]:
        """Index, frame and result of every frame. Raises SourceError."""
        if task.is_video:
            yield from self._frames_of(path, task, done)
            return
        pictures = read_images(path, format_of(path), self._options.camera.max_megapixels)
        pipeline = self.video() if pictures.animated else self.still()
        time_s = 0.0
        for index, (image, shown_s) in enumerate(pictures.images):
            if not pictures.animated:
                pipeline.reset()
            frame = Frame(image, round(time_s * 1e9), intrinsics=self._calibration.of(image))
            yield index, frame, pipeline.step(frame)
            time_s += (shown_s or 1 / self._options.camera.framerate) if pictures.animated else 0

    def _frames_of(self, path: Path, task: Task, done: Done) -> Iterator[tuple[int, Frame, Result]]:
        source = VideoSource(path, self._options.camera, self._calibration, format_of(path))
        try:
            if begin := max(0, task.first - task.warm):
                source.start_at(begin)
            pipeline = self.video()
            while (frame := source.read()) is not None:
                if task.end is not None and source.position >= task.end:
                    break
                yield source.position, frame, pipeline.step(frame)
        finally:
            own = range(task.first, task.end if task.end is not None else 1 << 62)
            done.damaged += sum(index in own for index in source.damaged)
            source.close()


def _tell(path: Path, task: Task, one: tuple[int, Frame, Result], done: Done, write: Callable[[str], object]) -> None:
    index, frame, result = one
    faces = result.faces.faces
    seen = [(index, f.track_id, tuple(float(v) for v in f.box)) for f in faces]
    if index < task.first:
        done.head += seen
        return
    if task.end is not None and index >= task.end - task.warm:
        done.tail += seen
    done.frames += 1
    done.empty += not faces
    done.faces += len(faces)
    for record in records(str(path), index, Moment(frame.stamp_ns, **result)):
        write(dump(record))


def _reason(path: Path, error: Exception) -> str:
    if isinstance(error, CalibrationError):
        return f"{path}: {error}"
    return str(error) if isinstance(error, SourceError) else f"{path}: {type(error).__name__}: {error}"


_workers: dict[str, Worker] = {}
_one_at_a_time = threading.Lock()  # a pipeline has one stream; a cluster's worker may have several threads


def worker(options: Options) -> Worker:
    """The worker of this process; one at a time is kept."""
    digest = options.digest()
    if digest not in _workers:
        _workers.clear()
        _workers[digest] = Worker(options)
    return _workers[digest]


def begin_process() -> None:
    """Of a process that is one among many: each uses one core, and the parent alone hears Ctrl-C."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process where its parent was killed; it would wait for tasks for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def run_into(task: Task, options: Options, path: Path, advance: Advance = lambda count: None) -> Done:
    """Run a task; its lines are in `path`, whole, when this returns. Raises ModelError, UsageError, WriteError."""
    part = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with _one_at_a_time, open(part, "w", encoding="utf-8") as file:
            done = worker(options)(task, lambda line: file.write(f"{line}\n"), advance)
        os.replace(part, path)
    except OSError as e:
        raise WriteError(f"{path}: {e.strerror}; make room, or choose another --out") from e
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return done


def run_remotely(task: Task, options: Options) -> tuple[str, bytes]:
    """Run a task where nothing of the result can be written: what came of it as text, and its compressed lines."""
    import zlib

    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines"
        done = run_into(task, options, path)
        packer = zlib.compressobj(1)
        with open(path, "rb") as file:
            blocks = [packer.compress(block) for block in iter(lambda: file.read(1 << 20), b"")]
    return done.text(), b"".join([*blocks, packer.flush()])


def version() -> dict[str, Any]:
    """What must be the same on all machines of a cluster."""
    from mien.bags import about

    used = {name: value for name, value in about.versions().items() if name in ("mien", "onnxruntime", "opencv")}
    return used | {"vnni": about.machine()["vnni"]}
