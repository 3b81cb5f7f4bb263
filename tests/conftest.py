"""What tests share: sample faces from packages, fetched by hash, and a ROS domain of their own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from mien.camera.config import CameraConfig
from mien.camera.files.pictures import read_image
from mien.camera.files.videos import VideoSource
from mien.core.types import U8, Frame
from mien_models import Registry

settings.register_profile("mien", deadline=None)  # no test measures time
settings.load_profile("mien")


@pytest.fixture(autouse=True)
def _subnormal_numbers() -> Iterator[None]:
    """Training flushes subnormal numbers to zero, for the whole process and so for the tests that follow."""
    yield
    if torch := sys.modules.get("torch"):
        torch.set_flush_denormal(False)


@pytest.fixture(scope="session")
def sample() -> Callable[[str], Path]:
    """Path of a sample of the registry: clip, single_face, multi_face, no_face, …"""
    return Registry.load().path


@pytest.fixture(scope="session")
def image_of(sample: Callable[[str], Path]) -> Callable[[str], U8]:
    return lambda name: read_image(sample(name))


@pytest.fixture(scope="session")
def frames_of(sample: Callable[[str], Path]) -> Callable[[str], Iterator[Frame]]:
    def frames(name: str) -> Iterator[Frame]:
        source = VideoSource(sample(name), CameraConfig())
        yield from iter(source.read, None)

    return frames
