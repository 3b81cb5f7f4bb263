"""Generated files: README tables, the default parameter file and the table of conversion losses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mien.camera import parse
from mien.camera.files.reader import ABILITIES
from mien.configs import CONFIGS
from mien.core import lens
from mien.core.config import Param, params
from mien.graph import JOINT_STATES, NODES, SCHEMA_TOPICS, TOPICS, Action, Service, Topic
from mien.images.encodings import ENCODINGS, Packed, Planar
from mien.images.formats import FORMATS, Kind
from mien_models.spaces import facs, losses

BEGIN, END = "<!-- generated: {} -->", "<!-- end -->"


def files(root: Path) -> dict[Path, str]:
    """Every generated file of a checkout and its content."""
    names = ("README.md", "nodes/mien/camera/README.md", "nodes/mien/retarget/README.md")
    documents = [root / name for name in names]
    return {
        **{document: fill(document.read_text(encoding="utf-8"), root) for document in documents},
        root / "launch/params/default.yaml": parameter_file(),
        root / "models/mien_models/spaces/LOSSES.md": losses.page(),
    }


def fill(text: str, root: Path) -> str:
    """A document with its generated parts renewed. Raises ValueError where a part has no end marker."""
    parts: dict[str, Callable[[], str]] = {
        "topics": topics,
        "nodes": nodes,
        "parameters": parameters,
        "action units": action_units,
        "speed": lambda: speed(root),
        "prediction": lambda: prediction(root),
        "calibrated": lambda: calibrated(root),
        "sources": sources,
        "files": files_read,
        "videos": videos,
        "encodings": image_encodings,
        "calibrations": calibrations,
    }
    for name, make in parts.items():
        begin = BEGIN.format(name)
        head, found, rest = text.partition(begin)
        if not found:
            continue
        _, closed, tail = rest.partition(END)
        if not closed:
            raise ValueError(f"{begin} has no {END}")
        text = f"{head}{begin}\n{make()}\n{END}{tail}"
    return text


def parameter_file() -> str:
    """Every parameter with its default, for all nodes: each takes those that it declares."""
    lines = [
        "# Made by `mien generate` from the config.py of each component: edit a copy, not this file.",
        "# ros2 launch mien_bringup mien.launch.py params_file:=<your copy>",
        "/**:",
        "  ros__parameters:",
    ]
    for component, config in CONFIGS.items():
        lines.append(f"    {component}:")
        for p in params(config):
            unit = f" [{p.unit}]" if p.unit else ""
            bounds = f" {p.bounds}" if p.bounds else ""
            lines.append(f"      {p.name}: {_yaml(p)}  # {p.doc}{unit}{bounds}")
    return "\n".join(lines) + "\n"


def _yaml(p: Param) -> str:
    if isinstance(p.default, bool):
        return str(p.default).lower()
    return f'"{p.default}"' if isinstance(p.default, str) else repr(p.default)


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def topics() -> str:
    return _table(
        ("topic", "type", "what", "QoS offered"),
        ((f"`{t.name}`", f"`{t.type}`", t.doc, str(t.qos)) for t in (*TOPICS, *SCHEMA_TOPICS, JOINT_STATES)),
    )


def nodes() -> str:
    def names(items: tuple[Topic | Service | Action, ...]) -> str:
        return ", ".join(f"`{i.name}`" for i in items) or "–"

    return _table(
        ("node", "what", "subscribes", "publishes", "services, actions"),
        (
            (f"`{n.name}`", n.doc, names(n.subscribes), names(n.publishes), names((*n.services, *n.actions)))
            for n in NODES
        ),
    )


def parameters() -> str:
    def rows() -> Iterator[tuple[str, ...]]:
        for component, config in CONFIGS.items():
            for p in params(config):
                limits = " ".join(filter(None, (p.bounds, p.unit))) or "–"
                default = f"`{_yaml(p)}`"
                yield f"`{component}.{p.name}`", default, limits, "yes" if p.live else "", p.doc

    return _table(("parameter", "default", "limits", "live", "what"), rows())


def sources() -> str:
    return _table(("source", "what"), (kind.form for kind in parse.KINDS))


def files_read() -> str:
    readers = {"": "refused by name", "OpenCV": "always", "PyAV": "with `mien[media]`", "pi-heif": "with `mien[media]`"}

    def rows() -> Iterator[tuple[str, ...]]:
        for f in FORMATS:
            if f.kind in (Kind.PICTURE, Kind.VIDEO, Kind.RAW):
                note = "; ".join(filter(None, (f.note, "develop it first" if f.kind is Kind.RAW else "")))
                yield f.name, f.kind.value, " ".join(f.suffixes), readers[f.reader], note

    return _table(("format", "kind", "usual suffixes", "read", ""), rows())


def videos() -> str:
    return _table(("in a video", "with PyAV (`mien[media]`)", "with OpenCV alone"), iter(ABILITIES))


def image_encodings() -> str:
    def rows() -> Iterator[tuple[str, ...]]:
        for name, e in ENCODINGS.items():
            bits = "16, or what is used of them" if isinstance(e, Packed) and e.dtype().itemsize == 2 else "8"
            yield f"`{name}`", bits, "planes" if isinstance(e, Planar) else f"{e.channels} a pixel", e.what

    return _table(("encoding", "bits", "values", ""), rows())


def calibrations() -> str:
    def rows() -> Iterator[tuple[str, ...]]:
        for model, counts in lens.MODELS.items():
            others = [f"`{other}`" for other, own in lens.ALIASES.items() if own == model and other]
            yield f"`{model}`", " or ".join(map(str, counts)), ", ".join(others)

    return _table(("distortion model", "coefficients", "also called"), rows())


def action_units() -> str:
    return _table(
        ("unit", "name", "labels", "ARKit"),
        (
            (f"AU{u.code}", u.name, ", ".join(u.labels), ", ".join(u.shapes) or "geometry only")
            for u in facs.ACTION_UNITS
        ),
    )


def _scale(b: dict[str, Any], day: str) -> list[str]:
    """Speed with many faces, large images, a busy machine and the split graph; empty where none was measured."""
    if "faces" not in b:
        return []
    load, split = b["under_load"], b["split"]["capture_to_rig_ms"]
    big, kept = b["sizes"]["4K"], b["allocation"]
    mesh, peak = b["networks"]["of"]["facemesh_v2"], b["networks"]["peak_gmac_per_s"]
    return [
        f"Eight faces take {b['faces']['8']['times_one']:.1f} times as long as one, sixteen "
        f"{b['faces']['16']['times_one']:.1f} times. With every other core busy the chain takes "
        f"{load['chain_ms']['p50']:.1f} ms (MediaPipe {load['mediapipe_ms']['p50']:.1f} ms), on 4K images "
        f"{big['chain_ms']['p50']:.1f} ms ({big['mediapipe_ms']['p50']:.1f} ms). Split into one process per stage, "
        f"capture to rig takes {split['p50']:.1f} ms. The chain allocates {kept['peak_kb_per_image']:.0f} kB at most "
        f"at a time and keeps {max(kept['growth_bytes_per_image'], 0):.0f} bytes per image.",
        "",
        f"Of the {mesh['ms']:.2f} ms of the landmark network, {mesh['least_ms']:.2f} ms are its {mesh['mmac_run']:.0f} "
        f"million multiply-adds at the best rate of one core ({peak:.0f} a nanosecond).",
        "",
        f"![Stages, load, number of faces, image size, networks](tests/bench/results/{day}.png)",
        "",
    ]


def speed(root: Path) -> str:
    """The newest measurement that is kept under tests/bench/results."""
    kept = sorted((root / "tests/bench/results").glob("????-??-??.json"))
    if not kept:
        return "Not measured yet."
    b = json.loads(kept[-1].read_text(encoding="utf-8"))
    live, jitter, machine = b["capture_to_rig_ms"], b["jitter"], b["machine"]
    rows = (
        ("detector, landmarks, blendshapes, pose: median", f"{b['tracking_ms']['p50']:.2f} ms",
         f"{b['mediapipe_ms']['p50']:.2f} ms", f"{b['tracking_vs_mediapipe']['median_ratio']:.2f}"),
        ("… 99th percentile", f"{b['tracking_ms']['p99']:.2f} ms",
         f"{b['mediapipe_ms']['p99']:.2f} ms", f"{b['tracking_vs_mediapipe']['p99_ratio']:.2f}"),
        ("and action units, expression, rigs: median", f"{b['plain_chain_ms']['p50']:.2f} ms",
         f"{b['mediapipe_ms']['p50']:.2f} ms", f"{b['plain_chain_vs_mediapipe']['median_ratio']:.2f}"),
        ("the default chain, with the expression encoder: median", f"{b['chain_ms']['p50']:.2f} ms",
         f"{b['mediapipe_ms']['p50']:.2f} ms", f"{b['chain_vs_mediapipe']['median_ratio']:.2f}"),
        ("jitter of a still face, ‰ of the inter-ocular distance", f"{jitter['ours']:.2f}",
         f"{jitter['mediapipe']:.2f}",
         f"{jitter['ours'] / jitter['mediapipe']:.2f}"),
        ("lag behind a moving face, ‰", f"{jitter['following_error']['ours']:.1f}",
         f"{jitter['following_error']['mediapipe']:.1f}",
         f"{jitter['following_error']['ours'] / jitter['following_error']['mediapipe']:.2f}"),
    )  # fmt: skip
    return "\n".join(
        [
            _table(
                ("one face, 640×360, one CPU", "mien", f"MediaPipe {b['versions']['mediapipe']}", "ratio"), iter(rows)
            ),
            "",
            f"Capture to rig through ROS, another process, 30 images a second for {live['seconds']:.0f} s: "
            f"{live['p50']:.1f} ms (median), {live['p99']:.1f} ms (99th percentile), {live['dropped']} dropped. "
            f"First rig {b['startup_s']:.1f} s after the start. Memory of `perception`: {b['rss_mb']} MB. "
            f"Landmarks differ from MediaPipe's by {b['agreement']['landmarks_px_mean']:.2f} px at most in the mean, "
            f"blendshapes by {b['agreement']['blendshapes_max']:.3f}.",
            "",
            *_scale(b, kept[-1].stem),
            f"{machine['cpu']}, {machine['cores']} cores, Python {b['versions']['python']}, {b['when'][:10]}: "
            f"[the numbers](tests/bench/results/{kept[-1].name}), [the script](tests/bench/run.py).",
        ]
    )


def prediction(root: Path) -> str:
    """How far wrong foretold rigs are, as `mien evaluate retarget` measured it."""
    measured = _retargeting(root).get("prediction", {})

    def rows() -> Iterator[tuple[str, ...]]:
        for source, found in measured.items():
            for region in ("brows", "eyes", "mouth", "head", "gaze"):
                for ms in ("100", "200"):
                    e = found[region][ms]
                    yield source, region, f"{ms} ms", f"{e['late']:.3f}", f"{e['foretold']:.3f}", f"{e['saved_ms']} ms"

    return (
        _table(("rigs of", "region", "ahead", "late", "foretold", "saves"), rows()) if measured else "Not measured yet."
    )


def calibrated(root: Path) -> str:
    """Whether a calibration helped synthetic people, as `mien evaluate retarget` measured it."""
    measured = _retargeting(root).get("calibration", {})

    def rows() -> Iterator[tuple[str, ...]]:
        for seed, found in measured.items():
            after = found.get("moving_calibrated")
            yield seed, found["verdict"], f"{found['moving']:.4f}", "–" if after is None else f"{after:.4f}"

    head = ("person", "verdict", "moving freely", "calibrated")
    return _table(head, rows()) if measured else "Not measured yet."


def _retargeting(root: Path) -> dict[str, Any]:
    path = root / "nodes/mien/retarget/evaluation.json"
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return report
