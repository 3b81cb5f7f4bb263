"""Ten minutes of a run: no process may grow. `make soak` runs it; without MIEN_SOAK_S it is skipped.

Under ten minutes the slope of memory is mostly noise: pools fill for the first few.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil
import pytest

if TYPE_CHECKING:
    from .conftest import Graph

pytestmark = [
    pytest.mark.soak,
    pytest.mark.real,
    pytest.mark.skipif("MIEN_SOAK_S" not in os.environ, reason="takes ten minutes: make soak, or MIEN_SOAK_S=600"),
]

SECONDS = float(os.environ.get("MIEN_SOAK_S", "600"))
EVERY_S = 2.0
WARM_UP = 0.25  # of the time: caches and pools fill, the person's rest is learned
# spin_until_future_complete in a loop cost 5 kB/s without images and 19 kB/s with 60 a second.
GROWTH_BYTES_PER_S = 1_500.0


def samples(processes: dict[str, psutil.Process]) -> dict[str, np.ndarray]:
    """Time [s], memory [bytes], threads and descriptors of each, row by row."""
    rows: dict[str, list[tuple[float, ...]]] = {name: [] for name in processes}
    end = time.monotonic() + SECONDS
    while (now := time.monotonic()) < end:
        for name, process in processes.items():
            with process.oneshot():
                own = process.memory_info()
                rows[name].append((now, own.rss - own.shared, process.num_threads(), process.num_fds()))
        time.sleep(EVERY_S)
    return {name: np.array(r[int(WARM_UP * len(r)) :]) for name, r in rows.items()}


def slope(times: np.ndarray, values: np.ndarray) -> float:
    """Median of the slopes between all pairs (Theil and Sen): a single jump does not count as growth."""
    i, j = np.triu_indices(len(times), 1)
    return float(np.median((values[j] - values[i]) / (times[j] - times[i])))


def check(measured: dict[str, np.ndarray], report: Path) -> None:
    growth = {name: slope(rows[:, 0], rows[:, 1]) for name, rows in measured.items()}
    lines = [
        f"{name}: {rows[-1, 1] / 1e6:.1f} MB of its own, {growth[name]:+.0f} bytes/s, "
        f"{int(rows[-1, 2])} threads, {int(rows[-1, 3])} descriptors"
        for name, rows in measured.items()
    ]
    report.write_text("\n".join(lines) + "\n")
    print(*lines, sep="\n")
    for name, rows in measured.items():
        assert growth[name] < GROWTH_BYTES_PER_S, lines
        for column, what in ((2, "threads"), (3, "descriptors")):
            assert slope(rows[:, 0], rows[:, column]) == 0, (name, what, lines)
            assert np.ptp(rows[:, column]) <= 2, (name, what, lines)


def test_a_run_with_images_does_not_grow(graph: Graph, short_clip: Path, tmp_path: Path) -> None:
    command = [
        sys.executable, "-m", "mien.cli", "run", "--source", str(short_clip), "--out", str(tmp_path / "out"),
        "--namespace", graph.namespace, "--images", "none", "--set", "camera.loop=true", "--set", "faces.crop=none",
    ]  # fmt: skip
    said = (tmp_path / "said.txt").open("w")
    children: list[psutil.Process] = []
    run = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        graph.until(lambda: int(graph.status.get("recorder", {}).get("messages /diagnostics", 0)) > 5, 60)
        children = psutil.Process(run.pid).children()
        named = {c.cmdline()[c.cmdline().index("node") + 1]: c for c in children}
        assert set(named) == {"perception", "recorder"}
        measured = samples(named | {"run": psutil.Process(run.pid)})
        assert run.poll() is None, (tmp_path / "said.txt").read_text()
    finally:
        run.kill()  # its nodes end in order; a report of ten minutes is not what this is about
        run.wait()
        psutil.wait_procs(children, 60)
        said.close()
    check(measured, tmp_path / "growth.txt")


def test_a_node_that_waits_for_images_does_not_grow(graph: Graph, tmp_path: Path) -> None:
    process = graph.start("perception", camera__source="topic")
    graph.until(lambda: "perception" in graph.status)
    check(samples({"perception": psutil.Process(process.pid)}), tmp_path / "growth.txt")
