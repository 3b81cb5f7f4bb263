"""What the recipe `fusion` learns from: the actor who speaks, and films with labels.

The actor is not drawn: its face is its true expression as a reader of faces might read it, with an error that is new
for each person and one that changes from frame to frame. Its voice is eSpeak NG's. How the voice changes with the
emotion is a table after Murray & Arnott 1993 ("Toward the simulation of emotion in synthetic speech", table I) and
Scherer 2003 ("Vocal communication of emotion"); a few words go with each emotion. All that is a model of people, and
what a network learns of it is true of the model.
"""

from __future__ import annotations

import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mien_models import alignment, open_session
from mien_models.datasets.aff_wild2 import CLASSES, UNITS, Film
from mien_models.errors import SetError
from mien_models.evaluate.read import encode
from mien_models.fusion import streams, words
from mien_models.fusion.streams import Track
from mien_models.head.motion.channels import CHANNELS, settle, together
from mien_models.head.motion.draw import Kind, draw, idle
from mien_models.head.motion.motion import speak
from mien_models.head.motion.truth import truth
from mien_models.landmarker import Landmarker, Roi
from mien_models.spaces import arkit, facs
from mien_models.spaces.emotions import EMOTIONS
from mien_models.speech import features, visemes
from mien_models.speech.espeak import Espeak, Utterance
from mien_models.speech.hearing import Hearing
from mien_models.speech.teach import VOICES, WORDS, as_heard
from mien_models.train.affect import targets

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
FRAME_HZ = 30.0
_NAN = np.nan
_PRESENT = 0.5  # of the landmark network
# Of each emotion: words per minute, pitch and liveliness (0 to 100) and level [dB], as changes of a calm voice.
_MANNER: dict[str, tuple[float, float, float, float]] = dict(
    zip(
        EMOTIONS,
        (
            (0, 0, 0, 0),
            (25, 15, 35, 5),
            (-20, -8, 5, -1),
            (-40, -15, 10, -2),
            (50, 30, 25, 0),
            (15, 22, 35, 3),
            (-30, -10, -20, -5),
            (20, 28, 40, 3),
        ),
        strict=True,
    )
)
_SAID: dict[str, str] = dict(
    zip(
        EMOTIONS,
        (
            "Monday street number page table hour",
            "enough stop furious damn never unfair",
            "whatever pathetic obviously typical ridiculous",
            "disgusting rotten yuck gross filthy",
            "careful afraid danger run help scared",
            "great wonderful lovely thanks happy fun",
            "sorry alone lost miss sad gone",
            "really what wow suddenly incredible no",
        ),
        strict=True,
    )
)
_FLAT = 0.15  # share of the speakers whose voice does not show it
_SILENT = 0.1  # share of the people who say nothing
_TOLD = np.array([arkit.INDEX[name] for group in visemes.SHAPES for name in group])
_OF = np.array([i for i, group in enumerate(visemes.SHAPES) for _ in group])
_JAW, _LOWER_LIP = visemes.SHAPES.index(("jawOpen",)), 6


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """One person, and the truth of each frame of the face; NaN = not labelled."""

    track: Track
    units: F32  # (F, A) [0, 5]
    presence: F32  # (F, A) 0 or 1
    emotion: F32  # (F, 8), sum 1
    affect: F32  # (F, 2)


def actors(count: int, seed: int, voices: list[str], advance: Callable[[], None] = lambda: None) -> list[Lesson]:
    """Lessons of people who speak with one of these voices. Raises ModelError where eSpeak NG is missing."""
    rng, espeak = np.random.default_rng(seed), Espeak()
    hearing = Hearing(open_session("voice_mouth", "cpu", threads=1))
    found = []
    for _ in range(count):
        found.append(_actor(rng, espeak, hearing, str(rng.choice(voices))))
        advance()
    return found


def split_voices() -> tuple[list[str], list[str]]:
    """Voices to train with, and others to judge with."""
    judge = [v for v in VOICES if v.endswith(("+m4", "+f4", "+klatt2"))]
    return [v for v in VOICES if v not in judge], judge


