"""Recipes: train a network on a folder of faces, calibrate it and export it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from rich.console import Console
from rich.progress import Progress

from mien_models.errors import ModelError
from mien_models.nets.config import NeutralConfig
from mien_models.nets.encoder import Encoder, MirrorEnsemble
from mien_models.nets.export import export
from mien_models.nets.neutral import NeutralDifference
from mien_models.nets.restore import restored, settle
from mien_models.train import loop, validate
from mien_models.train.config import (
    ActorConfig,
    DistillConfig,
    EncoderTraining,
    FinetuneConfig,
    NeutralTraining,
    PretrainConfig,
    TrainConfig,
)
from mien_models.train.data import Batch, Faces, FixedSource, Source, Statistics, augmented, in_shares, load, repeated
from mien_models.train.tasks import EncoderTask, NeutralTask, PretrainTask, network, people, tensors
from mien_models.train.workers import WorkerGroup, with_workers

_HELD_OUT = 0.1
_SETTLED_BY = 512  # faces
_BLOCK = re.compile(r"trunk\.(fine\.\d+|coarse)\.[1-9]\d*\.")  # but the first of a stage
_Arrays = TypeVar("_Arrays", Faces, Statistics)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Folders of a run. Without `val`, folders of shards too, a tenth of the people in `data` is held out.

    data: folders of shards, or settings of the actor. shares: of an epoch, of each folder; without, as many as there
    are. start: folders of runs to start from, which trained an encoder of the same kind or its trunk; of several, the
    mean of their weights; or the ONNX file of an encoder. teacher: folder of the run of the teacher (distill), or
    its ONNX file.
    """

    data: tuple[Path, ...] | ActorConfig
    out: Path
    val: tuple[Path, ...] = ()
    shares: tuple[float, ...] = ()
    start: tuple[Path, ...] = ()
    teacher: Path | None = None
    device: str = "auto"

    @property
    def begun_from(self) -> str | None:
        """The names of the folders to start from."""
        return "+".join(folder.name for folder in self.start) or None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Data:
    """Training data. faces: all of them; None where they are rendered during training."""

    source: Source
    faces: Faces | None
    val: Faces
    statistics: Statistics
    facts: dict[str, Any]


def run(config: TrainConfig, place: Place, console: Console | None = None) -> dict[str, float]:
    """Train by the recipe of the config, and return the last scores. Resumes a run in `place.out` that was stopped.

    Writes checkpoint.pt, run.json, history.json, curves.png and, but for pretrain, NAME.onnx,
    calibrated, with report.json. Raises ModelError for data, folders or settings that do not fit.
    """
    console = console or Console(stderr=True)
    if config.workers > 1 and (loop.device_of(place.device) != "cpu" or isinstance(place.data, ActorConfig)):
        raise ModelError("workers share a CPU and faces that are there: choose device cpu and folders of shards")
    place.out.mkdir(parents=True, exist_ok=True)
    with with_workers(config.workers, _learn, config, place, None) as group:
        task, net = _learn(config, place, console, group)
    with torch.no_grad():
        scores: dict[str, float] = task.validate(net)
    if isinstance(task, EncoderTask | NeutralTask):
        name = "encoder" if isinstance(task, EncoderTask) else "neutral_difference"
        alone = isinstance(task, NeutralTask) or (isinstance(config, EncoderTraining) and not config.ensemble)
        given = net if alone else MirrorEnsemble(net)
        seen = task.see(given)
        calibration = validate.calibrate(seen, task.val)
        export(given, place.out / f"{name}.onnx", calibration)
        seen = validate.calibrated(seen, calibration)
        scores |= validate.scores(seen, task.val)
        _write_json(place.out / "report.json", {"scores": scores, **validate.per_name(seen, task.val)})
    return scores


def _learn(config: TrainConfig, place: Place, console: Console | None, group: WorkerGroup | None) -> tuple[Any, Any]:
    """Train as one worker; the task, and the network in evaluation mode."""
    console = console or Console(quiet=True)
    device = loop.device_of(place.device)
    loop.prepare(config)
    if isinstance(config, FinetuneConfig):
        config = replace(config, net=_net_of(place.start))
    state = loop.read_checkpoint(place.out / loop.CHECKPOINT)
    data = _data(config, place, device, state["facts"]["shards"] if state else None, console)
    facts = {
        "recipe": type(config).__name__,
        **data.facts,
        "start": place.begun_from,
        "teacher": place.teacher.name if place.teacher else None,
    }
    if group is None or group.rank == 0:
        _write_json(place.out / "run.json", {"config": asdict(config), "facts": facts, "torch": torch.__version__})
    task = _task(replace(config, seed=loop.worker_seed(config, group)), place, data, device)
    return task, loop.fit(task, config, place.out, facts, device=device, console=console, group=group)


