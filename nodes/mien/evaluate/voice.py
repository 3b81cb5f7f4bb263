"""How well sound tells the mouth: films of people who speak, heard, and compared with what the camera reads."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from mien.audio.config import AudioConfig
from mien.audio.stage import Stage as AudioStage
from mien.camera.config import CameraConfig
from mien.camera.sources import open_source
from mien.core.errors import ModelError, StatisticsError, UsageError
from mien.core.files import write_whole
from mien.core.geometry import FACING_CAMERA
from mien.core.sound import Sound, Voice
from mien.core.types import F32, F64, NUM_LANDMARKS, Expression, Expressions, Face, Faces, Header
from mien.evaluate.speech import offset, phonemes, talk
from mien.perception.pipeline import Pipeline
from mien.rigs.config import RigsConfig
from mien.rigs.stage import Stage as RigsStage
from mien.sounds.files import open_sound
from mien_models.spaces import arkit
from mien_models.speech import visemes
from mien_models.speech.espeak import Espeak

_LAGS_S = np.arange(-20, 21, dtype=np.float64) * 0.01
_SHAPES = tuple(group[0] for group in visemes.SHAPES)
_TOLD = np.array([arkit.INDEX[name] for group in visemes.SHAPES for name in group])
_JAW = arkit.INDEX["jawOpen"]
_PIECE_S = 0.02
# Sound is on its way this long before the node has it, as a sound card and a message take; an image, this long before
# its rig is made, as its readout and the networks take.
_SOUND_S, _IMAGE_S = 0.02, 0.04
_EPOCH_NS = 1_000_000_000  # stamps of films begin at 0, which ROS reads as no time
_FILMS = (".mpg", ".mp4", ".mov", ".mkv", ".webm", ".avi")
_SAID = (
    ("en-us+m6", "The grey heron waited by the pond until the fishermen had gone away."),
    ("en-gb-scotland+f2", "Please remember to bring both umbrellas, because it may well pour."),
    ("en-us+Alicia", "My father always bought a huge jar of apricot jam."),
)


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """What is seen and heard of one film."""

    name: str
    faces: list[Faces]
    expressions: list[Expressions]
    voices: list[Voice]
    known_ns: list[int]  # stamp of the first image whose rig each voice can move
    sound: F32
    rate_hz: int
    heard_s: float
    cpu_s: float  # of hearing
    start_s: float = 0.0  # when the sound begins


def evaluate(out: Path, talking: Path, advance: Callable[[], None] = lambda: None) -> dict[str, Any]:
    """Writes report.json and a picture of each film; returns the report. Raises UsageError, SourceError."""
    films = [read(path, advance) for path in paths(talking)]
    lags, table = np.array([correlations(f, _JAW) for f in films]), {}
    jaw, lag = _best(lags)
    for name in _SHAPES:
        r = np.array([correlations(f, arkit.INDEX[name]) for f in films])
        table[name] = {"r": _best(r)[0], "lag_ms": _best(r)[1]}
    seen = [masked(f) for f in films]
    try:
        gain, why = _gain([masked(f) for f in act()]), ""
    except ModelError as e:
        gain, why = None, str(e)
    late, unsure = offset_of(films)
    names, hama, unheard = phonemes_of(films)
    unheard |= {"masked_mouth_gain": why, "offset": unsure}
    report = {
        "jaw_r": jaw,
        "jaw_lag_ms": lag,
        "offset": None if late is None else asdict(late),
        "phoneme_error_rate": _rate(names),
        "phoneme_error_rate_hama": _rate(hama),
        "masked_mouth_gain": gain,
        "cpu_share": round(sum(f.cpu_s for f in films) / sum(f.heard_s for f in films), 4),
        "reasons": {name: why for name, why in unheard.items() if why},
        "silence_jaw_max": max(silence(f) for f in films),
        "shapes": table,
        "rate_of_speech": talk.rate_of_speech({f.name: f.voices for f in films}, {n: s.said for n, s in names.items()}),
        "two_speakers": talk.second_voices([(f.sound, f.rate_hz) for f in films]),
        "masked_mouth_gain_films": _gain(seen),
        "films": [
            {"name": f.name, "images": len(f.faces), "seconds": round(f.heard_s, 2), "jaw_r": round(float(r.max()), 3),
             "masked_mouth_gain": _gain([e]), **_told(names.get(f.name)),
             **({"heard_by_hama": " ".join(hama[f.name].heard)} if f.name in hama else {})}
            for f, r, e in zip(films, lags, seen, strict=True)
        ],
        "about": {
            "films": "against what the default chain reads of the pictures, which is no ground truth",
            "lag": "positive: sound comes later than sight; searched within ±200 ms, one lag for all films",
            "offset": "the lag of the jaw, searched within ±500 ms; low and high: the least and the most that it is"
            " with one film left out; was_s: audio.offset_s as evaluated",
            "masked_mouth_gain": "the actor says sentences of a synthesiser, and its lower face is not observed, as"
            " behind a hand: by how much the mouth's mean absolute error falls against easing to neutral. The truth"
            " follows from the phonemes by the table that the network was taught with; no picture is drawn",
            "phoneme_error_rate": "of the films whose names spell their sentence, by the network voice_phonemes,"
            " which was taught by synthetic voices; and, where it is installed, by the package hama",
            "two_speakers": "of all pairs of these films, mixed at equal level and with one 6 dB lower, the share in"
            " which the node tells two voices; false alarms: of the films alone",
            "masked_mouth_gain_films": "the same of the films, on which the amplitudes of that table were set",
        },
    }  # fmt: skip
    write_whole(out / "report.json", json.dumps(report, indent=2) + "\n")
    for film in films:
        _picture(out / f"{film.name}.png", film, names.get(film.name))
    return report


Spelled = dict[str, phonemes.Spelled]


def phonemes_of(films: Sequence[Film]) -> tuple[Spelled, Spelled, dict[str, str]]:
    """What is said and heard in each film whose name spells it, by our network and by hama; and why one is missing."""
    said = {film.name: told for film in films if (told := phonemes.spelled(film.name))}
    if not said:
        return {}, {}, dict.fromkeys(("phoneme_error_rate", "phoneme_error_rate_hama"), phonemes.UNNAMED)

    def heard(by: Callable[[F32, int], tuple[tuple[str, ...], tuple[float, ...]]]) -> Spelled:
        some = [film for film in films if film.name in said]
        return {f.name: phonemes.Spelled(said[f.name], *by(f.sound, f.rate_hz)) for f in some}

    if not phonemes.Hama.installed():
        return heard(phonemes.Own()), {}, {"phoneme_error_rate_hama": phonemes.MISSING}
    return heard(phonemes.Own()), heard(phonemes.Hama()), {}


def _rate(names: Spelled) -> float | None:
    rate = phonemes.error_rate(list(names.values()))
    return None if rate is None else round(rate, 3)


def _told(film: phonemes.Spelled | None) -> dict[str, str]:
    return {"said": " ".join(film.said), "heard": " ".join(film.heard)} if film else {}


def paths(talking: Path) -> list[Path]:
    """The films of a folder. Raises UsageError where there are none."""
    found = sorted(p for p in talking.glob("*") if p.suffix.lower() in _FILMS) if talking.is_dir() else []
    if not found:
        raise UsageError(f"--talking {talking}: no films there; name a folder of films with sound")
    return found


def read(path: Path, advance: Callable[[], None] = lambda: None) -> Film:
    """See and hear a film."""
    pipeline, source = Pipeline(), open_source(CameraConfig(source=str(path)))
    faces, expressions = [], []
    try:
        while (frame := source.read()) is not None:
            result = pipeline.step(replace(frame, stamp_ns=frame.stamp_ns + _EPOCH_NS))
            faces.append(result.faces)
            expressions.append(result.expressions)
    finally:
        source.close()
    advance()
    reader = open_sound(path)
    try:
        pieces, rate, start_s = list(reader), reader.rate_hz, reader.start_s
    finally:
        reader.close()
    film = _film(path.stem, faces, expressions, np.concatenate(pieces or [np.zeros(0, np.float32)]), rate, start_s)
    if not film.voices:
        raise UsageError(f"{path}: its sound is too short to hear a voice in; leave it out of the folder")
    return film


def _film(name: str, faces: list[Faces], expressions: list[Expressions], sound: F32, rate: int, start_s: float) -> Film:
    """Hear its sound in pieces."""
    stage, size = AudioStage(AudioConfig()), round(rate * _PIECE_S)
    voices: list[Voice] = []
    known: list[int] = []
    begin = time.process_time()
    for i in range(0, len(sound), size):
        stamp_ns = _EPOCH_NS + round((start_s + i / rate) * 1e9)
        piece = Sound(Header(stamp_ns), rate, sound[i : i + size])
        told = stage.step(piece)
        voices += told
        known += [piece.end_ns + round((_SOUND_S - _IMAGE_S) * 1e9)] * len(told)
    cpu_s = time.process_time() - begin
    return Film(name, faces, expressions, voices, known, sound, rate, len(sound) / rate, cpu_s, start_s)


def act() -> list[Film]:
    """The actor's face as it says some sentences of the synthesiser, its mouth that of the phonemes.

    The sentences and two of the voices were not in the lessons. Raises ModelError without eSpeak NG.
    """
    espeak, films = Espeak(), []
    for voice, text in _SAID:
        said = espeak.say(text, voice)
        times = np.arange(0, len(said.samples) / said.rate, 1 / 30)
        moves = visemes.trajectory(said.spans, times)[0][:, [i for i, g in enumerate(visemes.SHAPES) for _ in g]]
        pose = np.eye(4)
        pose[:3, :3], pose[:3, 3] = FACING_CAMERA, (0, 0, 0.6)
        box, mesh = np.zeros(4, np.float32), np.zeros((NUM_LANDMARKS, 3), np.float32)
        faces, expressions = [], []
        for at, move in zip(times.tolist(), moves, strict=True):
            header, shapes = Header(_EPOCH_NS + round(at * 1e9)), np.zeros(len(arkit.BLENDSHAPES), np.float32)
            shapes[_TOLD] = move
            faces.append(Faces(header, 640, 480, (Face(1, 1.0, 1.0, box, mesh, pose),)))
            expressions.append(Expressions(header, (Expression(1, shapes, np.full(len(shapes), 0.8, np.float32)),)))
        films.append(_film(text, faces, expressions, said.samples, said.rate, 0.0))
    return films


def _seen(film: Film, shape: int) -> tuple[F64, F64]:
    """Times [s] and weights of the first face; NaN where it is not observed."""
    values = [float(e.expressions[0].blendshapes[shape]) if e.expressions else np.nan for e in film.expressions]
    return np.array([f.header.stamp_ns for f in film.faces]) * 1e-9, np.array(values)


def _heard(film: Film, shape: int) -> tuple[F64, F64]:
    values = [float(v.blendshapes[shape]) for v in film.voices]
    return np.array([v.header.stamp_ns for v in film.voices]) * 1e-9, np.array(values)


def correlations(film: Film, shape: int) -> F64:
    """Pearson's r between sight and sound at each of the lags; 0 where either does not vary."""
    return offset.correlations(_seen(film, shape), _heard(film, shape), _LAGS_S)


