"""Run a batch in chunks on several threads."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models.backends.session import Session, SessionInfo

# Layers of two faces still fit into a core's cache; those of a larger batch do not and take longer per face.
_CHUNK = 2


class ChunkedSession:
    """A Session that runs a batch in chunks of one or two, on up to `threads` threads.

    For CPUs. Each thread runs whole chunks, so threads do not wait for each other inside the network.
    Several faces use all cores; a single face runs on the caller's thread.
    """

    def __init__(self, session: Session, threads: int) -> None:
        self._session = session
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, session.info.network) if threads > 1 else None

    @property
    def info(self) -> SessionInfo:
        """The description of this session."""
        return self._session.info

    def __call__(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        """Run a batch; see Session."""
        n = min((len(value) for value in inputs.values()), default=0)
        size = min(_CHUNK, -(-n // self._threads))
        if n <= max(size, 1) or any(len(value) != n for value in inputs.values()):
            return self._session(inputs)
        chunks = [{k: value[i : i + size] for k, value in inputs.items()} for i in range(0, n, size)]
        run = self._pool.map if self._pool else map
        results = list(run(self._session, chunks))
        return {name: np.concatenate([r[name] for r in results]) for name in results[0]}
