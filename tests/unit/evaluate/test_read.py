"""What networks say of faces, whichever network it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from mien_models import FakeSession, ModelError
from mien_models.evaluate.read import encode, mediapipe, open_model, read_difference, units_of
from mien_models.head.model.action_units import weights_by_name
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS, INDEX

from . import people


def test_an_encoder_sees_crops_canonical_landmarks_and_what_it_may_use() -> None:
    session, faces = people.constant(), people.faces(people=2, each=20)
    encode(session, faces.crop, faces.landmarks, use=(False, True))
    assert sum(len(call["image"]) for call in session.calls) == 40
    call = session.calls[0]
    assert call["image"].dtype == np.uint8
    assert call["landmarks"].shape[1:] == (478, 2)
    assert np.abs(call["landmarks"]).max() < 5  # distances of the eyes, not pixels
    assert (call["present"] == (0, 1)).all()


def test_landmarks_that_are_not_known_are_not_used() -> None:
    session, faces = people.constant(), people.faces(people=2, each=2)
    faces.landmarks[1] = np.nan
    encode(session, faces.crop, faces.landmarks)
    assert session.calls[0]["present"].tolist() == [[1, 1], [1, 0], [1, 1], [1, 1]]


def test_what_a_network_does_not_say_is_not_a_number() -> None:
    faces = people.faces(people=2, each=2)
    session = FakeSession(lambda inputs: {"shapes": np.ones((len(inputs["image"]), 52), np.float32)})
    read = encode(session, faces.crop, faces.landmarks)
    assert (read.shapes == 1).all()
    assert np.isnan(read.units).all()
    assert read.presence.shape == (4, len(AUS))
    assert np.isnan(read.embedding).all()


@pytest.mark.parametrize(("name", "size", "said"), [("units", 7, r"units \(7,\)"), ("points", 3, "no shapes")])
def test_another_network_is_no_encoder(name: str, size: int, said: str) -> None:
    faces = people.faces(people=2, each=2)
    session = FakeSession(lambda inputs: {name: np.zeros((len(inputs["image"]), size), np.float32)}, "other")
    with pytest.raises(ModelError, match=f"other gives {said}.* no expression encoder"):
        encode(session, faces.crop, faces.landmarks)


def test_scores_of_mediapipe_go_to_the_shapes_of_their_names() -> None:
    scores = np.random.default_rng(0).random((3, 51)).astype(np.float32)
    read = mediapipe(FakeSession([{"blendshapes": scores}]), people.landmarks(3))
    np.testing.assert_array_equal(read.shapes[:, :51], scores)
    assert np.isnan(read.shapes[:, BLENDSHAPES.index("tongueOut")]).all()


@pytest.mark.parametrize("unit", ["AU2L", "AU4R", "AU12", "AU17", "AU24", "AU27", "AU28", "AU43L"])
def test_units_are_read_back_from_the_shapes_they_make(unit: str) -> None:
    weights = weights_by_name({unit: 3.0})
    read = units_of([weights.get(name, 0.0) for name in BLENDSHAPES])
    labels = [label for label in (unit, f"{unit}L", f"{unit}R") if label in INDEX]
    assert [read[INDEX[label]] for label in labels] == pytest.approx([3.0] * len(labels))


def test_what_arkit_has_no_shape_for_is_not_read() -> None:
    read = units_of(np.ones(52))
    assert [AUS[i] for i in np.flatnonzero(np.isnan(read))] == ["AU23", "AU25"]
    assert np.nanmax(read) == 5


def test_the_difference_to_rest_is_what_a_difference_network_gets() -> None:
    faces = people.faces(people=2, each=2)
    session = FakeSession(lambda inputs: {"shapes": np.zeros((len(inputs["difference"]), 52), np.float32)})
    from mien_models.alignment import canonical

    rest = canonical(faces.landmarks)
    read_difference(session, faces.landmarks, rest)
    assert (session.calls[0]["difference"] == 0).all()


def test_an_onnx_file_is_a_network(tmp_path: Path) -> None:
    value = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 2])
    result = helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", 2])
    graph = helper.make_graph([helper.make_node("Neg", ["x"], ["y"])], "negative", [value], [result])
    path = tmp_path / "negative.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(path))
    session = open_model(str(path))
    assert session({"x": np.ones((3, 2), np.float32)})["y"].tolist() == [[-1, -1]] * 3
    assert "negative.onnx" in str(session.info)
    with pytest.raises(ModelError, match=r"negative.onnx takes x"):
        session({"z": np.ones((3, 2), np.float32)})


def test_a_file_that_is_not_there_or_not_onnx_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no file .*gone.onnx"):
        open_model(str(tmp_path / "gone.onnx"))
    (tmp_path / "text.onnx").write_text("no network")
    with pytest.raises(ModelError, match=r"cannot load .*text.onnx"):
        open_model(str(tmp_path / "text.onnx"))
