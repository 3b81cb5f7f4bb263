"""report.html: a recording as one page that needs no server, made of the parts of the live page.

Its data are the same records that the live page is sent, in base64. Pictures are made smaller and fewer until all of
them fit into `_PICTURES_BYTES`; numbers are kept for every image, or for as many as `_MOMENTS` allows.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from mien import __version__
from mien.bags.read import Session
from mien.core.errors import ModelError, ReportError, StatisticsError
from mien.core.moment import Moment
from mien.core.schemas import ARKIT52
from mien.core.types import U8, Header
from mien.dashboard import files, wire
from mien.dashboard.avatars import SHIPPED
from mien.graph import RIGS
from mien.report.mesh import tesselation
from mien.report.sheets.explain import Explained, overlaid
from mien.statistics.describe import Choices, describe
from mien.statistics.recording import gather
from mien_models.spaces import facs

NAME = "report.html"
_MOMENTS = 3000
_PICTURES, _PICTURES_BYTES = 900, 24_000_000
_WIDTH_PX, _QUALITY = 480, 60
_PLACE = re.compile(r"/\*(style|script|summary|data|avatar)\*/")
_AVATAR = "human.glb"


def write(session: Session, summary: Mapping[str, Any], out: Path, explained: Sequence[Explained] = ()) -> Path:
    """Write the page into the folder `out`; returns its path. Raises ReportError where it cannot be written."""
    parts = files.load(".html", ".css", ".js")
    page = parts["report.html"][0].decode()
    data = base64.b64encode(b"".join(_records(session, int(summary["frames"])))).decode()
    summary = {**summary, "statistics": _statistics(session), "explained": [*map(_explained, explained)]}
    texts = {
        "style": parts["report.css"][0].decode(),
        "script": parts["report.js"][0].decode().replace("</script", "<\\/script"),
        # "<" could end the element early, whatever a source is called.
        "summary": json.dumps(summary, ensure_ascii=False).replace("<", "\\u003c"),
        "data": data,
        "avatar": _avatar() if session.topics.get(f"{session.namespace}/{RIGS.name}") else "",
    }
    page = _PLACE.sub(lambda place: texts[place[1]], page)
    path = out / NAME
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        part.write_text(page, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ReportError(f"cannot write {path}: {error.strerror}; choose another folder") from error
    return path


def _avatar() -> str:
    """GLB in gzip in base64; empty where it cannot be made here, and the page then leaves it out."""
    try:
        made = SHIPPED[_AVATAR]()
    except (ModelError, ImportError):
        return ""
    return base64.b64encode(gzip.compress(made, 6, mtime=0)).decode()


def _statistics(session: Session) -> Mapping[str, Any]:
    """Of every person, as `mien statistics` tells them; nobody where no face was seen."""
    try:
        recording = gather(session.moments(images=False), session.names.action_units, session.path.name)
        values = describe(recording, Choices(shortest_s=0.0, units=())).values
    except StatisticsError:
        return {"event": None, "people": []}
    return {"event": values["choices"]["event"], "people": values["people"]}


def _explained(row: Explained) -> Mapping[str, Any]:
    """A face and its heatmaps, drawn; recorded: None where the recording tells nothing of the unit."""
    face = row.picture
    units = [
        {
            "name": facs.AUS[u],
            "intensity": round(float(row.intensity[u]), 2),
            "recorded": round(float(row.recorded[u]), 2) if np.isfinite(row.recorded[u]) else None,
            "picture": _jpeg(overlaid(face, row.heatmaps[u])),
        }
        for u in row.strongest
    ]
    return {"time_s": row.when_s, "track_id": row.track_id, "face": _jpeg(face), "units": units}


def _jpeg(picture: U8) -> str:
    """RGB as the address of an image."""
    _, data = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 85])
    return f"data:image/jpeg;base64,{base64.b64encode(data.tobytes()).decode()}"


def _records(session: Session, frames: int) -> Iterator[bytes]:
    names = session.names
    units = {f"AU{u.code}": u.name for u in facs.ACTION_UNITS}
    yield wire.record("hello", version=__version__, units=units)
    yield wire.labels(names.blendshapes, names.action_units, names.emotions)
    yield wire.mesh(tesselation())
    if len(names.rig) == len(ARKIT52.names):
        yield wire.rig_description(replace(ARKIT52, names=names.rig))
    every = max(1, -(-frames // _MOMENTS))
    pictures = max(every, -(-frames // _PICTURES))
    left = _PICTURES_BYTES
    for n, moment in enumerate(m for m in session.moments() if m.is_processed):
        if n % every and n % pictures:
            continue
        if moment.image is not None and n % pictures == 0 and left > 0:
            data = wire.image(Header(moment.stamp_ns), moment.image, width=_WIDTH_PX, quality=_QUALITY)
            left -= len(data)
            yield data
        yield from _said(moment)


def _said(moment: Moment) -> Iterator[bytes]:
    """Expressions come before affects, which the page remembers them with."""
    if moment.faces is not None:
        yield wire.faces(moment.faces, moment.intrinsics)
    if moment.expressions is not None:
        yield wire.expressions(moment.expressions)
    if moment.affects is not None:
        yield wire.affects(moment.affects)
    if moment.rigs is not None:
        yield wire.rigs(moment.rigs)
