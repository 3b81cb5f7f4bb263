"""Latency of every engine, as JSON: python tests/gpu/measure.py [--out FILE].

From pixels in host memory to numbers in host memory, copies included, one call after another.
`chain` is one face through detector, landmarks and blendshapes; `crops` are aligned faces of images
from VGA to 4K, cut on the GPU, the upload included, and on the CPU. The file names machine, GPU, driver,
TensorRT and commit; keep it in tests/bench/results when README is to quote it.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import platform
import subprocess
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
from cases import Case, load, record

from mien_models import Registry, Session, load_face_geometry
from mien_models.alignment import CROP_SIZE, crop, views
from mien_models.backends.cuda import cuda
from mien_models.backends.tensor_rt import open_tensor_rt, target_here
from mien_models.backends.tensor_rt_api import PRECISIONS
from mien_models.preprocess import GpuImage, compile_kernel

ROOT = Path(__file__).resolve().parents[2]
BATCHES = (1, 2, 4, 8)
CHAIN = ("blazeface_short", "facemesh_v2", "blendshapes_v2")
SIZES = {"VGA": (640, 480), "720p": (1280, 720), "1080p": (1920, 1080), "4K": (3840, 2160)}
FACES = (1, 8)
HEAD_CM = 36  # height of an image that a head fills by half
WARM, RUNS = 50, 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "out/gpu/latency.json")
    parser.add_argument("--cases", type=Path, help="a file written by cases.py; default: made here")
    args = parser.parse_args()
    registry = Registry.load()
    cases = load(args.cases) if args.cases else record(registry)
    report: dict[str, Any] = {"about": about(), "runs": RUNS, "unit": "ms", "networks": {}, "chain": {}}
    for precision in PRECISIONS:
        sessions = {name: open_tensor_rt(registry, name, "a measurement", precision, build=True) for name in cases}
        for name, session in sessions.items():
            inputs = cases[name].inputs
            count = len(next(iter(inputs.values())))
            for batch in BATCHES:
                index = np.arange(batch) % count
                part = {key: value[index] for key, value in inputs.items()}
                row = timed(lambda session=session, part=part: session(part))
                report["networks"].setdefault(name, {}).setdefault(precision, {})[batch] = row
                print(f"{name:20}{precision} batch {batch}: {row}")
        report["chain"][precision] = timed(chain(sessions, cases))
        print(f"chain               {precision}: {report['chain'][precision]}")
        for session in sessions.values():
            session.close()
    report["crops"] = crops()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps(report, indent=2) + "\n")
    print(args.out)


def chain(sessions: Mapping[str, Session], cases: Mapping[str, Case]) -> Callable[[], object]:
    """One face through the networks of perception, one after the other."""
    steps = [(sessions[name], {key: value[:1] for key, value in cases[name].inputs.items()}) for name in CHAIN]
    return lambda: [session(inputs) for session, inputs in steps]


def crops() -> dict[str, Any]:
    """Every face of an image, brought to the host, where the image is and where it comes from."""
    driver = cuda()
    image = GpuImage(driver, compile_kernel(driver.gpu.capability))
    head = np.zeros((478, 3), np.float32)
    head[:468] = load_face_geometry().vertices * (1, -1, -1)
    out: dict[str, Any] = {}
    for name, (width, height) in SIZES.items():
        pixels = np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)
        for count in FACES:
            points = np.stack([head * (height / HEAD_CM) + (width / 2, height / 2, 0)] * count).astype(np.float32)

            def on_gpu(points: Any = points, pixels: Any = pixels) -> object:
                image.upload(pixels)
                return image.crops(views(points, pixels.shape[1], pixels.shape[0]), CROP_SIZE)

            row = {
                "gpu": timed(on_gpu),
                "cpu": timed(lambda points=points, pixels=pixels: [crop(pixels, p) for p in points]),
            }
            out.setdefault(name, {})[count] = row
            print(f"crops               {name} {count} faces: {row}")
    image.close()
    return out


def timed(run: Callable[[], object]) -> dict[str, float]:
    """Median, 99th percentile and mean [ms]."""
    for _ in range(WARM):
        run()
    times = np.empty(RUNS)
    for i in range(RUNS):
        began = time.perf_counter()
        run()
        times[i] = 1e3 * (time.perf_counter() - began)
    return {
        "median": round(float(np.median(times)), 4),
        "p99": round(float(np.percentile(times, 99)), 4),
        "mean": round(float(times.mean()), 4),
    }


def about() -> dict[str, str]:
    target = target_here("fp16")
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    return {
        "date": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "commit": commit.strip(),
        "gpu": str(cuda().gpu),
        "driver_cuda": ".".join(map(str, cuda().gpu.cuda)),
        "tensorrt": str(target.api),
        "cuda_bindings": importlib.metadata.version("cuda-bindings"),
        "python": platform.python_version(),
        "machine": platform.platform(),
    }


if __name__ == "__main__":
    main()
