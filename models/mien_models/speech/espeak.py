"""Speech with known phonemes, by the synthesiser eSpeak NG: a teacher of networks, never needed to run.

eSpeak NG is under GPL-3 and is no part of mien: this calls the library that is installed, if it is
(Debian: libespeak-ng1, or the Python package espeakng-loader). What it says is nobody's voice.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mien_models.errors import ModelError

_SYNCHRONOUS, _PHONEMES, _IPA, _NO_EXIT = 2, 1, 2, 0x8000
_UTF8, _END_PAUSE = 1, 0x1000
_PHONEME_EVENT, _LAST_EVENT = 7, 0
_RATE, _PITCH, _RANGE = 1, 3, 4


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("name", ctypes.c_char * 8),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True, slots=True)
class Utterance:
    samples: NDArray[np.float32]  # [-1, 1]
    rate: int  # [Hz]
    spans: list[tuple[float, float, str]]  # start, end [s], phoneme in IPA; "" = a pause


class Espeak:
    """One synthesiser of the process. Raises ModelError where the library is not there."""

    def __init__(self) -> None:
        library, data = _find()
        try:
            self._lib = ctypes.CDLL(library)
        except OSError as error:
            raise ModelError(f"eSpeak NG ({library}) cannot be loaded: {error}; install it again") from error
        options = _PHONEMES | _IPA | _NO_EXIT
        self.rate = int(self._lib.espeak_Initialize(_SYNCHRONOUS, 0, data, options))
        if self.rate <= 0:
            raise ModelError(f"eSpeak NG ({library}) does not start: its data are not found; install espeak-ng-data")
        self._samples: list[NDArray[np.int16]] = []
        self._marks: list[tuple[float, str]] = []
        self._callback = _Callback(self._hear)
        self._lib.espeak_SetSynthCallback(self._callback)

    def say(
        self, text: str, voice: str = "en-us", words_per_minute: int = 160, pitch: int = 50, lively: int = 50
    ) -> Utterance:
        """Speech and the time of its phonemes. voice: a name, and a variant after "+"; pitch and lively: 0 to 100.

        Raises ModelError on an unknown voice.
        """
        if self._lib.espeak_SetVoiceByName(voice.encode()):
            raise ModelError(f"eSpeak NG has no voice {voice}; `espeak-ng --voices` names them")
        for number, value in ((_RATE, words_per_minute), (_PITCH, pitch), (_RANGE, lively)):
            self._lib.espeak_SetParameter(number, value, 0)
        self._samples, self._marks = [], []
        told = text.encode()
        self._lib.espeak_Synth(told, len(told) + 1, 0, 0, 0, _UTF8 | _END_PAUSE, None, None)
        samples = np.asarray(np.concatenate(self._samples or [np.zeros(0, np.int16)]) / 32768, np.float32)
        ends = [t for t, _ in self._marks[1:]] + [len(samples) / self.rate]
        spans = [(t, end, name) for (t, name), end in zip(self._marks, ends, strict=False) if end > t]
        return Utterance(samples, self.rate, spans)

    def _hear(self, wave: object, count: int, events: object) -> int:
        if wave and count > 0:
            self._samples.append(np.ctypeslib.as_array(wave, (count,)).copy())
        i = 0
        while (event := events[i]).type != _LAST_EVENT:  # type: ignore[index]
            if event.type == _PHONEME_EVENT:
                self._marks.append((event.audio_position * 1e-3, event.name.decode(errors="ignore")))
            i += 1
        return 0


def _find() -> tuple[str, bytes | None]:
    spec = importlib.util.find_spec("espeakng_loader")
    if spec and spec.origin:
        folder = Path(spec.origin).parent
        return str(folder / "libespeak-ng.so.1"), str(folder).encode()
    if found := ctypes.util.find_library("espeak-ng"):
        return found, None
    raise ModelError("eSpeak NG is not installed: apt install libespeak-ng1, or pip install espeakng-loader")
