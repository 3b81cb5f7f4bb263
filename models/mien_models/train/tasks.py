"""The tasks of the recipes: network, batches, losses and validation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from mien_models.errors import ModelError
from mien_models.head.model.action_units import UNITS_OF
from mien_models.nets import sides
from mien_models.nets.config import ENCODERS, EncoderConfig, VitConfig
from mien_models.nets.encoder import Encoder, Readings, normalise
from mien_models.nets.neutral import NeutralDifference
from mien_models.nets.vit import MaskedAutoencoder, mask_order
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.train import augment
from mien_models.train.config import DistillConfig, EncoderTraining, FinetuneConfig, NeutralTraining, PretrainConfig
from mien_models.train.data import (
    NEUTRAL,
    Batch,
    Batches,
    Faces,
    Index,
    Source,
    Statistics,
    compared_triplets,
    mirror,
    order,
    plain,
)
from mien_models.train.losses import Losses, Tensors
from mien_models.train.validate import Seen, scores, see

# Which of picture and landmarks each view of a face has.
_VIEWS = ((True, True), (True, False), (False, True))
_NOTHING = 0.03  # share of faces of the first view with neither input
_RARE = 1.0  # ridge, in pictures with a shape at weight 1
_ROWS = 256  # batch size of validation
_DOUBT = 0.1  # weight of a teacher's standard deviations


def network(name: str) -> Encoder:
    """An untrained encoder of a preset. Raises ModelError for an unknown one."""
    if name not in ENCODERS:
        raise ModelError(f"there is no encoder {name}; there are {', '.join(ENCODERS)}")
    return Encoder(ENCODERS[name])


def pieces(faces: Faces) -> list[Batch]:
    """All faces without augmentation, in batches for validation."""
    return [plain(faces[slice(i, i + _ROWS)]) for i in range(0, len(faces), _ROWS)]


class EncoderTask:
    """Supervised training of the encoder; labels and a teacher are optional."""

    def __init__(
        self,
        config: EncoderTraining | FinetuneConfig,
        net: Encoder,
        source: Source,
        val: Faces,
        statistics: Statistics,
        device: str,
        teacher: Any = None,
    ) -> None:
        """`teacher`: an Encoder or MirrorEnsemble, for a DistillConfig."""
        self.config, self.net, self.device = config, net, device
        self.losses = Losses(config.losses, statistics, net.config.code, val.code.shape[1])
        points = config.points if isinstance(config, EncoderTraining) else 0
        self.batches = Batches(source, config.augment, config.batch, config.seed, statistics.points_mean, points)
        self.val, self._val_batches = val, pieces(val)
        self._teacher = teacher.to(device).eval().requires_grad_(False) if teacher else None

    def step(self, number: int, batch: Batch) -> dict[str, Any]:
        """Losses against labels and against the teacher."""
        inputs = tensors(batch, self.net.config, self.device)
        rng = np.random.default_rng([self.config.seed, number, 3])
        seen, cells, points = self.net.encode(*inputs[:2])
        share = self.config.strangers if isinstance(self.config, EncoderTraining) else 0.0
        rows = swapped_rows(rng, batch.present[:, 1], share)
        seen, cells = (torch.cat([value[rows], value, value]) for value in (seen, cells))
        points = thrice(points)
        readings = self.net.predict(seen, cells, points, views(rng, inputs[2]))
        every = batch.faces[np.tile(np.arange(len(batch.faces)), len(_VIEWS))]
        targets = Tensors.of(every, self.device)
        if not every.sided.all():
            targets = replace(targets, units=stronger(readings.units, targets.units, every.sided))
        if self._teacher is not None:
            # A teacher tells the other shapes, so that these few cannot be taken for all that a face shows.
            still = torch.as_tensor(unmoved(every.units), device=self.device)
            targets = replace(targets, shapes=torch.where(torch.isfinite(targets.shapes), targets.shapes, still))
        parts: dict[str, Any] = self.losses(readings, targets, rng)
        parts |= coded(readings, every, self.config.losses.presence, self.device)
        parts |= compared(readings, batch.faces, self.config.losses.triplets)
        if batch.points is not None and len(batch.points) > 1:
            parts["points"] = self._of_points(batch.points, rng)
        if self._teacher is not None and isinstance(self.config, DistillConfig):
            with torch.no_grad():
                said = self._teacher(*inputs)
            columns = {f.name: getattr(said, f.name) for f in fields(said)}
            every_said = Readings(**{name: None if value is None else thrice(value) for name, value in columns.items()})
            parts["teacher"] = self.config.teaching * likeness(readings, every_said, targets, self.losses)
        return parts

    def _of_points(self, faces: Faces, rng: np.random.Generator) -> Any:
        """The loss of the landmarks alone, with the weight of one view."""
        with torch.autocast(self.device, enabled=False):  # as `Encoder.encode` does
            points = self.net.landmarks(torch.as_tensor(faces.landmarks, device=self.device).flatten(1))
        seen = points.new_zeros(len(points), self.net.trunk.width)
        cells = points.new_zeros(len(points), 1, self.net.trunk.cell_width)
        only = torch.tensor([[False, True]], device=self.device).expand(len(points), 2)
        readings = self.net.predict(seen, cells, points, only)
        targets = Tensors.of(faces, self.device)
        targets = replace(targets, units=stronger(readings.units, targets.units, faces.sided))
        return sum(self.losses(readings, targets, rng, order=False).values()) / len(_VIEWS)

    def validate(self, net: Any) -> dict[str, float]:
        """Scores, and r with the picture alone and with the landmarks alone."""
        out = scores(self.see(net), self.val)
        if np.isfinite(self.val.shapes).any():
            for name, shown in (("r43 picture", (True, False)), ("r43 landmarks", (False, True))):
                only = [replace(b, present=b.present & shown) for b in self._val_batches]
                out[name] = scores(self.see(net, only), self.val)["r43"]
        return out

    def see(self, net: Any, batches: list[Batch] | None = None) -> Seen:
        """Readings of the validation faces."""
        return see(lambda batch: net(*tensors(batch, self.net.config, self.device)), batches or self._val_batches)


def thrice(value: Any) -> Any:
    """Rows (N, ...) repeated for each view."""
    return value.repeat(len(_VIEWS), *(1 for _ in value.shape[1:]))


def swapped_rows(rng: np.random.Generator, found: Any, share: float) -> Index:
    """(N,) rows of the pictures to use with each face's landmarks and labels: for a share of the faces, another one's.

    Only faces whose landmarks were `found` (N,) get another picture.
    """
    rows = np.arange(len(found))
    chosen = np.flatnonzero((rng.random(len(rows)) < share) & found)
    rows[chosen] = np.roll(chosen, 1)
    return rows


def views(rng: np.random.Generator, present: Any) -> Any:
    """`present` (3N, 2) of the three views of N faces: both inputs, the picture alone, the landmarks alone.

    The trunk, which takes most of the time, runs once for the three views. In the first view a small share of the
    faces has neither input, so that the network learns its output for no input.
    """
    shown = torch.cat([present & torch.tensor(view, device=present.device) for view in _VIEWS])
    shown[: len(present)] &= torch.as_tensor(rng.random(len(present)) >= _NOTHING, device=present.device)[:, None]
    return shown


def tensors(batch: Batch, config: EncoderConfig, device: str) -> tuple[Any, Any, Any]:
    """Pictures, landmarks and present as an Encoder takes them."""
    pictures = normalise(torch.as_tensor(batch.faces.crops, device=device)[:, None].float(), config.window)
    return (
        pictures,
        torch.as_tensor(batch.faces.landmarks, device=device),
        torch.as_tensor(batch.present, device=device),
    )


def likeness(student: Readings, teacher: Readings, labels: Tensors, losses: Losses) -> Any:
    """The distillation loss: distance of a student's readings from a teacher's.

    Of faces that are labelled in part, the teacher tells what the labels do not. Embeddings are left out: an exported
    teacher has lost the head of its own.
    """
    whole = torch.isfinite(labels.shapes).all(1, keepdim=True)
    shapes, units = ((whole | ~torch.isfinite(values)).float() for values in (labels.shapes, labels.units))
    both = torch.cat([shapes, units], 1)
    presence = nn.functional.binary_cross_entropy_with_logits(
        student.presence, teacher.presence.sigmoid(), reduction="none"
    )
    return (
        (shapes * ((student.shapes - teacher.shapes) * losses.shapes_scale).square()).mean()
        + (units * ((student.units - teacher.units) * losses.units_scale).square()).mean()
        + 0.5 * (units * presence).mean()
        + 0.3 * nn.functional.cross_entropy(student.emotion, teacher.emotion.softmax(1))
        + 0.3 * (student.affect - teacher.affect).square().mean()
        + _DOUBT * (both * (student.log_sd - teacher.log_sd).square()).mean()
    )


def unmoved(units: NDArray[np.float32]) -> NDArray[np.float32]:
    """Shapes (N, 52) that are 0 because every unit that moves them is coded as absent in `units` (N, A); else NaN."""
    absent = units == 0
    moved = np.stack([absent[:, UNITS_OF[:, i]].all(1) for i in range(len(BLENDSHAPES))], 1)
    return np.where(moved & UNITS_OF.any(0), 0, np.nan).astype(np.float32)


def stronger(readings: Any, units: Any, sided: NDArray[np.bool_]) -> Any:
    """Targets (N, A) of units whose labels may have no sides.

    Such a label applies to the side that is read as stronger, and the other side is unknown; a label of 0 applies to
    both sides.
    """
    other = torch.as_tensor(sides.MIRRORED_UNITS, device=units.device)
    weaker = (readings < readings[:, other]) & (units > 0)
    whole = torch.as_tensor(~sided, device=units.device)[:, None]
    return torch.where(whole & weaker, torch.nan, units)


def coded(readings: Readings, faces: Faces, weight: float, device: str) -> dict[str, Any]:
    """The loss of presence for units with labels of presence but not of intensity."""
    there = np.where(np.isfinite(faces.units), np.nan, faces.presence)
    if not np.isfinite(there).any():
        return {}
    target = torch.as_tensor(there, device=device)
    target = stronger(readings.presence, target, faces.sided)
    known = torch.isfinite(target)
    loss = nn.functional.binary_cross_entropy_with_logits(readings.presence[known], target[known])
    return {"coded": weight * loss}


def compared(readings: Readings, faces: Faces, weight: float) -> dict[str, Any]:
    """The triplet loss of Vemulapalli & Agarwala (CVPR 2019) on triplets that people compared, for every view."""
    a, p, n = compared_triplets(faces)
    if not len(a):
        return {}
    points = readings.embedding.reshape(-1, len(faces), readings.embedding.shape[1])
    margin = torch.as_tensor(faces.margin[a], device=points.device)
    near, far, back = ((points[:, i] - points[:, j]).square().sum(2) for i, j in ((a, p), (a, n), (p, n)))
    return {"compared": weight * ((near - far + margin).relu() + (near - back + margin).relu()).mean()}


class NeutralTask:
    """Supervised training on landmarks less those of the same person's neutral face."""

    def __init__(
        self, config: NeutralTraining, net: NeutralDifference, faces: Faces, val: Faces, statistics: Statistics
    ) -> None:
        self.config, self.net = config, net
        self.losses = Losses(config.losses, statistics)
        self._faces, self._typical = with_neutral(faces), statistics.points_mean
        self._neutrals = Neutrals(self._faces)
        self.val = with_neutral(val)
        self._val_neutrals = Neutrals(self.val)

    def spread(self) -> Any:
        """(956,) root mean square of the differences, the same for both sides."""
        away = self._faces.landmarks - self._neutrals.averages
        square = ((away**2).mean(0) + (sides.mirror_points(away) ** 2).mean(0)) / 2
        return np.maximum(np.sqrt(square), 1e-3).ravel()

    def batches(self, first: int, last: int) -> Iterator[tuple[int, Batch]]:
        """Batches whose landmarks are differences."""
        config, faces = self.config, self._faces
        per_epoch, now, rows = len(faces) // config.batch, -1, np.empty((0, 0), np.intp)
        for step in range(first, last):
            epoch, at = divmod(step, per_epoch)
            if epoch != now:
                now, rows = epoch, order(np.random.default_rng([config.seed, epoch, 1]), faces.same, config.batch)
            yield step, self._batch(np.random.default_rng([config.seed, step, 2]), rows[at])

    def _batch(self, rng: np.random.Generator, rows: Index) -> Batch:
        config, chosen = self.config.augment, self._faces[rows]
        # Live, the neutral face is first that of one frame, later a mean over many: a random mix of both.
        share = rng.random((len(rows), 1, 1)).astype(np.float32)
        single = self._faces.landmarks[self._neutrals.pick(rng, rows)]
        neutral = share * single + (1 - share) * self._neutrals.averages[rows]
        calm = replace(config, hidden=0.0, landmark_noise=config.landmark_noise / 2)
        shown = augment.landmarks(rng, config, chosen.landmarks, self._typical)
        away = shown - augment.landmarks(rng, calm, neutral, self._typical)
        return plain(mirror(replace(chosen, landmarks=away), rng.random(len(rows)) < config.mirrored))

    def step(self, number: int, batch: Batch) -> dict[str, Any]:
        """Losses against labels."""
        readings = self.net(torch.as_tensor(batch.faces.landmarks))
        parts: dict[str, Any] = self.losses(readings, Tensors.of(batch.faces, "cpu"), np.random.default_rng(number))
        return parts

    def validate(self, net: Any) -> dict[str, float]:
        """Scores with the mean of many pictures as neutral face, and r with a single neutral picture."""
        single = self._val_neutrals.pick(np.random.default_rng(0), np.arange(len(self.val)))
        alone = scores(self._see(net, self.val.landmarks[single]), self.val)
        return scores(self.see(net), self.val) | {"r43 one neutral": alone["r43"]}

    def see(self, net: Any) -> Seen:
        """Readings of the validation differences."""
        return self._see(net, self._val_neutrals.averages)

    def _see(self, net: Any, neutral: Any) -> Seen:
        batch = plain(replace(self.val, landmarks=self.val.landmarks - neutral))
        return see(lambda b: net(torch.as_tensor(b.faces.landmarks)), [batch])


