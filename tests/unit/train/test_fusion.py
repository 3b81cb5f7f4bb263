"""The network that fuses, and its recipe: on people who take a moment to make up."""

from __future__ import annotations

import json
import wave
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

import torch
from tests.unit.datasets import trees
from tests.unit.fusion.test_streams import track

from mien_models.datasets import SetError, aff_wild2_films
from mien_models.errors import ModelError
from mien_models.fusion import streams
from mien_models.nets.fusion import INPUTS, Fusion, FusionNet, blank, ready
from mien_models.spaces import facs
from mien_models.train import fusion, lessons
from mien_models.train.__main__ import main
from mien_models.train.config import FusionTraining
from mien_models.train.lessons import Lesson


def filled(rows: int = 3) -> list[Any]:
    """Random inputs with everything there."""
    generator = torch.Generator().manual_seed(0)
    inputs = [torch.rand(x.shape, generator=generator) for x in blank(rows)]
    inputs[-1] = torch.ones_like(inputs[-1])
    return inputs


def net(**settings: Any) -> Fusion:
    torch.manual_seed(0)
    return Fusion(FusionNet(**settings)).eval()


def test_the_gradient_reaches_every_stream_and_every_step() -> None:
    inputs = [x.requires_grad_() for x in filled()]
    sum(out.square().sum() for out in net()(*inputs)).backward()
    for name, x in zip(INPUTS, inputs, strict=True):
        steps = x.grad.abs().sum(dim=tuple(d for d in range(x.dim()) if d != 1))
        assert (steps > 0).all() if x.dim() == 3 else steps.sum() > 0, name


def test_each_stream_says_something_and_none_does_once_it_is_missing() -> None:
    given, full = net(), filled()
    whole = given(*full)[2]
    for i, name in enumerate(INPUTS[1:4]):
        missing = [x.clone() for x in full]
        missing[-1][..., i] = 0
        without = given(*missing)[2]
        assert (without - whole).abs().max() > 1e-4, name
        missing[i + 1] += 5  # what is marked as missing is not looked at
        torch.testing.assert_close(given(*missing)[2], without)
    nothing = ready(given)(*blank())
    assert all(torch.isfinite(out).all() for out in nothing)
    assert float(nothing[2].detach().sum()) == pytest.approx(1)


def test_a_step_sees_no_later_one_but_for_the_centred_network() -> None:
    for centred in (False, True):
        given, full = net(centred=centred), filled(1)
        stream = given.streams[1]
        memory = torch.zeros(1, 4, 32)
        seen: list[Any] = []
        stream.norm.register_forward_hook(lambda _, __, out, seen=seen: seen.append(out))
        for last in (0.0, 5.0):
            x = full[2].clone()
            x[:, -1] += last
            stream(x, full[4][..., 1], memory, given.reach)
        moved = (seen[0] - seen[1]).abs().amax(dim=2)[0]
        assert moved[-1] > 1e-3
        assert (bool((moved[:-1] > 1e-6).any())) == centred


def lesson(seed: int) -> Lesson:
    """A person whose arousal is the mean of the first number of the voice, and whose category is of the face."""
    given = track(seed, 3.0)
    rng = np.random.default_rng(seed)
    loud = float(rng.uniform())
    given.voices[:, 0] = loud
    n, kind = len(given.face_s), seed % 8
    given.faces[:, :52] *= 0.3
    given.faces[:, :8] = np.eye(8)[kind]
    units = given.faces[:, 52 : 52 + len(facs.AUS)] * 5
    affect = np.stack([np.linspace(-1, 1, n), np.full(n, 2 * loud - 1)], axis=1)
    return Lesson(given, units, (units >= 1) * 1.0, np.tile(np.eye(8)[kind], (n, 1)), affect.astype(np.float32))


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> None:
    def make(count: int, seed: int, voices: list[str], advance: Any) -> list[Lesson]:
        return [lesson(1000 * seed + i) for i in range(count)]

    monkeypatch.setattr(lessons, "actors", make)


QUICK = ("--set", "batch=64", "--set", "validate_on=100", "--set", "validate_every=100000")


