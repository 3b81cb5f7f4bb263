"""Exported networks in onnxruntime, against the same networks in torch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray

torch = pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models.nets.config import CnnConfig, EncoderConfig, NeutralConfig  # noqa: E402
from mien_models.nets.encoder import Encoder, MirrorEnsemble, grey, normalise  # noqa: E402
from mien_models.nets.export import ENCODER_OUTPUTS, NEUTRAL_OUTPUTS, Calibration, export, halved  # noqa: E402
from mien_models.nets.neutral import NeutralDifference  # noqa: E402
from mien_models.nets.sides import MIRRORED_SHAPES, mirror_points  # noqa: E402
from mien_models.nets.space import bounded, placed  # noqa: E402
from mien_models.spaces.arkit import BLENDSHAPES  # noqa: E402
from mien_models.spaces.facs import AUS  # noqa: E402

TINY = EncoderConfig(trunk=CnnConfig(widths=(8, 16, 24), depths=(1, 1, 1)), code=32, landmarks=16, local=8)
# Without operators that TensorRT 8.6 to 11 do not have, or have with limits that are easily met.
PLAIN = {
    "Abs", "Add", "And", "AveragePool", "Cast", "Clip", "Concat", "Constant", "Conv", "Div", "Exp", "Expand",
    "Flatten", "Gemm", "Greater", "Identity", "Less", "Log", "MatMul", "Mul", "Not", "ReduceL2", "ReduceMean",
    "ReduceMin", "ReduceSum", "Relu", "Reshape", "Shape", "Sigmoid", "Slice", "Softmax", "Sqrt", "Squeeze", "Sub",
    "Tanh", "Transpose", "Unsqueeze", "Where", "Gather",
}  # fmt: skip


class Runner:
    """An ONNX file on one thread."""

    def __init__(self, path: Path) -> None:
        self._session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        self.names = [o.name for o in self._session.get_outputs()]

    def __call__(self, **values: NDArray[Any]) -> dict[str, NDArray[Any]]:
        return dict(zip(self.names, self._session.run(None, values), strict=True))


def randomised(net: Any) -> Any:
    """Statistics and tokens that a training would leave, instead of zeros and ones."""
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for p in net.parameters():
            p.add_(0.05 * torch.randn(p.shape, generator=generator))
        for name, b in net.named_buffers():
            if name.endswith(("running_mean", "centre")):
                b.add_(0.2 * torch.randn(b.shape, generator=generator))
            if name.endswith(("running_var", "spread")):
                b.mul_(0.5 + torch.rand(b.shape, generator=generator))
    return net.eval()


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    torch.manual_seed(0)
    net = randomised(Encoder(TINY))
    path = tmp_path_factory.mktemp("onnx") / "encoder.onnx"
    export(net, path)
    return net, path


def faces(count: int) -> dict[str, NDArray[Any]]:
    rng = np.random.default_rng(4)
    return {
        "image": rng.integers(0, 256, (count, 112, 112, 3)).astype(np.uint8),
        "landmarks": rng.normal(0, 1, (count, 478, 2)).astype(np.float32),
        "present": np.ones((count, 2), np.float32),
    }


def test_it_reads_what_torch_reads(encoder: tuple[Any, Path]) -> None:
    net, path = encoder
    values = faces(3)
    with torch.no_grad():
        pictures = normalise(grey(torch.as_tensor(values["image"])), TINY.window)
        truth = net(pictures, torch.as_tensor(values["landmarks"]), torch.ones(3, 2, dtype=torch.bool))
    read = Runner(path)(**values)
    assert tuple(read) == ENCODER_OUTPUTS
    expected = {
        "shapes": truth.shapes.clamp(0, 1),
        "shapes_sd": truth.log_sd[:, : len(BLENDSHAPES)].exp(),
        "units": 5 * truth.units.clamp(0, 1),
        "units_sd": 5 * truth.log_sd[:, len(BLENDSHAPES) :].exp(),
        "presence": truth.presence.sigmoid(),
        "emotion": truth.emotion.softmax(1),
        "affect": truth.affect,
        "embedding": truth.embedding,
    }
    for name, value in expected.items():
        # float16 has 11 bits; the weights were rounded to it, the sums were not.
        np.testing.assert_allclose(read[name], value.numpy(), atol=0.02, rtol=0.01, err_msg=name)


def test_the_embedding_can_be_a_map_of_the_shapes(encoder: tuple[Any, Path], tmp_path: Path) -> None:
    net, _ = encoder
    space = np.random.default_rng(2).normal(0, 0.3, (2 * len(BLENDSHAPES), 31)).astype(np.float32)
    export(net, tmp_path / "mapped.onnx", replace(Calibration.none(), space=space))
    read = Runner(tmp_path / "mapped.onnx")(**faces(3))
    expected = placed(torch.as_tensor(read["shapes"]), torch.as_tensor(space)).numpy()
    np.testing.assert_allclose(read["embedding"], expected, atol=2e-3)
    np.testing.assert_allclose(np.linalg.norm(read["embedding"], axis=1), 1, atol=1e-5)


def test_one_face_reads_the_same_alone_and_in_a_batch(encoder: tuple[Any, Path]) -> None:
    run, values = Runner(encoder[1]), faces(4)
    together = run(**values)
    alone = run(**{name: value[2:3] for name, value in values.items()})
    for name in ENCODER_OUTPUTS:
        np.testing.assert_allclose(together[name][2:3], alone[name], atol=1e-5, err_msg=name)


@pytest.mark.parametrize("broken", [np.nan, np.inf, 1e12])
def test_landmarks_that_are_no_numbers_count_as_missing(encoder: tuple[Any, Path], broken: float) -> None:
    run, values = Runner(encoder[1]), faces(2)
    values["landmarks"][0, 17, 1] = broken
    read = run(**values)
    values["present"][0, 1] = 0
    said = run(**values)
    for name in ENCODER_OUTPUTS:
        assert np.isfinite(read[name]).all()
        np.testing.assert_allclose(read[name], said[name], atol=1e-6)


def test_numbers_are_in_their_ranges_whatever_comes(encoder: tuple[Any, Path]) -> None:
    values = faces(3)
    values["image"][1] = 0
    values["landmarks"][2] = np.nan
    values["present"][2] = 0
    read = Runner(encoder[1])(**values)
    for name, top in (("shapes", 1), ("units", 5), ("presence", 1), ("emotion", 1)):
        assert (read[name] >= 0).all()
        assert (read[name] <= top).all(), name
    np.testing.assert_allclose(read["emotion"].sum(1), 1, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(read["embedding"], axis=1), 1, atol=1e-5)
    assert (np.abs(read["affect"]) <= 1).all()
    assert (read["shapes_sd"] > 0).all()


def test_certainty_is_calibrated_by_itself(encoder: tuple[Any, Path], tmp_path: Path) -> None:
    net, path = encoder
    count = len(BLENDSHAPES) + len(AUS)
    most = np.full(count, np.inf, np.float32)
    most[len(BLENDSHAPES) :] = 0.5
    as_it_is = Calibration.none()
    odds = np.zeros(8, np.float32)
    odds[0] = -3
    doubt = replace(
        as_it_is,
        sd=np.full(count, 3, np.float32),
        most=most,
        presence=np.full(len(AUS), 0.5, np.float32),
        lean=np.full(len(AUS), 0.7, np.float32),
        emotion=4.0,
        odds=odds,
    )
    export(net, tmp_path / "doubt.onnx", doubt)
    sure, unsure = Runner(path)(**faces(2)), Runner(tmp_path / "doubt.onnx")(**faces(2))
    for name in ("shapes", "units", "affect", "embedding"):
        np.testing.assert_allclose(unsure[name], sure[name], atol=1e-6)
    np.testing.assert_allclose(unsure["shapes_sd"], 3 * sure["shapes_sd"], rtol=1e-4)
    bounded = (1 / (3 * sure["units_sd"]) ** 2 + 1 / 2.5**2) ** -0.5
    np.testing.assert_allclose(unsure["units_sd"], bounded, rtol=1e-4)

    def logit(p: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(np.log(p / (1 - p)))

    np.testing.assert_allclose(logit(unsure["presence"]), logit(sure["presence"]) / 2 + 0.7, atol=1e-3)
    moved = np.log(unsure["emotion"]) - np.log(sure["emotion"]) / 4
    np.testing.assert_allclose(moved[:, 0] - moved[:, 1], -3, atol=1e-3)
    np.testing.assert_allclose(moved[:, 1:] - moved[:, 1:2], 0, atol=1e-3)


def test_readings_are_stretched_within_their_range(encoder: tuple[Any, Path], tmp_path: Path) -> None:
    net, path = encoder
    values = faces(4)
    with torch.no_grad():
        pictures = normalise(grey(torch.as_tensor(values["image"])), TINY.window)
        raw = net(pictures, torch.as_tensor(values["landmarks"]), torch.ones(4, 2, dtype=torch.bool))
    one = np.ones(len(BLENDSHAPES) + len(AUS), np.float32)
    export(net, tmp_path / "wide.onnx", replace(Calibration.none(), gain=1.5 * one, shift=-0.1 * one))
    plain, wide = Runner(path)(**values), Runner(tmp_path / "wide.onnx")(**values)
    for name, top, said in (("shapes", 1.0, raw.shapes), ("units", 5.0, raw.units)):
        np.testing.assert_allclose(wide[name], top * bounded(1.5 * said - 0.1), atol=0.01 * top)
        assert wide[name].min() > 0
    np.testing.assert_array_equal(wide["units_sd"], plain["units_sd"])


def test_an_encoder_that_looks_twice_is_one_file_of_plain_steps(encoder: tuple[Any, Path], tmp_path: Path) -> None:
    net, _ = encoder
    export(MirrorEnsemble(net), tmp_path / "twice.onnx")
    assert {node.op_type for node in onnx.load(tmp_path / "twice.onnx").graph.node} <= PLAIN
    twice = Runner(tmp_path / "twice.onnx")
    for count in (1, 3):
        values = faces(count)
        other = {
            "image": values["image"][:, :, ::-1].copy(),
            "landmarks": mirror_points(values["landmarks"]),
            "present": values["present"],
        }
        read = twice(**values)
        with torch.no_grad():
            points = torch.as_tensor(values["landmarks"])
            pictures = normalise(grey(torch.as_tensor(values["image"])), net.config.window)
            wanted = MirrorEnsemble(net)(pictures, points, torch.ones(count, 2, dtype=torch.bool))
        np.testing.assert_allclose(read["shapes"], bounded(wanted.shapes).numpy(), atol=2e-3)
        np.testing.assert_allclose(twice(**other)["shapes"][:, MIRRORED_SHAPES], read["shapes"], atol=2e-3)
        np.testing.assert_allclose(read["embedding"], wanted.embedding.numpy(), atol=2e-3)


def test_the_file_is_small_and_plain(encoder: tuple[Any, Path]) -> None:
    net, path = encoder
    model = onnx.load(path)
    assert model.opset_import[0].version == 17
    assert {node.op_type for node in model.graph.node} <= PLAIN
    assert path.stat().st_size < 2.5 * sum(p.numel() for p in net.parameters()) + 60_000


def test_neutral_difference_doubts_what_is_no_number(tmp_path: Path) -> None:
    torch.manual_seed(0)
    net = randomised(NeutralDifference(NeutralConfig(width=16)))
    export(net, tmp_path / "n.onnx")
    difference = np.random.default_rng(0).normal(0, 0.1, (2, 478, 2)).astype(np.float32)
    difference[1, 3] = np.nan
    read = Runner(tmp_path / "n.onnx")(difference=difference)
    assert tuple(read) == NEUTRAL_OUTPUTS
    with torch.no_grad():
        truth = net(torch.as_tensor(difference[:1]))
    np.testing.assert_allclose(read["shapes"][:1], truth.shapes.clamp(0, 1).numpy(), atol=0.02)
    assert np.isfinite(read["units"]).all()
    assert (read["shapes_sd"][1] >= 1).all()
    assert (read["presence"][1] == 0).all()


def test_halving_keeps_small_and_whole_numbers() -> None:
    large, small = np.full((8, 16), 0.1, np.float32), np.full(4, 0.1, np.float32)
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("Identity", ["large"], ["out"])],
        "g",
        [],
        [onnx.helper.make_tensor_value_info("out", onnx.TensorProto.FLOAT, (8, 16))],
        [onnx.numpy_helper.from_array(large, "large"), onnx.numpy_helper.from_array(small, "small")],
    )
    opset = [onnx.helper.make_opsetid("", 17)]
    model = halved(onnx.helper.make_model(graph, opset_imports=opset, ir_version=8))
    kept = {t.name: onnx.numpy_helper.to_array(t) for t in model.graph.initializer}
    assert kept["small"].dtype == np.float32
    assert kept["large.half"].dtype == np.float16
    run = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run
    np.testing.assert_array_equal(run(None, {})[0], large.astype(np.float16).astype(np.float32))
