"""What a network reads on a folder of photographs without labels: how often each unit, and which emotions.

Official portraits hardly ever show frowns, sneers or pressed lips: units that are read there often are misread. A file
`judged.csv` in the folder may hold what people saw (columns: file, and smile, teeth, brows_up, frown, each 0 or 1, or
empty where nobody is sure); then the report says how often the readings agree.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.core.errors import UsageError
from mien.core.files import write_whole
from mien.core.types import F32, U8
from mien.evaluate.labelled import finder
from mien_models.backends import open_session
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
    judged = read_judged(images / JUDGED)
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


def summary(read: Readings, names: list[str], judged: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """`units`, `emotions` and `judged` of the report, of the readings of pictures by their names."""
    stronger = {code: read.units[:, [facs.INDEX[label] for label in facs.labels(code)]].max(1) for code in _CODES}
    units = {}
    for code, levels in stronger.items():
        units[f"AU{code}"] = {f"at least {level:g}": _share(levels >= level) for level in LEVELS} | {
            "mean": round(float(np.nanmean(levels)), 3) if np.isfinite(levels).any() else None
        }
    told = np.isfinite(read.emotion).all(1)
    first = read.emotion[told].argmax(1)
    emotions = {
        name: {"told": _share(first == i), "mean": _mean(read.emotion[told, i])} for i, name in enumerate(EMOTIONS)
    }
    return {"units": units, "emotions": emotions, "judged": _agreement(stronger, names, judged)}


def _agreement(
    stronger: Mapping[int, F32], names: list[str], judged: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, Any]]:
    out = {}
    for sign, groups in SIGNS.items():
        truth = np.array([judged.get(name, {}).get(sign, -1) for name in names])
        levels = np.min([np.max([stronger[code] for code in group], axis=0) for group in groups], axis=0)
        yes, no = levels[truth == 1], levels[truth == 0]
        out[sign] = {
            "shown": len(yes), "not shown": len(no), "found": _share(yes >= LEVELS[0]),
            "found where not shown": _share(no >= LEVELS[0]),
            "auc": _mean([metrics.auc(truth[truth >= 0] == 1, levels[truth >= 0])]) if len(yes) and len(no) else None,
        }  # fmt: skip
    return out


def read_judged(path: Path) -> dict[str, dict[str, int]]:
    """What people saw, by file and sign; nothing without a file. Raises UsageError for a damaged one."""
    if not path.is_file():
        return {}
    found: dict[str, dict[str, int]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                values = {sign: row.get(sign) or "" for sign in SIGNS}
                if not row.get("file") or any(value not in ("", "0", "1") for value in values.values()):
                    raise UsageError(f"{path}, line {number}: a file, then 0, 1 or nothing for {', '.join(SIGNS)}")
                found[row["file"]] = {sign: int(value) for sign, value in values.items() if value}
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: {error}") from error
    return found


def _share(shown: Array) -> float | None:
    return round(float(shown.mean()), 4) if len(shown) else None


def _mean(values: Any) -> float | None:
    return round(float(np.mean(values)), 4) if len(values) else None
