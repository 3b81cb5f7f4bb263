"""What a long command tells while it works."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from mien.progress import bar


def test_a_log_gets_a_line_every_minute_with_rate_and_time_left() -> None:
    """The rate is that of the whole time: steps that come in heaps would tell any rate."""
    log, times = StringIO(), [100.0]
    progress = bar(Console(file=log, width=200), rate=True)
    progress.get_time = lambda: times[-1]
    progress._said_s = times[0]  # type: ignore[attr-defined]
    frames = progress.add_task("frames", total=1000)
    for now_s in (130.0, 159.9, 160.0, 160.1, 200.0, 220.0):
        times.append(now_s)
        progress.advance(frames, 32)
    assert log.getvalue().splitlines() == [
        "96 of 1000 frames, 1.6/s, 0:09:25 left",
        "192 of 1000 frames, 1.6/s, 0:08:25 left",
    ]


def test_a_terminal_shows_them_in_its_bar() -> None:
    times = [0.0]
    progress = bar(Console(file=StringIO(), width=200, force_terminal=True), rate=True)
    progress.get_time = lambda: times[-1]
    frames = progress.add_task("frames", total=1000)
    times.append(10.0)
    progress.advance(frames, 500)
    (column,) = (c for c in progress.columns if "Rate" in type(c).__name__)
    assert str(column(progress.tasks[frames])) == "50/s, 0:00:10 left"  # type: ignore[operator]
