"""What commands show on a terminal, and in a log."""

from __future__ import annotations

from datetime import timedelta

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

_SAY_S = 60.0  # between the lines of a log


def plain(*, stderr: bool = True) -> Console:
    """A console that prints text as it is: a file may be called `[/b].png` or `:smile:.png`."""
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)


def bar(console: Console | None = None, *, rate: bool = False) -> Progress:
    """A progress bar on standard error, so that standard output stays clean.

    rate: adds steps per second, and in a log, where no bar moves, a line every minute.
    """
    shown = TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn()
    console = console or plain()
    return (
        _Rated(*shown, _Rate(), console=console) if rate else Progress(*shown, TimeRemainingColumn(), console=console)
    )


class _Rate(ProgressColumn):
    """Steps per second and time left, from the beginning on: of steps that come in heaps the last few say nothing."""

    def render(self, task: Task) -> Text:
        return Text(_rate(task), style="progress.data.speed")


class _Rated(Progress):
    def __init__(self, *columns: ProgressColumn, console: Console) -> None:
        super().__init__(*columns, console=console)
        self._said_s = self.get_time()

    def advance(self, task_id: TaskID, advance: float = 1) -> None:
        super().advance(task_id, advance)
        if self.console.is_terminal or self.get_time() < self._said_s + _SAY_S:
            return
        self._said_s = self.get_time()
        task = self._tasks[task_id]
        of = f" of {task.total:.0f}" if task.total else ""
        self.console.print(f"{task.completed:.0f}{of} {task.description}, {_rate(task)}", soft_wrap=True)


def _rate(task: Task) -> str:
    if not task.completed or not task.elapsed:
        return ""
    speed = task.completed / task.elapsed
    rate = f"{speed:.0f}/s" if speed >= 10 else f"{speed:.1f}/s"
    if not task.total or task.finished:
        return rate
    return f"{rate}, {timedelta(seconds=round((task.total - task.completed) / speed))} left"
