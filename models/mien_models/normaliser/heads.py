"""Training of the classifier on the original and the normalised face."""

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
from numpy.typing import NDArray
from torch.nn import functional

from mien_models.backends import Session, open_session
from mien_models.errors import ModelError, require_positive
from mien_models.head.model.action_units import TOP
from mien_models.nets import sides
from mien_models.nets.export import OPSET, store
from mien_models.normaliser.draw import Drawer
from mien_models.normaliser.experts import READINGS, Classifier, ReadyClassifier
from mien_models.normaliser.reading import vector
from mien_models.normaliser.samples import Samples, parts, read
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.emotions import EMOTIONS
from mien_models.spaces.facs import AUS

F32 = NDArray[np.float32]
Say = Callable[[str], None]

PRESENT = 1.0  # intensity from which a unit is there
_SAY_EVERY = 200  # steps


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadTraining:
    """Settings. samples: faces that are seen, mirrored ones among them. balance: weight of the imbalance of experts."""

    seed: int = 7
    samples: int = 80_000
    batch: int = 128
    lr: float = 1e-3
    weight_decay: float = 0.05
    balance: float = 0.001
    faces: int = 0  # that are used; 0 = all

    def __post_init__(self) -> None:
        require_positive(self, "samples", "batch", "lr")


PRESETS: Mapping[str, HeadTraining] = {"cpu": HeadTraining(), "gpu": HeadTraining(samples=5_000_000, batch=512)}


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """units (N, A) [0, 5], emotion (N, 8) of prototypes, sum 1."""

    units: F32
    emotion: F32


def train(
    config: HeadTraining, data: Sequence[Path], val: Sequence[Path], out: Path, *, emotions: Callable[[Samples], F32],
    say: Say = lambda _: None,
) -> dict[str, Any]:  # fmt: skip
    """Write norface.onnx into `out` and return its scores. data, val: folders of `mien actor dataset`.

    emotions: targets (N, 8) of faces. Raises ModelError, also where no normaliser is there.
    """
    torch.manual_seed(config.seed)
    out.mkdir(parents=True, exist_ok=True)
    faces, held = parts(data, val, config.faces)
    start = time.process_time()
    encoder, drawer = open_session("encoder_base", device="cpu"), Drawer()
    net = Classifier()
    inputs = both(encoder, drawer, faces, say)
    learn(net, inputs, Truth(faces.units, emotions(faces)), config, say)
    export(net, out / "norface.onnx")
    scores = validate(net, both(encoder, drawer, held, say), Truth(held.units, emotions(held)))
    return {"faces": len(faces), "processor_s": round(time.process_time() - start), **scores}


def both(encoder: Session, drawer: Drawer, faces: Samples, say: Say = lambda _: None) -> tuple[F32, F32]:
    """(N, READINGS) of the original faces, and of the normalised ones."""
    original = read(encoder, faces.crop, faces.landmarks)
    say(f"{len(faces)} original faces are read")
    normalised = read(encoder, drawer(original["shapes"], original["units"]))
    return vector(original), vector(normalised)


def learn(net: Classifier, inputs: tuple[F32, F32], truth: Truth, config: HeadTraining, say: Say) -> None:
    """Teach the classifier to correct what was read; each face is seen as its mirror image as well."""
    order = _mirrored()
    original, normalised = (torch.as_tensor(np.concatenate([v, v[:, order]])) for v in inputs)
    units = torch.as_tensor(np.concatenate([truth.units, truth.units[:, np.array(sides.MIRRORED_UNITS)]]))
    emotion = torch.as_tensor(np.concatenate([truth.emotion, truth.emotion]))
    together = torch.cat([original, normalised], 1)
    net.centre.copy_(together.mean(0))
    net.spread.copy_(together.std(0) + 0.02)
    scale = units.std(0) + 0.2
    there = (units >= PRESENT).float()
    steps = max(config.samples // config.batch, 1)
    optimiser = torch.optim.AdamW(net.parameters(), lr=config.lr, weight_decay=config.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, config.lr, total_steps=steps + 1, pct_start=0.1)
    rng = np.random.default_rng(config.seed)
    net.train()
    for step in range(steps):
        rows = torch.as_tensor(rng.integers(len(units), size=config.batch))
        judged = net(original[rows], normalised[rows])
        loss = (
            ((judged.intensity - units[rows]) / scale).square().mean()
            + functional.binary_cross_entropy_with_logits(judged.presence, there[rows])
            + 0.3 * functional.cross_entropy(judged.emotion, emotion[rows])
            + config.balance * net.imbalance()
        )
        if not torch.isfinite(loss):
            raise ModelError(f"the loss is {float(loss.detach())}; lower lr, or look at the data")
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % _SAY_EVERY == 0:
            say(f"experts: step {step} of {steps}, loss {float(loss.detach()):.4f}")
    net.eval()


def validate(net: Classifier, inputs: tuple[F32, F32], truth: Truth) -> dict[str, float]:
    """Errors of intensities as read and as corrected, and the share of the faces that each expert is chosen for."""
    with torch.no_grad():
        judged = net(*(torch.as_tensor(v) for v in inputs))
    units = slice(len(BLENDSHAPES), len(BLENDSHAPES) + len(AUS))
    used = net.refine.importance / net.refine.importance.sum()
    return {
        "units_mae_read": round(float(np.abs(TOP * inputs[0][:, units] - truth.units).mean()), 4),
        "units_mae": round(float(np.abs(judged.intensity.numpy() - truth.units).mean()), 4),
        "least_used_expert": round(float(used.min()), 3),
    }


def export(net: Classifier, path: Path) -> None:
    """Write ONNX, opset 17: original and normalised (N, READINGS) to units, presence and emotion."""
    file, names = io.BytesIO(), ("original", "normalised")
    outputs = ("units", "presence", "emotion")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns that it is the older of two
        torch.onnx.export(
            ReadyClassifier(net).eval(), (torch.zeros(2, READINGS), torch.zeros(2, READINGS)), file,
            input_names=list(names), output_names=list(outputs),
            dynamic_axes={name: {0: "N"} for name in (*names, *outputs)}, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
    store(onnx.load_model_from_string(file.getvalue()), path)


def _mirrored() -> NDArray[np.intp]:
    """(READINGS,) the order of readings of a mirrored face."""
    shapes, units = np.array(sides.MIRRORED_SHAPES), np.array(sides.MIRRORED_UNITS)
    count = len(BLENDSHAPES)
    ends = count + np.array((0, len(AUS)))
    last = count + 2 * len(AUS) + np.arange(len(EMOTIONS))
    return np.concatenate([shapes, ends[0] + units, ends[1] + units, last])
