"""Pictures of heads drawn on a GPU: the CPU's, and differentiable there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")
pytest.importorskip("numba", reason="painting people needs numba")
if not torch.cuda.is_available():
    pytest.skip("torch sees no CUDA device", allow_module_level=True)

from mien_models.head import Head, head_pose  # noqa: E402
from mien_models.head.pictures.studio import person  # noqa: E402
from mien_models.head.pictures.torch_batches import BatchConfig, batches  # noqa: E402
from mien_models.head.render.cpu import CpuRenderer  # noqa: E402
from mien_models.head.render.setting import Camera, Lighting  # noqa: E402
from mien_models.head.render_torch.batch import Settings  # noqa: E402
from mien_models.head.render_torch.renderer import TorchRenderer  # noqa: E402


@pytest.fixture(scope="module")
def cpu() -> CpuRenderer:
    return CpuRenderer(Head.load(), small=True)


@pytest.mark.parametrize("seed", [0, 1])
def test_same_seed_same_pixels(cpu: CpuRenderer, seed: int) -> None:
    """Within one level everywhere: snapped vertices and depths are whole numbers on both."""
    config = BatchConfig(
        seed=seed, batch=16, people=8, expressions=64, poses=64, lights=32, backgrounds=8, occluded=0.5
    )
    here, there = (next(batches(config, TorchRenderer(cpu, device))) for device in ("cpu", "cuda"))
    assert (here.image.int() - there.image.cpu().int()).abs().max() <= 1
    for name in ("shapes", "units", "eyes", "pose", "identity", "person", "camera"):
        torch.testing.assert_close(getattr(here, name), getattr(there, name).cpu(), atol=1e-6, rtol=1e-6)
    torch.testing.assert_close(here.landmarks, there.landmarks.cpu(), atol=1e-3, rtol=0)


def test_gradients_are_those_of_the_cpu(cpu: CpuRenderer) -> None:
    identity, appearance = person(0)
    head, pose = Head(cpu.surface.data), head_pose(0.2, 0.1, 0.0, (0, 0, 0.45))
    painted = cpu.paint(appearance)

    def gradient(device: str) -> Any:
        renderer = TorchRenderer(cpu, device, torch.float64)
        vertices = torch.tensor(head.vertices(identity, pose=pose)[None], device=device, requires_grad=True)
        image = renderer.soft(
            renderer.stack([painted]), torch.zeros(1, dtype=torch.int64, device=device), vertices,
            torch.tensor(pose[None], device=device),
            Settings(renderer.cameras([Camera.from_fov(64, 64, 30)]), renderer.lights([Lighting.studio()])),
        )  # fmt: skip
        weigh = torch.tensor(np.random.default_rng(0).normal(size=image.shape), device=device)
        (found,) = torch.autograd.grad((image * weigh).sum(), vertices)
        return found.cpu()

    here, there = gradient("cpu"), gradient("cuda")
    assert (here - there).norm() < 1e-6 * here.norm()
