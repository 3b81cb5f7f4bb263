"""One picture of a report: where the milliseconds go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mien.report import style

_STAGES = {"faces": style.BLUE, "expressions": style.SKY, "affects": style.GREEN, "rigs": style.YELLOW}
_OURS, _THEIRS, _SPLIT = (style.unit(c) for c in (style.BLUE, style.ORANGE, style.PURPLE))
_CAMERA = style.unit(style.GREY)


def draw(report: dict[str, Any], path: Path) -> None:
    """Write a report of `run.py` as a PNG."""
    figure = Figure(figsize=(14.5, 8.5), dpi=100, layout="constrained")
    axes = figure.subplots(2, 3)
    figure.get_layout_engine().set(w_pad=0.1, h_pad=0.1)
    for panel, ax in zip((_stages, _load, _faces, _sizes, _networks, _rest), axes.flat, strict=True):
        panel(ax, report)
        ax.spines[["top", "right"]].set_visible(False)
    machine, versions = report["machine"], report["versions"]
    figure.suptitle(
        f"mien {versions['mien']} ({versions['commit']}) on {machine['cpu']}, {machine['cores']} cores, "
        f"{report['when'][:10]}: lower is better",
        fontsize=12,
    )
    figure.savefig(path)


def _stages(ax: Axes, report: dict[str, Any]) -> None:
    """Stacked medians of the chain alone and through ROS, beside MediaPipe."""
    columns = {
        "chain": {name: spread["p50"] for name, spread in report["stages_ms"].items()},
        "ROS, fused": report["live_stages_ms"],
        "ROS, split": report["split"]["live_stages_ms"],
    }
    for x, (_, stages) in enumerate(columns.items()):
        bottom = 0.0
        for name, ms in stages.items():
            color = style.unit(_STAGES[name]) if name in _STAGES else _CAMERA
            ax.bar(x, ms, 0.6, bottom=bottom, color=color, label=name)
            bottom += ms
        ax.text(x, bottom, f"{bottom:.1f}", ha="center", va="bottom")
    theirs = report["mediapipe_ms"]["p50"]
    ax.bar(3, theirs, 0.6, color=_THEIRS, label="MediaPipe")
    ax.text(3, theirs, f"{theirs:.1f}", ha="center", va="bottom")
    ax.set_xticks(range(4), [*columns, "MediaPipe\n(to blendshapes)"])
    handles, names = ax.get_legend_handles_labels()
    by_name = dict(zip(names, handles, strict=True))
    order = ["MediaPipe", *reversed(_STAGES), "camera"]  # as they are stacked
    ax.legend([by_name[n] for n in order], order, fontsize=8, frameon=False, loc="upper left")
    ax.set_title("One face, 640×360: median of each stage", fontsize=11)
    ax.set_ylabel("ms")
    ax.margins(y=0.1)


def _load(ax: Axes, report: dict[str, Any]) -> None:
    """Medians with whiskers to the 99th percentile, quiet and busy."""
    busy = report["under_load"]
    columns = {"quiet": report, f"{busy['busy_cores']} other\ncore(s) busy": busy}
    for x, (_, spreads) in enumerate(columns.items()):
        for shift, key, color, name in ((-0.2, "chain_ms", _OURS, "mien"), (0.2, "mediapipe_ms", _THEIRS, "MediaPipe")):
            s = spreads[key]
            ax.bar(x + shift, s["p50"], 0.36, color=color, label=name if not x else None)
            ax.errorbar(x + shift, s["p50"], [[0], [s["p99"] - s["p50"]]], color="black", capsize=3)
    ax.set_xticks(range(2), list(columns))
    ax.legend(fontsize=8, frameon=False, loc="upper left")
    ax.set_title("Under load: median and 99th percentile", fontsize=11)
    ax.set_ylabel("ms")


def _faces(ax: Axes, report: dict[str, Any]) -> None:
    counts = [int(n) for n in report["faces"]]
    spent = [each["chain_ms"]["p50"] for each in report["faces"].values()]
    ax.plot(counts, [n * spent[0] for n in counts], "--", color=_CAMERA, label="one after the other")
    ax.plot(counts, spent, "o-", color=_OURS, label="mien")
    for n, ms, each in zip(counts[2:], spent[2:], list(report["faces"].values())[2:], strict=True):
        ax.annotate(f"{each['times_one']:.1f}×", (n, ms), (6, -12), textcoords="offset points", fontsize=9)
    ax.set_xticks(counts)
    ax.margins(x=0.1)
    ax.set_xlabel("faces in a 1920×1080 image")
    ax.set_ylabel("ms")
    ax.set_ylim(0)
    ax.legend(fontsize=8, frameon=False)
    ax.set_title("1 to 16 faces: median of the chain", fontsize=11)


def _sizes(ax: Axes, report: dict[str, Any]) -> None:
    sizes = report["sizes"]
    lines = (
        ("chain_ms", _OURS, "mien, one face"),
        ("chain_searching_ms", _SPLIT, "mien, looking for more"),
        ("mediapipe_ms", _THEIRS, "MediaPipe, one face"),
    )
    for key, color, label in lines:
        ax.plot(list(sizes), [s[key]["p50"] for s in sizes.values()], "o-", color=color, label=label)
        ax.plot(list(sizes), [s[key]["p99"] for s in sizes.values()], ":", color=color)
    ax.set_ylim(0, 1.3 * ax.get_ylim()[1])
    ax.legend(fontsize=8, frameon=False, loc="upper left")
    ax.set_title("Image size: median (line), 99th percentile (dots)", fontsize=11)
    ax.set_ylabel("ms")


def _networks(ax: Axes, report: dict[str, Any]) -> None:
    """What each network takes, and what its multiply-adds would take at the processor's best rate."""
    networks = report["networks"]["of"]
    for x, (_, n) in enumerate(networks.items()):
        ax.bar(x, n["ms"], 0.6, color=_OURS, label="measured" if not x else None)
        ax.bar(x, n["least_ms"], 0.6, color=style.unit(style.SKY), label="at the best rate" if not x else None)
        ax.text(x, n["ms"], f"{n['ms']:.2f} ms\n{n['gmac_per_s']:.0f} GMAC/s", ha="center", va="bottom", fontsize=8)
    ax.set_xticks(range(len(networks)), [n.replace("_", "\n") for n in networks], fontsize=8)
    ax.margins(y=0.2)
    ax.legend(fontsize=8, frameon=False)
    peak = report["networks"]["peak_gmac_per_s"]
    ax.set_title(f"Networks on one thread (best rate: {peak:.0f} GMAC/s)", fontsize=11)
    ax.set_ylabel("ms")


