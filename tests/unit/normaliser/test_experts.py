"""Mixtures of experts: who is chosen, and what they may change."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import torch

from mien_models.normaliser.experts import CHOSEN, EXPERTS, READINGS, SHAPES, UNITS, Classifier, Mixture
from mien_models.normaliser.heads import HeadTraining, Truth, export, learn, validate
from mien_models.spaces.emotions import EMOTIONS

torch.set_num_threads(1)


def readings(count: int, seed: int = 0) -> np.ndarray:
    values = np.random.default_rng(seed).random((count, READINGS), np.float32)
    values[:, -8:] /= values[:, -8:].sum(1, keepdims=True)
    return values


def test_two_of_four_experts_make_each_output() -> None:
    torch.manual_seed(0)
    mixture = Mixture(5, 3, 8).eval()
    values = torch.randn(6, 5)
    shares = mixture.gate(values).softmax(1)
    least = shares.sort(1, descending=True).values[:, CHOSEN - 1]
    wanted = []
    for value, own, bound in zip(values, shares, least, strict=True):
        kept = [i for i in range(EXPERTS) if own[i] >= bound]
        assert len(kept) == CHOSEN
        total = sum(own[i] for i in kept)
        wanted.append(sum(own[i] / total * mixture.experts[i](value) for i in kept))
    torch.testing.assert_close(mixture(values), torch.stack(wanted))


def test_the_imbalance_is_zero_where_all_are_used_alike_and_largest_for_one_pair() -> None:
    mixture = Mixture(2, 1, 4)
    mixture.importance = torch.tensor([3.0, 3, 3, 3])
    assert float(mixture.imbalance()) == 0
    mixture.importance = torch.tensor([6.0, 6, 0, 0])
    assert float(mixture.imbalance()) == 1


def test_an_untrained_classifier_says_what_the_encoder_says() -> None:
    original = torch.as_tensor(readings(4))
    judged = Classifier().eval()(original, torch.as_tensor(readings(4, 1)))
    torch.testing.assert_close(judged.intensity, 5 * original[:, SHAPES : SHAPES + UNITS])
    presence = original[:, SHAPES + UNITS : SHAPES + 2 * UNITS]
    torch.testing.assert_close(judged.presence.sigmoid(), presence.clamp(1e-3, 1 - 1e-3))
    torch.testing.assert_close(judged.emotion.softmax(1), original[:, -8:], atol=0.01, rtol=0.1)


def test_it_learns_from_the_normalised_face_what_the_original_hides(tmp_path: Path) -> None:
    original, normalised = readings(300), readings(300, 1)
    units = 5 * normalised[:, SHAPES : SHAPES + UNITS]
    emotion = np.eye(len(EMOTIONS), dtype=np.float32)[np.zeros(300, int)]
    truth = Truth(units, emotion)
    torch.manual_seed(0)
    net = Classifier(width=32, code=64)
    before = validate(net.eval(), (original, normalised), truth)
    learn(net, (original, normalised), truth, HeadTraining(samples=12_000, batch=64, lr=5e-3), lambda _: None)
    after = validate(net, (original, normalised), truth)
    assert before["units_mae"] == before["units_mae_read"] == after["units_mae_read"]
    assert after["units_mae"] < 0.95 * before["units_mae"]
    assert after["least_used_expert"] > 0
    export(net, tmp_path / "norface.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "norface.onnx"), providers=["CPUExecutionProvider"])
    found = session.run(None, {"original": original[:3], "normalised": normalised[:3]})
    with torch.no_grad():
        own = net(torch.as_tensor(original[:3]), torch.as_tensor(normalised[:3]))
    np.testing.assert_allclose(found[0], own.intensity.numpy(), atol=0.05)
    np.testing.assert_allclose(found[2].sum(1), 1, atol=1e-3)
