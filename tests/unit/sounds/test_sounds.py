"""Sound keeps its time and pitch, whatever the pieces, the rate and the file."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from mien.core.errors import SourceError
from mien.sounds.files import Track, open_sound, to_mono
from mien.sounds.resample import Resampler, resample


def sine(hz: float, rate: int, seconds: float = 0.5) -> np.ndarray:
    return np.sin(2 * np.pi * hz * np.arange(round(rate * seconds)) / rate).astype(np.float32)


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 44100, 48000])
def test_another_rate_is_the_same_sound_at_the_same_time(rate: int) -> None:
    out, wanted = resample(sine(440, rate), rate, 16000), sine(440, 16000)
    assert abs(len(out) - len(wanted)) <= 2
    middle = slice(400, len(wanted) - 400)
    np.testing.assert_allclose(out[middle], wanted[middle], atol=2e-3)


def test_what_the_new_rate_cannot_hold_is_taken_away() -> None:
    out = resample(sine(11_000, 44100), 44100, 16000)
    assert np.abs(out[400:-400]).max() < 1e-2


def test_pieces_are_the_whole() -> None:
    x = np.random.default_rng(0).normal(size=9000).astype(np.float32)
    whole, cut = Resampler(44100, 16000), Resampler(44100, 16000)
    pieces = np.split(x, [1, 2, 700, 701, 5000])
    np.testing.assert_allclose(np.concatenate([cut(p) for p in pieces]), whole(x), atol=1e-6)


@pytest.mark.parametrize(("width", "data"), [
    (1, bytes([128, 192])), (2, b"\x00\x00\x00\x40"), (3, b"\x00\x00\x00\x00\x00\x40"), (4, bytes(7) + b"\x40"),
])  # fmt: skip
def test_a_sample_of_every_width(width: int, data: bytes) -> None:
    np.testing.assert_allclose(to_mono(data, width, 1), [0, 0.5])
    np.testing.assert_allclose(to_mono(data, width, 2), [0.25])


def write(path: Path, samples: np.ndarray, rate: int) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    return path


def test_a_track_is_told_up_to_each_time(tmp_path: Path) -> None:
    x = sine(100, 8000)
    track = Track(write(tmp_path / "a.wav", x, 8000))
    parts = [track.until(t) for t in (0.0, 0.04, 0.04, 0.3, 9.0)]
    track.close()
    assert [len(p) for _, p in parts] == [0, 320, 0, 2080, 1600]
    assert [round(t, 3) for t, _ in parts] == [0, 0, 0.04, 0.04, 0.3]
    np.testing.assert_allclose(np.concatenate([p for _, p in parts]), x, atol=1e-4)


def test_a_wav_of_an_unusual_width_is_left_to_pyav(tmp_path: Path) -> None:
    path = write(tmp_path / "wide.wav", np.ones(64, np.float32), 8000)
    data = bytearray(path.read_bytes())
    data[34:36] = (40).to_bytes(2, "little")  # bits per sample, in the chunk `fmt `
    data[32:34] = (5).to_bytes(2, "little")
    path.write_bytes(data)
    try:
        list(open_sound(path))
    except SourceError as error:
        assert path.name in str(error)  # noqa: PT017


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    text = tmp_path / "a.wav"
    text.write_text("no sound")
    for path in (text, tmp_path / "none.wav", write(tmp_path / "slow.wav", sine(10, 1000), 1000)):
        with pytest.raises(SourceError, match=path.name):
            open_sound(path)
