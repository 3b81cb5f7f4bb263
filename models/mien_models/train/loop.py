"""The training loop of all recipes: steps, averaged weights, validation, checkpoints, curves."""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

import torch
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from torch.optim.swa_utils import AveragedModel

from mien_models.errors import ModelError
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.emotions import EMOTIONS
from mien_models.spaces.facs import AUS
from mien_models.train.config import TrainConfig
from mien_models.train.data import Batch
from mien_models.train.workers import WorkerGroup

CHECKPOINT = "checkpoint.pt"
# What the outputs of a network are called, in their order.
NAMES = {"shapes": list(BLENDSHAPES), "units": list(AUS), "emotions": list(EMOTIONS)}
_EVERY_S = 60.0  # between checkpoints
_SMOOTH = 0.97  # of the loss that is shown


class Task(Protocol):
    """What a recipe trains."""

    net: Any  # the network that is trained and saved
    losses: Any  # a module with the scales of the losses and an adversary's weights

    def batches(self, first: int, last: int) -> Iterator[tuple[int, Batch]]:
        """Step numbers and batches."""

    def step(self, number: int, batch: Batch) -> dict[str, Any]:
        """The weighted parts of the loss."""

    def validate(self, net: Any) -> dict[str, float]:
        """Metrics of a network in evaluation mode."""


@dataclass(slots=True)
class History:
    """Rows of numbers by name, one for each validation."""

    rows: list[dict[str, float]] = field(default_factory=list)


def device_of(name: str) -> str:
    """cuda or cpu of auto, cuda or cpu. Raises ModelError where CUDA is asked for and missing."""
    if name not in ("auto", "cuda", "cpu"):
        raise ModelError(f"there is no device {name!r}; choose auto, cpu or cuda")
    if name == "cuda" and not torch.cuda.is_available():
        raise ModelError("this torch finds no CUDA device; choose auto or cpu, or install a torch built for CUDA")
    return "cuda" if name != "cpu" and torch.cuda.is_available() else "cpu"


def prepare(config: TrainConfig) -> None:
    """Set torch's number of threads and seed, which hold for the whole process."""
    torch.set_num_threads(config.threads)
    torch.set_flush_denormal(True)  # subnormal numbers are a hundred times slower
    torch.manual_seed(config.seed)


