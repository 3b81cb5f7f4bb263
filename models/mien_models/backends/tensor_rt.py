"""A Session on TensorRT."""

from __future__ import annotations

import contextlib
import logging
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from mien_models.backends import cuda as cuda_driver
from mien_models.backends.cuda import Cuda
from mien_models.backends.engines import Engine, Target, get_engine
from mien_models.backends.memo import Memo
from mien_models.backends.session import SessionInfo
from mien_models.backends.tensor_rt_api import MAX_BATCH, Precision, TensorRt, check_capability, installed, tensor_rt
from mien_models.backends.tensor_rt_plan import Array, LoadedEngine, Plan, Shape
from mien_models.errors import DeviceError, EngineRefused, ModelError
from mien_models.registry import Registry

_log = logging.getLogger(__name__)

# Number of shapes whose contexts and graphs are kept: the batch sizes of a network, and some image sizes.
_MAX_PLANS = 2 * MAX_BATCH

_Key = tuple[tuple[Shape, ...], frozenset[str]]


def target_here(precision: Precision, dla: int | None = None) -> Target:
    """The target of engines on this machine. Raises ModelError with a remedy if TensorRT cannot run.

    `dla` is the core of the deep learning accelerator; only a build checks whether it exists.
    """
    if not installed():
        tensor_rt()  # says what to install
    gpu = cuda_driver.cuda().gpu
    api = tensor_rt()
    check_capability(api, gpu.capability)
    return Target(api, gpu.name, gpu.capability, precision, dla)


def open_tensor_rt(
    registry: Registry, network: str, reason: str, precision: Precision, *, build: bool, dla: int | None = None
) -> TensorRtSession:
    """Load a network's engine from the cache; a missing engine is built first if `build` allows it.

    TensorRT for RTX builds within seconds, so it always may. A network that the DLA cannot run uses
    the GPU. Raises ModelError if the engine is not available.
    """
    if not registry[network].inputs:
        raise ModelError(f"{network} is not a network that can be run")
    if dla is not None and not suits_dla(registry, network):
        dla, reason = None, f"{reason}, but the DLA takes no images of any size"
    target = target_here(precision, dla)
    build = build or target.api.is_quick

    def load(engine: Engine) -> TensorRtSession:
        why = f"{reason}; {precision} engine for {target.gpu}, {engine.origin}"
        if engine.not_kept:
            why += f" and not kept: {engine.not_kept}"
        return TensorRtSession(network, engine.data, target.api, why, _kernels_of(registry, engine.path), dla)

    engine = get_engine(registry, network, target, build=build)
    try:
        return load(engine)
    except EngineRefused as error:
        if not build or engine.origin == "built":
            raise
        _log.warning("%s; it is built again", error)
    return load(get_engine(registry, network, target, force=True))


def suits_dla(registry: Registry, network: str) -> bool:
    """Whether all shapes of a network except its batch are fixed, as the DLA requires."""
    return all(isinstance(side, int) for info in registry[network].inputs for side in info.shape)


