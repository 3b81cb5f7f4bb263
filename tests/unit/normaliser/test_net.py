"""The normaliser: what reaches its picture, and that its training teaches it something."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from mien_models.errors import ModelError
from mien_models.normaliser.canonical import PICTURE
from mien_models.normaliser.learn import NormaliserTraining, learn_correction, learn_renderer
from mien_models.normaliser.net import CODE, SHAPES, UNITS, Normaliser, code_of, export
from mien_models.normaliser.pictures import Pictures, pictures
from mien_models.normaliser.regions import INPUTS, windows
from mien_models.normaliser.samples import Samples
from mien_models.spaces.arkit import INDEX

torch.set_num_threads(1)


def samples(count: int, seed: int = 0) -> Samples:
    rng = np.random.default_rng(seed)
    return Samples(
        crop=np.zeros((count, 112, 112, 3), np.uint8),
        landmarks=np.zeros((count, 478, 3), np.float32),
        shapes=rng.random((count, SHAPES), np.float32),
        units=5 * rng.random((count, UNITS), np.float32),
        name=np.array([""] * count),
        person=np.arange(count),
    )


def test_the_inner_brows_of_the_code_come_from_the_units() -> None:
    units = torch.zeros(1, UNITS)
    units[0, 1] = 5  # AU1R
    code = code_of(torch.full((1, SHAPES), 0.25), units)
    assert code.shape == (1, CODE)
    assert code[0, SHAPES:].tolist() == [0, 1]
    assert code_of(torch.full((1, SHAPES), 1.5), units).max() == 1


def test_what_is_exported_is_what_was_trained_and_takes_what_is_not_observed_for_rest(tmp_path: Path) -> None:
    torch.manual_seed(0)
    net = Normaliser().eval()
    with torch.no_grad():
        for part in net.parameters():
            part += 0.02 * torch.randn_like(part)
    path = tmp_path / "normaliser.onnx"
    export(net, path)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    faces = samples(3)
    found = session.run(None, {"shapes": faces.shapes, "units": faces.units})[0]
    with torch.no_grad():
        own = net(torch.as_tensor(faces.shapes), torch.as_tensor(faces.units)).permute(0, 2, 3, 1).numpy() * 255
    assert found.shape == (3, PICTURE, PICTURE, 3)
    np.testing.assert_allclose(found, own, atol=1.0)
    unknown = {"shapes": np.full((1, SHAPES), np.nan, np.float32), "units": np.full((1, UNITS), np.nan, np.float32)}
    rest = {name: np.zeros_like(values) for name, values in unknown.items()}
    np.testing.assert_array_equal(session.run(None, unknown)[0], session.run(None, rest)[0])


def test_the_renderer_learns_what_moves() -> None:
    rng = np.random.default_rng(1)
    codes = np.zeros((32, SHAPES), np.float32)
    lid, jaw = INDEX["eyeBlinkRight"], INDEX["jawOpen"]
    codes[:, [lid, jaw]] = rng.random((32, 2))
    made = np.full((32, PICTURE, PICTURE, 3), 100, np.uint8)
    made[:, 20:40, 20:40] = (60 + 150 * codes[:, lid])[:, None, None, None].astype(np.uint8)
    made[:, 70:80, 40:60] = (60 + 150 * codes[:, jaw])[:, None, None, None].astype(np.uint8)
    drawn = Pictures(picture=made, shapes=codes, units=np.zeros((32, UNITS), np.float32))
    torch.manual_seed(0)
    net = Normaliser()
    learn_renderer(net, drawn, NormaliserTraining(samples=6400, batch=32), lambda _: None)
    with torch.no_grad():
        found = net.renderer(code_of(torch.as_tensor(codes), torch.zeros(32, UNITS))).permute(0, 2, 3, 1).numpy()
    assert np.corrcoef(found[:, 30, 30, 0], codes[:, lid])[0, 1] > 0.95
    assert np.corrcoef(found[:, 75, 50, 0], codes[:, jaw])[0, 1] > 0.95
    np.testing.assert_allclose(255 * found, made, atol=25)


def test_regions_cover_the_picture_once_and_lie_where_people_have_them() -> None:
    shares = windows()
    np.testing.assert_allclose(shares.sum(0), 1)
    mouth, left, right = (np.argwhere(share > 0.9).mean(0) for share in shares)
    assert mouth[0] > PICTURE / 2 > left[0] == right[0]
    assert left[1] > PICTURE / 2 > right[1]  # the person's left is to the right of the picture
    assert INDEX["eyeBlinkLeft"] in INPUTS[1]
    assert INDEX["eyeBlinkLeft"] not in INPUTS[2]
    assert sorted({i for own in INPUTS for i in own}) == list(range(CODE))


def test_the_correction_takes_off_what_is_wrong_in_readings_of_everybody() -> None:
    faces = samples(200)
    read = {"shapes": np.clip(faces.shapes * 0.5 + 0.2, 0, 1), "units": faces.units}
    torch.manual_seed(0)
    net = Normaliser()
    learn_correction(net, faces, read, NormaliserTraining(corrections=20_000), lambda _: None)
    truth = code_of(torch.as_tensor(faces.shapes), torch.as_tensor(faces.units))
    with torch.no_grad():
        found = net.code(torch.as_tensor(read["shapes"]), torch.as_tensor(read["units"]))
    before = code_of(torch.as_tensor(read["shapes"]), torch.as_tensor(read["units"]))
    assert (found - truth).square().mean() < 0.7 * (before - truth).square().mean()


def test_gradients_reach_readings_through_renderer_and_encoder() -> None:
    from mien_models.normaliser.frozen import FrozenEncoder

    torch.manual_seed(0)
    net, critic = Normaliser().eval(), FrozenEncoder()
    with torch.no_grad():
        rng = np.random.default_rng(0)
        net.renderer.fit(rng.integers(0, 255, (100, PICTURE, PICTURE, 3)).astype(np.uint8))
    shapes = torch.full((2, SHAPES), 0.3, requires_grad=True)
    read = critic(net(shapes, torch.ones(2, UNITS)))
    read.units.sum().backward()
    assert shapes.grad is not None
    assert shapes.grad.abs().sum() > 0
    assert not any(p.requires_grad for p in critic.parameters())


def test_pictures_of_another_seed_or_that_are_damaged_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "canonical.npz"
    picture = np.zeros((2, PICTURE, PICTURE, 3), np.uint8)
    np.savez(path, picture=picture, shapes=np.zeros((2, SHAPES)), units=np.zeros((2, UNITS)), seed=3)
    assert len(pictures(path, 2, 3)) == 2
    with pytest.raises(ModelError, match="drawn with seed 3, not 4"):
        pictures(path, 2, 4)
    path.write_bytes(b"no archive")
    with pytest.raises(ModelError, match="delete it, and it is drawn again"):
        pictures(path, 2, 3)


def test_a_setting_that_cannot_be_is_named() -> None:
    with pytest.raises(ModelError, match="lr is 0, and must be above 0"):
        NormaliserTraining(lr=0)
