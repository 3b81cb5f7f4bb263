"""Measures speed, stillness and footprint, side by side with MediaPipe. `make bench` runs it.

Writes out/bench/latest.json and latest.png. Every ratio comes from the same frames in the same run:
ours and MediaPipe's take turns, frame by frame, decoding excluded. A full run takes some five minutes;
close what else is running.
"""

from __future__ import annotations

import argparse
import gc
import io
import itertools
import json
import os
import platform
import shutil
import subprocess
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from energy import measure_energy
from live import measure_live
from networks import measure_networks
from peer import Peer
from picture import draw
from rich.console import Console
from rich.progress import track
from workload import FRAME_NS, clip, crowd, noisy, resized

from mien.affects.config import AffectsConfig
from mien.camera.files.pictures import read_image
from mien.core.types import F64, Frame
from mien.expressions.config import ExpressionsConfig
from mien.faces import search
from mien.faces.config import FacesConfig
from mien.faces.stage import Stage as FacesStage
from mien.perception.pipeline import Pipeline
from mien_models import Registry

ROOT = Path(__file__).resolve().parents[2]
_WARM = 10
_EYES = (33, 263)
_STILL_FRAMES = 120
_SIZES = {"VGA": (640, 480), "720p": (1280, 720), "1080p": (1920, 1080), "4K": (3840, 2160)}
_SIZE_FRAMES = 30
_COUNTS = (1, 2, 4, 8, 16)
_COUNT_FRAMES = 30
_ALLOCATION_FRAMES = 200
_FILLED = 1500
_NETWORKS = ("blazeface_short", "facemesh_v2", "blendshapes_v2", "face_geometry")

console = Console(stderr=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="length of each live run (default 60)")
    parser.add_argument("--rounds", type=int, default=3, help="times the clip is compared (default 3)")
    parser.add_argument("--keep", action="store_true", help="also write dated copies under tests/bench/results")
    args = parser.parse_args()
    python = os.environ.get("MIEN_BENCH_PYTHON")
    if not python:
        print("MIEN_BENCH_PYTHON names no interpreter with mediapipe; run `make bench`", file=sys.stderr)
        return 2
    report: dict[str, Any] = {"when": datetime.now(timezone.utc).isoformat(timespec="seconds")}
    with Peer(Path(python), mediapipe_task()) as peer:
        report["versions"] = versions() | {"mediapipe": peer.version}
        report["machine"] = machine()
        report |= compare(peer, args.rounds)
        report["agreement"] = agreement(peer)
        report["jitter"] = jitter(peer)
        report["under_load"] = under_load(peer, args.rounds)
        report["sizes"] = sizes(peer, args.rounds)
    report["faces"] = faces(args.rounds)
    report["networks"] = measure_networks(batch=8)
    report |= memory_and_energy(args.seconds / 10)
    report |= measure_live(args.seconds)
    out = ROOT / "out/bench"
    out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report, indent=2) + "\n"
    (out / "latest.json").write_text(text)
    draw(report, out / "latest.png")
    if args.keep:
        kept = ROOT / "tests/bench/results"
        kept.mkdir(exist_ok=True)
        for suffix in (".json", ".png"):
            shutil.copy(out / f"latest{suffix}", kept / f"{report['when'][:10]}{suffix}")
    print(text)
    return 0


def mediapipe_task() -> bytes:
    """The model bundle that MediaPipe reads, from the files that ours were converted from."""
    registry, buffer = Registry.load(), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as bundle:
        for name in _NETWORKS:
            for member, data in registry.originals(name).items():
                bundle.writestr(member, data)
    return buffer.getvalue()