class TensorRtSession:
    """A Session on an engine. Runs take turns; a batch larger than that of the engine is run in parts.

    It also takes a `GpuInput` instead of an array, which writes directly into the engine's input.
    """

    def __init__(
        self,
        network: str,
        engine: bytes,
        api: TensorRt,
        reason: str,
        kernels: Memo | None = None,
        dla: int | None = None,
    ) -> None:
        """`kernels`: saved kernels of earlier runs, for TensorRT for RTX. `dla`: the core to run on."""
        self._cuda = cuda_driver.cuda()
        self._info = SessionInfo(network, f"{api.kind} {api.version}", "cuda" if dla is None else f"dla{dla}", reason)
        self._lock = threading.Lock()
        self._plans: OrderedDict[_Key, Plan] = OrderedDict()
        self._cuda.enter()
        later: list[Callable[[], None]] = []
        self._release = weakref.finalize(self, _release, self._cuda, self._plans, later)
        try:
            self._engine = LoadedEngine(self._cuda, network, engine, api, kernels, dla, later)
        except BaseException:
            self._release()
            raise

    @property
    def info(self) -> SessionInfo:
        """The description of this session."""
        return self._info

    def __call__(self, inputs: Mapping[str, Array]) -> dict[str, Array]:
        """Run a batch; see Session. Raises DeviceError if the GPU fails or runs out of memory."""
        count = self._check(inputs)
        most = self._engine.max_batch
        with self._lock:
            if not self._release.alive:  # another thread may have closed it after a failure of the GPU
                raise DeviceError(f"{self._info.network} was closed; open it again")
            try:
                parts = [
                    self._run({name: value[i : i + most] for name, value in inputs.items()})
                    for i in range(0, max(count, 1), most)
                ]
            except DeviceError as error:
                raise DeviceError(f"{self._info.network} failed on the GPU: {error}") from error
        if len(parts) == 1:
            return parts[0]
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def close(self) -> None:
        """Free its resources on the GPU; this also happens when the session is garbage collected."""
        with self._lock:
            self._release()
            self._engine.unload()

    def _check(self, inputs: Mapping[str, Array]) -> int:
        """The batch size. Raises ModelError if the inputs do not fit the network."""
        network, wanted = self._info.network, self._engine.inputs
        if inputs.keys() != wanted.keys():
            raise ModelError(f"{network} takes {', '.join(sorted(wanted))}, not {', '.join(sorted(inputs))}")
        for name, value in inputs.items():
            slot = wanted[name]
            if value.dtype != slot.dtype or not slot.takes(value.shape):
                raise ModelError(f"{network} does not run: {name} is {_text(value.dtype, value.shape)}, not {slot}")
        counts = {len(value) for value in inputs.values()}
        if len(counts) > 1:
            raise ModelError(f"{network} does not run: its inputs have batches of {sorted(counts)}")
        return counts.pop()

    def _run(self, inputs: Mapping[str, Array]) -> dict[str, Array]:
        self._cuda.enter()
        count = len(next(iter(inputs.values())))
        if count == 0:
            plan = self._plan({name: (1, *value.shape[1:]) for name, value in inputs.items()})
            return {name: np.empty((0, *shape[1:]), slot.dtype) for name, slot, shape in plan.outputs}
        written = frozenset(name for name, value in inputs.items() if not isinstance(value, np.ndarray))
        plan = self._plan({name: value.shape for name, value in inputs.items()}, written)
        for name, value in inputs.items():
            slot = self._engine.inputs[name]
            if isinstance(value, np.ndarray):
                np.copyto(slot.view(value.shape), value)
            else:
                value.write(slot.buffer.device, self._engine.stream)
        plan.run()
        return {name: slot.view(shape).copy() for name, slot, shape in plan.outputs}

    def _plan(self, shapes: Mapping[str, Shape], written: frozenset[str] = frozenset()) -> Plan:
        key = tuple(shapes.values()), written
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) >= _MAX_PLANS:
                self._plans.popitem(last=False)[1].close()
            plan = self._plans[key] = Plan(self._engine, shapes, written)
        self._plans.move_to_end(key)
        return plan


def _kernels_of(registry: Registry, engine: Path) -> Memo:
    """The file of RTX kernels beside their engine. TensorRT for RTX rejects those of another driver or GPU."""
    return Memo("compiled kernels", registry.cache, engine.with_suffix(".kernels"), {"engine": engine.name})


def _release(cuda: Cuda, plans: OrderedDict[_Key, Plan], later: list[Callable[[], None]]) -> None:
    """Free graphs and contexts, then their buffers, in reverse order of creation."""
    with contextlib.suppress(DeviceError):  # a failed GPU has already freed its memory
        cuda.enter()
    for plan in plans.values():
        plan.close()
    plans.clear()
    while later:
        later.pop()()


def _text(dtype: np.dtype[Any], shape: Shape) -> str:
    return f"{dtype} {shape}"
