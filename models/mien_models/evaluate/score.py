"""Scores of readings against the truth, as JSON values of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.evaluate import metrics
from mien_models.evaluate.faces import Faces
from mien_models.evaluate.read import Readings
from mien_models.head.motion.distance import distance, embed, triplets
from mien_models.head.motion.draw import Kind
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS

F64 = NDArray[np.float64]
Index = NDArray[np.intp]
Json = dict[str, Any]

# Shapes that show expression: without those of gaze, and without tongueOut, which MediaPipe lacks.
EXPRESSIVE: Index = np.array([i for i, n in enumerate(BLENDSHAPES) if not n.startswith("eyeLook") and n != "tongueOut"])
PRESENT = 1.0  # FACS intensity from which a unit is there
# Units that do not move MediaPipe's blendshapes; means are given with and without them.
DEAD = ("AU6L", "AU6R", "AU9L", "AU9R", "AU23")
CONFIDENT = 0.5
TYPES = ("ONE", "TWO", "THREE")
GAPS = (0.1, 0.3, 0.6)  # least differences of true distances in a triplet
NEIGHBOURS = (1, 5, 10)

_LIVE = np.array([label not in DEAD for label in AUS])


def number(value: float) -> float | None:
    """Rounded; None where it is not finite."""
    return round(float(value), 4) if np.isfinite(value) else None


def mean(values: ArrayLike) -> float | None:
    """Mean of the finite values."""
    known = np.asarray(values, np.float64)
    known = known[np.isfinite(known)]
    return number(known.mean()) if len(known) else None


def finite_rows(values: ArrayLike) -> NDArray[np.bool_]:
    """(N,) whether all values of a row of (N, K) are finite."""
    return np.asarray(np.isfinite(np.asarray(values, np.float64)).all(axis=1))


def correlations(truth: ArrayLike, estimate: ArrayLike) -> F64:
    """(K,) Pearson r per column of (N, K); 0 where only the estimate is constant, NaN where the truth is."""
    t, e = np.asarray(truth, np.float64), np.asarray(estimate, np.float64)
    r = np.array([metrics.pearson(t[:, i], e[:, i]) for i in range(t.shape[1])])
    return np.where(np.isnan(r) & (np.ptp(t, axis=0) > 1e-6), 0.0, r)


def shapes(faces: Faces, read: Readings) -> Json:
    """Per shape r and mean absolute error; `mean_r` is that of the 43 of EXPRESSIVE."""
    r = correlations(faces.shapes, read.shapes)
    mae = [metrics.mean_absolute_error(faces.shapes[:, i], read.shapes[:, i]) for i in range(len(BLENDSHAPES))]
    return {
        "mean_r": mean(r[EXPRESSIVE]),
        "mean_r_all": mean(r),
        "mean_mae": mean(np.array(mae)[EXPRESSIVE]),
        "r": {name: number(v) for name, v in zip(BLENDSHAPES, r, strict=True)},
        "mae": {name: number(v) for name, v in zip(BLENDSHAPES, mae, strict=True)},
    }


def units(faces: Faces, read: Readings) -> Json:
    """Per action unit ICC(3,1), MAE, MSE and r of the intensity; F1 and AUC of its presence.

    Presence is judged by the probability at .5, or, of a network without one, by intensity at 1.
    `best_f1` has its threshold chosen on the truth. A unit that a network does not read counts as constant: ICC, r
    and F1 0, AUC .5.
    """
    rows = {label: _unit(faces.units[:, i], read, i) for i, label in enumerate(AUS)}
    keys = ("icc", "r", "mae", "mse", "f1", "best_f1", "auc", "ece")
    blind = {"icc": 0.0, "r": 0.0, "f1": 0.0, "best_f1": 0.0, "auc": 0.5}

    def means(chosen: NDArray[np.bool_]) -> Json:
        picked = [row for row, keep in zip(rows.values(), chosen, strict=True) if keep and row["positives"]]
        return {k: mean([row[k] if row[k] is not None else blind.get(k, np.nan) for row in picked]) for k in keys}

    return {"mean": means(np.full(len(AUS), True)), "mean_without_dead": means(_LIVE), "by_unit": rows}


def _unit(truth: NDArray[Any], read: Readings, at: int) -> Json:
    intensity, probability = read.units[:, at], read.presence[:, at]
    positive = truth >= PRESENT
    by_probability = bool(np.isfinite(probability).any())
    score, threshold = (probability, CONFIDENT) if by_probability else (intensity, PRESENT)
    best, best_threshold = metrics.best_f1(positive, score)
    return {
        "icc": number(metrics.icc31(truth, intensity)),
        "r": number(metrics.pearson(truth, intensity)),
        "mae": number(metrics.mean_absolute_error(truth, intensity)),
        "mse": number(metrics.mean_squared_error(truth, intensity)),
        "f1": number(metrics.f1(positive, score, threshold)),
        "threshold": threshold,
        "best_f1": number(best),
        "best_threshold": number(best_threshold),
        "auc": number(metrics.auc(positive, score)),
        "ece": number(metrics.reliability(positive, probability).error) if by_probability else None,
        "positives": int(positive.sum()),
    }


def triplet_rows(faces: Faces, count: int, seed: int = 0) -> tuple[Index, NDArray[np.str_], F64]:
    """(T, 3) anchor, positive and negative; (T,) TYPES; (T,) by how much the negative is truly farther.

    The positive shows another person. The negative is farther from both by GAPS[0] at least, and shows the
    anchor's person where possible, so that identity does not help. The type tells from how many categories the
    three are, as in FEC.
    """
    drawn = triplets(np.random.default_rng(seed), faces.shapes, faces.identity, count, min_gap=GAPS[0])
    rows = np.stack([drawn.anchor, drawn.positive, drawn.negative], axis=1)
    a, p, n = (faces.shapes[rows[:, i]] for i in range(3))
    gap = np.minimum(distance(a, n), distance(p, n)) - distance(a, p)
    rows, gap = rows[gap >= GAPS[0]], gap[gap >= GAPS[0]]
    category = faces.category[rows]
    different = [len(set(three)) for three in category]
    return rows, np.array(TYPES)[np.array(different, int) - 1], gap


def matched_rows(faces: Faces, seed: int = 0) -> Index:
    """(T, 3) an anchor, another person with the very same expression, and the anchor's person with another one."""
    rng = np.random.default_rng(seed)
    _, shown = np.unique(embed(faces.shapes).round(5), axis=0, return_inverse=True)
    shown = shown.ravel()
    rows = []
    for anchor, (expression, who) in enumerate(zip(shown, faces.identity, strict=True)):
        of_own = np.flatnonzero((faces.identity == who) & (shown != expression))
        of_others = np.flatnonzero((faces.identity != who) & (shown == expression))
        if len(of_own) and len(of_others):
            rows.append((anchor, int(rng.choice(of_others)), int(rng.choice(of_own))))
    return np.array(rows, int).reshape(-1, 3)


