"""What profiles of retargeting do, how fast, and how far a face can be foretold."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from mien.evaluate.retarget.pictures import draw
from mien.evaluate.retarget.speed import step_ms
from mien.retarget.config import RetargetConfig
from mien.retarget.profile import load
from mien.retarget.stage import Stage


def evaluate(out: Path, names: Sequence[str], advance: Callable[[], None] = lambda: None) -> dict[str, Any]:
    """Write a picture of each profile and report.json into a folder; the report.

    names: of profiles, or files. Raises ProfileError, and ReportError where Matplotlib is not installed.
    """
    profiles = [load(name) for name in names]
    report: dict[str, Any] = {}
    for profile in profiles:
        draw(profile, out / f"{profile.schema}.png")
        report[profile.schema] = {
            "targets": len(profile.targets),
            "step_ms_p50": round(step_ms(profile), 3),
            "neutral_within_s": round(Stage(RetargetConfig(), profile).neutral_within_s, 3),
        }
        advance()
    (out / "report.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return report
