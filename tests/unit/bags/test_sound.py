"""A recorded voice follows from the recorded sound, or it is said where it does not, or why that is not known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.unit.audio.test_audio import vowel

from mien.audio.config import AudioConfig
from mien.audio.stage import Stage
from mien.bags.exact import sound
from mien.bags.exact.verify import Verdict
from mien.bags.read import Session
from mien.bags.record import BagWriter
from mien.bags.write import MomentWriter
from mien.core.errors import MissingSound
from mien.core.sound import FULL_SCALE, Sound, Voice
from mien.core.types import Header

from .sessions import START_NS, moment

RATE, PIECE = 16000, 320


def pieces() -> list[Sound]:
    """A vowel between two silences, in samples of 16 bits."""
    x = np.concatenate([np.zeros(4000, np.float32), vowel(150, 0.4), np.zeros(4000, np.float32)])
    x = (np.rint(x * FULL_SCALE) / FULL_SCALE).astype(np.float32)
    return [Sound(Header(START_NS + i * 62_500, "m"), RATE, x[i : i + PIECE]) for i in range(0, len(x), PIECE)]


def record(path: Path, *, keep: slice = slice(None), softer: float = 0.0, with_sound: bool = True) -> list[Voice]:
    """A recording of that sound and of what was heard; its strength is changed after the 20th voice."""
    stage = Stage(AudioConfig(strength=0.8))
    told: list[Voice] = []
    with BagWriter(path) as bag:
        out = MomentWriter(bag)
        out.write(moment(0))
        out.parameters("/audio", {"audio.strength": 0.8, "audio.source": "topic"}, START_NS)
        for n, piece in enumerate(pieces()):
            if with_sound and n in range(len(pieces()))[keep]:
                out.sound(piece, piece.end_ns)
            for voice in stage.step(piece):
                told.append(
                    replace(voice, energy_db=voice.energy_db - softer if voice.energy_db > -90 else voice.energy_db)
                )
                out.voice(told[-1], piece.end_ns)
            if len(told) == 20:
                stage.reconfigure(AudioConfig(strength=0.5))
                out.parameters("/audio", {"audio.strength": 0.5}, piece.end_ns, told[-1].header.stamp_ns)
    return told


def verdict(path: Path) -> Verdict:
    found = Verdict()
    for made in sound.voices(Session(path)):
        found.compare(made)
    return found


def test_it_is_heard_again_with_its_parameters(tmp_path: Path) -> None:
    told = record(tmp_path / "bag")
    found = verdict(tmp_path / "bag")
    assert found.holds, str(found)
    assert found.results["voice"] == len(told) > 30
    assert found.largest.size < 1e-6
    assert sound.why_not(Session(tmp_path / "bag")) == ""


def test_a_voice_that_does_not_follow_is_named(tmp_path: Path) -> None:
    record(tmp_path / "bag", softer=0.01)
    found = verdict(tmp_path / "bag")
    assert "first differs at voice at 0." in str(found)
    assert "energy_db" in str(found)
    assert 1e-5 < found.largest.size < 0.01


def test_a_voice_of_which_the_sound_is_cut_off_is_named(tmp_path: Path) -> None:
    record(tmp_path / "bag", keep=slice(0, 30))
    assert "recorded, and nothing computed" in str(verdict(tmp_path / "bag"))


def test_without_its_sound_it_is_said_that_it_was_taken_as_recorded(tmp_path: Path) -> None:
    record(tmp_path / "bag", with_sound=False)
    assert not verdict(tmp_path / "bag").results
    assert "does not hold its sound" in sound.why_not(Session(tmp_path / "bag"))


def test_of_a_sound_that_began_before_the_recording_it_is_said_too(tmp_path: Path) -> None:
    record(tmp_path / "bag", keep=slice(3, None))
    with pytest.raises(MissingSound, match="began before the recording"):
        verdict(tmp_path / "bag")
