"""voice.png: sound, voice activity, pitch, phonemes and mouth of a recording, under one another.

Phonemes spell what is said. They are drawn of sound that is recorded itself, and so tell nothing that the recording
does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from mien.bags.read import SOUND, VOICE, Session
from mien.core.errors import MessageError
from mien.core.sound import Sound, Voice
from mien.core.types import F32, F64
from mien.report.collect import Collected
from mien.report.figures import INK, SOFT, new_figure
from mien.report.style import BLUE, GREEN, GREY, ORANGE, VERMILION, unit
from mien.sounds.resample import Resampler
from mien_models import open_session
from mien_models.spaces import arkit
from mien_models.speech import features
from mien_models.speech.phonemes import Phonemes

NAME = "voice.png"
_JAW = arkit.INDEX["jawOpen"]
_COLUMNS = 2400  # of the waveform: the least and the most of each is drawn
_PAUSE_S = 0.25  # a longer interval interrupts lines
_MOST_S = 600.0  # of sound that is drawn, from its beginning: a longer one fills the memory
_LEGIBLE = 90  # phonemes on one picture; of more, those of the first stretch of speech are named
_LONGEST_GAP_S = 2.0  # of sound that is told as one


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """What is drawn. Times [s] are those of the picture."""

    sound: F32  # mono
    rate_hz: int
    sound_s: float  # when it begins
    voice_s: F64
    voices: Sequence[Voice]
    jaws: dict[str, tuple[F64, F64]]  # jawOpen by who tells it: times and weights
    phonemes: list[tuple[float, str]] = field(default_factory=list)


def draw_voice(session: Session, collected: Collected, path: Path, title: str) -> bool:
    """Write the picture; False where the recording holds neither sound nor voice. Raises ReportError."""
    spoken = spoken_in(session, collected)
    if spoken is None:
        return False
    with new_figure("the picture of a voice", (13.0, 8.5), 130) as figure:
        axes = draw(figure, spoken)
        figure.suptitle(f"{title}   \u00b7   voice", x=0.01, ha="left", fontsize=13, fontweight="bold", color=INK)
        axes[-1].set_xlim(0, max(collected.duration_s, _end_s(spoken), 0.1))
        figure.savefig(path, facecolor="white")
    return True


def spoken_in(session: Session, collected: Collected) -> Spoken | None:
    """What a recording holds of a voice; None = nothing."""
    sounds: list[Sound] = []
    voices: list[Voice] = []
    for heard in session.messages({SOUND, VOICE}):
        try:
            value = session.value(heard)
        except MessageError:
            continue
        if not isinstance(value, Sound):
            voices.append(value)
        elif not sounds or value.header.stamp_ns - sounds[0].header.stamp_ns < _MOST_S * 1e9:
            sounds.append(value)
    if not sounds and not voices:
        return None
    begin_ns = collected.start_ns or (voices or sounds)[0].header.stamp_ns
    sound, rate = joined(sounds)
    start_s = (sounds[0].header.stamp_ns - begin_ns) * 1e-9 if sounds else 0.0
    voice_s = np.array([(v.header.stamp_ns - begin_ns) * 1e-9 for v in voices])
    jaws: dict[str, tuple[F64, F64]] = {}
    if track := collected.main:
        names = collected.names
        for who, series, known in (
            ("by camera", track.blendshapes, names.blendshapes),
            ("as played", track.rig, names.rig),
        ):
            if "jawOpen" in known and len(series):
                at = np.asarray((series.stamps_ns - begin_ns) * 1e-9, np.float64)
                jaws[who] = at, series.values[:, known.index("jawOpen")].astype(np.float64)
    if voices:
        jaws["by voice"] = voice_s, np.array([float(v.blendshapes[_JAW]) for v in voices])
    return Spoken(sound, rate, start_s, voice_s, voices, jaws, _named(sound, rate, start_s))


def joined(sounds: Sequence[Sound]) -> tuple[F32, int]:
    """One stretch of sound, mono, and its rate; what is missing in between is silence, what comes twice is left out."""
    if not sounds:
        return np.zeros(0, np.float32), features.RATE
    rate, first_ns = sounds[0].rate_hz, sounds[0].header.stamp_ns
    pieces: list[F32] = []
    length = 0
    for piece in sounds:
        if piece.rate_hz != rate:
            continue
        at = round((piece.header.stamp_ns - first_ns) * 1e-9 * rate)
        gap_s = (at - length) / rate
        if gap_s > 0.04:
            pieces.append(np.zeros(at - length, np.float32))
            length = at
        elif gap_s < -_LONGEST_GAP_S:
            continue
        pieces.append(piece.samples)
        length += len(piece.samples)
    return np.concatenate(pieces), rate


def _named(sound: F32, rate: int, start_s: float) -> list[tuple[float, str]]:
    if not len(sound):
        return []
    told = Phonemes(open_session("voice_phonemes", "cpu", threads=1))(Resampler(rate, features.RATE)(sound))
    return [(start_s + (p.start_s + p.end_s) / 2, p.name) for p in told]


def draw(figure: Any, spoken: Spoken) -> Any:
    """Draw it into a Matplotlib figure; the axes."""
    axes = figure.subplots(5, 1, sharex=True, height_ratios=(1.3, 1, 1.3, 0.8, 1.8))
    _wave(axes[0], spoken)
    _activity(axes[1], spoken)
    _pitch(axes[2], spoken)
    _phonemes(axes[3], spoken)
    _jaw(axes[4], spoken)
    axes[-1].set_xlabel("time [s]")
    return axes


def _end_s(spoken: Spoken) -> float:
    return float(max([spoken.sound_s + len(spoken.sound) / spoken.rate_hz, *spoken.voice_s[-1:].tolist()]))


def _wave(axis: Any, spoken: Spoken) -> None:
    if len(spoken.sound):
        size = max(1, len(spoken.sound) // _COLUMNS)
        whole = spoken.sound[: len(spoken.sound) // size * size].reshape(-1, size)
        times = spoken.sound_s + (np.arange(len(whole)) + 0.5) * size / spoken.rate_hz
        axis.fill_between(times, whole.min(axis=1), whole.max(axis=1), color=unit(GREY), linewidth=0.4)
        axis.set_title("Sound" + (f"  (the first {_MOST_S / 60:.0f} min)" if _end_s(spoken) > _MOST_S + 60 else ""))
        return
    times, energy = _gapped(spoken, [v.energy_db for v in spoken.voices])
    axis.plot(times, energy, color=unit(GREY))
    axis.set_title("Energy  [dB below full scale; no sound was recorded]")


def _activity(axis: Any, spoken: Spoken) -> None:
    if not spoken.voices:
        _nothing(axis, "Voice activity", "no voice was recorded")
        return
    times, active = _gapped(spoken, [v.activity for v in spoken.voices])
    axis.fill_between(times, active, color=unit(GREEN), alpha=0.4, linewidth=0)
    if max(v.overlap for v in spoken.voices) > 0.02:
        axis.plot(*_gapped(spoken, [v.overlap for v in spoken.voices]), color=unit(VERMILION), label="second voice")
        _legend(axis)
    axis.set_ylim(0, 1.02)
    axis.set_title("Voice activity")


def _pitch(axis: Any, spoken: Spoken) -> None:
    if not spoken.voices:
        _nothing(axis, "Pitch", "no voice was recorded")
        return
    axis.plot(spoken.voice_s, [v.pitch_hz for v in spoken.voices], ".", color=unit(BLUE), ms=3)
    axis.set_title("Pitch  [Hz]")
    rate = np.array([v.syllables_hz for v in spoken.voices])
    if np.isfinite(rate).any():
        axis.set_title("Pitch  [Hz, points]  and rate of speech  [syllables per second, line]")
        other = axis.twinx()
        other.plot(*_gapped(spoken, rate.tolist()), color=unit(ORANGE))
        other.set_ylim(0, max(8.0, 1.1 * float(np.nanmax(rate))))
        other.grid(False)
        other.spines["right"].set_visible(True)


def _phonemes(axis: Any, spoken: Spoken) -> None:
    if not spoken.phonemes:
        _nothing(axis, "Phonemes as heard", "none" if len(spoken.sound) else "no sound was recorded")
        return
    axis.set_yticks([])
    axis.grid(False)
    axis.set_ylim(0, 1)
    shown = spoken.phonemes[:_LEGIBLE]
    for i, (at, name) in enumerate(shown):
        axis.text(at, 0.3 + 0.4 * (i % 2), name, ha="center", va="center", color=unit(BLUE), clip_on=True)
    more = len(spoken.phonemes) - len(shown)
    axis.set_title("Phonemes as heard" + (f"  (and {more} more)" if more else ""))


def _jaw(axis: Any, spoken: Spoken) -> None:
    if not spoken.jaws:
        _nothing(axis, "jawOpen", "not observed")
        return
    colors = {"by camera": BLUE, "by voice": VERMILION, "as played": GREY}
    for who, (at, values) in spoken.jaws.items():
        if len(at):
            holes = np.flatnonzero(np.diff(at) > _PAUSE_S) + 1
            axis.plot(
                np.insert(at, holes, at[holes]), np.insert(values, holes, np.nan), color=unit(colors[who]), label=who
            )
    axis.set_title("jawOpen")
    _legend(axis)


def _gapped(spoken: Spoken, values: Sequence[float]) -> tuple[F64, F64]:
    holes = np.flatnonzero(np.diff(spoken.voice_s) > _PAUSE_S) + 1
    at = np.insert(spoken.voice_s, holes, spoken.voice_s[holes])
    return at, np.insert(np.asarray(values, np.float64), holes, np.nan)


def _nothing(axis: Any, title: str, why: str) -> None:
    axis.set_title(title)
    axis.set_yticks([])
    axis.grid(False)
    axis.text(0.5, 0.5, why, transform=axis.transAxes, ha="center", va="center", color=SOFT)


def _legend(axis: Any) -> None:
    axis.legend(loc="upper left", bbox_to_anchor=(1.03, 1.03), borderaxespad=0, handlelength=1.1, fontsize=8)
