"""What commands show on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeRemainingColumn
from rich.text import Text


def plain(*, stderr: bool = True) -> Console:
    """A console that prints text as it is: a file may be called `[/b].png` or `:smile:.png`."""
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)


def bar(console: Console | None = None, *, rate: bool = False) -> Progress:
    """A progress bar on standard error, so that standard output stays clean; `rate` adds steps per second."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        *((_Rate(""),) if rate else ()),
        TimeRemainingColumn(),
        console=console or plain(),
    )


class _Rate(TextColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.0f}/s" if task.speed else "", style="progress.data.speed")
