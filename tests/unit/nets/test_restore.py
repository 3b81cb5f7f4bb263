"""Weights read back from an exported encoder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models.errors import ModelError  # noqa: E402
from mien_models.nets.config import CnnConfig, EncoderConfig  # noqa: E402
from mien_models.nets.encoder import Encoder, MirrorEnsemble  # noqa: E402
from mien_models.nets.export import export  # noqa: E402
from mien_models.nets.restore import restore, settle  # noqa: E402

from .test_export import TINY, randomised  # noqa: E402


@pytest.fixture(scope="module")
def trained() -> Encoder:
    torch.manual_seed(0)
    return randomised(Encoder(TINY))


@pytest.fixture(scope="module")
def file(trained: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("onnx") / "encoder.onnx"
    export(MirrorEnsemble(trained), path)
    return path


def inputs() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(1)
    _, _, height, width = TINY.window
    return (
        torch.randn(8, 1, height, width, generator=generator),
        torch.randn(8, 478, 2, generator=generator),
        torch.ones(8, 2, dtype=torch.bool),
    )


def test_a_restored_encoder_reads_as_the_exported_one_did(trained: Encoder, file: Path) -> None:
    net = Encoder(TINY).eval()
    restore(net, file)
    with torch.no_grad():
        was, now = trained(*inputs()), net(*inputs())
    for name in ("shapes", "units", "presence", "emotion", "affect", "log_sd"):
        torch.testing.assert_close(getattr(now, name), getattr(was, name), atol=0.02, rtol=0.01)  # stored as float16


def test_settled_normalisations_change_nothing_in_training_either(file: Path) -> None:
    net = Encoder(TINY).eval()
    restore(net, file)
    with torch.no_grad():
        before = net.encode(*inputs()[:2])
        settle(net, *inputs()[:2])
        after = net.encode(*inputs()[:2])
        net.train()
        training = net.encode(*inputs()[:2])
    for values in (after, training):
        for was, now in zip(before, values, strict=True):
            torch.testing.assert_close(now, was, atol=1e-4, rtol=1e-3)


def test_the_file_of_another_network_is_refused(file: Path, tmp_path: Path) -> None:
    other = Encoder(
        EncoderConfig(trunk=CnnConfig(widths=(8, 16, 24), depths=(1, 2, 1)), code=32, landmarks=16, local=8)
    )
    with pytest.raises(ModelError, match="no export of this network"):
        restore(other, file)
    damaged = tmp_path / "x.onnx"
    damaged.write_bytes(np.random.default_rng(0).bytes(64))
    with pytest.raises(ModelError, match=r"x\.onnx"):
        restore(Encoder(TINY), damaged)
