"""Train the neural renderer of an avatar from its pairs, and tell its fidelity by region."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from mien_models.animator.avatar import Avatar
from mien_models.animator.frame import EYES_PX, MIDDLE_PX, PICTURE
from mien_models.animator.pairs import Pairs
from mien_models.animator.reading import read_pictures
from mien_models.backends import Session
from mien_models.nets.renderer import Renderer, RendererConfig, export_renderer
from mien_models.train.avatars.config import RendererTraining

F32 = NDArray[np.float32]

# Top, bottom, left and right of the regions of a picture, in distances of the eyes from the middle between them.
REGIONS = {"eyes": (-0.6, 0.3, -0.95, 0.95), "mouth": (0.65, 1.5, -0.7, 0.7)}
_FAINT = 0.02  # values of pictures that never change by so much are those of the mean
_WIDTHS = (64, 64, 48, 32, 24)


def regions() -> dict[str, tuple[slice, slice]]:
    """Rows and columns of each region of a picture."""
    out = {}
    for name, (top, bottom, left, right) in REGIONS.items():
        rows = [int(np.clip(MIDDLE_PX[1] + at * EYES_PX, 0, PICTURE)) for at in (top, bottom)]
        columns = [int(np.clip(MIDDLE_PX[0] + at * EYES_PX, 0, PICTURE)) for at in (left, right)]
        out[name] = (slice(*rows), slice(*columns))
    return out


def train_renderer(
    pairs: Pairs, config: RendererTraining, advance: Callable[[float], None] = lambda _: None
) -> Renderer:
    """A renderer of the shares of an avatar's rig. advance: gets the loss of each step."""
    torch.manual_seed(config.seed)
    known = _learned(pairs, config)
    mask = torch.ones(PICTURE, PICTURE)
    for rows, columns in regions().values():
        mask[rows, columns] += config.regions
    widths = tuple(max(int(w * config.width), 4) for w in _WIDTHS)
    net = _begun(pairs, known, mask.numpy(), widths, config)
    pictures = torch.as_tensor(pairs.pictures[known]).permute(0, 3, 1, 2)
    shares = torch.as_tensor(pairs.shares[known])
    # What moves much is learned in proportion, or a moving jaw would hide a moving lid.
    learned = [weights for weights in net.parameters() if weights.requires_grad]
    optimiser = torch.optim.Adam(learned, config.lr, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, config.lr, total_steps=config.steps, pct_start=0.1)
    made = torch.Generator().manual_seed(config.seed)
    for _ in range(config.steps):
        rows = torch.randint(len(shares), (config.batch,), generator=made)
        optimiser.zero_grad()
        loss = ((net(shares[rows]) - pictures[rows].float() / 255).abs() * mask).mean()
        loss.backward()
        optimiser.step()
        schedule.step()
        advance(float(loss.detach()))
    net.eval()
    return net


def _begun(
    pairs: Pairs, known: NDArray[np.int64], mask: F32, widths: tuple[int, ...], config: RendererTraining
) -> Renderer:
    """A renderer that draws by eigenpictures, whose weights it has learned from the pairs `known`."""
    flat = pairs.pictures[known].transpose(0, 3, 1, 2).reshape(len(known), -1).astype(np.float32) / 255
    mean = flat.mean(0)
    moving = np.flatnonzero(np.abs(flat - mean).max(0) > _FAINT)
    stress = np.sqrt(np.tile(mask.ravel(), 3))[moving]
    change = (flat - mean)[:, moving] * stress
    sizes, vectors = np.linalg.eigh(change @ change.T)
    first = np.argsort(sizes)[::-1][: min(config.components, len(known) - 1)]
    own = (vectors[:, first].T @ change) / np.sqrt(np.maximum(sizes[first], 1e-9))[:, None]
    weights = change @ own.T
    scale = float(weights.std()) + 1e-6
    net = Renderer(
        RendererConfig(
            inputs=pairs.shares.shape[1], hidden=widths[0], widths=widths, components=len(first), moving=len(moving)
        )
    )
    net.begin(mean.reshape(3, PICTURE, PICTURE))
    net.compose(scale * own / stress, moving)
    shares, targets = torch.as_tensor(pairs.shares[known]), torch.as_tensor(weights / scale, dtype=torch.float32)
    optimiser = torch.optim.AdamW(net.weights.parameters(), config.weights_lr, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, config.weights_lr, total_steps=config.weights_steps)
    made = torch.Generator().manual_seed(config.seed)
    for _ in range(config.weights_steps):
        rows = torch.randint(len(shares), (64,), generator=made)
        optimiser.zero_grad()
        (net.weights(shares[rows]) - targets[rows]).square().mean().backward()
        optimiser.step()
        schedule.step()
    return net


