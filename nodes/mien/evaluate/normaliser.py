"""The normaliser judged: who can still be told, what can still be read, and the heads that read both faces.

Faces are renders of the actor's test split, and portraits where a folder of them is given. SFace looks for a person in
three ways: between two originals, between an original and a normalised face, and between two normalised faces.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from mien.core.errors import UsageError
from mien.core.files import write_whole
from mien.core.types import F32, U8
from mien.evaluate.labelled import finder
from mien.evaluate.verification import in_crop, signatures, told_apart, worst
from mien.faces.identity import SFace
from mien_models import open_session
from mien_models.alignment import CROP_SIZE, crop_matrix
from mien_models.datasets.dataset import Dataset
from mien_models.datasets.labelled import ImageFile
from mien_models.datasets.write import missing_samples, write
from mien_models.evaluate import score
from mien_models.evaluate.faces import Faces, of_dataset
from mien_models.evaluate.read import Readings, encode, readings
from mien_models.head.motion.draw import Kind
from mien_models.head.pictures.draw import DatasetConfig
from mien_models.head.scan.portraits import pictures
from mien_models.landmarker import Landmarker, Roi
from mien_models.nets.sides import mirrored_landmarks
from mien_models.normaliser.draw import Drawer
from mien_models.normaliser.reading import Norface
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.emotions import EMOTIONS
from mien_models.spaces.facs import AUS

Advance = Callable[[str, int, int], None]
Json = dict[str, Any]

_COLUMNS, _PAIRS = 6, 36
_ROWS = 32
_READ = ("shapes", "units", "presence", "emotion")


def evaluate(
    out: Path, faces: int, data: Path | None, images: Path | None, every: int, advance: Advance = lambda *_: None
) -> Json:
    """Write report.json and the contact sheets actor.png and portraits.png into `out`; returns the report.

    data: a dataset; without it, `faces` faces of the test split are drawn into out/data. images: a folder of portraits
    of one person each, of which every N-th is taken. Raises ModelError, and UsageError where no face is found.
    """
    config = DatasetConfig(images=faces, split="test", occluded=0.0)
    if data is None:
        data, left = out / "data", missing_samples(out / "data", config)
        drawn = [0]

        def one_more(count: int) -> None:
            drawn[0] += count
            advance("drawing", drawn[0], left)

        write(data, config, advance=one_more)
    some = of_dataset(Dataset(data, partial=True))
    some = some.take(np.flatnonzero(np.isfinite(some.landmarks).all((1, 2)))[:faces])
    encoder, drawer, sface = open_session("encoder_base", device="cpu"), Drawer(), SFace(open_session("sface"))
    original = encode(encoder, some.crop, some.landmarks, advance=_count(advance, "reading", len(some)))
    made = drawer(original.shapes, original.units)
    normalised = encode(
        encoder, made, some.landmarks, use=(True, False), advance=_count(advance, "reading normalised", len(some))
    )
    reference = resting_landmarks(drawer)
    actor = _actor(sface, some, made, reference)
    report: Json = {
        "faces": len(some),
        "people": len(np.unique(some.identity)),
        "verification_auc": {"actor": worst(*(actor[k] for k in ("linked", "normalised", "normalised_at_rest")))},
        "verification": {"actor": actor},
        "au_auc": {
            "original": score.units(some, original)["mean"]["auc"],
            "normalised": score.units(some, normalised)["mean"]["auc"],
        },
        "heads": heads(some, original, normalised),
    }
    write_whole(out / "actor.png", _png(_sheet(some.crop, made, some.kind)))
    if images is not None:
        crops, points = _portraits(images, every, advance)
        found = encode(encoder, crops, points, advance=_count(advance, "reading portraits", len(crops)))
        masked = drawer(found.shapes, found.units)
        report["portraits"] = len(crops)
        report["verification"]["portraits"] = linked = _linked(sface, crops, points, masked, reference)
        report["verification_auc"]["portraits"] = worst(linked["linked"])
        write_whole(out / "portraits.png", _png(_sheet(crops, masked, np.zeros(len(crops), np.uint8))))
    write_whole(out / "report.json", json.dumps(report, indent=1) + "\n")
    return report


def heads(faces: Faces, original: Readings, normalised: Readings) -> Json:
    """By head: means over units of ICC, r, MAE, F1 and AUC, and how often the emotion that was meant is the likeliest.

    Heads whose networks are not installed are left out.
    """
    out = {"encoder": _scores(faces, original), "encoder on the normalised face": _scores(faces, normalised)}
    judged = Norface().judge(*({name: getattr(read, name) for name in _READ} for read in (original, normalised)))
    out["norface"] = _scores(faces, readings(len(faces), {**_plain(faces), **judged}))
    scc = open_session("scc", device="cpu")
    parts = [scc({"image": faces.crop[i : i + _ROWS]})["intensity"] for i in range(0, len(faces), _ROWS)]
    out["scc"] = _scores(faces, readings(len(faces), {**_plain(faces), "units": np.concatenate(parts)}))
    return out


def _plain(faces: Faces) -> dict[str, F32]:
    return {"shapes": np.full((len(faces), len(BLENDSHAPES)), np.nan, np.float32)}


def _scores(faces: Faces, read: Readings) -> Json:
    found = score.units(faces, read)["mean"]
    out = {name: found[name] for name in ("icc", "r", "mae", "f1", "auc")}
    drawn = np.flatnonzero(np.isin(faces.kind, (Kind.EMOTION, Kind.NEUTRAL)) & np.isfinite(read.emotion).all(1))
    if len(drawn):
        first = np.array(EMOTIONS)[read.emotion[drawn].argmax(1)]
        out["emotion_accuracy"] = score.number(float((first == faces.category[drawn]).mean()))
    return out


def _actor(sface: SFace, faces: Faces, made: U8, reference: F32) -> Json:
    """AUCs of SFace: between originals, from these to normalised faces, between these, and between those at rest."""
    own = np.array([in_crop(p, m) for p, m in zip(faces.landmarks, crop_matrix(faces.landmarks), strict=True)])
    real, masked = signatures(sface, faces.crop, own), signatures(sface, made, reference)
    rest = faces.kind == Kind.NEUTRAL
    return {
        "original": told_apart(real, faces.identity),
        "linked": told_apart(real, faces.identity, masked, faces.identity),
        "normalised": told_apart(masked, faces.identity),
        "normalised_at_rest": told_apart(masked[rest], faces.identity[rest]),
    }


def _linked(sface: SFace, crops: U8, points: F32, made: U8, reference: F32) -> Json:
    """The same for portraits of one picture per person: only links from originals to normalised faces can be judged.

    mirrored: between originals and their mirror images, to show that SFace knows these people.
    """
    own = np.array([in_crop(p, m) for p, m in zip(points, crop_matrix(points), strict=True)])
    real, masked = signatures(sface, crops, own), signatures(sface, made, reference)
    blurred = np.array([cv2.GaussianBlur(crop[:, ::-1], (0, 0), 1.0) for crop in crops])

    across = own[:, mirrored_landmarks()] * (-1, 1, 1) + (CROP_SIZE - 1, 0, 0)
    person = np.arange(len(crops))
    return {
        "mirrored": told_apart(real, person, signatures(sface, blurred, across.astype(np.float32)), person),
        "linked": told_apart(real, person, masked, person),
    }


def resting_landmarks(drawer: Drawer) -> F32:
    """(478, 3) landmarks of the canonical face at rest [px of the crop]: those of every normalised face are near."""
    rest = drawer(np.zeros((1, len(BLENDSHAPES)), np.float32), np.zeros((1, len(AUS)), np.float32))[0]
    middle, side = CROP_SIZE / 2, 1.1 * CROP_SIZE
    points, _ = Landmarker(open_session("facemesh_v2", device="cpu"))(rest, [Roi(middle, middle, side, 0.0)])
    return np.asarray(points[0], np.float32)


def _portraits(images: Path, every: int, advance: Advance) -> tuple[U8, F32]:
    paths, find = pictures(images)[::every], finder()
    crops, points = [], []
    for row, path in enumerate(paths):
        crop, landmarks = find(ImageFile(path))
        if np.isfinite(landmarks).all():
            crops.append(crop)
            points.append(landmarks)
        advance("finding faces", row + 1, len(paths))
    if len(crops) < 2:
        raise UsageError(f"{images}: faces are found in {len(crops)} of {len(paths)} pictures, and two are needed")
    return np.stack(crops), np.stack(points).astype(np.float32)


def _sheet(crops: U8, made: U8, kinds: U8) -> U8:
    """Pairs of a person and the normalised face, those with expressions first."""
    order = np.argsort(kinds == Kind.NEUTRAL, kind="stable")
    rows = order[:: max(len(order) // _PAIRS, 1)][:_PAIRS]
    tiles = [np.hstack([crops[i], made[i], np.full((CROP_SIZE, 6, 3), 255, np.uint8)]) for i in rows]
    tiles += [np.full_like(tiles[0], 255)] * (-len(tiles) % _COLUMNS)
    return np.vstack([np.hstack(tiles[i : i + _COLUMNS]) for i in range(0, len(tiles), _COLUMNS)])


def _png(picture: U8) -> bytes:
    return bytes(cv2.imencode(".png", np.ascontiguousarray(picture[:, :, ::-1]))[1])


def _count(advance: Advance, what: str, total: int) -> Callable[[int], None]:
    done = [0]

    def more(count: int) -> None:
        done[0] += count
        advance(what, done[0], total)

    return more
