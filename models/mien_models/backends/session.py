"""What every engine offers, and the choice between them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from numpy.typing import NDArray

from mien_models.errors import ModelError
from mien_models.registry import Registry

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """Which network runs on what, and why: for logs and diagnostics."""

    network: str
    backend: str
    device: str
    reason: str

    def __str__(self) -> str:
        return f"{self.network}: {self.backend} on {self.device} ({self.reason})"


class Session(Protocol):
    """A loaded network. Calls from several threads at once are safe."""

    @property
    def info(self) -> SessionInfo:
        """What it runs on."""

    def __call__(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        """Run a batch: inputs by name, each (N, ...), to outputs by name, each (N, ...).

        Raises ModelError naming the network and the input when one is missing or does not fit.
        """


def open_session(name: str, device: str = "auto", threads: int = 1, *, registry: Registry | None = None) -> Session:
    """Load a network of the registry, fetching it first where needed.

    `auto` takes CUDA where onnxruntime has it and the CPU elsewhere, and logs which and why.
    `cuda` raises ModelError with reason and mend when there is none. `threads` are CPU threads
    per call: one is best for these small networks unless cores are idle.
    """
    from mien_models.backends import onnx_runtime

    if device not in ("auto", "cpu", "cuda"):
        raise ModelError(f"there is no device {device!r}; choose auto, cpu or cuda")
    registry = registry or Registry.load()
    obstacle = onnx_runtime.cuda_obstacle() if device != "cpu" else ""
    if device == "cuda" and obstacle:
        raise ModelError(f"{name} cannot run on CUDA: {obstacle}; or set device to auto or cpu")
    configured = "as configured" if device != "auto" else ""
    session: Session | None = None
    if device != "cpu" and not obstacle:
        try:
            session = onnx_runtime.OnnxRuntimeSession(registry, name, "cuda", configured or "CUDA is there", threads)
        except ModelError as error:
            if device == "cuda":
                raise
            obstacle = str(error)
    if session is None:
        session = onnx_runtime.OnnxRuntimeSession(registry, name, "cpu", configured or obstacle, threads)
    _log.info("%s", session.info)
    return session
