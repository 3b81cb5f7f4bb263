"""What is heard of known sounds, and what is done about bad ones."""

from __future__ import annotations

import math
import os
import sys
import threading
from types import SimpleNamespace

import numpy as np
import pytest

from mien.audio.clock import SampleClock
from mien.audio.config import AudioConfig
from mien.audio.sources import Microphone
from mien.audio.stage import Stage
from mien.core.errors import SourceError, SourceLost
from mien.core.sound import Sound, Voice
from mien.core.types import Header
from mien_models.spaces import arkit
from mien_models.speech import features, visemes
from mien_models.speech.pitch import WINDOW, pitch

JAW = arkit.BLENDSHAPES.index("jawOpen")
BEGIN_NS = 1_700_000_000_000_000_000


def vowel(hz: float, seconds: float, rate: int = 16000) -> np.ndarray:
    """Harmonics of a fundamental under two formants, as of an open vowel."""
    t = np.arange(round(seconds * rate)) / rate
    parts = [
        np.sin(2 * np.pi * hz * n * t) / (1 + ((hz * n - 700) / 150) ** 2) + 0.5 * np.sin(2 * np.pi * hz * n * t) / n
        for n in range(1, int(3500 / hz))
    ]
    x = np.sum(parts, axis=0)
    return (0.2 * x / np.abs(x).max()).astype(np.float32)


def hear(stage: Stage, x: np.ndarray, rate: int = 16000, piece: int = 320, start_ns: int = BEGIN_NS) -> list[Voice]:
    told = []
    for i in range(0, len(x), piece):
        told += stage.step(Sound(Header(start_ns + round(i * 1e9 / rate), "mic"), rate, x[i : i + piece]))
    return told


@pytest.mark.parametrize("hz", [65, 110, 147.5, 220, 311, 440])
def test_the_pitch_of_a_vowel(hz: float) -> None:
    found, sure = pitch(vowel(hz, 0.1)[:WINDOW])
    assert found == pytest.approx(hz, rel=0.01)
    assert sure > 0.9


def test_noise_and_silence_have_no_pitch() -> None:
    assert math.isnan(pitch(np.random.default_rng(0).normal(0, 0.1, WINDOW).astype(np.float32))[0])
    assert math.isnan(pitch(np.zeros(WINDOW, np.float32))[0])


def test_a_vowel_opens_the_mouth_and_silence_shuts_it() -> None:
    noise = np.random.default_rng(0).normal(0, 3e-4, 16000 * 3).astype(np.float32)
    noise[16000:32000] += vowel(130, 1.0)
    told = hear(Stage(AudioConfig()), noise)
    at = np.array([(v.header.stamp_ns - BEGIN_NS) * 1e-9 for v in told])
    jaw, activity = np.array([v.blendshapes[JAW] for v in told]), np.array([v.activity for v in told])
    speech, quiet = (at > 1.1) & (at < 1.95), (at < 0.97) | (at > 2.4)
    assert np.median(activity[speech]) > 0.8
    assert np.median(jaw[speech]) > 0.1
    assert activity[quiet].max() < 0.1
    assert jaw[quiet].max() < 0.03
    assert np.nanmedian([v.pitch_hz for v, s in zip(told, speech, strict=True) if s]) == pytest.approx(130, rel=0.02)
    np.testing.assert_allclose(np.diff(at), features.HOP / features.RATE, atol=1e-6)


def test_pieces_of_any_length_and_rate_say_the_same() -> None:
    x = vowel(150, 1.0)
    one = hear(Stage(AudioConfig()), x)
    other = hear(Stage(AudioConfig()), x, piece=1111)
    assert [v.header.stamp_ns for v in one] == pytest.approx([v.header.stamp_ns for v in other], abs=2000)
    np.testing.assert_allclose([v.blendshapes for v in one], [v.blendshapes for v in other], atol=1e-6)
    fast = hear(Stage(AudioConfig()), vowel(150, 1.0, 48000), rate=48000, piece=960)
    jaw, same = (np.mean([v.blendshapes[JAW] for v in told]) for told in (fast, one))
    assert jaw == pytest.approx(same, abs=0.05)


def test_a_moment_is_told_within_150_ms() -> None:
    stage, x = Stage(AudioConfig()), vowel(150, 0.5, 44100)
    for i in range(0, len(x), 882):
        sound = Sound(Header(round(i * 1e9 / 44100)), 44100, x[i : i + 882])
        for voice in stage.step(sound):
            assert 0 < sound.end_ns - voice.header.stamp_ns < 110e6  # and 20 ms of the piece itself
    assert stage.delay_s < 0.08


