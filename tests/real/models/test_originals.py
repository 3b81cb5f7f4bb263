"""Converted networks against the original runtime, on crops of real faces.

The tolerances are those of the cards.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from mien_models import ModelError, Registry, load_face_geometry, open_session
from mien_models.convert import Target
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.mediapipe import CATEGORIES

litert = pytest.importorskip("ai_edge_litert.interpreter", reason="the original runtime is not installed")

Array = NDArray[Any]
Run = Callable[[Array], dict[str, Array]]

pytestmark = pytest.mark.real
FRAMES = 12


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


@pytest.fixture(scope="module")
def had(registry: Registry) -> Callable[[str], str]:
    """A model's name, once it is on this machine; one that is optional may be missing."""

    def fetch(name: str) -> str:
        try:
            registry.path(name)
        except ModelError as error:
            if not registry[name].optional:
                raise
            pytest.skip(str(error))
        return name

    return fetch


@pytest.fixture(scope="module")
def frames(registry: Registry, had: Callable[[str], str]) -> list[Array]:
    """Real frames, RGB: one photograph and a clip, thinned out."""
    photograph = cv2.imread(str(registry.path(had("single_face"))))
    assert photograph is not None
    frames = [photograph]
    video = cv2.VideoCapture(str(registry.path(had("clip"))))
    step = int(video.get(cv2.CAP_PROP_FRAME_COUNT)) // FRAMES
    for index in range(FRAMES):
        video.set(cv2.CAP_PROP_POS_FRAMES, index * step)
        ok, frame = video.read()
        assert ok
        frames.append(frame)
    return [cv2.cvtColor(frame, cv2.COLOR_BGR2RGB) for frame in frames]


@pytest.fixture(scope="module")
def crops(frames: list[Array], had: Callable[[str], str]) -> list[Array]:
    """A level square of 256 px around the face of each frame."""
    detector = open_session(had("blazeface_short"), "cpu")
    return [level_crop(frame, detector) for frame in frames]


def level_crop(frame: Array, detector: Any) -> Array:
    """The crop that the best anchor of BlazeFace asks for."""
    height, width = frame.shape[:2]
    side = max(height, width)
    letterbox = np.array([[128 / side, 0, 64 - 64 * width / side], [0, 128 / side, 64 - 64 * height / side]])
    found = detector({"image": cv2.warpAffine(frame, letterbox, (128, 128), flags=cv2.INTER_AREA)[None]})
    best = int(found["scores"][0].argmax())
    assert found["scores"][0, best] > 0.5
    cells, index = (16, best // 2) if best < 512 else (8, (best - 512) // 6)
    anchor = (np.array([index % cells, index // cells]) + 0.5) * 128 / cells
    values = found["regressors"][0, best].reshape(8, 2)
    centre, size = values[0] + anchor, values[1]
    (right_x, right_y), (left_x, left_y) = values[2:4] + anchor
    angle = np.degrees(np.arctan2(left_y - right_y, left_x - right_x))
    scale = 256 / (1.5 * max(size) * side / 128)
    middle = (centre - letterbox[:, 2]) * side / 128
    turn = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), float(angle), float(scale))
    turn[:, 2] += 128 - middle
    return cv2.warpAffine(frame, turn, (256, 256))


def original(registry: Registry, name: str) -> Run:
    """The network as published, in the runtime it was published for."""
    (data,) = registry.originals(name).values()
    interpreter = litert.Interpreter(model_content=data, num_threads=1)
    interpreter.allocate_tensors()

    def run(x: Array) -> dict[str, Array]:
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], np.ascontiguousarray(x, np.float32))
        interpreter.invoke()
        return {item["name"]: interpreter.get_tensor(item["index"]) for item in interpreter.get_output_details()}

    return run


