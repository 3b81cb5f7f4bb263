"""Where the network that draws heatmaps of action units finds them on the faces of a recording: explanations.png.

The heatmaps (`scc`, see models/cards/scc.md) are aligned with action units and trained to peak where a unit shows. They
explain their own intensities, which stand beside the recorded ones: another network made those.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from mien import graph
from mien.bags.images import ImageDecoder
from mien.bags.opened import stamp_of
from mien.bags.read import Session
from mien.core.errors import ReportError
from mien.core.moment import Moment
from mien.core.types import F32, U8
from mien.report import text
from mien.report.collect import collect
from mien.report.sheets.contact_sheet import choose
from mien.report.style import INK, MUTED, PANEL
from mien_models import Session as Network, open_session
from mien_models.alignment import CROP_SIZE
from mien_models.heatmaps import CELL, HEIGHT, LEFT, NETWORK, STRONG, TOP, WIDTH, read, strongest
from mien_models.spaces import facs

NAME = "explanations.png"
_ROWS, _UNITS = 8, 4
_SIDE, _LABEL, _GAP, _MARGIN = 192, 40, 10, 24
# The part of a crop that the network sees: top, left, height, width as shares of its side.
_WINDOW = tuple(n / CROP_SIZE for n in (TOP, LEFT, CELL * HEIGHT, CELL * WIDTH))


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """A face and the heatmaps (A, H, W) of its units, shares of the full scale; intensity (A,): their peaks [0, 5].

    recorded (A,): what the recording tells, by AUS; NaN where it tells nothing.
    """

    when_s: float
    track_id: int
    crop: U8
    heatmaps: F32
    intensity: F32
    recorded: F32

    @property
    def picture(self) -> U8:
        """The face, as large as it is drawn."""
        return np.asarray(cv2.resize(self.crop, (_SIDE, _SIDE), interpolation=cv2.INTER_CUBIC), np.uint8)

    @property
    def strongest(self) -> list[int]:
        """The units that are drawn."""
        return strongest(self.intensity)[:_UNITS]


def explain(session: Session, network: Network | None = None) -> list[Explained]:
    """The faces of the moments that the contact sheet shows, in time.

    `network` stands in for that of the registry. Raises ReportError where no crop was recorded, ModelError where the
    network cannot be opened.
    """
    collected = collect(session)
    chosen = {c.stamp_ns for c in choose(collected, _ROWS)}
    network = network or open_session(NETWORK, device="cpu")
    rows = [_explain(network, *face, collected.start_ns) for face in _faces(session, chosen)][:_ROWS]
    if not rows:
        raise ReportError(
            f"{session.path} holds no picture of a face to explain: it was recorded with faces.crop none or with "
            "graph.privacy on; record without, or with graph.privacy normalised"
        )
    return rows


def write(rows: Sequence[Explained], out: Path) -> Path:
    """Draw `out`/explanations.png; returns its path. Raises ReportError where it cannot be written."""
    path = out / NAME
    if not cv2.imwrite(str(path), cv2.cvtColor(sheet(rows), cv2.COLOR_RGB2BGR)):
        raise ReportError(f"cannot write {path}; choose a folder with room")
    return path


def sheet(rows: Sequence[Explained]) -> U8:
    """RGB: a row per face, the face first and then its strongest units."""
    width = 2 * _MARGIN + (_UNITS + 1) * (_SIDE + _GAP) - _GAP
    out = np.full((2 * _MARGIN + len(rows) * (_SIDE + _LABEL), width, 3), PANEL, np.uint8)
    for number, row in enumerate(rows):
        y = _MARGIN + number * (_SIDE + _LABEL)
        large = row.picture
        _place(out, large, 0, y, f"{row.when_s:.2f} s", "")
        for column, unit in enumerate(row.strongest, 1):
            told = row.recorded[unit]
            beside = f"recorded {told:.1f}" if np.isfinite(told) else ""
            label = f"{facs.AUS[unit]} {row.intensity[unit]:.1f}"
            _place(out, overlaid(large, row.heatmaps[unit]), column, y, label, beside)
    return out


def overlaid(picture: U8, heatmap: F32) -> U8:
    """A crop (S, S, 3) with a heatmap (H, W) over the part of it that the network sees."""
    size = picture.shape[0]
    top, left, height, width = (round(share * size) for share in _WINDOW)
    heat = np.zeros((size, size), np.float32)
    heat[top : top + height, left : left + width] = cv2.resize(heatmap, (width, height), interpolation=cv2.INTER_CUBIC)
    share = np.clip(heat * 5 / STRONG, 0, 1)[:, :, None]
    colours = cv2.applyColorMap(np.asarray(255 * share[:, :, 0], np.uint8), cv2.COLORMAP_INFERNO)[:, :, ::-1]
    grey = picture.mean(2, keepdims=True)
    return np.asarray(np.clip((1 - 0.8 * share) * grey + 0.8 * share * colours, 0, 255), np.uint8)


def _explain(network: Network, moment: Moment, track_id: int, crop: U8, start_ns: int) -> Explained:
    heat, intensity = read(network, [crop])
    affect = moment.affect(track_id)
    recorded = np.full(len(facs.AUS), np.nan, np.float32) if affect is None else affect.au_intensity
    when_s = (moment.stamp_ns - start_ns) * 1e-9
    return Explained(when_s, track_id, crop, heat[0], intensity[0], recorded)


def _faces(session: Session, chosen: set[int]) -> Iterator[tuple[Moment, int, U8]]:
    """Moment, track and crop of the largest face at these stamps: the recorded crop, else the normalised face."""
    made_up = dict(_made_up(session, chosen))
    for moment in session.moments(images=False):
        if moment.stamp_ns not in chosen:
            continue
        faces = [f for f in (moment.faces.faces if moment.faces else ()) if f.crop is not None and f.crop.any()]
        if faces:
            face = max(faces, key=lambda f: float(f.box[2] * f.box[3]))
            assert face.crop is not None
            yield moment, face.track_id, face.crop
        elif moment.stamp_ns in made_up and moment.expressions and moment.expressions.expressions:
            picture = made_up[moment.stamp_ns]
            yield moment, moment.expressions.expressions[0].track_id, picture[:, : picture.shape[0]]


def _made_up(session: Session, chosen: set[int]) -> Iterator[tuple[int, U8]]:
    """By stamp: normalised faces, side by side."""
    name, decode = f"{session.namespace}/{graph.NORMALISED.name}", ImageDecoder()
    for message in session.raw(lambda topic: topic == name):
        if (stamp_ns := stamp_of(message.data)) in chosen:
            yield stamp_ns, decode(session.parsed(message.data, message.type), message.type)


def _place(out: U8, picture: U8, column: int, y: int, label: str, beside: str) -> None:
    x = _MARGIN + column * (_SIDE + _GAP)
    out[y : y + _SIDE, x : x + _SIDE] = picture
    text.put(out, label, x, y + _SIDE + 20, 14, INK, bold=True)
    text.put(out, beside, x + _SIDE, y + _SIDE + 20, 13, MUTED, align="right")
