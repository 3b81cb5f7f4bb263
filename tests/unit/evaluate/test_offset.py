"""How much later sound comes than pictures: found where it is so, refused where it is not sure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mien.bags.read import Session
from mien.bags.record import BagWriter
from mien.bags.write import MomentWriter
from mien.cli.__main__ import main
from mien.core.errors import StatisticsError
from mien.core.sound import Voice
from mien.core.types import F64, Header
from mien.evaluate.speech.offset import LAGS_S, Offset, correlations, measured, of_recording, pieces
from mien.graph import AUDIO_NODE
from mien.run.parameters import Parameters, from_file
from mien_models.spaces import arkit

from ..bags.sessions import PERIOD_NS, START_NS, moment, shapes, write_bag  # noqa: TID252

JAW = arkit.INDEX["jawOpen"]
FROM_S = START_NS * 1e-9


def jaw(at_s: F64) -> F64:
    """Of somebody who speaks: no stretch of it is like another one."""
    return np.asarray(
        0.3 + 0.12 * np.sin(7 * at_s) + 0.1 * np.sin(11.3 * at_s + 0.02 * at_s**2) + 0.05 * np.sin(17 * at_s)
    )


def voices(lag_s: float, seconds: float = 22.0, activity: Callable[[float], float] = lambda _: 1.0) -> list[Voice]:
    told = []
    for at in np.arange(0, seconds, 0.02).tolist():
        weights = np.full(52, np.nan, np.float32)
        weights[JAW] = jaw(np.array(at - lag_s))
        told.append(Voice(Header(START_NS + round(at * 1e9)), activity(at), weights, np.full(52, 0.6, np.float32)))
    return told


def sight(seconds: float = 22.0) -> tuple[F64, F64]:
    at = np.arange(0, seconds, PERIOD_NS * 1e-9)
    return FROM_S + at, jaw(at)


def recorded(folder: Path, lag_s: float, *settings: float) -> Path:
    with BagWriter(folder) as bag:
        writer = MomentWriter(bag)
        writer.describe(START_NS)
        for value in settings:
            writer.parameters(f"/{AUDIO_NODE.name}", {"audio.offset_s": value}, START_NS)
        for i, open_ in enumerate(sight()[1].tolist()):
            writer.write(moment(i, weights=shapes(jawOpen=open_)))
        for told in voices(lag_s):
            writer.voice(told, told.header.stamp_ns)
    return folder


@pytest.mark.parametrize("lag_s", [-0.25, 0.0, 0.12])
def test_the_setting_takes_back_what_sound_is_late(lag_s: float) -> None:
    found = measured(pieces(sight(), voices(lag_s)), 0.05)
    assert found.lag_s == pytest.approx(lag_s, abs=0.011)
    assert found.low_s <= found.lag_s <= found.high_s
    assert found.r > 0.95
    assert found.setting_s == pytest.approx(0.05 - lag_s, abs=0.011)


def test_pieces_without_a_speaker_or_a_face_are_left_out() -> None:
    at, seen = sight()
    whole = len(pieces((at, seen), voices(0.0)))
    hidden = np.where(at - FROM_S < 5, np.nan, seen)
    silent = voices(0.0, activity=lambda at: 0.0 if at < 10 else 1.0)
    assert len(pieces((at, hidden), voices(0.0))) == whole - 1
    assert len(pieces((at, seen), silent)) == whole - 2
    assert pieces((at[:0], seen[:0]), voices(0.0)) == []


def test_what_is_not_sure_is_refused_with_the_reason() -> None:
    def curve(lag_s: float, r: float = 0.6) -> F64:
        return np.asarray(r * np.exp(-(((LAGS_S - lag_s) / 0.05) ** 2)))

    for curves, reason in (
        ([curve(0.1)] * 3, "3 films, or pieces .* too few: 4 are needed"),
        ([curve(0.1, 0.2)] * 5, r"too little to tell \(r 0.20 at \+0.10 s"),
        ([curve(0.5)] * 5, "too little to tell"),  # at the end of what is searched
        (
            [curve(0.3, 0.9), curve(0.3, 0.88), curve(-0.2, 0.9), curve(-0.2, 0.88)],
            "the lag is not sure: -0.20 to .0.30 s with",
        ),
    ):
        with pytest.raises(StatisticsError, match=reason):
            measured(curves)
    assert measured([curve(0.1)] * 4).setting_s == -0.1


def test_a_mouth_that_does_not_move_agrees_with_nothing() -> None:
    at, seen = sight()
    assert not correlations((at, np.zeros_like(seen)), (at, seen)).any()


def test_a_recording_is_measured_and_its_setting_is_one_of_a_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, file = recorded(tmp_path / "bag", 0.12, 0.05), tmp_path / "offset.yaml"
    assert main(["evaluate", "offset", str(path), "--write", str(file)]) == 0
    said = capsys.readouterr().out
    setting = Parameters(from_file(file, [AUDIO_NODE], "")).of(f"/{AUDIO_NODE.name}")["audio.offset_s"]
    assert setting == pytest.approx(-0.07, abs=0.011)
    assert f"audio.offset_s: {setting:.2f}    # mien run --set audio.offset_s={setting:.2f}" in said
    assert f"{file}    # mien run --params-file {file}" in said
    assert "s after the picture" in file.read_text("utf-8").splitlines()[0]
    assert main(["evaluate", "offset", str(path), "--write", str(file)]) == 0  # its own file is written anew
    other = tmp_path / "mine.yaml"
    other.write_text("/**: {ros__parameters: {faces: {max_faces: 1}}}\n", "utf-8")
    assert main(["evaluate", "offset", str(path), "--write", str(other)]) == 2
    assert "holds other settings" in capsys.readouterr().err
    assert "max_faces" in other.read_text("utf-8")


def test_a_recording_without_voice_or_of_two_settings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StatisticsError, match="holds no voice; record with `mien run --voice"):
        of_recording(write_bag(tmp_path / "mute", [moment(i) for i in range(3)]))
    with pytest.raises(StatisticsError, match="changed while it was recorded"):
        of_recording(recorded(tmp_path / "bag", 0.1, 0.0, 0.1))
    assert Session(tmp_path / "bag").voice_topic is not None


def test_words_tell_the_side() -> None:
    assert "0.03 s before the picture" in str(Offset(-0.03, 0.6, -0.04, -0.02))
    assert "comes with the picture" in str(Offset(0.0, 0.6, 0.0, 0.0))
    assert Offset(0.0, 0.6, 0.0, 0.0, 0.0).file("x").endswith("offset_s: 0.00\n")
