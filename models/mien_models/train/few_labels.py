"""The use of pre-training where labels are few: networks fine-tuned on 1, 10 and 100 % of the people.

After MAE-Face (Ma et al. 2022), which reads action units from one label in a hundred.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console

from mien_models.errors import ModelError
from mien_models.evaluate.few_labels import SHARES
from mien_models.train import loop
from mien_models.train.config import FinetuneConfig
from mien_models.train.recipes import Place, run

SCRATCH = "scratch"
_DRAWN = ("r43", "icc", "f1", "triplets", "emotion", "ccc")


def few_labels(config: FinetuneConfig, place: Place, console: Console | None = None) -> list[dict[str, Any]]:
    """Rows with `start` (the name of its folder, or scratch), `share`, `people`, `faces` and the scores.

    For each of SHARES, from `place.start` and from random weights, all on the same validation faces. Every
    run has its own folder in `place.out`, beside few_labels.json and few_labels.png. Raises ModelError.
    """
    if place.begun_from is None:
        raise ModelError("few-labels needs a start: the folder of a run that trained an encoder, or the trunk of one")
    rows: list[dict[str, Any]] = []
    for start, scratch in ((place.begun_from, False), (SCRATCH, True)):
        for share in SHARES:
            out = place.out / f"{start}-{100 * share:g}"
            scores = run(replace(config, labels=share, scratch=scratch), replace(place, out=out), console)
            facts = json.loads((out / "run.json").read_text("utf-8"))["facts"]
            rows.append({"start": start, "share": share, "people": facts["people"], "faces": facts["faces"], **scores})
    text = json.dumps(rows, indent=1) + "\n"
    loop.replace_file(place.out / "few_labels.json", lambda path: path.write_text(text, "utf-8"))
    draw(rows, place.out / "few_labels.png")
    return rows


def draw(rows: list[dict[str, Any]], path: Path) -> None:
    """A picture of the rows, where matplotlib is installed: scores over the number of labelled people."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return
    names = [name for name in _DRAWN if all(name in row for row in rows)]
    figure = Figure(figsize=(3.2 * len(names), 3.4), layout="constrained")
    for axes, name in zip(figure.subplots(1, len(names), squeeze=False)[0], names, strict=True):
        for start in dict.fromkeys(row["start"] for row in rows):
            of_start = [row for row in rows if row["start"] == start]
            people, values = ([row[key] for row in of_start] for key in ("people", name))
            axes.plot(people, values, "--o" if start == SCRATCH else "-o", label=f"from {start}")
        ticks = sorted({row["people"] for row in rows})
        axes.set(title=name, xlabel="people with labels", xscale="log")
        axes.set_xticks(ticks, [str(tick) for tick in ticks])
        axes.minorticks_off()
        axes.grid(alpha=0.3)
        axes.legend(fontsize="small")
    loop.replace_file(path, lambda temporary: figure.savefig(temporary, format="png", dpi=110))