class Neutrals:
    """Neutral landmarks of people: of single pictures, and averages over a person's other pictures.

    averages: (N, 478, 2), for each face, the mean of the person's other pictures, from each of which the effect of
    its expression, a linear function of the shapes, is subtracted. A tracker comes to know this mean over time.
    """

    def __init__(self, faces: Faces) -> None:
        neutral = np.flatnonzero(faces.kind == NEUTRAL)
        self._rows = neutral[np.argsort(faces.person[neutral], kind="stable")]
        people = faces.person[self._rows]
        self._first = np.searchsorted(people, faces.person, side="left")
        self._count = np.searchsorted(people, faces.person, side="right") - self._first
        self.averages = _averages(faces)

    def pick(self, rng: np.random.Generator, rows: Index) -> Index:
        """A random neutral picture of each row's person, another one than the row itself if there is one."""
        first, count = self._first[rows], self._count[rows]
        at = rng.integers(count)
        own = self._rows[first + at] == rows
        return np.asarray(self._rows[first + np.where(own, (at + 1) % count, at)], np.intp)


def _averages(faces: Faces) -> Any:
    _, who, count = np.unique(faces.person, return_inverse=True, return_counts=True)

    def mean_of_people(values: Any) -> Any:
        sums = np.zeros((len(count), values.shape[1]))
        np.add.at(sums, who, values)
        return sums / count[:, None]

    points, shapes = faces.landmarks.reshape(len(faces), -1).astype(np.float64), faces.shapes.astype(np.float64)
    within_shapes = shapes - mean_of_people(shapes)[who]
    within_points = points - mean_of_people(points)[who]
    # The ridge limits the effect of rare shapes, which few pictures show.
    square = within_shapes.T @ within_shapes + _RARE * np.eye(shapes.shape[1])
    calm = points - shapes @ np.linalg.solve(square, within_shapes.T @ within_points)
    others = (count - 1)[who][:, None]
    means = mean_of_people(calm)[who]
    without_own = np.where(others > 0, (means * (others + 1) - calm) / np.maximum(others, 1), means)
    return without_own.reshape(faces.landmarks.shape).astype(np.float32)