def _actor(rng: np.random.Generator, espeak: Espeak, hearing: Hearing, voice: str) -> Lesson:
    emotion = str(rng.choice(EMOTIONS))
    said, spoken = _say(rng, espeak, voice, emotion)
    seconds = len(said.samples) / said.rate
    times = np.arange(0, seconds, 1 / FRAME_HZ)
    silent = rng.random() < _SILENT
    mouth = visemes.trajectory([] if silent else said.spans, times)[0]
    level = _envelope(rng, times, seconds)
    shown = _expression(rng, emotion)[None] * level[:, None]
    speaking = np.zeros(len(times))
    if not silent:
        speaking[(times >= said.spans[0][0]) & (times <= said.spans[-1][1])] = 1
    face = settle(speak(together(shown, idle(rng)[None]), np.zeros_like(shown), speaking))
    units, shapes = truth(face, np.zeros((len(times), 2, 2)))
    units, shapes = units.copy(), shapes.copy()
    shapes[:, _TOLD] = np.maximum(shapes[:, _TOLD], mouth[:, _OF])
    for code, told in ((26, mouth[:, _JAW]), (25, np.minimum(1.5 * mouth[:, _JAW] + mouth[:, _LOWER_LIP], 1))):
        at = facs.INDEX[f"AU{code}"]
        units[:, at] = np.maximum(units[:, at], 5 * told)
    category, affect = targets(truth(settle(shown), np.zeros((len(times), 2, 2)))[0], [emotion] * len(times))
    voice_s, voices = np.zeros(0), np.zeros((0, streams.PROSODY), np.float32)
    if not silent:
        voice_s, voices = heard(hearing, _levelled(rng, said, emotion))
    track = Track(times, _read(rng, shapes, units), voice_s, voices, *_words([] if silent else spoken))
    return Lesson(
        track, units.astype(np.float32), (units >= 1).astype(np.float32),
        category.astype(np.float32), affect.astype(np.float32),
    )  # fmt: skip


def _expression(rng: np.random.Generator, emotion: str) -> F64:
    """(C,) channels of one way to show it."""
    while emotion != "neutral":
        name, channels = draw(rng, Kind.EMOTION)
        if name == emotion:
            return channels
    return np.zeros(len(CHANNELS))


def _envelope(rng: np.random.Generator, times: F64, seconds: float) -> F64:
    """How far the expression is shown: it comes, stays, and mostly goes."""
    onset, rise = rng.uniform(-0.5, 0.3 * seconds), rng.uniform(0.3, 0.8)
    offset = rng.uniform(0.6, 1.3) * seconds
    up = np.clip((times - onset) / rise, 0, 1)
    down = np.clip((offset - times) / rng.uniform(0.4, 1.0), 0, 1)
    return np.asarray(up * up * (3 - 2 * up) * down * down * (3 - 2 * down))


def _say(
    rng: np.random.Generator, espeak: Espeak, voice: str, emotion: str
) -> tuple[Utterance, list[tuple[float, str]]]:
    """A sentence after a pause, and when each of its words begins [s], to the length of its letters."""
    said = [str(w) for w in rng.choice(WORDS, rng.integers(4, 9))]
    for own in rng.choice(_SAID[emotion].split(), rng.integers(0, 3)):
        said[int(rng.integers(len(said)))] = str(own)
    manner = np.array(_MANNER["neutral" if rng.random() < _FLAT else emotion][:3]) * rng.uniform(0.6, 1.2)
    calm = np.array([150, 45, 40]) + rng.normal(0, (14, 6, 6))
    rate, pitch, lively = (calm + manner).tolist()
    told = espeak.say(
        " ".join(said) + ".", voice, round(np.clip(rate, 90, 260)), round(np.clip(pitch, 0, 99)),
        round(np.clip(lively, 0, 99)),
    )  # fmt: skip
    lead = round(told.rate * rng.uniform(0.2, 1.0))
    samples = np.concatenate([np.zeros(lead, np.float32), told.samples, np.zeros(round(0.7 * told.rate), np.float32)])
    spans = [(a + lead / told.rate, b + lead / told.rate, name) for a, b, name in told.spans]
    first, last = spans[0][0], spans[-1][1]
    letters = np.cumsum([0, *(len(w) + 1 for w in said)])
    starts = first + (last - first) * letters[:-1] / letters[-1]
    return Utterance(samples, told.rate, spans), list(zip(starts.tolist(), said, strict=True))


def _levelled(rng: np.random.Generator, said: Utterance, emotion: str) -> F32:
    """The sound in a room, louder or quieter with the emotion; at 16 kHz."""
    gain = 10 ** ((_MANNER[emotion][3] + rng.normal(0, 1.5)) / 20)
    return np.asarray(np.clip(as_heard(rng, said) * gain, -1, 1), np.float32)


def heard(hearing: Hearing, samples: F32) -> tuple[F64, F32]:
    """Times [s] and prosody of a whole sound at 16 kHz, as the node `audio` tells it, but for its gain."""
    told = hearing.whole(samples)
    rows = [streams.prosody(h.activity, h.pitch_hz, h.energy_db, h.shapes * h.activity) for h in told]
    return np.array([h.at_s for h in told]), np.array(rows, np.float32).reshape(-1, streams.PROSODY)