def matched_accuracy(embedding: ArrayLike, rows: Index) -> Json:
    """Share of `matched_rows` whose pair is the nearest of all three; without those with a NaN. Chance is 1/3."""
    points = np.asarray(embedding, np.float64)
    known = np.asarray(finite_rows(points)[rows].all(axis=1), bool)
    return {"matched": mean(metrics.triplets_hold(points, *rows[known].T)), "matched_count": int(known.sum())}


def triplet_accuracy(embedding: ArrayLike, rows: Index, types: NDArray[np.str_], gap: F64) -> Json:
    """Share of triplets whose pair is the nearest of all three, overall, by type and by gap; chance is 1/3.

    `anchor_only` asks just whether the positive is nearer to the anchor than the negative; chance is 1/2.
    Triplets with a NaN are left out.
    """
    points = np.asarray(embedding, np.float64)
    known = np.asarray(finite_rows(points)[rows].all(axis=1))
    right = metrics.triplets_hold(points, *rows[known].T)
    a, p, n = (points[rows[known, i]] for i in range(3))
    nearer = np.linalg.norm(a - p, axis=1) < np.linalg.norm(a - n, axis=1)
    kind, away = types[known], gap[known]
    edges = (*GAPS, np.inf)

    def share(chosen: NDArray[np.bool_]) -> float | None:
        return number(right[chosen].mean()) if chosen.any() else None

    return {
        "all": share(np.full(len(right), True)),
        "anchor_only": number(nearer.mean()) if len(nearer) else None,
        "count": len(right),
        "by_type": {t: share(kind == t) for t in TYPES},
        "counts": {t: int((kind == t).sum()) for t in TYPES},
        "by_gap": {f"{low:g}": share((away >= low) & (away < high)) for low, high in pairwise(edges)},
    }


def retrieval(faces: Faces, embedding: ArrayLike) -> Json:
    """Nearest faces of other people: gain in true distance, from 0 (random) to 1 (best possible), and categories.

    `same_category` is for emotions only, with the rate of chance beside it. `same_person` is how often the nearest
    face of all shows the same person: 1 in a space of identities.
    """
    points = np.asarray(embedding, np.float64)
    known = finite_rows(points)
    faces, points = faces.take(known), points[known]
    count = max(NEIGHBOURS)
    if len(np.unique(faces.identity)) <= 1 or len(faces) <= count:
        return {}
    found = metrics.nearest(points, faces.identity, count)
    away = distance(faces.shapes[:, None], faces.shapes[found])
    random = float(np.mean([distance(shape, faces.shapes[::7]).mean() for shape in faces.shapes[::7]]))
    best = distance(faces.shapes[:, None], faces.shapes[metrics.nearest(embed(faces.shapes), faces.identity, count)])
    category = faces.category
    meant = faces.kind == Kind.EMOTION
    hits = category[found] == category[:, None]
    others = metrics.nearest(points, np.arange(len(points)), 1)[:, 0]
    chance = np.mean([(category[meant] == c).mean() * (category == c).mean() for c in np.unique(category[meant])])
    return {
        "gain": {str(k): number((random - away[:, :k].mean()) / (random - best[:, :k].mean())) for k in NEIGHBOURS},
        "same_category": {str(k): number(hits[meant, :k].mean()) if meant.any() else None for k in NEIGHBOURS},
        "same_category_by_chance": number(chance * len(np.unique(category[meant]))) if meant.any() else None,
        "same_person": number((faces.identity[others] == faces.identity).mean()),
        "same_person_by_chance": number(np.mean([(faces.identity == i).mean() for i in faces.identity])),
    }