def trained(folder: Path) -> Encoder:
    """The encoder of a run of encoder, distill or finetune. Raises ModelError where the folder has none."""
    state = loop.read_checkpoint(folder / loop.CHECKPOINT)
    if state is None or not state["config"].get("net") or "no_picture" not in state["average"]:
        raise ModelError(f"{folder} holds no run that trained an encoder; name the folder that `encoder` wrote")
    net = network(state["config"]["net"])
    net.load_state_dict(state["average"])
    return net


def _data(config: TrainConfig, place: Place, device: str, shards: Sequence[int] | None, console: Console) -> _Data:
    with Progress(console=console) as progress:
        if isinstance(place.data, ActorConfig):
            return _drawn(config, place, place.data, device, progress)
        bar = progress.add_task("reading faces", total=None)

        def advance(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total)

        sizes: list[int] = []
        faces, counts = load(place.data, shards, advance, sizes)
        origin = np.repeat(np.arange(len(sizes)), sizes)
        val = load(place.val)[0] if place.val else None
    if val is None:
        val = people(faces, _HELD_OUT, seed=0)
        others = np.flatnonzero(~np.isin(faces.person, np.unique(val.person)))
        faces, origin = faces[others], origin[others]
    if isinstance(config, FinetuneConfig) and config.labels < 1:
        faces = people(faces, config.labels, config.seed)
    facts: dict[str, Any] = {"data": [f.name for f in place.data], "shards": counts, "faces": len(faces)}
    if isinstance(config, FinetuneConfig):
        facts["people"] = len(np.unique(faces.person))
    rows = repeated(faces, config.rare) if isinstance(config, EncoderTraining) else None
    if isinstance(config, FinetuneConfig) and len(faces) < config.batch:
        rows = np.resize(np.arange(len(faces)), config.batch)  # a share of the labels may be fewer than a batch
    if place.shares:
        if isinstance(config, FinetuneConfig) and config.labels < 1:
            raise ModelError("shares of folders do not go with a share of the people; leave one of them out")
        facts["shares"] = list(place.shares)
        rows = in_shares(np.arange(len(faces)) if rows is None else rows, origin, place.shares, config.seed)
    source = FixedSource(faces, rows)
    return _Data(source=source, faces=faces, val=_some(val, config), statistics=Statistics.of(faces), facts=facts)


