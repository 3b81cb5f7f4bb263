"""Runs that are stopped, taken up, refused; and what a run leaves behind."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

torch = pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from torch.optim.swa_utils import AveragedModel  # noqa: E402

from mien_models.errors import ModelError  # noqa: E402
from mien_models.nets.config import CnnConfig, EncoderConfig  # noqa: E402
from mien_models.nets.encoder import Encoder  # noqa: E402
from mien_models.train import loop  # noqa: E402
from mien_models.train.config import EncoderTraining, changed  # noqa: E402
from mien_models.train.data import Faces, FixedSource, Statistics  # noqa: E402
from mien_models.train.tasks import EncoderTask  # noqa: E402

from .standin import faces  # noqa: E402

TINY = EncoderConfig(trunk=CnnConfig(widths=(8, 16), depths=(1, 1)), code=16, landmarks=16, local=4)
CONFIG = EncoderTraining(samples=8 * 12, batch=12, validate_every=48, lr=5e-3)
QUIET = Console(quiet=True)


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Faces:
    return faces(tmp_path_factory.mktemp("data") / "d", 60)


def task(some: Faces, config: EncoderTraining = CONFIG) -> EncoderTask:
    torch.manual_seed(0)
    return EncoderTask(config, Encoder(TINY), FixedSource(some), some[slice(0, 40)], Statistics.of(some), "cpu")


def fit(some: Faces, out: Path, config: EncoderTraining = CONFIG, **more: Any) -> Any:
    return loop.fit(task(some, config), config, out, {"data": "d"}, console=QUIET, **more)


def test_a_stopped_run_ends_as_one_that_was_not(some: Faces, tmp_path: Path) -> None:
    whole = fit(some, tmp_path / "whole")
    fit(some, tmp_path / "parts", until=3)
    parts = fit(some, tmp_path / "parts")
    for (name, a), b in zip(whole.state_dict().items(), parts.state_dict().values(), strict=True):
        torch.testing.assert_close(a, b, rtol=0, atol=0, msg=name)
    rows = [json.loads((tmp_path / n / "history.json").read_text()) for n in ("whole", "parts")]
    assert [r["step"] for r in rows[0]] == [r["step"] for r in rows[1]] == [4, 8]
    assert rows[0][-1]["r43"] == rows[1][-1]["r43"]


def test_the_loss_falls(some: Faces, tmp_path: Path) -> None:
    fit(some, tmp_path, changed(CONFIG, ["samples=720", "validate_every=360"]))
    losses = [row["loss"] for row in json.loads((tmp_path / "history.json").read_text())]
    assert losses[-1] < 0.8 * losses[0]


def test_another_run_in_the_same_folder_is_refused(some: Faces, tmp_path: Path) -> None:
    fit(some, tmp_path, until=1)
    with pytest.raises(ModelError, match=r"holds another run \(lr differ\); choose another folder"):
        fit(some, tmp_path, changed(CONFIG, ["lr=0.1"]))
    with pytest.raises(ModelError, match=r"holds another run \(data differ\)"):
        loop.fit(task(some), CONFIG, tmp_path, {"data": "e"}, console=QUIET)


def test_a_checkpoint_of_other_names_is_refused(some: Faces, tmp_path: Path) -> None:
    """The same shapes in another order would be read as others."""
    fit(some, tmp_path)
    path = tmp_path / loop.CHECKPOINT
    state = torch.load(path)
    state["names"]["shapes"].sort()
    torch.save(state, path)
    with pytest.raises(ModelError, match="in another order; delete it to begin anew"):
        loop.read_checkpoint(path)
    del state["names"]  # as before names were written
    torch.save(state, path)
    with pytest.raises(ModelError, match="in another order; delete it to begin anew"):
        loop.read_checkpoint(path)


def test_a_broken_checkpoint_is_named(some: Faces, tmp_path: Path) -> None:
    (tmp_path / loop.CHECKPOINT).write_bytes(b"PK")
    with pytest.raises(ModelError, match=r"(?s)checkpoint\.pt cannot be read: .*delete it to begin anew"):
        fit(some, tmp_path)


def test_a_loss_that_is_no_number_stops_the_run(some: Faces, tmp_path: Path) -> None:
    broken = task(some)
    with torch.no_grad():
        broken.net.emotion.bias.fill_(math.inf)
    with pytest.raises(ModelError, match="the loss is nan at step 0; lower lr"):
        loop.fit(broken, CONFIG, tmp_path, {}, console=QUIET)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    loop.replace_file(file, lambda path: path.write_text("old"))

    def fail(path: Path) -> None:
        path.write_text("new")
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        loop.replace_file(file, fail)
    assert file.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_the_learning_rate_rises_and_falls() -> None:
    shares = np.linspace(0, 1, 101)
    factors = np.array([loop.schedule(s, 0.1) for s in shares])
    assert shares[factors.argmax()] == pytest.approx(0.1)
    assert factors.max() == pytest.approx(1)
    assert (np.diff(factors[:11]) > 0).all()
    assert (np.diff(factors[10:]) < 0).all()
    assert factors[-1] == pytest.approx(0.01)


def test_the_mean_of_weights_forgets_the_first_ones_soon() -> None:
    """Decays of 0, 2/11 and 3/12, then of 0.5 at most; counts are copied."""
    net = torch.nn.BatchNorm1d(1)
    mean = AveragedModel(net, multi_avg_fn=loop._warming(0.5), use_buffers=True)
    found = []
    for value in (1.0, 2.0, 3.0):
        with torch.no_grad():
            net.weight.fill_(value)
        net.num_batches_tracked.fill_(int(value) + 6)
        mean.update_parameters(net)
        found.append(mean.module.weight.item())
    assert found == pytest.approx([1, 1 + 9 / 11, 2 + 31 / 44])
    assert mean.module.num_batches_tracked.item() == 9
    mean.n_averaged.fill_(1000)
    with torch.no_grad():
        net.weight.fill_(found[-1] + 1)
    mean.update_parameters(net)
    assert mean.module.weight.item() == pytest.approx(found[-1] + 0.5)


def test_curves_are_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    history = loop.History([{"step": 1, "seconds": 1, "loss": 2, "train a": 2, "r43": 0.1}])
    loop.draw_curves(history, 16, tmp_path / "curves.png")
    assert (tmp_path / "curves.png").read_bytes().startswith(b"\x89PNG")


def test_cuda_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert loop.device_of("auto") == "cpu"
    with pytest.raises(ModelError, match="finds no CUDA device; choose auto or cpu"):
        loop.device_of("cuda")
    with pytest.raises(ModelError, match="there is no device 'tpu'"):
        loop.device_of("tpu")
