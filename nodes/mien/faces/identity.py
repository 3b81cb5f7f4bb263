"""Who is who after a face was gone for longer than a track is held: recognition, which is off unless asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import cv2
import numpy as np

from mien.core.types import F32, F64, U8
from mien.faces.track import Sighting, Track
from mien_models import Session
from mien_models.spaces.mesh478 import EYE_INNER, EYE_OUTER, MOUTH_CORNERS, NOSE_BRIDGE

_MOST = 64  # faces that are remembered
# The best of those who are gone has to be so much more alike than the next: where two are much alike, it is neither.
_MARGIN = 0.1
# A followed face is looked at again this often, up to so many times, while its landmarks are this sure.
_AGAIN_NS = 1_000_000_000
_LOOKS = 10
_SURE = 0.9


class Recogniser(Protocol):
    surely: float
    """Cosine of two signatures from which on they are of one person."""

    def __call__(self, image: U8, sighting: Sighting) -> F32 | None:
        """What tells a face from others, of length 1; None where it cannot be told."""
        ...


class Likeness:
    """The appearance that tracking compares anyway: costs nothing, and holds in one place and light alone.

    On the sample photographs strangers are alike by up to .81, and one person an expression later by .39 to .99.
    """

    surely = 0.9

    def __call__(self, image: U8, sighting: Sighting) -> F32 | None:
        return sighting.appearance


class SFace:
    """Zhong et al., "SFace: Sigmoid-Constrained Hypersphere Loss", 2021; see models/cards/sface.md.

    On the sample photographs strangers are alike by up to .42, one person by .64 to .99 from film to photograph.
    """

    surely = 0.55
    # Of the 112 px crop: right and left eye, tip of the nose, right and left corner of the mouth (ArcFace, 2019).
    _TEMPLATE = np.array(
        [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]]
    )
    _SIZE = 112

    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(self, image: U8, sighting: Sighting) -> F32 | None:
        to_crop = _similarity(_five(sighting.landmarks), self._TEMPLATE)
        crop = cv2.warpAffine(image, to_crop, (self._SIZE, self._SIZE))
        return _unit(self._session({"image": np.asarray(crop, np.uint8)[None]})["embedding"][0])


class Memory:
    """Tracks that are gone, and what tells them from others.

    An id is given to one face at a time: who is recalled is no longer gone. What is not surely
    somebody who is gone is somebody new.
    """

    def __init__(self, recognise: Recogniser) -> None:
        self._recognise = recognise
        self._gone: list[Track] = []

    def emptied(self) -> Memory:
        """One that remembers nobody."""
        return Memory(self._recognise)

    def watch(self, image: U8, track: Track, now_ns: int) -> None:
        """Learn what a followed face is like, now and then."""
        if track.last.presence < _SURE or now_ns < track.signed_ns + _AGAIN_NS:
            return
        signature = self._recognise(image, track.last)
        if signature is None:
            return
        n = min(track.signatures, _LOOKS)
        track.signature = signature if track.signature is None else _unit(n * track.signature + signature)
        track.signatures, track.signed_ns = n + 1, now_ns

    def keep(self, gone: Sequence[Track], now_ns: int, remember_ns: float) -> None:
        """Remember tracks that are held no longer, and forget those that were gone for too long."""
        known = [t for t in (*self._gone, *gone) if t.signature is not None and now_ns - t.seen_ns <= remember_ns]
        self._gone = known[-_MOST:]

    def recall(self, image: U8, sightings: Sequence[Sighting]) -> dict[int, tuple[Track, float]]:
        """By index of the sighting: who it is, and how surely, [0.5, 1]. Nobody is recalled twice."""
        recalled: dict[int, tuple[Track, float]] = {}
        if not self._gone or not sightings:
            return recalled
        known = np.array([t.signature for t in self._gone])
        signed = [self._recognise(image, s) if s.presence >= _SURE else None for s in sightings]
        alike = np.array([known @ s if s is not None else np.full(len(known), -1.0) for s in signed])
        surely, taken = self._recognise.surely, set()
        for i in np.argsort(-alike.max(axis=1), kind="stable").tolist():
            best, next_best = int(alike[i].argmax()), float(np.sort(np.append(alike[i], -1.0))[-2])
            score = float(alike[i, best])
            if score >= surely and score - next_best >= _MARGIN and best not in taken:
                taken.add(best)
                recalled[i] = self._gone[best], 0.5 + 0.5 * min(1.0, (score - surely) / (1 - surely))
        self._gone = [t for k, t in enumerate(self._gone) if k not in taken]
        return recalled


def _five(landmarks: F32) -> F64:
    """Right and left eye, tip of the nose, right and left corner of the mouth, 5×2 [px]."""
    points = landmarks[:, :2].astype(np.float64)
    left, right = ((points[outer] + points[inner]) / 2 for outer, inner in zip(EYE_OUTER, EYE_INNER, strict=True))
    return np.array([right, left, points[NOSE_BRIDGE[-1]], points[MOUTH_CORNERS[1]], points[MOUTH_CORNERS[0]]])


def _similarity(source: F64, target: F64) -> F64:
    """2×3 map of turn, scale and shift that brings points nearest to others: Umeyama, PAMI 1991."""
    a, b = source - source.mean(axis=0), target - target.mean(axis=0)
    u, scales, vt = np.linalg.svd(b.T @ a)
    signs = np.array([1.0, np.sign(np.linalg.det(u @ vt))])
    linear = (u * signs) @ vt * float(scales @ signs) / max(float((a * a).sum()), 1e-9)
    return np.concatenate([linear, (target.mean(axis=0) - linear @ source.mean(axis=0))[:, None]], axis=1)


def _unit(v: F32) -> F32:
    return np.asarray(v / max(float(np.linalg.norm(v)), 1e-9), np.float32)
