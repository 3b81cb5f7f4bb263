"""A Session without a network, for tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from mien_models.backends.session import SessionInfo
from mien_models.errors import ModelError

Outputs = dict[str, NDArray[Any]]
Script = Callable[[Mapping[str, NDArray[Any]]], Outputs] | Sequence[Outputs]


class FakeSession:
    """Returns scripted answers: a function of the inputs, or the items of a list in turn.

    `calls` records the inputs of every call. An exhausted list raises ModelError.
    """

    def __init__(self, script: Script, network: str = "fake") -> None:
        self._script = script
        self._network = network
        self.calls: list[dict[str, NDArray[Any]]] = []

    @property
    def info(self) -> SessionInfo:
        """The description of this session."""
        return SessionInfo(self._network, "fake", "none", "a test asked for it")

    def __call__(self, inputs: Mapping[str, NDArray[Any]]) -> Outputs:
        """Return the next answer; see Session."""
        self.calls.append(dict(inputs))
        if callable(self._script):
            return self._script(inputs)
        if len(self.calls) > len(self._script):
            raise ModelError(f"{self._network}: the script has only {len(self._script)} answers")
        return self._script[len(self.calls) - 1]
