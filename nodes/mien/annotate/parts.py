"""What is done already: one part for each task, in a folder beside the output until all are joined."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from mien.annotate.tasks import Options, Task
from mien.annotate.work import Done
from mien.core.errors import UsageError
from mien.core.files import write_whole


class Parts:
    """A part counts as done when its summary is there, which is written last. Parts of other options are kept apart."""

    def __init__(self, folder: Path, tasks: Sequence[Task], options: Options) -> None:
        """Raises UsageError where the folder cannot be made."""
        self.folder = folder
        digest = options.digest()
        self._keys = {task: task.key(digest) for task in tasks}
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as e:
            raise UsageError(
                f"--out: {folder} cannot be made: {e.strerror}; choose a folder that can be written"
            ) from e

    def lines_of(self, task: Task) -> Path:
        return self.folder / f"{self._keys[task]}.jsonl"

    def done(self, task: Task) -> Done | None:
        """None where the task is still to be done. What was skipped is tried again, as its cause may be gone."""
        try:
            done = Done.parse(self._summary(task).read_text("utf-8"))
        except (OSError, ValueError, TypeError):
            return None
        return done if self.lines_of(task).is_file() and not done.skipped else None

    def keep(self, task: Task, done: Done, lines: bytes | None = None) -> None:
        """Remember that a task is done. Raises WriteError."""
        if lines is not None:
            write_whole(self.lines_of(task), lines)
        write_whole(self._summary(task), done.text())

    def lines(self, task: Task) -> Iterator[str]:
        with suppress(FileNotFoundError), open(self.lines_of(task), encoding="utf-8") as file:
            for line in file:
                yield line.rstrip("\n")

    def say(self) -> str:
        """How much is done, for a run that is stopped; "" where nothing is."""
        done = sum(self._summary(task).is_file() for task in self._keys)
        if not done:
            self.remove()
            return ""
        return f"{done} of {len(self._keys)} parts are in {self.folder}; the same command goes on from there"

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _summary(self, task: Task) -> Path:
        return self.folder / f"{self._keys[task]}.json"
