"""The animator: rest gives rest, codes are data, and the export computes the same for any number of targets."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from mien_models.errors import ModelError
from mien_models.nets.animator import INPUTS, Animator, Codes, export_animator, restore_animator


def code(count: int, seed: int = 1) -> tuple[torch.Tensor, ...]:
    torch.manual_seed(seed)
    return torch.randn(16), torch.randn(count, 32), torch.rand(count, 52), torch.rand(count)


def test_a_face_at_rest_gives_the_rest_of_the_avatar() -> None:
    torch.manual_seed(0)
    style, queries, start, rest = code(7)
    torch.testing.assert_close(Animator()(torch.zeros(2, 52), style, queries, start, rest), rest.expand(2, 7))


def test_the_style_changes_what_a_face_gives() -> None:
    torch.manual_seed(0)
    net, (style, queries, start, rest) = Animator(), code(7)
    faces = torch.rand(3, 52)
    one = net.free(faces, style, queries, start, rest)
    other = net.free(faces, -style, queries, start, rest)
    assert (one - other).abs().max() > 1e-2


@pytest.mark.parametrize("count", [1, 10, 70])
def test_the_export_computes_the_same(tmp_path: Path, count: int) -> None:
    torch.manual_seed(0)
    net, values = Animator().eval(), code(count)
    export_animator(net, tmp_path / "a.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "a.onnx"), providers=["CPUExecutionProvider"])
    faces = torch.rand(5, 52)
    inputs = [faces, *(v[None] for v in values)]
    fed = {name: value.numpy() for name, value in zip(INPUTS, inputs, strict=True)}
    (shares,) = session.run(["shares"], fed)
    assert shares.shape == (5, count)
    np.testing.assert_allclose(shares, net(faces, *values).detach().numpy(), atol=0.02)  # weights are float16


def test_the_weights_come_back_from_the_export(tmp_path: Path) -> None:
    torch.manual_seed(0)
    net = Animator().eval()
    export_animator(net, tmp_path / "a.onnx")
    back = restore_animator(tmp_path / "a.onnx")
    faces, values = torch.rand(4, 52), code(9)
    torch.testing.assert_close(back.free(faces, *values), net.free(faces, *values), atol=0.02, rtol=0.02)
    (tmp_path / "b.onnx").write_bytes(b"no network")
    with pytest.raises(ModelError, match=r"b\.onnx cannot be read"):
        restore_animator(tmp_path / "b.onnx")


def test_codes_begin_with_the_table() -> None:
    codes = Codes(np.eye(52, dtype=np.float32), Animator().config)
    assert codes.start.requires_grad
    np.testing.assert_array_equal(codes.start.detach().numpy(), np.eye(52))
