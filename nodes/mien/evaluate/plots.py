"""Charts of an encoder's report.json."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from mien.report.figures import INK, SOFT, new_figure
from mien.report.style import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILION, YELLOW, Color, unit
from mien_models.evaluate.degrade import COVERED
from mien_models.evaluate.report import PERSONALISED

Json = Mapping[str, Any]

_DPI = 120
_ROUTES: dict[str, tuple[Color, str]] = {
    "encoder": (BLUE, "o"),
    "encoder, crop only": (SKY, "^"),
    "encoder, landmarks only": (GREEN, "v"),
    "neutral difference": (PURPLE, "D"),
    PERSONALISED: (GREEN, "*"),
    "mediapipe": (ORANGE, "s"),
    "mediapipe, linear": (YELLOW, "P"),
    "landmarks, linear": (GREY, "X"),
    "landmarks less neutral, linear": (VERMILION, "d"),
}
_TITLES = {
    "yaw_deg": "turned to a side [°]", "pitch_deg": "turned up [°]", "seen": "share of the face that is seen",
    "grey": "brightness of the crop [grey levels]", "eyes_px": "distance of the eyes in the picture [px]",
    "blur_px": "blur of the crop [px]", "resolution_px": "pixels of the crop", "exposure_stops": "exposure [stops]",
    "noise_grey_levels": "noise [grey levels]", "covered": "covered",
    "landmark_noise": "noise of landmarks [inter-ocular distances]",
}  # fmt: skip
_SUFFIX = "synthetic people of the test split"


def draw_all(report: Json, folder: Path) -> list[Path]:
    """Draw every chart that the report has numbers for. Raises ReportError where Matplotlib is not installed."""
    pictures: dict[str, Callable[[Json, Path], bool]] = {
        "shapes": _shapes,
        "units": _units,
        "triplets": _triplets,
        "robustness": _robustness,
        "uncertainty": _uncertainty,
        "invariance": _invariance,
        "gaps": _gaps,
        "reliability": _reliability,
        "emotions": _emotions,
        "few_labels": _few_labels,
    }
    return [path for name, draw in pictures.items() if draw(report, path := folder / f"{name}.png")]


@contextmanager
def _figure(path: Path, size_in: tuple[float, float], title: str) -> Iterator[Any]:
    """A figure that is saved to `path` when the context ends."""
    with new_figure("a picture of a report", size_in, _DPI) as figure:
        figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold", color=INK)
        yield figure
        figure.savefig(path, facecolor="white")


def _shapes(report: Json, path: Path) -> bool:
    main = report["main"]
    routes = _known(report["shapes"])
    values = {route: report["shapes"][route]["r"] for route in routes}
    names = sorted(values[main], key=lambda name: values[main][name] if values[main][name] is not None else -2)
    title = f"Pearson r of each shape   ·   {report['data']['faces']} faces of {report['data']['people']} {_SUFFIX}"
    with _figure(path, (9.5, 13), title) as figure:
        axis = figure.subplots()
        rows = np.arange(len(names))
        axis.barh(rows, _floats(values[main][n] for n in names), height=0.66, color=unit(_ROUTES[main][0]), alpha=0.25)
        for route in reversed(routes):
            colour, marker = _ROUTES[route]
            mean = report["shapes"][route]["mean_r"]
            axis.plot(
                _floats(values[route][n] for n in names), rows, marker, color=unit(colour), markersize=5,
                label=f"{route}: {_text(mean)}",
            )  # fmt: skip
        axis.set_yticks(rows, names, fontsize=8)
        axis.set_ylim(-0.7, len(names) - 0.3)
        axis.set_xlim(-0.1, 1.0)
        axis.set_xlabel("r")
        figure.legend(
            loc="outside lower center", ncols=3, title="mean over 43 shapes (no gaze, no tongue)", reverse=True
        )
    return True


def _units(report: Json, path: Path) -> bool:
    main = report["main"]
    routes = _known(report["units"])
    names = list(report["units"][main]["by_unit"])[::-1]
    measures = (
        ("icc", "ICC(3,1)", (-0.05, 1.02)),
        ("mae", "mean absolute error, of 5", (0, None)),
        ("f1", "F1 of presence at the fixed threshold", (0, 1.02)),
        ("auc", "AUC of presence", (0.4, 1.02)),
    )
    with _figure(path, (16, 11), f"Action units   ·   {report['data']['faces']} faces, {_SUFFIX}") as figure:
        axes = figure.subplots(1, len(measures), sharey=True)
        rows = np.arange(len(names))
        for axis, (key, label, limits) in zip(axes, measures, strict=True):
            for route in reversed(routes):
                colour, marker = _ROUTES[route]
                by_unit, mean = report["units"][route]["by_unit"], report["units"][route]["mean"][key]
                values = _floats(by_unit[name][key] for name in names)
                if route == main:
                    axis.barh(rows, values, height=0.66, color=unit(colour), alpha=0.25)
                axis.plot(values, rows, marker, color=unit(colour), markersize=5, label=f"{route}: {_text(mean)}")
            axis.set_title(label)
            axis.set_xlim(*limits)
            axis.set_ylim(-0.7, len(names) - 0.3)
            axis.legend(loc="upper center", bbox_to_anchor=(0.5, -0.03), fontsize=8, title="mean", reverse=True)
        axes[0].set_yticks(rows, names)
    return True


def _triplets(report: Json, path: Path) -> bool:
    spaces = list(report["triplets"])
    if not spaces:
        return False
    count = report["triplets"][spaces[0]]["count"]
    with _figure(path, (15, 0.55 * len(spaces) + 2.4), f"Spaces to compare expressions in   ·   {_SUFFIX}") as figure:
        axes = figure.subplots(1, 3, sharey=True)
        rows = np.arange(len(spaces))[::-1]
        results = [report["triplets"][s] for s in spaces]
        kinds = {
            "all": [r["all"] for r in results],
            "of one category": [r["by_type"]["ONE"] for r in results],
            "of two categories": [r["by_type"]["TWO"] for r in results],
            "of three categories": [r["by_type"]["THREE"] for r in results],
            "pairs that show the same": [r["matched"] for r in results],
        }
        for k, (label, values) in enumerate(kinds.items()):
            colour = unit((BLUE, SKY, GREEN, YELLOW, ORANGE)[k])
            axes[0].barh(rows + 0.32 - 0.16 * k, _floats(values), height=0.15, color=colour, label=label)
        axes[0].axvline(1 / 3, color=SOFT, linestyle="--", linewidth=1)
        axes[0].set_title(f"triplets whose pair is the nearest\nof {count}; dashed: chance")
        axes[0].set_xlim(0, 1)
        found = [report["retrieval"][s] for s in spaces]
        gains = [r.get("gain", {}).get("5") for r in found]
        persons = [r.get("same_person") for r in found]
        for axis, numbers, label in (
            (axes[1], gains, "5 nearest of other people\n0: random, 1: the best there are"),
            (axes[2], persons, "nearest of all shows the same person\nless is better; dashed: chance"),
        ):
            values = _floats(numbers)
            axis.barh(rows, values, height=0.6, color=unit(BLUE))
            for row, value in zip(rows, values, strict=True):
                axis.text(max(value, 0) + 0.01 if np.isfinite(value) else 0.01, row, _text(value), va="center")
            axis.set_title(label)
            axis.set_xlim(0, 1)
        chance = found[0].get("same_person_by_chance")
        if chance is not None:
            axes[2].axvline(chance, color=SOFT, linestyle="--", linewidth=1)
        axes[0].set_yticks(rows, spaces)
        axes[0].legend(loc="lower right", fontsize=8)
    return True


def _robustness(report: Json, path: Path) -> bool:
    return _curves(report["robustness"], path, "mean r over 43 shapes", (("mean_r", "-", ""),), (-0.03, 1))


def _uncertainty(report: Json, path: Path) -> bool:
    """The errors and the predicted standard deviations."""
    sure = {
        name: {route: rows for route, rows in routes.items() if any(row.get("units_sd") is not None for row in rows)}
        for name, routes in report["robustness"].items()
    }
    known = {name: routes for name, routes in sure.items() if routes}
    lines = (("units_mae", "-", ": error"), ("units_sd", ":", ": sd as said"))
    return bool(known) and _curves(known, path, "mean absolute error of units and their sd, of 5", lines, (0, None))


def _curves(
    curves: Json, path: Path, title: str, lines: Sequence[tuple[str, str, str]], limits: tuple[float, float | None]
) -> bool:
    """A panel per kind of degradation. lines: key of each row, line style, and suffix in the legend."""
    columns = 4
    high = -(-len(curves) // columns)
    with _figure(path, (17, 3.4 * high + 0.6), f"Robustness   ·   {title}, {_SUFFIX}") as figure:
        axes = np.atleast_1d(figure.subplots(high, columns, sharey=True)).ravel()
        for axis, (name, routes) in zip(axes, curves.items(), strict=False):
            first = next(iter(routes.values()))
            shown = [i for i, row in enumerate(first) if "mean_r" in row]
            for route, rows in routes.items():
                colour, marker = _ROUTES[route]
                for key, style, added in lines:
                    axis.plot(
                        range(len(shown)), _floats(rows[i][key] for i in shown), f"{style}{marker}",
                        color=unit(colour), markersize=4, label=route + added,
                    )  # fmt: skip
            axis.set_xticks(range(len(shown)), [_label(name, first, i) for i in shown], fontsize=8)
            axis.set_xlim(-0.4, len(shown) - 0.6)
            axis.set_title(_TITLES[name], fontsize=9.5)
            axis.set_ylim(*limits)
        for axis in axes[len(curves) :]:
            axis.set_axis_off()
        handles = {h.get_label(): h for axis in axes for h in axis.get_legend_handles_labels()[0]}
        figure.legend(handles.values(), handles.keys(), loc="outside lower center", ncols=min(len(handles), 6))
    return True


def _label(name: str, rows: Sequence[Json], at: int) -> str:
    """The tick label of a level or bin."""
    row = rows[at]
    if name == "covered":
        return COVERED[round(row["level"])]
    if "level" in row:
        return f"{row['level']:g}"
    low, high = f"{row['from']:g}".replace("-", "−"), f"{row['to']:g}".replace("-", "−")
    between = f"below {high}" if at == 0 else f"{low} up" if at == len(rows) - 1 else f"{low} to {high}"
    return f"{between}\nn {row['count']}"


def _invariance(report: Json, path: Path) -> bool:
    main = report["main"]
    routes = [r for r in _known(report["invariance"]) if r in (main, PERSONALISED, "mediapipe")]
    found = report["invariance"][main]
    names = [n for n, v in found["pose"]["by_unit"].items() if v["median_active"] is not None][::-1]
    title = f"Invariance of readings   ·   {found['people']} people × {len(found['expressions'])} expressions"
    with _figure(path, (13, 0.3 * len(names) + 2.2), title) as figure:
        axes = figure.subplots(1, 2, sharey=True, sharex=True)
        rows = np.arange(len(names))
        for axis, key, label in (
            (axes[0], "pose", "turned by 30°, against frontal"),
            (axes[1], "identity", "another person"),
        ):
            for k, route in enumerate(routes):
                shift = report["invariance"][route][key]
                axis.barh(
                    rows + 0.8 / len(routes) * ((len(routes) - 1) / 2 - k), height=0.76 / len(routes),
                    width=_floats(shift["by_unit"][n]["median_active"] for n in names),
                    color=unit(_ROUTES[route][0]),
                    label=f"{route}: {_text(shift['median_active'])}; all units {_text(shift['median'])}; "
                    f"response {_text(report['invariance'][route]['response'])}",
                )  # fmt: skip
            axis.axvline(0.5, color=unit(VERMILION), linestyle="--", linewidth=1)
            axis.set_title(f"{label}: median shift of intensity, of 5", fontsize=9.5)
            axis.legend(loc="upper center", bbox_to_anchor=(0.5, -0.04), title="median over units that are there")
        axes[0].set_yticks(rows, names)
        axes[0].set_ylim(-0.7, len(names) - 0.3)
    return True


def _gaps(report: Json, path: Path) -> bool:
    titles = list(next(iter(report["gaps"].values())))
    with _figure(path, (16, 4.6), f"Gaps between groups   ·   mean r over 43 shapes, {_SUFFIX}") as figure:
        axes = np.atleast_1d(figure.subplots(1, len(titles), sharey=True))
        for axis, title in zip(axes, titles, strict=True):
            for route, found in report["gaps"].items():
                groups = found[title]["groups"]
                colour, marker = _ROUTES[route]
                gap = found[title]["gap"].get("mean_r")
                axis.plot(
                    range(len(groups)), _floats(g.get("mean_r") for g in groups), f"-{marker}", color=unit(colour),
                    label=f"{route}: apart by {_text(gap)}",
                )  # fmt: skip
                axis.set_xticks(range(len(groups)), [f"{g['name']}\nn {g['count']}" for g in groups])
            axis.set_xlim(-0.4, len(groups) - 0.6)
            axis.set_ylim(0, 1)
            axis.set_title(title)
            axis.legend(loc="upper right", fontsize=8)
    return True


def _reliability(report: Json, path: Path) -> bool:
    routes = report["reliability"]
    if not routes:
        return False
    deviation = (
        "predicted standard deviation",
        "root mean squared error",
        "calibration_error",
        "calibration error",
    )
    panels = (
        ("presence", "predicted probability of a unit", "observed frequency", "ece", "expected calibration error"),
        ("shapes", *deviation),
        ("units", *deviation),
    )
    with _figure(path, (15, 5.6), f"Reliability   ·   {_SUFFIX}") as figure:
        axes = figure.subplots(1, 3)
        for axis, (key, x, y, error, label) in zip(axes, panels, strict=True):
            top = 1.0 if key == "presence" else 0.0
            for route, found in routes.items():
                if key in found:
                    said, seen = _floats(found[key]["said"]), _floats(found[key]["found"])
                    colour, marker = _ROUTES[route]
                    inside = found[key].get("within_1_sd")
                    more = f", {100 * inside:.0f} %" if inside is not None else ""
                    axis.plot(
                        said, seen, f"-{marker}", color=unit(colour), markersize=4,
                        label=f"{route}: {_text(found[key][error])}{more}",
                    )  # fmt: skip
                    top = max(top, np.nanmax(said), np.nanmax(seen))
            axis.plot((0, top), (0, top), color=SOFT, linewidth=0.9, linestyle="--")
            axis.set_title(f"{key}: {label}" + ("" if key == "presence" else ", share within 1 sd (normal: 68 %)"))
            axis.set_xlabel(x)
            axis.set_ylabel(y)
            axis.legend(loc="upper left", fontsize=8)
    return True


def _emotions(report: Json, path: Path) -> bool:
    found = report["emotions"]
    if not found:
        return False
    names, counts = found["names"], np.array(found["confusion"], float)
    shares = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    title = f"Expression shown against read   ·   accuracy {found['accuracy']:.2f}, macro F1 {found['macro_f1']:.2f}"
    with _figure(path, (8, 7), title) as figure:
        axis = figure.subplots()
        axis.imshow(shares, cmap="Blues", vmin=0, vmax=1)
        axis.grid(False)
        for (row, column), share in np.ndenumerate(shares):
            if counts[row].sum():
                text = f"{100 * share:.0f}"
                axis.text(column, row, text, ha="center", va="center", color="white" if share > 0.5 else INK)
        axis.set_xticks(range(len(names)), names, rotation=40, ha="right")
        axis.set_yticks(range(len(names)), [f"{n}  (n {int(c)})" for n, c in zip(names, counts.sum(1), strict=True)])
        axis.set_xlabel("read [% of a row]")
        axis.set_ylabel("meant")
    return True


def _few_labels(report: Json, path: Path) -> bool:
    rows = report["few_labels"]
    if not rows:
        return False
    with _figure(path, (8, 5), "A linear probe for intensities when labels are few") as figure:
        axis = figure.subplots()
        names = list(dict.fromkeys(row["features"] for row in rows))
        for name, colour in zip(names, (BLUE, ORANGE, GREY, GREEN), strict=False):
            mine = [row for row in rows if row["features"] == name]
            axis.errorbar(
                range(len(mine)), _floats(row["icc"] for row in mine), _floats(row["icc_sd"] for row in mine),
                color=unit(colour), marker="o", capsize=3, label=name,
            )  # fmt: skip
            axis.set_xticks(range(len(mine)), [f"{100 * r['share']:g} %\n{r['labels']} labels" for r in mine])
        axis.set_ylim(0, 1)
        axis.set_ylabel("mean ICC(3,1) of people not coded")
        axis.legend(loc="upper left")
    return True


def _known(of_routes: Json) -> list[str]:
    """The routes that have results, in the order of the legend."""
    return [route for route in _ROUTES if route in of_routes]


def _floats(values: Any) -> list[float]:
    return [float("nan") if value is None else float(value) for value in values]


def _text(value: float | None) -> str:
    return "–" if value is None or not np.isfinite(value) else f"{value:.2f}"
