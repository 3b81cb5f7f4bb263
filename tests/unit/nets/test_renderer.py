"""The neural renderer learns pictures, gives gradients to its inputs, and is exported as it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from mien_models.errors import ModelError
from mien_models.nets.renderer import PICTURE, Renderer, RendererConfig, export_renderer


def pictures() -> torch.Tensor:
    """Two pictures that differ in one square."""
    both = torch.full((2, 3, PICTURE, PICTURE), 0.5)
    both[1, 0, 32:64, 32:64] = 0.9
    return both


def test_two_pictures_are_learned() -> None:
    torch.manual_seed(0)
    net, rigs, truth = Renderer(RendererConfig(inputs=1)), torch.tensor([[0.0], [1.0]]), pictures()
    net.begin(truth.mean(0))
    optimiser = torch.optim.Adam(net.parameters(), 2e-3)
    for _ in range(25):
        optimiser.zero_grad()
        (net(rigs) - truth).square().mean().backward()
        optimiser.step()
    square = net(rigs)[:, 0, 40:56, 40:56].mean((1, 2))
    assert square[1] - square[0] > 0.1  # 0 before, 0.4 in the truth


def test_before_training_it_draws_the_base_picture() -> None:
    net, truth = Renderer(RendererConfig(inputs=3)).eval(), pictures()[1]
    net.begin(truth)
    torch.testing.assert_close(net(torch.rand(2, 3))[0], truth, atol=1e-5, rtol=0)


def test_gradients_reach_the_rig() -> None:
    torch.manual_seed(0)
    net = Renderer(RendererConfig(inputs=4)).eval()
    torch.nn.init.normal_(net.layers[-1].weight, std=0.1)
    rig = torch.full((1, 4), 0.5, requires_grad=True)
    net(rig).square().mean().backward()
    assert rig.grad is not None
    assert (rig.grad != 0).all()


def composed() -> Renderer:
    """A renderer with two eigenpictures: of the mouth's rows, and of the eyes'."""
    net = Renderer(RendererConfig(inputs=4, components=2, moving=PICTURE * 2))
    rows = np.arange(PICTURE)
    both = np.zeros((2, PICTURE * 2), np.float32)
    both[0, :PICTURE], both[1, PICTURE:] = 0.3, -0.2
    net.begin(torch.full((3, PICTURE, PICTURE), 0.5))
    net.compose(both, np.concatenate([70 * PICTURE + rows, 20 * PICTURE + rows]))
    net.eval()
    return net


def test_eigenpictures_change_their_own_places_alone() -> None:
    torch.manual_seed(0)
    net = composed()
    rig = torch.rand(1, 4)
    drawn, weights = net(rig)[0], net.weights(rig)[0]
    torch.testing.assert_close(drawn[0, 70], (0.5 + 0.3 * weights[0]).expand(PICTURE))
    torch.testing.assert_close(drawn[0, 20], (0.5 - 0.2 * weights[1]).expand(PICTURE))
    torch.testing.assert_close(drawn[1:], torch.full((2, PICTURE, PICTURE), 0.5))
    assert abs(float(weights[0].detach())) > 1e-3


@pytest.mark.parametrize("eigenpictures", [False, True])
def test_the_export_draws_the_same(tmp_path: Path, eigenpictures: bool) -> None:
    torch.manual_seed(0)
    net = composed() if eigenpictures else Renderer(RendererConfig(inputs=4)).eval()
    torch.nn.init.normal_(net.layers[-1].weight, std=20.0)
    export_renderer(net, tmp_path / "renderer.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "renderer.onnx"), providers=["CPUExecutionProvider"])
    rigs = np.random.default_rng(0).random((3, 4)).astype(np.float32)
    (drawn,) = session.run(["picture"], {"rig": rigs})
    assert drawn.shape == (3, PICTURE, PICTURE, 3)
    expected = net(torch.as_tensor(rigs)).permute(0, 2, 3, 1).detach().numpy() * 255
    assert np.abs(drawn - expected).max() < 1.0  # a grey level: weights are stored as float16
    assert np.ptp(drawn) > 5


@pytest.mark.parametrize("settings", [{"inputs": 0}, {"inputs": 4, "widths": (8, 8)}])
def test_sizes_that_make_no_picture_are_refused(settings: dict[str, int]) -> None:
    with pytest.raises(ModelError, match=r"renderer needs|widths must"):
        RendererConfig(**settings)  # type: ignore[arg-type]
