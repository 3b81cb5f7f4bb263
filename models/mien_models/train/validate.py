"""Scores of a network on validation faces, and its calibration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from mien_models.evaluate.metrics import accuracy, ccc, f1, icc31, mean_absolute_error, pearson, triplets_hold
from mien_models.evaluate.score import EXPRESSIVE
from mien_models.head.model.action_units import TOP
from mien_models.head.motion.distance import distance, embed, triplets
from mien_models.nets import space
from mien_models.nets.encoder import Readings
from mien_models.nets.export import Calibration
from mien_models.nets.sides import MIRRORED_UNITS
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.emotions import EMOTIONS, NEUTRAL_PRIOR, USED_PRIOR
from mien_models.spaces.facs import AUS
from mien_models.train.data import Batch, Faces, compared_triplets

F64 = NDArray[np.float64]

_PRESENT = 1.0
_TRIPLETS = 6000
_GAP = 0.1  # by which the negative is farther from both
_FACTORS = (0.2, 20.0)  # least and greatest factor on standard deviations
_BOUNDS = np.geomspace(1, 16, 13)  # candidates for the bound of standard deviations, in spreads of the truth
_WORTH = 1e-3  # log likelihood per face that a bound has to gain
_STEPS = 16
_LEAST_R = 0.5  # Pearson r from which a reading is rescaled
_ENOUGH = 100  # labelled faces from which a reading is rescaled
_GAIN = 3.0  # greatest gain
_TEMPERATURES = np.exp(np.linspace(np.log(0.3), np.log(4), 60))
_PRIOR = 1.0  # weight, in faces, of the prior that logits need no scaling
_STILL = 1e-9  # change of a logit at which Newton's method stops
_PER_FEATURE = 8  # faces per feature that the map to the embedding needs
_RIDGE = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Readings of N faces as float64 arrays: shapes and units as shares before `bounded`, sd of these; presence and
    emotion as logits.
    """

    shapes: F64
    units: F64
    sd: F64
    presence: F64
    emotion: F64 | None
    affect: F64 | None
    embedding: F64 | None


def see(read: Callable[[Batch], Readings], batches: list[Batch]) -> Seen:
    """The readings of all batches."""
    with torch.no_grad():
        all_readings = [read(batch) for batch in batches]

    def column(name: str) -> Any:
        values = [getattr(readings, name) for readings in all_readings]
        return None if values[0] is None else torch.cat(values).double().cpu().numpy()

    columns = {f.name: column(f.name) for f in fields(Seen) if f.name != "sd"}
    return Seen(**columns, sd=np.exp(column("log_sd")))


def scores(seen: Seen, faces: Faces) -> dict[str, float]:
    """Means over names: Pearson r of 43 shapes, ICC(3,1), MAE and F1 of units; triplets; emotion, and CCC of affect.

    Scores without labels are left out. Where labels have no sides, they are compared with the stronger side's reading.
    """
    seen = _as_coded(seen, faces)
    there, said = _there(faces), 1 / (1 + np.exp(-seen.presence))
    columns = [i for i in range(len(AUS)) if np.isfinite(there[:, i]).any()]
    truth, read = faces.units / TOP, seen.units
    out = {
        "r43": _mean([pearson(faces.shapes[:, i], seen.shapes[:, i]) for i in EXPRESSIVE]),
        "icc": _mean([icc31(truth[:, i], read[:, i]) for i in columns]),
        "mae": TOP * _mean([mean_absolute_error(truth[:, i], read[:, i]) for i in columns]),
        "f1": _mean([f1(there[:, i], said[:, i]) for i in columns]),
    }
    if seen.embedding is not None:
        out |= triplet_scores(seen.embedding, faces)
    if seen.emotion is not None:
        kind = np.where(np.isfinite(faces.emotion).all(1), np.nan_to_num(faces.emotion).argmax(1), -1)
        out["emotion"], _ = accuracy(kind, seen.emotion.argmax(1), len(EMOTIONS))
    if seen.affect is not None:
        out["ccc"] = _mean([ccc(faces.affect[:, i], seen.affect[:, i]) for i in (0, 1)])
    return {name: value for name, value in out.items() if np.isfinite(value)}


