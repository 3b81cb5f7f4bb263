"""Networks: whether they are installed, and on which device they run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mien.doctor.finding import Findings, fail, listed, ok, warn
from mien_models import ModelError, Registry, SessionInfo, open_session

# Where drivers show NVIDIA GPUs: discrete ones (a container may be given any number), Jetsons, WSL.
_GPUS = (
    "proc/driver/nvidia/gpus/*/information", "dev/nvidia[0-9]*", "dev/nvhost-gpu", "dev/nvgpu",
    "usr/lib/wsl/lib/nvidia-smi",
)  # fmt: skip


def check_models(registry: Registry | None = None) -> Findings:
    """Every file of the registry against its hash."""
    registry = registry or Registry.load()
    state = registry.verify()
    networks = {e.name for e in registry.entries.values() if e.is_network}
    needed = [e.name for e in registry.entries.values() if e.is_network and not e.optional]
    for name, what in state.items():
        if what not in ("ok", "absent"):
            seen, _, mend = what.rpartition("; ")
            level = fail if name in networks else warn
            yield level("models", f"{name}: {seen}" if seen else what, mend.removeprefix("run ").strip("`"))
    if absent := [name for name in needed if state[name] == "absent"]:
        yield warn("models", f"not here yet: {listed(absent)}; the first start fetches them", "mien models fetch")
    elif all(state[name] == "ok" for name in needed):
        yield ok("models", f"{len(needed)} networks, intact, in {registry.cache}")


def check_device(
    registry: Registry | None = None,
    open_: Callable[[str], SessionInfo] | None = None,
    gpu: Callable[[], str] | None = None,
) -> Findings:
    """The device that `device: auto` selects, and why; found by opening an installed network."""
    registry = registry or Registry.load()
    name = next((n for n, state in registry.verify().items() if state == "ok" and registry[n].is_network), None)
    if name is None:
        return  # check_models says so
    try:
        info = open_(name) if open_ else open_session(name, registry=registry).info
    except ModelError as e:
        yield fail("device", str(e), "set the parameter faces.device to cpu to see whether it runs there")
        return
    card = (gpu or find_gpu)()
    if info.device != "cpu":
        yield ok("device", f"auto takes {info.backend} on {info.device}: {info.reason}")
    elif card:
        yield warn(
            "device",
            f"networks run on the CPU although there is {card}: {info.reason}",
            "mend what the reason says, or set device to cpu where that is meant; "
            "device: cuda refuses to start in place of falling back",
        )
    else:
        yield ok("device", f"auto takes {info.backend} on the CPU: no NVIDIA GPU is seen")


def find_gpu(root: Path = Path("/")) -> str:
    """The model of the first NVIDIA GPU that the driver shows, or ""."""
    for pattern in _GPUS:
        for path in sorted(root.glob(pattern)):
            return _model(path) if path.name == "information" else f"an NVIDIA GPU ({path})"
    return ""


def _model(path: Path) -> str:
    for line in path.read_text("utf-8", errors="replace").splitlines():
        key, _, value = line.partition(":")
        if key == "Model":
            return value.strip()
    return "an NVIDIA GPU"
