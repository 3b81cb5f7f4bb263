"""Faces that are drawn on the way: the same for the same epoch, and what the drawing says of them is true."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

pytest.importorskip("numba", reason="drawing on the CPU needs numba")
pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models import load_face_geometry
from mien_models.errors import ModelError
from mien_models.head import Head
from mien_models.head.motion.sampler import Sampler
from mien_models.head.motion.split import split_of
from mien_models.head.render.cpu import CpuRenderer
from mien_models.head.render_torch.renderer import TorchRenderer
from mien_models.train.actor import Actor
from mien_models.train.config import ActorConfig
from mien_models.train.data import Faces

pytestmark = pytest.mark.slow

CONFIG = ActorConfig(per_epoch=12, kept=2, batch=3, size=48, people=3, renew_every=2, expressions=20, together=3)


class Tracker:
    """Finds the canonical face wherever it looks."""

    info: Any = None

    def __call__(self, inputs: Any) -> dict[str, Any]:
        points = np.full((478, 3), 128, np.float32)
        points[:468] += load_face_geometry().vertices * (9, -9, -9)
        return {"landmarks": points[None], "presence": np.ones(1, np.float32)}


@pytest.fixture(scope="module")
def renderer() -> TorchRenderer:
    return TorchRenderer(CpuRenderer(Head.load(), small=True))


@pytest.fixture(scope="module")
def epochs(renderer: TorchRenderer) -> list[Faces]:
    source = Actor(CONFIG, renderer=renderer, landmarks=Tracker())
    return [source.epoch(0)[0], source.epoch(1)[0]]


def test_a_part_of_each_epoch_is_new(epochs: list[Faces]) -> None:
    first, second = epochs
    assert len(first) == len(second) == CONFIG.per_epoch
    np.testing.assert_array_equal(first.crops[6:], second.crops[:6])
    assert (first.crops[:6] != second.crops[6:]).any((1, 2)).all()


def test_an_epoch_is_the_same_whoever_asks_first(renderer: TorchRenderer, epochs: list[Faces]) -> None:
    again = Actor(CONFIG, renderer=renderer, landmarks=Tracker()).epoch(1)[0]
    for field in fields(Faces):
        np.testing.assert_array_equal(getattr(again, field.name), getattr(epochs[1], field.name), err_msg=field.name)


def test_faces_show_what_the_sampler_drew(epochs: list[Faces]) -> None:
    truth = Sampler(CONFIG.seed).take(0, CONFIG.expressions)
    for faces in epochs:
        np.testing.assert_allclose(faces.shapes, truth.shapes[faces.same], atol=1e-6)
        np.testing.assert_allclose(faces.units, truth.units[faces.same], atol=1e-6)
        np.testing.assert_array_equal(faces.kind, truth.kinds[faces.same])
        assert {split_of(int(person)) for person in faces.person} == {"train"}
        assert np.ptp(faces.crops, axis=(1, 2)).min() > 20, "something is to be seen"
    triples = epochs[0].same.reshape(-1, 3)
    assert (triples == triples[:, :1]).all(), "three in a row show one expression"


def test_true_landmarks_are_not_those_that_were_read(epochs: list[Faces]) -> None:
    faces = epochs[0]
    assert np.isfinite(faces.true_landmarks).all()
    # Canonical: the outer corner of the left eye is to the left of and about as high as that of the right one.
    right, left = faces.true_landmarks[:, 33], faces.true_landmarks[:, 263]
    assert (left[:, 0] - right[:, 0] > 1).all()
    assert np.abs(left[:, 1] - right[:, 1]).max() < 0.4
    assert np.ptp(faces.landmarks, axis=0).max() < 1e-3, "the tracker always reads the same"
    assert np.ptp(faces.true_landmarks, axis=0).max() > 0.1


def test_validation_shows_others(renderer: TorchRenderer) -> None:
    config = replace(CONFIG, split="val", per_epoch=3, kept=1)
    faces = Actor(config, renderer=renderer, landmarks=Tracker()).epoch(0)[0]
    assert {split_of(int(person)) for person in faces.person} == {"val"}


def test_an_epoch_is_made_of_whole_draws() -> None:
    with pytest.raises(ModelError, match="a multiple of 6 faces, not 10"):
        replace(CONFIG, per_epoch=10)
