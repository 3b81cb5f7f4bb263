"""Records a run at 1280×720 and 30 Hz, and counts what reached the bag; then verifies it where its images are raw.

    python tests/bench/recording.py --minutes 10                    # JPEG: 18,000 images, about 2 GB
    python tests/bench/recording.py --minutes 1 --images raw        # 5 GB a minute

Counted are the images that the stages worked on and did not work on (by their stamps and by what `perception` says),
the results of each, and what the recorder says that it dropped. Writes out/bench/recording.json; the exit code is 1
where something is missing of which nobody told. Close what else is running.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import cv2
import psutil
from run import ROOT, machine, versions

from mien.bags.info import dropped
from mien.bags.read import Session
from mien.core.stage import STAGES
from mien_models import Registry

_SIZE, _RATE_HZ = (1280, 720), 30.0
_START_S = 120.0
_END_S = 120.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long to record (default 10)")
    parser.add_argument("--images", choices=("jpeg", "h264", "raw"), default="jpeg", help="default jpeg")
    parser.add_argument("--keep", action="store_true", help="leave the bag in out/bench/recording")
    args = parser.parse_args()
    folder = ROOT / "out/bench"
    folder.mkdir(parents=True, exist_ok=True)
    film = enlarged(folder / "720p.avi")
    out = folder / "recording"
    load = os.getloadavg()[0]
    recorder = record(film, out, args.minutes * 60, args.images)
    report: dict[str, Any] = {
        "when": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "versions": versions(),
        "machine": machine() | {"load_before": load},
        "minutes": args.minutes,
        "images": args.images,
        "recorder": recorder,
        **counted(out / "bag"),
    }
    if args.images == "raw":
        done = subprocess.run(
            [sys.executable, "-m", "mien.cli", "bag", "verify", str(out / "bag")], capture_output=True, text=True
        )
        report["verify"] = {"exit_code": done.returncode, "says": (done.stdout + done.stderr).strip()}
    text = json.dumps(report, indent=2) + "\n"
    (folder / "recording.json").write_text(text)
    print(text)
    film.unlink()
    if not args.keep:
        shutil.rmtree(out)
    return int(bool(report["missing_and_not_told"]) or report.get("verify", {}).get("exit_code", 0) != 0)


def enlarged(path: Path) -> Path:
    """The clip at 1280×720, to be played at 30 frames a second in a loop."""
    source = cv2.VideoCapture(str(Registry.load().path("clip")))
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), _RATE_HZ, _SIZE)
    while True:
        ok, image = source.read()
        if not ok:
            break
        writer.write(cv2.resize(image, _SIZE))
    writer.release()
    return path


def record(film: Path, out: Path, seconds: float, images: str) -> dict[str, Any]:
    """Run the graph for so long from the first message on; what the recorder cost."""
    command = [sys.executable, "-m", "mien.cli", "run", "--source", str(film), "--out", str(out), "--overwrite"]
    command += ["--set", "camera.loop=true", "--set", f"bags.images={images}"]
    run = subprocess.Popen(command, start_new_session=True)
    process: psutil.Process | None = None
    try:
        begin = time.monotonic()
        while not any(p.stat().st_size > 100_000 for p in (out / "bag").glob("*.mcap")):
            if run.poll() is not None or time.monotonic() > begin + _START_S:
                raise SystemExit(f"the run wrote nothing within {_START_S:.0f} s")
            time.sleep(0.5)
        begin = time.monotonic()
        children = psutil.Process(run.pid).children(recursive=True)
        process = next(p for p in children if "recorder" in " ".join(p.cmdline()))
        before = process.cpu_times()
        memory = []
        while time.monotonic() < begin + seconds:
            if run.poll() is not None:
                raise SystemExit("the run ended by itself")
            memory.append(process.memory_info().rss / 1e6)
            time.sleep(min(2.0, seconds))
        after = process.cpu_times()
        cpu_s = after.user + after.system - before.user - before.system
        return {
            "share_of_a_core": round(cpu_s / (time.monotonic() - begin), 3),
            "memory_mb": {"first": round(memory[0]), "last": round(memory[-1]), "highest": round(max(memory))},
        }
    finally:
        _end(run, process)


def _end(run: subprocess.Popen[bytes], recorder: psutil.Process | None) -> None:
    """Let the recorder close its bag. The report, which takes longer than the recording, is not drawn."""
    if run.poll() is not None:
        return
    run.send_signal(signal.SIGINT)
    if recorder is not None:
        recorder.wait(_END_S)
    end = time.monotonic() + _END_S
    while run.poll() is None:
        if time.monotonic() > end:
            run.kill()
            raise SystemExit("the run does not end")
        run.send_signal(signal.SIGINT)
        time.sleep(1)


def counted(bag: Path) -> dict[str, Any]:
    """What is in the bag, what is not, and what of that was told."""
    session = Session(bag)
    stamps: dict[str, set[int]] = {}
    for heard in session.messages({"image", *(spec.name for spec in STAGES)}):
        stamps.setdefault(heard.part, set()).add(heard.stamp_ns)
    images = sorted(stamps["image"])
    period = 1e9 / _RATE_HZ
    played = round((images[-1] - images[0]) / period) + 1
    told = dropped(session)
    # The images between the last one that is whole and the end of the run were cut off with it.
    results = {name: len(of & stamps["image"]) for name, of in stamps.items() if name != "image"}
    perception = next((s.values for s in session.diagnostics.values() if s.name.endswith("/perception")), {})
    not_worked_on = played - len(images)
    missing = {name: len(images) - n for name, n in results.items() if len(images) - n > 1 and name not in told}
    return {
        "played": played,
        "recorded": {"image": len(images), **results},
        "not_worked_on": {"by_stamps": not_worked_on, "told_by_perception": int(perception.get("dropped", 0))},
        "dropped_by_the_recorder": told,
        "missing_and_not_told": missing,
        "bytes": sum(p.stat().st_size for p in bag.glob("*.mcap")),
    }


if __name__ == "__main__":
    sys.exit(main())
