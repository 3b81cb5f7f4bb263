"""What every engine offers: one Session protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """Which network runs on what, and why: for logs and diagnostics.

    `degraded` means that something better is installed and does not work.
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
        """What it runs on."""

    def __call__(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        """Run a batch: inputs by name, each (N, ...), to outputs by name, each (N, ...).

        Raises ModelError naming the network and the input when one is missing or does not fit.
        """


class GpuInput(Protocol):
    """An input that is made on the GPU: sessions on TensorRT take it in place of an array, others its array."""

    @property
    def shape(self) -> tuple[int, ...]: ...

    @property
    def dtype(self) -> np.dtype[Any]: ...

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice) -> GpuInput:
        """A part of the batch."""

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        """The same, made on the CPU."""

    def write(self, out: int, stream: Any) -> None:
        """Queue on `stream` what fills the GPU memory at `out`. Raises DeviceError."""