def offset_of(films: Sequence[Film]) -> tuple[offset.Offset | None, str]:
    """How much later sound comes than pictures, or why it cannot be told."""
    try:
        return offset.measured([offset.correlations(_seen(f, _JAW), _heard(f, _JAW)) for f in films]), ""
    except StatisticsError as error:
        return None, str(error)


def _gain(errors: list[tuple[float, float]]) -> float | None:
    """The share of the error of easing that a voice takes away; None where there is none."""
    eased, voiced = np.mean(errors, axis=0)
    return round(1 - float(voiced / eased), 3) if eased else None


def _best(lags: F64) -> tuple[float, int]:
    """The mean r of all films at their common best lag, and that lag [ms]."""
    mean = lags.mean(axis=0)
    i = int(mean.argmax())
    return round(float(mean[i]), 3), round(float(_LAGS_S[i]) * 1000)


def silence(film: Film) -> float:
    """The widest jaw as heard in the first fifth of a second, before anybody speaks, unless somebody does."""
    first = film.voices[0].header.stamp_ns + 200_000_000
    jaws = [float(v.blendshapes[_JAW]) for v in film.voices if v.header.stamp_ns < first and v.activity < 0.2]
    return round(max(jaws, default=0.0), 3)


def masked(film: Film) -> tuple[float, float]:
    """Mean absolute error of the mouth's shapes with the lower face hidden: eased to neutral, and moved by voice.

    The truth is the rig of the face as it is seen whole. A voice comes when its sound has been heard and carried.
    """
    whole = _rigs(film, RigsConfig(), hidden=False)
    eased = _rigs(film, RigsConfig(), hidden=True)
    voiced = _rigs(film, RigsConfig(voice=True), hidden=True)
    return float(np.abs(eased - whole).mean()), float(np.abs(voiced - whole).mean())