def test_a_gap_is_heard_as_silence_and_counted() -> None:
    stage, x = Stage(AudioConfig()), vowel(150, 0.5)
    told = hear(stage, x) + hear(stage, x, start_ns=BEGIN_NS + 1_500_000_000)
    at = np.array([(v.header.stamp_ns - BEGIN_NS) * 1e-9 for v in told])
    assert stage.gaps == 1
    assert np.diff(at).max() < 0.021
    assert told[int(np.argmin(abs(at - 1.2)))].activity < 0.05


def test_bad_sound_is_told_and_stays_within_limits() -> None:
    stage = Stage(AudioConfig())
    loud = np.sign(np.sin(np.arange(16000) / 9)).astype(np.float32) * 3
    loud[5], loud[6] = np.nan, np.inf
    for v in hear(stage, loud):
        assert np.nanmax(v.blendshapes) <= 1
        assert np.nanmin(v.blendshapes) >= 0
        assert -100 <= v.energy_db <= 0
        assert 0 <= v.activity <= 1
    assert "clipped" in stage.problem
    hear(stage, np.zeros(16000 * 6, np.float32), start_ns=BEGIN_NS + 10**9)
    assert "muted" in stage.problem


class Mute:
    """A network that costs nothing: silence."""

    def __call__(self, inputs: object) -> dict[str, np.ndarray]:
        chance = np.eye(len(visemes.VISEMES), dtype=np.float32)[[visemes.VISEMES.index("silence")]]
        return {"visemes": chance, "shapes": np.zeros((1, len(visemes.SHAPES)), np.float32)}


@pytest.mark.parametrize("ppm", [-100, 100])
def test_long_sound_of_a_clock_that_drifts_is_told_at_its_time_and_nothing_grows(ppm: int) -> None:
    seconds = float(os.environ.get("MIEN_SOAK_S", "60"))  # 3600 for an hour
    stage, told, worst = Stage(AudioConfig(), Mute()), 0, 0.0  # type: ignore[arg-type]
    piece = np.random.default_rng(0).normal(0, 1e-3, 3200).astype(np.float32)
    for i in range(round(seconds / 0.2)):
        start_ns = BEGIN_NS + round(i * 200_000_000 * (1 + ppm * 1e-6))  # as the computer's clock has it
        for voice in stage.step(Sound(Header(start_ns), 16000, piece)):
            # Where this hop would lie, had the microphone the computer's clock.
            own_s = (told * features.HOP + features.WINDOW / 2) / features.RATE
            true_ns = BEGIN_NS + own_s * 1e9 * (1 + ppm * 1e-6)
            worst, told = max(worst, abs(voice.header.stamp_ns - true_ns)), told + 1
        assert len(stage._samples) < features.WINDOW + features.HOP
    assert told == pytest.approx(seconds / 0.02, abs=10)
    assert worst < 2e6, "within two milliseconds, to the end"
    assert stage.gaps == 0


def test_stamps_follow_a_microphone_that_runs_100_ppm_slow() -> None:
    clock, rng, errors = SampleClock(16000), np.random.default_rng(0), []
    for i in range(30_000):  # ten minutes
        true = BEGIN_NS + i * 20_000_000 * (1 + 100e-6)
        stamp = clock(round(true + 20_002_000 + rng.uniform(0, 4e6)), 320)  # the driver's thread is late by up to 4 ms
        errors.append(stamp - true - 2e6)
    assert np.abs(errors[500:]).max() < 1e6
    assert clock.drift_ppm == pytest.approx(100, abs=10)
    assert clock.gaps == 0


class Driver:
    """As much of sounddevice as is used: no device, or one that has only 48 kHz. Devices are listed when it begins."""

    PortAudioError = RuntimeError

    def __init__(self, device: bool) -> None:
        self.plugged = self.device = device
        self.broken = False
        self.closed = 0

    def _terminate(self) -> None:
        self.device = False

    def _initialize(self) -> None:
        self.device = self.plugged

    def query_devices(self, name: str | None, kind: str) -> dict[str, object]:
        if not self.device:
            raise ValueError("No input device")
        return {"name": "fake", "default_samplerate": 48000.0}

    def check_input_settings(self, **_: object) -> None:
        raise RuntimeError("Invalid sample rate")

    def InputStream(self, callback: object, **_: object) -> SimpleNamespace:
        self.callback = callback
        return SimpleNamespace(start=self._start, close=self._close)

    def _start(self) -> None:
        if self.broken:
            raise RuntimeError("Device unavailable")

    def _close(self) -> None:
        self.closed += 1


