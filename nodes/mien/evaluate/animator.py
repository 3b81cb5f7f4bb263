"""The animator beside table retargeting: how avatars are read, by their true renderers, on people not trained on.

consistency: mean distance of the embeddings of what a person shows and what the avatar is read to show. au_agreement:
mean correlation of the true intensities of action units of the person with those that are read of the avatar, over the
units whose truth varies. Both are of expressions that are held. jitter: mean standard deviation of the targets, as
shares of their ranges, on noisy copies of a still face, one after the other, as the node `animate` plays them. Nothing
is smoothed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from mien.core.files import write_whole
from mien.core.geometry import IDENTITY_QUATERNION
from mien.core.types import F32, F64, U8, Rig, RigState
from mien.report import text
from mien.report.style import INK, MUTED, PANEL
from mien.retarget.mapping import Mapping as Targets
from mien.retarget.profile import load
from mien.retarget.sources import Sources
from mien_models import Session, open_session
from mien_models.animator.avatar import Avatar
from mien_models.animator.figures import Figure, figure_of
from mien_models.animator.people import People, people_of
from mien_models.animator.player import ANIMATOR, Player
from mien_models.animator.reading import ENCODER, Readings, distances, read_crops, read_pictures, relative
from mien_models.animator.shipped import NAMES, mapped_space, shipped
from mien_models.animator.steady import Steady
from mien_models.datasets.dataset import Dataset
from mien_models.head import GAZE_RANGE
from mien_models.spaces import arkit

PROFILES: Mapping[str, str] = {"robot": "robot10", "presets": "vrm1"}  # the others take arkit52's own shapes
_COUNT = len(arkit.BLENDSHAPES)
_VARIES = 0.3  # standard deviation of a unit's true intensity, below which its agreement is not counted
_STILL, _COPIES, _RATE_HZ = 14, 20, 30  # still faces, and noisy copies of each
_SENSOR, _POINTS = 3.0, 0.004  # noise of a camera [grey levels] and of canonical landmarks [distances of the eyes]
_SHOWN = 9  # faces on the sheet
_TILE, _CAPTION = 96, 22


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """One way to drive an avatar, on all faces. pictures (N, 96, 96, 3) by its true renderer, levels as read."""

    pictures: U8
    levels: F32


def table(avatar: Avatar) -> Callable[[F32], F32]:
    """Shapes (N, 52) to rigs (N, T) by the avatar's retargeting profile, without limits of speed."""
    profile = load(PROFILES.get(avatar.name, "arkit52"))
    sources = Sources(profile.source, profile.space)
    mapping = Targets(profile, sources)
    order = [profile.names.index(name) if name in profile.names else -1 for name in avatar.names]

    def retargeted(shapes: F32) -> F32:
        rows = []
        for row in shapes:
            values = np.append(mapping(sources.read(_rig(row))), np.nan)[order]
            rows.append(np.where(np.isfinite(values), values, avatar.neutral))
        return np.clip(np.array(rows, np.float32), avatar.lower, avatar.upper)

    return retargeted


