"""`mien run`: the ROS 2 graph on one source, live progress, a bag and a report."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from mien.bridges.registry import chosen
from mien.cli.errors import require
from mien.core.errors import BridgeError, RunError, UsageError
from mien.graph import BRIDGES, CAMERA, PROFILES


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--source",
        default="/dev/video0",
        help="camera (/dev/video0), video, image, folder of images, topic:/camera/image_raw, "
        "clip: a film of a very expressive face, or actor: a synthetic person (default /dev/video0)",
    )
    parser.add_argument(
        "--to", default="", metavar="BRIDGE,…", help="avatars and robots to move: `mien bridges list` names them"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="record a bag and draw the report here")
    parser.add_argument("--profile", choices=sorted(PROFILES), default="fused", help="one process, or one per stage")
    parser.add_argument("--duration", type=float, metavar="S", help="end after this many seconds")
    parser.add_argument("--images", choices=("jpeg", "raw", "none"), default="jpeg", help="how images are recorded")
    parser.add_argument("--fast", action="store_true", help="play a file as fast as it is read, dropping nothing")
    parser.add_argument("--namespace", default="", help="put every topic under this name")
    parser.add_argument("--params-file", type=Path, metavar="YAML", help="ROS parameter file")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="COMPONENT.NAME=VALUE",
        help="one parameter, for example faces.max_faces=1",
    )


def run(args: argparse.Namespace) -> int:
    source, topic = _source(args.source)
    if args.params_file and not args.params_file.is_file():
        raise UsageError(f"--params-file {args.params_file}: no such file")
    if args.duration is not None and not args.duration > 0:
        raise UsageError(f"--duration {args.duration}: must be over 0 s")
    if args.fast and args.profile == "split":
        raise UsageError("--fast needs --profile fused: separate processes drop what they cannot follow")
    out: Path | None = args.out
    require("rclpy", "mien_msgs")
    try:
        bridges = chosen(args.to)
    except BridgeError as e:
        raise UsageError(f"--to {e}") from e
    require(*(module for bridge in bridges for module in bridge.needs))
    if out:
        require("rosbags", "matplotlib")
        _clear(out)
    from mien.run.supervisor import Plan, Supervisor

    plan = Plan(
        # Somebody else's images need no camera of ours.
        nodes=tuple(n for n in PROFILES[args.profile] if not (topic and n is CAMERA)),
        beside=(BRIDGES,) if bridges else (),
        source=source,
        topic=topic,
        bag=out / "bag" if out else None,
        images=args.images,
        paced=not args.fast,
        namespace=args.namespace,
        params_file=args.params_file,
        overrides=(("bridges.to", args.to), *(_override(text) for text in args.set)),
        duration_s=args.duration,
    )
    outcome = Supervisor(plan).run()
    if out and outcome.recorded and not outcome.error:
        _report(out, args.source)
    if outcome.error:
        raise RunError(outcome.error)
    return 0


def _report(out: Path, source: str) -> None:
    from mien.report.render import render, written

    s = render(out / "bag", out, source=source)
    latency = s["latency_ms"]
    print(
        f"{s['frames']} frames, {s['frames_with_face']} with a face, {s['dropped']} dropped; "
        f"capture to rig {latency['p50']} ms (p50), {latency['p99']} ms (p99)\n"
        f"{out}/  {'  '.join(written(s))}  bag/"
    )


def _source(text: str) -> tuple[str, str]:
    """The camera.source parameter, and the topic when it is one."""
    from mien.camera import gstreamer
    from mien.camera.sources import ACTOR, TOPIC, is_device
    from mien_models import Registry

    kind, _, name = text.partition(":")
    if kind == TOPIC:
        if not name:
            raise UsageError("--source topic: needs a name, for example topic:/camera/image_raw")
        return TOPIC, name
    if text == ACTOR:
        require("numba")
        return ACTOR, ""
    if text == "clip":
        return str(Registry.load().path("clip")), ""
    if gstreamer.is_pipeline(text):
        if why := gstreamer.obstacle():
            raise UsageError(f"--source {text}: {why}")
        return text, ""
    path = Path(text).expanduser()
    if is_device(text):
        device = Path(f"/dev/video{text}" if text.isdecimal() else text)
        if not device.exists():
            present = ", ".join(sorted(str(p) for p in Path("/dev").glob("video*"))) or "none"
            raise UsageError(f"--source {text}: no such camera (cameras here: {present})")
        return str(device), ""
    if not path.exists():
        raise UsageError(f"--source {text}: no such file, folder or camera; an image topic is topic:NAME")
    return str(path.resolve()), ""


def _override(text: str) -> tuple[str, str]:
    from mien.configs import CONFIGS
    from mien.core.config import params

    name, sep, value = text.partition("=")
    component, _, field = name.partition(".")
    known = [p.name for p in params(CONFIGS[component])] if component in CONFIGS else []
    if not sep or field not in known:
        hint = f"{component} has {', '.join(known)}" if known else f"components are {', '.join(CONFIGS)}"
        raise UsageError(f"--set {text}: expected COMPONENT.NAME=VALUE; {hint}")
    return name, value


def _clear(out: Path) -> None:
    """Make room for a new run: only what a run writes is removed."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name in ("annotated.mp4", "contact_sheet.png", "timeline.png", "summary.json"):
            (out / name).unlink(missing_ok=True)
        shutil.rmtree(out / "bag", ignore_errors=True)
    except OSError as e:
        raise UsageError(f"--out {out}: {e.strerror}; choose a folder that can be written") from e