def test_a_missing_microphone_is_lost_and_another_rate_is_taken() -> None:
    with pytest.raises(SourceLost, match="no microphone desk"):
        Microphone(AudioConfig(source="microphone:desk"), driver=Driver(False))
    driver = Driver(True)
    microphone = Microphone(AudioConfig(source="microphone"), now_ns=lambda: BEGIN_NS, driver=driver)
    times = SimpleNamespace(currentTime=1.03, inputBufferAdcTime=1.0)
    driver.callback(np.zeros((960, 1), np.float32), 960, times, SimpleNamespace(input_overflow=False))
    stopped = threading.Event()
    sound = next(microphone.pieces(stopped))
    assert (sound.rate_hz, sound.header.stamp_ns) == (48000, BEGIN_NS - 30_000_000)


def test_what_is_missing_to_hear_a_microphone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(SourceError, match=r"pip install 'mien\[audio\]'"):
        Microphone(AudioConfig(source="microphone"))


def test_a_microphone_that_is_plugged_in_later_is_found() -> None:
    driver = Driver(False)
    driver.plugged = True
    with pytest.raises(SourceLost):
        Microphone(AudioConfig(source="microphone"), driver=driver)
    assert Microphone(AudioConfig(source="microphone"), driver=driver).name == "fake"


def test_a_stream_that_does_not_start_is_closed_before_the_next_attempt() -> None:
    driver = Driver(True)
    driver.broken = True
    with pytest.raises(SourceLost, match="Device unavailable"):
        Microphone(AudioConfig(source="microphone"), driver=driver)
    assert driver.closed == 1


def test_syllables_are_counted_and_accents_are_felt() -> None:
    stage, told = Stage(AudioConfig()), []
    # Seven vowels, 3.8 a second, of one pitch but for the last.
    pitches = (110, 110, 110, 110, 110, 110, 160)
    word = [np.concatenate([vowel(hz, 0.2) * np.hanning(3200).astype(np.float32), np.zeros(1000, np.float32)])
            for hz in pitches]  # fmt: skip
    told = hear(stage, np.concatenate([np.zeros(8000, np.float32), *word, np.zeros(8000, np.float32)]))
    rate = [v.syllables_hz for v in told if math.isfinite(v.syllables_hz)]
    assert all(math.isnan(v.syllables_hz) for v in told[:30])
    assert rate
    assert 3 < rate[-1] < 7
    brow = np.array([v.blendshapes[arkit.INDEX["browInnerUp"]] for v in told])
    assert brow[:90].max() < 0.1 < 0.15 < brow[100:].max() <= 0.25
    calm = hear(Stage(AudioConfig(expressive=0.0)), vowel(110, 0.6))
    assert np.isnan([v.blendshapes[arkit.INDEX["browInnerUp"]] for v in calm]).all()
    assert max(v.confidence[arkit.INDEX["browInnerUp"]] for v in calm) == 0


def test_two_voices_are_told_and_one_is_not() -> None:
    first, second = vowel(110, 2.5), vowel(147, 2.5)
    alone, both = Stage(AudioConfig()), Stage(AudioConfig())
    one, two = hear(alone, first), hear(both, (first + second) / 2)
    assert "two voices" not in alone.problem
    assert one[-1].overlap < 0.5 < two[-1].overlap
    assert "two voices" in both.problem
    assert two[-1].confidence[JAW] < one[-1].confidence[JAW]


def test_lips_meet_and_vowels_open() -> None:
    spans = [(0.0, 0.2, ""), (0.2, 0.3, "m"), (0.3, 0.5, "ˈɑː"), (0.5, 0.6, "p"), (0.6, 0.7, "uː"), (0.7, 1.0, "")]
    shapes, which = visemes.trajectory(spans, np.arange(0, 1, 0.01))
    jaw, pucker = shapes[:, 0], shapes[:, 3]
    assert jaw[10] < 0.01
    assert jaw[25] < 0.15 < 0.25 < jaw[40]
    assert jaw[55] < 0.25
    assert pucker[65] > 0.15 > pucker[40]
    assert [visemes.VISEMES[i] for i in which[[10, 25, 40, 55, 65]]] == ["silence", "lips", "open", "lips", "tight"]
    assert visemes.visemes_of("aɪ") == ("open", "spread")