def _there(faces: Faces) -> F64:
    """(N, A) whether units are present, by their intensity or, if that is unknown, by presence labels; NaN: unknown."""
    return np.where(np.isfinite(faces.units), faces.units >= _PRESENT, faces.presence)


def _as_coded(seen: Seen, faces: Faces) -> Seen:
    """The readings with both sides set to the stronger one where labels have no sides."""
    whole = ~faces.sided[:, None]
    if not whole.any():
        return seen
    units, presence = (
        np.where(whole, np.maximum(values, values[:, MIRRORED_UNITS]), values) for values in (seen.units, seen.presence)
    )
    return replace(seen, units=units, presence=presence)


def triplet_scores(embedding: F64, faces: Faces) -> dict[str, float]:
    """Share of triplets that hold: of those that people compared, or else of those whose negative is clearly farther
    from both anchor and positive.
    """
    a, p, n = compared_triplets(faces)
    if len(a):
        return {"triplets": float(triplets_hold(embedding, a, p, n).mean())}
    if not np.isfinite(faces.shapes).all() or len(np.unique(faces.person)) < 2:
        return {}
    chosen = triplets(np.random.default_rng(0), faces.shapes, faces.person, _TRIPLETS)
    a, p, n = chosen.anchor, chosen.positive, chosen.negative
    near, far = distance(faces.shapes[a], faces.shapes[p]), distance(faces.shapes[p], faces.shapes[n])
    fair = far - near >= _GAP
    if not fair.any():
        return {}
    return {"triplets": float(triplets_hold(embedding, a[fair], p[fair], n[fair]).mean())}


def per_name(seen: Seen, faces: Faces) -> dict[str, dict[str, float]]:
    """Pearson r of each shape, and ICC(3,1) of each unit."""
    seen = _as_coded(seen, faces)
    return {
        "shapes_r": {n: round(pearson(faces.shapes[:, i], seen.shapes[:, i]), 3) for i, n in enumerate(BLENDSHAPES)},
        "units_icc": {n: round(icc31(faces.units[:, i] / TOP, seen.units[:, i]), 3) for i, n in enumerate(AUS)},
    }


def calibrate(seen: Seen, faces: Faces) -> Calibration:
    """Fit the calibration on labelled faces.

    Shapes and units: gain and shift that restore the range, since least squares shrinks readings towards the mean.
    Standard deviations: factor and upper bound of greatest likelihood. A calibrated sd is the root mean square of
    the expected error for any distribution of errors, because the normal likelihood is a proper score for it (Laves
    et al., "Well-calibrated regression uncertainty", MIDL 2020). The bound is at least the standard deviation of the
    truth, which is the error without any input. Presence: Platt scaling, because the mean of several branches
    gives probabilities too near to .5. Emotions: temperature scaling (Guo et al., ICML 2017).

    Where shapes are known the faces are renders: then emotions get the prior that half of the faces are neutral, and
    the embedding becomes a linear map of the shapes, which errs less than the embedding of the network.
    """
    seen = _as_coded(seen, faces)
    truth = np.concatenate([faces.shapes, faces.units / TOP], 1).astype(np.float64)
    read = np.concatenate([seen.shapes, seen.units], 1)
    gain, shift = _stretch(read, truth)
    levels = _bounded(gain * read + shift)
    sd, most = _deviations(levels - truth, seen.sd, _spread(truth))
    there = _there(faces)
    presence, lean = np.transpose([_platt(seen.presence[:, i], there[:, i]) for i in range(len(AUS))])
    warmth, odds = (1.0, np.zeros(len(EMOTIONS))) if seen.emotion is None else _emotions(seen.emotion, faces)
    return Calibration(
        gain.astype(np.float32),
        shift.astype(np.float32),
        sd.astype(np.float32),
        most.astype(np.float32),
        presence.astype(np.float32),
        lean.astype(np.float32),
        warmth,
        odds.astype(np.float32),
        None
        if seen.embedding is None
        else _space(levels[:, : len(BLENDSHAPES)], faces.shapes, seen.embedding.shape[1]),
    )