def fidelity(net: Renderer, pairs: Pairs, encoder: Session, config: RendererTraining) -> dict[str, Any]:
    """PSNR [dB] and SSIM by region on pairs held out, and how well the encoder reads neural pictures like true ones.

    reading: mean correlation over the shapes that move (standard deviation of .03 or more), of the true and the
    neural pictures; reading_error: mean absolute difference of these shapes.
    """
    held = np.setdiff1d(np.arange(len(pairs)), _learned(pairs, config))
    with torch.no_grad():
        drawn = net(torch.as_tensor(pairs.shares[held])).permute(0, 2, 3, 1).numpy()
    true = pairs.pictures[held].astype(np.float32) / 255
    out: dict[str, Any] = {}
    for name, (rows, columns) in {"whole": (slice(None), slice(None)), **regions()}.items():
        a, b = drawn[:, rows, columns], true[:, rows, columns]
        error = np.square(a - b).mean((1, 2, 3))
        out[name] = {
            "psnr": round(float((-10 * np.log10(np.maximum(error, 1e-8))).mean()), 2),
            "ssim": round(float(np.mean([ssim(x, y) for x, y in zip(a, b, strict=True)])), 3),
        }
    read = read_pictures(encoder, np.rint(drawn * 255).astype(np.uint8)).shapes
    truth = pairs.levels[held][:, : read.shape[1]]
    moves = truth.std(0) >= 0.03
    pairs_of = [np.corrcoef(read[:, i], truth[:, i])[0, 1] for i in np.flatnonzero(moves) if read[:, i].std() > 1e-6]
    out["reading"] = round(float(np.mean(pairs_of)), 3) if pairs_of else None
    out["reading_error"] = round(float(np.abs(read - truth)[:, moves].mean()), 4) if moves.any() else None
    out["shapes_that_move"] = int(moves.sum())
    return out


def ssim(a: F32, b: F32) -> float:
    """Structural similarity of two pictures (H, W, 3) in [0, 1]: Wang et al. 2004, with windows of 7 px."""

    def mean(values: F32) -> F32:
        return np.asarray(cv2.blur(values, (7, 7)), np.float32)

    x, y = a.mean(2), b.mean(2)
    mx, my = mean(x), mean(y)
    vx, vy, both = mean(x * x) - mx * mx, mean(y * y) - my * my, mean(x * y) - mx * my
    one, two = 0.01**2, 0.03**2
    return float((((2 * mx * my + one) * (2 * both + two)) / ((mx * mx + my * my + one) * (vx + vy + two))).mean())


def save(net: Renderer, avatar: Avatar, report: dict[str, Any], out: Path) -> Path:
    """Write `renderer.onnx` and `renderer.json`; the path of the first."""
    out.mkdir(parents=True, exist_ok=True)
    export_renderer(net, out / "renderer.onnx")
    (out / "renderer.json").write_text(json.dumps({"avatar": avatar.name, **report}, indent=1) + "\n", "utf-8")
    torch.save({"config": net.config, "state": net.state_dict()}, out / "renderer.pt")
    return out / "renderer.onnx"


def load(folder: Path) -> Renderer:
    """The renderer that `save` wrote."""
    with torch.serialization.safe_globals([RendererConfig]):
        kept = torch.load(folder / "renderer.pt")
    net = Renderer(kept["config"])
    net.load_state_dict(kept["state"])
    net.eval().requires_grad_(False)
    return net


def _learned(pairs: Pairs, config: RendererTraining) -> NDArray[np.int64]:
    """Pairs to learn from; rest is among them."""
    order = 1 + np.random.default_rng(config.seed).permutation(len(pairs) - 1)
    return np.append(0, np.sort(order[int(config.held_out * len(pairs)) :]))
