"""The common style of Matplotlib figures."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from mien.core.errors import ReportError

INK, SOFT, GRID = "#22272e", "#6b7480", "#e4e7eb"

_STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans", "font.size": 9, "text.color": INK, "axes.labelcolor": INK,
    "axes.edgecolor": "#b8c0c8", "axes.linewidth": 0.8, "axes.spines.top": False, "axes.spines.right": False,
    "axes.titlesize": 10, "axes.titleweight": "bold", "axes.titlelocation": "left", "axes.titlecolor": INK,
    "axes.grid": True, "axes.axisbelow": True, "grid.color": GRID, "grid.linewidth": 0.7,
    "xtick.color": SOFT, "ytick.color": SOFT, "xtick.labelcolor": INK, "ytick.labelcolor": INK,
    "xtick.major.size": 3, "ytick.major.size": 3, "lines.linewidth": 1.4, "legend.frameon": False,
}  # fmt: skip


@contextmanager
def new_figure(what: str, size_in: tuple[float, float], dpi: int) -> Iterator[Any]:
    """A Matplotlib figure, to be drawn on and saved inside. Raises ReportError where Matplotlib is not installed."""
    try:
        mpl: Any = importlib.import_module("matplotlib")
        figures: Any = importlib.import_module("matplotlib.figure")
    except ImportError as error:
        raise ReportError(f"{what} needs Matplotlib: pip install 'mien[report]'") from error
    with mpl.rc_context(_STYLE):
        yield figures.Figure(figsize=size_in, dpi=dpi, layout="constrained")
