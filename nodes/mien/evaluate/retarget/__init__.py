"""What profiles of retargeting do, how fast, how far a face can be foretold, and whether a calibration helps."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from itertools import islice
from pathlib import Path
from typing import Any

from mien import __version__
from mien.core.files import write_whole
from mien.evaluate.retarget import people, prediction
from mien.evaluate.retarget.clips import of_pictures, of_truth
from mien.evaluate.retarget.pictures import draw
from mien.evaluate.retarget.speed import step_ms
from mien.retarget.config import RetargetConfig
from mien.retarget.profile import load
from mien.retarget.stage import Stage
from mien_models.head.motion.split import identity_seeds

_TRUTHS, _TRUTH_S = 12, 60.0
_CLIP_S = 15.0


def pictures(names: Sequence[str], count: int) -> int:
    """Steps of `evaluate`."""
    return len(names) + count * (people.pictures() + round(_CLIP_S * 30))


def evaluate(
    out: Path, names: Sequence[str], count: int = 0, advance: Callable[[], None] = lambda: None
) -> dict[str, Any]:
    """Write a picture of each profile and report.json into a folder; the report.

    names: of profiles, or files; count: people of the test split who are drawn and read by the whole chain, to foretell
    and to calibrate. Raises ProfileError, and ReportError where Matplotlib is not installed.
    """
    profiles = [load(name) for name in names]
    report: dict[str, Any] = {
        "about": {
            "when": datetime.now(timezone.utc).isoformat(timespec="seconds"),
            "mien": __version__,
            "python": platform.python_version(),
            "machine": platform.machine(),
        },
        "profiles": {},
    }
    for profile in profiles:
        draw(profile, out / f"{profile.schema}.png")
        report["profiles"][profile.schema] = {
            "targets": len(profile.targets),
            "step_ms_p50": round(step_ms(profile), 3),
            "neutral_within_s": round(Stage(RetargetConfig(), profile).neutral_within_s, 3),
        }
        advance()
    truths = [of_truth(seed, _TRUTH_S) for seed in islice(identity_seeds("test"), _TRUTHS)]
    report["prediction"] = {"truth with noise": prediction.measure(truths)}
    if count:
        seeds = list(islice(identity_seeds("test", first=300), count))
        clips = [of_pictures(seed, _CLIP_S, advance) for seed in seeds]
        report["prediction"]["the chain on pictures"] = prediction.measure(clips)
        report["calibration"] = people.measure(seeds, advance)
    write_whole(out / "report.json", json.dumps(report, indent=2) + "\n")
    return report
