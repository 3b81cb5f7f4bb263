"""Train the regressor: on renders with known parameters, and by the way back through the head on any faces.

On unlabelled faces the parameters are projected to landmarks, which are compared with those that were read
(after "Unsupervised Learning Facial Parameter Regressor for Action Unit Intensity Estimation via Differentiable
Renderer", 2020, whose way back is an image).
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from mien_models.alignment import CROP_SIZE, crop_matrix
from mien_models.backends import Session
from mien_models.datasets.dataset import Dataset
from mien_models.fit import parameters as p
from mien_models.fit.picture import Picture
from mien_models.fit.projection import Projection, View
from mien_models.fit.readings import COLUMNS, EXPRESSION, INPUTS, read_arrays
from mien_models.head.model.action_units import inner_brows
from mien_models.head.pictures.studio import person
from mien_models.nets.export import OPSET
from mien_models.nets.regressor import ReadyRegressor, Regressor, RegressorConfig
from mien_models.spaces import mesh478

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]

OUTPUTS = p.PERSON + p.PICTURE
_SEEN, _PRESENT = 0.6, 0.5  # renders whose face is seen less, or not found, are left out of the noise


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainConfig:
    """Settings of a run. loop: weight of the way back; tempered: by how much deviations of landmarks count less."""

    seed: int = 0
    steps: int = 1500
    batch: int = 128
    looped: int = 32  # faces of a batch whose landmarks are compared, of renders and of unlabelled faces each
    lr: float = 2e-3
    weight_decay: float = 0.02
    loop: float = 0.05
    tempered: float = 0.1


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Samples:
    """N faces. inputs (N, INPUTS), points (N, 478, 2) and centre (N, 2) in sides of the crop; truth (N, OUTPUTS):
    NaN where it is not known. errors (M, 478, 2): of the landmarks of those that are well seen.
    """

    inputs: F32
    points: F64
    centre: F64
    truth: F64
    person: NDArray[np.int64]
    errors: F64


def samples(data: Dataset, encoder: Session, projection: Projection) -> Samples:
    """The faces of a dataset of the actor, with their true parameters."""
    landmarks = data["landmarks"].astype(np.float64)
    size = data.config.size
    pictures = [
        Picture.of_crop(crop, points, (size, size)) for crop, points in zip(data["crop"], landmarks, strict=True)
    ]
    points, centre = np.array([q.points for q in pictures]), np.array([q.centre for q in pictures])
    true = levelled(data["landmarks_true"].astype(np.float64), landmarks)
    seen = (data["visible"].mean(1) > _SEEN) & (data["presence"] > _PRESENT)
    return Samples(
        inputs=read_arrays(encoder, data["crop"], points, centre),
        points=points[..., :2],
        centre=centre,
        truth=_truth(data, pictures, true, projection),
        person=data["person"].astype(np.int64),
        errors=(points[..., :2] - true)[seen],
    )


def unlabelled(crop: NDArray[np.uint8], landmarks: F64, size: F64, encoder: Session) -> Samples:
    """Faces of crops (N, 112, 112, 3) with landmarks (N, 478, 3) [px], in images of sizes (N, 2)."""
    pictures = [
        Picture.of_crop(one, points, (int(w), int(h)))
        for one, points, (w, h) in zip(crop, landmarks, size, strict=True)
    ]
    points, centre = np.array([q.points for q in pictures]), np.array([q.centre for q in pictures])
    return Samples(
        inputs=read_arrays(encoder, crop, points, centre),
        points=points[..., :2],
        centre=centre,
        truth=np.full((len(crop), OUTPUTS), np.nan),
        person=np.zeros(len(crop), np.int64),
        errors=np.zeros((0, mesh478.COUNT, 2)),
    )


def levelled(landmarks: F64, read: F64) -> F64:
    """Landmarks (N, 478, 3) [px] in sides of the crops that landmarks `read` (N, 478, 3) [px] make, (N, 478, 2)."""
    matrix = crop_matrix(read)
    scale = np.hypot(matrix[:, 0, 0], matrix[:, 1, 0])[:, None, None]
    moved = (landmarks[..., :2] - matrix[:, None, :, 2]) @ (matrix[:, :, :2] / scale)
    return np.asarray(moved / (scale * CROP_SIZE))


def _truth(data: Dataset, pictures: list[Picture], true: F64, projection: Projection) -> F64:
    """The parameters (N, OUTPUTS) of renders; a focal length brings the head to its true landmarks (N, 478, 2)."""
    values = np.zeros((len(pictures), OUTPUTS))
    values[:, p.CODE] = data["code"]
    own = values[:, p.PERSON :]
    own[:, p.EYES] = data["gaze"].reshape(len(own), -1)
    brows = inner_brows(data["units"].astype(np.float64).clip(0, 5))
    own[:, p.EXPRESSION] = p.expression_of(data["shapes"].astype(np.float64), brows)
    aside = np.zeros((len(own), 2))
    for row, picture in enumerate(pictures):
        _, appearance = person(int(data["person"][row]))
        values[row, p.MOBILITY] = appearance.mobility
        pose = picture.to_crop(data["pose"][row].astype(np.float64))
        own[row, p.TURN] = p.turn_of(pose[:3, :3])
        own[row, p.DISTANCE], aside[row] = np.log(pose[2, 3]), pose[:2, 3] / pose[2, 3]
    own[:, p.SIZE] = -own[:, p.DISTANCE]  # a focal length of 1
    centre = np.array([picture.centre for picture in pictures])
    own[:, p.PLACE] = centre + aside
    found = np.zeros_like(true)
    for rows in np.array_split(np.arange(len(own)), -(-len(own) // 64)):
        with torch.no_grad():
            kind = projection.dtype
            view = View(torch.as_tensor(centre[rows], dtype=kind), torch.zeros(len(rows), dtype=kind))
            person_values = torch.as_tensor(values[rows, : p.PERSON], dtype=kind)
            found[rows] = projection(person_values, torch.as_tensor(own[rows], dtype=kind), view).numpy()
    rays, reached = found - centre[:, None], true - centre[:, None]
    focal = (rays * reached).sum((1, 2)) / (rays**2).sum((1, 2))
    own[:, p.SIZE] += np.log(focal)
    own[:, p.PLACE] = centre + focal[:, None] * aside
    return values


def learn(
    config: TrainConfig,
    train: Samples,
    others: Samples | None,
    projection: Projection,
    errors: tuple[F64, F64],
) -> Regressor:
    """A regressor of renders `train` and, on the way back through the head, of unlabelled faces `others`.

    errors: mean and precision of landmarks; see `noise.load`.
    """
    torch.manual_seed(config.seed)
    rng = np.random.default_rng(config.seed)
    net = _begun(train)
    inputs, truth = torch.as_tensor(train.inputs), torch.as_tensor(train.truth, dtype=torch.float32)
    pools = [pool for pool in (train, others) if pool is not None]
    mean, precision = (torch.as_tensor(a, dtype=torch.float32) for a in errors)
    optimiser = torch.optim.AdamW(net.parameters(), config.lr, weight_decay=config.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, config.lr, config.steps)
    net.train()
    low, high = (torch.as_tensor(edge, dtype=torch.float32) for edge in p.bounds())
    for _ in range(config.steps):
        rows = torch.as_tensor(rng.integers(len(inputs), size=config.batch))
        loss = ((net(inputs[rows]) - truth[rows]) / net.spread).square().mean()
        for pool in pools:
            some = rng.integers(len(pool.inputs), size=config.looped)
            found = net(torch.as_tensor(pool.inputs[some])).clamp(low, high)
            centre = torch.as_tensor(pool.centre[some], dtype=torch.float32)
            there = projection(found[:, : p.PERSON], found[:, p.PERSON :], View(centre, torch.zeros(len(some))))
            left = torch.as_tensor(pool.points[some], dtype=torch.float32).flatten(1) - mean - there.flatten(1)
            # Deviations as large as those of a covered face count as one.
            apart = (left @ precision * left).sum(1) / len(mean)
            loss = loss + config.loop * config.tempered * (apart / (1 + apart / _COVERED)).mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
    net.eval()
    return net


_COVERED = 10.0


def _begun(train: Samples) -> Regressor:
    """A network whose constants are those of its training faces."""
    net = Regressor(RegressorConfig(inputs=INPUTS, outputs=OUTPUTS))
    inputs, truth = train.inputs.astype(np.float64), train.truth
    centre, spread = inputs.mean(0), inputs.std(0) + 1e-3
    # Groups of inputs count alike, however many numbers they have.
    share = np.ones(INPUTS)
    for columns in COLUMNS.values():
        share[columns] = 1 / np.sqrt(columns.stop - columns.start)
    scaled = (inputs - centre) / spread * share
    _, size, axes = np.linalg.svd(scaled / np.sqrt(len(scaled)), full_matrices=False)
    kept = net.config.kept
    copied, copies = np.zeros(OUTPUTS, np.int64), np.zeros(OUTPUTS)
    picture = np.arange(p.PERSON, OUTPUTS)
    copied[picture[p.TURN]] = np.arange(INPUTS)[COLUMNS["turn"]]
    copied[picture[p.EXPRESSION]] = np.arange(INPUTS)[COLUMNS["shapes"]][EXPRESSION]
    copies[picture[p.TURN]] = copies[picture[p.EXPRESSION]] = 1
    net.copied.copy_(torch.as_tensor(copied))
    left = truth - inputs[:, copied] * copies
    for name, values in (
        ("centre", centre),
        ("axes", (axes[:kept] / size[:kept, None] * share / spread).T),
        ("copies", copies),
        ("mean", left.mean(0)),
        ("spread", left.std(0) + 1e-3),
    ):
        getattr(net, name).copy_(torch.as_tensor(values, dtype=torch.float32))
    return net


def ready(net: Regressor, val: Samples) -> ReadyRegressor:
    """The network with standard deviations: those of its errors on other people.

    The expected errors of the encoder follow the picture; here they are scaled to those of the regressor.
    """
    with torch.no_grad():
        error = net(torch.as_tensor(val.inputs)).numpy() - val.truth
    sd, share, by = np.sqrt((error**2).mean(0)), np.zeros(OUTPUTS), np.zeros(OUTPUTS, np.int64)
    columns = np.arange(INPUTS)[COLUMNS["shapes_sd"]][EXPRESSION]
    said = val.inputs[:, columns].astype(np.float64)
    picture = np.arange(p.PERSON, OUTPUTS)[p.EXPRESSION]
    by[picture], share[picture] = columns, np.sqrt((error[:, picture] ** 2).mean(0) / (said**2).mean(0))
    sd[picture] = _LEAST_SD
    return ReadyRegressor(net, sd, share, by)


def export(net: ReadyRegressor, path: Path) -> None:
    """Write the network as ONNX (opset 17, dynamic batch N), in one step."""
    file = io.BytesIO()
    with warnings.catch_warnings():
        # torch warns that this exporter is the old one; it needs no further package and writes opset 17.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net.eval(), (torch.zeros(2, INPUTS),), file, input_names=["readings"], output_names=["mean", "sd"],
            dynamic_axes={name: {0: "N"} for name in ("readings", "mean", "sd")}, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_bytes(file.getvalue())
    temporary.replace(path)


def scores(net: Any, test: Samples) -> dict[str, float]:
    """Errors of a regressor's guesses (`net` of inputs) on faces whose truth is known.

    turn_deg: median angle between poses; shapes_r: over all expressive shapes and faces; gaze_deg: median per angle.
    """
    with torch.no_grad():
        found = net(torch.as_tensor(test.inputs))
    guess = (found[0] if isinstance(found, tuple) else found).numpy().astype(np.float64)
    own, true = guess[:, p.PERSON :], test.truth[:, p.PERSON :]
    turns = [angle_deg(p.rotation(a[p.TURN]), p.rotation(b[p.TURN])) for a, b in zip(own, true, strict=True)]
    shapes = np.corrcoef(own[:, p.EXPRESSION].clip(0, 1).ravel(), true[:, p.EXPRESSION].ravel())[0, 1]
    return {
        "turn_deg": float(np.median(turns)),
        "shapes_r": float(shapes),
        "gaze_deg": float(np.degrees(np.median(np.abs(own[:, p.EYES] - true[:, p.EYES])))),
    }


def angle_deg(a: F64, b: F64) -> float:
    """The angle [deg] between two rotations (3, 3)."""
    return float(np.degrees(np.arccos(np.clip((np.trace(a.T @ b) - 1) / 2, -1, 1))))


_LEAST_SD = 0.01  # of an expression's shape
