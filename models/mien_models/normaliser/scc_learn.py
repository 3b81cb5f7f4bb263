"""Training of the heatmaps of action units on the maps of the frozen encoder."""

from __future__ import annotations

import io
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch

from mien_models.errors import ModelError, require_positive
from mien_models.head.model.action_units import TOP
from mien_models.nets import sides
from mien_models.nets.cnn import CELL
from mien_models.nets.export import OPSET, store
from mien_models.normaliser.frozen import FrozenEncoder
from mien_models.normaliser.points import places
from mien_models.normaliser.samples import Samples, parts
from mien_models.normaliser.scc import ReadyScc, SccHead, TrunkMaps, head_of

Say = Callable[[str], None]

SPREAD = 1.0  # standard deviation of a peak [cells of the heatmap]
_ROWS = 32
_SAY_EVERY = 100  # steps


@dataclass(frozen=True, slots=True, kw_only=True)
class SccTraining:
    """Settings. samples: faces that are seen, mirrored ones among them. shown: weight of where a unit shows."""

    seed: int = 5
    samples: int = 30_000
    batch: int = 32
    lr: float = 2e-3
    weight_decay: float = 1e-3
    shown: float = 10.0
    faces: int = 0  # that are used; 0 = all

    def __post_init__(self) -> None:
        require_positive(self, "samples", "batch", "lr", "shown")


PRESETS: Mapping[str, SccTraining] = {"cpu": SccTraining(), "gpu": SccTraining(samples=2_000_000, batch=256)}


@dataclass(frozen=True, slots=True, eq=False)
class Maps:
    """What the trunk gives of N faces, coarse and fine; peaks (N, A, 2) [cells]; share (N, A) of the full scale."""

    coarse: Any
    fine: Any
    peaks: Any
    share: Any

    def __len__(self) -> int:
        return len(self.coarse)


def train(
    config: SccTraining, data: Sequence[Path], val: Sequence[Path], out: Path, say: Say = lambda _: None
) -> dict[str, Any]:
    """Write scc.onnx into `out` and return its scores. data, val: as for `learn.train`. Raises ModelError."""
    torch.manual_seed(config.seed)
    torch.set_flush_denormal(True)
    out.mkdir(parents=True, exist_ok=True)
    faces, held = parts(data, val, config.faces)
    start = time.process_time()
    frozen = FrozenEncoder()
    trunk, window = TrunkMaps(frozen.net.trunk).eval(), frozen.net.config.window
    head = head_of()
    seen = maps_of(frozen, trunk, faces, mirrored=True, say=say)
    learn(head, seen, config, say)
    peaks = _peaks(head, maps_of(frozen, trunk, faces.take(np.arange(min(len(faces), 500))), say=say))
    share = torch.as_tensor(faces.units[: len(peaks)])
    gain = (peaks * share).sum(0) / peaks.square().sum(0).clamp(min=1e-6)
    export(ReadyScc(trunk, head, window, gain.clamp(1, 2 * TOP)), out / "scc.onnx")
    found = _peaks(head, maps_of(frozen, trunk, held, say=say)).numpy()
    r = [_pearson(found[:, i], held.units[:, i]) for i in range(found.shape[1])]
    return {
        "faces": len(faces), "processor_s": round(time.process_time() - start),
        "units_mean_r": round(float(np.nanmean(r)), 4),
    }  # fmt: skip