def _rest(ax: Axes, report: dict[str, Any]) -> None:
    live, split = report["capture_to_rig_ms"], report["split"]["capture_to_rig_ms"]
    energy = report["energy"]["joule_per_image"]
    known = [f"{joule * 1e3:.0f} mJ ({name.replace('_', ' ')})" for name, joule in energy.items() if joule is not None]
    rows = (
        ("", "fused", "split"),
        ("capture to rig, median", f"{live['p50']:.1f} ms", f"{split['p50']:.1f} ms"),
        ("… 99th percentile", f"{live['p99']:.1f} ms", f"{split['p99']:.1f} ms"),
        ("dropped", f"{live['dropped']}", f"{split['dropped']}"),
        ("first rig after", f"{report['startup_s']:.1f} s", f"{report['split']['startup_s']:.1f} s"),
        ("memory", f"{report['rss_mb']} MB", f"{report['split']['rss_mb']} MB"),
        ("allocated per image, at most", f"{report['allocation']['peak_kb_per_image']:.0f} kB", ""),
        ("… and kept", f"{report['allocation']['growth_bytes_per_image']:.0f} B", ""),
        ("energy per image", ", ".join(known) or "no meter here", ""),
    )
    ax.set_axis_off()
    for i, row in enumerate(rows):
        for x, text in zip((0.0, 0.58, 0.8), row, strict=True):
            ax.text(x, 0.92 - 0.1 * i, text, transform=ax.transAxes, fontsize=9.5, weight="bold" if not i else None)
    ax.set_title(f"Through ROS, {live['seconds']:.0f} s at 30 images a second", fontsize=11)
