"""Workers that meet, that are stopped, that die."""

from __future__ import annotations

import json
import os
import threading
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

torch = pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models.errors import ModelError  # noqa: E402
from mien_models.nets.config import CnnConfig, EncoderConfig  # noqa: E402
from mien_models.nets.encoder import Encoder  # noqa: E402
from mien_models.train import loop  # noqa: E402
from mien_models.train.__main__ import main  # noqa: E402
from mien_models.train.config import EncoderTraining, changed  # noqa: E402
from mien_models.train.data import FixedSource, Statistics, load  # noqa: E402
from mien_models.train.tasks import EncoderTask  # noqa: E402
from mien_models.train.workers import MainWorker, Worker, WorkerGroup, with_workers  # noqa: E402

from .standin import folder  # noqa: E402

TINY = EncoderConfig(trunk=CnnConfig(widths=(8, 16), depths=(1, 1)), code=16, landmarks=16, local=4)
CONFIG = EncoderTraining(samples=2 * 8 * 12, batch=12, validate_every=96, lr=5e-3, workers=2, meet=2)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("data") / "d", 60)


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is begun finds `learn` where this one did."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[len(__name__.split(".")) - 1]))


def learn(data: Path, out: Path, until: int, group: WorkerGroup | None) -> Any:
    some, _ = load([data])
    loop.prepare(CONFIG)
    own = changed(CONFIG, [f"seed={loop.worker_seed(CONFIG, group)}"])
    task = EncoderTask(own, Encoder(TINY), FixedSource(some), some[slice(0, 40)], Statistics.of(some), "cpu")
    quiet = Console(quiet=True)
    return loop.fit(task, CONFIG, out, {"data": "d"}, console=quiet, until=until, group=group)


def die(*_: Any) -> None:
    os._exit(1)


def run(data: Path, out: Path, until: int = CONFIG.steps) -> dict[str, Any]:
    with with_workers(2, learn, data, out, until) as group:
        net = learn(data, out, until, group)
    return dict(net.state_dict())


def test_they_leave_a_meeting_with_the_mean() -> None:
    pipes = [Pipe() for _ in range(2)]
    all_tensors = [[torch.full((2, 3), float(n)), torch.tensor(10.0 * n, dtype=torch.float64)] for n in range(3)]
    ends: list[WorkerGroup] = [MainWorker([a for a, _ in pipes]), *(Worker(n, b) for n, (_, b) in enumerate(pipes, 1))]
    threads = [threading.Thread(target=end.mean, args=(t,)) for end, t in zip(ends, all_tensors, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    for matrix, number in all_tensors:
        assert (matrix == 1).all()
        assert number == 10


def test_a_stopped_run_of_two_ends_as_one_that_was_not(data: Path, tmp_path: Path) -> None:
    whole = run(data, tmp_path / "whole")
    run(data, tmp_path / "parts", until=4)
    parts = run(data, tmp_path / "parts")
    for name, value in whole.items():
        torch.testing.assert_close(parts[name], value, rtol=0, atol=0, msg=name)
    rows = [json.loads((tmp_path / n / "history.json").read_text()) for n in ("whole", "parts")]
    assert [r["step"] for r in rows[0]] == [r["step"] for r in rows[1]] == [4, 8]


def test_each_draws_faces_of_its_own() -> None:
    mine, theirs = Pipe()
    ends: list[WorkerGroup | None] = [None, MainWorker([mine]), Worker(1, theirs), Worker(2, theirs)]
    seeds = [loop.worker_seed(CONFIG, end) for end in ends]
    assert seeds[0] == seeds[1] == CONFIG.seed
    assert len(set(seeds)) == 3


def test_who_waits_for_a_dead_worker_hears_of_it(data: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="a worker has stopped"), with_workers(2, die) as group:
        learn(data, tmp_path, CONFIG.steps, group)


def test_a_worker_ends_with_its_chief() -> None:
    mine, theirs = Pipe()
    mine.close()
    with pytest.raises(SystemExit):
        Worker(1, theirs).mean([torch.zeros(2)])


def test_a_recipe_with_workers(data: Path, tmp_path: Path) -> None:
    sets = ("net=tiny", "workers=2", "meet=1", "batch=8", "samples=32", "validate_every=32", "validate_on=16")
    arguments = ["encoder", "--data", str(data), "--out", str(tmp_path), *(f"--set={s}" for s in sets)]
    assert main(arguments) == 0
    state = loop.read_checkpoint(tmp_path / loop.CHECKPOINT)
    assert state is not None
    assert state["done"] == 2, "two steps of each are four batches"
    assert (tmp_path / "encoder.onnx").exists()


def test_workers_share_faces_that_are_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["encoder", "--data", "actor", "--out", str(tmp_path), "--set", "workers=2"]) == 2
    assert "folders of shards" in capsys.readouterr().err.replace("\n", " ")
    assert not np.any([path.suffix == ".pt" for path in tmp_path.iterdir()])
