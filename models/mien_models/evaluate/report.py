"""The contents of report.json; README.md tells its schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mien_models.alignment import canonical
from mien_models.backends import Session
from mien_models.evaluate import degrade, few_labels, score
from mien_models.evaluate.faces import Faces
from mien_models.evaluate.grid import Grid
from mien_models.evaluate.invariance import invariance
from mien_models.evaluate.linear import read_across
from mien_models.evaluate.read import MEDIAPIPE, Readings, encode, mediapipe, read_difference, readings
from mien_models.evaluate.score import Json
from mien_models.head.model.action_units import TOP
from mien_models.head.motion.draw import Kind
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.mesh478 import EYE_OUTER

F32 = NDArray[np.float32]
Advance = Callable[[int], None]

FORMAT = 1
TRIPLETS = 8_000
DEGRADED = 400  # faces that are degraded, each in every way
BOTH, CROP, LANDMARKS = "both", "crop", "landmarks"
PERSONALISED = "stage, rest known"
_USE = {BOTH: (True, True), CROP: (True, False), LANDMARKS: (False, True)}
_JITTERS = (0.0, 0.01, 0.02, 0.04)

# Goals of the encoder; shifts are those of a unit's intensity when only the pose or the person changes.
AT_LEAST: Mapping[str, float] = {"mean_r": 0.75, "icc": 0.75, "triplets": 0.92}
AT_MOST_SHIFT = 0.5

_TURNS = {"yaw_deg": (0, 10, 20, 30, 45), "pitch_deg": (-30, -12, -4, 4, 12, 30)}
_SEEN = (0.0, 0.5, 0.7, 0.85, 0.95, 1.01)
_GREY = (0, 40, 70, 100, 130, 256)
_EYES_PX = (0, 20, 30, 40, 60, 1000)
GROUPS: Mapping[str, tuple[str, Sequence[float], Sequence[str]]] = {
    "age": ("age_years", (0, 25, 45, 65, 120), ("12–24", "25–44", "45–64", "65–85")),
    "gender": ("masculinity", (-0.01, 0.35, 0.65, 1.01), ("feminine", "between", "masculine")),
    "skin": ("melanin", (-0.01, 0.2, 0.45, 1.01), ("light", "medium", "dark")),
    "glasses": ("glasses", (-0.5, 0.5, 1.5), ("none", "worn")),
    "beard": ("beard", (-0.01, 0.05, 1.01), ("none", "worn")),
}


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """One way to read faces: a name, and its readings of the test faces and of the grid."""

    name: str
    faces: Readings
    grid: Readings | None = None


def passes(faces: int, encoder: bool) -> int:
    """The number of faces that `measure` reads, for a progress bar."""
    levels = sum(len(levels) for _, levels in degrade.DEGRADATIONS.values()) * 2 + len(_JITTERS) * 2
    return faces * len(_USE) + min(faces, DEGRADED) * levels if encoder else 0


def measure(
    faces: Faces,
    grid: Grid,
    blendshapes: Session,
    encoder: Session | None,
    emotions: Sequence[str],
    *,
    difference: Session | None = None,
    personalised: Readings | None = None,
    advance: Advance = lambda _: None,
) -> Json:
    """The report of an encoder beside MediaPipe (`blendshapes`) and plain landmarks, on the same faces.

    Without an encoder, the report is on MediaPipe. `emotions` name the encoder's categories.
    `difference` is the network for landmarks minus neutral ones. `personalised` are readings of the
    grid with the neutral faces of its people. Raises ModelError if a network does not fit.
    """
    points = canonical(faces.landmarks)
    rest = resting(faces, points)
    media = Route(MEDIAPIPE, mediapipe(blendshapes, faces.landmarks), mediapipe(blendshapes, grid.faces.landmarks))
    routes = [media, *_plain(faces, points, media.faces, rest)]
    if encoder is not None:
        for name, use in reversed(_USE.items()):
            read = encode(encoder, faces.crop, faces.landmarks, use=use, advance=advance)
            turned = encode(encoder, grid.faces.crop, grid.faces.landmarks, use=use)
            routes.insert(0, Route("encoder" if name == BOTH else f"encoder, {name} only", read, turned))
    if difference is not None:
        known = score.finite_rows(rest.reshape(len(rest), -1))
        read = read_difference(difference, faces.landmarks, np.nan_to_num(rest))
        routes.append(Route("neutral difference", _where(known, read)))
    main = routes[0]
    spaces = {**{r.name: r.faces.embedding for r in routes}, **_spaces(points, media.faces.embedding, faces, rest)}
    rows, types, gap = score.triplet_rows(faces, TRIPLETS)
    matched = score.matched_rows(faces)
    invariances = {r.name: invariance(grid, r.grid) for r in routes if r.grid is not None}
    if personalised is not None:
        invariances[PERSONALISED] = invariance(grid, personalised)
    out: Json = {
        "format": FORMAT,
        "main": main.name,
        "data": {
            "faces": len(faces),
            "people": len(np.unique(faces.identity)),
            "found": score.mean(faces.attributes["presence"] > 0.5) if "presence" in faces.attributes else None,
        },
        "shapes": {r.name: score.shapes(faces, r.faces) for r in routes},
        "units": {r.name: score.units(faces, r.faces) for r in routes},
        "triplets": {
            name: score.triplet_accuracy(x, rows, types, gap) | score.matched_accuracy(x, matched)
            for name, x in spaces.items()
            if _said(x)
        },
        "retrieval": {name: score.retrieval(faces, x) for name, x in spaces.items() if _said(x)},
        "emotions": score.emotions(faces, main.faces, emotions),
        "reliability": {r.name: found for r in routes if (found := score.reliability(faces, r.faces))},
        "invariance": invariances,
        "robustness": _binned(faces, [r for r in routes if r.grid is not None]),
        "gaps": {r.name: score.gaps(faces, r.faces, GROUPS) for r in (main, media)},
        "few_labels": _few(faces, points, main, media),
    }
    if encoder is not None:
        out["robustness"] |= _degraded(encoder, faces, advance)
    return {"summary": _summary(out, main.name), **out}


def resting(faces: Faces, points: F32) -> F32:
    """(N, 478, 2) for each face, the mean landmarks of other neutral pictures of its person; NaN without any."""
    rest = np.full_like(points, np.nan)
    calm = faces.kind == Kind.NEUTRAL
    for i in range(len(points)):
        others = calm & (faces.identity == faces.identity[i]) & (np.arange(len(points)) != i)
        if others.any():
            rest[i] = points[others].mean(0)
    return rest


def _plain(faces: Faces, points: F32, media: Readings, rest: F32) -> list[Route]:
    """Ridge regressions on other features, fitted to one half of the people and evaluated on the other."""
    features = {
        "landmarks, linear": points.reshape(len(points), -1),
        "mediapipe, linear": media.embedding,
        "landmarks less neutral, linear": (points - rest).reshape(len(points), -1),
    }
    targets = np.concatenate([faces.shapes, faces.units], axis=1)
    routes = []
    for name, x in features.items():
        known = score.finite_rows(x)
        if len(np.unique(faces.identity[known])) < 2:
            continue
        read = np.full(targets.shape, np.nan)
        read[known] = read_across(x[known], targets[known], faces.identity[known])
        shapes, units = np.clip(read[:, : len(BLENDSHAPES)], 0, 1), np.clip(read[:, len(BLENDSHAPES) :], 0, TOP)
        routes.append(Route(name, readings(len(x), {"shapes": shapes, "units": units})))
    return routes


def _spaces(points: F32, scores: F32, faces: Faces, rest: F32) -> dict[str, F32]:
    """Euclidean spaces that need no training, as baselines of the embedding."""
    neutral = np.full_like(scores, np.nan)
    calm = faces.kind == Kind.NEUTRAL
    for who in np.unique(faces.identity):
        rows = faces.identity == who
        if (rows & calm).any():
            neutral[rows] = scores[rows & calm].mean(0)
    chance = np.clip(scores, 1e-4, 1 - 1e-4)
    return {
        "mediapipe, cosine": scores / np.linalg.norm(scores, axis=1, keepdims=True),
        "mediapipe, logit": np.log(chance / (1 - chance)),
        "mediapipe less neutral": scores - neutral,
        "landmarks": points.reshape(len(points), -1),
        "landmarks less neutral": (points - rest).reshape(len(points), -1),
    }


def _binned(faces: Faces, routes: Sequence[Route]) -> Json:
    """Scores by bins of true properties of the pictures."""
    turn = faces.turn_deg
    grey = faces.crop[:, 20:100, 20:92].mean(axis=(1, 2, 3))
    left, right = EYE_OUTER
    eyes = np.linalg.norm(faces.landmarks[:, left, :2] - faces.landmarks[:, right, :2], axis=1)
    values = {
        "yaw_deg": (np.abs(turn[:, 0]), _TURNS["yaw_deg"]),
        "pitch_deg": (turn[:, 1], _TURNS["pitch_deg"]),
        "seen": (faces.visible, _SEEN),
        "grey": (grey, _GREY),
        "eyes_px": (eyes * faces.attributes.get("small", np.ones(len(faces))), _EYES_PX),
    }
    return {
        name: {r.name: score.by_bins(faces, r.faces, at, edges) for r in routes} for name, (at, edges) in values.items()
    }


def _degraded(encoder: Session, faces: Faces, advance: Advance) -> Json:
    """Scores of degraded crops and noisy landmarks. The other input stays, so `crop only` is the harder test."""
    some = faces.take(np.linspace(0, len(faces) - 1, min(len(faces), DEGRADED)).round().astype(int))
    out: Json = {}
    for name, (_, levels) in degrade.DEGRADATIONS.items():
        out[name] = {
            label: [
                {"level": level, **score.brief(some, read)}
                for level in levels
                for read in [
                    encode(encoder, degrade.degraded(some.crop, name, level), some.landmarks, use=use, advance=advance)
                ]
            ]
            for label, use in (("encoder", _USE[BOTH]), ("encoder, crop only", _USE[CROP]))
        }
    out["landmark_noise"] = {
        label: [
            {"level": level, **score.brief(some, read)}
            for level in _JITTERS
            for read in [encode(encoder, some.crop, degrade.jittered(some.landmarks, level), use=use, advance=advance)]
        ]
        for label, use in (("encoder", _USE[BOTH]), ("encoder, landmarks only", _USE[LANDMARKS]))
    }
    return out


def _few(faces: Faces, points: F32, main: Route, media: Route) -> list[Json]:
    """Linear probes for intensities on frozen features, fitted on half of the people and tested on the others."""
    people = np.unique(faces.identity)
    coded = np.isin(faces.identity, people[::2])
    if len(people) < 2:
        return []
    features = {media.name: media.faces.embedding, "landmarks": points.reshape(len(points), -1)}
    if main is not media:
        features = {f"{main.name}, embedding": main.faces.embedding, **features}
        features[f"{main.name}, shapes"] = main.faces.shapes
    usable = {name: x for name, x in features.items() if np.isfinite(x).all()}
    return few_labels.curve(usable, faces.units, np.flatnonzero(coded), np.flatnonzero(~coded))


def _summary(report: Json, main: str) -> Json:
    """The numbers with goals, each with its bound and whether it is met."""
    shift = report["invariance"][main]
    values = {
        "mean_r": report["shapes"][main]["mean_r"],
        "icc": report["units"][main]["mean"]["icc"],
        "triplets": report["triplets"].get(main, {}).get("all"),
        "pose_shift": shift["pose"]["median"],
        "pose_shift_active": shift["pose"]["median_active"],
        "identity_shift": shift["identity"]["median"],
        "identity_shift_active": shift["identity"]["median_active"],
    }
    if (known := report["invariance"].get(PERSONALISED)) is not None:
        values |= {f"{key}_shift_rest_known": known[key]["median_active"] for key in ("pose", "identity")}
    out: Json = {}
    for name, value in values.items():
        kind, bound = ("at_least", AT_LEAST[name]) if name in AT_LEAST else ("at_most", AT_MOST_SHIFT)
        met = None if value is None else value >= bound if name in AT_LEAST else value <= bound
        out[name] = {"value": value, kind: bound, "met": met}
    return out


def _said(points: F32) -> bool:
    return bool(score.finite_rows(points).any())


def _where(known: NDArray[np.bool_], read: Readings) -> Readings:
    """The readings with NaN where `known` is false."""
    return replace(
        read,
        **{
            name: np.where(known[:, None], getattr(read, name), np.nan)
            for name in ("shapes", "shapes_sd", "units", "units_sd", "presence")
        },
    )
