"""What a network reads on a folder of photographs without labels: how often each unit, and which emotions.

Official portraits hardly ever show frowns, sneers or pressed lips: units that are read there often are misread. A file
`judged.csv` in the folder may hold what people saw (see `mien_models.datasets.judgements`); without one, shipped
judgements are used for the pictures that they know. Then the report says how often the readings agree, and
how often units are told in each group.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.core.errors import UsageError
from mien.core.files import write_whole
from mien.core.types import F32, U8
from mien.evaluate.labelled import finder
from mien_models.backends import open_session
from mien_models.datasets import judgements
from mien_models.datasets.judgements import GROUPS, Judged
from mien_models.datasets.labelled import ImageFile
from mien_models.evaluate import metrics
from mien_models.evaluate.read import MEDIAPIPE, Readings, encode, mediapipe, open_model
from mien_models.head.scan.portraits import pictures
from mien_models.spaces import facs
from mien_models.spaces.emotions import EMOTIONS

Array = NDArray[Any]

_CODES = tuple(unit.code for unit in facs.ACTION_UNITS)
JUDGED = "judged.csv"
LEVELS = (1.0, 2.0, 3.0)  # FACS A, B, C
# What people judged, and the units that show it; a face shows it where each group has a unit of 1 or more.
SIGNS: Mapping[str, tuple[tuple[int, ...], ...]] = {
    "smile": ((12,),),
    "teeth": ((25, 26, 27, 10, 16),),
    "brows_up": ((1, 2),),
    "frown": ((4,),),
}
WATCHED = (4, 7, 9, 10, 23)  # units that hardly anybody shows in an official portrait


def evaluate(
    out: Path,
    images: Path,
    model: str,
    *,
    device: str = "auto",
    advance: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """Write `out`/report.json and return it. Raises ModelError, and UsageError for a damaged `judged.csv`."""
    paths = pictures(images)
    judged = read_judged(images / JUDGED) or judgements.shipped(paths)
    find, crops, points = finder(), [], []
    for number, path in enumerate(paths):
        crop, landmarks = find(ImageFile(path))
        crops.append(crop)
        points.append(landmarks)
        advance(number + 1, len(paths))
    seen = np.flatnonzero(np.isfinite(np.stack(points)).all((1, 2)))
    if not len(seen):
        raise UsageError(f"no face is found in the {len(paths)} pictures of {images}; give pictures of faces")
    chosen = [paths[i].name for i in seen]
    read = _read(model, device, np.stack(crops)[seen], np.stack(points)[seen])
    report = {"images": str(images), "model": model, "pictures": len(paths), "faces": len(seen)}
    report |= summary(read, chosen, judged)
    write_whole(out / "report.json", json.dumps(report, indent=1) + "\n")
    return report


def _read(model: str, device: str, crops: U8, landmarks: F32) -> Readings:
    if model == MEDIAPIPE:
        return mediapipe(open_session("blendshapes_v2", device="cpu"), landmarks)
    return encode(open_model(model, device), crops, landmarks)


def summary(read: Readings, names: list[str], judged: Mapping[str, Judged]) -> dict[str, Any]:
    """`units`, `emotions`, `judged` and `groups` of the report, of the readings of pictures by their names."""
    stronger = {code: read.units[:, [facs.INDEX[label] for label in facs.labels(code)]].max(1) for code in _CODES}
    units = {}
    for code, levels in stronger.items():
        units[f"AU{code}"] = {f"at least {level:g}": _share(levels >= level) for level in LEVELS} | {
            "mean": round(float(np.nanmean(levels)), 3) if np.isfinite(levels).any() else None
        }
    told = np.isfinite(read.emotion).all(1)
    first = np.where(told, np.nan_to_num(read.emotion).argmax(1), -1)
    emotions = {
        name: {"told": _share(first[told] == i), "mean": _mean(read.emotion[told, i])}
        for i, name in enumerate(EMOTIONS)
    }
    known = [judged.get(name, Judged()) for name in names]
    return {
        "units": units,
        "emotions": emotions,
        "judged": _agreement(stronger, known),
        "groups": _groups(stronger, first == EMOTIONS.index("anger"), known),
    }


def _shown(stronger: Mapping[int, F32], sign: str) -> F32:
    """(N,) how strongly the units of a sign are read."""
    parts = [np.max([stronger[code] for code in group], axis=0) for group in SIGNS[sign]]
    return np.asarray(np.min(parts, axis=0))


def _truth(known: Sequence[Judged], sign: str) -> Array:
    """(N,) 1, 0, or -1 where nobody judged."""
    return np.array([one.signs.get(sign, -1) for one in known])


def _agreement(stronger: Mapping[int, F32], known: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    out = {}
    for sign in SIGNS:
        truth, levels = _truth(known, sign), _shown(stronger, sign)
        yes, no = levels[truth == 1], levels[truth == 0]
        out[sign] = {
            "shown": len(yes), "not shown": len(no), "found": _share(yes >= LEVELS[0]),
            "found where not shown": _share(no >= LEVELS[0]),
            "auc": _mean([metrics.auc(truth[truth >= 0] == 1, levels[truth >= 0])]) if len(yes) and len(no) else None,
        }  # fmt: skip
    return out


def _groups(stronger: Mapping[int, F32], angry: Array, known: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """Rates by group and of all judged faces, with 95 % intervals. AU4 is counted where no frown was judged."""
    smiling = (_truth(known, "smile") == 1) & (_truth(known, "teeth") == 1)
    calm = _truth(known, "frown") == 0
    out: dict[str, dict[str, Any]] = {}
    for group, values in {"all": ("judged",), **GROUPS}.items():
        for value in values:
            mine = np.array([bool(one.groups) if group == "all" else one.groups.get(group) == value for one in known])
            rows = {
                f"AU{code}": _rate(stronger[code] >= LEVELS[0], mine & calm if code == 4 else mine) for code in WATCHED
            }
            rows["anger told"] = _rate(angry, mine)
            rows["AU12 in smiles with teeth"] = _rate(stronger[12] >= LEVELS[0], mine & smiling)
            rows["lips parted in smiles with teeth"] = _rate(_shown(stronger, "teeth") >= LEVELS[0], mine & smiling)
            out.setdefault(group, {})[value] = {"faces": int(mine.sum())} | rows
    return out


def _rate(told: Array, among: Array) -> dict[str, Any] | None:
    count = int(among.sum())
    if not count:
        return None
    shown = int((told & among).sum())
    low, high = judgements.interval(shown, count)
    return {"share": round(shown / count, 4), "low": round(low, 4), "high": round(high, 4), "of": count}


def lines(groups: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[str]:
    """The table of groups as text: shares with their 95 % intervals, in percent; none where nothing was judged."""
    rows = [(value, numbers) for values in groups.values() for value, numbers in values.items() if numbers["faces"]]
    if not rows:
        return []
    names = [name for name in rows[0][1] if name != "faces"]
    out = [
        " ".join(
            ["group (faces)".ljust(15), *(name.replace(" in smiles with teeth", "*")[:13].rjust(14) for name in names)]
        )
    ]
    for value, numbers in rows:
        cells = (
            "–" if (one := numbers[name]) is None
            else f"{100 * one['share']:.0f} ({100 * one['low']:.0f}–{100 * one['high']:.0f})" for name in names
        )  # fmt: skip
        out.append(" ".join([f"{value} ({numbers['faces']})".ljust(15), *(cell.rjust(14) for cell in cells)]))
    return [
        *out,
        "* of faces that smile with teeth; all in percent, with 95 % intervals; groups as one person judged by eye",
    ]


def read_judged(path: Path) -> dict[str, Judged]:
    """What people saw, by file; nothing without a file. Raises UsageError for a damaged one."""
    if not path.is_file():
        return {}
    try:
        return judgements.read(path)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _share(shown: Array) -> float | None:
    return round(float(shown.mean()), 4) if len(shown) else None


def _mean(values: Any) -> float | None:
    return round(float(np.mean(values)), 4) if len(values) else None
