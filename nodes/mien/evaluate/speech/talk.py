"""How well the rate of speech and a second voice are told: of films with known sentences, alone and mixed in pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from mien.audio.config import AudioConfig
from mien.audio.stage import Stage
from mien.core.sound import Sound, Voice
from mien.core.types import F32, Header
from mien.sounds.resample import Resampler
from mien_models.speech.alphabet import VOWELS
from mien_models.speech.features import RATE

_PIECE = RATE // 50
_SPOKEN = 0.5  # activity of speech
_LOWER_DB = (0.0, 6.0)  # level of the second voice below the first
_HOP_S = 0.02


def two_told(stage: Stage, sound: F32) -> bool:
    """Whether the node `audio` ever reports two voices in mono sound at 16 kHz."""
    stage.reset()
    two = False
    for i in range(0, len(sound), _PIECE):
        stage.step(Sound(Header(10**9 + round(i * 1e9 / RATE)), RATE, sound[i : i + _PIECE]))
        two |= "two voices" in stage.problem
    return two


def mixed(first: F32, second: F32, lower_db: float) -> F32:
    """Both at once, the second so much quieter; as long as the shorter one."""
    n = min(len(first), len(second))
    a, b = (x[:n] / max(float(np.sqrt(np.mean(x[:n] ** 2))), 1e-6) for x in (first, second))
    return np.asarray(0.1 * (a + b * 10 ** (-lower_db / 20)), np.float32)


def second_voices(sounds: Sequence[tuple[F32, int]]) -> dict[str, Any]:
    """The share of mixed pairs of sounds (with their rates) in which two voices are told, and of sounds alone."""
    stage = Stage(AudioConfig())
    plain = [Resampler(rate, RATE)(sound) for sound, rate in sounds]
    pairs = list(combinations(plain, 2))
    found = {f"{db:.0f} dB": [two_told(stage, mixed(a, b, db)) for a, b in pairs] for db in _LOWER_DB}
    return {
        "pairs": len(pairs),
        "detected": {name: round(float(np.mean(told)), 3) for name, told in found.items()} if pairs else {},
        "false_alarms": round(float(np.mean([two_told(stage, sound) for sound in plain])), 3),
    }


def rate_of_speech(films: Mapping[str, Sequence[Voice]], said: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Syllables per second as told at the end of each film, and as spelled: its vowels per second of speech."""
    rows = {}
    for name, phonemes in said.items():
        voices = films[name]
        spoken_s = sum(v.activity > _SPOKEN for v in voices) * _HOP_S
        last = next((v.syllables_hz for v in reversed(voices) if np.isfinite(v.syllables_hz)), None)
        if last is not None and spoken_s:
            vowels = sum(p in VOWELS for p in phonemes)
            rows[name] = {"told": round(float(last), 2), "spelled": round(vowels / spoken_s, 2)}
    errors = [abs(row["told"] - row["spelled"]) for row in rows.values()]
    return {"mean_absolute_error_hz": round(float(np.mean(errors)), 2) if errors else None, "films": rows}
