"""The whole report of a bag: annotated.mp4, timeline.png, contact_sheet.png, voice.png, summary.json."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from mien.bags.read import Session
from mien.core.errors import ReportError
from mien.progress import bar
from mien.report.collect import Collected, collect
from mien.report.layout import tile_layout
from mien.report.overlay import AnnotatedVideo, Overlay
from mien.report.sheets.contact_sheet import TILE_WIDTH, ContactSheet
from mien.report.summary import summarise
from mien.report.timeline import draw_timeline
from mien.report.video import rate
from mien.report.voice import NAME as VOICE_PICTURE, draw_voice

log = logging.getLogger(__name__)
FILES = ("annotated.mp4", "contact_sheet.png", "timeline.png", VOICE_PICTURE, "summary.json")


def render(
    bag: Path,
    out: Path,
    *,
    source: str | None = None,
    extra: Mapping[str, Any] | None = None,
    namespace: str | None = None,
    console: Console | None = None,
) -> dict[str, Any]:
    """Draw everything into the folder `out` and return the summary.

    source: name of the recorded source, if it should replace the one in the bag.
    extra: additional values for the summary. Raises BagError and ReportError.
    """
    session = Session(bag, namespace)
    if session.cut:
        log.warning("%s", session.cut)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with bar(console) as progress:
            reading = progress.add_task("reading", total=max(session.topics.values()))
            collected = collect(session, lambda: progress.advance(reading))
            progress.update(reading, total=progress.tasks[0].completed)
            drawing = progress.add_task("drawing", total=len(collected.stamps_ns))
            title = Path(source or session.source or bag.name).name
            codec = _pictures(session, collected, out, title, lambda: progress.advance(drawing))
            draw_timeline(collected, out / "timeline.png", title)
            spoken = draw_voice(session, collected, out / VOICE_PICTURE, title)
        if not spoken:
            (out / VOICE_PICTURE).unlink(missing_ok=True)  # of a report that was here before
        more = {"video_codec": codec, "voice": spoken} | ({"source": source} if source else {}) | dict(extra or {})
        if session.cut:
            more["cut_off"] = str(session.cut)
        summary = summarise(session, collected, more)
        (out / "summary.json").write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n", "utf8")
    except OSError as error:
        raise ReportError(f"cannot write the report to {out}: {error.strerror}; choose another folder") from error
    return summary


def written(summary: Mapping[str, Any]) -> tuple[str, ...]:
    """The files of a report; without a video where the bag holds only easing rigs, and without voice.png in silence."""
    without = {"annotated.mp4": not summary["video_codec"], VOICE_PICTURE: not summary["voice"]}
    return tuple(name for name in FILES if not without.get(name))


def _pictures(session: Session, collected: Collected, out: Path, title: str, advance: Callable[[], None]) -> str | None:
    """Draw video and contact sheet in one pass over the images. Returns the codec of the video."""
    sheet = ContactSheet(collected)
    part = out / ".annotated.part.mp4"
    try:
        codec = _draw(session, collected, part, sheet, advance)
        if codec:
            part.replace(out / "annotated.mp4")
    finally:
        part.unlink(missing_ok=True)
    sheet.write(out / "contact_sheet.png", title, _note(collected))
    return codec


def _draw(
    session: Session, collected: Collected, path: Path, sheet: ContactSheet, advance: Callable[[], None]
) -> str | None:
    """Draw the video, and offer every moment to the sheet. Returns the codec."""
    width, height = collected.size
    video: AnnotatedVideo | None = None
    tiles: Overlay | None = None
    has_images = session.image_topic is not None
    for moment in session.moments():
        if not moment.is_processed:
            continue
        advance()
        if has_images and moment.image is None:
            continue
        if video is None or tiles is None:
            if moment.image is not None:
                height, width = moment.image.shape[:2]
            elif not width:
                width, height = 640, 360  # under `graph.privacy` the size of the images is not recorded
            fps = rate(collected.stamps_ns)
            video = AnnotatedVideo(path, (width, height), session.names, fps)
            tiles = Overlay(width, height, session.names, tile_layout(width, height, TILE_WIDTH))  # without a panel
        video.add(moment, (moment.stamp_ns - collected.start_ns) * 1e-9)
        sheet.offer(moment, tiles)
    if video:
        video.close()
    return video.codec if video else None


def _note(collected: Collected) -> str:
    day = datetime.fromtimestamp(collected.start_ns * 1e-9, timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    frames = len(collected.stamps_ns)
    with_face = int(np.count_nonzero(collected.face_counts))
    return f"{day}   ·   {collected.duration_s:.1f} s   ·   {frames} frames, {with_face} with a face"