def _rigs(film: Film, config: RigsConfig, *, hidden: bool) -> F64:
    """The told shapes of the first rig at each image."""
    stage, out, told = RigsStage(config), [], 0
    for faces, expressions in zip(film.faces, film.expressions, strict=True):
        while told < len(film.voices) and film.known_ns[told] <= faces.header.stamp_ns:
            stage.hear(film.voices[told])
            told += 1
        if hidden:
            seen = (replace(e, confidence=np.where(arkit.LOWER, 0, e.confidence)) for e in expressions.expressions)
            expressions = replace(expressions, expressions=tuple(seen))
        rigs = stage.step(faces, expressions).rigs
        out.append(rigs[0].weights[_TOLD] if rigs else np.zeros(len(_TOLD)))
    return np.array(out, np.float64)


def _picture(path: Path, film: Film, told: phonemes.Spelled | None) -> None:
    """The picture of reports, with the jaw as seen and as heard."""
    from mien.report.figures import new_figure
    from mien.report.voice import Spoken, draw

    when, heard = _heard(film, _JAW)
    at, seen = _seen(film, _JAW)
    begin_s = _EPOCH_NS * 1e-9
    jaws = {"by camera": (at - begin_s, seen), "by voice": (when - begin_s, heard)}
    named = list(zip(told.at_s, told.heard, strict=True)) if told else []
    spoken = Spoken(film.sound, film.rate_hz, film.start_s, when - begin_s, film.voices, jaws, named)
    with new_figure("the picture of a voice", (9.0, 8.0), 110) as figure:
        draw(figure, spoken)
        figure.suptitle(film.name, x=0.01, ha="left")
        figure.savefig(path)


def summary(report: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers that are asked for first."""
    names = "jaw_r", "jaw_lag_ms", "phoneme_error_rate", "masked_mouth_gain", "cpu_share"
    return {name: report[name] for name in names}
