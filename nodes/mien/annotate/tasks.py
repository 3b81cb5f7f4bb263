"""The work, cut into tasks that do not know one another.

How it is cut follows from the files alone and not from the number of workers, so that the numbers do not either.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from mien.bags import about
from mien.camera.config import CameraConfig
from mien.camera.files.videos import VideoSource
from mien.core.errors import SourceError
from mien.core.types import PersonBaseline
from mien.expressions.config import ExpressionsConfig
from mien.faces.config import FacesConfig
from mien.images.formats import Format, Kind
from mien_models import Registry
from mien_models.backends.cpu import has_vnni

_PICTURES = 32  # in one task
_UNKNOWN = 1000  # frames that a video is counted as where its header does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What all tasks share. It is sent to other processes."""

    camera: CameraConfig = field(default_factory=CameraConfig)
    faces: FacesConfig = field(default_factory=FacesConfig)
    expressions: ExpressionsConfig = field(default_factory=ExpressionsConfig)
    calibration: str = ""  # its file
    neutral: PersonBaseline | None = None  # of whoever is alone in a picture
    segment_s: float = 120.0  # videos of twice this and more are cut; 0 = never
    warm_s: float = 15.0  # followed before a segment, so that tracks and resting faces are known where it begins
    seal: str = ""  # the digest, once it is known

    def sealed(self) -> Options:
        """With the digest, which then is not computed again."""
        return replace(self, seal=replace(self, seal="").digest())

    def digest(self) -> str:
        """Of everything that numbers depend on: options, weights, and versions of what computes them."""
        if self.seal:
            return self.seal
        calibration = Path(self.calibration).read_bytes().hex() if Path(self.calibration).is_file() else ""
        made_by = {"versions": about.versions(), "vnni": has_vnni(), "weights": Registry.load().weights()}
        plain = asdict(self) | made_by | {"calibration": calibration}
        return hashlib.sha256(json.dumps(plain, default=_plain, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Task:
    """Some pictures, a video, or a segment of one: frames from `first` up to `end`, which is not told any more."""

    paths: tuple[Path, ...]
    is_video: bool = False
    first: int = 0
    end: int | None = None  # None = to the end
    warm: int = 0  # frames before `first`, and before `end`, whose boxes join the ids of segments
    frames: int = 1  # about how many it has

    @property
    def name(self) -> str:
        """For people."""
        if len(self.paths) > 1:
            return f"{self.paths[0]} and {len(self.paths) - 1} more"
        whole = not self.first and self.end is None
        return str(self.paths[0]) + ("" if whole else f" from frame {self.first}")

    def key(self, digest: str) -> str:
        """A name for the part that this task writes. It changes where a file or an option does."""
        files = [(str(path.absolute()), *_stamp(path)) for path in self.paths]
        text = json.dumps([digest, files, self.first, self.end, self.warm])
        return hashlib.sha256(text.encode()).hexdigest()[:24]


def plan(files: Sequence[tuple[Path, Format]], options: Options) -> list[Task]:
    """Tasks in the order of the files."""
    tasks: list[Task] = []
    pictures: list[Path] = []
    for path, form in files:
        if form.kind is not Kind.VIDEO:
            pictures.append(path)
        if pictures and (form.kind is Kind.VIDEO or len(pictures) == _PICTURES):
            tasks.append(Task(tuple(pictures), frames=len(pictures)))
            pictures = []
        if form.kind is Kind.VIDEO:
            tasks += _video(path, form, options)
    if pictures:
        tasks.append(Task(tuple(pictures), frames=len(pictures)))
    return tasks


def _video(path: Path, form: Format, options: Options) -> list[Task]:
    try:
        source = VideoSource(path, options.camera, form=form)
    except (SourceError, OSError):
        return [Task((path,), True, frames=0)]  # whoever reads it says what is wrong with it
    try:
        length, rate = source.length, source.rate
    finally:
        source.close()
    size = round(options.segment_s * rate)
    if not size or length < 2 * size:
        return [Task((path,), True, frames=length or _UNKNOWN)]
    warm = round(options.warm_s * rate)
    firsts = [i * size for i in range(length // size)]  # the last one takes what is left
    ends: list[int | None] = [*firsts[1:], None]
    return [
        Task((path,), True, first, end, warm, (end or length) - first)
        for first, end in zip(firsts, ends, strict=True)
    ]  # fmt: skip


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_size, stat.st_mtime_ns


def _plain(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else str(value)
