"""Labelled sets of real faces by the protocols of their papers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mien_models.datasets import Comparisons, Labelled
from mien_models.evaluate import agreement, metrics
from mien_models.evaluate.read import Readings
from mien_models.evaluate.score import CONFIDENT, Json, mean, number, triplet_accuracy
from mien_models.spaces.facs import INDEX

F64 = NDArray[np.float64]

# Intensity from which a unit counts as present; the labels of DISFA are cut at 2.
_PRESENT = {"DISFA": 2.0}
# Units whose readings count for another one: a jaw that is stretched open (AU27) is also dropped (AU26).
_ALSO = {"AU26": ("AU27",)}


def judge(labelled: Labelled, read: Readings, emotions: Sequence[str], *, draws: int = 1000) -> Json:
    """Numbers of readings of all pictures of a set, in its order; NaN rows are pictures without a face.

    Per part (fold or split) and as the mean over parts, since that is how folds are reported. `f1` has one
    threshold fixed beforehand, `best_f1` the best threshold on the same labels; the two must not be compared.
    The class is the likeliest of those `emotions` that the set has. `agreement` is over all parts, beside the coders of
    the set, with 95 % intervals of `draws` bootstrap draws of subjects; 0 = none.
    """
    seen = np.asarray(np.isfinite(read.shapes).any(axis=1))  # MediaPipe never has a tongueOut
    parts = sorted({part for part in labelled.parts if part})
    by_part = {part: _part(labelled, read, labelled.rows(part), seen, emotions) for part in parts}
    return {
        "pictures": len(labelled),
        "found": number(seen.mean()) if len(seen) else None,
        "parts": by_part,
        "mean": {
            kind: {key: mean([p[kind][key] for p in by_part.values() if p[kind][key] is not None]) for key in keys}
            for kind, keys in _means(by_part).items()
        },
        "agreement": _agreement(labelled, read, np.flatnonzero(seen), draws),
    }


def compare(comparisons: Comparisons, embedding: NDArray[np.float32]) -> Json:
    """Triplet accuracy of FEC; triplets with a picture without a face are left out, and counted."""
    points = np.asarray(embedding, np.float64)
    kinds = np.array(comparisons.kinds)
    nothing = np.zeros(len(kinds))  # comparisons by people have no distances
    found = triplet_accuracy(points, comparisons.triplets, kinds, nothing)
    return {"triplets": len(comparisons), **{k: v for k, v in found.items() if k != "by_gap"}}


def unsided(values: NDArray[np.float32], unit: str) -> F64:
    """(N,) of (N, A): the stronger side of a unit, since coders give one number for both."""
    labels = [label for name in (unit, *_ALSO.get(unit, ())) for label in (name, f"{name}L", f"{name}R")]
    columns = np.stack([values[:, INDEX[label]] for label in labels if label in INDEX]).astype(np.float64)
    known = np.isfinite(columns)
    return np.asarray(np.where(known.any(0), np.where(known, columns, -np.inf).max(0), np.nan))


def _part(
    labelled: Labelled, read: Readings, rows: NDArray[np.intp], seen: NDArray[np.bool_], emotions: Sequence[str]
) -> Json:
    rows = rows[seen[rows]]
    out: Json = {"pictures": len(rows)}
    if labelled.detection:
        out["detection"] = _detection(labelled, read, rows)
    if labelled.graded and np.isfinite(labelled.intensity).any():
        out["intensity"] = _intensity(labelled, read, rows)
    if labelled.classes and np.isfinite(read.emotion).any():
        out["classes"] = _classes(labelled, read, rows, emotions)
    if len(labelled.affect) and np.isfinite(read.affect).any():
        ccc = [metrics.ccc(labelled.affect[rows, i], read.affect[rows, i]) for i in (0, 1)]
        out["affect"] = {"ccc": mean(ccc), "ccc_valence": number(ccc[0]), "ccc_arousal": number(ccc[1])}
    return out


def _detection(labelled: Labelled, read: Readings, rows: NDArray[np.intp]) -> Json:
    by_unit: Json = {}
    for unit in labelled.detection:
        truth = labelled.presence[rows, labelled.units.index(unit)]
        score, threshold = _presence_score(labelled, read, unit, rows)
        best, at = metrics.best_f1(truth, score)
        by_unit[unit] = {
            "f1": number(metrics.f1(truth, score, threshold)),
            "threshold": threshold,
            "best_f1": number(best),
            "best_threshold": number(at),
            "auc": number(metrics.auc(truth, score)),
            "positives": int(np.nansum(truth)),
        }
    return {**{k: _over(by_unit, k) for k in ("f1", "best_f1", "auc")}, "by_unit": by_unit}


def _intensity(labelled: Labelled, read: Readings, rows: NDArray[np.intp]) -> Json:
    by_unit: Json = {}
    for unit in labelled.graded:
        truth = labelled.intensity[rows, labelled.units.index(unit)]
        score = unsided(read.units, unit)[rows]
        by_unit[unit] = {
            "icc": number(metrics.icc31(truth, score)),
            "mae": number(metrics.mean_absolute_error(truth, score)),
            "mse": number(metrics.mean_squared_error(truth, score)),
        }
    return {**{k: _over(by_unit, k) for k in ("icc", "mae", "mse")}, "by_unit": by_unit}


def _agreement(labelled: Labelled, read: Readings, rows: NDArray[np.intp], draws: int) -> Json:
    """Null intervals where the set does not name its subjects, or fewer than `agreement.FEW` of them."""
    named = [labelled.subjects[i] for i in rows]
    whole = len(rows) and all(named)
    count = draws if whole else 0
    subjects = named if whole else [""] * len(rows)
    out: Json = {
        "interval": f"95 % percentiles of {count} bootstrap draws of subjects"
        if count
        else "the set names no subjects",
        "subjects": len(set(named)) if whole else None,
    }
    if labelled.detection:
        out["presence"] = {}
        for unit in labelled.detection:
            truth = labelled.presence[rows, labelled.units.index(unit)]
            score, threshold = _presence_score(labelled, read, unit, rows)
            said = np.where(np.isfinite(score), score >= threshold, np.nan)
            found = agreement.of_presence(truth, said, subjects, draws=count)
            out["presence"][unit] = _told(found, ("kappa", "f1"))
    if labelled.graded and np.isfinite(labelled.intensity).any():
        out["intensity"] = {}
        for unit in labelled.graded:
            truth = labelled.intensity[rows, labelled.units.index(unit)]
            graded = agreement.of_intensity(truth, unsided(read.units, unit)[rows], subjects, draws=count)
            out["intensity"][unit] = _told(graded, ("icc31", "icc21", "kappa", "bias", "lower", "upper"))
    return out


def _told(found: agreement.Agreement | agreement.Presence, names: Sequence[str]) -> Json:
    intervals: dict[str, agreement.Interval] = {name: getattr(found, name) for name in names}
    numbers: Json = {
        name: {"value": number(i.value), "low": number(i.low), "high": number(i.high)} for name, i in intervals.items()
    }
    return {**numbers, "ratings": found.ratings}


def _presence_score(labelled: Labelled, read: Readings, unit: str, rows: NDArray[np.intp]) -> tuple[F64, float]:
    """Probability of a unit, or its intensity where the network gives none, and from where it counts as present."""
    score = unsided(read.presence, unit)[rows]
    if np.isfinite(score).any():
        return score, CONFIDENT
    return unsided(read.units, unit)[rows], _PRESENT.get(labelled.name, 1.0)


def _classes(labelled: Labelled, read: Readings, rows: NDArray[np.intp], emotions: Sequence[str]) -> Json:
    """ "Other" of Aff-Wild2 has no reading; its F1 is 0 and counts, as in the challenge."""
    names = [name for name in labelled.classes if name in emotions]
    likeliest = read.emotion[rows][:, [emotions.index(name) for name in names]].argmax(1)
    said = np.array([labelled.classes.index(name) for name in names])[likeliest]
    share, macro = metrics.accuracy(labelled.label[rows], said, len(labelled.classes))
    return {"accuracy": number(share), "macro_f1": number(macro)}


def _over(by_unit: Json, key: str) -> float | None:
    return mean([row[key] for row in by_unit.values() if row[key] is not None])


def _means(by_part: Json) -> dict[str, list[str]]:
    """The names of the numbers of each kind."""
    first: Json = next(iter(by_part.values()), {})
    return {
        kind: [key for key, value in values.items() if not isinstance(value, dict)]
        for kind, values in first.items()
        if isinstance(values, dict)
    }