def evaluate(
    out: Path, data: Path, faces: int, names: tuple[str, ...] = NAMES, advance: Callable[[], None] = lambda: None
) -> dict[str, Any]:
    """Write report.json and sheet.png; returns the report. Raises ModelError and DatasetError."""
    encoder = open_session(ENCODER, "cpu", 1, cpu_precision="fp32")
    session = open_session(ANIMATOR, "cpu", 1)
    people = people_of(Dataset(data, partial=True), encoder)
    chosen = _chosen(people, faces)
    advance()
    report: dict[str, Any] = {}
    columns: list[tuple[str, U8]] = []
    still = _noisy(people, encoder)
    for name in names:
        avatar = shipped(name)
        figure = figure_of(avatar)
        player = Player(avatar, session)
        ways = {"table": table(avatar), "animator": player.rigs}
        in_time = {"table": ways["table"], "animator": played(player)}
        shapes = people.features[chosen, :_COUNT]
        # Head and gaze follow the person in both ways alike, and are not compared.
        rest = read_pictures(encoder, figure.render(avatar.neutral[None])).levels[0]
        scores: dict[str, dict[str, float]] = {}
        for way, drive in ways.items():
            driven = _driven(figure, avatar, drive, shapes, encoder)
            read = Readings(driven.levels).relative(rest)
            scores.setdefault("consistency", {})[way] = _mean(distances(shapes, read.shapes, mapped_space()))
            scores.setdefault("au_agreement", {})[way] = agreement(people.units[chosen], read.units)
            scores.setdefault("jitter", {})[way] = jitter(avatar, in_time[way], still)
            columns.append((f"{name} · {way}", driven.pictures))
            advance()
        report[name] = scores
    report["ms_per_face"] = ms_per_face(Player(shipped(names[0]), session), people.features[:64, :_COUNT])
    report["about"] = {"faces": len(chosen), "people": len(np.unique(people.person[chosen])), "data": data.name}
    made = Path(__file__).parents[3] / "models/weights/animator.json"
    if made.exists():
        report["add_avatar_s"] = json.loads(made.read_text("utf-8")).get("add_avatar_s")
    write_whole(out / "report.json", json.dumps(report, indent=1) + "\n")
    picture = sheet(people.crops[chosen], columns, _expressive(people.features[chosen, :_COUNT]))
    cv2.imwrite(str(out / "sheet.png"), cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    return report


def agreement(truth: F32, read: F32) -> float:
    """Mean correlation over the units whose truth varies; a unit that is never read counts as 0."""
    found = []
    for i in np.flatnonzero(truth.std(0) >= _VARIES):
        moves = read[:, i].std() > 1e-6
        found.append(float(np.corrcoef(truth[:, i], read[:, i])[0, 1]) if moves else 0.0)
    return round(float(np.mean(found)), 4) if found else float("nan")


def jitter(avatar: Avatar, drive: Callable[[F32], F32], still: list[F32]) -> float:
    """Mean standard deviation of the driven shares over copies (C, 52) of still faces."""
    spread = [avatar.to_shares(drive(copies))[:, avatar.learned].std(0).mean() for copies in still]
    return round(float(np.mean(spread)), 5)


def played(player: Player) -> Callable[[F32], F32]:
    """Shapes (N, 52) of one face, one after the other, to rigs (N, T) as the node `animate` plays them."""

    def rigs(shapes: F32) -> F32:
        steady = Steady(player.avatar)
        return player.avatar.from_shares(np.array([steady(row, 1 / _RATE_HZ) for row in player.shares(shapes)]))

    return rigs


def ms_per_face(player: Player, shapes: F32) -> float:
    """Median time of one face [ms] on one core."""
    took = []
    for row in shapes:
        began = time.perf_counter()
        player.rigs(row[None])
        took.append(time.perf_counter() - began)
    return round(float(np.median(took)) * 1e3, 3)


def sheet(crops: U8, columns: list[tuple[str, U8]], rows: list[int]) -> U8:
    """Faces in rows: the person, then each avatar by the table and by the animator."""
    width = _TILE * (1 + len(columns))
    caption = np.full((_CAPTION, width, 3), PANEL, np.uint8)
    text.put(caption, "person", 4, 15, 11, INK)
    for i, (name, _) in enumerate(columns):
        text.put(caption, name.replace("animator", "net"), _TILE * (i + 1) + 4, 15, 11, INK if i % 2 else MUTED)
    lines = [caption]
    for row in rows:
        person = np.asarray(cv2.resize(crops[row], (_TILE, _TILE), interpolation=cv2.INTER_AREA), np.uint8)
        lines.append(np.hstack([person, *(pictures[row] for _, pictures in columns)]))
    return np.vstack(lines)


def _driven(figure: Figure, avatar: Avatar, drive: Callable[[F32], F32], shapes: F32, encoder: Session) -> _Way:
    rigs = drive(shapes)
    rigs[:, ~avatar.learned] = avatar.neutral[~avatar.learned]
    pictures = figure.render(rigs)
    return _Way(pictures, read_pictures(encoder, pictures).levels)


def _chosen(people: People, faces: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Faces spread evenly over the people."""
    return np.unique(np.linspace(0, len(people) - 1, min(faces, len(people))).astype(np.intp))


def _expressive(shapes: F32) -> list[int]:
    """The strongest expressions that differ from each other."""
    picked = [int(np.argmax(shapes.sum(1)))]
    while len(picked) < min(_SHOWN, len(shapes)):
        apart = np.min([np.linalg.norm(shapes - shapes[i], axis=1) for i in picked], axis=0)
        picked.append(int(np.argmax(apart)))
    return picked


def _noisy(people: People, encoder: Session) -> list[F32]:
    """Shapes (C, 52) of noisy copies of still faces, as the chain reads them."""
    rng = np.random.default_rng(0)
    found = []
    for row in np.linspace(0, len(people) - 1, _STILL).astype(int):
        crops = np.clip(people.crops[row] + rng.normal(0, _SENSOR, (_COPIES, *people.crops.shape[1:])), 0, 255)
        points = people.points[row] + rng.normal(0, _POINTS, (_COPIES, *people.points.shape[1:]))
        levels = read_crops(encoder, crops.astype(np.uint8), points.astype(np.float32)).levels
        found.append(relative(levels, people.rest[row])[:, :_COUNT])
    return found


def _rig(shapes: F32) -> Rig:
    gaze = np.zeros((2, 2), np.float32)
    for side, word in enumerate(("Left", "Right")):
        out, into, up, down = (float(shapes[arkit.INDEX[f"eyeLook{way}{word}"]]) for way in ("Out", "In", "Up", "Down"))
        yaw = out * GAZE_RANGE["Out"] - into * GAZE_RANGE["In"]
        gaze[side] = (-yaw if side else yaw), up * GAZE_RANGE["Up"] - down * GAZE_RANGE["Down"]
    none: F64 = IDENTITY_QUATERNION
    regions = len(arkit.Region)
    return Rig(
        1, RigState.TRACKED, arkit.SCHEMA, np.asarray(shapes, np.float32), none, gaze,
        np.ones(regions, np.float32), np.zeros(regions, np.uint8),
    )  # fmt: skip


def _mean(values: F32) -> float:
    return round(float(values.mean()), 4)
