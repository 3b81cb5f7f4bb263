"""Find TensorRT 8.6 to 11 or TensorRT for RTX 1.x, and compile engines with either."""

from __future__ import annotations

import functools
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

from mien_models.backends import half
from mien_models.backends.memo import Memo
from mien_models.errors import AbsentError, ModelError
from mien_models.packages import Report, silent

_log = logging.getLogger(__name__)

Kind = Literal["tensorrt", "tensorrt_rtx"]
Precision = Literal["fp16", "fp32"]
Capability = tuple[int, int]

PRECISIONS: tuple[Precision, ...] = ("fp16", "fp32")
# Wheels bring the module under the second name, the wheel that adds the first is empty.
_MODULES: Mapping[Kind, tuple[str, str]] = {
    "tensorrt": ("tensorrt", "tensorrt_bindings"),
    "tensorrt_rtx": ("tensorrt_rtx", "tensorrt_rtx_bindings"),
}
_TITLES: Mapping[Kind, str] = {"tensorrt": "TensorRT", "tensorrt_rtx": "TensorRT for RTX"}
_OLDEST = (8, 6)
_CHOICE = "MIEN_TENSORRT"

# Part of every engine's key: increase it when a change here changes the engines.
BUILDER_VERSION = 1
# Faces per run; more faces take several runs. One face has its own profile, because it is the common case.
# Networks that take images of any size run one image at a time: memory is reserved for the largest size.
MAX_BATCH = 8
_TYPICAL_BATCH = 4
# Sides of images of variable size: smallest, typical (that of the detector), largest.
SIDES = (32, 640, 1280)

Shapes = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class TensorRt:
    """An imported TensorRT."""

    module: Any
    kind: Kind
    version: str
    log: Any

    def __str__(self) -> str:
        return f"{_TITLES[self.kind]} {self.version}"

    @property
    def is_quick(self) -> bool:
        """True if engines are compiled within a second or two, because kernels are chosen at run time."""
        return self.kind == "tensorrt_rtx"

    @property
    def is_strongly_typed(self) -> bool:
        """True if networks are computed in the types of the ONNX file."""
        weakly = hasattr(self.module.BuilderFlag, "FP16")
        return not weakly or hasattr(self.module.NetworkDefinitionCreationFlag, "STRONGLY_TYPED")

    def why(self) -> str:
        """The first error that was reported since the last call."""
        return str(self.log.take())


def installed() -> list[Kind]:
    """The installed ones of the two; nothing is imported."""
    return [kind for kind in _MODULES if _module(kind)]


@functools.cache
def tensor_rt() -> TensorRt:
    """The TensorRT of this process. Raises ModelError with a remedy if none can be used.

    If both are installed, the full one is used, unless MIEN_TENSORRT names the other. Only one
    is ever imported.
    """
    kinds = installed()
    wanted = os.environ.get(_CHOICE, "")
    if wanted and wanted not in _MODULES:
        raise ModelError(f"{_CHOICE}={wanted} names no TensorRT; set it to {' or '.join(_MODULES)}")
    if not kinds or (wanted and wanted not in kinds):
        which = f"{wanted}, which {_CHOICE} asks for," if wanted else "TensorRT"
        raise AbsentError(
            f"{which} is not installed (pip install 'mien[rtx]' for RTX cards, or NVIDIA's TensorRT, "
            "which a JetPack brings; models/README.md says more)"
        )
    kind = next(kind for kind in kinds if wanted in ("", kind))
    if len(kinds) > 1 and not wanted:
        _log.warning("both %s are installed; %s is used, set %s to choose", " and ".join(kinds), kind, _CHOICE)
    try:
        module = import_module(_module(kind))
        version = str(module.__version__)
    except Exception as error:  # many kinds of errors for a missing library or one of another version
        raise ModelError(f"{_TITLES[kind]} is installed but does not load ({error}); reinstall it") from error
    if kind == "tensorrt" and _numbers(version) < _OLDEST:
        raise ModelError(f"TensorRT {version} is too old; install 8.6 or newer")
    return TensorRt(module, kind, version, _logger(module))


def check_capability(api: TensorRt, capability: Capability) -> None:
    """Raise ModelError if TensorRT for RTX does not support this kind of GPU; the full one checks the GPU itself."""
    if api.kind == "tensorrt_rtx":
        known = _known(api)
        if capability not in known:
            names = ", ".join(f"{major}.{minor}" for major, minor in sorted(known))
            raise ModelError(
                f"{api} runs on compute capability {names}, not {capability[0]}.{capability[1]}; "
                "install the full TensorRT for this GPU"
            )


