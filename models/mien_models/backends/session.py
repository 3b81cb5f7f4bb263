"""The Session protocol, which all backends implement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """Network, backend and the reason of the choice, for logs and diagnostics.

    `degraded` means that a better backend is installed but does not work.
    """

    network: str
    backend: str
    device: str
    reason: str
    degraded: bool = False

    def __str__(self) -> str:
        return f"{self.network}: {self.backend} on {self.device} ({self.reason})"


class Session(Protocol):
    """A loaded network. Calls from several threads at once are safe."""

    @property
    def info(self) -> SessionInfo:
        """The description of this session."""

    def __call__(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        """Run a batch: inputs by name, each (N, ...), to outputs by name, each (N, ...).

        Raises ModelError naming the network and the input if an input is missing or has a wrong shape.
        """


class GpuInput(Protocol):
    """An input that is computed on the GPU. Sessions on TensorRT take it instead of an array, others convert it."""

    @property
    def shape(self) -> tuple[int, ...]: ...

    @property
    def dtype(self) -> np.dtype[Any]: ...

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice) -> GpuInput:
        """A part of the batch."""

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        """The same input, computed on the CPU."""

    def write(self, out: int, stream: Any) -> None:
        """Queue the computation into the GPU memory at `out` on `stream`. Raises DeviceError."""
