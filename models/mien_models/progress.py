"""Show the progress of a fetch on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mien_models.packages import Report


@contextmanager
def progress_bars() -> Iterator[Report]:
    """A Report that draws one bar per package, and a spinner if the size is unknown."""
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn

    text = TextColumn("{task.description}", markup=False)
    columns = (SpinnerColumn(), text, BarColumn(), TextColumn("{task.fields[size]}"))
    tasks: dict[str, TaskID] = {}
    with Progress(*columns) as progress:

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=None, size="")
            size = f"{done / 1e6:.1f} / {total / 1e6:.1f} MB" if total else ""
            progress.update(tasks[what], completed=done, total=total or None, size=size)

        yield report
        for task in tasks.values():
            progress.update(task, total=1, completed=1)