def compare(peer: Peer, rounds: int) -> dict[str, Any]:
    """One face, the whole clip, MediaPipe's VIDEO mode: tracking alone and the chain to rigs.

    `tracking` and `plain_chain` run the networks that MediaPipe runs; `chain` is the default one,
    with the expression encoder.
    """
    frames = list(clip())
    theirs, tracking, plain, chain = [], [], [], []
    stages: dict[str, list[float]] = {"faces": [], "expressions": [], "affects": [], "rigs": []}
    for r in range(rounds):
        same, full = same_networks(max_faces=1), Pipeline(faces=FacesConfig(max_faces=1), now_ns=time.perf_counter_ns)
        for i, frame in enumerate(track(frames, f"against MediaPipe, {r + 1} of {rounds}", console=console)):
            peer_ms = peer(frame.image, i * 40, session=str(r)).ms
            spent_same, spent = stage_ms(same, frame), stage_ms(full, frame)
            if i < _WARM:
                continue
            theirs.append(peer_ms)
            for name, ms in zip(stages, spent, strict=True):
                stages[name].append(float(ms))
            tracking.append(float(spent_same[:2].sum()))
            plain.append(float(spent_same.sum()))
            chain.append(float(spent.sum()))
    peer50, peer99 = np.percentile(theirs, (50, 99))
    return {
        "frames": len(theirs),
        "mediapipe_ms": spread(theirs),
        "tracking_ms": spread(tracking),
        "plain_chain_ms": spread(plain),
        "chain_ms": spread(chain),
        "stages_ms": {name: spread(ms) for name, ms in stages.items()},
        "tracking_vs_mediapipe": {
            "median_ratio": round(float(np.median(tracking) / peer50), 3),
            "p99_ratio": round(float(np.percentile(tracking, 99) / peer99), 3),
        },
        "plain_chain_vs_mediapipe": {"median_ratio": round(float(np.median(plain) / peer50), 3)},
        "chain_vs_mediapipe": {"median_ratio": round(float(np.median(chain) / peer50), 3)},
    }


def same_networks(**faces: Any) -> Pipeline:
    """The chain with the networks that MediaPipe has, and no others."""
    return Pipeline(
        faces=FacesConfig(crop="none", **faces),
        expressions=ExpressionsConfig(model="blendshapes_v2"),
        affects=AffectsConfig(emotion="prototypes"),
        now_ns=time.perf_counter_ns,
    )


def stage_ms(pipeline: Pipeline, frame: Frame) -> F64:
    """(4,) what faces, expressions, affects and rigs take for one frame [ms]."""
    start = time.perf_counter_ns()
    result = pipeline.step(frame)
    return np.diff([start, *(s.finished_ns for s in result.rigs.stages[1:])]) * 1e-6


def under_load(peer: Peer, rounds: int) -> dict[str, Any]:
    """The clip once more while every other core is busy with arithmetic."""
    frames = list(clip())
    ours, theirs = [], []
    with busy_cores(max(1, (os.cpu_count() or 1) - 1)) as count:
        for r in range(rounds):
            pipeline = Pipeline(faces=FacesConfig(max_faces=1))
            for i, frame in enumerate(track(frames, f"under load, {r + 1} of {rounds}", console=console)):
                peer_ms = peer(frame.image, i * 40, session=f"load {r}").ms
                spent = ms_of(lambda: pipeline.step(frame))  # noqa: B023
                if i >= _WARM:
                    theirs.append(peer_ms)
                    ours.append(spent)
    return {"busy_cores": count, "chain_ms": spread(ours), "mediapipe_ms": spread(theirs)}


@contextmanager
def busy_cores(count: int) -> Iterator[int]:
    command = [sys.executable, "-c", "while True: pass"]
    processes = [subprocess.Popen(command) for _ in range(count)]
    try:
        yield count
    finally:
        for process in processes:
            process.kill()
            process.wait()


