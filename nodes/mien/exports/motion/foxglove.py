"""An MCAP file with Foxglove's own schemas: images, outlines and labels over them, and all numbers to plot.

A bag of ours opens in Foxglove as it is, but no face is drawn on its images. Messages are JSON with JSON Schema, which
Foxglove reads without an extension: foxglove.CompressedImage and foxglove.ImageAnnotations on /camera/image and
/camera/annotations, and the records of `jsonl.py` on /faces/<id>.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from mien.bags.files.storage import McapFile
from mien.bridges.markers import encoder
from mien.core.types import U8, Face
from mien.exports.files import Part, refused
from mien.exports.step import About, Step, Tally, Writer
from mien.exports.tables.jsonl import dump, records

_JPEG_QUALITY = 90
_TIME = {"type": "object", "title": "time", "properties": {"sec": {"type": "integer"}, "nsec": {"type": "integer"}}}
_POINT = {"type": "object", "properties": {"x": {"type": "number"}, "y": {"type": "number"}}}
_COLOR = {"type": "object", "properties": {c: {"type": "number"} for c in "rgba"}}
_LINE_LIST = 4


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _object(title: str, **properties: Any) -> dict[str, Any]:
    return {"title": title, "type": "object", "properties": properties}


IMAGE = _object(
    "foxglove.CompressedImage",
    timestamp=_TIME,
    frame_id={"type": "string"},
    data={"type": "string", "contentEncoding": "base64"},
    format={"type": "string"},
)
ANNOTATIONS = _object(
    "foxglove.ImageAnnotations",
    circles=_list({"type": "object"}),
    points=_list(
        _object(
            "foxglove.PointsAnnotation",
            timestamp=_TIME,
            type={"type": "integer"},
            points=_list(_POINT),
            outline_color=_COLOR,
            outline_colors=_list(_COLOR),
            fill_color=_COLOR,
            thickness={"type": "number"},
        )
    ),
    texts=_list(
        _object(
            "foxglove.TextAnnotation",
            timestamp=_TIME,
            position=_POINT,
            text={"type": "string"},
            font_size={"type": "number"},
            text_color=_COLOR,
            background_color=_COLOR,
        )
    ),
)
FACE = _object("mien.Face")  # whatever `jsonl.py` writes: Foxglove plots by path
_SCHEMAS = (IMAGE, ANNOTATIONS, FACE)
_CLEAR, _WHITE, _BLACK = ({"r": v, "g": v, "b": v, "a": a} for v, a in ((0.0, 0.0), (1.0, 1.0), (0.0, 0.6)))


class Foxglove(Writer):
    """Log times are the stamps of the recording."""

    def __init__(self, target: Path, about: About) -> None:
        super().__init__(target, about)
        self._part = Part(target)
        try:
            self._part.path.unlink(missing_ok=True)
            self._file = McapFile(self._part.path, profile="")
        except OSError as error:
            raise refused(target, error) from error
        for number, schema in enumerate(_SCHEMAS, 1):
            self._file.add_schema(number, schema["title"], json.dumps(schema), "jsonschema")
        self._channels: dict[str, int] = {}

    def add(self, step: Step) -> None:
        moment, stamp_ns = step.moment, step.moment.stamp_ns
        if moment.image is not None:
            self._write("/camera/image", 1, stamp_ns, _image(moment.image, stamp_ns))
        if step.frame is None:
            return
        if moment.faces:
            self._write("/camera/annotations", 2, stamp_ns, _annotations(moment.faces.faces, stamp_ns))
        for record in records(self.about.source, step.frame, moment, self.about.names):
            self._write(f"/faces/{record['track_id']}", 3, stamp_ns, record)

    def finish(self, tally: Tally) -> list[Path]:
        known = {"source": self.about.source, **tally.as_dict()}
        self._file.close("mien", {name: str(value) for name, value in known.items()})
        return [self._part.keep()]

    def abandon(self) -> None:
        self._file.abort()
        self._part.discard()

    def _write(self, topic: str, schema: int, stamp_ns: int, message: dict[str, Any]) -> None:
        if topic not in self._channels:
            self._channels[topic] = len(self._channels) + 1
            self._file.add_channel(self._channels[topic], schema, topic, {}, "json")
        self._file.write(self._channels[topic], dump(message).encode(), stamp_ns, stamp_ns)


def _time(stamp_ns: int) -> dict[str, int]:
    return {"sec": stamp_ns // 1_000_000_000, "nsec": stamp_ns % 1_000_000_000}


def _image(image: U8, stamp_ns: int) -> dict[str, Any]:
    bgr = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    text = base64.b64encode(data.tobytes()).decode()
    return {"timestamp": _time(stamp_ns), "frame_id": "camera_optical_frame", "data": text, "format": "jpeg"}


def _annotations(faces: tuple[Face, ...], stamp_ns: int) -> dict[str, Any]:
    """Outlines and ids; without a face, nothing, which clears what was drawn."""
    when = _time(stamp_ns)
    points, texts = [], []
    for face in faces:
        lines = encoder.in_image(face)
        ends = [{"x": x, "y": y} for x, y in lines.points.reshape(-1, 2).tolist()]
        colors = [{"r": r, "g": g, "b": b, "a": 1.0} for r, g, b in np.repeat(lines.colors, 2, axis=0).tolist()]
        points.append(
            {
                "timestamp": when, "type": _LINE_LIST, "points": ends,
                "outline_color": _WHITE, "outline_colors": colors, "fill_color": _CLEAR, "thickness": 1.5,
            }
        )  # fmt: skip
        place = {"x": float(face.box[0]), "y": float(face.box[1])}
        texts.append(
            {
                "timestamp": when, "position": place, "text": str(face.track_id), "font_size": 14.0,
                "text_color": _WHITE, "background_color": _BLACK,
            }
        )  # fmt: skip
    return {"circles": [], "points": points, "texts": texts}
