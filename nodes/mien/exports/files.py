"""Files that get their name only when they are complete."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from mien.core.errors import ExportError


def refused(target: Path, error: OSError) -> ExportError:
    """What to raise where a file cannot be written."""
    return ExportError(f"cannot write {target}: {error.strerror}; make room, or choose another --out")


class Part:
    """A file that is written under `path`, and gets its name by `keep`. An earlier file stays until then."""

    def __init__(self, target: Path) -> None:
        self.target = target
        # The suffix stays last: some writers choose the format by it.
        self.path = target.with_name(f".{os.getpid()}.part.{target.name}")

    def keep(self) -> Path:
        """Raises ExportError where the disk is full."""
        try:
            with self.path.open("rb+") as file:
                os.fsync(file.fileno())
            self.path.replace(self.target)
        except OSError as error:
            self.discard()
            raise refused(self.target, error) from error
        return self.target

    def discard(self) -> None:
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def write(target: Path, data: str | bytes) -> Path:
    """A small file in one go. Raises ExportError."""
    part = Part(target)
    try:
        part.path.write_bytes(data.encode() if isinstance(data, str) else data)
    except OSError as error:
        part.discard()
        raise refused(target, error) from error
    return part.keep()


class TextFile:
    """A text file that is written piece by piece, UTF-8. Raises ExportError where it cannot be opened."""

    def __init__(self, target: Path) -> None:
        self._part = Part(target)
        try:
            self._file = self._part.path.open("w", encoding="utf-8", newline="")
        except OSError as error:
            raise refused(target, error) from error

    def write(self, text: str) -> None:
        self._file.write(text)

    def keep(self) -> Path:
        """Close it; it then has its name. Raises ExportError."""
        try:
            self._file.close()
        except OSError as error:
            raise refused(self._part.target, error) from error
        return self._part.keep()

    def discard(self) -> None:
        with suppress(OSError):
            self._file.close()
        self._part.discard()
