"""The picture of a voice: what is drawn of sound, of voices, and of neither."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from mien.core.errors import MessageError
from mien.core.sound import Sound, Voice
from mien.core.types import Header
from mien.report import voice as picture
from mien.report.collect import Series
from mien_models.spaces import arkit

pytest.importorskip("matplotlib", reason="reports are an extra")
BEGIN_NS = 10**18
JAW = arkit.INDEX["jawOpen"]


def sound(at_s: float, samples: int = 320, rate: int = 16000) -> Sound:
    return Sound(Header(BEGIN_NS + round(at_s * 1e9)), rate, np.full(samples, 0.5, np.float32))


def voice(at_s: float, **more: Any) -> Voice:
    shapes = np.full(52, np.nan, np.float32)
    shapes[JAW] = 0.4
    return Voice(Header(BEGIN_NS + round(at_s * 1e9)), 0.9, shapes, np.zeros(52, np.float32), **more)


def session(*values: Any) -> Any:
    def value(told: Any) -> Any:
        if told is None:
            raise MessageError("Voice.activity is 7")
        return told

    return SimpleNamespace(messages=lambda parts: values, value=value)


def collected(seen: bool = True) -> Any:
    stamps = BEGIN_NS + np.arange(10) * 33_333_333
    weights = np.zeros((10, 52), np.float32)
    weights[:, JAW] = np.linspace(0, 0.9, 10)
    track = SimpleNamespace(blendshapes=Series(stamps, weights), rig=Series(stamps, weights / 2)) if seen else None
    names = SimpleNamespace(blendshapes=arkit.BLENDSHAPES, rig=arkit.BLENDSHAPES)
    return SimpleNamespace(main=track, names=names, start_ns=BEGIN_NS, duration_s=0.3)


def texts(spoken: picture.Spoken) -> str:
    from matplotlib.figure import Figure

    figure = Figure()
    axes = picture.draw(figure, spoken)
    said = [t.get_text() for a in axes for t in (*a.texts, a.title, getattr(a, "_left_title", a.title))]
    legends = [t.get_text() for a in axes if a.get_legend() for t in a.get_legend().get_texts()]
    return " | ".join([*said, *legends])


def test_sound_voice_phonemes_and_jaw_stand_under_one_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(picture, "_named", lambda *_: [(0.1, "b"), (0.2, "ɪ")])
    values = [sound(0.02 * i) for i in range(20)] + [voice(0.02 * i, syllables_hz=4.0, overlap=0.3) for i in range(20)]
    spoken = picture.spoken_in(session(*values, None), collected())
    assert spoken is not None
    assert set(spoken.jaws) == {"by camera", "by voice", "as played"}
    assert spoken.jaws["by camera"][1][-1] == pytest.approx(0.9)
    told = texts(spoken)
    for part in ("Sound", "syllables", "Phonemes as heard", "b", "ɪ", "by camera", "by voice", "second voice"):
        assert part in told, part
    path = tmp_path / "voice.png"
    assert picture.draw_voice(session(*values), collected(), path, "talk.mp4")
    assert path.read_bytes().startswith(b"\x89PNG")


def test_what_was_not_recorded_is_said_and_of_nothing_there_is_no_picture(tmp_path: Path) -> None:
    spoken = picture.spoken_in(session(voice(0.0), voice(0.02)), collected(seen=False))
    assert spoken is not None
    told = texts(spoken)
    assert "no sound was recorded" in told
    assert spoken.phonemes == []
    assert not picture.draw_voice(session(), collected(), tmp_path / "voice.png", "film")
    assert not list(tmp_path.iterdir())


def test_lost_sound_is_silence_and_other_rates_are_left_out() -> None:
    joined, rate = picture.joined([sound(0.0), sound(0.02), sound(0.5), sound(0.52, rate=8000)])
    assert rate == 16000
    assert len(joined) == 8000 + 320
    assert not joined[700:7900].any()
    assert joined[8000:].all()
    assert len(picture.joined([])[0]) == 0
