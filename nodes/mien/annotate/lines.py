"""A text file that gets its name only when it is complete, and never ends in the middle of a line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from mien.core.errors import UsageError, WriteError

_CHUNK = 1 << 16


class Lines:
    """Writes lines to `path`.part, and renames it to `path` when `finish` is called.

    "-" is standard output; pipes and devices are written to directly. Raises UsageError where nothing can be
    written, and WriteError where the disk is full: an earlier file at `path` is then unchanged.
    """

    def __init__(self, path: Path) -> None:
        self.count = 0
        self._shown = str(path)
        self._path = Path(os.path.realpath(path))  # a link stays one
        self._waiting: list[bytes] = []
        self._bytes = 0  # of the buffered lines
        self._size = 0  # of the written lines
        self.part: Path | None = None
        try:
            if self._shown == "-":
                self._file = os.dup(sys.stdout.fileno())
            elif path.exists() and not path.is_file():
                if path.is_dir():
                    raise UsageError(f"--out {path}: is a folder; choose a file in it")
                self._file = os.open(path, os.O_WRONLY)
            else:
                self._file = self._open_part()
        except OSError as e:
            raise UsageError(f"--out {path}: {e.strerror}; choose a file in a folder that exists") from e

    def _open_part(self) -> int:
        """Open the .part file next to `path`, so that it can be renamed. Keeps .part files of earlier runs."""
        for number in range(1, 1000):
            part = self._path.with_name(f"{self._path.name}.part{number if number > 1 else ''}")
            try:
                file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            except FileExistsError:
                continue
            self.part = part
            if self._path.exists():
                os.fchmod(file, self._path.stat().st_mode & 0o777)
            return file
        raise UsageError(f"--out {self._shown}: too many {self._path.name}.part files beside it; remove them")

    def write(self, line: str) -> None:
        """One line, without its end."""
        data = line.encode() + b"\n"
        self._waiting.append(data)
        self._bytes += len(data)
        self.count += 1
        if self._bytes > _CHUNK:
            self._flush()

    def finish(self) -> None:
        """Rename the complete file."""
        self._flush()
        if self.part:
            self._try(lambda: os.fsync(self._file))
            os.close(self._file)
            self._try(lambda: os.replace(self.part or "", self._path))
        else:
            os.close(self._file)

    def abandon(self) -> str:
        """Keep the lines written so far. Returns where they are."""
        try:
            self._flush()
        except WriteError as e:
            kept = str(e)
        else:
            os.close(self._file)
            kept = f"{self.count} whole lines are in {self.part}" if self.part and self.count else ""
            if self.part and not self.count:
                self.part.unlink(missing_ok=True)
        return kept

    def _flush(self) -> None:
        data, self._waiting, self._bytes = b"".join(self._waiting), [], 0
        written = 0
        while written < len(data):
            try:
                written += os.write(self._file, data[written:])
            except BrokenPipeError:
                raise
            except OSError as e:
                whole = data.rfind(b"\n", 0, written) + 1
                self.count -= data.count(b"\n", whole)
                raise self._failed(e, self._size + whole) from e
        self._size += written

    def _try(self, action: Callable[[], object]) -> None:
        try:
            action()
        except OSError as e:
            raise self._failed(e, None) from e

    def _failed(self, error: OSError, size: int | None) -> WriteError:
        """Cut the file back to whole lines, and describe the error."""
        if self.part is None:
            return WriteError(f"{self._shown}: {error.strerror}")
        try:
            if size is not None:
                os.ftruncate(self._file, size)
                os.close(self._file)
            if not self.count:
                self.part.unlink(missing_ok=True)
        except OSError:
            pass
        kept = f"{self.count} whole lines are in {self.part}" if self.count else "no line could be written"
        return WriteError(f"{self._shown}: {error.strerror}; {kept}; make room, or choose another --out")