def sizes(peer: Peer, rounds: int) -> dict[str, Any]:
    """The same face in images from VGA to 4K: tracking with room for no other, and with the detectors at work."""
    few = [frame.image for frame in list(clip())[:_SIZE_FRAMES]]
    out = {}
    for name, (width, height) in track(_SIZES.items(), "VGA to 4K", console=console):
        images = resized(few, width, height)
        stages = {"chain_ms": Pipeline(faces=FacesConfig(max_faces=1)), "chain_searching_ms": Pipeline()}
        spent: dict[str, list[float]] = {"mediapipe_ms": [], **{key: [] for key in stages}}
        for i in range((rounds + 1) * len(images)):
            image = images[i % len(images)]
            peer_ms = peer(image, i * 33, session=name).ms
            taken = {k: ms_of(lambda: p.step(Frame(image, i * FRAME_NS))) for k, p in stages.items()}  # noqa: B023
            if i >= _WARM:
                for key, ms in ({"mediapipe_ms": peer_ms} | taken).items():
                    spent[key].append(ms)
        out[name] = {"width": width, "height": height} | {key: spread(ms) for key, ms in spent.items()}
    return out


def faces(rounds: int) -> dict[str, Any]:
    """1 to 16 faces in one 1920×1080 image, all of them tracked.

    The counts take turns, a second of images each, so that a slow minute of the machine falls on all of them.
    """
    images = {count: noisy(crowd(count), 4) for count in _COUNTS}
    pipelines = {n: Pipeline(faces=FacesConfig(max_faces=n), now_ns=time.perf_counter_ns) for n in _COUNTS}
    spent: dict[int, list[float]] = {count: [] for count in _COUNTS}
    for r in track(range(rounds), "1 to 16 faces", console=console):
        for count, pipeline in pipelines.items():
            for i in range(_WARM + _COUNT_FRAMES):
                frame = Frame(images[count][i % 4], (r * (_WARM + _COUNT_FRAMES) + i) * FRAME_NS)
                seen: list[int] = []
                ms = ms_of(lambda: seen.append(len(pipeline.step(frame).faces.faces)))  # noqa: B023
                if i < _WARM:
                    continue
                if seen != [count]:
                    raise RuntimeError(f"{seen[0]} faces were tracked in a picture of {count}")
                spent[count].append(ms)
    out: dict[str, Any] = {str(count): {"chain_ms": spread(ms)} for count, ms in spent.items()}
    one = out["1"]["chain_ms"]["p50"]
    for each in out.values():
        each["times_one"] = round(each["chain_ms"]["p50"] / one, 2)
    return out


def memory_and_energy(seconds: float) -> dict[str, Any]:
    """What a step of the chain allocates in Python and numpy, and the energy of an image."""
    images = itertools.cycle([frame.image for frame in list(clip())[:_SIZE_FRAMES]])
    pipeline = Pipeline(faces=FacesConfig(max_faces=1))
    stamps = itertools.count(0, FRAME_NS)

    def step() -> None:
        pipeline.step(Frame(next(images), next(stamps)))

    # The interpreter keeps lists of objects to use again, which fill up first.
    for _ in track(range(_FILLED), "allocations", console=console):
        step()
    tracemalloc.start()
    kept, peaks = [], []
    for _ in range(2):
        for _ in range(_ALLOCATION_FRAMES):
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            step()
            peaks.append(tracemalloc.get_traced_memory()[1] - before)
        gc.collect()
        kept.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    allocation = {
        "peak_kb_per_image": round(float(np.median(peaks)) / 1e3, 1),
        "growth_bytes_per_image": round((kept[1] - kept[0]) / _ALLOCATION_FRAMES, 1),
    }
    return {"allocation": allocation, "energy": measure_energy(step, seconds)}


