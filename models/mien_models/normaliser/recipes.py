"""The recipes of `mien_models.train` for the normaliser, the classifier on both faces and the heatmaps of units."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from rich.console import Console

from mien_models.errors import ModelError
from mien_models.normaliser import heads, learn, scc_learn
from mien_models.normaliser.samples import Samples

RECIPES = ("normaliser", "norface", "scc")


def run(
    recipe: str,
    preset: str,
    settings: Sequence[str],
    data: Sequence[str],
    val: Sequence[Path],
    out: Path,
    console: Console,
    *,
    changed: Callable[[Any, Sequence[str]], Any],
    emotions: Callable[[Samples], NDArray[np.float32]],
) -> str:
    """Train by one of RECIPES: writes RECIPE.onnx and run.json into `out`, and returns the scores as a line.

    changed: a config with settings. emotions: targets (N, 8) of faces. data, val: folders of `mien actor dataset`;
    without val, a tenth of the people is held out. Raises ModelError.
    """
    if any(name.partition(":")[0] == "actor" for name in data):
        raise ModelError(f"{recipe} needs folders of `mien actor dataset`, not faces that are rendered during training")
    torch.set_num_threads(1)
    presets: Any = {"normaliser": learn.PRESETS, "norface": heads.PRESETS, "scc": scc_learn.PRESETS}[recipe]
    train: Any = {
        "normaliser": learn.train, "norface": partial(heads.train, emotions=emotions), "scc": scc_learn.train
    }[recipe]  # fmt: skip
    config = changed(presets[preset], settings)
    scores = train(config, [Path(name) for name in data], val, out, say=console.print)
    record = {"recipe": recipe, "config": asdict(config), "scores": scores, "torch": torch.__version__}
    (out / "run.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    return f"{recipe}  " + "  ".join(f"{name} {value}" for name, value in scores.items())
