"""What an avatar plays: smoothed, calibrated, always safe."""

from __future__ import annotations

import math

import numpy as np

from mien.core.gaze import gaze_of
from mien.core.geometry import FACING_CAMERA, known, multiply, quaternion
from mien.core.sound import Voice
from mien.core.stage import Stage as BaseStage
from mien.core.temporal.clock import ForwardClock
from mien.core.temporal.follow import CHANNELS, Follower
from mien.core.types import (
    F64,
    U8,
    UNKNOWN_BASELINE,
    Baseline,
    BaselineMethod,
    Expression,
    Expressions,
    Face,
    Faces,
    Header,
    Rig,
    Rigs,
    RigState,
    Source,
)
from mien.rigs.config import RigsConfig
from mien.rigs.voice import Arbiter, Ear, Eyes, Heard
from mien_models.spaces import arkit
from mien_models.spaces.arkit import Region

_N = len(arkit.BLENDSHAPES)
_MEMBERS = (arkit.REGION_OF[:, None] == np.arange(len(Region))).astype(np.float64)
_MEAN = _MEMBERS / np.maximum(_MEMBERS.sum(axis=0), 1)  # 52 weights to 7 regions
_VISUAL: U8 = np.full(len(Region), Source.VISUAL, np.uint8)
# How well a face is seen is told by halves: each channel belongs to the upper (0), as the gaze does, or the lower (1).
_HALF = np.append(arkit.LOWER, np.zeros(CHANNELS - _N)).astype(np.intp)
_HALVES = np.flatnonzero(~arkit.LOWER), np.flatnonzero(arkit.LOWER)  # weights of the upper and of the lower face
# A half is covered once its best confidence is below the first, and clear above the second. Of single shapes it
# says less: the strongest expressions are read with the largest errors.
_COVERED, _CLEAR = 0.05, 0.1
# A baseline that was asked for comes at once; one that is learned comes by degrees.
_SUDDEN = {BaselineMethod.CAPTURED, BaselineMethod.LOADED}
# The channels that `Eyes` moves: both lids, then yaw and pitch of each eye.
_EYES = np.r_[arkit.INDEX["eyeBlinkLeft"], arkit.INDEX["eyeBlinkRight"], _N:CHANNELS]
# Of all channels and the head, those of the mouth.
_MOUTH = np.append(arkit.REGION_OF == Region.MOUTH, np.zeros(CHANNELS - _N + 1, bool))
_BROWS = np.flatnonzero(arkit.REGION_OF == Region.BROWS)
_IS_BROW = np.append(arkit.REGION_OF == Region.BROWS, np.zeros(CHANNELS - _N + 1, bool))
_FACING_CAMERA: F64 = quaternion(FACING_CAMERA)
# Eyes turn no further than this (about 50°) [rad]; what reads more is a misplaced iris.
_GAZE_LIMIT = 0.9


class _Track:
    """What is remembered of one track."""

    def __init__(self, config: RigsConfig, stamp_ns: int) -> None:
        self.follower = Follower(config, stamp_ns)
        self.baseline: Baseline = UNKNOWN_BASELINE
        self.ahead: F64 = _FACING_CAMERA  # the head that reads as not turned, face axes to camera optical frame
        self.confidence: F64 = np.zeros(len(Region))
        self.clear = np.ones(2, bool)  # upper and lower face are seen
        self.source: U8 = _VISUAL
        self.arbiter = Arbiter()
        self.brows_by_sound = False
        self.seen_ns = stamp_ns
        self.eyes: Eyes | None = None  # while a voice moves the mouth of a face whose eyes are not seen

    def compare(self, expression: Expression) -> None:
        """Tell weights and head from the resting face that the expression is told from, without a jump."""
        before, now = self.baseline, expression.baseline
        head = expression.rest.head if expression.rest else None
        self.baseline, self.ahead = now, _FACING_CAMERA if head is None else head
        if (before.method, before.since_ns) != (now.method, now.since_ns) and _SUDDEN & {before.method, now.method}:
            self.follower.blend()


