"""The annotated picture of one moment, and the video of all of them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from mien.bags.read import Names
from mien.core.moment import Moment
from mien.core.types import U8, Face, Intrinsics
from mien.report import text
from mien.report.draw import Pen, draw_face
from mien.report.layout import Layout, layout
from mien.report.panel import Panel
from mien.report.style import INK, MUTED, PANEL, UNSURE, track_color
from mien.report.video import Video, open_sink

_FOV_DEG = 63.0  # default of FacesConfig.vertical_fov_deg, used for the pose where no calibration is known
_EMPTY = (28, 31, 37)
# Another face must have this many times the area to take over the panel.
_LARGER = 1.5


class Overlay:
    """Draws the moments of one recording in order.

    width, height: of the source images. sizes: layout of the pictures, by default with a panel of
    numbers at the right. The pictures are RGB and have the size `size`.
    """

    def __init__(self, width: int, height: int, names: Names | None = None, sizes: Layout | None = None) -> None:
        self.layout = sizes or layout(width, height)
        self._names = names or Names()
        self._source = (width, height)
        self._main: int | None = None
        panel = self.layout.panel
        self._panel = Panel(panel, self.layout.height, self.layout.body, self._names) if panel else None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the pictures."""
        return self.layout.size

    def draw(self, moment: Moment, note: str = "") -> U8:
        """One picture; `note` stands in its corner."""
        width, height = self.size
        out = np.empty((height, width, 3), np.uint8)
        picture = out[:, : self.layout.width]
        picture[:] = self._background(moment)
        self._main = self._choose(moment)
        pen = Pen(np.ascontiguousarray(picture), self.layout.scale, self.layout.line, self.layout.body)
        for face in sorted(moment.faces.faces if moment.faces else (), key=_area):
            k = moment.intrinsics or Intrinsics.from_fov(*self._source, _FOV_DEG)
            expression = moment.expression(face.track_id)
            draw_face(pen, face, k, track_color(face.track_id), self._label(moment, face), expression)
        self._note(pen.image, note)
        picture[:] = pen.image
        if self._panel:
            self._panel.draw(out[:, self.layout.width :], moment, self._main)
        return out

    def _background(self, moment: Moment) -> U8:
        size = (self.layout.width, self.layout.height)
        if moment.image is None:
            return self._blank()
        if moment.image.shape[1::-1] == size:
            return moment.image
        shrink = moment.image.shape[0] > size[1]
        how = cv2.INTER_AREA if shrink else cv2.INTER_CUBIC
        return np.asarray(cv2.resize(moment.image, size, interpolation=how), np.uint8)

    def _blank(self) -> U8:
        """A plain background where no image was recorded."""
        image = np.full((self.layout.height, self.layout.width, 3), _EMPTY, np.uint8)
        px = self.layout.body
        text.put(image, "no image recorded", px, self.layout.height - px, px, MUTED)
        return image

    def _choose(self, moment: Moment) -> int | None:
        """The face shown in the panel: the largest, unless the present one is not much smaller."""
        faces = {f.track_id: f for f in moment.faces.faces} if moment.faces else {}
        if not faces:
            ids = moment.track_ids
            return self._main if self._main in ids else (ids[0] if ids else None)
        largest = max(faces.values(), key=_area)
        current = faces.get(self._main) if self._main is not None else None
        if current and _area(largest) < _LARGER * _area(current):
            return current.track_id
        return largest.track_id

    def _label(self, moment: Moment, face: Face) -> str:
        if self._panel and face.track_id == self._main:
            return f"{face.track_id}  {face.presence:.2f}".replace(" 0.", " .")
        affect = moment.affect(face.track_id)
        if affect is None or not np.isfinite(affect.emotion).all() or affect.emotion_confidence < UNSURE:
            return f"{face.track_id}"
        best = int(np.argmax(affect.emotion))
        return f"{face.track_id}  {self._names.emotions[best]} {affect.emotion[best]:.2f}".replace(" 0.", " .")

    def _note(self, image: U8, note: str) -> None:
        if not note:
            return
        px = self.layout.body
        w, h = text.width(note, px) + px, round(1.7 * px)
        x, y = image.shape[1] - w - px // 2, px // 2
        corner = image[y : y + h, x : x + w]
        corner[:] = (corner * 0.35 + np.array(PANEL) * 0.65).astype(np.uint8)
        text.put(image, note, x + px / 2, y + 1.2 * px, px, INK)


class AnnotatedVideo:
    """Shows moments at the times of their stamps."""

    def __init__(self, path: Path, size: tuple[int, int], names: Names | None, fps: Fraction) -> None:
        """size: width and height of the images. Raises ReportError where nothing can be written."""
        self._overlay = Overlay(*size, names)
        self._video = Video(open_sink(path, self._overlay.size, fps), fps)

    @property
    def codec(self) -> str:
        return self._video.codec

    def add(self, moment: Moment, time_s: float) -> None:
        """time_s: what its caption says."""
        self._video.add(self._overlay.draw(moment, f"{time_s:.2f} s"), moment.stamp_ns)

    def close(self) -> None:
        self._video.close()


def _area(face: Face) -> float:
    return float(face.box[2] * face.box[3])
