"""Training of the normaliser: first the renderer of the canonical face, then the correction of readings."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from mien_models.backends import open_session
from mien_models.errors import ModelError, require_positive
from mien_models.nets import sides
from mien_models.normaliser.net import Normaliser, code_of, export
from mien_models.normaliser.pictures import Pictures, pictures
from mien_models.normaliser.samples import Samples, parts, read

Say = Callable[[str], None]

_SAY_EVERY = 500  # steps


@dataclass(frozen=True, slots=True, kw_only=True)
class NormaliserTraining:
    """Settings. pictures: of the canonical face. samples: of them that are seen; corrections: faces that are seen."""

    seed: int = 17
    pictures: int = 1200
    samples: int = 120_000
    corrections: int = 60_000
    batch: int = 64
    lr: float = 3e-3
    correct_batch: int = 64
    correct_lr: float = 1e-3
    weight_decay: float = 0.05
    faces: int = 0  # that are used; 0 = all

    def __post_init__(self) -> None:
        require_positive(self, "pictures", "samples", "corrections", "batch", "lr", "correct_batch", "correct_lr")


PRESETS: Mapping[str, NormaliserTraining] = {
    "cpu": NormaliserTraining(),
    "gpu": NormaliserTraining(pictures=20_000, samples=2_000_000, corrections=2_000_000, batch=128, correct_batch=512),
}


def train(
    config: NormaliserTraining, data: Sequence[Path], val: Sequence[Path], out: Path, say: Say = lambda _: None
) -> dict[str, Any]:
    """Write normaliser.onnx into `out` and return its scores. Pictures that `out` holds already are not drawn again.

    data, val: folders of `mien actor dataset`; without val, a tenth of the people is held out. Raises ModelError.
    """
    torch.manual_seed(config.seed)
    torch.set_flush_denormal(True)
    out.mkdir(parents=True, exist_ok=True)
    drawn = pictures(
        out / "canonical.npz", config.pictures, config.seed, lambda n: say(f"canonical face: {n} of {config.pictures}")
    )
    encoder = open_session("encoder_base", device="cpu")
    net = Normaliser()
    start = time.process_time()
    learn_renderer(net, drawn, config, say)
    faces, held = parts(data, val, config.faces)
    learn_correction(net, faces, read(encoder, faces.crop, faces.landmarks), config, say)
    export(net, out / "normaliser.onnx")
    scores = validate(net, held, read(encoder, held.crop, held.landmarks))
    return {"faces": len(faces), "processor_s": round(time.process_time() - start), **scores}


def learn_renderer(net: Normaliser, drawn: Pictures, config: NormaliserTraining, say: Say) -> None:
    """Give the renderer the eigenpictures of the canonical face, and teach it their weights."""
    codes = code_of(torch.as_tensor(drawn.shapes), torch.as_tensor(drawn.units))
    targets = net.renderer.fit(drawn.picture)
    steps = max(config.samples // config.batch, 1)
    optimiser, schedule = _optimiser(net.renderer.weights, config.lr, steps, config.weight_decay)
    rng = np.random.default_rng(config.seed)
    net.train()
    for step in range(steps):
        rows = torch.as_tensor(rng.integers(len(codes), size=config.batch))
        made = net.renderer.weigh(codes[rows])
        # Components are orthonormal, so errors of weights are errors of pixels.
        loss = sum((own - target[rows]).square().sum(1).mean() for own, target in zip(made, targets, strict=True))
        _step(loss, net.renderer.weights, optimiser, schedule)
        if step % _SAY_EVERY == 0:
            say(f"renderer: step {step} of {steps}, loss {float(loss.detach()):.4f}")
    net.eval()


def learn_correction(
    net: Normaliser, faces: Samples, readings: Mapping[str, Any], config: NormaliserTraining, say: Say
) -> None:
    """Teach the correction to find the true code in readings: true codes tell nothing of who somebody is.

    Errors are weighed by how much the code moves the picture; mirrored faces are seen as well.
    """
    shapes, units = torch.as_tensor(readings["shapes"]), torch.as_tensor(readings["units"])
    true_shapes, true_units = torch.as_tensor(faces.shapes), torch.as_tensor(faces.units)

    def both(values: Any, order: Any) -> Any:
        return torch.cat([values, values[:, torch.as_tensor(np.array(order))]])

    shapes, true_shapes = (both(v, sides.MIRRORED_SHAPES) for v in (shapes, true_shapes))
    units, true_units = (both(v, sides.MIRRORED_UNITS) for v in (units, true_units))
    truth = code_of(true_shapes, true_units)
    spread = truth.std(0) + 0.04
    steps = max(config.corrections // config.correct_batch, 1)
    optimiser, schedule = _optimiser(net.correct, config.correct_lr, steps, config.weight_decay)
    rng = np.random.default_rng([config.seed, 1])
    net.eval()
    net.correct.train()
    for step in range(steps):
        rows = torch.as_tensor(rng.integers(len(truth), size=config.correct_batch))
        loss = ((net.code(shapes[rows], units[rows]) - truth[rows]) / spread).square().mean()
        _step(loss, net.correct, optimiser, schedule)
        if step % (_SAY_EVERY) == 0:
            say(f"correction: step {step} of {steps}, loss {float(loss.detach()):.4f}")
    net.eval()


def validate(net: Normaliser, faces: Samples, readings: Mapping[str, Any]) -> dict[str, float]:
    """Errors of codes as read and as corrected, and PSNR [dB] of pictures of both against pictures of the truth."""
    shapes, units = torch.as_tensor(readings["shapes"]), torch.as_tensor(readings["units"])
    truth = code_of(torch.as_tensor(faces.shapes), torch.as_tensor(faces.units))
    with torch.no_grad():
        plain, found = code_of(shapes, units), net.code(shapes, units)
        aim = net.renderer(truth)
        psnr = [float(-10 * (net.renderer(c) - aim).square().mean().log10()) for c in (plain, found)]
    return {
        "code_rmse_read": round(float((plain - truth).square().mean().sqrt()), 4),
        "code_rmse": round(float((found - truth).square().mean().sqrt()), 4),
        "psnr_read_db": round(psnr[0], 2),
        "psnr_db": round(psnr[1], 2),
    }


def _optimiser(module: Any, lr: float, steps: int, weight_decay: float) -> tuple[Any, Any]:
    optimiser = torch.optim.AdamW(module.parameters(), lr=lr, weight_decay=weight_decay)
    return optimiser, torch.optim.lr_scheduler.OneCycleLR(optimiser, lr, total_steps=steps + 1, pct_start=0.1)


def _step(loss: Any, module: Any, optimiser: Any, schedule: Any) -> None:
    if not torch.isfinite(loss):
        raise ModelError(f"the loss is {float(loss.detach())}; lower lr, or look at the data")
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(module.parameters(), 1.0)
    optimiser.step()
    schedule.step()
