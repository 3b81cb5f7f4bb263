"""What the tests of mien_models share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mien_models import Registry
from mien_models.backends.cuda import cuda
from mien_models.backends.tensor_rt_api import tensor_rt

from .tiny import FACE, NETWORK, TEXT, wheel


@pytest.fixture(autouse=True)
def forget_fakes() -> Iterator[None]:
    """A fake GPU ends with its test."""
    yield
    cuda.cache_clear()
    tensor_rt.cache_clear()


@pytest.fixture
def load_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Registry]:
    """A registry by its text, with the package of `TEXT` at hand."""

    def load(text: str) -> Registry:
        (tmp_path / "registry.toml").write_text(text)
        wheel(tmp_path / "offline", "first", "1.0", {"data/net.tflite": NETWORK, "data/face.jpg": FACE})
        monkeypatch.setenv("MIEN_PACKAGES", str(tmp_path / "offline"))
        return Registry.load(tmp_path / "registry.toml", tmp_path / "cache")

    return load


@pytest.fixture
def registry(load_registry: Callable[[str], Registry]) -> Registry:
    """That of `TEXT`: one network, y = relu(x) for x of (N, 3)."""
    return load_registry(TEXT)
