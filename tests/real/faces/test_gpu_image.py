"""The stage with a landmark network that reads the image on a GPU, played by the CPU."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from mien.core.types import U8, Frame
from mien.faces import stage as module
from mien.faces.config import FacesConfig
from mien.faces.stage import Stage
from mien_models import Session, SessionInfo, open_session
from mien_models.alignment import View
from mien_models.errors import DeviceError
from mien_models.preprocess import Squares

pytestmark = pytest.mark.real


class GpuSession:
    """Takes what is made on its GPU, or, once that has failed, its array."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.info = SessionInfo("facemesh_v2", "tensorrt 10.3", "cuda", "a test asked for it")
        self.kinds: list[type] = []

    def __call__(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        self.kinds.append(type(inputs["image"]))
        return self._session({name: np.asarray(value) for name, value in inputs.items()})


class Image:
    """A GpuImage whose memory is the host's."""

    def __init__(self) -> None:
        self.host: U8 | None = None
        self.uploads = 0
        self.cropped = 0
        self.broken = ""  # what fails
        self.closed = False

    def upload(self, image: U8) -> None:
        if self.broken == "upload":
            raise DeviceError("CUDA failed in cuMemcpyHtoDAsync")
        self.host = image
        self.uploads += 1

    def squares(self, maps: NDArray[Any], size: int) -> Squares:
        return Squares(SimpleNamespace(host=self.host), maps, size)  # type: ignore[arg-type]

    def crops(self, views: list[View], size: int) -> U8:
        if self.broken == "crops":
            raise DeviceError("CUDA failed in cuLaunchKernel")
        assert self.host is not None
        self.cropped += len(views)
        out = np.zeros((len(views), size, size, 3), np.uint8)
        for crop, view in zip(out, views, strict=True):
            part = self.host[view.top :, view.left :][: view.height * view.step, : view.width * view.step]
            blocks = part.reshape(view.height, view.step, view.width, view.step, 3).mean((1, 3)).astype(np.float32)
            flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            crop[:] = np.round(cv2.warpAffine(blocks, view.matrix, (size, size), flags=flags))
        return out

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def gpu(monkeypatch: pytest.MonkeyPatch) -> Image:
    image = Image()
    monkeypatch.setattr(module, "open_gpu_image", lambda info: image if info.device == "cuda" else None)
    return image


def test_faces_are_those_of_the_cpu(gpu: Image, image_of: Callable[[str], U8]) -> None:
    frame = Frame(image_of("multi_face"), 0)
    config = FacesConfig(smooth=False, detector="short_range")
    expected = Stage(config).step(frame).faces
    session = GpuSession(open_session("facemesh_v2", "cpu"))
    found = Stage(config, {"facemesh_v2": session}).step(frame).faces
    assert session.kinds == [Squares]
    assert gpu.uploads == 1
    assert len(found) == len(expected) >= 2
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_allclose(ours.landmarks, theirs.landmarks, atol=0.2)
        assert ours.crop is not None
        assert theirs.crop is not None
        assert np.abs(ours.crop.astype(int) - theirs.crop).mean() < 1
    assert gpu.cropped == len(expected)


@pytest.mark.parametrize("how", ["the session went over to the CPU", "the upload fails", "the crops fail"])
def test_a_gpu_that_fails_is_left(how: str, gpu: Image, frames_of: Callable[[str], Iterator[Frame]]) -> None:
    session = GpuSession(open_session("facemesh_v2", "cpu"))
    stage = Stage(FacesConfig(max_faces=1), {"facemesh_v2": session})
    first, second, third = islice(frames_of("clip"), 3)
    assert len(stage.step(first).faces) == 1
    if how == "the session went over to the CPU":
        session.info = SessionInfo("facemesh_v2", "onnxruntime", "cpu", "the GPU failed")
    else:
        gpu.broken = "upload" if how == "the upload fails" else "crops"
    for frame in (second, third):
        (face,) = stage.step(frame).faces
        assert face.crop is not None
        assert face.crop.any()
    assert session.kinds[-1] is np.ndarray
    assert gpu.cropped == 1
    assert gpu.uploads == (2 if how == "the crops fail" else 1)
    assert gpu.closed