def emotions(faces: Faces, read: Readings, names: Sequence[str]) -> Json:
    """Accuracy of the likeliest of `names`, over emotions and neutral faces."""
    if not np.isfinite(read.emotion).any():
        return {}
    index = {name: i for i, name in enumerate(names)}
    truth = np.array([index.get(name, -1) for name in faces.category])
    said = read.emotion.argmax(1)
    share, macro = metrics.accuracy(truth, said, len(names))
    confusion = np.zeros((len(names), len(names)), int)
    np.add.at(confusion, (truth[truth >= 0], said[truth >= 0]), 1)
    return {
        "accuracy": number(share),
        "macro_f1": number(macro),
        "names": list(names),
        "confusion": confusion.tolist(),  # rows: the true class
    }


def reliability(faces: Faces, read: Readings) -> Json:
    """Calibration of probabilities and standard deviations: bins of diagrams, and one number each."""
    out: Json = {}
    if np.isfinite(read.presence).any():
        bins = metrics.reliability((faces.units >= PRESENT).ravel(), read.presence.ravel())
        out["presence"] = {"ece": number(bins.error), **_bins(bins)}
    for name, truth, estimate, sd in (
        ("shapes", faces.shapes[:, EXPRESSIVE], read.shapes[:, EXPRESSIVE], read.shapes_sd[:, EXPRESSIVE]),
        ("units", faces.units, read.units, read.units_sd),
    ):
        if not np.isfinite(sd).any():
            continue
        three = truth.ravel(), estimate.ravel(), sd.ravel()
        out[name] = {
            "within_1_sd": number(metrics.coverage(*three)),
            "within_2_sd": number(metrics.coverage(*three, 2.0)),
            "calibration_error": number(metrics.sd_calibration_error(*three)),
            **_bins(metrics.sd_reliability(*three)),
        }
    return out


def _bins(bins: metrics.Reliability) -> Json:
    return {
        "said": [number(v) for v in bins.said],
        "found": [number(v) for v in bins.found],
        "count": bins.count.tolist(),
    }


def brief(faces: Faces, read: Readings) -> Json:
    """A row of numbers for some of the faces, for curves and gaps."""
    r = correlations(faces.shapes, read.shapes)[EXPRESSIVE]
    icc = np.array([metrics.icc31(faces.units[:, i], read.units[:, i]) for i in range(len(AUS))])
    moves = np.ptp(faces.units, axis=0) >= PRESENT if len(faces) else np.zeros(len(AUS), bool)
    return {
        "count": len(faces),
        "mean_r": mean(r),
        "icc": mean(np.where(np.isnan(icc), 0.0, icc)[moves]),
        "shapes_mae": number(metrics.mean_absolute_error(faces.shapes[:, EXPRESSIVE], read.shapes[:, EXPRESSIVE])),
        "units_mae": number(metrics.mean_absolute_error(faces.units, read.units)),
        "shapes_sd": mean(read.shapes_sd[:, EXPRESSIVE]),
        "units_sd": mean(read.units_sd),
    }


# Fewer faces than this give no numbers.
ENOUGH = 40


def by_bins(faces: Faces, read: Readings, values: ArrayLike, edges: Sequence[float]) -> list[Json]:
    """`brief` per bin of (N,) values between neighbours of `edges`; bins with too few faces have only a count."""
    at = np.asarray(values, np.float64)
    rows = []
    for low, high in pairwise(edges):
        inside = np.flatnonzero((at >= low) & (at < high))
        row: Json = {"from": low, "to": number(high), "count": len(inside)}
        rows.append(row | (brief(faces.take(inside), read.take(inside)) if len(inside) >= ENOUGH else {}))
    return rows


def gaps(faces: Faces, read: Readings, groups: Mapping[str, tuple[str, Sequence[float], Sequence[str]]]) -> Json:
    """`brief` per group of people, and the gap between the best and the worst group.

    groups: title → name of one of `attributes`, edges, a name per bin.
    """
    out: Json = {}
    for title, (attribute, edges, names) in groups.items():
        rows = by_bins(faces, read, faces.attributes[attribute], edges)
        for row, name in zip(rows, names, strict=True):
            row["name"] = name
        known = [row for row in rows if row.get("mean_r") is not None]
        apart = {
            key: number(max(row[key] for row in known) - min(row[key] for row in known)) if len(known) > 1 else None
            for key in ("mean_r", "icc", "units_mae")
            if all(row[key] is not None for row in known)
        }
        out[title] = {"groups": rows, "gap": apart}
    return out
