"""What the server sends to the page: records of a JSON head and a binary body.

A message is one record or several, back to back. A record is: length of the head and of the body [bytes], both
uint32 little-endian; the head, JSON in UTF-8; the body. Head and body are padded to a multiple of 4. Every head has
a `kind`. The body of `image` is a JPEG, that of `mesh` uint16, that of `explained` uint8, all others float32, and NaN
there means what it means in the message. Times are milliseconds: those of stamps to the microsecond, since a double
holds no nanoseconds.

Pure: values of `mien.core.types` in, bytes out. `page/src/wire.ts` reads it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.core.types import (
    F64,
    U8,
    Affects,
    Baseline,
    Expressions,
    Faces,
    Header,
    Intrinsics,
    RigDescription,
    Rigs,
    StageTime,
)

_FOV_DEG = 63.0  # default of FacesConfig.vertical_fov_deg, where no calibration is known
NOT_LATENCY_MS = 60_000.0  # a longer one means that the stamp is media time of a file


@dataclass(frozen=True, slots=True, eq=False)
class Heat:
    """Where units are seen on one face.

    units: names and intensities [0, 5]. maps: (U, 24, 20). matrix: 2×3, from cells (x, y) to pixels of the image.
    anchors: landmarks that expressions hardly move, and where they were [px]: what moves since moves the map along.
    """

    track_id: int
    units: tuple[tuple[str, float], ...]
    maps: U8
    matrix: F64
    anchors: tuple[tuple[int, F64], ...]


def record(kind: str, body: bytes = b"", **head: Any) -> bytes:
    """One record."""
    text = json.dumps({"kind": kind, **head}, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    text += b" " * (-len(text) % 4)
    body += bytes(-len(body) % 4)
    return struct.pack("<II", len(text), len(body)) + text + body


def stamp_ms(stamp_ns: int) -> float:
    """To the microsecond; equal stamps give equal numbers."""
    return round(stamp_ns / 1000) / 1000


def image(header: Header, picture: U8, *, width: int, quality: int) -> bytes:
    """picture: H×W×3 uint8 RGB; it is made smaller where it is wider than `width` [px]."""
    h, w = picture.shape[:2]
    if w > width:
        picture = np.asarray(cv2.resize(picture, (width, max(1, round(h * width / w))), interpolation=cv2.INTER_AREA))
    bgr = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", bgr, (cv2.IMWRITE_JPEG_QUALITY, quality))
    return record("image", data.tobytes(), stamp=stamp_ms(header.stamp_ns), size=[w, h])


def faces(value: Faces, intrinsics: Intrinsics | None = None) -> bytes:
    """Per face 478×2 landmarks [px], 3×4 pose (all NaN = unknown), 2×3 gaze."""
    k = _at(intrinsics, value.width, value.height)
    body = [
        np.concatenate(
            [
                f.landmarks[:, :2].ravel(),
                np.full(12, np.nan) if f.pose is None else f.pose[:3].ravel(),
                f.gaze.ravel(),
            ]
        )
        for f in value.faces
    ]
    items = [
        {
            "id": f.track_id,
            "box": _rounded(f.box, 1),
            "presence": round(float(f.presence), 3),
            "gaze_confidence": _rounded(f.gaze_confidence, 2),
            "reidentified": bool(f.id_method),
        }
        for f in value.faces
    ]
    return record(
        "faces", _floats(body), **_common(value.header, value.stages), size=[value.width, value.height],
        camera=[k.fx, k.fy, k.cx, k.cy], items=items,
    )  # fmt: skip


def _at(intrinsics: Intrinsics | None, width: int, height: int) -> Intrinsics:
    if intrinsics is not None:
        try:
            return intrinsics.at(width, height)
        except ValueError:  # of images of another shape
            pass
    return Intrinsics.from_fov(max(width, 1), max(height, 1), _FOV_DEG)


def expressions(value: Expressions) -> bytes:
    """Per face 52 blendshapes and 52 confidences."""
    body = [np.concatenate([e.blendshapes, e.confidence]) for e in value.expressions]
    items = [
        {"id": e.track_id, "source": e.source.name.lower(), "baseline": _baseline(e.baseline)}
        for e in value.expressions
    ]
    return record("expressions", _floats(body), **_common(value.header, value.stages), items=items)


def affects(value: Affects) -> bytes:
    """Per face: intensity, probability and confidence of action units, 8 emotions, valence, arousal."""
    body = [
        np.concatenate([a.au_intensity, a.au_probability, a.au_confidence, a.emotion, [a.valence, a.arousal]])
        for a in value.affects
    ]
    items = [
        {
            "id": a.track_id,
            "emotion_confidence": round(float(a.emotion_confidence), 3),
            "va_confidence": round(float(a.va_confidence), 3),
            "method": a.emotion_method.name.lower(),
            "baseline": _baseline(a.baseline),
        }
        for a in value.affects
    ]
    return record("affects", _floats(body), **_common(value.header, value.stages), items=items)


def rigs(value: Rigs, topic: str = "rigs") -> bytes:
    """Per face: weights, head (quaternion x, y, z, w), gaze (left yaw, pitch, right yaw, pitch), 7 confidences."""
    body = [np.concatenate([r.weights, r.head, r.gaze.ravel(), r.confidence]) for r in value.rigs]
    items = [
        {
            "id": r.track_id,
            "state": r.state.name.lower(),
            "schema": r.schema,
            "count": len(r.weights),
            "source": sorted({int(s) for s in r.source}),
        }
        for r in value.rigs
    ]
    return record("rigs", _floats(body), **_common(value.header, value.stages), topic=topic, items=items)


def rig_description(value: RigDescription, topic: str = "rig_description") -> bytes:
    """Names and limits of a schema."""
    return record(
        "rig_description", topic=topic, schema=value.schema, names=list(value.names), units=list(value.units),
        lower=_rounded(value.lower, 5), upper=_rounded(value.upper, 5), neutral=_rounded(value.neutral, 5),
    )  # fmt: skip


def explained(header: Header, faces: Iterable[Heat], *, problem: str = "") -> bytes:
    """Per face and unit a heatmap of uint8, 0 to full strength: where the unit is seen. problem: why there is none."""
    faces = list(faces)
    items = [
        {
            "id": f.track_id,
            "units": [[name, round(float(v), 2)] for name, v in f.units],
            "matrix": _rounded(f.matrix.ravel(), 4),
            "anchors": [[i, *_rounded(point, 2)] for i, point in f.anchors],
        }
        for f in faces
    ]
    body = b"".join(np.asarray(f.maps, np.uint8).tobytes() for f in faces)
    return record("explained", body, stamp=stamp_ms(header.stamp_ns), items=items, problem=problem)


def labels(blendshapes: Iterable[str], action_units: Iterable[str], emotions: Iterable[str]) -> bytes:
    return record("labels", blendshapes=list(blendshapes), action_units=list(action_units), emotions=list(emotions))


def mesh(edges: NDArray[np.intp]) -> bytes:
    """N×2 indices of landmarks that an edge joins."""
    return record("mesh", edges.astype("<u2").tobytes(), count=len(edges))


def _common(header: Header, stages: tuple[StageTime, ...]) -> Mapping[str, Any]:
    """Stamp, and when each stage had finished [ms after the stamp], as far as that is a latency."""
    ends = [(s.stage, round((s.finished_ns - header.stamp_ns) * 1e-6, 2)) for s in stages]
    return {"stamp": stamp_ms(header.stamp_ns), "stages": [e for e in ends if -5 < e[1] < NOT_LATENCY_MS]}


def _baseline(value: Baseline) -> Mapping[str, Any]:
    return {"method": value.method.name.lower(), "confidence": round(float(value.confidence), 3)}


def _rounded(values: Iterable[float], digits: int) -> list[float]:
    return [round(float(v), digits) for v in values]


def _floats(rows: list[Any]) -> bytes:
    return b"".join(np.asarray(row, "<f4").tobytes() for row in rows)