class Stage(BaseStage[RigsConfig]):
    """Faces and Expressions to Rigs.

    Each weight, told from the person's resting face, is scaled, smoothed, and eased to neutral when it is
    no longer seen, as behind a hand; so are head and gaze. The head is told from that of a captured
    resting face, or else from one that faces the camera. A track whose face is lost ends with one
    NEUTRAL rig. With `voice` on, a mouth is moved by sound where that is surer than sight, also that of a
    face just lost, as long as somebody speaks, but for `voice_hold_s` at most: by then another one may speak.
    """

    def __init__(self, config: RigsConfig) -> None:
        self._config = config
        self._tracks: dict[int, _Track] = {}
        self._clock = ForwardClock()
        self._now_ns = 0  # of the clock
        self._ear = Ear()
        self._heard: Heard | None = None  # at the time of this image, if it may move a mouth
        self._heard_ns = 0  # stamp of what is heard, also if it may not

    def hear(self, voice: Voice) -> None:
        """Take note of what a voice says; the next images are told with it, where `voice` is on."""
        self._ear.hear(voice)

    def reconfigure(self, config: RigsConfig) -> None:
        """Take over the parameters of `config`, without a jump."""
        self._config = config
        for track in self._tracks.values():
            track.follower.reconfigure(config)
            track.follower.blend()

    def reset(self) -> None:
        """Forget every face, as between unrelated images."""
        self._tracks = {}
        self._ear = Ear()

    def step(self, faces: Faces, expressions: Expressions) -> Rigs:
        """The rigs of one image: of its faces, and of those lost lately."""
        self._now_ns = self._clock(faces.header.stamp_ns)
        self._listen({f.track_id for f in faces.faces}, faces.header.stamp_ns)
        of = {e.track_id: e for e in expressions.expressions}
        seen = set()
        for face in faces.faces:
            expression = of.get(face.track_id)
            if self._is_seen(face, expression):
                seen.add(face.track_id)
                self._follow(face, expression)
        return self._finish(faces.header, seen)

    def idle(self, header: Header) -> Rigs | None:
        """The rigs while no image comes, so that they still ease; None = nothing is left to say.

        Time goes on only where there is something to say: what leaves no message leaves no trace in later ones.
        """
        if not self._tracks:
            return None
        self._now_ns = self._clock(header.stamp_ns)
        self._listen(set(), header.stamp_ns)
        return self._finish(header, set())

    def _listen(self, track_ids: set[int], stamp_ns: int) -> None:
        """Find what is heard now. With several faces, lost ones too, nobody knows whose voice it is: it moves none."""
        alone = len(track_ids | self._tracks.keys()) == 1
        heard = self._ear.at(stamp_ns)
        self._heard_ns = heard.stamp_ns if heard else 0
        self._heard = heard if alone and self._config.voice else None

    @staticmethod
    def _is_seen(face: Face, expression: Expression | None) -> bool:
        return known(face.pose) is not None or (
            expression is not None and bool(np.isfinite(expression.blendshapes).any())
        )

    def _follow(self, face: Face, expression: Expression | None) -> None:
        track = self._tracks.get(face.track_id)
        if track is None:
            track = self._tracks[face.track_id] = _Track(self._config, self._now_ns)
        pose = known(face.pose)
        track.seen_ns = self._now_ns
        target = np.full(CHANNELS, np.nan)
        track.confidence = np.zeros(len(Region))
        if expression is not None:
            track.compare(expression)
            raw = expression.blendshapes.astype(np.float64)
            raw[~np.isfinite(raw)] = np.nan
            target[:_N] = np.minimum(np.maximum(raw * self._config.gain, 0), 1)
            sure = np.fmin(np.fmax(expression.confidence, 0.0), 1.0)
            track.confidence = sure @ _MEAN
            surest = [sure[half].max() for half in _HALVES]
            track.clear = surest > np.where(track.clear, _COVERED, _CLEAR)
        head = None
        if pose is not None:
            head = multiply(track.ahead * (-1, -1, -1, 1), quaternion(pose[:3, :3]))
            head = head if head[3] >= 0 else -head
            gaze = gaze_of(face, expression).reshape(-1)
            target[_N:] = np.minimum(np.maximum(gaze, -_GAZE_LIMIT), _GAZE_LIMIT)
            track.confidence[Region.HEAD] = _share(face.presence)
        if track.clear[0]:
            # The gaze is told twice, by angles and by the eyeLook weights.
            left, right = map(_share, face.gaze_confidence.tolist())
            track.confidence[Region.GAZE] = max(float(track.confidence[Region.GAZE]), (left + right) / 2)
        target[~track.clear[_HALF]] = np.nan
        self._move_by_voice(face.track_id, track, target)
        track.follower.step(target, head, self._now_ns)

    def _move_by_voice(self, track_id: int, track: _Track, target: F64) -> None:
        """Let a voice move the mouth where it is surer than sight; move the eyes meanwhile if they are not seen."""
        gone_s = (self._now_ns - track.seen_ns) * 1e-9
        heard = self._heard if gone_s <= self._config.voice_hold_s else None
        seen = float(track.confidence[Region.MOUTH]) if np.isfinite(target[_MOUTH[:-1]]).any() else 0.0
        before = track.arbiter.by_sound
        by_sound = track.arbiter.choose(seen, heard.confidence if heard and heard.speaks else 0.0)
        track.source = _VISUAL
        if by_sound != before:
            track.follower.blend(_MOUTH)
        if by_sound and heard:
            target[:_N][_MOUTH[:_N]] = np.clip(heard.mouth * self._config.gain, 0, 1)[_MOUTH[:_N]]
            track.confidence[Region.MOUTH] = heard.confidence
            track.source = track.source.copy()
            track.source[Region.MOUTH] = Source.AUDIO
        unseen = not np.isfinite(target[_EYES]).any()
        self._raise_brows(track, target, heard if unseen else None)
        if not (by_sound and unseen and self._config.lively_eyes):
            track.eyes = None
            return
        if track.eyes is None:
            track.eyes = Eyes(track_id, self._now_ns)
        lid, yaw, pitch = track.eyes(self._now_ns)
        target[_EYES] = lid, lid, yaw, pitch, yaw, pitch
        track.source[[Region.EYES, Region.GAZE]] = Source.PREDICTED

    def _raise_brows(self, track: _Track, target: F64, heard: Heard | None) -> None:
        """Let brows follow accents of the voice while nothing of the upper face is seen: what is seen is surer."""
        follow = heard and heard.speaks and heard.brow_confidence > 0 and not np.isfinite(target[_BROWS]).any()
        if bool(follow) != track.brows_by_sound:
            track.follower.blend(_IS_BROW)
            track.brows_by_sound = bool(follow)
        if heard and follow:
            target[_BROWS] = np.clip(heard.brows * self._config.gain, 0, 1)[_BROWS]
            track.confidence[Region.BROWS] = heard.brow_confidence
            track.source = track.source.copy()
            track.source[Region.BROWS] = Source.AUDIO

    def _finish(self, header: Header, seen: set[int]) -> Rigs:
        """Ease what was not seen, and end what arrived."""
        rigs = []
        for track_id in sorted(self._tracks):
            track = self._tracks[track_id]
            if track_id not in seen:
                target, track.confidence = np.full(CHANNELS, np.nan), track.confidence * (track.source != Source.AUDIO)
                self._move_by_voice(track_id, track, target)
                if track.arbiter.by_sound:  # nothing else is known of who is not seen
                    track.confidence = track.confidence * (track.source == Source.AUDIO)
                track.follower.step(target, None, self._now_ns)
            rig = _rig(track_id, track)
            rigs.append(rig)
            if rig.state is RigState.NEUTRAL:
                del self._tracks[track_id]
        return Rigs(header, tuple(rigs), heard_ns=self._heard_ns)


def _rig(track_id: int, track: _Track) -> Rig:
    f = track.follower
    lost = RigState.NEUTRAL if f.arrived else RigState.EASING
    return Rig(
        track_id=track_id,
        state=RigState.TRACKED if f.present else lost,
        schema=arkit.SCHEMA,
        weights=f.values[:_N].astype(np.float32),
        head=f.head,
        gaze=f.values[_N:].reshape(2, 2).astype(np.float32),
        confidence=np.asarray(track.confidence * f.remaining, np.float32),
        source=track.source,
        baseline=track.baseline,
    )


def _share(confidence: float) -> float:
    """Within [0, 1]; 0 where it is not known."""
    return min(max(confidence, 0.0), 1.0) if math.isfinite(confidence) else 0.0