def _read(rng: np.random.Generator, shapes: F64, units: F64) -> F32:
    """A face as a reader of faces reads it: too weak, with an error of the person and one of the frame."""
    rows, gain = len(shapes), rng.uniform(0.6, 1.05)
    out = []
    for values, person, frame, most in ((shapes, 0.05, 0.04, 1), (units, 0.35, 0.3, 5)):
        slow = rng.normal(0, frame, (rows // 5 + 2, values.shape[1]))
        drift = np.array([np.interp(np.arange(rows) / 5, np.arange(len(slow)), c) for c in slow.T]).T
        error = rng.normal(0, person, values.shape[1]) + drift + rng.normal(0, frame, values.shape)
        out.append(np.clip(values * gain + error, 0, most))
    return streams.face(out[0], out[1], np.ones_like(out[0]), np.ones_like(out[1]))


def of_film(film: Film, read: Callable[[Film], tuple[F64, F32]], hearing: Hearing) -> Lesson:
    """The lesson of a film. read: times [s] and faces (F, FACE) of its pictures, in the order of their numbers."""
    times, faces = read(film)
    rows = np.array(sorted(film.pictures)) - 1
    if not len(rows) or rows[-1] >= len(film):
        raise SetError(f"{film.name} has more pictures than lines of labels; copy it anew from the set")
    units = np.full((len(rows), len(facs.AUS)), _NAN, np.float32)
    for i, unit in enumerate(UNITS):
        for label in facs.labels(facs.code(unit)):
            units[:, facs.INDEX[label]] = film.presence[rows, i]
    emotion = np.full((len(rows), len(EMOTIONS)), _NAN, np.float32)
    for row, number in enumerate(film.label[rows]):
        if np.isfinite(number) and (name := CLASSES[int(number)]) in EMOTIONS:
            emotion[row] = [e == name for e in EMOTIONS]
    voice_s, voices = np.zeros(0), np.zeros((0, streams.PROSODY), np.float32)
    if film.sound is not None:
        voice_s, voices = heard(hearing, _wav(film.sound))
    track = Track(times, faces, voice_s, voices, *_words(film.words))
    return Lesson(track, np.full_like(units, _NAN), units, emotion, film.affect[rows])


def _words(said: Sequence[tuple[float, str]]) -> tuple[F64, F32]:
    """When words began [s], and their vectors."""
    vectors = np.array([words.vector(word) for _, word in said], np.float32).reshape(-1, words.SIZE)
    return np.array([at for at, _ in said]), vectors


def _wav(path: Path) -> F32:
    """Mono at 16 kHz. Raises SetError where the file has another width or rate."""
    with wave.open(str(path), "rb") as file:
        if file.getsampwidth() != 2 or file.getframerate() != features.RATE:
            raise SetError(f"{path}: extract it as 16 bit and {features.RATE} Hz (ffmpeg -ar {features.RATE} -ac 1)")
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, file.getnchannels())
    return np.asarray(samples.mean(axis=1) / 32768, np.float32)


class PictureReader:
    """Reads the pictures of films with the landmark network and the encoder, as live, but each for itself."""

    def __init__(self) -> None:
        self._landmarks = Landmarker(open_session("facemesh_v2", "cpu", threads=1))
        self._encoder = open_session("encoder_small", "cpu", threads=1)

    def __call__(self, film: Film) -> tuple[F64, F32]:
        """Times [s] and faces (F, FACE) of the pictures of a film, in the order of their numbers."""
        crops, points = [], []
        for number in sorted(film.pictures):
            image = film.pictures[number].read()
            height, width = image.shape[:2]
            whole = Roi(width / 2, height / 2, float(max(height, width)), 0.0)
            (landmarks,), (presence,) = self._landmarks(image, [whole])
            if presence < _PRESENT:
                landmarks = np.full_like(landmarks, _NAN)
            crops.append(alignment.crop(image, landmarks))
            points.append(landmarks)
        told = encode(self._encoder, np.array(crops), np.array(points))
        sure = np.isfinite(np.array(points)).all(axis=(1, 2)).astype(np.float32)[:, None]
        faces = streams.face(
            told.shapes, told.units, sure * np.ones_like(told.shapes), sure * np.ones_like(told.units)
        )  # fmt: skip
        return (np.array(sorted(film.pictures)) - 1) / film.rate_hz, faces
