"""Where on faces action units are seen, for viewers who ask: heatmaps of the network `scc` (see models/cards/scc.md).

Nothing is computed until somebody asks. Then one image is read every half second at most, its four largest faces, on a
thread that the system lets run when nothing else wants to; what comes meanwhile is let go.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import numpy as np

from mien.core.types import Face, Faces, Header
from mien.dashboard import wire
from mien_models import Session, heatmaps, open_session
from mien_models.alignment import CROP_SIZE, crop_matrix
from mien_models.errors import MienError
from mien_models.spaces import facs, mesh478

KIND = "explained"
PERIOD_S = 0.5
_FACES = 4
_NO_CROP = "faces carry no crop: set faces.crop to 112"
_ANCHORS = (*mesh478.EYE_CORNERS, *mesh478.NOSE_SIDES)
_INTO = np.array([[heatmaps.CELL, 0, heatmaps.LEFT], [0, heatmaps.CELL, heatmaps.TOP], [0, 0, 1]], np.float64)


def _open() -> Session:
    return open_session(heatmaps.NETWORK, device="cpu", threads=1)


class Explainer:
    """`offer` from one thread; `show` is called with each record, on another one."""

    def __init__(self, show: Callable[[bytes], None], network: Callable[[], Session] = _open) -> None:
        self._show = show
        self._open = network
        self._network: Session | None = None
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="explain", initializer=_yield)
        self._work: Future[None] | None = None
        self._due_s = 0.0
        self._gave_up = False  # until it is wanted anew

    def offer(self, faces: Callable[[], Faces], wanted: bool) -> None:
        """Newer faces, which `faces` decodes. Returns at once."""
        self._gave_up &= wanted
        now_s = time.monotonic()
        if wanted and not self._gave_up and now_s >= self._due_s and (self._work is None or self._work.done()):
            self._due_s = now_s + PERIOD_S
            self._work = self._pool.submit(self._explain, faces)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _explain(self, decode: Callable[[], Faces]) -> None:
        try:
            faces = decode()
            self._network = self._network or self._open()
            self._show(explained(self._network, faces))
        except (MienError, ValueError, OSError) as error:  # no network, or a message that cannot be believed
            self._gave_up = True
            self._show(wire.explained(Header(0), (), problem=str(error)))


def explained(network: Session, faces: Faces) -> bytes:
    """The record of one image."""
    seen = sorted((f for f in faces.faces if _is_whole(f)), key=lambda f: -float(f.box[2] * f.box[3]))[:_FACES]
    problem = _NO_CROP if faces.faces and all(f.crop is None for f in faces.faces) else ""
    if not seen:
        return wire.explained(faces.header, (), problem=problem)
    maps, intensity = heatmaps.read(network, [f.crop for f in seen if f.crop is not None])
    return wire.explained(faces.header, (_heat(f, m, i) for f, m, i in zip(seen, maps, intensity, strict=True)))


def _heat(face: Face, maps: Any, intensity: Any) -> wire.Heat:
    units = heatmaps.strongest(intensity)
    full = np.clip(maps[units] * (5 / heatmaps.STRONG), 0, 1)
    into = crop_matrix(face.landmarks, CROP_SIZE) @ _INTO
    anchors = tuple((i, face.landmarks[i, :2].astype(np.float64)) for i in _ANCHORS)
    named = tuple((facs.AUS[u], float(intensity[u])) for u in units)
    return wire.Heat(face.track_id, named, np.asarray(255 * full, np.uint8), into, anchors)


def _is_whole(face: Face) -> bool:
    return face.crop is not None and bool(face.crop.any()) and bool(np.isfinite(face.landmarks).all())


def _yield() -> None:
    """Let everything else run first; where the system knows no priority of threads, nothing changes."""
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