def compile_engine(
    api: TensorRt,
    name: str,
    model: bytes,
    precision: Precision,
    capability: Capability,
    report: Report = silent,
    *,
    dla: int | None = None,
    timings: Memo | None = None,
    time_again: bool = False,
) -> bytes:
    """Compile an ONNX network (opset 17, batch axis first) into an engine.

    TensorRT for RTX compiles for any compute capability and needs no GPU; the full TensorRT times
    kernels on the GPU of this machine. Known times are read from `timings`, and new ones are saved
    there; `time_again` measures all. There are two profiles: a batch of 1, and 1 to MAX_BATCH. On
    core `dla` of a Jetson's deep learning accelerator, which takes fixed shapes only, there is one
    profile, for a batch of 1; layers that it cannot run use the GPU. Raises ModelError naming the
    network and TensorRT's reason.
    """
    check_capability(api, capability)
    trt = api.module
    api.why()
    builder = _made(api, name, lambda: trt.Builder(api.log))
    if dla is not None:
        _check_dla(api, builder, dla, precision)
    weakly = _is_weakly_typed(api, dla)
    network = _made(api, name, lambda: builder.create_network(_network_flags(api, weakly)))
    parser = _made(api, name, lambda: trt.OnnxParser(network, api.log))
    if precision == "fp16":
        model = half.to_half(model)
    if not parser.parse(model):
        raise ModelError(f"{api} cannot read {name}: {_parser_errors(parser, model) or api.why()}")
    config = _made(api, name, builder.create_builder_config)
    inputs = [network.get_input(i) for i in range(network.num_inputs)]
    profiles = _profiles([tuple(tensor.shape) for tensor in inputs])
    for shapes in list(zip(*profiles, strict=True))[: 1 if dla is not None else None]:
        profile = builder.create_optimization_profile()
        for tensor, (least, typical, most) in zip(inputs, shapes, strict=True):
            profile.set_shape(tensor.name, least, typical, most)
        config.add_optimization_profile(profile)
    if api.kind == "tensorrt_rtx":
        config.num_compute_capabilities = 1
        config.set_compute_capability(_known(api)[capability], 0)
    if dla is not None:
        config.default_device_type = trt.DeviceType.DLA
        config.DLA_core = dla
        config.set_flag(trt.BuilderFlag.GPU_FALLBACK)
    if weakly:
        _suit_weak_typing(trt, network, config, precision)
    config.clear_flag(trt.BuilderFlag.TF32)
    # TensorRT for RTX measures no times, and warns when it is given a timing cache.
    if timings is not None and not api.is_quick:
        _recall_timings(api, config, b"" if time_again else timings.load())
    monitor = _monitor(trt, name, report)
    if monitor is not None:
        config.progress_monitor = monitor
    report(name, 0, 0)
    engine = _made(api, name, lambda: builder.build_serialized_network(network, config))
    if timings is not None and not api.is_quick:
        _keep_timings(api, config, timings)
    return bytes(engine)


def _module(kind: Kind) -> str:
    """The name to import, or "" if it is not installed."""
    for name in _MODULES[kind]:
        try:
            if find_spec(name):
                return name
        except ValueError:  # imported by hand, without a spec
            return name
    return ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())


def _known(api: TensorRt) -> dict[Capability, Any]:
    """The compute capabilities that this TensorRT for RTX compiles for, and its names for them."""
    members = api.module.ComputeCapability.__members__
    return {(int(n[2:-1]), int(n[-1])): value for n, value in members.items() if n[:2] == "SM" and n[2:].isdigit()}


def _is_weakly_typed(api: TensorRt, dla: int | None) -> bool:
    """Whether types are set by flags: before TensorRT 10, and for the DLA in versions that have these flags."""
    return not api.is_strongly_typed or (dla is not None and hasattr(api.module.BuilderFlag, "FP16"))


def _network_flags(api: TensorRt, weakly: bool) -> int:
    """Flags for strong typing and an explicit batch, for versions in which these are not the default."""
    flag = api.module.NetworkDefinitionCreationFlag
    name = "EXPLICIT_BATCH" if weakly else "STRONGLY_TYPED"
    return 1 << int(getattr(flag, name)) if hasattr(flag, name) else 0


def _check_dla(api: TensorRt, builder: Any, core: int, precision: Precision) -> None:
    """Raise ModelError with a remedy if a core of the DLA is not available."""
    if precision != "fp16":
        raise ModelError(f"the DLA computes in fp16, not in {precision}; build for fp16, or for the GPU")
    cores = int(builder.num_DLA_cores)
    if cores == 0:
        raise ModelError(f"{api} finds no DLA here: Jetson Orin has one, Thor and graphics cards do not; use the GPU")
    if core >= cores:
        raise ModelError(f"there is no core {core} of the DLA: {api} finds {cores}, counted from 0")


