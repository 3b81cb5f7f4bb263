"""Finds out what a path is: a picture, a video, a folder of them, or something that cannot be read."""

from __future__ import annotations

import os
import re
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mien.core.errors import SourceError
from mien.images.formats import FORMATS, HEAD, MOTION_JPEG, SUFFIXES, Format, Kind, identify
from mien.images.headers import is_motion_jpeg

# This much of a JPEG is read to see whether it is motion JPEG.
_JPEG_BYTES = 1 << 23
_JPEG_SUFFIXES = next(f.suffixes for f in FORMATS if f.name == "JPEG")
# At most this many files that are no pictures are named; the rest are counted.
_NAMED = 20


def format_of(path: Path) -> Format:
    """The format of a picture or video, by its content. Raises SourceError, which says what is wrong with the file."""
    head = _head(path)
    if not head:
        raise SourceError(f"{path}: the file is empty")
    form = identify(head)
    if form and form.name == "JPEG" and path.suffix.lower() not in _JPEG_SUFFIXES and _begins_a_stream(path):
        form = MOTION_JPEG
    if form is None:
        what = "not an image or a video, or a broken one" if path.suffix.lower() in SUFFIXES else "no image or video"
        raise SourceError(f"{path}: {what}")
    if form.kind is Kind.SOUND:
        raise SourceError(f"{path}: there is no image in it, only sound")
    return form


def _head(path: Path) -> bytes:
    """The first bytes of a regular file. A pipe is never opened, because opening it would block."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if path.is_symlink():
            raise SourceError(f"{path}: a link to {os.readlink(path)}, which does not exist") from None
        raise SourceError(f"{path}: no such file or folder") from None
    except (OSError, ValueError) as e:
        raise SourceError(f"{path}: {getattr(e, 'strerror', None) or e}") from e
    if not stat.S_ISREG(mode):
        kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
        raise SourceError(f"{path}: {kinds.get(stat.S_IFMT(mode), 'a device')}, not a file")
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as e:
        raise SourceError(f"{path}: {e.strerror}") from e


def _begins_a_stream(path: Path) -> bool:
    with path.open("rb") as file:
        return is_motion_jpeg(file.read(_JPEG_BYTES))


@dataclass(slots=True)
class Folder:
    """The content of a folder: pictures and videos in natural order, and which files are left out and why."""

    media: list[tuple[Path, Format]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # one sentence per file that looks like media but cannot be read
    others: list[Path] = field(default_factory=list)  # files that are no media by content and by name

    def sentences(self) -> Iterator[str]:
        """One sentence for each file or group of files that is left out."""
        yield from self.left_out
        if self.others:
            yield self.say_others()

    def say_others(self) -> str:
        """One sentence that names the files that are neither images nor videos; "" where there are none."""
        names = ", ".join(p.name for p in self.others[:_NAMED])
        more = f", {_count(self.others[_NAMED:])}" if len(self.others) > _NAMED else ""
        return f"neither images nor videos: {names}{more}" if self.others else ""


def search(root: Path, *, nested: bool) -> Folder:
    """Everything in a folder, and below it where `nested`. Raises SourceError where the folder cannot be read."""
    found = Folder()
    for path in _walk(root, nested, found.left_out):
        try:
            found.media.append((path, format_of(path)))
        except SourceError as e:
            if path.suffix.lower() in SUFFIXES or not _is_plain(path):
                found.left_out.append(str(e))
            else:
                found.others.append(path)
    return found


def _walk(root: Path, nested: bool, left_out: list[str]) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(root), key=lambda e: counted(e.name))
    except OSError as e:
        raise SourceError(f"{root}: {e.strerror}") from e
    for entry in entries:
        path = Path(entry.path)
        if not entry.is_dir():
            yield path
        elif nested and not entry.is_symlink():  # a link may lead back
            try:
                yield from _walk(path, nested, left_out)
            except SourceError as e:
                left_out.append(str(e))


def counted(name: str) -> list[tuple[int, int, str]]:
    """Key that sorts names in natural order: 2 before 10."""
    return [(0, int(t), "") if t.isdecimal() else (1, 0, t) for t in re.split(r"(\d+)", name) if t]


def _is_plain(path: Path) -> bool:
    """Whether it is a regular file; all others are reported as left out."""
    return path.is_file() and os.access(path, os.R_OK)


def _count(paths: Iterable[Path]) -> str:
    kinds: dict[str, int] = defaultdict(int)
    for path in paths:
        kinds[path.suffix or "no suffix"] += 1
    return ", ".join(f"{count} more ({suffix})" for suffix, count in sorted(kinds.items()))