def test_the_recipe_learns_from_each_stream_and_leaves_a_network(people: None, tmp_path: Path) -> None:
    assert main(["fusion", "--data", "actor:80", "--out", str(tmp_path), *QUICK, "--set", "samples=5120"]) == 0
    scores = json.loads((tmp_path / "report.json").read_text())["scores"]
    assert scores["all"]["emotion"] > 0.35 > 0.25 > scores["words"]["emotion"]  # of eight
    assert scores["voice"]["arousal"] > 0.5 > 0.2 > scores["face"]["arousal"]
    session = onnxruntime.InferenceSession(str(tmp_path / "fusion.onnx"), providers=["CPUExecutionProvider"])
    assert [i.name for i in session.get_inputs()] == list(INPUTS)
    told = session.run(None, {n: x.numpy() for n, x in zip(INPUTS, filled(2), strict=True)})
    assert [t.shape for t in told] == [(2, len(facs.AUS)), (2, len(facs.AUS)), (2, 8), (2, 2)]


def test_one_head_alone_leaves_the_others_as_they_were(people: None) -> None:
    data = [lesson(i) for i in range(6)]
    task = fusion.FusionTask(FusionTraining(heads="affect", validate_on=20, batch=8), data, data)
    _, batch = next(task.batches(0, 1))
    parts = task.step(0, batch)
    assert set(parts) == {"affect"}
    sum(parts.values()).backward()
    assert task.net.heads[2].weight.grad is None
    assert task.net.heads[3].weight.grad.abs().sum() > 0


def test_a_batch_depends_on_its_number_alone(people: None) -> None:
    data = [lesson(i) for i in range(6)]
    tasks = [fusion.FusionTask(FusionTraining(validate_on=20, batch=8), data, data) for _ in range(2)]
    list(tasks[0].batches(0, 3))
    (_, (one, _)), (_, (other, _)) = (next(task.batches(3, 4)) for task in tasks)
    np.testing.assert_array_equal(one.prosody, other.prosody)


def aff_wild2(root: Path) -> Path:
    """The films of `trees`, with sound for one and words for the other."""
    trees.aff_wild2(root)
    (root / "audio").mkdir()
    with wave.open(str(root / "audio/9.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        t = np.arange(3200)  # 0.2 s, of four frames
        file.writeframes((8000 * np.sin(t / 20)).astype("<i2").tobytes())
    (root / "words").mkdir()
    (root / "words/1-2.csv").write_text("0.05,hello\n0.0,oh\n")
    return root


def test_films_of_aff_wild2_have_all_labels_sound_and_words(tmp_path: Path) -> None:
    first, second = aff_wild2_films(aff_wild2(tmp_path))
    assert (first.name, first.part, second.name, second.part) == ("1-2", "train", "9_left", "val")
    assert first.presence[:2, 0].tolist() == [1, 0]
    assert np.isnan(first.label[2])
    assert first.label[1] == 1
    assert first.affect[0].tolist() == [0.5, -0.25]
    assert (first.sound, first.rate_hz) == (None, 30.0)
    assert first.words == ((0.0, "oh"), (0.05, "hello"))
    assert second.sound is not None, "the voice of a film is that of both halves of the picture"
    assert second.rate_hz == pytest.approx(20)

    def read(film: Any) -> tuple[np.ndarray, np.ndarray]:
        return (np.array(sorted(film.pictures)) - 1) / film.rate_hz, np.zeros((3, streams.FACE), np.float32)

    class Voice:
        def whole(self, samples: np.ndarray) -> list[Any]:
            assert len(samples) == 3200
            return []

    taught = lessons.of_film(second, read, Voice())  # type: ignore[arg-type]
    assert taught.presence[0, facs.INDEX["AU1L"]] == taught.presence[0, facs.INDEX["AU1R"]] == 1
    assert np.isnan(taught.presence[:, facs.INDEX["AU9L"]]).all(), "a unit that the set does not code"
    assert np.isnan(taught.units).all()
    assert np.isnan(taught.emotion[1]).all(), "frame 3 has no label"
    assert np.isnan(taught.emotion[2]).all(), "`other` is none of the eight"
    assert taught.emotion[0].argmax() == 5


def test_a_broken_line_of_words_is_named(tmp_path: Path) -> None:
    (aff_wild2(tmp_path) / "words/1-2.csv").write_text("now,hello\n")
    with pytest.raises(SetError, match=r"1-2\.csv: 'now,hello' is not a start"):
        aff_wild2_films(tmp_path)


@pytest.mark.parametrize(("data", "match"), [(["actor:3"], "from 10 on"), (["actor", "x"], "speaks alone")])
def test_data_that_do_not_fit_are_named(data: list[str], match: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=match):
        fusion.run(FusionTraining(), data, tmp_path)