def calibrated(seen: Seen, calibration: Calibration) -> Seen:
    """The readings after calibration."""
    gain, shift, split = calibration.gain, calibration.shift, len(BLENDSHAPES)
    emotion = None if seen.emotion is None else seen.emotion / calibration.emotion + calibration.odds
    shapes = _bounded(gain[:split] * seen.shapes + shift[:split])
    embedding = seen.embedding
    if calibration.space is not None:
        embedding = space.placed(torch.as_tensor(shapes), torch.as_tensor(calibration.space).double()).numpy()
    return replace(
        seen,
        shapes=shapes,
        embedding=embedding,
        units=_bounded(gain[split:] * seen.units + shift[split:]),
        presence=calibration.presence * seen.presence + calibration.lean,
        emotion=emotion,
    )


def _bounded(values: F64) -> F64:
    return np.asarray(space.bounded(torch.as_tensor(values)).numpy())


def _stretch(read: F64, truth: F64) -> tuple[F64, F64]:
    """Gain and shift (K,) that give readings (N, K) the mean and the spread of the truth; 1 and 0 where none is known.

    Least squares shrinks readings: a full smile is read as half a smile, and a neutral face as a little of everything.
    Readings that correlate with the truth are rescaled, because their range matters more than their squared error.
    Values beyond the range are bent back, which reduces the spread again; therefore it takes several steps.
    """
    gain, shift = np.ones(read.shape[1]), np.zeros(read.shape[1])
    for i in range(read.shape[1]):
        known = np.isfinite(truth[:, i])
        x, y = read[known, i], truth[known, i]
        if len(x) >= _ENOUGH and x.std() > 0 and pearson(y, x) >= _LEAST_R and y.std() > x.std():
            for _ in range(_STEPS):
                spread = _bounded(gain[i] * x + shift[i]).std()
                gain[i] = np.clip(gain[i] * y.std() / max(spread, _STILL), 1, _GAIN)
                shift[i] += y.mean() - _bounded(gain[i] * x + shift[i]).mean()
    return gain, shift


def _space(read: F64, truth: NDArray[np.float32], width: int) -> NDArray[np.float32] | None:
    """The map (104, `width` - 1) from read shapes (N, 52) to the true ones in the space of `motion.distance`.

    Ridge regression, reduced to its principal axes. None where too few labelled faces are there.
    """
    known = np.isfinite(truth).all(axis=1)
    x = space.features(torch.as_tensor(read[known])).numpy()
    if len(x) < _PER_FEATURE * x.shape[1]:
        return None
    x_mean, y = x.mean(0), embed(truth[known])
    away = x - x_mean
    found = np.linalg.solve(away.T @ away + _RIDGE * np.eye(x.shape[1]), away.T @ (y - y.mean(0)))
    _, vectors = np.linalg.eigh((x @ found).T @ (x @ found))
    return np.asarray(found @ vectors[:, ::-1][:, : width - 1], np.float32)


def _spread(truth: F64) -> F64:
    """(K,) standard deviations of (N, K); infinite without labels."""
    known = np.isfinite(truth)
    count, filled = known.sum(0), np.where(known, truth, 0)
    mean = filled.sum(0) / np.maximum(count, 1)
    return np.where(count > 0, np.sqrt(((filled - mean) ** 2 * known).sum(0) / np.maximum(count, 1)), np.inf)


