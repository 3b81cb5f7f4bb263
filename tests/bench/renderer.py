"""Measures how fast heads are drawn: in batches in torch, and beside it one by one on the CPU.

    .venv/bin/python tests/bench/renderer.py --device cuda --out out/bench/renderer.json

Writes images per second for `render` and for `soft` with its gradients, per size of batch, and how
many bytes all operations of a batch read and write: what bounds the speed on a GPU.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
import torch
from rich.progress import track
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten

from mien_models.head import Head, head_pose
from mien_models.head.pictures.studio import person
from mien_models.head.pictures.torch_batches import BatchConfig, batches
from mien_models.head.render.cpu import CpuRenderer
from mien_models.head.render.setting import Camera, Lighting, Setting
from mien_models.head.render_torch.batch import Settings
from mien_models.head.render_torch.renderer import TorchRenderer


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--device", default="cpu", help="cpu or cuda (default cpu)")
    parser.add_argument("--size", type=int, default=128, help="of the square pictures [px] (default 128)")
    parser.add_argument("--batch", type=int, nargs="+", help="sizes of batches (default 8 on a CPU, 64 256 1024 else)")
    parser.add_argument("--threads", type=int, default=1, help="of torch on a CPU (default 1)")
    parser.add_argument("--repeats", type=int, default=5, help="batches per measurement (default 5)")
    parser.add_argument("--people", type=int, default=16, help="painted people (default 16)")
    parser.add_argument("--out", type=Path, default=Path("out/bench/renderer.json"))
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    sizes = args.batch or ([8] if args.device == "cpu" else [64, 256, 1024])
    cpu = CpuRenderer(Head.load(), small=True)
    renderer = TorchRenderer(cpu, args.device)
    report: dict[str, Any] = {
        "when": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "machine": platform.processor() or platform.machine(),
        "device": torch.cuda.get_device_name() if args.device == "cuda" else "cpu",
        "threads": args.threads,
        "torch": torch.__version__,
        "size_px": args.size,
        "numba": one_by_one(cpu, args.size, args.repeats),
        "render": [],
        "soft": [],
    }
    for size in sizes:
        config = BatchConfig(
            batch=size, size=args.size, people=args.people, expressions=512, poses=512, lights=64, backgrounds=32
        )
        stream = batches(config, renderer)
        report["render"].append({"batch": size} | measure(lambda: next(stream), size, args.repeats, args.device))  # noqa: B023
    for size in sizes[:1]:
        step = soft_step(renderer, size, args.size)
        report["soft"].append({"batch": size} | measure(step, size, args.repeats, args.device))
    text = json.dumps(report, indent=2) + "\n"
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(text)
    print(text)
    return 0


def measure(step: Callable[[], Any], images: int, repeats: int, device: str) -> dict[str, float]:
    """Speed after a warm-up; processor time tells more than the wall clock where others are at work."""
    step()
    with Traffic() as traffic:
        step()
    synchronise(device)
    wall, processor = time.perf_counter(), time.process_time()
    for _ in track(range(repeats), f"batches of {images}"):
        step()
    synchronise(device)
    return {
        "images_per_s": round(repeats * images / (time.perf_counter() - wall), 2),
        "cpu_ms_per_image": round(1000 * (time.process_time() - processor) / (repeats * images), 3),
        "mb_per_image": round(traffic.bytes / images / 1e6, 2),
        "operations": traffic.operations,
    }


class Traffic(TorchDispatchMode):
    """Counts operations and the bytes of all tensors that they read and write; views are free."""

    def __init__(self) -> None:
        super().__init__()
        self.bytes = self.operations = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        out = func(*args, **(kwargs or {}))
        read = [a for a in tree_flatten((args, kwargs))[0] if isinstance(a, torch.Tensor)]
        written = [a for a in tree_flatten(out)[0] if isinstance(a, torch.Tensor)]
        own = {tensor.untyped_storage().data_ptr() for tensor in read}
        if written and all(tensor.untyped_storage().data_ptr() in own for tensor in written):
            if func._schema.is_mutable:
                self.bytes += sum(touched(tensor) for tensor in read)
                self.operations += 1
            return out
        # What is gathered from a large tensor is read only where it is asked for.
        largest = max((touched(w) for w in written), default=0)
        gathers = "index" in func.__name__ or "gather" in func.__name__
        self.bytes += sum(min(touched(r), largest) if gathers else touched(r) for r in read)
        self.bytes += sum(touched(w) for w in written)
        self.operations += 1
        return out


def touched(tensor: torch.Tensor) -> int:
    """Bytes of a tensor; what is expanded counts once."""
    count = 1
    for size, stride in zip(tensor.shape, tensor.stride(), strict=True):
        count *= size if stride else 1
    return count * tensor.element_size()


def synchronise(device: str) -> None:
    if device == "cuda":
        torch.cuda.synchronize()


def one_by_one(cpu: CpuRenderer, size: int, repeats: int) -> dict[str, float]:
    """The compiled renderer on one core, for comparison."""
    identity, appearance = person(0)
    head = Head(cpu.surface.data)
    pose = head_pose(0.2, 0.1, 0.0, (0, 0, 0.45))
    painted, vertices = cpu.paint(appearance), head.vertices(identity, pose=pose)
    setting = Setting(camera=Camera.from_fov(size, size, 30), lighting=Lighting.studio())
    cpu.render(painted, vertices, pose, setting)
    start = time.process_time()
    for _ in range(4 * repeats):
        cpu.render(painted, vertices, pose, setting)
    return {"cpu_ms_per_image": round(1000 * (time.process_time() - start) / (4 * repeats), 3)}


def soft_step(renderer: TorchRenderer, images: int, size: int) -> Callable[[], None]:
    """One picture per head with the gradients of its vertices."""
    head = Head(renderer.surface.data)
    identity, appearance = person(0)
    pose = head_pose(0.2, 0.1, 0.0, (0, 0, 0.45))
    device = renderer.device
    vertices = torch.tensor(np.stack([head.vertices(identity, pose=pose)] * images), device=device, requires_grad=True)
    heads, who = renderer.stack([appearance]), torch.zeros(images, dtype=torch.int64, device=device)
    poses = torch.tensor(np.stack([pose] * images), device=device)
    cameras = renderer.cameras([Camera.from_fov(size, size, 30)] * images)
    settings = Settings(cameras, renderer.lights([Lighting.studio()] * images))

    def step() -> None:
        renderer.soft(heads, who, vertices, poses, settings, samples=1).sum().backward()

    return step


if __name__ == "__main__":
    raise SystemExit(main())