def ms_of(call: Callable[[], Any]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1e3


def agreement(peer: Peer) -> dict[str, Any]:
    """Landmarks [px] and blendshapes against MediaPipe's IMAGE mode on still photographs."""
    shifts, shapes = [], []
    for name in ("single_face", "multi_face"):
        image = read_image(Registry.load().path(name))
        reading = peer(image, mode="IMAGE")
        # As they search, once, upright and with one detector: on the group photograph 40 px beside a face.
        pipeline = same_networks(smooth=False, max_faces=8, detector="short_range")
        with (
            patch.object(search, "right_way_up", lambda _d, _i, found, _s: found),
            patch.object(search, "_TURNS", (0,)),
        ):
            result = pipeline.step(Frame(image, 0))
        for theirs, names in zip(reading.landmarks, reading.blendshapes, strict=True):
            ours = min(
                zip(result.faces.faces, result.expressions.expressions, strict=True),
                key=lambda pair: float(np.abs(pair[0].landmarks[:, :2] - theirs[:, :2]).mean()),
            )
            shifts.append(float(np.linalg.norm(ours[0].landmarks[:, :2] - theirs[:, :2], axis=1).mean()))
            shapes.append(max(abs(names[n] - w) for n, w in by_name(ours[1].blendshapes).items() if n in names))
    return {"faces": len(shifts), "landmarks_px_mean": round(max(shifts), 4), "blendshapes_max": round(max(shapes), 4)}


def by_name(weights: Any) -> dict[str, float]:
    from mien_models.spaces import arkit

    return dict(zip(arkit.BLENDSHAPES, weights.tolist(), strict=True))


def jitter(peer: Peer) -> dict[str, Any]:
    """Jitter of a still face, and lag behind a moving one; in ‰ of the inter-ocular distance.

    Still: a photograph under sensor noise; standard deviation of the landmarks. Moving: the clip;
    mean distance from the unsmoothed landmarks.
    """
    stage = FacesStage(FacesConfig(max_faces=1))
    ours, theirs = [], []
    for i, image in enumerate(noisy(read_image(Registry.load().path("single_face")), _STILL_FRAMES)):
        theirs.append(peer(image, i * 33, session="still").landmarks[0])
        ours.append(stage.step(Frame(image, i * 33_000_000)).faces[0].landmarks.astype(np.float64))
    smooth, raw = FacesStage(FacesConfig(max_faces=1)), FacesStage(FacesConfig(max_faces=1, smooth=False))
    behind: dict[str, list[float]] = {"ours": [], "mediapipe": []}
    for frame in clip():
        truth = raw.step(frame).faces[0].landmarks
        behind["ours"].append(distance(smooth.step(frame).faces[0].landmarks, truth))
        behind["mediapipe"].append(
            distance(peer(frame.image, frame.stamp_ns // 1_000_000, session="moving").landmarks[0], truth)
        )
    return {
        "unit": "permille of the distance between the outer eye corners",
        "ours": unrest(ours),
        "mediapipe": unrest(theirs),
        "following_error": {who: round(float(np.mean(d)), 3) for who, d in behind.items()},
    }


def distance(landmarks: Any, truth: Any) -> float:
    """Mean distance in the image, ‰ of the eyes' distance."""
    eyes = np.linalg.norm(truth[_EYES[0], :2] - truth[_EYES[1], :2])
    return float(np.linalg.norm(landmarks[:, :2] - truth[:, :2], axis=1).mean() / eyes * 1e3)


def unrest(landmarks: list[F64]) -> float:
    points = np.array(landmarks)[_WARM:, :, :2]
    eyes = np.linalg.norm(points[:, _EYES[0]] - points[:, _EYES[1]], axis=1).mean()
    return round(float(points.std(axis=0).mean() / eyes * 1e3), 3)


def spread(ms: list[float]) -> dict[str, float]:
    p50, p90, p99 = np.percentile(ms, (50, 90, 99))
    return {"p50": round(float(p50), 3), "p90": round(float(p90), 3), "p99": round(float(p99), 3)}


def versions() -> dict[str, str]:
    names = ("mien", "numpy", "onnxruntime", "opencv-python-headless", "ros-jazzy-rclpy")
    found = {"python": platform.python_version(), "commit": commit()}
    for name in names:
        try:
            found[name] = version(name)
        except ModuleNotFoundError:
            found[name] = "system"
    return found


def commit() -> str:
    git = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    return subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip()


def machine() -> dict[str, Any]:
    cpu = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.processor(),
    )
    return {"cpu": cpu, "cores": os.cpu_count(), "system": platform.platform()}


if __name__ == "__main__":
    sys.exit(main())
