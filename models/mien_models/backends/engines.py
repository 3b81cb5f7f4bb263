"""Cache of engines on disk; a file is used only if everything it depends on is unchanged.

A file is named after its network and a digest of its key, and has a sidecar with the key and its
sha256 (mien_models.store); a truncated or changed file, or one of another key, is built again. If
several processes need the same missing engine, one builds it and the others wait.
"""

from __future__ import annotations

import fcntl
import json
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from mien_models import store
from mien_models.backends import tensor_rt_api
from mien_models.backends.memo import Memo, keep
from mien_models.backends.tensor_rt_api import Capability, Precision, TensorRt
from mien_models.errors import ModelError
from mien_models.packages import Report, silent
from mien_models.registry import Registry

_log = logging.getLogger(__name__)

_HEARTBEAT_S = 10.0


@dataclass(frozen=True, slots=True)
class Target:
    """The target of an engine: TensorRT, GPU, precision, and optionally a core of its DLA.

    `gpu` is the GPU's name, since the full TensorRT chooses kernels by timing them on it; an
    engine of TensorRT for RTX runs on every GPU of its compute capability.
    """

    api: TensorRt
    gpu: str
    capability: Capability
    precision: Precision
    dla: int | None = None

    def hardware(self) -> dict[str, Any]:
        """Everything that the time of a kernel depends on."""
        return {
            "backend": self.api.kind,
            "version": self.api.version,
            "gpu": "" if self.api.kind == "tensorrt_rtx" else self.gpu,
            "capability": ".".join(map(str, self.capability)),
        }

    def facts(self, network: str, model: bytes) -> dict[str, Any]:
        """Everything an engine depends on."""
        return {
            "network": network,
            "onnx": store.sha256(model),
            **self.hardware(),
            "precision": self.precision,
            "dla": self.dla,
            "profiles": [tensor_rt_api.MAX_BATCH, *tensor_rt_api.SIDES],
            "builder": tensor_rt_api.BUILDER_VERSION,
        }


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine, its origin, and the reason why it could not be saved ("" if it was)."""

    data: bytes
    path: Path
    origin: Literal["cached", "built"]
    seconds: float = 0.0
    not_kept: str = ""


def get_engine(
    registry: Registry,
    network: str,
    target: Target,
    *,
    build: bool = True,
    force: bool = False,
    report: Report | None = None,
) -> Engine:
    """The engine of a network of the registry, from the cache or built.

    Without `build` only the cache is searched. `force` builds the engine and times its kernels again.
    Without `report` progress goes to the log. If the cache cannot be written, the engine is used from
    memory and `not_kept` gives the reason. Raises ModelError if the network is not available or cannot
    be compiled, or if there is no engine and `build` is false.
    """
    model = registry.path(network, "gpu").read_bytes()
    facts = target.facts(network, model)
    path = registry.cache / "engines" / f"{network}-{target.precision}-{_digest(facts)}.engine"
    data = None if force else _find(path, facts)
    if data is not None:
        return Engine(data, path, "cached")
    if not build:
        raise ModelError(
            f"there is no {target.api} engine of {network} for {target.gpu} yet; run `mien models build {network}`"
        )
    with _only_builder(path, report or silent) as waited:
        data = _find(path, facts) if waited else None
        if data is not None:
            return Engine(data, path, "cached")
        began = time.monotonic()
        with nullcontext() if report else _heartbeat(target.api, network):
            data = tensor_rt_api.compile_engine(
                target.api,
                network,
                model,
                target.precision,
                target.capability,
                report or silent,
                dla=target.dla,
                timings=timings(registry, target),
                time_again=force,
            )
        seconds = time.monotonic() - began
        not_kept = keep(registry.cache, path, data, facts)
        if not_kept:
            _log.warning("the engine of %s is used from memory and will be built at every start: %s", network, not_kept)
        return Engine(data, path, "built", seconds, not_kept)


def timings(registry: Registry, target: Target) -> Memo:
    """Times of kernels on a GPU, measured by builds of any network."""
    facts = target.hardware()
    path = registry.cache / "engines" / f"timings-{_digest(facts)}.cache"
    return Memo("timings of kernels", registry.cache, path, facts)


def _digest(facts: dict[str, Any]) -> str:
    return store.sha256(json.dumps(facts, sort_keys=True).encode())[:12]


def _find(path: Path, facts: dict[str, Any]) -> bytes | None:
    try:
        return store.read_checked(path, facts)
    except ModelError as error:
        _log.warning("%s; it is built again", error)
        return None


@contextmanager
def _only_builder(path: Path, report: Report) -> Iterator[bool]:
    """Hold the lock of one engine; yields whether another process held it before.

    If no lock can be created, the cache cannot be written either, and each process builds for itself.
    The operating system releases the lock of a process that dies.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = open(path.with_name(f".{path.name}.lock"), "w", encoding="utf-8")  # noqa: SIM115 (two ways out)
    except OSError:
        yield False
        return
    with lock:
        waited = False
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            waited = True
            _log.info("another process builds %s; waiting for it", path.name)
            report(f"{path.name}: another process builds it", 0, 0)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield waited


@contextmanager
def _heartbeat(api: TensorRt, network: str) -> Iterator[None]:
    """Log the start, the continuation and the end of work that takes minutes."""
    over = threading.Event()
    began = time.monotonic()

    def beat() -> None:
        while not over.wait(_HEARTBEAT_S):
            _log.warning("still building the engine of %s (%.0f s)", network, time.monotonic() - began)

    level = logging.INFO if api.is_quick else logging.WARNING
    _log.log(
        level,
        "building the %s engine of %s; this takes a while, once (`mien models build` does it ahead)",
        api,
        network,
    )
    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    _log.log(level, "built the engine of %s in %.1f s", network, time.monotonic() - began)