def fit(
    task: Task,
    config: TrainConfig,
    out: Path,
    facts: dict[str, Any],
    *,
    device: str = "cpu",
    console: Console | None = None,
    until: int | None = None,
    group: WorkerGroup | None = None,
) -> Any:
    """Train, and return the network with averaged weights in evaluation mode.

    Resumes from the checkpoint in `out` where there is one; the result equals that of a run that was
    never stopped. `facts` must equal those that the checkpoint was made with. `until` stops after that
    step and writes a checkpoint. Raises ModelError where the folder holds another run, and where the
    loss is not finite. With a `group`, this process is one of several workers; the main one validates
    and writes.
    """
    out.mkdir(parents=True, exist_ok=True)
    run = _Run(task, config, device, group)
    run.load(out, facts)
    last = config.steps if until is None else min(until, config.steps)
    console = console or Console(stderr=True)
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        TimeRemainingColumn(), TextColumn("{task.fields[says]}"),
    )  # fmt: skip
    main = group is None or group.rank == 0
    faces = config.batch * config.workers  # of a step
    validate_steps = max(config.validate_every // faces, 1)
    validated, saved = run.done // validate_steps, time.monotonic()
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("training", total=config.steps, completed=run.done, says="")
        for number, batch in task.batches(run.done, last):
            loss = run.step(number, batch)
            progress.update(bar, completed=number + 1, says=f"loss {loss:.3f}")
            if group is not None:
                if run.done % config.meet and run.done != last:
                    continue  # validate and save averaged weights only, not those of one worker
                run.average_workers(group)
            if not main:
                continue
            if run.done // validate_steps > validated or run.done == config.steps:
                validated = run.done // validate_steps
                console.print(_line(run.validate(), faces), soft_wrap=True, highlight=False)
                draw_curves(run.history, faces, out / "curves.png")
            if time.monotonic() - saved > _EVERY_S:
                run.save(out, facts)
                saved = time.monotonic()
    if main:
        run.save(out, facts)
    return run.average.eval()


class _Run:
    """The state of a run."""

    def __init__(self, task: Task, config: TrainConfig, device: str, group: WorkerGroup | None = None) -> None:
        self.task, self.config, self.device = task, config, device
        self._seed = worker_seed(config, group)
        task.net.to(device, memory_format=torch.channels_last).train()
        task.losses.to(device)
        self._averaged = AveragedModel(task.net, multi_avg_fn=_warming(config.average), use_buffers=True)
        self.average = self._averaged.module.requires_grad_(False).eval()
        self.optimiser = torch.optim.AdamW(
            _groups((task.net, task.losses), config.weight_decay), lr=config.lr, betas=(0.9, 0.98)
        )
        self.done, self.history = 0, History()
        self.shown, self.parts, self.seconds = math.nan, dict[str, float](), 0.0

    def step(self, number: int, batch: Batch) -> float:
        """Take one step, and return the smoothed loss."""
        began = time.monotonic()
        # Each step is seeded by its number, so that a resumed run draws the same random numbers.
        torch.manual_seed(self._seed * 1_000_003 + number)
        for group in self.optimiser.param_groups:
            group["lr"] = self.config.lr * schedule(number / self.config.steps, self.config.warmup)
        with torch.autocast(self.device, torch.bfloat16, enabled=self.config.precision == "bf16"):
            parts = self.task.step(number, batch)
        loss = sum(parts.values())
        value = float(loss.detach())
        if not math.isfinite(value):
            raise ModelError(f"the loss is {value} at step {number}; lower lr, or look at the data")
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.task.net.parameters(), self.config.clip)
        self.optimiser.step()
        self._averaged.update_parameters(self.task.net)
        self.done = number + 1
        self.shown = value if math.isnan(self.shown) else _SMOOTH * self.shown + (1 - _SMOOTH) * value
        for name, part in parts.items():
            now = float(part.detach())
            self.parts[name] = _SMOOTH * self.parts.get(name, now) + (1 - _SMOOTH) * now
        self.seconds += time.monotonic() - began
        return self.shown

    def average_workers(self, group: WorkerGroup) -> None:
        """Set weights, averaged weights and the moments of the optimiser to their means over the workers."""
        moments = [
            state[name]
            for group in self.optimiser.param_groups
            for parameter in group["params"]
            for state in [self.optimiser.state[parameter]]
            for name in ("exp_avg", "exp_avg_sq")
            if name in state
        ]
        kept = [*_state(self.task.net), *_state(self.task.losses), *_state(self.average)]
        group.mean([tensor for tensor in kept if tensor.is_floating_point()] + moments)

    def validate(self) -> dict[str, float]:
        """Validate the averaged weights, and add a row to the history."""
        with torch.no_grad():
            seen = self.task.validate(self.average)
        row = {"step": self.done, "seconds": self.seconds, "loss": self.shown}
        row |= {f"train {name}": value for name, value in self.parts.items()} | seen
        self.history.rows.append(row)
        return row

    def save(self, out: Path, facts: dict[str, Any]) -> None:
        """Write the checkpoint and the history, each in one step."""
        state = {
            "names": NAMES,
            "facts": facts,
            "config": asdict(self.config),
            "done": self.done,
            "net": self.task.net.state_dict(),
            "losses": self.task.losses.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "history": self.history.rows,
            "shown": self.shown,
            "parts": self.parts,
            "seconds": self.seconds,
        }
        replace_file(out / CHECKPOINT, lambda path: torch.save(state, path))
        text = json.dumps(self.history.rows, indent=1) + "\n"
        replace_file(out / "history.json", lambda path: path.write_text(text, "utf-8"))

    def load(self, out: Path, facts: dict[str, Any]) -> None:
        """Resume from the checkpoint, where there is one."""
        state = read_checkpoint(out / CHECKPOINT)
        if state is None:
            return
        if state["config"] != asdict(self.config) or state["facts"] != facts:
            raise ModelError(
                f"{out} holds another run ({_difference(state, asdict(self.config), facts)}); "
                "choose another folder, or the settings it was begun with"
            )
        self.task.net.load_state_dict(state["net"])
        self.task.losses.load_state_dict(state["losses"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.done, self.history.rows = state["done"], state["history"]
        self._averaged.n_averaged.fill_(self.done)
        self.shown, self.parts, self.seconds = state["shown"], state["parts"], state["seconds"]


def _warming(decay: float) -> Callable[[Any, Any, Any], None]:
    """The exponential moving average of AveragedModel, with a decay that rises to `decay`.

    Torch's own `get_ema_multi_avg_fn` begins with the full decay, so that random first weights stay in the
    mean for thousands of steps.
    """

    def update(averaged: Sequence[Any], current: Sequence[Any], steps: Any) -> None:
        if averaged[0].is_floating_point():
            now = min(decay, (1 + int(steps)) / (10 + int(steps)))
            torch._foreach_lerp_(averaged, current, 1 - now)
        else:  # counts of batches
            torch._foreach_copy_(averaged, current)

    return update


def worker_seed(config: TrainConfig, group: WorkerGroup | None) -> int:
    """The seed of a worker."""
    return config.seed + (1_000_000 * group.rank if group is not None else 0)


def read_checkpoint(path: Path) -> dict[str, Any] | None:
    """A checkpoint, on the CPU; None where there is no file. Raises ModelError where it cannot be read."""
    if not path.exists():
        return None
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises whatever its unpickler meets
        raise ModelError(f"{path} cannot be read: {error}; delete it to begin anew") from error
    if state.get("names") != NAMES:
        raise ModelError(
            f"{path} was trained on other shapes, units or emotions, or on the same in another order; "
            "delete it to begin anew, or use the version that wrote it"
        )
    return state


def replace_file(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file in one step: after a kill there is either the old file or the new one."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def schedule(share: float, warmup: float) -> float:
    """Factor of the learning rate after a share of the run: linear warm-up, then a cosine down to 1 %."""
    if share < warmup:
        return (share + 1e-3) / (warmup + 1e-3)
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (share - warmup) / (1 - warmup)))


def draw_curves(history: History, batch: int, path: Path) -> None:
    """Plot the history, where matplotlib is installed: losses on the left, metrics on the right."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return
    figure = Figure(figsize=(11, 4.2), layout="constrained")
    left, right = figure.subplots(1, 2)
    seen = [row["step"] * batch for row in history.rows]
    for name in history.rows[-1]:
        if name in ("step", "seconds", "loss"):
            continue
        axes = left if name.startswith("train ") else right
        axes.plot(
            seen, [row.get(name, math.nan) for row in history.rows], label=name.removeprefix("train "), marker="."
        )
    left.set(title="loss, weighted parts", xlabel="faces seen")
    left.set_yscale("symlog", linthresh=0.01)  # the loss of the sd is negative
    right.set(title="validation", xlabel="faces seen")
    for axes in (left, right):
        axes.grid(alpha=0.3)
        if axes.lines:
            axes.legend(fontsize="x-small", ncols=2)
    replace_file(path, lambda temporary: figure.savefig(temporary, format="png", dpi=110))


def _line(row: dict[str, float], batch: int) -> str:
    seen = row["step"] * batch
    head = f"{seen:>9.0f} faces, {row['seconds'] / 60:.1f} min, {seen / max(row['seconds'], 1e-9):.0f}/s"
    metrics = (f"{k} {v:.3f}" for k, v in row.items() if k not in ("step", "seconds") and not k.startswith("train "))
    return "  ".join((head, *metrics))


def _difference(state: dict[str, Any], config: dict[str, Any], facts: dict[str, Any]) -> str:
    pairs = [(state["config"], config), (state["facts"], facts)]
    names = [k for old, new in pairs for k in sorted({*old, *new}) if old.get(k) != new.get(k)]
    return f"{', '.join(names)} differ"


def _groups(modules: tuple[Any, ...], weight_decay: float) -> list[dict[str, Any]]:
    """Parameter groups of the optimiser: weight decay applies to matrices only."""
    parameters = [p for module in modules for p in module.parameters() if p.requires_grad]
    return [
        {"params": [p for p in parameters if p.ndim > 1], "weight_decay": weight_decay},
        {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0},
    ]


def _state(net: Any) -> list[Any]:
    return [*net.parameters(), *net.buffers()]
