"""The folder of `--out`: checks it, and keeps an old recording until the new one is complete."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

from mien.core.errors import UsageError

BAG = "bag"
PREVIOUS = "bag.previous"
REPORT = ("annotated.mp4", "contact_sheet.png", "timeline.png", "voice.png", "summary.json", "report.html")
_OF_BAGS = frozenset((".mcap", ".yaml"))


class Folder:
    """The output folder of one run.

    The constructor only checks. Raises UsageError if the folder cannot be used, if it holds a recording or a report
    and `overwrite` is not set, or if files of these names were not written by a run.
    """

    def __init__(self, path: Path, *, overwrite: bool = False) -> None:
        self.path = path
        self.bag = path / BAG
        self._previous = path / PREVIOUS
        self._made = False
        _check_writable(path)
        held = [name for name in (BAG, *REPORT) if (path / name).exists() or (path / name).is_symlink()]
        if held and not overwrite:
            raise UsageError(
                f"--out {path}: holds {', '.join(held)}{_age(path / held[0])};"
                " choose another folder, or --overwrite them"
            )
        for bag in (self.bag, self._previous):
            if bag.exists() and (strange := _strange(bag)):
                raise UsageError(f"--out {path}: {bag.name} is no bag, it holds {strange}; choose another folder")
        for name in held:
            if name != BAG and not (path / name).is_file():
                raise UsageError(f"--out {path}: {name} is no file of a report; choose another folder")

    def claim(self) -> None:
        """Make the folder, and rename an old bag to `bag.previous`."""
        try:
            self._made = not self.path.exists()
            self.path.mkdir(parents=True, exist_ok=True)
            if self.bag.exists():
                if self._previous.exists():  # left by a run that was killed; the newer bag is kept
                    shutil.rmtree(self._previous)
                self.bag.rename(self._previous)
        except OSError as e:
            raise UsageError(f"--out {self.path}: {e.strerror}; choose a folder that can be written") from e

    def keep(self) -> None:
        """Delete the old recording and report: the new recording is complete."""
        if self._previous.exists():
            shutil.rmtree(self._previous)
        for name in REPORT:
            (self.path / name).unlink(missing_ok=True)

    def restore(self) -> None:
        """Put the old bag back: nothing was recorded."""
        if self.bag.exists() and not _strange(self.bag):
            shutil.rmtree(self.bag)
        if self._previous.exists():
            self._previous.rename(self.bag)
        if self._made and not any(self.path.iterdir()):
            self.path.rmdir()


def _check_writable(path: Path) -> None:
    there = next(p for p in (path, *path.absolute().parents) if p.exists())
    if not there.is_dir():
        raise UsageError(f"--out {path}: {there} is a file; choose a folder")
    if not os.access(there, os.W_OK | os.X_OK):
        raise UsageError(f"--out {path}: {there} may not be written; choose a folder that can")


def _strange(bag: Path) -> str:
    """The name of something in a bag's folder that no recorder writes; "" if there is none."""
    if bag.is_symlink() or not bag.is_dir():
        return "something else"
    return next((p.name for p in sorted(bag.iterdir()) if p.suffix not in _OF_BAGS or not p.is_file()), "")


def _age(path: Path) -> str:
    return f" of {datetime.fromtimestamp(path.lstat().st_mtime):%Y-%m-%d %H:%M}"
