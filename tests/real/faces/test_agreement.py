"""The converted networks in our pipeline against MediaPipe itself, as recorded by bench/record_mediapipe.py."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mien.core.geometry import angle_deg
from mien.core.types import U8, Expression, Face, Frame
from mien.expressions.config import ExpressionsConfig
from mien.faces import search
from mien.faces.config import FacesConfig
from mien.perception.pipeline import Pipeline

pytestmark = pytest.mark.real
THEIRS = np.load(Path(__file__).parents[2] / "data/mediapipe.npz")


@pytest.mark.parametrize(("name", "faces"), [("single_face", 1), ("multi_face", 2)])
def test_landmarks_blendshapes_and_pose_agree_with_mediapipe(
    name: str, faces: int, image_of: Callable[[str], U8], monkeypatch: pytest.MonkeyPatch
) -> None:
    # MediaPipe looks once, upright, and from afar: on the group photo, some 40 px beside a face.
    monkeypatch.setattr(search, "right_way_up", lambda _detector, _image, found, _min_score: found)
    monkeypatch.setattr(search, "_TURNS", (0,))
    # The networks that MediaPipe has.
    pipeline = Pipeline(
        faces=FacesConfig(smooth=False, max_faces=8, detector="short_range"),
        expressions=ExpressionsConfig(model="blendshapes_v2"),
    )
    result = pipeline.step(Frame(image_of(name), 0))
    ours: list[tuple[Face, Expression]] = list(zip(result.faces.faces, result.expressions.expressions, strict=True))
    assert len(ours) == len(THEIRS[f"{name}_landmarks"]) == faces
    for landmarks, shapes, pose in zip(
        *(THEIRS[f"{name}_{k}"] for k in ("landmarks", "blendshapes", "pose")), strict=True
    ):
        face, expression = min(ours, key=lambda o: float(np.abs(o[0].landmarks - landmarks).mean()))
        assert np.linalg.norm(face.landmarks[:, :2] - landmarks[:, :2], axis=1).mean() <= 0.3
        assert np.abs(expression.blendshapes[:51] - shapes).max() <= 0.03
        assert face.pose is not None
        to_canonical = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
        to_optical = np.diag([1.0, -1.0, -1.0])
        assert angle_deg(face.pose[:3, :3], to_optical @ pose[:3, :3] @ to_canonical) < 0.5
