"""Fits of renders whose truth is known, and of a photograph."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")
pytest.importorskip("numba", reason="numba is not installed; it draws")

import torch

from mien.cli.__main__ import main
from mien_models.fit import noise, parameters as p
from mien_models.fit.descent import LandmarkFit, view_of
from mien_models.fit.guess import Guess
from mien_models.fit.picture import Picture
from mien_models.fit.projection import Projection, View, posed, rotations
from mien_models.fit.result import pose_of
from mien_models.head.model.head import Head
from mien_models.head.model.identity import Identity
from mien_models.head.model.landmarks import Landmarks
from mien_models.head.render.regions import project
from mien_models.head.render.setting import Camera

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def head() -> Head:
    return Head.load()


def a_face(head: Head) -> tuple[np.ndarray, np.ndarray, Picture, Camera]:
    """Parameters of a person and of a picture, the picture with true landmarks, and its camera."""
    rng = np.random.default_rng(3)
    person = np.append(0.4, Identity.sample(rng).code)
    own, _ = p.unknown_picture()
    own[p.TURN] = 0.15, -0.3, 0.02
    own[p.EYES] = 0.1, -0.05, 0.12, -0.05
    own[p.EXPRESSION] = 0
    own[p.EXPRESSION][[p.MOVING.index("jawOpen"), p.MOVING.index("mouthSmileLeft")]] = 0.5, 0.7
    blank = Picture(
        crop=np.zeros((112, 112, 3), np.uint8),
        points=np.zeros((478, 3)),
        centre=np.array([0.4, 0.5]),
        focal=None,
        level=0.3,
    )
    scale, distance = np.exp(own[p.SIZE]), np.exp(own[p.DISTANCE])
    focal = scale * distance
    return person, own, blank, Camera(1, 1, focal, focal, 0.4, 0.5)


def test_landmarks_are_where_the_head_in_numpy_has_them(head: Head) -> None:
    person, own, picture, camera = a_face(head)
    pose = posed(torch.tensor(own[None]), view_of([picture])).pose[0].numpy()
    brows = p.inner_brows(own)
    vertices = head.vertices(person[1:], p.shapes(own), own[p.EYES].reshape(2, 2), pose, None, brows, 0.4)
    expected = project(Landmarks()(vertices), camera)[:, :2]
    found = Projection(head.data)(torch.tensor(person[None]), torch.tensor(own[None]), view_of([picture]))
    np.testing.assert_allclose(found[0].numpy(), expected, atol=1e-5)
    np.testing.assert_allclose(picture.to_crop(pose_of(picture, own)), pose, atol=1e-6)


def test_derivatives_are_those_of_small_changes(head: Head) -> None:
    person, own, picture, _ = a_face(head)
    fit = LandmarkFit(Projection(head.data), [picture], Guess.none(1), np.ones((1, 478)))
    values = np.concatenate([person, own])
    _, hessian = fit.normal(values) if fit.linearise(values) is None else (None, None)
    gradient, _ = fit.normal(values)
    rng = np.random.default_rng(0)
    for at in rng.choice(len(values), 6, replace=False):
        step = np.zeros(len(values))
        step[at] = 1e-5 * fit.sd[at]
        change = (fit.cost(values + step) - fit.cost(values - step)) / 2e-5
        assert gradient[at] == pytest.approx(change, rel=1e-3, abs=1e-2 * np.abs(gradient).max())
    assert (np.linalg.eigvalsh(hessian) > 0).all()


def test_true_landmarks_give_back_pose_and_expression(head: Head) -> None:
    person, own, picture, _ = a_face(head)
    project_ = Projection(head.data, torch.float32)
    view = View(torch.tensor(picture.centre[None], dtype=torch.float32), torch.zeros(1))
    there = project_(torch.tensor(person[None]).float(), torch.tensor(own[None]).float(), view)[0].numpy()
    points = np.concatenate([there + noise.load()[0].reshape(478, 2), np.zeros((478, 1))], 1)
    seen = Picture(crop=picture.crop, points=points, centre=picture.centre, focal=None, level=0.0)
    fit = LandmarkFit(project_, [seen], Guess.none(1), np.ones((1, 478)))
    _, (found,) = fit.split(fit.run(25))
    turn = np.linalg.norm(p.turn_of(p.rotation(found[p.TURN]) @ p.rotation(own[p.TURN]).T @ p.rotation(np.zeros(3))))
    assert np.degrees(turn) < 2.5
    shown = dict(zip((*p.MOVING, *p.BROWS), found[p.EXPRESSION], strict=True))
    assert shown["jawOpen"] == pytest.approx(0.5, abs=0.15)
    assert shown["mouthSmileLeft"] > shown["mouthSmileRight"] + 0.3


def test_rotations_of_torch_and_numpy_agree() -> None:
    turns = np.random.default_rng(0).normal(0, 1, (5, 3))
    found = rotations(torch.tensor(turns)).numpy()
    expected = [p.rotation(turn) @ p.rotation(np.zeros(3)).T for turn in turns]
    np.testing.assert_allclose(found, expected, atol=1e-9)


def test_a_photograph_is_fitted_by_the_command(sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    nobody = tmp_path / "nobody.png"
    nobody.write_bytes(__import__("cv2").imencode(".png", np.zeros((80, 80, 3), np.uint8))[1].tobytes())
    out = tmp_path / "out"
    assert main(["fit", str(sample("multi_face")), str(broken), str(nobody), "--out", str(out), "--steps", "4"]) == 0
    (line,) = (out / "fits.jsonl").read_text("utf-8").splitlines()
    values = json.loads(line)
    assert set(values) >= {"pose", "gaze", "au", "blendshapes", "identity", "residual"}
    assert 0.2 < values["pose"][2][3] < 8
    assert np.linalg.norm(values["light"]["towards"]) == pytest.approx(1, abs=0.01)
    assert 0 < values["residual"]["mouth"]["landmarks"] < 0.2
    assert values["residual"]["mouth"]["pixels"] is None or 0 <= values["residual"]["mouth"]["pixels"] < 1
    assert (out / "fits.png").read_bytes().startswith(b"\x89PNG")
    said = capsys.readouterr().err
    assert "broken.png" in said
    assert "nobody.png: no face" in said


def test_misuse_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["fit", str(tmp_path / "missing.png"), "--out", str(tmp_path), "--quick"]) == 2
    assert "missing.png: no such file" in capsys.readouterr().err
    monkeypatch.setattr("mien_models.fit.run.find_spec", lambda name: None)
    assert main(["fit", str(tmp_path), "--out", str(tmp_path / "o")]) == 1
    assert "pip install 'mien[train]'" in capsys.readouterr().err
