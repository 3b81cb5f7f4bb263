"""The recipe `fusion`: a network that reads a face, a voice and words together."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import Progress
from torch import nn

from mien_models import open_session
from mien_models.datasets.aff_wild2 import aff_wild2_films
from mien_models.errors import ModelError
from mien_models.evaluate.metrics import ccc, f1, pearson
from mien_models.fusion import streams
from mien_models.fusion.streams import NOW, NOW_CENTRED, Windows
from mien_models.nets.fusion import Fusion, FusionNet, export_fusion, finish
from mien_models.speech.hearing import Hearing
from mien_models.train import lessons, loop
from mien_models.train.config import FusionTraining
from mien_models.train.lessons import Lesson

_PEOPLE = 400  # of the actor, where no number is given
_LEAST_VARIED = 0.02  # share of frames in which a unit must be present, and absent, to be scored
# What is missing, by name of the row in the report.
CONDITIONS: dict[str, tuple[str, ...]] = {
    "all": (),
    "face": ("prosody", "words"),
    "mouth hidden": ("mouth", "prosody", "words"),
    "mouth hidden, voice": ("mouth", "words"),
    "voice": ("face", "words"),
    "voice and words": ("face",),
    "words": ("face", "prosody"),
    "nothing": ("face", "prosody", "words"),
}


def run(
    config: FusionTraining, data: Sequence[str], out: Path, *, device: str = "auto", console: Console | None = None
) -> dict[str, dict[str, float]]:
    """Train, export `fusion.onnx` or `fusion_centred.onnx`, and return scores by what is missing.

    data: `actor` or `actor:N`, N people, a tenth more of whom, with other voices, judge; or folders of Aff-Wild2.
    Resumes like every recipe. Raises ModelError for data and settings that do not fit.
    """
    console = console or Console(stderr=True)
    loop.prepare(config)
    train, val, facts = _lessons(data, config.seed, console)
    task = FusionTask(config, train, val)
    net = loop.fit(task, config, out, {"recipe": "fusion", **facts}, device=loop.device_of(device), console=console)
    net = net.cpu()
    name = "fusion_centred" if config.centred else "fusion"
    export_fusion(net, out / f"{name}.onnx")
    with torch.no_grad():
        scores = {missing: task.scores(net, missing) for missing in CONDITIONS}
    report = {"network": name, "data": facts, "config": asdict(config), "windows": len(task.val), "scores": scores}
    text = json.dumps(report, indent=1, default=str) + "\n"
    loop.replace_file(out / "report.json", lambda path: path.write_text(text, "utf-8"))
    return scores


def _lessons(data: Sequence[str], seed: int, console: Console) -> tuple[list[Lesson], list[Lesson], dict[str, Any]]:
    named = [name.partition(":") for name in data]
    if any(name == "actor" for name, _, _ in named):
        if len(named) > 1:
            raise ModelError("the actor speaks alone: name it, or folders of Aff-Wild2")
        text = named[0][2]
        if text and not (text.isdigit() and int(text) >= 10):
            raise ModelError(f"--data actor:{text}: give a number of people from 10 on")
        people = int(text or _PEOPLE)
        ours, others = lessons.split_voices()
        judges = max(people // 10, 4)
        with Progress(console=console) as progress:
            bar = progress.add_task("speaking", total=people + judges)
            train, val = (
                lessons.actors(n, 2 * seed + i, voices, lambda: progress.advance(bar))
                for i, (n, voices) in enumerate(((people, ours), (judges, others)))
            )
        return train, val, {"actor": people, "judged on": judges, "voices": len(ours), "other voices": len(others)}
    films = [film for name in data for film in aff_wild2_films(Path(name))]
    read, hearing = lessons.PictureReader(), Hearing(open_session("voice_mouth", "cpu", threads=1))
    with Progress(console=console) as progress:
        parts = {
            part: [lessons.of_film(f, read, hearing) for f in progress.track([f for f in films if f.part == part])]
            for part in ("train", "val")
        }
    if not all(parts.values()):
        raise ModelError(f"{', '.join(data)} has no films to train or none to judge; Aff-Wild2 has both")
    return parts["train"], parts["val"], {"films": len(films), "Aff-Wild2": list(data)}


class FusionTask:
    """Random windows of random people, parts of which are missing."""

    def __init__(self, config: FusionTraining, train: list[Lesson], val: list[Lesson]) -> None:
        self.config, self._train, self._val = config, train, val
        self.net = Fusion(
            FusionNet(width=config.width, depth=config.depth, dropout=config.dropout, centred=config.centred)
        )
        self.losses = nn.Module()
        self._now = NOW_CENTRED if config.centred else NOW
        rng = np.random.default_rng([config.seed, 1])
        self.val = _pick(rng, val, config.validate_on)
        self._val_windows, self._val_truth = self._cut(val, self.val)

    def batches(self, first: int, last: int) -> Iterator[tuple[int, Any]]:
        """Windows and truth of each step; a step depends on its number and the seed alone."""
        for number in range(first, last):
            rng = np.random.default_rng([self.config.seed, 2, number])
            windows, truth = self._cut(self._train, _pick(rng, self._train, self.config.batch))
            yield number, (self._lacking(rng, windows), truth)

    def _cut(self, some: list[Lesson], picked: list[tuple[int, int]]) -> tuple[Windows, dict[str, Any]]:
        cut, rows = [], []
        for person in sorted({p for p, _ in picked}):
            at = [f for p, f in picked if p == person]
            cut.append(streams.windows(some[person].track, some[person].track.face_s[at], self._now))
            rows += [(person, f) for f in at]
        truth = {
            name: np.array([getattr(some[p], name)[f] for p, f in rows])
            for name in ("units", "presence", "emotion", "affect")
        }
        return streams.joined(cut), truth

    def _lacking(self, rng: np.random.Generator, windows: Windows) -> Windows:
        config, n = self.config, len(windows.face)
        windows = streams.hide_mouth(windows, rng.random(n) < config.no_mouth)
        for stream, share in (("face", config.no_face), ("prosody", config.no_voice), ("words", config.no_words)):
            windows = streams.without(windows, stream, rng.random(n) < share)
        return windows

    def step(self, number: int, batch: Any) -> dict[str, Any]:
        """Losses of the tasks that are trained."""
        windows, truth = batch
        device = next(self.net.parameters()).device
        given = [torch.as_tensor(x, device=device) for x in windows.inputs().values()]
        target = {name: torch.as_tensor(x, device=device) for name, x in truth.items()}
        return self._parts(self.net(*given), target)

    def _parts(self, logits: Any, target: dict[str, Any]) -> dict[str, Any]:
        intensity, _, _, affect = finish(logits)
        parts: dict[str, Any] = {}
        heads = self.config.heads
        if heads in ("all", "units"):
            there = target["presence"]
            missed = nn.functional.binary_cross_entropy_with_logits(
                logits[1], torch.nan_to_num(there), reduction="none"
            )
            parts["units"] = 0.5 * _mean((intensity - torch.nan_to_num(target["units"])).square(), target["units"])
            parts["presence"] = 2 * _mean(missed, there)
        if heads in ("all", "emotion"):
            known = torch.nan_to_num(target["emotion"])
            missed = -(known * logits[2].log_softmax(1)).sum(1)
            parts["emotion"] = 0.5 * _mean(missed, target["emotion"].sum(1))
        if heads in ("all", "affect"):
            parts["affect"] = _one_less_ccc(affect, target["affect"])
        return parts

    def validate(self, net: Any) -> dict[str, float]:
        """The scores with all streams, and of a hidden mouth with and without the voice."""
        rows = ("all", "mouth hidden, voice")
        return {f"{key}, {row}": value for row in rows for key, value in self.scores(net, row).items()}

    def scores(self, net: Any, missing: str) -> dict[str, float]:
        """r of intensity, F1 of presence at .5, share of right categories, and CCC of valence and arousal."""
        every = np.ones(len(self.val), np.bool_)
        windows = self._val_windows
        for part in CONDITIONS[missing]:
            windows = streams.hide_mouth(windows, every) if part == "mouth" else streams.without(windows, part, every)
        device = next(net.parameters()).device
        given = [torch.as_tensor(x, device=device) for x in windows.inputs().values()]
        told = [x.cpu().numpy() for x in finish(net(*given))]
        return judged(told, self._val_truth)


def judged(told: list[NDArray[Any]], truth: dict[str, NDArray[Any]]) -> dict[str, float]:
    """Scores of outputs against labels; of what is not labelled there is none."""
    out: dict[str, float] = {}
    r, scores = [], []
    for unit in range(told[0].shape[1]):
        ok = np.isfinite(truth["units"][:, unit])
        varies = ok.any() and float(np.ptp(told[0][ok, unit])) > 0
        if varies and (truth["units"][ok, unit] >= 1).mean() >= _LEAST_VARIED:
            r.append(pearson(truth["units"][ok, unit], told[0][ok, unit]))
        ok = np.isfinite(truth["presence"][:, unit])
        there = truth["presence"][ok, unit] > 0.5
        if ok.any() and _LEAST_VARIED <= there.mean() <= 1 - _LEAST_VARIED:
            scores.append(f1(there, told[1][ok, unit]))
    out |= {"units r": float(np.mean(r))} if r else {}
    out |= {"units F1": float(np.mean(scores))} if scores else {}
    ok = np.isfinite(truth["emotion"]).all(axis=1)
    if ok.any():
        out["emotion"] = float((told[2][ok].argmax(1) == truth["emotion"][ok].argmax(1)).mean())
    for i, name in enumerate(("valence", "arousal")):
        ok = np.isfinite(truth["affect"][:, i])
        if ok.sum() > 2:
            out[name] = ccc(truth["affect"][ok, i], told[3][ok, i])
    return out


def _pick(rng: np.random.Generator, some: list[Lesson], count: int) -> list[tuple[int, int]]:
    """People and frames, people first, so that long films do not outweigh short ones."""
    people = rng.integers(len(some), size=count)
    return [(int(p), int(rng.integers(len(some[p].track.face_s)))) for p in people]


def _mean(values: Any, target: Any) -> Any:
    known = torch.isfinite(target)
    return torch.where(known, values, 0.0).sum() / known.sum().clamp(min=1)


def _one_less_ccc(told: Any, target: Any) -> Any:
    """1 - CCC of valence and of arousal over the batch, summed; 0 where fewer than two are labelled."""
    total = told.sum() * 0
    for i in range(2):
        known = torch.isfinite(target[:, i])
        if int(known.sum()) < 2:
            continue
        x, y = told[known, i], target[known, i]
        dx, dy = x - x.mean(), y - y.mean()
        agreement = 2 * (dx * dy).mean() / (dx.square().mean() + dy.square().mean() + (x.mean() - y.mean()) ** 2 + 1e-6)
        total = total + 1 - agreement
    return total
