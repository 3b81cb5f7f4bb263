"""Detects and tracks faces."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mien.core import lens
from mien.core.stage import Stage as BaseStage
from mien.core.temporal.clock import LATE_NS, ForwardClock
from mien.core.types import F32, U8, Face, Faces, Frame, Header, IdMethod, Intrinsics
from mien.faces.config import FacesConfig
from mien.faces.detector import BlazeFace, Detector, YuNet, is_known, overlap, roi_of_detection
from mien.faces.gaze import gaze_of
from mien.faces.identity import Likeness, Memory, SFace
from mien.faces.pose import MetricPose
from mien.faces.search import Search
from mien.faces.track import Sighting, Track, appearance_of
from mien_models import Session, SessionInfo, alignment, load_face_geometry, open_session
from mien_models.errors import DeviceError
from mien_models.landmarker import Landmarker, Roi, box_of, roi_of_landmarks
from mien_models.preprocess import open_gpu_image

_log = logging.getLogger(__name__)

# Two sightings whose boxes overlap by more than this (intersection over union) are of one face.
_SAME_FACE = 0.5
# Landmarks with less presence than this may be misplaced: another detector is tried.
_SURE = 0.9
# From this overlap on, one face may occlude the other.
_BEHIND = 0.02
# A sighting whose `unlikeness` to a lost track exceeds this is another person.
_STRANGER = 1.0
# While a face is lost, the detector runs at this interval.
_SEARCH_NS = 100_000_000
# No image for so many times as long as usual, and for longer than a track is held: nobody is followed through that.
_PAUSE = 3


@dataclass(frozen=True, slots=True)
class _Probe:
    """A square to run the landmark network on; `track` is None where it comes from a detector."""

    roi: Roi
    score: float
    track: Track | None = None


class Stage(BaseStage[FacesConfig]):
    """Frames to Faces.

    The landmarks of one frame give the squares to search in the next. The detector runs only when a
    face may be missing: when none is tracked, when one was lost, and every `detect_interval_s` while
    fewer than `max_faces` are tracked.
    """

    def __init__(self, config: FacesConfig, sessions: Mapping[str, Session] | None = None) -> None:
        """`sessions`, by network name, replace those of the registry."""
        self._config = config
        self._given = sessions or {}
        self._sessions: dict[str, Session] = {}
        self._landmarker = Landmarker(self._open("facemesh_v2"))
        self._gpu = open_gpu_image(self._sessions["facemesh_v2"].info)
        self._detectors = self._open_detectors(config.detector)
        geometry = load_face_geometry()
        self._pose = MetricPose(geometry.vertices, geometry.landmark_ids, geometry.landmark_weights)
        self._tracks: list[Track] = []
        self._lost: list[Track] = []
        self._next_id = config.first_id
        self._memory = self._open_memory(config.reidentify)
        self._clock = ForwardClock()
        self._stamp_ns: int | None = None  # of the last image
        self._now_ns = 0  # of the clock
        self._step_ns = 0
        self._searched_ns: int | None = None
        self._detect = Search()

    def _open(self, name: str) -> Session:
        session = self._given.get(name)
        if session is None:
            session = open_session(name, device=self._config.device, threads=self._config.threads)
        self._sessions[name] = session
        return session

    def _open_detectors(self, name: str) -> list[Detector]:
        detectors: list[Detector] = []
        if name != "yunet":
            detectors.append(BlazeFace(self._open("blazeface_short")))
        if name != "short_range":
            detectors.append(YuNet(self._open("yunet")))
        return detectors

    def _open_memory(self, by: str) -> Memory | None:
        if by == "none":
            return None
        return Memory(SFace(self._open("sface")) if by == "sface" else Likeness())

    @property
    def infos(self) -> tuple[SessionInfo, ...]:
        """The network backends in use, with the reason of each choice."""
        return tuple(s.info for s in self._sessions.values())

    def reconfigure(self, config: FacesConfig) -> None:
        """Adopt the live parameters of `config`."""
        self._config = config

    def reset(self) -> None:
        """Forget every face, as between unrelated images. Ids are not reused."""
        self._tracks, self._lost, self._searched_ns = [], [], None
        self._memory = self._memory and self._memory.emptied()
        self._detect = Search()

    def step(self, frame: Frame) -> Faces:
        """The faces of one frame. Raises ValueError when the image is not H×W×3 uint8."""
        image = frame.image
        if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8 or not image.size:
            raise ValueError(f"image must be H×W×3 uint8 RGB, at least one pixel; got {image.shape} {image.dtype}")
        self._advance(frame.stamp_ns)
        self._upload(image)
        self._follow(image)
        height, width = image.shape[:2]
        k = frame.intrinsics or Intrinsics.from_fov(width, height, self._config.vertical_fov_deg)
        tracks = sorted(self._tracks, key=lambda t: t.id)
        points = [t.smooth(self._now_ns) if self._config.smooth else t.last.landmarks for t in tracks]
        crops = self._crops(image, points)
        faces = self._faces(tracks, points, crops, k)
        return Faces(Header(frame.stamp_ns, frame.frame_id), width, height, faces)

    def _advance(self, stamp_ns: int) -> None:
        """Time goes on, also where stamps repeat or come late."""
        if self._stamp_ns is None:
            self._now_ns = self._clock(stamp_ns)
            self._next_id = self._next_id or first_id(stamp_ns)
        else:
            if stamp_ns < self._stamp_ns - LATE_NS:
                self.reset()  # another recording, or a loop
            before_ns, self._now_ns = self._now_ns, self._clock(stamp_ns)
            step_ns, usual_ns = self._now_ns - before_ns, self._step_ns
            if usual_ns and step_ns > max(self._config.hold_s * 1e9, _PAUSE * usual_ns):
                self._lost, self._tracks = self._lost + self._tracks, []  # who is there now may be anybody
            self._step_ns = step_ns
        self._stamp_ns = stamp_ns

    def _upload(self, image: U8) -> None:
        """Upload the image once for all faces, if the landmark network runs on a GPU."""
        if self._gpu is None:
            return
        try:
            if self._sessions["facemesh_v2"].info.device != "cpu":
                self._gpu.upload(image)
                return
        except DeviceError as error:  # the network meets the same error and falls back by itself
            _log.error("the image cannot be uploaded: %s", error)
        self._leave_gpu()

    def _leave_gpu(self) -> None:
        if self._gpu is not None:
            self._gpu.close()
        self._gpu = None

    def _follow(self, image: U8) -> None:
        probes = [_Probe(roi_of_landmarks(t.last.landmarks, t.last.box), t.last.score, t) for t in self._tracks]
        seen = self._read(image, probes)
        if len(seen) < len(probes) or self._is_due():
            seen += self._search(image, seen)
        seen = self._settle(seen)

        kept = [s.track for s in seen if s.track]
        hold_ns = self._config.hold_s * 1e9
        lost = self._lost + [t for t in self._tracks if t not in kept]
        self._lost = [t for t in lost if self._now_ns - t.seen_ns <= hold_ns]
        if self._memory:
            self._memory.keep([t for t in lost if t not in self._lost], self._now_ns, self._config.remember_s * 1e9)
        self._tracks = self._tracks_of(image, seen)
        if len(self._tracks) > self._config.max_faces:
            self._tracks = sorted(self._tracks, key=lambda t: -t.last.size)[: self._config.max_faces]
        for track in self._tracks:
            if self._memory:
                self._memory.watch(image, track, self._now_ns)
        if self._tracks:
            self._detect.seen(self._tracks[0].last.landmarks)

    def _is_due(self) -> bool:
        if not self._tracks or self._searched_ns is None:
            return True
        if len(self._tracks) >= self._config.max_faces:
            return False
        interval = self._config.detect_interval_s * 1e9
        return self._now_ns - self._searched_ns >= (min(interval, _SEARCH_NS) if self._lost else interval)

    def _search(self, image: U8, followed: list[Sighting]) -> list[Sighting]:
        """Faces that are not tracked yet, the largest first. Each detector looks for those that earlier ones missed."""
        self._searched_ns = self._now_ns
        self._detect.begin(self._now_ns, alone=not followed)
        found: list[Sighting] = []
        unsure: list[Sighting] = []
        for detector in self._detectors:
            known = _boxes(followed + found)
            room = self._config.max_faces - len(known)
            if room <= 0:
                break
            new = self._detect(detector, image, self._config.min_score, known, room)
            for sighting in self._read(image, [_Probe(roi_of_detection(d), d.score) for d in new]):
                (found if sighting.presence >= _SURE else unsure).append(sighting)
        # Keep an uncertain sighting where no detector gave a better one.
        for sighting in unsure:
            known = _boxes(followed + found)
            if len(known) < self._config.max_faces and not is_known(sighting.box, known):
                found.append(sighting)
        return found

    def _read(self, image: U8, probes: list[_Probe]) -> list[Sighting]:
        """Landmarks in every square, in one batch; squares without a face are left out."""
        if not probes:
            return []
        landmarks, presence = self._landmarker(image, [p.roi for p in probes], self._gpu)
        crowd = len(probes) > 1 or bool(self._lost) or any(p.track is None for p in probes)
        return [
            Sighting(
                points,
                box_of(points),
                float(sure),
                p.score,
                appearance_of(self._landmarker.crop(i)) if crowd else None,
                p.track,
            )
            for i, (p, points, sure) in enumerate(zip(probes, landmarks, presence, strict=True))
            if sure >= self._config.min_presence and np.isfinite(points).all()
        ]

    def _settle(self, seen: list[Sighting]) -> list[Sighting]:
        """Of several sightings of one face, keep the one that fits its track best."""
        if len(seen) < 2:
            return seen
        kept: list[Sighting] = []
        for sighting in sorted(seen, key=self._misfit):
            if not kept or overlap(sighting.box, _boxes(kept)).max() <= _SAME_FACE:
                kept.append(sighting)
        return [_uncovered(s, kept) for s in kept]

    def _misfit(self, sighting: Sighting) -> float:
        return sighting.track.unlikeness(sighting, self._now_ns) if sighting.track else np.inf

    def _tracks_of(self, image: U8, seen: list[Sighting]) -> list[Track]:
        """Of each sighting its own track, the lost one that fits it best, one that is recognised, or a new one."""
        for sighting in seen:
            if sighting.track:
                sighting.track.update(sighting, self._now_ns)
        tracks = [s.track or self._held(s) for s in seen]
        new = [i for i, track in enumerate(tracks) if track is None]
        recalled = self._memory.recall(image, [seen[i] for i in new]) if self._memory else {}
        for i, (track, surely) in recalled.items():
            track.update(seen[new[i]], self._now_ns, IdMethod.REIDENTIFIED, surely)
            tracks[new[i]] = track
        return [track or self._begin(s) for track, s in zip(tracks, seen, strict=True)]

    def _held(self, sighting: Sighting) -> Track | None:
        """The lost track that a sighting fits best, None where it fits none."""
        misfits = [t.unlikeness(sighting, self._now_ns) for t in self._lost]
        if not misfits or min(misfits) >= _STRANGER:
            return None
        track = self._lost.pop(int(np.argmin(misfits)))
        track.update(sighting, self._now_ns, IdMethod.REIDENTIFIED, 1 - min(misfits) / 2)
        return track

    def _begin(self, sighting: Sighting) -> Track:
        self._next_id += 1
        return Track(self._next_id - 1, sighting, self._now_ns)

    def _crops(self, image: U8, points: list[F32]) -> Sequence[U8 | None]:
        """The aligned crop of each face; on a GPU all crops are cut in one pass."""
        if self._config.crop == "none" or not points:
            return [None] * len(points)
        size = int(self._config.crop)
        if self._gpu is not None:
            height, width = image.shape[:2]
            try:
                return list(self._gpu.crops(alignment.views(np.array(points), width, height, size), size))
            except DeviceError as error:  # as in `_upload`
                _log.error("faces cannot be cropped on the GPU: %s", error)
                self._leave_gpu()
        return alignment.crops(image, np.array(points), size)

    def _faces(
        self, tracks: list[Track], points: list[F32], crops: Sequence[U8 | None], k: Intrinsics
    ) -> tuple[Face, ...]:
        if not tracks:
            return ()
        ideal = np.array([lens.undistort_landmarks(p, k) for p in points])
        poses = self._pose(ideal, k)
        gazes, confidences = gaze_of(ideal, poses, k)
        return tuple(
            Face(
                track_id=track.id,
                score=track.last.score,
                presence=track.last.presence,
                box=box_of(landmarks),
                landmarks=landmarks,
                pose=pose,
                gaze=gaze,
                gaze_confidence=confidence,
                crop=crop,
                id_method=track.id_method,
                id_confidence=track.id_confidence,
            )
            for track, landmarks, pose, gaze, confidence, crop in zip(
                tracks, points, poses, gazes, confidences, crops, strict=True
            )
        )


def first_id(stamp_ns: int) -> int:
    """Id of the first face of a stream that begins at `stamp_ns`.

    Ten ids for each second of the day: a stage that is restarted goes on above what it gave before, as
    long as fewer than ten faces a second came, and the same stream gives the same ids.
    """
    return max(stamp_ns, 0) // 1_000_000_000 % 86_400 * 10 + 1


def _boxes(faces: list[Sighting]) -> F32:
    """N×4 boxes of N sightings."""
    return np.array([s.box for s in faces], np.float32).reshape(-1, 4)


def _uncovered(sighting: Sighting, others: list[Sighting]) -> Sighting:
    """The sighting without its appearance if another face may occlude part of it, so that it is not compared."""
    boxes = _boxes([s for s in others if s is not sighting])
    near = bool(len(boxes)) and overlap(sighting.box, boxes).max() > _BEHIND
    return replace(sighting, appearance=None) if near else sighting
