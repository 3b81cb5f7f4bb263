"""`python -m mien_models.train RECIPE --data D --out O`: train a network from a folder of faces."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from mien_models.errors import ModelError, tell
from mien_models.normaliser.recipes import RECIPES as NORMALISED, run as normalised
from mien_models.normaliser.samples import Samples
from mien_models.train import fusion
from mien_models.train.affect import targets
from mien_models.train.avatars.command import RECIPES as AVATAR_RECIPES, main as avatars_main
from mien_models.train.config import ACTORS, PRESETS, ActorConfig, changed
from mien_models.train.few_labels import few_labels
from mien_models.train.recipes import Place, run


def main(argv: Sequence[str] | None = None) -> int:
    """Run one recipe; 0, or 2 with a message for what does not fit. Ctrl-C keeps the last checkpoint."""
    given = sys.argv[1:] if argv is None else list(argv)
    if given and given[0] in AVATAR_RECIPES:
        return avatars_main(given)
    parser = argparse.ArgumentParser(prog="python -m mien_models.train", description=__doc__)
    parser.add_argument("recipe", choices=[*PRESETS, "few-labels", *AVATAR_RECIPES, *NORMALISED])
    parser.add_argument(
        "--data", action="append", required=True, metavar="DIR|actor[:N]",
        help="folder of shards, may be repeated; or faces rendered during training, N in an epoch; fusion: folder of"
        " Aff-Wild2, or N people who speak",
    )  # fmt: skip
    parser.add_argument(
        "--shares", type=_shares, default=(), metavar="A,B",
        help="of an epoch, of each folder of data; else each face once",
    )  # fmt: skip
    parser.add_argument(
        "--val", type=Path, action="append", default=[], metavar="DIR",
        help="folder of shards to validate on, may be repeated; else a tenth of the people",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, help="folder of this run; an interrupted run is resumed")
    parser.add_argument("--preset", choices=["cpu", "gpu"], default="cpu")
    parser.add_argument(
        "--start", type=Path, action="append", default=[], metavar="DIR",
        help="folder of the run to start from; of several, the mean of their weights; or an encoder's ONNX file",
    )  # fmt: skip
    parser.add_argument("--teacher", type=Path, help="folder of the run that teaches")
    parser.add_argument("--device", choices=["auto", "cpu", "cuda"], default="auto")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="as lr=1e-3, augment.noise=5")
    args = parser.parse_args(given)
    console = Console(stderr=True)
    try:
        if args.recipe == "fusion":
            settings = changed(PRESETS["fusion"][args.preset], args.set)
            return _told(fusion.run(settings, args.data, args.out, device=args.device, console=console))
        if args.recipe in NORMALISED:
            asked = (args.recipe, args.preset, args.set, args.data, args.val, args.out, console)
            print(normalised(*asked, changed=changed, emotions=_emotions))
            return 0
        place = Place(
            data=_data(args.data, args.preset), shares=args.shares, val=tuple(args.val), out=args.out,
            start=tuple(args.start), teacher=args.teacher, device=args.device,
        )  # fmt: skip
        preset = PRESETS["finetune" if args.recipe == "few-labels" else args.recipe][args.preset]
        config = changed(preset, args.set)
        if args.recipe == "few-labels":
            rows = few_labels(config, place, console)
            scores = {f"{row.pop('start')} {row.pop('share'):.0%}": row for row in rows}
        else:
            scores = {args.recipe: run(config, place, console)}
    except ModelError as error:
        tell(error, parser.prog)
        return 2
    except KeyboardInterrupt:
        console.print("stopped; the same command goes on from the last checkpoint")
        return 130
    return _told(scores)


def _told(scores: dict[str, dict[str, float]]) -> int:
    for name, row in scores.items():
        print(name, "  ".join(f"{key} {value:.3f}" for key, value in row.items()))
    return 0


def _emotions(faces: Samples) -> NDArray[np.float32]:
    """(N, 8) targets by published prototypes, as for the encoder."""
    return targets(faces.units, [str(name) for name in faces.name])[0].astype(np.float32)


def _shares(text: str) -> tuple[float, ...]:
    return tuple(float(share) for share in text.split(","))


def _data(named: Sequence[str], preset: str) -> tuple[Path, ...] | ActorConfig:
    """Folders, or the settings of `actor` or `actor:8192`. Raises ModelError where both are named."""
    if not any(name.partition(":")[0] == "actor" for name in named):
        return tuple(Path(name) for name in named)
    if len(named) > 1:
        raise ModelError("the actor draws alone: name it, or folders of shards")
    _, _, count = named[0].partition(":")
    actor: ActorConfig = changed(ACTORS[preset], [f"per_epoch={count}"] if count else [])
    return actor


if __name__ == "__main__":
    sys.exit(main())
