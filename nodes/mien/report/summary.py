"""summary.json: detected faces, strongest expressions, latencies and networks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mien.bags import about
from mien.bags.read import Session
from mien.core.stage import order
from mien.core.types import F64
from mien.report.accuracy import accuracy
from mien.report.collect import Collected, Timing, peaks

_NETWORK = "network "  # key of a DiagnosticStatus: "network facemesh_v2" = "onnxruntime on cpu (why)"
# A longer latency means that the stamp is media time of a file, not an acquisition time.
_LATENCY_MAX_MS = 60_000.0


def summarise(session: Session, collected: Collected, extra: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The summary as JSON values. Values of `extra` replace those from the bag."""
    frames = len(collected.stamps_ns)
    dropped = _dropped(session)
    latency, since = _latency_ms(collected.timing)
    summary: dict[str, Any] = {
        "source": session.source,
        "frames": frames,
        "frames_with_face": int((collected.face_counts > 0).sum()),
        "faces_max": int(collected.face_counts.max(initial=0)),
        "tracks": [{"id": t.track_id, "frames": t.seen} for t in collected.tracks.values()],
        "size": list(collected.size),
        "start_ns": collected.start_ns,
        "duration_s": round(collected.duration_s, 3),
        "fps": round((frames - 1) / collected.duration_s, 2) if collected.duration_s > 0 else None,
        "dropped": sum(dropped.values()),
        "dropped_by_node": dropped,
        "latency_ms": _percentiles(latency),
        "latency_since": since,
        "stages_ms": _stages_ms(collected.timing),
        "networks": _networks(session),
        "versions": session.about.get("versions") or about.versions(),
        "machine": session.about.get("machine") or about.machine(),
        "expression_peaks": {
            p.expression: {
                "value": round(p.value, 3),
                "time_s": round((p.stamp_ns - collected.start_ns) * 1e-9, 3),
                "track_id": p.track_id,
            }
            for p in peaks(collected)
        },
        "recorded": {
            "bag": session.path.name,
            "messages": {t: n for t, n in session.topics.items() if n},
            "images_broken": session.broken_images,
            "refused": dict(session.refused),
            "late": session.late,
            "restarts": session.restarts,
        },
    }
    if (errors := accuracy(session)) is not None:
        summary["tracking_error"] = errors
    return summary | dict(extra or {})


def _dropped(session: Session) -> dict[str, int]:
    """Images that each stage dropped, and messages that the recorder lost, by node."""
    return {
        name.strip("/"): int(status.values["dropped"])
        for name, status in sorted(session.diagnostics.items())
        if status.values.get("dropped", "").isdecimal()
    }


def _networks(session: Session) -> dict[str, dict[str, str]]:
    """Backend, device and the reason, by network."""
    found = {}
    for status in session.diagnostics.values():
        for key, value in status.values.items():
            if key.startswith(_NETWORK):
                found[key.removeprefix(_NETWORK)] = _network(value)
    return found


def _network(text: str) -> dict[str, str]:
    """The parts of a text such as "onnxruntime on cpu (auto: no GPU)"."""
    where, _, reason = text.partition(" (")
    backend, _, device = where.partition(" on ")
    return {"backend": backend, "device": device, "reason": reason.removesuffix(")")}


def _latency_ms(timing: Timing) -> tuple[F64, str | None]:
    """Latency from the acquisition of an image to the end of the stage rigs, and its starting point.

    A file that is not played in real time has no acquisition times: its latency is counted from the
    end of the stage camera.
    """
    for since, values in (("stamp", timing.from_stamp_ns), ("camera", timing.from_camera_ns)):
        ms = np.array(values, np.float64) * 1e-6
        if _plausible(ms):
            return ms, since
    return np.empty(0), None


def _stages_ms(timing: Timing) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in order(timing.stages_ns):
        ms = np.array(timing.stages_ns[name], np.float64) * 1e-6
        found[name] = _percentiles(ms if _plausible(ms) else np.empty(0))
    return found


def _plausible(ms: F64) -> bool:
    return bool(len(ms) and ms.min() >= 0 and np.median(ms) <= _LATENCY_MAX_MS)


def _percentiles(values: F64) -> dict[str, float] | None:
    if not len(values):
        return None
    p50, p99 = np.percentile(values, (50, 99))
    return {"p50": round(float(p50), 3), "p99": round(float(p99), 3)}