def _drawn(config: TrainConfig, place: Place, actor: ActorConfig, device: str, progress: Progress) -> _Data:
    """Data of the actor: statistics and validation faces, saved in the folder of the run."""
    if isinstance(config, NeutralTraining) or (isinstance(config, EncoderTraining) and config.rare != 1):
        raise ModelError("who trains on neutral faces or rare shapes has to know all faces: name a folder of shards")
    if isinstance(config, FinetuneConfig) and config.labels < 1:
        raise ModelError("a share of the people is one of known people: name a folder of shards")
    from mien_models.train.actor import Actor

    def watched(what: str, settings: ActorConfig) -> Actor:
        bar = progress.add_task(what, total=settings.per_epoch, visible=False)
        return Actor(settings, device, advance=lambda n: progress.update(bar, advance=n, visible=True))

    source = watched("drawing faces", actor)
    statistics = _once(place.out / "statistics.npz", Statistics, lambda: Statistics.of(source.epoch(0)[0]))
    if place.val:
        val = load(place.val)[0]
    else:
        step = actor.batch
        count = max(config.validate_on // step, 1) * step
        others = replace(actor, split="val", per_epoch=count, kept=1)
        val = _once(place.out / "val.npz", Faces, lambda: watched("drawing others to validate on", others).epoch(0)[0])
    facts = {"data": ["actor"], "actor": asdict(actor), "shards": [], "faces": len(source)}
    return _Data(source=source, faces=None, val=_some(val, config), statistics=statistics, facts=facts)


def _some(val: Faces, config: TrainConfig) -> Faces:
    return val[np.sort(np.random.default_rng(0).permutation(len(val))[: config.validate_on])]


def _once(path: Path, kind: Callable[..., _Arrays], make: Callable[[], _Arrays]) -> _Arrays:
    """A dataclass of arrays from a file; a missing file is made first."""
    if not path.exists():
        made = make()
        arrays = {f.name: getattr(made, f.name) for f in fields(made)}

        def save(temporary: Path) -> None:
            with temporary.open("wb") as file:
                np.savez(file, **arrays)

        loop.replace_file(path, save)
        return made
    with np.load(path) as stored:
        return kind(**stored)


def _task(config: TrainConfig, place: Place, data: _Data, device: str) -> Any:
    statistics = data.statistics
    if isinstance(config, PretrainConfig):
        return PretrainTask(config, data.source, data.val, statistics.points_mean, device)
    if isinstance(config, NeutralTraining):
        assert data.faces is not None
        task = NeutralTask(config, NeutralDifference(NeutralConfig()), data.faces, data.val, statistics)
        task.net.body.spread.copy_(torch.as_tensor(task.spread()))
        return task
    if not isinstance(config, EncoderTraining | FinetuneConfig):
        raise TypeError(f"no recipe trains by {type(config).__name__}")
    net = network(config.net)
    net.landmarks.centre.copy_(torch.as_tensor(statistics.points_mean.ravel()))
    net.landmarks.spread.copy_(torch.as_tensor(statistics.points_sd.ravel()))
    if isinstance(config, FinetuneConfig):
        if place.start and not config.scratch:
            _begin(net, place.start)
        if config.heads_only:
            net.trunk.requires_grad_(False)
            net.landmarks.requires_grad_(False)
        return EncoderTask(config, net, data.source, data.val, statistics, device)
    if place.start:
        _begin(net, place.start, _shown(config, data))
    teacher = None
    if isinstance(config, DistillConfig):
        if place.teacher is None:
            raise ModelError("distill needs a teacher: the folder of a run that trained an encoder, or its ONNX file")
        onnx = place.teacher.suffix == ".onnx"
        teacher = MirrorEnsemble(restored(place.teacher) if onnx else trained(place.teacher))
    return EncoderTask(config, net, data.source, data.val, statistics, device, teacher)


def _net_of(start: Sequence[Path]) -> str:
    """The name of the network that a run trained. Raises ModelError where there is none."""
    if not start:
        raise ModelError("finetune needs a start: the folder of a run that trained an encoder, or the trunk of one")
    state = loop.read_checkpoint(start[0] / loop.CHECKPOINT)
    name = None if state is None else state["config"].get("net")
    if not name:
        raise ModelError(f"{start[0]} holds no run that trained an encoder or its trunk; name the folder of one")
    return str(name)


def _shown(config: TrainConfig, data: _Data) -> Batch:
    """Some faces as the network will see them in training."""
    faces, rows = data.source.epoch(0)
    some = rows[np.linspace(0, len(rows) - 1, min(_SETTLED_BY, len(rows))).astype(np.intp)]
    return augmented(np.random.default_rng(0), config.augment, faces[some], data.statistics.points_mean)


def _begin(net: Encoder, folders: Sequence[Path], faces: Batch | None = None) -> None:
    """Load the weights of a pre-trained trunk, or of a whole encoder.

    Those of an exported encoder get the statistics of their normalisations from `faces`.

    A deeper network can start from a shallower one: blocks that are missing in the start keep their initialisation,
    in which they pass their input on. A shallower one starts with the first blocks of each stage. Several runs that
    share their beginning are averaged: the mean of such weights is better than each of them (Wortsman et al., "Model
    soups", ICML 2022).
    """
    weights = _mean([_weights(folder) for folder in folders])
    trunk = {name.removeprefix("vit."): value for name, value in weights.items() if name.startswith("vit.")}
    part, values = (net.trunk, trunk) if trunk else (net, weights)
    own = part.state_dict()
    added = {name: value for name, value in own.items() if name not in values and _BLOCK.match(name)}
    values = {name: value for name, value in values.items() if name in own or not _BLOCK.match(name)}
    try:
        part.load_state_dict(values | added)
    except RuntimeError as error:
        names = ", ".join(map(str, folders))
        raise ModelError(f"{names} holds no weights for this network; begin with a run of the same net") from error
    if faces is not None and any(folder.suffix == ".onnx" for folder in folders):
        settle(net, *tensors(faces, net.config, "cpu")[:2])


def _weights(folder: Path) -> dict[str, Any]:
    if folder.suffix == ".onnx":
        return dict(restored(folder).state_dict())
    state = loop.read_checkpoint(folder / loop.CHECKPOINT)
    return {} if state is None else dict(state["average"])


def _mean(several: Sequence[dict[str, Any]]) -> dict[str, Any]:
    first, *others = several
    sizes = [{name: value.shape for name, value in weights.items()} for weights in several]
    if any(size != sizes[0] for size in sizes):
        raise ModelError(
            "the runs to begin from trained different networks, or one of them none; name runs of the same net"
        )
    if not others:
        return first
    return {
        name: torch.stack([weights[name] for weights in several]).mean(0) if value.is_floating_point() else value
        for name, value in first.items()
    }


def _write_json(path: Path, value: Any) -> None:
    text = json.dumps(value, indent=1, default=str) + "\n"
    loop.replace_file(path, lambda temporary: temporary.write_text(text, "utf-8"))