def maps_of(
    frozen: FrozenEncoder, trunk: TrunkMaps, faces: Samples, *, mirrored: bool = False, say: Say = lambda _: None
) -> Maps:
    """What the trunk gives of faces, and of their mirror images after them where asked for."""
    top, left, _, _ = frozen.net.config.window
    at = torch.as_tensor((places(faces.landmarks) - (left, top)) / CELL, dtype=torch.float32)
    share = torch.as_tensor(faces.units / TOP)
    coarse, fine = [], []
    for flip in (False, True) if mirrored else (False,):
        for first in range(0, len(faces), _ROWS):
            pictures = torch.as_tensor(faces.crop[first : first + _ROWS]).permute(0, 3, 1, 2).float() / 255
            seen = frozen.see(pictures)
            with torch.no_grad():
                few, many = trunk(seen.flip(3) if flip else seen)
            coarse.append(few.half())
            fine.append(many.half())
            if first % (8 * _ROWS) == 0:
                say(f"maps: {first} of {len(faces)}")
    if mirrored:
        order = torch.as_tensor(np.array(sides.MIRRORED_UNITS))
        width = frozen.net.config.window[3] / CELL
        across = (at * torch.tensor((-1.0, 1.0)) + torch.tensor((width, 0.0)))[:, order]
        at, share = torch.cat([at, across]), torch.cat([share, share[:, order]])
    return Maps(torch.cat(coarse), torch.cat(fine), at, share)


def targets(peaks: Any, share: Any, height: int, width: int) -> Any:
    """(N, A, H, W): a Gaussian around each peak, as high as the unit is strong."""
    y, x = (torch.arange(n, dtype=torch.float32) + 0.5 for n in (height, width))
    away_x = (x - peaks[..., :1]).square()[:, :, None]
    away_y = (y - peaks[..., 1:]).square()[:, :, :, None]
    return (-(away_x + away_y) / (2 * SPREAD**2)).exp() * share[..., None, None]


def learn(head: SccHead, seen: Maps, config: SccTraining, say: Say) -> None:
    """Teach the head to draw the heatmaps: squared errors, which count more where a unit can show."""
    steps = max(config.samples // config.batch, 1)
    optimiser = torch.optim.AdamW(head.parameters(), lr=config.lr, weight_decay=config.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, config.lr, total_steps=steps + 1, pct_start=0.1)
    rng = np.random.default_rng(config.seed)
    ones = torch.ones_like(seen.share[: config.batch])
    head.train()
    for step in range(steps):
        rows = torch.as_tensor(rng.integers(len(seen), size=config.batch))
        made = head(seen.coarse[rows].float(), seen.fine[rows].float())
        peaks = seen.peaks[rows]
        weight = 1 + config.shown * targets(peaks, ones[: len(rows)], *made.shape[2:])
        wanted = targets(peaks, seen.share[rows], *made.shape[2:])
        loss = ((made - wanted).square() * weight).sum((2, 3)).mean()
        if not torch.isfinite(loss):
            raise ModelError(f"the loss is {float(loss.detach())}; lower lr, or look at the data")
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(head.parameters(), 5.0)
        optimiser.step()
        schedule.step()
        if step % _SAY_EVERY == 0:
            say(f"heatmaps: step {step} of {steps}, loss {float(loss.detach()):.4f}")
    head.eval()


def export(ready: ReadyScc, path: Path) -> None:
    """Write ONNX, opset 17: image (N, 112, 112, 3) uint8 to heatmaps (N, A, H, W) and intensity (N, A)."""
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns that it is the older of two
        torch.onnx.export(
            ready.eval(), (torch.zeros(2, 112, 112, 3, dtype=torch.uint8),), file, input_names=["image"],
            output_names=["heatmaps", "intensity"],
            dynamic_axes={name: {0: "N"} for name in ("image", "heatmaps", "intensity")}, opset_version=OPSET,
            dynamo=False,
        )  # fmt: skip
    store(onnx.load_model_from_string(file.getvalue()), path)


def _peaks(head: SccHead, seen: Maps) -> Any:
    """(N, A) heights of the heatmaps."""
    with torch.no_grad():
        parts = [
            head(seen.coarse[i : i + _ROWS].float(), seen.fine[i : i + _ROWS].float()).clamp(0, 1).amax((2, 3))
            for i in range(0, len(seen), _ROWS)
        ]
    return torch.cat(parts)


def _pearson(found: Any, truth: Any) -> float:
    known = np.ptp(found) > 0 and np.ptp(truth) > 0
    return float(np.corrcoef(found, truth)[0, 1]) if known else float("nan")
