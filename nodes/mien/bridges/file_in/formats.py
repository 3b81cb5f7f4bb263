"""The table of recordings that are read: adding one is a module with `knows` and `read`, and a row here."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mien.bridges.file_in import livelink, openface, shapes
from mien.bridges.file_in.recorded import MOST_BYTES, Recorded
from mien.core.errors import ExportError

_HEAD = 1 << 14


@dataclass(frozen=True, slots=True)
class Reader:
    name: str
    suffixes: tuple[str, ...]
    knows: Callable[[str], bool]  # by the beginning of the file
    read: Callable[[Path], Recorded]


READERS: tuple[Reader, ...] = (
    Reader("CSV of Live Link Face", (".csv",), livelink.knows, livelink.read),
    Reader("CSV of OpenFace", (".csv",), openface.knows, openface.read),
    Reader("JSON with shapes of ARKit or Unified Expressions", (".json", ".jsonl"), shapes.knows, shapes.read),
)
SUFFIXES = frozenset(suffix for reader in READERS for suffix in reader.suffixes)


def is_recording(path: Path) -> bool:
    """Whether a path is a recording by its name."""
    return path.suffix.lower() in SUFFIXES and path.is_file()


def read(path: Path) -> Recorded:
    """A recording. Raises ExportError, which says what is wrong with the file."""
    known = "; ".join(reader.name for reader in READERS)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ExportError(f"{path}: is larger than {MOST_BYTES >> 30} GiB; split it")
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            head = file.read(_HEAD)
        found = next((r for r in READERS if path.suffix.lower() in r.suffixes and r.knows(head)), None)
        if found is None:
            raise ExportError(f"{path}: no recording that can be read; these are: {known}")
        recorded = found.read(path)
    except OSError as error:
        raise ExportError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ExportError(f"{path}: is no text in UTF-8") from error
    except (csv.Error, AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        # A file of others may hold anything in any place.
        raise ExportError(f"{path}: is not laid out as a recording: {type(error).__name__}: {error}") from error
    if not recorded.faces:
        raise ExportError(f"{path}: nobody is tracked in it ({recorded.unseen} rows)")
    recorded.check()
    return recorded
