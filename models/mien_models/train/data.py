"""Faces for training: from shards on disk to augmented batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models import alignment
from mien_models.datasets.dataset import Dataset
from mien_models.errors import ModelError
from mien_models.head.motion.distance import embed
from mien_models.head.motion.draw import Kind
from mien_models.nets import sides
from mien_models.nets.config import GEOMETRY
from mien_models.train import affect, augment
from mien_models.train.augment import AugmentConfig

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]
Index = NDArray[np.intp]
Array = NDArray[Any]

NEUTRAL = int(Kind.NEUTRAL)
_SHOWS = 0.2  # weight from which a shape counts as shown
SHOWN = 31  # principal axes of expressions; targets of the embedding lie on the unit sphere with one dimension more
_CHUNK = 4096  # faces that are copied at once
_FINEST = 0.005  # spread [distances of the eyes] added to that of the landmarks, so that noise is not learned


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Faces:
    """N faces in memory. NaN in a target = not labelled.

    crops (N, S, S) uint8 grey. landmarks (N, 478, 2): canonical, as the landmark network reads them; NaN where
    no face was found. true_landmarks (N, 478, 2): the truth. shapes (N, 52) [0, 1]; units (N, A) [0, 5];
    emotion (N, 8); affect (N, 2). person (N,): number of the person; code (N, D): identity code; kind (N,): Kind.
    same (N,): equal for faces with the same expression.

    Labels of real faces: presence (N, A): 1 where coders saw a unit, 0 where they did not. sided (N,): whether the
    sides of units were coded apart; if not, both have the number of the stronger side. same: equal for the three
    faces of a triplet that people compared; margin (N,): margin of its loss (0: no triplet); odd (N,): whether the
    face is the least similar of the three.
    """

    crops: U8
    landmarks: F32
    true_landmarks: F32
    shapes: F32
    units: F32
    emotion: F32
    affect: F32
    person: NDArray[np.int64]
    code: F32
    kind: U8
    same: NDArray[np.int64]
    presence: F32
    sided: NDArray[np.bool_]
    margin: F32
    odd: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.kind)

    def __getitem__(self, rows: Index | slice) -> Faces:
        return Faces(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    @property
    def found(self) -> NDArray[np.bool_]:
        """(N,) whether landmarks were found."""
        return np.asarray(np.isfinite(self.landmarks).all((1, 2)))


class Source(Protocol):
    """A source of training faces: folders of shards, or a renderer."""

    def __len__(self) -> int:
        """The number of faces of an epoch, the same for all epochs."""

    def epoch(self, number: int) -> tuple[Faces, Index]:
        """Faces, and the rows of them that an epoch shows, some more than once. Depends on the number alone."""


@dataclass(frozen=True, slots=True, eq=False)
class FixedSource:
    """A Source that shows the same `rows` of its faces in every epoch; without `rows`, each face once."""

    kept: Faces
    rows: Index | None = None

    def __len__(self) -> int:
        return len(self.kept if self.rows is None else self.rows)

    def epoch(self, number: int) -> tuple[Faces, Index]:
        """All faces, not copied, since they may fill most of the memory."""
        return self.kept, np.arange(len(self.kept)) if self.rows is None else self.rows


def load(
    folders: Sequence[Path],
    shards: Sequence[int] | None = None,
    advance: Callable[[int, int], None] = lambda done, total: None,
    sizes: list[int] | None = None,
) -> tuple[Faces, list[int]]:
    """The faces of datasets, and the number of shards of each, since a dataset may still be growing.

    With `shards`, as many shards of each as given. `sizes` gets the number of faces of each dataset. Raises ModelError
    where a folder is no dataset or has fewer shards.
    """
    sets = [Dataset(folder, partial=True) for folder in folders]
    counts = [len(data.shards) for data in sets] if shards is None else list(shards)
    if len(counts) != len(sets):
        raise ModelError(f"training began with {len(counts)} datasets and goes on with {len(sets)}; name the same")
    for data, count in zip(sets, counts, strict=True):
        if len(data.shards) < count:
            raise ModelError(f"{data.path} has {len(data.shards)} shards, where training began with {count}")
    shards_of_all = [(i, s) for i, data in enumerate(sets) for s in data.shards[: counts[i]]]
    found = [0] * len(sets)

    def parts() -> Iterator[Faces]:
        for number, (place, shard) in enumerate(shards_of_all):
            faces = _read(shard, number)
            found[place] += len(faces)
            yield faces
            advance(number + 1, len(shards_of_all))

    faces = joined(parts())
    if sizes is not None:
        sizes[:] = found
    return faces, counts


def in_shares(rows: Index, origin: Index, shares: Sequence[float], seed: int) -> Index:
    """As many rows as given, of which each dataset has its share; `origin` (N,): number of the dataset of each face.

    Rows of a dataset are repeated or left out at random. Raises ModelError for shares that are no mixture.
    """
    if len(shares) != origin.max() + 1 or min(shares) < 0 or not sum(shares) > 0:
        raise ModelError(f"shares are one number of 0 or more for each folder of data, not {list(shares)}")
    rng, chosen = np.random.default_rng([seed, 4]), []
    for number, share in enumerate(shares):
        own = rng.permutation(rows[origin[rows] == number])
        if share and not len(own):
            raise ModelError(f"folder {number + 1} of the data has no faces for its share of {share:g}")
        chosen.append(np.resize(own, round(len(rows) * share / sum(shares))))
    return np.asarray(np.concatenate(chosen), np.intp)


def joined(parts: Iterable[Faces]) -> Faces:
    """The faces of several parts. If the caller keeps no reference to a part, only one array at a time is copied."""
    names = [f.name for f in fields(Faces)]
    columns: dict[str, list[Array]] = {name: [] for name in names}
    for part in parts:
        for name in names:
            columns[name].append(getattr(part, name))
    return Faces(**{name: np.concatenate(columns.pop(name)) for name in names})


def _read(shard: Any, number: int) -> Faces:
    images = np.asarray(shard["crop"])
    n, size = images.shape[:2]
    grey = cv2.cvtColor(images.reshape(n * size, size, 3), cv2.COLOR_RGB2GRAY).reshape(n, size, size)
    units = np.asarray(shard["units"], np.float32)
    if "emotion" in shard:
        emotion, valence_arousal = shard["emotion"], shard["affect"]
    else:
        emotion, valence_arousal = affect.targets(units, [str(name) for name in shard["name"]])
    shapes = np.asarray(shard["shapes"], np.float32)
    if "same" in shard:
        same = np.asarray(shard["same"], np.int64)
    else:
        _, same = np.unique(shapes.round(5), axis=0, return_inverse=True)
        same = same.reshape(n) + number * 1_000_000
    faces = Faces(
        crops=np.asarray(grey, np.uint8),
        landmarks=alignment.canonical(np.asarray(shard["landmarks"])),
        true_landmarks=alignment.canonical(np.asarray(shard["landmarks_true"])),
        shapes=shapes,
        units=units,
        emotion=np.asarray(emotion, np.float32),
        affect=np.asarray(valence_arousal, np.float32),
        person=np.asarray(shard["person"], np.int64),
        code=np.asarray(shard["code"], np.float32),
        kind=np.asarray(shard["kind"], np.uint8),
        same=same.astype(np.int64),
        presence=np.asarray(shard["coded"], np.float32) if "coded" in shard else np.full_like(units, np.nan),
        sided=np.asarray(shard["sided"], bool) if "sided" in shard else np.ones(n, bool),
        margin=np.asarray(shard["margin"], np.float32) if "margin" in shard else np.zeros(n, np.float32),
        odd=np.asarray(shard["odd"], bool) if "odd" in shard else np.zeros(n, bool),
    )
    return faces[np.flatnonzero(shard["found"])] if "found" in shard else faces


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Batch:
    """Input of a step: B faces with finite landmarks, and whether picture and landmarks are present (B, 2).

    points: further faces of which only the landmarks are shown.
    """

    faces: Faces
    present: NDArray[np.bool_]
    points: Faces | None = None


def order(rng: np.random.Generator, same: NDArray[np.int64], batch: int) -> Index:
    """(steps, batch) rows of an epoch in random order, faces with the same expression together, for the triplet loss.

    Rows that do not fill a batch are dropped.
    Raises ValueError where there are fewer faces than a batch has.
    """
    if len(same) < batch:
        raise ValueError(f"a batch has {batch} faces, and there are {len(same)}; take a smaller batch or more faces")
    _, group = np.unique(same, return_inverse=True)
    rank = rng.permutation(group.max() + 1)[group]
    rows = np.lexsort((rng.random(len(same)), rank))
    steps = len(rows) // batch
    return np.asarray(rows[: steps * batch].reshape(steps, batch), np.intp)


def compared_triplets(faces: Faces) -> tuple[Index, Index, Index]:
    """Rows of anchors, positives and negatives of the complete triplets that people compared."""
    rows = np.flatnonzero(faces.margin > 0)
    rows = rows[np.lexsort((faces.odd[rows], faces.same[rows]))]
    first = np.flatnonzero(faces.same[rows[:-2]] == faces.same[rows[2:]])
    return rows[first], rows[first + 1], rows[first + 2]


def augmented(rng: np.random.Generator, config: AugmentConfig, faces: Faces, typical: F32) -> Batch:
    """The faces with random degradations, some mirrored with left and right exchanged."""
    mirrored = rng.random(len(faces)) < config.mirrored
    crops = np.stack(
        [augment.picture(rng, config, crop, mirrored=bool(m)) for crop, m in zip(faces.crops, mirrored, strict=True)]
    )
    batch = plain(replace(mirror(faces, mirrored), crops=crops))
    points = augment.landmarks(rng, config, batch.faces.landmarks, typical)
    return replace(batch, faces=replace(batch.faces, landmarks=points))


def pointed(rng: np.random.Generator, config: AugmentConfig, faces: Faces, typical: F32) -> Faces:
    """Those of the faces that have landmarks, with random errors in these, some mirrored; crops stay as they are."""
    found = faces[np.flatnonzero(faces.found)]
    found = mirror(found, rng.random(len(found)) < config.mirrored)
    return replace(found, landmarks=augment.landmarks(rng, config, found.landmarks, typical))


def mirror(faces: Faces, rows: NDArray[np.bool_]) -> Faces:
    """The faces with landmarks and sided targets mirrored where `rows` (N,) is true; crops are not mirrored."""
    row = rows[:, None]
    return replace(
        faces,
        landmarks=np.where(row[..., None], sides.mirror_points(faces.landmarks), faces.landmarks),
        true_landmarks=np.where(row[..., None], sides.mirror_points(faces.true_landmarks), faces.true_landmarks),
        shapes=np.where(row, faces.shapes[:, sides.MIRRORED_SHAPES], faces.shapes),
        units=np.where(row, faces.units[:, sides.MIRRORED_UNITS], faces.units),
        presence=np.where(row, faces.presence[:, sides.MIRRORED_UNITS], faces.presence),
    )


def plain(faces: Faces) -> Batch:
    """A batch of the faces without augmentation."""
    present = np.stack([np.ones(len(faces), bool), faces.found], 1)
    return Batch(faces=replace(faces, landmarks=np.nan_to_num(faces.landmarks)), present=present)


@dataclass(frozen=True, slots=True, eq=False)
class Batches:
    """Batches by step number. A batch depends on the arguments and its number alone, so that a run can be resumed."""

    source: Source
    config: AugmentConfig
    batch: int
    seed: int
    typical: F32
    points: int = 0  # further faces of a batch, drawn at random, of which only the landmarks are shown

    def steps_per_epoch(self) -> int:
        """The number of full batches of an epoch. Raises ModelError where there is none."""
        if len(self.source) < self.batch:
            raise ModelError(f"a batch has {self.batch} faces, and there are {len(self.source)}; take a smaller batch")
        return len(self.source) // self.batch

    def __call__(self, first: int, last: int) -> Iterator[tuple[int, Batch]]:
        """Batches `first` … `last` - 1 with their numbers; a thread prepares the next one."""
        per_epoch = self.steps_per_epoch()
        with ThreadPoolExecutor(1) as ahead:
            rows: tuple[int, Faces, Index] | None = None

            def make(step: int) -> Batch:
                nonlocal rows
                epoch, at = divmod(step, per_epoch)
                if rows is None or rows[0] != epoch:
                    faces, shown = self.source.epoch(epoch)
                    rng = np.random.default_rng([self.seed, epoch, 1])
                    rows = epoch, faces, shown[order(rng, faces.same[shown], self.batch)]
                rng = np.random.default_rng([self.seed, step, 2])
                batch = augmented(rng, self.config, rows[1][rows[2][at]], self.typical)
                if not self.points:
                    return batch
                chosen = rng.choice(rows[2].ravel(), self.points)
                return replace(batch, points=pointed(rng, self.config, rows[1][chosen], self.typical))

            coming = ahead.submit(make, first) if first < last else None
            for step in range(first, last):
                assert coming is not None
                batch = coming.result()
                coming = ahead.submit(make, step + 1) if step + 1 < last else None
                yield step, batch


def repeated(faces: Faces, most: float) -> Index:
    """Rows of an epoch in which faces with rare shapes are repeated up to `most` times, in proportion to rarity.

    A shape is shown from a weight of 0.2 on. Faces whose shapes are at least as frequent as the median shape come
    once.
    """
    shows = faces.shapes >= _SHOWS
    frequency = (shows | shows[:, sides.MIRRORED_SHAPES]).mean(0)
    typical = np.median(frequency[frequency > 0]) if frequency.any() else 1.0
    rarest = np.where(shows, frequency, np.inf).min(1)
    times = np.clip(typical / rarest, 1, most).round().astype(int)
    return np.repeat(np.arange(len(faces)), times)


@dataclass(frozen=True, slots=True, eq=False)
class Statistics:
    """Statistics of training faces, which scale losses and landmarks.

    points_mean and points_sd (478, 2); shapes_sd (52,), units_sd (A,) as shares of the full range;
    true_mean (956,) and true_axes (956, GEOMETRY): principal axes of the true landmarks, each divided by its spread.
    shown_mean (52,), shown_axes (52, SHOWN): principal axes of expressions in the space of `motion.distance`.
    """

    points_mean: F32
    points_sd: F32
    shapes_sd: F32
    units_sd: F32
    true_mean: F32
    true_axes: F32
    shown_mean: F32
    shown_axes: F32

    @classmethod
    def of(cls, faces: Faces) -> Statistics:
        """Statistics of the faces and of their mirror images, so that both sides have the same."""
        points = faces.landmarks[faces.found]
        if not len(points):
            points = np.zeros((1, *faces.landmarks.shape[1:]), np.float32)
        both = [points, sides.mirror_points(points)]
        mean = np.mean([p.mean(0) for p in both], 0)
        square = np.mean([((p - mean) ** 2).mean(0) for p in both], 0)
        return cls(
            mean.astype(np.float32),
            np.maximum(np.sqrt(square), 1e-3).astype(np.float32),
            _sd(faces.shapes, sides.MIRRORED_SHAPES),
            _sd(faces.units / 5, sides.MIRRORED_UNITS),
            *_axes(faces.true_landmarks, GEOMETRY),
            *_shown(faces.shapes),
        )


def _shown(shapes: F32) -> tuple[F32, F32]:
    """Mean (52,) of embedded expressions (N, 52) and their mirror images, and their principal axes (52, SHOWN)."""
    known = shapes[np.isfinite(shapes).all(1)]
    points = embed(np.concatenate([known, known[:, sides.MIRRORED_SHAPES]]))
    mean = points.mean(0) if len(points) else np.zeros(shapes.shape[1])
    _, vectors = np.linalg.eigh((points - mean).T @ (points - mean))
    return mean.astype(np.float32), vectors[:, ::-1][:, :SHOWN].astype(np.float32)


def _axes(points: F32, count: int) -> tuple[F32, F32]:
    """Mean (956,) of landmarks (N, 478, 2) and their mirror images, and scaled principal axes (956, count)."""
    size = points[0].size
    total, mean, products = 0, np.zeros(size), np.zeros((size, size))
    for first in range(0, len(points), _CHUNK):
        some = points[first : first + _CHUNK]
        known = some[np.isfinite(some).all((1, 2))]
        both = np.concatenate([known, sides.mirror_points(known)]).reshape(-1, size).astype(np.float64)
        total, mean, products = total + len(both), mean + both.sum(0), products + both.T @ both
    if not total:
        return np.zeros(size, np.float32), np.zeros((size, count), np.float32)
    mean /= total
    values, vectors = np.linalg.eigh(products / total - np.outer(mean, mean))
    spread = np.sqrt(np.maximum(values[::-1][:count], 0) + _FINEST**2)
    return mean.astype(np.float32), (vectors[:, ::-1][:, :count] / spread).astype(np.float32)


def _sd(values: Array, mirrored: Index) -> F32:
    """(K,) standard deviations of (N, K), of both sides together; 0 without labels."""
    known = np.isfinite(values)
    count, filled = np.maximum(known.sum(0), 1), np.where(known, values, 0).astype(np.float64)
    mean, square = filled.sum(0) / count, (filled**2).sum(0) / count
    mean, square = (mean + mean[mirrored]) / 2, (square + square[mirrored]) / 2
    return np.asarray(np.sqrt(np.maximum(square - mean**2, 0)), np.float32)