def _recall_timings(api: TensorRt, config: Any, earlier: bytes) -> None:
    """Give a build the timings of earlier ones, or an empty cache if TensorRT rejects those."""
    for data in (earlier, b"") if earlier else (b"",):
        try:
            cache = config.create_timing_cache(data)
            if cache is not None and config.set_timing_cache(cache, False):
                break
        except Exception as error:  # any error of the bindings; a build without timings is only slower
            _log.info("timings of kernels are not used: %s", error)
    api.why()  # discard this error, so that it is not given as the reason of a later failure


def _keep_timings(api: TensorRt, config: Any, timings: Memo) -> None:
    """Save the timings of a build, merged with those that other builds have saved meanwhile."""
    try:
        cache = config.get_timing_cache()
        if cache is None:
            return
        others = config.create_timing_cache(timings.load())
        if others is not None:
            cache.combine(others, False)
        timings.save(bytes(cache.serialize()))
    except Exception as error:  # as above
        _log.info("timings of kernels are not kept: %s", error)
    api.why()


def _profiles(inputs: list[tuple[int, ...]]) -> list[tuple[Shapes, Shapes]]:
    """Smallest, typical and largest shape of every input (-1 is variable): for one face, and for several."""
    whole_images = any(side < 0 for shape in inputs for side in shape[1:])

    def shapes(rest: list[int], *batches: int) -> Shapes:
        least, typical, most = (
            (batch, *(side if side >= 0 else free for side in rest)) for batch, free in zip(batches, SIDES, strict=True)
        )
        return least, typical, most

    several = (1, 1, 1) if whole_images else (1, _TYPICAL_BATCH, MAX_BATCH)
    return [(shapes(rest, 1, 1, 1), shapes(rest, *several)) for _, *rest in inputs]


def _parser_errors(parser: Any, model: bytes) -> str:
    """The errors of the parser, with the operators that it does not support."""
    import onnx

    try:
        nodes = list(onnx.load_from_string(model).graph.node)
    except Exception:  # protobuf's own types; an unreadable network has no nodes
        nodes = []
    errors = [parser.get_error(i) for i in range(parser.num_errors)]
    return "; ".join(
        f"{nodes[error.node()].op_type}: {error.desc()}" if 0 <= error.node() < len(nodes) else error.desc()
        for error in errors
    )


def _suit_weak_typing(trt: Any, network: Any, config: Any, precision: Precision) -> None:
    """Force weakly typed TensorRT to the types of the network, and let shapes share a profile."""
    if precision == "fp16":
        config.set_flag(trt.BuilderFlag.FP16)
        config.set_flag(trt.BuilderFlag.PREFER_PRECISION_CONSTRAINTS)
        free = {trt.LayerType.CONSTANT, trt.LayerType.SHAPE, trt.LayerType.CAST, trt.LayerType.IDENTITY}
        for i in range(network.num_layers):
            layer = network.get_layer(i)
            dtype = layer.get_output(0).dtype
            if dtype in (trt.float32, trt.float16) and layer.type not in free:
                layer.precision = dtype
    if hasattr(trt.PreviewFeature, "PROFILE_SHARING_0806"):
        config.set_preview_feature(trt.PreviewFeature.PROFILE_SHARING_0806, True)


def _made(api: TensorRt, name: str, make: Any) -> Any:
    """The result of a factory of TensorRT. Raises ModelError for None and for errors of the bindings."""
    try:
        made = make()
    except Exception as error:  # pybind11 raises TypeError when a constructor returns null
        raise ModelError(f"{api} cannot compile {name}: {api.why() or error}") from error
    if made is None:
        raise ModelError(f"{api} cannot compile {name}: {api.why() or 'it gave no reason'}")
    return made


def _logger(trt: Any) -> Any:
    """The logger of the process (TensorRT allows one). It keeps errors, so that exceptions can name them."""
    base = trt.ILogger

    class Log(base):  # type: ignore[misc, valid-type]
        def __init__(self) -> None:
            super().__init__()
            self._errors: list[str] = []

        def log(self, severity: Any, message: str) -> None:
            if severity in (base.ERROR, base.INTERNAL_ERROR):
                self._errors.append(message)
            _log.debug("%s", message)

        def take(self) -> str:
            errors, self._errors = self._errors, []
            return errors[0] if errors else ""

    return Log()


def _monitor(trt: Any, name: str, report: Report) -> Any:
    """Report TensorRT's outermost phases as progress; None before TensorRT 10."""
    base = getattr(trt, "IProgressMonitor", None)
    if base is None:
        return None

    class Monitor(base):  # type: ignore[misc, valid-type]
        def __init__(self) -> None:
            super().__init__()
            self._steps: dict[str, int] = {}

        def phase_start(self, phase: str, parent: str | None, steps: int) -> None:
            self._steps[phase] = steps

        def phase_finish(self, phase: str) -> None:
            self._steps.pop(phase, None)

        def step_complete(self, phase: str, step: int) -> bool:
            report(f"{name}: {phase.lower()}", step + 1, self._steps.get(phase, 0))
            return True

    return Monitor()