def converted(registry: Registry, name: str, target: Target) -> Run:
    """The network as converted, for either target, on the CPU."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(registry.path(name, target)), options, providers=["CPUExecutionProvider"]
    )
    names = [value.name for value in session.get_outputs()]
    (entry,) = session.get_inputs()
    return lambda x: dict(zip(names, session.run(names, {entry.name: x}), strict=True))


def logistic(x: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(x.astype(np.float64), -80, 80)))


targets = pytest.mark.parametrize("target", ["cpu", "gpu"])


@targets
def test_facemesh(registry: Registry, had: Callable[[str], str], crops: list[Array], target: Target) -> None:
    theirs, ours = original(registry, had("facemesh_v2")), converted(registry, "facemesh_v2", target)
    for crop in crops:
        expected, found = theirs(crop[None] / 255), ours(crop[None])
        np.testing.assert_allclose(found["landmarks"].ravel(), expected["Identity"].ravel(), atol=1e-3)
        np.testing.assert_allclose(found["presence"], logistic(expected["Identity_1"]).ravel(), atol=1e-4)
        np.testing.assert_allclose(found["tongue"], expected["Identity_2"].ravel(), atol=1e-4)
        assert found["presence"][0] > 0.5


@targets
def test_blendshapes(registry: Registry, had: Callable[[str], str], crops: list[Array], target: Target) -> None:
    mesh = open_session(had("facemesh_v2"), "cpu", registry=registry)
    theirs, ours = original(registry, had("blendshapes_v2")), converted(registry, "blendshapes_v2", target)
    recipe = registry["blendshapes_v2"].recipe
    assert recipe is not None
    landmarks = mesh({"image": np.stack(crops)})["landmarks"]
    found = ours(landmarks)["blendshapes"]
    for face, weights in zip(landmarks, found, strict=True):
        (expected,) = theirs(face[None, list(recipe.points), :2]).values()
        by_name = dict(zip(CATEGORIES, expected.ravel(), strict=True))
        np.testing.assert_allclose(weights, [by_name[name] for name in BLENDSHAPES if name != "tongueOut"], atol=1e-4)


DETECTORS = {
    "blazeface_short": (128, "regressors", "classificators", 2e-4),
    "blazeface_full": (192, "reshaped_regressor_face_4", "reshaped_classifier_face_4", 5e-4),
}


@targets
@pytest.mark.parametrize("name", DETECTORS)
def test_detectors(
    registry: Registry, had: Callable[[str], str], frames: list[Array], name: str, target: Target
) -> None:
    size, regressors, scores, tolerance = DETECTORS[name]
    theirs, ours = original(registry, had(name)), converted(registry, name, target)
    for frame in frames:
        image = cv2.resize(frame, (size, size), interpolation=cv2.INTER_AREA)[None]
        expected, found = theirs((image - 127.5) / 127.5), ours(image)
        np.testing.assert_allclose(found["regressors"], expected[regressors], atol=tolerance)
        np.testing.assert_allclose(found["scores"], logistic(expected[scores])[..., 0], atol=1e-5)


@targets
def test_iris(registry: Registry, had: Callable[[str], str], crops: list[Array], target: Target) -> None:
    theirs, ours = original(registry, had("iris")), converted(registry, "iris", target)
    for crop in crops:
        eye = cv2.resize(crop[70:130, 130:190], (64, 64))[None]
        expected, found = theirs(eye / 255), ours(eye)
        np.testing.assert_allclose(found["iris"].ravel(), expected["output_iris"].ravel(), atol=1e-3)
        contour = expected["output_eyes_contours_and_brows"]
        np.testing.assert_allclose(found["eye"].ravel(), contour.ravel(), atol=1e-3)


@targets
def test_yunet(registry: Registry, had: Callable[[str], str], target: Target) -> None:
    (data,) = registry.originals(had("yunet")).values()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    photograph = cv2.imread(str(registry.path(had("multi_face"))))
    assert photograph is not None
    image = np.zeros((640, 640, 3), np.uint8)
    image[:427] = cv2.resize(photograph, (640, 427), interpolation=cv2.INTER_AREA)
    names = [value.name for value in session.get_outputs()]
    floats = np.ascontiguousarray(image.transpose(2, 0, 1)[None], np.float32)
    parts = dict(zip(names, session.run(names, {"input": floats}), strict=True))
    cls, obj, boxes, points = (
        np.concatenate([parts[f"{head}_{stride}"] for stride in (8, 16, 32)], axis=1)
        for head in ("cls", "obj", "bbox", "kps")
    )
    found = converted(registry, "yunet", target)(np.ascontiguousarray(image[None, ..., ::-1]))
    np.testing.assert_allclose(found["scores"], np.sqrt(cls * obj)[..., 0], atol=1e-3)
    np.testing.assert_allclose(found["boxes"], boxes, atol=1e-4)
    np.testing.assert_allclose(found["points"], points, atol=1e-4)
    assert (found["scores"] > 0.6).sum() >= 5


def test_yunet_takes_any_multiple_of_32(had: Callable[[str], str], frames: list[Array]) -> None:
    session = open_session(had("yunet"), "cpu")
    image = cv2.resize(frames[0], (352, 288), interpolation=cv2.INTER_AREA)
    found = session({"image": np.stack([image, image])})
    cells = 44 * 36 + 22 * 18 + 11 * 9
    assert {name: value.shape for name, value in found.items()} == {
        "boxes": (2, cells, 4),
        "points": (2, cells, 10),
        "scores": (2, cells),
    }
    assert found["scores"].max() > 0.8


def test_a_batch_is_the_same_as_one_by_one(had: Callable[[str], str], crops: list[Array]) -> None:
    mesh, weights = open_session(had("facemesh_v2"), "cpu"), open_session(had("blendshapes_v2"), "cpu")
    images = np.stack(crops[:3])
    together = mesh({"image": images})
    shapes = weights({"landmarks": together["landmarks"]})["blendshapes"]
    for index in range(3):
        alone = mesh({"image": images[index : index + 1]})
        for name, value in alone.items():
            np.testing.assert_allclose(together[name][index : index + 1], value, atol=1e-4)
        one = weights({"landmarks": alone["landmarks"]})["blendshapes"]
        np.testing.assert_allclose(shapes[index : index + 1], one, atol=1e-5)


def test_the_canonical_face_looks_like_one(had: Callable[[str], str]) -> None:
    had("face_geometry")
    face = load_face_geometry()
    assert face.vertices.shape == (468, 3)
    assert face.triangles.max() == 467
    assert len(face.landmark_ids) == len(face.landmark_weights) == 33
    right_eye, left_eye, nose, chin, forehead = face.vertices[[33, 263, 1, 152, 10]]
    assert 8 < left_eye[0] - right_eye[0] < 10
    assert forehead[1] > nose[1] > chin[1]
    assert nose[2] > max(right_eye[2], chin[2])
    mirrored = face.vertices * [-1, 1, 1]
    gaps = np.linalg.norm(face.vertices[:, None] - mirrored[None], axis=2).min(axis=1)
    assert gaps.max() < 0.1


@pytest.mark.slow
@targets
def test_sface(registry: Registry, had: Callable[[str], str], crops: list[Array], target: Target) -> None:
    (data,) = registry.originals(had("sface")).values()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    ours = converted(registry, "sface", target)
    for crop in crops:
        image = cv2.resize(crop, (112, 112), interpolation=cv2.INTER_AREA)[None]
        floats = np.ascontiguousarray(image.transpose(0, 3, 1, 2), np.float32)
        (expected,) = session.run(["fc1"], {"data": floats})
        np.testing.assert_allclose(ours(image)["embedding"], expected, atol=1e-4)