def _deviations(errors: F64, sd: F64, spread: F64) -> tuple[F64, F64]:
    """Factor and bound (K,) of `Calibration` for errors (N, K), NaN where unknown; 1 and infinity where all are.

    The likelihood is convex in the precision: Newton's method finds the factor for each of several bounds.
    """
    known = np.isfinite(errors)
    count = np.maximum(known.sum(0), 1)
    precision, square = 1 / sd**2, np.where(known, errors, 0) ** 2

    def mean(values: F64) -> F64:
        return np.asarray((values * known).sum(0) / count)

    unbound = np.clip(mean(square * precision), _FACTORS[0] ** 2, _FACTORS[1] ** 2)
    factor, most, least = np.sqrt(unbound), np.full(len(count), np.inf), mean(square / (sd**2 * unbound))
    least += mean(np.log(sd**2 * unbound)) - _WORTH
    for bound in spread * _BOUNDS[:, None]:
        floor = np.where(bound > 0, 1 / np.maximum(bound, 1e-6) ** 2, 0)
        # Newton steps that start below the root stay below it, since the slope is concave there.
        weight = np.full(len(count), 1 / _FACTORS[1] ** 2)
        for _ in range(_STEPS):
            total = weight * precision + floor
            slope, bend = mean((square - 1 / total) * precision), mean((precision / total) ** 2)
            weight = np.clip(weight - slope / np.maximum(bend, 1e-30), 1 / _FACTORS[1] ** 2, 1 / _FACTORS[0] ** 2)
        total = weight * precision + floor
        loss = mean(square * total - np.log(total))
        better = loss < least
        least = np.where(better, loss, least)
        factor, most = np.where(better, 1 / np.sqrt(weight), factor), np.where(better, bound, most)
    return np.where(known.any(0), factor, 1), np.where(known.any(0), most, np.inf)


def _platt(logits: F64, there: F64) -> F64:
    """(2,) factor and shift of logits of greatest likelihood, by Newton's method (Platt scaling).

    1 and 0 where only one class has labels, and where the factor would be negative.
    """
    known = np.isfinite(there)
    x, y, start = np.stack([logits[known], np.ones(known.sum())], 1), there[known], np.array([1.0, 0.0])
    if len(np.unique(y)) < 2:
        return start

    def loss(weights: F64) -> float:
        z = x @ weights
        return float((np.logaddexp(0, z) - y * z).sum() + _PRIOR / 2 * ((weights - start) ** 2).sum())

    weights = start
    for _ in range(_STEPS):
        said = np.exp(-np.logaddexp(0, -x @ weights))
        slope = x.T @ (said - y) + _PRIOR * (weights - start)
        step = np.linalg.solve((x * (said * (1 - said))[:, None]).T @ x + _PRIOR * np.eye(2), slope)
        while loss(weights - step) > loss(weights) and np.abs(step).max() > _STILL:
            step = step / 2
        weights = weights - step
    return weights if weights[0] > 0 else start


def _emotions(logits: F64, faces: Faces) -> tuple[float, F64]:
    """Temperature, and the log odds to add for a prior of NEUTRAL_PRIOR neutral faces and equal shares of the others.

    The frequencies in a synthetic set are those of its sampler: most faces are nearly neutral, and with these odds a
    frown would be called neutral (Saerens et al., Neural Computation 14, 2002). The temperature is the best one at
    USED_PRIOR, where the probabilities are used. Labelled photographs keep the odds of their set, because a network
    fine-tuned on them is used on such photographs.
    """
    known = np.isfinite(faces.emotion).all(1)
    x, y = logits[known], faces.emotion[known]
    if not len(x):
        return 1.0, np.zeros(len(EMOTIONS))
    shown = y.mean(0)
    renders = bool(np.isfinite(faces.shapes).any())
    odds, weights = np.zeros(len(EMOTIONS)), np.ones(len(x))
    if renders:
        odds, shares = _to_prior(shown, USED_PRIOR)
        weights = y @ shares
    losses = [
        weights @ (np.logaddexp.reduce(x / t + odds, axis=1) - (y * (x / t + odds)).sum(1)) for t in _TEMPERATURES
    ]
    temperature = float(_TEMPERATURES[int(np.argmin(losses))])
    return temperature, _to_prior(shown, NEUTRAL_PRIOR)[0] if renders else odds


def _to_prior(shown: F64, neutral: float) -> tuple[F64, F64]:
    """Log odds (8,) to add, and the weight (8,) of a face of each class, from shares `shown` (8,) to a neutral one."""
    others = (1 - neutral) / (len(EMOTIONS) - 1)
    wanted = np.array([neutral if name == "neutral" else others for name in EMOTIONS])
    weights = np.where(shown > 0, wanted / np.maximum(shown, 1e-9), 1)
    return np.log(weights), weights


def _mean(values: list[float]) -> float:
    known = [v for v in values if np.isfinite(v)]
    return float(np.mean(known)) if known else float("nan")