def with_neutral(faces: Faces) -> Faces:
    """The faces with landmarks and shapes, of people with a neutral face; ModelError where none is left."""
    faces = faces[np.flatnonzero(faces.found & np.isfinite(faces.shapes).all(1))]
    known = np.unique(faces.person[faces.kind == NEUTRAL])
    faces = faces[np.flatnonzero(np.isin(faces.person, known))]
    if not len(faces):
        raise ModelError("no person in these faces has a neutral picture; use another dataset")
    return faces


class PretrainTask:
    """Self-supervised pre-training of a ViT as a masked autoencoder."""

    def __init__(self, config: PretrainConfig, source: Source, val: Faces, typical: Any, device: str) -> None:
        encoder = ENCODERS.get(config.net)
        if encoder is None or not isinstance(encoder.trunk, VitConfig):
            vits = ", ".join(name for name, e in ENCODERS.items() if isinstance(e.trunk, VitConfig))
            raise ModelError(f"masked pre-training is for {vits}, not {config.net}")
        self.config, self.device = config, device
        self.net, self._encoder = MaskedAutoencoder(encoder.trunk, encoder.window[2:]), encoder
        self.losses = nn.Module()
        self.batches = Batches(source, config.augment, config.batch, config.seed, typical)
        self._val = pieces(val)

    def step(self, number: int, batch: Batch) -> dict[str, Any]:
        """The error of the masked patches."""
        return {"painted": self._error(self.net, batch, torch.Generator().manual_seed(number))}

    def validate(self, net: Any) -> dict[str, float]:
        """The same on validation faces; predicting the mean of each patch would give 1."""
        generator = torch.Generator().manual_seed(0)
        errors = [float(self._error(net, batch, generator)) for batch in self._val]
        return {"painted": float(np.mean(errors))}

    def _error(self, net: Any, batch: Batch, generator: Any) -> Any:
        pictures, _, _ = tensors(batch, self._encoder, self.device)
        seen = mask_order(generator, len(pictures), self.net.vit.grid, self.config.regions).to(self.device)
        loss, _ = net(pictures, seen, round(seen.shape[1] * (1 - self.config.mask)))
        return loss


def people(faces: Faces, share: float, seed: int) -> Faces:
    """The faces of a random share of the people, at least two.

    With the same seed, the people of a smaller share are among those of a larger one.
    """
    known = np.unique(faces.person)
    chosen = np.random.default_rng(seed).permutation(known)[: max(2, round(share * len(known)))]
    return faces[np.flatnonzero(np.isin(faces.person, chosen))]
