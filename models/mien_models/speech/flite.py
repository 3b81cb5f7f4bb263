"""Speech with known phonemes by the synthesiser Flite: a second teacher of networks, never needed to run.

Flite (Black & Lenzo 2001, "Flite: a small fast run-time synthesis engine"; its own permissive licence) and its voices,
which were made from recordings of the CMU ARCTIC speakers, are no part of mien: this calls the program that is
installed, if it is (Debian: flite).
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np

from mien_models.errors import ModelError
from mien_models.speech.alphabet import ARPABET
from mien_models.speech.espeak import Utterance

VOICES = ("slt", "rms", "awb", "kal16")


class Flite:
    """Raises ModelError where the program is not there."""

    def __init__(self) -> None:
        found = shutil.which("flite")
        if not found:
            raise ModelError("Flite is not installed: apt install flite")
        self._program = found

    def say(self, text: str, voice: str, stretch: float = 1.0, pitch_hz: float | None = None) -> Utterance:
        """Speech and the time of its sounds, named as in `alphabet`. stretch: of its duration.

        Raises ModelError where the program refuses the voice or the text.
        """
        pitch = [] if pitch_hz is None else ["--setf", f"int_f0_target_mean={pitch_hz:.1f}"]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "said.wav"
            told = subprocess.run(
                [self._program, "-voice", voice, "--setf", f"duration_stretch={stretch:.3f}", *pitch, "-psdur",
                 "-t", text, "-o", str(path)],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            if told.returncode or not path.is_file():
                raise ModelError(f"flite -voice {voice} fails: {told.stderr.strip() or 'no sound'}")
            with wave.open(str(path), "rb") as file:
                rate, samples = file.getframerate(), np.frombuffer(file.readframes(file.getnframes()), "<i2")
        spans, start = [], 0.0
        for name, end in (item.split(":") for item in told.stdout.split()):
            spans.append((start, float(end), ARPABET.get(name, "")))
            start = float(end)
        return Utterance(np.asarray(samples / 32768, np.float32), rate, spans)
