"""What a step shows a network."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models.nets.config import CnnConfig, EncoderConfig  # noqa: E402
from mien_models.nets.encoder import Encoder, Readings  # noqa: E402
from mien_models.spaces.arkit import BLENDSHAPES  # noqa: E402
from mien_models.spaces.facs import AUS  # noqa: E402
from mien_models.train.config import EncoderTraining  # noqa: E402
from mien_models.train.data import Faces, FixedSource, Statistics, load  # noqa: E402
from mien_models.train.losses import Tensors  # noqa: E402
from mien_models.train.tasks import (  # noqa: E402
    EncoderTask,
    coded,
    compared,
    likeness,
    stronger,
    swapped_rows,
    thrice,
    unmoved,
    views,
)

from .standin import folder  # noqa: E402

LEFT, RIGHT, CHIN = (AUS.index(name) for name in ("AU12L", "AU12R", "AU17"))


def faces(count: int, **known: object) -> Faces:
    blank = {f.name: np.zeros((count, 1), np.float32) for f in fields(Faces)}
    units = np.full((count, len(AUS)), np.nan, np.float32)
    told = {
        "units": units,
        "presence": units,
        "kind": np.zeros(count),
        "sided": np.zeros(count, bool),
        "same": np.zeros(count),
    }
    return Faces(**blank | told | {"margin": np.zeros(count), "odd": np.zeros(count, bool)} | known)


def readings(**known: object) -> Readings:
    return Readings(**dict.fromkeys(("shapes", "units", "log_sd", "presence")) | known)


def test_every_face_is_seen_whole_and_by_halves() -> None:
    present = torch.ones(2000, 2, dtype=torch.bool)
    present[1] = torch.tensor([True, False])
    shown = views(np.random.default_rng(0), present).reshape(3, 2000, 2)
    whole, picture, landmarks = shown
    nothing = ~whole.any(1)
    assert 0.01 < nothing.float().mean() < 0.06
    assert whole[~nothing][2:].all()
    assert picture[:, 0].all()
    assert not picture[:, 1].any()
    assert landmarks[2:, 1].all()
    assert not landmarks[:, 0].any()
    assert not landmarks[1].any(), "landmarks that are not there are in no view"


def test_views_of_a_face_stand_in_the_same_order() -> None:
    values = torch.arange(6.0).reshape(2, 3)
    torch.testing.assert_close(thrice(values).reshape(3, 2, 3), values.expand(3, 2, 3))


def test_some_faces_get_the_picture_of_another() -> None:
    found = np.arange(1000) % 10 > 0
    rows = swapped_rows(np.random.default_rng(0), found, 0.2)
    assert sorted(rows) == list(range(1000)), "every picture is shown once"
    moved = rows != np.arange(1000)
    assert 0.15 < moved.mean() < 0.21
    assert not moved[~found].any(), "a picture by itself is one's own"
    assert (swapped_rows(np.random.default_rng(0), found, 0.0) == np.arange(1000)).all()


def test_further_faces_teach_the_landmark_branch_and_no_trunk(tmp_path: Path) -> None:
    known = load([folder(tmp_path / "d", 60)])[0]
    net = Encoder(EncoderConfig(trunk=CnnConfig(widths=(8, 16), depths=(1, 1)), code=16, landmarks=16, local=4))
    config = EncoderTraining(batch=8, points=30, precision="fp32")
    task = EncoderTask(config, net, FixedSource(known), known, Statistics.of(known), "cpu")
    (_, batch), *_ = task.batches(0, 1)
    task.step(0, batch)["points"].backward()
    assert all(part.grad is None for part in net.trunk.parameters())
    assert net.landmarks.layers[0].weight.grad.abs().sum() > 0
    assert net.no_picture.grad.abs().sum() > 0
    assert "points" not in task.step(0, replace(batch, points=None))


def test_one_number_for_both_sides_is_that_of_the_stronger() -> None:
    read = torch.zeros(4, len(AUS))
    read[:, LEFT], read[:, RIGHT] = 0.2, 0.6
    target = torch.full((4, len(AUS)), torch.nan)
    target[:, [LEFT, RIGHT, CHIN]] = 0.8
    target[2, [LEFT, RIGHT]] = 0.0
    found = stronger(read, target, np.array([False, True, False, False]))
    assert torch.isnan(found[0, LEFT])
    assert found[0, RIGHT] == found[0, CHIN] == target[0, RIGHT]
    torch.testing.assert_close(found[1], target[1], equal_nan=True)
    torch.testing.assert_close(found[2], target[2], equal_nan=True)


def test_coded_units_pull_where_no_intensity_does() -> None:
    logits = torch.zeros(2, len(AUS), requires_grad=True)
    there = np.full((2, len(AUS)), np.nan, np.float32)
    there[0, [LEFT, RIGHT]], there[1, CHIN] = 1, 0
    units = np.full_like(there, np.nan)
    (loss,) = coded(readings(presence=logits), faces(2, presence=there, units=units), 1.0, "cpu").values()
    assert loss.item() == pytest.approx(np.log(2))
    loss.backward()
    moved = logits.grad
    assert moved[0, LEFT] < 0
    assert moved[0, RIGHT] < 0
    assert moved[1, CHIN] > 0
    assert (moved != 0).sum() == 3
    assert coded(readings(presence=logits), faces(2, presence=there, units=np.ones_like(units)), 1.0, "cpu") == {}


def test_compared_faces_move_until_the_odd_one_is_away_by_the_margin() -> None:
    points = torch.tensor([[1.0, 0], [0, 1], [1, 0]])  # the odd one lies on the anchor
    told = faces(3, margin=np.full(3, 0.1), odd=np.array([False, False, True]), same=np.zeros(3))
    (loss,) = compared(readings(embedding=points), told, 2.0).values()
    # |a - p|² = |p - n|² = 2, |a - n|² = 0.
    assert float(loss) == pytest.approx(2 * ((2 - 0 + 0.1) + (2 - 2 + 0.1)))
    apart = torch.tensor([[1.0, 0], [1, 0], [-1, 0]])
    assert float(compared(readings(embedding=apart), told, 2.0)["compared"]) == 0
    assert compared(readings(embedding=points), faces(3), 2.0) == {}


def test_shapes_are_known_to_rest_where_all_units_that_move_them_are_absent() -> None:
    units = np.full((2, len(AUS)), np.nan, np.float32)
    units[0, [AUS.index(name) for name in ("AU4L", "AU9L")]] = 0
    units[1, AUS.index("AU4L")] = 0
    still = unmoved(units)
    assert [name for i, name in enumerate(BLENDSHAPES) if still[0, i] == 0] == ["browDownLeft"]
    assert np.isnan(still[1]).all(), "AU9 lowers the brow, too"


def test_a_teacher_tells_what_labels_do_not() -> None:
    labelled, teacher_only = 2, 5
    units = torch.full((1, len(AUS)), torch.nan)
    units[0, labelled] = 0.0
    blank = dict.fromkeys(f.name for f in fields(Tensors))
    labels = Tensors(**blank | {"units": units, "shapes": torch.full((1, len(BLENDSHAPES)), torch.nan)})
    scales = SimpleNamespace(shapes_scale=torch.ones(len(BLENDSHAPES)), units_scale=torch.ones(len(AUS)))

    def say() -> dict[str, torch.Tensor]:
        sizes = {"shapes": len(BLENDSHAPES), "units": len(AUS), "presence": len(AUS), "emotion": 8, "affect": 2}
        return {name: torch.zeros(1, size) for name, size in (sizes | {"log_sd": len(BLENDSHAPES) + len(AUS)}).items()}

    def differs_by(unit: int) -> float:
        told = say()
        told["units"][0, unit] = 1.0
        return float(likeness(readings(**say()), readings(**told), labels, scales))

    same = float(likeness(readings(**say()), readings(**say()), labels, scales))
    assert differs_by(labelled) == pytest.approx(same)
    assert differs_by(teacher_only) > same + 0.01
    whole = Tensors(**blank | {"units": units * 0, "shapes": torch.zeros(1, len(BLENDSHAPES))})
    labels = whole
    assert differs_by(labelled) > same + 0.01, "of a face with all shapes known the teacher tells everything"
