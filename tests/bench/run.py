"""Measures speed, stillness and footprint, side by side with MediaPipe. `make bench` runs it.

Writes out/bench/latest.json and latest.png. Every ratio comes from the same frames in the same run:
ours and MediaPipe's take turns, frame by frame, decoding excluded.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from live import measure_live
from peer import Peer
from rich.console import Console
from rich.progress import track

from mien.camera.config import CameraConfig
from mien.camera.stage import VideoSource, read_image
from mien.core.types import F64, Frame
from mien.faces.config import FacesConfig
from mien.faces.stage import Stage as FacesStage
from mien.perception.pipeline import Pipeline
from mien_models import Registry

ROOT = Path(__file__).resolve().parents[2]
_WARM = 10
_EYES = (33, 263)
_NOISE = 2.0  # of a still camera image, in grey levels
_STILL_FRAMES = 120
_NETWORKS = ("blazeface_short", "facemesh_v2", "blendshapes_v2", "face_geometry")

console = Console(stderr=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="length of the live run (default 60)")
    parser.add_argument("--rounds", type=int, default=3, help="times the clip is compared (default 3)")
    parser.add_argument("--keep", action="store_true", help="also write a dated copy under tests/bench/results")
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
    report |= measure_live(args.seconds)
    out = ROOT / "out/bench"
    out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report, indent=2) + "\n"
    (out / "latest.json").write_text(text)
    if args.keep:
        kept = ROOT / "tests/bench/results"
        kept.mkdir(exist_ok=True)
        (kept / f"{report['when'][:10]}.json").write_text(text)
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


def clip() -> Iterator[Frame]:
    source = VideoSource(Registry.load().path("clip"), CameraConfig())
    return iter(source.read, None)


def compare(peer: Peer, rounds: int) -> dict[str, Any]:
    """One face, the whole clip, MediaPipe's VIDEO mode: tracking alone and the chain to rigs."""
    frames = list(clip())
    theirs, tracking, chain = [], [], []
    stages: dict[str, list[float]] = {"faces": [], "expressions": [], "affects": [], "rigs": []}
    for r in range(rounds):
        pipeline = Pipeline(FacesConfig(max_faces=1), now_ns=time.perf_counter_ns)
        for i, frame in enumerate(track(frames, f"against MediaPipe, {r + 1} of {rounds}", console=console)):
            peer_ms = peer(frame.image, i * 40, session=str(r)).ms
            start = time.perf_counter_ns()
            result = pipeline.step(frame)
            times = [start, *(s.finished_ns for s in result.rigs.stages[1:])]
            if i < _WARM:
                continue
            theirs.append(peer_ms)
            spent = np.diff(times) * 1e-6
            for name, ms in zip(stages, spent, strict=True):
                stages[name].append(float(ms))
            tracking.append(float(spent[:2].sum()))
            chain.append(float(spent.sum()))
    peer50, peer99 = np.percentile(theirs, (50, 99))
    return {
        "frames": len(theirs),
        "mediapipe_ms": spread(theirs),
        "tracking_ms": spread(tracking),
        "chain_ms": spread(chain),
        "stages_ms": {name: spread(ms) for name, ms in stages.items()},
        "tracking_vs_mediapipe": {
            "median_ratio": round(float(np.median(tracking) / peer50), 3),
            "p99_ratio": round(float(np.percentile(tracking, 99) / peer99), 3),
        },
        "chain_vs_mediapipe": {"median_ratio": round(float(np.median(chain) / peer50), 3)},
    }


def agreement(peer: Peer) -> dict[str, Any]:
    """Landmarks [px] and blendshapes against MediaPipe's IMAGE mode on still photographs."""
    shifts, shapes = [], []
    for name in ("single_face", "multi_face"):
        image = read_image(Registry.load().path(name))
        reading = peer(image, mode="IMAGE")
        # The same detector as theirs: ours asks a second one where the first points badly.
        pipeline = Pipeline(FacesConfig(smooth=False, max_faces=8, detector="short_range"))
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
    from mien.core.spaces import arkit

    return dict(zip(arkit.BLENDSHAPES, weights.tolist(), strict=True))


def jitter(peer: Peer) -> dict[str, Any]:
    """How still a still face is, and what that costs a moving one; in ‰ of the eyes' distance.

    Still: a photograph under sensor noise; standard deviation of the landmarks. Moving: the clip;
    mean distance from the unsmoothed landmarks.
    """
    image = read_image(Registry.load().path("single_face"))
    rng = np.random.default_rng(0)
    stage = FacesStage(FacesConfig(max_faces=1))
    ours, theirs = [], []
    for i in range(_STILL_FRAMES):
        noisy = np.clip(image + rng.normal(0, _NOISE, image.shape), 0, 255).astype(np.uint8)
        theirs.append(peer(noisy, i * 33, session="still").landmarks[0])
        ours.append(stage.step(Frame(noisy, i * 33_000_000)).faces[0].landmarks.astype(np.float64))
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
