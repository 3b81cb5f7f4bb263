"""Measures `mien annotate` on all cores beside a plain MediaPipe loop over the same videos.

    MIEN_BENCH_PYTHON=build/bench/bin/python python tests/bench/annotate.py --videos 4

Both begin with an interpreter that starts and end with a file on the disk; starting costs mien more, which starts one
process per core. Writes out/bench/annotate.json. Each round takes some ten seconds; close what else is running.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from run import ROOT, machine, mediapipe_task, versions

from mien_models import Registry

_GOAL = 2.0  # times as fast, on two cores
_OURS = ("LD_LIBRARY_PATH", "_ROS_WHEELS_BOOTSTRAP_COMPLETE", "PYTHONPATH")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--videos", type=int, default=4, help="copies of the clip (default 4)")
    parser.add_argument("--jobs", type=int, default=0, help="processes of mien (default: as many as cores)")
    parser.add_argument("--models", default="encoder_small,blendshapes_v2", help="of mien, each beside MediaPipe")
    parser.add_argument("--rounds", type=int, default=1, help="the fastest counts (default 1)")
    args = parser.parse_args()
    python = os.environ.get("MIEN_BENCH_PYTHON")
    if not python:
        print("MIEN_BENCH_PYTHON names no interpreter with mediapipe; `make build/bench/bin/python`", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "model.task").write_bytes(mediapipe_task())
        videos = []
        for i in range(args.videos):
            videos.append(folder / f"{i}.mp4")
            videos[-1].symlink_to(Registry.load().path("clip"))
        theirs: list[dict[str, Any]] = []
        ours: dict[str, list[dict[str, Any]]] = {model: [] for model in args.models.split(",")}
        for _ in range(args.rounds):
            theirs.append(mediapipe(Path(python), folder, videos))
            for model, found in ours.items():
                found.append(mien(folder, videos, args.jobs, model))
    fastest = {"mediapipe": min(theirs, key=_seconds)} | {m: min(found, key=_seconds) for m, found in ours.items()}
    best = {name: float(found["seconds"]) for name, found in fastest.items()}
    frames = theirs[0]["frames"]
    report: dict[str, Any] = {
        "when": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "versions": versions() | {"mediapipe": theirs[0]["version"]},
        "machine": machine() | {"load_before": os.getloadavg()[0]},
        "videos": args.videos,
        "frames": frames,
        "seconds": {name: round(value, 2) for name, value in best.items()},
        "cpu_ms_per_frame": {name: round(1e3 * found["cpu_s"] / frames, 2) for name, found in fastest.items()},
        "frames_per_s": {name: round(frames / value, 1) for name, value in best.items()},
        "times_as_fast": {model: round(best["mediapipe"] / best[model], 2) for model in ours},
        "goal_on_two_cores": _GOAL,
    }
    text = json.dumps(report, indent=2) + "\n"
    out = ROOT / "out/bench"
    out.mkdir(parents=True, exist_ok=True)
    (out / "annotate.json").write_text(text)
    print(text)
    return 0


def mediapipe(python: Path, folder: Path, videos: list[Path]) -> dict[str, Any]:
    """Frames, seconds from start to end of the process, and MediaPipe's version."""
    command = [python, Path(__file__).with_name("mediapipe_loop.py"), folder / "model.task", folder / "theirs.jsonl"]
    env = {k: v for k, v in os.environ.items() if k not in _OURS}
    found, output = measured([*command, *videos], env)
    told: dict[str, Any] = json.loads(output.splitlines()[-1])
    return told | found


def mien(folder: Path, videos: list[Path], jobs: int, model: str) -> dict[str, Any]:
    """Seconds from start to end of the command."""
    out = folder / "ours.jsonl"
    command = [sys.executable, "-m", "mien.cli", "annotate", *map(str, videos), "--out", str(out), "--max-faces", "1"]
    command += ["--model", model]
    return measured([*command, *(["--jobs", str(jobs)] if jobs else [])])[0]


def measured(command: list[Any], env: dict[str, str] | None = None) -> tuple[dict[str, Any], str]:
    """Seconds by the clock and of all processors, and what the command printed. The latter hardly depends on load."""
    start, before = time.perf_counter(), os.times()
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    after = os.times()
    cpu_s = after.children_user + after.children_system - before.children_user - before.children_system
    return {"seconds": time.perf_counter() - start, "cpu_s": cpu_s}, done.stdout


def _seconds(found: dict[str, Any]) -> float:
    return float(found["seconds"])


if __name__ == "__main__":
    sys.exit(main())
